/*
 * fuzz_run.c - a whole operation against a FortiManager whose answers are the input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a line of letters that choose the operation and the settings, then the replies, one a
 * line (peer.h). v: validate; o: list_options adoms; m: list_options attributes; else sync. u: user
 * and password instead of a key; c: the same of FortiCloud; f: firewalls are not chosen; a: one
 * ADOM only; l: all included; r: in French; z: small limits.
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

/* The request: all attributes, and the choices of the letters. */
static void write_request(struct fuzz_input letters, char *request, size_t capacity)
{
    bool cloud = has(letters, 'c') && !has(letters, 'u');

    (void)snprintf(
        request, capacity, "{\"option\":\"%s\",%s%s%s%s%s",
        has(letters, 'o') ? "adoms" : "attributes", has(letters, 'r') ? "\"language\":\"fr\"," : "",
        has(letters, 'u') ? "\"settings\":{\"username\":\"hector\","
        : cloud           ? "\"settings\":{\"forticloud_user\":\"hector\","
                          : "\"settings\":{",
        has(letters, 'f') ? "\"device_types\":[\"switch\",\"access_point\"]," : "",
        has(letters, 'a') ? "\"adoms\":[\"root\"]," : "",
        has(letters, 'l') ? "\"include\":[\"log_only\",\"unauthorized\",\"model\"]," : "");
    (void)snprintf(request + strlen(request), capacity - strlen(request),
                   "\"url\":\"https://%s\",%s",
                   cloud ? "1.eu-central-1.fortimanager.forticloud.com" : "192.0.2.1",
                   strstr(FUZZ_ALL_SETTINGS, "\"live_status\""));
}

static operation_body *body_of(struct fuzz_input letters)
{
    if (has(letters, 'v')) {
        return validate;
    }
    return has(letters, 'o') || has(letters, 'm') ? list_options : sync_run;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, letters = {"", 0};
    struct hector_error error = {.struct_size = sizeof(error)};
    struct fuzz_host host;
    char request[4096];
    operation_body *body;
    int32_t code;

    (void)fuzz_line(&input, &letters);
    body = body_of(letters);
    fuzz_host_begin(&host, data, size);
    host.scopes_reported = true;
    write_request(letters, request, sizeof(request));
    fuzz_host_settings(&host, request); /* decides what report_secret() is asked for */
    if (has(letters, 'z')) {
        host.limits.page_rows = 2;
        host.limits.reply_aim_bytes = 64;
        host.limits.tree_max_bytes = KIB(64);
    }
    fuzz_peer_script(input);
    code = operation_call(&host.table, request, strlen(request), &error,
                          &(struct operation_kind){&host.limits, body});

    fuzz_check_error(code, &error);
    if (body == sync_run) {
        fuzz_check_outcome(&host, code);
    }
    fuzz_host_end(&host);
    return 0;
}
