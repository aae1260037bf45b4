/*
 * test_closing.c - the closing request, which shows whether the run read one snapshot.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/closing.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/run_fixture.h"
#include "lib/tap.h"
#include "sources/fortimanager/devices.h"
#include "sources/fortimanager/scopes.h"
#include "sources/fortimanager/unit_list_reading.h"
#include "sources/fortimanager/unit_lists.h"

#define FGT(number)                                                                                \
    "{\"name\":\"gate-" #number "\",\"oid\":10" #number ",\"sn\":\"FGT60FTK2100000" #number "\"}"
#define ADOM(name, oid) "{\"name\":\"" name "\",\"oid\":" oid "}"
#define ROOT(...)       "{\"name\":\"root\",\"oid\":3,\"expand member\":{\"device\":[" __VA_ARGS__ "]}}"
#define ADOMS           OK_ROW("[" ROOT(FGT(1)) "]")
#define ROW(number, fgt)                                                                           \
    "{\"name\":\"sw\",\"switch-id\":\"S124EPTF2100000" #number                                     \
    "\",\"sn\":\"S124EPTF2100000" #number "\",\"state\":\"enable\",\"status\":\"connected\","      \
    "\"platform\":\"FortiSwitch-124E-POE\",\"scope member\":[{\"name\":\"" fgt                     \
    "\",\"vdom\":\"root\"}]}"
#define ONE_ROW  OK_ROW("[" ROW(1, "gate-1") "]")
#define TWO_ROWS OK_ROW("[" ROW(1, "gate-1") "," ROW(2, "gate-1") "]")
#define RENAMED(id)                                                                                \
    "{\"name\":\"" id "\",\"switch-id\":\"" id "\",\"state\":\"enable\",\"status\":\"connected\"," \
    "\"platform\":\"FortiSwitch-124E-POE\",\"sn\":\"\","                                           \
    "\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"root\"}]}"

/* An ADOM as the ADOM table showed it at the beginning. */
static struct adom *add_adom(struct run_fixture *fixture, const char *name, int64_t oid)
{
    struct adom *adom = fmg_topology_adom(&fixture->run.topology, name);

    CU_ASSERT_PTR_NOT_NULL_FATAL(adom);
    adom->oid = oid;
    adom->listed = adom->wanted = true;
    adom->snapshot = 1;
    return adom;
}

/* A FortiGate that the ADOM table lists in an ADOM, and whose row was read. */
static void add_fgt_to(struct run_fixture *fixture, int number, const char *adom)
{
    struct topology *topology = &fixture->run.topology;
    char name[16], serial[SERIAL_MAX + 1];
    struct fgt *fgt;

    (void)snprintf(name, sizeof(name), "gate-%d", number);
    (void)snprintf(serial, sizeof(serial), "FGT60FTK2100000%d", number);
    (void)run_fixture_fgt(fixture, adom, name, "root", true);
    fgt = fmg_topology_find_fgt(topology, name);
    fgt->oid = 100 + number;
    fgt->sn = strmap_keep(&topology->texts, serial);
    fmg_topology_membership(topology, fgt, fmg_topology_find_adom(topology, adom))->snapshot = 1;
    fmg_topology_find_adom(topology, adom)->named = true;
}

static void add_fgt(struct run_fixture *fixture, int number)
{
    add_fgt_to(fixture, number, "root");
}

/* One FortiGate in `root`, whose switches are to be read. */
static void begin(struct run_fixture *fixture, const struct rpc_reply *script)
{
    struct settings *settings;

    run_fixture_begin(fixture, script);
    settings = &fixture->peer.host.settings;
    settings->device_types[FIREWALL] = settings->device_types[ACCESS_POINT] = false;
    settings->chosen[CHOICE_live_status_when_needed] = false;
    fixture->run.adoms_known = fixture->run.members_known = fixture->run.members_listed = true;
    fixture->run.snapshot = 1;
    (void)add_adom(fixture, "root", 3);
    add_fgt(fixture, 1);
}

/* Reads, closes and ends the run; the results are in the host's documents. */
static int32_t read(struct run_fixture *fixture, size_t requests)
{
    struct unit_lists unit_lists;
    int32_t code = fmg_unit_lists_open(&unit_lists, &fixture->run, &fixture->failure);

    code = code == HECTOR_OK ? fmg_unit_lists_read(&unit_lists, &fixture->failure) : code;
    code = code == HECTOR_OK ? fmg_closing_settle(&unit_lists, &fixture->failure) : code;
    code = code == HECTOR_OK ? fmg_scopes_end(&fixture->run, &fixture->failure) : code;
    fmg_unit_lists_close(&unit_lists);
    run_fixture_close(fixture);
    CU_ASSERT_EQUAL(fixture->peer.record.count, 1 + requests);
    return inventory_finish(fixture->run.inventory, code, &fixture->failure);
}

