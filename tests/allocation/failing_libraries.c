/*
 * failing_libraries.c - functions of libcurl, OpenSSL and json-c that fail on demand.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each fails as it does when its own memory is short. Of json-c only json_tokener_new_ex() is here:
 * plugin/json/json_tree.h says how the others behave.
 */
#include "failing.h"

#include <stdarg.h>

#include <curl/curl.h>
#include <json-c/json.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

/* The functions, not the type-checking macros around them. */
#undef curl_easy_setopt

/* ---- libcurl */

static __thread bool first_perform, first_poll;

CURL *__real_curl_easy_init(void);
CURL *__wrap_curl_easy_init(void);
CURLM *__real_curl_multi_init(void);
CURLM *__wrap_curl_multi_init(void);
struct curl_slist *__real_curl_slist_append(struct curl_slist *list, const char *text);
struct curl_slist *__wrap_curl_slist_append(struct curl_slist *list, const char *text);
CURLcode __real_curl_easy_setopt(CURL *easy, CURLoption option, ...);
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, ...);
CURLMcode __real_curl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode __wrap_curl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode __real_curl_multi_perform(CURLM *multi, int *running);
CURLMcode __wrap_curl_multi_perform(CURLM *multi, int *running);
CURLMcode __real_curl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count,
                                 int timeout_ms, int *ret);
CURLMcode __wrap_curl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count,
                                 int timeout_ms, int *ret);
CURLMsg *__real_curl_multi_info_read(CURLM *multi, int *left);
CURLMsg *__wrap_curl_multi_info_read(CURLM *multi, int *left);

CURL *__wrap_curl_easy_init(void)
{
    return failing_here() ? NULL : __real_curl_easy_init();
}

CURLM *__wrap_curl_multi_init(void)
{
    return failing_here() ? NULL : __real_curl_multi_init();
}

struct curl_slist *__wrap_curl_slist_append(struct curl_slist *list, const char *text)
{
    return failing_here() ? NULL : __real_curl_slist_append(list, text);
}

/* libcurl copies strings and blobs only. */
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
    const struct curl_easyoption *known = curl_easy_option_by_id(option);
    va_list arguments;
    CURLcode code;

    va_start(arguments, option);
    if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB) {
        code = __real_curl_easy_setopt(easy, option, va_arg(arguments, curl_off_t));
    } else if (option < CURLOPTTYPE_OBJECTPOINT) {
        code = __real_curl_easy_setopt(easy, option, va_arg(arguments, long));
    } else {
        void *pointer = va_arg(arguments, void *);
        bool copied = pointer != NULL && known != NULL &&
                      (known->type == CURLOT_STRING || known->type == CURLOT_BLOB);

        code = copied && failing_here() ? CURLE_OUT_OF_MEMORY
                                        : __real_curl_easy_setopt(easy, option, pointer);
    }
    va_end(arguments);
    return code;
}

CURLMcode __wrap_curl_multi_add_handle(CURLM *multi, CURL *easy)
{
    first_perform = first_poll = true;
    return failing_here() ? CURLM_OUT_OF_MEMORY : __real_curl_multi_add_handle(multi, easy);
}

/* The number of calls of a transfer differs from run to run, so only its first call counts. */
CURLMcode __wrap_curl_multi_perform(CURLM *multi, int *running)
{
    bool fails = first_perform && failing_here();

    first_perform = false;
    return fails ? CURLM_OUT_OF_MEMORY : __real_curl_multi_perform(multi, running);
}

CURLMcode __wrap_curl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count,
                                 int timeout_ms, int *ret)
{
    bool fails = first_poll && failing_here();

    first_poll = false;
    return fails ? CURLM_OUT_OF_MEMORY
                 : __real_curl_multi_poll(multi, extra, count, timeout_ms, ret);
}

/* Ends a transfer for lack of memory, whatever was received. */
CURLMsg *__wrap_curl_multi_info_read(CURLM *multi, int *left)
{
    CURLMsg *message = __real_curl_multi_info_read(multi, left);

    if (message != NULL && failing_here()) {
        message->data.result = CURLE_OUT_OF_MEMORY;
    }
    return message;
}

