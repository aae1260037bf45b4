/*
 * inventory.c - units, scopes, counters and problems of a run, up to the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "asset.h"
#include "base/utf8.h"
#include "base/vector.h"
#include "catalogue/models.h"
#include "json/json_write.h"

/*
 * Value of a serial in the map: EMITTED, CONNECTED if it was, and digests of its manager and of the
 * VDOM that listed it; or the index of its deferred record.
 */
#define EMITTED      UINT32_C(0x80000000)
#define CONNECTED    UINT32_C(0x40000000)
#define VDOM_BITS    7
#define VDOM_MASK    ((UINT32_C(1) << VDOM_BITS) - 1)
#define MANAGER_MASK (~(EMITTED | CONNECTED | VDOM_MASK))

void inventory_init(struct inventory *inventory, struct operation *operation,
                    const struct settings *settings, bool silent)
{
    memset(inventory, 0, sizeof(*inventory));
    inventory->operation = operation;
    inventory->settings = settings;
    inventory->silent = silent;
    inventory->started = (int64_t)time(NULL);
    strmap_init(&inventory->serials);
    strmap_init(&inventory->prefixes);
    strmap_init(&inventory->skipped_keys);
    strmap_init(&inventory->scope_index);
}

void inventory_release(struct inventory *inventory)
{
    for (size_t i = 0; i < inventory->deferred_count; i++) {
        free(inventory->deferred[i].bytes);
    }
    free(inventory->deferred);
    for (size_t i = 0; i < inventory->scope_count; i++) {
        free(inventory->scopes[i].names);
        for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
            free(inventory->scopes[i].coverages[type].message);
        }
    }
    free(inventory->scopes);
    free(inventory->skipped);
    strmap_release(&inventory->serials);
    strmap_release(&inventory->prefixes);
    strmap_release(&inventory->skipped_keys);
    strmap_release(&inventory->scope_index);
}

/* ---- scopes */

static struct coverage *inventory_coverage(const struct inventory *inventory, const char *scope,
                                           enum device_type type)
{
    uint32_t *at = strmap_find(&inventory->scope_index, scope);

    return at != NULL ? &inventory->scopes[*at].coverages[type] : NULL;
}

/* Finds or adds a scope; NULL without memory. The pointer is valid until the next addition. */
static struct inventory_scope *take_scope(struct inventory *inventory, const char *name)
{
    uint32_t *at = strmap_find(&inventory->scope_index, name);
    struct inventory_scope *larger;

    if (at != NULL) {
        return &inventory->scopes[*at];
    }
    larger = vector_room(inventory->scopes, inventory->scope_count, &inventory->scope_capacity,
                         sizeof(*inventory->scopes));
    if (larger == NULL) {
        return NULL;
    }
    inventory->scopes = larger;
    name = strmap_put(&inventory->scope_index, name, (uint32_t)inventory->scope_count, NULL, NULL);
    if (name == NULL) {
        return NULL;
    }
    inventory->scopes[inventory->scope_count] = (struct inventory_scope){.name = name};
    return &inventory->scopes[inventory->scope_count++];
}

/*
 * Joins the texts in one block of `*ret_size` bytes, each with its NUL. The caller frees it; NULL
 * without memory.
 */
static char *join_texts(const char *first, const char *const *rest, size_t count, size_t *ret_size)
{
    size_t size = strlen(first) + 1, at = size;
    char *block;

    for (size_t i = 0; i < count; i++) {
        size += strlen(rest[i]) + 1;
    }
    block = malloc(size);
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, first, at);
    for (size_t i = 0; i < count; i++) {
        memcpy(block + at, rest[i], strlen(rest[i]) + 1);
        at += strlen(rest[i]) + 1;
    }
    *ret_size = size;
    return block;
}

int32_t inventory_name_scope(struct inventory *inventory, const struct scope_names *names,
                             enum scope_state state, struct failure *failure)
{
    struct inventory_scope *scope = take_scope(inventory, names->scope);
    size_t size = 0;
    char *joined =
        scope != NULL ? join_texts(names->label, names->aliases, names->alias_count, &size) : NULL;

    if (joined == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    free(scope->names);
    scope->names = joined;
    scope->alias_count = names->alias_count;
    scope->state = state;
    inventory->text_bytes += size;
    return HECTOR_OK;
}

int32_t inventory_expect(struct inventory *inventory, const char *scope, enum device_type type,
                         struct failure *failure)
{
    struct inventory_scope *taken = take_scope(inventory, scope);

