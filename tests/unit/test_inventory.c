/*
 * test_inventory.c - what a run has seen: duplicates, counters and problems.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "inventory_scene.h"
#include "tap.h"

/* ---- duplicates */

static void test_connected_stays(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "first", true);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1); /* at once */
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "second", false);
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "third", true);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/title"), "first");
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(
        host_text(&scene.host, "problem", 0),
        "{\"kind\":\"problem\",\"reason\":\"duplicate_serial\",\"severity\":"
        "\"info\",\"subject\":\"S124EPTQ20000001\",\"scope\":\"adom:a\",\"device_type\":\"switch\","
        "\"sync_key\":\"S124EPTQ20000001\",\"message\":\"The serial "
        "number S124EPTQ20000001 is listed more than once (second); it was "
        "imported once.\"}");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/seen"), "3");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/assets"), "1");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/duplicates"), "2");
    scene_end(&scene);
}

static void see_at(struct inventory_scene *scene, enum device_type type, const char *manager,
                   bool connected)
{
    struct device device = {.type = type,
                            .connected = connected,
                            .scope = "adom:a",
                            .title = manager,
                            .manager = manager};

    device_set_text(&device, ATTRIBUTE_serial_number, "FP231FTF23000001");
    device_set_text(&device, ATTRIBUTE_model, "FortiX-1");
    CU_ASSERT_EQUAL(inventory_sighting(scene->inventory, &device, &scene->failure), HECTOR_OK);
}

/* The row that a moved access point left behind is there every night, and no problem. */
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
        /* At two places at once, twice in one list, or a firewall: a person should know. */
        {ACCESS_POINT, {"gate-1", "gate-2"}, {true, true}, 1, "gate-1"},
        {ACCESS_POINT, {"gate-1", "gate-1"}, {true, false}, 1, "gate-1"},
        {ACCESS_POINT, {"gate-1", "gate-1"}, {false, false}, 1, "gate-1"},
        {FIREWALL, {"gate-1", "gate-2"}, {true, false}, 1, "gate-1"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct inventory_scene scene;

        scene_begin(&scene);
        see_at(&scene, cases[i].type, cases[i].managers[0], cases[i].connected[0]);
        see_at(&scene, cases[i].type, cases[i].managers[1], cases[i].connected[1]);
        CU_ASSERT_EQUAL(scene.inventory->counts[cases[i].type].duplicates, 1);
        CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1);
        CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/title"), cases[i].title);
        CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), cases[i].problems);
        scene_end(&scene);
    }
}

/* A disconnected sighting waits: a connected one elsewhere is the truer. */
static void test_connected_supersedes(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "first", false);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 0);
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "second", true);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1);
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "third", true);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/title"), "second");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/assets"), "1");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/duplicates"), "2");
    scene_end(&scene);
}

static void test_first_of_disconnected(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_see(&scene, ACCESS_POINT, "FP231FTF20000001", "first", false);
    scene_see(&scene, ACCESS_POINT, "FP231FTF20000001", "second", false);
    scene_see(&scene, ACCESS_POINT, "FP231FTF20000002", "other", false);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 0);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/title"), "first");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 1, "/title"), "other");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/access_point/seen"), "3");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/access_point/duplicates"), "1");
    scene_end(&scene);
}

