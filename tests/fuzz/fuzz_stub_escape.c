/*
 * fuzz_stub_escape.c - escaping of foreign text for a terminal, a spreadsheet, and JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "host-stub/escape.h"

#include <string.h>

#include "host-stub/json_text.h"
#include "output_text.h"

/* Reads the cell as a spreadsheet does, between two others. */
static void check_csv(struct span text)
{
    struct output_text text_out;
    struct csv csv;

    output_text_open(&text_out);
    (void)fputs("first,", text_out.stream);
    escape_csv(text_out.stream, text);
    (void)fputs(",last\r\n", text_out.stream);
    output_text_close(&text_out);
    FUZZ_CHECK(fuzz_is_utf8(text_out.bytes, text_out.size));
    FUZZ_CHECK(memchr(text_out.bytes, '\0', text_out.size) == NULL);
    csv_begin(&csv, text_out.bytes, text_out.size);
    FUZZ_CHECK(csv_next(&csv) && strcmp(csv.cell, "first") == 0 && !csv.ends_row);
    FUZZ_CHECK(csv_next(&csv) && !csv.ends_row);
    FUZZ_CHECK(!csv_is_formula(csv.cell) && !csv_is_formula_within(csv.cell));
    FUZZ_CHECK(csv_next(&csv) && strcmp(csv.cell, "last") == 0 && csv.ends_row);
    FUZZ_CHECK(!csv_next(&csv));
    csv_end(&csv);
    output_text_release(&text_out);
}

static void check_terminal(struct span text)
{
    struct output_text out;
    size_t columns;

    output_text_open(&out);
    columns = escape_terminal(out.stream, text);
    output_text_close(&out);
    FUZZ_CHECK(columns == escape_terminal(NULL, text));
    output_text_check_shown(&out, "");
    output_text_check_visible(&out);
    FUZZ_CHECK(columns <= 8 * text.size); /* "<U+0000>" */
    output_text_release(&out);
    for (size_t width = 0; width < columns + 2; width = width * 2 + 1) {
        output_text_open(&out);
        FUZZ_CHECK(escape_terminal_cut(out.stream, text, width, "...") <= width);
        output_text_close(&out);
        output_text_check_shown(&out, "");
        output_text_check_visible(&out);
        output_text_release(&out);
    }
}

/* Text that the stub accepts as JSON is JSON, keeps its meaning, and cannot control a terminal. */
static void check_json(struct span text)
{
    struct json_object *value = NULL, *again = NULL;
    struct output_text out;

    output_text_open(&out);
    escape_json(out.stream, text);
    output_text_close(&out);
    FUZZ_CHECK(fuzz_is_utf8(out.bytes, out.size));
    if (json_text_parse(text, JSON_GRAMMAR_VALUES_MAX, &value, NULL) == NULL) {
        again = fuzz_parse(text.bytes, text.size);
        FUZZ_CHECK(value == NULL || again != NULL);
        json_object_put(again);
        output_text_check_shown(&out, "\t\r\n");
        FUZZ_CHECK(json_text_parse((struct span){out.bytes, out.size}, JSON_GRAMMAR_VALUES_MAX,
                                   &again, NULL) == NULL);
        FUZZ_CHECK(json_object_equal(value, again));
        json_object_put(again);
        json_object_put(value);
    }
    output_text_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_text((struct fuzz_input){(const char *)data, size});
    struct span text = {copy, size};

    check_terminal(text);
    check_csv(text);
    check_json(text);
    free(copy);
    return 0;
}
