/*
 * report.c - counts and violations of the requests that the simulator received.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "report.h"

#include "simulator.h"
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Enough to see the error; a client that errs ten thousand times errs in the same way. */
#define MOST_VIOLATIONS 200

void report_begin(struct report *report)
{
    *report =
        (struct report){.violations = json_object_new_array(), .urls = json_object_new_object()};
}

void report_release(struct report *report)
{
    (void)json_object_put(report->violations);
    (void)json_object_put(report->urls);
    *report = (struct report){0};
}

void report_violation(struct report *report, const char *format, ...)
{
    char sentence[512];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    report->violation_count++;
    if (json_object_array_length(report->violations) < MOST_VIOLATIONS)
        (void)json_object_array_add(report->violations, json_object_new_string(sentence));
}

/* Adds the strings of `values` (a list, or one string) to the set `name` of an entry. */
static void unite(struct json_object *entry, const char *name, struct json_object *values)
{
    struct json_object *set = json_object_object_get(entry, name);
    bool list = json_object_is_type(values, json_type_array);
    size_t count = list ? json_object_array_length(values) : 1;

    if (values == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct json_object *value = list ? json_object_array_get_idx(values, i) : values;

        if (json_object_is_type(value, json_type_string))
            (void)json_object_object_add(set, json_object_get_string(value), NULL);
    }
}

/* The counters of a URL; scope members count (FortiGate, VDOM) pairs. */
static const char *const url_numbers[] = {"count", "all_fortigate", "scope_pairs",
                                          "most_scope_pairs", NULL};
static const char *const url_sets[] = {"fields", "options", NULL};

static struct json_object *count_url(struct report *report, const char *url)
{
    struct json_object *entry = json_object_object_get(report->urls, url);

    if (entry == NULL) {
        entry = json_object_new_object();
        for (size_t i = 0; url_numbers[i] != NULL; i++)
            (void)json_object_object_add(entry, url_numbers[i], json_object_new_int64(0));
        for (size_t i = 0; url_sets[i] != NULL; i++)
            (void)json_object_object_add(entry, url_sets[i], json_object_new_object());
        (void)json_object_object_add(report->urls, url, entry);
    }
    (void)json_object_int_inc(json_object_object_get(entry, "count"), 1);
    return entry;
}

static void count_scope(struct json_object *entry, struct json_object *scope)
{
    size_t count =
        json_object_is_type(scope, json_type_array) ? json_object_array_length(scope) : 0;
    struct json_object *most = json_object_object_get(entry, "most_scope_pairs");
    int64_t pairs = 0;

    for (size_t i = 0; i < count; i++)
        if (json_object_object_get(json_object_array_get_idx(scope, i), "vdom") != NULL)
            pairs++;
    if (count > (size_t)pairs)
        (void)json_object_int_inc(json_object_object_get(entry, "all_fortigate"), 1);
    (void)json_object_int_inc(json_object_object_get(entry, "scope_pairs"), pairs);
    if (pairs > json_object_get_int64(most))
        (void)json_object_set_int64(most, pairs);
}

void report_param(struct report *report, const char *url, struct json_object *param)
{
    struct json_object *entry = count_url(report, url);

    unite(entry, "fields", json_object_object_get(param, "fields"));
    unite(entry, "options", json_object_object_get(param, "option"));
    count_scope(entry, json_object_object_get(param, "scope member"));
}

void report_url(struct report *report, const char *url)
{
    (void)count_url(report, url);
}

void report_get(struct report *report, const char *path, struct json_object *format,
                struct json_object *parameters)
{
    char *url = must_print("GET %s", path);
    struct json_object *entry = count_url(report, url);

    unite(entry, "fields", format);
    unite(entry, "options", parameters);
    free(url);
}

void report_proxied(struct report *report, const char *path, struct json_object *format,
                    size_t targets, size_t silent)
{
    char *url = must_print("GET %s", path);

    unite(count_url(report, url), "fields", format);
    free(url);
    report->proxied_calls++;
    report->proxied_targets += targets;
    report->proxied_silent += silent;
    if (targets > report->most_proxied_targets)
        report->most_proxied_targets = targets;
}

