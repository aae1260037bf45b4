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
    strmap_init(&topology->fgt_index);
    strmap_init(&topology->texts);
}

void fmg_topology_release(struct topology *topology)
{
    for (size_t i = 0; i < topology->adom_count; i++) {
        free(topology->adoms[i].fgts);
        free(topology->adoms[i].failure);
    }
    free(topology->adoms);
    free(topology->fgts);
    free(topology->memberships);
    free(topology->vdoms);
    strmap_release(&topology->adom_index);
    strmap_release(&topology->fgt_index);
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
    return strmap_bytes(&topology->adom_index) + strmap_bytes(&topology->fgt_index) +
           strmap_bytes(&topology->texts) + topology->array_bytes;
}

struct adom *fmg_topology_find_adom(const struct topology *topology, const char *name)
{
    uint32_t *at = strmap_find(&topology->adom_index, name);

    return at != NULL ? &topology->adoms[*at] : NULL;
}

struct fgt *fmg_topology_find_fgt(const struct topology *topology, const char *name)
{
    uint32_t *at = strmap_find(&topology->fgt_index, name);

    return at != NULL ? &topology->fgts[*at] : NULL;
}

struct adom *fmg_topology_adom(struct topology *topology, const char *name)
{
    struct adom *adom = fmg_topology_find_adom(topology, name);
    char scope[sizeof(SCOPE_PREFIX) + ADOM_NAME_MAX];
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

struct fgt *fmg_topology_fgt(struct topology *topology, const char *name)
{
    struct fgt *fgt = fmg_topology_find_fgt(topology, name);
    const char *kept;

    if (fgt != NULL) {
        return fgt;
    }
    ROOM(topology, fgts, fgt_count, fgt_capacity, NULL);
    kept = strmap_put(&topology->fgt_index, name, (uint32_t)topology->fgt_count, NULL, NULL);
    if (kept == NULL) {
        return NULL;
    }
    topology->fgts[topology->fgt_count] =
        (struct fgt){.name = kept, .first_adom = STRMAP_NONE, .first_vdom = STRMAP_NONE};
    return &topology->fgts[topology->fgt_count++];
}

bool fmg_fgt_has_serial(const struct fgt *fgt, const char *serial)
{
    const char *serials = fgt->serials;
    size_t size = strlen(serial);

    for (const char *at = serials != NULL && size > 0 ? strstr(serials, serial) : NULL; at != NULL;
         at = strstr(at + 1, serial)) {
        if ((at == serials || at[-1] == ' ') && (at[size] == ',' || at[size] == '\0')) {
            return true;
        }
    }
    return false;
}

void fmg_fgt_forget(struct fgt *fgt)
{
    fgt->read = fgt->gone = fgt->vdoms_damaged = false;
    fgt->first_vdom = STRMAP_NONE;
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        fgt->listed[type] = 0;
        fgt->settled[type] = false;
    }
}

struct membership *fmg_topology_membership(const struct topology *topology, const struct fgt *fgt,
                                           const struct adom *adom)
{
    uint32_t number = (uint32_t)(adom - topology->adoms);

    for (uint32_t i = fgt->first_adom; i != STRMAP_NONE; i = topology->memberships[i].next) {
        if (topology->memberships[i].adom == number) {
            return &topology->memberships[i];
        }
    }
    return NULL;
}

void fmg_topology_leave(struct topology *topology, struct fgt *fgt, struct adom *adom)
{
    uint32_t number = (uint32_t)(fgt - topology->fgts), *link = &fgt->first_adom;
    size_t kept = 0;

    while (*link != STRMAP_NONE &&
           topology->memberships[*link].adom != (uint32_t)(adom - topology->adoms)) {
        link = &topology->memberships[*link].next;
    }
    if (*link == STRMAP_NONE) {
        return;
    }
    *link = topology->memberships[*link].next;
    fgt->adom_count--;
    for (size_t i = 0; i < adom->fgt_count; i++) {
        if (adom->fgts[i] != number) {
            adom->fgts[kept++] = adom->fgts[i];
        }
    }
    adom->fgt_count = kept;
}

