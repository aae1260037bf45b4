/*
 * test_inventory_end.c - how scopes and runs end: coverages, and the outcome of the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "inventory_scene.h"
#include "tap.h"

/* ---- scopes */

/* A unit that is no asset. */
static void list(struct inventory_scene *scene, const char *scope, enum device_type type)
{
    const struct inventory_row row = {type, scope, TEXT_model_device, "unit", NULL};

    CU_ASSERT_EQUAL(inventory_skip(scene->inventory, &row, &scene->failure), HECTOR_OK);
}

/* ---- scopes */

static void name_scope(struct inventory_scene *scene, const char *scope, enum scope_state state,
                       const char *alias)
{
    const char *const aliases[] = {alias, "b"};
    const struct scope_names names = {scope, "Label", aliases, alias != NULL ? 2 : 0};

    CU_ASSERT_EQUAL(inventory_name_scope(scene->inventory, &names, state, &scene->failure),
                    HECTOR_OK);
}

static void test_scopes(void)
{
    static const char *const expected[] = {
        ("{\"kind\":\"scope\",\"scope\":\"adom:a\",\"label\":\"Label\",\"aliases\":[\"z\",\"b\"],"
         "\"state\":\"in\"}"),
        /* What is read is in, whatever it was called before; without a name it is its own label. */
        ("{\"kind\":\"scope\",\"scope\":\"adom:b\",\"label\":\"Label\",\"state\":\"in\"}"),
        ("{\"kind\":\"scope\",\"scope\":\"adom:c\",\"label\":\"adom:c\",\"state\":\"in\"}"),
        ("{\"kind\":\"scope\",\"scope\":\"adom:d\",\"label\":\"Label\",\"state\":\"outside\"}"),
        ("{\"kind\":\"scope\",\"scope\":\"adom:e\",\"label\":\"Label\",\"state\":\"not_chosen\"}"),
    };
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_expect(&scene, "adom:b", FIREWALL);
    scene_expect(&scene, "adom:c", FIREWALL);
    name_scope(&scene, "adom:a", SCOPE_IN, "a");
    name_scope(&scene, "adom:a", SCOPE_IN, "z"); /* the later names count */
    name_scope(&scene, "adom:b", SCOPE_OUTSIDE, NULL);
    name_scope(&scene, "adom:d", SCOPE_OUTSIDE, NULL);
    name_scope(&scene, "adom:e", SCOPE_NOT_CHOSEN, NULL);
    name_scope(&scene, "adom:f", SCOPE_IN, NULL); /* nothing is read of it: it is gone */
    for (char scope = 'a'; scope <= 'c'; scope++) {
        scene_complete(&scene, (const char[]){'a', 'd', 'o', 'm', ':', scope, '\0'}, FIREWALL);
    }
    scene.inventory->scopes_complete = true;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "scope"), 5);
    for (size_t i = 0; i < 5; i++) {
        CU_ASSERT_STRING_EQUAL(host_text(&scene.host, NULL, i), expected[i]);
    }
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, NULL, 5, "/kind"), "coverage");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/scopes_complete"), "true");
    scene_end(&scene);
}

/* A run that ended early does not know all scopes, whatever its source thought. */
static void test_scopes_of_a_failure(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene.inventory->scopes_complete = true;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_CANCELLED, TEXT_cancelled), HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "scope", 0, "/state"), "in");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/scopes_complete"), "false");
    scene_end(&scene);
}

/*
 * A disconnected unit is uncertain while another scope of its type was not read, and where it had
 * to leave memory before all were.
 */
static void test_certain(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_expect(&scene, "adom:b", SWITCH);
    scene_see(&scene, FIREWALL, "FGT60FTK20011089", "off", false);
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "on", true);
    scene_see(&scene, SWITCH, "S124EPTQ20000002", "off", false);
    scene_complete(&scene, "adom:a", FIREWALL);
    scene_complete(&scene, "adom:a", SWITCH);
    scene_incomplete(&scene, "adom:b", SWITCH, HECTOR_UNREACHABLE, TEXT_time_out);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/sync_key"), "S124EPTQ20000001");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/certain"), "");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 1, "/sync_key"), "FGT60FTK20011089");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 1, "/certain"), "");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 2, "/sync_key"), "S124EPTQ20000002");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 2, "/certain"), "false");
    scene_end(&scene);
}

