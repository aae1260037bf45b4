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
#define EMS_CLOUD     "forticlient.forticloud.com"
#define EXAMPLE_CLOUD "https://123456.eu-central-1.fortimanager.forticloud.com"

/* What is read, and into what. */
struct setting_reading {
    const struct operation *operation;
    struct json_object *object; /* "settings", "host" or the request */
    struct settings *settings;
    struct failure *failure;
};

static void *member_of(struct settings *settings, size_t member)
{
    return (char *)settings + member;
}

/*
 * Fails with "The setting X is not valid: it must be Y. Example: Z." `limit` is part of Y; NULL
 * stands for the values of the setting.
 */
static int32_t fail_setting(const struct setting_reading *reading, const struct setting *row,
                            enum message_id expected, const char *limit)
{
    const struct message_number preset = message_number(row->range.preset);
    char what[MESSAGE_MAX], values[MESSAGE_MAX] = "";
    struct setting_value value;

    for (size_t i = 0; setting_value(row, i, &value); i++) {
        utf8_list(values, sizeof(values), value.id);
    }
    operation_sentence(reading->operation, what, sizeof(what), expected,
                       ARGUMENTS(limit != NULL ? limit : values, values));
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
static bool is_unset(const struct setting_reading *reading, const struct setting *row)
{
    const char *text = json_member_text(reading->object, row->key);

    return json_member(reading->object, row->key) == NULL || (text != NULL && *text == '\0');
}

/* Finds a text; leaves `*ret` unchanged if it is not set. */
static int32_t find_text(const struct setting_reading *reading, const struct setting *row,
                         const char **ret)
{
    const char *text = json_member_text(reading->object, row->key);

    if (is_unset(reading, row)) {
        return HECTOR_OK;
    }
    if (text == NULL) {
        return fail_setting(reading, row, LABEL_expected_text, "");
    }
    if (has_control(text, row->type == SETTING_PEM || row->type == SETTING_ADDRESS)) {
        return fail_setting(reading, row, LABEL_expected_one_line, "");
    }
    if (row->accept != NULL && !row->accept(reading->settings, text)) {
        return fail_setting(reading, row, row->expected, "");
    }
    if (strlen(text) > row->most) {
        return fail_setting(reading, row, LABEL_expected_shorter,
                            message_number((int64_t)row->most).text);
    }
    *ret = text;
    return HECTOR_OK;
}

static int32_t read_text(const struct setting_reading *reading, const struct setting *row)
{
    return find_text(reading, row, member_of(reading->settings, row->member));
}

static int32_t read_boolean(const struct setting_reading *reading, const struct setting *row)
{
    struct json_object *value = json_member(reading->object, row->key);

    if (value != NULL && !json_object_is_type(value, json_type_boolean)) {
        return fail_setting(reading, row, LABEL_expected_boolean, "");
    }
    *(bool *)member_of(reading->settings, row->member) =
        value != NULL ? json_object_get_boolean(value) : row->preset;
    return HECTOR_OK;
}

static int32_t find_integer(const struct setting_reading *reading, const struct setting *row,
                            int32_t *ret)
{
    struct json_object *value = json_member(reading->object, row->key);
    int64_t number;
    char limit[40];

    *ret = row->range.preset;
    if (value == NULL) {
        return HECTOR_OK;
    }
    /* 60.0 is a whole number, too [JSON Schema 2020-12, 6.1.1]; "60" is a text. */
    if (json_object_is_type(value, json_type_string) || !json_integer(value, &number) ||
        number < row->range.least || number > row->range.most) {
        (void)snprintf(limit, sizeof(limit), "%d - %d", row->range.least, row->range.most);
        return fail_setting(reading, row, LABEL_expected_integer, limit);
    }
    *ret = (int32_t)number;
    return HECTOR_OK;
}

static int32_t read_integer(const struct setting_reading *reading, const struct setting *row)
{
    return find_integer(reading, row, member_of(reading->settings, row->member));
}

/* Chooses what a setting has if it is not set, else nothing but what is always chosen. */
static void reset(const struct setting_reading *reading, const struct setting *row, bool is_set)
{
    struct setting_value value;

    for (size_t i = 0; setting_value(row, i, &value); i++) {
        *(bool *)member_of(reading->settings, value.member) =
            value.preset && (!is_set || row->type == SETTING_ATTRIBUTES);
    }
}

/* Chooses a value; false if the setting does not have it. */
static bool choose(const struct setting_reading *reading, const struct setting *row,
                   const char *text)
{
    struct setting_value value;

    for (size_t i = 0; setting_value(row, i, &value); i++) {
        if (strcmp(value.id, text) == 0) {
            *(bool *)member_of(reading->settings, value.member) = true;
            return true;
        }
    }
    return row->accept != NULL && row->accept(reading->settings, text);
}

static int32_t read_choice(const struct setting_reading *reading, const struct setting *row)
{
    const char *text = json_member_text(reading->object, row->key);

    reset(reading, row, !is_unset(reading, row));
    if (is_unset(reading, row)) {
        return HECTOR_OK;
    }
    if (text == NULL) {
        return fail_setting(reading, row, LABEL_expected_text, "");
    }
    return choose(reading, row, text) ? HECTOR_OK
                                      : fail_setting(reading, row, LABEL_expected_choice, NULL);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(json_text(*(struct json_object *const *)a),
                  json_text(*(struct json_object *const *)b));
}

static int32_t read_list(const struct setting_reading *reading, const struct setting *row)
{
    struct json_object *list = json_member(reading->object, row->key);
    size_t count = json_count(list), most = setting_most(row);

    reset(reading, row, list != NULL);
    if (list == NULL) {
        return HECTOR_OK;
    }
    if (!json_object_is_type(list, json_type_array)) {
        return fail_setting(reading, row, LABEL_expected_list, "");
    }
    if (count > most) {
        return fail_setting(reading, row, LABEL_expected_fewer, message_number((int64_t)most).text);
    }
    if (count == 0 && row->not_empty) {
        return fail_setting(reading, row, row->expected, "[]");
    }
    for (size_t i = 0; i < count; i++) {
        struct json_object *element = json_element(list, i);
        const char *text = json_text(element);

        if (text == NULL || !choose(reading, row, text)) {
            return fail_setting(reading, row, row->expected,
                                text != NULL ? text
                                             : json_type_to_name(json_object_get_type(element)));
        }
    }
    if (row->type == SETTING_LIST && count > 0) {
        json_object_array_sort(list, compare_texts);
        *(struct json_object **)member_of(reading->settings, row->member) = list;
    }
    return HECTOR_OK;
}

/* ---- addresses */

/* Reads an address to connect to. */
static int32_t read_address(const struct setting_reading *reading, const struct setting *row)
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
    struct address *ret = member_of(reading->settings, row->member);
    const char *text = NULL;
    int32_t code = find_text(reading, row, &text);

