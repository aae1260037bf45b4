/*
 * pseudonym.c - replaces what names people, places and appliances, the same everywhere.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "pseudonym.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harmless.h"
#include "json_text.h"
#include "list.h"

/* What a serial number begins with: the model. */
#define PSEUDONYM_PREFIX 6

/* Where the addresses begin, in a network: 10.0.240.1 is rarer than 10.0.0.1. */
#define PSEUDONYM_HOST 0xF000

/*
 * "FG100FTK19001234" becomes "FG100FAA00000001": letters and digits count, the rest stays. A text
 * that is no such number may be a name: nothing of it stays.
 */
static char *pseudonym_serial(const char *original, size_t number)
{
    const size_t size = strlen(original);
    const size_t first = harmless_serial(original) ? PSEUDONYM_PREFIX : 0;
    char *text = strdup(original);

    for (size_t i = size; text != NULL && i-- > first;) {
        if (text[i] >= '0' && text[i] <= '9') {
            text[i] = (char)('0' + number % 10);
            number /= 10;
        } else if (text[i] >= 'A' && text[i] <= 'Z') {
            text[i] = (char)('A' + number % 26);
            number /= 26;
        }
    }
    return text;
}

/* An address of the same private or special network; for a public address, one of RFC 2544. */
static char *pseudonym_ipv4(const char *original, size_t number)
{
    static const struct {
        uint32_t network, mask;
    } networks[] = {
        {0x0A000000, 0xFF000000}, {0xAC100000, 0xFFF00000}, {0xC0A80000, 0xFFFF0000},
        {0x7F000000, 0xFF000000}, {0xA9FE0000, 0xFFFF0000}, {0x64400000, 0xFFC00000},
        {0xC6120000, 0xFFFE0000}, /* public */
    };
    const size_t count = LIST_COUNT(networks);
    struct in_addr address = {0};
    char text[INET_ADDRSTRLEN] = "";
    size_t i = 0;

    (void)inet_pton(AF_INET, original, &address); /* it is one, or it would not be of this kind */
    while (i < count - 1 && (ntohl(address.s_addr) & networks[i].mask) != networks[i].network) {
        i++;
    }
    address.s_addr =
        htonl(networks[i].network | (((uint32_t)number + PSEUDONYM_HOST) & ~networks[i].mask));
    (void)inet_ntop(AF_INET, &address, text, sizeof(text)); /* the buffer is large enough */
    return strdup(text);
}

/* A link-local or unique local address; for a public address, one for documentation. */
static char *pseudonym_ipv6(const char *original, size_t number)
{
    struct in6_addr address = {0};
    char *text;

    (void)inet_pton(AF_INET6, original, &address); /* it is one, or it would not be of this kind */
    const char *network = IN6_IS_ADDR_LINKLOCAL(&address)       ? "fe80"
                          : (address.s6_addr[0] & 0xFE) == 0xFC ? "fd00"
                                                                : "2001:db8";
    return asprintf(&text, "%s::%zx", network, number) < 0 ? NULL : text;
}

static char *pseudonym_make(enum pseudonym_kind kind, const char *original, size_t number,
                            bool late)
{
    /* How the replacement of a text begins. */
    const char *word = late ? "other" : strcmp(original, "root") < 0 ? "name" : "text";
    char *text = NULL;
    int size = 0;

    switch (kind) {
    case PSEUDONYM_SERIAL: return pseudonym_serial(original, number);
    case PSEUDONYM_IPV4: return pseudonym_ipv4(original, number);
    case PSEUDONYM_IPV6: return pseudonym_ipv6(original, number);
    case PSEUDONYM_MAC:
        size = asprintf(&text, "02:00:00:%02zx:%02zx:%02zx", number >> 16 & 255, number >> 8 & 255,
                        number & 255);
        break;
    case PSEUDONYM_NUMBER: size = asprintf(&text, "%zu", 1000000 + number); break;
    case PSEUDONYM_COORDINATE: size = asprintf(&text, "10.%06zu", number); break;
    default: size = asprintf(&text, "%s-%06zu", word, number); break;
    }
    return size < 0 ? NULL : text;
}

static void pseudonym_replace(struct pseudonyms *pseudonyms, enum pseudonym_kind kind,
                              const char *original)
{
    char *text = pseudonym_make(kind, original, ++pseudonyms->counts[kind], pseudonyms->assigned);

    json_text_add(pseudonyms->index, original, text != NULL ? json_object_new_string(text) : NULL);
    free(text);
}

void pseudonym_learn(struct pseudonyms *pseudonyms, enum pseudonym_kind kind, struct span original)
{
    char *text = json_text_copy(original);

    if (text == NULL) {
        return;
    }
    if (strlen(text) > pseudonyms->longest) {
        pseudonyms->longest = strlen(text);
    }
    json_object *known = json_text_member(pseudonyms->index, text);
    if (known == NULL && pseudonyms->assigned) {
        pseudonym_replace(pseudonyms, kind, text);
    } else if (known == NULL || (json_object_is_type(known, json_type_int) &&
                                 json_object_get_int(known) < (int)kind)) {
        json_text_add(pseudonyms->index, text, json_object_new_int64(kind));
    }
    free(text);
}

static int pseudonym_compare(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;

    return strcmp(*left, *right);
}

void pseudonym_assign(struct pseudonyms *pseudonyms)
{
    const size_t count = (size_t)json_object_object_length(pseudonyms->index);
    const char **originals = malloc((count + 1) * sizeof(*originals));
    size_t at = 0;

    if (originals == NULL) {
        json_text_lose();
        return;
    }
    json_object_object_foreach(pseudonyms->index, original, kind) {
        (void)kind;
        originals[at++] = original;
    }
    qsort(originals, count, sizeof(*originals), pseudonym_compare);
    for (size_t i = 0; i < count; i++) {
        const int known = json_object_get_int(json_text_member(pseudonyms->index, originals[i]));

        pseudonym_replace(pseudonyms, (enum pseudonym_kind)known, originals[i]);
    }
    pseudonyms->assigned = true;
    free(originals);
}

const char *pseudonym_find(const struct pseudonyms *pseudonyms, struct span original)
{
    json_object *found = NULL;

    original.size = strnlen(original.bytes, original.size); /* as it was learned */
    if (original.size == 0 || original.size > pseudonyms->longest) {
        return NULL;
    }
    char *text = json_text_copy(original);
    if (text != NULL) {
        found = json_text_member(pseudonyms->index, text);
    }
    free(text);
    return json_object_is_type(found, json_type_string) ? json_object_get_string(found) : NULL;
}

const char *pseudonym_of(struct pseudonyms *pseudonyms, enum pseudonym_kind kind,
                         struct span original)
{
    const char *replacement = pseudonym_find(pseudonyms, original);

    if (replacement == NULL) {
        pseudonym_learn(pseudonyms, kind, original);
        replacement = pseudonym_find(pseudonyms, original);
    }
    return replacement;
}
