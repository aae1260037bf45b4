/*
 * test_samples.c - replays replies that third parties recorded from FortiManagers, FortiGates
 * and FortiCloud.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The recorded replies are not part of this tree: they are in the folder SAMPLES, by default
 * ../shared/samples; without it the test is skipped. tests/samples/samples.tsv has the reader and
 * the expected output of each file.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/tap.h"
#include "samples_fixture.h"
#include "json/json_guard.h"

#define ROWS_MAX   1000
#define MANIFEST   "tests/samples/samples.tsv"
#define UNREAD     "unread"
#define SAMPLE_MAX MIB(1)

static const struct {
    const char *name;
    samples_reader *read;
} READERS[] = {
    {"devices", read_devices},
    {"completed", read_completed},
    {"cluster", read_cluster},
    {"switches", read_switches},
    {"access_points", read_access_points},
    {"models", read_models},
    {"cache", read_cache},
    {"gate_switches", read_fgt_switches},
    {"gate_access_points", read_fgt_access_points},
    {"proxied", read_proxied},
    {"envelope", read_envelope},
    {"error", read_error},
    {"refused_key", read_refused_key},
    {"login", read_login},
    {"logout", read_logout},
    {"identity", read_identity},
    {"peers", read_peers},
    {"adoms", read_adoms},
    {"fgts", read_fgts},
    {"custom_fields", read_custom_fields},
    {"fortigate", read_fortigate},
    {"ems", read_ems},
    {"ems_errors", read_ems_errors},
    {"products", read_products},
    {"programs", read_programs},
    {"entitlements", read_entitlements},
    {"token", read_token},
    {"hosts", read_hosts},
};

/* The folders of recorded replies. */
static const char *const FOLDERS[] = {"fortigate", "fortimanager", "siblings"};

/* A row of the manifest: the file, its reader, and the expected line. */
struct row {
    char *file, *reader, *expected;
    char name[256];
};

static char root[4096];
static struct row rows[ROWS_MAX];
static size_t row_count, next_row;

static void die(const char *what, const char *which)
{
    printf("Bail out! %s: %s\n", what, which);
    exit(EXIT_FAILURE);
}

static char *read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    char *text = malloc(SAMPLE_MAX);

    if (file == NULL || text == NULL) {
        if (file != NULL) {
            (void)fclose(file);
        }
        free(text);
        return NULL;
    }
    *ret_size = fread(text, 1, SAMPLE_MAX - 1, file);
    text[*ret_size] = '\0';
    (void)fclose(file);
    return text;
}

/* ---- the manifest */

static void read_row(char *line)
{
    struct row *row = &rows[row_count];
    char *reader = strchr(line, '\t');
    char *expected = reader != NULL ? strchr(reader + 1, '\t') : NULL;

    if (expected == NULL || row_count == ROWS_MAX) {
        die(MANIFEST, line);
    }
    *reader = *expected = '\0';
    *row = (struct row){line, reader + 1, expected + 1, ""};
    (void)snprintf(row->name, sizeof(row->name), "%s: %s", row->file, row->reader);
    row_count++;
}

/* Reads the rows, which point into the text; the caller frees it at the end. */
static char *read_manifest(const char *srcdir)
{
    char path[4096], *text, *line, *end;
    size_t size;

    (void)snprintf(path, sizeof(path), "%s/" MANIFEST, srcdir);
    text = read_file(path, &size);
    if (text == NULL) {
        die("cannot be read", path);
    }
    for (line = text; line != NULL && *line != '\0'; line = end) {
        end = strchr(line, '\n');
        if (end != NULL) {
            *end++ = '\0';
        }
        if (*line != '#' && *line != '\0') {
            read_row(line);
        }
    }
    return text;
}

