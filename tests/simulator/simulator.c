/*
 * simulator.c - what --deny refuses.
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
