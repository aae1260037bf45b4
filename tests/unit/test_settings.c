/*
 * test_settings.c - requests and settings documents: what is accepted, and the digest.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "settings/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/tap.h"
#include "settings/digest.h"
#include "settings/unknown_keys.h"
#include "json/json_read.h"

#define WITH(...) "{\"settings\":{\"url\":\"1.2.3.4\"," __VA_ARGS__ "}}"
#define PIN       "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

/* ---- valid settings */

static void test_defaults(void)
{
    struct test_host host;
    const struct settings *settings = &host.settings;

    host_begin(&host);
    host_settings(&host, "{\"settings\":{\"url\":\"1.2.3.4\"}}");
    CU_ASSERT_TRUE(settings->address.https);
    CU_ASSERT_STRING_EQUAL(settings->address.host, "1.2.3.4");
    CU_ASSERT_EQUAL(settings->address.port, 443);
    CU_ASSERT_STRING_EQUAL(settings->origin, "1.2.3.4");
    CU_ASSERT_STRING_EQUAL(settings->forticloud.host, "");
    CU_ASSERT_PTR_NULL(settings->username);
    CU_ASSERT_FALSE(settings->is_cloud);
    CU_ASSERT_FALSE(settings_enriched(settings));
    CU_ASSERT_EQUAL(settings->forticloud_account, 0);
    CU_ASSERT_EQUAL(settings->enrich_minutes, 10);
    for (enum device_type type = 0; type < DEVICE_TYPE_COUNT; type++) {
        CU_ASSERT_EQUAL(settings->device_types[type], type != MANAGEMENT);
    }
    CU_ASSERT_TRUE(settings->synchronize_categories);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        CU_ASSERT_EQUAL(settings->attributes[i], i == ATTRIBUTE_serial_number);
    }
    CU_ASSERT_EQUAL(settings->meta_count, 0);
    CU_ASSERT_PTR_NULL(settings->ca_certificate);
    CU_ASSERT_PTR_NULL(settings->pinned_public_key);
    CU_ASSERT_TRUE(settings->verify_tls);
    CU_ASSERT_TRUE(settings->chosen[CHOICE_source_auto]);
    CU_ASSERT_PTR_NULL(settings->adoms);
    CU_ASSERT_TRUE(settings->chosen[CHOICE_include_log_only]);
    CU_ASSERT_FALSE(settings->chosen[CHOICE_include_unauthorized]);
    CU_ASSERT_FALSE(settings->chosen[CHOICE_include_model]);
    CU_ASSERT_TRUE(settings->chosen[CHOICE_live_status_when_needed]);
    CU_ASSERT_EQUAL(settings->proxy_batch, 20);
    CU_ASSERT_EQUAL(settings->timeout_s, 60);
    CU_ASSERT_FALSE(settings->allow_loopback);
    CU_ASSERT_PTR_NULL(settings->egress_address);
    CU_ASSERT_PTR_NULL(settings->proxy);
    CU_ASSERT_PTR_NULL(settings->ca_file);
    CU_ASSERT_PTR_NULL(settings->user_agent);
    CU_ASSERT_EQUAL(host.operation.deadline_ms, 0);
    CU_ASSERT_EQUAL(host.operation.wording.language, LANGUAGE_ENGLISH);
    host_end(&host);
}

