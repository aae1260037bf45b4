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

struct identity_wish {
    const char *name;              /* common name; UTF-8 */
    const char *alternatives;      /* "DNS:fmg.example,IP:127.0.0.1"; NULL = none */
    const struct identity *issuer; /* NULL = signs itself, and may sign others */
    long days;                     /* valid from 30 days before now to so many days after */
    size_t rsa_bits;               /* of its key; 0 = P-256 */
    bool sha1;                     /* signed with it */
    bool client_only;              /* for clients, and so for no server */
};

/* Ends the program when OpenSSL fails. */
struct identity identity_make(const struct identity_wish *wish);
void identity_release(struct identity *identity);

/* In PEM; malloc'ed. */
char *identity_pem(const struct identity *identity);

/* "sha256//..."; computed the way a person would, not the way the plugin does. malloc'ed. */
char *identity_pin(const struct identity *identity);
#endif
