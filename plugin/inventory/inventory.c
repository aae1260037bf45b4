/*
 * inventory.c - units and skipped rows of a run, up to the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "catalogue/models.h"
#include "deferred.h"
#include "state.h"
#include "summary.h"

struct inventory *inventory_new(struct operation *operation, const struct settings *settings,
                                bool silent)
{
    struct inventory *inventory = calloc(1, sizeof(*inventory));

    if (inventory == NULL) {
        return NULL;
    }
    inventory->operation = operation;
    inventory->settings = settings;
    inventory->silent = silent;
    inventory->started = (int64_t)time(NULL);
    return inventory;
}

void inventory_free(struct inventory *inventory)
{
    if (inventory == NULL) {
        return;
    }
    for (size_t i = 0; i < inventory->deferred.count; i++) {
        free(inventory->deferred.items[i].bytes);
    }
    free(inventory->deferred.items);
    free(inventory->skipped.items);
    inventory_free_scopes(inventory);
    strmap_release(&inventory->serials);
    strmap_release(&inventory->prefixes);
    strmap_release(&inventory->skipped_keys);
    free(inventory);
}

void inventory_set_completion(struct inventory *inventory, inventory_completion *complete,
                              void *context)
{
    inventory->complete = complete;
    inventory->complete_context = context;
}

bool inventory_is_empty(const struct inventory *inventory)
{
    return inventory->serials.count == 0;
}

uint64_t inventory_seen(const struct inventory *inventory, enum device_type type)
{
    return inventory->counts[type].seen;
}

uint64_t inventory_assets(const struct inventory *inventory, enum device_type type)
{
    return inventory->counts[type].assets;
}

bool inventory_meta_filled(const struct inventory *inventory, size_t i)
{
    return inventory->meta_filled[i];
}

void inventory_set_scopes_complete(struct inventory *inventory, bool complete)
{
    inventory->scopes_complete = complete;
}

void inventory_set_units_outside(struct inventory *inventory)
{
    inventory->units_outside = true;
}

/* ---- rows that are no asset */

static void count_seen(struct inventory *inventory, enum device_type type, const char *scope)
{
    struct coverage *coverage = inventory_coverage(inventory, scope, type);

    inventory->counts[type].seen++;
    if (coverage != NULL) {
        coverage->units++;
    }
}

/*
 * Notes a skipped row; `*ret_new`: it was not known. One that policy excludes is emitted at the
 * end, because another row with its serial may become an asset.
 */
static int32_t note_skipped(struct inventory *inventory, const struct inventory_row *row,
                            bool *ret_new, struct failure *failure)
{
    const char *serial = row->serial != NULL ? row->serial : "";
    bool by_policy = row->reason == SKIP_unauthorized || row->reason == SKIP_model_device ||
                     row->reason == SKIP_pre_provisioned || row->reason == SKIP_log_only_excluded;
    char key[3 * MESSAGE_MAX + SERIAL_MAX], subject[MESSAGE_MAX];
    int lead = 0;

    secrets_copy(&inventory->operation->secrets, row->subject, subject, sizeof(subject));
    (void)snprintf(key, sizeof(key), "%d %d %n%.*s\n%.*s\n%s", (int)row->type, (int)row->reason,
                   &lead, SERIAL_MAX, serial, MESSAGE_MAX, row->scope, subject);
    const char *kept = strmap_put(&inventory->skipped_keys, key, 0, NULL, ret_new);
    if (kept == NULL ||
        (*ret_new && row->type != OTHER &&
         (row->reason == SKIP_serial_unusable || (*serial != '\0' && by_policy)) &&
         !skipped_list_add(&inventory->skipped,
                           (struct inventory_skipped){row->type, row->reason, kept + lead}))) {
        return fail_memory(inventory->operation, failure);
    }
    return HECTOR_OK;
}

int32_t inventory_skip(struct inventory *inventory, const struct inventory_row *row,
                       struct failure *failure)
{
    struct coverage *coverage = inventory_coverage(inventory, row->scope, row->type);
    bool added = false;
    int32_t code = note_skipped(inventory, row, &added, failure);

    if (code != HECTOR_OK || (inventory->again && !added)) {
        return code;
    }
    count_seen(inventory, row->type, row->scope);
    inventory->counts[row->type].skipped[row->reason]++;
    if (row->reason == SKIP_row_unnamed && coverage != NULL) {
        coverage->unnamed++;
    }
    return row->reason == SKIP_serial_unusable && added
               ? inventory_problem(inventory,
                                   PROBLEM(SEVERITY_WARNING, row->reason, row->subject,
                                           ARGUMENTS(row->subject), .scope = row->scope,
                                           .device_type = device_type_id(row->type)),
                                   failure)
               : HECTOR_OK;
}

void inventory_read_again(struct inventory *inventory, bool again)
{
    inventory->again = inventory->operation->again = again;
}

int32_t inventory_unknown_prefix(struct inventory *inventory, const char *serial,
                                 struct failure *failure)
{
    char prefix[MODEL_PREFIX_SIZE + 1];
    bool added;

