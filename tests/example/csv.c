/*
 * csv.c - a second integration and a template for further ones: imports the rows of a CSV file.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first line is HEADER; then one row a line, in UTF-8, with fields in quotes where they hold a
 * comma or a quote [RFC 4180]. Every line ends with a line break, so that a truncated file is
 * noticed. The writer must replace the file by rename(2), not in place. "path" is the only setting,
 * "file" the only scope; there is no secret. FILE_SIZE_MAX bounds the work, so deadline_s is not
 * needed. All texts are English.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "hector/border.h"

#define HEADER        "serial,type,name,maker,model,site"
#define FILE_SIZE_MAX 16777216
#define FIELD_MAX     255 /* bytes; the limit of a title and a model */
#define SERIAL_MAX    64

enum column { SERIAL, TYPE, NAME, MAKER, MODEL, SITE, COLUMNS };
enum { OTHER = 2, TYPES }; /* indexes of counts[] */

/* For hector_put(), with ' in place of ". */
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

/* What to do with the rows: `skipped` documents come after all assets. */
enum pass { COUNT, ASSETS, SKIPPED };

/* One call. */
struct run {
    struct hector_call call;
    char path[FIELD_MAX + 1];
    FILE *file;
    enum pass pass;
    struct hector_count counts[TYPES];
};

