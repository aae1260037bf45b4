/*
 * fuzz_rpc.c - credentials, refusals and repeats; the input is the answers of the FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a line of letters (u: user and password instead of a key; k: a version that refuses a
 * key at random; x: a proxied query, too), then the replies, one a line (peer.h).
 */
#include <string.h>

#include "fixture.h"
#include "peer.h"
#include "json/json_read.h"

static bool has(struct fuzz_input letters, char letter)
{
    return letters.size > 0 && memchr(letters.at, letter, letters.size) != NULL;
}

static void ask(struct fuzz_fixture *fixture, bool exec)
{
    struct rpc_param params[2] = {{.url = "/sys/status"},
                                  {.url = "/dvmdb/device", .fields = "[\"name\"]"}};
    struct rpc_param question = {.url = "/sys/proxy/json", .rest = "\"data\":{\"action\":\"get\"}"};
    struct failure failure;
    int32_t code = fmg_rpc_get(&fixture->run.rpc, params, 2, &failure);

    fuzz_check_failure(code, &failure);
    for (size_t i = 0; i < 2; i++) {
        fuzz_check_text(params[i].message);
        FUZZ_CHECK(params[i].fields != NULL || !params[i].fields_dropped);
    }
    fmg_rpc_release(params, 2);
    if (code == HECTOR_OK && exec) {
        code = fmg_rpc_exec(&fixture->run.rpc, &question, &failure);
        fuzz_check_failure(code, &failure);
        fmg_rpc_release(&question, 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, letters = {"", 0};
    struct fuzz_peer_count count;
    struct fuzz_fixture fixture;
    struct failure failure;
    int32_t code;

    (void)fuzz_line(&input, &letters);
    fuzz_fixture_begin(&fixture, data, size, NULL);
    fixture.host.settings.username = has(letters, 'u') ? "hector" : NULL;
    fuzz_peer_script(input);
    FUZZ_CHECK(http_open(fixture.call.operation, &(struct http_policy){0}, &fixture.call.http,
                         &failure) == HECTOR_OK);
    code = fmg_rpc_open(&fixture.run.rpc, fixture.call.operation, fixture.call.settings,
                        fixture.call.http, &failure);
    fuzz_check_failure(code, &failure);
    fixture.run.rpc.key_is_sound = !has(letters, 'k');
    if (code == HECTOR_OK) {
        ask(&fixture, has(letters, 'x'));
    }
    fmg_rpc_close(&fixture.run.rpc);
    http_close(fixture.call.http);

    /* Every session that was opened is closed, and the number of logins cannot lock the source
     * address out. */
    fuzz_peer_counts(&count);
    FUZZ_CHECK(!fixture.run.rpc.logged_in);
    FUZZ_CHECK(count.logins <= 3 && count.logouts <= count.logins);
    FUZZ_CHECK(count.logouts == count.sessions);
    FUZZ_CHECK(has(letters, 'u') || count.logins == 0);
    FUZZ_CHECK(fixture.run.rpc.token.data == NULL && fixture.run.rpc.session.data == NULL);
    fuzz_fixture_end(&fixture);
    return 0;
}
