/*
 * oracle.c - checks what a host concludes from the documents of a run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "oracle.h"

#include <stdio.h>
#include <string.h>

#include "host/operation.h"

static const char *const type_names[] = {"firewall", "switch", "access_point"};

#define FAULT(run, ...)                                                                            \
    do {                                                                                           \
        if ((run)->fault[0] == '\0') {                                                             \
            (void)snprintf((run)->fault, sizeof((run)->fault), __VA_ARGS__);                       \
        }                                                                                          \
    } while (0)

/* ---- documents */

static bool is_kind(struct json_object *document, const char *kind)
{
    return hector_is_same(hector_text(document, "kind"), kind);
}

/* The `asset` document of a unit; NULL = none. */
static struct json_object *find_asset(const struct oracle_run *run, const char *serial)
{
    return json_object_object_get(run->assets, serial);
}

static void take_asset(struct oracle_run *run, struct json_object *document)
{
    const char *serial = hector_text(document, "sync_key");

    if (find_asset(run, serial) != NULL) {
        FAULT(run, "%s came twice", serial);
        return;
    }
    json_object_object_add(run->assets, serial, json_object_get(document));
}

static void check_once(struct oracle_run *run, const struct hector_coverage_record *coverage)
{
    for (const struct hector_coverage_record *former = run->record.coverages; former < coverage;
         former++) {
        if (hector_is_same(former->scope, coverage->scope) &&
            hector_is_same(former->device_type, coverage->device_type)) {
            FAULT(run, "%s is covered twice", coverage->scope);
        }
    }
}

/* An incomplete scope contradicts the outcome OK, and a complete summary of its type. */
static void check_coverages(struct oracle_run *run)
{
    for (size_t i = 0; i < run->record.coverage_count; i++) {
        const struct hector_coverage_record *coverage = &run->record.coverages[i];
        const struct hector_type_record *type = hector_type(&run->record, coverage->device_type);

        check_once(run, coverage);
        if (coverage->complete) {
            continue;
        }
        if (run->code == HECTOR_OK) {
            FAULT(run, "the run is OK, and %s is incomplete", coverage->scope);
        }
        if (type != NULL && type->complete) {
            FAULT(run, "%s is complete in the summary, and a scope of it is not",
                  type->device_type);
        }
    }
}

void oracle_read(struct json_object *documents, int32_t code, struct oracle_run *ret)
{
    size_t count = json_object_array_length(documents);

    hector_add_aliases(documents);
    *ret = (struct oracle_run){.code = code,
                               .documents = json_object_get(documents),
                               .assets = json_object_new_object(),
                               .record = hector_run_of(documents)};
    for (size_t i = 0; i < count; i++) {
        struct json_object *document = json_object_array_get_idx(documents, i);

        if (is_kind(document, "asset")) {
            take_asset(ret, document);
        } else if (is_kind(document, "summary") && i + 1 < count) {
            FAULT(ret, "a document behind the summary");
        }
    }
    check_coverages(ret);
}

void oracle_release(struct oracle_run *run)
{
    hector_release_run(&run->record);
    json_object_put(run->assets);
    json_object_put(run->documents);
    *run = (struct oracle_run){.code = HECTOR_OK};
}

/* ---- conclusions */

static const struct fake_asset *find_unit(const struct fake_asset *assets, size_t count,
                                          const char *serial)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(assets[i].serial, serial) == 0) {
            return &assets[i];
        }
    }
    return NULL;
}

enum stay { GONE, OUT_OF_SIGHT, STAYED };

static bool is_there(const struct fake *state, bool fortigate, const char *serial)
{
    struct fake_asset assets[ORACLE_MOST];
    size_t count = fake_assets(state, fortigate, assets, ORACLE_MOST);

    return find_unit(assets, count, serial) != NULL;
}

/* Whether a unit existed, and the account could see it, in all states. It exists even while another
 * FortiGate answers in place of its own. */
static enum stay stay_of(const struct fake *states, size_t state_count, bool fortigate,
                         const char *serial)
{
    enum stay stay = STAYED;

    for (size_t i = 0; i < state_count && stay != GONE; i++) {
        struct fake state = states[i];

        state.answering = states[0].answering;
        if (is_there(&state, fortigate, serial)) {
            continue;
        }
        for (size_t a = 0; a < state.adom_count; a++) {
            state.adoms[a].hidden = state.adoms[a].closed = false;
        }
        stay = is_there(&state, fortigate, serial) ? OUT_OF_SIGHT : GONE;
    }
    return stay;
}

