/*
 * fake.c - the state of the small appliances, and how it changes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 8

struct statement {
    const char *text;
    char bytes[160];
    char *words[WORDS_MAX];
    size_t count;
};

static void refuse(const struct statement *statement)
{
    printf("Bail out! a statement that cannot be applied: %s\n", statement->text);
    exit(EXIT_FAILURE);
}

static void split(struct statement *statement)
{
    char *rest = statement->bytes, *word;

    statement->count = 0;
    while ((word = strsep(&rest, " ")) != NULL) {
        if (*word == '\0') {
            continue;
        }
        if (statement->count == WORDS_MAX) {
            refuse(statement);
        }
        statement->words[statement->count++] = word;
    }
}

static bool says(const struct statement *statement, size_t i, const char *word)
{
    return i < statement->count && strcmp(statement->words[i], word) == 0;
}

static const char *word(const struct statement *statement, size_t i)
{
    if (i >= statement->count) {
        refuse(statement);
    }
    return statement->words[i];
}

/* Copies a name; "%E9" stands for one byte. */
static void copy(const struct statement *statement, char *out, const char *name)
{
    size_t size = 0;

    for (; *name != '\0' && size + 1 < FAKE_NAME; name++) {
        unsigned byte;

        if (*name == '%' && sscanf(name + 1, "%2x", &byte) == 1) {
            out[size++] = (char)byte;
            name += 2;
        } else {
            out[size++] = *name;
        }
    }
    out[size] = '\0';
    if (*name != '\0') {
        refuse(statement);
    }
}

/* ---- current state */

