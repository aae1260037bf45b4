/*
 * test_tls.c - which servers http trusts: chains, names, dates and pins, against a scripted peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "net/http.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <CUnit/CUnit.h>

#include "lib/http_fixture.h"
#include "lib/identity.h"
#include "lib/tap.h"

#define END_OF_SCRIPT                                                                              \
    {                                                                                              \
        NULL, PEER_KEEP, NULL, 0                                                                   \
    }

static const struct peer_answer GOOD[] = {{.text = ANSWER_JSON(2, "{}")}, END_OF_SCRIPT};

static struct identity authority, good, wrong_name, expired, alone, short_key, weak_signature,
    long_key, client_only;
static char *authority_pem, *wrong_pin;

static void make_identities(void)
{
    authority = identity_make(&(struct identity_options){.name = "Test CA", .days = 30});
    good = identity_make(&(struct identity_options){
        .name = "fmg", .alternatives = "IP:127.0.0.1", .issuer = &authority, .days = 30});
    wrong_name = identity_make(&(struct identity_options){.name = "FMG-VM0000000001",
                                                          .alternatives = "DNS:FMG-VM0000000001",
                                                          .issuer = &authority,
                                                          .days = 30});
    expired = identity_make(&(struct identity_options){
        .name = "fmg", .alternatives = "IP:127.0.0.1", .issuer = &authority, .days = -1});
    short_key = identity_make(&(struct identity_options){.name = "fmg",
                                                         .alternatives = "IP:127.0.0.1",
                                                         .issuer = &authority,
                                                         .days = 30,
                                                         .rsa_bits = 1024});
    weak_signature = identity_make(&(struct identity_options){.name = "fmg",
                                                              .alternatives = "IP:127.0.0.1",
                                                              .issuer = &authority,
                                                              .days = 30,
                                                              .sha1 = true});
    long_key = identity_make(&(struct identity_options){.name = "fmg",
                                                        .alternatives = "IP:127.0.0.1",
                                                        .issuer = &authority,
                                                        .days = 30,
                                                        .rsa_bits = 2048});
    client_only = identity_make(&(struct identity_options){.name = "fmg",
                                                           .alternatives = "IP:127.0.0.1",
                                                           .issuer = &authority,
                                                           .days = 30,
                                                           .client_only = true});
    alone = identity_make(
        &(struct identity_options){.name = "fmg", .alternatives = "IP:127.0.0.1", .days = 30});
    authority_pem = identity_pem(&authority);
    wrong_pin = identity_pin(&alone);
}

static void release_identities(void)
{
    identity_release(&authority);
    identity_release(&good);
    identity_release(&wrong_name);
    identity_release(&expired);
    identity_release(&alone);
    identity_release(&short_key);
    identity_release(&weak_signature);
    identity_release(&long_key);
    identity_release(&client_only);
    free(authority_pem);
    free(wrong_pin);
}

static void begin_tls(struct http_fixture *fixture, const struct identity *identity)
{
    http_fixture_begin(fixture, &(struct peer_script){.answers = GOOD, .identity = identity});
    fixture->policy.verify_tls = true;
    fixture->policy.ca_certificate = authority_pem;
}

/* One request fails for this reason, and the peer receives no request. */
static void check_refused(struct http_fixture *fixture, int32_t code, const char *reason)
{
    CU_ASSERT_EQUAL(http_fixture_post(fixture), code);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(fixture), reason);
    CU_ASSERT_PTR_NULL(strstr(fixture->failure.detail, "top-secret"));
    http_fixture_stop_peer(fixture);
    CU_ASSERT_EQUAL(fixture->record.requests, 0);
    http_fixture_end(fixture);
}

static void test_good_chain(void)
{
    struct http_fixture fixture;

    begin_tls(&fixture, &good);
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.connections, 1);
    http_fixture_end(&fixture);
}

static void test_ca_file(void)
{
    char path[] = "/tmp/test_transfer_XXXXXX";
    int fd = mkstemp(path);
    struct http_fixture fixture;

    CU_ASSERT_TRUE(fd >= 0);
    CU_ASSERT_EQUAL(write(fd, authority_pem, strlen(authority_pem)),
                    (ssize_t)strlen(authority_pem));
    close(fd);
    begin_tls(&fixture, &good);
    fixture.policy.ca_certificate = NULL;
    fixture.policy.ca_file = path;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    http_fixture_end(&fixture);
    unlink(path);
    begin_tls(&fixture, &good);
    fixture.policy.ca_certificate = NULL;
    fixture.policy.ca_file = path;
    check_refused(&fixture, HECTOR_CONFIG, "ca_file_unusable");
}

static void test_bad_ca_certificate(void)
{
    struct http_fixture fixture;

    begin_tls(&fixture, &good);
    fixture.policy.ca_certificate = "no certificate";
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "tls_settings");
    CU_ASSERT_STRING_EQUAL(fixture.failure.field, "ca_certificate");
    http_fixture_end(&fixture);
}

