/*
 * plan.h - a planned fault: which, from which request on, and how often.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_PLAN_H
#define SIMULATOR_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct plan {
    int fault; /* index of its name; 0 is none */
    uint64_t from;
    uint64_t times; /* UINT64_MAX: unlimited */
};

/* Reads NAME[@N][xM]; xforever is unlimited. Returns -1 when it is invalid. */
int plan_read(struct plan *plan, const char *text, const char *const *names, size_t name_count);

/* True when the fault applies to the N-th request, from 1; uses up one of its times. */
bool plan_take(struct plan *plan, uint64_t number);

#endif