/* What a host concludes from `run` about a unit that `last` emitted. */
static enum hector_verdict verdict_of(const struct oracle_run *last, const struct oracle_run *run,
                                      const char *serial)
{
    struct json_object *now = find_asset(run, serial);
    struct hector_asset_record kept = hector_asset_of(find_asset(last, serial));
    struct hector_asset_record emitted = hector_asset_of(now);
    const struct hector_case question = {.asset = &kept,
                                         .now = now != NULL ? &emitted : NULL,
                                         .brought = &last->record,
                                         .run = &run->record};
    enum hector_verdict verdict = hector_conclude(&question).verdict;

    hector_release_asset(&kept);
    hector_release_asset(&emitted);
    return verdict;
}

/* A text with the first finding, and the number of all. */
struct findings {
    char text[256];
    size_t count;
};

#define FIND(findings, ...)                                                                        \
    do {                                                                                           \
        if ((findings)->count++ == 0) {                                                            \
            (void)snprintf((findings)->text, sizeof((findings)->text), __VA_ARGS__);               \
        }                                                                                          \
    } while (0)

static void complain_once(const struct findings *findings, const char *lead,
                          oracle_complain *complain, void *context)
{
    char text[400];

    if (findings->count == 1) {
        (void)snprintf(text, sizeof(text), "%s%s", lead, findings->text);
    } else {
        (void)snprintf(text, sizeof(text), "%s%s; %zu such in all", lead, findings->text,
                       findings->count);
    }
    if (findings->count > 0) {
        complain(context, text);
    }
}

void oracle_check(const struct oracle_run *last, const struct oracle_run *run,
                  const struct fake *states, size_t state_count, bool fortigate,
                  oracle_complain *complain, void *context)
{
    struct findings findings = {.count = 0};

    if (run->fault[0] != '\0') {
        complain(context, run->fault);
    }
    json_object_object_foreach(last->assets, serial, asset) {
        enum hector_verdict verdict = verdict_of(last, run, serial);
        enum stay stay = verdict == HECTOR_NOT_SEEN || verdict == HECTOR_SCOPE_GONE
                             ? stay_of(states, state_count, fortigate, serial)
                             : GONE;

        /* For a unit out of sight it is true that its scope is gone or hidden. */
        if (stay == STAYED || (stay == OUT_OF_SIGHT && verdict == HECTOR_NOT_SEEN)) {
            FIND(&findings, "%s %s of %s is there, and concluded is %s",
                 hector_text(asset, "device_type"), serial, hector_text(asset, "scope"),
                 hector_verdict_name(verdict));
        }
    }
    complain_once(&findings, "", complain, context);
}

static bool may_hold(const struct fake_asset *unit, const char *scope)
{
    for (size_t i = 0; i < unit->scope_count; i++) {
        if (strcmp(unit->scopes[i], scope) == 0) {
            return true;
        }
    }
    return false;
}

static void find_lost(const struct oracle_run *run, const struct fake_asset *units, size_t count,
                      struct findings *findings)
{
    for (size_t i = 0; i < count; i++) {
        struct json_object *asset = find_asset(run, units[i].serial);

        if (asset == NULL) {
            FIND(findings, "%s %s of %s did not come", type_names[units[i].type], units[i].serial,
                 units[i].scopes[0]);
        } else if (!may_hold(&units[i], hector_text(asset, "scope"))) {
            FIND(findings, "%s %s came in %s instead of %s", type_names[units[i].type],
                 units[i].serial, hector_text(asset, "scope"), units[i].scopes[0]);
        }
    }
    json_object_object_foreach(run->assets, serial, came) {
        if (find_unit(units, count, serial) == NULL) {
            FIND(findings, "%s came, which is not there", hector_text(came, "sync_key"));
        }
    }
}

void oracle_check_rest(const struct oracle_run *run, const struct fake *state, bool fortigate,
                       oracle_complain *complain, void *context)
{
    struct fake_asset units[ORACLE_MOST];
    size_t count = fake_assets(state, fortigate, units, ORACLE_MOST);
    struct findings findings = {.count = 0};
    struct json_object *document;
    char lead[80];

    for (size_t i = 0; (document = json_object_array_get_idx(run->documents, i)) != NULL; i++) {
        if (is_kind(document, "coverage") && !hector_flag(document, "complete")) {
            FIND(&findings, "%s %s is incomplete: %s", hector_text(document, "device_type"),
                 hector_text(document, "scope"), hector_text(document, "reason"));
        }
    }
    find_lost(run, units, count, &findings);
    if (run->code != HECTOR_OK || !run->record.has_summary) {
        FIND(&findings, "no document says why");
    }
    (void)snprintf(lead, sizeof(lead), "the run should be OK and is %s; ",
                   operation_outcome(run->code));
    complain_once(&findings, lead, complain, context);
}
