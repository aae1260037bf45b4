/*
 * census.c - what a run has seen: serials, scopes, counters and problems, down to the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "census.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "asset.h"
#include "catalogue/models.h"
#include "json/json_write.h"

/*
 * The value of a serial in the index: emitted, connected or not, with digests of its manager and of
 * the VDOM that listed it; or the number of its held sighting.
 */
#define EMITTED      UINT32_C(0x80000000)
#define CONNECTED    UINT32_C(0x40000000)
#define VDOM_BITS    7
#define VDOM_MASK    ((UINT32_C(1) << VDOM_BITS) - 1)
#define MANAGER_MASK (~(EMITTED | CONNECTED | VDOM_MASK))

void census_init(struct census *census, struct operation *operation,
                 const struct settings *settings, bool silent)
{
    memset(census, 0, sizeof(*census));
    census->operation = operation;
    census->settings = settings;
    census->silent = silent;
    census->started = (int64_t)time(NULL);
    index_init(&census->serials);
    index_init(&census->prefixes);
    index_init(&census->skipped_keys);
    index_init(&census->scope_index);
}

void census_release(struct census *census)
{
    for (size_t i = 0; i < census->held_count; i++) {
        free(census->held[i].bytes);
    }
    free(census->held);
    for (size_t i = 0; i < census->scope_count; i++) {
        free(census->scopes[i].names);
        for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
            free(census->scopes[i].verdicts[type].message);
        }
    }
    free(census->scopes);
    free(census->skipped);
    index_release(&census->serials);
    index_release(&census->prefixes);
    index_release(&census->skipped_keys);
    index_release(&census->scope_index);
}

/* ---- scopes */

static struct verdict *census_verdict(const struct census *census, const char *scope,
                                      enum device_type type)
{
    uint32_t *at = index_find(&census->scope_index, scope);

    return at != NULL ? &census->scopes[*at].verdicts[type] : NULL;
}

/* Finds or adds; NULL without memory. */
static struct census_scope *take_scope(struct census *census, const char *name)
{
    uint32_t *at = index_find(&census->scope_index, name);
    struct census_scope *larger;

    if (at != NULL) {
        return &census->scopes[*at];
    }
    larger = array_room(census->scopes, census->scope_count, &census->scope_capacity,
                        sizeof(*census->scopes));
    if (larger == NULL) {
        return NULL;
    }
    census->scopes = larger;
    name = index_put(&census->scope_index, name, (uint32_t)census->scope_count, NULL, NULL);
    if (name == NULL) {
        return NULL;
    }
    census->scopes[census->scope_count] = (struct census_scope){.name = name};
    return &census->scopes[census->scope_count++];
}

/* The texts one behind the other, each with its NUL, as one block; `*ret_size` bytes. */
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

int32_t census_name_scope(struct census *census, const struct scope_names *names,
                          enum scope_state state, struct failure *reterr)
{
    struct census_scope *scope = take_scope(census, names->scope);
    size_t size = 0;
    char *joined =
        scope != NULL ? join_texts(names->label, names->aliases, names->alias_count, &size) : NULL;

    if (joined == NULL) {
        return fail_memory(census->operation, reterr);
    }
    free(scope->names);
    scope->names = joined;
    scope->alias_count = names->alias_count;
    scope->state = state;
    census->text_bytes += size;
    return HECTOR_OK;
}

int32_t census_expect(struct census *census, const char *scope, enum device_type type,
                      struct failure *reterr)
{
    struct census_scope *taken = take_scope(census, scope);

    if (taken == NULL) {
        return fail_memory(census->operation, reterr);
    }
    if (taken->verdicts[type].state == VERDICT_NOT_EXPECTED) {
        taken->verdicts[type].state = VERDICT_OPEN;
    }
    return HECTOR_OK;
}

bool census_expects(const struct census *census, const char *scope, enum device_type type)
{
    const struct verdict *verdict = census_verdict(census, scope, type);

    return verdict != NULL && verdict->state != VERDICT_NOT_EXPECTED;
}

