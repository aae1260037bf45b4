/*
 * inventory_fixture.h - an inventory, and short words for what is reported to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INVENTORY_FIXTURE_H
#define INVENTORY_FIXTURE_H

#include "host.h"
#include "inventory/inventory.h"

#define DEFAULTS "{\"settings\":{\"url\":\"1.2.3.4\"}}"

struct inventory_fixture {
    struct test_host host;
    struct inventory *inventory;
    struct failure failure;
};

void fixture_begin_with(struct inventory_fixture *fixture, const char *request, bool silent);
void fixture_begin(struct inventory_fixture *fixture); /* DEFAULTS, not silent */
void fixture_end(struct inventory_fixture *fixture);

void fixture_expect(struct inventory_fixture *fixture, const char *scope, enum device_type type);

/* A sighting, and one in "adom:a" that must go well. */
int32_t fixture_sight(struct inventory_fixture *fixture, enum device_type type, const char *serial,
                      const char *title, const char *scope, bool connected);
void fixture_see(struct inventory_fixture *fixture, enum device_type type, const char *serial,
                 const char *title, bool connected);

/* Verdicts. */
void fixture_complete(struct inventory_fixture *fixture, const char *scope, enum device_type type);
void fixture_incomplete(struct inventory_fixture *fixture, const char *scope, enum device_type type,
                        int32_t cause, enum text_id reason);

/* Ends the run with what the source said; TEXT_COUNT with HECTOR_OK. */
int32_t fixture_finish(struct inventory_fixture *fixture, int32_t code, enum text_id reason);

/* A value of the summary. */
const char *fixture_summary(const struct inventory_fixture *fixture, const char *pointer);
#endif