static const char *coverage(const struct run_fixture *fixture, size_t i, const char *pointer)
{
    return host_value(&fixture->peer.host, "coverage", i, pointer);
}

static size_t problems(const struct run_fixture *fixture, const char *reason)
{
    size_t count = 0;

    for (size_t i = 0; i < host_count(&fixture->peer.host, "problem"); i++) {
        count += strcmp(host_value(&fixture->peer.host, "problem", i, "/reason"), reason) == 0;
    }
    return count;
}

static void expect_incomplete(const struct run_fixture *fixture, const char *reason)
{
    CU_ASSERT_STRING_EQUAL(coverage(fixture, 0, "/scope"), "adom:root");
    CU_ASSERT_STRING_EQUAL(coverage(fixture, 0, "/complete"), "false");
    CU_ASSERT_STRING_EQUAL(coverage(fixture, 0, "/reason"), reason);
}

/* ---- counts */

static void test_at_rest(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(ONE_ROW)}, {200, RESULT(ADOMS "," OK_ROW("1"))}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), "true");
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "problem"), 0);
    run_fixture_end(&fixture);
}

/* A count above the number of rows, where no reading fits the count, proves nothing. */
static void test_counts_that_prove_nothing(void)
{
    static const struct rpc_reply closing = {200, RESULT(ADOMS "," OK_ROW("2"))};
    static const struct rpc_reply rows = {200, RESULT(ONE_ROW)};
    const struct rpc_reply script[] = {ALIVE, rows, closing, rows, closing, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/units"), "1");
    CU_ASSERT_EQUAL(problems(&fixture, "counts_differ"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.peer.host, "problem", 0, "/severity"), "info");
    run_fixture_end(&fixture);
}

/* The second reading of the table has the missing row. */
static void test_read_again(void)
{
    static const struct rpc_reply closing = {200, RESULT(ADOMS "," OK_ROW("2"))};
    const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(ONE_ROW)}, closing, {200, RESULT(TWO_ROWS)}, closing, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/units"), "2");
    CU_ASSERT_EQUAL(problems(&fixture, "counts_differ"), 0);
    run_fixture_end(&fixture);
}

/* Tables of two ADOMs are read again in one request, like the first time. */
static void test_read_again_together(void)
{
    static const struct rpc_reply rows = {200,
                                          RESULT(ONE_ROW "," OK_ROW("[" ROW(2, "gate-2") "]"))};
    static const struct rpc_reply closing = {
        200, RESULT(OK_ROW(
                 "[" ROOT(FGT(1)) ",{\"name\":\"other\",\"oid\":4,\"expand member\":{"
                                  "\"device\":[" FGT(2) "]}}]") "," OK_ROW("2") "," OK_ROW("2"))};
    const struct rpc_reply script[] = {ALIVE, rows, closing, rows, closing, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    (void)add_adom(&fixture, "other", 4);
    add_fgt_to(&fixture, 2, "other");
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    run_fixture_end(&fixture);
}

/* A table, read whole, whose count is above 0 and which has no rows. */
static void test_counts_and_shows_none(void)
{
    static const struct rpc_reply closing = {200, RESULT(ADOMS "," OK_ROW("2"))};
    static const struct rpc_reply rows = {200, RESULT(OK_ROW("[]"))};
    const struct rpc_reply script[] = {ALIVE, rows, closing, rows, closing, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_DATA);
    expect_incomplete(&fixture, "table_changed");
    run_fixture_end(&fixture);
}

/* Two FortiGates that are read one by one. */
static void begin_sliced(struct run_fixture *fixture, const struct rpc_reply *script)
{
    begin(fixture, script);
    add_fgt(fixture, 2);
    fixture->peer.host.limits.reply_aim_bytes = 4 * UNIT_BYTES;
}

#define SLICE(number)                                                                              \
    {                                                                                              \
        200, RESULT(OK_ROW("[" ROW(number, "gate-" #number) "]"))                                  \
    }
#define SLICED_CLOSING(a, b)                                                                       \
    {                                                                                              \
        200, RESULT(OK_ROW("[" ROOT(FGT(1) "," FGT(2)) "]") "," OK_ROW(a) "," OK_ROW(              \
                 b) "," OK_ROW(FGT(1)) "," OK_ROW(FGT(2)))                                         \
    }

/* A system that ignores `scope member` in counts returns the same count for all: nothing is read
 * again. */
static void test_wide_counts(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, SLICE(1), SLICE(2), SLICED_CLOSING("2", "2"), {0, NULL}};
    struct run_fixture fixture;

    begin_sliced(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 3), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), "true");
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "problem"), 0);
    run_fixture_end(&fixture);
}

