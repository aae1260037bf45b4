/*
 * fake.c - a plugin without a remote system, to test a host: its settings control it.
 *
 *   "assets": N         sync emits that many plain assets after the difficult ones
 *   "document": VALUE   sync emits it; a string as it is, anything else as JSON
 *   "documents": [VALUE...]  likewise, many
 *   "echo": true        sync emits its own request as a problem
 *   "log": true         logs one line on each level, with a control character
 *   "progress": [[PHASE, DONE, TOTAL]...]   reports these steps
 *   "return": CODE      returns it, with a filled error
 *   "silent": true      ... with an empty one
 *   "stubborn": true    continues after a refused document and returns OK
 *   "summary": false    sync ends without one
 *   "tell": NAME        puts the secret NAME where it must not go: log, message and detail
 *   "turns": N          "wait" ends after N times 20 ms, not 500
 *   "wait": true        waits, logging "waiting", until the host cancels; then "logged out"
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* nanosleep */

#include <inttypes.h>
#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "hector/integration.h"

struct fake {
    const struct hector_host *host;
    json_object *request;
    json_object *settings;
    struct hector_error *error;
    bool stubborn;
    bool refused;
};

/* Every kind of field, and every value that could break a careless host. */
#define FAKE_DESCRIPTOR                                                                            \
    "{\"kind\":\"descriptor\",\"id\":\"fake\",\"version\":\"0.1\",\"name\":\"Fake\","              \
    "\"language\":\"en\",\"labels_language\":\"instance\",\"schedule\":{\"every\":\"day\","        \
    "\"time\":\"evening\",\"label\":\"Every day, in the evening\"},\"tabs\":[{\"id\":"             \
    "\"authentication\",\"label\":\"Authentication\",\"sections\":[{\"id\":\"access\",\"label\":"  \
    "\"Access\",\"fields\":[{\"key\":\"url\",\"label\":\"Url / IP address\",\"type\":\"text\","    \
    "\"owner\":\"integration\",\"required\":true,\"example\":\"https://1.2.3.4\",\"help\":"        \
    "\"Where it is \\u001b[31mred\"},{\"key\":\"mode\",\"label\":\"Mode\",\"type\":\"choice\","    \
    "\"owner\":\"host\",\"choices\":[{\"value\":\"a\",\"label\":\"First\"}]}]}],\"action\":{"      \
    "\"operation\":\"validate\",\"label\":\"Validate\",\"unlocks\":[\"options\"]}}],\"advanced\":" \
    "{\"label\":\"Advanced\",\"collapsed\":true,\"fields\":[]},\"device_types\":[{\"id\":"         \
    "\"firewall\",\"label\":\"Firewalls\",\"category\":\"Firewall\"}],\"mapping\":[{\"from\":"     \
    "\"Name\",\"to\":\"title\",\"label\":\"Title\"}],\"attributes\":[{\"id\":\"serial_number\","   \
    "\"label\":\"Serial Number\",\"type\":\"text\",\"device_types\":[\"firewall\"],\"locked\":"    \
    "true,\"volatile\":false,\"live\":false},{\"id\":\"note\",\"label\":\"Note, \\\"free\\\"\","   \
    "\"type\":\"text\",\"device_types\":[\"firewall\"],\"locked\":false,\"volatile\":true,"        \
    "\"live\":false},{\"id\":\"signal\",\"label\":\"Signal\",\"type\":\"integer\","                \
    "\"device_types\":[\"firewall\"],\"locked\":false,\"volatile\":false,\"live\":true},{\"id\":"  \
    "\"cover\",\"label\":\"Covered until\",\"type\":\"date\",\"device_types\":[\"firewall\"],"     \
    "\"locked\":false,\"volatile\":false,\"live\":false,\"enrichment\":\"clouds\"}],"              \
    "\"credentials\":[{\"id\":\"token\",\"label\":\"Token\",\"systems\":[\"fake\"],\"settings\":"  \
    "[],\"secrets\":[\"token\"]}],\"guide\":[{\"system\":\"fake\",\"id\":\"token\",\"label\":"     \
    "\"Token\",\"credentials\":\"token\",\"steps\":[\"Log in.\",\"Trust "                          \
    "{egress_address}\\u0007.\"],\"cli\":[\"edit 1\","                                             \
    "\"    trust {egress_address}\\u001b[31m\"]}],\"settings_schema\":{}}"

