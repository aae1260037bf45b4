/*
 * test_ems.c - an EMS as the source: sessions, details, serial numbers, EMS Cloud, validate.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/ems/ems.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/ems_fixture.h"
#include "lib/tap.h"

#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, 0, NULL                                                                     \
    }
#define REPLY(path, body)                                                                          \
    {                                                                                              \
        path, 0, body, 0, NULL                                                                     \
    }
#define SIGN_IN "/auth/signin "
#define LOGIN   "/ems_api_cloud/login/ "
#define CLOUD   ",\"ems_account\":\"it@example.org\""

/* Each session that was opened was closed, and nothing but a sign-in or a login was posted. */
static void check_sessions(const struct ems_fixture *fixture, size_t sessions)
{
    CU_ASSERT_EQUAL(ems_fixture_asked(fixture, "GET /api/v1/auth/signout ") +
                        ems_fixture_asked(fixture, LOGIN),
                    sessions);
    CU_ASSERT_EQUAL(ems_fixture_asked(fixture, "POST "),
                    ems_fixture_asked(fixture, SIGN_IN) + ems_fixture_asked(fixture, LOGIN) +
                        ems_fixture_asked(fixture, "/ems_api_cloud/logout/ "));
}

/* One asset; its attributes, also those that only the list has; the scope by the site. */
static void test_sync(void)
{
    static const struct ems_reply replies[] = {
        REPLY("/endpoints/index?",
              EMS_LIST("1", "{\"device_id\":11,\"name\":\"lap-11\",\"is_managed\":1,"
                            "\"last_seen\":1700000011,\"fct_version\":\"7.4.3.1790\","
                            "\"fct_users\":[{\"machine_user_name\":\"old\",\"last_seen\":"
                            "\"2023-01-01T00:00:00\"},{\"machine_user_name\":\"\","
                            "\"auth_user_name\":\"ann\",\"last_seen\":\"2024-01-01T00:00:00\"},"
                            "{\"machine_user_name\":\"bob\",\"last_seen\":null}]}")),
        REPLY(
            "/11/details ",
            EMS_DETAILS("11", "lap-11",
                        ",\"host\":\"lap-11.example.org\",\"ip_addr\":\"192.0.2.11\","
                        "\"mac_addr\":\"02:00:00:00:00:11\",\"os_version\":\"Windows 11\","
                        "\"group_name\":\"Paris\",\"is_ems_online\":true,\"fct_sn\":"
                        "\"FCT8000000000001\",\"last_seen\":1700000012" EMS_HARDWARE(" 7xk2jq3"))),
        END};
    static const struct {
        const char *pointer, *value;
    } rows[] = {
        {"/device_type", "endpoint"},
        {"/scope", "ems:default"},
        {"/title", "lap-11"},
        {"/attributes/serial_number", "7XK2JQ3"},
        {"/attributes/name", "lap-11"},
        {"/attributes/hostname", "lap-11.example.org"},
        {"/attributes/manufacturer", "Dell Inc."},
        {"/attributes/model", "Latitude 7440"},
        {"/attributes/ip_address", "192.0.2.11"},
        {"/attributes/mac_address", "02:00:00:00:00:11"},
        {"/attributes/operating_system", "Windows 11"},
        {"/attributes/agent_version", "7.4.3.1790"},
        {"/attributes/group", "Paris"},
        {"/attributes/user", "ann"},
        {"/attributes/connection_status", "up"},
        {"/attributes/last_seen", "2023-11-14T22:13:32Z"},
    };
    struct ems_fixture fixture = {.pace_ms = 0};

    CU_ASSERT_EQUAL(ems_fixture_run(&fixture, sync_run,
                                    ",\"attributes\":[\"name\",\"hostname\",\"manufacturer\","
                                    "\"model\",\"ip_address\",\"mac_address\",\"operating_system\","
                                    "\"agent_version\",\"group\",\"user\",\"connection_status\","
                                    "\"last_seen\"]",
                                    "", replies),
                    HECTOR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, rows[i].pointer),
                               rows[i].value);
    }
    CU_ASSERT_STRING_EQUAL(ems_fixture_coverage(&fixture), "ems:default complete 1");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/system"), "ems");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/id"), "FCTEMS8824001234");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/version"), "7.4.5");
    check_sessions(&fixture, 1);
    ems_fixture_end(&fixture);
}

