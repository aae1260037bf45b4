/*
 * oracle.h - what a host concludes from the documents of a run, and whether that is true.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A unit that the run before has brought is 'not seen' when this run has a summary and was not
 * refused, its source is the same, the unit's type is complete, and its last scope is complete or
 * absent while others are there. A unit that was there all the time must never be.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "fake.h"
#include "unit/host.h"

#define ORACLE_MOST 64

struct oracle_unit {
    char serial[FAKE_NAME], scope[64];
    enum fake_types type;
};

struct oracle_scope {
    char name[64], reason[64];
    enum fake_types type;
    bool complete;
};

/* A run as a host keeps it. */
struct oracle_run {
    int32_t code;
    bool summary, complete[FAKE_TYPES];
    struct oracle_unit assets[ORACLE_MOST];
    struct oracle_scope scopes[ORACLE_MOST];
    char skipped[ORACLE_MOST][FAKE_NAME]; /* serials that a document says were skipped */
    char serials[ORACLE_MOST][FAKE_NAME]; /* of the source */
    size_t asset_count, scope_count, skipped_count, serial_count;
    char fault[200]; /* what contradicts itself in the documents; "" = nothing */
};

typedef void oracle_complain(void *context, const char *text);

void oracle_read(const struct test_host *host, int32_t code, struct oracle_run *ret);

/*
 * Complains, once, when a unit of all `states` is 'not seen' by `last` and `run` together, or when
 * the documents contradict themselves.
 */
void oracle_judge(const struct oracle_run *last, const struct oracle_run *run,
                  const struct fake *states, size_t state_count, bool fortigate,
                  oracle_complain *complain, void *context);

/*
 * Complains, once, unless the run is OK, complete, and has brought all that is there and nothing
 * else.
 */
void oracle_judge_rest(const struct oracle_run *run, const struct fake *state, bool fortigate,
                       oracle_complain *complain, void *context);

#endif
