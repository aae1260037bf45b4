/*
 * test_describe.c - the descriptor, through the operation that a host calls.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/tap.h"
#include "operations/operations.h"
#include "settings/digest.h"
#include "json/json_read.h"

/* Calls describe in a language; the descriptor is the only document. */
static void begin(struct test_host *host, const char *request)
{
    struct hector_error error = {.struct_size = sizeof(error)};

    host_begin(host);
    CU_ASSERT_EQUAL(operation_call(&host->table, request, strlen(request), &error,
                                   &(struct operation_kind){&host->limits, describe}),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(host, NULL), 1);
    CU_ASSERT_EQUAL(host_count(host, "descriptor"), 1);
}

static const char *value(const struct test_host *host, const char *pointer)
{
    return host_value(host, "descriptor", 0, pointer);
}

static struct json_object *descriptor(const struct test_host *host)
{
    return json_object_array_get_idx(host->documents, 0);
}

static void test_english(void)
{
    struct test_host host;

    begin(&host, "{\"language\":\"en\"}");
    CU_ASSERT_STRING_EQUAL(value(&host, "/id"), "fortinet");
    CU_ASSERT_STRING_EQUAL(value(&host, "/name"), "Fortinet");
    CU_ASSERT_STRING_EQUAL(value(&host, "/language"), "en");
    CU_ASSERT_STRING_EQUAL(value(&host, "/schedule/every"), "day");
    CU_ASSERT_STRING_EQUAL(value(&host, "/schedule/time"), "evening");
    /* The three tabs, named as in the guide. */
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/label"), "Authentication");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/1/label"), "Options");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/2/label"), "Fields");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/3"), "");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/action/operation"), "validate");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/action/unlocks"), "[\"options\",\"fields\"]");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/0/key"), "url");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/0/label"), "Url / IP address");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/0/required"), "true");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/1/key"), "token");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/1/type"), "secret");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/2/owner"), "host");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/2/read_only"), "true");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/2/copy_button"), "true");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/2/sections/0/fields/0/locked"),
                           "[\"serial_number\"]");
    CU_ASSERT_STRING_EQUAL(value(&host, "/advanced/collapsed"), "true");
    CU_ASSERT_STRING_EQUAL(value(&host, "/device_types/2/label"), "Access Points");
    CU_ASSERT_STRING_EQUAL(value(&host, "/device_types/2/category"), "Access Point");
    CU_ASSERT_STRING_EQUAL(value(&host, "/attributes/0/label"), "Serial Number");
    host_end(&host);
}

static void test_french(void)
{
    struct test_host host;

    begin(&host, "{\"language\":\"fr\"}");
    CU_ASSERT_STRING_EQUAL(value(&host, "/language"), "fr");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/label"), "Authentification");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/action/label"), "Valider");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/2/label"), "Champs");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/0/sections/0/fields/1/label"), "Jeton");
    CU_ASSERT_STRING_EQUAL(value(&host, "/device_types/2/category"), "Point d'acc\xC3\xA8s");
    CU_ASSERT_STRING_EQUAL(value(&host, "/attributes/0/label"), "Num\xC3\xA9ro de s\xC3\xA9rie");
    CU_ASSERT_STRING_EQUAL(value(&host, "/attributes/0/id"), "serial_number"); /* not translated */
    host_end(&host);
}