    if (code != HECTOR_OK || text == NULL) {
        return code;
    }
    enum address_fault fault = address_parse(text, ret);
    if (fault != ADDRESS_OK) {
        return fail_setting(reading, row, faults[fault], "");
    }
    return ret->https || reading->settings->allow_loopback
               ? HECTOR_OK
               : fail_setting(reading, row, LABEL_expected_https, "");
}

void settings_use_fallback(struct settings *settings, bool use)
{
    settings->on_fallback = use;
    address_name(use ? &settings->fallback : &settings->address, settings->origin,
                 sizeof(settings->origin));
}

static int32_t check_url(const struct setting_reading *reading, const struct setting *row)
{
    struct settings *settings = reading->settings;

    if (settings->address.host[0] == '\0') {
        return fail_field(reading->operation, reading->failure, row->key, REASON_url_missing,
                          NO_ARGUMENTS);
    }
    address_name(&settings->address, settings->home, sizeof(settings->home));
    settings_use_fallback(settings, false);
    return HECTOR_OK;
}

/* Only a self-hosted FortiManager has an HA peer with an address. */
static int32_t check_fallback(const struct setting_reading *reading, const struct setting *row)
{
    const struct settings *settings = reading->settings;
    bool cloud = settings->is_cloud;

    return settings->fallback.host[0] != '\0' &&
                   (cloud || settings->chosen[CHOICE_source_fortigate])
               ? fail_field(reading->operation, reading->failure, row->key, REASON_setting_not_for,
                            ARGUMENTS(row->key, cloud ? "FortiManager Cloud" : "FortiGate"))
               : HECTOR_OK;
}

