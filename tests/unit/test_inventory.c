/*
 * test_inventory.c - the records of a run: duplicates, counters and problems.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "host/repeat.h"
#include "inventory/state.h"
#include "lib/inventory_fixture.h"
#include "lib/tap.h"

/* ---- duplicates */

static void test_connected_stays(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "first", true);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1); /* emitted at once */
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "second", false);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "third", true);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/title"), "first");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(
        host_text(&fixture.host, "problem", 0),
        "{\"kind\":\"problem\",\"reason\":\"duplicate_serial\",\"severity\":"
        "\"info\",\"subject\":\"S124EPTQ20000001\",\"scope\":\"adom:a\",\"device_type\":\"switch\","
        "\"sync_key\":\"S124EPTQ20000001\",\"message\":\"The serial "
        "number S124EPTQ20000001 is listed more than once (second); it was "
        "imported once.\"}");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/seen"), "3");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/assets"), "1");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/duplicates"),
                           "2");
    inventory_fixture_end(&fixture);
}

static void see_at(struct inventory_fixture *fixture, enum device_type type, const char *manager,
                   bool connected)
{
    struct device device = {.type = type,
                            .connected = connected,
                            .scope = "adom:a",
                            .title = manager,
                            .manager = manager};

    device_set_text(&device, ATTRIBUTE_serial_number, "FP231FTF23000001");
    device_set_text(&device, ATTRIBUTE_model, "FortiX-1");
    CU_ASSERT_EQUAL(inventory_record(fixture->inventory, &device, &fixture->failure), HECTOR_OK);
}

/* The row that a moved access point left behind is there every night, so it is no problem. */
static void test_moved(void)
{
    static const struct {
        enum device_type type;
        const char *managers[2];
        bool connected[2];
        size_t problems;
        const char *title;
    } cases[] = {
        {ACCESS_POINT, {"gate-1", "gate-2"}, {false, true}, 0, "gate-2"},
        {ACCESS_POINT, {"gate-1", "gate-2"}, {true, false}, 0, "gate-1"},
        {ACCESS_POINT, {"gate-1", "gate-2"}, {false, false}, 0, "gate-1"},
        {SWITCH, {"gate-1", "gate-2"}, {true, false}, 0, "gate-1"},
        /* Connected at two places, twice in one list, or a firewall: an administrator should
         * know. */
        {ACCESS_POINT, {"gate-1", "gate-2"}, {true, true}, 1, "gate-1"},
        {ACCESS_POINT, {"gate-1", "gate-1"}, {true, false}, 1, "gate-1"},
        {ACCESS_POINT, {"gate-1", "gate-1"}, {false, false}, 1, "gate-1"},
        {FIREWALL, {"gate-1", "gate-2"}, {true, false}, 1, "gate-1"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct inventory_fixture fixture;

        inventory_fixture_begin(&fixture);
        see_at(&fixture, cases[i].type, cases[i].managers[0], cases[i].connected[0]);
        see_at(&fixture, cases[i].type, cases[i].managers[1], cases[i].connected[1]);
        CU_ASSERT_EQUAL(fixture.inventory->counts[cases[i].type].duplicates, 1);
        CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/title"), cases[i].title);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), cases[i].problems);
        inventory_fixture_end(&fixture);
    }
}

/* A disconnected record is deferred: a connected one elsewhere supersedes it. */
static void test_connected_supersedes(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "first", false);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "second", true);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "third", true);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/title"), "second");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/assets"), "1");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/duplicates"),
                           "2");
    inventory_fixture_end(&fixture);
}

static void test_first_of_disconnected(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_see(&fixture, ACCESS_POINT, "FP231FTF20000001", "first", false);
    inventory_fixture_see(&fixture, ACCESS_POINT, "FP231FTF20000001", "second", false);
    inventory_fixture_see(&fixture, ACCESS_POINT, "FP231FTF20000002", "other", false);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/title"), "first");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 1, "/title"), "other");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/access_point/seen"),
                           "3");
    CU_ASSERT_STRING_EQUAL(
        inventory_fixture_summary(&fixture, "/device_types/access_point/duplicates"), "1");
    inventory_fixture_end(&fixture);
}

