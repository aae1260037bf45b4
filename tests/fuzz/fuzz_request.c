/*
 * fuzz_request.c - the four operations through the exported table, with any bytes as the request.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter that names the operation (d, v, l, s), then the request. The linker redirects
 * the calls of transfer_run() to this file (--wrap, see Makefile.inc): nothing connects, but the
 * addresses to connect to are checked.
 */
#include <stdlib.h>
#include <string.h>

#include <netdb.h>
#include <netinet/in.h>

#include "hector/integration.h"
#include "host.h"
#include "net/transfer.h"

int32_t __wrap_transfer_run(struct transfer *transfer, bool has_grace, struct failure *failure);

static size_t connections;

/* IPv4 only: loopback, unspecified, link-local, and the metadata services of clouds. */
static bool forbidden(const struct sockaddr *address)
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
    uint32_t ip = address->sa_family == AF_INET ? ntohl(in->sin_addr.s_addr) : 0x01010101;

    return ip >> 24 == 127 || ip >> 24 == 0 || ip >> 16 == 0xA9FE || ip == 0x646464C8;
}

/* In any notation: the system's resolver returns the address that a text stands for. */
static void check_address(const struct http_policy *policy)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;

    FUZZ_CHECK(policy->address.https || policy->allow_loopback);
    FUZZ_CHECK(policy->address.https || policy->proxy == NULL);
    if (policy->allow_loopback || getaddrinfo(policy->address.host, NULL, &hints, &found) != 0) {
        return;
    }
    FUZZ_CHECK(address_classify(found->ai_addr) == ADDRESS_PUBLIC);
    FUZZ_CHECK(!forbidden(found->ai_addr));
    freeaddrinfo(found);
}

int32_t __wrap_transfer_run(struct transfer *transfer, bool has_grace, struct failure *failure)
{
    (void)has_grace;
    connections++;
    FUZZ_CHECK(transfer->policy.timeout_ms >= 0 && transfer->policy.timeout_ms <= 600000);
    check_address(&transfer->policy);
    transfer->again = false;
    return fail(transfer->operation, failure, REASON_connection_failed, NULL,
                ARGUMENTS(transfer->name));
}

static hector_operation *operation_of(unsigned char letter)
{
    const struct hector_integration *integration = hector_integration_v1();

    switch (letter) {
    case 'd': return integration->describe;
    case 'v': return integration->validate;
    case 'l': return integration->list_options;
    default: return integration->sync;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size};
    unsigned char letter = fuzz_byte(&input);
    char *request = fuzz_text(input);
    struct hector_error error = {.struct_size = sizeof(error)};
    struct fuzz_host host;
    int32_t code;

    fuzz_host_begin(&host, data, size);
    connections = 0;
    code = operation_of(letter)(&host.table, request, input.size, &error);
    fuzz_check_error(code, &error);
    if (letter == 'd') {
        /* describe needs no settings and no network, so it works whatever the request holds. */
        FUZZ_CHECK(code == HECTOR_OK || code == HECTOR_CONFIG);
        FUZZ_CHECK(connections == 0);
    } else if (letter != 'v' && letter != 'l') {
        FUZZ_CHECK(host.summaries == 1);
    }
    fuzz_host_end(&host);
    free(request);
    return 0;
}
