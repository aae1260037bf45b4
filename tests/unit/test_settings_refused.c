/*
 * test_settings_refused.c - messages on bad settings: field, error and example, in both languages.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "settings/settings.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/tap.h"

#define WITH(...) "{\"settings\":{\"url\":\"1.2.3.4\"," __VA_ARGS__ "}}"
#define PIN       "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

/* Reads a request; returns the code. The host has the failure and the settings. */
static int32_t read_request(struct test_host *host, const char *request)
{
    int32_t code = settings_parse_request(&host->operation, request, strlen(request),
                                          &host->request, &host->failure);

    return code == HECTOR_OK
               ? settings_read(&host->operation, host->request, &host->settings, &host->failure)
               : code;
}

struct bad {
    const char *request, *field;
    const char *says[LANGUAGE_COUNT], *example;
};

static void check_bad(const struct bad *bad, enum language language)
{
    static const char *const tails[] = {" is not valid: ", " n'est pas valide : "};
    static const char *const examples[] = {"Example: ", "Exemple : "};
    struct test_host host;
    char request[4096], expected[256];

    host_begin(&host);
    (void)snprintf(request, sizeof(request), "{\"language\":\"%s\",%s",
                   message_language_code(language), bad->request + 1);
    CU_ASSERT_EQUAL(read_request(&host, request), HECTOR_CONFIG);
    CU_ASSERT_EQUAL(host.failure.cause, HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "setting_invalid");
    CU_ASSERT_STRING_EQUAL(host.failure.field, bad->field);
    /* With the label of its field: "The value of ... is not valid: " */
    message_format(expected, sizeof(expected), &host.operation.wording, REASON_setting_invalid,
                   ARGUMENTS(bad->field, "", ""));
    strstr(expected, tails[language])[strlen(tails[language])] = '\0';
    CU_ASSERT_EQUAL(strncmp(host.failure.message, expected, strlen(expected)), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(host.failure.message, bad->says[language]));
    (void)snprintf(expected, sizeof(expected), "%s%s", examples[language], bad->example);
    CU_ASSERT_PTR_NOT_NULL(strstr(host.failure.message, expected));
    host_end(&host);
}

static void check_all_bad(const struct bad *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_bad(&cases[i], LANGUAGE_ENGLISH);
        check_bad(&cases[i], LANGUAGE_FRENCH);
    }
}

/* A missing URL is reported as missing, not as invalid. */
static void test_no_url(void)
{
    static const char *const requests[] = {"{\"settings\":{}}", "{\"settings\":{\"url\":null}}",
                                           "{\"settings\":{\"url\":\"\"}}",
                                           "{\"settings\":{\"adoms\":[\"root\"]}}"};

    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(read_request(&host, requests[i]), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "url_missing");
        CU_ASSERT_STRING_EQUAL(host.failure.field, "url");
        host_end(&host);
    }
}

#define CHECK_BAD(cases) check_all_bad(cases, sizeof(cases) / sizeof((cases)[0]))

#define URL(text) "{\"settings\":{\"url\":\"" text "\"}}"
#define AT        "https://1.2.3.4"

