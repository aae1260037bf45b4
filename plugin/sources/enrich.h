/*
 * enrich.h - enrichments: what a second system knows about the units of any source, by serial.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An enrichment reads its system once, before the source reports its first unit, and then adds
 * values to each device just before it becomes an asset. If its system cannot be read, its
 * attributes stay out of the assets: never does it fail the inventory or a scope.
 */
#ifndef ENRICH_H
#define ENRICH_H

#include "source.h"

struct enrichment {
    const char *name;             /* "asset_management": the subject of its problem */
    const char *product;          /* "FortiCloud Asset Management": for people */
    const struct origin *origins; /* the attributes that it fills */

    /* Whether the settings choose it. */
    bool (*needed)(const struct settings *settings);

    /*
     * Reads its system. After OK, `*ret` is what apply() and release() get: never NULL. After any
     * other code it stays NULL.
     */
    int32_t (*load)(const struct source_call *call, void **ret, struct failure *failure);

    /* Sets values of a device of any source; the texts are borrowed from `loaded`. */
    void (*apply)(void *loaded, struct device *device);

    void (*release)(void *loaded);
};

/* Returns an enrichment by its index, from 0; NULL beyond the last. Static. */
const struct enrichment *enrich_at(size_t index);

/* The cost of an attribute by the first enrichment that fills it for this type. */
enum attribute_cost enrich_cost(enum attribute attribute, enum device_type type);

/* Whether an enrichment that the settings choose fills an attribute of a chosen device type. */
bool enrich_fills(const struct settings *settings, enum attribute attribute);

/* What the enrichments of one call loaded, by enrich_at(); NULL = not loaded. */
struct enrich {
    void *loaded[ENRICHMENTS_MAX];
};

/*
 * Loads the enrichments that the settings choose, and lets the inventory pass its devices through
 * them. `enrich` must outlive the inventory's last asset. One that fails is a problem; only what
 * ends the whole call is returned. The caller calls enrich_release() in any case.
 */
int32_t enrich_load(struct enrich *enrich, const struct source_call *call, struct failure *failure);
void enrich_release(struct enrich *enrich);
#endif
