/*
 * json_guard.c - a JSON filter: untrusted bytes in, one bounded json-c tree out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A state machine for RFC 8259, one byte at a time. The accepted text goes to the tree
 * (json_tree.h), without white space and with every \u escape resolved.
 */
#include "json_guard.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "json_tree.h"

#define MARK_SIZE 3 /* a byte order mark */

enum state {
    BEFORE_VALUE,    /* at the start, after ':', and after ',' in an array */
    BEFORE_ELEMENT,  /* after '[': a value or ']' */
    BEFORE_MEMBER,   /* after '{': a key or '}' */
    BEFORE_KEY,      /* after ',' in an object */
    BEFORE_COLON,    /* after a key */
    AFTER_VALUE,     /* ',' or the end of the container */
    COMPLETE,        /* only white space may follow */
    IN_STRING,       /* between characters */
    IN_ESCAPE,       /* after the backslash */
    IN_HEX,          /* inside \uXXXX */
    IN_UTF8,         /* inside a character of several bytes */
    IN_LITERAL,      /* true, false, null */
    NUMBER_SIGN,     /* after '-' */
    NUMBER_ZERO,     /* after a leading zero */
    NUMBER_INTEGER,  /* in 1, 12, 123 */
    NUMBER_POINT,    /* after '.' */
    NUMBER_FRACTION, /* in the digits after it */
    NUMBER_EXPONENT, /* after 'e' */
    NUMBER_EXPONENT_SIGN,
    NUMBER_EXPONENT_DIGITS,
};

/* The depths of what a document with rows consists of. */
enum {
    DEPTH_MEMBERS = 1, /* in the document's object */
    DEPTH_ROWS = 2,    /* in an array of rows */
};

/* The rows of a document, while it is read. */
struct row_reading {
    const struct json_rows *rows;
    struct json_tree tree;             /* of one row */
    char name[JSON_ROWS_NAME_MAX + 1]; /* the last member of the document */
    size_t name_size;                  /* JSON_ROWS_NAME_MAX + 1 = longer, or not plain */
    uint32_t seen;                     /* names of `rows` that the document had, a bit each */
    bool open;                         /* in an array of rows */
};

struct json_guard {
    struct json_tree document;
    struct json_tree *tree;      /* where the text goes now: `document`, or that of a row */
    struct row_reading *reading; /* NULL = the document has no rows */
    size_t text_bytes, text_max_bytes;
    size_t mark; /* bytes of a byte order mark so far; MARK_SIZE = no longer possible */
    bool repaired;

    enum state state;
    struct json_level levels[JSON_DEPTH_MAX];
    int depth;

    bool key;                          /* the string is the key of a member */
    size_t length;                     /* bytes of the string or number so far */
    uint32_t code;                     /* code unit of the \u escape so far */
    int digits;                        /* hexadecimal digits of it so far */
    uint32_t high;                     /* a high surrogate without its low one so far; 0 = none */
    unsigned char character[UTF8_MAX]; /* bytes of a UTF-8 character so far */
    size_t have, need;
    unsigned char lowest, highest; /* range of its next byte */
    const char *literal;           /* the part that must follow */
};

struct json_guard *json_guard_new(size_t text_max_bytes, size_t tree_max_bytes)
{
    struct json_guard *guard = calloc(1, sizeof(*guard));

    if (guard == NULL || !json_tree_open(&guard->document, tree_max_bytes)) {
        free(guard);
        return NULL;
    }
    guard->tree = &guard->document;
    guard->text_max_bytes = text_max_bytes;
    return guard;
}

void json_guard_rows(struct json_guard *guard, const struct json_rows *rows)
{
    struct row_reading *reading = calloc(1, sizeof(*reading));

    if (reading == NULL || !json_tree_open(&reading->tree, ROW_TREE_MAX)) {
        free(reading);
        json_tree_fail(guard->tree, JSON_MEMORY);
        return;
    }
    reading->rows = rows;
    guard->reading = reading;
    guard->text_max_bytes = ROWS_TEXT_MAX;
}

void json_guard_free(struct json_guard *guard)
{
    if (guard != NULL) {
        if (guard->reading != NULL) {
            json_tree_close(&guard->reading->tree);
            free(guard->reading);
        }
        json_tree_close(&guard->document);
        free(guard);
    }
}

/* Passes the byte on if it fits; if not, the text is malformed. Returns whether it fits. */
static bool accept(struct json_guard *guard, unsigned char c, bool fits)
{
    if (fits) {
        json_tree_put(guard->tree, &c, 1);
    } else {
        json_tree_fail(guard->tree, JSON_SYNTAX);
    }
    return fits;
}

