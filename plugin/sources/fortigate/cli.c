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
#include <string.h>

#include "base/utf8.h"
#include "run.h"

#define USER    "api_hector"
#define PROFILE "hector_read"

/* A CLI snippet; `depth` is that of the current block. */
struct cli {
    struct buffer *out;
    int depth;
};

/* Appends a line, indented by the blocks that the lines before it have opened. */
static void put(struct cli *cli, const char *line)
{
    bool opens = strncmp(line, "config ", 7) == 0 || strncmp(line, "edit ", 5) == 0;
    bool closes = strcmp(line, "next") == 0 || strcmp(line, "end") == 0;

    cli->depth -= closes ? 1 : 0;
    buffer_printf(cli->out, "%s%*s%s", cli->out->size > 0 ? "\n" : "", 4 * cli->depth, "", line);
    cli->depth += opens ? 1 : 0;
}

/* Appends lines up to NULL. */
static void put_all(struct cli *cli, const char *const *lines)
{
    for (; *lines != NULL; lines++) {
        put(cli, *lines);
    }
}

/* `run` NULL = the VDOMs are not known: writes "root". */
static void put_vdoms(struct cli *cli, const struct fgt_run *run)
{
    size_t count = run != NULL ? run->vdoms.count : 0;
    char name[NAME_MAX_BYTES + 1];

    put(cli, "set vdom");
    for (size_t i = 0; i < count; i++) {
        secrets_hide(&run->operation->secrets, run->vdoms.items[i].name, name, sizeof(name));
        /* The CLI accepts the text between double quotes; a VDOM name comes from outside. */
        if (utf8_is_ascii(name, strlen(name)) && utf8_is_printable(name, strlen(name)) &&
            strpbrk(name, "\"\\?") == NULL) {
            buffer_printf(cli->out, " \"%s\"", name);
        }
    }
    buffer_append_text(cli->out, count == 0 ? " \"root\"" : "");
}

void fgt_cli_lines(const struct fgt_run *run, struct source_host host, struct buffer *out)
{
    struct cli cli = {out, 0};
    bool global = run != NULL && run->multi_vdom;
    char trusted[128];

    (void)snprintf(trusted, sizeof(trusted),
                   host.family == 6 ? "set ipv6-trusthost %s/128"
                                    : "set ipv4-trusthost %s 255.255.255.255",
                   host.address);
    if (global) {
        put(&cli, "config global");
    }
    put_all(&cli, ARGUMENTS("config system accprofile", "edit \"" PROFILE "\""));
    if (global) {
        put(&cli, "set scope global");
    }
    put_all(&cli, ARGUMENTS("set secfabgrp read", "set wifi read", "set sysgrp custom",
                            "config sysgrp-permission", "set cfg read", "end", "next", "end",
                            "config system api-user"));
    put(&cli, "edit \"" USER "\"");
    put(&cli, "set accprofile \"" PROFILE "\"");
    put_vdoms(&cli, run);
    put_all(&cli, ARGUMENTS("config trusthost", "edit 1"));
    if (host.family == 6) {
        put(&cli, "set type ipv6-trusthost");
    }
    put_all(&cli, ARGUMENTS(trusted, "next", "end", "next", "end"));
    put(&cli, "execute api-user generate-key " USER);
    if (global) {
        put(&cli, "end");
    }
}

static void put_token(struct source_host host, struct buffer *out)
{
    fgt_cli_lines(NULL, host, out);
}

static const enum message_id TOKEN_STEPS[] = {
    LABEL_guide_gate_login,    LABEL_guide_gate_profile, LABEL_guide_gate_new_api_user,
    LABEL_guide_gate_api_user, LABEL_guide_copy_token,   LABEL_guide_gate_vdoms,
};

const struct guide fgt_guide = {"fortigate", "token", LABEL_guide_gate_label,
                                GUIDE_STEPS(TOKEN_STEPS), .cli = put_token};
