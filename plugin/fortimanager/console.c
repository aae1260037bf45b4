/*
 * console.c - what to enter on a FortiManager for a user that may read all that is imported.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Names of the profile's rights: fmgr_system_admin_profile (Ansible collection); the user and its
 * key: how-to-fortimanager-api, 001.
 */
#include "console.h"

#include <string.h>

/* Only an address is filled in as one. */
static void put_trusted_host(const char *address, struct buffer *out)
{
    int version = address != NULL ? address_literal(address) : 0;

    if (version == 6) {
        buffer_printf(out, "        set ipv6_trusthost1 %s/128\n", address);
    } else {
        buffer_printf(out, "        set trusthost1 %s/32\n",
                      version == 4 ? address : "HECTORS-ADDRESS");
    }
}

/* A name that needs no quoting but quotes. */
static const char *user_of(const struct settings *settings)
{
    const char *name = settings->username;

    return name != NULL && name[strcspn(name, "\"\\?")] == '\0' ? name : "api_hector";
}

void console_lines(const struct settings *settings, struct buffer *out)
{
    bool key = settings->username == NULL;

    buffer_append_text(out, "config system admin profile\n"
                            "    edit \"Hector_Read\"\n"
                            "        set device-manager read\n"
                            "        set device-ap read\n"
                            "        set device-fortiswitch read\n"
                            "    next\n"
                            "end\n"
                            "config system admin user\n");
    buffer_printf(out, "    edit \"%s\"\n", user_of(settings));
    buffer_append_text(out, key ? "        set user_type api\n" : "");
    buffer_append_text(out, "        set profileid \"Hector_Read\"\n"
                            "        set rpc-permit read\n");
    put_trusted_host(settings->egress_address, out);
    buffer_append_text(out, "    next\n"
                            "end");
    buffer_append_text(out, key ? "\nexecute api-user generate-key api_hector" : "");
}
