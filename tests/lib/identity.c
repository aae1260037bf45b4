/*
 * identity.c - keys and certificates made for a test.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#define DAY (24L * 60 * 60)

static void need(int condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "identity: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

static void add_extension(X509 *certificate, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

    need(extension != NULL && X509_add_ext(certificate, extension, -1) == 1, value);
    X509_EXTENSION_free(extension);
}

struct identity identity_make(const struct identity_options *options)
{
    static long serial = 1;
    struct identity made = {.certificate = X509_new()};
    const struct identity *issuer = options->issuer != NULL ? options->issuer : &made;
    X509_NAME *name = X509_NAME_new();

    made.key = options->rsa_bits > 0 ? EVP_RSA_gen(options->rsa_bits) : EVP_EC_gen("P-256");
    need(made.key != NULL && made.certificate != NULL && name != NULL, "allocation");
    need(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)options->name,
                                    -1, -1, 0) == 1,
         "name");
    need(X509_set_version(made.certificate, 2) == 1 &&
             ASN1_INTEGER_set(X509_get_serialNumber(made.certificate), serial++) == 1 &&
             X509_set_subject_name(made.certificate, name) == 1 &&
             X509_set_issuer_name(made.certificate, options->issuer != NULL
                                                        ? X509_get_subject_name(issuer->certificate)
                                                        : name) == 1 &&
             X509_set_pubkey(made.certificate, made.key) == 1,
         "fields");
    X509_gmtime_adj(X509_getm_notBefore(made.certificate), -30 * DAY);
    X509_gmtime_adj(X509_getm_notAfter(made.certificate), options->days * DAY);
    if (options->issuer == NULL) {
        add_extension(made.certificate, NID_basic_constraints, "critical,CA:TRUE");
    }
    if (options->alternatives != NULL) {
        add_extension(made.certificate, NID_subject_alt_name, options->alternatives);
    }
    if (options->client_only) {
        add_extension(made.certificate, NID_ext_key_usage, "clientAuth");
    }
    need(X509_sign(made.certificate, issuer->key, options->sha1 ? EVP_sha1() : EVP_sha256()) > 0,
         "signature");
    X509_NAME_free(name);
    return made;
}

void identity_release(struct identity *identity)
{
    EVP_PKEY_free(identity->key);
    X509_free(identity->certificate);
}

char *identity_pem(const struct identity *identity)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *bytes;
    char *text;
    long size;

    need(bio != NULL && PEM_write_bio_X509(bio, identity->certificate) == 1, "PEM");
    size = BIO_get_mem_data(bio, &bytes);
    text = strndup(bytes, (size_t)size);
    need(text != NULL, "allocation");
    BIO_free(bio);
    return text;
}

char *identity_pin(const struct identity *identity)
{
    unsigned char *key = NULL;
    unsigned char digest[SHA256_DIGEST_LENGTH];
    char *text = calloc(1, 64);
    int size = i2d_PUBKEY(identity->key, &key);

    need(size > 0 && text != NULL, "pin");
    SHA256(key, (size_t)size, digest);
    memcpy(text, "sha256//", 8);
    EVP_EncodeBlock((unsigned char *)text + 8, digest, sizeof(digest));
    OPENSSL_free(key);
    return text;
}
