/*
 * hostile.c - a host that misbehaves, through the real entry of a plugin.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   TOKEN=... (or PASSWORD=...) hostile PLUGIN OPERATION REQUEST BEHAVIOUR
 *
 *   refuse   emit refuses the N-th document: for every N, one run
 *   cancel   cancelled returns true from the N-th poll on: for every N until runs end earlier
 *   once     cancelled returns true at the N-th poll, and never again: the same
 *   tables   a table that ends at each of its members, followed by poison
 *   quiet    no log, progress and cancelled
 *   levels   log levels that exist, and some that do not
 *   nested   every callback calls an operation
 *   whole    none of these: one run. The behaviours below are such runs, with a secret that is
 *   absent (no callback), unknown, unset, long, huge, garbage, unwritten, beyond or changing
 *
 * Breaches of the contract are reported, with exit status 1. The last line is "CODE REASON FIELD"
 * of the last run; the line before has the number of runs.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hector/integration.h"
#include "lib/progress_rule.h"

#define SHORT_RUNS 4 /* in a row, not cancelled: ends the search for the last poll */

/* The operation, its request, and the results of all runs. */
static const struct hector_integration *plugin;
static hector_operation *operation;
static const char *request;
static unsigned runs;
static bool failed;

/* The behaviour of a host, and what happened to it. */
struct hostile {
    struct hector_host table;
    unsigned refuse_at, cancel_at; /* 0 = never */
    bool cancel_once, nested;
    const char *secret; /* the behaviour; "" = a valid secret */

    unsigned documents, polls, secrets, lines;
    bool said_cancel;
    struct progress_rule progress;
    char last[2048]; /* document, possibly cut */
    int32_t code;
    struct hector_error error;
};

__attribute__((format(printf, 2, 3))) static void expect(bool condition, const char *format, ...)
{
    va_list values;

    if (condition) {
        return;
    }
    failed = true;
    (void)fputs("NOT: ", stdout);
    va_start(values, format);
    (void)vprintf(format, values);
    va_end(values);
    (void)putchar('\n');
}

static void hostile_run(struct hostile *host);
static struct hostile hostile_new(void);

/* ---- callbacks */

/* Another call inside a callback: a whole run inside the first document, describe inside the
 * others. */
static void call_inside(const struct hostile *host)
{
    struct hostile inside = hostile_new();

    if (!host->nested) {
        return;
    }
    inside.table.context = &inside;
    if (host->documents == 1) {
        hostile_run(&inside);
    } else {
        inside.code = plugin->describe(&inside.table, "{}", 2, &inside.error);
    }
    expect(inside.code == HECTOR_OK && inside.documents > 0, "inside: %" PRId32, inside.code);
}

static int32_t take_document(void *context, const char *document, size_t size)
{
    struct hostile *host = context;
    const size_t kept = size < sizeof(host->last) ? size : sizeof(host->last) - 1;

    host->documents++;
    memcpy(host->last, document, kept);
    host->last[kept] = '\0';
    expect(host->refuse_at == 0 || host->documents <= host->refuse_at,
           "document %u after number %u was refused", host->documents, host->refuse_at);
    call_inside(host);
    /* Any value but 0 refuses. */
    return host->documents == host->refuse_at ? (host->refuse_at % 2 == 0 ? INT32_MIN : 7) : 0;
}

static void take_line(void *context, uint32_t level, const char *text, size_t size)
{
    struct hostile *host = context;

    host->lines++;
    expect(level <= host->table.log_level && level >= HECTOR_LOG_ERROR &&
               level <= HECTOR_LOG_TRACE && memchr(text, '\n', size) == NULL,
           "a line of level %" PRIu32, level);
    call_inside(host);
}

static void take_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    struct hostile *host = context;
    const char *fault = progress_rule_take(&host->progress, phase, size, done, total);

    expect(fault == NULL, "progress %.*s %" PRIu64 "/%" PRIu64 ": %s", (int)size, phase, done,
           total, fault);
    call_inside(context);
}

static int32_t report_cancelled(void *context)
{
    struct hostile *host = context;

    host->polls++;
    expect(!host->said_cancel, "asked again after it was cancelled");
    call_inside(host);
    if (host->cancel_at != 0 &&
        (host->polls == host->cancel_at || (host->polls > host->cancel_at && !host->cancel_once))) {
        host->said_cancel = true;
        return host->polls % 2 == 0 ? -1 : 1;
    }
    return 0;
}

