/*
 * test_enrich.c - enrichments: what they add to assets, and what their failures do.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker replaces the list of enrichments by two of this file (--wrap, see Makefile.inc):
 * `notes` fills the description of firewalls and switches, `dates` when the licence of a firewall
 * ends.
 */
#include "sources/enrich.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "base/clock.h"
#include "lib/fgt_fixture.h"
#include "lib/inventory_fixture.h"
#include "lib/tap.h"
#include "sources/fortigate/fortigate.h"
#include "sources/registry.h"
#include "sources/unfilled.h"

const struct enrichment *__wrap_enrich_at(size_t index);

/* What the enrichments did in this test. */
static struct fakes {
    bool chosen; /* the settings choose both */
    enum message_id notes_failing;
    enum message_id failing; /* why `dates` cannot be read; MESSAGE_NONE = it can */
    bool cut_off;            /* `notes` are not loaded to their end */
    bool repeats;            /* `notes` needed a repeat, and a repair */
    size_t loads, releases, applied, reports, checks;
    int64_t deadline_ms; /* at the last load */
    uint64_t requests;   /* sent before the first load */
    size_t documents;    /* assets at the last load */
    char note[32];       /* emptied by the release: an asset must not need it later */
} fakes;

static bool is_chosen(const struct settings *settings)
{
    (void)settings;
    return fakes.chosen;
}

static int32_t load_notes(const struct source_call *call, struct enrich_loaded *ret,
                          struct failure *failure)
{
    CU_ASSERT_TRUE(inventory_is_empty(call->inventory));
    fakes.loads++;
    if (fakes.notes_failing != MESSAGE_NONE) {
        return fail(call->operation, failure, fakes.notes_failing, "detail", ARGUMENTS("me", "60"));
    }
    fakes.deadline_ms = call->operation->deadline_ms;
    call->operation->repeats += fakes.repeats ? 1 : 0;
    call->operation->repaired += fakes.repeats ? 1 : 0;
    (void)strcpy(fakes.note, "a note");
    *ret = (struct enrich_loaded){fakes.note, !fakes.cut_off};
    return HECTOR_OK;
}

static int32_t load_dates(const struct source_call *call, struct enrich_loaded *ret,
                          struct failure *failure)
{
    static const int64_t expiry = 1767225600;

    CU_ASSERT_TRUE(inventory_is_empty(call->inventory));
    fakes.loads++;
    if (fakes.failing != MESSAGE_NONE) {
        return fail(call->operation, failure, fakes.failing, "detail", ARGUMENTS("cloud", "60"));
    }
    *ret = (struct enrich_loaded){(void *)&expiry, true};
    return HECTOR_OK;
}

static bool apply_note(void *loaded, struct device *device)
{
    fakes.applied++;
    if (strcmp(device_serial(device), FGT_PEER) != 0) {
        device_set_text(device, ATTRIBUTE_description, loaded);
    }
    return strcmp(device_serial(device), FGT_PEER) != 0;
}

static bool apply_date(void *loaded, struct device *device)
{
    if (device->type == FIREWALL) {
        device_set_time(device, ATTRIBUTE_vm_license_expiry, *(const int64_t *)loaded);
    }
    return false;
}

/* What `notes` have: of units of this run, of none, of another type, of no device. */
static int32_t report_notes(void *loaded, const struct source_call *call, struct failure *failure)
{
    static const struct unmatched rows[] = {
        {"notes", "FCGSLB0000000001", "FortiGSLB Cloud", "ACTIVE", 20000},
        {"notes", "FG100FTK20000001", NULL, NULL, 0},
        {"notes", "FG100FTK20000002", " FortiGate-100F ", "a\nb ", 20484},
        {"notes", "FGT60FTK20000009", NULL, "ACTIVE", 20484},
        {"notes", "FGT60FTK20000011", NULL, "skipped", 20484},
        {"notes", "FP231FTF20000001", NULL, "ACTIVE", 20484},
        {"notes", "S108EN0000000009", NULL, "ACTIVE", -1},
        {"notes", "fg100ftk20000002", NULL, "ACTIVE", 0},
        {"notes", NULL, NULL, "ACTIVE", 0},
    };
    int32_t code = HECTOR_OK;

    CU_ASSERT_PTR_EQUAL(loaded, fakes.note);
    fakes.reports++;
    for (size_t i = 0; code == HECTOR_OK && i < COUNT(rows); i++) {
        code = inventory_unmatched(call->inventory, &rows[i], failure);
    }
    return code;
}

