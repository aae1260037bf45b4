/*
 * harmless.c - which texts and numbers of an appliance name no person, place, network or unit.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harmless.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "limits.h"
#include "list.h"

/* Seconds since 1970: 2001. */
#define HARMLESS_TIME_MIN 1000000000

#define HARMLESS_DIGITS "0123456789"
#define HARMLESS_UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define HARMLESS_LOWER  "abcdefghijklmnopqrstuvwxyz"

/* The members of each kind. */
#define HARMLESS_MEMBERS(kind, ...) [HARMLESS_##kind] = LIST(__VA_ARGS__),
static const char *const *const harmless_members[] = {
#include "harmless_members.def"
};

static const char *const harmless_texts[] = {
#include "harmless_texts.def"
    NULL,
};

/* Of which names of members, states, paths and sentences are made. */
static const char *const harmless_words[] = {
#include "harmless_words.def"
};

static enum harmless_kind harmless_listed(const char *member)
{
    for (size_t kind = 0; kind < LIST_COUNT(harmless_members); kind++) {
        if (harmless_members[kind] != NULL && list_has(harmless_members[kind], member)) {
            return (enum harmless_kind)kind;
        }
    }
    return HARMLESS_OTHER;
}

enum harmless_kind harmless_kind(const char *member)
{
    return strcasestr(member, "latitude") != NULL || strcasestr(member, "longitude") != NULL
               ? HARMLESS_COORDINATE
               : harmless_listed(member);
}

bool harmless_word(const char *text)
{
    return list_has(harmless_texts, text);
}

/* Whether a text contains one of these, in any case. */
static bool harmless_contains(const char *text, const char *const parts[])
{
    for (; *parts != NULL; parts++) {
        if (strcasestr(text, *parts) != NULL) {
            return true;
        }
    }
    return false;
}

/* Whether "pin" is a word of a name: "sim1-pin-code", not "mapping". */
static bool harmless_names_pin(const char *name)
{
    for (const char *at = name; (at = strcasestr(at, "pin")) != NULL; at++) {
        if ((at == name || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)at[3])) {
            return true;
        }
    }
    return false;
}

bool harmless_secret_member(const char *name)
{
    const size_t size = strlen(name);

    return harmless_contains(name, LIST("pass", "pwd", "secret", "psk", "token", "session",
                                        "credential", "community", "cookie")) ||
           harmless_names_pin(name) ||
           (size >= 3 && strcasecmp(name + size - 3, "key") == 0 && strcasecmp(name, "mkey") != 0);
}

/* ---- words */

/* Compares a run of letters, in any case, with a word of the list. */
static int harmless_compare(const void *key, const void *item)
{
    const struct span *letters = key;
    const char *word = *(const char *const *)item;
    const int order = strncasecmp(letters->bytes, word, letters->size);

    return order == 0 && word[letters->size] != '\0' ? -1 : order;
}

/* The run of letters, of digits or of neither at the beginning of a text. */
static size_t harmless_run(struct span text)
{
    size_t size = 1;

    while (size < text.size &&
           !isalpha((unsigned char)text.bytes[0]) == !isalpha((unsigned char)text.bytes[size]) &&
           !isdigit((unsigned char)text.bytes[0]) == !isdigit((unsigned char)text.bytes[size])) {
        size++;
    }
    return size;
}

/* Whether a text is made of words of the list, and at most `numbers` numbers of so many digits. */
static bool harmless_plain(struct span text, size_t numbers, size_t digits_max)
{
    while (text.size > 0) {
        const struct span run = {text.bytes, harmless_run(text)};
        const unsigned char first = (unsigned char)*text.bytes;

        if (isdigit(first)   ? numbers-- == 0 || run.size > digits_max
            : isalpha(first) ? bsearch(&run, harmless_words, LIST_COUNT(harmless_words),
                                       sizeof(harmless_words[0]), harmless_compare) == NULL
                             : !isascii(first)) {
            return false;
        }
        text = (struct span){text.bytes + run.size, text.size - run.size};
    }
    return true;
}

bool harmless_digits(struct span text, size_t most)
{
    return text.size > 0 && text.size <= most && strspn(text.bytes, HARMLESS_DIGITS) >= text.size;
}

/* "60F", "VM64", "S124FP", "3G4G": the code of a model. */
static bool harmless_code(struct span word)
{
    size_t letters = 0, digits = 0;

    for (size_t i = 0; i < word.size; i++) {
        letters += word.bytes[i] >= 'A' && word.bytes[i] <= 'Z';
        digits += isdigit((unsigned char)word.bytes[i]) != 0;
    }
    return word.size <= 8 && letters + digits == word.size && letters <= 5 && digits >= 2;
}

