/*
 * settings.c - the request and settings documents as a struct; every error names its field.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "settings.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vector.h"
#include "net/certificate.h"
#include "json/json_guard.h"
#include "json/json_read.h"

#define EXAMPLE_URL   "https://1.2.3.4"
#define EXAMPLE_CLOUD "https://123456.eu-central-1.fortimanager.forticloud.com"

/* What is read, and into what. */
struct reading {
    const struct operation *operation;
    struct json_object *object; /* "settings", "host" or the request */
    struct settings *settings;
    struct failure *failure;
};

/* One setting. Reader and check return CONFIG with a failure that names it. */
struct setting {
    const char *key;
    int32_t (*read)(const struct reading *reading, const struct setting *row);
    size_t member;               /* offset in struct settings */
    int32_t most;                /* bytes of a text, elements of a list */
    struct settings_range range; /* of a number */
    bool has_lines;              /* a text of several lines */
    const char *example;         /* of a number: the default */
    bool (*accept)(struct settings *settings, const char *text); /* a text, an element of a list */
    enum message_id expected;                                    /* if it is not accepted */
    const char *choices;                                         /* texts that are accepted */
    int32_t (*check)(const struct reading *reading, const struct setting *row); /* afterwards */
};

/* Fails with "The setting X is not valid: it must be Y. Example: Z." */
static int32_t fail_setting(const struct reading *reading, const struct setting *row,
                            enum message_id expected, const char *limit)
{
    const struct message_number preset = message_number(row->range.preset);
    char what[MESSAGE_MAX];

    operation_sentence(reading->operation, what, sizeof(what), expected, ARGUMENTS(limit));
    return fail_field(reading->operation, reading->failure, row->key, REASON_setting_invalid,
                      ARGUMENTS(row->key, what, row->example != NULL ? row->example : preset.text));
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

/*
 * True for a member that is missing or null, and for an empty text, as of an empty field of a form.
 */
static bool is_unset(const struct reading *reading, const struct setting *row)
{
    const char *text = json_member_text(reading->object, row->key);

    return json_member(reading->object, row->key) == NULL || (text != NULL && *text == '\0');
}

/* Reads a text, which row->accept() must accept. */
static int32_t find_text(const struct reading *reading, const struct setting *row, const char **ret)
{
    const char *text = json_member_text(reading->object, row->key);

    if (is_unset(reading, row)) {
        return HECTOR_OK;
    }
    if (text == NULL) {
        return fail_setting(reading, row, LABEL_expected_text, "");
    }
    if (strlen(text) > (size_t)row->most) {
        return fail_setting(reading, row, LABEL_expected_shorter, message_number(row->most).text);
    }
    if (has_control(text, row->has_lines)) {
        return fail_setting(reading, row, LABEL_expected_one_line, "");
    }
    if (row->accept != NULL && !row->accept(reading->settings, text)) {
        return fail_setting(reading, row, row->expected, row->choices);
    }
    *ret = text;
    return HECTOR_OK;
}

static int32_t read_text(const struct reading *reading, const struct setting *row)
{
    return find_text(reading, row, (const char **)((char *)reading->settings + row->member));
}

/* Reads a text that row->accept() stores. */
static int32_t read_accepted(const struct reading *reading, const struct setting *row)
{
    const char *text;

    return find_text(reading, row, &text);
}

static int32_t read_boolean(const struct reading *reading, const struct setting *row)
{
    struct json_object *value = json_member(reading->object, row->key);

    if (value == NULL) {
        return HECTOR_OK;
    }
    if (!json_object_is_type(value, json_type_boolean)) {
        return fail_setting(reading, row, LABEL_expected_boolean, "");
    }
    *(bool *)((char *)reading->settings + row->member) = json_object_get_boolean(value);
    return HECTOR_OK;
}

static int32_t find_integer(const struct reading *reading, const struct setting *row, int32_t *ret)
{
    struct json_object *value = json_member(reading->object, row->key);
    const struct settings_range *range = &row->range;
    int64_t number;
    char limit[40];

    *ret = range->preset;
    if (value == NULL) {
        return HECTOR_OK;
    }
    /* 60.0 is a whole number, too [JSON Schema 2020-12, 6.1.1]; "60" is a text. */
    if (json_object_is_type(value, json_type_string) || !json_integer(value, &number) ||
        number < range->least || number > range->most) {
        (void)snprintf(limit, sizeof(limit), "%d - %d", range->least, range->most);
        return fail_setting(reading, row, LABEL_expected_integer, limit);
    }
    *ret = (int32_t)number;
    return HECTOR_OK;
}

static int32_t read_integer(const struct reading *reading, const struct setting *row)
{
    return find_integer(reading, row, (int32_t *)(void *)((char *)reading->settings + row->member));
}

/* Reads a list of texts, each of which row->accept() must accept. */
static int32_t read_list(const struct reading *reading, const struct setting *row)
{
    struct json_object *list = json_member(reading->object, row->key);

    if (list == NULL) {
        return HECTOR_OK;
    }
    if (!json_object_is_type(list, json_type_array)) {
        return fail_setting(reading, row, LABEL_expected_list, "");
    }
    if (json_count(list) > (size_t)row->most) {
        return fail_setting(reading, row, LABEL_expected_fewer, message_number(row->most).text);
    }
    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *element = json_element(list, i);
        const char *text = json_text(element);

        if (text == NULL || !row->accept(reading->settings, text)) {
            return fail_setting(reading, row, row->expected,
                                text != NULL ? text
                                             : json_type_to_name(json_object_get_type(element)));
        }
    }
    return HECTOR_OK;
}