static int32_t report_dates(void *loaded, const struct source_call *call, struct failure *failure)
{
    (void)loaded;
    (void)call;
    (void)failure;
    fakes.reports++;
    return HECTOR_OK;
}

static int32_t check_one(const struct source_call *call, struct failure *failure)
{
    fakes.checks++;
    return fakes.failing != MESSAGE_NONE
               ? fail(call->operation, failure, fakes.failing, "detail", ARGUMENTS("cloud", "60"))
               : check_pass(call->operation, CHECK_ENRICHMENT, LABEL_check_address_ok,
                            ARGUMENTS("cloud"), failure);
}

static void release_note(void *loaded)
{
    CU_ASSERT_PTR_EQUAL(loaded, fakes.note);
    fakes.releases++;
    explicit_bzero(fakes.note, sizeof(fakes.note));
}

static void release_date(void *loaded)
{
    CU_ASSERT_PTR_NOT_NULL(loaded);
    fakes.releases++;
}

const struct enrichment *__wrap_enrich_at(size_t index)
{
    static const struct column note_rows[] = {COLUMN_SET(description, OF(FIREWALL) | OF(SWITCH))};
    static const struct column date_rows[] = {COLUMN_SET(vm_license_expiry, OF(FIREWALL))};
    static const struct columns note_columns = COLUMNS(note_rows);
    static const struct columns date_columns = COLUMNS(date_rows);
    static const struct origin notes[] = {{&note_columns, COST_ALWAYS}, {NULL, COST_NO}};
    static const struct origin dates[] = {{&date_columns, COST_ALWAYS}, {NULL, COST_NO}};
    static const struct enrichment list[] = {
        {"notes", "Notes", notes, is_chosen, load_notes, apply_note, report_notes, check_one,
         release_note},
        {"dates", "Dates", dates, is_chosen, load_dates, apply_date, report_dates, check_one,
         release_date},
    };

    return index < COUNT(list) ? &list[index] : NULL;
}

#define ATTRIBUTES ",\"attributes\":[\"description\",\"vm_license_expiry\"]"
#define REQUEST    "{\"settings\":{\"url\":\"1.2.3.4\"" ATTRIBUTES "}}"

struct fixture {
    struct inventory_fixture of;
    struct source_call call;
    struct enrich enrich;
};

static int32_t load_into(struct fixture *fixture)
{
    fixture->call = (struct source_call){.operation = &fixture->of.host.operation,
                                         .settings = &fixture->of.host.settings,
                                         .inventory = fixture->of.inventory};
    fixture->enrich = (struct enrich){0};
    inventory_fixture_expect(&fixture->of, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture->of, "adom:a", SWITCH);
    return enrich_load(&fixture->enrich, &fixture->call, &fixture->of.failure);
}

static int32_t load(struct fixture *fixture, struct fakes how)
{
    fakes = how;
    inventory_fixture_begin_with(&fixture->of, REQUEST, false);
    return load_into(fixture);
}

/* Ends the run, then releases: a deferred record must have been enriched by then. */
static int32_t finish(struct fixture *fixture)
{
    int32_t code;

    inventory_fixture_complete(&fixture->of, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture->of, "adom:a", SWITCH);
    code = inventory_fixture_finish(&fixture->of, HECTOR_OK, MESSAGE_NONE);
    enrich_release(&fixture->enrich);
    return code;
}

static const char *asset(const struct fixture *fixture, size_t nth, const char *pointer)
{
    return host_value(&fixture->of.host, "asset", nth, pointer);
}

