/*
 * console.c - guide and CLI snippet to create a credential that may read all of a FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Access groups of the profile: secfabgrp for the Security Fabric and the cluster members, wifi for
 * switches and access points, sysgrp's cfg for the cluster [access_group of the published schema;
 * fortigate_exporter]. A unit without VDOMs refuses a profile of scope global.
 */
#include "console.h"

#include <stdio.h>

#include "gate.h"

#define USER    "api_hector"
#define PROFILE "hector_read"

/* A CLI snippet; `depth` is that of the current block. */
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

static void put_trusted_host(struct console *console, struct guide_host host)
{
    char line[128];

    open_block(console, "config trusthost");
    open_block(console, "edit 1");
    if (host.family == 6) {
        put(console, "set type ipv6-trusthost");
    }
    (void)snprintf(line, sizeof(line),
                   host.family == 6 ? "set ipv6-trusthost %s/128"
                                    : "set ipv4-trusthost %s 255.255.255.255",
                   host.address);
    put(console, line);
    close_block(console, "next");
    close_block(console, "end");
}

/* True if the CLI accepts the text between double quotes; a VDOM name comes from outside. */
static bool is_plain(const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name < ' ' || *name > '~' || *name == '"' || *name == '\\' || *name == '?') {
            return false;
        }
    }
    return true;
}

/* `run` NULL = the VDOMs are not known: writes "root". */
static void put_vdoms(struct console *console, const struct gate_run *run)
{
    size_t count = run != NULL ? run->vdom_count : 0;
    char name[NAME_MAX_BYTES + 1];

    put(console, "set vdom");
    for (size_t i = 0; i < count; i++) {
        secrets_hide(&run->call->operation->secrets, run->vdoms[i].name, name, sizeof(name));
        if (is_plain(name)) {
            buffer_printf(console->out, " \"%s\"", name);
        }
    }
    buffer_append_text(console->out, count == 0 ? " \"root\"" : "");
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

void fgt_console_lines(const struct gate_run *run, struct guide_host host, struct buffer *out)
{
    struct console console = {out, 0};
    bool global = run != NULL && run->multi_vdom;

    if (global) {
        open_block(&console, "config global");
    }
    put_profile(&console, global);
    open_block(&console, "config system api-user");
    open_block(&console, "edit \"" USER "\"");
    put(&console, "set accprofile \"" PROFILE "\"");
    put_vdoms(&console, run);
    put_trusted_host(&console, host);
    close_block(&console, "next");
    close_block(&console, "end");
    put(&console, "execute api-user generate-key " USER);
    if (global) {
        close_block(&console, "end");
    }
}

static void put_token(struct guide_host host, struct buffer *out)
{
    fgt_console_lines(NULL, host, out);
}

static const enum text_id TOKEN_STEPS[] = {
    TEXT_guide_gate_login,    TEXT_guide_gate_profile, TEXT_guide_gate_new_api_user,
    TEXT_guide_gate_api_user, TEXT_guide_copy_token,   TEXT_guide_gate_vdoms,
};

const struct guide fgt_guide = {"fortigate", "token", TEXT_guide_gate_label,
                                GUIDE_STEPS(TOKEN_STEPS), .cli = put_token};
