/*
 * failing.h - makes one allocation fail, or one and all behind it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A program that is linked with $(failing_ldflags) calls these functions instead of malloc() and
 * the like, and instead of the functions of libcurl and OpenSSL that fail when memory is short.
 * Only calls of its own objects are reached, not those that a library makes within itself, and only
 * those of the thread that has armed itself: a peer in another thread lives on.
 */
#ifndef FAILING_H
#define FAILING_H

#include <stdbool.h>
#include <stddef.h>

struct failing {
    size_t nth; /* the call that fails, from 1; 0 = none */
    bool for_ever;

    /* What has happened */
    size_t calls; /* that could have failed */
    bool struck;
    long balance; /* blocks allocated and not freed */
};

/* This thread's failures begin; `failing` takes what happens until failing_end(). */
void failing_begin(struct failing *failing);
void failing_end(void);

/* While a callback runs nothing is counted and nothing fails: it belongs to the host. */
struct failing *failing_pause(void);
void failing_resume(struct failing *failing);

/* Counts one call that can fail, and tells whether it must. */
bool failing_here(void);

/* Where the last failure struck, as addresses, to standard error. */
void failing_show(void);
#endif
