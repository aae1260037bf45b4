/*
 * certificate.h - reports an X.509 certificate, so that a person can decide whether to trust it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "host/operation.h"

/*
 * Emits the `certificate` document for one certificate in PEM, which `shown_by` (host or host:port)
 * presented. DATA (certificate_unreadable) if it cannot be read; NO_MEMORY; else as
 * operation_emit().
 */
int32_t certificate_emit(struct operation *operation, const char *shown_by, const char *pem,
                         size_t size, struct failure *failure);
#endif