/* Connected records are enriched at once, deferred ones when they are emitted; each once. */
static void test_values(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000009", "gate", true);
    inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000008", "down", false);
    inventory_fixture_see(&fixture.of, SWITCH, "S108EN0000000001", "switch", false);
    inventory_fixture_see(&fixture.of, FIREWALL, FGT_PEER, "unknown", true);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "asset"), 2);
    CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "asset"), 4);
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/description"), "a note");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/vm_license_expiry"),
                           "2026-01-01T00:00:00Z");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 1, "/title"), "unknown");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 1, "/attributes/description"), "");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 2, "/title"), "down");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 2, "/attributes/description"), "a note");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 3, "/title"), "switch");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 3, "/attributes/description"), "a note");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 3, "/attributes/vm_license_expiry"), "");
    CU_ASSERT_EQUAL(fakes.applied, 4);
    CU_ASSERT_EQUAL(fakes.releases, 2);
    inventory_fixture_end(&fixture.of);
}

static void test_not_chosen(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = false}), HECTOR_OK);
    inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000009", "gate", true);
    CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/description"), "");
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
    CU_ASSERT_EQUAL(fakes.loads + fakes.applied + fakes.releases, 0);
    inventory_fixture_end(&fixture.of);
}

/* One that cannot be read is one problem; the other one, and the inventory, are not affected. */
static void test_failed(void)
{
    static const enum message_id reasons[] = {
        REASON_forticloud_refused, REASON_cloud_refused,   REASON_time_out,
        REASON_throttled,          REASON_reply_too_large, REASON_forticloud_invalid,
        REASON_password_missing,   REASON_address_refused,
    };

    for (size_t i = 0; i < COUNT(reasons); i++) {
        struct fixture fixture;

        CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true, .failing = reasons[i]}),
                        HECTOR_OK);
        inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000009", "gate", true);
        CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/description"), "a note");
        CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/vm_license_expiry"), "");
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture.of, "/device_types/firewall/"
                                                                      "complete"),
                               "true");
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 1);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "problem", 0, "/reason"),
                               "enrichment_failed");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "problem", 0, "/severity"), "warning");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "problem", 0, "/subject"), "dates");
        CU_ASSERT_PTR_NOT_NULL(
            strstr(host_value(&fixture.of.host, "problem", 0, "/message"),
                   "The attributes of Dates stay empty in this import, because it could not be "
                   "read. "));
        CU_ASSERT_PTR_NOT_NULL(
            strstr(host_value(&fixture.of.host, "problem", 0, "/message"), "cloud"));
        CU_ASSERT_EQUAL(fakes.loads, 2);
        CU_ASSERT_EQUAL(fakes.releases, 1);
        inventory_fixture_end(&fixture.of);
    }
}

/* Refused credentials are not sent again: `dates` fail for both. */
static void test_refused_once(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(
        load(&fixture, (struct fakes){.chosen = true, .notes_failing = REASON_forticloud_refused}),
        HECTOR_OK);
    CU_ASSERT_EQUAL(fakes.loads, 1);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 2);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "problem", 1, "/subject"), "dates");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(host_value(&fixture.of.host, "problem", 1, "/message"), "refuses the API user"));
    CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fakes.reports, 0);
    inventory_fixture_end(&fixture.of);
}

/* Repeats and repairs are those of the system that was asked; not of one that was given up. */
static void test_repeats(void)
{
    static const char *const messages[] = {"1 request to Notes had to be sent again.",
                                           "Notes sent texts with bytes that are no text"};

    for (size_t cut_off = 0; cut_off < 2; cut_off++) {
        struct fixture fixture;

        CU_ASSERT_EQUAL(
            load(&fixture, (struct fakes){.chosen = true, .repeats = true, .cut_off = cut_off > 0}),
            HECTOR_OK);
        inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000009", "gate", true);
        CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), COUNT(messages) - cut_off);
        for (size_t first = cut_off; first < COUNT(messages); first++) {
            const char *message =
                host_value(&fixture.of.host, "problem", first - cut_off, "/message");

            CU_ASSERT_PTR_NOT_NULL(strstr(message, messages[first]));
            CU_ASSERT_STRING_EQUAL(
                host_value(&fixture.of.host, "problem", first - cut_off, "/subject"), "notes");
        }
        inventory_fixture_end(&fixture.of);
    }
}