    if (taken == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    if (taken->coverages[type].state == COVERAGE_NOT_EXPECTED) {
        taken->coverages[type].state = COVERAGE_OPEN;
    }
    return HECTOR_OK;
}

bool inventory_expects(const struct inventory *inventory, const char *scope, enum device_type type)
{
    const struct coverage *coverage = inventory_coverage(inventory, scope, type);

    return coverage != NULL && coverage->state != COVERAGE_NOT_EXPECTED;
}

bool inventory_incomplete(const struct inventory *inventory, const char *scope,
                          enum device_type type)
{
    const struct coverage *coverage = inventory_coverage(inventory, scope, type);

    return coverage != NULL && coverage->state == COVERAGE_INCOMPLETE;
}

void inventory_withdraw(struct inventory *inventory, const char *scope, enum device_type type)
{
    struct coverage *coverage = inventory_coverage(inventory, scope, type);

    if (coverage != NULL) {
        coverage->state = COVERAGE_NOT_EXPECTED;
        free(coverage->message);
        coverage->message = coverage->detail = NULL;
    }
}

#define RANKS 6

/*
 * Returns the rank of a cause; lower is worse. RANKS for one that ends a run, whatever else failed.
 */
static int severity_of(int32_t cause)
{
    static const int32_t order[RANKS] = {HECTOR_AUTH,      HECTOR_PERMISSION,  HECTOR_DATA,
                                         HECTOR_THROTTLED, HECTOR_UNREACHABLE, HECTOR_LIMIT};
    int i = 0;

    while (i < RANKS && order[i] != cause) {
        i++;
    }
    return i;
}

static bool is_ranked(int32_t code)
{
    return severity_of(code) < RANKS;
}

int32_t inventory_end_scope(struct inventory *inventory, const char *scope, enum device_type type,
                            const struct failure *incomplete, struct failure *failure)
{
    struct coverage *coverage = inventory_coverage(inventory, scope, type);
    size_t size = 0;

    if (coverage == NULL || coverage->state == COVERAGE_NOT_EXPECTED) {
        return fail(inventory->operation, failure, REASON_internal, NULL,
                    ARGUMENTS("verdict on a scope that was not expected"));
    }
    if (coverage->state == COVERAGE_INCOMPLETE) {
        return HECTOR_OK;
    }
    if (incomplete == NULL) {
        coverage->state = COVERAGE_COMPLETE;
        return HECTOR_OK;
    }
    coverage->message = join_texts(incomplete->message, ARGUMENTS(incomplete->detail), 1, &size);
    if (coverage->message == NULL) {
        return fail_memory(inventory->operation, failure); /* the coverage stays open */
    }
    coverage->detail = coverage->message + strlen(coverage->message) + 1;
    coverage->state = COVERAGE_INCOMPLETE; /* analyzer: no leak, the inventory frees it */
    coverage->cause = incomplete->cause;
    coverage->reason = incomplete->reason;
    coverage->retry_after_s = incomplete->retry_after_s;
    inventory->text_bytes += size;
    if (inventory->worst.cause == 0 ||
        severity_of(incomplete->cause) < severity_of(inventory->worst.cause)) {
        inventory->worst = *incomplete;
    }
    return HECTOR_OK;
}

bool inventory_complete(const struct inventory *inventory)
{
    for (size_t i = 0; i < inventory->scope_count; i++) {
        for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
            enum coverage_state state = inventory->scopes[i].coverages[type].state;

            if (state == COVERAGE_OPEN || state == COVERAGE_INCOMPLETE) {
                return false;
            }
        }
    }
    return true;
}

/* ---- problems */

static void write_optional(struct buffer *out, const char *key, const char *text)
{
    if (text != NULL && *text != '\0') {
        json_write_string(out, key, text);
    }
}

int32_t inventory_problem(struct inventory *inventory, const struct problem *problem,
                          struct failure *failure)
{
    static const char *const severities[] = {"info", "warning", "error"};
    struct buffer *out;
    char message[MESSAGE_MAX], about[MESSAGE_MAX];

