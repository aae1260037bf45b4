/*
 * topology.c - the ADOMs and FortiGates of one run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "topology.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

void fmg_topology_release(struct topology *topology)
{
    for (size_t i = 0; i < topology->adoms.count; i++) {
        free(topology->adoms.items[i].fgts.items);
    }
    free(topology->adoms.items);
    free(topology->fgts.items);
    free(topology->memberships.items);
    free(topology->vdoms.items);
    strmap_release(&topology->adom_index);
    strmap_release(&topology->fgt_index);
    strmap_release(&topology->texts);
}

static uint32_t adom_number(const struct topology *topology, const struct adom *adom)
{
    return adom != NULL ? (uint32_t)(adom - topology->adoms.items) : STRMAP_NONE;
}

size_t fmg_topology_bytes(const struct topology *topology)
{
    return strmap_bytes(&topology->adom_index) + strmap_bytes(&topology->fgt_index) +
           strmap_bytes(&topology->texts) + topology->adom_bytes +
           topology->adoms.capacity * sizeof(struct adom) +
           topology->fgts.capacity * sizeof(struct fgt) +
           topology->memberships.capacity * sizeof(struct membership) +
           topology->vdoms.capacity * sizeof(struct fmg_vdom);
}

struct adom *fmg_topology_find_adom(const struct topology *topology, const char *name)
{
    uint32_t *at = name != NULL ? strmap_find(&topology->adom_index, name) : NULL;

    return at != NULL ? &topology->adoms.items[*at] : NULL;
}

struct fgt *fmg_topology_find_fgt(const struct topology *topology, const char *name)
{
    uint32_t *at = name != NULL ? strmap_find(&topology->fgt_index, name) : NULL;

    return at != NULL ? &topology->fgts.items[*at] : NULL;
}

struct adom *fmg_topology_adom(struct topology *topology, const char *name)
{
    struct adom *adom = fmg_topology_find_adom(topology, name), added = {0};
    char scope[sizeof(SCOPE_PREFIX) + ADOM_NAME_MAX];

    if (adom != NULL) {
        return adom;
    }
    (void)snprintf(scope, sizeof(scope), SCOPE_PREFIX "%s", name);
    if (!adom_list_reserve(&topology->adoms) ||
        (added.scope = strmap_keep(&topology->texts, scope)) == NULL ||
        (added.name = strmap_put(&topology->adom_index, name, (uint32_t)topology->adoms.count, NULL,
                                 NULL)) == NULL) {
        return NULL;
    }
    topology->adoms.items[topology->adoms.count] = added;
    return &topology->adoms.items[topology->adoms.count++];
}

struct fgt *fmg_topology_fgt(struct topology *topology, const char *name)
{
    struct fgt *fgt = fmg_topology_find_fgt(topology, name);
    struct fgt added = {.first_adom = STRMAP_NONE, .first_vdom = STRMAP_NONE};

    if (fgt != NULL) {
        return fgt;
    }
    if (!fgt_list_reserve(&topology->fgts) ||
        (added.name = strmap_put(&topology->fgt_index, name, (uint32_t)topology->fgts.count, NULL,
                                 NULL)) == NULL) {
        return NULL;
    }
    topology->fgts.items[topology->fgts.count] = added;
    return &topology->fgts.items[topology->fgts.count++];
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
    memset(fgt->listed, 0, sizeof(fgt->listed));
    memset(fgt->settled, 0, sizeof(fgt->settled));
}

struct membership *fmg_topology_membership(const struct topology *topology, const struct fgt *fgt,
                                           const struct adom *adom)
{
    uint32_t i = fgt->first_adom;

    while (i != STRMAP_NONE && topology->memberships.items[i].adom != adom_number(topology, adom)) {
        i = topology->memberships.items[i].next;
    }
    return i != STRMAP_NONE ? &topology->memberships.items[i] : NULL;
}

void fmg_topology_leave(struct topology *topology, struct fgt *fgt, struct adom *adom)
{
    uint32_t number = (uint32_t)(fgt - topology->fgts.items), *link = &fgt->first_adom;
    size_t kept = 0;

    while (*link != STRMAP_NONE &&
           topology->memberships.items[*link].adom != adom_number(topology, adom)) {
        link = &topology->memberships.items[*link].next;
    }
    if (*link == STRMAP_NONE) {
        return;
    }
    *link = topology->memberships.items[*link].next;
    fgt->adom_count--;
    for (size_t i = 0; i < adom->fgts.count; i++) {
        if (adom->fgts.items[i] != number) {
            adom->fgts.items[kept++] = adom->fgts.items[i];
        }
    }
    adom->fgts.count = kept;
}

/*
 * Searches the shorter of both lists, because the other may be as long as the run's memory allows.
 */
