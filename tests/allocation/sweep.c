/*
 * sweep.c - one operation, repeatedly, with each of its allocations failing in turn.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   sweep once|ever OPERATION REQUEST [NAME=SECRET]...
 *
 * The operation runs undisturbed first. In each further run the next call that can fail for lack of
 * memory fails, alone (once) or with all that follow (ever), until a run ends before that call.
 * Every run must either equal the undisturbed one, or return NO_MEMORY and report it; everything it
 * delivers must be true; nothing may leak. Standard output has one JSON object: the number of
 * failed calls, the number of them without effect, and the code and documents of the undisturbed
 * run.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "failing.h"
#include "hector/integration.h"
#include "host/operation.h"

#define SHOWN_MAX 10 /* faults that are shown in full */

struct host {
    char *const *secrets;          /* NAME=SECRET, until NULL */
    struct json_object *documents; /* texts, sorted once the run has ended */
};

struct outcome {
    int32_t code;
    struct hector_error error;
    struct json_object *documents;
    struct failing failing;
};

/* ---- the host */

/* Replaces operation_pause(), so that thousands of runs do not wait. */
int32_t __real_operation_pause(struct operation *operation, int32_t milliseconds,
                               struct failure *failure);
int32_t __wrap_operation_pause(struct operation *operation, int32_t milliseconds,
                               struct failure *failure);

int32_t __wrap_operation_pause(struct operation *operation, int32_t milliseconds,
                               struct failure *failure)
{
    (void)milliseconds;
    return __real_operation_pause(operation, 0, failure);
}

/* Removes values that differ from run to run, and those that a repeat adds. */
static void make_steady(struct json_object *document)
{
    static const char *const members[] = {"started", "ended", "requests", "bytes"};

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        json_object_object_del(document, members[i]);
    }
}

static int32_t take_document(void *context, const char *document, size_t size)
{
    struct failing *paused = failing_pause();
    struct host *host = context;
    struct json_object *text = json_object_new_string_len(document, (int)size);
    struct json_object *parsed = json_tokener_parse(json_object_get_string(text));

    make_steady(parsed);
    json_object_array_add(host->documents,
                          json_object_new_string(json_object_to_json_string(parsed)));
    json_object_put(parsed);
    json_object_put(text);
    failing_resume(paused);
    return 0;
}

static void take_log(void *context, uint32_t level, const char *text, size_t size)
{
    (void)context;
    (void)level;
    (void)text;
    (void)size;
}

static int64_t report_secret(void *context, const char *name, size_t name_size, char *buffer,
                             size_t capacity)
{
    const struct host *host = context;
    char *const *one = host->secrets;

    while (*one != NULL && (strncmp(*one, name, name_size) != 0 || (*one)[name_size] != '=')) {
        one++;
    }
    if (*one == NULL) {
        return -1;
    }
    const char *secret = *one + name_size + 1;
    if (strlen(secret) <= capacity) {
        memcpy(buffer, secret, strlen(secret));
    }
    return (int64_t)strlen(secret);
}

static int compare_texts(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;

    return strcmp(json_object_get_string(*left), json_object_get_string(*right));
}

static void run(hector_operation *operation, const char *request, char *const *secrets,
                struct outcome *outcome)
{
    struct host context = {.secrets = secrets, .documents = json_object_new_array()};
    struct hector_host host = {.struct_size = sizeof(host),
                               .log_level = HECTOR_LOG_TRACE,
                               .context = &context,
                               .emit = take_document,
                               .log = take_log,
                               .secret = report_secret};

    outcome->error = (struct hector_error){.struct_size = sizeof(outcome->error)};
    failing_begin(&outcome->failing);
    outcome->code = operation(&host, request, strlen(request), &outcome->error);
    failing_end();
    json_object_array_sort(context.documents, compare_texts);
    outcome->documents = context.documents;
}

/* ---- checks */

static const char *text_at(struct json_object *documents, size_t i)
{
    return json_object_get_string(json_object_array_get_idx(documents, i));
}

static bool is_kind(const char *document, const char *kind)
{
    char lead[64];

    (void)snprintf(lead, sizeof(lead), "{ \"kind\": \"%s\"", kind);
    return strncmp(document, lead, strlen(lead)) == 0;
}

/* The login was answered, but there was no memory to read the answer. */
static bool names_lost_login(const char *document)
{
    return is_kind(document, "problem") && strstr(document, "\"reason\": \"login_lost\"") != NULL;
}

static size_t lost_logins(struct json_object *documents)
{
    size_t count = 0;

    for (size_t i = 0; i < json_object_array_length(documents); i++) {
        count += names_lost_login(text_at(documents, i)) ? 1 : 0;
    }
    return count;
}

