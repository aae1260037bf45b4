/*
 * oracle.c - what a host concludes from the documents of a run, and whether that is true.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "oracle.h"

#include <stdio.h>
#include <string.h>

static const char *const type_names[] = {"firewall", "switch", "access_point"};

#define FAULT(run, ...)                                                                            \
    do {                                                                                           \
        if ((run)->fault[0] == '\0') {                                                             \
            (void)snprintf((run)->fault, sizeof((run)->fault), __VA_ARGS__);                       \
        }                                                                                          \
    } while (0)

/* ---- documents */

static const char *text_of(struct json_object *document, const char *key)
{
    const char *text = json_object_get_string(json_object_object_get(document, key));

    return text != NULL ? text : "";
}

static bool true_of(struct json_object *document, const char *key)
{
    return json_object_get_boolean(json_object_object_get(document, key)) != 0;
}

/* FAKE_TYPES: another product, which is not judged. */
static enum fake_types type_of(struct json_object *document)
{
    const char *name = text_of(document, "device_type");
    int type = 0;

    while (type < FAKE_TYPES && strcmp(type_names[type], name) != 0) {
        type++;
    }
    return (enum fake_types)type;
}

static const struct oracle_unit *find_asset(const struct oracle_run *run, const char *serial)
{
    for (size_t i = 0; i < run->asset_count; i++) {
        if (strcmp(run->assets[i].serial, serial) == 0) {
            return &run->assets[i];
        }
    }
    return NULL;
}

static const struct oracle_scope *find_scope(const struct oracle_run *run, const char *name,
                                             enum fake_types type)
{
    for (size_t i = 0; i < run->scope_count; i++) {
        if (run->scopes[i].type == type && strcmp(run->scopes[i].name, name) == 0) {
            return &run->scopes[i];
        }
    }
    return NULL;
}

static void take_asset(struct oracle_run *run, struct json_object *document)
{
    struct oracle_unit *asset = &run->assets[run->asset_count];

    if (run->asset_count == ORACLE_MOST || find_asset(run, text_of(document, "sync_key")) != NULL) {
        FAULT(run, "%s came twice, or too much came", text_of(document, "sync_key"));
        return;
    }
    (void)snprintf(asset->serial, sizeof(asset->serial), "%s", text_of(document, "sync_key"));
    (void)snprintf(asset->scope, sizeof(asset->scope), "%s", text_of(document, "scope"));
    asset->type = type_of(document);
    run->asset_count++;
}

static void take_coverage(struct oracle_run *run, struct json_object *document)
{
    struct oracle_scope *scope = &run->scopes[run->scope_count];

    if (run->scope_count == ORACLE_MOST ||
        find_scope(run, text_of(document, "scope"), type_of(document)) != NULL) {
        FAULT(run, "%s is covered twice, or too much is", text_of(document, "scope"));
        return;
    }
    (void)snprintf(scope->name, sizeof(scope->name), "%s", text_of(document, "scope"));
    (void)snprintf(scope->reason, sizeof(scope->reason), "%s", text_of(document, "reason"));
    scope->type = type_of(document);
    scope->complete = true_of(document, "complete");
    run->scope_count++;
}

static void take_skipped(struct oracle_run *run, struct json_object *document)
{
    if (run->skipped_count < ORACLE_MOST) {
        (void)snprintf(run->skipped[run->skipped_count++], FAKE_NAME, "%s",
                       text_of(document, "serial"));
    }
}

static void take_source(struct oracle_run *run, struct json_object *document)
{
    struct json_object *serials = json_object_object_get(document, "serials");

    for (size_t i = 0; i < json_object_array_length(serials) && i < ORACLE_MOST; i++) {
        (void)snprintf(run->serials[run->serial_count++], FAKE_NAME, "%s",
                       json_object_get_string(json_object_array_get_idx(serials, i)));
    }
}

/* A type is complete exactly when all its scopes are. */
static void take_summary(struct oracle_run *run, struct json_object *document)
{
    struct json_object *types = json_object_object_get(document, "device_types");

    run->summary = true;
    for (int type = 0; type < FAKE_TYPES; type++) {
        bool complete = true;

        run->complete[type] = true_of(json_object_object_get(types, type_names[type]), "complete");
        for (size_t i = 0; i < run->scope_count; i++) {
            complete = complete &&
                       (run->scopes[i].type != (enum fake_types)type || run->scopes[i].complete);
        }
        if (run->complete[type] && !complete) {
            FAULT(run, "%s is complete in the summary, and a scope of it is not", type_names[type]);
        }
    }
}

void oracle_read(const struct test_host *host, int32_t code, struct oracle_run *ret)
{
    *ret = (struct oracle_run){.code = code};
    for (size_t i = 0; i < json_object_array_length(host->documents); i++) {
        struct json_object *document = json_object_array_get_idx(host->documents, i);
        const char *kind = text_of(document, "kind");

        if (ret->summary) {
            FAULT(ret, "a document behind the summary");
        }
        if (strcmp(kind, "asset") == 0) {
            take_asset(ret, document);
        } else if (strcmp(kind, "coverage") == 0) {
            take_coverage(ret, document);
        } else if (strcmp(kind, "skipped") == 0) {
            take_skipped(ret, document);
        } else if (strcmp(kind, "source") == 0) {
            take_source(ret, document);
        } else if (strcmp(kind, "summary") == 0) {
            take_summary(ret, document);
        }
    }
    for (size_t i = 0; ret->code == HECTOR_OK && i < ret->scope_count; i++) {
        if (!ret->scopes[i].complete) {
            FAULT(ret, "the run is OK, and %s is incomplete", ret->scopes[i].name);
        }
    }
}

