/*
 * certificate.c - the certificate that the server shows, made at start.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "certificate.h"

#include "text.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY (24L * 60 * 60)

static char *steal_pem(BIO *memory)
{
    struct text text = {NULL, 0, 0};
    char *bytes = NULL;
    long size = BIO_get_mem_data(memory, &bytes);

    if (size > 0)
        text_add(&text, bytes, (size_t)size);
    return text_steal(&text);
}

static bool add_extension(X509 *x509, int identifier, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, identifier, value);
    bool added = extension != NULL && X509_add_ext(x509, extension, -1) == 1;

    X509_EXTENSION_free(extension);
    return added;
}

/* Self-signed: a client that trusts it as an authority trusts the server. */
static bool fill(X509 *x509, EVP_PKEY *key, const char *name, const char *names, bool expired)
{
    X509_NAME *subject = X509_get_subject_name(x509);

    return X509_set_version(x509, X509_VERSION_3) == 1 &&
           ASN1_INTEGER_set(X509_get_serialNumber(x509), 4711) == 1 &&
           X509_gmtime_adj(X509_getm_notBefore(x509), -30 * DAY) != NULL &&
           X509_gmtime_adj(X509_getm_notAfter(x509), expired ? -DAY : 365 * DAY) != NULL &&
           X509_set_pubkey(x509, key) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8,
                                      (const unsigned char *)"Simulated Fortinet", -1, -1,
                                      0) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1,
                                      -1, 0) == 1 &&
           X509_set_issuer_name(x509, subject) == 1 &&
           add_extension(x509, NID_basic_constraints, "critical,CA:TRUE") &&
           add_extension(x509, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
           add_extension(x509, NID_subject_alt_name, names) &&
           X509_sign(x509, key, EVP_sha256()) > 0;
}

/* Either result may be NULL. */
static int make(const char *name, const char *names, bool expired, char **ret_certificate,
                char **ret_key)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x509 = X509_new();
    BIO *memory = BIO_new(BIO_s_mem());
    BIO *secret = BIO_new(BIO_s_mem());
    int result = -1;

    if (key != NULL && x509 != NULL && memory != NULL && secret != NULL &&
        fill(x509, key, name, names, expired) && PEM_write_bio_X509(memory, x509) == 1 &&
        PEM_write_bio_PrivateKey(secret, key, NULL, NULL, 0, NULL, NULL) == 1) {
        if (ret_certificate != NULL)
            *ret_certificate = steal_pem(memory);
        if (ret_key != NULL)
            *ret_key = steal_pem(secret);
        result = 0;
    } else {
        (void)fputs("fortimanager-simulator: cannot make a certificate\n", stderr);
    }
    BIO_free(secret);
    BIO_free(memory);
    X509_free(x509);
    EVP_PKEY_free(key);
    return result;
}

int certificate_make(struct certificate *certificate, enum certificate_kind kind,
                     const char *serial)
{
    static const char here[] = "IP:127.0.0.1,DNS:localhost";
    char elsewhere[64];

    (void)snprintf(elsewhere, sizeof(elsewhere), "DNS:%s", serial);
    *certificate = (struct certificate){NULL, NULL, NULL};
    if (make(kind == CERTIFICATE_WRONG_NAME ? serial : "localhost",
             kind == CERTIFICATE_WRONG_NAME ? elsewhere : here, kind == CERTIFICATE_EXPIRED,
             &certificate->certificate_pem, &certificate->key_pem) != 0)
        return -1;
    if (kind == CERTIFICATE_UNKNOWN)
        return make("another authority", here, false, &certificate->trust_pem, NULL);
    certificate->trust_pem = must_copy(certificate->certificate_pem);
    return 0;
}

void certificate_release(struct certificate *certificate)
{
    free(certificate->key_pem);
    free(certificate->certificate_pem);
    free(certificate->trust_pem);
    *certificate = (struct certificate){NULL, NULL, NULL};
}