/* The time of the enrichments ends them, not the call. */
static void test_time(void)
{
    static const struct {
        int32_t minutes, deadline_s, own_s;
    } rows[] = {{10, 0, 600}, {1, 0, 60}, {10, 3600, 600}, {10, 100, 50}, {120, 14400, 7200}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;
        int64_t before = clock_ms();
        int64_t deadline_ms = rows[i].deadline_s > 0 ? before + rows[i].deadline_s * 1000 : 0;

        fakes = (struct fakes){.chosen = true, .failing = REASON_deadline_passed};
        inventory_fixture_begin_with(&fixture.of, REQUEST, false);
        fixture.of.host.settings.enrich_minutes = rows[i].minutes;
        fixture.of.host.operation.deadline_ms = deadline_ms;
        CU_ASSERT_EQUAL(load_into(&fixture), HECTOR_OK);
        CU_ASSERT_TRUE(fakes.deadline_ms >= before + (rows[i].own_s - 1) * INT64_C(1000));
        CU_ASSERT_TRUE(fakes.deadline_ms <= clock_ms() + rows[i].own_s * INT64_C(1000));
        /* It moves only by what the host took for the problem. */
        CU_ASSERT_TRUE(fixture.of.host.operation.deadline_ms >= deadline_ms);
        CU_ASSERT_TRUE(fixture.of.host.operation.deadline_ms <=
                       (deadline_ms > 0 ? deadline_ms + 10000 : 0));
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 1);
        CU_ASSERT_PTR_NOT_NULL(strstr(host_value(&fixture.of.host, "problem", 0, "/message"),
                                      "or half of the time of the import, is over. Allow more."));
        CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
        inventory_fixture_end(&fixture.of);
    }
}

/* ---- both directions */

/* Everything that a run with these scopes reports as unmatched, "SERIAL status end|". */
static const char *unmatched(const struct fixture *fixture)
{
    static char all[512];

    all[0] = '\0';
    for (size_t i = 0; i < host_count(&fixture->of.host, "unmatched"); i++) {
        static const char *const members[] = {"/device_type", "/serial_number", "/model", "/status",
                                              "/end_date"};

        CU_ASSERT_STRING_EQUAL(host_value(&fixture->of.host, "unmatched", i, "/enrichment"),
                               "notes");
        for (size_t m = 0; m < COUNT(members); m++) {
            (void)strcat(all, host_value(&fixture->of.host, "unmatched", i, members[m]));
            (void)strcat(all, m + 1 < COUNT(members) ? " " : "|");
        }
    }
    return all;
}

static void see_some(struct fixture *fixture)
{
    const struct inventory_row row = {FIREWALL, "adom:a", SKIP_unauthorized, "new",
                                      "FGT60FTK20000011"};

    inventory_fixture_see(&fixture->of, FIREWALL, "FGT60FTK20000009", "gate", true);
    inventory_fixture_see(&fixture->of, FIREWALL, FGT_PEER, "unknown", false);
    CU_ASSERT_EQUAL(inventory_skip(fixture->of.inventory, &row, &fixture->of.failure), HECTOR_OK);
    inventory_set_scopes_complete(fixture->of.inventory, true);
}

#define GATES                                                                                      \
    "firewall FG100FTK20000001 FortiGate-100F  |"                                                  \
    "firewall FG100FTK20000002 FortiGate-100F a b 2026-01-31|"
#define SWITCH_TOO "switch S108EN0000000009 FortiSwitch-108E ACTIVE |"