    secrets_copy(&inventory->operation->secrets, serial, prefix, sizeof(prefix));
    if (strmap_put(&inventory->prefixes, prefix, 0, NULL, &added) == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    return added ? inventory_problem(inventory,
                                     PROBLEM(SEVERITY_INFO, REASON_model_unknown, prefix,
                                             ARGUMENTS(prefix, serial)),
                                     failure)
                 : HECTOR_OK;
}

/* ---- units */

static void note_meta(struct inventory *inventory, const struct device *device)
{
    for (size_t i = 0; i < device->meta_count; i++) {
        for (size_t k = 0; k < inventory->settings->meta_count; k++) {
            inventory->meta_filled[k] |=
                *utf8_shown(device->meta[i].text) != '\0' &&
                strcmp(device->meta[i].name, inventory->settings->meta[k]) == 0;
        }
    }
}

int32_t inventory_room(struct inventory *inventory, size_t beside, struct failure *failure)
{
    size_t bytes = beside + strmap_bytes(&inventory->serials) + strmap_bytes(&inventory->prefixes) +
                   strmap_bytes(&inventory->scope_index) + strmap_bytes(&inventory->skipped_keys) +
                   inventory->scopes.capacity * sizeof(*inventory->scopes.items) +
                   inventory->deferred.capacity * sizeof(*inventory->deferred.items) +
                   inventory->skipped.capacity * sizeof(*inventory->skipped.items) +
                   inventory->text_bytes;
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && inventory->deferred_bytes > 0 &&
           bytes + inventory->deferred_bytes > STORE_MAX) {
        code = inventory_emit_oldest(inventory, failure);
    }
    return code == HECTOR_OK && bytes > STORE_MAX
               ? fail(inventory->operation, failure, REASON_store_full, NULL,
                      ARGUMENTS(inventory->settings->origin))
               : code;
}

/*
 * Handles a unit that is read a second time: the newer record replaces a deferred one, and is
 * counted in the scope where the unit is now.
 */
static int32_t record_again(struct inventory *inventory, const struct device *device,
                            uint32_t *state, struct failure *failure)
{
    struct device former;

    if (inventory_is_emitted(*state)) {
        return HECTOR_OK;
    }
    inventory_deferred_device(inventory, *state, &former);
    struct coverage *left = inventory_coverage(inventory, former.scope, former.type);
    struct coverage *joined = inventory_coverage(inventory, device->scope, former.type);
    if (former.type == device->type && left != NULL && joined != NULL && left->units > 0) {
        left->units--;
        joined->units++;
    }
    inventory_forget_deferred(inventory, *state);
    if (!device->connected) {
        return inventory_defer(inventory, device, state, failure);
    }
    *state = inventory_emitted(device);
    return inventory_emit_asset(inventory, device, true, failure);
}

/* Handles a serial that is already known: a connected record replaces a deferred one. */
static int32_t record_duplicate(struct inventory *inventory, const struct device *device,
                                uint32_t *state, struct failure *failure)
{
    const char *serial = device_serial(device);
    enum device_type type = device->type;
    uint32_t former = *state;
    int32_t code = HECTOR_OK;

    if (!inventory_is_emitted(former)) {
        struct device deferred;

        inventory_deferred_device(inventory, *state, &deferred);
        former = inventory_emitted(&deferred);
        if (device->connected) {
            type = deferred.type;
            inventory_forget_deferred(inventory, *state);
            *state = inventory_emitted(device);
            code = inventory_emit_asset(inventory, device, true, failure);
        }
    }
    inventory->counts[type].duplicates++;
    if (code != HECTOR_OK) {
        return code;
    }
    if (inventory_is_routine(device, former)) {
        operation_log(inventory->operation, HECTOR_LOG_INFO,
                      "%s is listed more than once: lent to a VDOM, or left behind by a move (%s)",
                      serial, device->scope);
        return HECTOR_OK;
    }
    return inventory_problem(inventory,
                             PROBLEM(SEVERITY_INFO, REASON_duplicate_serial, serial,
                                     ARGUMENTS(serial, device->title), .scope = device->scope,
                                     .device_type = device_type_id(device->type),
                                     .sync_key = serial),
                             failure);
}

int32_t inventory_record(struct inventory *inventory, const struct device *device,
                         struct failure *failure)
{
    uint32_t *state = NULL;
    bool added = false;

    if (strmap_put(&inventory->serials, device_serial(device), inventory_emitted(device), &state,
                   &added) == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    if (inventory->again && !added) {
        return record_again(inventory, device, state, failure);
    }
    count_seen(inventory, device->type, device->scope);
    note_meta(inventory, device);
    if (!added) {
        return record_duplicate(inventory, device, state, failure);
    }
    return device->connected || inventory->silent
               ? inventory_emit_asset(inventory, device, true, failure)
               : inventory_defer(inventory, device, state, failure);
}

/* ---- end of the run */

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
    return emitted != HECTOR_OK ? emitted
                                : inventory_emit_tail(inventory, *code != HECTOR_OK, failure);
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
    emitted = inventory_emit_summary(inventory, code, ended, failure, &broken);
    if (emitted != HECTOR_OK) {
        code = emitted;
        *failure = broken;
    }
    return code;
}