bool census_incomplete(const struct census *census, const char *scope, enum device_type type)
{
    const struct verdict *verdict = census_verdict(census, scope, type);

    return verdict != NULL && verdict->state == VERDICT_INCOMPLETE;
}

void census_withdraw(struct census *census, const char *scope, enum device_type type)
{
    struct verdict *verdict = census_verdict(census, scope, type);

    if (verdict != NULL) {
        verdict->state = VERDICT_NOT_EXPECTED;
        free(verdict->message);
        verdict->message = verdict->detail = NULL;
    }
}

#define RANKS 6

/* The order in which causes count; lower is worse. RANKS for what ends a run whatever else was. */
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

int32_t census_end_scope(struct census *census, const char *scope, enum device_type type,
                         const struct failure *incomplete, struct failure *reterr)
{
    struct verdict *verdict = census_verdict(census, scope, type);
    size_t size = 0;

    if (verdict == NULL || verdict->state == VERDICT_NOT_EXPECTED) {
        return fail(census->operation, reterr, HECTOR_INTERNAL, TEXT_internal, NULL,
                    ARGUMENTS("verdict on a scope that was not expected"));
    }
    if (verdict->state == VERDICT_INCOMPLETE) {
        return HECTOR_OK;
    }
    if (incomplete == NULL) {
        verdict->state = VERDICT_COMPLETE;
        return HECTOR_OK;
    }
    verdict->message = join_texts(incomplete->message, ARGUMENTS(incomplete->detail), 1, &size);
    if (verdict->message == NULL) {
        return fail_memory(census->operation, reterr); /* and the verdict is still open */
    }
    verdict->detail = verdict->message + strlen(verdict->message) + 1;
    verdict->state = VERDICT_INCOMPLETE; /* analyzer: no leak, the census frees it */
    verdict->cause = incomplete->cause;
    verdict->reason = incomplete->reason;
    verdict->retry_after_s = incomplete->retry_after_s;
    census->text_bytes += size;
    if (census->worst.cause == 0 ||
        severity_of(incomplete->cause) < severity_of(census->worst.cause)) {
        census->worst = *incomplete;
    }
    return HECTOR_OK;
}

