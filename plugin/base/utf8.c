/*
 * utf8.c - text as bytes of UTF-8: cut, copied and checked without splitting a character.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "utf8.h"

#include <stdio.h>
#include <string.h>

size_t utf8_cut(const char *text, size_t size)
{
    while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
        size--;
    }
    return size;
}

char utf8_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool utf8_same(const char *a, const char *b, size_t size)
{
    while (size > 0 && utf8_lower(a[size - 1]) == utf8_lower(b[size - 1])) {
        size--;
    }
    return size == 0;
}

bool utf8_is_ascii(const char *text, size_t size)
{
    while (size > 0 && (unsigned char)text[size - 1] < 0x80) {
        size--;
    }
    return size == 0;
}

size_t utf8_encode(uint32_t code, char *out)
{
    static const unsigned char LEAD[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)(LEAD[size] | code);
    return size;
}

size_t utf8_size(unsigned char first, unsigned char *ret_lowest, unsigned char *ret_highest)
{
    *ret_lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    *ret_highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0xC2 || first > 0xF4) {
        return 0;
    }
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

bool utf8_is_printable(const char *text, size_t size)
{
    for (size_t i = 0, left; i < size; i += left) {
        unsigned char first = (unsigned char)text[i], low, high;

        left = first < 0x80 ? 1 : utf8_size(first, &low, &high);
        if (first < 0x20 || first == 0x7F || left == 0 || left > size - i) {
            return false;
        }
        for (size_t j = 1; j < left; j++, low = 0x80, high = 0xBF) {
            unsigned char next = (unsigned char)text[i + j];

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

void utf8_list(char *list, size_t capacity, const char *item)
{
    static const char no_room[] = ", \xE2\x80\xA6";
    const char *ellipsis = no_room + strlen(", "), *comma = *list != '\0' ? ", " : "";
    size_t size = strlen(list), last = strlen(no_room);

    /* An ellipsis may also end an item. */
    if (strcmp(list, ellipsis) == 0 || (size >= last && strcmp(list + size - last, no_room) == 0)) {
        return;
    }
    if (size + strlen(comma) + strlen(item) + sizeof(no_room) > capacity) {
        item = ellipsis;
    }
    (void)snprintf(list + size, capacity - size, "%s%s", comma, item);
}
