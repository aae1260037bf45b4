/*
 * oracle.h - checks what a host concludes from the documents of a run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The conclusions come from hector_conclude(). A unit that was there all the time must never be
 * NOT_SEEN; nor SCOPE_GONE, unless the account could no longer see it.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "fake.h"
#include "hector/records.h"

#define ORACLE_MOST 64 /* units */

/* A run as a host keeps it. */
struct oracle_run {
    int32_t code;
    struct json_object *documents, *assets; /* all documents in their order; the assets by key */
    struct hector_run_record record;        /* points into the documents */
    char fault[200]; /* the first contradiction between the documents; "" = none */
};

typedef void oracle_complain(void *context, const char *text);

/* Reads the documents of a run, an array in the order of emission, and keeps a reference to it. */
void oracle_read(struct json_object *documents, int32_t code, struct oracle_run *ret);
void oracle_release(struct oracle_run *run);

/* Reports one finding when a conclusion from `run` about a unit that `last` emitted is not true of
 * all `states`, and another when the documents contradict each other. */
void oracle_check(const struct oracle_run *last, const struct oracle_run *run,
                  const struct fake *states, size_t state_count, bool fortigate,
                  oracle_complain *complain, void *context);

/* Reports one finding unless the run is OK, complete, and emitted exactly the units that exist. */
void oracle_check_rest(const struct oracle_run *run, const struct fake *state, bool fortigate,
                       oracle_complain *complain, void *context);

#endif
