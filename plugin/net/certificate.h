/*
 * certificate.h - reports an X.509 certificate, so that a person can decide whether to trust it,
 * and checks pins of public keys.
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

/*
 * Whether the pin is "sha256//" and 32 bytes in base64. libcurl takes any other text for a file
 * name.
 */
bool certificate_pin_valid(const char *pin);
#endif
