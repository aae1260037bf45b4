/*
 * inventory.c - units, skipped rows and problems of a run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "asset.h"
#include "base/utf8.h"
#include "catalogue/models.h"
#include "state.h"
#include "json/json_write.h"

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
    free(inventory->scopes.items);
    strmap_release(&inventory->scope_index);
    strmap_release(&inventory->texts);
    strmap_release(&inventory->serials);
    strmap_release(&inventory->prefixes);
    strmap_release(&inventory->skipped_keys);
    strmap_release(&inventory->skipped_serials);
    free(inventory);
}

void inventory_set_extras(struct inventory *inventory, const struct inventory_extras *extras)
{
    inventory->extras = *extras;
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

int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *failure)
{
    static const char *const severities[] = {"info", "warning", "error"};
    char message[MESSAGE_MAX], about[MESSAGE_MAX];

    if (inventory->silent || inventory->problems[problem->reason]++ >= PROBLEMS_PER_REASON_MAX) {
        return HECTOR_OK;
    }
    operation_sentence(inventory->operation, message, sizeof(message), problem->reason,
                       problem->arguments);
    secrets_hide(&inventory->operation->secrets, problem->subject, about, sizeof(about));
    struct buffer *out = operation_document(inventory->operation, "problem");
    json_write_string(out, "reason", message_slug(problem->reason));
    json_write_string(out, "severity", severities[problem->severity]);
    json_write_string(out, "subject", about);
    json_write_optional(out, "scope", problem->scope);
    json_write_optional(out, "device_type", problem->device_type);
    json_write_optional(out, "sync_key", problem->sync_key);
    json_write_string(out, "message", message);
    return operation_emit(inventory->operation, failure);
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
                     row->reason == SKIP_pre_provisioned || row->reason == SKIP_log_only_excluded ||
                     row->reason == SKIP_serial_shared;
    char key[3 * MESSAGE_MAX + ENDPOINT_SERIAL_MAX], subject[MESSAGE_MAX];
    int lead = 0;

    secrets_copy(&inventory->operation->secrets, row->subject, subject, sizeof(subject));
    (void)snprintf(key, sizeof(key), "%d %d %n%.*s\n%.*s\n%s", (int)row->type, (int)row->reason,
                   &lead, ENDPOINT_SERIAL_MAX, serial, MESSAGE_MAX, row->scope, subject);
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

void inventory_count(struct inventory *inventory, const struct inventory_row *row, uint64_t rows)
{
    struct inventory_count *counts = &inventory->counts[row->type];
    struct coverage *coverage = inventory_coverage(inventory, row->scope, row->type);

    counts->seen += rows;
    *(row->reason == MESSAGE_NONE ? &counts->duplicates : &counts->skipped[row->reason]) += rows;
    if (coverage != NULL) {
        coverage->units += rows;
    }
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

/* FNV-1a, 32 bits. */
#define FNV_OFFSET UINT32_C(2166136261)
#define FNV_PRIME  UINT32_C(16777619)

#define EMITTED      UINT32_C(0x80000000)
#define CONNECTED    UINT32_C(0x40000000)
#define VDOM_BITS    7
#define VDOM_MASK    ((UINT32_C(1) << VDOM_BITS) - 1)
#define MANAGER_MASK (~(EMITTED | CONNECTED | VDOM_MASK))

static uint32_t digest_of(const char *text)
{
    uint32_t result = FNV_OFFSET;

    for (; text != NULL && *text != '\0'; text++) {
        result = (result ^ (unsigned char)*text) * FNV_PRIME;
    }
    return result;
}

/*
 * A serial's value in the map is the index of its deferred record or, once it is emitted, this:
 * whether the unit is connected, and digests of its manager and of the VDOM that listed it.
 */
static uint32_t emitted_state(const struct device *device)
{
    return EMITTED | (device->connected ? CONNECTED : 0) |
           (digest_of(device->manager) << VDOM_BITS & MANAGER_MASK) |
           (digest_of(device->vdom) & VDOM_MASK);
}

/*
 * True for a second row that is expected in every run: the unit is lent to another VDOM of the same
 * FortiGate; or it was moved to another FortiGate, and one of the rows is a disconnected leftover.
 * `former`: emitted_state() of the first row.
 */
static bool is_routine(const struct device *device, uint32_t former)
{
    uint32_t state = emitted_state(device), other = state ^ former;

    if (device->type == FIREWALL || device->manager == NULL) {
        return false;
    }
    return (other & MANAGER_MASK) != 0 ? (state & former & CONNECTED) == 0
                                       : device->vdom != NULL && (other & VDOM_MASK) != 0;
}

