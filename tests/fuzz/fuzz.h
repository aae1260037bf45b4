/*
 * fuzz.h - shared by the fuzz targets: properties, pieces of the input, checks of text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A target is one C file with LLVMFuzzerTestOneInput. Linked with replay.c it replays the files in
 * its arguments; linked with -fsanitize=fuzzer it is a fuzzer. Targets check properties with
 * FUZZ_CHECK(): not to crash is not enough.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program with a message that shows the property when it does not hold. */
#define FUZZ_CHECK(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_broken(const char *file, int line, const char *property);

/* The rest of the input. */
struct fuzz_input {
    const char *at;
    size_t size;
};

/* Takes the next byte; 0 at the end. */
unsigned char fuzz_byte(struct fuzz_input *input);

/* Takes the next line, without its line feed; false at the end. */
bool fuzz_line(struct fuzz_input *input, struct fuzz_input *ret);

/* A copy with a NUL at its end, in its own allocation, so that a sanitizer sees reads beyond it.
 * The caller frees it. */
char *fuzz_text(struct fuzz_input input);

/* RFC 3629, implemented independently of the plugin. */
bool fuzz_is_utf8(const char *text, size_t size);

/* Parses one JSON text by json-c alone, as strictly as it can; the caller owns the result. NULL
 * when it is invalid, or null. Use it for output of the plugin, not for hostile text. */
struct json_object *fuzz_parse(const char *text, size_t size);
#endif
