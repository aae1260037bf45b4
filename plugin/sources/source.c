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

void source_expect(struct operation *operation, enum phase phase, size_t count)
{
    if (count > 0) {
        operation_progress(operation, phase, 0, count);
    }
}

int32_t source_emit(struct source_call *call, const struct source_identity *identity,
                    struct failure *failure)
{
    char digest[72], listing[72], id[340];
    int32_t code;

    if ((code = settings_digest(call->operation, call->settings, CHOICE_NONE, digest, failure)) !=
            HECTOR_OK ||
        (code = settings_digest(call->operation, call->settings, identity->system, listing,
                                failure)) != HECTOR_OK) {
        return code;
    }
    (void)snprintf(id, sizeof(id), "url:%s", call->settings->home);
    struct buffer *out = operation_document(call->operation, "source");
    json_write_string(out, "system", setting_choice_id(identity->system));
    json_write_string(out, "id", identity->id != NULL ? identity->id : id);
    json_write_texts(out, "serials", identity->serials, identity->serial_count);
    json_write_optional(out, "hostname", identity->hostname);
    json_write_optional(out, "version", identity->version);
    json_write_string(out, "plugin_version", PACKAGE_VERSION);
    json_write_string(out, "settings_digest", digest);
    json_write_string(out, "listing_digest", listing);
    return operation_emit(call->operation, failure);
}

/* Whether a validation of such a system has a step in any case. */
static bool has_step(const struct source *source, enum check_step step)
{
    if (step >= CHECK_TYPES) {
        return step < CHECK_ATTRIBUTES && source->types[step - CHECK_TYPES];
    }
    return step < CHECK_ADOMS || step == source->scopes_step;
}

int32_t source_skip_checks(struct operation *operation, const struct source *source,
                           enum check_step step, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (; code == HECTOR_OK && step < CHECK_COUNT; step++) {
        if (has_step(source, step)) {
            code = check_skip(operation, step, LABEL_check_not_reached, NO_ARGUMENTS, failure);
        }
    }
    return code;
}

int32_t source_end_checks(const struct source *source, const struct checks *checks,
                          enum check_step step, struct failure *failure)
{
    int32_t code;

    if (check_ends(failure->cause)) {
        return failure->cause;
    }
    if ((code = check_emit_failure(checks, step, CHECK_FAILED, failure, failure)) != HECTOR_OK ||
        (code = source_skip_checks(checks->operation, source, (enum check_step)(step + 1),
                                   failure)) != HECTOR_OK) {
        return code;
    }
    return failure->cause;
}
