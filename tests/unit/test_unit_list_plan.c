/*
 * test_unit_list_plan.c - which tables share a request, and for which FortiGates.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/unit_list_plan.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"

struct plan_fixture {
    struct test_host host;
    struct source_call call;
    struct fmg_run run;
    struct buffer said; /* a line for each request */
    struct unit_list_plan plan;
    size_t packs_left; /* requests until the plan is stopped; 0 = no stop */
};

/* "a switch gate-1,gate-2 12 all": an ADOM's table, its FortiGates, the expected number of
 * units. */
static void say(struct plan_fixture *fixture, const struct unit_list *unit_list)
{
    const struct adom *adom = &fixture->run.topology.adoms.items[unit_list->adom];

    buffer_printf(&fixture->said, "%s %s", adom->name, device_type_id(unit_list->type));
    for (size_t i = 0; i < unit_list->fgt_count; i++) {
        buffer_printf(
            &fixture->said, "%s%s", i == 0 ? " " : ",",
            fixture->run.topology.fgts.items[adom->fgts.items[unit_list->first + i]].name);
    }
    buffer_printf(&fixture->said, " %zu%s; ", unit_list->units, unit_list->whole ? " all" : "");
}

static int32_t take_pack_said(void *context, const struct pack *pack, struct failure *failure)
{
    struct plan_fixture *fixture = context;

    (void)failure;
    for (size_t i = 0; i < pack->count; i++) {
        say(fixture, &pack->unit_lists[i]);
    }
    buffer_append_text(&fixture->said, "\n");
    return fixture->packs_left > 0 && --fixture->packs_left == 0 ? HECTOR_LIMIT : HECTOR_OK;
}

static void begin(struct plan_fixture *fixture)
{
    *fixture = (struct plan_fixture){.said = BUFFER(KIB(64))};
    fixture->plan = (struct unit_list_plan){&fixture->run, {0, 100, 100}, take_pack_said, fixture};
    host_begin(&fixture->host);
    fixture->call.operation = &fixture->host.operation;
    fixture->run.call = &fixture->call;
    fixture->run.operation = fixture->call.operation;
    fixture->run.settings = fixture->call.settings;
    fixture->run.topology = (struct topology){0};
}

static void end(struct plan_fixture *fixture)
{
    fmg_topology_release(&fixture->run.topology);
    buffer_release(&fixture->said);
    host_end(&fixture->host);
}

static void fgt(struct plan_fixture *fixture, const char *adom, const char *name, uint32_t switches,
                uint32_t points)
{
    struct topology *topology = &fixture->run.topology;
    struct fgt *found;

    CU_ASSERT_TRUE(fmg_topology_join(topology, name, adom));
    fmg_topology_find_adom(topology, adom)->wanted = true;
    found = fmg_topology_find_fgt(topology, name);
    found->is_fgt = true;
    found->counted[SWITCH] = switches;
    found->counted[ACCESS_POINT] = points;
}

static void check(struct plan_fixture *fixture, int32_t code, const char *said)
{
    struct failure failure;

    CU_ASSERT_EQUAL(fmg_unit_list_plan(&fixture->plan, false, &failure), code);
    CU_ASSERT_STRING_EQUAL(buffer_text(&fixture->said), said);
}

/* As much as fits goes into one request: ADOMs in the order of their list, FortiGates by name. */
static void test_one_pack(void)
{
    struct plan_fixture fixture;

    begin(&fixture);
    fgt(&fixture, "root", "gate-2", 3, 0);
    fgt(&fixture, "root", "gate-1", 1, 2);
    fgt(&fixture, "EMEA/West", "gate-3", 0, 0);
    check(&fixture, HECTOR_OK,
          "root switch gate-1,gate-2 4 all; root access_point gate-1,gate-2 6 all; "
          "EMEA/West switch gate-3 4 all; EMEA/West access_point gate-3 4 all; \n");
    end(&fixture);
}

static void test_only_what_is_wanted(void)
{
    struct plan_fixture fixture;

    begin(&fixture);
    fgt(&fixture, "unwanted", "gate-1", 1, 1);
    fmg_topology_find_adom(&fixture.run.topology, "unwanted")->wanted = false;
    fgt(&fixture, "outside", "gate-2", 1, 1);
    fmg_topology_find_adom(&fixture.run.topology, "outside")->outside = true;
    fgt(&fixture, "mail", "mail-1", 0, 0);
    fmg_topology_find_fgt(&fixture.run.topology, "mail-1")->is_fgt = false;
    CU_ASSERT_PTR_NOT_NULL(fmg_topology_adom(&fixture.run.topology, "empty"));
    fmg_topology_find_adom(&fixture.run.topology, "empty")->wanted = true;
    check(&fixture, HECTOR_OK, "");
    fgt(&fixture, "root", "gate-3", 1, 1);
    fixture.plan.unit_bytes[SWITCH] = 0;
    check(&fixture, HECTOR_OK, "root access_point gate-3 1 all; \n");
    end(&fixture);
}

/* Slices of FortiGates whose expected units fit into the intended reply size. */
static void test_slices(void)
{
    struct plan_fixture fixture;

    begin(&fixture);
    fixture.host.limits.reply_aim_bytes = 1000;
    fixture.plan.unit_bytes[ACCESS_POINT] = 0;
    fgt(&fixture, "root", "a", 4, 0);
    fgt(&fixture, "root", "b", 6, 0);
    fgt(&fixture, "root", "c", 7, 0);
    fgt(&fixture, "root", "d", 0, 0); /* no count: room for four */
    fgt(&fixture, "root", "e", 90, 0);
    fgt(&fixture, "root", "f", 1, 0);
    check(&fixture, HECTOR_OK,
          "root switch a,b 10; \n"
          "root switch c 7; \n"
          "root switch d 4; \n"
          "root switch e 90; \n" /* a single FortiGate cannot be split */
          "root switch f 1; \n");
    end(&fixture);
}