/* A count that obeys `scope member` is evidence. */
static void test_narrowed_counts(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,    SLICE(1), SLICE(2), SLICED_CLOSING("1", "3"), SLICE(2), SLICED_CLOSING("1", "3"),
        {0, NULL}};
    struct run_fixture fixture;

    begin_sliced(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 5), HECTOR_PARTIAL);
    expect_incomplete(&fixture, "table_changed");
    run_fixture_end(&fixture);
}

#define SLICE_OF_TWO(a, b, fgt)                                                                    \
    {                                                                                              \
        200, RESULT(OK_ROW("[" ROW(a, fgt) "," ROW(b, fgt) "]"))                                   \
    }

/* A single count that equals the number of all units: a unit of the other FortiGate has moved. */
static void test_one_wide_count(void)
{
    static const struct rpc_reply script[] = {ALIVE,
                                              SLICE(1),
                                              SLICE(2),
                                              SLICED_CLOSING("2", "0"),
                                              SLICE_OF_TWO(1, 2, "gate-1"),
                                              SLICED_CLOSING("2", "0"),
                                              {0, NULL}};
    struct run_fixture fixture;

    begin_sliced(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 5), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), "true");
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    run_fixture_end(&fixture);
}

/* A count below the number of rows: units have left, and others may have come in their place. */
static void test_units_left(void)
{
    static const struct rpc_reply script[] = {ALIVE,
                                              SLICE(1),
                                              SLICE_OF_TWO(2, 3, "gate-2"),
                                              SLICED_CLOSING("1", "1"),
                                              {200, RESULT(OK_ROW("[" ROW(4, "gate-2") "]"))},
                                              SLICED_CLOSING("1", "1"),
                                              {0, NULL}};
    struct run_fixture fixture;

    begin_sliced(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 5), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 4);
    run_fixture_end(&fixture);
}

#define POINT(number)                                                                              \
    "{\"name\":\"ap\",\"wtp-id\":\"FP231FTF2000000" #number                                        \
    "\",\"admin\":2,\"_conn-state\":1,\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"root\"}]}"

/* Access points have come, and one switch has replaced another: the units of a FortiGate are read
 * again for both types. */
static void test_both_types(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(ONE_ROW "," OK_ROW("[" POINT(1) "]"))},
        {200, RESULT(ADOMS "," OK_ROW("1") "," OK_ROW("2"))},
        {200, RESULT(OK_ROW("[" ROW(2, "gate-1") "]") "," OK_ROW("[" POINT(1) "," POINT(2) "]"))},
        {200, RESULT(ADOMS "," OK_ROW("1") "," OK_ROW("2"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.peer.host.settings.device_types[ACCESS_POINT] = true;
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 4);
    run_fixture_end(&fixture);
}

/* ---- ADOMs without devices */

#define WITH_SPARE(count)                                                                          \
    RESULT(OK_ROW("[" ROOT(FGT(1)) "," ADOM("spare", "4") "]") "," OK_ROW("1") "," count)

static void test_empty_adom(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(ONE_ROW)}, {200, WITH_SPARE(OK_ROW("0"))}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    (void)add_adom(&fixture, "spare", 4);
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "coverage"), 2);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/scope"), "adom:spare");
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/complete"), "true");
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/units"), "0");
    run_fixture_end(&fixture);
}

/* Without a count of devices, the device table is read. */
static void test_adom_without_a_count(void)
{
    static const struct rpc_reply table = {
        200, RESULT(CODE_ROW("-9", "no") "," OK_ROW("[]") "," CODE_ROW("-9", "no"))};
    const struct rpc_reply script[] = {
        ALIVE,    {200, RESULT(ONE_ROW)}, {200, WITH_SPARE(CODE_ROW("-9", "no"))}, table, table,
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    (void)add_adom(&fixture, "spare", 4);
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_OK);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "/dvmdb/adom/spare/device\",\"fields\""), 2);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/scope"), "adom:spare");
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/complete"), "true");
    run_fixture_end(&fixture);
}