/* A connected one may be where the account may not look. */
static void test_certain_outside(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_see(&scene, SWITCH, "S124EPTQ20000002", "off", false);
    scene_complete(&scene, "adom:a", SWITCH);
    scene.inventory->units_outside = true;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/certain"), "false");
    scene_end(&scene);
}

/* A run that came to its end knows all scopes, though it could deliver nothing. */
static void test_scopes_without_units(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_incomplete(&scene, "adom:a", SWITCH, HECTOR_PERMISSION, TEXT_read_refused);
    scene.inventory->scopes_complete = true;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_PERMISSION);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/scopes_complete"), "true");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/complete"), "false");
    scene_end(&scene);
}

static void test_certain_early(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_see(&scene, SWITCH, "S124EPTQ20000002", "off", false);
    CU_ASSERT_EQUAL(inventory_room(scene.inventory, STORE_MAX, &scene.failure), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/certain"), "false");
    scene_complete(&scene, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    scene_end(&scene);
}

/* What the run ended for is no sentence about a scope that it did not come to. */
static void test_not_reached(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    (void)fail(&scene.host.operation, &scene.failure, HECTOR_THROTTLED, TEXT_throttled,
               "/dvmdb/adom/b/device", ARGUMENTS("fmg"));
    scene.failure.retry_after_s = 90;
    CU_ASSERT_EQUAL(inventory_finish(scene.inventory, HECTOR_THROTTLED, &scene.failure),
                    HECTOR_THROTTLED);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/cause"), "-5");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/reason"), "throttled");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/retry_after_s"), "90");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/detail"), "");
    CU_ASSERT_PTR_NOT_NULL(strstr(host_value(&scene.host, "coverage", 0, "/message"),
                                  "The import ended before this part was read to its end. "));
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/retry_after_s"), "90");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/detail"), "/dvmdb/adom/b/device");
    scene_end(&scene);
}

/* ---- coverages */

static void test_coverages(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    CU_ASSERT_FALSE(inventory_expects(scene.inventory, "adom:a", FIREWALL));
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_expect(&scene, "adom:b", FIREWALL);
    scene_expect(&scene, "adom:b", SWITCH);
    scene_expect(&scene, "adom:c", FIREWALL);
    CU_ASSERT_TRUE(inventory_expects(scene.inventory, "adom:a", FIREWALL));
    CU_ASSERT_FALSE(inventory_expects(scene.inventory, "adom:a", SWITCH));
    CU_ASSERT_FALSE(inventory_complete(scene.inventory));
    list(&scene, "adom:a", FIREWALL);
    scene_complete(&scene, "adom:a", FIREWALL);
    scene_complete(&scene, "adom:b", FIREWALL);
    scene_incomplete(&scene, "adom:b", SWITCH, HECTOR_PERMISSION, TEXT_read_refused);
    inventory_withdraw(scene.inventory, "adom:c", FIREWALL);
    /* Also what was found incomplete; and again, with nothing left of the first time. */
    scene_expect(&scene, "adom:c", SWITCH);
    scene_incomplete(&scene, "adom:c", SWITCH, HECTOR_LIMIT, TEXT_deadline_passed);
    inventory_withdraw(scene.inventory, "adom:c", SWITCH);
    scene_expect(&scene, "adom:c", SWITCH);
    scene_incomplete(&scene, "adom:c", SWITCH, HECTOR_LIMIT, TEXT_deadline_passed);
    inventory_withdraw(scene.inventory, "adom:c", SWITCH);
    CU_ASSERT_FALSE(inventory_expects(scene.inventory, "adom:c", FIREWALL));
    CU_ASSERT_FALSE(inventory_complete(scene.inventory));
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_PARTIAL);
    CU_ASSERT_EQUAL(host_count(&scene.host, "coverage"), 3);
    CU_ASSERT_STRING_EQUAL(host_text(&scene.host, "coverage", 0),
                           "{\"kind\":\"coverage\",\"scope\":\"adom:a\",\"device_type\":"
                           "\"firewall\",\"complete\":true,\"units\":1}");
    CU_ASSERT_STRING_EQUAL(
        host_text(&scene.host, "coverage", 2),
        "{\"kind\":\"coverage\",\"scope\":\"adom:b\",\"device_type\":\"switch\","
        "\"complete\":false,\"units\":0,\"cause\":-3,\"reason\":\"read_refused\",\"message\":"
        "\"The account may not read fmg. Give its administrator profile read "
        "access to it, or leave it out of the import.\",\"detail\":\"detail\"}");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/complete"), "true");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/complete"), "false");
    scene_end(&scene);
}

