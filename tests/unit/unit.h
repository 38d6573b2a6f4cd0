/* unit.h: what every cmocka file needs before <cmocka.h>, in the order it wants. */
#ifndef KURS_TESTS_UNIT_H
#define KURS_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kurs.h"

#endif