/* True for a test server that replaces Fortinet's, on this machine only. */
static bool is_stand_in(const struct settings *settings, const struct address *address)
{
    return settings->allow_loopback && address_classify_literal(address->host) == ADDRESS_LOOPBACK;
}

/*
 * Whether the address is that of a FortiManager Cloud. In tests, where FortiCloud has a stand-in,
 * any on this machine is; but if the API user is there for enrichments, only that of the stand-in.
 */
static bool is_cloud(const struct settings *settings)
{
    static const char CLOUD[] = ".fortimanager.forticloud.com";
    const struct address *address = &settings->address, *stand_in = &settings->forticloud;
    size_t host_size = strlen(address->host), size = strlen(CLOUD);

    if (settings->forticloud_user != NULL && stand_in->host[0] != '\0' &&
        is_stand_in(settings, address)) {
        return !settings_enriched(settings) ||
               (address->port == stand_in->port && strcmp(address->host, stand_in->host) == 0);
    }
    return host_size > size && strcmp(address->host + host_size - size, CLOUD) == 0;
}

/*
 * Checks FortiCloud's API user, who logs in to a FortiManager Cloud, and to the enrichments. A
 * token of FortiCloud opens every FortiManager Cloud of the account, so it is sent only to
 * addresses of FortiManager Cloud.
 */