/* Deferred records are emitted whole, before coverages and summary. */
static void test_deferred_is_whole(void)
{
    struct inventory_fixture fixture;
    struct device device = {.type = FIREWALL, .scope = "adom:a", .title = "gate-1"};

    inventory_fixture_begin_with(
        &fixture,
        "{\"settings\":{\"url\":\"1.2.3.4\",\"synchronize_categories\":false,"
        "\"attributes\":[\"firmware_build\",\"log_only\",\"last_seen\",\"meta.Site\"]}}",
        false);
    device_set_text(&device, ATTRIBUTE_serial_number, "FGT60FTK20011089");
    device_set_text(&device, ATTRIBUTE_model, "FortiGate-60F");
    device_set_integer(&device, ATTRIBUTE_firmware_build, 2795);
    device_set_boolean(&device, ATTRIBUTE_log_only, true);
    device_set_time(&device, ATTRIBUTE_last_seen, 1732305600);
    device.meta[device.meta_count++] = (struct meta_value){"Site", "Qu\xC3\xA9"
                                                                   "bec"};
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(inventory_record(fixture.inventory, &device, &fixture.failure), HECTOR_OK);
    inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(
        host_text(&fixture.host, NULL, 0),
        "{\"kind\":\"asset\",\"sync_key\":\"FGT60FTK20011089\",\"scope\":\"adom:a\","
        "\"device_type\":\"firewall\",\"title\":\"gate-1\",\"part\":{\"maker\":\"Fortinet\","
        "\"model\":\"FortiGate-60F\"},\"attributes\":{\"serial_number\":\"FGT60FTK20011089\","
        "\"firmware_build\":2795,\"last_seen\":\"2024-11-22T20:00:00Z\",\"log_only\":true,"
        "\"meta.Site\":\"Qu\xC3\xA9"
        "bec\"}}");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, NULL, 1, "/kind"), "scope");
    CU_ASSERT_STRING_EQUAL(host_text(&fixture.host, NULL, 2),
                           "{\"kind\":\"coverage\",\"scope\":\"adom:a\",\"device_type\":"
                           "\"firewall\",\"complete\":true,\"units\":1}");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, NULL, 3, "/kind"), "summary");
    CU_ASSERT_EQUAL(host_count(&fixture.host, NULL), 4);
    inventory_fixture_end(&fixture);
}

/* Beyond DEFERRED_MAX the oldest records are emitted, each once; a later conflict is a problem, and
 * the memory stays bounded. Records of about eight KiB: some three thousand fill it. */
static void test_deferred_store_is_bounded(void)
{
    enum { COUNT = 6000, LENGTH = 4000 };
    struct inventory_fixture fixture;
    char *text = malloc(LENGTH + 1);
    size_t early;

    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memset(text, 'x', LENGTH);
    text[LENGTH] = '\0';
    inventory_fixture_begin(&fixture);
    for (int i = 0; i < COUNT; i++) {
        struct device device = {.type = SWITCH, .scope = "adom:a", .title = "t"};
        char serial[32];

        (void)snprintf(serial, sizeof(serial), "S124EPTQ%08d", i);
        device_set_text(&device, ATTRIBUTE_serial_number, serial);
        device_set_text(&device, ATTRIBUTE_model, "FortiSwitch-124E-POE");
        device_set_text(&device, ATTRIBUTE_description, text);
        CU_ASSERT_EQUAL(inventory_record(fixture.inventory, &device, &fixture.failure), HECTOR_OK);
        CU_ASSERT_TRUE(fixture.inventory->deferred_bytes <= DEFERRED_MAX);
    }
    free(text);
    early = host_count(&fixture.host, "asset");
    CU_ASSERT_TRUE(early > 0 && early < COUNT);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/sync_key"), "S124EPTQ00000000");
    /* The oldest is already emitted: the connected record comes too late for it, but not for the
     * youngest. */
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ00000000", "late", true);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), early);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ00005999", "in time", true);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), early + 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", early, "/title"), "in time");
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), COUNT);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/assets"),
                           "6000");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/seen"),
                           "6002");
    CU_ASSERT_EQUAL(fixture.inventory->deferred_bytes, 0);
    inventory_fixture_end(&fixture);
}

/* Other memory of a run takes the room of deferred records, oldest first; then the limit is
 * reached. */