static int64_t give_secret(void *context, const char *name, size_t name_size, char *buffer,
                           size_t capacity)
{
    struct hostile *host = context;
    const char *secret = getenv(strncmp(name, "token", name_size) == 0 ? "TOKEN" : "PASSWORD");
    const size_t size = secret != NULL ? strlen(secret) : 0;

    call_inside(host);
    if (strcmp(host->secret, "unknown") == 0 || secret == NULL) {
        return -1;
    }
    host->secrets++;
    if (strcmp(host->secret, "unset") == 0) {
        return 0;
    }
    if (strcmp(host->secret, "long") == 0) {
        return (int64_t)capacity + 1;
    }
    if (strcmp(host->secret, "huge") == 0) {
        return INT64_MAX;
    }
    if (strcmp(host->secret, "garbage") == 0) {
        return INT64_MIN + 12345;
    }
    if (strcmp(host->secret, "unwritten") == 0) {
        return 32;
    }
    if (strcmp(host->secret, "beyond") == 0) {
        memset(buffer, '!', capacity); /* longer than the length returned below */
    }
    if (size <= capacity) {
        memcpy(buffer, secret, size);
    }
    if (strcmp(host->secret, "changing") == 0 && host->secrets > 1 && size > 0) {
        buffer[0] = buffer[0] == 'x' ? 'y' : 'x';
    }
    return (int64_t)size;
}

/* ---- runs */

static struct hostile hostile_new(void)
{
    return (struct hostile){.table = {.struct_size = sizeof(struct hector_host),
                                      .log_level = HECTOR_LOG_TRACE,
                                      .emit = take_document,
                                      .log = take_line,
                                      .progress = take_progress,
                                      .cancelled = report_cancelled,
                                      .secret = give_secret},
                            .secret = "",
                            .error = {.struct_size = sizeof(struct hector_error)}};
}

static void hostile_run_with(struct hostile *host, const struct hector_host *table)
{
    runs++;
    host->code = operation(table, request, strlen(request), &host->error);
    if (host->code < 0) {
        expect(host->error.cause == host->code && host->error.reason[0] != '\0' &&
                   host->error.message[0] != '\0',
               "the error of code %" PRId32 ": cause %" PRId32, host->code, host->error.cause);
    }
}

static void hostile_run(struct hostile *host)
{
    host->table.context = host;
    hostile_run_with(host, &host->table);
}

static bool is_sync(void)
{
    return operation == plugin->sync;
}

static struct hostile run_whole(const char *secret)
{
    struct hostile host = hostile_new();

    host.secret = secret;
    if (strcmp(secret, "absent") == 0) {
        host.table.secret = NULL;
    }
    hostile_run(&host);
    return host;
}

static struct hostile run_refuse(void)
{
    const unsigned documents = run_whole("").documents;
    struct hostile host = hostile_new();

    expect(documents > 0, "no document");
    for (unsigned n = 1; n <= documents; n++) {
        host = hostile_new();
        host.refuse_at = n;
        hostile_run(&host);
        expect(host.code == HECTOR_HOST && host.documents == n &&
                   strcmp(host.error.reason, "host_refused") == 0,
               "document %u refused: code %" PRId32 " %s, %u documents", n, host.code,
               host.error.reason, host.documents);
    }
    return host;
}

static struct hostile run_cancel(bool once)
{
    struct hostile host;
    unsigned stopped = 0, whole = 0;

    for (unsigned n = 1;; n++) {
        host = hostile_new();
        host.cancel_at = n;
        host.cancel_once = once;
        hostile_run(&host);
        /* The number of polls depends on the network: one short run does not end the search. */
        if (!host.said_cancel) {
            expect(host.code == HECTOR_OK, "whole in %u polls: %" PRId32, n, host.code);
            if (++whole == SHORT_RUNS) {
                break;
            }
            continue;
        }
        whole = 0;
        stopped++;
        expect(host.code == HECTOR_CANCELLED && strcmp(host.error.reason, "cancelled") == 0,
               "cancelled at poll %u: code %" PRId32 " %s", n, host.code, host.error.reason);
        expect(!is_sync() || (strncmp(host.last, "{\"kind\":\"summary\"", 17) == 0 &&
                              strstr(host.last, "\"outcome\":\"cancelled\"") != NULL),
               "cancelled at poll %u: the last document is %.300s", n, host.last);
    }
    expect(stopped > 3, "%u polls", stopped);
    return host;
}