static void test_adom_outside(void)
{
    static const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(ONE_ROW)}, {200, WITH_SPARE(REFUSED)}, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    (void)add_adom(&fixture, "spare", 4);
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "coverage"), 1);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "problem"), 0);
    run_fixture_end(&fixture);
}

/* A chosen ADOM is read although it has no devices; when it is refused later, it does not count as
 * empty. */
static void test_chosen_adom(void)
{
    static const struct {
        const char *closing;
        int32_t code;
        const char *complete;
    } cases[] = {{OK_ROW("0"), HECTOR_OK, "true"}, {REFUSED, HECTOR_DATA, "false"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char reply[512];
        struct rpc_reply script[] = {ALIVE,
                                     {200, RESULT(OK_ROW("0") "," OK_ROW("[]") "," OK_ROW("0"))},
                                     {200, reply},
                                     {200, reply},
                                     {0, NULL}};
        struct run_fixture fixture;
        struct settings *settings = &fixture.peer.host.settings;

        (void)snprintf(reply, sizeof(reply), "{\"result\":[%s,%s]}",
                       OK_ROW("[" ADOM("spare", "4") "]"), cases[i].closing);
        run_fixture_begin(&fixture, script);
        settings->device_types[FIREWALL] = settings->device_types[ACCESS_POINT] = false;
        settings->adoms = json_tokener_parse("[\"spare\"]");
        fixture.run.adoms_known = fixture.run.members_known = true;
        fixture.run.snapshot = 1;
        (void)add_adom(&fixture, "spare", 4);
        CU_ASSERT_EQUAL(fmg_devices_read(&fixture.run, &fixture.failure), HECTOR_OK);
        CU_ASSERT_EQUAL(read(&fixture, 2), cases[i].code);
        CU_ASSERT_EQUAL(problems(&fixture, "adom_empty"), 1);
        CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/scope"), "adom:spare");
        CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), cases[i].complete);
        json_object_put(settings->adoms);
        settings->adoms = NULL;
        run_fixture_end(&fixture);
    }
}

/* ---- the ADOM table */

/* Without the ADOM table nothing proves a snapshot. */
static void test_no_adom_table(void)
{
    static const struct {
        const char *table, *again, *reason; /* again: NULL = no second request */
    } cases[] = {{OK_ROW("[]"), RESULT(OK_ROW("[]")), "reply_invalid"},
                 {REFUSED, RESULT(REFUSED), "read_refused"}, /* repeated without fields */
                 {OK_ROW("[{\"name\":\"\",\"oid\":3}]"), NULL, "reply_invalid"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char reply[512];
        const struct rpc_reply script[] = {
            ALIVE, {200, RESULT(ONE_ROW)}, {200, reply}, {200, cases[i].again}, {0, NULL}};
        struct run_fixture fixture;

        begin(&fixture, script);
        (void)add_adom(&fixture, "spare", 4);
        fixture.run.all_read = true;
        (void)snprintf(reply, sizeof(reply), "{\"result\":[%s,%s,%s]}", cases[i].table, OK_ROW("1"),
                       OK_ROW("0"));
        CU_ASSERT_EQUAL(read(&fixture, cases[i].again != NULL ? 3 : 2), HECTOR_PARTIAL);
        CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "coverage"), 3); /* also that of `none` */
        for (size_t c = 0; c < 3; c++) {
            CU_ASSERT_STRING_EQUAL(coverage(&fixture, c, "/complete"), "false");
            CU_ASSERT_STRING_EQUAL(coverage(&fixture, c, "/reason"), cases[i].reason);
        }
        run_fixture_end(&fixture);
    }
}

/*
 * Two ADOMs are renamed: `spare` to `root`, and `root` to a name that arrives damaged. The device
 * that `root` had is then in no ADOM that this run can name, so `root` is not complete.
 */
