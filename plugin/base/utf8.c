/*
 * utf8.c - text as bytes of UTF-8: cut, copied and checked without splitting a character.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "utf8.h"

#include <string.h>

size_t utf8_cut(const char *text, size_t size)
{
    while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
        size--;
    }
    return size;
}

bool utf8_is_ascii(const char *text, size_t size)
{
    while (size > 0 && (unsigned char)text[size - 1] < 0x80) {
        size--;
    }
    return size == 0;
}

/* How many bytes follow this first byte of a UTF-8 character; 4 = no character begins with it. */
static size_t bytes_behind(unsigned char first)
{
    return first < 0x80   ? 0
           : first < 0xC2 ? 4
           : first < 0xE0 ? 1
           : first < 0xF0 ? 2
           : first < 0xF5 ? 3
                          : 4;
}

bool utf8_is_printable(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char first = (unsigned char)text[i];
        size_t behind = bytes_behind(first);
        /* Exclude overlong encodings, surrogates and code points above U+10FFFF. */
        unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;

        if (first < 0x20 || first == 0x7F || behind == 4 || behind >= size - i) {
            return false;
        }
        for (; behind > 0; behind--, low = 0x80, high = 0xBF) {
            unsigned char next = (unsigned char)text[++i];

            if (next < low || next > high) {
                return false;
            }
        }
    }
    return true;
}

const char *utf8_shown(const char *text)
{
    while (*text != '\0' && ((unsigned char)*text <= ' ' || *text == 0x7F)) {
        text++;
    }
    return text;
}

size_t utf8_copy(char *to, size_t capacity, const char *from, size_t size)
{
    if (size >= capacity) {
        size = utf8_cut(from, capacity - 1);
    }
    memcpy(to, from, size);
    to[size] = '\0';
    return size;
}