/* The first failure stays, and nothing makes an incomplete scope complete again. */
static void test_first_failure_stays(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_incomplete(&scene, "adom:a", SWITCH, HECTOR_DATA, TEXT_table_changed);
    scene_complete(&scene, "adom:a", SWITCH);
    scene_incomplete(&scene, "adom:a", SWITCH, HECTOR_LIMIT, TEXT_reply_too_large);
    (void)scene_finish(&scene, HECTOR_OK, TEXT_COUNT);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/reason"), "table_changed");
    scene_end(&scene);
}

/* A complete scope that fails later on is incomplete. */
static void test_failure_after_complete(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_complete(&scene, "adom:a", SWITCH);
    CU_ASSERT_TRUE(inventory_complete(scene.inventory));
    scene_incomplete(&scene, "adom:a", SWITCH, HECTOR_DATA, TEXT_table_changed);
    CU_ASSERT_FALSE(inventory_complete(scene.inventory));
    (void)scene_finish(&scene, HECTOR_OK, TEXT_COUNT);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/complete"), "false");
    scene_end(&scene);
}

static void test_verdict_nobody_expected(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(inventory_end_scope(scene.inventory, "adom:b", SWITCH, NULL, &scene.failure),
                    HECTOR_INTERNAL);
    CU_ASSERT_EQUAL(inventory_end_scope(scene.inventory, "adom:a", FIREWALL, NULL, &scene.failure),
                    HECTOR_INTERNAL);
    scene_end(&scene);
}

/* Nothing unread passes for complete: a scope without a verdict is a defect of the source. */
static void test_open_scope(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_expect(&scene, "adom:b", FIREWALL);
    list(&scene, "adom:a", FIREWALL);
    scene_complete(&scene, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 1, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 1, "/reason"), "internal");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/complete"), "false");
    scene_end(&scene);
}

/* A run that ended early closes what was open with its own reason. */
static void test_open_scope_of_a_failed_run(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_expect(&scene, "adom:a", SWITCH);
    list(&scene, "adom:a", FIREWALL);
    scene_complete(&scene, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_UNREACHABLE, TEXT_time_out), HECTOR_PARTIAL);
    CU_ASSERT_EQUAL(scene.failure.cause, HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 1, "/reason"), "time_out");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), "partial");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/complete"), "false");
    scene_end(&scene);
}

/* ---- outcomes */

static const struct {
    int32_t cause;
    enum text_id reason;
    const char *outcome;
} CAUSES[] = {
    {HECTOR_AUTH, TEXT_token_refused, "auth"},
    {HECTOR_PERMISSION, TEXT_devices_refused, "permission"},
    {HECTOR_DATA, TEXT_table_changed, "data"},
    {HECTOR_THROTTLED, TEXT_throttled, "throttled"},
    {HECTOR_UNREACHABLE, TEXT_time_out, "unreachable"},
    {HECTOR_LIMIT, TEXT_reply_too_large, "limit"},
};

#define CAUSE_COUNT (sizeof(CAUSES) / sizeof(CAUSES[0]))

/* Nothing was delivered: the cause itself. */
static void test_every_cause(void)
{
    for (size_t i = 0; i < CAUSE_COUNT; i++) {
        struct inventory_scene scene;
        char cause[16];

        scene_begin(&scene);
        CU_ASSERT_EQUAL(scene_finish(&scene, CAUSES[i].cause, CAUSES[i].reason), CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), CAUSES[i].outcome);
        (void)snprintf(cause, sizeof(cause), "%d", (int)CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/cause"), cause);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/reason"), text_slug(CAUSES[i].reason));
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/message"), scene.failure.message);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/detail"), "detail");
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/complete"), "false");
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/other/complete"), "false");
        CU_ASSERT_EQUAL(host_count(&scene.host, NULL), 1);
        scene_end(&scene);
    }
}