bool census_complete(const struct census *census)
{
    for (size_t i = 0; i < census->scope_count; i++) {
        for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
            enum verdict_state state = census->scopes[i].verdicts[type].state;

            if (state == VERDICT_OPEN || state == VERDICT_INCOMPLETE) {
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
        write_string(out, key, text);
    }
}

int32_t census_problem(struct census *census, const struct problem *problem, struct failure *reterr)
{
    static const char *const severities[] = {"info", "warning", "error"};
    struct buffer *out;
    char message[TEXT_MAX], about[TEXT_MAX];

    if (census->silent || census->problems[problem->reason]++ >= PROBLEMS_PER_REASON_MAX) {
        return HECTOR_OK;
    }
    operation_sentence(census->operation, message, sizeof(message), problem->reason,
                       problem->arguments);
    secrets_hide(&census->operation->secrets, problem->subject, about, sizeof(about));
    out = operation_document(census->operation, "problem");
    write_string(out, "reason", text_slug(problem->reason));
    write_string(out, "severity", severities[problem->severity]);
    write_string(out, "subject", about);
    write_optional(out, "scope", problem->scope);
    write_optional(out, "device_type", problem->device_type);
    write_optional(out, "sync_key", problem->sync_key);
    write_string(out, "message", message);
    return operation_emit(census->operation, reterr);
}

/* What PROBLEMS_PER_REASON_MAX kept back, in one problem for each reason. */
static int32_t emit_problem_counts(struct census *census, struct failure *reterr)
{
    for (int i = 0; i < TEXT_COUNT; i++) {
        char more[24];
        int32_t code;

        if (census->problems[i] <= PROBLEMS_PER_REASON_MAX || i == TEXT_problems_not_shown) {
            continue;
        }
        (void)snprintf(more, sizeof(more), "%" PRIu64,
                       census->problems[i] - PROBLEMS_PER_REASON_MAX);
        code = census_problem(census,
                              PROBLEM(SEVERITY_WARNING, TEXT_problems_not_shown,
                                      text_slug((enum text_id)i),
                                      ARGUMENTS(more, text_slug((enum text_id)i))),
                              reterr);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/* ---- units */

static void count_seen(struct census *census, enum device_type type, const char *scope)
{
    struct verdict *verdict =
        type != OTHER && scope != NULL ? census_verdict(census, scope, type) : NULL;

    census->counts[type].seen++;
    if (verdict != NULL) {
        verdict->units++;
    }
}

/* Why a row with a serial of its own is no asset, although it may become one. */
static bool is_policy(enum text_id reason)
{
    return reason == TEXT_unauthorized || reason == TEXT_model_device ||
           reason == TEXT_pre_provisioned || reason == TEXT_log_only_excluded;
}

/* Notes a row by what it is known by; `*ret_new`: it was not there before. */
static int32_t note_skipped(struct census *census, const struct census_row *row, bool *ret_new,
                            struct failure *reterr)
{
    bool has_serial = row->serial != NULL && *row->serial != '\0';
    char key[3 * TEXT_MAX + SERIAL_MAX], subject[TEXT_MAX];
    struct census_skipped *larger;
    const char *kept;
    int lead = 0;

    secrets_copy(&census->operation->secrets, row->subject, subject, sizeof(subject));
    (void)snprintf(key, sizeof(key), "%d %d %n%.*s\n%.*s\n%s", (int)row->type, (int)row->reason,
                   &lead, SERIAL_MAX, has_serial ? row->serial : "", TEXT_MAX, row->scope, subject);
    larger = array_room(census->skipped, census->skipped_count, &census->skipped_capacity,
                        sizeof(*census->skipped));
    if (larger == NULL) {
        return fail_memory(census->operation, reterr);
    }
    census->skipped = larger;
    kept = index_put(&census->skipped_keys, key, 0, NULL, ret_new);
    if (kept == NULL) {
        return fail_memory(census->operation, reterr);
    }
    if (*ret_new && row->type != OTHER &&
        (row->reason == TEXT_serial_unusable || (has_serial && is_policy(row->reason)))) {
        census->skipped[census->skipped_count++] =
            (struct census_skipped){row->type, row->reason, kept + lead};
    }
    return HECTOR_OK;
}

int32_t census_skip(struct census *census, const struct census_row *row, struct failure *reterr)
{
    struct verdict *verdict =
        row->type != OTHER ? census_verdict(census, row->scope, row->type) : NULL;
    bool added = false;
    int32_t code = note_skipped(census, row, &added, reterr);

    if (code != HECTOR_OK || (census->again && !added)) {
        return code;
    }
    count_seen(census, row->type, row->scope);
    census->counts[row->type].skipped[row->reason]++;
    if (row->reason == TEXT_row_unnamed && verdict != NULL) {
        verdict->unnamed++;
    }
    return row->reason == TEXT_serial_unusable && added
               ? census_problem(census,
                                PROBLEM(SEVERITY_WARNING, row->reason, row->subject,
                                        ARGUMENTS(row->subject), .scope = row->scope,
                                        .device_type = device_type_id(row->type)),
                                reterr)
               : HECTOR_OK;
}

void census_read_again(struct census *census, bool again)
{
    census->again = census->operation->again = again;
}

int32_t census_unknown_prefix(struct census *census, const char *serial, struct failure *reterr)
{
    char prefix[MODEL_PREFIX_SIZE + 1];
    bool added;

    secrets_copy(&census->operation->secrets, serial, prefix, sizeof(prefix));
    if (index_put(&census->prefixes, prefix, 0, NULL, &added) == NULL) {
        return fail_memory(census->operation, reterr);
    }
    return added ? census_problem(census,
                                  PROBLEM(SEVERITY_INFO, TEXT_model_unknown, prefix,
                                          ARGUMENTS(prefix, serial)),
                                  reterr)
                 : HECTOR_OK;
}

static void note_meta(struct census *census, const struct device *device)
{
    for (size_t i = 0; i < device->meta_count; i++) {
        for (size_t k = 0; k < census->settings->meta_count; k++) {
            census->meta_filled[k] = census->meta_filled[k] ||
                                     (*text_shown(device->meta[i].text) != '\0' &&
                                      strcmp(device->meta[i].name, census->settings->meta[k]) == 0);
        }
    }
}

/* Not certain: a scope that was not read may list the same unit as connected. */
static int32_t emit_asset(struct census *census, const struct device *device, bool certain,
                          struct failure *reterr)
{
    census->counts[device->type].assets++;
    return census->silent
               ? HECTOR_OK
               : asset_emit(census->operation, census->settings, device, certain, reterr);
}

static void forget_held(struct census *census, struct census_held *held)
{
    census->held_bytes -= held->size;
    free(held->bytes);
    *held = (struct census_held){0};
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
 * What a second row says every night: the unit is lent to another VDOM of the same FortiGate; or it
 * was moved to another FortiGate, and its row was left behind where it is not connected.
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

/* Emits the oldest held sighting, if it is still there. */
static int32_t release_oldest(struct census *census, struct failure *reterr)
{
    struct census_held *held = &census->held[census->held_first++];
    struct device device;
    uint32_t *state;
    int32_t code;

    if (held->bytes == NULL) {
        return HECTOR_OK;
    }
    device_unpack(held->bytes, &device);
    state = index_find(&census->serials, device_serial(&device));
    if (state != NULL) {
        *state = emitted(&device);
    }
    code = emit_asset(census, &device, census->all_read[device.type], reterr);
    forget_held(census, held);
    return code;
}

/* What the run remembers but for the held sightings. */
static size_t census_bytes(const struct census *census)
{
    return index_bytes(&census->serials) + index_bytes(&census->prefixes) +
           index_bytes(&census->scope_index) + census->scope_capacity * sizeof(*census->scopes) +
           census->held_capacity * sizeof(*census->held) + census->text_bytes +
           index_bytes(&census->skipped_keys) + census->skipped_capacity * sizeof(*census->skipped);
}

int32_t census_room(struct census *census, size_t beside, struct failure *reterr)
{
    size_t bytes = beside + census_bytes(census);
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && census->held_bytes > 0 && bytes + census->held_bytes > STORE_MAX) {
        code = release_oldest(census, reterr);
    }
    if (code == HECTOR_OK && bytes > STORE_MAX) {
        code = fail(census->operation, reterr, HECTOR_LIMIT, TEXT_store_full, NULL,
                    ARGUMENTS(census->settings->origin));
    }
    return code;
}

static int32_t hold(struct census *census, const struct device *device, uint32_t *state,
                    struct failure *reterr)
{
    struct buffer packed = BUFFER(DOCUMENT_MAX);
    struct census_held *larger;
    int32_t code;

    larger =
        array_room(census->held, census->held_count, &census->held_capacity, sizeof(*census->held));
    if (larger == NULL) {
        return fail_memory(census->operation, reterr);
    }
    census->held = larger;
    device_pack(device, &packed);
    code = fail_buffer(census->operation, reterr, &packed);
    if (code != HECTOR_OK) {
        buffer_release(&packed);
        return code;
    }
    census->held[census->held_count++] =
        (struct census_held){packed.data, packed.capacity}; /* owned by the list now */
    census->held_bytes += packed.capacity;
    *state = (uint32_t)census->held_count - 1;
    while (code == HECTOR_OK && census->held_bytes > HELD_MAX) {
        code = release_oldest(census, reterr);
    }
    return code;
}

/* The unit counts where it is now: its asset will name that scope. */
static void move_unit(const struct census *census, const struct device *from,
                      const struct device *to)
{
    struct verdict *left = census_verdict(census, from->scope, from->type);
    struct verdict *joined = census_verdict(census, to->scope, to->type);

    if (from->type == to->type && left != NULL && joined != NULL && left->units > 0) {
        left->units--;
        joined->units++;
    }
}

/* A unit whose row is read again: a held sighting gives way to the newer one. */
static int32_t sighted_again(struct census *census, const struct device *device, uint32_t *state,
                             struct failure *reterr)
{
    struct device former;

    if (is_emitted(*state)) {
        return HECTOR_OK;
    }
    device_unpack(census->held[*state].bytes, &former);
    move_unit(census, &former, device);
    forget_held(census, &census->held[*state]);
    if (!device->connected) {
        return hold(census, device, state, reterr);
    }
    *state = emitted(device);
    return emit_asset(census, device, true, reterr);
}

/* A serial that was there before. A connected sighting takes the place of a held one. */
static int32_t sighted_twice(struct census *census, const struct device *device, uint32_t *state,
                             struct failure *reterr)
{
    const char *serial = device_serial(device);
    bool routine = is_emitted(*state) && is_routine(device, *state);
    int32_t code = HECTOR_OK;

    if (!is_emitted(*state)) {
        struct census_held *former = &census->held[*state];
        struct device held;

        device_unpack(former->bytes, &held);
        routine = is_routine(device, emitted(&held));
        if (device->connected) {
            census->counts[held.type].duplicates++;
            forget_held(census, former);
            *state = emitted(device);
            code = emit_asset(census, device, true, reterr);
        } else {
            census->counts[device->type].duplicates++;
        }
    } else {
        census->counts[device->type].duplicates++;
    }
    if (routine) {
        operation_log(census->operation, HECTOR_LOG_INFO,
                      "%s is listed more than once: lent to a VDOM, or left behind by a move (%s)",
                      serial, device->scope);
    }
    return code == HECTOR_OK && !routine
               ? census_problem(census,
                                PROBLEM(SEVERITY_INFO, TEXT_duplicate_serial, serial,
                                        ARGUMENTS(serial, device->title), .scope = device->scope,
                                        .device_type = device_type_id(device->type),
                                        .sync_key = serial),
                                reterr)
               : code;
}

int32_t census_sighting(struct census *census, const struct device *device, struct failure *reterr)
{
    uint32_t *state = NULL;
    bool added = false;

    if (index_put(&census->serials, device_serial(device), emitted(device), &state, &added) ==
        NULL) {
        return fail_memory(census->operation, reterr);
    }
    if (census->again && !added) {
        return sighted_again(census, device, state, reterr);
    }
    count_seen(census, device->type, device->scope);
    note_meta(census, device);
    if (!added) {
        return sighted_twice(census, device, state, reterr);
    }
    return device->connected || census->silent ? emit_asset(census, device, true, reterr)
                                               : hold(census, device, state, reterr);
}

/* ---- the end */

static int32_t emit_skipped(struct census *census, enum device_type type, enum text_id reason,
                            const char *scope, const char *subject, const char *serial,
                            struct failure *reterr)
{
    struct buffer *out = operation_document(census->operation, "skipped");
    char about[TEXT_MAX];

    secrets_hide(&census->operation->secrets, subject, about, sizeof(about));
    write_string(out, "device_type", device_type_id(type));
    write_string(out, "scope", scope);
    write_string(out, "reason", text_slug(reason));
    write_string(out, "subject", about);
    if (*serial != '\0') {
        write_string(out, "serial", serial);
    }
    return operation_emit(census->operation, reterr);
}

/* The rows that are no asset, but for those whose serial an asset of this run has. */
static int32_t emit_all_skipped(struct census *census, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < census->skipped_count; i++) {
        const struct census_skipped *skipped = &census->skipped[i];
        const char *at = skipped->key;
        char serial[SERIAL_MAX + 1], scope[TEXT_MAX + 1];
        size_t size = strcspn(at, "\n");

        text_copy(serial, sizeof(serial), at, size);
        at += size + 1;
        size = strcspn(at, "\n");
        text_copy(scope, sizeof(scope), at, size);
        if (*serial == '\0' || index_find(&census->serials, serial) == NULL) {
            code = emit_skipped(census, skipped->type, skipped->reason, scope, at + size + 1,
                                serial, reterr);
        }
    }
    return code;
}

/* Rows without a name: their number is the subject, so that a host sees when it changes. */
static int32_t emit_unnamed(struct census *census, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < census->scope_count; i++) {
        for (int type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
            const struct census_scope *scope = &census->scopes[i];
            const char *label = scope->names != NULL ? scope->names : scope->name;
            char count[24], about[TEXT_MAX];

            if (scope->verdicts[type].unnamed == 0) {
                continue;
            }
            (void)snprintf(count, sizeof(count), "%" PRIu64, scope->verdicts[type].unnamed);
            (void)snprintf(about, sizeof(about), "%s %s", scope->name,
                           device_type_id((enum device_type)type));
            code = emit_skipped(census, (enum device_type)type, TEXT_serial_unusable, scope->name,
                                count, "", reterr);
            if (code != HECTOR_OK) {
                return code;
            }
            code = census_problem(
                census,
                PROBLEM(SEVERITY_WARNING, TEXT_row_unnamed, about,
                        ARGUMENTS(label, count,
                                  text_template(census->operation->wording.language,
                                                device_type_units((enum device_type)type))),
                        .scope = scope->name,
                        .device_type = device_type_id((enum device_type)type)),
                reterr);
        }
    }
    return code;
}

static int32_t emit_coverage(struct census *census, const struct census_scope *scope,
                             enum device_type type, struct failure *reterr)
{
    const struct verdict *verdict = &scope->verdicts[type];
    struct buffer *out;

    if (verdict->state == VERDICT_NOT_EXPECTED) {
        return HECTOR_OK;
    }
    out = operation_document(census->operation, "coverage");
    write_string(out, "scope", scope->name);
    write_string(out, "device_type", device_type_id(type));
    write_boolean(out, "complete", verdict->state == VERDICT_COMPLETE);
    write_integer(out, "units", (int64_t)verdict->units);
    if (verdict->state == VERDICT_INCOMPLETE) {
        write_integer(out, "cause", verdict->cause);
        write_string(out, "reason", text_slug(verdict->reason));
        write_string(out, "message", verdict->message);
        write_optional(out, "detail", verdict->detail);
        if (verdict->retry_after_s > 0) {
            write_integer(out, "retry_after_s", verdict->retry_after_s);
        }
    }
    return operation_emit(census->operation, reterr);
}

static bool has_coverage(const struct census_scope *scope)
{
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        if (scope->verdicts[type].state != VERDICT_NOT_EXPECTED) {
            return true;
        }
    }
    return false;
}

