/*
 * device_scene.c - one row of the device table with its settings, and one of its units.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_scene.h"

#include <inttypes.h>
#include <stdio.h>

#include <CUnit/CUnit.h>

void scene_begin_with(struct device_scene *scene, const char *settings, const char *json)
{
    host_begin(&scene->host);
    host_settings(&scene->host, settings);
    scene->json = json_tokener_parse(json);
    CU_ASSERT_PTR_NOT_NULL(scene->json);
    device_row_read(scene->json, &scene->host.settings, &scene->row);
}

void scene_begin(struct device_scene *scene, const char *json)
{
    scene_begin_with(scene, ONLY_DEFAULTS, json);
}

void scene_end(struct device_scene *scene)
{
    json_object_put(scene->json);
    host_end(&scene->host);
}

const char *scene_unit(struct device_scene *scene, size_t i)
{
    return device_row_unit(&scene->row, i, &scene->host.settings, &scene->unit);
}

const char *scene_value(struct device_scene *scene, enum attribute attribute)
{
    const struct value *value = &scene->unit.values[attribute];

    switch (value->kind) {
    case VALUE_NONE: return "-";
    case VALUE_TEXT: return value->text;
    case VALUE_BOOLEAN: return value->number != 0 ? "true" : "false";
    default: break;
    }
    (void)snprintf(scene->number, sizeof(scene->number), "%" PRId64, value->number);
    return scene->number;
}