/* Held sightings come out before coverages and summary, whole. */
static void test_held_is_whole(void)
{
    struct inventory_scene scene;
    struct device device = {.type = FIREWALL, .scope = "adom:a", .title = "gate-1"};

    scene_begin_with(
        &scene,
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
    scene_expect(&scene, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(inventory_sighting(scene.inventory, &device, &scene.failure), HECTOR_OK);
    scene_complete(&scene, "adom:a", FIREWALL);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(
        host_text(&scene.host, NULL, 0),
        "{\"kind\":\"asset\",\"sync_key\":\"FGT60FTK20011089\",\"scope\":\"adom:a\","
        "\"device_type\":\"firewall\",\"title\":\"gate-1\",\"part\":{\"maker\":\"Fortinet\","
        "\"model\":\"FortiGate-60F\"},\"attributes\":{\"serial_number\":\"FGT60FTK20011089\","
        "\"firmware_build\":2795,\"last_seen\":\"2024-11-22T20:00:00Z\",\"log_only\":true,"
        "\"meta.Site\":\"Qu\xC3\xA9"
        "bec\"}}");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, NULL, 1, "/kind"), "scope");
    CU_ASSERT_STRING_EQUAL(host_text(&scene.host, NULL, 2),
                           "{\"kind\":\"coverage\",\"scope\":\"adom:a\",\"device_type\":"
                           "\"firewall\",\"complete\":true,\"units\":1}");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, NULL, 3, "/kind"), "summary");
    CU_ASSERT_EQUAL(host_count(&scene.host, NULL), 4);
    scene_end(&scene);
}

/*
 * Beyond HELD_MAX the oldest are emitted, each once; a later conflict is a problem, and the memory
 * stays bounded. Sightings of about eight KiB: some three thousand fill it.
 */
static void test_held_store_is_bounded(void)
{
    enum { COUNT = 6000, LENGTH = 4000 };
    struct inventory_scene scene;
    char *text = malloc(LENGTH + 1);
    size_t early;

    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memset(text, 'x', LENGTH);
    text[LENGTH] = '\0';
    scene_begin(&scene);
    for (int i = 0; i < COUNT; i++) {
        struct device device = {.type = SWITCH, .scope = "adom:a", .title = "t"};
        char serial[32];

        (void)snprintf(serial, sizeof(serial), "S124EPTQ%08d", i);
        device_set_text(&device, ATTRIBUTE_serial_number, serial);
        device_set_text(&device, ATTRIBUTE_model, "FortiSwitch-124E-POE");
        device_set_text(&device, ATTRIBUTE_description, text);
        CU_ASSERT_EQUAL(inventory_sighting(scene.inventory, &device, &scene.failure), HECTOR_OK);
        CU_ASSERT_TRUE(scene.inventory->held_bytes <= HELD_MAX);
    }
    free(text);
    early = host_count(&scene.host, "asset");
    CU_ASSERT_TRUE(early > 0 && early < COUNT);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/sync_key"), "S124EPTQ00000000");
    /* The oldest is out: the connected sighting comes too late for it, not for the youngest. */
    scene_see(&scene, SWITCH, "S124EPTQ00000000", "late", true);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), early);
    scene_see(&scene, SWITCH, "S124EPTQ00005999", "in time", true);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), early + 1);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", early, "/title"), "in time");
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), COUNT);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/assets"), "6000");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/seen"), "6002");
    CU_ASSERT_EQUAL(scene.inventory->held_bytes, 0);
    scene_end(&scene);
}