int fake_find_adom(const struct fake *fake, const char *name)
{
    for (size_t i = 0; i < fake->adom_count; i++) {
        if (fake->adoms[i].there && strcmp(fake->adoms[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int fake_find_fgt(const struct fake *fake, const char *name)
{
    for (size_t i = 0; i < fake->fgt_count; i++) {
        if (fake->fgts[i].there && strcmp(fake->fgts[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int fake_find_vdom(const struct fake_fgt *fgt, const char *name)
{
    for (size_t i = 0; i < fgt->vdom_count; i++) {
        if (fgt->vdoms[i].there && strcmp(fgt->vdoms[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_chosen(const struct fake *fake, const char *adom)
{
    size_t size = strlen(adom);
    const char *at = fake->chosen;

    while (at != NULL && (at = strstr(at, adom)) != NULL) {
        if ((at == fake->chosen || at[-1] == ',') && (at[size] == ',' || at[size] == '\0')) {
            return true;
        }
        at += size;
    }
    return fake->chosen == NULL;
}

bool fake_reads(const struct fake *fake, const struct fake_vdom *vdom)
{
    if (!vdom->there) {
        return false;
    }
    if (vdom->adom < 0) {
        return fake->chosen == NULL;
    }
    return !fake->adoms[vdom->adom].hidden && !fake->adoms[vdom->adom].closed &&
           is_chosen(fake, fake->adoms[vdom->adom].name);
}

/* ---- by ID */

static size_t adom_by_id(const struct fake *fake, const struct statement *statement, size_t i)
{
    for (size_t a = 0; a < fake->adom_count; a++) {
        if (strcmp(fake->adoms[a].id, word(statement, i)) == 0) {
            return a;
        }
    }
    refuse(statement);
    return 0;
}

static int adom_or_none(const struct fake *fake, const struct statement *statement, size_t i)
{
    return says(statement, i, "-") ? -1 : (int)adom_by_id(fake, statement, i);
}

static struct fake_fgt *fgt_by_id(struct fake *fake, const struct statement *statement,
                                  const char *id, size_t size)
{
    for (size_t i = 0; i < fake->fgt_count; i++) {
        if (strlen(fake->fgts[i].id) == size && strncmp(fake->fgts[i].id, id, size) == 0) {
            return &fake->fgts[i];
        }
    }
    refuse(statement);
    return NULL;
}

/* "FGT/VDOM": returns the FortiGate, and the ID after the slash. */
static struct fake_fgt *fgt_of(struct fake *fake, const struct statement *statement, size_t i,
                               const char **ret_vdom)
{
    const char *path = word(statement, i), *slash = strchr(path, '/');

    if (slash == NULL) {
        refuse(statement);
    }
    *ret_vdom = slash + 1;
    return fgt_by_id(fake, statement, path, (size_t)(slash - path));
}

static size_t vdom_by_id(const struct fake_fgt *fgt, const struct statement *statement,
                         const char *id)
{
    for (size_t i = 0; i < fgt->vdom_count; i++) {
        if (strcmp(fgt->vdoms[i].id, id) == 0) {
            return i;
        }
    }
    refuse(statement);
    return 0;
}

/* ---- changes */

/* "refuses switches": true when the statement is one of these. */
static bool change_table(const struct statement *statement,
                         enum fake_table tables[static FAKE_TYPES])
{
    static const char *const verbs[] = {"shows", "refuses", "shortens"};
    enum fake_types type = says(statement, 3, "switches") ? FAKE_SWITCH
                           : says(statement, 3, "points") ? FAKE_POINT
                                                          : FAKE_TYPES;

    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]) && type != FAKE_TYPES; i++) {
        if (says(statement, 2, verbs[i])) {
            tables[type] = (enum fake_table)i;
            return true;
        }
    }
    return false;
}

static void change_adom(struct fake *fake, const struct statement *statement)
{
    struct fake_adom *adom;

    if (says(statement, 2, "new")) {
        if (fake->adom_count == FAKE_ADOMS) {
            refuse(statement);
        }
        adom = &fake->adoms[fake->adom_count++];
        *adom = (struct fake_adom){.there = true, .oid = ++fake->next_oid};
        copy(statement, adom->id, word(statement, 1));
        copy(statement, adom->name, word(statement, 1));
        return;
    }
    adom = &fake->adoms[adom_by_id(fake, statement, 1)];
    if (says(statement, 2, "gone")) {
        adom->there = false;
    } else if (says(statement, 2, "hidden") || says(statement, 2, "shown")) {
        adom->hidden = says(statement, 2, "hidden");
    } else if (says(statement, 2, "closed") || says(statement, 2, "open")) {
        adom->closed = says(statement, 2, "closed");
    } else if (statement->count == 4 && change_table(statement, adom->tables)) {
        return;
    } else if (says(statement, 2, "per-device")) {
        adom->per_device = true;
    } else if (says(statement, 2, "called")) {
        copy(statement, adom->name, word(statement, 3));
    } else {
        refuse(statement);
    }
}

static struct fake_vdom *new_vdom(struct fake_fgt *fgt, const struct statement *statement,
                                  const char *id, int adom)
{
    struct fake_vdom *vdom = &fgt->vdoms[fgt->vdom_count++];

    if (fgt->vdom_count > FAKE_VDOMS) {
        refuse(statement);
    }
    *vdom = (struct fake_vdom){.adom = adom, .there = true};
    copy(statement, vdom->id, id);
    copy(statement, vdom->name, id);
    return vdom;
}

static void new_fgt(struct fake *fake, const struct statement *statement)
{
    struct fake_fgt *fgt = &fake->fgts[fake->fgt_count++];

    if (fake->fgt_count > FAKE_FGTS || statement->count > 4 + FAKE_MEMBERS) {
        refuse(statement);
    }
    *fgt = (struct fake_fgt){
        .there = true, .oid = ++fake->next_oid, .counts = {-1, -1, -1}, .primary = 0};
    copy(statement, fgt->id, word(statement, 1));
    copy(statement, fgt->name, word(statement, 1));
    (void)new_vdom(fgt, statement, "root", adom_or_none(fake, statement, 3));
    for (size_t i = 4; i < statement->count; i++) {
        copy(statement, fgt->serials[fgt->member_count++], word(statement, i));
    }
}

static enum fake_members members_by_name(const struct statement *statement)
{
    static const char *const names[] = {"shown", "absent", "null", "empty", "object", "lost"};
    size_t i = 0;

    while (i < sizeof(names) / sizeof(names[0]) && !says(statement, 3, names[i])) {
        i++;
    }
    if (i == sizeof(names) / sizeof(names[0])) {
        refuse(statement);
    }
    return (enum fake_members)i;
}

static size_t member_number(const struct fake_fgt *fgt, const struct statement *statement)
{
    size_t number = (size_t)strtoul(word(statement, 3), NULL, 10);

    if (number >= fgt->member_count) {
        refuse(statement);
    }
    return number;
}

static void change_fgt(struct fake *fake, const struct statement *statement)
{
    struct fake_fgt *fgt;

    if (says(statement, 2, "new")) {
        new_fgt(fake, statement);
        return;
    }
    fgt = fgt_by_id(fake, statement, word(statement, 1), strlen(word(statement, 1)));
    if (says(statement, 2, "gone") || says(statement, 2, "back")) {
        fgt->there = says(statement, 2, "back");
    } else if (says(statement, 2, "reindexed")) {
        fgt->oid = ++fake->next_oid;
    } else if (says(statement, 2, "called")) {
        copy(statement, fgt->name, word(statement, 3));
    } else if (says(statement, 2, "to")) {
        for (size_t i = 0; i < fgt->vdom_count; i++) {
            fgt->vdoms[i].adom = adom_or_none(fake, statement, 3);
        }
    } else if (says(statement, 2, "serial")) {
        copy(statement, fgt->serials[member_number(fgt, statement)], word(statement, 4));
    } else if (says(statement, 2, "primary")) {
        fgt->primary = member_number(fgt, statement);
    } else if (says(statement, 2, "counts")) {
        fgt->counts[FAKE_SWITCH] = atoi(word(statement, 3));
        fgt->counts[FAKE_POINT] = atoi(word(statement, 4));
    } else if (says(statement, 2, "members")) {
        fgt->members = members_by_name(statement);
    } else if (says(statement, 2, "features") && says(statement, 3, "off")) {
        fgt->features_off = true;
    } else if (says(statement, 2, "unauthorized") || says(statement, 2, "authorized")) {
        fgt->unauthorized = says(statement, 2, "unauthorized");
    } else if (statement->count == 4 && change_table(statement, fgt->tables)) {
        return;
    } else {
        refuse(statement);
    }
}

static void change_vdom(struct fake *fake, const struct statement *statement)
{
    const char *id;
    struct fake_fgt *fgt = fgt_of(fake, statement, 1, &id);
    struct fake_vdom *vdom;

    if (says(statement, 2, "new")) {
        (void)new_vdom(fgt, statement, id, adom_or_none(fake, statement, 3));
        return;
    }
    vdom = &fgt->vdoms[vdom_by_id(fgt, statement, id)];
    if (says(statement, 2, "gone")) {
        vdom->there = false;
    } else if (says(statement, 2, "to")) {
        vdom->adom = adom_or_none(fake, statement, 3);
    } else if (says(statement, 2, "called")) {
        copy(statement, vdom->name, word(statement, 3));
    } else {
        refuse(statement);
    }
}

static void place(struct fake *fake, const struct statement *statement, struct fake_unit *unit)
{
    const char *vdom;
    struct fake_fgt *fgt = fgt_of(fake, statement, 3, &vdom);

    unit->fgt = (size_t)(fgt - fake->fgts);
    unit->vdom = vdom_by_id(fgt, statement, vdom);
}

static void new_unit(struct fake *fake, const struct statement *statement)
{
    struct fake_unit *unit = &fake->units[fake->unit_count++];
    const char *id = word(statement, 1);
    int number = atoi(id + 2);

    if (fake->unit_count > FAKE_UNITS || (strncmp(id, "sw", 2) != 0 && strncmp(id, "ap", 2) != 0) ||
        number < 1 || number > 999) {
        refuse(statement);
    }
    *unit = (struct fake_unit){.there = true, .type = id[0] == 's' ? FAKE_SWITCH : FAKE_POINT};
    copy(statement, unit->id, id);
    (void)snprintf(unit->serial, sizeof(unit->serial), "%sTF21%06d",
                   unit->type == FAKE_SWITCH ? "S124EP" : "FP231F", number);
    place(fake, statement, unit);
}

static void change_unit(struct fake *fake, const struct statement *statement)
{
    size_t i = 0;
    struct fake_unit *unit;

    if (says(statement, 2, "new")) {
        new_unit(fake, statement);
        return;
    }
    while (i < fake->unit_count && strcmp(fake->units[i].id, word(statement, 1)) != 0) {
        i++;
    }
    if (i == fake->unit_count) {
        refuse(statement);
    }
    unit = &fake->units[i];
    if (says(statement, 2, "to")) {
        place(fake, statement, unit);
    } else if (says(statement, 2, "gone") || says(statement, 2, "back")) {
        unit->there = says(statement, 2, "back");
    } else if (says(statement, 2, "unlisted") || says(statement, 2, "listed")) {
        unit->unlisted = says(statement, 2, "unlisted");
    } else if (says(statement, 2, "unauthorized") || says(statement, 2, "authorized")) {
        unit->unauthorized = says(statement, 2, "unauthorized");
    } else if (says(statement, 2, "down") || says(statement, 2, "up")) {
        unit->down = says(statement, 2, "down");
    } else if (says(statement, 2, "serial")) {
        copy(statement, unit->serial, says(statement, 3, "-") ? "" : word(statement, 3));
    } else {
        refuse(statement);
    }
}

static void apply(struct fake *fake, struct statement *statement)
{
    split(statement);
    if (says(statement, 0, "adom")) {
        change_adom(fake, statement);
    } else if (says(statement, 0, "fgt")) {
        change_fgt(fake, statement);
    } else if (says(statement, 0, "vdom")) {
        change_vdom(fake, statement);
    } else if (says(statement, 0, "unit")) {
        change_unit(fake, statement);
    } else if (says(statement, 0, "answer")) {
        const struct fake_fgt *fgt =
            fgt_by_id(fake, statement, word(statement, 1), strlen(word(statement, 1)));

        fake->answering = (size_t)(fgt - fake->fgts);
    } else if (says(statement, 0, "silent")) {
        (void)snprintf(fake->silent, sizeof(fake->silent), "%s",
                       says(statement, 1, "-") ? "" : word(statement, 1));
    } else {
        refuse(statement);
    }
}

void fake_apply(struct fake *fake, const char *statements)
{
    while (*statements != '\0') {
        size_t size = strcspn(statements, ";");
        struct statement statement = {.text = statements};

        if (size >= sizeof(statement.bytes)) {
            refuse(&statement);
        }
        memcpy(statement.bytes, statements, size);
        apply(fake, &statement);
        statements += size;
        statements += strspn(statements, "; ");
    }
}

/* ---- what a run should find */

static void add_scope(struct fake_asset *asset, const char *scope)
{
    for (size_t i = 0; i < asset->scope_count; i++) {
        if (strcmp(asset->scopes[i], scope) == 0) {
            return;
        }
    }
    (void)snprintf(asset->scopes[asset->scope_count++], sizeof(asset->scopes[0]), "%s", scope);
}

/* The first serial of a cluster in their order names its scopes. */
static const char *least_serial(const struct fake_fgt *fgt)
{
    const char *least = fgt->serials[0];

    for (size_t i = 1; i < fgt->member_count; i++) {
        least = strcmp(fgt->serials[i], least) < 0 ? fgt->serials[i] : least;
    }
    return least;
}

static void scope_of(const struct fake *fake, bool fortigate, const struct fake_fgt *fgt,
                     const struct fake_vdom *vdom, char scope[static 64])
{
    if (fortigate) {
        (void)snprintf(scope, 64, "gate:%.20s/vdom:%.20s", least_serial(fgt), vdom->name);
    } else if (vdom->adom < 0) {
        (void)snprintf(scope, 64, "none");
    } else {
        (void)snprintf(scope, 64, "adom:%s", fake->adoms[vdom->adom].name);
    }
}

static size_t firewalls(const struct fake *fake, bool fortigate, size_t number,
                        struct fake_asset *ret)
{
    const struct fake_fgt *fgt = &fake->fgts[number];
    struct fake_asset asset = {.type = FAKE_FIREWALL};
    char scope[64];

    if (!fgt->there || (fortigate && number != fake->answering)) {
        return 0;
    }
    for (size_t i = 0; i < fgt->vdom_count; i++) {
        if (fortigate ? fgt->vdoms[i].there : fake_reads(fake, &fgt->vdoms[i])) {
            scope_of(fake, fortigate, fgt, &fgt->vdoms[i], scope);
            add_scope(&asset, scope);
        }
    }
    for (size_t i = 0; asset.scope_count > 0 && i < fgt->member_count; i++) {
        ret[i] = asset;
        ret[i].serial = fgt->serials[i];
    }
    return asset.scope_count > 0 ? fgt->member_count : 0;
}

size_t fake_assets(const struct fake *fake, bool fortigate, struct fake_asset *ret, size_t most)
{
    size_t count = 0;

    for (size_t i = 0; i < fake->fgt_count && count + FAKE_MEMBERS <= most; i++) {
        count += firewalls(fake, fortigate, i, ret + count);
    }
    for (size_t i = 0; i < fake->unit_count && count < most; i++) {
        const struct fake_unit *unit = &fake->units[i];
        const struct fake_fgt *fgt = &fake->fgts[unit->fgt];
        const struct fake_vdom *vdom = &fgt->vdoms[unit->vdom];

        if (!unit->there || !fgt->there || !vdom->there ||
            (fortigate ? unit->fgt != fake->answering
                       : vdom->adom < 0 || !fake_reads(fake, vdom))) {
            continue;
        }
        ret[count] =
            (struct fake_asset){.serial = unit->serial, .type = unit->type, .scope_count = 1};
        scope_of(fake, fortigate, fgt, vdom, ret[count++].scopes[0]);
    }
    return count;
}

void fake_put(struct json_object *object, const char *key, const char *value)
{
    json_object_object_add(object, key, json_object_new_string(value));
}

void fake_put_number(struct json_object *object, const char *key, int64_t value)
{
    json_object_object_add(object, key, json_object_new_int64(value));
}