static void test_renamed_and_damaged(void)
{
#define RENAMED_ADOMS                                                                              \
    OK_ROW("[" ADOM("root", "4") ",{\"name\":\"r\xEF\xBF\xBDt\",\"oid\":3,"                        \
                                 "\"expand member\":{\"device\":[" FGT(1) "]}}]")
    const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(ONE_ROW)},
        {200, RESULT(RENAMED_ADOMS "," OK_ROW("1") "," OK_ROW("0"))},
        {200, RESULT(OK_ROW("1") "," OK_ROW("[" FGT(1) "]") "," OK_ROW("1"))},
        {200, RESULT(ONE_ROW)},
        {200, RESULT(RENAMED_ADOMS "," OK_ROW("1"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    (void)add_adom(&fixture, "spare", 4);
    CU_ASSERT_EQUAL(read(&fixture, 5), HECTOR_PARTIAL);
    expect_incomplete(&fixture, "changed_meanwhile");
    run_fixture_end(&fixture);
}

/* Ids that do not distinguish the ADOMs are no sign of a change. */
static void test_one_oid_for_all(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(ONE_ROW)},
        {200, RESULT(OK_ROW("[" ADOM("spare", "3") "," ROOT(FGT(1)) "]") "," OK_ROW("1") "," OK_ROW(
                  "0"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    (void)add_adom(&fixture, "spare", 3);
    CU_ASSERT_EQUAL(read(&fixture, 2), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), "true");
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "problem"), 0);
    run_fixture_end(&fixture);
}

/* When the members are too many for one answer, the rows of the device table show them. */
static void test_members_too_large(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(ONE_ROW)},
        {200, RESULT(OK_ROW("[" ROOT(FGT(1) "," FGT(2) "," FGT(3) "," FGT(4) "," FGT(5) "," FGT(
                  6) "," FGT(7) "," FGT(8)) "]"))},
        {200, RESULT(OK_ROW("[" ADOM("root", "3") "]") "," OK_ROW("1"))},
        {200, RESULT(OK_ROW("1") "," OK_ROW("[" FGT(1) "]") "," OK_ROW("1"))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.run.all_read = true;
    fixture.peer.host.limits.reply_max_bytes = 400;
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_OK);
    CU_ASSERT_EQUAL(rpc_fixture_asked(&fixture.peer, "expand member"), 1);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), "true");
    run_fixture_end(&fixture);
}

/* A device in no ADOM that comes between two readings, each time; the message names the list in
 * words. */
static void test_no_adom_changed(void)
{
    static const struct rpc_reply closing = {
        200, RESULT(OK_ROW("[" ADOM("root", "3") "]") "," OK_ROW("1"))};
    static const struct rpc_reply one = {
        200, RESULT(OK_ROW("1") "," OK_ROW("[" FGT(1) "]") "," OK_ROW("1"))};
    static const struct rpc_reply two = {
        200, RESULT(OK_ROW("2") "," OK_ROW("[" FGT(1) "," FGT(8) "]") "," OK_ROW("2"))};
    const struct rpc_reply script[] = {
        ALIVE, {200, RESULT(ONE_ROW)}, closing, two, one, closing, two, {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fixture.run.members_known = false;
    fixture.run.all_read = true;
    CU_ASSERT_EQUAL(read(&fixture, 6), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/scope"), "none");
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/reason"), "changed_meanwhile");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(coverage(&fixture, 1, "/message"), "The list of devices in no ADOM changed on "));
    run_fixture_end(&fixture);
}

/* A VDOM moves to an ADOM that the ADOM table does not list: that ADOM is requested by name, and
 * read. */
static void test_adom_named_by_a_row(void)
{
#define VDOM(name, adom) "{\"name\":\"" name "\",\"extra info\":{\"adom\":\"" adom "\"}}"
#define WITH_VDOMS                                                                                 \
    "{\"name\":\"gate-1\",\"oid\":101,\"sn\":\"FGT60FTK21000001\",\"os_type\":\"fos\",\"vdom\":"   \
    "[" VDOM("root", "root") "," VDOM("lab", "unlisted") "]}"
    static const struct rpc_reply closing = {
        200, RESULT(OK_ROW("[" ROOT(FGT(1) "," FGT(2)) "]") "," OK_ROW("1"))};
    const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(ONE_ROW)},
        closing,
        {200, RESULT(OK_ROW("2") "," OK_ROW("[" WITH_VDOMS "," FGT(2) "]") "," OK_ROW("2"))},
        {200, RESULT(OK_ROW("1"))},
        {200, RESULT(OK_ROW("1") "," OK_ROW("[" WITH_VDOMS "]") "," OK_ROW("1"))},
        {200, RESULT(ONE_ROW "," OK_ROW("[]"))},
        {200, RESULT(OK_ROW("[{\"switch-id\":\"S124EPTF21000007\",\"sn\":\"S124EPTF21000007\"}]"))},
        {200, RESULT(OK_ROW("[" ROOT(FGT(1) "," FGT(2)) "]") "," OK_ROW("1") "," OK_ROW(
                  "0") "," OK_ROW("1") "," OK_ROW(WITH_VDOMS))},
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    CU_ASSERT_EQUAL(read(&fixture, 8), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "coverage"), 2);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/scope"), "adom:unlisted");
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 1, "/units"), "1");
    run_fixture_end(&fixture);
}

