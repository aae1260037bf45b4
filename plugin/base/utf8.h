/*
 * utf8.h - text as bytes of UTF-8: cut, copied and checked without splitting a character.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Encodes a character into at most UTF8_MAX bytes. Returns how many. */
size_t utf8_encode(uint32_t code, char *out);

/* The value of a hexadecimal digit. */
static inline uint32_t utf8_hex(char digit)
{
    return (uint32_t)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

/*
 * How many bytes a character of several has that begins with this byte, and the range of its second
 * one, which excludes overlong encodings, surrogates and code points above U+10FFFF [RFC 3629];
 * 0 = no such character begins so.
 */
size_t utf8_size(unsigned char first, unsigned char *ret_lowest, unsigned char *ret_highest);

/*
 * The largest length up to `size` at which `text` can be cut between two UTF-8 characters. Reads
 * text[size].
 */
size_t utf8_cut(const char *text, size_t size);

/* An ASCII letter in lower case, whatever the locale; any other byte as it is. */
char utf8_lower(char c);

/* Whether `size` bytes are the same, without regard to the case of ASCII letters. */
bool utf8_same(const char *a, const char *b, size_t size);

bool utf8_is_ascii(const char *text, size_t size);

/* Whether the bytes are valid UTF-8 [RFC 3629] without control characters. */
bool utf8_is_printable(const char *text, size_t size);

/*
 * Skips leading blanks and control characters: "" if nothing visible remains. Borrowed from `text`.
 */
const char *utf8_shown(const char *text);

/*
 * Copies `size` bytes of text into an array of `capacity` bytes, cut between UTF-8 characters if it
 * is too long, and adds a NUL. Returns how many bytes were copied, without the NUL.
 */
size_t utf8_copy(char *to, size_t capacity, const char *from, size_t size);

/*
 * Adds an item to a list, which begins as "": "a, b". An ellipsis stands for the first item without
 * room in `capacity` bytes, and for all later ones.
 */
void utf8_list(char *list, size_t capacity, const char *item);
#endif
