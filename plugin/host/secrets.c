/*
 * secrets.c - the secrets of a call, and their removal from texts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "secrets.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define SHOWN "***"

/* The place of a secret in the texts; their size if it is unknown. */
static size_t find(const struct buffer *texts, const char *secret)
{
    size_t at = 0;

    while (at < texts->size && strcmp(texts->data + at, secret) != 0) {
        at += strlen(texts->data + at) + 1;
    }
    return at;
}

void secrets_add(struct secrets *secrets, const char *secret)
{
    struct buffer *texts = &secrets->texts;

    if (*secret != '\0' && find(texts, secret) == texts->size) {
        buffer_append(texts, secret, strlen(secret) + 1);
    }
}

void secrets_remove(struct secrets *secrets, const char *secret)
{
    struct buffer *texts = &secrets->texts;
    size_t at = find(texts, secret), size = strlen(secret) + 1;

    if (at < texts->size) {
        memmove(texts->data + at, texts->data + at + size, texts->size - at - size);
        texts->size -= size;
        explicit_bzero(texts->data + texts->size, size);
    }
}

/* ---- characters that were escaped */

/* Reads up to `most` digits into `*ret`. Returns how many there are. */
static size_t read_digits(const char *text, uint32_t base, size_t most, uint32_t *ret)
{
    size_t length = 0;

    *ret = 0;
    while (length < most && isxdigit((unsigned char)text[length]) != 0 &&
           utf8_hex(text[length]) < base) {
        *ret = *ret * base + utf8_hex(text[length++]);
    }
    return length;
}

/*
 * Decodes "\u00e9" or a surrogate pair, "\ud83d\ude00". Returns its length in the text; 0 =
 * neither.
 */
static size_t unescape_unicode(const char *text, char *out, size_t *ret_size)
{
    uint32_t code, low;

    if (text[1] != 'u' || read_digits(text + 2, 16, 4, &code) < 4) {
        return 0;
    }
    if (code >> 10 == 0xD800 >> 10 && text[6] == '\\' && text[7] == 'u' &&
        read_digits(text + 8, 16, 4, &low) == 4 && low >> 10 == 0xDC00 >> 10) {
        *ret_size = utf8_encode(0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF), out);
        return 12;
    }
    *ret_size = utf8_encode(code, out);
    return 6;
}

/* Decodes "&#233;" or "&#xe9;". Returns its length in the text; 0 = neither. */
static size_t unescape_entity(const char *text, char *out, size_t *ret_size)
{
    bool hex = text[1] == '#' && (text[2] == 'x' || text[2] == 'X');
    size_t lead = hex ? 3 : 2, length;
    uint32_t code;

    length = text[1] == '#' ? read_digits(text + lead, hex ? 16 : 10, 7, &code) : 0;
    if (length == 0 || text[lead + length] != ';' || code > 0x10FFFF) {
        return 0;
    }
    *ret_size = utf8_encode(code, out);
    return lead + length + 1;
}

/*
 * Decodes the escape sequence that the text begins with into `out`. Returns its length in the text;
 * 0 = the text begins with none.
 */
static size_t unescape(const char *text, char *out, size_t *ret_size)
{
    static const struct {
        const char *name;
        char character;
    } names[] = {{"&amp;", '&'}, {"&lt;", '<'},  {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''},
                 {"\\\"", '"'},  {"\\\\", '\\'}, {"\\/", '/'},  {"\\'", '\''},   {"\\b", '\b'},
                 {"\\f", '\f'},  {"\\n", '\n'},  {"\\r", '\r'}, {"\\t", '\t'}};
    uint32_t code;

    if (*text != '&' && *text != '%' && *text != '\\') {
        return 0;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strncmp(text, names[i].name, strlen(names[i].name)) == 0) {
            *ret_size = 1;
            out[0] = names[i].character;
            return strlen(names[i].name);
        }
    }
    if (*text == '%' && read_digits(text + 1, 16, 2, &code) == 2) {
        *ret_size = 1;
        out[0] = (char)code;
        return 3;
    }
    return *text == '\\'  ? unescape_unicode(text, out, ret_size)
           : *text == '&' ? unescape_entity(text, out, ret_size)
                          : 0;
}

/* ---- secrets in a text */

/*
 * Returns how many bytes at the beginning of the text are the secret, also in capitals, as a server
 * may repeat it; 0 = none. With `escapes`, an escape sequence such as "&amp;" counts as the
 * character it stands for, unless those bytes are part of the secret itself.
 */
static size_t repeats(const char *text, const char *secret, bool escapes)
{
    size_t at = 0, length = 0, whole = strlen(secret);

    while (length < whole) {
        char character[UTF8_MAX];
        size_t size = 0, taken = escapes ? unescape(text + at, character, &size) : 0;

        if (taken > 0 && size <= whole - length && utf8_same(character, secret + length, size)) {
            at += taken;
            length += size;
        } else if (text[at] != '\0' && utf8_same(text + at, secret + length, 1)) {
            at++;
            length++;
        } else {
            return 0;
        }
    }
    return at;
}

/*
 * Returns the length of the longest secret, escaped or not, at the beginning of the text; 0 = none.
 */
static size_t secret_at(const struct secrets *secrets, const char *text)
{
    const struct buffer *texts = &secrets->texts;
    size_t longest = 0;

    for (size_t at = 0; at < texts->size; at += strlen(texts->data + at) + 1) {
        size_t plain = repeats(text, texts->data + at, false);
        size_t found = repeats(text, texts->data + at, true);

        found = plain > found ? plain : found;
        longest = found > longest ? found : longest;
    }
    return longest;
}

void secrets_hide(const struct secrets *secrets, const char *text, char *out, size_t capacity)
{
    size_t size = 0;

    while (*text != '\0' && size + 1 < capacity) {
        size_t hidden = secret_at(secrets, text);

        if (hidden > 0) {
            size += utf8_copy(out + size, capacity - size, SHOWN, strlen(SHOWN));
            text += hidden;
        } else {
            out[size++] = *text++;
        }
    }
    out[size] = *text; /* utf8_cut() reads this byte */
    out[utf8_cut(out, size)] = '\0';
}

void secrets_copy(const struct secrets *secrets, const char *text, char *out, size_t capacity)
{
    size_t size = strlen(text);

    for (size_t at = 0; size >= capacity && at < capacity;) {
        size_t secret = secret_at(secrets, text + at);

        if (secret > 0 && at + secret >= capacity) {
            size = at;
        }
        at += secret > 0 ? secret : 1;
    }
    (void)utf8_copy(out, capacity, text, size);
}
