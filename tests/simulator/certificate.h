/*
 * certificate.h - the certificate that the server shows, made at start.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_CERTIFICATE_H
#define SIMULATOR_CERTIFICATE_H

#include "settings.h"

struct certificate {
    char *key_pem;
    char *certificate_pem;
    char *trust_pem; /* for --certificate-file */
};

/* Makes the certificate; `serial` names the appliance, as in a factory certificate. Returns -1
 * after a message. */
int certificate_make(struct certificate *certificate, enum certificate_kind kind,
                     const char *serial);

void certificate_release(struct certificate *certificate);

#endif
