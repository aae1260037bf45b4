/*
 * test_stub_anonymise.c - what a bundle keeps, and what it replaces by what.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "host-stub/anonymise.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "host-stub/harmless.h"
#include "host-stub/json_text.h"
#include "lib/tap.h"

static const struct secrets none;

/* One reply of a recording, and what becomes of it, as text. The caller puts *ret back. */
static const char *replaced(const struct secrets *secrets, const char *reply, json_object **ret)
{
    struct anonymiser anonymiser;
    json_object *json = json_tokener_parse(reply);

    CU_ASSERT_PTR_NOT_NULL_FATAL(json);
    CU_ASSERT_TRUE(anonymiser_init(&anonymiser, secrets));
    anonymiser_learn(&anonymiser, json);
    anonymiser_assign(&anonymiser, NULL);
    *ret = anonymiser_copy(&anonymiser, ANONYMISE_REPLY, json);
    CU_ASSERT_FALSE(json_text_lost());
    anonymiser_release(&anonymiser);
    json_object_put(json);
    return json_object_to_json_string_ext(*ret,
                                          JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

static void becomes(const char *reply, const char *expected)
{
    json_object *value;

    CU_ASSERT_STRING_EQUAL(replaced(&none, reply, &value), expected);
    json_object_put(value);
}

/* What the plugin reads, and what an appliance answers: none of it names anybody. */
static void test_kept(void)
{
    static const char *const replies[] = {
        "{\"platform_str\":\"FortiGateRugged-60F-3G4G\",\"os_ver\":\"7.0\",\"mr\":\"4\"}",
        "{\"os_version\":\"S124FP-v7.4.3-build0830,240611 (GA)\",\"model_number\":\"VM64\"}",
        "{\"status\":\"not modified\",\"conf_status\":\"outofsync\",\"vdom_mode\":\"no-vdom\"}",
        "{\"Version\":\"v7.0.1-build4661 210831 (GA)\",\"HA Mode\":\"Stand Alone\"}",
        "{\"join_time\":\"04/19/21 14:01\",\"last_seen\":\"2026-01-31T10:20:30Z\",\"x\":\"12\"}",
        "{\"url\":\"/pm/config/adom/root/obj/fsp/managed-switch\",\"vdom\":\"root\"}",
        "{\"message\":\"No permission for the resource\",\"mask\":\"255.255.254.0\"}",
        "{\"last_checked\":1711025724,\"flags\":2097169,\"oid\":34835,\"size\":-5,\"x\":1000.0}",
        "{\"data\":[{\"result\":true,\"radio-1\":null}],\"sn\":\"FGVM00UNLICENSED\"}",
    };

    for (size_t i = 0; i < sizeof(replies) / sizeof(replies[0]); i++)
        becomes(replies[i], replies[i]);
}

/* Nothing of these may be left, whatever the member is called. */
static void test_replaced(void)
{
    static const char *const texts[] = {
        "berlin",
        "fw-berlin-01",
        "10.99.88.77",
        "to 10.99.88.77 port 8443",
        "+33 6 98 76 54 32",
        "0698765432",
        "tel:06.98.76.54.32",
        "555-698-7654",
        "aa-bb-cc-dd-ee-99",
        "aabb.ccdd.ee99",
        "john.doe@acme.example",
        "2001:db8:9:8::77",
        "fe80::9:8:77%port1",
        "2026-01-01 0698765432",
        "FortiGate-Berlin",
        "v7.4.3 build1 (berlin)",
        "BERLINFW01SITE77",
        "b\xC3\xBCro",
        "10.99.88.77/33698765432",
        "10.99.88.77:06987654321",
        "adom/berlin\\\\/x",
    };
    static const char *const members[] = {"name",     "status", "type",      "model", "version",
                                          "message",  "url",    "path",      "flags", "reason",
                                          "latitude", "sn",     "switch-id", "x",     "target"};
    static const char *const left[] = {"erlin", "99.88", "98 76", "98765", "98.76", "698-", "dd-ee",
                                       "ccdd",  "doe",   "acme",  "9:8:",  "07698", "ro\"", "SITE"};
    char reply[256];

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        for (size_t k = 0; k < sizeof(members) / sizeof(members[0]); k++) {
            json_object *value;
            const char *text;

            (void)snprintf(reply, sizeof(reply), "{\"%s\":\"%s\",\"x\":{\"%s\":1}}", members[k],
                           texts[i], texts[i]);
            text = replaced(&none, reply, &value);
            for (size_t n = 0; n < sizeof(left) / sizeof(left[0]); n++) {
                if (strstr(text, left[n]) != NULL)
                    (void)printf("# %s -> %s\n", reply, text);
                CU_ASSERT_PTR_NULL(strstr(text, left[n]));
            }
            json_object_put(value);
        }
    }
}

static void test_members(void)
{
    /* An object whose members are interfaces, and one of an administrator's fields. */
    becomes(
        "{\"results\":{\"wan-berlin\":{\"status\":\"up\"}},\"meta fields\":{\"status\":\"4711\","
        "\"contact\":\"up\"}}",
        "{\"results\":{\"text-000003\":{\"status\":\"up\"}},\"meta fields\":{\"status\":"
        "\"name-000001\",\"name-000002\":\"up\"}}");
    /* A field that an administrator gave no name. */
    becomes("{\"meta fields\":{\"\":\"berlin\"}}", "{\"meta fields\":{\"\":\"name-000001\"}}");
    /* A VDOM that is called like a member does not change the envelope. */
    becomes("{\"vdom\":\"results\",\"results\":{\"name\":\"data\"},\"data\":1}",
            "{\"vdom\":\"results\",\"results\":{\"name\":\"data\"},\"data\":1}");
    /* A serial number as the name of a member is the same as elsewhere. */
    becomes("{\"FGT60FTK98765432\":1,\"sn\":\"FGT60FTK98765432\"}",
            "{\"FGT60FAA00000001\":1,\"sn\":\"FGT60FAA00000001\"}");
    CU_ASSERT_TRUE(harmless_secret_member("sim1-pin"));
    CU_ASSERT_TRUE(harmless_secret_member("private-key"));
    CU_ASSERT_FALSE(harmless_secret_member("mapping_name"));
}

/* A word that stands in the wrong place is not found. */
static void test_words(void)
{
    static const char *const words[] = {
#include "host-stub/harmless_words.def"
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        CU_ASSERT_TRUE(harmless_part((struct span){words[i], strlen(words[i])}));
}

static void test_numbers(void)
{
    becomes("{\"phone\":4711,\"x\":33698765432,\"gps\":[48.856613,2.352222],\"latitude\":48}",
            "{\"phone\":1000002,\"x\":1000001,\"gps\":[10.000003,10.000001],\"latitude\":"
            "10.000002}");
    /* A whole degree is a coordinate, too. */
    becomes("{\"long\":48}", "{\"long\":10.000001}");
}

/* A secret is gone whole, in a member that keeps its text, in a name and as part of a path. */
static void test_secrets(void)
{
    struct secrets secrets = {.count = 1, .items = {{.size = 5, .bytes = "model"}}};
    json_object *value;
    const char *text = replaced(&secrets,
                                "{\"status\":\"model\",\"model\":{\"url\":\"/sys/model\"},"
                                "\"name\":\"a model\"}",
                                &value);

    CU_ASSERT_STRING_EQUAL(text, "{\"status\":\"***\",\"***\":{\"url\":\"***\"},\"name\":\"***\"}");
    json_object_put(value);
}

/* What an integration names stays, but for what it repeats of a reply. */
static void test_documents(void)
{
    struct anonymiser anonymiser;
    json_object *reply = json_tokener_parse("{\"name\":\"odd_state\",\"desc\":\" 06 98 76 54 \"}");
    json_object *document = json_tokener_parse(
        "{\"kind\":\"a_kind\",\"state\":\"odd_state\",\"reason\":\"slug_of_ours\",\"note\":"
        "\"06 98 76 54\",\"title\":\"{\\\"berlin\\\":1}\",\"message\":\"berlin\",\"meta.berlin\":1,"
        "\"listing_digest\":\"sha256:00\"}");
    json_object *value;

    CU_ASSERT_TRUE(anonymiser_init(&anonymiser, &none));
    anonymiser_learn(&anonymiser, reply);
    anonymiser_assign(&anonymiser, NULL);
    value = anonymiser_copy(&anonymiser, ANONYMISE_DOCUMENT, document);
    CU_ASSERT_STRING_EQUAL(json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN),
                           "{\"kind\":\"a_kind\",\"state\":\"name-000002\",\"reason\":"
                           "\"slug_of_ours\",\"note\":\"other-000003\",\"title\":"
                           "\"{\\\"other-000004\\\":1}\",\"meta.other-000004\":1}");
    json_object_put(value);
    json_object_put(document);
    json_object_put(reply);
    anonymiser_release(&anonymiser);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"what says what a thing is stays", test_kept},
        {"what names somebody goes, whatever its member", test_replaced},
        {"names of members", test_members},
        {"the list of words is in order", test_words},
        {"numbers", test_numbers},
        {"secrets", test_secrets},
        {"documents", test_documents},
        CU_TEST_INFO_NULL,
    };
    CU_SuiteInfo suites[] = {{.pName = "stub_anonymise", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
