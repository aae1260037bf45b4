/*
 * report.h - counts and violations of the requests that the simulator received.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_REPORT_H
#define SIMULATOR_REPORT_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

struct simulator;

struct report {
    uint64_t requests;    /* all, except those for the report itself */
    uint64_t connections; /* accepted connections, from any client */
    uint64_t bytes_received;
    uint64_t bytes_sent; /* of the bodies */
    uint64_t logins;
    uint64_t logouts;
    uint64_t refused_logins;
    uint64_t credentials_received;     /* requests with a password, a key or a session */
    uint64_t credentials_before_probe; /* those before any request without them */
    uint64_t probes;
    uint64_t open_connections;
    uint64_t most_open_connections; /* may count a reconnect before the close */
    uint64_t proxied_calls;         /* answered proxied queries, whatever the FortiGates answered */
    uint64_t proxied_targets;
    uint64_t most_proxied_targets; /* the most targets of one call */
    uint64_t proxied_silent;       /* targets without an answer */
    uint64_t proxied_refused;      /* calls that --deny proxy refused */
    uint64_t errors_answered;      /* FortiCloud: errors, and calls beyond its limits */
    uint64_t most_calls_a_minute;  /* FortiCloud: of one API */
    uint64_t violation_count;
    struct json_object *violations;
    struct json_object *urls;
};

void report_begin(struct report *report);
void report_release(struct report *report);

/* Records a violation: a request that the reference does not allow. */
void report_violation(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Counts one param of a request, with its fields, options and scope members. */
void report_param(struct report *report, const char *url, struct json_object *param);

/* Counts a request that is not JSON-RPC. */
void report_url(struct report *report, const char *url);

/* Counts a GET of FortiOS's REST API, as the URL "GET PATH"; `parameters` are all but the format.
 * Both may be NULL. */
void report_get(struct report *report, const char *path, struct json_object *format,
                struct json_object *parameters);

/* Counts one proxied query, as the URL "GET PATH". `format` may be NULL. */
void report_proxied(struct report *report, const char *path, struct json_object *format,
                    size_t targets, size_t silent);

/* Records whether a request carried credentials, in the order of arrival. */
void report_credentials(struct report *report, bool carried);

/* The report as JSON; the caller frees it. */
char *report_write(struct simulator *simulator);

#endif
