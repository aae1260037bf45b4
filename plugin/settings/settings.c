/*
 * settings.c - the request and settings documents as a struct; every error names its field.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/utf8.h"
#include "json/json_guard.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define EXAMPLE_URL      "https://1.2.3.4"
#define EXAMPLE_CLOUD    "https://123456.eu-central-1.fortimanager.forticloud.com"
#define EXAMPLE_API_USER "12345678-ABCD-1234-ABCD-123456789ABC"
#define EXAMPLE_STAND_IN "http://127.0.0.1:8080"
#define EXAMPLE_PIN      "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

/* Context of the readers below. */
struct reading {
    const struct operation *operation;
    struct json_object *object; /* "settings" or "host" */
    struct failure *failure;
};

/* Fails with "The setting X is not valid: it must be Y. Example: Z." */
static int32_t wrong(const struct reading *reading, const char *key, enum message_id expected,
                     const char *limit, const char *example)
{
    char what[MESSAGE_MAX];

    operation_sentence(reading->operation, what, sizeof(what), expected, ARGUMENTS(limit));
    return fail_field(reading->operation, reading->failure, key, REASON_setting_invalid, NULL,
                      ARGUMENTS(key, what, example));
}

static bool has_control(const char *text, bool lines_allowed)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if ((c < 0x20 && !(lines_allowed && (c == '\n' || c == '\r' || c == '\t'))) || c == 0x7F) {
            return true;
        }
    }
    return false;
}

static int32_t read_text(const struct reading *reading, const char *key, size_t most,
                         const char *example, const char **ret)
{
    struct json_object *value = json_member(reading->object, key);
    const char *text = json_text(value);
    bool lines = strcmp(key, "ca_certificate") == 0;
    char limit[24];

    if (value == NULL) {
        return HECTOR_OK;
    }
    (void)snprintf(limit, sizeof(limit), "%zu", most);
    if (text == NULL) {
        return wrong(reading, key, LABEL_expected_text, limit, example);
    }
    if (*text == '\0') {
        return HECTOR_OK; /* an empty field of a form counts as not set */
    }
    if (strlen(text) > most) {
        return wrong(reading, key, LABEL_expected_shorter, limit, example);
    }
    if (has_control(text, lines)) {
        return wrong(reading, key, LABEL_expected_one_line, limit, example);
    }
    *ret = text;
    return HECTOR_OK;
}

static int32_t read_boolean(const struct reading *reading, const char *key, bool *ret)
{
    struct json_object *value = json_member(reading->object, key);

    if (value == NULL) {
        return HECTOR_OK;
    }
    if (!json_object_is_type(value, json_type_boolean)) {
        return wrong(reading, key, LABEL_expected_boolean, "", "true");
    }
    *ret = json_object_get_boolean(value);
    return HECTOR_OK;
}

static int32_t read_integer(const struct reading *reading, const char *key, int32_t least,
                            int32_t most, int32_t *ret)
{
    struct json_object *value = json_member(reading->object, key);
    int64_t number;
    char limit[40], example[16];

    if (value == NULL) {
        return HECTOR_OK;
    }
    if (!json_object_is_type(value, json_type_int) || !json_integer(value, &number) ||
        number < least || number > most) {
        (void)snprintf(limit, sizeof(limit), "%d - %d", least, most);
        (void)snprintf(example, sizeof(example), "%d", *ret != 0 ? *ret : least);
        return wrong(reading, key, LABEL_expected_integer, limit, example);
    }
    *ret = (int32_t)number;
    return HECTOR_OK;
}

/* Reads an address to connect to: `url` or `fallback_url`. */
static int32_t read_address(const struct reading *reading, const char *key, bool allow_loopback,
                            struct address *ret)
{
    static const enum message_id faults[] = {
        [ADDRESS_EMPTY] = LABEL_expected_address,
        [ADDRESS_SCHEME] = LABEL_expected_scheme,
        [ADDRESS_CREDENTIALS] = LABEL_expected_no_credentials,
        [ADDRESS_PATH] = LABEL_expected_no_path,
        [ADDRESS_HOST] = LABEL_expected_address,
        [ADDRESS_PORT] = LABEL_expected_port,
        [ADDRESS_LONG] = LABEL_expected_address,
    };
    const char *text = json_text(json_member(reading->object, key));
    enum address_fault fault;