/* ---- the request */

/* Names that would overfill a request go into the next one, whatever comes before them. */
static void test_long_scopes(void)
{
    static const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[]"))},
        {200, RESULT(OK_ROW("[]"))},
        {200, RESULT(OK_ROW("[" ROOT(FGT(1) "," FGT(2)) "]") "," OK_ROW("0"))},
        {200, RESULT(OK_ROW("0") "," OK_ROW(FGT(1)) "," OK_ROW(FGT(2)))},
        {0, NULL}};
    struct run_fixture fixture;
    char vdom[256];

    begin_sliced(&fixture, script);
    for (int i = 0; i < 8000; i++) {
        (void)snprintf(vdom, sizeof(vdom), "%0240d", i);
        CU_ASSERT_TRUE(fmg_topology_add_vdom(&fixture.run.topology, i < 3800 ? "gate-1" : "gate-2",
                                             vdom, "root"));
    }
    CU_ASSERT_EQUAL(read(&fixture, 4), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture, 0, "/complete"), "true");
    run_fixture_end(&fixture);
}

/* ---- searched serials */

/* When rows are read again, their serials are searched again, and counted. */
static void test_searched_again(void)
{
    static const struct rpc_reply closing = {200, RESULT(ADOMS "," OK_ROW("2"))};
    const struct rpc_reply script[] = {
        ALIVE,
        {200, RESULT(OK_ROW("[" RENAMED("core-1") "]"))},
        {200, RESULT(OK_ROW("[{\"switch-id\":\"core-1\",\"sn\":\"S124EPTF21000001\"}]"))},
        closing,
        {200, RESULT(OK_ROW("[" RENAMED("core-1") "," RENAMED("core-2") "]"))},
        {200, RESULT(OK_ROW("[{\"switch-id\":\"core-1\",\"sn\":\"S124EPTF21000001\"},"
                            "{\"switch-id\":\"core-2\",\"sn\":\"S124EPTF21000002\"}]"))},
        closing,
        {0, NULL}};
    struct run_fixture fixture;

    begin(&fixture, script);
    fmg_topology_find_fgt(&fixture.run.topology, "gate-1")->counted[SWITCH] = 2;
    fmg_topology_find_fgt(&fixture.run.topology, "gate-1")->counts = true;
    CU_ASSERT_EQUAL(read(&fixture, 6), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "asset"), 2);
    CU_ASSERT_EQUAL(host_count(&fixture.peer.host, "skipped"), 0);
    CU_ASSERT_STRING_EQUAL(
        host_value(&fixture.peer.host, "summary", 0, "/device_types/switch/seen"), "2");
    run_fixture_end(&fixture);
}

static CU_TestInfo closing_tests[] = {
    {"at rest", test_at_rest},
    {"counts that prove nothing", test_counts_that_prove_nothing},
    {"read again", test_read_again},
    {"two tables read again", test_read_again_together},
    {"counts and shows none", test_counts_and_shows_none},
    {"counts that ignore scope member", test_wide_counts},
    {"narrowed counts", test_narrowed_counts},
    {"one count of a part that is as wide as all", test_one_wide_count},
    {"a count below the rows", test_units_left},
    {"one type has changed", test_both_types},
    {"an empty ADOM", test_empty_adom},
    {"an ADOM without a count", test_adom_without_a_count},
    {"an ADOM outside of the account", test_adom_outside},
    {"a chosen ADOM", test_chosen_adom},
    {"no ADOM table", test_no_adom_table},
    {"an ADOM renamed to a damaged name", test_renamed_and_damaged},
    {"ADOMs with the same id", test_one_oid_for_all},
    {"members too large", test_members_too_large},
    {"devices in no ADOM", test_no_adom_changed},
    {"an ADOM named by a row", test_adom_named_by_a_row},
    {"long scopes", test_long_scopes},
    {"serials looked for again", test_searched_again},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "closing", .pTests = closing_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