#define FAKE_SOURCE                                                                                \
    "{\"kind\":\"source\",\"system\":\"fortimanager\",\"id\":\"FAKE00000001\",\"serials\":["       \
    "\"FAKE00000001\"],\"hostname\":\"fake\\u0007\",\"version\":\"1.2.3\",\"plugin_version\":"     \
    "\"0.1\",\"settings_digest\":\"sha256:"                                                        \
    "0000000000000000000000000000000000000000000000000000000000000000\"}"

#define FAKE_ASSET(type, serial, model, title, rest)                                               \
    "{\"kind\":\"asset\",\"sync_key\":\"" serial "\",\"scope\":\"none\",\"device_type\":\"" type   \
    "\",\"title\":\"" title "\",\"part\":{\"maker\":\"Fortinet\",\"model\":\"" model "\"}," rest   \
    "}"

static const char *const fake_sync[] = {
    FAKE_SOURCE,
    FAKE_ASSET("firewall", "FAKE00000002", "Model-1", "=HYPERLINK(\\\"http://x\\\")",
               "\"category\":{\"device_type\":\"firewall\",\"label\":\"Firewall\"},"
               "\"attributes\":{\"serial_number\":\"FAKE00000002\",\"note\":\"-1+1\","
               "\"signal\":-70}"),
    FAKE_ASSET("switch", "FAKE00000003", "Model-2", "two\\nlines, \\u001b]0;owned\\u0007",
               "\"manager\":{\"name\":\"gate\",\"serials\":[\"FAKE00000002\"]},"
               "\"attributes\":{\"serial_number\":\"FAKE00000003\",\"note\":\"\\t=tab\"}"),
    FAKE_ASSET("access_point", "FAKE00000004", "Model-3",
               "\xE6\x9D\xB1\xE4\xBA\xAC e\xCC\x81" /* two wide characters, one combining */
               "\xC2\x9B"                           /* CSI as one C1 character */
               "\xE2\x80\xAE",                      /* right to left from here on */
               "\"attributes\":{\"serial_number\":\"FAKE00000004\",\"note\":\"@a\\\"b\","
               "\"meta.x\":\"a;=1+1;b\",\"extra\":true}"),
    FAKE_ASSET("access_point", "FAKE00000005", "Model-3", "nul\\u0000inside",
               "\"attributes\":{\"serial_number\":\"FAKE00000005\",\"note\":\"+\\r1\","
               "\"meta.x\":\"\xEF\xBC\x9D+1\"}"),
    "{\"kind\":\"problem\",\"reason\":\"odd\",\"severity\":\"warning\",\"subject\":"
    "\"FAKE00000003\",\"message\":\"It is \\u001b[1modd\"}",
    "{\"kind\":\"coverage\",\"scope\":\"none\",\"device_type\":\"firewall\",\"complete\":true,"
    "\"units\":1}",
    "{\"kind\":\"coverage\",\"scope\":\"none\",\"device_type\":\"switch\",\"complete\":false,"
    "\"units\":1,\"reason\":\"lost\",\"message\":\"The rest was not sent.\"}",
    "{\"kind\":\"novelty\",\"of\":\"a later version\"}",
};

#define FAKE_SUMMARY                                                                               \
    "{\"kind\":\"summary\",\"started\":\"2026-01-01T00:00:00Z\",\"ended\":"                        \
    "\"2026-01-01T00:00:01Z\",\"outcome\":\"ok\",\"device_types\":{\"firewall\":{\"seen\":3,"      \
    "\"assets\":1,\"duplicates\":1,\"skipped\":{\"model_device\":1},"                              \
    "\"without_entitlement\":1,\"complete\":true}},"                                               \
    "\"requests\":2,\"bytes\":3}"