/* What a sign-in, and the session after it, may end in. `sessions` were closed. */
static void test_sessions(void)
{
    static const struct {
        const char *what, *settings;
        struct ems_reply replies[4];
        int32_t code;
        const char *reason; /* of the failure; "" = none */
        size_t sessions;
    } rows[] = {
        {"refused in an HTTP 200",
         "",
         {REPLY(SIGN_IN, EMS_NOT("-1", "Wrong")), END},
         HECTOR_AUTH,
         "ems_sign_in_refused",
         0},
        {"refused with 400",
         "",
         {{SIGN_IN, 400, EMS_NOT("-6", "Bad"), 0, NULL}, END},
         HECTOR_AUTH,
         "ems_sign_in_refused",
         0},
        {"refused with 401",
         "",
         {{SIGN_IN, 401, EMS_NOT("-4", "No"), 0, NULL}, END},
         HECTOR_AUTH,
         "ems_sign_in_refused",
         0},
        {"refused, and a session set",
         "",
         {{SIGN_IN, 0, EMS_NOT("0", ""), 0, EMS_COOKIES}, END},
         HECTOR_AUTH,
         "ems_sign_in_refused",
         1},
        {"the database of the EMS",
         "",
         {{SIGN_IN, 500, EMS_NOT("-7", "Database error"), 0, NULL}, END},
         HECTOR_UNREACHABLE,
         "server_error",
         0},
        {"no EMS",
         "",
         {{SIGN_IN, 404, "<html>nothing</html>", 0, NULL}, END},
         HECTOR_DATA,
         "ems_unrecognised",
         0},
        {"another API",
         "",
         {REPLY(SIGN_IN, "{\"result\":[1]}"), END},
         HECTOR_DATA,
         "ems_unrecognised",
         0},
        {"no cookie",
         "",
         {REPLY(SIGN_IN, EMS_NOT("1", "")), END},
         HECTOR_DATA,
         "ems_reply_invalid",
         0},
        {"a token in quotes",
         "",
         {{SIGN_IN, 0, EMS_NOT("1", ""), 0,
           "Set-Cookie: ccsrftoken=\"the-csrf\"\r\nSet-Cookie: sessionid=the-session\r\n"},
          END},
         HECTOR_OK,
         "",
         1},
        {"no token against forged requests",
         "",
         {{SIGN_IN, 0, EMS_NOT("1", ""), 0, "Set-Cookie: sessionid=the-session\r\n"}, END},
         HECTOR_AUTH,
         "ems_session_refused",
         1},
        {"expired in the middle, by its status",
         "",
         {{"/index?", 401, "", 1, NULL}, END},
         HECTOR_OK,
         "",
         2},
        {"expired in the middle, by its result",
         "",
         {{"/details ", 0, EMS_ENDED, 1, NULL}, END},
         HECTOR_OK,
         "",
         2},
        {"never a session",
         "",
         {{"/license/get ", 401, EMS_ENDED, 0, NULL}, END},
         HECTOR_AUTH,
         "ems_session_refused",
         1},
        {"the list ends each session",
         "",
         {{"/index?", 401, EMS_ENDED, 0, NULL}, END},
         HECTOR_AUTH,
         "ems_session_refused",
         2},
        {"refused at the second time",
         "",
         {{"/index?", 401, EMS_ENDED, 1, NULL},
          {SIGN_IN, 0, EMS_NOT("1", ""), 1, EMS_COOKIES},
          {SIGN_IN, 0, EMS_NOT("-1", "Wrong"), 0, NULL},
          END},
         HECTOR_AUTH,
         "ems_sign_in_refused",
         1},
        {"EMS Cloud", CLOUD, {END}, HECTOR_OK, "", 1},
        {"EMS Cloud, expired in the middle",
         CLOUD,
         {{"/details ", 401, "", 1, NULL}, END},
         HECTOR_OK,
         "",
         2},
        {"EMS Cloud refuses the key",
         CLOUD,
         {REPLY(LOGIN, "{\"result\":\"denied\"}"), END},
         HECTOR_AUTH,
         "ems_key_refused",
         1},
        {"EMS Cloud refuses the key with 401",
         CLOUD,
         {{LOGIN, 401, "", 0, NULL}, END},
         HECTOR_AUTH,
         "ems_key_refused",
         1},
        {"EMS Cloud knows the key of a FortiGate",
         CLOUD,
         {{LOGIN, 403, "{\"message\":\"This is a FortiGate access key.\"}", 0, NULL}, END},
         HECTOR_AUTH,
         "ems_key_fortigate",
         1},
        {"EMS Cloud has no session",
         CLOUD,
         {REPLY(LOGIN, "{\"result\":\"login\"}"), END},
         HECTOR_DATA,
         "ems_reply_invalid",
         1},
        {"EMS Cloud with a session that ends a header",
         CLOUD,
         {REPLY(LOGIN, "{\"result\":\"login\",\"session_id\":\"a\\r\\nb\"}"), END},
         HECTOR_DATA,
         "ems_reply_invalid",
         1},
        {"EMS Cloud breaks",
         CLOUD,
         {{LOGIN, 502, "", 0, NULL}, END},
         HECTOR_UNREACHABLE,
         "server_error",
         1},
        {"not EMS Cloud",
         CLOUD,
         {{LOGIN, 404, "<html>nothing</html>", 0, NULL}, END},
         HECTOR_DATA,
         "ems_unrecognised",
         1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ems_fixture fixture = {.pace_ms = 0};
        int32_t code = ems_fixture_run(&fixture, sync_run, rows[i].settings, "", rows[i].replies);
        const char *reason = code != HECTOR_OK ? message_slug(fixture.host.failure.reason) : "";

        if (code != rows[i].code || strcmp(reason, rows[i].reason) != 0) {
            printf("# %s: %d %s\n", rows[i].what, (int)code, reason);
        }
        CU_ASSERT_EQUAL(code, rows[i].code);
        CU_ASSERT_STRING_EQUAL(reason, rows[i].reason);
        check_sessions(&fixture, rows[i].sessions);
        ems_fixture_end(&fixture);
    }
}

/* A refused key that looks like the ID of one gets a sentence of its own. */
static void test_key_ids(void)
{
    static const struct {
        const char *key, *reason;
    } rows[] = {
        {"123456789012345678901234567890", "ems_key_id"},
        {"0a1b2c3d-0000-4000-8000-0123456789ab", "ems_key_id"},
        {"short", "ems_key_id"},
        {"0a1b2c3d-0000-4000-8000-0123456789abcd", "ems_key_refused"},
        {"Zm9ydGllbmRwb2ludC1hY2Nlc3Mta2V5", "ems_key_refused"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        static const struct ems_reply replies[] = {{LOGIN, 401, "{}", 0, NULL}, END};
        struct ems_fixture fixture = {.access_key = rows[i].key};

        CU_ASSERT_EQUAL(ems_fixture_run(&fixture, sync_run, CLOUD, "", replies), HECTOR_AUTH);
        CU_ASSERT_STRING_EQUAL(message_slug(fixture.host.failure.reason), rows[i].reason);
        ems_fixture_end(&fixture);
    }
}

/* Which path has the details, and what they may be. */
static void test_details(void)
{
#define TWO                                                                                        \
    REPLY("/endpoints/index?",                                                                     \
          EMS_LIST("2", EMS_ROW("11", "lap-11", "20") "," EMS_ROW("12", "lap-12", "0")))
#define GET_12  "/api/v1/endpoints/12/get "
#define READ_12 "/endpoints/device/12/details "
#define ROW_12  EMS_DETAILS("12", "lap-12", EMS_HARDWARE("PF3ABCD1"))
    static const struct {
        const char *what;
        struct ems_reply replies[6];
        int32_t code;
        const char *assets, *coverage;
    } rows[] = {
        {"two",
         {TWO, REPLY(READ_12, ROW_12), END},
         HECTOR_OK,
         "7XK2JQ3 lap-11 | PF3ABCD1 lap-12",
         "ems:default complete 2"},
        {"the path of 7.0.3, which its version says",
         {REPLY("/consts/get?", EMS_OK("{\"System\":{\"VERSION\":\"7.0.3\"}}")),
          REPLY("/endpoints/11/get ",
                EMS_LIST("1", "{\"device_id\":11,\"hardware_details\":{\"s/n\":\"7XK2JQ3\"}}")),
          {"/details ", 500, "", 0, NULL},
          END},
         HECTOR_OK,
         "7XK2JQ3 lap-11",
         "ems:default complete 1"},
        {"the path of 7.0.3 in a version that is not known",
         {{"/consts/get?", 404, "", 0, NULL},
          REPLY("/endpoints/11/get ",
                EMS_LIST("1", "{\"device_id\":11,\"hardware_details\":{\"s/n\":\"7XK2JQ3\"}}")),
          {"/details ", 404, "<html>", 0, NULL},
          END},
         HECTOR_OK,
         "7XK2JQ3 lap-11",
         "ems:default complete 1"},
        {"the names of FortiSASE",
         {REPLY("/11/details ",
                EMS_DETAILS("11", "a", ",\"hardwareDetails\":{\"s/n\":\"7XK2JQ3\"}")),
          END},
         HECTOR_OK,
         "7XK2JQ3 a",
         "ems:default complete 1"},
        {"of another endpoint",
         {TWO, REPLY(READ_12, EMS_DETAILS("11", "lap-11", EMS_HARDWARE("PF3ABCD1"))), END},
         HECTOR_PARTIAL,
         "7XK2JQ3 lap-11",
         "ems:default ems_reply_invalid 1"},
        {"of no endpoint",
         {TWO, REPLY(READ_12, EMS_OK("null")), END},
         HECTOR_PARTIAL,
         "7XK2JQ3 lap-11",
         "ems:default ems_reply_invalid 1"},
        {"gone",
         {TWO, {READ_12, 404, "", 0, NULL}, END},
         HECTOR_PARTIAL,
         "7XK2JQ3 lap-11",
         "ems:default ems_reply_invalid 1"},
        {"refused",
         {TWO, {READ_12, 403, EMS_NOT("-5", "No"), 0, NULL}, END},
         HECTOR_PARTIAL,
         "7XK2JQ3 lap-11",
         "ems:default ems_refused 1"},
        {"broken",
         {TWO, {READ_12, 500, EMS_NOT("-2", "No"), 0, NULL}, END},
         HECTOR_PARTIAL,
         "7XK2JQ3 lap-11",
         "ems:default server_error 1"},
        {"an error",
         {TWO, {READ_12, 400, EMS_NOT("-1", "No"), 0, NULL}, END},
         HECTOR_PARTIAL,
         "7XK2JQ3 lap-11",
         "ems:default ems_error 1"},
        {"hardware of one only",
         {TWO, REPLY(READ_12, EMS_DETAILS("12", "lap-12", "")), END},
         HECTOR_OK,
         "7XK2JQ3 lap-11",
         "ems:default complete 2"},
        {"hardware that is null",
         {REPLY("/11/details ", EMS_DETAILS("11", "a", ",\"hardware_details\":null")), END},
         HECTOR_OK,
         "",
         "ems:default complete 1"},
        {"FortiClient's serial number is none of the machine",
         {REPLY("/11/details ", EMS_DETAILS("11", "a", ",\"fct_sn\":\"FCT8000000000001\"")), END},
         HECTOR_DATA,
         "",
         "ems:default ems_no_serials 0"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ems_fixture fixture = {.pace_ms = 0};
        int32_t code = ems_fixture_run(&fixture, sync_run, "", "", rows[i].replies);

        if (code != rows[i].code || strcmp(ems_fixture_assets(&fixture), rows[i].assets) != 0 ||
            strcmp(ems_fixture_coverage(&fixture), rows[i].coverage) != 0) {
            printf("# %s: %d; %s; %s\n", rows[i].what, (int)code, ems_fixture_assets(&fixture),
                   ems_fixture_coverage(&fixture));
        }
        CU_ASSERT_EQUAL(code, rows[i].code);
        CU_ASSERT_STRING_EQUAL(ems_fixture_assets(&fixture), rows[i].assets);
        CU_ASSERT_STRING_EQUAL(ems_fixture_coverage(&fixture), rows[i].coverage);
        check_sessions(&fixture, 1);
        ems_fixture_end(&fixture);
    }
}

/* `count` rows of a list, all managed, from id 11 on, the newest first. */
static const char *many_rows(size_t count)
{
    static char rows[4096];
    size_t size = 0;

    for (size_t i = 0; i < count; i++) {
        size += (size_t)snprintf(rows + size, sizeof(rows) - size,
                                 "%s{\"device_id\":%zu,\"name\":\"lap\",\"last_seen\":%zu}",
                                 i > 0 ? "," : "", 11 + i, 1700000000 - i);
    }
    return rows;
}

/*
 * An EMS without serial numbers: five endpoints are asked, and no more; it is a problem, and
 * nothing is complete. One that breaks three times in a row is not asked again, either.
 */
static void test_ends(void)
{
    static const struct {
        struct ems_reply details;
        size_t asked;
        int32_t code;
        const char *reason, *message;
    } rows[] = {
        {{"/details ", 0, NULL, 0, NULL}, 5, HECTOR_DATA, "ems_no_serials", "(version 7.4.5)"},
        {{"/details ", 500, EMS_NOT("-2", ""), 0, NULL},
         3,
         HECTOR_UNREACHABLE,
         "ems_details_unread",
         "of 20 of 20 managed endpoints"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char list[8192], details[20][128], paths[20][64];
        struct ems_reply replies[22] = {{"/endpoints/index?", 0, list, 0, NULL}};
        struct ems_fixture fixture = {.pace_ms = 0};

        (void)snprintf(list, sizeof(list), EMS_LIST("20", "%s"), many_rows(20));
        for (size_t k = 0; k < 20; k++) {
            (void)snprintf(paths[k], sizeof(paths[k]), "/device/%zu/details ", 11 + k);
            (void)snprintf(details[k], sizeof(details[k]), EMS_OK("{\"device_id\":%zu}"), 11 + k);
            replies[k + 1] = rows[i].details;
            replies[k + 1].path = paths[k];
            replies[k + 1].body = rows[i].details.body != NULL ? rows[i].details.body : details[k];
        }
        CU_ASSERT_EQUAL(ems_fixture_run(&fixture, sync_run, "", "", replies), rows[i].code);
        CU_ASSERT_EQUAL(ems_fixture_asked(&fixture, "/details "), rows[i].asked);
        CU_ASSERT_PTR_NOT_NULL(
            strstr(ems_fixture_message(&fixture, "problem", rows[i].reason), rows[i].message));
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "coverage", 0, "/complete"), "false");
        ems_fixture_end(&fixture);
    }
}

/* What validate says. */
static void test_validate(void)
{
    static const struct {
        const char *settings;
        struct ems_reply replies[4];
        int32_t code;
        const char *reason, *message; /* of a step */
    } rows[] = {
        {"",
         {END},
         HECTOR_OK,
         "check_ems_version_ok",
         "FortiClient EMS 7.4.5, FCTEMS8824001234, with the site default."},
        {"",
         {REPLY("/endpoints/index?",
                EMS_LIST("3", EMS_ROW("11", "a", "1") "," EMS_BARE("12") "," EMS_BARE("13"))),
          END},
         HECTOR_OK,
         "check_ems_endpoints_ok",
         "3 endpoints, 1 of them managed. An import reads the details of each of these, in about 1 "
         "minute; those that report a serial number become assets."},
        {",\"ems_site\":\"paris\"",
         {END},
         HECTOR_OK,
         "check_ems_version_ok",
         "FortiClient EMS 7.4.5, FCTEMS8824001234, with the site paris."},
        {"",
         {REPLY(SIGN_IN, EMS_NOT("-1", "Invalid password.")), END},
         HECTOR_AUTH,
         "ems_sign_in_refused",
         NULL},
        {"",
         {REPLY("/11/details ", EMS_DETAILS("11", "a", "")), END},
         HECTOR_DATA,
         "ems_no_serials",
         NULL},
        {"",
         {{"/index?", 403, EMS_NOT("-5", "No"), 0, NULL}, END},
         HECTOR_PERMISSION,
         "ems_refused",
         NULL},
        {"",
         {{"/details ", 403, EMS_NOT("-5", "No"), 0, NULL}, END},
         HECTOR_PERMISSION,
         "ems_refused",
         NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ems_fixture fixture = {.pace_ms = 100};

        CU_ASSERT_EQUAL(ems_fixture_run(&fixture, validate, rows[i].settings, "", rows[i].replies),
                        rows[i].code);
        const char *message = ems_fixture_message(&fixture, "check", rows[i].reason);
        if (rows[i].message != NULL) {
            CU_ASSERT_STRING_EQUAL(message, rows[i].message);
        } else {
            CU_ASSERT_STRING_NOT_EQUAL(message, "");
        }
        check_sessions(&fixture, strcmp(rows[i].reason, "ems_sign_in_refused") != 0);
        ems_fixture_end(&fixture);
    }
}

/*
 * The id of the source is the serial number of the EMS: no single answer without one changes it,
 * and none that cannot be read. The version may stay unknown.
 */
static void test_identity(void)
{
    static const struct {
        const char *what;
        struct ems_reply replies[3];
        int32_t code;
        const char *id, *version; /* the beginning of the id */
        size_t asked;             /* for the licence */
    } rows[] = {
        {"a web page once",
         {{"/license/get ", 0, "<html>", 1, NULL}, END},
         HECTOR_OK,
         "FCTEMS8824001234",
         "7.4.5",
         2},
        {"always a web page",
         {{"/license/get ", 0, "<html>", 0, NULL}, END},
         HECTOR_DATA,
         "",
         "",
         2},
        {"an error once",
         {{"/license/get ", 400, EMS_NOT("-1", ""), 1, NULL}, END},
         HECTOR_OK,
         "FCTEMS8824001234",
         "7.4.5",
         2},
        {"always an error",
         {{"/license/get ", 400, EMS_NOT("-1", ""), 0, NULL}, END},
         HECTOR_DATA,
         "",
         "",
         2},
        {"no serial number once",
         {{"/license/get ", 0, EMS_OK("null"), 1, NULL}, END},
         HECTOR_OK,
         "FCTEMS8824001234",
         "7.4.5",
         2},
        {"no serial number",
         {REPLY("/license/get ", EMS_OK("{}")), END},
         HECTOR_OK,
         "url:127.0.0.1",
         "7.4.5",
         2},
        {"refused once",
         {{"/license/get ", 403, EMS_NOT("-5", ""), 1, NULL}, END},
         HECTOR_OK,
         "FCTEMS8824001234",
         "7.4.5",
         2},
        {"refused",
         {{"/license/get ", 403, EMS_NOT("-5", ""), 0, NULL}, END},
         HECTOR_OK,
         "url:127.0.0.1",
         "7.4.5",
         2},
        {"no such call",
         {{"/license/get ", 404, "<html>", 0, NULL}, END},
         HECTOR_OK,
         "url:127.0.0.1",
         "7.4.5",
         2},
        {"a version that breaks",
         {{"/consts/get?", 500, EMS_NOT("-2", ""), 0, NULL}, END},
         HECTOR_OK,
         "FCTEMS8824001234",
         "",
         1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ems_fixture fixture = {.pace_ms = 0};
        int32_t code = ems_fixture_run(&fixture, sync_run, "", "", rows[i].replies);
        const char *id = host_value(&fixture.host, "source", 0, "/id");

        if (code != rows[i].code || strncmp(id, rows[i].id, strlen(rows[i].id)) != 0) {
            printf("# %s: %d; %s\n", rows[i].what, (int)code, id);
        }
        CU_ASSERT_EQUAL(code, rows[i].code);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "source"), code == HECTOR_OK ? 1 : 0);
        CU_ASSERT_EQUAL(strncmp(id, rows[i].id, strlen(rows[i].id)), 0);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/version"), rows[i].version);
        CU_ASSERT_EQUAL(ems_fixture_asked(&fixture, "/license/get "), rows[i].asked);
        check_sessions(&fixture, 1);
        ems_fixture_end(&fixture);
    }
}

/* What EMS says of an error is part of one sentence, with and without words. */
static void test_sentences(void)
{
    static const struct {
        struct ems_reply replies[2];
        const char *message;
    } rows[] = {
        {{{"/index?", 400, EMS_NOT("-1", "Invalid request."), 0, NULL}, END},
         " answers /api/v1/endpoints/index with the error -1 (Invalid request). Try again"},
        {{{"/index?", 0, EMS_NOT("0", ""), 0, NULL}, END},
         " answers /api/v1/endpoints/index with the error 0. Try again"},
        {{{"/index?", 400, EMS_NOT("-6", "..."), 0, NULL}, END},
         " answers /api/v1/endpoints/index with the error -6. Try again"},
        {{REPLY(SIGN_IN, EMS_NOT("-1", "Wrong password.")), END},
         " refuses the sign-in of hector with the error -1 (Wrong password). Check "},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ems_fixture fixture = {.pace_ms = 0};

        CU_ASSERT_NOT_EQUAL(ems_fixture_run(&fixture, sync_run, "", "", rows[i].replies),
                            HECTOR_OK);
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, rows[i].message));
        ems_fixture_end(&fixture);
    }
}

