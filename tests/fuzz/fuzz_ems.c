/*
 * fuzz_ems.c - a whole operation against an EMS whose answers are the input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a line of letters that choose the operation and the settings, then the replies, one a
 * line (peer.h). v: validate, else sync; c: EMS Cloud; s: a site; r: in French; z: small limits.
 */
#include <stdio.h>
#include <string.h>

#include "host.h"
#include "operations/operations.h"
#include "peer.h"

static bool has(struct fuzz_input letters, char letter)
{
    return letters.size > 0 && memchr(letters.at, letter, letters.size) != NULL;
}

static void write_request(struct fuzz_input letters, char *request, size_t capacity)
{
    bool cloud = has(letters, 'c');

    (void)snprintf(
        request, capacity,
        "{%s\"settings\":{\"source\":\"ems\",\"url\":\"%s\",%s%s\"attributes\":[\"user\"]}}",
        has(letters, 'r') ? "\"language\":\"fr\"," : "",
        cloud ? "https://forticlient.forticloud.com" : "https://192.0.2.9",
        cloud ? "\"ems_account\":\"it@example.org\"," : "\"username\":\"hector\",",
        has(letters, 's') ? "\"ems_site\":\"paris\"," : "");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, letters = {"", 0};
    struct hector_error error = {.struct_size = sizeof(error)};
    struct fuzz_peer_count count;
    struct fuzz_host host;
    char request[1024];
    operation_body *body;
    int32_t code;

    (void)fuzz_line(&input, &letters);
    body = has(letters, 'v') ? validate : sync_run;
    fuzz_host_begin(&host, data, size);
    host.scopes_reported = true;
    write_request(letters, request, sizeof(request));
    if (has(letters, 'z')) {
        host.limits.page_rows = 2;
        host.limits.tree_max_bytes = KIB(64);
    }
    fuzz_peer_script(input);
    code = operation_call(&host.table, request, strlen(request), &error,
                          &(struct operation_kind){&host.limits, body});
    fuzz_check_error(code, &error);
    if (body == sync_run) {
        fuzz_check_outcome(&host, code);
    }
    /* Every session that was opened is closed. */
    fuzz_peer_counts(&count);
    FUZZ_CHECK(count.logouts == count.sessions);
    fuzz_host_end(&host);
    return 0;
}
