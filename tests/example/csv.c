/*
 * csv.c - a second integration, to begin the next one from: it imports the rows of a CSV file.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first line is HEADER; then one row a line, in UTF-8, with fields in quotes where they hold a
 * comma or a quote [RFC 4180]. Every line ends with a line break: a file that was cut shows it. Who
 * writes the file replaces it by rename(2), not in place. "path" is the one setting, "file" the one
 * scope; there is no secret. FILE_SIZE_MAX bounds the work, so that deadline_s has nothing to end.
 * All texts are English.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "border.h"

#define HEADER        "serial,type,name,maker,model,site"
#define FILE_SIZE_MAX 16777216
#define FIELD_MAX     255 /* bytes: what a title and a model may have */
#define SERIAL_MAX    64

enum column { SERIAL, TYPE, NAME, MAKER, MODEL, SITE, COLUMNS };
enum { OTHER = 2, TYPES }; /* in counts[] */

/* As border_put() takes it: with ' in place of ". */
static const char DESCRIPTOR[] =
    "{'kind':'descriptor','contract':1,'id':'csv','version':'1','name':'CSV file',"
    "'language':'en','labels_language':'instance',"
    "'schedule':{'every':'day','time':'evening','label':'Every day, in the evening'},"
    "'tabs':[{'id':'authentication','label':'File','sections':[{'id':'file','label':'File',"
    "'fields':[{'key':'path','label':'Path of the file','type':'text','owner':'integration',"
    "'required':true,'example':'/srv/inventory.csv'}]}],"
    "'action':{'operation':'validate','label':'Validate','unlocks':[]}}],"
    "'advanced':{'label':'Advanced','collapsed':true,'fields':[]},'credentials':[],'guide':[],"
    "'device_types':[{'id':'computer','label':'Computers','category':'Computer'},"
    "{'id':'printer','label':'Printers','category':'Printer'},"
    "{'id':'other','label':'Others','category':'Other'}],"
    "'mapping':[{'from':'name','to':'title','label':'The name becomes the title.'}],"
    "'attributes':[{'id':'serial_number','label':'Serial Number','type':'text',"
    "'device_types':['computer','printer','other'],'locked':true,'volatile':false,'live':false},"
    "{'id':'location','label':'Location','type':'text',"
    "'device_types':['computer','printer','other'],'locked':true,'volatile':false,'live':false}],"
    "'settings_schema':{'type':'object','required':['path'],"
    "'properties':{'path':{'type':'string','pattern':'^/','maxLength':255}}}}";

/* What is done with the rows: `skipped` documents come after all assets. */
enum pass { COUNT, ASSETS, SKIPPED };

/* One call. */
struct run {
    struct border border;
    char path[FIELD_MAX + 1];
    FILE *file;
    enum pass pass;
    struct border_count counts[TYPES];
};

/* Splits a line in place; false when it is no row. */
static bool split(char *line, char *field[COLUMNS])
{
    bool sound = border_is_utf8(line);

    for (int i = 0; sound && i < COLUMNS; i++) {
        const bool quoted = *line == '"';
        bool open = quoted;
        char *to = field[i] = line;

        for (line += quoted; *line != '\0' && (open || *line != ','); line++) {
            if (open && line[0] == '"' && line[1] != '"') {
                open = false;
                continue;
            }
            sound = sound && (open || (!quoted && *line != '"'));
            line += open && *line == '"'; /* a quote is doubled */
            *to++ = *line;
        }
        sound = sound && !open && *line == (i < SITE ? ',' : '\0') && to - field[i] <= FIELD_MAX &&
                (to > field[i] || i == SERIAL || i == SITE);
        line++;
        *to = '\0';
    }
    return sound;
}

static void put_asset(struct border *border, char *field[COLUMNS], const char *type)
{
    border_put(border, "{'kind':'asset','sync_key':$,'scope':'file','device_type':$,'title':$,",
               field[SERIAL], type, field[NAME]);
    border_put(border, "'part':{'maker':$,'model':$},'attributes':{'serial_number':$", field[MAKER],
               field[MODEL], field[SERIAL]);
    if (*field[SITE] != '\0') /* absent is not empty */
        border_put(border, ",'location':$", field[SITE]);
    border_put(border, "}}");
    border_emit(border);
}

static void take_row(struct run *run, char *field[COLUMNS])
{
    const bool usable = *field[SERIAL] != '\0' && strlen(field[SERIAL]) <= SERIAL_MAX;
    struct border_count *count = run->counts;

    while (count < &run->counts[OTHER] && strcmp(field[TYPE], count->device_type) != 0)
        count++;
    for (char *at = field[SERIAL]; *at != '\0'; at++) /* one unit, one spelling */
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    if (run->pass == SKIPPED) {
        if (usable)
            return;
        border_put(&run->border, "{'kind':'skipped','device_type':$,'scope':'file',",
                   count->device_type);
        border_put(&run->border, "'reason':'serial_unusable','subject':$}", field[NAME]);
        border_emit(&run->border);
    } else if (!usable) {
        count->unusable++;
    } else if (!border_first(&run->border, field[SERIAL])) {
        count->duplicates++;
    } else {
        count->assets++;
        if (run->pass == ASSETS)
            put_asset(&run->border, field, count->device_type);
    }
}