/* A document of a failed run that the undisturbed run did not have must report the failure. */
static bool shows_failure(const char *document)
{
    if (is_kind(document, "coverage")) {
        return strstr(document, "\"complete\": false") != NULL &&
               strstr(document, "\"reason\": \"no_memory\"") != NULL;
    }
    /* A scope may lack its name, but must be one to read. */
    if (is_kind(document, "scope")) {
        return strstr(document, "\"state\": \"in\"") != NULL;
    }
    if (is_kind(document, "check")) {
        return strstr(document, "\"status\": \"passed\"") == NULL;
    }
    if (is_kind(document, "summary")) {
        return strstr(document, "\"outcome\": \"no_memory\"") != NULL &&
               strstr(document, "\"complete\": true") == NULL;
    }
    return names_lost_login(document);
}

/* Compares a document with one of the undisturbed run; a failed run may mark an asset as
 * uncertain. */
static int compare_with_whole(const char *whole, const char *document)
{
    static const char uncertain[] = ", \"certain\": false }";
    const char *end = strstr(document, uncertain);
    size_t size = end != NULL ? (size_t)(end - document) : 0;
    int order;

    if (end == NULL || end[sizeof(uncertain) - 1] != '\0') {
        return strcmp(whole, document);
    }
    order = strncmp(whole, document, size);
    return order != 0 ? order : strcmp(whole + size, " }");
}

/* Every document is true: it also occurs in the undisturbed run, at least as often, or reports the
 * failure. Returns one that is not, or NULL. */
static const char *untrue_document(struct json_object *documents, struct json_object *whole)
{
    size_t at = 0, count = json_object_array_length(whole);

    for (size_t i = 0; i < json_object_array_length(documents); i++) {
        const char *document = text_at(documents, i);

        while (at < count && compare_with_whole(text_at(whole, at), document) < 0) {
            at++;
        }
        if (at < count && compare_with_whole(text_at(whole, at), document) == 0) {
            at++;
        } else if (!shows_failure(document)) {
            return document;
        }
    }
    return NULL;
}

static const char *fault_of(const struct outcome *outcome, const struct outcome *whole)
{
    const char *untrue = untrue_document(outcome->documents, whole->documents);

    if (outcome->failing.balance != 0) {
        return "blocks are left, or were freed that the test did not allocate";
    }
    if (outcome->code == HECTOR_NO_MEMORY) {
        if (untrue != NULL) {
            return untrue;
        }
        return outcome->error.cause == HECTOR_NO_MEMORY &&
                       strcmp(outcome->error.reason, "no_memory") == 0 &&
                       outcome->error.message[0] != '\0'
                   ? NULL
                   : "the error does not say no_memory";
    }
    if (outcome->code != whole->code) {
        return outcome->error.message[0] != '\0' ? outcome->error.message : "another return code";
    }
    if (untrue != NULL) {
        return untrue;
    }
    if (json_object_array_length(outcome->documents) !=
        json_object_array_length(whole->documents)) {
        return "the same code with fewer documents";
    }
    return strcmp(outcome->error.reason, whole->error.reason) == 0
               ? NULL
               : "the same code for another reason";
}

/* ---- the sweep */

static hector_operation *operation_named(const char *name)
{
    const struct hector_integration *integration = hector_integration_v1();

    return strcmp(name, "describe") == 0       ? integration->describe
           : strcmp(name, "validate") == 0     ? integration->validate
           : strcmp(name, "list_options") == 0 ? integration->list_options
           : strcmp(name, "sync") == 0         ? integration->sync
                                               : NULL;
}

static int sweep(hector_operation *operation, const char *request, char *const *secrets,
                 bool for_ever)
{
    struct outcome whole = {.failing = {0}}, outcome;
    size_t faults = 0, harmless = 0, lost = 0, nth = 0;

    run(operation, request, secrets, &whole);
    do {
        const char *fault;

        outcome = (struct outcome){.failing = {.nth = ++nth, .for_ever = for_ever}};
        run(operation, request, secrets, &outcome);
        fault = fault_of(&outcome, &whole);
        lost += lost_logins(outcome.documents);
        harmless += outcome.failing.struck && outcome.code == whole.code ? 1 : 0;
        if (fault != NULL && ++faults <= SHOWN_MAX) {
            (void)fprintf(stderr, "call %zu%s: returns %" PRId32 " (%s, %s): %s\n", nth,
                          for_ever ? " and all behind it" : "", outcome.code, outcome.error.reason,
                          outcome.error.detail, fault);
            failing_show();
        }
        json_object_put(outcome.documents);
    } while (outcome.failing.struck);
    (void)printf("{\"calls\":%zu,\"harmless\":%zu,\"logins_lost\":%zu,\"faults\":%zu,"
                 "\"code\":%" PRId32 ",\"documents\":%zu}\n",
                 nth - 1, harmless, lost, faults, whole.code,
                 json_object_array_length(whole.documents));
    json_object_put(whole.documents);
    return faults == 0 && nth > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
    hector_operation *operation = argc >= 4 ? operation_named(argv[2]) : NULL;

    if (operation == NULL || (strcmp(argv[1], "once") != 0 && strcmp(argv[1], "ever") != 0)) {
        (void)fputs("Usage: sweep once|ever OPERATION REQUEST [NAME=SECRET]...\n", stderr);
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    return sweep(operation, argv[3], argv + 4, strcmp(argv[1], "ever") == 0);
}
