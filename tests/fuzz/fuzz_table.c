/*
 * fuzz_table.c - one table read in pages, from a FortiManager whose answers are the input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: the replies, one a line (peer.h).
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "peer.h"
#include "sources/fortimanager/table.h"
#include "json/json_read.h"

struct taken {
    struct strmap oids;
    size_t rows;
};

static int32_t take(void *context, struct json_object *row, struct failure *failure)
{
    struct taken *taken = context;
    int64_t oid;
    char key[24];
    bool added = false;

    (void)failure;
    taken->rows++;
    if (json_member_integer(row, "oid", &oid)) {
        (void)snprintf(key, sizeof(key), "%lld", (long long)oid);
        FUZZ_CHECK(strmap_put(&taken->oids, key, 0, NULL, &added) != NULL);
        FUZZ_CHECK(added); /* each row once */
    }
    return HECTOR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct table table = {.fields = "[\"name\",\"oid\"]"};
    struct taken taken = {.rows = 0};
    struct fuzz_fixture fixture;
    struct failure failure;
    int32_t code;

    fuzz_fixture_begin(&fixture, data, size, NULL);
    fixture.host.limits.page_rows = 3;
    fixture.host.limits.reply_aim_bytes = 256;
    fuzz_peer_script((struct fuzz_input){(const char *)data, size});
    FUZZ_CHECK(http_open(fixture.call.operation, &(struct http_policy){0}, &fixture.call.http,
                         &failure) == HECTOR_OK);
    FUZZ_CHECK(fmg_rpc_open(&fixture.run.rpc, fixture.call.operation, fixture.call.settings,
                            fixture.call.http, &failure) == HECTOR_OK);
    code = fmg_table_read(&fixture.run, &table, take, &taken, &failure);
    fuzz_check_failure(code, &failure);
    fmg_rpc_close(&fixture.run.rpc);
    http_close(fixture.call.http);
    strmap_release(&taken.oids);
    fuzz_fixture_end(&fixture);
    return 0;
}
