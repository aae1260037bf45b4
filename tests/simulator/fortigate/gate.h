/*
 * gate.h - the simulated FortiGate: what it was told, and what it knows.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sections and samples named in this folder are those of the reference on FortiGate.
 */
#ifndef FORTIGATE_GATE_H
#define FORTIGATE_GATE_H

#include "simulator.h"
#include "text.h"

/* How a profile that lacks a group shows (section 1): which release does which is not recorded. */
enum refusal { REFUSAL_JSON, REFUSAL_HTML, REFUSAL_TRIMMED };

/* What the FortiManager simulator has no option for. */
struct gate_options {
    int os_ver;
    int mr;
    int patch;
    int build;
    const char *model; /* "FortiGate-60F"; NULL: any */
    uint32_t vdoms;
    uint32_t members; /* 1: no cluster */
    uint32_t fabric;  /* gates below this one */
    const char *token;
    const char *token_vdoms;  /* comma separated; "": all */
    const char *trusted_host; /* NULL: any */
    enum refusal refusal;
    bool no_switch_controller;
};

struct gate {
    struct simulator simulator; /* first: the server hands it over */
    struct gate_options options;
    const struct device *device; /* devices[0] of the topology; those of the fabric follow */
};

/* Grows the topology. -1 after a message about options that do not fit together. */
int gate_grow(struct gate *gate);

/* The FortiOS as major * 10000 + minor * 100 + patch. */
int gate_firmware(const struct gate *gate);

/* True when the token's administrator has that VDOM; the first of those it has. */
bool gate_may_see(const struct gate *gate, uint32_t vdom);
uint32_t gate_first_vdom(const struct gate *gate);

/* True when the profile lacks a group: "secfabgrp", "sysgrp", "wifi", "netgrp". NULL is none. */
bool gate_denies(const struct gate *gate, const char *group);

/* True with --no-switch-controller, and the edge is a switch. */
bool gate_hides(const struct gate *gate, const struct edge *edge);

/* Where a gate stands in the tree of the fabric: the serials from the root on, with colons. */
char *gate_fabric_path(const struct gate *gate, size_t device);

/* "FortiGate" and "60F" of "FortiGate-60F". */
void gate_split_model(const struct device *device, char ret_name[32], char ret_number[32]);

#endif
