/*
 * estate.c - the ADOMs and gates of one run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "estate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/limits.h"

void estate_init(struct estate *estate)
{
    *estate = (struct estate){0};
    index_init(&estate->adom_index);
    index_init(&estate->gate_index);
    index_init(&estate->texts);
}

void estate_release(struct estate *estate)
{
    for (size_t i = 0; i < estate->adom_count; i++) {
        free(estate->adoms[i].gates);
        free(estate->adoms[i].failure);
    }
    free(estate->adoms);
    free(estate->gates);
    free(estate->memberships);
    free(estate->vdoms);
    index_release(&estate->adom_index);
    index_release(&estate->gate_index);
    index_release(&estate->texts);
}

/* Makes room for one more element of a member array, or returns `otherwise`: no memory. */
#define ROOM(owner, array, count, capacity, otherwise)                                             \
    do {                                                                                           \
        size_t before = (owner)->capacity;                                                         \
        void *larger = array_room((owner)->array, (owner)->count, &(owner)->capacity,              \
                                  sizeof(*(owner)->array));                                        \
                                                                                                   \
        if (larger == NULL) {                                                                      \
            return otherwise;                                                                      \
        }                                                                                          \
        (owner)->array = larger;                                                                   \
        estate->array_bytes += ((owner)->capacity - before) * sizeof(*(owner)->array);             \
    } while (0)

const char *estate_keep(struct estate *estate, const char *text)
{
    return index_keep(&estate->texts, text);
}

size_t estate_bytes(const struct estate *estate)
{
    return index_bytes(&estate->adom_index) + index_bytes(&estate->gate_index) +
           index_bytes(&estate->texts) + estate->array_bytes;
}

struct adom *estate_find_adom(const struct estate *estate, const char *name)
{
    uint32_t *at = index_find(&estate->adom_index, name);

    return at != NULL ? &estate->adoms[*at] : NULL;
}

struct gate *estate_find_gate(const struct estate *estate, const char *name)
{
    uint32_t *at = index_find(&estate->gate_index, name);

    return at != NULL ? &estate->gates[*at] : NULL;
}

struct adom *estate_adom(struct estate *estate, const char *name)
{
    struct adom *adom = estate_find_adom(estate, name);
    char scope[sizeof(SCOPE_PREFIX) + KIB(1)];
    const char *kept, *kept_scope;

    if (adom != NULL) {
        return adom;
    }
    (void)snprintf(scope, sizeof(scope), SCOPE_PREFIX "%s", name);
    ROOM(estate, adoms, adom_count, adom_capacity, NULL);
    kept_scope = estate_keep(estate, scope);
    kept = kept_scope != NULL
               ? index_put(&estate->adom_index, name, (uint32_t)estate->adom_count, NULL, NULL)
               : NULL;
    if (kept == NULL) {
        return NULL;
    }
    estate->adoms[estate->adom_count] = (struct adom){.name = kept, .scope = kept_scope};
    return &estate->adoms[estate->adom_count++];
}

struct gate *estate_gate(struct estate *estate, const char *name)
{
    struct gate *gate = estate_find_gate(estate, name);
    const char *kept;

    if (gate != NULL) {
        return gate;
    }
    ROOM(estate, gates, gate_count, gate_capacity, NULL);
    kept = index_put(&estate->gate_index, name, (uint32_t)estate->gate_count, NULL, NULL);
    if (kept == NULL) {
        return NULL;
    }
    estate->gates[estate->gate_count] =
        (struct gate){.name = kept, .first_adom = INDEX_NONE, .first_vdom = INDEX_NONE};
    return &estate->gates[estate->gate_count++];
}

bool gate_has_serial(const struct gate *gate, const char *serial)
{
    const char *serials = gate->serials;
    size_t size = strlen(serial);

    for (const char *at = serials != NULL && size > 0 ? strstr(serials, serial) : NULL; at != NULL;
         at = strstr(at + 1, serial)) {
        if ((at == serials || at[-1] == ' ') && (at[size] == ',' || at[size] == '\0')) {
            return true;
        }
    }
    return false;
}

void gate_forget(struct gate *gate)
{
    gate->read = gate->gone = gate->vdoms_damaged = false;
    gate->first_vdom = INDEX_NONE;
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        gate->listed[type] = 0;
        gate->settled[type] = false;
    }
}

struct membership *estate_membership(const struct estate *estate, const struct gate *gate,
                                     const struct adom *adom)
{
    uint32_t number = (uint32_t)(adom - estate->adoms);

    for (uint32_t i = gate->first_adom; i != INDEX_NONE; i = estate->memberships[i].next) {
        if (estate->memberships[i].adom == number) {
            return &estate->memberships[i];
        }
    }
    return NULL;
}