static int32_t emit_scope(struct census *census, const struct census_scope *scope,
                          struct failure *reterr)
{
    static const char *const states[] = {"in", "outside", "not_chosen"};
    bool covered = has_coverage(scope);
    const char *name = scope->names != NULL ? scope->names : scope->name;
    struct buffer *out;

    if (!covered && scope->state == SCOPE_IN) {
        return HECTOR_OK; /* it was there at first only, and held nothing */
    }
    out = operation_document(census->operation, "scope");
    write_string(out, "scope", scope->name);
    write_string(out, "label", name);
    if (scope->alias_count > 0) {
        write_array(out, "aliases");
        for (size_t i = 0; i < scope->alias_count; i++) {
            name += strlen(name) + 1;
            write_string(out, NULL, name);
        }
        write_array_end(out);
    }
    write_string(out, "state", states[covered ? SCOPE_IN : scope->state]);
    return operation_emit(census->operation, reterr);
}

/* Why a scope was not read to its end: what ended the run may speak of another one. */
static struct failure why_open(const struct census *census, int32_t code,
                               const struct failure *failure)
{
    struct failure why;

    if (code == HECTOR_OK) {
        /* A source that says OK has given every scope its verdict. */
        (void)fail(census->operation, &why, HECTOR_INTERNAL, TEXT_internal, NULL,
                   ARGUMENTS("a scope without a verdict"));
        return why;
    }
    why = *failure;
    operation_sentence(census->operation, why.message, sizeof(why.message), TEXT_label_not_reached,
                       ARGUMENTS(failure->message));
    why.detail[0] = '\0';
    return why;
}

