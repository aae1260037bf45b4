/*
 * address.h - parses the address that an administrator types, and decides which addresses are
 * allowed.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include <sys/socket.h>

/*
 * The parts of an address: "1.2.3.4", "1.2.3.4:8443", "fmg.example.org/", "https://[2001:db8::1]".
 * White space around the text, which pasting may add, is ignored.
 */
struct address {
    bool https;     /* false only for http:// */
    char host[256]; /* name or literal address, without brackets, lower case */
    uint16_t port;  /* as typed, else 443 or 80 */
    bool ipv6;      /* host is an IPv6 literal */
};

enum address_fault {
    ADDRESS_OK,
    ADDRESS_EMPTY,
    ADDRESS_SCHEME,      /* ftp://, file:// */
    ADDRESS_CREDENTIALS, /* user@ */
    ADDRESS_PATH,        /* after the host: a path other than one slash, a query, a fragment */
    ADDRESS_HOST, /* neither a name nor an address; white space, control or non-ASCII bytes */
    ADDRESS_PORT,
    ADDRESS_LONG,
};

/* Parses the text. Writes `*ret` only if it returns ADDRESS_OK. */
enum address_fault address_parse(const char *text, struct address *ret);

/*
 * Writes "[2001:db8::1]:8443", for people, with the port only if it is not the default of the
 * scheme, and as a URL. ADDRESS_TEXT_MAX bytes are enough, and needed.
 */
void address_name(const struct address *address, char *out, size_t capacity);
void address_format(const struct address *address, char *out, size_t capacity);

/* Returns 4 or 6 for the text of an IP address without brackets, 0 for any other text. */
int address_literal(const char *text);

/* The class of an address that a connection goes to (address_ranges.def). */
enum address_class {
    ADDRESS_PUBLIC,   /* includes private ranges, where FortiManagers are */
    ADDRESS_LOOPBACK, /* always this machine, whatever its routes and tunnels are */
    ADDRESS_INTERNAL, /* never an appliance: unspecified, link-local, multicast, cloud metadata
                         services; also IPv6 that embeds such an IPv4 address or a loopback one */
};

enum address_class address_classify(const struct sockaddr *address);

/*
 * As address_classify(), for the text of a host, used when a proxy hides the real address. Names
 * are ADDRESS_PUBLIC, except localhost.
 */
enum address_class address_classify_literal(const char *host);
#endif
