/*
 * table.h - a table's answer to a get: its columns, its rows, and their order.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A table is a list of columns, each citing its place in the reference, and rows in a few orders. A
 * param of a request is read into a struct query; a param that the table does not support is
 * refused.
 */
#ifndef SIMULATOR_TABLE_H
#define SIMULATOR_TABLE_H

#include "faults.h"
#include "simulator.h"
#include "text.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAXIMUM_COLUMNS 128

/* Status codes (section 2). */
enum status_code {
    STATUS_NONE = 1, /* not a code of FortiManager: the row has no status */
    STATUS_OK = 0,
    STATUS_INTERNAL = -1,
    STATUS_NO_OBJECT = -3,
    STATUS_NO_COMMAND = -5,
    STATUS_INVALID_URL = -6,
    STATUS_INVALID_PARAMETER = -8,
    STATUS_INVALID_COMMAND = -9,
    STATUS_NO_PERMISSION = -11,
    STATUS_LOGIN_FAILED = -22,
    /* FortiManager's code beyond login-max is not recorded: any code but 0 (section 1.1). */
    STATUS_TOO_MANY_SESSIONS = -20000
};

struct value_name {
    int64_t value;
    const char *name;
};

struct query;

enum column_kind {
    COLUMN_STRING, /* a const char * at the offset */
    COLUMN_TEXT,   /* a char array at the offset; left out when empty */
    COLUMN_NUMBER, /* an int at the offset */
    COLUMN_NAMED,  /* an int at the offset: a name when verbose */
    COLUMN_FIXED,  /* the same JSON in every row */
    COLUMN_CUSTOM  /* writes its own value */
};

/* Columns that fields do not select. */
enum column_role {
    ROLE_PLAIN,
    ROLE_ALWAYS,     /* always there: name and oid */
    ROLE_SUB_TABLE,  /* always there, unless loadsub is 0 */
    ROLE_SUB_OBJECT, /* there with all fields, unless loadsub is 0 */
    ROLE_META,       /* only with the option "get meta" */
    ROLE_SECRET      /* no client has a reason to request it */
};

struct column {
    const char *name;
    enum column_kind kind;
    enum column_role role;
    size_t offset;
    const struct value_name *names;
    const char *json;
    void (*write)(struct text *text, const void *row, const struct query *query);
    uint32_t since; /* the first version that has it; 0: all */
    uint32_t until; /* the last version that has it; 0: all */
};

/* Abilities of a table besides fields, loadsub, range, sortings and count. */
struct table {
    const char *name;
    const struct column *columns;
    size_t column_count;
    const char *const *members; /* further members of a param, ended by NULL */
    const char *const *options; /* further options, ended by NULL */
    const char *const *keys;    /* keys for sorting, ended by NULL */
};

struct sub_fetch {
    bool hidden;
    bool named; /* only the name; devid and oid come with it */
};

struct query {
    struct simulator *simulator;
    const struct table *table;
    bool wanted[MAXIMUM_COLUMNS];
    bool fields; /* false: all columns */
    bool verbose;
    bool loadsub;
    bool count;
    bool extra_info;
    bool get_meta;
    struct json_object *meta_fields;
    struct sub_fetch vdom;
    struct sub_fetch ha_slave;
    struct sub_fetch onboard_rule;
    int sort_key; /* index of the table's keys, or -1 */
    bool descending;
    bool ranged;
    size_t first;
    size_t limit;
};

/* Reads a param for a table. Returns a status code, after recording the violation unless it is
 * OK. */
int query_read(struct query *query, const struct table *table, struct simulator *simulator,
               struct json_object *param, bool verbose, enum fault fault);

/* Selects the columns of a list of field names; returns a code as above. */
int query_read_fields(struct query *query, struct json_object *fields);

/* Writes `"data": ...` with the rows, or their number. */
void query_write(const struct query *query, const struct rows *rows, struct text *text);

/* The row at a position in the order that the query requests. */
const void *query_row(const struct query *query, const struct rows *rows, size_t place);

/* One row as an object. */
void query_write_row(const struct query *query, const void *row, struct text *text);

/* Writes the name of a value when verbose, otherwise the value. */
void write_named(struct text *text, int64_t value, const struct value_name *names, bool verbose);

#endif