static void test_request(void)
{
    struct hector_error error = {.struct_size = sizeof(error)};
    struct test_host host;

    begin(&host, "{}");
    CU_ASSERT_STRING_EQUAL(value(&host, "/language"), "en");
    CU_ASSERT_EQUAL(host.secrets_asked, 0);
    host_end(&host);
    host_begin(&host);
    CU_ASSERT_EQUAL(operation_call(&host.table, NULL, 0, &error,
                                   &(struct operation_kind){&host.limits, describe}),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(operation_call(&host.table, "[]", 2, &error,
                                   &(struct operation_kind){&host.limits, describe}),
                    HECTOR_CONFIG);
    CU_ASSERT_EQUAL(host_count(&host, NULL), 1);
    host_end(&host);
}

/* Calls `visit` for each field of the form: of the tabs and of the advanced group. */
static void each_field(const struct test_host *host,
                       void (*visit)(const struct test_host *, struct json_object *))
{
    struct json_object *tabs = json_member_array(descriptor(host), "tabs");
    struct json_object *advanced =
        json_member_array(json_member(descriptor(host), "advanced"), "fields");

    for (size_t t = 0; t < json_count(tabs); t++) {
        struct json_object *sections =
            json_member_array(json_object_array_get_idx(tabs, t), "sections");

        for (size_t s = 0; s < json_count(sections); s++) {
            struct json_object *fields =
                json_member_array(json_object_array_get_idx(sections, s), "fields");

            CU_ASSERT_TRUE(json_count(fields) > 0);
            for (size_t f = 0; f < json_count(fields); f++) {
                visit(host, json_object_array_get_idx(fields, f));
            }
        }
    }
    for (size_t f = 0; f < json_count(advanced); f++) {
        visit(host, json_object_array_get_idx(advanced, f));
    }
}

static bool is_setting(struct json_object *field)
{
    return strcmp(json_member_text(field, "owner"), "integration") == 0 &&
           strcmp(json_member_text(field, "type"), "secret") != 0;
}

/* Each field that is no secret is a property of the schema, with the same default. */
static void check_against_schema(const struct test_host *host, struct json_object *field)
{
    const char *key = json_member_text(field, "key");
    struct json_object *property = json_member(
        json_member(json_member(descriptor(host), "settings_schema"), "properties"), key);
    struct json_object *stated = json_member(field, "default");

    CU_ASSERT_TRUE(json_member_text(field, "label") != NULL);
    CU_ASSERT_TRUE(json_member_text(field, "help") != NULL);
    CU_ASSERT_EQUAL(property != NULL, is_setting(field));
    if (property != NULL) {
        CU_ASSERT_TRUE(json_object_equal(stated, json_member(property, "default")));
    }
}

static size_t settings_seen;

static void count_setting(const struct test_host *host, struct json_object *field)
{
    (void)host;
    settings_seen += is_setting(field) ? 1 : 0;
}

static void test_schema(void)
{
    struct json_object *schema, *properties;
    struct test_host host;

    begin(&host, "{}");
    each_field(&host, check_against_schema);
    schema = json_member(descriptor(&host), "settings_schema");
    properties = json_member(schema, "properties");
    CU_ASSERT_TRUE(json_object_is_type(properties, json_type_object));
    settings_seen = 0;
    each_field(&host, count_setting);
    /* Conversely, each setting has a field. */
    CU_ASSERT_EQUAL(settings_seen, (size_t)json_object_object_length(properties));
    CU_ASSERT_STRING_EQUAL(value(&host, "/settings_schema/required"), "[\"url\"]");
    host_end(&host);
}

/* settings_read() accepts the schema's defaults, and they change nothing. */
static void test_defaults_are_accepted(void)
{
    struct json_object *request = json_object_new_object(), *settings = json_object_new_object();
    struct test_host host;
    char one[72], two[72];

    begin(&host, "{}");
    json_object_object_add(settings, "url", json_object_new_string("1.2.3.4"));
    json_object_object_foreach(
        json_member(json_member(descriptor(&host), "settings_schema"), "properties"), key,
        property) {
        struct json_object *value = json_member(property, "default");

        if (value != NULL) {
            json_object_object_add(settings, key, json_object_get(value));
        }
    }
    json_object_object_add(request, "settings", settings);
    host_settings(&host, json_object_to_json_string(request));
    CU_ASSERT_EQUAL(
        settings_digest(&host.operation, &host.settings, CHOICE_NONE, one, &host.failure),
        HECTOR_OK);
    host_settings(&host, "{\"settings\":{\"url\":\"1.2.3.4\"}}");
    CU_ASSERT_EQUAL(
        settings_digest(&host.operation, &host.settings, CHOICE_NONE, two, &host.failure),
        HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(one, two);
    json_object_put(request);
    host_end(&host);
}

static void test_attributes(void)
{
    struct json_object *attributes;
    struct test_host host;

    begin(&host, "{}");
    attributes = json_member_array(descriptor(&host), "attributes");
    CU_ASSERT_EQUAL(json_count(attributes), ATTRIBUTE_COUNT);
    for (size_t i = 0; i < json_count(attributes); i++) {
        struct json_object *attribute = json_object_array_get_idx(attributes, i);
        struct json_object *types = json_member_array(attribute, "device_types");

        CU_ASSERT_STRING_EQUAL(json_member_text(attribute, "id"),
                               attribute_info((enum attribute)i)->id);
        /* Those of end systems get their types with the first source that reads them. */
        CU_ASSERT_TRUE(json_count(types) > 0 ||
                       (i >= ATTRIBUTE_manufacturer && i <= ATTRIBUTE_group));
        CU_ASSERT_EQUAL(json_count(types),
                        (size_t)json_object_object_length(json_member(attribute, "cost")));
        CU_ASSERT_EQUAL(json_member_true(attribute, "locked"),
                        strcmp(json_member_text(attribute, "id"), "serial_number") == 0);
    }
    CU_ASSERT_STRING_EQUAL(value(&host, "/attributes/0/cost"),
                           "{\"firewall\":\"always\",\"switch\":\"always\","
                           "\"access_point\":\"always\",\"endpoint\":\"always\","
                           "\"management\":\"always\"}");
    host_end(&host);
}

/* The entry of an array of the descriptor whose member `name` is `text`; NULL = none. */
static struct json_object *entry(struct json_object *list, const char *name, const char *text)
{
    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *one = json_object_array_get_idx(list, i);

        if (strcmp(json_member_text(one, name), text) == 0) {
            return one;
        }
    }
    return NULL;
}

/* The number of texts in a list that contain a text. */
static size_t count_text(struct json_object *list, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < json_count(list); i++) {
        const char *one = json_object_get_string(json_object_array_get_idx(list, i));

        count += strstr(one, text) != NULL ? 1 : 0;
    }
    return count;
}

