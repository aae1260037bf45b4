/*
 * fake_fmg.c - the answers of the small FortiManager (JSON-RPC, 7.6.7, verbose).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Shapes are those of the simulator, which cites the reference for each: /dvmdb answers name and
 * oid whatever `fields` says, /pm/config exactly the fields and "scope member".
 */
#include "fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENTS_MAX 10

enum {
    CODE_OK = 0,
    CODE_NOT_FOUND = -3,
    CODE_INVALID_URL = -6,
    CODE_INVALID_PARAMETER = -8,
    CODE_INVALID_COMMAND = -9,
    CODE_NO_PERMISSION = -11
};

struct query {
    const struct fake *fake;
    struct json_object *param;
    char bytes[512];
    const char *segments[SEGMENTS_MAX];
    size_t segment_count;
    struct json_object *data; /* the data of the answer */
};

static const char *text_of(struct json_object *object, const char *key)
{
    struct json_object *value = json_object_object_get(object, key);

    return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

/* ---- the param */

/* Splits a URL; a slash inside a name is escaped. */
static bool read_url(struct query *query, const char *url)
{
    size_t at = 0;

    query->segment_count = 0;
    while (*url != '\0') {
        url += strspn(url, "/");
        if (*url == '\0') {
            break;
        }
        if (query->segment_count == SEGMENTS_MAX) {
            return false;
        }
        query->segments[query->segment_count++] = query->bytes + at;
        for (; *url != '\0' && *url != '/'; url++) {
            url += url[0] == '\\' && url[1] == '/' ? 1 : 0;
            if (at + 2 >= sizeof(query->bytes)) {
                return false;
            }
            query->bytes[at++] = *url;
        }
        query->bytes[at++] = '\0';
    }
    return query->segment_count > 0;
}

/* "dvmdb/adom/<>/device": the star matches one segment, which `ret_stars` gets. */
static bool matches(const struct query *query, const char *pattern, const char **ret_stars)
{
    for (size_t i = 0; i < query->segment_count; i++) {
        size_t size = strcspn(pattern, "/");

        if (size == 1 && *pattern == '*') {
            *ret_stars++ = query->segments[i];
        } else if (strlen(query->segments[i]) != size ||
                   strncmp(query->segments[i], pattern, size) != 0) {
            return false;
        }
        pattern += size;
        if (*pattern == '\0') {
            return i + 1 == query->segment_count;
        }
        pattern++;
    }
    return false;
}

/* `option` is a text, or a list of texts. */
static bool has_option(const struct query *query, const char *name)
{
    struct json_object *option = json_object_object_get(query->param, "option");

    if (json_object_is_type(option, json_type_string)) {
        return strcmp(json_object_get_string(option), name) == 0;
    }
    for (size_t i = 0;
         json_object_is_type(option, json_type_array) && i < json_object_array_length(option);
         i++) {
        if (strcmp(json_object_get_string(json_object_array_get_idx(option, i)), name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_listed(struct json_object *list, const char *text)
{
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        if (strcmp(json_object_get_string(json_object_array_get_idx(list, i)), text) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_among(const char *const *names, const char *name)
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

/* The members of a row that `fields` names, and those that are always there. */
static struct json_object *choose(struct json_object *row, struct json_object *param,
                                  const char *const *always)
{
    struct json_object *fields = json_object_object_get(param, "fields");

    json_object_object_foreach(row, key, value) {
        (void)value;
        if (json_object_is_type(fields, json_type_array) && !is_among(always, key) &&
            !is_listed(fields, key)) {
            json_object_object_del(row, key);
        }
    }
    return row;
}

/* ---- filter */

static bool equals(struct json_object *row, const char *key, struct json_object *value)
{
    struct json_object *own = json_object_object_get(row, key);

    return own != NULL && value != NULL &&
           strcmp(json_object_get_string(own), json_object_get_string(value)) == 0;
}

/* ["name","==","a"], ["name","in","a","b"], and several joined by "&&" or "||". */
static bool passes(struct json_object *row, struct json_object *filter)
{
    struct json_object *first, *operation;
    size_t count;
    bool result;

    if (!json_object_is_type(filter, json_type_array)) {
        return true;
    }
    count = json_object_array_length(filter);
    first = json_object_array_get_idx(filter, 0);
    operation = json_object_array_get_idx(filter, 1);
    if (json_object_is_type(first, json_type_string)) {
        for (size_t i = 2; i < count; i++) {
            if (equals(row, json_object_get_string(first), json_object_array_get_idx(filter, i))) {
                return strcmp(json_object_get_string(operation), "!=") != 0;
            }
        }
        return strcmp(json_object_get_string(operation), "!=") == 0;
    }
    result = passes(row, first);
    for (size_t i = 1; i + 1 < count; i += 2) {
        bool next = passes(row, json_object_array_get_idx(filter, i + 1));

        operation = json_object_array_get_idx(filter, i);
        result =
            strcmp(json_object_get_string(operation), "&&") == 0 ? result && next : result || next;
    }
    return result;
}

/* ---- tables: reduces whole rows to what the param requests */

struct table {
    struct json_object *rows;
    const char *const *always;
    const char *key; /* sorts rows when the param does not */
};

static const char *sort_key;
static bool sort_down;

static int compare_rows(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;
    struct json_object *x = json_object_object_get(*left, sort_key),
                       *y = json_object_object_get(*right, sort_key);
    int order;

    if (json_object_is_type(x, json_type_int)) {
        order = (json_object_get_int64(x) > json_object_get_int64(y)) -
                (json_object_get_int64(x) < json_object_get_int64(y));
    } else {
        order = strcmp(json_object_get_string(x), json_object_get_string(y));
    }
    return sort_down ? -order : order;
}

static void sort(const struct query *query, struct table *table)
{
    struct json_object *sortings = json_object_object_get(query->param, "sortings");
    struct json_object *first = json_object_array_length(table->rows) > 0 ? sortings : NULL;

    sort_key = table->key;
    sort_down = false;
    if (json_object_is_type(first, json_type_array) && json_object_array_length(first) > 0) {
        json_object_object_foreach(json_object_array_get_idx(first, 0), key, way) {
            sort_key = key;
            sort_down = json_object_get_int(way) < 0;
        }
    }
    if (sort_key != NULL) {
        json_object_array_sort(table->rows, compare_rows);
    }
}

static int answer_table(struct query *query, struct table *table)
{
    struct json_object *range = json_object_object_get(query->param, "range");
    struct json_object *filter = json_object_object_get(query->param, "filter");
    size_t first = 0, most = SIZE_MAX, passed = 0;

    if (has_option(query, "count")) {
        for (size_t i = 0; i < json_object_array_length(table->rows); i++) {
            passed += passes(json_object_array_get_idx(table->rows, i), filter) ? 1 : 0;
        }
        json_object_put(table->rows);
        if (query->fake->counts_refused) {
            return CODE_INVALID_COMMAND;
        }
        query->data = json_object_new_int64((int64_t)passed);
        return CODE_OK;
    }
    sort(query, table);
    if (json_object_is_type(range, json_type_array) && json_object_array_length(range) == 2 &&
        !query->fake->pages_ignored) {
        first = (size_t)json_object_get_int64(json_object_array_get_idx(range, 0));
        most = (size_t)json_object_get_int64(json_object_array_get_idx(range, 1));
    }
    query->data = json_object_new_array();
    for (size_t i = 0; i < json_object_array_length(table->rows); i++) {
        struct json_object *row = json_object_array_get_idx(table->rows, i);

        if (passes(row, filter)) {
            if (passed >= first && passed - first < most) {
                json_object_array_add(query->data,
                                      choose(json_object_get(row), query->param, table->always));
            }
            passed++;
        }
    }
    json_object_put(table->rows);
    return CODE_OK;
}

/* ---- devices */

static size_t count_units(const struct fake *fake, size_t fgt, enum fake_types type)
{
    size_t count = 0;

    for (size_t i = 0; i < fake->unit_count; i++) {
        count += fake->units[i].there && fake->units[i].fgt == fgt && fake->units[i].type == type
                     ? 1
                     : 0;
    }
    return count;
}

static int64_t counter(const struct fake *fake, size_t number, enum fake_types type)
{
    int own = fake->fgts[number].counts[type];

    return own >= 0 ? own : (int64_t)count_units(fake, number, type);
}

static struct json_object *member_list(const struct fake_fgt *fgt)
{
    struct json_object *list = json_object_new_array();

    for (size_t i = 0; i < fgt->member_count; i++) {
        struct json_object *member = json_object_new_object();
        char name[FAKE_NAME + 24];

        (void)snprintf(name, sizeof(name), "%s-%zu", fgt->id, i + 1);
        fake_put(member, "name", name);
        fake_put(member, "sn", fgt->serials[i]);
        fake_put_number(member, "role", i == fgt->primary ? 1 : 0);
        fake_put_number(member, "status", 1);
        fake_put_number(member, "idx", (int64_t)i);
        json_object_array_add(list, member);
    }
    return list;
}

static void put_members(struct json_object *row, const struct fake_fgt *fgt)
{
    bool lost = fgt->members == FAKE_MEMBERS_LOST;

    if (fgt->member_count == 1 || fgt->members == FAKE_MEMBERS_NULL || lost) {
        json_object_object_add(row, "ha_slave", NULL);
    } else if (fgt->members == FAKE_MEMBERS_EMPTY) {
        json_object_object_add(row, "ha_slave", json_object_new_array());
    } else if (fgt->members == FAKE_MEMBERS_OBJECT) {
        json_object_object_add(row, "ha_slave", json_object_new_object());
    } else if (fgt->members == FAKE_MEMBERS_SHOWN) {
        json_object_object_add(row, "ha_slave", member_list(fgt));
    }
}

static void put_adom(struct json_object *row, const struct fake *fake, int adom)
{
    struct json_object *info = json_object_new_object();

    fake_put(info, "adom", adom >= 0 ? fake->adoms[adom].name : "???");
    json_object_object_add(row, "extra info", info);
}

static struct json_object *vdom_list(const struct query *query, const struct fake_fgt *fgt)
{
    struct json_object *list = json_object_new_array();

    for (size_t i = 0; i < fgt->vdom_count; i++) {
        struct json_object *row;

        if (!fgt->vdoms[i].there) {
            continue;
        }
        row = json_object_new_object();
        fake_put(row, "name", fgt->vdoms[i].name);
        fake_put_number(row, "oid", fgt->oid * 10 + (int)i);
        if (has_option(query, "extra info")) {
            put_adom(row, query->fake, fgt->vdoms[i].adom);
        }
        json_object_array_add(list, row);
    }
    return list;
}

/* True for a table that is not hidden by "loadsub": 0 or "sub fetch". */
static bool is_fetched(const struct query *query, const char *sub_table)
{
    struct json_object *loadsub = NULL;
    struct json_object *options =
        json_object_object_get(json_object_object_get(query->param, "sub fetch"), sub_table);

    if (json_object_object_get_ex(query->param, "loadsub", &loadsub) &&
        json_object_get_int(loadsub) == 0) {
        return false;
    }
    return !has_option(query, "no loadsub") &&
           json_object_get_int(json_object_object_get(options, "subfetch hidden")) != 1;
}

static struct json_object *device_row(const struct query *query, size_t number, bool sub_tables)
{
    const struct fake_fgt *fgt = &query->fake->fgts[number];
    struct json_object *row = json_object_new_object();

    fake_put(row, "name", fgt->name);
    fake_put_number(row, "oid", fgt->oid);
    fake_put(row, "sn", fgt->serials[fgt->primary]);
    if (has_option(query, "count")) {
        return row;
    }
    fake_put(row, "hostname", fgt->id);
    fake_put(row, "platform_str", "FortiGate-60F");
    fake_put(row, "os_type", "fos");
    fake_put(row, "os_ver", "7.0");
    fake_put_number(row, "mr", 4);
    fake_put_number(row, "patch", 8);
    fake_put_number(row, "build", 2795);
    fake_put(row, "ip", "192.0.2.1");
    fake_put(row, "desc", "");
    json_object_object_add(row, "flags", NULL);
    fake_put(row, "conn_status", "up");
    fake_put(row, "conf_status", "insync");
    fake_put(row, "mgmt_mode", fgt->unauthorized ? "unreg" : "fmg");
    fake_put(row, "ha_mode", fgt->member_count > 1 ? "AP" : "standalone");
    fake_put_number(row, "fsw_cnt", counter(query->fake, number, FAKE_SWITCH));
    fake_put_number(row, "fap_cnt", counter(query->fake, number, FAKE_POINT));
    if (sub_tables && is_fetched(query, "ha_slave")) {
        put_members(row, fgt);
    }
    if (sub_tables && is_fetched(query, "vdom")) {
        json_object_object_add(row, "vdom", vdom_list(query, fgt));
    }
    if (has_option(query, "extra info")) {
        put_adom(row, query->fake, fgt->vdoms[0].adom);
    }
    return row;
}

static bool is_open(const struct fake_adom *adom)
{
    return !adom->hidden && !adom->closed;
}

/* True when one of its VDOMs is in an ADOM that the account may see, or when it is in no ADOM. */
static bool is_visible(const struct fake *fake, const struct fake_fgt *fgt)
{
    for (size_t i = 0; i < fgt->vdom_count; i++) {
        const struct fake_vdom *vdom = &fgt->vdoms[i];

        if (vdom->there && (vdom->adom < 0 || is_open(&fake->adoms[vdom->adom]))) {
            return fgt->there;
        }
    }
    return false;
}

static bool lies_in(const struct fake_fgt *fgt, int adom)
{
    for (size_t i = 0; i < fgt->vdom_count; i++) {
        if (fgt->vdoms[i].there && fgt->vdoms[i].adom == adom) {
            return fgt->there;
        }
    }
    return false;
}

static const char *const device_always[] = {"name",       "oid",         "vdom", "ha_slave",
                                            "extra info", "meta fields", NULL};

/* `adom` -1: all devices that the account may see. */
static int answer_devices(struct query *query, int adom)
{
    struct table table = {.rows = json_object_new_array(), .always = device_always, .key = "name"};

    for (size_t i = 0; i < query->fake->fgt_count; i++) {
        const struct fake_fgt *fgt = &query->fake->fgts[i];

        if (adom >= 0 ? lies_in(fgt, adom) : is_visible(query->fake, fgt)) {
            json_object_array_add(table.rows, device_row(query, i, true));
        }
    }
    return answer_table(query, &table);
}

/* CODE_OK and the index of an ADOM that the account may see. */
static int see_adom(const struct fake *fake, const char *name, int *ret)
{
    *ret = fake_find_adom(fake, name);
    return *ret < 0 ? CODE_NOT_FOUND : is_open(&fake->adoms[*ret]) ? CODE_OK : CODE_NO_PERMISSION;
}

/* One device by its name, or one of its sub-tables. `adom` NULL: in any ADOM. */
static int answer_device(struct query *query, const char *adom, const char *name,
                         const char *sub_table)
{
    int number = fake_find_fgt(query->fake, name), lying = -1;
    int code = adom != NULL ? see_adom(query->fake, adom, &lying) : CODE_OK;
    const struct fake_fgt *fgt;

    if (code != CODE_OK) {
        return code;
    }
    if (number < 0) {
        return CODE_NOT_FOUND;
    }
    fgt = &query->fake->fgts[number];
    if (adom != NULL && !lies_in(fgt, lying)) {
        return CODE_NOT_FOUND;
    }
    if (!is_visible(query->fake, fgt)) {
        return CODE_NO_PERMISSION;
    }
    if (sub_table == NULL) {
        query->data = choose(device_row(query, (size_t)number, true), query->param, device_always);
    } else if (strcmp(sub_table, "vdom") == 0) {
        query->data = vdom_list(query, fgt);
    } else if (fgt->member_count > 1 && fgt->members != FAKE_MEMBERS_LOST) {
        query->data = member_list(fgt);
    } else {
        query->data = json_object_new_array();
    }
    return CODE_OK;
}

/* ---- ADOMs */

static struct json_object *expand(const struct query *query, int adom)
{
    struct json_object *options =
        json_object_array_get_idx(json_object_object_get(query->param, "expand member"), 0);
    struct json_object *rows = json_object_new_array(), *member;
    static const char *const always[] = {"name", "oid", NULL};

    for (size_t i = 0; i < query->fake->fgt_count; i++) {
        if (lies_in(&query->fake->fgts[i], adom)) {
            json_object_array_add(rows, choose(device_row(query, i, false), options, always));
        }
    }
    if (json_object_array_length(rows) == 0) {
        json_object_put(rows); /* the row of an empty ADOM lacks the member */
        return NULL;
    }
    member = json_object_new_object();
    json_object_object_add(member, "device", rows);
    return member;
}

static const char *const adom_always[] = {"name", "oid", "expand member", NULL};

static struct json_object *fmg_adom_row(const struct query *query, int number)
{
    const struct fake_adom *adom = &query->fake->adoms[number];
    struct json_object *row = json_object_new_object(), *flags = NULL, *members;

    fake_put(row, "name", adom->name);
    fake_put_number(row, "oid", adom->oid);
    fake_put(row, "restricted_prds", "fos");
    fake_put_number(row, "state", 1);
    if (adom->per_device) {
        flags = json_object_new_array();
        json_object_array_add(flags, json_object_new_string("per_device_wtp"));
        json_object_array_add(flags, json_object_new_string("per_device_fsw"));
    }
    json_object_object_add(row, "flags", flags);
    if (!query->fake->members_unnamed && is_open(adom) &&
        json_object_object_get(query->param, "expand member") != NULL) {
        members = expand(query, number);
        if (members != NULL) {
            json_object_object_add(row, "expand member", members);
        }
    }
    return row;
}

static int answer_adoms(struct query *query)
{
    struct table table = {.rows = json_object_new_array(), .always = adom_always, .key = "name"};

    for (size_t i = 0; i < query->fake->adom_count; i++) {
        if (query->fake->adoms[i].there && !query->fake->adoms[i].hidden) {
            json_object_array_add(table.rows, fmg_adom_row(query, (int)i));
        }
    }
    return answer_table(query, &table);
}

/* ---- switches and access points */

/* True when "scope member" names the FortiGate and VDOM of a unit. */
static bool names(struct json_object *scope, const struct fake_fgt *fgt,
                  const struct fake_vdom *vdom)
{
    for (size_t i = 0; i < json_object_array_length(scope); i++) {
        struct json_object *member = json_object_array_get_idx(scope, i);
        const char *name = text_of(member, "name"), *of = text_of(member, "vdom");

        if (name != NULL &&
            ((of == NULL && strcmp(name, "All_FortiGate") == 0) ||
             (of != NULL && strcmp(name, fgt->name) == 0 && strcmp(of, vdom->name) == 0))) {
            return true;
        }
    }
    return false;
}

static struct json_object *unit_row(const struct fake *fake, const struct fake_unit *unit)
{
    const struct fake_fgt *fgt = &fake->fgts[unit->fgt];
    struct json_object *row = json_object_new_object(), *scope = json_object_new_array(),
                       *member = json_object_new_object();

    fake_put(row, "name", unit->id);
    if (unit->type == FAKE_SWITCH) {
        fake_put(row, "switch-id", unit->serial[0] != '\0' ? unit->serial : unit->id);
        fake_put(row, "sn", unit->serial);
        fake_put(row, "platform", "FortiSwitch-124E-POE");
        fake_put(row, "state", unit->unauthorized ? "discovered" : "enable");
        fake_put(row, "status", unit->down ? "idle" : "connected");
        fake_put(row, "fsw-wan1-admin", "enable");
        fake_put_number(row, "is-model", 0);
    } else {
        fake_put(row, "wtp-id", unit->serial[0] != '\0' ? unit->serial : unit->id);
        fake_put(row, "admin", unit->unauthorized ? "discovered" : "enable");
        fake_put(row, "_conn-state", unit->down ? "idle" : "connected");
        fake_put_number(row, "_is-model", 0);
    }
    fake_put(member, "name", fgt->name);
    fake_put(member, "vdom", fgt->vdoms[unit->vdom].name);
    json_object_array_add(scope, member);
    json_object_object_add(row, "scope member", scope);
    return row;
}

/* A table of units: of an ADOM, or (`adom` -1) of one VDOM of a FortiGate. */
static int answer_units(struct query *query, enum fake_types type, int adom, size_t fgt,
                        size_t vdom)
{
    static const char *const always[] = {"scope member", NULL}, *const none[] = {NULL};
    const struct fake *fake = query->fake;
    struct json_object *scope = json_object_object_get(query->param, "scope member");
    bool wide = !json_object_is_type(scope, json_type_array) ||
                (fake->counts_wide && has_option(query, "count"));
    struct table table = {.rows = json_object_new_array(), .always = adom >= 0 ? always : none};

    if (adom >= 0 && !json_object_is_type(scope, json_type_array) && !has_option(query, "count")) {
        json_object_put(table.rows);
        return CODE_INVALID_PARAMETER; /* the reference does not say what comes without it */
    }
    for (size_t i = 0; i < fake->unit_count; i++) {
        const struct fake_unit *unit = &fake->units[i];
        const struct fake_fgt *own = &fake->fgts[unit->fgt];

        if (!unit->there || unit->type != type || !own->there || !own->vdoms[unit->vdom].there) {
            continue;
        }
        if (adom >= 0 ? own->vdoms[unit->vdom].adom == adom && !fake->adoms[adom].per_device &&
                            (wide || names(scope, own, &own->vdoms[unit->vdom]))
                      : unit->fgt == fgt && unit->vdom == vdom) {
            json_object_array_add(table.rows, unit_row(fake, unit));
        }
    }
    if (adom >= 0 && fake->adoms[adom].tables[type] == FAKE_SHORTENED &&
        !has_option(query, "count") && json_object_array_length(table.rows) > 0) {
        json_object_array_del_idx(table.rows, json_object_array_length(table.rows) - 1, 1);
    }
    return answer_table(query, &table);
}

static int answer_unit_list(struct query *query, enum fake_types type, const char *adom)
{
    int number, code = see_adom(query->fake, adom, &number);

    if (code == CODE_OK && query->fake->adoms[number].tables[type] == FAKE_REFUSED) {
        return CODE_NO_PERMISSION;
    }
    return code == CODE_OK ? answer_units(query, type, number, 0, 0) : code;
}

static int answer_database(struct query *query, enum fake_types type, const char *name,
                           const char *vdom)
{
    int fgt = fake_find_fgt(query->fake, name), number;

    if (fgt < 0) {
        return CODE_NOT_FOUND;
    }
    if (!is_visible(query->fake, &query->fake->fgts[fgt])) {
        return CODE_NO_PERMISSION;
    }
    number = fake_find_vdom(&query->fake->fgts[fgt], vdom);
    return number < 0 ? CODE_NOT_FOUND : answer_units(query, type, -1, (size_t)fgt, (size_t)number);
}

/* The status cache is empty here. */
static int answer_cache(struct query *query, const char *adom)
{
    int number, code = see_adom(query->fake, adom, &number);

    query->data = code == CODE_OK ? json_object_new_array() : NULL;
    return code;
}

/* ---- the FortiManager itself */

static int answer_status(struct query *query)
{
    query->data = json_object_new_object();
    fake_put(query->data, "Hostname", "fmg");
    fake_put_number(query->data, "Major", 7);
    fake_put_number(query->data, "Minor", 6);
    fake_put_number(query->data, "Patch", 7);
    fake_put(query->data, "Platform Full Name", "FortiManager-VM64");
    fake_put(query->data, "Serial Number", "FMGVMSTM21000001");
    fake_put(query->data, "Version", "v7.6.7-build3634 220202 (GA)");
    fake_put(query->data, "Admin Domain Configuration", "Enabled");
    return CODE_OK;
}

static int answer_ha_status(struct query *query)
{
    query->data = json_object_new_object();
    fake_put(query->data, "HA Role", "Standalone");
    return CODE_OK;
}

static int answer_session(struct query *query)
{
    query->data = json_object_new_object();
    fake_put(query->data, "admin_prof", "Read_Only");
    fake_put_number(query->data, "valid", 1);
    return CODE_OK;
}

/* ---- the reply */

#define SWITCHES "switch-controller/managed-switch"
#define POINTS   "wireless-controller/wtp"
#define DATABASE "pm/config/device/*/vdom/*/"

static int answer(struct query *query)
{
    const char *star[SEGMENTS_MAX] = {NULL};
    int number, code;

    if (matches(query, "sys/status", star)) {
        return answer_status(query);
    }
    if (matches(query, "sys/ha/status", star)) {
        return answer_ha_status(query);
    }
    if (matches(query, "sys/session", star)) {
        return answer_session(query);
    }
    if (matches(query, "dvmdb/adom", star)) {
        return answer_adoms(query);
    }
    if (matches(query, "dvmdb/adom/*", star)) {
        code = see_adom(query->fake, star[0], &number);
        query->data =
            code == CODE_OK ? choose(fmg_adom_row(query, number), query->param, adom_always) : NULL;
        return code;
    }
    if (matches(query, "dvmdb/device", star)) {
        return answer_devices(query, -1);
    }
    if (matches(query, "dvmdb/adom/*/device", star)) {
        code = see_adom(query->fake, star[0], &number);
        return code == CODE_OK ? answer_devices(query, number) : code;
    }
    if (matches(query, "dvmdb/device/*", star)) {
        return answer_device(query, NULL, star[0], NULL);
    }
    if (matches(query, "dvmdb/device/*/ha_slave", star)) {
        return answer_device(query, NULL, star[0], "ha_slave");
    }
    if (matches(query, "dvmdb/device/*/vdom", star)) {
        return answer_device(query, NULL, star[0], "vdom");
    }
    if (matches(query, "dvmdb/adom/*/device/*", star)) {
        return answer_device(query, star[0], star[1], NULL);
    }
    if (matches(query, "dvmdb/adom/*/device/*/vdom", star)) {
        return answer_device(query, star[0], star[1], "vdom");
    }
    if (matches(query, "dvmdb/adom/*/device/*/ha_slave", star)) {
        return answer_device(query, star[0], star[1], "ha_slave");
    }
    if (matches(query, "pm/config/adom/*/obj/fsp/managed-switch", star)) {
        return answer_unit_list(query, FAKE_SWITCH, star[0]);
    }
    if (matches(query, "pm/config/adom/*/obj/wireless-controller/wtp", star)) {
        return answer_unit_list(query, FAKE_POINT, star[0]);
    }
    if (matches(query, "pm/config/adom/*/_controller/status/*", star)) {
        return answer_cache(query, star[0]);
    }
    if (matches(query, DATABASE SWITCHES, star)) {
        return answer_database(query, FAKE_SWITCH, star[0], star[1]);
    }
    if (matches(query, DATABASE POINTS, star)) {
        return answer_database(query, FAKE_POINT, star[0], star[1]);
    }
    return CODE_INVALID_URL;
}

static struct json_object *answer_param(const struct fake *fake, struct json_object *param,
                                        bool get)
{
    struct query query = {.fake = fake, .param = param};
    struct json_object *row = json_object_new_object(), *status = json_object_new_object();
    const char *url = text_of(param, "url");
    int code = url == NULL || !read_url(&query, url) ? CODE_INVALID_URL
               : !get                                ? CODE_NO_PERMISSION
                                                     : answer(&query);

    if (code == CODE_OK) {
        json_object_object_add(row, "data", query.data);
    }
    fake_put_number(status, "code", code);
    fake_put(status, "message", code == CODE_OK ? "OK" : "Error");
    json_object_object_add(row, "status", status);
    fake_put(row, "url", url != NULL ? url : "");
    return row;
}

struct json_object *fake_fmg_answer(const struct fake *fake, struct json_object *request)
{
    struct json_object *reply = json_object_new_object(), *result = json_object_new_array();
    struct json_object *params = json_object_object_get(request, "params");
    const char *method = text_of(request, "method");

    for (size_t i = 0; i < json_object_array_length(params); i++) {
        json_object_array_add(result, answer_param(fake, json_object_array_get_idx(params, i),
                                                   method != NULL && strcmp(method, "get") == 0));
    }
    json_object_object_add(reply, "id", json_object_get(json_object_object_get(request, "id")));
    json_object_object_add(reply, "result", result);
    return reply;
}
