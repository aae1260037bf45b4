/*
 * tables.c - the catalogues of models, and the configuration of switches and access points
 *            (sections 3.3 and 3.4).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "resource.h"

#include <string.h>

static const char *skip_maker(const struct model *model)
{
    return strchr(model->name, '-') + 1;
}

/* Section 3.3 has the names of the members; the contents of `name` are made up. */
void write_switch_models(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    (void)fgt;
    (void)vdom;
    text_open(text, '[');
    for (size_t i = 0; i < switch_model_count; i++) {
        text_open(text, '{');
        put_text(text, "name", switch_models[i].prefix);
        put_text(text, "full_name", switch_models[i].name);
        text_close(text, '}');
    }
    text_close(text, ']');
}

/* [ap-names]: "FAP-" here, "FortiAP-" everywhere else. */
void write_point_models(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    (void)fgt;
    (void)vdom;
    text_open(text, '[');
    for (size_t i = 0; i < access_point_model_count; i++) {
        const char *platform = skip_maker(&access_point_models[i]);

        text_open(text, '{');
        put_text(text, "prefix", access_point_models[i].prefix);
        text_key(text, "model");
        text_format(text, "\"FAP-%s\"", platform);
        put_text(text, "platform", platform);
        text_close(text, '}');
    }
    text_close(text, ']');
}

/* Iterates over a VDOM's managed units of one type. NULL at the end. */
static const struct unit *next_unit(const struct fgt *fgt, uint32_t vdom, bool access_points,
                                    size_t *position)
{
    const struct topology *topology = &fgt->simulator.topology;

    while (*position < topology->unit_count) {
        const struct unit *unit = &topology->units[(*position)++];

        if (unit->vdom == vdom && unit->access_point == access_points)
            return unit;
    }
    return NULL;
}

static void write_switch(const struct fgt *fgt, const struct unit *unit, struct text *text)
{
    int firmware = fgt_firmware(fgt);

    text_open(text, '{');
    put_text(text, "switch-id", unit->id);
    put_text(text, "q_origin_key", unit->id);
    if (firmware >= 70200)
        put_text(text, "sn", unit->serial);
    else
        put_text(text, "name", unit->name);
    put_text(text, "description", "");
    put_text(text, "switch-profile", "default");
    put_text(text, "fsw-wan1-peer", "fortilink");
    put_text(text, "fsw-wan1-admin", unit->reason == REASON_UNAUTHORIZED ? "discovered" : "enable");
    put_number(text, "pre-provisioned", unit->reason == REASON_PRE_PROVISIONED);
    put_text(text, "type", strstr(unit->model->name, "-VM") != NULL ? "virtual" : "physical");
    put_text(text, "owner-vdom", "");
    text_close(text, '}');
}

void write_switch_table(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    const struct unit *unit;
    size_t position = 0;

    text_open(text, '[');
    while ((unit = next_unit(fgt, vdom, false, &position)) != NULL)
        if (unit->serial[0] != '\0')
            write_switch(fgt, unit, text);
    text_close(text, ']');
}

/* Without serial and model: the id is the serial. The list has a FortiWiFi's own radio, but no
 * model of an access point from FortiManager. A configured unit that never connected is listed [its
 * os_version is empty]. */
void write_point_table(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    const struct unit *unit;
    size_t position = 0;

    text_open(text, '[');
    while ((unit = next_unit(fgt, vdom, true, &position)) != NULL) {
        if (unit->reason == REASON_PRE_PROVISIONED)
            continue;
        text_open(text, '{');
        put_text(text, "wtp-id", unit->id);
        put_text(text, "q_origin_key", unit->id);
        put_text(text, "name", unit->name);
        put_text(text, "location", "");
        put_text(text, "admin", unit->reason == REASON_UNAUTHORIZED ? "discovered" : "enable");
        put_text(text, "wtp-profile", unit->model->platform);
        put_text(text, "region", "");
        text_close(text, '}');
    }
    text_close(text, ']');
}
