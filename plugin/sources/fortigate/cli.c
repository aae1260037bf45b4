/*
 * cli.c - guide and CLI snippet to create a credential that may read all of a FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Access groups of the profile: secfabgrp for the Security Fabric and the cluster members, wifi for
 * switches and access points, sysgrp's cfg for the cluster [access_group of the published schema;
 * fortigate_exporter]. A unit without VDOMs refuses a profile of scope global.
 */
#include "cli.h"

#include <stdio.h>

#include "run.h"

#define USER    "api_hector"
#define PROFILE "hector_read"

/* A CLI snippet; `depth` is that of the current block. */
struct cli {
    struct buffer *out;
    int depth;
};

static void put(struct cli *cli, const char *line)
{
    buffer_printf(cli->out, "%s%*s%s", cli->out->size > 0 ? "\n" : "", 4 * cli->depth, "", line);
}

static void open_block(struct cli *cli, const char *line)
{
    put(cli, line);
    cli->depth++;
}

static void close_block(struct cli *cli, const char *line)
{
    cli->depth--;
    put(cli, line);
}

static void put_trusted_host(struct cli *cli, struct guide_host host)
{
    char line[128];

    open_block(cli, "config trusthost");
    open_block(cli, "edit 1");
    if (host.family == 6) {
        put(cli, "set type ipv6-trusthost");
    }
    (void)snprintf(line, sizeof(line),
                   host.family == 6 ? "set ipv6-trusthost %s/128"
                                    : "set ipv4-trusthost %s 255.255.255.255",
                   host.address);
    put(cli, line);
    close_block(cli, "next");
    close_block(cli, "end");
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
static void put_vdoms(struct cli *cli, const struct fgt_run *run)
{
    size_t count = run != NULL ? run->vdoms.count : 0;
    char name[NAME_MAX_BYTES + 1];

    put(cli, "set vdom");
    for (size_t i = 0; i < count; i++) {
        secrets_hide(&run->operation->secrets, run->vdoms.items[i].name, name, sizeof(name));
        if (is_plain(name)) {
            buffer_printf(cli->out, " \"%s\"", name);
        }
    }
    buffer_append_text(cli->out, count == 0 ? " \"root\"" : "");
}

static void put_profile(struct cli *cli, bool global)
{
    open_block(cli, "config system accprofile");
    open_block(cli, "edit \"" PROFILE "\"");
    if (global) {
        put(cli, "set scope global");
    }
    put(cli, "set secfabgrp read");
    put(cli, "set wifi read");
    put(cli, "set sysgrp custom");
    open_block(cli, "config sysgrp-permission");
    put(cli, "set cfg read");
    close_block(cli, "end");
    close_block(cli, "next");
    close_block(cli, "end");
}

void fgt_cli_lines(const struct fgt_run *run, struct guide_host host, struct buffer *out)
{
    struct cli cli = {out, 0};
    bool global = run != NULL && run->multi_vdom;

    if (global) {
        open_block(&cli, "config global");
    }
    put_profile(&cli, global);
    open_block(&cli, "config system api-user");
    open_block(&cli, "edit \"" USER "\"");
    put(&cli, "set accprofile \"" PROFILE "\"");
    put_vdoms(&cli, run);
    put_trusted_host(&cli, host);
    close_block(&cli, "next");
    close_block(&cli, "end");
    put(&cli, "execute api-user generate-key " USER);
    if (global) {
        close_block(&cli, "end");
    }
}

static void put_token(struct guide_host host, struct buffer *out)
{
    fgt_cli_lines(NULL, host, out);
}

static const enum message_id TOKEN_STEPS[] = {
    LABEL_guide_gate_login,    LABEL_guide_gate_profile, LABEL_guide_gate_new_api_user,
    LABEL_guide_gate_api_user, LABEL_guide_copy_token,   LABEL_guide_gate_vdoms,
};

const struct guide fgt_guide = {"fortigate", "token", LABEL_guide_gate_label,
                                GUIDE_STEPS(TOKEN_STEPS), .cli = put_token};
