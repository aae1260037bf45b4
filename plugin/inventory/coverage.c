/*
 * coverage.c - the scopes of a run and the coverage status of each (scope, device type).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "coverage.h"

#include "state.h"

struct coverage *inventory_coverage(const struct inventory *inventory, const char *scope,
                                    enum device_type type)
{
    uint32_t *at =
        scope != NULL && type != OTHER ? strmap_find(&inventory->scope_index, scope) : NULL;

    return at != NULL ? &inventory->scopes.items[*at].coverages[type] : NULL;
}

struct coverage *inventory_coverage_at(const struct inventory *inventory, size_t i)
{
    return i < inventory->scopes.count * DEVICE_TYPE_COUNT
               ? &inventory->scopes.items[i / DEVICE_TYPE_COUNT].coverages[i % DEVICE_TYPE_COUNT]
               : NULL;
}

/* Finds or adds a scope; NULL without memory. The pointer is valid until the next addition. */
static struct inventory_scope *take_scope(struct inventory *inventory, const char *name)
{
    struct scope_list *scopes = &inventory->scopes;
    uint32_t *at = strmap_find(&inventory->scope_index, name);

    if (at != NULL) {
        return &scopes->items[*at];
    }
    if (!scope_list_reserve(scopes)) {
        return NULL;
    }
    name = strmap_put(&inventory->scope_index, name, (uint32_t)scopes->count, NULL, NULL);
    if (name == NULL) {
        return NULL;
    }
    scopes->items[scopes->count] = (struct inventory_scope){.name = name, .label = name};
    return &scopes->items[scopes->count++];
}

int32_t inventory_name_scope(struct inventory *inventory, const struct scope_names *names,
                             enum scope_state state, struct failure *failure)
{
    struct inventory_scope *scope = take_scope(inventory, names->scope);
    const char *kept = scope != NULL ? strmap_keep(&inventory->scope_index, names->label) : NULL;

    if (kept == NULL) {
        return fail_memory(inventory->operation, failure);
    }
    scope->label = kept;
    scope->state = state;
    for (scope->alias_count = 0; scope->alias_count < names->alias_count; scope->alias_count++) {
        kept = strmap_keep(&inventory->scope_index, names->aliases[scope->alias_count]);
        if (kept == NULL) {
            return fail_memory(inventory->operation, failure);
        }
        scope->aliases[scope->alias_count] = kept;
    }
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

const char *inventory_scope_name(const struct inventory *inventory, size_t i)
{
    return i < inventory->scopes.count ? inventory->scopes.items[i].name : NULL;
}

enum coverage_state inventory_state(const struct inventory *inventory, const char *scope,
                                    enum device_type type)
{
    const struct coverage *coverage = inventory_coverage(inventory, scope, type);

    return coverage != NULL ? coverage->state : COVERAGE_NOT_EXPECTED;
}

uint64_t inventory_units(const struct inventory *inventory, const char *scope,
                         enum device_type type)
{
    const struct coverage *coverage = inventory_coverage(inventory, scope, type);