static bool is_member(const struct topology *topology, const struct fgt *fgt,
                      const struct adom *adom)
{
    uint32_t number = (uint32_t)(fgt - topology->fgts.items);

    if (adom->fgts.count >= fgt->adom_count) {
        return fmg_topology_membership(topology, fgt, adom) != NULL;
    }
    for (size_t i = 0; i < adom->fgts.count; i++) {
        if (adom->fgts.items[i] == number) {
            return true;
        }
    }
    return false;
}

bool fmg_topology_join(struct topology *topology, const char *fgt_name, const char *adom_name)
{
    struct fgt *fgt = fmg_topology_fgt(topology, fgt_name);
    struct adom *adom = fgt != NULL ? fmg_topology_adom(topology, adom_name) : NULL;

    if (adom == NULL || is_member(topology, fgt, adom)) {
        return adom != NULL;
    }
    size_t before = adom->fgts.capacity;
    if (!membership_list_reserve(&topology->memberships) ||
        !fgt_numbers_add(&adom->fgts, (uint32_t)(fgt - topology->fgts.items))) {
        return false;
    }
    topology->adom_bytes += (adom->fgts.capacity - before) * sizeof(*adom->fgts.items);
    topology->memberships.items[topology->memberships.count] =
        (struct membership){.adom = adom_number(topology, adom), .next = fgt->first_adom};
    fgt->first_adom = (uint32_t)topology->memberships.count++;
    fgt->adom_count++;
    return true;
}

bool fmg_topology_add_vdom(struct topology *topology, const char *fgt_name, const char *vdom,
                           const char *adom_name)
{
    struct fgt *fgt = fmg_topology_fgt(topology, fgt_name);
    const char *kept = strmap_put(&topology->texts, vdom, 0, NULL, NULL); /* most are "root" */
    struct adom *adom = adom_name != NULL ? fmg_topology_adom(topology, adom_name) : NULL;

    if (fgt == NULL || kept == NULL || (adom_name != NULL && adom == NULL) ||
        !vdom_list_add(&topology->vdoms,
                       (struct fmg_vdom){kept, adom_number(topology, adom), fgt->first_vdom})) {
        return false;
    }
    fgt->first_vdom = (uint32_t)topology->vdoms.count - 1;
    return true;
}

struct vdom_cursor fmg_vdoms_of(const struct topology *topology, const struct fgt *fgt,
                                uint32_t adom)
{
    return (struct vdom_cursor){topology, adom, fgt->first_vdom, fgt->first_vdom == STRMAP_NONE};
}

const char *fmg_vdom_next(struct vdom_cursor *cursor)
{
    while (cursor->next != STRMAP_NONE) {
        const struct fmg_vdom *vdom = &cursor->topology->vdoms.items[cursor->next];

        cursor->next = vdom->next;
        if (vdom->adom == STRMAP_NONE || vdom->adom == cursor->adom) {
            return vdom->name;
        }
    }
    if (cursor->none) {
        cursor->none = false;
        return "root";
    }
    return NULL;
}

bool fmg_topology_holds_fgts(const struct topology *topology, const struct adom *adom)
{
    for (size_t i = 0; i < adom->fgts.count; i++) {
        if (topology->fgts.items[adom->fgts.items[i]].is_fgt) {
            return true;
        }
    }
    return false;
}

static int compare_fgts(const void *a, const void *b, void *topology)
{
    const struct fgt *fgts = ((const struct topology *)topology)->fgts.items;

    return strcmp(fgts[*(const uint32_t *)a].name, fgts[*(const uint32_t *)b].name);
}

void fmg_topology_sort(struct topology *topology)
{
    for (size_t i = 0; i < topology->adoms.count; i++) {
        struct adom *adom = &topology->adoms.items[i];

        if (adom->fgts.count > 1) {
            qsort_r(adom->fgts.items, adom->fgts.count, sizeof(*adom->fgts.items), compare_fgts,
                    topology);
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

    for (uint32_t i = fgt != NULL ? fgt->first_adom : STRMAP_NONE; i != STRMAP_NONE && count < most;
         i = topology->memberships.items[i].next) {
        ret[count++] = &topology->adoms.items[topology->memberships.items[i].adom];
    }
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    qsort(ret, count, sizeof(*ret), compare_adoms);
    return count;
}
