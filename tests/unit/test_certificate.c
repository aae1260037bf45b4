/*
 * test_certificate.c - the certificate document, from generated certificates.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "net/certificate.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <CUnit/CUnit.h>
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "lib/identity.h"
#include "lib/tap.h"
#include "json/json_guard.h"
#include "json/json_read.h"

static char document[65536];

static int32_t take_document(void *context, const char *bytes, size_t size)
{
    (void)context;
    memcpy(document, bytes, size);
    document[size] = '\0';
    return 0;
}

/* Emits the document and parses it; NULL when it was refused. */
static struct json_object *emit(const char *pem, struct failure *failure)
{
    static const struct limits limits = LIMITS_DEFAULT;
    const struct hector_host host = {.struct_size = sizeof(host), .emit = take_document};
    struct operation operation;
    struct json_object *tree = NULL;
    bool repaired = true;
    int32_t code;

    CU_ASSERT_EQUAL(operation_begin(&operation, &host, &limits, failure), HECTOR_OK);
    code = certificate_emit(&operation, "fmg.example:8443", pem, strlen(pem), failure);
    operation_end(&operation);
    CU_ASSERT_EQUAL(ERR_peek_error(), 0);
    if (code != HECTOR_OK) {
        CU_ASSERT_EQUAL(code, failure->cause);
        return NULL;
    }
    CU_ASSERT_EQUAL(json_guard_parse(document, strlen(document), MIB(1), &tree, &repaired),
                    JSON_OK);
    CU_ASSERT_FALSE(repaired); /* whatever the certificate holds, the document is valid UTF-8 */
    return tree;
}

static struct json_object *emit_identity(const struct identity *identity)
{
    struct failure failure;
    char *pem = identity_pem(identity);
    struct json_object *tree = emit(pem, &failure);

    CU_ASSERT_PTR_NOT_NULL(tree);
    if (tree != NULL) {
        CU_ASSERT_STRING_EQUAL(json_member_text(tree, "kind"), "certificate");
        CU_ASSERT_STRING_EQUAL(json_member_text(tree, "pem"), pem);
    }
    free(pem);
    return tree;
}

static const char *name_at(struct json_object *tree, size_t index)
{
    struct json_object *names = json_member_array(tree, "names");

    return index < json_count(names) ? json_text(json_object_array_get_idx(names, index)) : "";
}

static void test_usual(void)
{
    struct identity authority =
        identity_make(&(struct identity_options){.name = "Société, d'État \"CA\"", .days = 30});
    struct identity leaf = identity_make(&(struct identity_options){
        .name = "FMG-VM0000000001",
        .alternatives = "DNS:fmg.example,email:x@example,IP:192.0.2.7,IP:2001:db8::7",
        .issuer = &authority,
        .days = 30});
    char *pin = identity_pin(&leaf);
    struct json_object *tree = emit_identity(&leaf);

    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "subject"), "CN=FMG-VM0000000001");
    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "issuer"), "CN=Société\\, d'État \\\"CA\\\"");
    CU_ASSERT_EQUAL(json_count(json_member_array(tree, "names")), 3);
    CU_ASSERT_STRING_EQUAL(name_at(tree, 0), "fmg.example");
    CU_ASSERT_STRING_EQUAL(name_at(tree, 1), "192.0.2.7");
    CU_ASSERT_STRING_EQUAL(name_at(tree, 2), "2001:db8::7");
    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "pin"), pin);
    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "setting"), "pinned_public_key");
    json_object_put(tree);
    free(pin);
    identity_release(&leaf);
    identity_release(&authority);
}

static void check_time(const char *text, time_t expected)
{
    struct tm tm = {0};

    CU_ASSERT_EQUAL(strlen(text), 20);
    CU_ASSERT_PTR_EQUAL(strptime(text, "%Y-%m-%dT%H:%M:%SZ", &tm), text + 20);
    CU_ASSERT_TRUE(labs((long)(timegm(&tm) - expected)) < 60);
}

static void test_times(void)
{
    time_t now = time(NULL);
    struct identity soon = identity_make(&(struct identity_options){.name = "a", .days = 10});
    struct identity late = identity_make(&(struct identity_options){.name = "a", .days = 36500});
    struct json_object *tree = emit_identity(&soon);

    check_time(json_member_text(tree, "not_before"), now - 30L * 86400);
    check_time(json_member_text(tree, "not_after"), now + 10L * 86400);
    json_object_put(tree);
    /* From 2050 on, certificates write their times in another form. */
    tree = emit_identity(&late);
    check_time(json_member_text(tree, "not_after"), now + 36500L * 86400);
    json_object_put(tree);
    identity_release(&soon);
    identity_release(&late);
}

/* A certificate whose subject is one value of this ASN.1 type. */
static struct identity with_subject(int type, const void *bytes, int size)
{
    struct identity identity = identity_make(&(struct identity_options){.name = "x", .days = 1});
    X509_NAME *name = X509_NAME_new();

    CU_ASSERT_EQUAL(X509_NAME_add_entry_by_NID(name, NID_commonName, type, bytes, size, -1, 0), 1);
    CU_ASSERT_EQUAL(X509_set_subject_name(identity.certificate, name), 1);
    CU_ASSERT_TRUE(X509_sign(identity.certificate, identity.key, EVP_sha256()) > 0);
    X509_NAME_free(name);
    return identity;
}

static void test_control_characters(void)
{
    struct identity identity = with_subject(V_ASN1_UTF8STRING, "a\nb\0c\x1b[31m", 10);
    struct json_object *tree = emit_identity(&identity);

    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "subject"), "CN=a\\0Ab\\00c\\1B[31m");
    json_object_put(tree);
    identity_release(&identity);
}

