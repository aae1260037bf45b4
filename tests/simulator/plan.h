/*
 * plan.h - one fault that is planned: which, from which request on, and how often.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_PLAN_H
#define SIMULATOR_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct plan {
    int fault; /* position of its name; 0 is none */
    uint64_t from;
    uint64_t times; /* UINT64_MAX: for ever */
};

/* Reads NAME[@N][xM]; xforever is for ever. Returns -1 when it cannot be read. */
int plan_read(struct plan *plan, const char *text, const char *const *names, size_t name_count);

/* True when it is the turn of the fault at the N-th request, from 1: one time less is left. */
bool plan_take(struct plan *plan, uint64_t number);

#endif
