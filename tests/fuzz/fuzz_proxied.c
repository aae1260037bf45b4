/*
 * fuzz_proxied.c - proxied queries to FortiGates through a FortiManager whose answers are the
 * input. SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (s: switches, else access points) on a line, then the replies, one a line
 * (peer.h).
 */
#include "sources/fortimanager/proxied.h"

#include "fixture.h"
#include "peer.h"

#define FGTS 3

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[FGTS] = {"gate-1", "gate/2", "gate \"3\""};
    struct fuzz_input input = {(const char *)data, size}, line = {"", 0};
    struct fuzz_fixture fixture;
    struct proxied proxied;
    struct overlay overlay;
    struct failure failure;
    struct device unit;
    uint32_t fgts[FGTS];
    enum device_type type;
    int32_t code;

    (void)fuzz_line(&input, &line);
    type = line.size > 0 && line.at[0] == 's' ? SWITCH : ACCESS_POINT;
    fuzz_fixture_begin(&fixture, data, size, NULL);
    fixture.host.settings.proxy_batch = 2;
    for (size_t i = 0; i < FGTS; i++) {
        fgts[i] = fuzz_fixture_fgt(&fixture, "root", names[i]);
    }
    fuzz_peer_script(input);
    FUZZ_CHECK(http_open(fixture.call.operation, &(struct http_policy){0}, &fixture.call.http,
                         &failure) == HECTOR_OK);
    FUZZ_CHECK(fmg_rpc_open(&fixture.run.rpc, fixture.call.operation, fixture.call.settings,
                            fixture.call.http, &failure) == HECTOR_OK);
    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    fmg_proxied_init(&proxied, &fixture.run);
    FUZZ_CHECK(proxied.needed[type]);
    code = fmg_proxied_ask(&proxied, &(struct proxied_targets){"root", fgts, FGTS}, type, &overlay,
                           &failure);
    fuzz_check_failure(code, &failure);
    FUZZ_CHECK(proxied.spent_ms >= 0);
    for (size_t i = 0; i < overlay.packed.count; i++) {
        device_unpack(overlay.packed.items[i].data, &unit);
        FUZZ_CHECK(unit.type == type);
        fuzz_check_device(&unit);
    }
    overlay_release(&overlay);
    fmg_rpc_close(&fixture.run.rpc);
    http_close(fixture.call.http);
    fuzz_fixture_end(&fixture);
    return 0;
}
