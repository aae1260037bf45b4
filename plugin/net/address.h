/*
 * address.h - the address an administrator types, and which addresses may be connected to.
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
 * "1.2.3.4", "1.2.3.4:8443", "fmg.example.org/", "https://[2001:db8::1]" -> parts. White space
 * around it, which pasting brings along, is not part of it.
 */
struct address {
    bool https;     /* true unless written http:// */
    char host[256]; /* name or literal address, without brackets, lower case */
    uint16_t port;  /* written, else 443 or 80 */
    bool ipv6;      /* host is an IPv6 literal */
};

enum address_fault {
    ADDRESS_OK,
    ADDRESS_EMPTY,
    ADDRESS_SCHEME,      /* ftp://, file:// */
    ADDRESS_CREDENTIALS, /* user@ */
    ADDRESS_PATH,        /* anything behind the host but one trailing slash, query, fragment */
    ADDRESS_HOST,        /* not a name nor an address; white space, control or non-ASCII bytes */
    ADDRESS_PORT,
    ADDRESS_LONG,
};

/* `*ret` is written on ADDRESS_OK only. */
enum address_fault address_parse(const char *text, struct address *ret);

/* "https://[2001:db8::1]:8443", the port only when it is not the scheme's own. */
void address_format(const struct address *address, char *out, size_t capacity);

/* 4 or 6 for an IP address written as such, without brackets; 0 for anything else. */
int address_literal(const char *text);

/* What an address really connected to is (address_ranges.def). */
enum address_class {
    ADDRESS_PUBLIC,   /* also private ranges: a FortiManager lives there */
    ADDRESS_LOOPBACK, /* connects to this machine, whatever its routes and tunnels are */
    ADDRESS_INTERNAL, /* unspecified, link-local, multicast, cloud metadata services: never an
                         appliance; and IPv6 that carries such an IPv4 address, or loopback */
};

enum address_class address_classify(const struct sockaddr *address);

/*
 * The same for a literal, used when a proxy hides the real address. Names are ADDRESS_PUBLIC, but
 * for localhost.
 */
enum address_class address_classify_literal(const char *host);
#endif
