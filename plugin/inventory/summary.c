/*
 * summary.c - the end of a run: scopes, skipped rows, coverages and the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "asset.h"
#include "base/utf8.h"
#include "inventory.h"
#include "state.h"
#include "json/json_write.h"

static int32_t emit_scope(struct inventory *inventory, const struct inventory_scope *scope,
                          struct failure *failure)
{
    static const char *const states[] = {"in", "outside", "not_chosen"};
    bool covered = false;

    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        covered = covered || scope->coverages[type].state != COVERAGE_NOT_EXPECTED;
    }
    if (!covered && scope->state == SCOPE_IN) {
        return HECTOR_OK; /* only the first reading saw it, without units */
    }
    struct buffer *out = operation_document(inventory->operation, "scope");
    json_write_string(out, "scope", scope->name);
    json_write_string(out, "label", scope->label);
    if (scope->alias_count > 0) {
        json_write_texts(out, "aliases", scope->aliases, scope->alias_count);
    }
    json_write_string(out, "state", states[covered ? SCOPE_IN : scope->state]);
    return operation_emit(inventory->operation, failure);
}

static int32_t emit_skipped(struct inventory *inventory, const struct inventory_row *row,
                            struct failure *failure)
{
    struct buffer *out = operation_document(inventory->operation, "skipped");
    char about[MESSAGE_MAX];

    secrets_hide(&inventory->operation->secrets, row->subject, about, sizeof(about));
    json_write_string(out, "device_type", device_type_id(row->type));
    json_write_string(out, "scope", row->scope);
    json_write_string(out, "reason", message_slug(row->reason));
    json_write_string(out, "subject", about);
    json_write_optional(out, "serial", row->serial);
    return operation_emit(inventory->operation, failure);
}

/* Emits a skipped row, unless an asset of this run has its serial. */
static int32_t emit_noted(struct inventory *inventory, const struct inventory_skipped *skipped,
                          struct failure *failure)
{
    const char *key = skipped->key;
    size_t size = strcspn(key, "\n"), scope_size = strcspn(key + size + 1, "\n");
    char serial[ENDPOINT_SERIAL_MAX + 1], scope[MESSAGE_MAX + 1];

    utf8_copy(serial, sizeof(serial), key, size);
    utf8_copy(scope, sizeof(scope), key + size + 1, scope_size);
    if (*serial != '\0' && strmap_find(&inventory->serials, serial) != NULL) {
        return HECTOR_OK;
    }
    return emit_skipped(inventory,
                        &(struct inventory_row){skipped->type, scope, skipped->reason,
                                                key + size + 1 + scope_size + 1, serial},
                        failure);
}

/*
 * Reports the rows without a name of one coverage. Their number is the subject, so that a host sees
 * when it changes.
 */
static int32_t emit_unnamed(struct inventory *inventory, size_t i, struct failure *failure)
{
    const struct inventory_scope *scope = &inventory->scopes.items[i / DEVICE_TYPE_COUNT];
    enum device_type type = (enum device_type)(i % DEVICE_TYPE_COUNT);
    struct message_number count = message_number((int64_t)scope->coverages[type].unnamed);
    struct inventory_row row = {type, scope->name, SKIP_serial_unusable, count.text, NULL};
    char about[MESSAGE_MAX];
    int32_t code;

    if (scope->coverages[type].unnamed == 0) {
        return HECTOR_OK;
    }
    if ((code = emit_skipped(inventory, &row, failure)) != HECTOR_OK) {
        return code;
    }
    (void)snprintf(about, sizeof(about), "%s %s", scope->name, device_type_id(type));
    return inventory_problem(
        inventory,
        PROBLEM(SEVERITY_WARNING, SKIP_row_unnamed, about,
                ARGUMENTS(scope->label, count.text,
                          operation_text(inventory->operation, device_type_info(type)->units)),
                .scope = scope->name, .device_type = device_type_id(type)),
        failure);
}

static int32_t emit_coverage(struct inventory *inventory, size_t i, struct failure *failure)
{
    const struct coverage *coverage = inventory_coverage_at(inventory, i);
    const char *scope = inventory->scopes.items[i / DEVICE_TYPE_COUNT].name;
    const char *type = device_type_id((enum device_type)(i % DEVICE_TYPE_COUNT));

    if (coverage->state == COVERAGE_NOT_EXPECTED) {
        return HECTOR_OK;
    }
    struct buffer *out = operation_document(inventory->operation, "coverage");
    json_write_string(out, "scope", scope);
    json_write_string(out, "device_type", type);
    json_write_boolean(out, "complete", coverage->state == COVERAGE_COMPLETE);
    json_write_integer(out, "units", (int64_t)coverage->units);
    if (coverage->state == COVERAGE_INCOMPLETE) {
        json_write_integer(out, "cause", coverage->cause);
        json_write_string(out, "reason", message_slug(coverage->reason));
        json_write_string(out, "message", coverage->message);
        json_write_optional(out, "detail", coverage->detail);
        if (coverage->retry_after_s > 0) {
            json_write_integer(out, "retry_after_s", coverage->retry_after_s);
        }
        operation_log(inventory->operation, HECTOR_LOG_INFO,
                      "%s %s: incomplete, %" PRIu64 " units: %s %s", scope, type, coverage->units,
                      message_slug(coverage->reason), coverage->detail);
    } else {
        operation_log(inventory->operation, HECTOR_LOG_INFO, "%s %s: complete, %" PRIu64 " units",
                      scope, type, coverage->units);
    }
    return operation_emit(inventory->operation, failure);
}