/* ---- addresses */

/* Reads an address to connect to: `url` or `fallback_url`. */
static int32_t read_address(const struct reading *reading, const struct setting *row)
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
    const char *text = json_member_text(reading->object, row->key);
    struct address *ret = (struct address *)(void *)((char *)reading->settings + row->member);

    if (text == NULL) {
        return fail_setting(reading, row, LABEL_expected_text, "");
    }
    enum address_fault fault = address_parse(text, ret);
    if (fault != ADDRESS_OK) {
        return fail_setting(reading, row, faults[fault], "");
    }
    return ret->https || reading->settings->allow_loopback
               ? HECTOR_OK
               : fail_setting(reading, row, LABEL_expected_https, "");
}

/* Writes the address for people: "fmg.example.org:8443". */
static void name_origin(const struct address *address, char ret[static ADDRESS_TEXT_MAX])
{
    char url[ADDRESS_TEXT_MAX];

    address_format(address, url, sizeof(url));
    const char *text = strstr(url, "://") + 3;
    utf8_copy(ret, ADDRESS_TEXT_MAX, text, strlen(text));
}

void settings_use_fallback(struct settings *settings, bool use)
{
    settings->on_fallback = use;
    name_origin(use ? &settings->fallback : &settings->address, settings->origin);
}

static int32_t read_url(const struct reading *reading, const struct setting *row)
{
    int32_t code;

    if (is_unset(reading, row)) {
        return fail_field(reading->operation, reading->failure, row->key, REASON_url_missing,
                          NO_ARGUMENTS);
    }
    if ((code = read_address(reading, row)) == HECTOR_OK) {
        name_origin(&reading->settings->address, reading->settings->home);
        settings_use_fallback(reading->settings, false);
    }
    return code;
}

/* Reads fallback_url. Only a self-hosted FortiManager has an HA peer with an address. */
static int32_t read_fallback(const struct reading *reading, const struct setting *row)
{
    const struct settings *settings = reading->settings;
    const char *product = settings->forticloud_user != NULL ? "FortiManager Cloud" : "FortiGate";

    if (is_unset(reading, row)) {
        return HECTOR_OK;
    }
    if (settings->forticloud_user != NULL ||
        (settings->source != NULL && strcmp(settings->source, "fortigate") == 0)) {
        return fail_field(reading->operation, reading->failure, row->key, REASON_setting_not_for,
                          ARGUMENTS(row->key, product));
    }
    return read_address(reading, row);
}

/* True for a test server that replaces Fortinet's, on this machine only. */
static bool is_stand_in(const struct settings *settings, const struct address *address)
{
    return settings->allow_loopback && address_classify_literal(address->host) == ADDRESS_LOOPBACK;
}

/*
 * Checks the login for FortiManager Cloud. A token of FortiCloud opens every FortiManager Cloud of
 * the account, so it is sent only to addresses of FortiManager Cloud.
 */
static int32_t check_forticloud(const struct reading *reading, const struct setting *row)
{
    static const char CLOUD[] = ".fortimanager.forticloud.com";
    const struct settings *settings = reading->settings;
    size_t host_size = strlen(settings->address.host), size = strlen(CLOUD);
    bool cloud = host_size > size && strcmp(settings->address.host + host_size - size, CLOUD) == 0;

    if (settings->forticloud_user == NULL) {
        return cloud ? fail_setting(reading, row, LABEL_expected_forticloud_user, "") : HECTOR_OK;
    }
    if (settings->username != NULL) {
        return fail_field(reading->operation, reading->failure, row->key, REASON_credentials_both,
                          NO_ARGUMENTS);
    }
    return cloud || is_stand_in(settings, &settings->address)
               ? HECTOR_OK
               : fail_setting(reading, &(struct setting){.key = "url", .example = EXAMPLE_CLOUD},
                              LABEL_expected_cloud, "");
}

