/*
 * faults.h - what goes wrong, and when.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_FAULTS_H
#define SIMULATOR_FAULTS_H

#include "settings.h"

#include <stddef.h>
#include <stdint.h>

enum fault {
    FAULT_NONE,
    FAULT_SESSION_EXPIRED, /* -11: the session is dead before the request (section 1.1) */
    FAULT_SESSION_KILLED,  /* the same, after the first param was answered */
    FAULT_KEY_MINUS_11,    /* -11 at random with parallel keys (section 1.2) */
    FAULT_STATUS_MINUS_1,  /* internal error (status codes) */
    FAULT_HTTP_502_HTML,
    FAULT_TRUNCATED, /* half of the JSON, complete for HTTP */
    FAULT_CLOSE_BEFORE,
    FAULT_CLOSE_AMID,
    FAULT_CLOSE_AFTER,
    FAULT_STALL,
    FAULT_EMPTY_LIST,    /* an empty list under load (section 7) */
    FAULT_RANGE_IGNORED, /* section 7: a page longer than asked */
    FAULT_RESULT_OBJECT, /* section 2: `result` as an object */
    FAULT_MISSING_STATUS,
    FAULT_DATA_NULL,
    FAULT_HTML_200,
    FAULT_REPEATED_PAGE,     /* section 7: two identical pages */
    FAULT_LOGIN_REPLY_LOST,  /* the session is open and nobody knows its token */
    FAULT_PROXY_BATCH_FAILS, /* section 4.1: one dead gate holds up the whole reply */
    FAULT_COUNT
};

struct planned_fault {
    enum fault fault;
    uint64_t from;
    uint64_t times; /* UINT64_MAX: for ever */
};

struct faults {
    struct planned_fault planned[MAXIMUM_FAULTS];
    size_t count;
    uint64_t data_requests;
    uint64_t login_requests;
    uint64_t proxied_batches;
    uint64_t applied;
};

/* Returns -1 after a message about a specification that cannot be read. */
int faults_read(struct faults *faults, const struct settings *settings);

/* Counts one request and says what shall go wrong with it. */
enum fault faults_next(struct faults *faults);
enum fault faults_next_login(struct faults *faults);
enum fault faults_next_batch(struct faults *faults);

/* True when the fault is planned at all. */
bool faults_plan(const struct faults *faults, enum fault fault);

#endif
