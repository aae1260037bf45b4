/*
 * address.c - parses the address that an administrator types, and decides which addresses are
 * allowed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/vector.h"

#define HTTPS_PORT 443
#define HTTP_PORT  80

#define DIGITS "0123456789"

/* What isspace() accepts, but independently of the locale. */
#define WHITE_SPACE " \t\n\v\f\r"

/* ---- parsing */

/*
 * Removes "https://" or "http://" from the text. Returns false for another scheme, and for one
 * whose slashes are wrong: "https:/", "http:\\".
 */
static bool parse_scheme(const char **text, size_t *size, bool *https)
{
    const char *mark = memmem(*text, *size, "://", 3);
    size_t length = *size >= 5 && strncasecmp(*text, "https", 5) == 0  ? 5
                    : *size >= 4 && strncasecmp(*text, "http", 4) == 0 ? 4
                                                                       : 0;

    if (mark == NULL || memchr(*text, '/', *size) < (const void *)mark) {
        bool slash = length > 0 && *size > length + 1 && (*text)[length] == ':' &&
                     strchr("/\\", (*text)[length + 1]) != NULL;

        return !slash;
    }
    if (length == 0 || mark != *text + length) {
        return false;
    }
    *https = length == 5;
    *text += length + 3;
    *size -= length + 3;
    return true;
}

static bool parse_port(const char *text, size_t size, uint16_t *ret)
{
    unsigned long port = size <= 5 && strspn(text, DIGITS) == size ? strtoul(text, NULL, 10) : 0;

    if (port == 0 || port > UINT16_MAX) {
        return false;
    }
    *ret = (uint16_t)port;
    return true;
}

/* Parses an IPv6 literal and writes it in canonical form. inet_pton() rejects zone ids. */
static bool parse_ipv6(const char *text, size_t size, struct address *ret)
{
    char literal[INET6_ADDRSTRLEN];
    struct in6_addr parsed;

    if (size >= sizeof(literal)) {
        return false;
    }
    memcpy(literal, text, size);
    literal[size] = '\0';
    if (inet_pton(AF_INET6, literal, &parsed) != 1) {
        return false;
    }
    ret->ipv6 = true;
    return inet_ntop(AF_INET6, &parsed, ret->host, sizeof(ret->host)) != NULL;
}

static bool label_is_valid(const char *label, size_t size)
{
    return size > 0 && size <= LABEL_MAX && label[0] != '-' && label[size - 1] != '-' &&
           strspn(label, "abcdefghijklmnopqrstuvwxyz" DIGITS "-_") >= size;
}

/*
 * Whether the label is a number. Resolvers take a name that ends in a number for an IPv4 address:
 * "127.1", "0x7f000001".
 */
static bool label_is_number(const char *label)
{
    if (label[0] == '0' && label[1] == 'x') {
        return label[2 + strspn(label + 2, DIGITS "abcdef")] == '\0';
    }
    return label[strspn(label, DIGITS)] == '\0';
}

/* Whether the host is a DNS name, or an IPv4 address of four decimal parts. */
static bool name_is_valid(const char *host)
{
    const char *label = host;
    struct in_addr ipv4;

    for (;;) {
        size_t size = strcspn(label, ".");

        if (!label_is_valid(label, size)) {
            return false;
        }
        if (label[size] == '\0') {
            break;
        }
        label += size + 1;
    }
    return !label_is_number(label) || inet_pton(AF_INET, host, &ipv4) == 1;
}

static enum address_fault parse_name(const char *text, size_t size, struct address *ret)
{
    if (size == 0) {
        return ADDRESS_EMPTY;
    }
    if (size > HOST_MAX) {
        return ADDRESS_LONG;
    }
    for (size_t i = 0; i < size; i++) {
        ret->host[i] = utf8_lower(text[i]);
    }
    ret->host[size] = '\0';
    return name_is_valid(ret->host) ? ADDRESS_OK : ADDRESS_HOST;
}

/* Parses host, host:port, [ipv6], [ipv6]:port, or an IPv6 literal without brackets. */
static enum address_fault parse_authority(const char *text, size_t size, struct address *ret)
{
    const char *colon = memchr(text, ':', size);
    const char *end = text + size;

    ret->port = ret->https ? HTTPS_PORT : HTTP_PORT;
    if (size > 0 && text[0] == '[') {
        const char *bracket = memchr(text, ']', size);

        if (bracket == NULL || !parse_ipv6(text + 1, (size_t)(bracket - text - 1), ret) ||
            (bracket + 1 < end && bracket[1] != ':')) {
            return ADDRESS_HOST;
        }
        return bracket + 1 == end ||
                       parse_port(bracket + 2, (size_t)(end - bracket - 2), &ret->port)
                   ? ADDRESS_OK
                   : ADDRESS_PORT;
    }
    if (colon == NULL) {
        return parse_name(text, size, ret);
    }
    if (memchr(colon + 1, ':', (size_t)(end - colon - 1)) != NULL) {
        return parse_ipv6(text, size, ret) ? ADDRESS_OK : ADDRESS_HOST;
    }
    return parse_port(colon + 1, (size_t)(end - colon - 1), &ret->port)
               ? parse_name(text, (size_t)(colon - text), ret)
               : ADDRESS_PORT;
}