/* Accepts the address of FortiCloud; only tests set another one. */
static bool accept_forticloud_url(struct settings *settings, const char *text)
{
    return address_parse(text, &settings->forticloud) == ADDRESS_OK &&
           is_stand_in(settings, &settings->forticloud);
}

/* ---- lists and choices */

static bool accept_device_type(struct settings *settings, const char *text)
{
    enum device_type type;

    if (!device_type_by_id(text, &type)) {
        return false;
    }
    settings->device_types[type] = true;
    return true;
}

static int32_t check_device_types(const struct reading *reading, const struct setting *row)
{
    struct json_object *list = json_member(reading->object, row->key);

    for (enum device_type type = 0; list == NULL && type < DEVICE_TYPE_COUNT; type++) {
        reading->settings->device_types[type] = device_type_preset(type);
    }
    return list != NULL && json_count(list) == 0 ? fail_setting(reading, row, row->expected, "[]")
                                                 : HECTOR_OK;
}

static bool accept_name(struct settings *settings, const char *name)
{
    (void)settings; /* the array of ADOMs itself is kept */
    return *name != '\0' && strlen(name) <= NAME_MAX_BYTES && !has_control(name, false);
}

/* Keeps a custom field, sorted: the order in which a user selected them has no meaning. */
static bool accept_meta(struct settings *settings, const char *name)
{
    const char **meta = settings->meta;
    size_t at = 0;

    if (!accept_name(settings, name)) {
        return false;
    }
    if (settings->meta_count > META_VALUES_MAX) {
        return true; /* check_meta() refuses them */
    }
    while (at < settings->meta_count && strcmp(meta[at], name) < 0) {
        at++;
    }
    if (at == settings->meta_count || strcmp(meta[at], name) != 0) {
        memmove(meta + at + 1, meta + at, (settings->meta_count - at) * sizeof(*meta));
        meta[at] = name;
        settings->meta_count++;
    }
    return true;
}

static bool accept_attribute(struct settings *settings, const char *text)
{
    if (strncmp(text, META_PREFIX, strlen(META_PREFIX)) == 0) {
        return accept_meta(settings, text + strlen(META_PREFIX));
    }
    enum attribute attribute = attribute_by_id(text);
    if (attribute == ATTRIBUTE_COUNT) {
        return false;
    }
    settings->attributes[attribute] = true;
    return true;
}

static int32_t check_meta(const struct reading *reading, const struct setting *row)
{
    return reading->settings->meta_count > META_VALUES_MAX
               ? fail_setting(reading, row, LABEL_expected_fewer_fields,
                              message_number(META_VALUES_MAX).text)
               : HECTOR_OK;
}

static int compare_adoms(const void *a, const void *b)
{
    return strcmp(json_text(*(struct json_object *const *)a),
                  json_text(*(struct json_object *const *)b));
}

static int32_t sort_adoms(const struct reading *reading, const struct setting *row)
{
    struct json_object *adoms = json_member(reading->object, row->key);

    if (json_count(adoms) > 0) {
        json_object_array_sort(adoms, compare_adoms);
        reading->settings->adoms = adoms;
    }
    return HECTOR_OK;
}

static bool accept_include(struct settings *settings, const char *text)
{
    const struct {
        const char *word;
        bool *member;
    } words[] = {{"log_only", &settings->include_log_only},
                 {"unauthorized", &settings->include_unauthorized},
                 {"model", &settings->include_model}};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcmp(words[i].word, text) == 0) {
            *words[i].member = true;
            return true;
        }
    }
    return false;
}

static int32_t read_include(const struct reading *reading, const struct setting *row)
{
    reading->settings->include_log_only = json_member(reading->object, row->key) == NULL;
    return read_list(reading, row);
}

static bool accept_source(struct settings *settings, const char *text)
{
    settings->source = strcmp(text, "auto") != 0 ? text : NULL;
    return settings->source == NULL || strcmp(text, "fortimanager") == 0 ||
           strcmp(text, "fortigate") == 0;
}

static bool accept_live_status(struct settings *settings, const char *text)
{
    settings->live_status = strcmp(text, "when_needed") == 0;
    return settings->live_status || strcmp(text, "never") == 0;
}

