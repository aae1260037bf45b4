/*
 * faults.h - what goes wrong with a FortiManager, and when.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A fault is a number: those of the wire (wire.h) come first, then those of JSON-RPC, of which
 * content.c does what needs no more than the text of a reply.
 */
#ifndef SIMULATOR_FAULTS_H
#define SIMULATOR_FAULTS_H

#include "plan.h"
#include "random.h"
#include "settings.h"
#include "wire.h"

#include <stddef.h>
#include <stdint.h>

enum fault {
    FAULT_NONE,
    FAULT_SESSION_EXPIRED = WIRE_COUNT, /* -11: dead before the request (section 1.1) */
    FAULT_SESSION_KILLED,               /* the same, after the first param was answered */
    FAULT_KEY_MINUS_11,                 /* -11 at random with parallel keys (section 1.2) */
    FAULT_STATUS_MINUS_1,               /* internal error (status codes) */
    FAULT_EMPTY_LIST,                   /* an empty list under load (section 7) */
    FAULT_RANGE_IGNORED,                /* section 7: a page longer than asked */
    FAULT_REPEATED_PAGE,                /* section 7: two identical pages */
    FAULT_ROW_ADDED,                    /* a device comes before the request is answered */
    FAULT_ROW_REMOVED,                  /* one goes */
    FAULT_RESULT_OBJECT,                /* section 2: `result` as an object */
    FAULT_MISSING_STATUS,
    FAULT_DATA_NULL,
    FAULT_NUMBERS_AS_TEXT, /* every number of the reply */
    FAULT_HUGE_NUMBERS,    /* every oid is beyond 2^63 */
    FAULT_DUPLICATE_KEYS,  /* of the first row; the last one is right */
    FAULT_NAN,
    FAULT_INVALID_UTF8,      /* in the first name */
    FAULT_LONE_SURROGATE,    /* in the first name */
    FAULT_NUL_IN_NAME,       /* in the first name */
    FAULT_HUGE_NAME,         /* of 10 MB */
    FAULT_DEEP,              /* 10,000 lists in one another */
    FAULT_MANY_OBJECTS,      /* a million of them, empty */
    FAULT_OTHER_REPLY,       /* to another request, as its id tells */
    FAULT_LOGIN_REPLY_LOST,  /* the session is open and nobody knows its token */
    FAULT_SESSION_LIMIT,     /* login: all sessions are taken */
    FAULT_PROXY_BATCH_FAILS, /* section 4.1: one dead gate holds up the whole reply */
    FAULT_COUNT
};

/* What a fault counts. */
enum counted { COUNTED_DATA, COUNTED_LOGINS, COUNTED_BATCHES };

/* Faults by chance that are remembered for the report. */
#define MAXIMUM_CHANCES 1024

struct faults {
    struct plan planned[MAXIMUM_FAULTS];
    size_t count;
    uint64_t data_requests;
    uint64_t login_requests;
    uint64_t proxied_batches;
    uint64_t applied;
    uint32_t random_every; /* 0: none by chance */
    struct random random;
    struct plan by_chance[MAXIMUM_CHANCES]; /* those that came, in this order */
    size_t by_chance_count;
};

/* Returns -1 after a message about a specification that cannot be read. */
int faults_read(struct faults *faults, const struct settings *settings);

/* Counts one request and says what shall go wrong with it. */
enum fault faults_next(struct faults *faults);
enum fault faults_next_login(struct faults *faults);
enum fault faults_next_batch(struct faults *faults);

/* As --fault takes it. */
const char *faults_name(int fault);

enum counted faults_counted_by(int fault);

/* How often the fault is planned at most; 0: not at all. */
uint64_t faults_planned(const struct faults *faults, enum fault fault);

#endif