static void test_room(void)
{
    struct inventory_fixture fixture;
    size_t rest;

    inventory_fixture_begin(&fixture);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000001", "one", false);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ20000002", "two", false);
    rest = STORE_MAX - fixture.inventory->deferred_bytes - fixture.inventory->serials.bytes -
           fixture.inventory->deferred.capacity * sizeof(*fixture.inventory->deferred.items);
    CU_ASSERT_EQUAL(inventory_room(fixture.inventory, 0, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    CU_ASSERT_EQUAL(inventory_room(fixture.inventory, rest, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    CU_ASSERT_EQUAL(inventory_room(fixture.inventory, rest + 1, &fixture.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/title"), "one");
    CU_ASSERT_EQUAL(inventory_room(fixture.inventory, STORE_MAX, &fixture.failure), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(fixture.failure.reason, REASON_store_full);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 2);
    CU_ASSERT_EQUAL(fixture.inventory->deferred_bytes, 0);
    inventory_fixture_end(&fixture);
}

/* ---- counters */

static void test_counters_reconcile(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", true);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011090", "g2", false);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011090", "g2", false);
    CU_ASSERT_EQUAL(
        inventory_skip(fixture.inventory,
                       &(struct inventory_row){FIREWALL, "adom:a", SKIP_model_device, "g3", NULL},
                       &fixture.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(fixture.inventory,
                       &(struct inventory_row){FIREWALL, "adom:a", SKIP_model_device, "g4", NULL},
                       &fixture.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(fixture.inventory,
                       &(struct inventory_row){FIREWALL, "adom:a", SKIP_unauthorized, "g5", NULL},
                       &fixture.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(fixture.inventory,
                       &(struct inventory_row){SWITCH, "adom:a", SKIP_serial_unusable, "s1", NULL},
                       &fixture.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(fixture.inventory,
                       &(struct inventory_row){OTHER, "adom:a", SKIP_other_product, "faz", NULL},
                       &fixture.failure),
        HECTOR_OK);
    inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/firewall"),
                           "{\"seen\":6,\"assets\":2,\"duplicates\":1,\"skipped\":{"
                           "\"model_device\":2,\"unauthorized\":1},\"complete\":true}");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch"),
                           "{\"seen\":1,\"assets\":0,\"duplicates\":0,\"skipped\":{"
                           "\"serial_unusable\":1},\"complete\":true}");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/access_point"),
                           "{\"seen\":0,\"assets\":0,\"duplicates\":0,\"skipped\":{},\"complete\":"
                           "false}"); /* no scope of it was read */
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/other"),
                           "{\"seen\":1,\"assets\":0,\"duplicates\":0,\"skipped\":{"
                           "\"other_product\":1},\"complete\":true}");
    /* Of the skipped rows, only those that point at a fault are a problem. */
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 1, "/reason"), "serial_unusable");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 1, "/severity"), "warning");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 1, "/subject"), "s1");
    /* The units of a scope are all that it listed. */
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/units"), "6");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 1, "/units"), "1");
    inventory_fixture_end(&fixture);
}

/* A type that is not chosen is not in the summary. */
static void test_unticked_types(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin_with(
        &fixture, "{\"settings\":{\"url\":\"1.2.3.4\",\"device_types\":[\"switch\"]}}", false);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/firewall"), "");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/access_point"), "");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch/seen"), "0");
    inventory_fixture_end(&fixture);
}

static void test_summary(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    fixture.host.operation.requests = 7;
    fixture.host.operation.bytes = 4096;
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, NULL), 1);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/outcome"), "ok");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/requests"), "7");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/bytes"), "4096");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/error"), "");
    CU_ASSERT_EQUAL(strlen(inventory_fixture_summary(&fixture, "/started")),
                    strlen("2026-11-22T20:15:00Z"));
    CU_ASSERT_TRUE(strcmp(inventory_fixture_summary(&fixture, "/started"),
                          inventory_fixture_summary(&fixture, "/ended")) <= 0);
    inventory_fixture_end(&fixture);
}

/* ---- skipped */

static void skip(struct inventory_fixture *fixture, enum message_id reason, const char *subject,
                 const char *serial)
{
    const struct inventory_row row = {SWITCH, "adom:a", reason, subject, serial};

    CU_ASSERT_EQUAL(inventory_skip(fixture->inventory, &row, &fixture->failure), HECTOR_OK);
}