/* ---- TLS */

static bool accept_certificate(struct settings *settings, const char *pem)
{
    (void)settings;
    /* If it is encrypted, OpenSSL would prompt for the password on the terminal of the host. */
    return strstr(pem, "-----BEGIN CERTIFICATE-----") != NULL && strstr(pem, "Proc-Type:") == NULL;
}

static bool accept_pin(struct settings *settings, const char *pin)
{
    (void)settings;
    return certificate_pin_valid(pin);
}

/* ---- secrets */

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
    for (size_t i = 0; i < COUNT(SECRETS); i++) {
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
    for (size_t i = 0; i < COUNT(SECRETS); i++) {
        const char *called = SECRETS[i].called;

        if (json_member(reading->object, called) != NULL) {
            return fail_field(reading->operation, reading->failure, called,
                              REASON_secret_in_settings, ARGUMENTS(called, SECRETS[i].name));
        }
    }
    return HECTOR_OK;
}

/* ---- the documents */

#define MEMBER(name) .member = offsetof(struct settings, name)

/* What the host adds; in the order in which they are checked, as SETTINGS. */
static const struct setting HOST[] = {
    {"allow_loopback", read_boolean, MEMBER(allow_loopback), .example = "true"},
    {"egress_address", read_text, MEMBER(egress_address), .most = 64, .example = "203.0.113.7"},
    {"proxy", read_text, MEMBER(proxy), .most = 512, .example = "http://proxy.example.org:3128"},
    {"ca_file", read_text, MEMBER(ca_file), .most = SETTING_PATH_MAX,
     .example = "/etc/ssl/certs/ca-certificates.crt"},
    {"user_agent", read_text, MEMBER(user_agent), .most = 128, .example = "Hector"},
    {"forticloud_url", read_accepted, .most = 512, .example = "http://127.0.0.1:8080",
     .accept = accept_forticloud_url, .expected = LABEL_expected_stand_in},
};

static const struct setting SETTINGS[] = {
    {"url", read_url, MEMBER(address), .example = EXAMPLE_URL},
    {"username", read_text, MEMBER(username), .most = 128, .example = "hector"},
    {"forticloud_user", read_text, MEMBER(forticloud_user), .most = 128,
     .example = "12345678-ABCD-1234-ABCD-123456789ABC", .check = check_forticloud},
    {"device_types", read_list, .most = DEVICE_TYPE_COUNT, .accept = accept_device_type,
     .expected = LABEL_expected_device_types,
     .example = "[\"firewall\", \"switch\", \"access_point\"]", .check = check_device_types},
    {"attributes", read_list, .most = ATTRIBUTES_CHOSEN_MAX, .accept = accept_attribute,
     .expected = LABEL_expected_attributes, .example = "[\"serial_number\", \"name\"]",
     .check = check_meta},
    {"adoms", read_list, .most = ADOMS_CHOSEN_MAX, .accept = accept_name,
     .expected = LABEL_expected_adoms, .example = "[\"root\"]", .check = sort_adoms},
    {"include", read_include, .most = 3, .accept = accept_include,
     .expected = LABEL_expected_include, .example = "[\"log_only\"]"},
    {"synchronize_categories", read_boolean, MEMBER(synchronize_categories), .example = "true"},
    {"ca_certificate", read_text, MEMBER(ca_certificate), .most = CA_CERTIFICATE_MAX,
     .has_lines = true, .example = "-----BEGIN CERTIFICATE-----...", .accept = accept_certificate,
     .expected = LABEL_expected_pem},
    {"pinned_public_key", read_text, MEMBER(pinned_public_key), .most = 128,
     .example = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", .accept = accept_pin,
     .expected = LABEL_expected_pin},
    {"verify_tls", read_boolean, MEMBER(verify_tls), .example = "true"},
    {"source", read_accepted, .most = 32, .example = "auto", .accept = accept_source,
     .expected = LABEL_expected_choice, .choices = "auto, fortimanager, fortigate"},
    {"live_status", read_accepted, .most = 32, .example = "when_needed",
     .accept = accept_live_status, .expected = LABEL_expected_choice,
     .choices = "when_needed, never"},
    {"fallback_url", read_fallback, MEMBER(fallback), .example = EXAMPLE_URL},
    {"proxy_batch", read_integer, MEMBER(proxy_batch), .range = {1, PROXY_BATCH_MAX, 20}},
    {"timeout_s", read_integer, MEMBER(timeout_s), .range = {5, 600, 60}},
};