/*
 * Searches the shorter of both lists, because the other may be as long as the run's memory allows.
 */
static bool is_member(const struct topology *topology, const struct fgt *fgt,
                      const struct adom *adom)
{
    uint32_t number = (uint32_t)(fgt - topology->fgts);

    if (adom->fgt_count >= fgt->adom_count) {
        return fmg_topology_membership(topology, fgt, adom) != NULL;
    }
    for (size_t i = 0; i < adom->fgt_count; i++) {
        if (adom->fgts[i] == number) {
            return true;
        }
    }
    return false;
}

bool fmg_topology_join(struct topology *topology, const char *fgt_name, const char *adom_name)
{
    struct fgt *fgt = fmg_topology_fgt(topology, fgt_name);
    struct adom *adom = fgt != NULL ? fmg_topology_adom(topology, adom_name) : NULL;

    if (adom == NULL) {
        return false;
    }
    if (is_member(topology, fgt, adom)) {
        return true;
    }
    ROOM(topology, memberships, membership_count, membership_capacity, false);
    ROOM(adom, fgts, fgt_count, fgt_capacity, false);
    topology->memberships[topology->membership_count] =
        (struct membership){.adom = (uint32_t)(adom - topology->adoms), .next = fgt->first_adom};
    fgt->first_adom = (uint32_t)topology->membership_count++;
    fgt->adom_count++;
    adom->fgts[adom->fgt_count++] = (uint32_t)(fgt - topology->fgts);
    return true;
}

bool fmg_topology_add_vdom(struct topology *topology, const char *fgt_name, const char *vdom,
                           const char *adom_name)
{
    struct fgt *fgt = fmg_topology_fgt(topology, fgt_name);
    struct adom *adom = NULL;
    const char *kept = strmap_put(&topology->texts, vdom, 0, NULL, NULL); /* most are "root" */

    if (adom_name != NULL) {
        adom = fmg_topology_adom(topology, adom_name);
        if (adom == NULL) {
            return false;
        }
    }
    if (fgt == NULL || kept == NULL) {
        return false;
    }
    ROOM(topology, vdoms, vdom_count, vdom_capacity, false);
    topology->vdoms[topology->vdom_count] =
        (struct fmg_vdom){.name = kept,
                          .adom = adom != NULL ? (uint32_t)(adom - topology->adoms) : STRMAP_NONE,
                          .next = fgt->first_vdom};
    fgt->first_vdom = (uint32_t)topology->vdom_count++;
    return true;
}

bool fmg_topology_holds_fgts(const struct topology *topology, const struct adom *adom)
{
    for (size_t i = 0; i < adom->fgt_count; i++) {
        if (topology->fgts[adom->fgts[i]].is_fgt) {
            return true;
        }
    }
    return false;
}

static int compare_fgts(const void *a, const void *b, void *topology)
{
    const struct fgt *fgts = ((const struct topology *)topology)->fgts;

    return strcmp(fgts[*(const uint32_t *)a].name, fgts[*(const uint32_t *)b].name);
}

void fmg_topology_sort(struct topology *topology)
{
    for (size_t i = 0; i < topology->adom_count; i++) {
        struct adom *adom = &topology->adoms[i];

        if (adom->fgt_count > 1) {
            qsort_r(adom->fgts, adom->fgt_count, sizeof(*adom->fgts), compare_fgts, topology);
        }
    }
}

static int compare_adoms(const void *a, const void *b)
{
    return strcmp((*(const struct adom *const *)a)->name, (*(const struct adom *const *)b)->name);
}

size_t fmg_topology_adoms_of(const struct topology *topology, const struct fgt *fgt,
                             const struct adom **ret, size_t most)
{
    size_t count = 0;

    for (uint32_t i = fgt->first_adom; i != STRMAP_NONE; i = topology->memberships[i].next) {
        if (count < most) {
            ret[count] = &topology->adoms[topology->memberships[i].adom];
        }
        count++;
    }
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    qsort(ret, count < most ? count : most, sizeof(*ret), compare_adoms);
    return count;
}
