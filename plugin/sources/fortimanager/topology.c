/*
 * topology.c - the ADOMs and FortiGates of one run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "topology.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "base/vector.h"

void fmg_topology_init(struct topology *topology)
{
    *topology = (struct topology){0};
    strmap_init(&topology->adom_index);
    strmap_init(&topology->gate_index);
    strmap_init(&topology->texts);
}

void fmg_topology_release(struct topology *topology)
{
    for (size_t i = 0; i < topology->adom_count; i++) {
        free(topology->adoms[i].gates);
        free(topology->adoms[i].failure);
    }
    free(topology->adoms);
    free(topology->gates);
    free(topology->memberships);
    free(topology->vdoms);
    strmap_release(&topology->adom_index);
    strmap_release(&topology->gate_index);
    strmap_release(&topology->texts);
}

/*
 * Makes room for one more element of an array. Makes the caller return `otherwise` without memory.
 */
#define ROOM(owner, array, count, capacity, otherwise)                                             \
    do {                                                                                           \
        size_t before = (owner)->capacity;                                                         \
        void *larger = vector_room((owner)->array, (owner)->count, &(owner)->capacity,             \
                                   sizeof(*(owner)->array));                                       \
                                                                                                   \
        if (larger == NULL) {                                                                      \
            return otherwise;                                                                      \
        }                                                                                          \
        (owner)->array = larger;                                                                   \
        topology->array_bytes += ((owner)->capacity - before) * sizeof(*(owner)->array);           \
    } while (0)

const char *fmg_topology_keep(struct topology *topology, const char *text)
{
    return strmap_keep(&topology->texts, text);
}

size_t fmg_topology_bytes(const struct topology *topology)
{
    return strmap_bytes(&topology->adom_index) + strmap_bytes(&topology->gate_index) +
           strmap_bytes(&topology->texts) + topology->array_bytes;
}

struct adom *fmg_topology_find_adom(const struct topology *topology, const char *name)
{
    uint32_t *at = strmap_find(&topology->adom_index, name);

    return at != NULL ? &topology->adoms[*at] : NULL;
}

struct gate *fmg_topology_find_gate(const struct topology *topology, const char *name)
{
    uint32_t *at = strmap_find(&topology->gate_index, name);

    return at != NULL ? &topology->gates[*at] : NULL;
}

struct adom *fmg_topology_adom(struct topology *topology, const char *name)
{
    struct adom *adom = fmg_topology_find_adom(topology, name);
    char scope[sizeof(SCOPE_PREFIX) + KIB(1)];
    const char *kept, *kept_scope;

    if (adom != NULL) {
        return adom;
    }
    (void)snprintf(scope, sizeof(scope), SCOPE_PREFIX "%s", name);
    ROOM(topology, adoms, adom_count, adom_capacity, NULL);
    kept_scope = fmg_topology_keep(topology, scope);
    kept = kept_scope != NULL
               ? strmap_put(&topology->adom_index, name, (uint32_t)topology->adom_count, NULL, NULL)
               : NULL;
    if (kept == NULL) {
        return NULL;
    }
    topology->adoms[topology->adom_count] = (struct adom){.name = kept, .scope = kept_scope};
    return &topology->adoms[topology->adom_count++];
}

struct gate *fmg_topology_gate(struct topology *topology, const char *name)
{
    struct gate *gate = fmg_topology_find_gate(topology, name);
    const char *kept;

    if (gate != NULL) {
        return gate;
    }
    ROOM(topology, gates, gate_count, gate_capacity, NULL);
    kept = strmap_put(&topology->gate_index, name, (uint32_t)topology->gate_count, NULL, NULL);
    if (kept == NULL) {
        return NULL;
    }
    topology->gates[topology->gate_count] =
        (struct gate){.name = kept, .first_adom = STRMAP_NONE, .first_vdom = STRMAP_NONE};
    return &topology->gates[topology->gate_count++];
}

bool fmg_gate_has_serial(const struct gate *gate, const char *serial)
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

void fmg_gate_forget(struct gate *gate)
{
    gate->read = gate->gone = gate->vdoms_damaged = false;
    gate->first_vdom = STRMAP_NONE;
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        gate->listed[type] = 0;
        gate->settled[type] = false;
    }
}

struct membership *fmg_topology_membership(const struct topology *topology, const struct gate *gate,
                                           const struct adom *adom)
{
    uint32_t number = (uint32_t)(adom - topology->adoms);

    for (uint32_t i = gate->first_adom; i != STRMAP_NONE; i = topology->memberships[i].next) {
        if (topology->memberships[i].adom == number) {
            return &topology->memberships[i];
        }
    }
    return NULL;
}

