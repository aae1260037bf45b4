/*
 * faults.c - what goes wrong, and when.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "faults.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[FAULT_COUNT] = {
    [FAULT_NONE] = "",
    [FAULT_SESSION_EXPIRED] = "session-expired",
    [FAULT_SESSION_KILLED] = "session-killed",
    [FAULT_KEY_MINUS_11] = "key-minus-11",
    [FAULT_STATUS_MINUS_1] = "status-minus-1",
    [FAULT_HTTP_502_HTML] = "http-502-html",
    [FAULT_TRUNCATED] = "truncated",
    [FAULT_CLOSE_BEFORE] = "close-before",
    [FAULT_CLOSE_AMID] = "close-amid",
    [FAULT_CLOSE_AFTER] = "close-after",
    [FAULT_STALL] = "stall",
    [FAULT_EMPTY_LIST] = "empty-list",
    [FAULT_RANGE_IGNORED] = "range-ignored",
    [FAULT_RESULT_OBJECT] = "result-object",
    [FAULT_MISSING_STATUS] = "missing-status",
    [FAULT_DATA_NULL] = "data-null",
    [FAULT_HTML_200] = "html-200",
    [FAULT_REPEATED_PAGE] = "repeated-page",
    [FAULT_LOGIN_REPLY_LOST] = "login-reply-lost",
    [FAULT_PROXY_BATCH_FAILS] = "proxy-batch-fails",
};

/* Reads "@N" or "xM" where `text` stands, and moves it on. */
static int read_part(const char **text, char mark, uint64_t *ret_number)
{
    char *end = NULL;
    unsigned long long number;

    if (**text != mark)
        return 0;
    if (mark == 'x' && strcmp(*text, "xforever") == 0) {
        *ret_number = UINT64_MAX;
        *text += strlen(*text);
        return 0;
    }
    errno = 0;
    number = strtoull(*text + 1, &end, 10);
    if (errno != 0 || end == *text + 1 || (*text)[1] == '-' || number == 0)
        return -1;
    *ret_number = number;
    *text = end;
    return 0;
}

static int read_fault(struct planned_fault *planned, const char *text)
{
    size_t best = 0;

    planned->fault = FAULT_NONE;
    planned->from = 1;
    planned->times = 1;
    /* The longest name that fits: a name may hold the mark 'x' itself ("session-expired"). */
    for (int i = FAULT_NONE + 1; i < FAULT_COUNT; i++) {
        size_t size = strlen(names[i]);

        if (size > best && strncmp(text, names[i], size) == 0) {
            planned->fault = (enum fault)i;
            best = size;
        }
    }
    text += best;
    if (best == 0 || read_part(&text, '@', &planned->from) != 0 ||
        read_part(&text, 'x', &planned->times) != 0 || *text != '\0')
        return -1;
    return 0;
}

int faults_read(struct faults *faults, const struct settings *settings)
{
    *faults = (struct faults){.count = 0};
    for (uint32_t i = 0; i < settings->fault_count; i++) {
        if (read_fault(&faults->planned[faults->count], settings->faults[i]) != 0) {
            (void)fprintf(stderr, "fortimanager-simulator: --fault: cannot read %s\n",
                          settings->faults[i]);
            return -1;
        }
        faults->count++;
    }
    return 0;
}

/* What a fault counts: one that is not particular counts data requests. */
static enum fault counted_by(enum fault fault)
{
    return fault == FAULT_LOGIN_REPLY_LOST || fault == FAULT_PROXY_BATCH_FAILS ? fault : FAULT_NONE;
}

static enum fault apply(struct faults *faults, uint64_t number, enum fault counted)
{
    for (size_t i = 0; i < faults->count; i++) {
        struct planned_fault *planned = &faults->planned[i];

        if (counted_by(planned->fault) != counted || number < planned->from || planned->times == 0)
            continue;
        if (planned->times != UINT64_MAX)
            planned->times--;
        faults->applied++;
        return planned->fault;
    }
    return FAULT_NONE;
}

enum fault faults_next(struct faults *faults)
{
    return apply(faults, ++faults->data_requests, FAULT_NONE);
}

enum fault faults_next_login(struct faults *faults)
{
    return apply(faults, ++faults->login_requests, FAULT_LOGIN_REPLY_LOST);
}

enum fault faults_next_batch(struct faults *faults)
{
    return apply(faults, ++faults->proxied_batches, FAULT_PROXY_BATCH_FAILS);
}

bool faults_plan(const struct faults *faults, enum fault fault)
{
    for (size_t i = 0; i < faults->count; i++)
        if (faults->planned[i].fault == fault)
            return true;
    return false;
}
