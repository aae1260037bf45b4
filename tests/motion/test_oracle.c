/*
 * test_oracle.c - the rule of test_motion, and the counts of its FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "hector/integration.h"
#include "lib/tap.h"
#include "oracle.h"

#define SOURCE(serial)                                                                             \
    "{\"kind\":\"source\",\"id\":\"" serial "\",\"serials\":[\"" serial "\"],"                     \
    "\"listing_digest\":\"sha256:0\"}"
#define ASSET(type, serial, adom)                                                                  \
    "{\"kind\":\"asset\",\"device_type\":\"" type "\",\"sync_key\":\"" serial "\","                \
    "\"scope\":\"adom:" adom "\"}"
#define SCOPE(adom) "{\"kind\":\"scope\",\"scope\":\"adom:" adom "\"}"
#define SKIPPED(serial)                                                                            \
    "{\"kind\":\"skipped\",\"device_type\":\"switch\",\"scope\":\"adom:Alpha\","                   \
    "\"reason\":\"unauthorized\",\"subject\":\"sw\",\"serial\":\"" serial "\"}"
#define COVERAGE(adom, complete)                                                                   \
    "{\"kind\":\"coverage\",\"scope\":\"adom:" adom "\",\"device_type\":\"switch\","               \
    "\"complete\":" complete ",\"reason\":\"because\"}"
#define SUMMARY(scopes, switches)                                                                  \
    "{\"kind\":\"summary\",\"scopes_complete\":" scopes ",\"device_types\":{"                      \
    "\"firewall\":{\"complete\":true},\"switch\":{\"complete\":" switches "}}}"

/* The documents of a run, by position. */
enum place {
    PLACE_SOURCE,
    PLACE_FGT_1,
    PLACE_FGT_6,
    PLACE_SWITCH_1,
    PLACE_SWITCH_2,
    PLACE_ALPHA,
    PLACE_BETA,
    PLACE_SKIPPED,
    PLACE_ALPHA_READ,
    PLACE_BETA_READ,
    PLACE_SUMMARY,
    PLACE_BEHIND,
    PLACES
};

/* Every unit is emitted and covered. */
static const char *const whole[PLACES] = {
    [PLACE_SOURCE] = SOURCE("FMGVMSTM21000001"),
    [PLACE_FGT_1] = ASSET("firewall", "FGT60FTK21000001", "Alpha"),
    [PLACE_FGT_6] = ASSET("firewall", "FGT60FTK21000006", "Alpha"),
    [PLACE_SWITCH_1] = ASSET("switch", "S124EPTF21000001", "Alpha"),
    [PLACE_SWITCH_2] = ASSET("switch", "S124EPTF21000002", "Beta"),
    [PLACE_ALPHA] = SCOPE("Alpha"),
    [PLACE_BETA] = SCOPE("Beta"),
    [PLACE_ALPHA_READ] = COVERAGE("Alpha", "true"),
    [PLACE_BETA_READ] = COVERAGE("Beta", "true"),
    [PLACE_SUMMARY] = SUMMARY("true", "true")};

/* A run is a list of differences from that: NULL = none, GONE = no document at that position. */
static const char GONE[] = "-";

#define IS(coverage)                                                                               \
    "switch S124EPTF21000001 of adom:Alpha is there, and concluded is " coverage "\n"

static char complaints[600]; /* of the last oracle_check(), one a line */

static void complain(void *context, const char *text)
{
    size_t size = strlen(complaints);

    (void)context;
    (void)snprintf(complaints + size, sizeof(complaints) - size, "%s\n", text);
}

static void begin(struct fake *fake)
{
    *fake = (struct fake){0};
    fake_apply(fake, "adom Alpha new; adom Beta new; fgt one new Alpha FGT60FTK21000001; "
                     "fgt six new Alpha FGT60FTK21000006; vdom six/lab new Beta; "
                     "unit sw1 new one/root; unit sw2 new six/lab");
}

static void read_run(const char *const changes[PLACES], int32_t code, struct oracle_run *ret)
{
    struct json_object *documents = json_object_new_array();

    for (int place = 0; place < PLACES; place++) {
        const char *text = changes[place] != NULL ? changes[place] : whole[place];

        if (text != NULL && text != GONE) {
            json_object_array_add(documents, json_tokener_parse(text));
        }
    }
    oracle_read(documents, code, ret);
    json_object_put(documents);
}

