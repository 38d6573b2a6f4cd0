/* interrupt.c: owns the end by a signal. The one idea: only the main thread tidies up, for it alone opens output files and
 * runs programs; others pass the signal on. A flag that every loop looks at was the alternative: a kurs that waits for
 * a disk or a lock would not end. */
#include "cli/interrupt.h"

#include "chart/run.h"
#include "output/save.h"

#include <pthread.h>
#include <signal.h>

static pthread_t main_thread;

static void end_by(int number)
{
    if (!pthread_equal(pthread_self(), main_thread)) {
        pthread_kill(main_thread, number);
        return;
    }
    run_kill();
    save_remove_all();
    signal(number, SIG_DFL);
    raise(number); /* blocked until we return, and then the end */
}

void interrupt_install(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    main_thread = pthread_self();
    struct sigaction action = {.sa_handler = end_by, .sa_flags = SA_RESTART}, before;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) { /* nohup stays */
            sigaction(numbers[i], &action, NULL);
        }
    }
}