/* Of two incomplete scopes the worse cause is told, whichever came first. */
static void test_order_of_causes(void)
{
    for (size_t worse = 0; worse < CAUSE_COUNT; worse++) {
        for (size_t better = worse + 1; better < CAUSE_COUNT; better++) {
            for (int first = 0; first < 2; first++) {
                size_t one = first == 0 ? worse : better, two = first == 0 ? better : worse;
                struct inventory_scene scene;

                scene_begin(&scene);
                scene_expect(&scene, "adom:a", SWITCH);
                scene_expect(&scene, "adom:b", SWITCH);
                scene_incomplete(&scene, "adom:a", SWITCH, CAUSES[one].cause, CAUSES[one].reason);
                scene_incomplete(&scene, "adom:b", SWITCH, CAUSES[two].cause, CAUSES[two].reason);
                CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), CAUSES[worse].cause);
                CU_ASSERT_EQUAL(scene.failure.cause, CAUSES[worse].cause);
                CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), CAUSES[worse].outcome);
                CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/reason"),
                                       text_slug(CAUSES[worse].reason));
                scene_end(&scene);

                /* One of a scope, the other of the run. */
                scene_begin(&scene);
                scene_expect(&scene, "adom:a", SWITCH);
                scene_incomplete(&scene, "adom:a", SWITCH, CAUSES[one].cause, CAUSES[one].reason);
                CU_ASSERT_EQUAL(scene_finish(&scene, CAUSES[two].cause, CAUSES[two].reason),
                                CAUSES[worse].cause);
                CU_ASSERT_EQUAL(scene.failure.cause, CAUSES[worse].cause);
                scene_end(&scene);
            }
        }
    }
}

/* One asset, or one complete scope that lists a unit, makes a failed run PARTIAL. */
static void test_partial(void)
{
    for (size_t i = 0; i < CAUSE_COUNT; i++) {
        struct inventory_scene scene;

        scene_begin(&scene);
        scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", true);
        CU_ASSERT_EQUAL(scene_finish(&scene, CAUSES[i].cause, CAUSES[i].reason), HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(scene.failure.cause, CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), "partial");
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/reason"), text_slug(CAUSES[i].reason));
        scene_end(&scene);

        scene_begin(&scene);
        scene_expect(&scene, "adom:a", SWITCH);
        scene_expect(&scene, "adom:b", SWITCH);
        list(&scene, "adom:a", SWITCH);
        scene_complete(&scene, "adom:a", SWITCH);
        scene_incomplete(&scene, "adom:b", SWITCH, CAUSES[i].cause, CAUSES[i].reason);
        CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(scene.failure.cause, CAUSES[i].cause);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/complete"), "true");
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/complete"), "false");
        scene_end(&scene);

        /* One that is complete and empty has delivered nothing. */
        scene_begin(&scene);
        scene_expect(&scene, "adom:a", SWITCH);
        scene_expect(&scene, "adom:b", SWITCH);
        scene_complete(&scene, "adom:a", SWITCH);
        scene_incomplete(&scene, "adom:b", SWITCH, CAUSES[i].cause, CAUSES[i].reason);
        CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), CAUSES[i].cause);
        scene_end(&scene);

        /* A held one counts: it comes out at the end. */
        scene_begin(&scene);
        scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", false);
        CU_ASSERT_EQUAL(scene_finish(&scene, CAUSES[i].cause, CAUSES[i].reason), HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1);
        scene_end(&scene);
    }
}

/* What the host wants and what is a defect stays what it is, whatever was delivered. */
static void test_causes_that_win(void)
{
    static const struct {
        int32_t cause;
        enum text_id reason;
        const char *outcome;
    } cases[] = {
        {HECTOR_CANCELLED, TEXT_cancelled, "cancelled"},
        {HECTOR_NO_MEMORY, TEXT_no_memory, "no_memory"},
        {HECTOR_INTERNAL, TEXT_internal, "internal"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct inventory_scene scene;

        scene_begin(&scene);
        scene_expect(&scene, "adom:a", FIREWALL);
        scene_expect(&scene, "adom:b", FIREWALL);
        scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", true);
        scene_complete(&scene, "adom:a", FIREWALL);
        CU_ASSERT_EQUAL(scene_finish(&scene, cases[i].cause, cases[i].reason), cases[i].cause);
        CU_ASSERT_EQUAL(scene.failure.cause, cases[i].cause);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), cases[i].outcome);
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/complete"), "false");
        CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 1, "/reason"),
                               text_slug(cases[i].reason));
        scene_end(&scene);
    }
}

