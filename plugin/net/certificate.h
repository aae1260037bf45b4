/*
 * certificate.h - what an X.509 certificate says, for a person to decide on.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "host/operation.h"

/*
 * Emits the `certificate` document for one certificate in PEM, which `shown_by` (host or
 * host:port) showed. DATA (certificate_unreadable) when it cannot be read.
 */
int32_t certificate_emit(struct operation *operation, const char *shown_by, const char *pem,
                         size_t size, struct failure *reterr);
#endif