/* Splits a line in place; false when it is no valid row. */
static bool split(char *line, char *field[COLUMNS])
{
    bool sound = hector_is_utf8(line);

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

static void put_asset(struct hector_call *call, char *field[COLUMNS], const char *type)
{
    hector_put(call, "{'kind':'asset','sync_key':$,'scope':'file','device_type':$,'title':$,",
               field[SERIAL], type, field[NAME]);
    hector_put(call, "'part':{'maker':$,'model':$},'attributes':{'serial_number':$", field[MAKER],
               field[MODEL], field[SERIAL]);
    if (*field[SITE] != '\0') /* absent, not empty */
        hector_put(call, ",'location':$", field[SITE]);
    hector_put(call, "}}");
    hector_emit(call);
}

static void take_row(struct run *run, char *field[COLUMNS])
{
    const bool usable = *field[SERIAL] != '\0' && strlen(field[SERIAL]) <= SERIAL_MAX;
    struct hector_count *count = run->counts;

    while (count < &run->counts[OTHER] && strcmp(field[TYPE], count->device_type) != 0)
        count++;
    for (char *at = field[SERIAL]; *at != '\0'; at++) /* one spelling a unit */
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    if (run->pass == SKIPPED) {
        if (usable)
            return;
        hector_put(&run->call, "{'kind':'skipped','device_type':$,'scope':'file',",
                   count->device_type);
        hector_put(&run->call, "'reason':'serial_unusable','subject':$}", field[NAME]);
        hector_emit(&run->call);
    } else if (!usable) {
        count->unusable++;
    } else if (!hector_is_first(&run->call, field[SERIAL])) {
        count->duplicates++;
    } else {
        count->assets++;
        if (run->pass == ASSETS)
            put_asset(&run->call, field, count->device_type);
    }
}

/* Continues after an invalid line: the valid ones are delivered. */
static void read_rows(struct run *run, enum pass pass)
{
    char *line = NULL, *field[COLUMNS];
    size_t number = 0, capacity = 0;
    ssize_t size;

    run->pass = pass;
    if (run->file == NULL)
        return;
    rewind(run->file);
    while (!hector_stopped(&run->call) && (size = getline(&line, &capacity, run->file)) > 0) {
        const bool whole = line[size - 1] == '\n';

        number++;
        size -= whole ? (size > 1 && line[size - 2] == '\r' ? 2 : 1) : 0;
        line[size] = '\0';
        if (!whole) {
            hector_fail(&run->call, HECTOR_DATA, "file_cut", "",
                        "Line %zu of %s has no end: the file was cut.", number, run->path);
        } else if (number == 1 && strcmp(line, HEADER) != 0) {
            number = 0;
            break;
        } else if (number > 1 && (strlen(line) != (size_t)size || !split(line, field))) {
            hector_fail(&run->call, HECTOR_DATA, "row_unreadable", "", "Line %zu of %s is no row.",
                        number, run->path);
        } else if (number > 1) {
            take_row(run, field);
        }
    }
    if (number == 0 || ferror(run->file) != 0)
        hector_fail(&run->call, HECTOR_DATA, "file_invalid", "",
                    "%s cannot be read, or its first line is not " HEADER ".", run->path);
    hector_log(&run->call, HECTOR_LOG_DEBUG, "the rows were read");
    free(line);
}

/* ---- operations */

static void begin(struct run *run, const struct hector_host *host, const char *request, size_t size)
{
    json_object *json;

    *run = (struct run){.counts = {{.device_type = "computer"},
                                   {.device_type = "printer"},
                                   {.device_type = "other"}}};
    hector_begin(&run->call, host, request, size, &json);
    if (strlen(hector_setting(json, "path")) <= FIELD_MAX)
        (void)snprintf(run->path, sizeof(run->path), "%s", hector_setting(json, "path"));
    json_object_put(json);
}

/* Emits the source and opens the file; false when the settings give no source. */
static bool open_source(struct run *run)
{
    struct stat status;

    if (run->call.cause == HECTOR_OK && run->path[0] != '/')
        hector_fail(&run->call, HECTOR_CONFIG, "setting_invalid", "path",
                    "The path must begin with / and have at most %d bytes.", FIELD_MAX);
    if (run->call.cause != HECTOR_OK)
        return false;
    hector_emit_source(&run->call, "csv", run->path);
    if (stat(run->path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= FILE_SIZE_MAX)
        run->file = fopen(run->path, "re");
    if (run->file == NULL)
        hector_fail(&run->call, HECTOR_UNREACHABLE, "file_unreadable", "path",
                    "%s cannot be read, is no file, or is too large.", run->path);
    return true;
}

static int32_t end(struct run *run, int32_t code, struct hector_error *error)
{
    if (run->file != NULL)
        (void)fclose(run->file);
    return hector_end(&run->call, code, error);
}

static int32_t describe(const struct hector_host *host, const char *request, size_t size,
                        struct hector_error *error)
{
    struct run run;

    begin(&run, host, request, size);
    if (run.call.cause == HECTOR_OK) {
        hector_put(&run.call, DESCRIPTOR);
        hector_emit(&run.call);
    }
    return end(&run, run.call.cause, error);
}

static int32_t validate(const struct hector_host *host, const char *request, size_t size,
                        struct hector_error *error)
{
    struct run run;
    struct hector_call *call = &run.call;
    size_t assets;

    begin(&run, host, request, size);
    if (!open_source(&run))
        return end(&run, call->cause, error);
    read_rows(&run, COUNT);
    assets = run.counts[0].assets + run.counts[1].assets + run.counts[OTHER].assets;
    hector_put(call, "{'kind':'check','step':'file','units':#,'units_exact':true,'status':$,",
               assets,
               call->cause == HECTOR_OK ? "passed"
               : assets > 0             ? "warning"
                                        : "failed");
    hector_put(call, "'reason':$,'message':$}",
               call->cause == HECTOR_OK ? "file_read" : call->reason,
               call->cause == HECTOR_OK ? "The file was read to its end." : call->message);
    hector_emit(call);
    /* A sync would work, although not for the whole file. */
    return end(&run, call->cause == HECTOR_DATA && assets > 0 ? HECTOR_OK : call->cause, error);
}

static int32_t list_options(const struct hector_host *host, const char *request, size_t size,
                            struct hector_error *error)
{
    struct run run;

    begin(&run, host, request, size);
    hector_fail(&run.call, HECTOR_CONFIG, "option_unknown", "option", "There are no options.");
    return end(&run, run.call.cause, error);
}

static int32_t synchronize(const struct hector_host *host, const char *request, size_t size,
                           struct hector_error *error)
{
    struct run run;
    struct hector_call *call = &run.call;

    begin(&run, host, request, size);
    if (open_source(&run)) {
        read_rows(&run, ASSETS);
        hector_put(call, "{'kind':'scope','scope':'file','label':$,'state':'in'}", run.path);
        hector_emit(call);
        read_rows(&run, SKIPPED);
        for (int i = 0; i < TYPES; i++)
            hector_emit_coverage(call, "file", &run.counts[i]);
    }
    return end(&run, hector_emit_summary(call, run.counts, TYPES), error);
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
