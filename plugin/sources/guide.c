/*
 * guide.c - what the guides of all systems share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "guide.h"

#include "net/address.h"

struct guide_host guide_host(const char *address)
{
    int family = address != NULL ? address_literal(address) : 0;

    return family != 0 ? (struct guide_host){address, family}
                       : (struct guide_host){GUIDE_ADDRESS, 4};
}