/*
 * Counts and emits an asset. `certain` false: an unread scope may list the same unit as connected.
 */
static int32_t emit_asset(struct inventory *inventory, const struct device *device, bool certain,
                          struct failure *failure)
{
    struct device whole = *device;

    inventory->counts[device->type].assets++;
    if (inventory->silent) {
        return HECTOR_OK;
    }
    /* FortiCloud knows no end systems; a serial number like theirs would be an accident. */
    if (inventory->extras.complete != NULL && device->type != ENDPOINT &&
        !inventory->extras.complete(inventory->extras.context, &whole)) {
        inventory->counts[device->type].without_entitlement++;
    }
    return asset_emit(inventory->operation, inventory->settings, &whole, certain, failure);
}

/* Frees a deferred record, which is emitted or superseded. */
static void forget_deferred(struct inventory *inventory, uint32_t state)
{
    struct inventory_deferred *deferred = &inventory->deferred.items[state];

    inventory->deferred_bytes -= deferred->size;
    free(deferred->bytes);
    *deferred = (struct inventory_deferred){0};
}

/* Emits the oldest deferred record, unless it was superseded. */
static int32_t emit_oldest(struct inventory *inventory, struct failure *failure)
{
    uint32_t oldest = (uint32_t)inventory->deferred_first++, *state;
    struct device device;

    if (inventory->deferred.items[oldest].bytes == NULL) {
        return HECTOR_OK;
    }
    device_unpack(inventory->deferred.items[oldest].bytes, &device);
    state = strmap_find(&inventory->serials, device_serial(&device));
    if (state != NULL) {
        *state = emitted_state(&device);
    }
    int32_t code = emit_asset(inventory, &device, inventory->all_read[device.type], failure);
    forget_deferred(inventory, oldest);
    return code;
}

/* Defers a record, and sets `*state` to its index. Emits the oldest ones beyond DEFERRED_MAX. */
static int32_t defer(struct inventory *inventory, const struct device *device, uint32_t *state,
                     struct failure *failure)
{
    struct buffer packed = BUFFER(DOCUMENT_MAX);
    int32_t code;

    if (!deferred_list_reserve(&inventory->deferred)) {
        return fail_memory(inventory->operation, failure);
    }
    device_pack(device, &packed);
    if ((code = fail_buffer(inventory->operation, failure, &packed)) != HECTOR_OK) {
        buffer_release(&packed);
        return code;
    }
    inventory->deferred.items[inventory->deferred.count++] =
        (struct inventory_deferred){packed.data, packed.capacity};
    inventory->deferred_bytes += packed.capacity; /* analyzer: no leak, the list owns the bytes */
    *state = (uint32_t)inventory->deferred.count - 1;
    while (code == HECTOR_OK && inventory->deferred_bytes > DEFERRED_MAX) {
        code = emit_oldest(inventory, failure);
    }
    return code;
}

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
                   strmap_bytes(&inventory->scope_index) + strmap_bytes(&inventory->texts) +
                   strmap_bytes(&inventory->skipped_keys) +
                   inventory->scopes.capacity * sizeof(*inventory->scopes.items) +
                   inventory->deferred.capacity * sizeof(*inventory->deferred.items) +
                   inventory->skipped.capacity * sizeof(*inventory->skipped.items);
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && inventory->deferred_bytes > 0 &&
           bytes + inventory->deferred_bytes > STORE_MAX) {
        code = emit_oldest(inventory, failure);
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

    if ((*state & EMITTED) != 0) {
        return HECTOR_OK;
    }
    device_unpack(inventory->deferred.items[*state].bytes, &former);
    struct coverage *left = inventory_coverage(inventory, former.scope, former.type);
    struct coverage *joined = inventory_coverage(inventory, device->scope, former.type);
    if (former.type == device->type && left != NULL && joined != NULL && left->units > 0) {
        left->units--;
        joined->units++;
    }
    forget_deferred(inventory, *state);
    if (!device->connected) {
        return defer(inventory, device, state, failure);
    }
    *state = emitted_state(device);
    return emit_asset(inventory, device, true, failure);
}