    if (text == NULL) {
        return wrong(reading, key, LABEL_expected_text, "", EXAMPLE_URL);
    }
    fault = address_parse(text, ret);
    if (fault != ADDRESS_OK) {
        return wrong(reading, key, faults[fault], "", EXAMPLE_URL);
    }
    if (!ret->https && !allow_loopback) {
        return wrong(reading, key, LABEL_expected_https, "", EXAMPLE_URL);
    }
    return HECTOR_OK;
}

/* Writes the address for people: "fmg.example.org:8443". */
static void name_origin(const struct address *address, char *ret, size_t capacity)
{
    char url[ADDRESS_TEXT_MAX];
    const char *text;

    address_format(address, url, sizeof(url));
    text = strstr(url, "://") + 3;
    utf8_copy(ret, capacity, text, strlen(text));
}

static int32_t read_url(const struct reading *reading, struct settings *settings)
{
    const char *url = json_text(json_member(reading->object, "url"));
    int32_t code;

    if (json_member(reading->object, "url") == NULL || (url != NULL && *url == '\0')) {
        return fail_field(reading->operation, reading->failure, "url", REASON_url_missing, NULL,
                          NO_ARGUMENTS);
    }
    code = read_address(reading, "url", settings->allow_loopback, &settings->address);
    if (code == HECTOR_OK) {
        name_origin(&settings->address, settings->home, sizeof(settings->home));
        settings_use_fallback(settings, false);
    }
    return code;
}

/* Reads fallback_url. Only a self-hosted FortiManager has an HA peer with an address. */
static int32_t read_fallback(const struct reading *reading, struct settings *settings)
{
    const char *text = json_member_text(reading->object, "fallback_url");

    if (json_member(reading->object, "fallback_url") == NULL || (text != NULL && *text == '\0')) {
        return HECTOR_OK;
    }
    if (settings->forticloud_user != NULL) {
        return fail_field(reading->operation, reading->failure, "fallback_url",
                          REASON_setting_not_for, NULL,
                          ARGUMENTS("fallback_url", "FortiManager Cloud"));
    }
    if (settings->source != NULL && strcmp(settings->source, "fortigate") == 0) {
        return fail_field(reading->operation, reading->failure, "fallback_url",
                          REASON_setting_not_for, NULL, ARGUMENTS("fallback_url", "FortiGate"));
    }
    return read_address(reading, "fallback_url", settings->allow_loopback, &settings->fallback);
}

void settings_use_fallback(struct settings *settings, bool use)
{
    settings->on_fallback = use;
    name_origin(use ? &settings->fallback : &settings->address, settings->origin,
                sizeof(settings->origin));
}

/* True for a test server that replaces Fortinet's, on this machine only. */
static bool is_stand_in(const struct settings *settings, const struct address *address)
{
    return settings->allow_loopback && address_classify_literal(address->host) == ADDRESS_LOOPBACK;
}

/*
 * Reads the login for FortiManager Cloud. A token of FortiCloud opens every FortiManager Cloud of
 * the account, so it is sent only to addresses of FortiManager Cloud.
 */
static int32_t read_forticloud(const struct reading *reading, struct settings *settings)
{
    static const char CLOUD[] = ".fortimanager.forticloud.com";
    size_t host_size = strlen(settings->address.host), size = strlen(CLOUD);
    bool cloud = host_size > size && strcmp(settings->address.host + host_size - size, CLOUD) == 0;
    int32_t code =
        read_text(reading, "forticloud_user", 128, EXAMPLE_API_USER, &settings->forticloud_user);

    if (code != HECTOR_OK) {
        return code;
    }
    if (settings->forticloud_user == NULL) {
        return cloud ? wrong(reading, "forticloud_user", LABEL_expected_forticloud_user, "",
                             EXAMPLE_API_USER)
                     : HECTOR_OK;
    }
    if (settings->username != NULL) {
        return fail_field(reading->operation, reading->failure, "forticloud_user",
                          REASON_credentials_both, NULL, NO_ARGUMENTS);
    }
    if (!cloud && !is_stand_in(settings, &settings->address)) {
        return wrong(reading, "url", LABEL_expected_cloud, "", EXAMPLE_CLOUD);
    }
    return HECTOR_OK;
}