static const char *const fake_validate[] = {
    "{\"kind\":\"check\",\"step\":\"address\",\"status\":\"passed\",\"reason\":\"ok\","
    "\"message\":\"The address answers.\"}",
    FAKE_SOURCE,
    "{\"kind\":\"check\",\"step\":\"tls\",\"status\":\"warning\",\"reason\":\"w\",\"message\":"
    "\"Not checked.\"}",
    "{\"kind\":\"check\",\"step\":\"credentials\",\"status\":\"failed\",\"reason\":\"f\","
    "\"message\":\"Refused \\u001b[5m.\",\"secret\":\"token\",\"console\":[\"edit 1\",\"    trust "
    "{egress_address}\\u001b[5m\"]}",
    "{\"kind\":\"check\",\"step\":\"devices\",\"status\":\"skipped\",\"reason\":\"s\","
    "\"message\":\"Not tried.\"}",
    "{\"kind\":\"certificate\",\"subject\":\"CN=\\u001b[7m\",\"issuer\":\"CN=issuer\",\"names\":["
    "\"a.example\"],\"not_before\":\"2026-01-01T00:00:00Z\",\"not_after\":"
    "\"2027-01-01T00:00:00Z\",\"pem\":\"-----BEGIN CERTIFICATE-----\\n\",\"pin\":"
    "\"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
};

static const char *const fake_options[] = {
    "{\"kind\":\"option\",\"option\":\"adoms\",\"value\":\"root\",\"label\":\"Root\","
    "\"description\":\"the first\"}",
    "{\"kind\":\"option\",\"option\":\"adoms\",\"value\":\"\xE6\x9D\xB1\",\"label\":\"wide\"}",
};

static json_object *fake_setting(const struct fake *fake, const char *name)
{
    json_object *value = NULL;

    (void)json_object_object_get_ex(fake->settings, name, &value);
    return value;
}

static bool fake_flag(const struct fake *fake, const char *name)
{
    return json_object_get_boolean(fake_setting(fake, name));
}

static bool fake_emit(struct fake *fake, const char *text)
{
    if (fake->refused && !fake->stubborn)
        return false;
    if (fake->host->emit(fake->host->context, text, strlen(text)) != 0)
        fake->refused = true;
    return !fake->refused;
}

static void fake_log(const struct fake *fake, uint32_t level, const char *text)
{
    if (fake->host->log != NULL && level <= fake->host->log_level)
        fake->host->log(fake->host->context, level, text, strlen(text));
}

/* Fills the error and returns its code. */
static int32_t fake_fail(const struct fake *fake, int32_t code, const char *reason,
                         const char *message)
{
    struct hector_error *error = fake->error;

    if (error == NULL || code == HECTOR_OK)
        return code;
    error->cause = code;
    error->retry_after_s = 7;
    (void)snprintf(error->reason, sizeof(error->reason), "%s", reason);
    (void)snprintf(error->field, sizeof(error->field), "return");
    (void)snprintf(error->message, sizeof(error->message), "%s", message);
    (void)snprintf(error->detail, sizeof(error->detail), "detail of %s", message);
    return code;
}

static int32_t fake_wait(const struct fake *fake)
{
    const struct timespec pause = {0, 20000000};
    const int given = json_object_get_int(fake_setting(fake, "turns"));
    const int turns = given > 0 ? given : 500;

    fake_log(fake, HECTOR_LOG_WARNING, "waiting");
    for (int turn = 0; turn < turns; turn++) {
        if (fake->host->progress != NULL)
            fake->host->progress(fake->host->context, "waiting", 7, (uint64_t)turn,
                                 (uint64_t)turns);
        if (fake->host->cancelled != NULL && fake->host->cancelled(fake->host->context) != 0) {
            fake_log(fake, HECTOR_LOG_WARNING, "logged out");
            return fake_fail(fake, HECTOR_CANCELLED, "cancelled", "It was cancelled.");
        }
        (void)nanosleep(&pause, NULL);
    }
    return fake_fail(fake, HECTOR_LIMIT, "waited", "It was not cancelled.");
}