static void test_skipped_documents(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    skip(&fixture, SKIP_unauthorized, "s1", "S124EPTQ22000001");
    skip(&fixture, SKIP_unauthorized, "s1", "S124EPTQ22000001"); /* in two lists */
    skip(&fixture, SKIP_pre_provisioned, "s2", "S124EPTQ22000002");
    skip(&fixture, SKIP_unauthorized, "s3", NULL); /* without a serial: only counted */
    skip(&fixture, SKIP_wildcard, "S124*", "S124EPTQ22000009");
    skip(&fixture, SKIP_serial_unusable, "core-sw.1", NULL);
    skip(&fixture, SKIP_row_unnamed, "", NULL);
    skip(&fixture, SKIP_row_unnamed, "", NULL);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ22000002", "s2",
                          true); /* authorised elsewhere */
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "skipped"), 3);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "skipped", 0, ""),
                           "{\"kind\":\"skipped\",\"device_type\":\"switch\",\"scope\":\"adom:a\","
                           "\"reason\":\"unauthorized\",\"subject\":\"s1\","
                           "\"serial\":\"S124EPTQ22000001\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "skipped", 1, ""),
                           "{\"kind\":\"skipped\",\"device_type\":\"switch\",\"scope\":\"adom:a\","
                           "\"reason\":\"serial_unusable\",\"subject\":\"core-sw.1\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "skipped", 2, "/subject"), "2");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 1, "/subject"), "adom:a switch");
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch"),
                           "{\"seen\":9,\"assets\":1,\"duplicates\":0,\"skipped\":{"
                           "\"serial_unusable\":1,\"row_unnamed\":2,\"unauthorized\":3,"
                           "\"pre_provisioned\":1,\"wildcard\":1},\"complete\":true}");
    inventory_fixture_end(&fixture);
}

/* Rows that are read again count once; new ones among them count. */
static void test_read_again(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    inventory_fixture_expect(&fixture, "adom:b", SWITCH);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ22000001", "s1", true);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ22000002", "s2", false);
    skip(&fixture, SKIP_serial_unusable, "core-sw.1", NULL);
    skip(&fixture, SKIP_wildcard, "S124*", NULL);
    inventory_read_again(fixture.inventory, true);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ22000001", "s1", true);
    CU_ASSERT_EQUAL(
        inventory_fixture_sight(&fixture, SWITCH, "S124EPTQ22000002", "s2", "adom:b", false),
        HECTOR_OK);
    inventory_fixture_see(&fixture, SWITCH, "S124EPTQ22000003", "s3", true);
    skip(&fixture, SKIP_serial_unusable, "core-sw.1", NULL);
    skip(&fixture, SKIP_serial_unusable, "core-sw.2", NULL);
    skip(&fixture, SKIP_wildcard, "S124*", NULL);
    inventory_read_again(fixture.inventory, false);
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    inventory_fixture_complete(&fixture, "adom:b", SWITCH);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 3);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 2, "/sync_key"), "S124EPTQ22000002");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 2, "/scope"), "adom:b");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/units"), "5");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 1, "/units"), "1");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture, "/device_types/switch"),
                           "{\"seen\":6,\"assets\":3,\"duplicates\":0,\"skipped\":{"
                           "\"serial_unusable\":2,\"wildcard\":1},\"complete\":true}");
    inventory_fixture_end(&fixture);
}

/* ---- problems */

static void test_problem_cap(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    for (int i = 0; i < 250; i++) {
        char subject[24];

        (void)snprintf(subject, sizeof(subject), "floor %d", i);
        CU_ASSERT_EQUAL(inventory_skip(fixture.inventory,
                                       &(struct inventory_row){SWITCH, "adom:a",
                                                               SKIP_serial_unusable, subject, NULL},
                                       &fixture.failure),
                        HECTOR_OK);
    }
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 100);
    CU_ASSERT_EQUAL(inventory_problem(fixture.inventory,
                                      PROBLEM(SEVERITY_ERROR, REASON_login_lost, "fmg",
                                              ARGUMENTS("fmg", "hector")),
                                      &fixture.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 101); /* each reason has its own limit */
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 100, "/severity"), "error");
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 102);
    CU_ASSERT_STRING_EQUAL(host_text(&fixture.host, "problem", 101),
                           "{\"kind\":\"problem\",\"reason\":\"problems_not_shown\",\"severity\":"
                           "\"warning\",\"subject\":\"serial_unusable\",\"message\":\"150 more "
                           "problems of the kind serial_unusable are not shown.\"}");
    CU_ASSERT_STRING_EQUAL(
        inventory_fixture_summary(&fixture, "/device_types/switch/skipped/serial_unusable"), "250");
    inventory_fixture_end(&fixture);
}