void fmg_topology_leave(struct topology *topology, struct gate *gate, struct adom *adom)
{
    uint32_t number = (uint32_t)(gate - topology->gates), *link = &gate->first_adom;
    size_t kept = 0;

    while (*link != STRMAP_NONE &&
           topology->memberships[*link].adom != (uint32_t)(adom - topology->adoms)) {
        link = &topology->memberships[*link].next;
    }
    if (*link == STRMAP_NONE) {
        return;
    }
    *link = topology->memberships[*link].next;
    gate->adom_count--;
    for (size_t i = 0; i < adom->gate_count; i++) {
        if (adom->gates[i] != number) {
            adom->gates[kept++] = adom->gates[i];
        }
    }
    adom->gate_count = kept;
}

/*
 * Searches the shorter of both lists, because the other may be as long as the run's memory allows.
 */
static bool is_member(const struct topology *topology, const struct gate *gate,
                      const struct adom *adom)
{
    uint32_t gate_number = (uint32_t)(gate - topology->gates);
    uint32_t adom_number = (uint32_t)(adom - topology->adoms), i;

    if (adom->gate_count < gate->adom_count) {
        for (i = 0; i < adom->gate_count && adom->gates[i] != gate_number;) {
            i++;
        }
        return i < adom->gate_count;
    }
    i = gate->first_adom;
    while (i != STRMAP_NONE && topology->memberships[i].adom != adom_number) {
        i = topology->memberships[i].next;
    }
    return i != STRMAP_NONE;
}

bool fmg_topology_join(struct topology *topology, const char *gate_name, const char *adom_name)
{
    struct gate *gate = fmg_topology_gate(topology, gate_name);
    struct adom *adom = gate != NULL ? fmg_topology_adom(topology, adom_name) : NULL;

    if (adom == NULL) {
        return false;
    }
    if (is_member(topology, gate, adom)) {
        return true;
    }
    ROOM(topology, memberships, membership_count, membership_capacity, false);
    ROOM(adom, gates, gate_count, gate_capacity, false);
    topology->memberships[topology->membership_count] =
        (struct membership){.adom = (uint32_t)(adom - topology->adoms), .next = gate->first_adom};
    gate->first_adom = (uint32_t)topology->membership_count++;
    gate->adom_count++;
    adom->gates[adom->gate_count++] = (uint32_t)(gate - topology->gates);
    return true;
}

bool fmg_topology_add_vdom(struct topology *topology, const char *gate_name, const char *vdom,
                           const char *adom_name)
{
    struct gate *gate = fmg_topology_gate(topology, gate_name);
    struct adom *adom = NULL;
    const char *kept = strmap_put(&topology->texts, vdom, 0, NULL, NULL); /* most are "root" */

    if (adom_name != NULL) {
        adom = fmg_topology_adom(topology, adom_name);
        if (adom == NULL) {
            return false;
        }
    }
    if (gate == NULL || kept == NULL) {
        return false;
    }
    ROOM(topology, vdoms, vdom_count, vdom_capacity, false);
    topology->vdoms[topology->vdom_count] =
        (struct fmg_vdom){.name = kept,
                          .adom = adom != NULL ? (uint32_t)(adom - topology->adoms) : STRMAP_NONE,
                          .next = gate->first_vdom};
    gate->first_vdom = (uint32_t)topology->vdom_count++;
    return true;
}

bool fmg_topology_holds_gates(const struct topology *topology, const struct adom *adom)
{
    for (size_t i = 0; i < adom->gate_count; i++) {
        if (topology->gates[adom->gates[i]].ours) {
            return true;
        }
    }
    return false;
}

static int compare_gates(const void *a, const void *b, void *topology)
{
    const struct gate *gates = ((const struct topology *)topology)->gates;

    return strcmp(gates[*(const uint32_t *)a].name, gates[*(const uint32_t *)b].name);
}

void fmg_topology_sort(struct topology *topology)
{
    for (size_t i = 0; i < topology->adom_count; i++) {
        struct adom *adom = &topology->adoms[i];

        if (adom->gate_count > 1) {
            qsort_r(adom->gates, adom->gate_count, sizeof(*adom->gates), compare_gates, topology);
        }
    }
}

static int compare_adoms(const void *a, const void *b)
{
    return strcmp((*(const struct adom *const *)a)->name, (*(const struct adom *const *)b)->name);
}

size_t fmg_topology_adoms_of(const struct topology *topology, const struct gate *gate,
                             const struct adom **ret, size_t most)
{
    size_t count = 0;

    for (uint32_t i = gate->first_adom; i != STRMAP_NONE; i = topology->memberships[i].next) {
        if (count < most) {
            ret[count] = &topology->adoms[topology->memberships[i].adom];
        }
        count++;
    }
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    qsort(ret, count < most ? count : most, sizeof(*ret), compare_adoms);
    return count;
}
