/*
 * inventory_fixture.c - an inventory, and short functions to report to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory_fixture.h"

#include <CUnit/CUnit.h>

void inventory_fixture_begin_with(struct inventory_fixture *fixture, const char *request,
                                  bool silent)
{
    host_begin(&fixture->host);
    host_settings(&fixture->host, request);
    fixture->failure = (struct failure){0};
    fixture->inventory = inventory_new(&fixture->host.operation, &fixture->host.settings, silent);
    CU_ASSERT_PTR_NOT_NULL_FATAL(fixture->inventory);
}

void inventory_fixture_begin(struct inventory_fixture *fixture)
{
    inventory_fixture_begin_with(fixture, DEFAULTS, false);
}

void inventory_fixture_end(struct inventory_fixture *fixture)
{
    inventory_free(fixture->inventory);
    host_end(&fixture->host);
}

void inventory_fixture_expect(struct inventory_fixture *fixture, const char *scope,
                              enum device_type type)
{
    CU_ASSERT_EQUAL(inventory_expect(fixture->inventory, scope, type, &fixture->failure),
                    HECTOR_OK);
}

int32_t inventory_fixture_sight(struct inventory_fixture *fixture, enum device_type type,
                                const char *serial, const char *title, const char *scope,
                                bool connected)
{
    struct device device = {.type = type, .connected = connected, .scope = scope, .title = title};

    device_set_text(&device, ATTRIBUTE_serial_number, serial);
    device_set_text(&device, ATTRIBUTE_model, "FortiX-1");
    return inventory_record(fixture->inventory, &device, &fixture->failure);
}

void inventory_fixture_see(struct inventory_fixture *fixture, enum device_type type,
                           const char *serial, const char *title, bool connected)
{
    CU_ASSERT_EQUAL(inventory_fixture_sight(fixture, type, serial, title, "adom:a", connected),
                    HECTOR_OK);
}

void inventory_fixture_complete(struct inventory_fixture *fixture, const char *scope,
                                enum device_type type)
{
    CU_ASSERT_EQUAL(inventory_end_scope(fixture->inventory, scope, type, NULL, &fixture->failure),
                    HECTOR_OK);
}

void inventory_fixture_incomplete(struct inventory_fixture *fixture, const char *scope,
                                  enum device_type type, enum message_id reason)
{
    struct failure why;

    (void)fail(&fixture->host.operation, &why, reason, "detail", ARGUMENTS("fmg", "x"));
    CU_ASSERT_EQUAL(inventory_end_scope(fixture->inventory, scope, type, &why, &fixture->failure),
                    HECTOR_OK);
}

int32_t inventory_fixture_finish(struct inventory_fixture *fixture, int32_t code,
                                 enum message_id reason)
{
    if (code != HECTOR_OK) {
        (void)fail(&fixture->host.operation, &fixture->failure, reason, "detail",
                   ARGUMENTS("fmg", "x"));
    }
    return inventory_finish(fixture->inventory, code, &fixture->failure);
}

const char *inventory_fixture_summary(const struct inventory_fixture *fixture, const char *pointer)
{
    return host_value(&fixture->host, "summary", 0, pointer);
}
