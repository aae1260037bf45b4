/*
 * failing.h - makes one allocation fail, or one and all after it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A program that is linked with $(failing_ldflags) calls these functions instead of malloc() and
 * the like, and instead of the functions of libcurl and OpenSSL that fail when memory is short.
 * Only calls of its own objects fail, not those that a library makes within itself, and only those
 * of the thread that called failing_begin(): a peer in another thread is unaffected.
 */
#ifndef FAILING_H
#define FAILING_H

#include <stdbool.h>
#include <stddef.h>

struct failing {
    size_t nth; /* the call to fail, from 1; 0 = none */
    bool for_ever;

    /* Results */
    size_t calls; /* calls that could have failed */
    bool struck;
    long balance; /* blocks allocated and not freed */
};

/* Begins the failures of this thread; `failing` is borrowed, and gets the results until
 * failing_end(). */
void failing_begin(struct failing *failing);
void failing_end(void);

/* Stops counting and failing while a callback runs, whose allocations belong to the host. */
struct failing *failing_pause(void);
void failing_resume(struct failing *failing);

/* Counts one call that can fail; true when it must. */
bool failing_here(void);

/* Prints the addresses of the last failed call's stack to standard error. */
void failing_show(void);
#endif