/* A FortiNAC and a FortiClient EMS; what a form sends of fields that it hides is no error. */
static void test_end_systems(void)
{
    static const struct {
        const char *request;
        bool is_ems_cloud;
    } cases[] = {
        {WITH("\"source\":\"fortinac\",\"filter\":\"type==a\""), false},
        {WITH("\"source\":\"fortinac\",\"live_status\":\"when_needed\",\"proxy_batch\":20,"
              "\"include\":[\"log_only\"],\"adoms\":[],\"username\":\"\",\"enrich\":[]"),
         false},
        {WITH("\"source\":\"fortinac\",\"verify_tls\":false,\"pinned_public_key\":\"" PIN "\""),
         false},
        {WITH("\"source\":\"ems\",\"username\":\"hector\",\"ems_site\":\"a\""), false},
        {"{\"settings\":{\"url\":\"http://127.0.0.1:8013\",\"source\":\"ems\",\"username\":"
         "\"hector\",\"verify_tls\":false},\"host\":{\"allow_loopback\":true}}",
         false},
        {"{\"settings\":{\"url\":\"https://forticlient.forticloud.com\",\"source\":\"ems\","
         "\"ems_account\":\"a@b\"}}",
         true},
        {"{\"settings\":{\"url\":\"http://127.0.0.1:8013\",\"source\":\"ems\",\"ems_account\":"
         "\"a@b\"},\"host\":{\"allow_loopback\":true,\"forticloud_url\":"
         "\"http://127.0.0.1:8080\"}}",
         true},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct test_host host;

        host_begin(&host);
        host_settings(&host, cases[i].request);
        CU_ASSERT_EQUAL(host.settings.is_ems_cloud, cases[i].is_ems_cloud);
        /* Personal data is imported only if it is ticked. */
        CU_ASSERT_FALSE(host.settings.attributes[ATTRIBUTE_owner]);
        CU_ASSERT_FALSE(host.settings.attributes[ATTRIBUTE_user]);
        host_end(&host);
    }
}

static void test_everything_set(void)
{
    struct test_host host;
    const struct settings *settings = &host.settings;
    struct http_policy policy;

    host_begin(&host);
    host_settings(
        &host,
        "{\"language\":\"fr\",\"settings\":{\"url\":\"https://fmg.example.org:8443/\",\"username\":"
        "\"hector\",\"device_types\":[\"switch\"],\"synchronize_categories\":false,\"attributes\":["
        "\"name\",\"hostname\",\"meta.Company/Organization\",\"meta.Site\"],\"ca_certificate\":"
        "\"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n\","
        "\"pinned_public_key\":\"" PIN "\",\"verify_tls\":false,\"source\":\"fortimanager\","
        "\"adoms\":[\"root\",\"Qu\xC3\xA9"
        "bec / Est\"],\"include\":[\"model\",\"unauthorized\"],"
        "\"live_status\":\"never\",\"proxy_batch\":50,\"timeout_s\":600},\"host\":{"
        "\"egress_address\":\"203.0.113.7\",\"proxy\":\"http://proxy.example.org:3128\",\"ca_file\""
        ":\"/etc/ca.pem\",\"user_agent\":\"Hector 9\",\"allow_loopback\":true,\"deadline_s\":60}}");
    CU_ASSERT_EQUAL(host.operation.wording.language, LANGUAGE_FRENCH);
    CU_ASSERT_TRUE(host.operation.deadline_ms > clock_ms());
    CU_ASSERT_STRING_EQUAL(settings->origin, "fmg.example.org:8443");
    CU_ASSERT_STRING_EQUAL(settings->username, "hector");
    CU_ASSERT_FALSE(settings->device_types[FIREWALL]);
    CU_ASSERT_TRUE(settings->device_types[SWITCH]);
    CU_ASSERT_FALSE(settings->device_types[ACCESS_POINT]);
    CU_ASSERT_FALSE(settings->synchronize_categories);
    CU_ASSERT_TRUE(settings->attributes[ATTRIBUTE_serial_number]); /* always on */
    CU_ASSERT_TRUE(settings->attributes[ATTRIBUTE_hostname]);
    CU_ASSERT_FALSE(settings->attributes[ATTRIBUTE_model]);
    CU_ASSERT_EQUAL(settings->meta_count, 2);
    CU_ASSERT_STRING_EQUAL(settings->meta[0], "Company/Organization");
    CU_ASSERT_STRING_EQUAL(settings->meta[1], "Site");
    CU_ASSERT_FALSE(settings->verify_tls);
    CU_ASSERT_TRUE(settings->chosen[CHOICE_source_fortimanager]);
    CU_ASSERT_FALSE(settings->chosen[CHOICE_source_auto]);
    CU_ASSERT_EQUAL(json_count(settings->adoms), 2);
    CU_ASSERT_FALSE(settings->chosen[CHOICE_include_log_only]);
    CU_ASSERT_TRUE(settings->chosen[CHOICE_include_unauthorized]);
    CU_ASSERT_TRUE(settings->chosen[CHOICE_include_model]);
    CU_ASSERT_FALSE(settings->chosen[CHOICE_live_status_when_needed]);
    CU_ASSERT_EQUAL(settings->proxy_batch, 50);
    CU_ASSERT_EQUAL(settings->timeout_s, 600);
    CU_ASSERT_STRING_EQUAL(settings->egress_address, "203.0.113.7");

    policy = settings_http_policy(settings);
    CU_ASSERT_STRING_EQUAL(policy.address.host, "fmg.example.org");
    CU_ASSERT_EQUAL(policy.address.port, 8443);
    CU_ASSERT_TRUE(policy.allow_loopback);
    CU_ASSERT_FALSE(policy.verify_tls);
    CU_ASSERT_STRING_EQUAL(policy.pinned_public_key, PIN);
    CU_ASSERT_EQUAL(strncmp(policy.ca_certificate, "-----BEGIN", 10), 0);
    CU_ASSERT_STRING_EQUAL(policy.ca_file, "/etc/ca.pem");
    CU_ASSERT_STRING_EQUAL(policy.proxy, "http://proxy.example.org:3128");
    CU_ASSERT_STRING_EQUAL(policy.user_agent, "Hector 9");
    CU_ASSERT_EQUAL(policy.timeout_ms, 600000);
    host_end(&host);
}