void estate_leave(struct estate *estate, struct gate *gate, struct adom *adom)
{
    uint32_t number = (uint32_t)(gate - estate->gates), *link = &gate->first_adom;
    size_t kept = 0;

    while (*link != INDEX_NONE &&
           estate->memberships[*link].adom != (uint32_t)(adom - estate->adoms)) {
        link = &estate->memberships[*link].next;
    }
    if (*link == INDEX_NONE) {
        return;
    }
    *link = estate->memberships[*link].next;
    gate->adom_count--;
    for (size_t i = 0; i < adom->gate_count; i++) {
        if (adom->gates[i] != number) {
            adom->gates[kept++] = adom->gates[i];
        }
    }
    adom->gate_count = kept;
}

/* Looked for on the side that has fewer: the other may have as many as the run remembers. */
static bool is_member(const struct estate *estate, const struct gate *gate, const struct adom *adom)
{
    uint32_t gate_number = (uint32_t)(gate - estate->gates);
    uint32_t adom_number = (uint32_t)(adom - estate->adoms), i;

    if (adom->gate_count < gate->adom_count) {
        for (i = 0; i < adom->gate_count && adom->gates[i] != gate_number;) {
            i++;
        }
        return i < adom->gate_count;
    }
    i = gate->first_adom;
    while (i != INDEX_NONE && estate->memberships[i].adom != adom_number) {
        i = estate->memberships[i].next;
    }
    return i != INDEX_NONE;
}

bool estate_join(struct estate *estate, const char *gate_name, const char *adom_name)
{
    struct gate *gate = estate_gate(estate, gate_name);
    struct adom *adom = gate != NULL ? estate_adom(estate, adom_name) : NULL;

    if (adom == NULL) {
        return false;
    }
    if (is_member(estate, gate, adom)) {
        return true;
    }
    ROOM(estate, memberships, membership_count, membership_capacity, false);
    ROOM(adom, gates, gate_count, gate_capacity, false);
    estate->memberships[estate->membership_count] =
        (struct membership){.adom = (uint32_t)(adom - estate->adoms), .next = gate->first_adom};
    gate->first_adom = (uint32_t)estate->membership_count++;
    gate->adom_count++;
    adom->gates[adom->gate_count++] = (uint32_t)(gate - estate->gates);
    return true;
}

bool estate_add_vdom(struct estate *estate, const char *gate_name, const char *vdom,
                     const char *adom_name)
{
    struct gate *gate = estate_gate(estate, gate_name);
    struct adom *adom = NULL;
    const char *kept = index_put(&estate->texts, vdom, 0, NULL, NULL); /* most are "root" */

    if (adom_name != NULL) {
        adom = estate_adom(estate, adom_name);
        if (adom == NULL) {
            return false;
        }
    }
    if (gate == NULL || kept == NULL) {
        return false;
    }
    ROOM(estate, vdoms, vdom_count, vdom_capacity, false);
    estate->vdoms[estate->vdom_count] =
        (struct gate_vdom){.name = kept,
                           .adom = adom != NULL ? (uint32_t)(adom - estate->adoms) : INDEX_NONE,
                           .next = gate->first_vdom};
    gate->first_vdom = (uint32_t)estate->vdom_count++;
    return true;
}

bool estate_holds_gates(const struct estate *estate, const struct adom *adom)
{
    for (size_t i = 0; i < adom->gate_count; i++) {
        if (estate->gates[adom->gates[i]].ours) {
            return true;
        }
    }
    return false;
}

static int compare_gates(const void *a, const void *b, void *estate)
{
    const struct gate *gates = ((const struct estate *)estate)->gates;

    return strcmp(gates[*(const uint32_t *)a].name, gates[*(const uint32_t *)b].name);
}

void estate_sort(struct estate *estate)
{
    for (size_t i = 0; i < estate->adom_count; i++) {
        struct adom *adom = &estate->adoms[i];

        if (adom->gate_count > 1) {
            qsort_r(adom->gates, adom->gate_count, sizeof(*adom->gates), compare_gates, estate);
        }
    }
}

static int compare_adoms(const void *a, const void *b)
{
    return strcmp((*(const struct adom *const *)a)->name, (*(const struct adom *const *)b)->name);
}

size_t estate_adoms_of(const struct estate *estate, const struct gate *gate,
                       const struct adom **ret, size_t most)
{
    size_t count = 0;

    for (uint32_t i = gate->first_adom; i != INDEX_NONE; i = estate->memberships[i].next) {
        if (count < most) {
            ret[count] = &estate->adoms[estate->memberships[i].adom];
        }
        count++;
    }
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    qsort(ret, count < most ? count : most, sizeof(*ret), compare_adoms);
    return count;
}
