/*
 * guide.c - how a person makes a credential: what the guides of all systems share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "guide.h"

#include "address.h"

int guide_address(const char **address)
{
    int family = *address != NULL ? address_literal(*address) : 0;

    if (family == 0) {
        *address = GUIDE_ADDRESS;
        return 4;
    }
    return family;
}
