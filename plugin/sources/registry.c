/*
 * registry.c - the list of sources, and which of them fits an address.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "registry.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "enrich.h"
#include "host/repeat.h"
#include "sources/ems/ems.h"
#include "sources/fortigate/fortigate.h"
#include "sources/fortimanager/fortimanager.h"
#include "sources/fortinac/fortinac.h"
#include "json/json_read.h"

/* One line per source, in the order in which they probe an address. */
static const struct source *const SOURCES[] = {
    &fortimanager_source,
    &fortigate_source,
    &fortinac_source,
    &ems_source,
};

const struct source *source_at(size_t index)
{
    return index < COUNT(SOURCES) ? SOURCES[index] : NULL;
}

enum attribute_cost source_cost(enum attribute attribute, enum device_type type)
{
    enum attribute_cost cost = COST_NO;

    for (size_t i = 0; cost == COST_NO && i < COUNT(SOURCES); i++) {
        cost = columns_cost(SOURCES[i]->origins, attribute, type);
    }
    return cost != COST_NO ? cost : enrich_cost(attribute, type);
}

const struct source *source_expected(const struct settings *settings)
{
    for (size_t i = 0; i < COUNT(SOURCES); i++) {
        if (settings->chosen[SOURCES[i]->system]) {
            return SOURCES[i];
        }
    }
    return SOURCES[0];
}

/* The result of a probe. */
struct probe {
    bool fits;
    bool html;       /* the answer was a web page */
    int32_t status;  /* HTTP status */
    char detail[96]; /* request and answer, for the log */
};

/* Probes whether the address is a system of this kind. OK whatever the answer. */
static int32_t probe(struct source_call *call, const struct source *source, struct probe *ret,
                     struct failure *failure)
{
    const struct http_request *request = &source->probe;
    struct http_reply reply;
    int32_t code = http_exchange(call->http, request, &reply, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    *ret = (struct probe){source->fits(call, &reply), reply.html, reply.status, ""};
    if (request->body == NULL) {
        (void)snprintf(ret->detail, sizeof(ret->detail), "GET %s: HTTP %d", request->path,
                       (int)reply.status);
    } else {
        (void)snprintf(ret->detail, sizeof(ret->detail), "POST %s: HTTP %d, %s", request->path,
                       (int)reply.status,
                       reply.content_type[0] != '\0' ? reply.content_type : "no content type");
    }
    http_reply_release(&reply);
    return HECTOR_OK;
}

/*
 * Connects to the source that the settings name, of a kind that shows no mark before a login: any
 * answer to the start page of its web server will do. No credential is sent over a connection that
 * this request does not prove to be possible.
 */
static int32_t connect_named(struct source_call *call, struct failure *failure)
{
    const struct http_request start = {.path = "/"};
    struct http_reply reply;
    int32_t code = http_exchange(call->http, &start, &reply, failure);

    if (code == HECTOR_OK) {
        http_reply_release(&reply);
    }
    return code;
}

/*
 * Probes as the chosen kinds, or as the others, and sets `*ret` if one fits; `first` is the result
 * of the first probe.
 */
static int32_t probe_as(struct source_call *call, bool chosen, const struct source **ret,
                        struct probe *first, struct failure *failure)
{
    const bool *choices = call->settings->chosen;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && *ret == NULL && i < COUNT(SOURCES); i++) {
        struct probe seen = {0};

        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): SOURCES holds none that is NULL */
        if (SOURCES[i]->fits != NULL &&
            (choices[CHOICE_source_auto] || choices[SOURCES[i]->system]) == chosen) {
            code = probe(call, SOURCES[i], &seen, failure);
            *ret = seen.fits ? SOURCES[i] : NULL;
            if (first->detail[0] == '\0') {
                *first = seen;
            }
        }
    }
    return code;
}

/* Probes the address; if no source fits, sets the failure that says why. */
static int32_t identify(struct source_call *call, const struct source **ret,
                        struct failure *failure)
{
    const struct source *other = NULL;
    const char *origin = call->settings->origin;
    struct probe first = {0};
    int32_t code;

    *ret = NULL;
    if (source_expected(call->settings)->fits == NULL) {
        *ret = source_expected(call->settings);
        return connect_named(call, failure);
    }
    if ((code = probe_as(call, true, ret, &first, failure)) != HECTOR_OK || *ret != NULL ||
        (code = probe_as(call, false, &other, &first, failure)) != HECTOR_OK) {
        return code;
    }
    if (other != NULL) {
        (void)fail_field(call->operation, failure, "source", REASON_source_mismatch,
                         ARGUMENTS(origin, other->product,
                                   setting_choice_id(source_expected(call->settings)->system)));
        failure_detail(call->operation, failure, first.detail);
        return failure->cause;
    }
    /* A server error does not show what kind of system it is. */
    return fail(call->operation, failure,
                first.status >= 500 ? REASON_server_error
                : first.html        ? REASON_not_fortimanager_html
                                    : REASON_not_fortimanager,
                first.detail, ARGUMENTS(origin, message_number(first.status).text));
}

