/*
 * test_oracle.c - the rule by which test_motion judges, and what its FortiManager counts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "oracle.h"
#include "tap.h"

#define SWITCH_1 "S124EPTF21000001"
#define SWITCH_2 "S124EPTF21000002"

static size_t complaints;

static void count(void *context, const char *text)
{
    (void)context;
    (void)text;
    complaints++;
}

static void begin(struct fake *fake)
{
    *fake = (struct fake){0};
    fake_apply(fake, "adom Alpha new; adom Beta new; fgt one new Alpha FGT60FTK21000001; "
                     "fgt six new Alpha FGT60FTK21000006; vdom six/lab new Beta; "
                     "unit sw1 new one/root; unit sw2 new six/lab");
}

/* A run that brought the second switch only, and covered both scopes. */
static void begin_run(struct oracle_run *run)
{
    *run = (struct oracle_run){
        .code = HECTOR_OK,
        .summary = true,
        .complete = {true, true, true},
        .assets = {{SWITCH_2, "adom:Beta", FAKE_SWITCH},
                   {"FGT60FTK21000001", "adom:Alpha", FAKE_FIREWALL},
                   {"FGT60FTK21000006", "adom:Alpha", FAKE_FIREWALL}},
        .asset_count = 3,
        .scopes = {{"adom:Alpha", "", FAKE_SWITCH, true}, {"adom:Beta", "", FAKE_SWITCH, true}},
        .scope_count = 2,
        .serials = {"FMGVMSTM21000001"},
        .serial_count = 1};
}

static size_t judge(const struct oracle_run *run, const struct fake *states, size_t state_count)
{
    struct oracle_run last;

    begin_run(&last);
    last.assets[last.asset_count++] = (struct oracle_unit){SWITCH_1, "adom:Alpha", FAKE_SWITCH};
    complaints = 0;
    oracle_judge(&last, run, states, state_count, false, count, NULL);
    return complaints;
}

/* What makes a unit that did not come 'not seen', one condition after the other. */
static void test_rule(void)
{
    struct oracle_run run;
    struct fake states[2];

    begin(&states[0]);
    states[1] = states[0];
    begin_run(&run);
    CU_ASSERT_EQUAL(judge(&run, states, 2), 1);
    run.scopes[0] = run.scopes[1];
    run.scope_count = 1; /* its scope is gone, another is there */
    CU_ASSERT_EQUAL(judge(&run, states, 2), 1);
    run.scope_count = 0;
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
    begin_run(&run);
    run.scopes[0].complete = false;
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
    begin_run(&run);
    run.complete[FAKE_SWITCH] = false;
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
    begin_run(&run);
    (void)snprintf(run.skipped[run.skipped_count++], FAKE_NAME, SWITCH_1);
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
    begin_run(&run);
    run.summary = false;
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
    begin_run(&run);
    run.code = HECTOR_DATA;
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
    begin_run(&run);
    (void)snprintf(run.serials[0], FAKE_NAME, "FMGVMSTM21000002"); /* another source */
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
}

/* Which units a run must not lose: those that were there all the time, and in sight. */
static void test_stay(void)
{
    struct oracle_run run;
    struct fake states[2];

    begin(&states[0]);
    begin_run(&run);
    states[1] = states[0];
    fake_apply(&states[1], "unit sw1 to six/lab; fgt one called two");
    CU_ASSERT_EQUAL(judge(&run, states, 2), 1);
    states[1] = states[0];
    fake_apply(&states[1], "unit sw1 gone");
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
    states[1] = states[0];
    fake_apply(&states[1], "adom Alpha hidden"); /* that Alpha is complete is not true */
    CU_ASSERT_EQUAL(judge(&run, states, 2), 1);
    run.scopes[0] = run.scopes[1];
    run.scope_count = 1; /* that it is gone from sight is */
    CU_ASSERT_EQUAL(judge(&run, states, 2), 0);
}

static void test_rest(void)
{
    struct oracle_run run;
    struct fake fake;

    begin(&fake);
    begin_run(&run);
    complaints = 0;
    oracle_judge_rest(&run, &fake, false, count, NULL);
    CU_ASSERT_EQUAL(complaints, 1);
    run.assets[run.asset_count++] = (struct oracle_unit){SWITCH_1, "adom:Alpha", FAKE_SWITCH};
    oracle_judge_rest(&run, &fake, false, count, NULL);
    CU_ASSERT_EQUAL(complaints, 1);
    run.code = HECTOR_PARTIAL;
    oracle_judge_rest(&run, &fake, false, count, NULL);
    CU_ASSERT_EQUAL(complaints, 2);
}

/* The data of one answer, as text. */
static const char *data_of(const struct fake *fake, const char *param)
{
    static char text[1024];
    struct json_object *request = json_object_new_object(), *params = json_object_new_array();
    struct json_object *reply, *row;

    json_object_array_add(params, json_tokener_parse(param));
    fake_put(request, "method", "get");
    json_object_object_add(request, "params", params);
    reply = fake_fmg_answer(fake, request);
    row = json_object_array_get_idx(json_object_object_get(reply, "result"), 0);
    (void)snprintf(text, sizeof(text), "%s",
                   json_object_get_string(json_object_object_get(row, "data")));
    json_object_put(reply);
    json_object_put(request);
    return text;
}

#define ROSTER(adom, scope)                                                                        \
    "{\"url\":\"/pm/config/adom/" adom "/obj/fsp/managed-switch\",\"option\":[\"count\"],"         \
    "\"scope member\":[" scope "]}"
#define WHOLE "{\"name\":\"All_FortiGate\"}"

static void test_counts(void)
{
    struct fake fake;

    begin(&fake);
    fake_apply(&fake, "unit sw3 new six/root");
    CU_ASSERT_STRING_EQUAL(data_of(&fake, ROSTER("Alpha", WHOLE)), "2");
    CU_ASSERT_STRING_EQUAL(data_of(&fake, ROSTER("Beta", WHOLE)), "1");
    CU_ASSERT_STRING_EQUAL(data_of(&fake, ROSTER("Alpha", "{\"name\":\"six\",\"vdom\":\"root\"}")),
                           "1");
    fake.counts_wide = true;
    CU_ASSERT_STRING_EQUAL(data_of(&fake, ROSTER("Alpha", "{\"name\":\"six\",\"vdom\":\"root\"}")),
                           "2");
    CU_ASSERT_STRING_EQUAL(
        data_of(&fake, "{\"url\":\"/dvmdb/adom/Beta/device\",\"option\":\"count\"}"), "1");
    CU_ASSERT_STRING_EQUAL(data_of(&fake, "{\"url\":\"/dvmdb/adom\",\"option\":[\"count\"]}"), "2");
}

int main(void)
{
    CU_TestInfo tests[] = {{"what a host concludes", test_rule},
                           {"which units stay", test_stay},
                           {"a run at rest", test_rest},
                           {"counts", test_counts},
                           CU_TEST_INFO_NULL};
    CU_SuiteInfo suites[] = {{"oracle", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
