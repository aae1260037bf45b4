/*
 * simulator.c - what --deny refuses, and what stays visible.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "simulator.h"

#include <string.h>

bool simulator_denies(const struct simulator *simulator, const char *what, const char *adom)
{
    const char *entry = simulator->settings.deny;
    size_t what_size = strlen(what);

    while (*entry != '\0') {
        size_t size = strcspn(entry, ",");

        if (size >= what_size && strncmp(entry, what, what_size) == 0) {
            const char *rest = entry + what_size;
            size_t rest_size = size - what_size;

            if (rest_size == 0)
                return true;
            if (adom != NULL && rest[0] == '@' && strlen(adom) == rest_size - 1 &&
                strncmp(rest + 1, adom, rest_size - 1) == 0)
                return true;
        }
        entry += size;
        entry += *entry == ',' ? 1 : 0;
    }
    return false;
}

bool simulator_denies_adom(const struct simulator *simulator, const char *adom)
{
    return simulator_denies(simulator, "devices", adom) &&
           !simulator_denies(simulator, "devices", NULL);
}

/* A device is visible when one of its ADOMs is not denied, or when it has none. */
static bool is_visible(const struct simulator *simulator, const struct device *device)
{
    bool somewhere = false;

    for (uint32_t i = 0; i < device->vdom_count; i++) {
        const struct adom *adom = device->vdoms[i].adom;

        if (adom != NULL && !simulator_denies(simulator, "devices", adom->name))
            return true;
        somewhere = somewhere || adom != NULL;
    }
    return !somewhere;
}

static void copy_visible(const struct simulator *simulator, const struct rows *all,
                         struct rows *ret_visible)
{
    ret_visible->count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (is_visible(simulator, all->items[i]))
            rows_add(ret_visible, all->items[i]);
}

void simulator_see(struct simulator *simulator)
{
    copy_visible(simulator, &simulator->topology.devices_by_name, &simulator->visible_by_name);
    copy_visible(simulator, &simulator->topology.devices_by_oid, &simulator->visible_by_oid);
}