/*
 * True if the address gave no answer. Only then the fallback is tried: a system that answers is the
 * one that was meant.
 */
static bool is_silent(int32_t code, const struct failure *failure)
{
    return code == HECTOR_UNREACHABLE &&
           (failure->reason == REASON_name_unknown || failure->reason == REASON_connection_failed ||
            failure->reason == REASON_connection_refused ||
            failure->reason == REASON_plain_http_unanswered ||
            failure->reason == REASON_connection_broken || failure->reason == REASON_time_out ||
            failure->reason == REASON_proxy_failed || failure->reason == REASON_server_error);
}

/* Opens the address in use and finds the source that fits it. */
static int32_t open_address(struct source_call *call, const struct source **ret,
                            struct failure *failure)
{
    struct operation *operation = call->operation;
    struct http_policy policy = settings_http_policy(call->settings);
    int32_t code;

    operation_progress(operation, PHASE_connection, 0, 0);
    /* One unusable answer may be an accident; the same answer twice is not. */
    if ((code = http_open(operation, &policy, &call->http, failure)) != HECTOR_OK ||
        (code = identify(call, ret, failure)) == HECTOR_OK ||
        (failure->reason != REASON_not_fortimanager_html &&
         failure->reason != REASON_not_fortimanager && failure->reason != REASON_reply_too_large)) {
        return code;
    }
    code = repeat_request(operation, repeat_backoff_ms(operation, 1), message_slug(failure->reason),
                          failure);
    return code == HECTOR_OK ? identify(call, ret, failure) : code;
}

/* Tries fallback_url; `first` is why the first address gave no answer. */
static int32_t open_fallback(struct source_call *call, const struct failure *first,
                             const struct source **ret, struct failure *failure)
{
    struct settings *settings = call->settings;

    operation_log(call->operation, HECTOR_LOG_WARNING,
                  "%s gave no answer (%s): fallback_url is asked", settings->home,
                  message_slug(first->reason));
    http_close(call->http);
    call->http = NULL;
    settings_use_fallback(settings, true);
    int32_t code = open_address(call, ret, failure);
    if (is_silent(code, failure)) {
        settings_use_fallback(settings, false);
        return fail_as(failure, first);
    }
    if (code != HECTOR_OK && strcmp(failure->field, "url") == 0) {
        utf8_copy(failure->field, sizeof(failure->field), "fallback_url", strlen("fallback_url"));
    }
    return code;
}

/* Drops the chosen device types that the source lacks. CONFIG if none is left. */
static int32_t drop_types(struct source_call *call, const struct source *source,
                          struct failure *failure)
{
    bool *chosen = call->settings->device_types;
    bool listed = json_member(call->settings->document, "device_types") != NULL;
    char names[MESSAGE_MAX] = "";
    bool any = false;

    for (enum device_type type = 0; type < DEVICE_TYPE_COUNT; type++) {
        call->ignored[type] = listed && chosen[type] && !source->types[type];
        chosen[type] = chosen[type] && source->types[type];
        any = any || chosen[type];
        if (source->types[type]) {
            /* by its label in a form, or by its id in a shell */
            utf8_list(names, sizeof(names),
                      call->operation->wording.keys
                          ? device_type_id(type)
                          : operation_text(call->operation, device_type_info(type)->plural));
        }
    }
    if (any) {
        return HECTOR_OK;
    }
    return fail_field(call->operation, failure, "device_types", REASON_device_types_not_for,
                      ARGUMENTS(source->product, names));
}

int32_t source_open(struct source_call *call, const struct source **ret, struct failure *failure)
{
    bool has_fallback = call->settings->fallback.host[0] != '\0';
    int32_t code = open_address(call, ret, failure);

    if (has_fallback && is_silent(code, failure)) {
        struct failure first = *failure;

        code = open_fallback(call, &first, ret, failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): OK means that a source was found */
    if (!(*ret)->has_peer && has_fallback) {
        return fail_field(call->operation, failure, "fallback_url", REASON_setting_not_for,
                          ARGUMENTS("fallback_url", (*ret)->product));
    }
    code = drop_types(call, *ret, failure);
    enrich_choose_attributes(call->settings);
    return code;
}
