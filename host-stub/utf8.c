/*
 * utf8.c - decodes one UTF-8 character at a time, strictly as in RFC 3629.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "utf8.h"

uint32_t utf8_decode(struct span text, size_t at, size_t *ret_length)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char first = (unsigned char)text.bytes[at];
    /* 0 = no character begins so: from 0x80 a continuation byte, or an overlong form of ASCII. */
    const size_t length = first < 0x80   ? 1
                          : first < 0xC2 ? 0
                          : first < 0xE0 ? 2
                          : first < 0xF0 ? 3
                          : first < 0xF5 ? 4
                                         : 0;
    uint32_t character = first;

    *ret_length = 1;
    if (length == 1) {
        return character;
    }
    if (length == 0 || length > text.size - at) {
        return UTF8_INVALID;
    }
    character &= 0xFFu >> (length + 1);
    for (size_t i = 1; i < length; i++) {
        const unsigned char byte = (unsigned char)text.bytes[at + i];

        if ((byte & 0xC0) != 0x80) {
            return UTF8_INVALID;
        }
        character = character << 6 | (byte & 0x3Fu);
    }
    if (character < smallest[length] || character > 0x10FFFF ||
        (character >= 0xD800 && character <= 0xDFFF)) {
        return UTF8_INVALID;
    }
    *ret_length = length;
    return character;
}
