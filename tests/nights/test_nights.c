/*
 * test_nights.c - what a host concludes of each asset, night by night, as a topology changes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each story of stories.tsv is one test. It begins with a night over its topology, in which every
 * asset is new; each row is a later night: the change before it, the settings, and the expected
 * conclusions for the assets that it names. For all others the verdict must be `present emitted`.
 *
 *     NIGHTS='ADOM removed'   only the stories whose name contains this, with all documents
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/tap.h"
#include "motion/peer.h"
#include "nights/host.h"

#include "operations/operations.h"

#define STORIES     "/tests/nights/stories.tsv"
#define ROWS_MAX    400
#define STORIES_MAX 120
#define LINE_SIZE   1400
#define EXEMPT_MOST 4
#define EXPECT_MOST 24

enum field {
    FIELD_SOURCE,
    FIELD_STORY,
    FIELD_CHANGE,
    FIELD_SETTINGS,
    FIELD_EXEMPT,
    FIELD_CODE,
    FIELD_SAYS,
    FIELDS
};

struct row {
    char line[LINE_SIZE];
    char *fields[FIELDS];
    unsigned number;
};

/* "sw1, sw2: not_seen absent": the expected conclusion for assets. */
struct expected {
    const char *id;
    char serial[FAKE_NAME];
    const char *answer;
    bool met;
};

static struct row rows[ROWS_MAX];
static size_t row_count, next_row;
static char topologies[2][LINE_SIZE]; /* of a FortiManager, of a FortiGate */
static CU_TestInfo tests[2][STORIES_MAX + 1];
static size_t test_counts[2];
static struct peer peer;

static void die(const char *what)
{
    printf("Bail out! stories.tsv: %s\n", what);
    exit(EXIT_FAILURE);
}

static void complain(const struct row *row, const char *about, const char *is, const char *expected)
{
    char text[400];

    (void)snprintf(text, sizeof(text), "%s: %s instead of: %s", about, is, expected);
    CU_assertImplementation(CU_FALSE, row->number, text, "stories.tsv", "", CU_FALSE);
}

/* ---- serial numbers by name */

/* "sw1", "one", or "one/1" for the second member of a cluster; other texts are serial numbers. */
static void name_serial(const struct fake *fake, const char *id, char serial[static FAKE_NAME])
{
    size_t size = strcspn(id, "/");
    size_t member = id[size] == '/' ? strtoul(id + size + 1, NULL, 10) : 0;

    (void)snprintf(serial, FAKE_NAME, "%s", id);
    for (size_t i = 0; i < fake->unit_count; i++) {
        if (strcmp(fake->units[i].id, id) == 0) {
            memcpy(serial, fake->units[i].serial, FAKE_NAME);
        }
    }
    for (size_t i = 0; i < fake->fgt_count && member < FAKE_MEMBERS; i++) {
        if (strlen(fake->fgts[i].id) == size && strncmp(fake->fgts[i].id, id, size) == 0) {
            memcpy(serial, fake->fgts[i].serials[member], FAKE_NAME);
        }
    }
}

/* "sw1, sw2: not_seen absent; ap1: moved emitted" */
static size_t read_expected(const struct fake *fake, char *says, struct expected *ret)
{
    char *part;
    size_t count = 0;

    while (strcmp(says, "-") != 0 && (part = strsep(&says, ";")) != NULL) {
        char *answer = strchr(part, ':'), *ids = part, *id;

        if (answer == NULL) {
            die(part);
        }
        *answer = '\0';
        answer += 1 + strspn(answer + 1, " ");
        while ((id = strsep(&ids, ",")) != NULL) {
            if (count == EXPECT_MOST) {
                die("too many names");
            }
            ret[count] = (struct expected){.id = id + strspn(id, " "), .answer = answer};
            name_serial(fake, ret[count].id, ret[count].serial);
            count++;
        }
        if (says == NULL) {
            break;
        }
    }
    return count;
}

/* ---- a night */

static void show(const struct test_host *host)
{
    for (size_t i = 0; getenv("NIGHTS") != NULL && i < json_object_array_length(host->texts); i++) {
        printf("# %s\n", json_object_get_string(json_object_array_get_idx(host->texts, i)));
    }
}

static int32_t synchronize_once(const struct row *row, struct nights_host *nights,
                                const char *const *exempt, size_t exempt_count)
{
    const char *settings = row->fields[FIELD_SETTINGS];
    struct test_host host;
    char request[512];
    int32_t code;

    host_begin(&host);
    host.token = "the-key";
    host.limits.backoff_ms = host.limits.backoff_max_ms = host.limits.refused_pause_ms = 0;
    (void)snprintf(request, sizeof(request),
                   "{\"settings\":{\"url\":\"https://192.0.2.1\",\"source\":\"%s\","
                   "\"live_status\":\"never\"%s%s}}",
                   peer.fortigate ? "fortigate" : "fortimanager",
                   strcmp(settings, "-") != 0 ? "," : "",
                   strcmp(settings, "-") != 0 ? settings : "");
    peer_use(&peer);
    code = settings_parse_request(&host.operation, request, strlen(request), &host.request,
                                  &host.failure);
    code = sync_run(&host.operation, host.request, code, &host.failure);
    show(&host);
    nights_take(nights, host.documents, exempt, exempt_count);
    host_end(&host);
    return code;
}