/* The findings for a run over these states that follows a complete one. */
static const char *check_run(const char *const changes[PLACES], int32_t code,
                             const struct fake *states, size_t state_count)
{
    static const char *const nothing[PLACES];
    struct oracle_run last, run;

    complaints[0] = '\0';
    read_run(nothing, HECTOR_OK, &last);
    read_run(changes, code, &run);
    oracle_check(&last, &run, states, state_count, false, complain, NULL);
    oracle_release(&run);
    oracle_release(&last);
    return complaints;
}

static void expect(const char *is, const char *expected, size_t row)
{
    char text[2 * sizeof(complaints)];

    if (strcmp(is, expected) != 0) {
        (void)snprintf(text, sizeof(text), "row %zu: '%s' instead of '%s'", row, is, expected);
        CU_assertImplementation(CU_FALSE, __LINE__, text, __FILE__, "", CU_FALSE);
    }
}

/* Nothing changes: the conditions that turn an absent unit into a gone one, one after the other. */
static void test_rule(void)
{
    static const struct {
        const char *changes[PLACES];
        int32_t code;
        const char *complaints;
    } rows[] = {
        {{NULL}, HECTOR_OK, ""},
        {{[PLACE_SWITCH_1] = GONE}, HECTOR_OK, IS("not_seen")},
        /* The documents of a failed run count, too. */
        {{[PLACE_SWITCH_1] = GONE}, HECTOR_DATA, IS("not_seen")},
        {{[PLACE_SWITCH_1] = GONE, [PLACE_ALPHA] = GONE, [PLACE_ALPHA_READ] = GONE},
         HECTOR_OK,
         IS("scope_gone")},
        {{[PLACE_SWITCH_1] = GONE,
          [PLACE_ALPHA] = GONE,
          [PLACE_ALPHA_READ] = GONE,
          [PLACE_SUMMARY] = SUMMARY("false", "true")},
         HECTOR_OK,
         ""},
        {{[PLACE_SWITCH_1] = GONE, [PLACE_ALPHA_READ] = GONE}, HECTOR_OK, ""},
        {{[PLACE_SWITCH_1] = GONE,
          [PLACE_BETA_READ] = COVERAGE("Beta", "false"),
          [PLACE_SUMMARY] = SUMMARY("true", "false")},
         HECTOR_PARTIAL,
         ""},
        {{[PLACE_SWITCH_1] = GONE, [PLACE_SKIPPED] = SKIPPED("S124EPTF21000001")}, HECTOR_OK, ""},
        {{[PLACE_SWITCH_1] = GONE, [PLACE_SOURCE] = SOURCE("FMGVMSTM21000002")}, HECTOR_OK, ""},
        /* Its scope is incomplete, whatever the summary says. */
        {{[PLACE_SWITCH_1] = GONE, [PLACE_ALPHA_READ] = COVERAGE("Alpha", "false")},
         HECTOR_PARTIAL,
         "switch is complete in the summary, and a scope of it is not\n"},
    };
    struct fake states[2];

    begin(&states[0]);
    states[1] = states[0];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect(check_run(rows[i].changes, rows[i].code, states, 2), rows[i].complaints, i);
    }
}

static void test_contradictions(void)
{
    static const struct {
        const char *changes[PLACES];
        const char *complaints;
    } rows[] = {
        {{[PLACE_SKIPPED] = ASSET("switch", "S124EPTF21000001", "Beta")},
         "S124EPTF21000001 came twice\n"},
        {{[PLACE_BETA_READ] = COVERAGE("Alpha", "true")}, "adom:Alpha is covered twice\n"},
        {{[PLACE_BEHIND] = COVERAGE("Gamma", "true")}, "a document behind the summary\n"},
        {{[PLACE_BETA_READ] = COVERAGE("Beta", "false"),
          [PLACE_SUMMARY] = SUMMARY("true", "false")},
         "the run is OK, and adom:Beta is incomplete\n"},
    };
    struct fake state;

    begin(&state);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect(check_run(rows[i].changes, HECTOR_OK, &state, 1), rows[i].complaints, i);
    }
}