/* ---- conclusions */

static bool same_source(const struct oracle_run *last, const struct oracle_run *run)
{
    for (size_t i = 0; i < last->serial_count; i++) {
        for (size_t j = 0; j < run->serial_count; j++) {
            if (strcmp(last->serials[i], run->serials[j]) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* What a host concludes of a unit that did not come. */
static bool is_not_seen(const struct oracle_run *run, const char *scope, enum fake_types type,
                        const char *serial)
{
    const struct oracle_scope *last = find_scope(run, scope, type);

    for (size_t i = 0; i < run->skipped_count; i++) {
        if (strcmp(run->skipped[i], serial) == 0) {
            return false;
        }
    }
    return run->complete[type] && (last != NULL ? last->complete : run->scope_count > 0);
}

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

/*
 * Whether a unit was there in all states, and the account could see it in all. It is there whatever
 * FortiGate answers instead of its own.
 */
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

/*
 * That a scope is absent says that it is gone or hidden from the account, which a person confirms:
 * it is true of a unit that went out of sight.
 */
static bool is_wronged(const struct oracle_run *run, const struct fake_asset *unit,
                       const char *scope, const struct fake *states, size_t state_count,
                       bool fortigate)
{
    enum stay stay;

    if (find_asset(run, unit->serial) != NULL ||
        !is_not_seen(run, scope, unit->type, unit->serial)) {
        return false;
    }
    stay = stay_of(states, state_count, fortigate, unit->serial);
    return stay == STAYED || (stay == OUT_OF_SIGHT && find_scope(run, scope, unit->type) != NULL);
}

void oracle_judge(const struct oracle_run *last, const struct oracle_run *run,
                  const struct fake *states, size_t state_count, bool fortigate,
                  oracle_complain *complain, void *context)
{
    struct fake_asset units[ORACLE_MOST];
    size_t count = fake_assets(&states[0], fortigate, units, ORACLE_MOST), wronged = 0, size;
    char text[256] = "";

    if (run->fault[0] != '\0') {
        complain(context, run->fault);
    }
    if (!run->summary || run->code < HECTOR_OK || !same_source(last, run)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct oracle_unit *known = find_asset(last, units[i].serial);
        const char *scope = known != NULL ? known->scope : units[i].scopes[0];

        if (!is_wronged(run, &units[i], scope, states, state_count, fortigate) || wronged++ > 0) {
            continue;
        }
        (void)snprintf(text, sizeof(text), "%s %s of %s is not seen; the scope is %s",
                       type_names[units[i].type], units[i].serial, scope,
                       find_scope(run, scope, units[i].type) != NULL ? "complete" : "not there");
    }
    size = strlen(text);
    if (wronged > 1) {
        (void)snprintf(text + size, sizeof(text) - size, "; %zu units in all", wronged);
    }
    if (wronged > 0) {
        complain(context, text);
    }
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

/* A text of what is wrong: the first thing stands in it, the others are counted. */
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

static void find_lost(const struct oracle_run *run, const struct fake_asset *units, size_t count,
                      struct findings *findings)
{
    for (size_t i = 0; i < count; i++) {
        const struct oracle_unit *asset = find_asset(run, units[i].serial);

        if (asset == NULL) {
            FIND(findings, "%s %s of %s did not come", type_names[units[i].type], units[i].serial,
                 units[i].scopes[0]);
        } else if (!may_hold(&units[i], asset->scope)) {
            FIND(findings, "%s %s came in %s instead of %s", type_names[units[i].type],
                 units[i].serial, asset->scope, units[i].scopes[0]);
        }
    }
    for (size_t i = 0; i < run->asset_count; i++) {
        if (find_unit(units, count, run->assets[i].serial) == NULL) {
            FIND(findings, "%s came, which is not there", run->assets[i].serial);
        }
    }
}

void oracle_judge_rest(const struct oracle_run *run, const struct fake *state, bool fortigate,
                       oracle_complain *complain, void *context)
{
    struct fake_asset units[ORACLE_MOST];
    size_t count = fake_assets(state, fortigate, units, ORACLE_MOST);
    struct findings findings = {.count = 0};
    char text[400];

    for (size_t i = 0; i < run->scope_count; i++) {
        if (!run->scopes[i].complete) {
            FIND(&findings, "%s %s is incomplete: %s", type_names[run->scopes[i].type],
                 run->scopes[i].name, run->scopes[i].reason);
        }
    }
    find_lost(run, units, count, &findings);
    if (run->code != HECTOR_OK || !run->summary) {
        FIND(&findings, "no document says why");
    }
    if (findings.count > 0) {
        (void)snprintf(text, sizeof(text), "the run should be OK and is %s; %s",
                       outcome_name(run->code), findings.text);
        if (findings.count > 1) {
            (void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "; %zu such in all",
                           findings.count);
        }
        complain(context, text);
    }
}