enum address_fault address_parse(const char *text, struct address *ret)
{
    struct address parsed = {.https = true};

    text += strspn(text, WHITE_SPACE);
    size_t size = strlen(text);
    while (size > 0 && strchr(WHITE_SPACE, text[size - 1]) != NULL) {
        size--;
    }
    if (!parse_scheme(&text, &size, &parsed.https)) {
        return ADDRESS_SCHEME;
    }
    size_t authority = strcspn(text, "/?#\\");
    authority = authority < size ? authority : size;
    if (memchr(text, '@', authority) != NULL) {
        return ADDRESS_CREDENTIALS;
    }
    enum address_fault fault = parse_authority(text, authority, &parsed);
    if (fault != ADDRESS_OK) {
        return fault;
    }
    if (authority < size && (text[authority] != '/' || authority + 1 < size)) {
        return ADDRESS_PATH;
    }
    *ret = parsed;
    return ADDRESS_OK;
}

void address_name(const struct address *address, char *out, size_t capacity)
{
    char port[8] = "";

    if (address->port != (address->https ? HTTPS_PORT : HTTP_PORT)) {
        (void)snprintf(port, sizeof(port), ":%u", (unsigned)address->port);
    }
    (void)snprintf(out, capacity, address->ipv6 ? "[%s]%s" : "%s%s", address->host, port);
}

void address_format(const struct address *address, char *out, size_t capacity)
{
    int size = snprintf(out, capacity, address->https ? "https://" : "http://");

    address_name(address, out + size, capacity - (size_t)size);
}

/* ---- policy */

/* A range; one that embeds an IPv4 address: the position of its bytes, and how they are encoded. */
static const struct {
    const char *prefix;
    int bits;
    enum address_class class;
    int bytes[4];
    unsigned char mask;
    bool embeds, certain;
} RANGES[] = {
#define RANGE(prefix, bits, class, source) {prefix, bits, ADDRESS_##class, {0}, 0, false, false},
#define EMBEDS(prefix, bits, a, b, c, d, mask, certain, source)                                    \
    {prefix, bits, ADDRESS_INTERNAL, {a, b, c, d}, mask, true, certain},
#include "address_ranges.def"
#undef RANGE
#undef EMBEDS
};

static bool starts_with(const unsigned char *address, int family, const char *text, int bits)
{
    unsigned char prefix[16];
    int whole = bits / 8;
    int rest = bits % 8;

    return inet_pton(family, text, prefix) == 1 && memcmp(address, prefix, (size_t)whole) == 0 &&
           (rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0);
}

/*
 * Classifies an address by its bytes. An IPv4 address that is embedded in an IPv6 address is
 * reached through a translator or tunnel: even 127.0.0.1 is not this machine, so the class is
 * INTERNAL, not LOOPBACK.
 */
static enum address_class classify(const unsigned char *address, int family)
{
    for (size_t i = 0; i < COUNT(RANGES); i++) {
        unsigned char carried[4];

        if (!starts_with(address, family, RANGES[i].prefix, RANGES[i].bits)) {
            continue;
        }
        for (int byte = 0; RANGES[i].embeds && byte < 4; byte++) {
            carried[byte] = address[RANGES[i].bytes[byte]] ^ RANGES[i].mask;
        }
        if (!RANGES[i].embeds || ((RANGES[i].certain || carried[0] != 0) &&
                                  classify(carried, AF_INET) != ADDRESS_PUBLIC)) {
            return RANGES[i].class;
        }
    }
    return ADDRESS_PUBLIC;
}

enum address_class address_classify(const struct sockaddr *address)
{
    const unsigned char *bytes = (const unsigned char *)address;

    return address->sa_family == AF_INET
               ? classify(bytes + offsetof(struct sockaddr_in, sin_addr), AF_INET)
           : address->sa_family == AF_INET6
               ? classify(bytes + offsetof(struct sockaddr_in6, sin6_addr), AF_INET6)
               : ADDRESS_INTERNAL;
}

/* Reads the text of an IP address. Returns its family; AF_UNSPEC for any other text. */
static int read_literal(const char *text, unsigned char ret[static 16])
{
    return inet_pton(AF_INET, text, ret) == 1    ? AF_INET
           : inet_pton(AF_INET6, text, ret) == 1 ? AF_INET6
                                                 : AF_UNSPEC;
}

int address_literal(const char *text)
{
    unsigned char bytes[16];
    int family = read_literal(text, bytes);

    return family == AF_INET ? 4 : family == AF_INET6 ? 6 : 0;
}

enum address_class address_classify_literal(const char *host)
{
    size_t size = strlen(host);
    unsigned char bytes[16];
    int family = read_literal(host, bytes);

    if (family != AF_UNSPEC) {
        return classify(bytes, family);
    }
    /* These names always mean this machine [RFC 6761]. */
    return strcasecmp(host, "localhost") == 0 ||
                   (size > 10 && strcasecmp(host + size - 10, ".localhost") == 0)
               ? ADDRESS_LOOPBACK
               : ADDRESS_PUBLIC;
}
