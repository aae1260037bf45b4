/*
 * inventory_scene.c - an inventory, and short words for what is reported to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory_scene.h"

#include <stdlib.h>

#include <CUnit/CUnit.h>

void scene_begin_with(struct inventory_scene *scene, const char *request, bool silent)
{
    host_begin(&scene->host);
    host_settings(&scene->host, request);
    scene->failure = (struct failure){0};
    scene->inventory = malloc(sizeof(*scene->inventory));
    CU_ASSERT_PTR_NOT_NULL_FATAL(scene->inventory);
    inventory_init(scene->inventory, &scene->host.operation, &scene->host.settings, silent);
}

void scene_begin(struct inventory_scene *scene)
{
    scene_begin_with(scene, DEFAULTS, false);
}

void scene_end(struct inventory_scene *scene)
{
    inventory_release(scene->inventory);
    free(scene->inventory);
    host_end(&scene->host);
}

void scene_expect(struct inventory_scene *scene, const char *scope, enum device_type type)
{
    CU_ASSERT_EQUAL(inventory_expect(scene->inventory, scope, type, &scene->failure), HECTOR_OK);
}

int32_t scene_sight(struct inventory_scene *scene, enum device_type type, const char *serial,
                    const char *title, const char *scope, bool connected)
{
    struct device device = {.type = type, .connected = connected, .scope = scope, .title = title};

    device_set_text(&device, ATTRIBUTE_serial_number, serial);
    device_set_text(&device, ATTRIBUTE_model, "FortiX-1");
    return inventory_sighting(scene->inventory, &device, &scene->failure);
}

void scene_see(struct inventory_scene *scene, enum device_type type, const char *serial,
               const char *title, bool connected)
{
    CU_ASSERT_EQUAL(scene_sight(scene, type, serial, title, "adom:a", connected), HECTOR_OK);
}

void scene_complete(struct inventory_scene *scene, const char *scope, enum device_type type)
{
    CU_ASSERT_EQUAL(inventory_end_scope(scene->inventory, scope, type, NULL, &scene->failure),
                    HECTOR_OK);
}

void scene_incomplete(struct inventory_scene *scene, const char *scope, enum device_type type,
                      int32_t cause, enum text_id reason)
{
    struct failure why;

    (void)fail(&scene->host.operation, &why, cause, reason, "detail", ARGUMENTS("fmg", "x"));
    CU_ASSERT_EQUAL(inventory_end_scope(scene->inventory, scope, type, &why, &scene->failure),
                    HECTOR_OK);
}

int32_t scene_finish(struct inventory_scene *scene, int32_t code, enum text_id reason)
{
    if (code != HECTOR_OK) {
        (void)fail(&scene->host.operation, &scene->failure, code, reason, "detail",
                   ARGUMENTS("fmg", "x"));
    }
    return inventory_finish(scene->inventory, code, &scene->failure);
}

const char *scene_summary(const struct inventory_scene *scene, const char *pointer)
{
    return host_value(&scene->host, "summary", 0, pointer);
}