/* Closes what is open. */
static int32_t close_open_scopes(struct census *census, const struct failure *failure,
                                 struct failure *reterr)
{
    for (size_t i = 0; i < census->scope_count; i++) {
        for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
            if (census->scopes[i].verdicts[type].state == VERDICT_OPEN) {
                int32_t code = census_end_scope(census, census->scopes[i].name,
                                                (enum device_type)type, failure, reterr);

                if (code != HECTOR_OK) {
                    return code;
                }
            }
        }
    }
    return HECTOR_OK;
}

/* A unit that is not brought after all: it has not been seen. */
static void leave_unseen(struct census *census, const struct device *device)
{
    struct verdict *verdict = census_verdict(census, device->scope, device->type);

    census->counts[device->type].seen--;
    if (verdict != NULL && verdict->units > 0) {
        verdict->units--;
    }
}

/* After a cancel nothing more goes out: no scope of such a type is complete without it. */
static void drop_oldest(struct census *census, bool dropped[static DEVICE_TYPE_COUNT])
{
    struct census_held *held = &census->held[census->held_first++];
    struct device device;

    if (held->bytes == NULL) {
        return;
    }
    device_unpack(held->bytes, &device);
    leave_unseen(census, &device);
    if (!dropped[device.type]) {
        dropped[device.type] = true;
        for (size_t i = 0; i < census->scope_count; i++) {
            struct verdict *verdict = &census->scopes[i].verdicts[device.type];

            verdict->state = verdict->state == VERDICT_COMPLETE ? VERDICT_OPEN : verdict->state;
        }
    }
    forget_held(census, held);
}

