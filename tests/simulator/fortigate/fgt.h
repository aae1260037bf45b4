/*
 * fgt.h - the simulated FortiGate: its options and its state.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sections and samples in this folder refer to the reference on FortiGate.
 */
#ifndef FORTIGATE_FGT_H
#define FORTIGATE_FGT_H

#include "simulator.h"
#include "text.h"

/* The answers of a profile that lacks a group (section 1): it is not recorded which release gives
 * which. */
enum refusal { REFUSAL_JSON, REFUSAL_HTML, REFUSAL_TRIMMED };

/* Options that the FortiManager simulator lacks. */
struct fgt_options {
    int os_ver;
    int mr;
    int patch;
    int build;
    const char *model; /* "FortiGate-60F"; NULL: any */
    uint32_t vdoms;
    uint32_t members; /* 1: no cluster */
    uint32_t fabric;  /* FortiGates below this one */
    const char *token;
    const char *token_vdoms;  /* comma separated; "": all */
    const char *trusted_host; /* NULL: any */
    enum refusal refusal;
    bool no_switch_controller;
};

struct fgt {
    struct simulator simulator; /* first: the server passes a pointer to it */
    struct fgt_options options;
    const struct device *device; /* devices[0] of the topology, followed by those of the fabric */
};

/* Grows the topology. Returns -1 after a message about contradictory options. */
int fgt_grow(struct fgt *fgt);

/* The FortiOS version as major * 10000 + minor * 100 + patch. */
int fgt_firmware(const struct fgt *fgt);

/* True when the token's administrator has that VDOM; the first VDOM that it has. */
bool fgt_may_see(const struct fgt *fgt, uint32_t vdom);
uint32_t fgt_first_vdom(const struct fgt *fgt);

/* True when the profile lacks a group: "secfabgrp", "sysgrp", "wifi", "netgrp". NULL needs none. */
bool fgt_denies(const struct fgt *fgt, const char *group);

/* True with --no-switch-controller, for a switch. */
bool fgt_hides(const struct fgt *fgt, const struct unit *unit);

/* The position of a FortiGate in the fabric: the serials from the root down, separated by colons.
 * The caller frees it. */
char *fgt_fabric_path(const struct fgt *fgt, size_t device);

/* "FortiGate" and "60F" of "FortiGate-60F". */
void fgt_split_model(const struct device *device, char ret_name[32], char ret_number[32]);

#endif