/* What else a run remembers takes the held sightings' room, oldest first; then there is none. */
static void test_room(void)
{
    struct inventory_scene scene;
    size_t rest;

    scene_begin(&scene);
    scene_see(&scene, SWITCH, "S124EPTQ20000001", "one", false);
    scene_see(&scene, SWITCH, "S124EPTQ20000002", "two", false);
    rest = STORE_MAX - scene.inventory->held_bytes - scene.inventory->serials.bytes -
           scene.inventory->held_capacity * sizeof(*scene.inventory->held);
    CU_ASSERT_EQUAL(inventory_room(scene.inventory, 0, &scene.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 0);
    CU_ASSERT_EQUAL(inventory_room(scene.inventory, rest, &scene.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 0);
    CU_ASSERT_EQUAL(inventory_room(scene.inventory, rest + 1, &scene.failure), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/title"), "one");
    CU_ASSERT_EQUAL(inventory_room(scene.inventory, STORE_MAX, &scene.failure), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(scene.failure.reason, TEXT_store_full);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 2);
    CU_ASSERT_EQUAL(scene.inventory->held_bytes, 0);
    scene_end(&scene);
}

/* ---- counters */

static void test_counters_reconcile(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", true);
    scene_see(&scene, FIREWALL, "FGT60FTK20011090", "g2", false);
    scene_see(&scene, FIREWALL, "FGT60FTK20011090", "g2", false);
    CU_ASSERT_EQUAL(
        inventory_skip(scene.inventory,
                       &(struct inventory_row){FIREWALL, "adom:a", TEXT_model_device, "g3", NULL},
                       &scene.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(scene.inventory,
                       &(struct inventory_row){FIREWALL, "adom:a", TEXT_model_device, "g4", NULL},
                       &scene.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(scene.inventory,
                       &(struct inventory_row){FIREWALL, "adom:a", TEXT_unauthorized, "g5", NULL},
                       &scene.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(scene.inventory,
                       &(struct inventory_row){SWITCH, "adom:a", TEXT_serial_unusable, "s1", NULL},
                       &scene.failure),
        HECTOR_OK);
    CU_ASSERT_EQUAL(
        inventory_skip(scene.inventory,
                       &(struct inventory_row){OTHER, "adom:a", TEXT_other_product, "faz", NULL},
                       &scene.failure),
        HECTOR_OK);
    scene_complete(&scene, "adom:a", FIREWALL);
    scene_complete(&scene, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall"),
                           "{\"seen\":6,\"assets\":2,\"duplicates\":1,\"skipped\":{"
                           "\"model_device\":2,\"unauthorized\":1},\"complete\":true}");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch"),
                           "{\"seen\":1,\"assets\":0,\"duplicates\":0,\"skipped\":{"
                           "\"serial_unusable\":1},\"complete\":true}");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/access_point"),
                           "{\"seen\":0,\"assets\":0,\"duplicates\":0,\"skipped\":{},\"complete\":"
                           "true}");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/other"),
                           "{\"seen\":1,\"assets\":0,\"duplicates\":0,\"skipped\":{"
                           "\"other_product\":1},\"complete\":true}");
    /* Of the skipped, only what points at a fault is a problem. */
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 1, "/reason"), "serial_unusable");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 1, "/severity"), "warning");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 1, "/subject"), "s1");
    /* Units of a scope are all that it listed. */
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/units"), "6");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 1, "/units"), "1");
    scene_end(&scene);
}

/* A type that is not chosen does not stand in the summary. */
static void test_unticked_types(void)
{
    struct inventory_scene scene;

    scene_begin_with(&scene, "{\"settings\":{\"url\":\"1.2.3.4\",\"device_types\":[\"switch\"]}}",
                     false);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/firewall"), "");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/access_point"), "");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/seen"), "0");
    scene_end(&scene);
}

static void test_summary(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene.host.operation.requests = 7;
    scene.host.operation.bytes = 4096;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, NULL), 1);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/outcome"), "ok");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/requests"), "7");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/bytes"), "4096");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/error"), "");
    CU_ASSERT_EQUAL(strlen(scene_summary(&scene, "/started")), strlen("2026-11-22T20:15:00Z"));
    CU_ASSERT_TRUE(strcmp(scene_summary(&scene, "/started"), scene_summary(&scene, "/ended")) <= 0);
    scene_end(&scene);
}

/* ---- skipped */

static void skip(struct inventory_scene *scene, enum text_id reason, const char *subject,
                 const char *serial)
{
    const struct inventory_row row = {SWITCH, "adom:a", reason, subject, serial};

    CU_ASSERT_EQUAL(inventory_skip(scene->inventory, &row, &scene->failure), HECTOR_OK);
}

