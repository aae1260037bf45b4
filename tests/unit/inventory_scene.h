/*
 * inventory_scene.h - an inventory, and short words for what is reported to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INVENTORY_SCENE_H
#define INVENTORY_SCENE_H

#include "host.h"
#include "inventory/inventory.h"

#define DEFAULTS "{\"settings\":{\"url\":\"1.2.3.4\"}}"

struct inventory_scene {
    struct test_host host;
    struct inventory *inventory;
    struct failure failure;
};

void scene_begin_with(struct inventory_scene *scene, const char *request, bool silent);
void scene_begin(struct inventory_scene *scene); /* DEFAULTS, not silent */
void scene_end(struct inventory_scene *scene);

void scene_expect(struct inventory_scene *scene, const char *scope, enum device_type type);

/* A sighting, and one in "adom:a" that must go well. */
int32_t scene_sight(struct inventory_scene *scene, enum device_type type, const char *serial,
                    const char *title, const char *scope, bool connected);
void scene_see(struct inventory_scene *scene, enum device_type type, const char *serial,
               const char *title, bool connected);

/* Verdicts. */
void scene_complete(struct inventory_scene *scene, const char *scope, enum device_type type);
void scene_incomplete(struct inventory_scene *scene, const char *scope, enum device_type type,
                      int32_t cause, enum text_id reason);

/* Ends the run with what the source said; TEXT_COUNT with HECTOR_OK. */
int32_t scene_finish(struct inventory_scene *scene, int32_t code, enum text_id reason);

/* A value of the summary. */
const char *scene_summary(const struct inventory_scene *scene, const char *pointer);
#endif
