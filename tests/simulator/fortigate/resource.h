/*
 * resource.h - what can be asked for, and what each of it answers.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIGATE_RESOURCE_H
#define FORTIGATE_RESOURCE_H

#include "gate.h"

struct resource {
    const char *path;
    const char *group;      /* that the profile needs (section 5), or NULL */
    const char *fields;     /* that format= may choose: "a|b|c"; NULL: those of the table of rows */
    const char *parameters; /* beyond vdom, global and format: "a|b|c" */
    bool rows;              /* of switches or access points: the columns are those of fortios.h */
    bool of_vdoms;          /* each VDOM has its own; else all say the same */
    bool revision;          /* section 2: sometimes in the envelope */
    int since;              /* FortiOS; 0: all */
    void (*write)(const struct gate *gate, uint32_t vdom, struct text *text);
};

/* NULL when there is none of that path. */
const struct resource *resource_find(const char *path);

/* The results: an object or a list (system.c, cluster.c, fabric.c, tables.c). */
void write_status(const struct gate *gate, uint32_t vdom, struct text *text);
void write_state(const struct gate *gate, uint32_t vdom, struct text *text);
void write_firmware(const struct gate *gate, uint32_t vdom, struct text *text);
void write_system_global(const struct gate *gate, uint32_t vdom, struct text *text);
void write_ha_peer(const struct gate *gate, uint32_t vdom, struct text *text);
void write_ha_statistics(const struct gate *gate, uint32_t vdom, struct text *text);
void write_ha_checksums(const struct gate *gate, uint32_t vdom, struct text *text);
void write_system_ha(const struct gate *gate, uint32_t vdom, struct text *text);
void write_fabric(const struct gate *gate, uint32_t vdom, struct text *text);
void write_switch_models(const struct gate *gate, uint32_t vdom, struct text *text);
void write_point_models(const struct gate *gate, uint32_t vdom, struct text *text);
void write_switch_table(const struct gate *gate, uint32_t vdom, struct text *text);
void write_point_table(const struct gate *gate, uint32_t vdom, struct text *text);

/* True where the Security Fabric is off and the release answers 500 because of it (section 3.5). */
bool fabric_fails(const struct gate *gate);

/* A member of an object. */
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