static void test_untrusted(void)
{
    struct http_fixture fixture;

    /* The system's store lacks the test's authority, and the test's authority did not sign this
     * certificate. */
    begin_tls(&fixture, &good);
    fixture.policy.ca_certificate = NULL;
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_unknown_authority");
    begin_tls(&fixture, &alone);
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_unknown_authority");
    begin_tls(&fixture, &wrong_name);
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_wrong_name");
    begin_tls(&fixture, &expired);
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_expired");
    begin_tls(&fixture, &short_key);
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_weak_key");
    begin_tls(&fixture, &weak_signature);
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_weak_signature");
}

/* A fault without a reason of its own is reported in OpenSSL's words. */
static void test_other_fault(void)
{
    struct http_fixture fixture;

    begin_tls(&fixture, &client_only);
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.failure.message, "certificate purpose\". Replace it"));
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_certificate_invalid");
}

static void test_weak_exchange(void)
{
    struct http_fixture fixture;

    http_fixture_begin(
        &fixture,
        &(struct peer_script){.answers = GOOD, .identity = &long_key, .weak_exchange = true});
    fixture.policy.verify_tls = true;
    fixture.policy.ca_certificate = authority_pem;
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_weak_exchange");
}

static void test_verification_off(void)
{
    struct http_fixture fixture;

    begin_tls(&fixture, &expired);
    fixture.policy.verify_tls = false;
    fixture.policy.ca_certificate = NULL;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    http_fixture_end(&fixture);
}

/* A pin replaces the check of chain and name, and applies even with verification off. */
static void test_pin(void)
{
    char *pin = identity_pin(&wrong_name);
    struct http_fixture fixture;

    begin_tls(&fixture, &wrong_name);
    fixture.policy.ca_certificate = NULL;
    fixture.policy.pinned_public_key = pin;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    http_fixture_end(&fixture);
    free(pin);
    begin_tls(&fixture, &good);
    fixture.policy.pinned_public_key = wrong_pin;
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_pin_mismatch");
    begin_tls(&fixture, &good);
    fixture.policy.pinned_public_key = wrong_pin;
    fixture.policy.verify_tls = false;
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_pin_mismatch");
}

/* libcurl would take it for a file name. */
static void test_bad_pin(void)
{
    static const char *const BAD[] = {
        "",
        "/etc/passwd",
        "sha256//",
        "sha256//AAAA",
        "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;sha256//x",
    };

    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        struct http_fixture fixture;

        begin_tls(&fixture, &good);
        fixture.policy.pinned_public_key = BAD[i];
        CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(fixture.failure.field, "pinned_public_key");
        http_fixture_end(&fixture);
    }
}

static void test_no_tls_there(void)
{
    struct http_fixture fixture;

    begin_tls(&fixture, NULL);
    fixture.policy.address.https = true;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "tls_not_spoken");
    http_fixture_end(&fixture);
}

static void test_old_tls(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture,
                       &(struct peer_script){.answers = GOOD, .identity = &good, .old_tls = true});
    check_refused(&fixture, HECTOR_UNREACHABLE, "tls_too_old");
}

static void test_peer_certificate(void)
{
    char *pem = identity_pem(&wrong_name);
    struct buffer shown = BUFFER(CERTIFICATE_PEM_MAX);
    struct http_fixture fixture;

    begin_tls(&fixture, &wrong_name);
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(http_peer_certificate(fixture.http, &shown, &fixture.failure), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(buffer_text(&shown), pem);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.requests, 0);
    CU_ASSERT_STRING_EQUAL(fixture.record.text, "");
    buffer_clear(&shown);
    CU_ASSERT_EQUAL(http_peer_certificate(fixture.http, &shown, &fixture.failure),
                    HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(shown.size, 0);
    http_fixture_end(&fixture);
    buffer_release(&shown);
    free(pem);
}

static void test_peer_certificate_of_plain_http(void)
{
    struct buffer shown = BUFFER(CERTIFICATE_PEM_MAX);
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = GOOD});
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(http_peer_certificate(fixture.http, &shown, &fixture.failure), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "certificate_unreadable");
    http_fixture_end(&fixture);
    buffer_release(&shown);
}

static CU_TestInfo tests[] = {
    {"a good chain", test_good_chain},
    {"an authority from a file", test_ca_file},
    {"ca_certificate that is none", test_bad_ca_certificate},
    {"unknown, wrong name, expired", test_untrusted},
    {"a certificate for clients only", test_other_fault},
    {"a weak key exchange", test_weak_exchange},
    {"verification off", test_verification_off},
    {"a pin", test_pin},
    {"a pin that is none", test_bad_pin},
    {"no TLS on that port", test_no_tls_there},
    {"TLS 1.1", test_old_tls},
    {"the certificate shown", test_peer_certificate},
    {"no certificate shown", test_peer_certificate_of_plain_http},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "TLS", .pTests = tests}, CU_SUITE_INFO_NULL};
    int status;

    make_identities();
    status = tap_run(suites);
    release_identities();
    return status;
}
