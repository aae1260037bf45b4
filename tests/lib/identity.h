/*
 * identity.h - keys and certificates made for a test.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include <stdbool.h>

#include <openssl/x509.h>

struct identity {
    EVP_PKEY *key;
    X509 *certificate;
};

struct identity_options {
    const char *name;              /* common name; UTF-8 */
    const char *alternatives;      /* "DNS:fmg.example,IP:127.0.0.1"; NULL = none */
    const struct identity *issuer; /* NULL = self-signed, and may sign others */
    long days;                     /* valid from 30 days before now until this many days after it */
    size_t rsa_bits;               /* of its key; 0 = P-256 */
    bool sha1;                     /* signed with SHA-1 */
    bool client_only;              /* for clients only, so invalid for a server */
};

/* Makes a key and a certificate. Ends the program when OpenSSL fails. */
struct identity identity_make(const struct identity_options *options);
void identity_release(struct identity *identity);

/* The certificate in PEM; the caller frees it. */
char *identity_pem(const struct identity *identity);

/* The pin "sha256//..."; the caller frees it. Computed as an administrator would, not as the plugin
 * does. */
char *identity_pin(const struct identity *identity);
#endif