static struct hostile run_tables(void)
{
    static const size_t ends[] = {
        offsetof(struct hector_host, emit),      offsetof(struct hector_host, log),
        offsetof(struct hector_host, progress),  offsetof(struct hector_host, cancelled),
        offsetof(struct hector_host, secret),    sizeof(struct hector_host),
        sizeof(struct hector_host) + sizeof(int)};
    /* With a table that ends before `secret`, an integration that needs a secret fails. */
    const bool needs_secret = getenv("TOKEN") != NULL || getenv("PASSWORD") != NULL;
    struct hostile host = hostile_new();

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct {
            struct hector_host table;
            unsigned char beyond[8];
        } memory;

        host = hostile_new();
        host.table.context = &host;
        memset(&memory, 0xA5, sizeof(memory));
        memcpy(&memory, &host.table, ends[i] < sizeof(host.table) ? ends[i] : sizeof(host.table));
        memory.table.struct_size = (uint32_t)ends[i];
        hostile_run_with(&host, &memory.table);
        expect(host.code == (i == 0                                                 ? HECTOR_ABI
                             : needs_secret && ends[i] < sizeof(struct hector_host) ? HECTOR_CONFIG
                                                                                    : HECTOR_OK),
               "a table of %zu bytes: code %" PRId32, ends[i], host.code);
    }
    return host;
}

static struct hostile run_levels(void)
{
    static const uint32_t levels[] = {0, 1, 5, 6, 1000, UINT32_MAX};
    struct hostile host = hostile_new();

    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        host = hostile_new();
        host.table.log_level = levels[i];
        hostile_run(&host);
        expect(host.code == HECTOR_OK && (levels[i] < HECTOR_LOG_DEBUG) == (host.lines == 0),
               "level %" PRIu32 ": code %" PRId32 ", %u lines", levels[i], host.code, host.lines);
    }
    return host;
}

/* Expects as many documents as from a normal host. */
static struct hostile run_like_others(bool nested)
{
    const unsigned documents = run_whole("").documents;
    struct hostile host = hostile_new();

    host.nested = nested;
    if (!nested) {
        host.table.log = NULL;
        host.table.progress = NULL;
        host.table.cancelled = NULL;
    }
    hostile_run(&host);
    expect(host.documents == documents, "%u documents, not %u", host.documents, documents);
    return host;
}

static struct hostile run_behaviour(const char *behaviour)
{
    return strcmp(behaviour, "refuse") == 0   ? run_refuse()
           : strcmp(behaviour, "cancel") == 0 ? run_cancel(false)
           : strcmp(behaviour, "once") == 0   ? run_cancel(true)
           : strcmp(behaviour, "tables") == 0 ? run_tables()
           : strcmp(behaviour, "levels") == 0 ? run_levels()
           : strcmp(behaviour, "quiet") == 0  ? run_like_others(false)
           : strcmp(behaviour, "nested") == 0 ? run_like_others(true)
                                              : run_whole(behaviour);
}

static bool load(const char *path, const char *name)
{
    const struct hector_integration *(*entry)(void);
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *symbol = object != NULL ? dlsym(object, HECTOR_INTEGRATION_SYMBOL) : NULL;

    if (symbol == NULL) {
        return false;
    }
    memcpy(&entry, &symbol, sizeof(entry)); /* C has no cast from an object to a function */
    plugin = entry();
    operation = strcmp(name, "describe") == 0       ? plugin->describe
                : strcmp(name, "validate") == 0     ? plugin->validate
                : strcmp(name, "list_options") == 0 ? plugin->list_options
                : strcmp(name, "sync") == 0         ? plugin->sync
                                                    : NULL;
    return operation != NULL;
}

int main(int argc, char *argv[])
{
    struct hostile last;

    if (argc != 5 || !load(argv[1], argv[2])) {
        (void)fputs("Usage: hostile PLUGIN OPERATION REQUEST BEHAVIOUR\n", stderr);
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    request = argv[3];
    last = run_behaviour(argv[4]);
    (void)printf("%u runs\n%" PRId32 " %s %s\n", runs, last.code, last.error.reason,
                 last.error.field);
    return failed || fflush(stdout) != 0;
}