/* Leaks a secret, which a plugin must never do; the host must still hide it. */
static int32_t fake_report(const struct fake *fake, const char *name)
{
    char secret[HECTOR_SECRET_MAX];
    char text[400];
    const int64_t size =
        fake->host->secret(fake->host->context, name, strlen(name), secret, sizeof(secret));
    const int64_t cut =
        fake->host->secret(fake->host->context, name, strlen(name), secret, 1) - size;

    if (size < 0)
        return fake_fail(fake, HECTOR_AUTH, "unknown", "There is no such secret.");
    if (size == 0)
        return fake_fail(fake, HECTOR_AUTH, "unset", "That secret is not set.");
    (void)snprintf(text, sizeof(text), "%" PRId64 " bytes, %" PRId64 " apart, <%.*s>", size, cut,
                   (int)(size < 300 ? size : 300), secret);
    fake_log(fake, HECTOR_LOG_DEBUG, text);
    return fake_fail(fake, HECTOR_AUTH, "reported", text);
}

static void fake_log_all(const struct fake *fake)
{
    fake_log(fake, HECTOR_LOG_ERROR, "an error\033[31m");
    fake_log(fake, HECTOR_LOG_WARNING, "a warning\nof two lines");
    fake_log(fake, HECTOR_LOG_INFO, "an info");
    fake_log(fake, HECTOR_LOG_DEBUG, "a debug \xC2\x9B");
    fake_log(fake, HECTOR_LOG_TRACE, "a trace \xFF");
}

static void fake_report_progress(const struct fake *fake)
{
    json_object *steps = fake_setting(fake, "progress");
    const size_t count = steps != NULL ? json_object_array_length(steps) : 0;

    for (size_t i = 0; i < count; i++) {
        json_object *step = json_object_array_get_idx(steps, i);
        json_object *phase = json_object_array_get_idx(step, 0);

        fake->host->progress(fake->host->context, json_object_get_string(phase),
                             (size_t)json_object_get_string_len(phase),
                             json_object_get_uint64(json_object_array_get_idx(step, 1)),
                             json_object_get_uint64(json_object_array_get_idx(step, 2)));
    }
}

/* The end of every operation except describe. */
static int32_t fake_end(struct fake *fake)
{
    const int32_t code = json_object_get_int(fake_setting(fake, "return"));
    char message[64];

    fake_report_progress(fake);
    if (fake_flag(fake, "log"))
        fake_log_all(fake);
    if (fake_setting(fake, "tell") != NULL)
        return fake_report(fake, json_object_get_string(fake_setting(fake, "tell")));
    if (fake_flag(fake, "wait"))
        return fake_wait(fake);
    if (fake->stubborn)
        return HECTOR_OK;
    if (fake->refused)
        return fake_fail(fake, HECTOR_HOST, "refused", "The host refused a document.");
    if (fake_flag(fake, "silent"))
        return code;
    (void)snprintf(message, sizeof(message), "The settings demand to return %" PRId32 ".", code);
    return fake_fail(fake, code, "demanded", message);
}

static void fake_emit_all(struct fake *fake, const char *const *documents, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)fake_emit(fake, documents[i]); /* the fake remembers a refusal */
}

static void fake_emit_assets(struct fake *fake)
{
    const int count = json_object_get_int(fake_setting(fake, "assets"));

    for (int i = 0; i < count; i++) {
        char text[400];

        (void)snprintf(text, sizeof(text),
                       FAKE_ASSET("switch", "FAKE1%07d", "Model-2", "switch %d",
                                  "\"attributes\":{\"serial_number\":\"FAKE1%07d\"}"),
                       i, i, i);
        if (!fake_emit(fake, text))
            return;
    }
}