    if (inventory->silent || inventory->problems[problem->reason]++ >= PROBLEMS_PER_REASON_MAX) {
        return HECTOR_OK;
    }
    operation_sentence(inventory->operation, message, sizeof(message), problem->reason,
                       problem->arguments);
    secrets_hide(&inventory->operation->secrets, problem->subject, about, sizeof(about));
    out = operation_document(inventory->operation, "problem");
    json_write_string(out, "reason", message_slug(problem->reason));
    json_write_string(out, "severity", severities[problem->severity]);
    json_write_string(out, "subject", about);
    write_optional(out, "scope", problem->scope);
    write_optional(out, "device_type", problem->device_type);
    write_optional(out, "sync_key", problem->sync_key);
    json_write_string(out, "message", message);
    return operation_emit(inventory->operation, failure);
}

/* Emits one problem for each reason with more than PROBLEMS_PER_REASON_MAX problems. */
static int32_t emit_problem_counts(struct inventory *inventory, struct failure *failure)
{
    for (int i = 1; i < MESSAGE_COUNT; i++) {
        char more[24];
        int32_t code;

        if (inventory->problems[i] <= PROBLEMS_PER_REASON_MAX || i == REASON_problems_not_shown) {
            continue;
        }
        (void)snprintf(more, sizeof(more), "%" PRIu64,
                       inventory->problems[i] - PROBLEMS_PER_REASON_MAX);
        code = inventory_problem(inventory,
                                 PROBLEM(SEVERITY_WARNING, REASON_problems_not_shown,
                                         message_slug((enum message_id)i),
                                         ARGUMENTS(more, message_slug((enum message_id)i))),
                                 failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/* ---- units */

static void count_seen(struct inventory *inventory, enum device_type type, const char *scope)
{
    struct coverage *coverage =
        type != OTHER && scope != NULL ? inventory_coverage(inventory, scope, type) : NULL;

    inventory->counts[type].seen++;
    if (coverage != NULL) {
        coverage->units++;
    }
}

/*
 * True for a reason by which policy excludes a row with a serial of its own; it may become an
 * asset.
 */
static bool is_policy(enum message_id reason)
{
    return reason == SKIP_unauthorized || reason == SKIP_model_device ||
           reason == SKIP_pre_provisioned || reason == SKIP_log_only_excluded;
}

/* Notes a skipped row; `*ret_new`: it was not known. */
static int32_t note_skipped(struct inventory *inventory, const struct inventory_row *row,
                            bool *ret_new, struct failure *failure)
{
    bool has_serial = row->serial != NULL && *row->serial != '\0';
    char key[3 * MESSAGE_MAX + SERIAL_MAX], subject[MESSAGE_MAX];
    struct inventory_skipped *larger;
    const char *kept;
    int lead = 0;

    secrets_copy(&inventory->operation->secrets, row->subject, subject, sizeof(subject));
    (void)snprintf(key, sizeof(key), "%d %d %n%.*s\n%.*s\n%s", (int)row->type, (int)row->reason,
                   &lead, SERIAL_MAX, has_serial ? row->serial : "", MESSAGE_MAX, row->scope,
                   subject);
    larger = vector_room(inventory->skipped, inventory->skipped_count, &inventory->skipped_capacity,
                         sizeof(*inventory->skipped));
    if (larger == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    inventory->skipped = larger;
    kept = strmap_put(&inventory->skipped_keys, key, 0, NULL, ret_new);
    if (kept == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    if (*ret_new && row->type != OTHER &&
        (row->reason == SKIP_serial_unusable || (has_serial && is_policy(row->reason)))) {
        inventory->skipped[inventory->skipped_count++] =
            (struct inventory_skipped){row->type, row->reason, kept + lead};
    }
    return HECTOR_OK;
}

int32_t inventory_skip(struct inventory *inventory, const struct inventory_row *row,
                       struct failure *failure)
{
    struct coverage *coverage =
        row->type != OTHER ? inventory_coverage(inventory, row->scope, row->type) : NULL;
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

static void note_meta(struct inventory *inventory, const struct device *device)
{
    for (size_t i = 0; i < device->meta_count; i++) {
        for (size_t k = 0; k < inventory->settings->meta_count; k++) {
            inventory->meta_filled[k] =
                inventory->meta_filled[k] ||
                (*utf8_shown(device->meta[i].text) != '\0' &&
                 strcmp(device->meta[i].name, inventory->settings->meta[k]) == 0);
        }
    }
}

/*
 * Counts and emits an asset. `certain` false: an unread scope may list the same unit as connected.
 */
static int32_t emit_asset(struct inventory *inventory, const struct device *device, bool certain,
                          struct failure *failure)
{
    inventory->counts[device->type].assets++;
    return inventory->silent
               ? HECTOR_OK
               : asset_emit(inventory->operation, inventory->settings, device, certain, failure);
}

static void forget_deferred(struct inventory *inventory, struct inventory_deferred *deferred)
{
    inventory->deferred_bytes -= deferred->size;
    free(deferred->bytes);
    *deferred = (struct inventory_deferred){0};
}

static uint32_t digest(const char *text)
{
    uint32_t result = UINT32_C(2166136261); /* FNV-1a */

    for (; text != NULL && *text != '\0'; text++) {
        result = (result ^ (unsigned char)*text) * UINT32_C(16777619);
    }
    return result;
}

static uint32_t emitted(const struct device *device)
{
    return EMITTED | (device->connected ? CONNECTED : 0) |
           (digest(device->manager) << VDOM_BITS & MANAGER_MASK) |
           (digest(device->vdom) & VDOM_MASK);
}

/*
 * True for a second row that is expected in every run: the unit is lent to another VDOM of the same
 * FortiGate; or it was moved to another FortiGate, and one of the rows is a disconnected leftover.
 */
static bool is_routine(const struct device *device, uint32_t former)
{
    uint32_t state = emitted(device), other = state ^ former;

    if (device->type == FIREWALL || device->manager == NULL) {
        return false;
    }
    return (other & MANAGER_MASK) != 0 ? (state & former & CONNECTED) == 0
                                       : device->vdom != NULL && (other & VDOM_MASK) != 0;
}

static bool is_emitted(uint32_t state)
{
    return (state & EMITTED) != 0;
}

/* Emits the oldest deferred record, unless it was superseded. */
static int32_t release_oldest(struct inventory *inventory, struct failure *failure)
{
    struct inventory_deferred *deferred = &inventory->deferred[inventory->deferred_first++];
    struct device device;
    uint32_t *state;
    int32_t code;

    if (deferred->bytes == NULL) {
        return HECTOR_OK;
    }
    device_unpack(deferred->bytes, &device);
    state = strmap_find(&inventory->serials, device_serial(&device));
    if (state != NULL) {
        *state = emitted(&device);
    }
    code = emit_asset(inventory, &device, inventory->all_read[device.type], failure);
    forget_deferred(inventory, deferred);
    return code;
}

/* Returns the memory of the run without the deferred records, in bytes. */
static size_t inventory_bytes(const struct inventory *inventory)
{
    return strmap_bytes(&inventory->serials) + strmap_bytes(&inventory->prefixes) +
           strmap_bytes(&inventory->scope_index) +
           inventory->scope_capacity * sizeof(*inventory->scopes) +
           inventory->deferred_capacity * sizeof(*inventory->deferred) + inventory->text_bytes +
           strmap_bytes(&inventory->skipped_keys) +
           inventory->skipped_capacity * sizeof(*inventory->skipped);
}

int32_t inventory_room(struct inventory *inventory, size_t beside, struct failure *failure)
{
    size_t bytes = beside + inventory_bytes(inventory);
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && inventory->deferred_bytes > 0 &&
           bytes + inventory->deferred_bytes > STORE_MAX) {
        code = release_oldest(inventory, failure);
    }
    if (code == HECTOR_OK && bytes > STORE_MAX) {
        code = fail(inventory->operation, failure, REASON_store_full, NULL,
                    ARGUMENTS(inventory->settings->origin));
    }
    return code;
}

static int32_t hold(struct inventory *inventory, const struct device *device, uint32_t *state,
                    struct failure *failure)
{
    struct buffer packed = BUFFER(DOCUMENT_MAX);
    struct inventory_deferred *larger;
    int32_t code;

    larger = vector_room(inventory->deferred, inventory->deferred_count,
                         &inventory->deferred_capacity, sizeof(*inventory->deferred));
    if (larger == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    inventory->deferred = larger;
    device_pack(device, &packed);
    code = fail_buffer(inventory->operation, failure, &packed);
    if (code != HECTOR_OK) {
        buffer_release(&packed);
        return code;
    }
    inventory->deferred[inventory->deferred_count++] =
        (struct inventory_deferred){packed.data, packed.capacity}; /* owned by the list now */
    inventory->deferred_bytes += packed.capacity;
    *state = (uint32_t)inventory->deferred_count - 1;
    while (code == HECTOR_OK && inventory->deferred_bytes > DEFERRED_MAX) {
        code = release_oldest(inventory, failure);
    }
    return code;
}

/* Moves the count of a unit to the scope where it is now: its asset names that scope. */
static void move_unit(const struct inventory *inventory, const struct device *from,
                      const struct device *to)
{
    struct coverage *left = inventory_coverage(inventory, from->scope, from->type);
    struct coverage *joined = inventory_coverage(inventory, to->scope, to->type);

    if (from->type == to->type && left != NULL && joined != NULL && left->units > 0) {
        left->units--;
        joined->units++;
    }
}

/* Handles a unit that is read a second time: the newer record replaces a deferred one. */
static int32_t sighted_again(struct inventory *inventory, const struct device *device,
                             uint32_t *state, struct failure *failure)
{
    struct device former;

    if (is_emitted(*state)) {
        return HECTOR_OK;
    }
    device_unpack(inventory->deferred[*state].bytes, &former);
    move_unit(inventory, &former, device);
    forget_deferred(inventory, &inventory->deferred[*state]);
    if (!device->connected) {
        return hold(inventory, device, state, failure);
    }
    *state = emitted(device);
    return emit_asset(inventory, device, true, failure);
}

/* Handles a serial that is already known: a connected record replaces a deferred one. */
static int32_t sighted_twice(struct inventory *inventory, const struct device *device,
                             uint32_t *state, struct failure *failure)
{
    const char *serial = device_serial(device);
    bool routine = is_emitted(*state) && is_routine(device, *state);
    int32_t code = HECTOR_OK;

    if (!is_emitted(*state)) {
        struct inventory_deferred *former = &inventory->deferred[*state];
        struct device deferred;

        device_unpack(former->bytes, &deferred);
        routine = is_routine(device, emitted(&deferred));
        if (device->connected) {
            inventory->counts[deferred.type].duplicates++;
            forget_deferred(inventory, former);
            *state = emitted(device);
            code = emit_asset(inventory, device, true, failure);
        } else {
            inventory->counts[device->type].duplicates++;
        }
    } else {
        inventory->counts[device->type].duplicates++;
    }
    if (routine) {
        operation_log(inventory->operation, HECTOR_LOG_INFO,
                      "%s is listed more than once: lent to a VDOM, or left behind by a move (%s)",
                      serial, device->scope);
    }
    return code == HECTOR_OK && !routine
               ? inventory_problem(inventory,
                                   PROBLEM(SEVERITY_INFO, REASON_duplicate_serial, serial,
                                           ARGUMENTS(serial, device->title), .scope = device->scope,
                                           .device_type = device_type_id(device->type),
                                           .sync_key = serial),
                                   failure)
               : code;
}

int32_t inventory_record(struct inventory *inventory, const struct device *device,
                         struct failure *failure)
{
    uint32_t *state = NULL;
    bool added = false;

    if (strmap_put(&inventory->serials, device_serial(device), emitted(device), &state, &added) ==
        NULL) {
        return fail_memory(inventory->operation, failure);
    }
    if (inventory->again && !added) {
        return sighted_again(inventory, device, state, failure);
    }
    count_seen(inventory, device->type, device->scope);
    note_meta(inventory, device);
    if (!added) {
        return sighted_twice(inventory, device, state, failure);
    }
    return device->connected || inventory->silent ? emit_asset(inventory, device, true, failure)
                                                  : hold(inventory, device, state, failure);
}

/* ---- end of the run */

static int32_t emit_skipped(struct inventory *inventory, enum device_type type,
                            enum message_id reason, const char *scope, const char *subject,
                            const char *serial, struct failure *failure)
{
    struct buffer *out = operation_document(inventory->operation, "skipped");
    char about[MESSAGE_MAX];

    secrets_hide(&inventory->operation->secrets, subject, about, sizeof(about));
    json_write_string(out, "device_type", device_type_id(type));
    json_write_string(out, "scope", scope);
    json_write_string(out, "reason", message_slug(reason));
    json_write_string(out, "subject", about);
    if (*serial != '\0') {
        json_write_string(out, "serial", serial);
    }
    return operation_emit(inventory->operation, failure);
}

/* Emits the skipped rows, except those whose serial an asset of this run has. */
static int32_t emit_all_skipped(struct inventory *inventory, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < inventory->skipped_count; i++) {
        const struct inventory_skipped *skipped = &inventory->skipped[i];
        const char *at = skipped->key;
        char serial[SERIAL_MAX + 1], scope[MESSAGE_MAX + 1];
        size_t size = strcspn(at, "\n");

        utf8_copy(serial, sizeof(serial), at, size);
        at += size + 1;
        size = strcspn(at, "\n");
        utf8_copy(scope, sizeof(scope), at, size);
        if (*serial == '\0' || strmap_find(&inventory->serials, serial) == NULL) {
            code = emit_skipped(inventory, skipped->type, skipped->reason, scope, at + size + 1,
                                serial, failure);
        }
    }
    return code;
}

/*
 * Reports the rows without a name. Their number is the subject, so that a host sees when it
 * changes.
 */
static int32_t emit_unnamed(struct inventory *inventory, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < inventory->scope_count; i++) {
        for (int type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
            const struct inventory_scope *scope = &inventory->scopes[i];
            const char *label = scope->names != NULL ? scope->names : scope->name;
            char count[24], about[MESSAGE_MAX];

            if (scope->coverages[type].unnamed == 0) {
                continue;
            }
            (void)snprintf(count, sizeof(count), "%" PRIu64, scope->coverages[type].unnamed);
            (void)snprintf(about, sizeof(about), "%s %s", scope->name,
                           device_type_id((enum device_type)type));
            code = emit_skipped(inventory, (enum device_type)type, SKIP_serial_unusable,
                                scope->name, count, "", failure);
            if (code != HECTOR_OK) {
                return code;
            }
            code = inventory_problem(
                inventory,
                PROBLEM(SEVERITY_WARNING, SKIP_row_unnamed, about,
                        ARGUMENTS(label, count,
                                  message_template(inventory->operation->wording.language,
                                                   device_type_units((enum device_type)type))),
                        .scope = scope->name,
                        .device_type = device_type_id((enum device_type)type)),
                failure);
        }
    }
    return code;
}

static int32_t emit_coverage(struct inventory *inventory, const struct inventory_scope *scope,
                             enum device_type type, struct failure *failure)
{
    const struct coverage *coverage = &scope->coverages[type];
    struct buffer *out;

    if (coverage->state == COVERAGE_NOT_EXPECTED) {
        return HECTOR_OK;
    }
    out = operation_document(inventory->operation, "coverage");
    json_write_string(out, "scope", scope->name);
    json_write_string(out, "device_type", device_type_id(type));
    json_write_boolean(out, "complete", coverage->state == COVERAGE_COMPLETE);
    json_write_integer(out, "units", (int64_t)coverage->units);
    if (coverage->state == COVERAGE_INCOMPLETE) {
        json_write_integer(out, "cause", coverage->cause);
        json_write_string(out, "reason", message_slug(coverage->reason));
        json_write_string(out, "message", coverage->message);
        write_optional(out, "detail", coverage->detail);
        if (coverage->retry_after_s > 0) {
            json_write_integer(out, "retry_after_s", coverage->retry_after_s);
        }
    }
    return operation_emit(inventory->operation, failure);
}

static bool has_coverage(const struct inventory_scope *scope)
{
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        if (scope->coverages[type].state != COVERAGE_NOT_EXPECTED) {
            return true;
        }
    }
    return false;
}

static int32_t emit_scope(struct inventory *inventory, const struct inventory_scope *scope,
                          struct failure *failure)
{
    static const char *const states[] = {"in", "outside", "not_chosen"};
    bool covered = has_coverage(scope);
    const char *name = scope->names != NULL ? scope->names : scope->name;
    struct buffer *out;

    if (!covered && scope->state == SCOPE_IN) {
        return HECTOR_OK; /* only the first reading saw it, without units */
    }
    out = operation_document(inventory->operation, "scope");
    json_write_string(out, "scope", scope->name);
    json_write_string(out, "label", name);
    if (scope->alias_count > 0) {
        json_write_array(out, "aliases");
        for (size_t i = 0; i < scope->alias_count; i++) {
            name += strlen(name) + 1;
            json_write_string(out, NULL, name);
        }
        json_write_array_end(out);
    }
    json_write_string(out, "state", states[covered ? SCOPE_IN : scope->state]);
    return operation_emit(inventory->operation, failure);
}

/*
 * Returns why a scope was not read to its end. The failure that ended the run may concern another
 * scope.
 */
static struct failure why_open(const struct inventory *inventory, int32_t code,
                               const struct failure *failure)
{
    struct failure why;

    if (code == HECTOR_OK) {
        /* A source that returns OK has ended every scope. */
        (void)fail(inventory->operation, &why, REASON_internal, NULL,
                   ARGUMENTS("a scope without a verdict"));
        return why;
    }
    why = *failure;
    operation_sentence(inventory->operation, why.message, sizeof(why.message),
                       LABEL_label_not_reached, ARGUMENTS(failure->message));
    why.detail[0] = '\0';
    return why;
}

/* Ends every open scope with `why`. */
static int32_t close_open_scopes(struct inventory *inventory, const struct failure *why,
                                 struct failure *failure)
{
    for (size_t i = 0; i < inventory->scope_count; i++) {
        for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
            if (inventory->scopes[i].coverages[type].state == COVERAGE_OPEN) {
                int32_t code = inventory_end_scope(inventory, inventory->scopes[i].name,
                                                   (enum device_type)type, why, failure);

                if (code != HECTOR_OK) {
                    return code;
                }
            }
        }
    }
    return HECTOR_OK;
}

/* Takes back the counts of a unit that is not emitted after all. */
static void leave_unseen(struct inventory *inventory, const struct device *device)
{
    struct coverage *coverage = inventory_coverage(inventory, device->scope, device->type);

    inventory->counts[device->type].seen--;
    if (coverage != NULL && coverage->units > 0) {
        coverage->units--;
    }
}

/* Drops the oldest deferred record after a cancel. Without it, no scope of its type is complete. */
static void drop_oldest(struct inventory *inventory, bool dropped[static DEVICE_TYPE_COUNT])
{
    struct inventory_deferred *deferred = &inventory->deferred[inventory->deferred_first++];
    struct device device;

    if (deferred->bytes == NULL) {
        return;
    }
    device_unpack(deferred->bytes, &device);
    leave_unseen(inventory, &device);
    if (!dropped[device.type]) {
        dropped[device.type] = true;
        for (size_t i = 0; i < inventory->scope_count; i++) {
            struct coverage *coverage = &inventory->scopes[i].coverages[device.type];

            coverage->state =
                coverage->state == COVERAGE_COMPLETE ? COVERAGE_OPEN : coverage->state;
        }
    }
    forget_deferred(inventory, deferred);
}

static bool type_complete(const struct inventory *inventory, int type)
{
    for (size_t i = 0; type < DEVICE_TYPE_COUNT && i < inventory->scope_count; i++) {
        enum coverage_state state = inventory->scopes[i].coverages[type].state;

        if (state == COVERAGE_INCOMPLETE || state == COVERAGE_OPEN) {
            return false;
        }
    }
    return true;
}

/*
 * Emits the deferred records until the host cancels, then drops the others. `*code` is that of the
 * run.
 */
static int32_t end_deferred(struct inventory *inventory, int32_t *code, struct failure *why,
                            struct failure *failure)
{
    bool dropped[DEVICE_TYPE_COUNT] = {false};
    int32_t end = HECTOR_OK;

    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        inventory->all_read[type] = type_complete(inventory, type) && !inventory->units_outside;
    }
    while (end == HECTOR_OK && inventory->deferred_first < inventory->deferred_count) {
        if (*code != HECTOR_CANCELLED && operation_cancelled(inventory->operation)) {
            *code = operation_check(inventory->operation, why);
        }
        if (*code == HECTOR_CANCELLED) {
            drop_oldest(inventory, dropped);
        } else {
            end = release_oldest(inventory, failure);
        }
    }
    return end;
}

static int32_t emit_tail(struct inventory *inventory, bool failed, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < inventory->scope_count; i++) {
        code = emit_scope(inventory, &inventory->scopes[i], failure);
    }
    code = code == HECTOR_OK ? emit_all_skipped(inventory, failure) : code;
    code = code == HECTOR_OK ? emit_unnamed(inventory, failure) : code;
    for (size_t i = 0; code == HECTOR_OK && i < inventory->scope_count; i++) {
        for (int type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
            code = emit_coverage(inventory, &inventory->scopes[i], (enum device_type)type, failure);
        }
    }
    if (code == HECTOR_OK && inventory->operation->repeats > 0 && !failed) {
        char repeats[24];

        (void)snprintf(repeats, sizeof(repeats), "%" PRIu64, inventory->operation->repeats);
        code = inventory_problem(inventory,
                                 PROBLEM(SEVERITY_INFO, REASON_requests_repeated,
                                         inventory->settings->origin,
                                         ARGUMENTS(inventory->settings->origin, repeats)),
                                 failure);
    }
    if (code == HECTOR_OK && inventory->operation->repaired > 0) {
        code = inventory_problem(inventory,
                                 PROBLEM(SEVERITY_WARNING, REASON_text_repaired,
                                         inventory->settings->origin,
                                         ARGUMENTS(inventory->settings->origin)),
                                 failure);
    }
    return code == HECTOR_OK ? emit_problem_counts(inventory, failure) : code;
}

static bool anything_delivered(const struct inventory *inventory)
{
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        if (inventory->counts[type].assets > 0) {
            return true;
        }
        for (size_t i = 0; i < inventory->scope_count; i++) {
            const struct coverage *coverage = &inventory->scopes[i].coverages[type];

            if (coverage->state == COVERAGE_COMPLETE && coverage->units > 0) {
                return true;
            }
        }
    }
    return false;
}