static void test_good_urls(void)
{
    static const struct {
        const char *url, *origin;
        bool https;
        int port;
    } cases[] = {
        {"1.2.3.4", "1.2.3.4", true, 443},
        {"1.2.3.4:8443", "1.2.3.4:8443", true, 8443},
        {"fmg.example.org/", "fmg.example.org", true, 443},
        {"https://fmg.example.org", "fmg.example.org", true, 443},
        {"HTTPS://FMG.Example.org:443/", "fmg.example.org", true, 443},
        {"https://[2001:db8::1]", "[2001:db8::1]", true, 443},
        {"https://[2001:db8::1]:8443/", "[2001:db8::1]:8443", true, 8443},
        {" https://1.2.3.4\\n", "1.2.3.4", true, 443},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct test_host host;
        char request[256];

        host_begin(&host);
        (void)snprintf(request, sizeof(request), "{\"settings\":{\"url\":\"%s\"}}", cases[i].url);
        host_settings(&host, request);
        CU_ASSERT_STRING_EQUAL(host.settings.origin, cases[i].origin);
        CU_ASSERT_EQUAL(host.settings.address.https, cases[i].https);
        CU_ASSERT_EQUAL(host.settings.address.port, cases[i].port);
        host_end(&host);
    }
}

/* Plain http is for tests on the local machine. */
static void test_http_with_loopback(void)
{
    struct test_host host;

    host_begin(&host);
    host_settings(&host, "{\"settings\":{\"url\":\"http://127.0.0.1:8080\"},"
                         "\"host\":{\"allow_loopback\":true}}");
    CU_ASSERT_FALSE(host.settings.address.https);
    CU_ASSERT_STRING_EQUAL(host.settings.origin, "127.0.0.1:8080");
    host_end(&host);
}

/* An empty field of a form counts as not set, and so does null. */
static void test_empty_is_unset(void)
{
    struct test_host host;

    host_begin(&host);
    host_settings(&host, WITH("\"username\":\"\",\"ca_certificate\":\"\",\"pinned_public_key\":\"\""
                              ",\"source\":\"\",\"live_status\":\"\",\"adoms\":[],\"attributes\":[]"
                              ",\"proxy_batch\":null,\"timeout_s\":null,\"verify_tls\":null,"
                              "\"device_types\":null,\"include\":null"));
    CU_ASSERT_PTR_NULL(host.settings.username);
    CU_ASSERT_PTR_NULL(host.settings.ca_certificate);
    CU_ASSERT_PTR_NULL(host.settings.pinned_public_key);
    CU_ASSERT_PTR_NULL(host.settings.adoms);
    CU_ASSERT_TRUE(host.settings.chosen[CHOICE_source_auto]);
    CU_ASSERT_TRUE(host.settings.chosen[CHOICE_live_status_when_needed]);
    CU_ASSERT_TRUE(host.settings.attributes[ATTRIBUTE_serial_number]);
    CU_ASSERT_TRUE(host.settings.verify_tls);
    CU_ASSERT_TRUE(host.settings.device_types[ACCESS_POINT]);
    CU_ASSERT_TRUE(host.settings.chosen[CHOICE_include_log_only]);
    host_end(&host);
    host_begin(&host);
    host_settings(&host, WITH("\"include\":[]"));
    CU_ASSERT_FALSE(host.settings.chosen[CHOICE_include_log_only]);
    host_end(&host);
}

