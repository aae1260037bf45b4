/*
 * fuzz.h - what the fuzz targets share: properties, pieces of the input, text that must be text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A target is one C file with LLVMFuzzerTestOneInput. Linked as any program it replays the files it
 * is given (replay.c); linked with -fsanitize=fuzzer it is a fuzzer. Targets hold one property each
 * line: surviving the bytes is not enough.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, telling the property, when it does not hold. */
#define FUZZ_CHECK(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_broken(const char *file, int line, const char *property);

/* What is left of the input. */
struct fuzz_input {
    const char *at;
    size_t size;
};

/* The next byte; 0 at the end. */
unsigned char fuzz_byte(struct fuzz_input *input);

/* Takes the next line, without its line feed; false at the end. */
bool fuzz_line(struct fuzz_input *input, struct fuzz_input *ret);

/* A copy with a NUL behind it, in memory of its own: a read beyond it is seen. Freed by free(). */
char *fuzz_text(struct fuzz_input input);

/* RFC 3629, written apart from the plugin's own. */
bool fuzz_is_utf8(const char *text, size_t size);

/*
 * Parses one JSON text by json-c alone, as strictly as it can. NULL when it is none, or null. Not
 * for hostile text: of what came through the plugin.
 */
struct json_object *fuzz_parse(const char *text, size_t size);
#endif