static void test_skipped_documents(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    skip(&scene, TEXT_unauthorized, "s1", "S124EPTQ22000001");
    skip(&scene, TEXT_unauthorized, "s1", "S124EPTQ22000001"); /* in two lists */
    skip(&scene, TEXT_pre_provisioned, "s2", "S124EPTQ22000002");
    skip(&scene, TEXT_unauthorized, "s3", NULL); /* without a serial of its own: counted only */
    skip(&scene, TEXT_wildcard, "S124*", "S124EPTQ22000009");
    skip(&scene, TEXT_serial_unusable, "core-sw.1", NULL);
    skip(&scene, TEXT_row_unnamed, "", NULL);
    skip(&scene, TEXT_row_unnamed, "", NULL);
    scene_see(&scene, SWITCH, "S124EPTQ22000002", "s2", true); /* authorised elsewhere */
    scene_complete(&scene, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "skipped"), 3);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "skipped", 0, ""),
                           "{\"kind\":\"skipped\",\"device_type\":\"switch\",\"scope\":\"adom:a\","
                           "\"reason\":\"unauthorized\",\"subject\":\"s1\","
                           "\"serial\":\"S124EPTQ22000001\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "skipped", 1, ""),
                           "{\"kind\":\"skipped\",\"device_type\":\"switch\",\"scope\":\"adom:a\","
                           "\"reason\":\"serial_unusable\",\"subject\":\"core-sw.1\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "skipped", 2, "/subject"), "2");
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 1, "/subject"), "adom:a switch");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch"),
                           "{\"seen\":9,\"assets\":1,\"duplicates\":0,\"skipped\":{"
                           "\"serial_unusable\":1,\"row_unnamed\":2,\"unauthorized\":3,"
                           "\"pre_provisioned\":1,\"wildcard\":1},\"complete\":true}");
    scene_end(&scene);
}

/* Rows that are read again count once; what is new among them counts. */
static void test_read_again(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene_expect(&scene, "adom:a", SWITCH);
    scene_expect(&scene, "adom:b", SWITCH);
    scene_see(&scene, SWITCH, "S124EPTQ22000001", "s1", true);
    scene_see(&scene, SWITCH, "S124EPTQ22000002", "s2", false);
    skip(&scene, TEXT_serial_unusable, "core-sw.1", NULL);
    skip(&scene, TEXT_wildcard, "S124*", NULL);
    inventory_read_again(scene.inventory, true);
    scene_see(&scene, SWITCH, "S124EPTQ22000001", "s1", true);
    CU_ASSERT_EQUAL(scene_sight(&scene, SWITCH, "S124EPTQ22000002", "s2", "adom:b", false),
                    HECTOR_OK);
    scene_see(&scene, SWITCH, "S124EPTQ22000003", "s3", true);
    skip(&scene, TEXT_serial_unusable, "core-sw.1", NULL);
    skip(&scene, TEXT_serial_unusable, "core-sw.2", NULL);
    skip(&scene, TEXT_wildcard, "S124*", NULL);
    inventory_read_again(scene.inventory, false);
    scene_complete(&scene, "adom:a", SWITCH);
    scene_complete(&scene, "adom:b", SWITCH);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "asset"), 3);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 2, "/sync_key"), "S124EPTQ22000002");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 2, "/scope"), "adom:b");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 0, "/units"), "5");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "coverage", 1, "/units"), "1");
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch"),
                           "{\"seen\":6,\"assets\":3,\"duplicates\":0,\"skipped\":{"
                           "\"serial_unusable\":2,\"wildcard\":1},\"complete\":true}");
    scene_end(&scene);
}

/* ---- problems */

static void test_problem_cap(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    for (int i = 0; i < 250; i++) {
        char subject[24];

        (void)snprintf(subject, sizeof(subject), "floor %d", i);
        CU_ASSERT_EQUAL(inventory_skip(scene.inventory,
                                       &(struct inventory_row){SWITCH, "adom:a",
                                                               TEXT_serial_unusable, subject, NULL},
                                       &scene.failure),
                        HECTOR_OK);
    }
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 100);
    CU_ASSERT_EQUAL(inventory_problem(
                        scene.inventory,
                        PROBLEM(SEVERITY_ERROR, TEXT_login_lost, "fmg", ARGUMENTS("fmg", "hector")),
                        &scene.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 101); /* another reason has its own cap */
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 100, "/severity"), "error");
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 102);
    CU_ASSERT_STRING_EQUAL(host_text(&scene.host, "problem", 101),
                           "{\"kind\":\"problem\",\"reason\":\"problems_not_shown\",\"severity\":"
                           "\"warning\",\"subject\":\"serial_unusable\",\"message\":\"150 more "
                           "problems of the kind serial_unusable are not shown.\"}");
    CU_ASSERT_STRING_EQUAL(scene_summary(&scene, "/device_types/switch/skipped/serial_unusable"),
                           "250");
    scene_end(&scene);
}