static bool in_manifest(const char *file)
{
    for (size_t i = 0; i < row_count; i++) {
        if (strcmp(rows[i].file, file) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- the files */

/* Calls `see` for each file below the folder, with its path in the folder. */
static void walk(const char *below, void (*see)(const char *file))
{
    char path[4096 + 512];
    struct dirent *entry;
    DIR *folder;

    (void)snprintf(path, sizeof(path), "%s/%s", root, below);
    folder = opendir(path);
    if (folder == NULL) {
        die(path, strerror(errno));
    }
    while ((entry = readdir(folder)) != NULL) {
        char file[512];
        struct stat status;

        if (entry->d_name[0] == '.') {
            continue;
        }
        (void)snprintf(file, sizeof(file), "%s/%s", below, entry->d_name);
        (void)snprintf(path, sizeof(path), "%s/%s", root, file);
        if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            walk(file, see);
        } else {
            see(file);
        }
    }
    (void)closedir(folder);
}

static size_t files_seen, files_lacking;

static void look_up(const char *file)
{
    files_seen++;
    if (!in_manifest(file)) {
        files_lacking++;
        printf("# no row: %s\n", file);
    }
}

static void test_every_file_has_a_row(void)
{
    files_seen = files_lacking = 0;
    for (size_t i = 0; i < sizeof(FOLDERS) / sizeof(FOLDERS[0]); i++) {
        walk(FOLDERS[i], look_up);
    }
    CU_ASSERT(files_seen > 0);
    CU_ASSERT_EQUAL(files_lacking, 0);
}

/* ---- one row */

static samples_reader *reader_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof(READERS) / sizeof(READERS[0]); i++) {
        if (strcmp(READERS[i].name, name) == 0) {
            return READERS[i].read;
        }
    }
    return NULL;
}

static void replay(const struct row *row, samples_reader *reader, struct json_object *sample)
{
    struct samples_fixture fixture;
    struct buffer line = BUFFER(SAMPLES_LINE_MAX);

    samples_begin(&fixture);
    reader(&fixture, sample, &line);
    samples_end(&fixture);
    CU_ASSERT_EQUAL(line.state, BUFFER_OK);
    if (strcmp(buffer_text(&line), row->expected) != 0) {
        printf("# expected %s\n#     read %s\n", row->expected, buffer_text(&line));
        CU_FAIL("read as expected");
    }
    buffer_release(&line);
}

static void test_row(void)
{
    const struct row *row = &rows[next_row++];
    samples_reader *reader = reader_by_name(row->reader);
    const char *extension = strrchr(row->file, '.');
    struct json_object *sample = NULL;
    bool repaired = true;
    char path[4096 + 512], *text;
    size_t size;

    (void)snprintf(path, sizeof(path), "%s/%s", root, row->file);
    text = read_file(path, &size);
    CU_ASSERT_PTR_NOT_NULL(text);
    CU_ASSERT(*row->expected != '\0');
    CU_ASSERT(reader != NULL || strcmp(row->reader, UNREAD) == 0);
    if (text != NULL && extension != NULL && strcmp(extension, ".json") == 0) {
        CU_ASSERT_EQUAL(json_guard_parse(text, size, MIB(8), &sample, &repaired), JSON_OK);
        CU_ASSERT_FALSE(repaired);
        CU_ASSERT_PTR_NOT_NULL(sample);
    }
    if (reader != NULL && sample != NULL) {
        replay(row, reader, sample);
    }
    json_object_put(sample);
    free(text);
}

/* ---- the test */

/* False when the default folder does not exist. A folder named by SAMPLES must exist. */
static bool find_samples(const char *srcdir)
{
    const char *named = getenv("SAMPLES");
    struct stat status;

    if (named != NULL) {
        (void)snprintf(root, sizeof(root), "%s", named);
        return true;
    }
    (void)snprintf(root, sizeof(root), "%s/../shared/samples", srcdir);
    return stat(root, &status) == 0;
}

int main(void)
{
    static CU_TestInfo tests[ROWS_MAX + 2] = {{"every file has a row", test_every_file_has_a_row}};
    CU_SuiteInfo suites[] = {{"samples", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
    const char *srcdir = getenv("srcdir") != NULL ? getenv("srcdir") : ".";
    char *manifest;
    int status;

    if (!find_samples(srcdir)) {
        printf("1..0 # SKIP no recorded replies in ../shared/samples\n");
        return EXIT_SUCCESS;
    }
    manifest = read_manifest(srcdir);
    for (size_t i = 0; i < row_count; i++) {
        tests[i + 1] = (CU_TestInfo){rows[i].name, test_row};
    }
    status = tap_run(suites);
    free(manifest);
    return status;
}