/*
 * Consumes a byte order mark (EF BB BF) before the value. Returns false if the byte is not part of
 * one; an incomplete mark is JSON_SYNTAX.
 */
static bool take_mark(struct json_guard *guard, unsigned char c)
{
    static const unsigned char bytes[MARK_SIZE] = {0xEF, 0xBB, 0xBF};
    bool begun = guard->mark > 0;

    if (c == bytes[guard->mark]) {
        guard->mark++;
        return true;
    }
    guard->mark = MARK_SIZE;
    if (begun) {
        json_tree_fail(guard->tree, JSON_SYNTAX);
    }
    return begun;
}

/* ---- rows */

/* Whether the next value is a row, or the last one was. */
static bool at_row(const struct json_guard *guard)
{
    return guard->depth == DEPTH_ROWS && guard->reading != NULL && guard->reading->open;
}

/* Whether the string is the name of a member of a document with rows. */
static bool in_member_name(const struct json_guard *guard)
{
    return guard->reading != NULL && guard->key && guard->depth == DEPTH_MEMBERS;
}

static void add_to_name(struct row_reading *reading, const void *bytes, size_t size)
{
    size_t room = sizeof(reading->name) - 1 - reading->name_size;

    /* What is cut is longer than any name of rows, and equals none. */
    size = size < room ? size : room;
    memcpy(reading->name + reading->name_size, bytes, size);
    reading->name_size += size;
    reading->name[reading->name_size] = '\0';
}

