/*
 * test_inventory_end.c - how scopes and runs end: coverages, and the outcome of the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/utf8.h"
#include "lib/inventory_fixture.h"
#include "lib/tap.h"

/* ---- scopes */

/* A unit that is not an asset. */
static void list(struct inventory_fixture *fixture, const char *scope, enum device_type type)
{
    const struct inventory_row row = {type, scope, SKIP_model_device, "unit", NULL};

    CU_ASSERT_EQUAL(inventory_skip(fixture->inventory, &row, &fixture->failure), HECTOR_OK);
}

/* ---- scopes */

static void name_scope(struct inventory_fixture *fixture, const char *scope, enum scope_state state,
                       const char *alias)
{
    const char *const aliases[] = {alias, "b"};
    const struct scope_names names = {scope, "Label", aliases, alias != NULL ? 2 : 0};

    CU_ASSERT_EQUAL(inventory_name_scope(fixture->inventory, &names, state, &fixture->failure),
                    HECTOR_OK);
}

static void test_scopes(void)
{
    static const char *const expected[] = {
        ("{\"kind\":\"scope\",\"scope\":\"adom:a\",\"label\":\"Label\",\"aliases\":[\"z\",\"b\"],"
         "\"state\":\"in\"}"),
        /* A scope that is read is "in", whatever it was called before; without a name its id is its
         * label. */
        ("{\"kind\":\"scope\",\"scope\":\"adom:b\",\"label\":\"Label\",\"state\":\"in\"}"),
        ("{\"kind\":\"scope\",\"scope\":\"adom:c\",\"label\":\"adom:c\",\"state\":\"in\"}"),
        ("{\"kind\":\"scope\",\"scope\":\"adom:d\",\"label\":\"Label\",\"state\":\"outside\"}"),
        ("{\"kind\":\"scope\",\"scope\":\"adom:e\",\"label\":\"Label\",\"state\":\"not_chosen\"}"),
    };
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:b", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:c", FIREWALL);
    name_scope(&fixture, "adom:a", SCOPE_IN, "a");
    name_scope(&fixture, "adom:a", SCOPE_IN, "z"); /* the later label counts */
    name_scope(&fixture, "adom:b", SCOPE_OUTSIDE, NULL);
    name_scope(&fixture, "adom:d", SCOPE_OUTSIDE, NULL);
    name_scope(&fixture, "adom:e", SCOPE_NOT_CHOSEN, NULL);
    name_scope(&fixture, "adom:f", SCOPE_IN, NULL); /* without coverage, so it is gone */
    for (char scope = 'a'; scope <= 'c'; scope++) {
        inventory_fixture_complete(&fixture, (const char[]){'a', 'd', 'o', 'm', ':', scope, '\0'},
                                   FIREWALL);
    }
    inventory_set_scopes_complete(fixture.inventory, true);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "scope"), 5);
    for (size_t i = 0; i < 5; i++) {
        CU_ASSERT_STRING_EQUAL(host_text(&fixture.host, NULL, i), expected[i]);
    }
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, NULL, 5, "/kind"), "coverage");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/scopes_complete"), "true");
    inventory_fixture_end(&fixture);
}

/* A run that ended early does not know all scopes, whatever its source reports. */
static void test_scopes_of_a_failure(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_set_scopes_complete(fixture.inventory, true);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_CANCELLED, REASON_cancelled),
                    HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "scope", 0, "/state"), "in");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/scopes_complete"), "false");
    inventory_fixture_end(&fixture);
}

/* A disconnected unit is uncertain while another scope of its type was not read, or when memory
 * forced it out before all were. */
static void test_certain(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_expect(&fixture, "adom:b", SWITCH);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "off", false);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "on", true);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000002", "off", false);
    inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    inventory_fixture_incomplete(&fixture, "adom:b", SWITCH, REASON_time_out);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/sync_key"), "S124EPTQ20000001");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/certain"), "");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 1, "/sync_key"), "FGT60FTK20011089");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 1, "/certain"), "");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 2, "/sync_key"), "S124EPTQ20000002");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 2, "/certain"), "false");
    inventory_fixture_end(&fixture);
}

/* The account may not see the scope where the unit is connected. */
static void test_certain_outside(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000002", "off", false);
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    inventory_set_units_outside(fixture.inventory);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/certain"), "false");
    inventory_fixture_end(&fixture);
}

