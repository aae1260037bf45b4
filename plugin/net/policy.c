/*
 * policy.c - how to connect to one origin: what to trust, and what to refuse.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "policy.h"

#include <string.h>

bool policy_pin_valid(const char *pin)
{
    static const char PREFIX[] = "sha256//";
    static const char BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    if (strncmp(pin, PREFIX, sizeof(PREFIX) - 1) != 0) {
        return false;
    }
    pin += sizeof(PREFIX) - 1;
    return strspn(pin, BASE64) == 43 && strcmp(pin + 43, "=") == 0;
}