static void write_counts(struct buffer *out, const struct inventory *inventory, int type, bool ran)
{
    const struct inventory_count *count = &inventory->counts[type];

    json_write_object(out, device_type_id((enum device_type)type));
    json_write_integer(out, "seen", (int64_t)count->seen);
    json_write_integer(out, "assets", (int64_t)count->assets);
    json_write_integer(out, "duplicates", (int64_t)count->duplicates);
    json_write_object(out, "skipped");
    for (int reason = 1; reason < MESSAGE_COUNT; reason++) {
        if (count->skipped[reason] > 0) {
            json_write_integer(out, message_slug((enum message_id)reason),
                               (int64_t)count->skipped[reason]);
        }
    }
    json_write_object_end(out);
    json_write_boolean(out, "complete", ran && type_complete(inventory, type));
    json_write_object_end(out);
}

/* `ended`: the source returned OK, whatever it delivered. */
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
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        if (inventory->settings->device_types[type]) {
            write_counts(out, inventory, type, ran);
        }
    }
    write_counts(out, inventory, OTHER, ran);
    json_write_object_end(out);
    json_write_boolean(out, "scopes_complete", ended && inventory->scopes_complete);
    json_write_integer(out, "requests", (int64_t)inventory->operation->requests);
    json_write_integer(out, "bytes", (int64_t)inventory->operation->bytes);
    if (code != HECTOR_OK) {
        json_write_object(out, "error");
        json_write_integer(out, "cause", why->cause);
        json_write_string(out, "reason", message_slug(why->reason));
        write_optional(out, "field", why->field);
        json_write_string(out, "message", why->message);
        write_optional(out, "detail", why->detail);
        if (why->retry_after_s > 0) {
            json_write_integer(out, "retry_after_s", why->retry_after_s);
        }
        json_write_object_end(out);
    }
    return operation_emit(inventory->operation, failure);
}