static void test_exactly_the_cap(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    for (int i = 0; i < 100; i++) {
        CU_ASSERT_EQUAL(
            inventory_problem(scene.inventory,
                              PROBLEM(SEVERITY_INFO, TEXT_adom_outside, "b", ARGUMENTS("b")),
                              &scene.failure),
            HECTOR_OK);
    }
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 100);
    scene_end(&scene);
}

static void test_unknown_prefix_once(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(
            inventory_unknown_prefix(scene.inventory, "FGZZ9Z0000000001", &scene.failure),
            HECTOR_OK);
        CU_ASSERT_EQUAL(
            inventory_unknown_prefix(scene.inventory, "FGZZ9Z0000000002", &scene.failure),
            HECTOR_OK);
    }
    CU_ASSERT_EQUAL(inventory_unknown_prefix(scene.inventory, "FGYY9Y0000000001", &scene.failure),
                    HECTOR_OK);
    /* A system that repeats the key as a serial: no beginning of it either. */
    secrets_add(&scene.host.operation.secrets, "FGXX9X0000000001");
    CU_ASSERT_EQUAL(inventory_unknown_prefix(scene.inventory, "FGXX9X0000000001", &scene.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 3);
    CU_ASSERT_PTR_NULL(strstr(host_value(&scene.host, "problem", 2, "/message"), "FGXX9X"));
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 2, "/subject"), "");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 0, "/reason"), "model_unknown");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 0, "/subject"), "FGZZ9Z");
    CU_ASSERT_PTR_NOT_NULL(strstr(host_value(&scene.host, "problem", 0, "/message"),
                                  "The serial prefix FGZZ9Z (FGZZ9Z0000000001) is not in"));
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 1, "/subject"), "FGYY9Y");
    scene_end(&scene);
}

/* A subject from outside is cut and made one line. */
static void test_hostile_subject(void)
{
    struct inventory_scene scene;
    char subject[2000];

    memset(subject, 'x', sizeof(subject));
    subject[sizeof(subject) - 1] = '\0';
    subject[3] = '\n';
    scene_begin(&scene);
    CU_ASSERT_EQUAL(inventory_skip(scene.inventory,
                                   &(struct inventory_row){SWITCH, "adom:a", TEXT_serial_unusable,
                                                           subject, NULL},
                                   &scene.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(strlen(host_value(&scene.host, "problem", 0, "/subject")), 511);
    CU_ASSERT_EQUAL(strlen(host_value(&scene.host, "problem", 0, "/message")), 511);
    CU_ASSERT_PTR_NULL(strchr(host_value(&scene.host, "problem", 0, "/message"), '\n'));
    scene_end(&scene);
}

/* One problem however many replies held them, and none where no reply did. */
static void test_repairs_are_told(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene.host.operation.repaired = 3;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 0, "/reason"), "text_repaired");
    scene_end(&scene);
    scene_begin(&scene);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 0);
    scene_end(&scene);
}

/* A run that went well in spite of repeats says so; one that failed has said enough. */
static void test_repeats_are_told(void)
{
    struct inventory_scene scene;

    scene_begin(&scene);
    scene.host.operation.repeats = 3;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 0, "/reason"), "requests_repeated");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 0, "/severity"), "info");
    CU_ASSERT_PTR_NOT_NULL(strstr(host_value(&scene.host, "problem", 0, "/message"), "1.2.3.4"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(host_value(&scene.host, "problem", 0, "/message"), "3 requests to "));
    scene_end(&scene);
    scene_begin(&scene);
    scene.host.operation.repeats = 3;
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_UNREACHABLE, TEXT_time_out), HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(host_count(&scene.host, "problem"), 0);
    scene_end(&scene);
}

