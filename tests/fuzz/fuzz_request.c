/*
 * fuzz_request.c - the four operations through the exported table, with any bytes as the request.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter that names the operation (d, v, l, s), then the request. The far side breaks
 * every connection (peer.h).
 */
#include <stdlib.h>
#include <string.h>

#include "hector/integration.h"
#include "host.h"
#include "peer.h"

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

static void check_text(const char *text, size_t capacity)
{
    FUZZ_CHECK(memchr(text, '\0', capacity) != NULL);
    fuzz_check_text(text);
}

static void check_error(int32_t code, const struct hector_error *error)
{
    FUZZ_CHECK(code >= HECTOR_ABI && code <= HECTOR_PARTIAL && code != HECTOR_INTERNAL);
    check_text(error->reason, sizeof(error->reason));
    check_text(error->field, sizeof(error->field));
    check_text(error->message, sizeof(error->message));
    check_text(error->detail, sizeof(error->detail));
    FUZZ_CHECK((code == HECTOR_OK) == (error->reason[0] == '\0'));
    FUZZ_CHECK(code == HECTOR_OK || error->message[0] != '\0');
    FUZZ_CHECK(code >= HECTOR_OK || error->cause == code);
    FUZZ_CHECK(error->reserved == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size};
    unsigned char letter = fuzz_byte(&input);
    char *request = fuzz_text(input);
    struct hector_error error = {.struct_size = sizeof(error)};
    struct fuzz_peer_count count;
    struct fuzz_host host;
    int32_t code;

    fuzz_host_begin(&host, data, size);
    fuzz_peer_script((struct fuzz_input){"", 0});
    code = operation_of(letter)(&host.table, request, input.size, &error);
    check_error(code, &error);
    if (letter == 'd') {
        /* No settings, no network: the fields are drawn whatever the request holds. */
        FUZZ_CHECK(code == HECTOR_OK || code == HECTOR_CONFIG);
        fuzz_peer_counts(&count);
        FUZZ_CHECK(count.requests == 0);
    } else if (letter != 'v' && letter != 'l') {
        FUZZ_CHECK(host.summaries == 1);
    }
    fuzz_host_end(&host);
    free(request);
    return 0;
}