static void test_limits_of_numbers(void)
{
    struct test_host host;

    host_begin(&host);
    host_settings(&host, WITH("\"proxy_batch\":1,\"timeout_s\":5"));
    CU_ASSERT_EQUAL(host.settings.proxy_batch, 1);
    CU_ASSERT_EQUAL(host.settings.timeout_s, 5);
    host_settings(&host, WITH("\"proxy_batch\":50,\"timeout_s\":600"));
    CU_ASSERT_EQUAL(host.settings.proxy_batch, 50);
    CU_ASSERT_EQUAL(host.settings.timeout_s, 600);
    host_end(&host);
}

static void test_duplicate_keys(void)
{
    struct test_host host;

    host_begin(&host);
    host_settings(&host, WITH("\"timeout_s\":4,\"timeout_s\":30"));
    CU_ASSERT_EQUAL(host.settings.timeout_s, 30);
    host_end(&host);
}

/* A meta field ticked twice counts once: a document must not have a member twice. */
static void test_meta_twice(void)
{
    struct test_host host;

    host_begin(&host);
    host_settings(&host,
                  WITH("\"attributes\":[\"meta.B\",\"meta.A\",\"meta.B\",\"name\",\"name\"]"));
    CU_ASSERT_EQUAL(host.settings.meta_count, 2);
    host_end(&host);
}

/* ---- requests */

static int32_t parse(struct test_host *host, const char *request, size_t size)
{
    return settings_parse_request(&host->operation, request, size, &host->request, &host->failure);
}

static void test_not_an_object(void)
{
    static const char *const requests[] = {
        "[]",      "null",       "7",           "\"x\"",
        "{",       "{}{}",       "{\"a\":NaN}", "{\"a\":Infinity}",
        "{'a':1}", "{\"a\":01}", "{\"a\":1,}",  "/* */ {}",
        "nul",     " ",
    };

    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(parse(&host, requests[i], strlen(requests[i])), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "request_invalid");
        CU_ASSERT_PTR_NOT_NULL(strstr(host.failure.message, "Example: {\"settings\": {\"url\""));
        CU_ASSERT_PTR_NULL(host.request);
        host_end(&host);
    }
}

static void test_empty_request(void)
{
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(parse(&host, NULL, 0), HECTOR_OK);
    CU_ASSERT_TRUE(json_object_is_type(host.request, json_type_object));
    host_end(&host);
}

/* A request needs no NUL, and bytes after its end are not read. */
static void test_request_without_nul(void)
{
    struct test_host host;

    host_begin(&host);
    CU_ASSERT_EQUAL(parse(&host, "{\"language\":\"fr\"}garbage", 17), HECTOR_OK);
    CU_ASSERT_EQUAL(host.operation.wording.language, LANGUAGE_FRENCH);
    host_end(&host);
}

static void test_hostile_sizes(void)
{
    char *text = malloc(HECTOR_REQUEST_MAX + 1);
    struct test_host host;

    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memset(text, '[', HECTOR_REQUEST_MAX + 1);
    host_begin(&host);
    CU_ASSERT_EQUAL(parse(&host, text, HECTOR_REQUEST_MAX), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "request_invalid");
    CU_ASSERT_EQUAL(parse(&host, text, HECTOR_REQUEST_MAX + 1), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "request_too_large");
    /* The maximum size is accepted. */
    memset(text, ' ', HECTOR_REQUEST_MAX);
    memcpy(text, "{}", 2);
    CU_ASSERT_EQUAL(parse(&host, text, HECTOR_REQUEST_MAX), HECTOR_OK);
    host_end(&host);
    free(text);
}