/* What is missing is said with its setting, and the site that the sign-in names is the scope. */
static void test_settings(void)
{
    static const struct ems_reply replies[] = {
        {SIGN_IN, 0, EMS_OK("{\"site\":\"berlin\"}"), 0, EMS_COOKIES}, END};
    struct ems_fixture fixture = {.pace_ms = 0};

    CU_ASSERT_EQUAL(ems_fixture_run(&fixture, sync_run, "", "", replies), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ems_fixture_coverage(&fixture), "ems:berlin complete 1");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, "/scopes_complete"), "false");
    ems_fixture_end(&fixture);
    CU_ASSERT_EQUAL(ems_fixture_run(&fixture, sync_run, ",\"ems_site\":\"paris\"", "", replies),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ems_fixture_coverage(&fixture), "ems:paris complete 1");
    CU_ASSERT_EQUAL(ems_fixture_asked(&fixture, "\"site\":\"paris\""), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, "/scopes_complete"), "false");
    ems_fixture_end(&fixture);
    /* After a run of another site, this one must not say that there are no other sites. */
    CU_ASSERT_EQUAL(ems_fixture_run(&fixture, sync_run, "", "", NULL), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(ems_fixture_coverage(&fixture), "ems:default complete 1");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "summary", 0, "/scopes_complete"), "false");
    ems_fixture_end(&fixture);
}

static CU_TestInfo tests[] = {
    {"an endpoint", test_sync},
    {"sessions", test_sessions},
    {"keys that look like an ID", test_key_ids},
    {"details", test_details},
    {"what ends the reading of details", test_ends},
    {"validate", test_validate},
    {"what the EMS is", test_identity},
    {"what an error is called", test_sentences},
    {"the site", test_settings},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "ems", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