static void test_exactly_the_cap(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    for (int i = 0; i < 100; i++) {
        CU_ASSERT_EQUAL(
            inventory_problem(fixture.inventory,
                              PROBLEM(SEVERITY_INFO, REASON_adom_outside, "b", ARGUMENTS("b")),
                              &fixture.failure),
            HECTOR_OK);
    }
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 100);
    inventory_fixture_end(&fixture);
}

static void test_unknown_prefix_once(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(
            inventory_unknown_prefix(fixture.inventory, "FGZZ9Z0000000001", &fixture.failure),
            HECTOR_OK);
        CU_ASSERT_EQUAL(
            inventory_unknown_prefix(fixture.inventory, "FGZZ9Z0000000002", &fixture.failure),
            HECTOR_OK);
    }
    CU_ASSERT_EQUAL(
        inventory_unknown_prefix(fixture.inventory, "FGYY9Y0000000001", &fixture.failure),
        HECTOR_OK);
    /* A system that repeats the key as a serial: the problem must not show its beginning either. */
    secrets_add(&fixture.host.operation.secrets, "FGXX9X0000000001");
    CU_ASSERT_EQUAL(
        inventory_unknown_prefix(fixture.inventory, "FGXX9X0000000001", &fixture.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 3);
    CU_ASSERT_PTR_NULL(strstr(host_value(&fixture.host, "problem", 2, "/message"), "FGXX9X"));
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 2, "/subject"), "");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"), "model_unknown");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/subject"), "FGZZ9Z");
    CU_ASSERT_PTR_NOT_NULL(strstr(host_value(&fixture.host, "problem", 0, "/message"),
                                  "The serial prefix FGZZ9Z (FGZZ9Z0000000001) is not in"));
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 1, "/subject"), "FGYY9Y");
    inventory_fixture_end(&fixture);
}

/* A subject from outside is cut and made one line. */
static void test_hostile_subject(void)
{
    struct inventory_fixture fixture;
    char subject[2000];

    memset(subject, 'x', sizeof(subject));
    subject[sizeof(subject) - 1] = '\0';
    subject[3] = '\n';
    inventory_fixture_begin(&fixture);
    CU_ASSERT_EQUAL(inventory_skip(fixture.inventory,
                                   &(struct inventory_row){SWITCH, "adom:a", SKIP_serial_unusable,
                                                           subject, NULL},
                                   &fixture.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(strlen(host_value(&fixture.host, "problem", 0, "/subject")), 511);
    CU_ASSERT_EQUAL(strlen(host_value(&fixture.host, "problem", 0, "/message")), 511);
    CU_ASSERT_PTR_NULL(strchr(host_value(&fixture.host, "problem", 0, "/message"), '\n'));
    inventory_fixture_end(&fixture);
}

/* One problem however many replies were repaired, and none when no reply was. */
static void test_repairs_are_reported(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    fixture.host.operation.repaired = 3;
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"), "text_repaired");
    inventory_fixture_end(&fixture);
    inventory_fixture_begin(&fixture);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    inventory_fixture_end(&fixture);
}

/* A successful run reports repeats as a problem; a failed one does not. */
static void test_repeats_are_reported(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin(&fixture);
    for (int i = 0; i < 3; i++) {
        repeat_reading(&fixture.host.operation, HECTOR_LOG_INFO, "test");
    }
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"), "requests_repeated");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/severity"), "info");
    CU_ASSERT_PTR_NOT_NULL(strstr(host_value(&fixture.host, "problem", 0, "/message"), "1.2.3.4"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(host_value(&fixture.host, "problem", 0, "/message"), "3 requests to "));
    inventory_fixture_end(&fixture);
    inventory_fixture_begin(&fixture);
    for (int i = 0; i < 3; i++) {
        repeat_reading(&fixture.host.operation, HECTOR_LOG_INFO, "test");
    }
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_UNREACHABLE, REASON_time_out),
                    HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    inventory_fixture_end(&fixture);
}

static void test_french(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin_with(&fixture,
                                 "{\"language\":\"fr\",\"settings\":{\"url\":\"1.2.3.4\"}}", false);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", true);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", true);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/category/label"), "Pare-feu");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/message"),
                           "Le num\xC3\xA9ro de s\xC3\xA9rie FGT60FTK20011089 figure plus d'une "
                           "fois (g1); il a \xC3\xA9t\xC3\xA9 import\xC3\xA9 une seule fois.");
    inventory_fixture_end(&fixture);
}