void report_credentials(struct report *report, bool carried)
{
    if (!carried) {
        report->probes++;
        return;
    }
    report->credentials_received++;
    if (report->probes == 0)
        report->credentials_before_probe++;
}

static void write_number(struct text *text, const char *name, uint64_t number)
{
    text_key(text, name);
    text_integer(text, (int64_t)number);
}

static void write_set(struct text *text, struct json_object *entry, const char *name)
{
    text_key(text, name);
    text_open(text, '[');
    json_object_object_foreach(json_object_object_get(entry, name), member, unused) {
        (void)unused;
        text_string(text, member);
    }
    text_close(text, ']');
}

static void write_urls(struct text *text, struct json_object *urls)
{
    text_key(text, "urls");
    text_open(text, '{');
    json_object_object_foreach(urls, url, entry) {
        text_key(text, url);
        text_open(text, '{');
        for (size_t i = 0; url_numbers[i] != NULL; i++) {
            text_key(text, url_numbers[i]);
            text_integer(text,
                         json_object_get_int64(json_object_object_get(entry, url_numbers[i])));
        }
        for (size_t i = 0; url_sets[i] != NULL; i++)
            write_set(text, entry, url_sets[i]);
        text_close(text, '}');
    }
    text_close(text, '}');
}

/* As --fault takes them, so that a run can be repeated with fewer. */
static void write_chances(struct text *text, const struct faults *faults)
{
    text_key(text, "random_faults");
    text_open(text, '[');
    for (size_t i = 0; i < faults->by_chance_count; i++) {
        const struct plan *plan = &faults->by_chance[i];
        char *fault =
            must_print("%s@%llu", faults_name(plan->fault), (unsigned long long)plan->from);

        text_string(text, fault);
        free(fault);
    }
    text_close(text, ']');
}

/* Requests for FortiManager's status cache, in all ADOMs. */
static uint64_t count_cache_requests(struct json_object *urls)
{
    uint64_t count = 0;

    json_object_object_foreach(urls, url, entry) {
        if (strstr(url, "/_controller/status/") != NULL)
            count += json_object_get_uint64(json_object_object_get(entry, "count"));
    }
    return count;
}

char *report_write(struct simulator *simulator)
{
    const struct report *report = &simulator->report;
    struct text text = {NULL, 0, 0};

    text_open(&text, '{');
    write_number(&text, "requests", report->requests);
    write_number(&text, "data_requests", simulator->faults.data_requests);
    write_number(&text, "connections", report->connections);
    write_number(&text, "most_open_connections", report->most_open_connections);
    write_number(&text, "bytes_received", report->bytes_received);
    write_number(&text, "bytes_sent", report->bytes_sent);
    write_number(&text, "logins", report->logins);
    write_number(&text, "logouts", report->logouts);
    write_number(&text, "open_sessions", sessions_count(&simulator->sessions));
    write_number(&text, "refused_logins", report->refused_logins);
    write_number(&text, "credentials_received", report->credentials_received);
    write_number(&text, "credentials_before_probe", report->credentials_before_probe);
    write_number(&text, "cache_requests", count_cache_requests(report->urls));
    write_number(&text, "proxied_calls", report->proxied_calls);
    write_number(&text, "proxied_targets", report->proxied_targets);
    write_number(&text, "most_proxied_targets", report->most_proxied_targets);
    write_number(&text, "proxied_silent", report->proxied_silent);
    write_number(&text, "proxied_refused", report->proxied_refused);
    write_number(&text, "errors_answered", report->errors_answered);
    write_number(&text, "most_calls_a_minute", report->most_calls_a_minute);
    write_number(&text, "faults_applied", simulator->faults.applied);
    write_chances(&text, &simulator->faults);
    write_number(&text, "violation_count", report->violation_count);
    text_key(&text, "violations");
    text_open(&text, '[');
    for (size_t i = 0; i < json_object_array_length(report->violations); i++)
        text_string(&text,
                    json_object_get_string(json_object_array_get_idx(report->violations, i)));
    text_close(&text, ']');
    write_urls(&text, report->urls);
    text_close(&text, '}');
    text_put(&text, "\n");
    return text_steal(&text);
}
