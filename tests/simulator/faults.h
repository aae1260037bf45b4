/*
 * faults.h - faults of a FortiManager, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A fault is a number: those of the wire (wire.h) come first, then those of JSON-RPC. content.c
 * applies the ones that only need the text of a reply.
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
    FAULT_SESSION_EXPIRED = WIRE_COUNT, /* -11: the session died before the request (section 1.1) */
    FAULT_SESSION_KILLED,               /* the same, after the first param was answered */
    FAULT_KEY_MINUS_11,                 /* -11 at random with parallel keys (section 1.2) */
    FAULT_STATUS_MINUS_1,               /* internal error (status codes) */
    FAULT_EMPTY_LIST,                   /* an empty list under load (section 7) */
    FAULT_RANGE_IGNORED,                /* section 7: a page longer than requested */
    FAULT_REPEATED_PAGE,                /* section 7: two identical pages */
    FAULT_ROW_ADDED,                    /* a device is added before the answer */
    FAULT_ROW_REMOVED,                  /* one is removed */
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
    FAULT_DEEP,              /* 10,000 nested lists */
    FAULT_MANY_OBJECTS,      /* a million empty objects */
    FAULT_OTHER_REPLY,       /* to another request, by its id */
    FAULT_LOGIN_REPLY_LOST,  /* the session is open, but its token was lost */
    FAULT_SESSION_LIMIT,     /* login: all sessions are in use */
    FAULT_PROXY_BATCH_FAILS, /* section 4.1: one silent FortiGate delays the whole reply */
    FAULT_COUNT
};

/* What a fault counts. */
enum counted { COUNTED_DATA, COUNTED_LOGINS, COUNTED_BATCHES };

/* Random faults that the report keeps. */
#define MAXIMUM_CHANCES 1024

struct faults {
    struct plan planned[MAXIMUM_FAULTS];
    size_t count;
    uint64_t data_requests;
    uint64_t login_requests;
    uint64_t proxied_batches;
    uint64_t applied;
    uint32_t random_every; /* 0: no random faults */
    struct random random;
    struct plan by_chance[MAXIMUM_CHANCES]; /* those that happened, in this order */
    size_t by_chance_count;
};

/* Returns -1 after a message about a specification that cannot be read. */
int faults_read(struct faults *faults, const struct settings *settings);

/* Counts one request, and returns the fault for it. */
enum fault faults_next(struct faults *faults);
enum fault faults_next_login(struct faults *faults);
enum fault faults_next_batch(struct faults *faults);

/* The name for --fault. */
const char *faults_name(int fault);

enum counted faults_counted_by(int fault);

/* The largest number of times that the fault is planned; 0: never. */
uint64_t faults_planned(const struct faults *faults, enum fault fault);

#endif
