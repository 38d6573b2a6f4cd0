/* block_form.c: small arithmetic that encoding and decoding of blocks share. */
#include "store/block_form.h"

const int64_t block_power_of_ten[BLOCK_SCALE_MAX + 1] = {INT64_C(1),
                                                         INT64_C(10),
                                                         INT64_C(100),
                                                         INT64_C(1000),
                                                         INT64_C(10000),
                                                         INT64_C(100000),
                                                         INT64_C(1000000),
                                                         INT64_C(10000000),
                                                         INT64_C(100000000),
                                                         INT64_C(1000000000),
                                                         INT64_C(10000000000),
                                                         INT64_C(100000000000),
                                                         INT64_C(1000000000000),
                                                         INT64_C(10000000000000),
                                                         INT64_C(100000000000000),
                                                         INT64_C(1000000000000000),
                                                         INT64_C(10000000000000000),
                                                         INT64_C(100000000000000000),
                                                         INT64_C(1000000000000000000)};

uint64_t block_gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}
