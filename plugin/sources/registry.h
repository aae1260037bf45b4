/*
 * registry.h - the list of sources, and which of them fits an address.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "source.h"

/* Returns a source by its index, from 0; NULL beyond the last. Static. */
const struct source *source_at(size_t index);

/*
 * The cost of an attribute by the columns of the first source, or else enrichment, that has it for
 * this type.
 */
enum attribute_cost source_cost(enum attribute attribute, enum device_type type);

/* Returns the source that the setting `source` names; the first one if it names none. Static. */
const struct source *source_expected(const struct settings *settings);

/*
 * Opens the connection, which the caller closes in any case, and probes what system is at the
 * address, before any credential is sent. `*ret` is the source that fits. Sends one probe per kind
 * of system, in the order of registry.c; with the setting `source`, the probe of that kind first,
 * and those of the others only to name what the address is instead.
 * A source without `fits` is never probed: it must be named, and any answer of the address will do.
 *
 * Drops the device types that the source lacks, and notes those that the settings list in
 * call->ignored. Chooses the
 * attributes of the chosen enrichments, unless the settings say which ones to import.
 *
 * CONFIG: source_mismatch, setting_not_for, device_types_not_for. DATA: not_fortimanager_html,
 * not_fortimanager, both after a second try. UNREACHABLE: server_error. Also the errors of
 * http_exchange() and http_open().
 *
 * With fallback_url, that address is tried if the first gives no answer: name_unknown,
 * connection_failed, connection_refused, plain_http_unanswered, connection_broken, time_out,
 * proxy_failed, server_error. It is not tried if the first answers or its TLS fails: an untrusted
 * certificate stays a failure. If neither is reachable, the failure is that of the first; any other
 * failure of the fallback is its own.
 */
int32_t source_open(struct source_call *call, const struct source **ret, struct failure *failure);
#endif
