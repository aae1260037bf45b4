/*
 * fuzz_envelope.c - one reply of FortiManager, assigned to the requested URLs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a digit, the number of requested URLs, then the reply.
 */
#include <string.h>

#include "fixture.h"
#include "sources/fortimanager/envelope.h"
#include "json/json_guard.h"
#include "json/json_read.h"

#define URLS    4
#define SESSION "s3ss10n"

/* A message or the log may show FortiManager's words, but never a secret. */
static void check_param(const struct fuzz_fixture *fixture, const struct rpc_param *param)
{
    struct failure failure;

    FUZZ_CHECK(memchr(param->message, '\0', sizeof(param->message)) != NULL);
    fuzz_check_text(param->message);
    FUZZ_CHECK(strstr(param->message, FUZZ_TOKEN) == NULL);
    FUZZ_CHECK(strstr(param->message, SESSION) == NULL);
    if (param->code != RPC_OK) {
        fuzz_check_failure(fmg_rpc_fail(&fixture->run.rpc, param, &failure), &failure);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size};
    size_t count = 1 + fuzz_byte(&input) % URLS;
    struct http_reply reply = {.status = 200};
    struct rpc_param params[URLS] = {{.url = "/sys/status"},
                                     {.url = "/dvmdb/device"},
                                     {.url = "/dvmdb/adom", .status_optional = true},
                                     {.url = "/sys/ha/status"}};
    struct rpc_param *asked[URLS] = {&params[0], &params[1], &params[2], &params[3]};
    struct fuzz_fixture fixture;
    struct rpc *rpc = &fixture.run.rpc;
    const char *wrong;

    if (json_guard_parse(input.at, input.size, MIB(4), &reply.json, NULL) != JSON_OK) {
        return -1;
    }
    fuzz_fixture_begin(&fixture, data, size, NULL);
    *rpc = (struct rpc){.operation = fixture.call.operation,
                        .settings = fixture.call.settings,
                        .token = BUFFER(HECTOR_SECRET_MAX),
                        .session = BUFFER(HECTOR_SECRET_MAX),
                        .last_id = 1};
    buffer_append_text(&rpc->token, FUZZ_TOKEN);
    buffer_append_text(&rpc->session, SESSION);
    secrets_add(&fixture.host.operation.secrets, FUZZ_TOKEN);
    secrets_add(&fixture.host.operation.secrets, SESSION);
    wrong = fmg_envelope_read(rpc, &reply, asked, count);
    for (size_t i = 0; i < count; i++) {
        check_param(&fixture, &params[i]);
        /* An invalid row returns no data. */
        FUZZ_CHECK(params[i].sound || (wrong != NULL && params[i].data == NULL));
    }
    if (wrong == NULL) {
        struct json_object *result = json_member(reply.json, "result");

        FUZZ_CHECK(json_object_is_type(result, json_type_array) ? json_count(result) == count
                                                                : count == 1);
    }
    fmg_rpc_release(params, count);
    fmg_rpc_close(rpc);
    http_reply_release(&reply);
    fuzz_fixture_end(&fixture);
    return 0;
}