static void write_answer(const struct nights_asset *asset, char text[static 200])
{
    const struct hector_conclusion *answer = &asset->answer;

    (void)snprintf(text, 200, "%s %s%s%s", hector_verdict_name(answer->verdict),
                   hector_because_name(answer->because), answer->subject != NULL ? " " : "",
                   answer->subject != NULL ? answer->subject : "");
    if (asset->is_new) {
        (void)snprintf(text, 200, "new");
    } else if (answer->verdict == HECTOR_MOVED) {
        (void)snprintf(text, 200, "moved %s", hector_text(asset->document, "scope"));
    }
}

static void check_night(const struct row *row, const struct nights_host *nights,
                        struct expected *expected, size_t count)
{
    char text[200];

    for (size_t i = 0; i < nights->asset_count; i++) {
        const char *serial = hector_text(nights->assets[i].document, "sync_key");
        const char *answer = "present emitted", *id = serial;

        for (size_t e = 0; e < count; e++) {
            if (strcmp(expected[e].serial, serial) == 0) {
                expected[e].met = true;
                answer = expected[e].answer;
                id = expected[e].id;
            }
        }
        write_answer(&nights->assets[i], text);
        if (strcmp(text, answer) != 0) {
            complain(row, id, text, answer);
        }
    }
    for (size_t e = 0; e < count; e++) {
        if (!expected[e].met) {
            complain(row, expected[e].id, "not kept", expected[e].answer);
        }
    }
}

static void night(const struct row *row, struct nights_host *nights)
{
    struct expected expected[EXPECT_MOST];
    const char *exempt[EXEMPT_MOST];
    size_t exempt_count = 0, count;
    char *names = row->fields[FIELD_EXEMPT];
    const char *outcome;

    if (strcmp(row->fields[FIELD_CHANGE], "-") != 0) {
        fake_apply(&peer.states[0], row->fields[FIELD_CHANGE]);
    }
    while (strcmp(row->fields[FIELD_EXEMPT], "-") != 0 && exempt_count < EXEMPT_MOST &&
           (exempt[exempt_count] = strsep(&names, ",")) != NULL) {
        exempt_count++;
    }
    count = read_expected(&peer.states[0], row->fields[FIELD_SAYS], expected);
    outcome = operation_outcome(synchronize_once(row, nights, exempt, exempt_count));
    if (strcmp(outcome, row->fields[FIELD_CODE]) != 0) {
        complain(row, "the run", outcome, row->fields[FIELD_CODE]);
    }
    check_night(row, nights, expected, count);
}

static void test_next(void)
{
    static struct nights_host nights;
    const struct row *row = &rows[next_row];
    const char *story = row->fields[FIELD_STORY];
    static char none[] = "-";
    struct row first = {.fields = {NULL, NULL, none, none, none, none, none}};

    peer =
        (struct peer){.fortigate = strcmp(row->fields[FIELD_SOURCE], "fgt") == 0, .state_count = 1};
    fake_apply(&peer.states[0], topologies[peer.fortigate]);
    CU_ASSERT_EQUAL(synchronize_once(&first, &nights, NULL, 0), HECTOR_OK);
    for (; next_row < row_count && strcmp(rows[next_row].fields[FIELD_STORY], story) == 0;
         next_row++) {
        night(&rows[next_row], &nights);
    }
    nights_release(&nights);
}

/* ---- stories.tsv */

static void add_row(const char *line, unsigned number)
{
    struct row *row = &rows[row_count];
    const char *wanted = getenv("NIGHTS"), *story;
    char *rest = row->line;
    size_t *count;

    if (row_count == ROWS_MAX) {
        die("too many rows");
    }
    row->number = number;
    (void)snprintf(row->line, sizeof(row->line), "%s", line);
    for (size_t i = 0; i < FIELDS; i++) {
        row->fields[i] = strsep(&rest, "\t");
        if (row->fields[i] == NULL) {
            die(line);
        }
    }
    story = row->fields[FIELD_STORY];
    if (wanted != NULL && strstr(story, wanted) == NULL) {
        return;
    }
    count = &test_counts[strcmp(row->fields[FIELD_SOURCE], "fgt") == 0];
    if (row_count == 0 || strcmp(rows[row_count - 1].fields[FIELD_STORY], story) != 0) {
        if (*count == STORIES_MAX) {
            die("too many stories");
        }
        tests[strcmp(row->fields[FIELD_SOURCE], "fgt") == 0][(*count)++] =
            (CU_TestInfo){story, test_next};
    }
    row_count++;
}

static void read_stories(void)
{
    const char *source = getenv("srcdir");
    char path[512], line[LINE_SIZE];
    unsigned number = 0;
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s%s", source != NULL ? source : ".", STORIES);
    file = fopen(path, "r");
    if (file == NULL) {
        die(strerror(errno));
        return;
    }
    while (fgets(line, sizeof(line), file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        number++;
        if (strncmp(line, "topology\t", 9) == 0) {
            bool fortigate = strncmp(line + 9, "fgt\t", 4) == 0;

            (void)snprintf(topologies[fortigate], LINE_SIZE, "%s", line + 13);
        } else if (*line != '#' && strncmp(line, "source\t", 7) != 0) {
            add_row(line, number);
        }
    }
    (void)fclose(file);
}

int main(void)
{
    CU_SuiteInfo suites[] = {{"FortiManager", NULL, NULL, NULL, NULL, tests[0]},
                             {"FortiGate", NULL, NULL, NULL, NULL, tests[1]},
                             CU_SUITE_INFO_NULL};

    read_stories();
    return tap_run(suites);
}
