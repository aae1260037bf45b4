/*
 * samples_fnac.c - recorded and documented replies of FortiNAC: the hosts of a list.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "json/json_read.h"
#include "samples_fixture.h"
#include "sources/fortinac/api.h"
#include "sources/fortinac/host_row.h"

/* The number of hosts that the reply states, then each host with its serial number. */
void read_hosts(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    const struct fnac_run run = {.filter = BUFFER(1)};
    struct json_object *rows = json_member_array(sample, "results");

    (void)fixture;
    buffer_printf(out, "%s of %lld", json_member_is(sample, "status", "success") ? "success" : "-",
                  (long long)fnac_total(&run, sample));
    for (size_t i = 0; i < json_count(rows); i++) {
        struct fnac_host host;

        if (!fnac_host_read(json_element(rows, i), &host)) {
            abort();
        }
        buffer_printf(out, " | %s %s \"%s\"", host.endpoint.key, or_dash(host.endpoint.serial),
                      host.device.title);
        write_attributes(&host.device, out);
    }
}