/* The certificate in PEM, with `from` in its bytes replaced: OpenSSL would not make such a
 * certificate. */
static char *forge(const struct identity *identity, const char *from, const char *to, size_t size)
{
    unsigned char *der = NULL;
    int der_size = i2d_X509(identity->certificate, &der);
    unsigned char *place = memmem(der, (size_t)der_size, from, size);
    BIO *bio = BIO_new(BIO_s_mem());
    char *bytes;
    char *pem;
    long pem_size;

    CU_ASSERT_PTR_NOT_NULL(place);
    if (place != NULL) {
        memcpy(place, to, size);
    }
    CU_ASSERT_TRUE(PEM_write_bio(bio, "CERTIFICATE", "", der, der_size) > 0);
    pem_size = BIO_get_mem_data(bio, &bytes);
    pem = strndup(bytes, (size_t)pem_size);
    BIO_free(bio);
    OPENSSL_free(der);
    return pem;
}

/* Invalid text is refused or escaped: emit() checks the document itself. */
static void test_bad_text(void)
{
    static const struct {
        int type;
        const char *good, *bad; /* 8 bytes each */
    } CASES[] = {
        {V_ASN1_UTF8STRING, "abcdefgh", "abcd\xED\xA0\x80h"},
        {V_ASN1_UTF8STRING, "abcdefgh", "abcd\xC0\x80gh"},
        {V_ASN1_UTF8STRING, "abcdefgh", "abcdefg\xC3"},
        {V_ASN1_UTF8STRING, "abcdefgh", "abcdefg\xFF"},
        {V_ASN1_PRINTABLESTRING, "abcdefgh", "abcdefg\xFF"},
        {V_ASN1_IA5STRING, "abcdefgh", "abcd\xE9\xE9gh"},
        {V_ASN1_T61STRING, "abcdefgh", "abcd\xE9\xE9gh"},
        {V_ASN1_BMPSTRING, "\0a\0b\0c\0d", "\0a\xD8\x00\0c\0d"},
        {V_ASN1_UNIVERSALSTRING, "\0\0\0a\0\0\0b", "\0\0\0a\0\x11\xFF\xFF"},
        {V_ASN1_UNIVERSALSTRING, "\0\0\0a\0\0\0b", "\0\0\0a\x7F\xFF\xFF\xFF"},
    };

    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct identity identity = with_subject(CASES[i].type, CASES[i].good, 8);
        struct failure failure;
        char *pem = forge(&identity, CASES[i].good, CASES[i].bad, 8);
        struct json_object *tree = emit(pem, &failure);

        CU_ASSERT_TRUE(tree != NULL || failure.reason == REASON_certificate_unreadable);
        json_object_put(tree);
        free(pem);
        identity_release(&identity);
    }
}

static void test_odd_names(void)
{
    struct identity identity = identity_make(
        &(struct identity_options){.name = "x", .alternatives = "DNS:*.example\\nB", .days = 1});
    struct identity empty = identity_make(&(struct identity_options){.name = "x", .days = 1});
    X509_NAME *none = X509_NAME_new();
    struct json_object *tree = emit_identity(&identity);

    CU_ASSERT_STRING_EQUAL(name_at(tree, 0), "*.example\\5CnB");
    json_object_put(tree);
    CU_ASSERT_EQUAL(X509_set_subject_name(empty.certificate, none), 1);
    CU_ASSERT_TRUE(X509_sign(empty.certificate, empty.key, EVP_sha256()) > 0);
    tree = emit_identity(&empty);
    CU_ASSERT_STRING_EQUAL(json_member_text(tree, "subject"), "-");
    CU_ASSERT_PTR_NOT_NULL(json_member_array(tree, "names"));
    CU_ASSERT_EQUAL(json_count(json_member_array(tree, "names")), 0);
    json_object_put(tree);
    X509_NAME_free(none);
    identity_release(&identity);
    identity_release(&empty);
}

static void test_many_names(void)
{
    char names[CERTIFICATE_NAMES_MAX * 2 * 8];
    size_t size = 0;
    struct identity identity;
    struct json_object *tree;

    for (int i = 0; i < CERTIFICATE_NAMES_MAX * 2; i++) {
        memcpy(names + size, "DNS:abc,", 8);
        size += 8;
    }
    names[size - 1] = '\0';
    identity =
        identity_make(&(struct identity_options){.name = "x", .alternatives = names, .days = 1});
    tree = emit_identity(&identity);
    CU_ASSERT_EQUAL(json_count(json_member_array(tree, "names")), CERTIFICATE_NAMES_MAX);
    json_object_put(tree);
    identity_release(&identity);
}

static void test_unreadable(void)
{
    static const char *const BAD[] = {
        "",
        "hello",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    };
    char *large = calloc(1, CERTIFICATE_PEM_MAX + 2);
    struct failure failure;

    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        CU_ASSERT_PTR_NULL(emit(BAD[i], &failure));
        CU_ASSERT_EQUAL(failure.cause, HECTOR_DATA);
        CU_ASSERT_EQUAL(failure.reason, REASON_certificate_unreadable);
        CU_ASSERT_PTR_NOT_NULL(strstr(failure.message, "fmg.example:8443"));
    }
    memset(large, '\n', CERTIFICATE_PEM_MAX + 1);
    CU_ASSERT_PTR_NULL(emit(large, &failure));
    free(large);
}

static CU_TestInfo tests[] = {
    {"a usual one", test_usual},
    {"times", test_times},
    {"control characters", test_control_characters},
    {"text that is none", test_bad_text},
    {"odd names", test_odd_names},
    {"many names", test_many_names},
    {"unreadable", test_unreadable},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "certificate", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
