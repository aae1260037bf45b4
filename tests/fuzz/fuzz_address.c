/*
 * fuzz_address.c - addresses as an administrator types them, and the policy on them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "net/address.h"

static bool same(const struct address *a, const struct address *b)
{
    return a->https == b->https && a->port == b->port && a->ipv6 == b->ipv6 &&
           strcmp(a->host, b->host) == 0;
}

/* An accepted host has one meaning to every resolver. */
static void check_host(const struct address *address)
{
    struct in6_addr ipv6;

    FUZZ_CHECK(address->host[0] != '\0' && strlen(address->host) <= 253);
    FUZZ_CHECK(address->port != 0);
    for (const char *c = address->host; *c != '\0'; c++) {
        FUZZ_CHECK((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
                   strchr("-_.:", *c) != NULL);
        FUZZ_CHECK(*c != ':' || address->ipv6);
    }
    FUZZ_CHECK(address->ipv6 == (inet_pton(AF_INET6, address->host, &ipv6) == 1));
}

/* A host that the system's resolver takes for a number, in any notation (decimal, octal, short),
 * gets the class of the address it stands for: checking the text and checking the connection
 * agree. */
static void check_policy(const struct address *address)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;

    if (getaddrinfo(address->host, NULL, &hints, &found) != 0) {
        return; /* a host name */
    }
    FUZZ_CHECK(address_classify(found->ai_addr) == address_classify_literal(address->host));
    if (found->ai_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)found->ai_addr;
        uint32_t ip = ntohl(in->sin_addr.s_addr);
        struct sockaddr_in6 mapped = {.sin6_family = AF_INET6};

        FUZZ_CHECK((ip >> 24 == 127) == (address_classify(found->ai_addr) == ADDRESS_LOOPBACK));
        if (ip >> 24 == 0) {
            FUZZ_CHECK(address_classify(found->ai_addr) == ADDRESS_INTERNAL);
        }
        if (ip >> 16 == 0xA9FE) { /* 169.254: metadata services of clouds */
            FUZZ_CHECK(address_classify(found->ai_addr) == ADDRESS_INTERNAL);
        }
        /* Mapped into IPv6, the kernel connects to the same address. */
        mapped.sin6_addr.s6_addr[10] = mapped.sin6_addr.s6_addr[11] = 0xFF;
        memcpy(mapped.sin6_addr.s6_addr + 12, &in->sin_addr, 4);
        FUZZ_CHECK(address_classify((const struct sockaddr *)&mapped) ==
                   address_classify(found->ai_addr));
    }
    freeaddrinfo(found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text((struct fuzz_input){(const char *)data, size});
    struct address address = {0}, again;
    char origin[ADDRESS_TEXT_MAX], once_more[ADDRESS_TEXT_MAX];

    if (address_parse(text, &address) == ADDRESS_OK) {
        check_host(&address);
        check_policy(&address);
        address_format(&address, origin, sizeof(origin));
        FUZZ_CHECK(address_parse(origin, &again) == ADDRESS_OK);
        FUZZ_CHECK(same(&address, &again));
        address_format(&again, once_more, sizeof(once_more));
        FUZZ_CHECK(strcmp(origin, once_more) == 0);
    } else {
        FUZZ_CHECK(address.host[0] == '\0'); /* unchanged */
    }
    (void)address_classify_literal(text);
    free(text);
    return 0;
}