/* Each guide creates credentials that its system accepts, and restricts them to one address where
 * the system can. */
static void test_guides(void)
{
    static const struct {
        const char *system, *id, *language;
        size_t addresses; /* that the steps name */
        bool cli;         /* there is a CLI snippet, which names as many */
    } rows[] = {{"fortimanager", "token", "{\"language\":\"en\"}", 1, true},
                {"fortimanager", "password", "{\"language\":\"fr\"}", 1, true},
                {"fortimanager_cloud", "forticloud", "{\"language\":\"en\"}", 0, false},
                {"fortigate", "token", "{\"language\":\"fr\"}", 1, true},
                {"fortinac", "token", "{\"language\":\"fr\"}", 1, false},
                {"ems", "password", "{\"language\":\"en\"}", 0, false},
                {"ems", "access_key", "{\"language\":\"fr\"}", 0, false}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct json_object *guides, *guide, *credentials;
        size_t snippet = rows[i].cli ? rows[i].addresses : 0;
        struct test_host host;

        begin(&host, rows[i].language);
        guides = json_member_array(descriptor(&host), "guide");
        CU_ASSERT_EQUAL(json_count(guides), sizeof(rows) / sizeof(rows[0]));
        guide = json_object_array_get_idx(guides, i);
        CU_ASSERT_STRING_EQUAL(json_member_text(guide, "system"), rows[i].system);
        CU_ASSERT_STRING_EQUAL(json_member_text(guide, "id"), rows[i].id);
        credentials = entry(json_member_array(descriptor(&host), "credentials"), "id",
                            json_member_text(guide, "credentials"));
        CU_ASSERT_TRUE(count_text(json_member_array(credentials, "systems"), rows[i].system) > 0);
        CU_ASSERT_TRUE(json_count(json_member_array(guide, "steps")) >= 5);
        CU_ASSERT_EQUAL(count_text(json_member_array(guide, "steps"), "{egress_address}"),
                        rows[i].addresses);
        CU_ASSERT_EQUAL(count_text(json_member_array(guide, "cli"), "{egress_address}"), snippet);
        CU_ASSERT_EQUAL(json_member(guide, "cli") != NULL, rows[i].cli);
        CU_ASSERT_EQUAL(count_text(json_member_array(guide, "cli_ipv6"), "{egress_address}/128"),
                        snippet);
        CU_ASSERT_EQUAL(count_text(json_member_array(guide, "cli_ipv6"), "trusthost {egress") +
                            count_text(json_member_array(guide, "cli_ipv6"), "trusthost1 {egress"),
                        snippet);
        host_end(&host);
    }
}

static size_t secrets_seen;

