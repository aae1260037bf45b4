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

/* Appends lines up to NULL, each with `indent` before it. */
static void put(struct buffer *out, const char *indent, const char *const *lines)
{
    for (; *lines != NULL; lines++) {
        buffer_printf(out, "%s%s%s", out->size > 0 ? "\n" : "", indent, *lines);
    }
}

/* `run` NULL = the VDOMs are not known: appends "root". */
static void put_vdoms(const struct fgt_run *run, struct buffer *out)
{
    size_t count = run != NULL ? run->vdoms.count : 0;
    char name[NAME_MAX_BYTES + 1];

    for (size_t i = 0; i < count; i++) {
        secrets_hide(&run->operation->secrets, run->vdoms.items[i].name, name, sizeof(name));
        /* The CLI accepts the text between double quotes; a VDOM name comes from outside. */
        if (utf8_is_ascii(name, strlen(name)) && utf8_is_printable(name, strlen(name)) &&
            strpbrk(name, "\"\\?") == NULL) {
            buffer_printf(out, " \"%s\"", name);
        }
    }
    buffer_append_text(out, count == 0 ? " \"root\"" : "");
}

void fgt_cli_lines(const struct fgt_run *run, struct source_host host, struct buffer *out)
{
    bool global = run != NULL && run->multi_vdom;
    const char *indent = global ? "    " : "";
    char trusted[128];

    (void)snprintf(trusted, sizeof(trusted),
                   host.family == 6 ? "                set ipv6-trusthost %s/128"
                                    : "                set ipv4-trusthost %s 255.255.255.255",
                   host.address);
    put(out, "", ARGUMENTS(global ? "config global" : NULL));
    put(out, indent,
        ARGUMENTS("config system accprofile", "    edit \"hector_read\"",
                  global ? "        set scope global" : NULL));
    put(out, indent,
        ARGUMENTS("        set secfabgrp read", "        set wifi read",
                  "        set sysgrp custom", "        config sysgrp-permission",
                  "            set cfg read", "        end", "    next", "end",
                  "config system api-user", "    edit \"api_hector\"",
                  "        set accprofile \"hector_read\"", "        set vdom"));
    put_vdoms(run, out);
    put(out, indent,
        ARGUMENTS("        config trusthost", "            edit 1",
                  host.family == 6 ? "                set type ipv6-trusthost" : NULL));
    put(out, indent,
        ARGUMENTS(trusted, "            next", "        end", "    next", "end",
                  "execute api-user generate-key api_hector"));
    put(out, "", ARGUMENTS(global ? "end" : NULL));
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
