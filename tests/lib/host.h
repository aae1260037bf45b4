/*
 * host.h - the host of the unit tests: collects documents, hands out secrets, cancels and refuses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each document is checked as it arrives: one JSON object on one line whose first member is "kind".
 * Neither documents nor log may hold the secrets. The progress never decreases. The log has a line
 * for each repeat that is counted. At the end, no reply is in use.
 */
#ifndef HOST_H
#define HOST_H

#include <json-c/json.h>

#include "host/operation.h"
#include "progress_rule.h"
#include "settings/settings.h"

struct test_host {
    /* A test may change these between host_begin() and its calls. */
    struct hector_host table;
    struct limits limits;         /* short pauses */
    const char *token, *password; /* NULL = none; also the access key; of any kind of user */
    bool cancel;
    size_t cancel_at; /* cancels after the document of this number, from 1; 0 = never */
    size_t refuse_at; /* emit refuses the document of this number, from 1; 0 = none */

    /* Results */
    struct json_object *documents, *texts; /* parsed, and byte by byte as they came */
    uint32_t cancel_polls, secrets_asked, log_lines, progress_calls;
    uint32_t repeat_lines; /* of the log: what is asked again, and why */
    struct progress_rule progress;
    char waiting[ADDRESS_TEXT_MAX + 16]; /* the last "waiting:HOST" */
    char warning[LOG_LINE_MAX + 1];      /* the last line of the log at level warning or error */

    /* An operation of this host that has begun, and settings for it */
    struct operation operation;
    struct failure failure;
    struct json_object *request;
    struct settings settings;
};

void host_begin(struct test_host *host);
void host_end(struct test_host *host);

/* Reads a request with its settings; the test fails when it is refused. */
void host_settings(struct test_host *host, const char *request);

/* The number of documents of a kind; of all kinds for NULL. */
size_t host_count(const struct test_host *host, const char *kind);

/* The `nth` document of a kind (from 0) as it arrived; "" when there is none. */
const char *host_text(const struct test_host *host, const char *kind, size_t nth);

/* One value of that document by JSON pointer: "/device_types/firewall/seen" is "3". "" when
 * absent. */
const char *host_value(const struct test_host *host, const char *kind, size_t nth,
                       const char *pointer);
#endif