static bool type_complete(const struct census *census, int type)
{
    for (size_t i = 0; type < DEVICE_TYPE_COUNT && i < census->scope_count; i++) {
        enum verdict_state state = census->scopes[i].verdicts[type].state;

        if (state == VERDICT_INCOMPLETE || state == VERDICT_OPEN) {
            return false;
        }
    }
    return true;
}

/* The held sightings go out, unless and until the host cancels: `*code` is that of the run. */
static int32_t end_held(struct census *census, int32_t *code, struct failure *failure,
                        struct failure *reterr)
{
    bool dropped[DEVICE_TYPE_COUNT] = {false};
    int32_t end = HECTOR_OK;

    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        census->all_read[type] = type_complete(census, type) && !census->units_outside;
    }
    while (end == HECTOR_OK && census->held_first < census->held_count) {
        if (*code != HECTOR_CANCELLED && operation_cancelled(census->operation)) {
            *code = operation_check(census->operation, failure);
        }
        if (*code == HECTOR_CANCELLED) {
            drop_oldest(census, dropped);
        } else {
            end = release_oldest(census, reterr);
        }
    }
    return end;
}

static int32_t emit_tail(struct census *census, bool failed, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < census->scope_count; i++) {
        code = emit_scope(census, &census->scopes[i], reterr);
    }
    code = code == HECTOR_OK ? emit_all_skipped(census, reterr) : code;
    code = code == HECTOR_OK ? emit_unnamed(census, reterr) : code;
    for (size_t i = 0; code == HECTOR_OK && i < census->scope_count; i++) {
        for (int type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
            code = emit_coverage(census, &census->scopes[i], (enum device_type)type, reterr);
        }
    }
    if (code == HECTOR_OK && census->operation->repeats > 0 && !failed) {
        char repeats[24];

        (void)snprintf(repeats, sizeof(repeats), "%" PRIu64, census->operation->repeats);
        code =
            census_problem(census,
                           PROBLEM(SEVERITY_INFO, TEXT_requests_repeated, census->settings->origin,
                                   ARGUMENTS(census->settings->origin, repeats)),
                           reterr);
    }
    if (code == HECTOR_OK && census->operation->repaired > 0) {
        code =
            census_problem(census,
                           PROBLEM(SEVERITY_WARNING, TEXT_text_repaired, census->settings->origin,
                                   ARGUMENTS(census->settings->origin)),
                           reterr);
    }
    return code == HECTOR_OK ? emit_problem_counts(census, reterr) : code;
}