static bool anything_delivered(const struct inventory *inventory)
{
    const struct coverage *coverage;
    bool ret = false;

    for (size_t i = 0; (coverage = inventory_coverage_at(inventory, i)) != NULL; i++) {
        ret = ret || (coverage->state == COVERAGE_COMPLETE && coverage->units > 0);
    }
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        ret = ret || inventory->counts[type].assets > 0;
    }
    return ret;
}

/*
 * Emits the `unmatched` documents, for which the serials of skipped rows are needed, unless the run
 * that ended with `ended` delivered nothing from which to conclude.
 */
static int32_t emit_unmatched(struct inventory *inventory, int32_t ended, struct failure *failure)
{
    bool whole = ended == HECTOR_OK && inventory->worst.cause == 0;
    bool partial = (ended == HECTOR_OK || inventory_is_worse(ended, HECTOR_OK)) &&
                   anything_delivered(inventory);
    char serial[ENDPOINT_SERIAL_MAX + 1];

    if (inventory->extras.report == NULL || (!whole && !partial)) {
        return HECTOR_OK;
    }
    for (size_t i = 0; i < inventory->skipped.count; i++) {
        const char *key = inventory->skipped.items[i].key;

        utf8_copy(serial, sizeof(serial), key, strcspn(key, "\n"));
        if (*serial != '\0' &&
            strmap_put(&inventory->skipped_serials, serial, 0, NULL, NULL) == NULL) {
            return fail_memory(inventory->operation, failure);
        }
    }
    return inventory->extras.report(inventory->extras.context, failure);
}

/* Reports repeated requests, unless a failure says more, and repaired replies. */
static int32_t report_exchanges(struct inventory *inventory, bool failed, struct failure *failure)
{
    const struct operation *operation = inventory->operation;
    const char *origin = inventory->settings->origin;
    struct message_number repeats = message_number((int64_t)operation->repeats);
    int32_t code = HECTOR_OK;

    if (operation->repeats > 0 && !failed) {
        code = inventory_problem(inventory,
                                 PROBLEM(SEVERITY_INFO, REASON_requests_repeated, origin,
                                         ARGUMENTS(origin, repeats.text)),
                                 failure);
    }
    if (code != HECTOR_OK || operation->repaired == 0) {
        return code;
    }
    return inventory_problem(
        inventory, PROBLEM(SEVERITY_WARNING, REASON_text_repaired, origin, ARGUMENTS(origin)),
        failure);
}

/* Emits one problem for each reason with more than PROBLEMS_PER_REASON_MAX problems. */
static int32_t report_hidden(struct inventory *inventory, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (enum message_id i = MESSAGE_NONE; code == HECTOR_OK && i < MESSAGE_COUNT; i++) {
        if (inventory->problems[i] > PROBLEMS_PER_REASON_MAX && i != REASON_problems_not_shown) {
            int64_t more = (int64_t)(inventory->problems[i] - PROBLEMS_PER_REASON_MAX);

            code = inventory_problem(inventory,
                                     PROBLEM(SEVERITY_WARNING, REASON_problems_not_shown,
                                             message_slug(i),
                                             ARGUMENTS(message_number(more).text, message_slug(i))),
                                     failure);
        }
    }
    return code;
}

/*
 * Emits scopes, skipped rows, coverages, `unmatched` documents, and the problems that concern the
 * whole run, which ended with `ended`.
 */
