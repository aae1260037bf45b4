/*
 * utf8.h - decodes one UTF-8 character at a time, strictly as in RFC 3629.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_UTF8_H
#define HOST_STUB_UTF8_H

#include <stdint.h>

#include "span.h"

/* Result of utf8_decode() for bytes that are not a character; the length is then 1. */
#define UTF8_INVALID UINT32_MAX

/*
 * Decodes the character at `at`, which must be below text.size. *ret_length is its length in bytes.
 */
uint32_t utf8_decode(struct span text, size_t at, size_t *ret_length);

#endif