static void test_french(void)
{
    struct inventory_scene scene;

    scene_begin_with(&scene, "{\"language\":\"fr\",\"settings\":{\"url\":\"1.2.3.4\"}}", false);
    scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", true);
    scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", true);
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "asset", 0, "/category/label"), "Pare-feu");
    CU_ASSERT_STRING_EQUAL(host_value(&scene.host, "problem", 0, "/message"),
                           "Le num\xC3\xA9ro de s\xC3\xA9rie FGT60FTK20011089 figure plus d'une "
                           "fois (g1); il a \xC3\xA9t\xC3\xA9 import\xC3\xA9 une seule fois.");
    scene_end(&scene);
}

/* Counting only, for validate. */
static void test_silent(void)
{
    struct inventory_scene scene;

    scene_begin_with(&scene, DEFAULTS, true);
    scene_expect(&scene, "adom:a", FIREWALL);
    scene_see(&scene, FIREWALL, "FGT60FTK20011089", "g1", true);
    scene_see(&scene, FIREWALL, "FGT60FTK20011090", "g2", false);
    scene_see(&scene, FIREWALL, "FGT60FTK20011090", "g2", true);
    CU_ASSERT_EQUAL(inventory_skip(scene.inventory,
                                   &(struct inventory_row){FIREWALL, "adom:a", TEXT_serial_unusable,
                                                           "g3", NULL},
                                   &scene.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(inventory_unknown_prefix(scene.inventory, "FGZZ9Z0000000001", &scene.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&scene.host, NULL), 0);
    CU_ASSERT_EQUAL(scene.inventory->counts[FIREWALL].seen, 4);
    CU_ASSERT_EQUAL(scene.inventory->counts[FIREWALL].assets, 2);
    CU_ASSERT_EQUAL(scene.inventory->counts[FIREWALL].duplicates, 1);
    CU_ASSERT_FALSE(inventory_complete(scene.inventory));
    scene_complete(&scene, "adom:a", FIREWALL);
    CU_ASSERT_TRUE(inventory_complete(scene.inventory));
    scene_end(&scene);
}

/* What is too long ends before a character, and before a secret, that it would cut. */
static void test_long_subjects(void)
{
    static const char secret[] = "top-secret-word";
    struct inventory_scene scene;
    char wide[2 * TEXT_MAX + 2] = "a", hidden[TEXT_MAX + sizeof(secret)] = "";

    for (size_t i = 1; i + 2 < sizeof(wide); i += 2) {
        memcpy(wide + i, "\xC3\xA9", sizeof("\xC3\xA9"));
    }
    memset(hidden, 'b', TEXT_MAX - 8);
    memcpy(hidden + TEXT_MAX - 8, secret, sizeof(secret));
    scene_begin(&scene);
    secrets_add(&scene.host.operation.secrets, secret);
    scene_expect(&scene, "adom:a", SWITCH);
    skip(&scene, TEXT_unauthorized, wide, "S124EPTQ22000001");
    skip(&scene, TEXT_unauthorized, hidden, "S124EPTQ22000002");
    scene_complete(&scene, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(scene_finish(&scene, HECTOR_OK, TEXT_COUNT), HECTOR_OK);
    CU_ASSERT_EQUAL(strlen(host_value(&scene.host, "skipped", 0, "/subject")) % 2, 1);
    CU_ASSERT_PTR_NULL(strstr(host_value(&scene.host, "skipped", 1, "/subject"), "bt"));
    scene_end(&scene);
}

static CU_TestInfo duplicate_tests[] = {
    {"a unit that was moved", test_moved},
    {"a connected sighting stays", test_connected_stays},
    {"a connected sighting supersedes", test_connected_supersedes},
    {"the first of disconnected ones", test_first_of_disconnected},
    {"a held sighting is whole", test_held_is_whole},
    {"the held store is bounded", test_held_store_is_bounded},
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
    {"repeats are told", test_repeats_are_told},
    {"repaired texts are told", test_repairs_are_told},
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