/* The memory of the tree is limited, too, because it stays for the whole call. */
static void test_too_many_values(void)
{
    struct buffer names = BUFFER(HECTOR_REQUEST_MAX), objects = BUFFER(HECTOR_REQUEST_MAX);
    struct test_host host;

    for (int i = 0; i < 1024 + 128; i++) {
        buffer_printf(&names, "%s\"%0255d\"", i > 0 ? "," : "{\"adoms\":[", i);
    }
    buffer_append_text(&names, "]}");
    for (int i = 0; i < 60000; i++) {
        buffer_append_text(&objects, i > 0 ? ",{}" : "{\"adoms\":[{}");
    }
    buffer_append_text(&objects, "]}");
    host_begin(&host);
    CU_ASSERT_EQUAL(parse(&host, buffer_text(&objects), objects.size), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "request_too_large");
    CU_ASSERT_EQUAL(parse(&host, buffer_text(&names), names.size), HECTOR_OK);
    host_end(&host);
    buffer_release(&names);
    buffer_release(&objects);
}

static void test_languages(void)
{
    static const struct {
        const char *request;
        enum language language;
    } cases[] = {
        {"{}", LANGUAGE_ENGLISH},
        {"{\"language\":\"en\"}", LANGUAGE_ENGLISH},
        {"{\"language\":\"fr\"}", LANGUAGE_FRENCH},
        {"{\"language\":\"fr-CA\"}", LANGUAGE_FRENCH},
        {"{\"language\":\"de\"}", LANGUAGE_ENGLISH},
        {"{\"language\":\"\"}", LANGUAGE_ENGLISH},
        {"{\"language\":7}", LANGUAGE_ENGLISH},
        {"{\"language\":null}", LANGUAGE_ENGLISH},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(parse(&host, cases[i].request, strlen(cases[i].request)), HECTOR_OK);
        CU_ASSERT_EQUAL(host.operation.wording.language, cases[i].language);
        host_end(&host);
    }
}

static int32_t note_key(void *context, const char *key, const char *meant, struct failure *failure)
{
    char *keys = context;
    size_t size = strlen(keys);

    (void)failure;
    (void)snprintf(keys + size, 256 - size, " %s%s%s", key, meant != NULL ? "=" : "",
                   meant != NULL ? meant : "");
    return strcmp(key, "stop") == 0 ? HECTOR_HOST : HECTOR_OK;
}