static void test_slices_share_a_request(void)
{
    struct plan_fixture fixture;

    begin(&fixture);
    fixture.host.limits.reply_aim_bytes = 1000;
    fgt(&fixture, "a", "gate-1", 6, 3);
    fgt(&fixture, "b", "gate-2", 1, 9);
    check(&fixture, HECTOR_OK,
          "a switch gate-1 6 all; a access_point gate-1 3 all; b switch gate-2 1 all; \n"
          "b access_point gate-2 9 all; \n");
    end(&fixture);
}

static void test_most_tables_of_a_request(void)
{
    struct plan_fixture fixture;
    size_t lines = 0;

    begin(&fixture);
    for (int i = 0; i < 40; i++) {
        char adom[32], name[32];

        (void)snprintf(adom, sizeof(adom), "adom-%02d", i);
        (void)snprintf(name, sizeof(name), "gate-%02d", i);
        fgt(&fixture, adom, name, 1, 1);
    }
    CU_ASSERT_EQUAL(fmg_unit_list_plan(&fixture.plan, false, &(struct failure){0}), HECTOR_OK);
    for (const char *at = buffer_text(&fixture.said); (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    CU_ASSERT_EQUAL(lines, 3); /* 80 tables, 32 a request */
    CU_ASSERT_PTR_NOT_NULL(
        strstr(buffer_text(&fixture.said), "adom-15 access_point gate-15 1 all; \nadom-16 switch"));
    end(&fixture);
}

static void test_stopped(void)
{
    struct plan_fixture fixture;

    begin(&fixture);
    fixture.host.limits.reply_aim_bytes = 100;
    fixture.packs_left = 1;
    fgt(&fixture, "root", "gate-1", 1, 1);
    fgt(&fixture, "root", "gate-2", 1, 1);
    check(&fixture, HECTOR_LIMIT, "root switch gate-1 1; \n");
    end(&fixture);
}

/* The whole ADOM in one word, or each FortiGate with its VDOMs of this ADOM. */
static void test_words(void)
{
    struct plan_fixture fixture;
    struct rpc_batch batch = {0};
    struct unit_list whole = {.type = SWITCH, .whole = true, .fgt_count = 3};
    struct unit_list slice = {.type = SWITCH, .first = 0, .fgt_count = 3};

    begin(&fixture);
    fgt(&fixture, "EMEA/West", "Gate \"1\"", 0, 0);
    fgt(&fixture, "EMEA/West", "gate-2", 0, 0);
    fgt(&fixture, "EMEA/West", "gate-3", 0, 0);
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "Gate \"1\"", "root", "EMEA/West"));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "Gate \"1\"", "dmz", "elsewhere"));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "Gate \"1\"", "tenant 1", NULL));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "gate-2", "dmz", "EMEA/West"));
    (void)fmg_unit_list_add(&fixture.run, &whole, fmg_kinds[SWITCH].table, "\"loadsub\":0,",
                            &batch);
    CU_ASSERT_STRING_EQUAL(buffer_text(&batch.urls[0]),
                           "/pm/config/adom/EMEA\\/West/obj/fsp/managed-switch");
    CU_ASSERT_STRING_EQUAL(buffer_text(&batch.rests[0]),
                           "\"loadsub\":0,\"scope member\":[{\"name\":\"All_FortiGate\"}]");
    (void)fmg_unit_list_add(&fixture.run, &slice, fmg_kinds[ACCESS_POINT].table, "", &batch);
    CU_ASSERT_STRING_EQUAL(buffer_text(&batch.urls[1]),
                           "/pm/config/adom/EMEA\\/West/obj/wireless-controller/wtp");
    CU_ASSERT_STRING_EQUAL(buffer_text(&batch.rests[1]),
                           "\"scope member\":[{\"name\":\"Gate \\\"1\\\"\",\"vdom\":\"tenant 1\"},"
                           "{\"name\":\"Gate \\\"1\\\"\",\"vdom\":\"root\"},"
                           "{\"name\":\"gate-2\",\"vdom\":\"dmz\"},"
                           "{\"name\":\"gate-3\",\"vdom\":\"root\"}]");
    fmg_rpc_batch_release(&batch);
    end(&fixture);
}

/* A slice without names, because all its VDOMs are in other ADOMs, is not requested. */
static void test_slice_without_units(void)
{
    struct plan_fixture fixture;

    begin(&fixture);
    fixture.host.limits.reply_aim_bytes = 100;
    fixture.plan.unit_bytes[ACCESS_POINT] = 0;
    fgt(&fixture, "root", "a", 1, 0);
    fgt(&fixture, "root", "b", 1, 0);
    fgt(&fixture, "root", "c", 1, 0);
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "a", "root", "root"));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "b", "root", "elsewhere"));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, "b", "dmz", "elsewhere"));
    check(&fixture, HECTOR_OK, "root switch a 1; \nroot switch c 1; \n");
    end(&fixture);
}

static CU_TestInfo plan_tests[] = {
    {"one pack", test_one_pack},
    {"only what is wanted", test_only_what_is_wanted},
    {"slices", test_slices},
    {"slices share a request", test_slices_share_a_request},
    {"the most tables of a request", test_most_tables_of_a_request},
    {"stopped", test_stopped},
    {"words", test_words},
    {"a slice that names no unit", test_slice_without_units},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "plan", .pTests = plan_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