/* A run that reached its end knows all scopes, even if it delivered nothing. */
static void test_scopes_without_units(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_incomplete(&fixture, "adom:a", SWITCH, REASON_read_refused);
    inventory_set_scopes_complete(fixture.inventory, true);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_PERMISSION);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/scopes_complete"), "true");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/complete"),
                           "false");
    inventory_fixture_end(&fixture);
}

static void test_certain_early(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000002", "off", false);
    CU_ASSERT_EQUAL(inventory_room(fixture.inventory, STORE_MAX, &fixture.failure), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/certain"), "false");
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    inventory_fixture_end(&fixture);
}

/* The error that ended the run is not the message of a scope that was not reached. */
static void test_not_reached(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    (void)fail(&fixture.host.operation, &fixture.failure, REASON_throttled, "/dvmdb/adom/b/device",
               ARGUMENTS("fmg"));
    fixture.failure.retry_after_s = 90;
    CU_ASSERT_EQUAL(inventory_finish(fixture.inventory, HECTOR_THROTTLED, &fixture.failure),
                    HECTOR_THROTTLED);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/cause"), "-5");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/reason"), "throttled");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/retry_after_s"), "90");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/detail"), "");
    CU_ASSERT_PTR_NOT_NULL(strstr(host_value(&fixture.host, "coverage", 0, "/message"),
                                  "The import ended before this part was read to its end. "));
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/retry_after_s"), "90");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/detail"),
                           "/dvmdb/adom/b/device");
    inventory_fixture_end(&fixture);
}

/* ---- coverages */

static void test_coverages(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    CU_ASSERT_FALSE(inventory_expects(fixture.inventory, "adom:a", FIREWALL));
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:b", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:b", SWITCH);
    inventory_fixture_expect(&fixture, "adom:c", FIREWALL);
    CU_ASSERT_TRUE(inventory_expects(fixture.inventory, "adom:a", FIREWALL));
    CU_ASSERT_FALSE(inventory_expects(fixture.inventory, "adom:a", SWITCH));
    CU_ASSERT_FALSE(inventory_complete(fixture.inventory));
    list(&fixture, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture, "adom:b", FIREWALL);
    inventory_fixture_incomplete(&fixture, "adom:b", SWITCH, REASON_read_refused);
    inventory_withdraw(fixture.inventory, "adom:c", FIREWALL);
    /* Also those found incomplete; expected again, nothing remains of the first time. */
    inventory_fixture_expect(&fixture, "adom:c", SWITCH);
    inventory_fixture_incomplete(&fixture, "adom:c", SWITCH, REASON_deadline_passed);
    inventory_withdraw(fixture.inventory, "adom:c", SWITCH);
    inventory_fixture_expect(&fixture, "adom:c", SWITCH);
    inventory_fixture_incomplete(&fixture, "adom:c", SWITCH, REASON_deadline_passed);
    inventory_withdraw(fixture.inventory, "adom:c", SWITCH);
    CU_ASSERT_FALSE(inventory_expects(fixture.inventory, "adom:c", FIREWALL));
    CU_ASSERT_FALSE(inventory_complete(fixture.inventory));
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_PARTIAL);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "coverage"), 3);
    CU_ASSERT_STRING_EQUAL(host_text(&fixture.host, "coverage", 0),
                           "{\"kind\":\"coverage\",\"scope\":\"adom:a\",\"device_type\":"
                           "\"firewall\",\"complete\":true,\"units\":1}");
    CU_ASSERT_STRING_EQUAL(
        host_text(&fixture.host, "coverage", 2),
        "{\"kind\":\"coverage\",\"scope\":\"adom:b\",\"device_type\":\"switch\","
        "\"complete\":false,\"units\":0,\"cause\":-3,\"reason\":\"read_refused\",\"message\":"
        "\"The account may not read fmg. Give its administrator profile read "
        "access to it, or leave it out of the import.\",\"detail\":\"detail\"}");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/firewall/complete"),
                           "true");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/complete"),
                           "false");
    inventory_fixture_end(&fixture);
}

/* The first failure stays; nothing makes an incomplete scope complete again. */
static void test_first_failure_stays(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_incomplete(&fixture, "adom:a", SWITCH, REASON_table_changed);
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    inventory_fixture_incomplete(&fixture, "adom:a", SWITCH, REASON_reply_too_large);
    (void)inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/reason"), "table_changed");
    inventory_fixture_end(&fixture);
}

/* A device type without a scope was not read, whatever the source returned. */
static void test_type_without_scope(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    (void)inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, "/device_types/switch/complete"),
                           "true");
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.host, "summary", 0, "/device_types/firewall/complete"), "false");
    inventory_fixture_end(&fixture);
}

