/* interrupt.h: what is done before a signal ends the program. */
#ifndef KURS_CLI_INTERRUPT_H
#define KURS_CLI_INTERRUPT_H

/* From now on SIGINT, SIGTERM and SIGHUP, where they are not ignored, end the process as they always do, but first kill
 * gnuplot and remove output files that are not whole. To be called once, by the main thread. */
void interrupt_install(void);

#endif