/* Each secret of the form belongs to one set of credentials. */
static void count_secret(const struct test_host *host, struct json_object *field)
{
    struct json_object *list = json_member_array(descriptor(host), "credentials");

    for (size_t i = 0; i < json_count(list); i++) {
        struct json_object *secrets =
            json_member_array(json_object_array_get_idx(list, i), "secrets");

        CU_ASSERT_EQUAL(json_count(secrets), 1);
        if (strcmp(json_member_text(field, "type"), "secret") == 0 &&
            strcmp(json_object_get_string(json_object_array_get_idx(secrets, 0)),
                   json_member_text(field, "key")) == 0) {
            secrets_seen++;
        }
    }
}

static void test_credentials(void)
{
    struct test_host host;

    begin(&host, "{}");
    CU_ASSERT_STRING_EQUAL(value(&host, "/contract"), "1");
    CU_ASSERT_STRING_EQUAL(value(&host, "/credentials/0/systems"),
                           "[\"fortimanager\",\"fortigate\",\"fortinac\"]");
    CU_ASSERT_STRING_EQUAL(value(&host, "/credentials/1/settings"), "[\"username\"]");
    CU_ASSERT_STRING_EQUAL(value(&host, "/credentials/1/secrets"), "[\"password\"]");
    CU_ASSERT_STRING_EQUAL(value(&host, "/credentials/2/id"), "forticloud");
    CU_ASSERT_STRING_EQUAL(value(&host, "/credentials/3/id"), "access_key");
    CU_ASSERT_STRING_EQUAL(value(&host, "/credentials/3/settings"), "[\"ems_account\"]");
    CU_ASSERT_STRING_EQUAL(value(&host, "/credentials/4"), "");
    secrets_seen = 0;
    each_field(&host, count_secret);
    CU_ASSERT_EQUAL(secrets_seen, 4);
    host_end(&host);
}

static struct json_object *advanced_field(const struct test_host *host, const char *key)
{
    return entry(json_member_array(json_member(descriptor(host), "advanced"), "fields"), "key",
                 key);
}

/* The values of a choice are the same in every language; their labels are translated. */
static void test_choices(void)
{
    static const char *const rows[][2] = {
        {"{\"language\":\"en\"}", "Find out automatically"},
        {"{\"language\":\"fr\"}", "D\xC3\xA9tecter automatiquement"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct json_object *choices;
        struct test_host host;

        begin(&host, rows[i][0]);
        choices = json_member_array(advanced_field(&host, "source"), "choices");
        CU_ASSERT_STRING_EQUAL(json_member_text(entry(choices, "value", "auto"), "label"),
                               rows[i][1]);
        host_end(&host);
    }
}

/* A condition names a choice field, and some but not all of its values. */
static void check_condition(const struct test_host *host, struct json_object *field)
{
    struct json_object *condition = json_member(field, "visible_if"), *choices, *in;

    if (condition == NULL) {
        return;
    }
    choices =
        json_member_array(advanced_field(host, json_member_text(condition, "setting")), "choices");
    in = json_member_array(condition, "in");
    CU_ASSERT_TRUE(json_count(in) > 0 && json_count(in) <= json_count(choices));
    for (size_t i = 0; i < json_count(in); i++) {
        const char *one = json_object_get_string(json_object_array_get_idx(in, i));

        CU_ASSERT_PTR_NOT_NULL(entry(choices, "value", one));
    }
}

static void test_conditions(void)
{
    struct test_host host;

    begin(&host, "{}");
    each_field(&host, check_condition);
    CU_ASSERT_PTR_NOT_NULL(json_member(advanced_field(&host, "adoms"), "visible_if"));
    CU_ASSERT_PTR_NULL(json_member(advanced_field(&host, "timeout_s"), "visible_if"));
    CU_ASSERT_STRING_EQUAL(
        json_member_text(json_member(advanced_field(&host, "enrich_minutes"), "visible_if"),
                         "setting"),
        "enrich");
    /* A FortiGate has unauthorised units, too. */
    for (size_t i = 0; i < 2; i++) {
        CU_ASSERT_STRING_EQUAL(
            json_object_get_string(json_member(
                json_member(advanced_field(&host, i == 0 ? "include" : "forticloud_user"),
                            "visible_if"),
                "in")),
            "[ \"auto\", \"fortimanager\", \"fortigate\" ]");
    }
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/1/sections/0/fields/0/reference"), "stockroom");
    CU_ASSERT_STRING_EQUAL(value(&host, "/tabs/1/sections/0/fields/1/reference"), "category");
    host_end(&host);
}

/* ---- names in sentences */

static struct json_object *named_field; /* set by each_field() */
static const char *wanted_key;

static void find_field(const struct test_host *host, struct json_object *field)
{
    (void)host;
    if (strcmp(json_member_text(field, "key"), wanted_key) == 0) {
        named_field = field;
    }
}

static struct json_object *any_field(const struct test_host *host, const char *key)
{
    named_field = NULL;
    wanted_key = key;
    each_field(host, find_field);
    return named_field;
}

static bool has_choice(const struct test_host *host, const char *value)
{
    struct json_object *fields =
        json_member_array(json_member(descriptor(host), "advanced"), "fields");

    for (size_t i = 0; i < json_count(fields); i++) {
        struct json_object *choices =
            json_member_array(json_object_array_get_idx(fields, i), "choices");

        if (choices != NULL && entry(choices, "value", value) != NULL) {
            return true;
        }
    }
    return false;
}

/* Each setting, secret and choice that a sentence names is in the form. */
static void check_names(const struct test_host *host, const char *template)
{
    static const char *const kinds[] = {"{field_", "{secret_", "{choice_"};

    for (int kind = 0; kind < 3; kind++) {
        for (const char *at = strstr(template, kinds[kind]); at != NULL;
             at = strstr(at + 1, kinds[kind])) {
            char key[64] = "";
            struct json_object *field;

            at += strlen(kinds[kind]);
            (void)snprintf(key, sizeof(key), "%.*s", (int)strcspn(at, "}"), at);
            if (*key >= '0' && *key <= '9') {
                continue;
            }
            field = any_field(host, key);
            CU_ASSERT_TRUE(kind == 2 ? has_choice(host, key)
                                     : field != NULL && (strcmp(json_member_text(field, "type"),
                                                                "secret") == 0) == (kind == 1));
        }
    }
}

static bool is_word(const char *text, const char *at, size_t size)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

    return (at == text || strchr(letters, at[-1]) == NULL) &&
           (at[size] == '\0' || strchr(letters, at[size]) == NULL);
}

