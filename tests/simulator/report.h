/*
 * report.h - what the simulator was asked.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_REPORT_H
#define SIMULATOR_REPORT_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

struct simulator;

struct report {
    uint64_t requests;    /* all, but those for the report itself */
    uint64_t connections; /* accepted, whoever made them */
    uint64_t bytes_received;
    uint64_t bytes_sent; /* bodies */
    uint64_t logins;
    uint64_t logouts;
    uint64_t refused_logins;
    uint64_t credentials_received;     /* requests that carried a password, a key or a session */
    uint64_t credentials_before_probe; /* of these, those before the first request without any */
    uint64_t probes;
    uint64_t open_connections;
    uint64_t most_open_connections; /* a reconnect may be seen before the close it follows */
    uint64_t proxied_calls;         /* answered questions to gates, whatever the gates said */
    uint64_t proxied_targets;
    uint64_t most_proxied_targets; /* of one call */
    uint64_t proxied_silent;       /* targets that gave no answer */
    uint64_t proxied_refused;      /* calls that --deny proxy refused */
    uint64_t violation_count;
    struct json_object *violations;
    struct json_object *urls;
};

void report_begin(struct report *report);
void report_release(struct report *report);

/* Says what was asked that the reference does not allow. */
void report_violation(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Counts one param of a request, with its fields, options and scope members. */
void report_param(struct report *report, const char *url, struct json_object *param);

/* Counts a request that is no JSON-RPC. */
void report_url(struct report *report, const char *url);

/* Counts a GET of FortiOS's REST API: among the urls it is "GET PATH"; `parameters` are the others.
 * Both may be NULL. */
void report_get(struct report *report, const char *path, struct json_object *format,
                struct json_object *parameters);

/* Counts one question to gates: among the urls it is "GET PATH". `format` may be NULL. */
void report_proxied(struct report *report, const char *path, struct json_object *format,
                    size_t targets, size_t silent);

/* Whether a request carried credentials, in the order of arrival. */
void report_credentials(struct report *report, bool carried);

/* The report as JSON for the caller to free. */
char *report_write(struct simulator *simulator);

#endif