static void test_unknown_keys(void)
{
    char keys[256] = "";
    struct test_host host;

    host_begin(&host);
    host_settings(&host,
                  WITH("\"colour\":1,\"timeout_s\":60,\"device_types\":[\"switch\"],"
                       "\"synchronize_categories\":true,\"attributes\":[],\"username\":\"u\""
                       ",\"ca_certificate\":\"\",\"pinned_public_key\":\"\",\"verify_tls\":"
                       "true,\"source\":\"auto\",\"fallback_url\":\"\",\"adoms\":[],\"include\":[],"
                       "\"live_status\":\"never\",\"proxy_batch\":1,\"Url\":\"x\""));
    CU_ASSERT_EQUAL(settings_unknown_keys(&host.settings, HECTOR_OK, note_key, keys, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(keys, " colour Url=url");
    keys[0] = '\0';
    host_settings(&host, WITH("\"stop\":1,\"more\":2"));
    CU_ASSERT_EQUAL(settings_unknown_keys(&host.settings, HECTOR_OK, note_key, keys, &host.failure),
                    HECTOR_HOST);
    CU_ASSERT_STRING_EQUAL(keys, " stop");
    /* Also for invalid settings; a secret among them has its own message. */
    keys[0] = '\0';
    host.settings.document = json_tokener_parse("{\"ulr\":\"192.0.2.1\",\"token\":\"t\"}");
    CU_ASSERT_EQUAL(
        settings_unknown_keys(&host.settings, HECTOR_CONFIG, note_key, keys, &host.failure),
        HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(keys, " ulr=url");
    json_object_put(host.settings.document);
    host.settings.document = NULL;
    CU_ASSERT_EQUAL(
        settings_unknown_keys(&host.settings, HECTOR_CONFIG, note_key, keys, &host.failure),
        HECTOR_CONFIG);
    host_end(&host);
}

static void test_misspelt_keys(void)
{
    static const struct {
        const char *key, *seen;
    } cases[] = {
        {"adosm", " adosm=adoms"},
        {"ADOMS", " ADOMS=adoms"},
        {"adom", " adom=adoms"},
        {"device_type", " device_type=device_types"},
        {"synchronise_categories", " synchronise_categories=synchronize_categories"},
        {"verifytls", " verifytls=verify_tls"},
        {"u", " u"},
        {"ulr", " ulr=url"},
        {"ULR", " ULR=url"},
        {"colour", " colour"},
        {"a_key_that_is_longer_than_any_that_there_is",
         " a_key_that_is_longer_than_any_that_there_is"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char request[256], keys[256] = "";
        struct test_host host;

        host_begin(&host);
        (void)snprintf(request, sizeof(request),
                       "{\"settings\":{\"url\":\"https://192.0.2.1\",\"%s\":1}}", cases[i].key);
        host_settings(&host, request);
        CU_ASSERT_EQUAL(
            settings_unknown_keys(&host.settings, HECTOR_OK, note_key, keys, &host.failure),
            HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(keys, cases[i].seen);
        host_end(&host);
    }
}

/* ---- FortiCloud */

/*
 * The address decides whether FortiCloud's API user logs in to it; in tests, that of the stand-in,
 * or any if the user is there for nothing else.
 * With an enrichment, any address goes with the user, and with another login.
 */
static void test_cloud(void)
{
#define CLOUD  "1.fortimanager.forticloud.com"
#define ENRICH ",\"enrich\":[\"fortiflex\"]"
#define STAND_IN(port)                                                                             \
    ",\"host\":{\"allow_loopback\":true,\"forticloud_url\":\"http://127.0.0.1:" port "\"}"
    static const struct {
        const char *request;
        bool is_cloud;
        const char *account; /* of the login */
    } cases[] = {
        {"{\"settings\":{\"url\":\"" CLOUD "\",\"forticloud_user\":\"A\"}}", true, "A"},
        {"{\"settings\":{\"url\":\"" CLOUD "\",\"forticloud_user\":\"A\"" ENRICH "}}", true, "A"},
        {"{\"settings\":{\"url\":\"1.2.3.4\",\"forticloud_user\":\"A\"" ENRICH "}}", false, ""},
        {"{\"settings\":{\"url\":\"1.2.3.4\",\"username\":\"U\",\"forticloud_user\":\"A\"" ENRICH
         "}}",
         false, "U"},
        {"{\"settings\":{\"url\":\"http://127.0.0.1:1\",\"forticloud_user\":\"A\"}" STAND_IN(
             "1") "}",
         true, "A"},
        {"{\"settings\":{\"url\":\"http://127.0.0.1:1\",\"forticloud_user\":\"A\"" ENRICH
         "}" STAND_IN("1") "}",
         true, "A"},
        {"{\"settings\":{\"url\":\"http://127.0.0.1:2\",\"forticloud_user\":\"A\"" ENRICH
         "}" STAND_IN("1") "}",
         false, ""},
        {"{\"settings\":{\"url\":\"http://127.0.0.1:2\",\"forticloud_user\":\"A\"}" STAND_IN(
             "1") "}",
         true, "A"},
        {"{\"settings\":{\"url\":\"http://127.0.0.1:1\"}" STAND_IN("1") "}", false, ""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct test_host host;

        host_begin(&host);
        host_settings(&host, cases[i].request);
        const char *account = settings_account(&host.settings);
        CU_ASSERT_EQUAL(host.settings.is_cloud, cases[i].is_cloud);
        CU_ASSERT_STRING_EQUAL(account != NULL ? account : "", cases[i].account);
        host_end(&host);
    }
}

/* ---- the digest */

static void digest_of(const char *request, enum choice system, char ret[static 72])
{
    struct test_host host;

    host_begin(&host);
    host_settings(&host, request);
    CU_ASSERT_EQUAL(settings_digest(&host.operation, &host.settings, system, ret, &host.failure),
                    HECTOR_OK);
    host_end(&host);
}

static void digest(const char *request, char ret[static 72])
{
    digest_of(request, CHOICE_NONE, ret);
}

static void test_digest_is_stable(void)
{
    static const char *const same[] = {
        "{\"settings\":{\"url\":\"1.2.3.4\"}}",
        "{\"settings\":{\"url\":\"https://1.2.3.4:443/\"}}",
        "{\"settings\":{\"source\":\"auto\",\"url\":\"1.2.3.4\"}}",
        "{\"language\":\"fr\",\"host\":{\"egress_address\":\"203.0.113.7\",\"proxy\":"
        "\"http://p.example.org:1\"},\"settings\":{\"url\":\"1.2.3.4\"}}",
        WITH("\"device_types\":[\"endpoint\",\"access_point\",\"switch\",\"firewall\"]"),
        WITH("\"attributes\":[\"serial_number\"]"),
        WITH("\"attributes\":[]"),
        WITH("\"adoms\":[]"),
        WITH("\"include\":[\"log_only\"]"),
        WITH("\"synchronize_categories\":true,\"live_status\":\"when_needed\""),
        WITH("\"fallback_url\":\"1.2.3.5\""),
        WITH("\"fallback_url\":\"\""),
        WITH("\"enrich\":[],\"forticloud_account\":0,\"enrich_minutes\":30"),
        WITH("\"colour\":\"red\""), /* ignored, so it does not count */
    };
    char first[72], other[72];

    digest(same[0], first);
    CU_ASSERT_EQUAL(strncmp(first, "sha256:", 7), 0);
    CU_ASSERT_EQUAL(strspn(first + 7, "0123456789abcdef"), 64);
    CU_ASSERT_EQUAL(strlen(first), 71);
    for (size_t i = 1; i < sizeof(same) / sizeof(same[0]); i++) {
        digest(same[i], other);
        CU_ASSERT_STRING_EQUAL(first, other);
    }
}

/* The order of a list does not change the digest. */
static void test_digest_ignores_order(void)
{
    static const char *const pairs[][2] = {
        {WITH("\"attributes\":[\"name\",\"model\"]"), WITH("\"attributes\":[\"model\",\"name\"]")},
        {WITH("\"include\":[\"model\",\"log_only\"]"),
         WITH("\"include\":[\"log_only\",\"model\"]")},
        {WITH("\"adoms\":[\"a\",\"b\"]"), WITH("\"adoms\":[\"b\",\"a\"]")},
        {WITH("\"attributes\":[\"meta.A\",\"meta.B\"]"),
         WITH("\"attributes\":[\"meta.B\",\"meta.A\"]")},
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        char one[72], two[72];

        digest(pairs[i][0], one);
        digest(pairs[i][1], two);
        CU_ASSERT_STRING_EQUAL(one, two);
    }
}

/* Settings that change the import change the digest: each of these differs from each other. */
static void test_digest_changes(void)
{
    static const char *const different[] = {
        "{\"settings\":{\"url\":\"1.2.3.4\"}}",
        "{\"settings\":{\"url\":\"1.2.3.4:8443\"}}",
        "{\"settings\":{\"url\":\"1.2.3.5\"}}",
        WITH("\"username\":\"hector\""),
        WITH("\"device_types\":[\"firewall\"]"),
        WITH("\"device_types\":[\"switch\",\"access_point\"]"),
        WITH("\"synchronize_categories\":false"),
        WITH("\"attributes\":[\"name\"]"),
        WITH("\"attributes\":[\"meta.name\"]"),
        WITH("\"attributes\":[\"meta.Site\"]"),
        WITH("\"attributes\":[\"name\",\"model\"]"),
        WITH("\"adoms\":[\"root\"]"),
        WITH("\"adoms\":[\"root\",\"b\"]"),
        WITH("\"include\":[]"),
        WITH("\"include\":[\"unauthorized\"]"),
        WITH("\"include\":[\"model\"]"),
        WITH("\"include\":[\"log_only\",\"model\"]"),
        WITH("\"live_status\":\"never\""),
        WITH("\"source\":\"fortimanager\""),
        WITH("\"source\":\"fortigate\""),
        WITH("\"source\":\"fortinac\""),
        WITH("\"source\":\"fortinac\",\"filter\":\"type==a\""),
        WITH("\"source\":\"ems\",\"username\":\"hector\""),
        WITH("\"source\":\"ems\",\"ems_site\":\"a\""),
        WITH("\"source\":\"ems\",\"ems_site\":\"b\""),
        WITH("\"enrich\":[\"fortiflex\"],\"forticloud_user\":\"A\""),
        WITH("\"enrich\":[\"fortiflex\"],\"forticloud_user\":\"B\""),
        WITH("\"enrich\":[\"asset_management\"],\"forticloud_user\":\"A\""),
        WITH("\"enrich\":[\"asset_management\",\"fortiflex\"],\"forticloud_user\":\"A\""),
        WITH("\"enrich\":[\"fortiflex\"],\"forticloud_user\":\"A\",\"forticloud_account\":7"),
    };
    enum { COUNT = sizeof(different) / sizeof(different[0]) };
    char digests[COUNT][72];

    for (size_t i = 0; i < COUNT; i++) {
        digest(different[i], digests[i]);
        for (size_t k = 0; k < i; k++) {
            CU_ASSERT_STRING_NOT_EQUAL(digests[i], digests[k]);
        }
    }
}

/* Another token does not change the digest. */
static void test_digest_without_secrets(void)
{
    struct test_host host;
    char one[72], two[72];

    host_begin(&host);
    host_settings(&host, WITH("\"username\":\"hector\""));
    host.password = "first";
    CU_ASSERT_EQUAL(
        settings_digest(&host.operation, &host.settings, CHOICE_NONE, one, &host.failure),
        HECTOR_OK);
    host.password = "second";
    host.token = "third";
    CU_ASSERT_EQUAL(
        settings_digest(&host.operation, &host.settings, CHOICE_NONE, two, &host.failure),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(one, two);
    CU_ASSERT_EQUAL(host.secrets_asked, 0);
    host_end(&host);
}

/* Settings that decide which units a system lists, as far as this kind of system has them. */
static void test_listing_digest(void)
{
    static const struct {
        const char *request;
        bool fortimanager, fortigate; /* it changes */
    } cases[] = {
        {WITH("\"adoms\":[\"root\"]"), true, false},
        {WITH("\"include\":[\"log_only\",\"unauthorized\"]"), true, true},
        {WITH("\"include\":[\"log_only\",\"model\"]"), true, false},
        {WITH("\"include\":[]"), true, false},
        {"{\"settings\":{\"url\":\"1.2.3.5\",\"timeout_s\":5}}", false, false},
        {WITH("\"device_types\":[\"switch\"],\"attributes\":[\"name\"]"), false, false},
        {WITH("\"live_status\":\"never\",\"username\":\"hector\""), false, false},
    };
    const char *plain = "{\"settings\":{\"url\":\"1.2.3.4\"}}";
    char manager[72], gate[72], other[72];

    digest_of(plain, CHOICE_source_fortimanager, manager);
    digest_of(plain, CHOICE_source_fortigate, gate);
    CU_ASSERT_STRING_NOT_EQUAL(manager, gate);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        digest_of(cases[i].request, CHOICE_source_fortimanager, other);
        CU_ASSERT_EQUAL(strcmp(manager, other) != 0, cases[i].fortimanager);
        digest_of(cases[i].request, CHOICE_source_fortigate, other);
        CU_ASSERT_EQUAL(strcmp(gate, other) != 0, cases[i].fortigate);
    }
}

static CU_TestInfo good_tests[] = {
    {"defaults", test_defaults},
    {"end systems", test_end_systems},
    {"everything set", test_everything_set},
    {"good urls", test_good_urls},
    {"http with loopback", test_http_with_loopback},
    {"empty is not set", test_empty_is_unset},
    {"the limits of numbers", test_limits_of_numbers},
    {"duplicate keys", test_duplicate_keys},
    {"a custom field twice", test_meta_twice},
    {"unknown keys", test_unknown_keys},
    {"misspelt keys", test_misspelt_keys},
    {"FortiCloud's login", test_cloud},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo request_tests[] = {
    {"not an object", test_not_an_object},
    {"an empty request", test_empty_request},
    {"no NUL", test_request_without_nul},
    {"hostile sizes", test_hostile_sizes},
    {"too many values", test_too_many_values},
    {"languages", test_languages},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo digest_tests[] = {
    {"stable", test_digest_is_stable},
    {"whatever the order", test_digest_ignores_order},
    {"changes with the import", test_digest_changes},
    {"without secrets", test_digest_without_secrets},
    {"of the listing", test_listing_digest},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "good", .pTests = good_tests},
        {.pName = "requests", .pTests = request_tests},
        {.pName = "digest", .pTests = digest_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