/* Reads the address of FortiCloud; only tests set another one. */
static int32_t read_forticloud_url(const struct reading *reading, struct settings *settings)
{
    const char *url = NULL;
    int32_t code = read_text(reading, "forticloud_url", 512, EXAMPLE_STAND_IN, &url);

    if (code != HECTOR_OK || url == NULL) {
        (void)address_parse("https://customerapiauth.fortinet.com", &settings->forticloud);
        return code;
    }
    return address_parse(url, &settings->forticloud) == ADDRESS_OK &&
                   is_stand_in(settings, &settings->forticloud)
               ? HECTOR_OK
               : wrong(reading, "forticloud_url", LABEL_expected_stand_in, "", EXAMPLE_STAND_IN);
}

/* Calls `take` for each text of a list; CONFIG if it returns false. */
static int32_t read_list(const struct reading *reading, const char *key, const char *example,
                         bool (*take)(struct settings *, const char *), enum message_id expected,
                         struct settings *settings)
{
    struct json_object *list = json_member(reading->object, key);

    if (!json_object_is_type(list, json_type_array)) {
        return wrong(reading, key, LABEL_expected_list, "", example);
    }
    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *element = json_element(list, i);
        const char *text = json_text(element);

        if (text == NULL || !take(settings, text)) {
            const char *type = json_type_to_name(json_object_get_type(element));

            return wrong(reading, key, expected, text != NULL ? text : type, example);
        }
    }
    return HECTOR_OK;
}

static bool take_device_type(struct settings *settings, const char *text)
{
    enum device_type type;

    if (!device_type_by_id(text, &type)) {
        return false;
    }
    settings->device_types[type] = true;
    return true;
}

static bool take_attribute(struct settings *settings, const char *text)
{
    enum attribute attribute;

    if (strncmp(text, META_PREFIX, strlen(META_PREFIX)) == 0) {
        const char *name = text + strlen(META_PREFIX);

        if (*name == '\0' || strlen(name) > NAME_MAX_BYTES || has_control(name, false) ||
            settings->meta_count == META_VALUES_MAX) {
            return false;
        }
        for (size_t i = 0; i < settings->meta_count; i++) {
            if (strcmp(settings->meta[i], name) == 0) {
                return true;
            }
        }
        settings->meta[settings->meta_count++] = name;
        return true;
    }
    attribute = attribute_by_id(text);
    if (attribute == ATTRIBUTE_COUNT) {
        return false;
    }
    settings->attributes[attribute] = true;
    return true;
}

static bool take_adom(struct settings *settings, const char *text)
{
    (void)settings; /* the array itself is kept */
    return *text != '\0' && strlen(text) <= NAME_MAX_BYTES && !has_control(text, false);
}