/* A complete scope that fails later is incomplete. */
static void test_failure_after_complete(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    CU_ASSERT_TRUE(inventory_complete(fixture.inventory));
    inventory_fixture_incomplete(&fixture, "adom:a", SWITCH, REASON_table_changed);
    CU_ASSERT_FALSE(inventory_complete(fixture.inventory));
    (void)inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/complete"), "false");
    inventory_fixture_end(&fixture);
}

static void test_coverage_not_expected(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(
        inventory_end_scope(fixture.inventory, "adom:b", SWITCH, NULL, &fixture.failure),
        HECTOR_INTERNAL);
    CU_ASSERT_EQUAL(
        inventory_end_scope(fixture.inventory, "adom:a", FIREWALL, NULL, &fixture.failure),
        HECTOR_INTERNAL);
    inventory_fixture_end(&fixture);
}

/* A scope without a coverage status is a defect of the source, and never complete. */
static void test_open_scope(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:b", FIREWALL);
    list(&fixture, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 1, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 1, "/reason"), "internal");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/firewall/complete"),
                           "false");
    inventory_fixture_end(&fixture);
}

/* A run that ended early closes open scopes with its own reason. */
static void test_open_scope_of_a_failed_run(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    list(&fixture, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_UNREACHABLE, REASON_time_out),
                    HECTOR_PARTIAL);
    CU_ASSERT_EQUAL(fixture.failure.cause, HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 1, "/reason"), "time_out");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), "partial");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/complete"),
                           "false");
    inventory_fixture_end(&fixture);
}

/* ---- outcomes */

static const struct {
    int32_t cause;
    enum message_id reason;
    const char *outcome;
} CAUSES[] = {
    {HECTOR_AUTH, REASON_token_refused, "auth"},
    {HECTOR_PERMISSION, REASON_devices_refused, "permission"},
    {HECTOR_DATA, REASON_table_changed, "data"},
    {HECTOR_THROTTLED, REASON_throttled, "throttled"},
    {HECTOR_UNREACHABLE, REASON_time_out, "unreachable"},
    {HECTOR_LIMIT, REASON_reply_too_large, "limit"},
};

#define CAUSE_COUNT (sizeof(CAUSES) / sizeof(CAUSES[0]))

/* Nothing was delivered: the run returns the cause itself. */
static void test_every_cause(void)
{
    for (size_t i = 0; i < CAUSE_COUNT; i++) {
        struct inventory_fixture fixture;
        char cause[16];

        inventory_fixture_begin(&fixture);
        CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, CAUSES[i].cause, CAUSES[i].reason),
                        CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), CAUSES[i].outcome);
        (void)snprintf(cause, sizeof(cause), "%d", (int)CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/cause"), cause);
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/reason"),
                               message_slug(CAUSES[i].reason));
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/message"),
                               fixture.failure.message);
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/detail"), "detail");
        CU_ASSERT_STRING_EQUAL(
            inventory_fixture_summary(&fixture, "/device_types/firewall/complete"), "false");
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/other/complete"),
                               "false");
        CU_ASSERT_EQUAL(host_count(&fixture.host, NULL), 1);
        inventory_fixture_end(&fixture);
    }
}

/* Of two incomplete scopes the worse cause is reported, whichever came first. */
static void test_order_of_causes(void)
{
    for (size_t worse = 0; worse < CAUSE_COUNT; worse++) {
        for (size_t better = worse + 1; better < CAUSE_COUNT; better++) {
            for (int first = 0; first < 2; first++) {
                size_t one = first == 0 ? worse : better, two = first == 0 ? better : worse;
                struct inventory_fixture fixture;

                inventory_fixture_begin(&fixture);
                inventory_fixture_expect(&fixture, "adom:a", SWITCH);
                inventory_fixture_expect(&fixture, "adom:b", SWITCH);
                inventory_fixture_incomplete(&fixture, "adom:a", SWITCH, CAUSES[one].reason);
                inventory_fixture_incomplete(&fixture, "adom:b", SWITCH, CAUSES[two].reason);
                CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE),
                                CAUSES[worse].cause);
                CU_ASSERT_EQUAL(fixture.failure.cause, CAUSES[worse].cause);
                CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"),
                                       CAUSES[worse].outcome);
                CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/reason"),
                                       message_slug(CAUSES[worse].reason));
                inventory_fixture_end(&fixture);

                /* One cause of a scope, the other of the run. */
                inventory_fixture_begin(&fixture);
                inventory_fixture_expect(&fixture, "adom:a", SWITCH);
                inventory_fixture_incomplete(&fixture, "adom:a", SWITCH, CAUSES[one].reason);
                CU_ASSERT_EQUAL(
                    inventory_fixture_finish(&fixture, CAUSES[two].cause, CAUSES[two].reason),
                    CAUSES[worse].cause);
                CU_ASSERT_EQUAL(fixture.failure.cause, CAUSES[worse].cause);
                inventory_fixture_end(&fixture);
            }
        }
    }
}

