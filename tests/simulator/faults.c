/*
 * faults.c - faults of a FortiManager, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "faults.h"

#include "random_faults.h"

#include <stdio.h>

static const char *const names[FAULT_COUNT] = {
    WIRE_NAMES,
    [FAULT_SESSION_EXPIRED] = "session-expired",
    [FAULT_SESSION_KILLED] = "session-killed",
    [FAULT_KEY_MINUS_11] = "key-minus-11",
    [FAULT_STATUS_MINUS_1] = "status-minus-1",
    [FAULT_EMPTY_LIST] = "empty-list",
    [FAULT_RANGE_IGNORED] = "range-ignored",
    [FAULT_REPEATED_PAGE] = "repeated-page",
    [FAULT_ROW_ADDED] = "row-added",
    [FAULT_ROW_REMOVED] = "row-removed",
    [FAULT_RESULT_OBJECT] = "result-object",
    [FAULT_MISSING_STATUS] = "missing-status",
    [FAULT_DATA_NULL] = "data-null",
    [FAULT_NUMBERS_AS_TEXT] = "numbers-as-text",
    [FAULT_HUGE_NUMBERS] = "huge-numbers",
    [FAULT_DUPLICATE_KEYS] = "duplicate-keys",
    [FAULT_NAN] = "nan",
    [FAULT_INVALID_UTF8] = "invalid-utf8",
    [FAULT_LONE_SURROGATE] = "lone-surrogate",
    [FAULT_NUL_IN_NAME] = "nul-in-name",
    [FAULT_HUGE_NAME] = "huge-name",
    [FAULT_DEEP] = "deep",
    [FAULT_MANY_OBJECTS] = "many-objects",
    [FAULT_OTHER_REPLY] = "other-reply",
    [FAULT_LOGIN_REPLY_LOST] = "login-reply-lost",
    [FAULT_SESSION_LIMIT] = "session-limit",
    [FAULT_PROXY_BATCH_FAILS] = "proxy-batch-fails",
};

int faults_read(struct faults *faults, const struct settings *settings)
{
    *faults = (struct faults){.random_every = settings->random_faults,
                              .random = {.state = settings->seed}};
    for (uint32_t i = 0; i < settings->fault_count; i++) {
        if (plan_read(&faults->planned[faults->count], settings->faults[i], names, FAULT_COUNT) !=
            0) {
            (void)fprintf(stderr, "fortimanager-simulator: --fault: cannot read %s\n",
                          settings->faults[i]);
            return -1;
        }
        faults->count++;
    }
    return 0;
}

const char *faults_name(int fault)
{
    return names[fault];
}

enum counted faults_counted_by(int fault)
{
    switch (fault) {
    case FAULT_LOGIN_REPLY_LOST:
    case FAULT_SESSION_LIMIT: return COUNTED_LOGINS;
    case FAULT_PROXY_BATCH_FAILS: return COUNTED_BATCHES;
    default: return COUNTED_DATA;
    }
}

static enum fault apply_by_chance(struct faults *faults, uint64_t number, enum counted counted)
{
    enum fault fault = random_fault(&faults->random, faults->random_every, counted);

    if (fault == FAULT_NONE)
        return fault;
    faults->applied++;
    if (faults->by_chance_count < MAXIMUM_CHANCES)
        faults->by_chance[faults->by_chance_count++] = (struct plan){(int)fault, number, 1};
    return fault;
}

static enum fault apply(struct faults *faults, uint64_t number, enum counted counted)
{
    for (size_t i = 0; i < faults->count; i++) {
        struct plan *planned = &faults->planned[i];

        if (faults_counted_by(planned->fault) == counted && plan_take(planned, number)) {
            faults->applied++;
            return (enum fault)planned->fault;
        }
    }
    return apply_by_chance(faults, number, counted);
}

enum fault faults_next(struct faults *faults)
{
    return apply(faults, ++faults->data_requests, COUNTED_DATA);
}

enum fault faults_next_login(struct faults *faults)
{
    return apply(faults, ++faults->login_requests, COUNTED_LOGINS);
}

enum fault faults_next_batch(struct faults *faults)
{
    return apply(faults, ++faults->proxied_batches, COUNTED_BATCHES);
}

uint64_t faults_planned(const struct faults *faults, enum fault fault)
{
    uint64_t times = 0;

    for (size_t i = 0; i < faults->count; i++)
        if (faults->planned[i].fault == (int)fault)
            times = faults->planned[i].times > times ? faults->planned[i].times : times;
    return times;
}