static void test_cancelled_beats_the_worst(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_incomplete(&scene, "adom:a", SWITCH, HECTOR_AUTH, TEXT_token_refused);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_CANCELLED, TEXT_cancelled), HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(scene.failure.cause, HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), "cancelled");
    scene_end(&scene);
}

/* Nothing that is held goes out behind a cancel, and no scope is complete that lists it. */
static void test_cancelled_while_held(void)
{
    for (size_t released = 0; released <= 1; released++) {
        struct inventory_scene scene;

        scene_begin(&scene);
        scene_expect(&scene, "adom:a", FIREWALL);
        scene_expect(&scene, "adom:a", SWITCH);
        scene_expect(&scene, "adom:b", FIREWALL);
        scene_see(&scene, SWITCH, "S124FPTF20213859", "s1", true);
        scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", false);
        scene_see(&scene, FIREWALL, "FGT60FTK20011090", "g2", false);
        scene_complete(&scene, "adom:a", FIREWALL);
        scene_complete(&scene, "adom:a", SWITCH);
        scene_complete(&scene, "adom:b", FIREWALL);
        if (released == 0) {
            CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_CANCELLED, TEXT_cancelled),
                            HECTOR_CANCELLED);
        } else {
            /* Behind the first of the held ones. */
            scene.host.cancel_at = 2;
            CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_CANCELLED);
        }
        CU_ASSERT_EQUAL(scene.failure.reason, TEXT_cancelled);
        CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1 + released);
        /* What was seen and is not brought does not count. */
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/seen"),
                               released == 0 ? "0" : "1");
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/assets"),
                               released == 0 ? "0" : "1");
        CU_ASSERT_EQUAL(host_count(&scene.host, "coverage"), 3);
        for (size_t i = 0; i < 3; i++) {
            bool is_switch =
                strcmp(host_value(&scene.host, "coverage", i, "/device_type"), "switch") == 0;

            CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", i, "/complete"),
                                   is_switch ? "true" : "false");
            CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", i, "/reason"),
                                   is_switch ? "" : "cancelled");
        }
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), "cancelled");
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/assets"),
                               released == 0 ? "0" : "1");
        CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall/complete"), "false");
        scene_end(&scene);
    }
}

/* A bad setting names its field in the summary too. */
static void test_config(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    (void)fail(&scene.host.operation, &scene.failure, HECTOR_CONFIG, TEXT_credentials_missing, NULL,
               NO_ARGUMENTS);
    text_copy(scene.failure.field, sizeof(scene.failure.field), "token", 5);
    CU_ASSERT_EQUAL(inventory_finish(scene.inventory, HECTOR_CONFIG, &scene.failure),
                    HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), "config");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error/field"), "token");
    scene_end(&scene);
}

/* Once the host has refused a document it is given no other one. */
static void test_host_refuses(void)
{
    for (size_t at = 1; at <= 4; at++) {
        struct inventory_scene scene;
        int32_t code;

        scene_begin(&scene);
        scene.host.refuse_at = at;
        scene_expect(&scene, "adom:a", FIREWALL);
        code = scene_sight(&scene, FIREWALL, "FGT60FTK20011089", "g1", "adom:a", true);
        CU_ASSERT_EQUAL(code, at == 1 ? HECTOR_HOST : HECTOR_OK);
        if (code == HECTOR_OK) {
            code = scene_sight(&scene, FIREWALL, "FGT60FTK20011090", "g2", "adom:a", false);
            scene_complete(&scene, "adom:a", FIREWALL);
        }
        CU_ASSERT_EQUAL(inventory_finish(scene.inventory, code, &scene.failure), HECTOR_HOST);
        CU_ASSERT_EQUAL(scene.failure.cause, HECTOR_HOST);
        CU_ASSERT_EQUAL(host_count(&scene.host, NULL), at);
        scene_end(&scene);
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
    {"a verdict nobody expected", test_verdict_nobody_expected},
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
    {"cancelled while units are held", test_cancelled_while_held},
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