static bool anything_delivered(const struct census *census)
{
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        if (census->counts[type].assets > 0) {
            return true;
        }
        for (size_t i = 0; i < census->scope_count; i++) {
            const struct verdict *verdict = &census->scopes[i].verdicts[type];

            if (verdict->state == VERDICT_COMPLETE && verdict->units > 0) {
                return true;
            }
        }
    }
    return false;
}

static void write_counts(struct buffer *out, const struct census *census, int type, bool ran)
{
    const struct census_count *count = &census->counts[type];

    write_object(out, device_type_id((enum device_type)type));
    write_integer(out, "seen", (int64_t)count->seen);
    write_integer(out, "assets", (int64_t)count->assets);
    write_integer(out, "duplicates", (int64_t)count->duplicates);
    write_object(out, "skipped");
    for (int reason = 0; reason < TEXT_COUNT; reason++) {
        if (count->skipped[reason] > 0) {
            write_integer(out, text_slug((enum text_id)reason), (int64_t)count->skipped[reason]);
        }
    }
    write_object_end(out);
    write_boolean(out, "complete", ran && type_complete(census, type));
    write_object_end(out);
}

/* `ended`: the source came to its end, whatever it delivered. */
static int32_t emit_summary(struct census *census, int32_t code, bool ended,
                            const struct failure *failure, struct failure *reterr)
{
    struct buffer *out = operation_document(census->operation, "summary");
    bool ran = code == HECTOR_OK || code == HECTOR_PARTIAL;
    char time_text[32];

    time_format(census->started, time_text);
    write_string(out, "started", time_text);
    time_format((int64_t)time(NULL), time_text);
    write_string(out, "ended", time_text);
    write_string(out, "outcome", outcome_name(code));
    write_object(out, "device_types");
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        if (census->settings->device_types[type]) {
            write_counts(out, census, type, ran);
        }
    }
    write_counts(out, census, OTHER, ran);
    write_object_end(out);
    write_boolean(out, "scopes_complete", ended && census->scopes_complete);
    write_integer(out, "requests", (int64_t)census->operation->requests);
    write_integer(out, "bytes", (int64_t)census->operation->bytes);
    if (code != HECTOR_OK) {
        write_object(out, "error");
        write_integer(out, "cause", failure->cause);
        write_string(out, "reason", text_slug(failure->reason));
        write_optional(out, "field", failure->field);
        write_string(out, "message", failure->message);
        write_optional(out, "detail", failure->detail);
        if (failure->retry_after_s > 0) {
            write_integer(out, "retry_after_s", failure->retry_after_s);
        }
        write_object_end(out);
    }
    return operation_emit(census->operation, reterr);
}