static void fake_emit_echo(struct fake *fake)
{
    json_object *problem = json_object_new_object();

    json_object_object_add(problem, "kind", json_object_new_string("problem"));
    json_object_object_add(problem, "reason", json_object_new_string("echo"));
    json_object_object_add(problem, "severity", json_object_new_string("warning"));
    json_object_object_add(problem, "subject", json_object_new_string("request"));
    json_object_object_add(
        problem, "message",
        json_object_new_string(json_object_to_json_string_ext(
            fake->request, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)));
    (void)fake_emit(fake, json_object_to_json_string_ext(problem, JSON_C_TO_STRING_PLAIN));
    json_object_put(problem);
}

static void fake_sync_documents(struct fake *fake)
{
    json_object *document = fake_setting(fake, "document");
    json_object *documents = fake_setting(fake, "documents");
    json_object *summary = fake_setting(fake, "summary");

    fake_emit_all(fake, fake_sync, sizeof(fake_sync) / sizeof(fake_sync[0]));
    fake_emit_assets(fake);
    if (fake_flag(fake, "echo"))
        fake_emit_echo(fake);
    if (document != NULL)
        (void)fake_emit(fake, json_object_get_string(document));
    for (size_t i = 0; documents != NULL && i < json_object_array_length(documents); i++)
        (void)fake_emit(fake, json_object_get_string(json_object_array_get_idx(documents, i)));
    if (summary == NULL || json_object_get_boolean(summary))
        (void)fake_emit(fake, FAKE_SUMMARY);
}

enum fake_operation {
    FAKE_DESCRIBE,
    FAKE_VALIDATE,
    FAKE_OPTIONS,
    FAKE_SYNC,
};

static int32_t fake_run(const struct hector_host *host, const char *request, size_t request_size,
                        struct hector_error *error, enum fake_operation operation)
{
    struct fake fake = {.host = host, .error = error};
    json_tokener *tokener = json_tokener_new();
    int32_t code;

    fake.request = json_tokener_parse_ex(tokener, request, (int)request_size);
    json_tokener_free(tokener);
    (void)json_object_object_get_ex(fake.request, "settings", &fake.settings);
    fake.stubborn = fake_flag(&fake, "stubborn");
    if (operation == FAKE_DESCRIBE)
        (void)fake_emit(&fake, FAKE_DESCRIPTOR);
    else if (operation == FAKE_VALIDATE)
        fake_emit_all(&fake, fake_validate, sizeof(fake_validate) / sizeof(fake_validate[0]));
    else if (operation == FAKE_OPTIONS)
        fake_emit_all(&fake, fake_options, sizeof(fake_options) / sizeof(fake_options[0]));
    else
        fake_sync_documents(&fake);
    code = fake_end(&fake);
    json_object_put(fake.request);
    return code;
}

static int32_t fake_describe(const struct hector_host *host, const char *request,
                             size_t request_size, struct hector_error *error)
{
    return fake_run(host, request, request_size, error, FAKE_DESCRIBE);
}

static int32_t fake_validate_run(const struct hector_host *host, const char *request,
                                 size_t request_size, struct hector_error *error)
{
    return fake_run(host, request, request_size, error, FAKE_VALIDATE);
}

static int32_t fake_list_options(const struct hector_host *host, const char *request,
                                 size_t request_size, struct hector_error *error)
{
    return fake_run(host, request, request_size, error, FAKE_OPTIONS);
}

static int32_t fake_sync_run(const struct hector_host *host, const char *request,
                             size_t request_size, struct hector_error *error)
{
    return fake_run(host, request, request_size, error, FAKE_SYNC);
}

const struct hector_integration *hector_integration_v1(void)
{
    static const struct hector_integration table = {
        .struct_size = sizeof(table),
        .id = "fake",
        .version = "0.1",
        .describe = fake_describe,
        .validate = fake_validate_run,
        .list_options = fake_list_options,
        .sync = fake_sync_run,
    };

    return &table;
}