/* Which units a run must not lose: those that existed and were visible all the time. */
static void test_stay(void)
{
    static const char *const seen[PLACES] = {[PLACE_SWITCH_1] = GONE};
    static const char *const hidden[PLACES] = {
        [PLACE_SWITCH_1] = GONE, [PLACE_ALPHA] = GONE, [PLACE_ALPHA_READ] = GONE};
    struct fake states[2];

    begin(&states[0]);
    states[1] = states[0];
    fake_apply(&states[1], "unit sw1 to six/lab; fgt one called two");
    CU_ASSERT_STRING_EQUAL(check_run(seen, HECTOR_OK, states, 2), IS("not_seen"));
    states[1] = states[0];
    fake_apply(&states[1], "unit sw1 gone");
    CU_ASSERT_STRING_EQUAL(check_run(seen, HECTOR_OK, states, 2), "");
    CU_ASSERT_STRING_EQUAL(check_run(hidden, HECTOR_OK, states, 2), "");
    states[1] = states[0];
    fake_apply(&states[1], "adom Alpha hidden"); /* the coverage of Alpha is then false */
    CU_ASSERT_STRING_EQUAL(check_run(seen, HECTOR_OK, states, 2), IS("not_seen"));
    CU_ASSERT_STRING_EQUAL(check_run(hidden, HECTOR_OK, states, 2), "");
}

#define SHOULD_BE_OK "the run should be OK and is "

static void test_rest(void)
{
    static const struct {
        const char *changes[PLACES];
        int32_t code;
        const char *complaints;
    } rows[] = {
        {{NULL}, HECTOR_OK, ""},
        {{[PLACE_SWITCH_1] = GONE},
         HECTOR_OK,
         SHOULD_BE_OK "ok; switch S124EPTF21000001 of adom:Alpha did not come\n"},
        {{[PLACE_SWITCH_1] = ASSET("switch", "S124EPTF21000001", "Beta")},
         HECTOR_OK,
         SHOULD_BE_OK "ok; switch S124EPTF21000001 came in adom:Beta instead of adom:Alpha\n"},
        {{[PLACE_SKIPPED] = ASSET("switch", "S124EPTF21000009", "Beta")},
         HECTOR_OK,
         SHOULD_BE_OK "ok; S124EPTF21000009 came, which is not there\n"},
        {{NULL}, HECTOR_PARTIAL, SHOULD_BE_OK "partial; no document says why\n"},
        {{[PLACE_SUMMARY] = GONE}, HECTOR_OK, SHOULD_BE_OK "ok; no document says why\n"},
        {{[PLACE_BETA_READ] = COVERAGE("Beta", "false")},
         HECTOR_PARTIAL,
         SHOULD_BE_OK "partial; switch adom:Beta is incomplete: because; 2 such in all\n"},
    };
    struct oracle_run run;
    struct fake fake;

    begin(&fake);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        complaints[0] = '\0';
        read_run(rows[i].changes, rows[i].code, &run);
        oracle_check_rest(&run, &fake, false, complain, NULL);
        expect(complaints, rows[i].complaints, i);
        oracle_release(&run);
    }
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

#define UNIT_LIST(adom, scope)                                                                     \
    "{\"url\":\"/pm/config/adom/" adom "/obj/fsp/managed-switch\",\"option\":[\"count\"],"         \
    "\"scope member\":[" scope "]}"
#define WHOLE "{\"name\":\"All_FortiGate\"}"

static void test_counts(void)
{
    struct fake fake;

    begin(&fake);
    fake_apply(&fake, "unit sw3 new six/root");
    CU_ASSERT_STRING_EQUAL(data_of(&fake, UNIT_LIST("Alpha", WHOLE)), "2");
    CU_ASSERT_STRING_EQUAL(data_of(&fake, UNIT_LIST("Beta", WHOLE)), "1");
    CU_ASSERT_STRING_EQUAL(
        data_of(&fake, UNIT_LIST("Alpha", "{\"name\":\"six\",\"vdom\":\"root\"}")), "1");
    fake.counts_wide = true;
    CU_ASSERT_STRING_EQUAL(
        data_of(&fake, UNIT_LIST("Alpha", "{\"name\":\"six\",\"vdom\":\"root\"}")), "2");
    CU_ASSERT_STRING_EQUAL(
        data_of(&fake, "{\"url\":\"/dvmdb/adom/Beta/device\",\"option\":\"count\"}"), "1");
    CU_ASSERT_STRING_EQUAL(data_of(&fake, "{\"url\":\"/dvmdb/adom\",\"option\":[\"count\"]}"), "2");
}

int main(void)
{
    CU_TestInfo tests[] = {{"what a host concludes", test_rule},
                           {"documents that contradict themselves", test_contradictions},
                           {"which units stay", test_stay},
                           {"a run at rest", test_rest},
                           {"counts", test_counts},
                           CU_TEST_INFO_NULL};
    CU_SuiteInfo suites[] = {{"oracle", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
