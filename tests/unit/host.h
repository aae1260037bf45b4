/*
 * host.h - the host of the unit tests: collects documents, keeps secrets, cancels and refuses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each document is judged as it arrives: one JSON object in one line whose first member is "kind".
 * Neither documents nor log may hold the secrets. The progress never goes backwards.
 */
#ifndef HOST_H
#define HOST_H

#include <json-c/json.h>

#include "host/operation.h"
#include "progress_rule.h"
#include "settings/settings.h"

struct test_host {
    /* What a test may change between host_begin() and its calls */
    struct hector_host table;
    struct limits limits;         /* short pauses */
    const char *token, *password; /* NULL = no such secret; of any kind of user */
    bool cancel;
    size_t cancel_at; /* behind the document of this number; 0 = never */
    size_t refuse_at; /* emit refuses the document of this number, from 1; 0 = none */

    /* What has happened */
    struct json_object *documents, *texts; /* parsed, and byte by byte as they came */
    uint32_t cancel_polls, secrets_asked, log_lines, progress_calls;
    struct progress_rule progress;
    char waiting[ADDRESS_TEXT_MAX + 16]; /* the last "waiting:HOST" */
    char warning[LOG_LINE_MAX + 1];      /* the last line of the log that is one, or an error */

    /* An operation of this host, begun, and settings for it */
    struct operation operation;
    struct failure failure;
    struct json_object *request;
    struct settings settings;
};

void host_begin(struct test_host *host);
void host_end(struct test_host *host);

/* Reads a request with its settings; the test fails when they are refused. */
void host_settings(struct test_host *host, const char *request);

/* How many documents of a kind came; of any kind for NULL. */
size_t host_count(const struct test_host *host, const char *kind);

/* The `nth` document of a kind (from 0), as it came; "" when there is none. */
const char *host_text(const struct test_host *host, const char *kind, size_t nth);

/* One value of it, by JSON pointer: "/device_types/firewall/seen" is "3". "" when absent. */
const char *host_value(const struct test_host *host, const char *kind, size_t nth,
                       const char *pointer);
#endif
