/*
 * registry.h - the sources that there are, and which of them fits an address.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "source.h"

/* The sources, from 0; NULL behind the last. Static. */
const struct source *source_at(size_t index);

/*
 * Opens the connection, which the caller closes in any case, and asks what lives at the address,
 * before any credential leaves: `*ret` is the source that fits. One question a kind of system, in
 * the order of registry.c; with the setting `source` only that kind's, and the others' only to say
 * what the address is instead. CONFIG: source_mismatch, setting_not_for. DATA:
 * not_fortimanager_html, not_fortimanager, both after a second try. UNREACHABLE: server_error, and
 * failures as http_exchange() and http_open().
 *
 * With fallback_url that address is asked where the first gives no answer: name_unknown,
 * connection_failed, connection_broken, time_out, proxy_failed, server_error. Never where the first
 * answers, nor where its TLS is at fault: a certificate that is not trusted stays a failure. When
 * neither can be reached the failure is the first's; any other failure of the fallback is its own.
 */
int32_t source_open(struct source_call *call, const struct source **ret, struct failure *reterr);
#endif