/* Goes on after a line that is no row: what can be read is there. */
static void read_rows(struct run *run, enum pass pass)
{
    char *line = NULL, *field[COLUMNS];
    size_t number = 0, capacity = 0;
    ssize_t size;

    run->pass = pass;
    if (run->file == NULL)
        return;
    rewind(run->file);
    while (!border_stopped(&run->border) && (size = getline(&line, &capacity, run->file)) > 0) {
        const bool whole = line[size - 1] == '\n';

        number++;
        size -= whole ? (size > 1 && line[size - 2] == '\r' ? 2 : 1) : 0;
        line[size] = '\0';
        if (!whole) {
            border_fail(&run->border, HECTOR_DATA, "file_cut", "",
                        "Line %zu of %s has no end: the file was cut.", number, run->path);
        } else if (number == 1 && strcmp(line, HEADER) != 0) {
            number = 0;
            break;
        } else if (number > 1 && (strlen(line) != (size_t)size || !split(line, field))) {
            border_fail(&run->border, HECTOR_DATA, "row_unreadable", "",
                        "Line %zu of %s is no row.", number, run->path);
        } else if (number > 1) {
            take_row(run, field);
        }
    }
    if (number == 0 || ferror(run->file) != 0)
        border_fail(&run->border, HECTOR_DATA, "file_invalid", "",
                    "%s cannot be read, or its first line is not " HEADER ".", run->path);
    border_log(&run->border, HECTOR_LOG_DEBUG, "the rows were read");
    free(line);
}

/* ---- operations */

static void begin(struct run *run, const struct hector_host *host, const char *request, size_t size)
{
    json_object *json;

    *run = (struct run){.counts = {{.device_type = "computer"},
                                   {.device_type = "printer"},
                                   {.device_type = "other"}}};
    border_begin(&run->border, host, request, size, &json);
    if (strlen(border_setting(json, "path")) <= FIELD_MAX)
        (void)snprintf(run->path, sizeof(run->path), "%s", border_setting(json, "path"));
    json_object_put(json);
}

/* Emits the source and opens the file; false where not even the source is known. */
static bool open_source(struct run *run)
{
    struct stat status;

    if (run->border.cause == HECTOR_OK && run->path[0] != '/')
        border_fail(&run->border, HECTOR_CONFIG, "setting_invalid", "path",
                    "The path must begin with / and have at most %d bytes.", FIELD_MAX);
    if (run->border.cause != HECTOR_OK)
        return false;
    border_source(&run->border, "csv", run->path);
    if (stat(run->path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= FILE_SIZE_MAX)
        run->file = fopen(run->path, "re");
    if (run->file == NULL)
        border_fail(&run->border, HECTOR_UNREACHABLE, "file_unreadable", "path",
                    "%s cannot be read, is no file, or is too large.", run->path);
    return true;
}

static int32_t end(struct run *run, int32_t code, struct hector_error *error)
{
    if (run->file != NULL)
        (void)fclose(run->file);
    return border_end(&run->border, code, error);
}

static int32_t describe(const struct hector_host *host, const char *request, size_t size,
                        struct hector_error *error)
{
    struct run run;

    begin(&run, host, request, size);
    if (run.border.cause == HECTOR_OK) {
        border_put(&run.border, DESCRIPTOR);
        border_emit(&run.border);
    }
    return end(&run, run.border.cause, error);
}

static int32_t validate(const struct hector_host *host, const char *request, size_t size,
                        struct hector_error *error)
{
    struct run run;
    struct border *border = &run.border;
    size_t assets;

    begin(&run, host, request, size);
    if (!open_source(&run))
        return end(&run, border->cause, error);
    read_rows(&run, COUNT);
    assets = run.counts[0].assets + run.counts[1].assets + run.counts[OTHER].assets;
    border_put(border, "{'kind':'check','step':'file','units':#,'units_exact':true,'status':$,",
               assets,
               border->cause == HECTOR_OK ? "passed"
               : assets > 0               ? "warning"
                                          : "failed");
    border_put(border, "'reason':$,'message':$}",
               border->cause == HECTOR_OK ? "file_read" : border->reason,
               border->cause == HECTOR_OK ? "The file was read to its end." : border->message);
    border_emit(border);
    /* A sync would work, although not for all of the file. */
    return end(&run, border->cause == HECTOR_DATA && assets > 0 ? HECTOR_OK : border->cause, error);
}

static int32_t list_options(const struct hector_host *host, const char *request, size_t size,
                            struct hector_error *error)
{
    struct run run;

    begin(&run, host, request, size);
    border_fail(&run.border, HECTOR_CONFIG, "option_unknown", "option", "There are no options.");
    return end(&run, run.border.cause, error);
}

static int32_t synchronize(const struct hector_host *host, const char *request, size_t size,
                           struct hector_error *error)
{
    struct run run;
    struct border *border = &run.border;

    begin(&run, host, request, size);
    if (open_source(&run)) {
        read_rows(&run, ASSETS);
        border_put(border, "{'kind':'scope','scope':'file','label':$,'state':'in'}", run.path);
        border_emit(border);
        read_rows(&run, SKIPPED);
        for (int i = 0; i < TYPES; i++)
            border_coverage(border, "file", &run.counts[i]);
    }
    return end(&run, border_summary(border, run.counts, TYPES), error);
}

const struct hector_integration *hector_integration_v1(void)
{
    static const struct hector_integration table = {.struct_size = sizeof(table),
                                                    .id = "csv",
                                                    .version = "1",
                                                    .describe = describe,
                                                    .validate = validate,
                                                    .list_options = list_options,
                                                    .sync = synchronize};

    return &table;
}
