/*
 * resource.h - the resources of the REST API, and their results.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIGATE_RESOURCE_H
#define FORTIGATE_RESOURCE_H

#include "fgt.h"

struct resource {
    const char *path;
    const char *group;      /* the group that the profile needs (section 5), or NULL */
    const char *fields;     /* for format=: "a|b|c"; NULL: those of the table of rows */
    const char *parameters; /* besides vdom, global and format: "a|b|c" */
    bool rows;              /* rows of switches or access points, with the columns of fortios.h */
    bool of_vdoms;          /* differs between VDOMs; otherwise all return the same */
    bool revision;          /* section 2: some envelopes have it */
    int since;              /* the first FortiOS with it; 0: all */
    void (*write)(const struct fgt *fgt, uint32_t vdom, struct text *text);
};

/* NULL for an unknown path. */
const struct resource *resource_find(const char *path);

/* Write the results, an object or a list (system.c, cluster.c, fabric.c, tables.c). */
void write_status(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_state(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_firmware(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_system_global(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_ha_peer(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_ha_statistics(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_ha_checksums(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_system_ha(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_fabric(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_switch_models(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_point_models(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_switch_table(const struct fgt *fgt, uint32_t vdom, struct text *text);
void write_point_table(const struct fgt *fgt, uint32_t vdom, struct text *text);

/* True when the Security Fabric is off and the release therefore answers 500 (section 3.5). */
bool fabric_fails(const struct fgt *fgt);

/* Write a member of an object. */
static inline void put_text(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
}

static inline void put_number(struct text *text, const char *key, int64_t value)
{
    text_key(text, key);
    text_integer(text, value);
}

static inline void put_flag(struct text *text, const char *key, bool value)
{
    text_key(text, key);
    text_boolean(text, value);
}

static inline void put_json(struct text *text, const char *key, const char *json)
{
    text_key(text, key);
    text_literal(text, json);
}

#endif