int32_t inventory_finish(struct inventory *inventory, int32_t code, struct failure *failure)
{
    struct failure broken = {0};
    int32_t tail = HECTOR_OK;
    bool ended;

    if (code != HECTOR_HOST) {
        tail = end_deferred(inventory, &code, failure, &broken);
        if (tail == HECTOR_OK) {
            const struct failure open = why_open(inventory, code, failure);

            tail = close_open_scopes(inventory, &open, &broken);
        }
        if (tail == HECTOR_OK) {
            tail = emit_tail(inventory, code != HECTOR_OK, &broken);
        }
    }
    ended = code == HECTOR_OK && tail == HECTOR_OK;
    if (tail != HECTOR_OK) {
        code = tail;
        *failure = broken;
    } else if (code == HECTOR_OK && inventory->worst.cause != 0) {
        code = HECTOR_PARTIAL;
        *failure = inventory->worst;
    } else if (is_ranked(code) && inventory->worst.cause != 0 &&
               severity_of(inventory->worst.cause) < severity_of(code)) {
        *failure = inventory->worst;
        code = failure->cause;
    }
    if (is_ranked(code) || code == HECTOR_PARTIAL) {
        code = anything_delivered(inventory) ? HECTOR_PARTIAL : failure->cause;
    }
    if (code != HECTOR_HOST) {
        tail = emit_summary(inventory, code, ended, failure, &broken);
        if (tail != HECTOR_OK) {
            code = tail;
            *failure = broken;
        }
    }
    return code;
}
