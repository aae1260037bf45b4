/*
 * fuzz_fnac.c - a whole operation against a FortiNAC whose answers are the input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a line of letters that choose the operation and the settings, then the filter, then
 * the replies, one a line (peer.h). v: validate, else sync; r: in French; z: small pages.
 */
#include <string.h>

#include "host.h"
#include "json/json_write.h"
#include "operations/operations.h"
#include "peer.h"
#include "sources/fortinac/columns.h"

static bool has(struct fuzz_input letters, char letter)
{
    return letters.size > 0 && memchr(letters.at, letter, letters.size) != NULL;
}

/* The request: all attributes of FortiNAC, and the choices of the letters. */
static void write_request(struct fuzz_input letters, struct fuzz_input filter, struct buffer *out)
{
    json_write_object(out, NULL);
    json_write_string(out, "language", has(letters, 'r') ? "fr" : "en");
    json_write_object(out, "settings");
    json_write_string(out, "source", "fortinac");
    json_write_string(out, "url", "https://nac.example.org:8443");
    if (filter.size > 0) {
        json_write_string_n(out, "filter", filter.at, filter.size);
    }
    json_write_array(out, "attributes");
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (columns_cost(fnac_origins, i, ENDPOINT) != COST_NO) {
            json_write_string(out, NULL, attribute_info(i)->id);
        }
    }
    json_write_array_end(out);
    json_write_object_end(out);
    json_write_object_end(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, letters = {"", 0}, filter = {"", 0};
    struct hector_error error = {.struct_size = sizeof(error)};
    struct buffer request = BUFFER(MIB(1));
    struct fuzz_host host;
    operation_body *body;
    int32_t code;

    (void)fuzz_line(&input, &letters);
    (void)fuzz_line(&input, &filter);
    body = has(letters, 'v') ? validate : sync_run;
    fuzz_host_begin(&host, data, size);
    host.scopes_reported = true;
    write_request(letters, filter, &request);
    if (has(letters, 'z')) {
        host.limits.page_rows = 2;
        host.limits.tree_max_bytes = KIB(64);
    }
    fuzz_peer_script(input);
    code = operation_call(&host.table, buffer_text(&request), request.size, &error,
                          &(struct operation_kind){&host.limits, body});
    fuzz_check_error(code, &error);
    if (body == sync_run) {
        fuzz_check_outcome(&host, code);
    }
    fuzz_host_end(&host);
    buffer_release(&request);
    return 0;
}