static int32_t emit_tail(struct inventory *inventory, int32_t ended, struct failure *failure)
{
    size_t cells = inventory->scopes.count * DEVICE_TYPE_COUNT;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < inventory->scopes.count; i++) {
        code = emit_scope(inventory, &inventory->scopes.items[i], failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < inventory->skipped.count; i++) {
        code = emit_noted(inventory, &inventory->skipped.items[i], failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < cells; i++) {
        code = emit_unnamed(inventory, i, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < cells; i++) {
        code = emit_coverage(inventory, i, failure);
    }
    if (code != HECTOR_OK || (code = emit_unmatched(inventory, ended, failure)) != HECTOR_OK ||
        (code = report_exchanges(inventory, ended != HECTOR_OK, failure)) != HECTOR_OK) {
        return code;
    }
    return report_hidden(inventory, failure);
}

static void write_counts(struct buffer *out, const struct inventory *inventory,
                         enum device_type type, bool ran)
{
    const struct inventory_count *count = &inventory->counts[type];

    json_write_object(out, device_type_id(type));
    json_write_integer(out, "seen", (int64_t)count->seen);
    json_write_integer(out, "assets", (int64_t)count->assets);
    json_write_integer(out, "duplicates", (int64_t)count->duplicates);
    json_write_object(out, "skipped");
    for (enum message_id reason = MESSAGE_NONE; reason < MESSAGE_COUNT; reason++) {
        if (count->skipped[reason] > 0) {
            json_write_integer(out, message_slug(reason), (int64_t)count->skipped[reason]);
        }
    }
    json_write_object_end(out);
    if (inventory->extras.count_entitled && type != OTHER) {
        json_write_integer(out, "without_entitlement", (int64_t)count->without_entitlement);
    }
    json_write_boolean(out, "complete", ran && inventory_type_complete(inventory, type));
    json_write_object_end(out);
}

/* `ended`: the source returned OK, whatever it delivered; `why`: unless `code` is OK. */
static int32_t emit_summary(struct inventory *inventory, int32_t code, bool ended,
                            const struct failure *why, struct failure *failure)
{
    struct buffer *out = operation_document(inventory->operation, "summary");
    bool ran = code == HECTOR_OK || code == HECTOR_PARTIAL;
    char time_text[32];

    asset_time(inventory->started, time_text);
    json_write_string(out, "started", time_text);
    asset_time((int64_t)time(NULL), time_text);
    json_write_string(out, "ended", time_text);
    json_write_string(out, "outcome", operation_outcome(code));
    json_write_object(out, "device_types");
    for (enum device_type type = FIREWALL; type <= OTHER; type++) {
        if (type == OTHER || inventory->settings->device_types[type]) {
            write_counts(out, inventory, type, ran);
        }
    }
    json_write_object_end(out);
    json_write_boolean(out, "scopes_complete", ended && inventory->scopes_complete);
    json_write_integer(out, "requests", (int64_t)inventory->operation->requests);
    json_write_integer(out, "bytes", (int64_t)inventory->operation->bytes);
    if (code != HECTOR_OK) {
        json_write_object(out, "error");
        json_write_integer(out, "cause", why->cause);
        json_write_string(out, "reason", message_slug(why->reason));
        json_write_optional(out, "field", why->field);
        json_write_string(out, "message", why->message);
        json_write_optional(out, "detail", why->detail);
        if (why->retry_after_s > 0) {
            json_write_integer(out, "retry_after_s", why->retry_after_s);
        }
        json_write_object_end(out);
    }
    return operation_emit(inventory->operation, failure);
}

/*
 * Emits all but the summary. `*code` and `why` are those of the run; a scope that was not read to
 * its end gets `why`, which may concern another scope.
 */
static int32_t emit_end(struct inventory *inventory, int32_t *code, struct failure *why,
                        struct failure *failure)
{
    int32_t emitted = inventory_end_deferred(inventory, code, why, failure);
    struct failure open = *why;

    if (emitted != HECTOR_OK) {
        return emitted;
    }
    if (*code == HECTOR_OK) {
        /* A source that returns OK has ended every scope. */
        (void)fail(inventory->operation, &open, REASON_internal, NULL,
                   ARGUMENTS("a scope without a coverage status"));
    } else {
        operation_sentence(inventory->operation, open.message, sizeof(open.message),
                           LABEL_label_not_reached, ARGUMENTS(why->message));
        open.detail[0] = '\0';
    }
    emitted = inventory_end_open(inventory, &open, failure);
    return emitted != HECTOR_OK ? emitted : emit_tail(inventory, *code, failure);
}

int32_t inventory_finish(struct inventory *inventory, int32_t code, struct failure *failure)
{
    const struct failure *worst = &inventory->worst;
    struct failure broken = {0};
    int32_t emitted =
        code != HECTOR_HOST ? emit_end(inventory, &code, failure, &broken) : HECTOR_OK;

    bool ended = code == HECTOR_OK && emitted == HECTOR_OK;
    if (emitted != HECTOR_OK) {
        code = emitted;
        *failure = broken;
    } else if (worst->cause != 0 && code == HECTOR_OK) {
        code = HECTOR_PARTIAL;
        *failure = *worst;
    } else if (worst->cause != 0 && inventory_is_worse(code, HECTOR_OK) &&
               inventory_is_worse(worst->cause, code)) {
        *failure = *worst;
        code = failure->cause;
    }
    if (inventory_is_worse(code, HECTOR_OK) || code == HECTOR_PARTIAL) {
        code = anything_delivered(inventory) ? HECTOR_PARTIAL : failure->cause;
    }
    if (code == HECTOR_HOST) {
        return code;
    }
    emitted = emit_summary(inventory, code, ended, failure, &broken);
    if (emitted != HECTOR_OK) {
        code = emitted;
        *failure = broken;
    }
    return code;
}
