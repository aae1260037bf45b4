/*
 * output_text.c - output of the stub, and checks that it is safe for its readers.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* memfd_create */

#include "output_text.h"

#include <locale.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host-stub/utf8.h"

void output_text_open(struct output_text *out)
{
    static bool prepared;

    if (!prepared) {
        FUZZ_CHECK(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
        prepared = true;
    }
    *out = (struct output_text){NULL, NULL, 0};
    out->stream = open_memstream(&out->bytes, &out->size);
    FUZZ_CHECK(out->stream != NULL);
}

void output_text_close(struct output_text *out)
{
    FUZZ_CHECK(fclose(out->stream) == 0);
}

void output_text_release(struct output_text *out)
{
    free(out->bytes);
}

/* Unicode's control characters, and those that change direction or end a line. Independent of the
 * stub's own list. */
static bool steers(uint32_t character)
{
    static const uint32_t directions[] = {0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B,
                                          0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069};

    for (size_t i = 0; i < sizeof(directions) / sizeof(directions[0]); i++) {
        if (character == directions[i]) {
            return true;
        }
    }
    return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

void output_text_check_shown(const struct output_text *out, const char *allowed)
{
    struct span text = {out->bytes, out->size};
    size_t length;

    FUZZ_CHECK(fuzz_is_utf8(out->bytes, out->size));
    for (size_t at = 0; at < text.size; at += length) {
        uint32_t character = utf8_decode(text, at, &length);

        FUZZ_CHECK(!steers(character) ||
                   (character > 0 && character < 0x80 && strchr(allowed, (int)character) != NULL));
    }
}

/* Invisible characters. Independent of the stub's own list. */
static bool hides(uint32_t character)
{
    if (character >= 0x10000) {
        return (character >> 12) == 0xE0; /* tags, variation selectors */
    }
    return character == 0xAD || (character >= 0x200B && character <= 0x200F) ||
           (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF ||
           (character & 0xFFF0) == 0xFE00;
}

void output_text_check_visible(const struct output_text *out)
{
    struct span text = {out->bytes, out->size};
    size_t length;

    for (size_t at = 0; at < text.size; at += length) {
        FUZZ_CHECK(!hides(utf8_decode(text, at, &length)));
    }
}

/* ---- CSV */

void csv_begin(struct csv *csv, const char *text, size_t size)
{
    *csv = (struct csv){text, text + size, malloc(size + 1), false};
    FUZZ_CHECK(csv->cell != NULL);
}

void csv_end(struct csv *csv)
{
    free(csv->cell);
}

/* Takes a quoted cell, up to its closing quote. */
static size_t take_quoted(struct csv *csv)
{
    size_t size = 0;

    for (csv->at++;; csv->at++) {
        FUZZ_CHECK(csv->at < csv->end); /* the closing quote exists */
        if (*csv->at == '"') {
            csv->at++;
            if (csv->at == csv->end || *csv->at != '"') {
                return size;
            }
        }
        csv->cell[size++] = *csv->at;
    }
}

bool csv_next(struct csv *csv)
{
    size_t size = 0;

    if (csv->at == csv->end) {
        return false;
    }
    if (*csv->at == '"') {
        size = take_quoted(csv);
    } else {
        for (; csv->at < csv->end && *csv->at != ',' && *csv->at != '\r'; csv->at++) {
            FUZZ_CHECK(*csv->at != '"' && *csv->at != '\n');
            csv->cell[size++] = *csv->at;
        }
    }
    csv->cell[size] = '\0';
    FUZZ_CHECK(csv->at < csv->end);
    csv->ends_row = *csv->at != ',';
    if (!csv->ends_row) {
        csv->at++;
        return true;
    }
    FUZZ_CHECK(csv->end - csv->at >= 2 && memcmp(csv->at, "\r\n", 2) == 0);
    csv->at += 2;
    return true;
}

bool csv_is_formula(const char *cell)
{
    static const char *const begins[] = {"=",
                                         "+",
                                         "-",
                                         "@",
                                         "\xEF\xBC\x9D",
                                         "\xEF\xBC\x8B",
                                         "\xEF\xBC\x8D",
                                         "\xEF\xBC\xA0",
                                         "\xEF\xB9\xA6",
                                         "\xEF\xB9\xA2",
                                         "\xEF\xB9\xA3",
                                         "\xEF\xB9\xAB"};

    if (strchr("\t\r\n", *cell) != NULL && *cell != '\0') {
        return true;
    }
    cell += strspn(cell, " \"\t\r\n");
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (strncmp(cell, begins[i], strlen(begins[i])) == 0) {
            return true;
        }
    }
    return false;
}

bool csv_is_formula_within(const char *cell)
{
    for (cell = strpbrk(cell, ";\t\r\n"); cell != NULL; cell = strpbrk(cell + 1, ";\t\r\n")) {
        const char *next = cell + 1 + strspn(cell + 1, " \"\t\r\n");

        if (csv_is_formula(next)) {
            return true;
        }
    }
    return false;
}

/* ---- files */

const char *output_text_file(struct fuzz_input bytes)
{
    static int descriptor = -1;
    static char path[64];

    if (descriptor < 0) {
        descriptor = memfd_create("fuzz", MFD_CLOEXEC);
        FUZZ_CHECK(descriptor >= 0);
        (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
    }
    FUZZ_CHECK(ftruncate(descriptor, 0) == 0);
    FUZZ_CHECK(pwrite(descriptor, bytes.at, bytes.size, 0) == (ssize_t)bytes.size);
    return path;
}
