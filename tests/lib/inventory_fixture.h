/*
 * inventory_fixture.h - an inventory, and short functions to report to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INVENTORY_FIXTURE_H
#define INVENTORY_FIXTURE_H

#include "host.h"
#include "inventory/inventory.h"
#include "inventory/summary.h"

#define DEFAULTS "{\"settings\":{\"url\":\"1.2.3.4\"}}"

struct inventory_fixture {
    struct test_host host;
    struct inventory *inventory;
    struct failure failure;
};

void inventory_fixture_begin_with(struct inventory_fixture *fixture, const char *request,
                                  bool silent);
void inventory_fixture_begin(
    struct inventory_fixture *fixture); /* Begins with DEFAULTS, not silent. */
void inventory_fixture_end(struct inventory_fixture *fixture);

void inventory_fixture_expect(struct inventory_fixture *fixture, const char *scope,
                              enum device_type type);

/* inventory_fixture_sight() reports a record; inventory_fixture_see() reports one in "adom:a",
 * which must succeed. */
int32_t inventory_fixture_sight(struct inventory_fixture *fixture, enum device_type type,
                                const char *serial, const char *title, const char *scope,
                                bool connected);
void inventory_fixture_see(struct inventory_fixture *fixture, enum device_type type,
                           const char *serial, const char *title, bool connected);

/* Report the coverage status of a scope and device type. */
void inventory_fixture_complete(struct inventory_fixture *fixture, const char *scope,
                                enum device_type type);
void inventory_fixture_incomplete(struct inventory_fixture *fixture, const char *scope,
                                  enum device_type type, enum message_id reason);

/* Ends the run with the code of the source; `reason` is MESSAGE_NONE with HECTOR_OK. */
int32_t inventory_fixture_finish(struct inventory_fixture *fixture, int32_t code,
                                 enum message_id reason);

/* A value of the summary by JSON pointer. */
const char *inventory_fixture_summary(const struct inventory_fixture *fixture, const char *pointer);
#endif
