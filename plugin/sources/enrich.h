/*
 * enrich.h - enrichments: what a second system knows about the units of any source, by serial.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An enrichment reads its system once, before the source reports its first unit, adds values to
 * each device just before it becomes an asset, and at the end reports what its system has beyond
 * the units. If its system cannot be read, its attributes stay out of the assets: never does it
 * fail the inventory or a scope, or delay it beyond the setting enrich_minutes.
 */
#ifndef ENRICH_H
#define ENRICH_H

#include "source.h"

/* What an enrichment loaded. */
struct enrich_loaded {
    void *data; /* NULL = not loaded */
    bool whole; /* false: cut off by a limit, so what is absent there may exist */
};

struct enrichment {
    const char *name;             /* "asset_management": the subject of its problem */
    const char *product;          /* "FortiCloud Asset Management": for people */
    const struct origin *origins; /* the attributes that it fills */

    /* Whether the settings choose it. */
    bool (*needed)(const struct settings *settings);

    /*
     * Reads its system. After OK, ret->data is what the functions below get: never NULL. After any
     * other code it stays NULL. operation->deadline_ms is that of all enrichments together: what is
     * loaded when it passes is kept, is not `whole`, and is a problem with its numbers
     * (enrichment_incomplete), then OK.
     */
    int32_t (*load)(const struct source_call *call, struct enrich_loaded *ret,
                    struct failure *failure);

    /*
     * Sets values of a device of any source; the texts are borrowed from `data`. Returns whether
     * its system has an entitlement or a coverage of the unit.
     */
    bool (*apply)(void *data, struct device *device);

    /*
     * Calls inventory_unmatched() for each of its records that someone pays for or owns, by
     * ascending serial. Called only if it loaded the whole. Returns the first code that is not OK.
     */
    int32_t (*report)(void *data, const struct source_call *call, struct failure *failure);

    /*
     * Emits one check of the step CHECK_ENRICHMENT that says what it sees. Any other code than OK:
     * it emitted nothing.
     */
    int32_t (*check)(const struct source_call *call, struct failure *failure);

    void (*release)(void *data);
};

/* Returns an enrichment by its index, from 0; NULL beyond the last. Static. */
const struct enrichment *enrich_at(size_t index);

/* The cost of an attribute by the first enrichment that fills it for this type. */
enum attribute_cost enrich_cost(enum attribute attribute, enum device_type type);

/* The name of the first enrichment that fills an attribute of any device type; NULL = none. */
const char *enrich_of(enum attribute attribute);

/* Whether an enrichment that the settings choose fills an attribute of a chosen device type. */
bool enrich_fills(const struct settings *settings, enum attribute attribute);

/*
 * Chooses the attributes of the chosen enrichments, unless the settings say which attributes to
 * import.
 */
void enrich_choose_attributes(struct settings *settings);

/* What the enrichments of one call loaded, by enrich_at(). */
struct enrich {
    const struct source_call *call;
    struct enrich_loaded loaded[ENRICHMENTS_MAX];
};

/*
 * Loads the enrichments that the settings choose, within enrich_minutes and half of the time that
 * is left of the call, and lets the inventory pass its devices through them. `enrich` and `call`
 * must outlive the inventory's last document. One that fails is a problem; only what ends the whole
 * call is returned. The caller calls enrich_release() in any case.
 */
int32_t enrich_load(struct enrich *enrich, const struct source_call *call, struct failure *failure);
void enrich_release(struct enrich *enrich);

/*
 * The checks of the chosen enrichments, after those of the source, which ended with `code`; unless
 * it was OK, they are not reached. Refused credentials and wrong settings fail the validation; any
 * other failure is a warning, because an import works without the enrichment.
 */
int32_t enrich_check(const struct source_call *call, int32_t code, struct failure *failure);
#endif