/* One asset, or one complete scope that lists a unit, makes a failed run PARTIAL. */
static void test_partial(void)
{
    for (size_t i = 0; i < CAUSE_COUNT; i++) {
        struct inventory_fixture fixture;

        inventory_fixture_begin(&fixture);
        inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", true);
        CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, CAUSES[i].cause, CAUSES[i].reason),
                        HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(fixture.failure.cause, CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), "partial");
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/reason"),
                               message_slug(CAUSES[i].reason));
        inventory_fixture_end(&fixture);

        inventory_fixture_begin(&fixture);
        inventory_fixture_expect(&fixture, "adom:a", SWITCH);
        inventory_fixture_expect(&fixture, "adom:b", SWITCH);
        inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
        list(&fixture, "adom:a", SWITCH);
        inventory_fixture_complete(&fixture, "adom:a", SWITCH);
        inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
        inventory_fixture_incomplete(&fixture, "adom:b", SWITCH, CAUSES[i].reason);
        CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE),
                        HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(fixture.failure.cause, CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(
            inventory_fixture_summary(&fixture, "/device_types/firewall/complete"), "true");
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/complete"),
                               "false");
        inventory_fixture_end(&fixture);

        /* A complete but empty scope delivers nothing. */
        inventory_fixture_begin(&fixture);
        inventory_fixture_expect(&fixture, "adom:a", SWITCH);
        inventory_fixture_expect(&fixture, "adom:b", SWITCH);
        inventory_fixture_complete(&fixture, "adom:a", SWITCH);
        inventory_fixture_incomplete(&fixture, "adom:b", SWITCH, CAUSES[i].reason);
        CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE),
                        CAUSES[i].cause);
        inventory_fixture_end(&fixture);

        /* A deferred record counts, because it is emitted at the end. */
        inventory_fixture_begin(&fixture);
        inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", false);
        CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, CAUSES[i].cause, CAUSES[i].reason),
                        HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
        inventory_fixture_end(&fixture);
    }
}

/* A cancel, a lack of memory and a defect keep their code, whatever was delivered. */
static void test_causes_that_win(void)
{
    static const struct {
        int32_t cause;
        enum message_id reason;
        const char *outcome;
    } cases[] = {
        {HECTOR_CANCELLED, REASON_cancelled, "cancelled"},
        {HECTOR_NO_MEMORY, REASON_no_memory, "no_memory"},
        {HECTOR_INTERNAL, REASON_internal, "internal"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct inventory_fixture fixture;

        inventory_fixture_begin(&fixture);
        inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
        inventory_fixture_expect(&fixture, "adom:b", FIREWALL);
        inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", true);
        inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
        CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, cases[i].cause, cases[i].reason),
                        cases[i].cause);
        CU_ASSERT_EQUAL(fixture.failure.cause, cases[i].cause);
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), cases[i].outcome);
        CU_ASSERT_STRING_EQUAL(
            inventory_fixture_summary(&fixture, "/device_types/firewall/complete"), "false");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 1, "/reason"),
                               message_slug(cases[i].reason));
        inventory_fixture_end(&fixture);
    }
}

static void test_cancelled_beats_the_worst(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_incomplete(&fixture, "adom:a", SWITCH, REASON_token_refused);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_CANCELLED, REASON_cancelled),
                    HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(fixture.failure.cause, HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), "cancelled");
    inventory_fixture_end(&fixture);
}