/* ---- json-c */

struct json_tokener *__real_json_tokener_new_ex(int depth);
struct json_tokener *__wrap_json_tokener_new_ex(int depth);

struct json_tokener *__wrap_json_tokener_new_ex(int depth)
{
    return failing_here() ? NULL : __real_json_tokener_new_ex(depth);
}

/* ---- OpenSSL, which also reports failures in its error queue */

BIO *__real_BIO_new(const BIO_METHOD *method);
BIO *__wrap_BIO_new(const BIO_METHOD *method);
BIO *__real_BIO_new_mem_buf(const void *bytes, int size);
BIO *__wrap_BIO_new_mem_buf(const void *bytes, int size);
X509 *__real_PEM_read_bio_X509(BIO *bio, X509 **to, pem_password_cb *ask, void *context);
X509 *__wrap_PEM_read_bio_X509(BIO *bio, X509 **to, pem_password_cb *ask, void *context);
int __real_PEM_write_bio_X509(BIO *bio, const X509 *certificate);
int __wrap_PEM_write_bio_X509(BIO *bio, const X509 *certificate);
int __real_X509_NAME_print_ex(BIO *bio, const X509_NAME *name, int indent, unsigned long flags);
int __wrap_X509_NAME_print_ex(BIO *bio, const X509_NAME *name, int indent, unsigned long flags);
int __real_i2d_X509_PUBKEY(const X509_PUBKEY *key, unsigned char **ret);
int __wrap_i2d_X509_PUBKEY(const X509_PUBKEY *key, unsigned char **ret);
int __real_EVP_Digest(const void *bytes, size_t size, unsigned char *digest, unsigned int *ret,
                      const EVP_MD *type, ENGINE *engine);
int __wrap_EVP_Digest(const void *bytes, size_t size, unsigned char *digest, unsigned int *ret,
                      const EVP_MD *type, ENGINE *engine);
void *__real_X509_get_ext_d2i(const X509 *certificate, int id, int *critical, int *index);
void *__wrap_X509_get_ext_d2i(const X509 *certificate, int id, int *critical, int *index);

static bool openssl_fails(void)
{
    bool fails = failing_here();

    if (fails) {
        ERR_raise(ERR_LIB_X509, ERR_R_MALLOC_FAILURE);
    }
    return fails;
}

BIO *__wrap_BIO_new(const BIO_METHOD *method)
{
    return openssl_fails() ? NULL : __real_BIO_new(method);
}

BIO *__wrap_BIO_new_mem_buf(const void *bytes, int size)
{
    return openssl_fails() ? NULL : __real_BIO_new_mem_buf(bytes, size);
}

X509 *__wrap_PEM_read_bio_X509(BIO *bio, X509 **to, pem_password_cb *ask, void *context)
{
    return openssl_fails() ? NULL : __real_PEM_read_bio_X509(bio, to, ask, context);
}

int __wrap_PEM_write_bio_X509(BIO *bio, const X509 *certificate)
{
    return openssl_fails() ? 0 : __real_PEM_write_bio_X509(bio, certificate);
}

int __wrap_X509_NAME_print_ex(BIO *bio, const X509_NAME *name, int indent, unsigned long flags)
{
    return openssl_fails() ? -1 : __real_X509_NAME_print_ex(bio, name, indent, flags);
}

int __wrap_i2d_X509_PUBKEY(const X509_PUBKEY *key, unsigned char **ret)
{
    return openssl_fails() ? -1 : __real_i2d_X509_PUBKEY(key, ret);
}

int __wrap_EVP_Digest(const void *bytes, size_t size, unsigned char *digest, unsigned int *ret,
                      const EVP_MD *type, ENGINE *engine)
{
    return openssl_fails() ? 0 : __real_EVP_Digest(bytes, size, digest, ret, type, engine);
}

void *__wrap_X509_get_ext_d2i(const X509 *certificate, int id, int *critical, int *index)
{
    if (openssl_fails()) {
        if (critical != NULL) {
            *critical = 0; /* as for an extension that exists */
        }
        return NULL;
    }
    return __real_X509_get_ext_d2i(certificate, id, critical, index);
}