/* The position of the last member's name among those of rows; -1 = another name. */
static int row_name(const struct row_reading *reading)
{
    for (int i = 0; reading->rows->names[i] != NULL; i++) {
        if (strcmp(reading->name, reading->rows->names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

/*
 * Ends the name of a member. A second array of the same name would replace rows that have been
 * handed over.
 */
static void end_member_name(struct json_guard *guard)
{
    struct row_reading *reading = guard->reading;
    int name = row_name(reading);
    uint32_t bit = name < 0 ? 0 : UINT32_C(1) << name;

    if ((reading->seen & bit) != 0) {
        json_tree_fail(guard->tree, JSON_SYNTAX);
    }
    reading->seen |= bit;
}

/* Hands a complete row over, and frees it. */
static void end_row(struct json_guard *guard)
{
    struct row_reading *reading = guard->reading;
    size_t bytes = reading->tree.bytes;
    struct json_object *row = NULL;

    json_tree_finish(&reading->tree, &row);
    if (reading->tree.fault != JSON_OK) {
        return;
    }
    if (!reading->rows->take(reading->rows->context, row, bytes)) {
        json_tree_fail(&reading->tree, JSON_REFUSED);
    }
    json_object_put(row);
    if (reading->tree.fault == JSON_OK) {
        json_tree_restart(&reading->tree);
        guard->tree = &guard->document;
    }
}

static void end_value(struct json_guard *guard)
{
    guard->state = guard->depth > 0 ? AFTER_VALUE : COMPLETE;
    if (at_row(guard)) {
        end_row(guard);
    }
}

/* ---- strings */

static void put_character(struct json_guard *guard, const void *bytes, size_t size)
{
    json_tree_put(guard->tree, bytes, size);
    guard->length += size;
    if (in_member_name(guard)) {
        add_to_name(guard->reading, bytes, size);
    }
}

/* A character that stays escaped. No name of rows has one. */
static void put_escape(struct json_guard *guard, const char *escape, size_t size)
{
    json_tree_put(guard->tree, escape, size);
    guard->length++;
    if (in_member_name(guard)) {
        add_to_name(guard->reading, escape, size);
    }
}

static void put_replacement(struct json_guard *guard)
{
    put_character(guard, "\xEF\xBF\xBD", 3);
    guard->repaired = true;
}

/* Replaces a high surrogate that no low one followed. */
static void settle_surrogate(struct json_guard *guard)
{
    if (guard->high != 0) {
        guard->high = 0;
        put_replacement(guard);
    }
}

/* Writes the character of an escape as UTF-8, or as an escape where JSON requires one. */
static void put_code(struct json_guard *guard, uint32_t code)
{
    static const char HEX[] = "0123456789abcdef";
    char bytes[UTF8_MAX];

    if (code < 0x20 || code == '"' || code == '\\') {
        char escape[6] = {'\\', 'u', '0', '0', HEX[code >> 4], HEX[code & 15]};

        put_escape(guard, escape, sizeof(escape));
        return;
    }
    put_character(guard, bytes, utf8_encode(code, bytes));
}

/* Handles a \u escape once its four digits are complete. */
static void end_escape(struct json_guard *guard)
{
    uint32_t code = guard->code;

    if (guard->high != 0 && code >= 0xDC00 && code <= 0xDFFF) {
        put_code(guard, 0x10000 + ((guard->high - 0xD800) << 10) + (code - 0xDC00));
        guard->high = 0;
        return;
    }
    settle_surrogate(guard);
    if (code >= 0xD800 && code <= 0xDBFF) {
        guard->high = code;
    } else if (code == 0 || (code >= 0xDC00 && code <= 0xDFFF)) {
        put_replacement(guard);
    } else {
        put_code(guard, code);
    }
}

static void take_hex(struct json_guard *guard, unsigned char c)
{
    if (isxdigit(c) == 0) {
        json_tree_fail(guard->tree, JSON_SYNTAX);
        return;
    }
    guard->code = guard->code << 4 | utf8_hex((char)c);
    if (++guard->digits == 4) {
        guard->state = IN_STRING;
        end_escape(guard);
    }
}

static void take_escape(struct json_guard *guard, unsigned char c)
{
    char escape[2] = {'\\', (char)c};

    if (c == 'u') {
        guard->state = IN_HEX;
        guard->code = 0;
        guard->digits = 0;
        return;
    }
    settle_surrogate(guard);
    if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL) {
        json_tree_fail(guard->tree, JSON_SYNTAX);
        return;
    }
    guard->state = IN_STRING;
    put_escape(guard, escape, 2);
}

/* Handles the first byte of a multibyte character, which limits the second byte [RFC 3629]. */
static void begin_character(struct json_guard *guard, unsigned char c)
{
    guard->need = utf8_size(c, &guard->lowest, &guard->highest);
    if (guard->need == 0) {
        put_replacement(guard);
        return;
    }
    guard->have = 1;
    guard->character[0] = c;
    guard->state = IN_UTF8;
}

/*
 * Returns false if the byte does not continue the character: U+FFFD replaces the character, and the
 * caller handles the byte again.
 */
static bool take_utf8(struct json_guard *guard, unsigned char c)
{
    if (c < guard->lowest || c > guard->highest) {
        guard->state = IN_STRING;
        put_replacement(guard);
        return false;
    }
    guard->lowest = 0x80;
    guard->highest = 0xBF;
    guard->character[guard->have++] = c;
    if (guard->have == guard->need) {
        guard->state = IN_STRING;
        put_character(guard, guard->character, guard->need);
    }
    return true;
}

static void end_string(struct json_guard *guard)
{
    json_tree_put(guard->tree, "\"", 1);
    json_tree_weigh_string(guard->tree, guard->length, guard->key);
    if (!guard->key) {
        end_value(guard);
        return;
    }
    guard->state = BEFORE_COLON;
    if (in_member_name(guard)) {
        end_member_name(guard);
    }
}

static void take_string(struct json_guard *guard, unsigned char c)
{
    if (c == '\\') {
        guard->state = IN_ESCAPE;
        return;
    }
    settle_surrogate(guard);
    if (c == '"') {
        end_string(guard);
    } else if (c < 0x20) {
        put_replacement(guard);
    } else if (c < 0x80) {
        put_character(guard, &c, 1);
    } else {
        begin_character(guard, c);
    }
}

/* Consumes a run of plain ASCII inside a string, which is most of any reply. Returns its length. */
static size_t take_plain(struct json_guard *guard, const unsigned char *bytes, size_t size)
{
    size_t n = 0;

    if (guard->high != 0) {
        return 0;
    }
    size = size < JSON_PIECE ? size : JSON_PIECE;
    while (n < size && bytes[n] - 0x20u < 0x60 && bytes[n] != '"' && bytes[n] != '\\') {
        n++;
    }
    put_character(guard, bytes, n);
    if (guard->length > JSON_PIECE) {
        json_tree_watch_string(guard->tree, guard->length);
    }
    return n;
}

/* ---- structure */

static void open_container(struct json_guard *guard, unsigned char c)
{
    struct json_level *level = &guard->levels[guard->depth];

    if (guard->depth == JSON_DEPTH_MAX) {
        json_tree_fail(guard->tree, JSON_DEPTH);
        return;
    }
    if (guard->depth++ > 0) {
        level[-1].nested = true;
    }
    json_tree_weigh_container(guard->tree, level, c == '{');
    json_tree_put(guard->tree, &c, 1);
    if (guard->reading != NULL && guard->depth == DEPTH_ROWS) {
        guard->reading->open = c == '[' && guard->levels[0].object && row_name(guard->reading) >= 0;
    }
    guard->state = level->object ? BEFORE_MEMBER : BEFORE_ELEMENT;
}

static void close_container(struct json_guard *guard, unsigned char c)
{
    bool open = guard->depth > 0 && guard->levels[guard->depth - 1].object == (c == '}');

    if (accept(guard, c, open)) {
        if (at_row(guard)) {
            guard->reading->open = false;
        }
        guard->depth--;
        json_tree_weigh_end(guard->tree, &guard->levels[guard->depth]);
        end_value(guard);
    }
}

static void begin_string(struct json_guard *guard, bool key)
{
    json_tree_put(guard->tree, "\"", 1);
    guard->key = key;
    guard->length = 0;
    guard->high = 0;
    guard->state = IN_STRING;
    if (in_member_name(guard)) {
        guard->reading->name_size = 0;
        guard->reading->name[0] = '\0';
    }
}

static void begin_number(struct json_guard *guard, unsigned char c)
{
    json_tree_put(guard->tree, &c, 1);
    guard->length = 1;
    guard->state = c == '-' ? NUMBER_SIGN : c == '0' ? NUMBER_ZERO : NUMBER_INTEGER;
}

static void begin_literal(struct json_guard *guard, unsigned char c)
{
    json_tree_put(guard->tree, &c, 1);
    guard->literal = c == 't' ? "rue" : c == 'f' ? "alse" : "ull";
    guard->state = IN_LITERAL;
    if (c != 'n') {
        json_tree_weigh_scalar(guard->tree, 0);
    }
}

static void begin_value(struct json_guard *guard, unsigned char c)
{
    if (at_row(guard)) {
        guard->tree = &guard->reading->tree;
    } else if (guard->depth > 0 && !guard->levels[guard->depth - 1].object) {
        json_tree_weigh_child(guard->tree, &guard->levels[guard->depth - 1]);
    }
    if (c == '{' || c == '[') {
        open_container(guard, c);
    } else if (c == '"') {
        begin_string(guard, false);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        begin_number(guard, c);
    } else if (c == 't' || c == 'f' || c == 'n') {
        begin_literal(guard, c);
    } else {
        json_tree_fail(guard->tree, JSON_SYNTAX);
    }
}

static void begin_key(struct json_guard *guard, unsigned char c)
{
    if (c != '"') {
        json_tree_fail(guard->tree, JSON_SYNTAX);
        return;
    }
    json_tree_weigh_child(guard->tree, &guard->levels[guard->depth - 1]);
    begin_string(guard, true);
}

static void take_after_value(struct json_guard *guard, unsigned char c)
{
    if (c != ',') {
        close_container(guard, c);
        return;
    }
    if (!at_row(guard)) { /* the document has none of the rows, and no commas between them */
        json_tree_put(guard->tree, &c, 1);
    }
    guard->state = guard->levels[guard->depth - 1].object ? BEFORE_KEY : BEFORE_VALUE;
}

static void take_literal(struct json_guard *guard, unsigned char c)
{
    if (accept(guard, c, c == (unsigned char)*guard->literal) && *++guard->literal == '\0') {
        end_value(guard);
    }
}

/* ---- numbers */

/* The next state inside a number; -1 = the byte is not part of it. */
static int next_in_number(enum state state, unsigned char c)
{
    bool digit = c >= '0' && c <= '9';
    bool exponent = (c | 0x20) == 'e';

    switch (state) {
    case NUMBER_SIGN: return !digit ? -1 : c == '0' ? NUMBER_ZERO : NUMBER_INTEGER;
    case NUMBER_ZERO: return c == '.' ? NUMBER_POINT : exponent ? NUMBER_EXPONENT : -1;
    case NUMBER_INTEGER:
        return digit ? NUMBER_INTEGER : c == '.' ? NUMBER_POINT : exponent ? NUMBER_EXPONENT : -1;
    case NUMBER_POINT: return digit ? NUMBER_FRACTION : -1;
    case NUMBER_FRACTION: return digit ? NUMBER_FRACTION : exponent ? NUMBER_EXPONENT : -1;
    case NUMBER_EXPONENT:
        return digit ? NUMBER_EXPONENT_DIGITS : c == '+' || c == '-' ? NUMBER_EXPONENT_SIGN : -1;
    default: return digit ? NUMBER_EXPONENT_DIGITS : -1;
    }
}

static bool number_may_end(enum state state)
{
    return state == NUMBER_ZERO || state == NUMBER_INTEGER || state == NUMBER_FRACTION ||
           state == NUMBER_EXPONENT_DIGITS;
}

static void end_number(struct json_guard *guard)
{
    bool integer = guard->state == NUMBER_ZERO || guard->state == NUMBER_INTEGER;

    /* json-c keeps the text of numbers that are not integers. */
    json_tree_weigh_scalar(guard->tree, integer ? 0 : guard->length);
    end_value(guard);
}

/* Returns false if the number ended before this byte, which the caller handles again. */
static bool take_number(struct json_guard *guard, unsigned char c)
{
    int next = next_in_number(guard->state, c);

    if (next < 0 && number_may_end(guard->state)) {
        end_number(guard);
        return false;
    }
    if (accept(guard, c, next >= 0 && guard->length < JSON_NUMBER_MAX)) {
        guard->length++;
        guard->state = (enum state)next;
    }
    return true;
}

/* ---- the machine */

/* Returns false if the byte ended a token and the caller must handle it again in the new state. */
static bool take_byte(struct json_guard *guard, unsigned char c)
{
    if (guard->state <= COMPLETE && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
        return true;
    }
    switch (guard->state) {
    case BEFORE_VALUE: begin_value(guard, c); break;
    case BEFORE_ELEMENT: (c == ']' ? close_container : begin_value)(guard, c); break;
    case BEFORE_MEMBER: (c == '}' ? close_container : begin_key)(guard, c); break;
    case BEFORE_KEY: begin_key(guard, c); break;
    case BEFORE_COLON:
        (void)accept(guard, c, c == ':');
        guard->state = BEFORE_VALUE;
        break;
    case AFTER_VALUE: take_after_value(guard, c); break;
    case COMPLETE: json_tree_fail(guard->tree, JSON_SYNTAX); break;
    case IN_STRING: take_string(guard, c); break;
    case IN_ESCAPE: take_escape(guard, c); break;
    case IN_HEX: take_hex(guard, c); break;
    case IN_UTF8: return take_utf8(guard, c);
    case IN_LITERAL: take_literal(guard, c); break;
    default: return take_number(guard, c);
    }
    return true;
}

enum json_fault json_guard_feed(struct json_guard *guard, const char *bytes, size_t size)
{
    size_t room = guard->text_max_bytes - guard->text_bytes;
    const unsigned char *next = (const unsigned char *)bytes;
    const unsigned char *end = next + (size < room ? size : room);

    while (next < end && guard->tree->fault == JSON_OK) {
        if (guard->mark < MARK_SIZE && take_mark(guard, *next)) {
            next++;
            continue;
        }
        if (guard->state == IN_STRING) {
            next += take_plain(guard, next, (size_t)(end - next));
        }
        if (next < end && take_byte(guard, *next)) {
            next++;
        }
    }
    guard->text_bytes += size < room ? size : room;
    if (size > room) {
        json_tree_fail(guard->tree, JSON_BYTES);
    }
    return guard->tree->fault;
}

enum json_fault json_guard_finish(struct json_guard *guard, struct json_object **ret,
                                  bool *ret_repaired)
{
    if (guard->tree->fault == JSON_OK && guard->depth == 0 && number_may_end(guard->state)) {
        end_number(guard);
    }
    if (guard->state != COMPLETE) {
        json_tree_fail(guard->tree, JSON_TRUNCATED); /* unless there was a fault before */
    }
    if (guard->tree->fault == JSON_OK) {
        json_tree_finish(guard->tree, ret);
    }
    if (guard->tree->fault == JSON_OK && ret_repaired != NULL) {
        *ret_repaired = guard->repaired;
    }
    return guard->tree->fault;
}

size_t json_guard_tree_bytes(const struct json_guard *guard)
{
    return guard->document.bytes;
}

enum json_fault json_guard_parse(const char *text, size_t size, size_t tree_max_bytes,
                                 struct json_object **ret, bool *ret_repaired)
{
    struct json_guard *guard = json_guard_new(size, tree_max_bytes);

    if (guard == NULL) {
        return JSON_MEMORY;
    }
    (void)json_guard_feed(guard, text, size);
    enum json_fault fault = json_guard_finish(guard, ret, ret_repaired);
    json_guard_free(guard);
    return fault;
}
