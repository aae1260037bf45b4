/*
 * utf8.h - one UTF-8 character at a time, as strict as RFC 3629.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_UTF8_H
#define HOST_STUB_UTF8_H

#include <stdint.h>

#include "span.h"

/* What utf8_decode() returns for bytes that are no character; then the length is 1. */
#define UTF8_INVALID UINT32_MAX

/* Decodes the character at `at`, which must be below text.size, and gives how long it is. */
uint32_t utf8_decode(struct span text, size_t at, size_t *ret_length);

#endif