/* "FortiGate-60F", "S124FP-v7.4.3-build0830,240611 (GA)": with as many digits as no telephone. */
static bool harmless_product(const char *text)
{
    size_t numbers = 0, digits = 0;

    while (*text != '\0') {
        const struct span word = {text,
                                  strspn(text, HARMLESS_UPPER HARMLESS_LOWER HARMLESS_DIGITS)};

        if (harmless_digits(word, word.size)) {
            numbers++;
            digits += word.size;
        } else if (word.size > 0 ? !harmless_plain(word, 2, 6) && !harmless_code(word)
                                 : !isascii((unsigned char)*text)) {
            return false;
        }
        text += word.size > 0 ? word.size : 1;
    }
    return numbers <= 3 && digits <= 9;
}

bool harmless_part(struct span word)
{
    return harmless_plain(word, 2, 2);
}

bool harmless_slug(const char *text)
{
    const size_t size = strlen(text);

    return size <= HARMLESS_TEXT_MAX && strspn(text, HARMLESS_LOWER HARMLESS_DIGITS "_") == size;
}

bool harmless_member(const char *name)
{
    return harmless_word(name) || harmless_listed(name) != HARMLESS_OTHER ||
           (!isdigit((unsigned char)*name) && harmless_part(span_of(name)));
}

/* ---- the shape of a text */

/* Whether a text has one of these patterns: 9 is a digit, another character itself. */
static bool harmless_pattern(const char *text, const char *const patterns[])
{
    for (; *patterns != NULL; patterns++) {
        const char *pattern = *patterns;
        size_t at = 0;

        while (text[at] != '\0' && (pattern[at] == '9' ? isdigit((unsigned char)text[at]) != 0
                                                       : text[at] == pattern[at])) {
            at++;
        }
        if (text[at] == pattern[at]) {
            return true;
        }
    }
    return false;
}

bool harmless_netmask(const char *text)
{
    struct in_addr address;

    if (inet_pton(AF_INET, text, &address) != 1) {
        return false;
    }
    uint32_t mask = ntohl(address.s_addr);
    return mask >= 0xFF000000 && (~mask & (~mask + 1)) == 0;
}

/* "", "???", "0.0": without a letter or another digit a text names nothing. */
static bool harmless_nothing(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text != '0' && (isalnum((unsigned char)*text) || !isascii((unsigned char)*text))) {
            return false;
        }
    }
    return true;
}

bool harmless_text(const char *member, const char *text)
{
    const char *const *dates =
        LIST("9999-99-99", "9999-99-99 99:99:99", "9999-99-99T99:99:99", "9999-99-99T99:99:99Z",
             "9999-99-99T99:99:99+99:99", "9999-99-99T99:99:99-99:99", "9999-99-99T99:99:99.999",
             "99/99/99", "99/99/99 99:99");
    const enum harmless_kind kind = harmless_kind(member);
    const struct span span = span_of(text);

    if (harmless_nothing(text) || harmless_word(text)) {
        return true;
    }
    if (kind == HARMLESS_NAME || kind == HARMLESS_UNIT || kind == HARMLESS_COORDINATE) {
        return false;
    }
    return (kind == HARMLESS_STATE && span.size <= HARMLESS_TEXT_MAX && strchr(text, '.') == NULL &&
            harmless_part(span)) ||
           (kind == HARMLESS_PRODUCT && span.size <= HARMLESS_TEXT_MAX && harmless_product(text)) ||
           harmless_pattern(text, dates) || harmless_netmask(text) || harmless_digits(span, 2) ||
           /* "7.4", "v7.4.3", where the member speaks of a version: a coordinate looks the same. */
           (strcasestr(member, "ver") != NULL &&
            harmless_pattern(text + (*text == 'v'), LIST("9.9", "9.99", "9.9.9", "9.9.99")));
}

bool harmless_serial(const char *text)
{
    const size_t size = strlen(text);
    const size_t letters = strspn(text, HARMLESS_UPPER);
    size_t digits = 0;

    for (size_t i = 0; i < size && i < 16; i++) {
        digits += isdigit((unsigned char)text[i]) != 0;
    }
    return (size == 16 || (size > 16 && text[16] == '-')) &&
           strspn(text, HARMLESS_UPPER HARMLESS_DIGITS "_-") == size &&
           (text[0] == 'F' || text[0] == 'P' || text[0] == 'S') && digits >= 3 &&
           (letters <= 4 || strncmp(text + 1, "GVM", 3) == 0 || strncmp(text + 1, "MGVM", 4) == 0);
}

/* ---- numbers */

bool harmless_number(const char *member, int64_t number)
{
    if (harmless_kind(member) == HARMLESS_NAME) {
        return number >= -99 && number <= 99;
    }
    if (number >= -HARMLESS_NUMBER_MAX && number <= HARMLESS_NUMBER_MAX) {
        return true;
    }
    if (list_has(LIST("bytes", "flags", "hdisk_size", "oid"), member)) {
        return number >= 0 && number <= UINT32_MAX;
    }
    if (harmless_contains(member,
                          LIST("time", "date", "last", "expire", "seen", "since", "checked"))) {
        return number >= HARMLESS_TIME_MIN && number <= HARMLESS_TIME_MAX;
    }
    return false;
}
