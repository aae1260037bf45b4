/*
 * call.c - one call of one operation: the host's side of the interface.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "call.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "json_text.h"
#include "process.h"

const char *call_parse(struct document *document, struct span text)
{
    const struct lh_entry *first;
    json_object *root = NULL;

    if (text.bytes == NULL || text.size == 0) {
        return "is empty";
    }
    if (memchr(text.bytes, '\n', text.size) != NULL ||
        memchr(text.bytes, '\r', text.size) != NULL) {
        return "holds a line break";
    }
    const char *fault = json_text_parse(text, JSON_GRAMMAR_VALUES_MAX, &root, NULL);
    if (fault != NULL) {
        return fault;
    }
    if (!json_object_is_type(root, json_type_object)) {
        json_object_put(root);
        return "is no JSON object";
    }
    /* The kind must be the first member, so that a reader of a stream knows it before the rest. */
    first = lh_table_head(json_object_get_object(root));
    if (first == NULL || strcmp(lh_entry_k(first), "kind") != 0 ||
        !json_object_is_type(lh_entry_v(first), json_type_string)) {
        json_object_put(root);
        return "does not begin with its kind";
    }
    *document = (struct document){text, json_text_of(root, "kind").bytes, root};
    return NULL;
}

static int32_t call_emit(void *context, const char *text, size_t size)
{
    struct call *call = context;
    struct document document;

    call->documents++;
    const char *fault = call->refused         ? "came after one was refused"
                        : call->summaries > 0 ? "came after the summary"
                                              : call_parse(&document, (struct span){text, size});
    if (fault != NULL) {
        /* The first violation; that there is no memory to parse a document is none. */
        if (call->defect[0] == '\0' && (call->refused || !json_text_lost())) {
            (void)snprintf(call->defect, sizeof(call->defect), "document %" PRIu64 " %s",
                           call->documents, fault);
        }
        call->refused = true;
        return 1;
    }
    call->summaries += strcmp(document.kind, "summary") == 0;
    call->options += strcmp(document.kind, "option") == 0;
    call->assets += strcmp(document.kind, "asset") == 0;
    console_clear(call->console);
    if (call->sink != NULL) {
        call->sink->document(call->sink, &document);
        call->refused = output_status(call->sink->output) != 0;
    } else if (strcmp(document.kind, "descriptor") == 0) {
        json_object_put(call->descriptor);
        call->descriptor = json_object_get(document.root);
    }
    json_object_put(document.root);
    return call->refused ? 1 : 0;
}

static void call_log(void *context, uint32_t level, const char *text, size_t size)
{
    const struct call *call = context;

    console_log(call->console, level, (struct span){text, size});
}

static void call_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    const struct call *call = context;

    console_progress(call->console, (struct span){phase, size}, done, total);
}

static int32_t call_cancelled(void *context)
{
    (void)context;
    return process_cancelled();
}

static int64_t call_secret(void *context, const char *name, size_t name_size, char *buffer,
                           size_t capacity)
{
    const struct call *call = context;

    return secrets_give(call->secrets, (struct span){name, name_size}, buffer, capacity);
}

int32_t call_operation(struct call *call, hector_operation *operation, struct span request)
{
    const struct hector_host host = {
        .struct_size = sizeof(host),
        .log_level = call->console->log_level,
        .context = call,
        .emit = call_emit,
        .log = call_log,
        .progress = call_progress,
        .cancelled = call_cancelled,
        .secret = call_secret,
    };
    struct hector_error *error = &call->error;

    *error = (struct hector_error){.struct_size = sizeof(*error)};
    int32_t code = operation(&host, request.bytes, request.size, error);
    console_clear(call->console);
    error->reason[sizeof(error->reason) - 1] = '\0';
    error->field[sizeof(error->field) - 1] = '\0';
    error->message[sizeof(error->message) - 1] = '\0';
    error->detail[sizeof(error->detail) - 1] = '\0';
    if (call->refused && code >= 0) {
        return HECTOR_HOST;
    }
    if (call->syncs && code >= 0 && call->summaries != 1) {
        (void)snprintf(call->defect, sizeof(call->defect),
                       "sync returned %" PRId32 " without a summary", code);
        return HECTOR_INTERNAL;
    }
    return code;
}
