/*
 * certificate.c - reports an X.509 certificate, so that a person can decide whether to trust it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The certificate is untrusted: it comes from whatever system answers at the address, so all its
 * names are escaped. OpenSSL writes each part to a memory BIO, from which it goes into the
 * document.
 */
#include "certificate.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "json/json_write.h"

/* A public key as curl and RFC 7469 pin it: this, and the base64 of its SHA-256. */
#define PIN_PREFIX  "sha256//"
#define BASE64_SIZE 44

static X509 *certificate_read(const char *pem, size_t size)
{
    BIO *bio = size <= CERTIFICATE_PEM_MAX ? BIO_new_mem_buf(pem, (int)size) : NULL;
    /* For a PEM that is encrypted: otherwise OpenSSL asks on the terminal of the host. */
    static char password[] = "";
    X509 *certificate = bio != NULL ? PEM_read_bio_X509(bio, NULL, NULL, password) : NULL;

    (void)BIO_free(bio);
    return certificate;
}

/* Writes the content of the BIO as one member and empties it. Returns false if it was empty. */
static bool write_bio(struct buffer *document, const char *key, BIO *bio)
{
    char *text = NULL;
    long size = BIO_get_mem_data(bio, &text);

    if (size <= 0) {
        return false;
    }
    json_write_string_n(document, key, text, (size_t)size);
    (void)BIO_reset(bio);
    return true;
}

/*
 * Writes a name in the form of RFC 2253, as UTF-8 with control characters escaped. Returns false if
 * OpenSSL rejects it, as bytes that are not text.
 */
static bool write_name(struct buffer *document, const char *key, const X509_NAME *name, BIO *bio)
{
    unsigned long flags = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;

    if (X509_NAME_entry_count(name) == 0) {
        (void)BIO_puts(bio, "-"); /* allowed: the names are in subjectAltName */
    }
    return X509_NAME_print_ex(bio, name, 0, flags) >= 0 && write_bio(document, key, bio);
}

static void write_dns_name(struct buffer *document, const unsigned char *bytes, int size)
{
    char text[CERTIFICATE_NAME_MAX + 4];
    size_t length = 0;

    for (int i = 0; i < size && length < CERTIFICATE_NAME_MAX; i++) {
        if (bytes[i] > ' ' && bytes[i] < 0x7F && bytes[i] != '\\') {
            text[length++] = (char)bytes[i];
        } else {
            length += (size_t)snprintf(text + length, 4, "\\%02X", bytes[i]);
        }
    }
    if (length > 0) {
        json_write_string_n(document, NULL, text, length);
    }
}

static void write_ip_name(struct buffer *document, const unsigned char *bytes, int size)
{
    char text[INET6_ADDRSTRLEN];
    int family = size == 4 ? AF_INET : AF_INET6;

    if ((size == 4 || size == 16) && inet_ntop(family, bytes, text, sizeof(text)) != NULL) {
        json_write_string(document, NULL, text);
    }
}

static void write_alternative_names(struct buffer *document, const X509 *certificate)
{
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);

    json_write_array(document, "names");
    for (int i = 0; i < sk_GENERAL_NAME_num(names) && i < CERTIFICATE_NAMES_MAX; i++) {
        int type;
        const ASN1_STRING *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type);

        if (type == GEN_DNS) {
            write_dns_name(document, ASN1_STRING_get0_data(value), ASN1_STRING_length(value));
        } else if (type == GEN_IPADD) {
            write_ip_name(document, ASN1_STRING_get0_data(value), ASN1_STRING_length(value));
        }
    }
    json_write_array_end(document);
    GENERAL_NAMES_free(names);
}

static bool write_time(struct buffer *document, const char *key, const ASN1_TIME *time)
{
    struct tm tm;
    char text[32];

    if (ASN1_TIME_to_tm(time, &tm) != 1 ||
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) != 20) {
        return false;
    }
    json_write_string(document, key, text);
    return true;
}

/*
 * Writes the pin of the certificate's SubjectPublicKeyInfo, and the name of the setting that takes
 * it.
 */
static bool write_pin(struct buffer *document, X509 *certificate)
{
    unsigned char *key = NULL;
    unsigned char digest[32];
    unsigned char text[sizeof(PIN_PREFIX) + BASE64_SIZE] = PIN_PREFIX;
    unsigned int digest_size = 0;
    int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &key);
    bool hashed =
        size > 0 && EVP_Digest(key, (size_t)size, digest, &digest_size, EVP_sha256(), NULL) == 1;

    OPENSSL_free(key);
    if (!hashed || digest_size != sizeof(digest)) {
        return false;
    }
    (void)EVP_EncodeBlock(text + strlen(PIN_PREFIX), digest, sizeof(digest));
    json_write_string(document, "pin", (const char *)text);
    json_write_string(document, "setting", "pinned_public_key");
    return true;
}

int32_t certificate_emit(struct operation *operation, const char *shown_by, const char *pem,
                         size_t size, struct failure *failure)
{
    X509 *certificate = certificate_read(pem, size);
    BIO *bio = BIO_new(BIO_s_mem());
    struct buffer *document = operation_document(operation, "certificate");
    bool written = certificate != NULL && bio != NULL &&
                   write_name(document, "subject", X509_get_subject_name(certificate), bio) &&
                   write_name(document, "issuer", X509_get_issuer_name(certificate), bio) &&
                   write_time(document, "not_before", X509_get0_notBefore(certificate)) &&
                   write_time(document, "not_after", X509_get0_notAfter(certificate)) &&
                   PEM_write_bio_X509(bio, certificate) == 1 && write_bio(document, "pem", bio) &&
                   write_pin(document, certificate);

    if (written) {
        write_alternative_names(document, certificate);
    }
    (void)BIO_free(bio);
    X509_free(certificate);
    bool no_memory = ERR_GET_REASON(ERR_peek_error()) == ERR_R_MALLOC_FAILURE;
    ERR_clear_error(); /* the host shares this thread's error queue */
    if (no_memory) {
        return fail_memory(operation, failure);
    }
    return written
               ? operation_emit(operation, failure)
               : fail(operation, failure, REASON_certificate_unreadable, NULL, ARGUMENTS(shown_by));
}

bool certificate_pin_valid(const char *pin)
{
    static const char BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    if (strncmp(pin, PIN_PREFIX, strlen(PIN_PREFIX)) != 0) {
        return false;
    }
    pin += strlen(PIN_PREFIX);
    return strspn(pin, BASE64) == BASE64_SIZE - 1 && strcmp(pin + BASE64_SIZE - 1, "=") == 0;
}
