/*
 * census_scene.c - a census, and short words for what is reported to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "census_scene.h"

#include <stdlib.h>

#include <CUnit/CUnit.h>

void scene_begin_with(struct census_scene *scene, const char *request, bool silent)
{
    host_begin(&scene->host);
    host_settings(&scene->host, request);
    scene->failure = (struct failure){0};
    scene->census = malloc(sizeof(*scene->census));
    CU_ASSERT_PTR_NOT_NULL_FATAL(scene->census);
    census_init(scene->census, &scene->host.operation, &scene->host.settings, silent);
}

void scene_begin(struct census_scene *scene)
{
    scene_begin_with(scene, DEFAULTS, false);
}

void scene_end(struct census_scene *scene)
{
    census_release(scene->census);
    free(scene->census);
    host_end(&scene->host);
}

void scene_expect(struct census_scene *scene, const char *scope, enum device_type type)
{
    CU_ASSERT_EQUAL(census_expect(scene->census, scope, type, &scene->failure), HECTOR_OK);
}

int32_t scene_sight(struct census_scene *scene, enum device_type type, const char *serial,
                    const char *title, const char *scope, bool connected)
{
    struct device device = {.type = type, .connected = connected, .scope = scope, .title = title};

    device_set_text(&device, ATTRIBUTE_serial_number, serial);
    device_set_text(&device, ATTRIBUTE_model, "FortiX-1");
    return census_sighting(scene->census, &device, &scene->failure);
}

void scene_see(struct census_scene *scene, enum device_type type, const char *serial,
               const char *title, bool connected)
{
    CU_ASSERT_EQUAL(scene_sight(scene, type, serial, title, "adom:a", connected), HECTOR_OK);
}

void scene_complete(struct census_scene *scene, const char *scope, enum device_type type)
{
    CU_ASSERT_EQUAL(census_end_scope(scene->census, scope, type, NULL, &scene->failure), HECTOR_OK);
}

void scene_incomplete(struct census_scene *scene, const char *scope, enum device_type type,
                      int32_t cause, enum text_id reason)
{
    struct failure why;

    (void)fail(&scene->host.operation, &why, cause, reason, "detail", ARGUMENTS("fmg", "x"));
    CU_ASSERT_EQUAL(census_end_scope(scene->census, scope, type, &why, &scene->failure), HECTOR_OK);
}

int32_t scene_finish(struct census_scene *scene, int32_t code, enum text_id reason)
{
    if (code != HECTOR_OK) {
        (void)fail(&scene->host.operation, &scene->failure, code, reason, "detail",
                   ARGUMENTS("fmg", "x"));
    }
    return census_finish(scene->census, code, &scene->failure);
}

const char *scene_summary(const struct census_scene *scene, const char *pointer)
{
    return host_value(&scene->host, "summary", 0, pointer);
}