/* Handles a serial that is already known: a connected record replaces a deferred one. */
static int32_t record_duplicate(struct inventory *inventory, const struct device *device,
                                uint32_t *state, struct failure *failure)
{
    const char *serial = device_serial(device);
    enum device_type type = device->type;
    uint32_t former = *state;
    int32_t code = HECTOR_OK;

    if ((former & EMITTED) == 0) {
        struct device deferred;

        device_unpack(inventory->deferred.items[*state].bytes, &deferred);
        former = emitted_state(&deferred);
        if (device->connected) {
            type = deferred.type;
            forget_deferred(inventory, *state);
            *state = emitted_state(device);
            code = emit_asset(inventory, device, true, failure);
        }
    }
    inventory->counts[type].duplicates++;
    if (code != HECTOR_OK) {
        return code;
    }
    if (is_routine(device, former)) {
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
    int32_t code;

    if (device->model_guessed &&
        (code = inventory_unknown_prefix(inventory, device_serial(device), failure)) != HECTOR_OK) {
        return code;
    }
    if (strmap_put(&inventory->serials, device_serial(device), emitted_state(device), &state,
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
    return device->connected || inventory->silent ? emit_asset(inventory, device, true, failure)
                                                  : defer(inventory, device, state, failure);
}

/* Drops the oldest deferred record after a cancel. Without it, no scope of its type is complete. */
static void drop_oldest(struct inventory *inventory, bool dropped[static DEVICE_TYPE_COUNT])
{
    uint32_t oldest = (uint32_t)inventory->deferred_first++;
    struct device device;

    if (inventory->deferred.items[oldest].bytes == NULL) {
        return;
    }
    device_unpack(inventory->deferred.items[oldest].bytes, &device);
    inventory->counts[device.type].seen--;
    struct coverage *coverage = inventory_coverage(inventory, device.scope, device.type);
    if (coverage != NULL && coverage->units > 0) {
        coverage->units--;
    }
    for (size_t i = 0; !dropped[device.type] && i < inventory->scopes.count; i++) {
        coverage = &inventory->scopes.items[i].coverages[device.type];
        if (coverage->state == COVERAGE_COMPLETE) {
            coverage->state = COVERAGE_OPEN;
        }
    }
    dropped[device.type] = true;
    forget_deferred(inventory, oldest);
}

int32_t inventory_end_deferred(struct inventory *inventory, int32_t *code, struct failure *why,
                               struct failure *failure)
{
    bool dropped[DEVICE_TYPE_COUNT] = {false};
    int32_t emitted = HECTOR_OK;

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        inventory->all_read[type] =
            inventory_type_complete(inventory, type) && !inventory->units_outside;
    }
    while (emitted == HECTOR_OK && inventory->deferred_first < inventory->deferred.count) {
        if (*code != HECTOR_CANCELLED && operation_cancelled(inventory->operation)) {
            *code = operation_check(inventory->operation, why);
        }
        if (*code == HECTOR_CANCELLED) {
            drop_oldest(inventory, dropped);
        } else {
            emitted = emit_oldest(inventory, failure);
        }
    }
    return emitted;
}

/* ---- records of other systems */

/* Whether a row of this run has the serial, as an asset or skipped by policy. */
static bool is_known(const struct inventory *inventory, const char *serial)
{
    return strmap_find(&inventory->serials, serial) != NULL ||
           strmap_find(&inventory->skipped_serials, serial) != NULL;
}

/*
 * Whether the run read all units of a chosen device type: the type is complete, all scopes are
 * known, and neither the settings nor the account leave one out.
 */
static bool read_whole(const struct inventory *inventory, enum device_type type)
{
    bool ret = type != OTHER && inventory->settings->device_types[type] &&
               inventory->all_read[type] && inventory->scopes_complete;

    for (size_t i = 0; ret && i < inventory->scopes.count; i++) {
        const struct inventory_scope *scope = &inventory->scopes.items[i];

        ret = scope->coverages[type].state != COVERAGE_NOT_EXPECTED || scope->state == SCOPE_IN;
    }
    return ret;
}

int32_t inventory_unmatched(struct inventory *inventory, const struct unmatched *unmatched,
                            struct failure *failure)
{
    struct operation *operation = inventory->operation;
    const struct model_row *row =
        device_serial_valid(unmatched->serial) ? model_by_prefix(unmatched->serial) : NULL;
    char date[16];

    if (operation_cancelled(operation)) {
        return operation_check(operation, failure);
    }
    if (row == NULL || !read_whole(inventory, row->type) ||
        is_known(inventory, unmatched->serial)) {
        return HECTOR_OK;
    }
    struct buffer *out = operation_document(operation, "unmatched");
    json_write_string(out, "enrichment", unmatched->enrichment);
    json_write_string(out, "device_type", device_type_id(row->type));
    json_write_string(out, "serial_number", unmatched->serial);
    asset_write_text(out, "model", device_title(unmatched->model, row->model), TITLE_MAX);
    asset_write_text(out, "status", unmatched->status, TITLE_MAX);
    asset_date(unmatched->end_day, date);
    json_write_optional(out, "end_date", date);
    return operation_emit(operation, failure);
}