static void test_unmatched(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    see_some(&fixture);
    CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(unmatched(&fixture), GATES SWITCH_TOO);
    CU_ASSERT_EQUAL(fakes.reports, 2);
    CU_ASSERT_STRING_EQUAL(
        inventory_fixture_summary(&fixture.of, "/device_types/firewall/without_entitlement"), "1");
    CU_ASSERT_STRING_EQUAL(
        inventory_fixture_summary(&fixture.of, "/device_types/switch/without_entitlement"), "0");
    CU_ASSERT_STRING_EQUAL(
        inventory_fixture_summary(&fixture.of, "/device_types/other/without_entitlement"), "");
    inventory_fixture_end(&fixture.of);
}

/* Only the types that were read to their end are compared. */
static void test_unmatched_incomplete(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    see_some(&fixture);
    inventory_fixture_complete(&fixture.of, "adom:a", FIREWALL);
    inventory_fixture_incomplete(&fixture.of, "adom:a", SWITCH, REASON_throttled);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture.of, HECTOR_OK, MESSAGE_NONE), HECTOR_PARTIAL);
    CU_ASSERT_STRING_EQUAL(unmatched(&fixture), GATES);
    enrich_release(&fixture.enrich);
    inventory_fixture_end(&fixture.of);

    /* nothing was delivered */
    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    inventory_fixture_complete(&fixture.of, "adom:a", FIREWALL);
    inventory_fixture_incomplete(&fixture.of, "adom:a", SWITCH, REASON_throttled);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture.of, HECTOR_OK, MESSAGE_NONE),
                    HECTOR_THROTTLED);
    CU_ASSERT_STRING_EQUAL(unmatched(&fixture), "");
    enrich_release(&fixture.enrich);
    inventory_fixture_end(&fixture.of);

    /* cancelled after the source had read everything */
    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    see_some(&fixture);
    inventory_fixture_complete(&fixture.of, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture.of, "adom:a", SWITCH);
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture.of, HECTOR_CANCELLED, REASON_cancelled),
                    HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(unmatched(&fixture), "");
    enrich_release(&fixture.enrich);
    inventory_fixture_end(&fixture.of);
}

/* A scope that is left out, is outside of the account, or is not known may have the unit. */
static void test_unmatched_outside(void)
{
    static const struct {
        enum scope_state state;
        bool scopes_complete, units_outside;
        const char *unmatched;
    } rows[] = {
        {SCOPE_IN, true, false, GATES SWITCH_TOO},
        {SCOPE_NOT_CHOSEN, true, false, ""},
        {SCOPE_OUTSIDE, true, false, ""},
        {SCOPE_IN, false, false, ""},
        {SCOPE_IN, true, true, ""},
    };
    const struct scope_names names = {"adom:b", "b", NULL, 0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;

        CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
        see_some(&fixture);
        CU_ASSERT_EQUAL(
            inventory_name_scope(fixture.of.inventory, &names, rows[i].state, &fixture.of.failure),
            HECTOR_OK);
        inventory_set_scopes_complete(fixture.of.inventory, rows[i].scopes_complete);
        if (rows[i].units_outside) {
            inventory_set_units_outside(fixture.of.inventory);
        }
        CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(unmatched(&fixture), rows[i].unmatched);
        inventory_fixture_end(&fixture.of);
    }
}

/* What was cut off by a limit proves nothing by its absence. */
static void test_cut_off(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true, .cut_off = true}), HECTOR_OK);
    see_some(&fixture);
    CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/description"), "a note");
    CU_ASSERT_STRING_EQUAL(unmatched(&fixture), "");
    CU_ASSERT_EQUAL(fakes.reports, 1);
    CU_ASSERT_STRING_EQUAL(
        inventory_fixture_summary(&fixture.of, "/device_types/firewall/without_entitlement"), "");
    inventory_fixture_end(&fixture.of);
}