static const struct setting RECORD[] = {
    {"record", read_boolean, MEMBER(record), .example = "true"},
};

const char *settings_key(size_t i)
{
    return i < COUNT(SETTINGS) ? SETTINGS[i].key : NULL;
}

const struct settings_range *settings_range(const char *key)
{
    for (size_t i = 0; i < COUNT(SETTINGS); i++) {
        if (SETTINGS[i].read == read_integer && strcmp(SETTINGS[i].key, key) == 0) {
            return &SETTINGS[i].range;
        }
    }
    return NULL;
}

static int32_t read_rows(const struct reading *reading, const struct setting *rows, size_t count)
{
    int32_t code = HECTOR_OK;

    for (const struct setting *row = rows; code == HECTOR_OK && row < rows + count; row++) {
        code = row->read(reading, row);
        if (code == HECTOR_OK && row->check != NULL) {
            code = row->check(reading, row);
        }
    }
    return code;
}

int32_t settings_read(struct operation *operation, struct json_object *request,
                      struct settings *ret, struct failure *failure)
{
    struct json_object *document = json_member(request, "settings");
    struct json_object *host = json_member(request, "host");
    int32_t code;

    *ret = (struct settings){.document = document,
                             .synchronize_categories = true,
                             .attributes = {[ATTRIBUTE_serial_number] = true}, /* locked on */
                             .verify_tls = true,
                             .live_status = true};
    (void)address_parse("https://customerapiauth.fortinet.com", &ret->forticloud);
    const struct reading reading = {operation, document, ret, failure};
    if (document == NULL) {
        return fail_field(operation, failure, "settings", REASON_settings_missing, NO_ARGUMENTS);
    }
    if (!json_object_is_type(document, json_type_object)) {
        return fail_setting(
            &reading,
            &(struct setting){.key = "settings", .example = "{\"url\": \"" EXAMPLE_URL "\"}"},
            LABEL_expected_object, "");
    }
    if ((code = read_rows(&(struct reading){operation, host, ret, failure}, HOST, COUNT(HOST))) !=
            HECTOR_OK ||
        (code = read_rows(&(struct reading){operation, request, ret, failure}, RECORD,
                          COUNT(RECORD))) != HECTOR_OK ||
        (code = refuse_secrets(&reading)) != HECTOR_OK) {
        return code;
    }
    return read_rows(&reading, SETTINGS, COUNT(SETTINGS));
}

int32_t settings_read_listing(struct operation *operation, struct json_object *request,
                              const char **ret_filter, int32_t *ret_limit, struct failure *failure)
{
    const struct reading reading = {operation, request, NULL, failure};
    const struct setting filter = {.key = "filter", .most = OPTION_FILTER_MAX, .example = "branch"};
    const struct setting limit = {
        .key = "limit", .range = {1, OPTIONS_MAX, OPTIONS_MAX}, .example = "100"};

    *ret_filter = "";
    int32_t code = find_text(&reading, &filter, ret_filter);
    return code == HECTOR_OK ? find_integer(&reading, &limit, ret_limit) : code;
}

static void read_lead(struct json_object *names, const char *key, char ret[static KEY_LEAD_MAX])
{
    const char *lead = json_member_text(names, key);

    utf8_copy(ret, KEY_LEAD_MAX, lead != NULL ? lead : "", lead != NULL ? strlen(lead) : 0);
}

int32_t settings_parse_request(struct operation *operation, const char *request, size_t size,
                               struct json_object **ret, struct failure *failure)
{
    struct json_object *json = NULL, *host, *names;
    int32_t deadline_s;

    if (request == NULL || size == 0) {
        request = "{}";
        size = 2;
    }
    enum json_fault fault = size > HECTOR_REQUEST_MAX
                                ? JSON_TREE
                                : json_guard_parse(request, size, REQUEST_TREE_MAX, &json, NULL);
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
    if (host != NULL && !json_object_is_type(host, json_type_object)) {
        json_object_put(json);
        return fail(operation, failure, REASON_request_invalid, NULL, NO_ARGUMENTS);
    }
    /* How the host's users spell settings and secrets; without it, by their labels in a form. */
    names = json_member_object(host, "names");
    operation->wording.keys = names != NULL;
    read_lead(names, "setting", operation->wording.setting_lead);
    read_lead(names, "secret", operation->wording.secret_lead);
    int32_t code = find_integer(
        &(struct reading){.operation = operation, .object = host, .failure = failure},
        &(struct setting){.key = "deadline_s", .range = {1, DEADLINE_MAX_S, 0}, .example = "1"},
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