/* After a cancel no deferred record is emitted, and no scope that lists one is complete. */
static void test_cancelled_while_deferred(void)
{
    for (size_t released = 0; released <= 1; released++) {
        struct inventory_fixture fixture;

        inventory_fixture_begin(&fixture);
        inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
        inventory_fixture_expect(&fixture, "adom:a", SWITCH);
        inventory_fixture_expect(&fixture, "adom:b", FIREWALL);
        inventory_fixture_see(&fixture, SWITCH, "S124FPTF20213859", "s1", true);
        inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", false);
        inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011090", "g2", false);
        inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
        inventory_fixture_complete(&fixture, "adom:a", SWITCH);
        inventory_fixture_complete(&fixture, "adom:b", FIREWALL);
        if (released == 0) {
            CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_CANCELLED, REASON_cancelled),
                            HECTOR_CANCELLED);
        } else {
            /* After the first deferred record. */
            fixture.host.cancel_at = 2;
            CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE),
                            HECTOR_CANCELLED);
        }
        CU_ASSERT_EQUAL(fixture.failure.reason, REASON_cancelled);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1 + released);
        /* Records that are not emitted do not count. */
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/firewall/seen"),
                               released == 0 ? "0" : "1");
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/firewall/assets"),
                               released == 0 ? "0" : "1");
        CU_ASSERT_EQUAL(host_count(&fixture.host, "coverage"), 3);
        for (size_t i = 0; i < 3; i++) {
            bool is_switch =
                strcmp(host_value(&fixture.host, "coverage", i, "/device_type"), "switch") == 0;

            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", i, "/complete"),
                                   is_switch ? "true" : "false");
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", i, "/reason"),
                                   is_switch ? "" : "cancelled");
        }
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), "cancelled");
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/firewall/assets"),
                               released == 0 ? "0" : "1");
        CU_ASSERT_STRING_EQUAL(
            inventory_fixture_summary(&fixture, "/device_types/firewall/complete"), "false");
        inventory_fixture_end(&fixture);
    }
}

/* A bad setting names its field in the summary, too. */
static void test_config(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    (void)fail(&fixture.host.operation, &fixture.failure, REASON_credentials_missing, NULL,
               NO_ARGUMENTS);
    utf8_copy(fixture.failure.field, sizeof(fixture.failure.field), "token", 5);
    CU_ASSERT_EQUAL(inventory_finish(fixture.inventory, HECTOR_CONFIG, &fixture.failure),
                    HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), "config");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error/field"), "token");
    inventory_fixture_end(&fixture);
}

/* After the host has refused a document it gets no other. */
static void test_host_refuses(void)
{
    for (size_t at = 1; at <= 4; at++) {
        struct inventory_fixture fixture;
        int32_t code;

        inventory_fixture_begin(&fixture);
        fixture.host.refuse_at = at;
        inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
        code =
            inventory_fixture_sight(&fixture, FIREWALL, "FGT60FTK20011089", "g1", "adom:a", true);
        CU_ASSERT_EQUAL(code, at == 1 ? HECTOR_HOST : HECTOR_OK);
        if (code == HECTOR_OK) {
            code = inventory_fixture_sight(&fixture, FIREWALL, "FGT60FTK20011090", "g2", "adom:a",
                                           false);
            inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
        }
        CU_ASSERT_EQUAL(inventory_finish(fixture.inventory, code, &fixture.failure), HECTOR_HOST);
        CU_ASSERT_EQUAL(fixture.failure.cause, HECTOR_HOST);
        CU_ASSERT_EQUAL(host_count(&fixture.host, NULL), at);
        inventory_fixture_end(&fixture);
    }
}

static CU_TestInfo scope_tests[] = {
    {"named", test_scopes},
    {"of a run that failed", test_scopes_of_a_failure},
    {"a unit that another one may know better", test_certain},
    {"a unit that another one may know better, outside of the account", test_certain_outside},
    {"of a run that delivered nothing", test_scopes_without_units},
    {"a unit that left memory early", test_certain_early},
    {"not reached", test_not_reached},
    {"coverages", test_coverages},
    {"the first failure stays", test_first_failure_stays},
    {"a failure after completeness", test_failure_after_complete},
    {"a type without a scope", test_type_without_scope},
    {"coverage that was not expected", test_coverage_not_expected},
    {"an open scope", test_open_scope},
    {"an open scope of a failed run", test_open_scope_of_a_failed_run},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo outcome_tests[] = {
    {"every cause", test_every_cause},
    {"the order of causes", test_order_of_causes},
    {"partial", test_partial},
    {"causes that win", test_causes_that_win},
    {"cancelled beats the worst", test_cancelled_beats_the_worst},
    {"cancelled while units are held", test_cancelled_while_deferred},
    {"a bad setting", test_config},
    {"the host refuses", test_host_refuses},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "scopes", .pTests = scope_tests},
        {.pName = "outcomes", .pTests = outcome_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