/* Counts only, for validate. */
static void test_silent(void)
{
    struct inventory_fixture fixture;

    inventory_fixture_begin_with(&fixture, DEFAULTS, true);
    inventory_fixture_expect(&fixture, "adom:a", FIREWALL);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011089", "g1", true);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011090", "g2", false);
    inventory_fixture_see(&fixture, FIREWALL, "FGT60FTK20011090", "g2", true);
    CU_ASSERT_EQUAL(inventory_skip(fixture.inventory,
                                   &(struct inventory_row){FIREWALL, "adom:a", SKIP_serial_unusable,
                                                           "g3", NULL},
                                   &fixture.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_unknown_prefix(fixture.inventory, "FGZZ9Z0000000001", &fixture.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, NULL), 0);
    CU_ASSERT_EQUAL(fixture.inventory->counts[FIREWALL].seen, 4);
    CU_ASSERT_EQUAL(fixture.inventory->counts[FIREWALL].assets, 2);
    CU_ASSERT_EQUAL(fixture.inventory->counts[FIREWALL].duplicates, 1);
    CU_ASSERT_FALSE(inventory_complete(fixture.inventory));
    inventory_fixture_complete(&fixture, "adom:a", FIREWALL);
    CU_ASSERT_TRUE(inventory_complete(fixture.inventory));
    inventory_fixture_end(&fixture);
}

/* An overlong subject ends before a character, or a secret, that the cut would split. */
static void test_long_subjects(void)
{
    static const char secret[] = "top-secret-word";
    struct inventory_fixture fixture;
    char wide[2 * MESSAGE_MAX + 2] = "a", hidden[MESSAGE_MAX + sizeof(secret)] = "";

    for (size_t i = 1; i + 2 < sizeof(wide); i += 2) {
        memcpy(wide + i, "\xC3\xA9", sizeof("\xC3\xA9"));
    }
    memset(hidden, 'b', MESSAGE_MAX - 8);
    memcpy(hidden + MESSAGE_MAX - 8, secret, sizeof(secret));
    inventory_fixture_begin(&fixture);
    secrets_add(&fixture.host.operation.secrets, secret);
    inventory_fixture_expect(&fixture, "adom:a", SWITCH);
    skip(&fixture, SKIP_unauthorized, wide, "S124EPTQ22000001");
    skip(&fixture, SKIP_unauthorized, hidden, "S124EPTQ22000002");
    inventory_fixture_complete(&fixture, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture, HECTOR_OK, MESSAGE_NONE), HECTOR_OK);
    CU_ASSERT_EQUAL(strlen(host_value(&fixture.host, "skipped", 0, "/subject")) % 2, 1);
    CU_ASSERT_PTR_NULL(strstr(host_value(&fixture.host, "skipped", 1, "/subject"), "bt"));
    inventory_fixture_end(&fixture);
}

static CU_TestInfo duplicate_tests[] = {
    {"a unit that was moved", test_moved},
    {"a connected record stays", test_connected_stays},
    {"a connected record supersedes", test_connected_supersedes},
    {"the first of disconnected ones", test_first_of_disconnected},
    {"a deferred record is whole", test_deferred_is_whole},
    {"the held store is bounded", test_deferred_store_is_bounded},
    {"room for what else is remembered", test_room},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo counter_tests[] = {
    {"seen = assets + skipped + duplicates", test_counters_reconcile},
    {"types not chosen", test_unticked_types},
    {"the summary", test_summary},
    {"counting only", test_silent},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo skipped_tests[] = {
    {"documents", test_skipped_documents},
    {"long subjects", test_long_subjects},
    {"rows read again", test_read_again},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo problem_tests[] = {
    {"the cap of one reason", test_problem_cap},
    {"exactly the cap", test_exactly_the_cap},
    {"an unknown prefix once", test_unknown_prefix_once},
    {"a hostile subject", test_hostile_subject},
    {"repeats are reported", test_repeats_are_reported},
    {"repaired texts are reported", test_repairs_are_reported},
    {"in French", test_french},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "duplicates", .pTests = duplicate_tests},
        {.pName = "counters", .pTests = counter_tests},
        {.pName = "skipped", .pTests = skipped_tests},
        {.pName = "problems", .pTests = problem_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
