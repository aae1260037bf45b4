/*
 * console.c - what to enter on a FortiGate for a user that may read all that is imported.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Groups of the profile: secfabgrp for the Security Fabric and the members of a cluster, wifi for
 * switches and access points, sysgrp's cfg for the cluster [access_group of the published schema;
 * fortigate_exporter]. A profile of scope global is refused by a unit without VDOMs.
 */
#include <stdio.h>

#include "gate.h"

#define USER    "api_hector"
#define PROFILE "hector_read"

/* Lines, each at its depth. */
struct console {
    struct buffer *out;
    int depth;
};

static void put(struct console *console, const char *line)
{
    buffer_printf(console->out, "%s%*s%s", console->out->size > 0 ? "\n" : "", 4 * console->depth,
                  "", line);
}

static void open_block(struct console *console, const char *line)
{
    put(console, line);
    console->depth++;
}

static void close_block(struct console *console, const char *line)
{
    console->depth--;
    put(console, line);
}

/* Hector's address may be unknown, or be none. */
static void put_trusted_host(struct console *console, const char *address)
{
    int version = address != NULL ? address_literal(address) : 0;
    char line[128];

    open_block(console, "config trusthost");
    open_block(console, "edit 1");
    if (version == 6) {
        put(console, "set type ipv6-trusthost");
        (void)snprintf(line, sizeof(line), "set ipv6-trusthost %s/128", address);
    } else {
        (void)snprintf(line, sizeof(line), "set ipv4-trusthost %s 255.255.255.255",
                       version == 4 ? address : "HECTORS-ADDRESS");
    }
    put(console, line);
    close_block(console, "next");
    close_block(console, "end");
}

/* What a console takes between double quotes; a VDOM's name comes from outside. */
static bool is_plain(const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name < ' ' || *name > '~' || *name == '"' || *name == '\\' || *name == '?') {
            return false;
        }
    }
    return true;
}

static void put_vdoms(struct console *console, const struct gate_run *run)
{
    char name[NAME_MAX_BYTES + 1];

    put(console, "set vdom");
    for (size_t i = 0; i < run->vdom_count; i++) {
        secrets_hide(&run->call->operation->secrets, run->vdoms[i].name, name, sizeof(name));
        if (is_plain(name)) {
            buffer_printf(console->out, " \"%s\"", name);
        }
    }
    buffer_append_text(console->out, run->vdom_count == 0 ? " \"root\"" : "");
}

static void put_profile(struct console *console, bool global)
{
    open_block(console, "config system accprofile");
    open_block(console, "edit \"" PROFILE "\"");
    if (global) {
        put(console, "set scope global");
    }
    put(console, "set secfabgrp read");
    put(console, "set wifi read");
    put(console, "set sysgrp custom");
    open_block(console, "config sysgrp-permission");
    put(console, "set cfg read");
    close_block(console, "end");
    close_block(console, "next");
    close_block(console, "end");
}

void gate_console_lines(const struct gate_run *run, struct buffer *out)
{
    struct console console = {out, 0};

    if (run->multi_vdom) {
        open_block(&console, "config global");
    }
    put_profile(&console, run->multi_vdom);
    open_block(&console, "config system api-user");
    open_block(&console, "edit \"" USER "\"");
    put(&console, "set accprofile \"" PROFILE "\"");
    put_vdoms(&console, run);
    put_trusted_host(&console, run->call->settings->egress_address);
    close_block(&console, "next");
    close_block(&console, "end");
    put(&console, "execute api-user generate-key " USER);
    if (run->multi_vdom) {
        close_block(&console, "end");
    }
}