/* A host that refuses an `unmatched` document, or cancels at one, ends the run. */
static void test_unmatched_ended(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    see_some(&fixture);
    inventory_fixture_complete(&fixture.of, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture.of, "adom:a", SWITCH);
    fixture.of.host.cancel_at = 7; /* 2 assets, 1 scope, 1 skipped, 2 coverages, 1 unmatched */
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture.of, HECTOR_OK, MESSAGE_NONE),
                    HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "unmatched"), 1);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "summary"), 1);
    enrich_release(&fixture.enrich);
    inventory_fixture_end(&fixture.of);

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    see_some(&fixture);
    inventory_fixture_complete(&fixture.of, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture.of, "adom:a", SWITCH);
    fixture.of.host.refuse_at = 7;
    CU_ASSERT_EQUAL(inventory_fixture_finish(&fixture.of, HECTOR_OK, MESSAGE_NONE), HECTOR_HOST);
    enrich_release(&fixture.enrich);
    inventory_fixture_end(&fixture.of);
}

/* ---- validate */

static void test_checks(void)
{
    static const struct {
        enum message_id failing;
        int32_t first, code; /* of the source, of all */
        size_t checks;
        const char *status, *second;
    } rows[] = {
        {MESSAGE_NONE, HECTOR_OK, HECTOR_OK, 2, "passed", "passed"},
        {REASON_forticloud_refused, HECTOR_OK, HECTOR_AUTH, 1, "failed", "skipped"},
        {REASON_password_missing, HECTOR_OK, HECTOR_CONFIG, 1, "failed", "skipped"},
        {REASON_cloud_refused, HECTOR_OK, HECTOR_OK, 2, "warning", "warning"},
        {REASON_time_out, HECTOR_OK, HECTOR_OK, 2, "warning", "warning"},
        {REASON_throttled, HECTOR_OK, HECTOR_OK, 2, "warning", "warning"},
        {REASON_cancelled, HECTOR_OK, HECTOR_CANCELLED, 1, "", ""},
        {MESSAGE_NONE, HECTOR_PERMISSION, HECTOR_PERMISSION, 0, "skipped", "skipped"},
        {MESSAGE_NONE, HECTOR_CANCELLED, HECTOR_CANCELLED, 0, "", ""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;
        const struct source_call call = {.operation = &fixture.of.host.operation,
                                         .settings = &fixture.of.host.settings};

        fakes = (struct fakes){.chosen = true, .failing = rows[i].failing};
        inventory_fixture_begin_with(&fixture.of, REQUEST, true);
        CU_ASSERT_EQUAL(enrich_check(&call, rows[i].first, &fixture.of.failure), rows[i].code);
        CU_ASSERT_EQUAL(fakes.checks, rows[i].checks);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "check", 0, "/status"), rows[i].status);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "check", 1, "/status"), rows[i].second);
        if (rows[i].code == HECTOR_AUTH) {
            CU_ASSERT_EQUAL(fixture.of.failure.reason, REASON_forticloud_refused);
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "check", 0, "/step"), "enrichment");
            CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "check", 0, "/secret"),
                                   "forticloud_password");
        }
        inventory_fixture_end(&fixture.of);
    }
}

/* ---- attributes */

/* Those of a chosen enrichment come along, unless the settings say which ones to import. */
static void test_choice(void)
{
    static const struct {
        const char *request;
        bool chosen, description;
    } rows[] = {
        {"{\"settings\":{\"url\":\"1.2.3.4\"}}", true, true},
        {"{\"settings\":{\"url\":\"1.2.3.4\"}}", false, false},
        {"{\"settings\":{\"url\":\"1.2.3.4\",\"attributes\":[]}}", true, false},
        {"{\"settings\":{\"url\":\"1.2.3.4\",\"device_types\":[\"access_point\"]}}", true, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_host host;

        fakes = (struct fakes){.chosen = rows[i].chosen};
        host_begin(&host);
        host_settings(&host, rows[i].request);
        enrich_choose_attributes(&host.settings);
        CU_ASSERT_EQUAL(host.settings.attributes[ATTRIBUTE_description], rows[i].description);
        CU_ASSERT_TRUE(host.settings.attributes[ATTRIBUTE_serial_number]);
        CU_ASSERT_FALSE(host.settings.attributes[ATTRIBUTE_name]);
        host_end(&host);
    }
    CU_ASSERT_STRING_EQUAL(enrich_of(ATTRIBUTE_description), "notes");
    CU_ASSERT_STRING_EQUAL(enrich_of(ATTRIBUTE_vm_license_expiry), "dates");
    CU_ASSERT_PTR_NULL(enrich_of(ATTRIBUTE_name));
}

/* What ends the whole call ends it here as well, with nothing left to release. */
static void test_ended(void)
{
    static const struct {
        enum message_id reason;
        int32_t code;
    } rows[] = {{REASON_cancelled, HECTOR_CANCELLED},
                {REASON_host_refused, HECTOR_HOST},
                {REASON_no_memory, HECTOR_NO_MEMORY},
                {REASON_internal, HECTOR_INTERNAL}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;

        CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true, .failing = rows[i].reason}),
                        rows[i].code);
        CU_ASSERT_EQUAL(fixture.of.failure.reason, rows[i].reason);
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
        enrich_release(&fixture.enrich);
        CU_ASSERT_EQUAL(fakes.releases, 1);
        inventory_fixture_end(&fixture.of);
    }
}