static const char *sentence; /* for check_spelt_out() */

/* Sentences contain keys that are no ordinary words only in JSON examples, or as a placeholder. */
static void check_spelt_out(const struct test_host *host, struct json_object *field)
{
    const char *key = json_member_text(field, "key");
    size_t size = strlen(key);

    (void)host;
    if (strchr(key, '_') == NULL && strcmp(key, "url") != 0 && strcmp(key, "adoms") != 0 &&
        strcmp(key, "username") != 0) {
        return;
    }
    for (const char *at = strstr(sentence, key); at != NULL; at = strstr(at + 1, key)) {
        bool example = at > sentence && at[-1] == '"', host_fills = at > sentence && at[-1] == '{';

        CU_ASSERT_TRUE(!is_word(sentence, at, size) || example || host_fills);
    }
}

/* Sentences use the labels of the form. */
static void check_label(const struct test_host *host, struct json_object *field)
{
    const char *key = json_member_text(field, "key"), *label = json_member_text(field, "label");
    char out[MESSAGE_MAX], quoted[MESSAGE_MAX];

    (void)host;
    message_format(out, sizeof(out), &(const struct wording){.language = LANGUAGE_ENGLISH},
                   REASON_setting_not_for, ARGUMENTS(key, ""));
    (void)snprintf(quoted, sizeof(quoted), "\"%s\" cannot", label);
    CU_ASSERT_EQUAL(strncmp(out, quoted, strlen(quoted)), 0);
}

static void test_names_in_sentences(void)
{
    struct test_host host;

    begin(&host, "{}");
    each_field(&host, check_label);
    for (int id = 1; id < MESSAGE_COUNT; id++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            sentence = message_template((enum language)language, (enum message_id)id);
            check_names(&host, sentence);
            if (id != REASON_option_unknown) { /* values of the request's member `option` */
                each_field(&host, check_spelt_out);
            }
        }
    }
    host_end(&host);
}

static CU_TestInfo describe_tests[] = {
    {"English", test_english},
    {"French", test_french},
    {"requests", test_request},
    {"fields and schema agree", test_schema},
    {"the defaults are accepted", test_defaults_are_accepted},
    {"attributes", test_attributes},
    {"guides", test_guides},
    {"credentials", test_credentials},
    {"choices", test_choices},
    {"conditions and references", test_conditions},
    {"the names in sentences", test_names_in_sentences},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "describe", .pTests = describe_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