static int32_t check_forticloud(const struct setting_reading *reading, const struct setting *row)
{
    struct settings *settings = reading->settings;

    settings->is_cloud = is_cloud(settings);
    if (settings->forticloud_user == NULL) {
        return settings->is_cloud ? fail_setting(reading, row, LABEL_expected_forticloud_user, "")
               : settings_enriched(settings)
                   ? fail_setting(reading, row, LABEL_expected_enrich_user, "")
                   : HECTOR_OK;
    }
    if (!settings->is_cloud && settings_enriched(settings)) {
        return HECTOR_OK;
    }
    if (settings->username != NULL) {
        return fail_field(reading->operation, reading->failure, row->key, REASON_credentials_both,
                          NO_ARGUMENTS);
    }
    return settings->is_cloud
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

/* ---- settings of one kind of system */

static bool accept_email(struct settings *settings, const char *text)
{
    const char *at = strchr(text, '@');

    (void)settings;
    return at != NULL && at != text && at[1] != '\0' && strpbrk(text, " \t") == NULL;
}

/*
 * Checks the account of FortiClient EMS Cloud, whose access key is sent to its fixed address only.
 * In tests, where FortiCloud has a stand-in, any address of this machine stands for it.
 */
static int32_t check_ems_account(const struct setting_reading *reading, const struct setting *row)
{
    struct settings *settings = reading->settings;
    const struct address *address = &settings->address;
    bool replaced = settings->ems_account != NULL && settings->forticloud.host[0] != '\0' &&
                    is_stand_in(settings, address);

    if (settings->ems_account != NULL && !settings->chosen[CHOICE_source_ems]) {
        return HECTOR_OK; /* check_sources() refuses it */
    }
    settings->is_ems_cloud = replaced || strcmp(address->host, EMS_CLOUD) == 0;
    if (!settings->is_ems_cloud) {
        return settings->ems_account == NULL
                   ? HECTOR_OK
                   : fail_setting(reading,
                                  &(struct setting){.key = "url", .example = "https://" EMS_CLOUD},
                                  LABEL_expected_ems_cloud, "");
    }
    if (settings->ems_account == NULL) {
        return fail_setting(reading, row, LABEL_expected_ems_account, "");
    }
    const char *wrong = settings->username != NULL   ? "username"
                        : settings->ems_site != NULL ? "ems_site"
                                                     : NULL;
    return wrong == NULL
               ? HECTOR_OK
               : fail_field(reading->operation, reading->failure, wrong, REASON_setting_not_for,
                            ARGUMENTS(wrong, "FortiClient EMS Cloud"));
}

/* ---- elements of lists */

static bool accept_name(struct settings *settings, const char *name)
{
    (void)settings;
    return *name != '\0' && strlen(name) <= NAME_MAX_BYTES && !has_control(name, false);
}

/* Keeps "meta.NAME", sorted: the order in which a user selected custom fields has no meaning. */
static bool accept_meta(struct settings *settings, const char *text)
{
    const char *name = text + strlen(META_PREFIX), **meta = settings->meta;
    size_t at = 0;

    if (strncmp(text, META_PREFIX, strlen(META_PREFIX)) != 0 || !accept_name(settings, name)) {
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

static int32_t check_meta(const struct setting_reading *reading, const struct setting *row)
{
    return reading->settings->meta_count > META_VALUES_MAX
               ? fail_setting(reading, row, LABEL_expected_fewer_fields,
                              message_number(META_VALUES_MAX).text)
               : HECTOR_OK;
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

/* ---- the rows */

#define MEMBER(name) .member = offsetof(struct settings, name)

static const struct setting SETTINGS[] = {
#define SETTING(name, kind, place, ...)                                                            \
    {.key = #name,                                                                                 \
     .type = SETTING_##kind,                                                                       \
     .section = SECTION_##place,                                                                   \
     .label = LABEL_field_##name,                                                                  \
     .help = LABEL_help_##name,                                                                    \
     __VA_ARGS__},
#define HOST_MEMBER(name, kind, ...) {.key = #name, .type = SETTING_##kind, __VA_ARGS__},
#include "settings.def"
};

/* By enum choice. */
static const struct setting_value CHOICES[] = {
    {.key = ""},
#define CHOICE(name, word, ...)                                                                    \
    {.key = #name,                                                                                 \
     .id = #word,                                                                                  \
     .label = LABEL_choice_##word,                                                                 \
     .member = offsetof(struct settings, chosen) + CHOICE_##name##_##word,                         \
     __VA_ARGS__},
#include "settings.def"
};

const struct setting_type_info SETTING_TYPES[] = {
#define SETTING_TYPE(type, field, json, reader) {field, json, reader},
#include "settings.def"
};

const struct setting *setting_at(size_t i)
{
    return i < COUNT(SETTINGS) ? &SETTINGS[i] : NULL;
}

bool setting_is_stored(const struct setting *row)
{
    return row->owner == OWNER_INTEGRATION && row->type != SETTING_SECRET;
}

const char *setting_choice_id(enum choice choice)
{
    return CHOICES[choice].id;
}

bool setting_value(const struct setting *row, size_t i, struct setting_value *ret)
{
    if (row->type == SETTING_DEVICE_TYPES && i < DEVICE_TYPE_COUNT) {
        *ret = (struct setting_value){.id = device_type_id((enum device_type)i),
                                      .preset = device_type_info((enum device_type)i)->preset,
                                      .member = offsetof(struct settings, device_types) + i};
        return true;
    }
    if (row->type == SETTING_ATTRIBUTES && i < ATTRIBUTE_COUNT) {
        *ret = (struct setting_value){.id = attribute_info((enum attribute)i)->id,
                                      .preset = i == ATTRIBUTE_serial_number,
                                      .member = offsetof(struct settings, attributes) + i};
        return true;
    }
    for (size_t choice = 0; choice < COUNT(CHOICES); choice++) {
        if (strcmp(CHOICES[choice].key, row->key) == 0 && i-- == 0) {
            *ret = CHOICES[choice];
            return true;
        }
    }
    return false;
}

bool setting_applies(const enum choice *sources, enum choice system)
{
    bool found = sources[0] == CHOICE_NONE || system == CHOICE_NONE;

    for (size_t i = 0; !found && i < SETTING_SOURCES_MAX; i++) {
        found = sources[i] == system;
    }
    return found;
}

size_t setting_most(const struct setting *row)
{
    struct setting_value value;
    size_t most = row->most;

    while (row->most == 0 && setting_value(row, most, &value)) {
        most++;
    }
    return most;
}

/* ---- secrets */

const char *settings_secret(const char *called)
{
    const char *name =
        strcmp(called, "api_key") == 0 || strcmp(called, "secret") == 0 ? "token" : called;

    for (size_t i = 0; i < COUNT(SETTINGS); i++) {
        if (SETTINGS[i].type == SETTING_SECRET && strcmp(SETTINGS[i].key, name) == 0) {
            return SETTINGS[i].key;
        }
    }
    return NULL;
}

/*
 * CONFIG (secret_in_settings) if the settings contain a secret: the host stores them in the clear.
 */
static int32_t refuse_secrets(const struct setting_reading *reading)
{
    json_object_object_foreach(reading->object, called, value) {
        const char *name = settings_secret(called);

        if (name != NULL && value != NULL) {
            return fail_field(reading->operation, reading->failure, called,
                              REASON_secret_in_settings, ARGUMENTS(called, name));
        }
    }
    return HECTOR_OK;
}

/* ---- the documents */

/* Reads the rows of one owner. */
static int32_t read_rows(const struct setting_reading *reading, enum setting_owner owner)
{
    int32_t code = HECTOR_OK;

    for (const struct setting *row = SETTINGS; row < SETTINGS + COUNT(SETTINGS); row++) {
        if (row->owner == owner && SETTING_TYPES[row->type].read != NULL &&
            ((code = SETTING_TYPES[row->type].read(reading, row)) != HECTOR_OK ||
             (row->check != NULL && (code = row->check(reading, row)) != HECTOR_OK))) {
            return code;
        }
    }
    return code;
}

/* Whether the settings give a setting another value than it has without them. */
static bool is_used(const struct setting_reading *reading, const struct setting *row)
{
    const void *member = member_of(reading->settings, row->member);
    struct setting_value value;
    bool used = false;

    if (is_unset(reading, row)) {
        return false;
    }
    if (row->type == SETTING_INTEGER) {
        return *(const int32_t *)member != row->range.preset;
    }
    if (row->type == SETTING_LIST) {
        return *(struct json_object *const *)member != NULL;
    }
    used = !setting_value(row, 0, &value);
    for (size_t i = 0; !used && setting_value(row, i, &value); i++) {
        used = !value.preset && *(bool *)member_of(reading->settings, value.member);
    }
    return used;
}

/*
 * Checks that the chosen kind of system has all settings that are used, if it or the only kind that
 * has one must be named. A FortiManager and a FortiGate check theirs themselves, once it is known
 * which of them is there.
 */
static int32_t check_sources(const struct setting_reading *reading)
{
    const struct settings *settings = reading->settings;
    const struct setting_value *chosen = CHOICES;

    for (size_t i = 0; i < COUNT(CHOICES); i++) {
        if (strcmp(CHOICES[i].key, "source") == 0 && settings->chosen[i]) {
            chosen = &CHOICES[i];
        }
    }
    for (const struct setting *row = SETTINGS; row < SETTINGS + COUNT(SETTINGS); row++) {
        const struct setting_value *owner = &CHOICES[row->sources[0]];
        const char *chosen_name = operation_text(reading->operation, chosen->label);
        const char *owner_name = operation_text(reading->operation, owner->label);

        if (!setting_is_stored(row) || (!chosen->must_be_named && !owner->must_be_named) ||
            setting_applies(row->sources, (enum choice)(chosen - CHOICES)) ||
            !is_used(reading, row)) {
            continue;
        }
        return owner->must_be_named
                   ? fail_field(reading->operation, reading->failure, row->key,
                                REASON_setting_needs_source, ARGUMENTS(row->key, owner_name))
                   : fail_field(reading->operation, reading->failure, row->key,
                                REASON_setting_not_for, ARGUMENTS(row->key, chosen_name));
    }
    /* Nothing but TLS shows that such a system is the one that was meant. */
    if (chosen->must_be_named && settings->address.https && !settings->verify_tls &&
        settings->pinned_public_key == NULL) {
        return fail_field(reading->operation, reading->failure, "verify_tls", REASON_tls_needed,
                          ARGUMENTS(operation_text(reading->operation, chosen->label)));
    }
    return HECTOR_OK;
}

int32_t settings_read(struct operation *operation, struct json_object *request,
                      struct settings *ret, struct failure *failure)
{
    struct json_object *document = json_member(request, "settings");
    struct json_object *host = json_member(request, "host");
    int32_t code;

    *ret = (struct settings){.document = document};
    const struct setting_reading reading = {operation, document, ret, failure};
    if (document == NULL) {
        return fail_field(operation, failure, "settings", REASON_settings_missing, NO_ARGUMENTS);
    }
    if (!json_object_is_type(document, json_type_object)) {
        return fail_setting(
            &reading,
            &(struct setting){.key = "settings", .example = "{\"url\": \"" EXAMPLE_URL "\"}"},
            LABEL_expected_object, "");
    }
    if ((code = read_rows(&(struct setting_reading){operation, host, ret, failure}, OWNER_HOST)) !=
            HECTOR_OK ||
        (code = read_rows(&(struct setting_reading){operation, request, ret, failure},
                          OWNER_REQUEST)) != HECTOR_OK ||
        (code = refuse_secrets(&reading)) != HECTOR_OK) {
        return code;
    }
    code = read_rows(&reading, OWNER_INTEGRATION);
    return code == HECTOR_OK ? check_sources(&reading) : code;
}

int32_t settings_read_listing(struct operation *operation, struct json_object *request,
                              const char **ret_filter, int32_t *ret_limit, struct failure *failure)
{
    const struct setting_reading reading = {operation, request, NULL, failure};
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
    static const struct setting deadline = {
        .key = "deadline_s", .range = {1, DEADLINE_MAX_S, 0}, .example = "1"};
    struct json_object *json = NULL;
    int32_t deadline_s = 0;

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
    struct json_object *host = json_member(json, "host");
    const struct setting_reading reading = {
        .operation = operation, .object = host, .failure = failure};

    operation->wording.language = message_language(json_member_text(json, "language"));
    /* How the host's users spell settings and secrets; without it, by their labels in a form. */
    struct json_object *names = json_member_object(host, "names");
    operation->wording.keys = names != NULL;
    read_lead(names, "setting", operation->wording.setting_lead);
    read_lead(names, "secret", operation->wording.secret_lead);
    bool is_request = fault == JSON_OK && json_object_is_type(json, json_type_object) &&
                      (host == NULL || json_object_is_type(host, json_type_object));
    int32_t code = is_request
                       ? find_integer(&reading, &deadline, &deadline_s)
                       : fail(operation, failure, REASON_request_invalid, NULL, NO_ARGUMENTS);
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

bool settings_enriched(const struct settings *settings)
{
    bool ret = false;

    for (size_t i = 0; !ret && i < COUNT(CHOICES); i++) {
        ret = settings->chosen[i] && strcmp(CHOICES[i].key, "enrich") == 0;
    }
    return ret;
}

const char *settings_account(const struct settings *settings)
{
    return settings->is_cloud ? settings->forticloud_user : settings->username;
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