/* A host that refuses the problem of a failed enrichment ends the call. */
static void test_problem_refused(void)
{
    struct fixture fixture;

    fakes = (struct fakes){.chosen = true, .failing = REASON_time_out};
    inventory_fixture_begin_with(&fixture.of, REQUEST, false);
    fixture.of.host.refuse_at = 1;
    CU_ASSERT_EQUAL(load_into(&fixture), HECTOR_HOST);
    enrich_release(&fixture.enrich);
    CU_ASSERT_EQUAL(fakes.releases, 1);
    inventory_fixture_end(&fixture.of);
}

/*
 * A sync of a FortiGate, which has neither attribute: they do not count as empty, if an enrichment
 * is chosen. The list of attributes has the device types of an enrichment, too.
 */
static void test_sync(void)
{
    static const struct fgt_answer answers[] = {{NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    fakes = (struct fakes){.chosen = true};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_SERIAL, "description"), "a note");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_PEER, "description"), "");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_problem(&fixture, "attributes_not_reported"), "");
    CU_ASSERT_EQUAL(fakes.loads, 2);
    CU_ASSERT_EQUAL(fakes.releases, 2);
    fgt_fixture_end(&fixture);

    fakes = (struct fakes){.chosen = true, .failing = REASON_time_out};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_SERIAL, "vm_license_expiry"), "");
    CU_ASSERT_PTR_NOT_NULL(strstr(fgt_fixture_problem(&fixture, "enrichment_failed"), "Dates"));
    CU_ASSERT_EQUAL(fakes.releases, 1);
    fgt_fixture_end(&fixture);

    fakes = (struct fakes){.chosen = true, .failing = REASON_cancelled};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    CU_ASSERT_EQUAL(fakes.releases, 1);
    fgt_fixture_end(&fixture);

    fakes = (struct fakes){.chosen = false};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(fgt_fixture_problem(&fixture, "attributes_not_enriched"),
                                  "Description, VM license"));
    CU_ASSERT_EQUAL(fakes.loads, 0);
    fgt_fixture_end(&fixture);
}

/* A switch has a description by the enrichment only. */
static void test_cost(void)
{
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_description, FIREWALL), COST_FIELD);
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_description, SWITCH), COST_ALWAYS);
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_description, ACCESS_POINT), COST_NO);
}

static CU_TestInfo tests[] = {
    {"values", test_values},
    {"not chosen", test_not_chosen},
    {"one that fails", test_failed},
    {"refused credentials", test_refused_once},
    {"repeats", test_repeats},
    {"time", test_time},
    {"unmatched", test_unmatched},
    {"unmatched: incomplete", test_unmatched_incomplete},
    {"unmatched: unread scopes", test_unmatched_outside},
    {"unmatched: the host ends it", test_unmatched_ended},
    {"cut off", test_cut_off},
    {"checks", test_checks},
    {"attributes that come along", test_choice},
    {"what ends the call", test_ended},
    {"a problem that is refused", test_problem_refused},
    {"a sync", test_sync},
    {"costs", test_cost},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "enrich", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