static void test_bad_urls(void)
{
#define ADDRESS                                                                                    \
    {                                                                                              \
        "it must be a host name or an IP address", "un nom d'h\xC3\xB4te ou une adresse IP"        \
    }
#define TEXT                                                                                       \
    {                                                                                              \
        "it must be a text", "ce doit \xC3\xAAtre un texte"                                        \
    }
#define SCHEME                                                                                     \
    {                                                                                              \
        "must begin with https://", "doit commencer par https://"                                  \
    }
#define PATH                                                                                       \
    {                                                                                              \
        "must end after the host and port", "doit se terminer apr\xC3\xA8s l'h\xC3\xB4te"          \
    }
#define PORT                                                                                       \
    {                                                                                              \
        "the port must be a number from 1 to 65535", "le port doit \xC3\xAAtre un nombre"          \
    }
#define USER                                                                                       \
    {                                                                                              \
        "must not carry a user name or password", "ne doit contenir ni nom d'utilisateur"          \
    }
#define HTTP                                                                                       \
    {                                                                                              \
        "plain http is not allowed", "http sans chiffrement n'est pas permis"                      \
    }
    static const struct bad cases[] = {
        {"{\"settings\":{\"url\":7}}", "url", TEXT, AT},
        {"{\"settings\":{\"url\":[\"1.2.3.4\"]}}", "url", TEXT, AT},
        {URL("   "), "url", ADDRESS, AT},
        {URL("ftp://fmg.example.org"), "url", SCHEME, AT},
        {URL("file:///etc/passwd"), "url", SCHEME, AT},
        {URL("http://1.2.3.4"), "url", HTTP, AT},
        {URL("http://127.0.0.1"), "url", HTTP, AT},
        {URL("https://admin:secret@1.2.3.4"), "url", USER, AT},
        {URL("https://admin@1.2.3.4"), "url", USER, AT},
        {URL("https://1.2.3.4/?token=abc"), "url", PATH, AT},
        {URL("https://1.2.3.4?token=abc"), "url", PATH, AT},
        {URL("https://1.2.3.4/jsonrpc"), "url", PATH, AT},
        {URL("https://1.2.3.4/#top"), "url", PATH, AT},
        {URL("https://1.2.3.4:0"), "url", PORT, AT},
        {URL("https://1.2.3.4:65536"), "url", PORT, AT},
        {URL("https://1.2.3.4:https"), "url", PORT, AT},
        {URL("fmg example.org"), "url", ADDRESS, AT},
        {URL("1.2.3.4\\u0000.example.org"), "url", ADDRESS, AT},
        {URL("1.2.3.4\\nHost: x"), "url", PORT, AT},
    };

    CHECK_BAD(cases);
}

