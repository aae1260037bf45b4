/*
 * oracle.h - what a host concludes from the documents of a run, and whether that is true.
 * SPDX-License-Identifier: Apache-2.0
 *
 * hector_conclude() says what a host concludes. A unit that was there all the time must never be
 * NOT_SEEN; nor SCOPE_GONE, unless it went out of the account's sight.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "fake.h"
#include "hector/records.h"

#define ORACLE_MOST 64 /* units */

/* A run as a host keeps it. */
struct oracle_run {
    int32_t code;
    struct json_object *documents, *assets; /* all in their order; those of the assets, by key */
    struct hector_run_record record;        /* points into the documents */
    char fault[200];                        /* what contradicts itself in them; "" = nothing */
};

typedef void oracle_complain(void *context, const char *text);

/* Takes the documents of a run, an array in the order of their emission, and keeps a reference. */
void oracle_read(struct json_object *documents, int32_t code, struct oracle_run *ret);
void oracle_release(struct oracle_run *run);

/*
 * Complains, once, when what is concluded from `run` about a unit that `last` has brought is not
 * true of all `states`, and when the documents contradict themselves.
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