    return coverage != NULL ? coverage->units : 0;
}

bool inventory_expects(const struct inventory *inventory, const char *scope, enum device_type type)
{
    return inventory_state(inventory, scope, type) != COVERAGE_NOT_EXPECTED;
}

void inventory_withdraw(struct inventory *inventory, const char *scope, enum device_type type)
{
    struct coverage *coverage = inventory_coverage(inventory, scope, type);

    if (coverage != NULL) {
        coverage->state = COVERAGE_NOT_EXPECTED;
    }
}

void inventory_reopen(struct inventory *inventory)
{
    struct coverage *coverage;

    for (size_t i = 0; (coverage = inventory_coverage_at(inventory, i)) != NULL; i++) {
        if (coverage->state != COVERAGE_NOT_EXPECTED) {
            coverage->state = COVERAGE_OPEN;
        }
    }
    inventory_forget_worst(inventory);
}

/* Lower is worse. */
static size_t rank_of(int32_t cause)
{
    static const int32_t order[] = {HECTOR_AUTH,      HECTOR_PERMISSION,  HECTOR_DATA,
                                    HECTOR_THROTTLED, HECTOR_UNREACHABLE, HECTOR_LIMIT};
    size_t i = 0;

    while (i < COUNT(order) && order[i] != cause) {
        i++;
    }
    return i;
}

bool inventory_is_worse(int32_t cause, int32_t other)
{
    return rank_of(cause) < rank_of(other);
}

const struct failure *inventory_worst(const struct inventory *inventory)
{
    return inventory->worst.cause != 0 ? &inventory->worst : NULL;
}

void inventory_forget_worst(struct inventory *inventory)
{
    inventory->worst = (struct failure){0};
}

/* Sets the status of an expected coverage; the first failure stays. */
static int32_t end_coverage(struct inventory *inventory, struct coverage *coverage,
                            const struct failure *incomplete, struct failure *failure)
{
    if (coverage->state == COVERAGE_INCOMPLETE) {
        return HECTOR_OK;
    }
    if (incomplete == NULL) {
        coverage->state = COVERAGE_COMPLETE;
        return HECTOR_OK;
    }
    coverage->message = strmap_keep(&inventory->texts, incomplete->message);
    coverage->detail = strmap_keep(&inventory->texts, incomplete->detail);
    if (coverage->message == NULL || coverage->detail == NULL) {
        return fail_memory(inventory->operation, failure); /* the coverage stays open */
    }
    coverage->state = COVERAGE_INCOMPLETE;
    coverage->cause = incomplete->cause;
    coverage->reason = incomplete->reason;
    coverage->retry_after_s = incomplete->retry_after_s;
    if (inventory->worst.cause == 0 ||
        inventory_is_worse(incomplete->cause, inventory->worst.cause)) {
        inventory->worst = *incomplete;
    }
    return HECTOR_OK;
}

int32_t inventory_end_scope(struct inventory *inventory, const char *scope, enum device_type type,
                            const struct failure *incomplete, struct failure *failure)
{
    struct coverage *coverage = inventory_coverage(inventory, scope, type);

    if (coverage == NULL || coverage->state == COVERAGE_NOT_EXPECTED) {
        return fail(inventory->operation, failure, REASON_internal, NULL,
                    ARGUMENTS("coverage status of a scope that was not expected"));
    }
    return end_coverage(inventory, coverage, incomplete, failure);
}

int32_t inventory_end_open(struct inventory *inventory, const struct failure *why,
                           struct failure *failure)
{
    struct coverage *coverage;
    int32_t code = HECTOR_OK;

    for (size_t i = 0;
         code == HECTOR_OK && (coverage = inventory_coverage_at(inventory, i)) != NULL; i++) {
        if (coverage->state == COVERAGE_OPEN) {
            code = end_coverage(inventory, coverage, why, failure);
        }
    }
    return code;
}

/* Whether the type has a coverage of one of the states. */
static bool has_state(const struct inventory *inventory, enum device_type type, unsigned states)
{
    for (size_t i = 0; type != OTHER && i < inventory->scopes.count; i++) {
        if ((states & 1U << inventory->scopes.items[i].coverages[type].state) != 0) {
            return true;
        }
    }
    return false;
}

#define UNREAD (1U << COVERAGE_OPEN | 1U << COVERAGE_INCOMPLETE)

bool inventory_type_complete(const struct inventory *inventory, enum device_type type)
{
    return type == OTHER || (has_state(inventory, type, 1U << COVERAGE_COMPLETE) &&
                             !has_state(inventory, type, UNREAD));
}

bool inventory_complete(const struct inventory *inventory)
{
    enum device_type type = 0;

    while (type < DEVICE_TYPE_COUNT && !has_state(inventory, type, UNREAD)) {
        type++;
    }
    return type == DEVICE_TYPE_COUNT;
}