static void test_long_url(void)
{
    struct test_host host;
    char request[2048], name[1200];

    memset(name, 'a', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    host_begin(&host);
    (void)snprintf(request, sizeof(request), "{\"settings\":{\"url\":\"%s\"}}", name);
    CU_ASSERT_EQUAL(read_request(&host, request), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(host.failure.field, "url");
    host_end(&host);
}

static void test_bad_lists(void)
{
#define TYPES_EXAMPLE "[\"firewall\", \"switch\", \"access_point\"]"
#define TYPE(text)                                                                                 \
    {                                                                                              \
        "firewall, switch, access_point, endpoint, management; " text " is none of them",          \
            "firewall, switch, access_point, endpoint, management; " text " n'en est pas une"      \
    }
#define LIST                                                                                       \
    {                                                                                              \
        "it must be a list", "ce doit \xC3\xAAtre une liste"                                       \
    }
    static const struct bad cases[] = {
        {WITH("\"device_types\":[\"router\"]"), "device_types", TYPE("router"), TYPES_EXAMPLE},
        {WITH("\"device_types\":[\"firewall\",\"other\"]"), "device_types", TYPE("other"),
         TYPES_EXAMPLE},
        {WITH("\"device_types\":[\"Firewall\"]"), "device_types", TYPE("Firewall"), TYPES_EXAMPLE},
        {WITH("\"device_types\":[]"), "device_types", TYPE("[]"), TYPES_EXAMPLE},
        {WITH("\"device_types\":[7]"), "device_types", LIST, TYPES_EXAMPLE},
        {WITH("\"device_types\":\"firewall\""), "device_types", LIST, TYPES_EXAMPLE},
        {WITH("\"device_types\":{}"), "device_types", LIST, TYPES_EXAMPLE},
        {WITH("\"attributes\":[\"colour\"]"),
         "attributes",
         {"the attribute catalogue or meta.NAME; colour is none of them",
          "du catalogue d'attributs ou meta.NOM; colour n'en est pas un"},
         "[\"serial_number\", \"name\"]"},
        {WITH("\"attributes\":[\"meta.\"]"),
         "attributes",
         {"meta. is none of them", "meta. n'en est pas un"},
         "[\"serial_number\", \"name\"]"},
        {WITH("\"attributes\":[\"meta.a\\nb\"]"),
         "attributes",
         {"meta.a b is none", "meta.a b n'en"},
         "[\"serial_number\", \"name\"]"},
        {WITH("\"attributes\":\"name\""), "attributes", LIST, "[\"serial_number\", \"name\"]"},
        {WITH("\"attributes\":[null]"), "attributes", LIST, "[\"serial_number\", \"name\"]"},
        {WITH("\"adoms\":\"root\""), "adoms", LIST, "[\"root\"]"},
        {WITH("\"adoms\":[\"\"]"), "adoms", LIST, "[\"root\"]"},
        {WITH("\"adoms\":[\"a\\tb\"]"), "adoms", LIST, "[\"root\"]"},
        {WITH("\"adoms\":[1]"), "adoms", LIST, "[\"root\"]"},
        {WITH("\"include\":[\"everything\"]"),
         "include",
         {"log_only, unauthorized, model; everything is none of them",
          "log_only, unauthorized, model; everything n'en est pas une"},
         "[\"log_only\"]"},
        {WITH("\"include\":true"), "include", LIST, "[\"log_only\"]"},
    };

    CHECK_BAD(cases);
}

static void test_bad_numbers(void)
{
#define WITHIN(limits)                                                                             \
    {                                                                                              \
        "a whole number within " limits, "un nombre entier dans l'intervalle " limits              \
    }
    static const struct bad cases[] = {
        {WITH("\"proxy_batch\":0"), "proxy_batch", WITHIN("1 - 50"), "20"},
        {WITH("\"proxy_batch\":51"), "proxy_batch", WITHIN("1 - 50"), "20"},
        {WITH("\"proxy_batch\":-1"), "proxy_batch", WITHIN("1 - 50"), "20"},
        {WITH("\"proxy_batch\":1.5"), "proxy_batch", WITHIN("1 - 50"), "20"},
        {WITH("\"proxy_batch\":\"20\""), "proxy_batch", WITHIN("1 - 50"), "20"},
        {WITH("\"proxy_batch\":99999999999999999999"), "proxy_batch", WITHIN("1 - 50"), "20"},
        {WITH("\"timeout_s\":4"), "timeout_s", WITHIN("5 - 600"), "60"},
        {WITH("\"timeout_s\":601"), "timeout_s", WITHIN("5 - 600"), "60"},
        {WITH("\"timeout_s\":true"), "timeout_s", WITHIN("5 - 600"), "60"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"deadline_s\":0}}", "deadline_s",
         WITHIN("1 - 86400"), "1"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"deadline_s\":86401}}", "deadline_s",
         WITHIN("1 - 86400"), "1"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"deadline_s\":\"60\"}}", "deadline_s",
         WITHIN("1 - 86400"), "1"},
    };

    CHECK_BAD(cases);
}

static void test_bad_values(void)
{
#define TEXT_WANTED                                                                                \
    {                                                                                              \
        "it must be a text", "ce doit \xC3\xAAtre un texte"                                        \
    }
#define TRUE_FALSE                                                                                 \
    {                                                                                              \
        "it must be true or false", "ce doit \xC3\xAAtre true ou false"                            \
    }
#define ONE_LINE                                                                                   \
    {                                                                                              \
        "line breaks or control characters", "ni saut de ligne ni caract\xC3\xA8re"                \
    }
#define CLOUD_WANTED                                                                               \
    {                                                                                              \
        "the address of a FortiManager Cloud", "l'adresse d'un FortiManager Cloud"                 \
    }
#define ACCOUNT_WANTED                                                                             \
    {                                                                                              \
        "a whole number within 0 - 2147483647", "dans l'intervalle 0 - 2147483647"                 \
    }
#define PIN_WANTED                                                                                 \
    {                                                                                              \
        "sha256// and the base64 of 32 bytes", "sha256// suivi de 32 octets en base64"             \
    }
    static const struct bad cases[] = {
        {"{\"settings\":7}", "settings", {"a JSON object", "un objet JSON"}, "{\"url\":"},
        {"{\"settings\":[]}", "settings", {"a JSON object", "un objet JSON"}, "{\"url\":"},
        {WITH("\"username\":7"), "username", TEXT_WANTED, "hector"},
        {WITH("\"username\":[\"hector\"]"), "username", TEXT_WANTED, "hector"},
        {WITH("\"username\":\"hec\\ntor\""), "username", ONE_LINE, "hector"},
        {WITH("\"forticloud_user\":7"), "forticloud_user", TEXT_WANTED, "12345678-ABCD"},
        {WITH("\"forticloud_user\":\"A\""), "url", CLOUD_WANTED, "https://123456."},
        {"{\"settings\":{\"url\":\"https://127.0.0.1\",\"forticloud_user\":\"A\"}}", "url",
         CLOUD_WANTED, "https://123456."},
        {WITH("\"enrich\":\"fortiflex\""),
         "enrich",
         {"it must be a list", "ce doit être une liste"},
         "[\"asset_management\"]"},
        {WITH("\"enrich\":[\"fortiguard\"]"),
         "enrich",
         {"a list of: asset_management, fortiflex; fortiguard is none",
          "une liste parmi : asset_management, fortiflex; fortiguard n'en est"},
         "[\"asset_management\"]"},
        {WITH("\"enrich\":[\"fortiflex\"]"),
         "forticloud_user",
         {"needs an API user of FortiCloud", "demande un utilisateur d'API de FortiCloud"},
         "12345678-ABCD"},
        {"{\"settings\":{\"url\":\"https://192.0.2.1\",\"forticloud_user\":\"A\"},"
         "\"host\":{\"allow_loopback\":true,\"forticloud_url\":\"http://127.0.0.1:2\"}}",
         "url", CLOUD_WANTED, "https://123456."},
        {WITH("\"forticloud_account\":-7"), "forticloud_account", ACCOUNT_WANTED, "1234567"},
        {WITH("\"forticloud_account\":\"7\""), "forticloud_account", ACCOUNT_WANTED, "1234567"},
        {WITH("\"forticloud_account\":7.5"), "forticloud_account", ACCOUNT_WANTED, "1234567"},
        {WITH("\"forticloud_account\":2147483648"), "forticloud_account", ACCOUNT_WANTED,
         "1234567"},
        {WITH("\"enrich_minutes\":0"),
         "enrich_minutes",
         {"a whole number within 1 - 120", "un nombre entier dans l'intervalle 1 - 120"},
         "10"},
        {WITH("\"enrich_minutes\":121"),
         "enrich_minutes",
         {"a whole number within 1 - 120", "un nombre entier dans l'intervalle 1 - 120"},
         "10"},
        {"{\"settings\":{\"url\":\"https://1.2.3.4\"},"
         "\"host\":{\"forticloud_url\":\"http://127.0.0.1\"}}",
         "forticloud_url",
         {"an address of this machine", "une adresse de cette machine"},
         "http://127.0.0.1:8080"},
        {WITH("\"synchronize_categories\":\"true\""), "synchronize_categories", TRUE_FALSE, "true"},
        {WITH("\"synchronize_categories\":1"), "synchronize_categories", TRUE_FALSE, "true"},
        {WITH("\"verify_tls\":\"no\""), "verify_tls", TRUE_FALSE, "true"},
        {WITH("\"ca_certificate\":\"MIIB\""),
         "ca_certificate",
         {"a certificate in PEM", "un certificat au format PEM"},
         "-----BEGIN CERTIFICATE-----"},
        {WITH("\"ca_certificate\":\"-----BEGIN PRIVATE KEY-----\""),
         "ca_certificate",
         {"a certificate in PEM", "un certificat au format PEM"},
         "-----BEGIN CERTIFICATE-----"},
        {WITH("\"ca_certificate\":\"-----BEGIN CERTIFICATE-----\\nProc-Type: 4,ENCRYPTED\\n\""),
         "ca_certificate",
         {"a certificate in PEM", "un certificat au format PEM"},
         "-----BEGIN CERTIFICATE-----"},
        {WITH("\"ca_certificate\":{}"), "ca_certificate", TEXT_WANTED,
         "-----BEGIN CERTIFICATE-----"},
        {WITH("\"pinned_public_key\":\"sha256//AAAA\""), "pinned_public_key", PIN_WANTED, PIN},
        {WITH("\"pinned_public_key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\""),
         "pinned_public_key", PIN_WANTED, PIN},
        {WITH("\"pinned_public_key\":\"" PIN ";" PIN "\""), "pinned_public_key", PIN_WANTED, PIN},
        {WITH("\"pinned_public_key\":\"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA*=\""),
         "pinned_public_key", PIN_WANTED, PIN},
        {WITH("\"source\":\"fortianalyzer\""),
         "source",
         {"one of: auto, fortimanager, fortigate, fortinac, ems",
          "une valeur parmi : auto, fortimanager, fortigate, fortinac, ems"},
         "auto"},
        {WITH("\"source\":1"), "source", TEXT_WANTED, "auto"},
        {WITH("\"live_status\":\"always\""),
         "live_status",
         {"one of: when_needed, never", "une valeur parmi : when_needed, never"},
         "when_needed"},
        {WITH("\"live_status\":true"), "live_status", TEXT_WANTED, "when_needed"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"allow_loopback\":\"yes\"}}",
         "allow_loopback", TRUE_FALSE, "true"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"egress_address\":7}}", "egress_address",
         TEXT_WANTED, "203.0.113.7"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"proxy\":[]}}", "proxy", TEXT_WANTED,
         "http://proxy.example.org:3128"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"ca_file\":false}}", "ca_file",
         TEXT_WANTED, "/etc/ssl/certs/ca-certificates.crt"},
        {"{\"settings\":{\"url\":\"1.2.3.4\"},\"host\":{\"user_agent\":\"a\\r\\nb\"}}",
         "user_agent", ONE_LINE, "Hector"},
    };

    CHECK_BAD(cases);
}

/* The second address obeys the rules of the first; some systems allow none. */
static void test_fallback(void)
{
    static const struct {
        const char *request, *reason;
    } cases[] = {
        {WITH("\"fallback_url\":7"), "setting_invalid"},
        {WITH("\"fallback_url\":[\"1.2.3.5\"]"), "setting_invalid"},
        {WITH("\"fallback_url\":\"http://1.2.3.5\""), "setting_invalid"},
        {WITH("\"fallback_url\":\"ftp://1.2.3.5\""), "setting_invalid"},
        {WITH("\"fallback_url\":\"https://user@1.2.3.5\""), "setting_invalid"},
        {WITH("\"fallback_url\":\"https://1.2.3.5/jsonrpc\""), "setting_invalid"},
        {WITH("\"fallback_url\":\"1.2.3.5:0\""), "setting_invalid"},
        {WITH("\"fallback_url\":\"1.2.3.5\",\"source\":\"fortigate\""), "setting_not_for"},
        {"{\"settings\":{\"url\":\"1.fortimanager.forticloud.com\",\"forticloud_user\":\"A\","
         "\"fallback_url\":\"2.fortimanager.forticloud.com\"}}",
         "setting_not_for"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(read_request(&host, cases[i].request), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), cases[i].reason);
        CU_ASSERT_STRING_EQUAL(host.failure.field, "fallback_url");
        host_end(&host);
    }
}

/* A setting of another kind of system, where the kind must be named; and what EMS Cloud needs. */
static void test_sources(void)
{
#define EMS_CLOUD(rest) "{\"settings\":{\"url\":\"forticlient.forticloud.com\"," rest "}}"
    static const struct {
        const char *request, *field, *reason;
    } cases[] = {
        {WITH("\"source\":\"fortinac\",\"username\":\"hector\""), "username", "setting_not_for"},
        {WITH("\"source\":\"fortinac\",\"adoms\":[\"root\"]"), "adoms", "setting_not_for"},
        {WITH("\"source\":\"fortinac\",\"include\":[\"model\"]"), "include", "setting_not_for"},
        {WITH("\"source\":\"fortinac\",\"fallback_url\":\"1.2.3.5\""), "fallback_url",
         "setting_not_for"},
        {WITH("\"source\":\"ems\",\"live_status\":\"never\""), "live_status", "setting_not_for"},
        {WITH("\"source\":\"ems\",\"proxy_batch\":10"), "proxy_batch", "setting_not_for"},
        {WITH("\"source\":\"ems\",\"enrich\":[\"fortiflex\"],\"forticloud_user\":\"A\""), "enrich",
         "setting_not_for"},
        {WITH("\"source\":\"fortinac\",\"ems_site\":\"a\""), "ems_site", "setting_needs_source"},
        {WITH("\"source\":\"fortinac\",\"ems_account\":\"a@b\""), "ems_account",
         "setting_needs_source"},
        {WITH("\"source\":\"ems\",\"filter\":\"a==b\""), "filter", "setting_needs_source"},
        {WITH("\"filter\":\"a==b\""), "filter", "setting_needs_source"},
        {WITH("\"source\":\"fortigate\",\"ems_site\":\"a\""), "ems_site", "setting_needs_source"},
        {WITH("\"source\":\"fortinac\",\"verify_tls\":false"), "verify_tls", "tls_needed"},
        {WITH("\"source\":\"ems\",\"verify_tls\":false"), "verify_tls", "tls_needed"},
        {WITH("\"source\":\"ems\",\"ems_account\":\"a@b\""), "url", "setting_invalid"},
        {WITH("\"source\":\"ems\",\"ems_account\":\"a\""), "ems_account", "setting_invalid"},
        {WITH("\"source\":\"ems\",\"ems_account\":\"@b\""), "ems_account", "setting_invalid"},
        {WITH("\"source\":\"ems\",\"ems_account\":\"a@\""), "ems_account", "setting_invalid"},
        {EMS_CLOUD("\"source\":\"ems\""), "ems_account", "setting_invalid"},
        {EMS_CLOUD("\"source\":\"auto\""), "ems_account", "setting_invalid"},
        {EMS_CLOUD("\"source\":\"ems\",\"ems_account\":\"a@b\",\"username\":\"c\""), "username",
         "setting_not_for"},
        {EMS_CLOUD("\"source\":\"ems\",\"ems_account\":\"a@b\",\"ems_site\":\"c\""), "ems_site",
         "setting_not_for"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(read_request(&host, cases[i].request), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), cases[i].reason);
        CU_ASSERT_STRING_EQUAL(host.failure.field, cases[i].field);
        host_end(&host);
    }
}

/* Text one byte too long, and text that just fits. */
static void test_lengths(void)
{
    char request[512], name[130];
    struct test_host host;

    memset(name, 'u', sizeof(name));
    name[128] = '\0';
    host_begin(&host);
    (void)snprintf(request, sizeof(request), WITH("\"username\":\"%s\""), name);
    CU_ASSERT_EQUAL(read_request(&host, request), HECTOR_OK);
    host_end(&host);
    name[128] = 'u';
    name[129] = '\0';
    host_begin(&host);
    (void)snprintf(request, sizeof(request), WITH("\"username\":\"%s\""), name);
    CU_ASSERT_EQUAL(read_request(&host, request), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(host.failure.field, "username");
    CU_ASSERT_PTR_NOT_NULL(strstr(host.failure.message, "no longer than 128 bytes"));
    host_end(&host);
}

static void test_too_many_meta(void)
{
    struct buffer request = BUFFER(KIB(8));
    struct test_host host;

    for (int count = META_VALUES_MAX; count <= META_VALUES_MAX + 1; count++) {
        buffer_clear(&request);
        buffer_append_text(&request, "{\"settings\":{\"url\":\"1.2.3.4\",\"attributes\":[");
        for (int i = 0; i < count; i++) {
            buffer_printf(&request, "%s\"meta.Field %d\"", i > 0 ? "," : "", i);
        }
        buffer_append_text(&request, "]}}");
        host_begin(&host);
        CU_ASSERT_EQUAL(read_request(&host, buffer_text(&request)),
                        count == META_VALUES_MAX ? HECTOR_OK : HECTOR_CONFIG);
        if (count > META_VALUES_MAX) {
            CU_ASSERT_STRING_EQUAL(host.failure.field, "attributes");
            CU_ASSERT_PTR_NOT_NULL(strstr(host.failure.message, "at most 32 custom fields"));
        }
        host_end(&host);
    }
    buffer_release(&request);
}

/* The message does not repeat the value of a secret. */
static void test_secret_in_settings(void)
{
    static const char *const keys[] = {"token", "password", "api_key", "secret"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct test_host host;
            char request[256];

            host_begin(&host);
            (void)snprintf(request, sizeof(request),
                           "{\"language\":\"%s\",\"settings\":{\"url\":\"1.2.3.4\",\"%s\":"
                           "\"hunter2\"}}",
                           message_language_code((enum language)language), keys[i]);
            CU_ASSERT_EQUAL(read_request(&host, request), HECTOR_CONFIG);
            CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "secret_in_settings");
            CU_ASSERT_STRING_EQUAL(host.failure.field, keys[i]);
            CU_ASSERT_PTR_NOT_NULL(strstr(host.failure.message, keys[i]));
            CU_ASSERT_PTR_NULL(strstr(host.failure.message, "hunter2"));
            CU_ASSERT_PTR_NULL(strstr(host.failure.detail, "hunter2"));
            host_end(&host);
        }
    }
}

static void test_no_settings(void)
{
    static const char *const requests[] = {"{}", "{\"setting\":{}}", "{\"settings\":null}"};

    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        struct test_host host;

        host_begin(&host);
        CU_ASSERT_EQUAL(read_request(&host, requests[i]), HECTOR_CONFIG);
        CU_ASSERT_STRING_EQUAL(message_slug(host.failure.reason), "settings_missing");
        CU_ASSERT_STRING_EQUAL(host.failure.field, "settings");
        CU_ASSERT_STRING_EQUAL(host.failure.message,
                               "There are no settings, and at least the address is needed. "
                               "Example: {\"url\": \"https://1.2.3.4\"}");
        host_end(&host);
    }
}

/* Each list, and each setting with a rule of its own, says what it must be. */
static void test_expected(void)
{
    const struct setting *row;

    for (size_t i = 0; (row = setting_at(i)) != NULL; i++) {
        const char *json = SETTING_TYPES[row->type].json;
        bool list = json != NULL && strcmp(json, "array") == 0;
        char text[128];

        (void)snprintf(text, sizeof(text), "%s: .expected is missing", row->key);
        CU_assertImplementation(row->expected != 0 || (!list && row->accept == NULL), __LINE__,
                                text, __FILE__, "", CU_FALSE);
    }
}

static CU_TestInfo bad_tests[] = {
    {"no url", test_no_url},
    {"bad urls", test_bad_urls},
    {"a long url", test_long_url},
    {"bad lists", test_bad_lists},
    {"bad numbers", test_bad_numbers},
    {"bad values", test_bad_values},
    {"no settings", test_no_settings},
    {"what each must be", test_expected},
    {"fallback_url", test_fallback},
    {"of another kind of system", test_sources},
    {"lengths", test_lengths},
    {"too many custom fields", test_too_many_meta},
    {"a secret in the settings", test_secret_in_settings},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "refused", .pTests = bad_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