int32_t census_finish(struct census *census, int32_t code, struct failure *failure)
{
    struct failure broken = {0};
    int32_t tail = HECTOR_OK;
    bool ended;

    if (code != HECTOR_HOST) {
        tail = end_held(census, &code, failure, &broken);
        if (tail == HECTOR_OK) {
            const struct failure open = why_open(census, code, failure);

            tail = close_open_scopes(census, &open, &broken);
        }
        if (tail == HECTOR_OK) {
            tail = emit_tail(census, code != HECTOR_OK, &broken);
        }
    }
    ended = code == HECTOR_OK && tail == HECTOR_OK;
    if (tail != HECTOR_OK) {
        code = tail;
        *failure = broken;
    } else if (code == HECTOR_OK && census->worst.cause != 0) {
        code = HECTOR_PARTIAL;
        *failure = census->worst;
    } else if (is_ranked(code) && census->worst.cause != 0 &&
               severity_of(census->worst.cause) < severity_of(code)) {
        *failure = census->worst;
        code = failure->cause;
    }
    if (is_ranked(code) || code == HECTOR_PARTIAL) {
        code = anything_delivered(census) ? HECTOR_PARTIAL : failure->cause;
    }
    if (code != HECTOR_HOST) {
        tail = emit_summary(census, code, ended, failure, &broken);
        if (tail != HECTOR_OK) {
            code = tail;
            *failure = broken;
        }
    }
    return code;
}