static bool take_include(struct settings *settings, const char *text)
{
    if (strcmp(text, "log_only") == 0) {
        settings->include_log_only = true;
    } else if (strcmp(text, "unauthorized") == 0) {
        settings->include_unauthorized = true;
    } else if (strcmp(text, "model") == 0) {
        settings->include_model = true;
    } else {
        return false;
    }
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int compare_adoms(const void *a, const void *b)
{
    return strcmp(json_text(*(struct json_object *const *)a),
                  json_text(*(struct json_object *const *)b));
}

/* Reads the lists, and sorts them: the order in which a user selected the values has no meaning. */
static int32_t read_lists(const struct reading *reading, struct settings *settings)
{
    int32_t code = HECTOR_OK;

    settings->attributes[ATTRIBUTE_serial_number] = true; /* the key: locked on */
    if (json_member(reading->object, "device_types") == NULL) {
        for (int i = 0; i < DEVICE_TYPE_COUNT; i++) {
            settings->device_types[i] = true;
        }
    } else {
        code = read_list(reading, "device_types", "[\"firewall\", \"switch\", \"access_point\"]",
                         take_device_type, LABEL_expected_device_types, settings);
        if (code == HECTOR_OK && json_count(json_member(reading->object, "device_types")) == 0) {
            code = wrong(reading, "device_types", LABEL_expected_device_types, "[]",
                         "[\"firewall\", \"switch\", \"access_point\"]");
        }
    }
    if (code == HECTOR_OK && json_member(reading->object, "attributes") != NULL) {
        code = read_list(reading, "attributes", "[\"serial_number\", \"name\"]", take_attribute,
                         LABEL_expected_attributes, settings);
        qsort(settings->meta, settings->meta_count, sizeof(*settings->meta), compare_names);
    }
    if (code == HECTOR_OK && json_member(reading->object, "adoms") != NULL) {
        code = read_list(reading, "adoms", "[\"root\"]", take_adom, LABEL_expected_adoms, settings);
        settings->adoms = json_member_array(reading->object, "adoms");
        if (json_count(settings->adoms) == 0) {
            settings->adoms = NULL;
        } else if (code == HECTOR_OK) {
            json_object_array_sort(settings->adoms, compare_adoms);
        }
    }
    if (json_member(reading->object, "include") == NULL) {
        settings->include_log_only = true;
    } else if (code == HECTOR_OK) {
        code = read_list(reading, "include", "[\"log_only\"]", take_include, LABEL_expected_include,
                         settings);
    }
    return code;
}

static int32_t read_choices(const struct reading *reading, struct settings *settings)
{
    const char *source = "auto", *live = "when_needed";
    int32_t code = read_text(reading, "source", 32, "auto", &source);

    if (code != HECTOR_OK) {
        return code;
    }
    if (strcmp(source, "fortimanager") == 0 || strcmp(source, "fortigate") == 0) {
        settings->source = source;
    } else if (strcmp(source, "auto") != 0) {
        return wrong(reading, "source", LABEL_expected_choice, "auto, fortimanager, fortigate",
                     "auto");
    }
    code = read_text(reading, "live_status", 32, "when_needed", &live);
    if (code != HECTOR_OK) {
        return code;
    }
    settings->live_status = strcmp(live, "when_needed") == 0;
    if (!settings->live_status && strcmp(live, "never") != 0) {
        return wrong(reading, "live_status", LABEL_expected_choice, "when_needed, never",
                     "when_needed");
    }
    return HECTOR_OK;
}

static int32_t read_tls(const struct reading *reading, struct settings *settings)
{
    const char *pin;
    int32_t code;

    code = read_text(reading, "ca_certificate", KIB(64), "-----BEGIN CERTIFICATE-----...",
                     &settings->ca_certificate);
    /* If it is encrypted, OpenSSL would prompt for the password on the terminal of the host. */
    if (code == HECTOR_OK && settings->ca_certificate != NULL &&
        (strstr(settings->ca_certificate, "-----BEGIN CERTIFICATE-----") == NULL ||
         strstr(settings->ca_certificate, "Proc-Type:") != NULL)) {
        code = wrong(reading, "ca_certificate", LABEL_expected_pem, "",
                     "-----BEGIN CERTIFICATE-----...");
    }
    if (code == HECTOR_OK) {
        code =
            read_text(reading, "pinned_public_key", 128, EXAMPLE_PIN, &settings->pinned_public_key);
    }
    pin = settings->pinned_public_key;
    if (code == HECTOR_OK && pin != NULL && !policy_pin_valid(pin)) {
        code = wrong(reading, "pinned_public_key", LABEL_expected_pin, "", EXAMPLE_PIN);
    }
    return code == HECTOR_OK ? read_boolean(reading, "verify_tls", &settings->verify_tls) : code;
}

/* The secrets, by their names and by what users call them. */
static const struct {
    const char *called, *name;
} SECRETS[] = {{"token", "token"},
               {"password", "password"},
               {"forticloud_password", "forticloud_password"},
               {"api_key", "token"},
               {"secret", "token"}};

bool settings_is_secret(const char *name)
{
    for (size_t i = 0; i < sizeof(SECRETS) / sizeof(SECRETS[0]); i++) {
        if (strcmp(SECRETS[i].called, name) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * CONFIG (secret_in_settings) if the settings contain a secret: the host stores them in the clear.
 */
static int32_t refuse_secrets(const struct reading *reading)
{
    for (size_t i = 0; i < sizeof(SECRETS) / sizeof(SECRETS[0]); i++) {
        const char *called = SECRETS[i].called;

        if (json_member(reading->object, called) != NULL) {
            return fail_field(reading->operation, reading->failure, called,
                              REASON_secret_in_settings, NULL, ARGUMENTS(called, SECRETS[i].name));
        }
    }
    return HECTOR_OK;
}

static int32_t read_host(struct operation *operation, struct json_object *host,
                         struct settings *settings, struct failure *failure)
{
    struct reading reading = {operation, host, failure};
    int32_t code;

    code = read_boolean(&reading, "allow_loopback", &settings->allow_loopback);
    if (code == HECTOR_OK) {
        code = read_text(&reading, "egress_address", 64, "203.0.113.7", &settings->egress_address);
    }
    if (code == HECTOR_OK) {
        code = read_text(&reading, "proxy", 512, "http://proxy.example.org:3128", &settings->proxy);
    }
    if (code == HECTOR_OK) {
        code = read_text(&reading, "ca_file", 4096, "/etc/ssl/certs/ca-certificates.crt",
                         &settings->ca_file);
    }
    if (code == HECTOR_OK) {
        code = read_text(&reading, "user_agent", 128, "Hector", &settings->user_agent);
    }
    if (code == HECTOR_OK) {
        code = read_forticloud_url(&reading, settings);
    }
    return code;
}

int32_t settings_read(struct operation *operation, struct json_object *request,
                      struct settings *ret, struct failure *failure)
{
    struct json_object *document = json_member(request, "settings");
    struct reading reading = {operation, document, failure};
    int32_t code;

    *ret = (struct settings){.document = document,
                             .synchronize_categories = true,
                             .verify_tls = true,
                             .proxy_batch = 20,
                             .timeout_s = 60};
    if (document == NULL) {
        return fail_field(operation, failure, "settings", REASON_settings_missing, NULL,
                          NO_ARGUMENTS);
    }
    if (!json_object_is_type(document, json_type_object)) {
        return wrong(&reading, "settings", LABEL_expected_object, "",
                     "{\"url\": \"" EXAMPLE_URL "\"}");
    }
    code = read_host(operation, json_member(request, "host"), ret, failure);
    if (code == HECTOR_OK) {
        code = read_boolean(&(struct reading){operation, request, failure}, "record", &ret->record);
    }
    if (code == HECTOR_OK) {
        code = refuse_secrets(&reading);
    }
    if (code == HECTOR_OK) {
        code = read_url(&reading, ret);
    }
    if (code == HECTOR_OK) {
        code = read_text(&reading, "username", 128, "hector", &ret->username);
    }
    if (code == HECTOR_OK) {
        code = read_forticloud(&reading, ret);
    }
    if (code == HECTOR_OK) {
        code = read_lists(&reading, ret);
    }
    if (code == HECTOR_OK) {
        code = read_boolean(&reading, "synchronize_categories", &ret->synchronize_categories);
    }
    if (code == HECTOR_OK) {
        code = read_tls(&reading, ret);
    }
    if (code == HECTOR_OK) {
        code = read_choices(&reading, ret);
    }
    if (code == HECTOR_OK) {
        code = read_fallback(&reading, ret);
    }
    if (code == HECTOR_OK) {
        code = read_integer(&reading, "proxy_batch", 1, 50, &ret->proxy_batch);
    }
    if (code == HECTOR_OK) {
        code = read_integer(&reading, "timeout_s", 5, 600, &ret->timeout_s);
    }
    return code;
}

static void read_lead(struct json_object *names, const char *key, char ret[static KEY_LEAD_MAX])
{
    const char *lead = json_member_text(names, key);

    utf8_copy(ret, KEY_LEAD_MAX, lead != NULL ? lead : "", lead != NULL ? strlen(lead) : 0);
}

/*
 * Reads how the host's users spell a setting and a secret; without it, messages use the labels of a
 * form.
 */
static void read_names(struct json_object *names, struct wording *wording)
{
    wording->keys = names != NULL;
    read_lead(names, "setting", wording->setting_lead);
    read_lead(names, "secret", wording->secret_lead);
}

int32_t settings_parse_request(struct operation *operation, const char *request, size_t size,
                               struct json_object **ret, struct failure *failure)
{
    struct json_object *json = NULL, *host;
    enum json_fault fault;
    int32_t deadline_s = 0;
    int32_t code;

    if (request == NULL || size == 0) {
        request = "{}";
        size = 2;
    }
    if (size > HECTOR_REQUEST_MAX) {
        return fail(operation, failure, REASON_request_too_large, NULL, NO_ARGUMENTS);
    }
    fault = json_guard_parse(request, size, REQUEST_TREE_MAX, &json, NULL);
    if (fault == JSON_MEMORY) {
        return fail_memory(operation, failure);
    }
    if (fault == JSON_TREE) {
        return fail(operation, failure, REASON_request_too_large, NULL, NO_ARGUMENTS);
    }
    if (fault != JSON_OK || !json_object_is_type(json, json_type_object)) {
        json_object_put(json);
        return fail(operation, failure, REASON_request_invalid, NULL, NO_ARGUMENTS);
    }
    operation->wording.language = message_language(json_member_text(json, "language"));
    host = json_member(json, "host");
    read_names(json_member_object(host, "names"), &operation->wording);
    code = read_integer(&(struct reading){operation, host, failure}, "deadline_s", 1, 86400,
                        &deadline_s);
    if (code != HECTOR_OK) {
        json_object_put(json);
        return code;
    }
    if (deadline_s != 0) {
        operation->deadline_ms = clock_ms() + (int64_t)deadline_s * 1000;
    }
    *ret = json;
    return HECTOR_OK;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/*
 * Returns the number of edits between two keys [Damerau-Levenshtein, optimal string alignment],
 * without regard to the case of `key`. Neither is longer than KEY_SHOWN_MAX.
 */
static int distance(const char *key, const char *known)
{
    int rows[3][KEY_SHOWN_MAX + 1] = {{0}}, *before = rows[0], *last = rows[1], *row = rows[2];
    int size = (int)strlen(known);

    for (int j = 0; j <= size; j++) {
        last[j] = j;
    }
    for (int i = 1; key[i - 1] != '\0'; i++) {
        int *spare = before;

        row[0] = i;
        for (int j = 1; j <= size; j++) {
            bool same = lower(key[i - 1]) == known[j - 1];

            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && lower(key[i - 1]) == known[j - 2] &&
                lower(key[i - 2]) == known[j - 1]) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[size];
}

static const char *meant_key(const char *key, const char *const *known)
{
    const char *meant = NULL;
    int best = MISSPELT_MAX + 1;

    for (size_t i = 0; strlen(key) <= KEY_SHOWN_MAX && known[i] != NULL; i++) {
        int letters = distance(key, known[i]);

        if (letters < best && 2 * letters < (int)strlen(known[i])) {
            best = letters;
            meant = known[i];
        }
    }
    return meant;
}

int32_t settings_unknown_keys(const struct settings *settings, int32_t code,
                              int32_t (*unknown)(void *context, const char *key, const char *meant),
                              void *context)
{
    static const char *const known[] = {"url",
                                        "device_types",
                                        "synchronize_categories",
                                        "attributes",
                                        "username",
                                        "forticloud_user",
                                        "ca_certificate",
                                        "pinned_public_key",
                                        "verify_tls",
                                        "source",
                                        "fallback_url",
                                        "adoms",
                                        "include",
                                        "live_status",
                                        "proxy_batch",
                                        "timeout_s",
                                        NULL};

    if (!json_object_is_type(settings->document, json_type_object)) {
        return code;
    }
    json_object_object_foreach(settings->document, key, value)
    {
        size_t i = 0;
        int32_t reported;

        (void)value;
        while (known[i] != NULL && strcmp(known[i], key) != 0) {
            i++;
        }
        if (known[i] == NULL && !settings_is_secret(key)) {
            reported = unknown(context, key, meant_key(key, known));
            if (reported != HECTOR_OK) {
                return reported;
            }
        }
    }
    return code;
}

/*
 * Writes what determines which units are listed, in one canonical form, whatever the order in the
 * document.
 */
static void write_listing(const struct settings *settings, bool one_fgt, struct buffer *out)
{
    json_write_boolean(out, "unauthorized", settings->include_unauthorized);
    if (one_fgt) { /* a FortiGate has neither ADOMs nor rows of devices */
        return;
    }
    json_write_array(out, "adoms");
    for (size_t i = 0; i < json_count(settings->adoms); i++) {
        json_write_string(out, NULL, json_text(json_element(settings->adoms, i)));
    }
    json_write_array_end(out);
    json_write_boolean(out, "log_only", settings->include_log_only);
    json_write_boolean(out, "model", settings->include_model);
}

/*
 * Writes all settings that affect the result of a sync in one canonical form, whatever the order or
 * defaults in the document. Omits fallback_url: both addresses are those of the same FortiManager.
 */
static void write_canonical(const struct settings *settings, struct buffer *out)
{
    char url[320];

    address_format(&settings->address, url, sizeof(url));
    json_write_object(out, NULL);
    json_write_string(out, "url", url);
    json_write_string(out, "username", settings->username != NULL ? settings->username : "");
    json_write_string(out, "forticloud_user",
                      settings->forticloud_user != NULL ? settings->forticloud_user : "");
    json_write_array(out, "device_types");
    for (int i = 0; i < DEVICE_TYPE_COUNT; i++) {
        json_write_boolean(out, NULL, settings->device_types[i]);
    }
    json_write_array_end(out);
    json_write_boolean(out, "synchronize_categories", settings->synchronize_categories);
    json_write_array(out, "attributes");
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (settings->attributes[i]) {
            json_write_string(out, NULL, attribute_info((enum attribute)i)->id);
        }
    }
    json_write_array_end(out);
    json_write_array(out, "meta");
    for (size_t i = 0; i < settings->meta_count; i++) {
        json_write_string(out, NULL, settings->meta[i]);
    }
    json_write_array_end(out);
    write_listing(settings, false, out);
    json_write_boolean(out, "live_status", settings->live_status);
    json_write_string(out, "source", settings->source != NULL ? settings->source : "auto");
    json_write_object_end(out);
}

/* Writes "sha256:..." over a text, and releases the text. */
static int32_t digest(struct operation *operation, struct buffer *text, char ret[static 72],
                      struct failure *failure)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    int32_t code = fail_buffer(operation, failure, text);

    if (code == HECTOR_OK &&
        EVP_Digest(text->data, text->size, hash, &size, EVP_sha256(), NULL) != 1) {
        code = fail_memory(operation, failure);
    }
    buffer_release(text);
    if (code == HECTOR_OK) {
        memcpy(ret, "sha256:", sizeof("sha256:"));
        for (unsigned int i = 0; i < size; i++) {
            (void)snprintf(ret + 7 + (size_t)i * 2, 3, "%02x", hash[i]);
        }
    }
    return code;
}

int32_t settings_digest(struct operation *operation, const struct settings *settings,
                        char ret[static 72], struct failure *failure)
{
    struct buffer text = BUFFER(HECTOR_REQUEST_MAX);

    write_canonical(settings, &text);
    return digest(operation, &text, ret, failure);
}

int32_t settings_listing_digest(struct operation *operation, const struct settings *settings,
                                const char *system, char ret[static 72], struct failure *failure)
{
    struct buffer text = BUFFER(HECTOR_REQUEST_MAX);

    json_write_object(&text, NULL);
    json_write_string(&text, "system", system);
    write_listing(settings, strcmp(system, "fortigate") == 0, &text);
    json_write_object_end(&text);
    return digest(operation, &text, ret, failure);
}

const char *settings_account(const struct settings *settings)
{
    return settings->forticloud_user != NULL ? settings->forticloud_user : settings->username;
}

struct http_policy settings_http_policy(const struct settings *settings)
{
    return (struct http_policy){
        .address = settings->on_fallback ? settings->fallback : settings->address,
        .allow_loopback = settings->allow_loopback,
        .verify_tls = settings->verify_tls,
        .ca_certificate = settings->ca_certificate,
        .ca_file = settings->ca_file,
        .pinned_public_key = settings->pinned_public_key,
        .proxy = settings->proxy,
        .user_agent = settings->user_agent,
        .timeout_ms = settings->timeout_s * 1000,
    };
}
