/*
 * source.c - what the sources share: the `source` document, the host to trust.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "source.h"

#include <stdio.h>

#include "config.h"
#include "net/address.h"
#include "settings/digest.h"
#include "json/json_write.h"

struct source_host source_host(const char *address)
{
    int family = address != NULL ? address_literal(address) : 0;

    return family != 0 ? (struct source_host){address, family}
                       : (struct source_host){GUIDE_ADDRESS, 4};
}

int32_t source_emit(struct source_call *call, const struct source_identity *identity,
                    struct failure *failure)
{
    char digest[72], listing[72], id[340];
    int32_t code;

    if ((code = settings_digest(call->operation, call->settings, NULL, digest, failure)) !=
            HECTOR_OK ||
        (code = settings_digest(call->operation, call->settings, identity->system, listing,
                                failure)) != HECTOR_OK) {
        return code;
    }
    (void)snprintf(id, sizeof(id), "url:%s", call->settings->home);
    struct buffer *out = operation_document(call->operation, "source");
    json_write_string(out, "system", identity->system);
    json_write_string(out, "id", identity->id != NULL ? identity->id : id);
    json_write_array(out, "serials");
    for (size_t i = 0; i < identity->serial_count; i++) {
        json_write_string(out, NULL, identity->serials[i]);
    }
    json_write_array_end(out);
    json_write_optional(out, "hostname", identity->hostname);
    json_write_optional(out, "version", identity->version);
    json_write_string(out, "plugin_version", PACKAGE_VERSION);
    json_write_string(out, "settings_digest", digest);
    json_write_string(out, "listing_digest", listing);
    return operation_emit(call->operation, failure);
}
