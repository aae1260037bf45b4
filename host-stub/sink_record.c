/*
 * sink_record.c - the exchanges of a sync as a bundle: a folder that may be shown to others.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything is kept until the end: only then all originals are known. The manifest
 * is written last: a bundle without one is not complete. Who ends the sync wants none.
 */
#define _GNU_SOURCE 1 /* O_CLOEXEC, asprintf */

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "anonymise.h"
#include "json_text.h"
#include "limits.h"
#include "list.h"
#include "process.h"
#include "sink.h"

#define RECORD_FORMAT 1

/* One half of an exchange. */
struct record_part {
    json_object *head; /* what its first document says, but for the text */
    char *text;
    size_t size;
};

struct record_exchange {
    struct record_part request, reply;
};

struct sink_record {
    struct sink sink; /* its output is standard output, where the result is said */
    const char *path;
    const struct secrets *secrets;
    json_object *settings;
    json_object *documents; /* all but the exchanges */
    struct record_exchange *exchanges;
    size_t count, capacity, bytes;
    struct anonymiser anonymiser;
};

/* ---- taking */

static int record_fail(struct sink_record *record, int error)
{
    if (record->sink.output->error == 0) {
        record->sink.output->error = error;
    }
    return -1;
}

/* The exchange that a document belongs to: the last one, or the next one. NULL without room. */
static struct record_exchange *record_exchange_of(struct sink_record *record, json_object *root)
{
    const bool begins =
        json_text_is(root, "part", "request") &&
        (size_t)json_object_get_int64(json_text_member(root, "exchange")) != record->count;

    if (record->count > 0 && !begins) {
        return &record->exchanges[record->count - 1];
    }
    if (record->count == RECORD_EXCHANGES_MAX) {
        (void)record_fail(record, EFBIG);
        return NULL;
    }
    if (record->count == record->capacity) {
        const size_t capacity = record->capacity * 2 + 64;
        struct record_exchange *larger =
            realloc(record->exchanges, capacity * sizeof(*record->exchanges));

        if (larger == NULL) {
            return NULL;
        }
        record->exchanges = larger;
        record->capacity = capacity;
    }
    record->exchanges[record->count] = (struct record_exchange){0};
    return &record->exchanges[record->count++];
}

static int record_add_text(struct sink_record *record, struct record_part *part, struct span text)
{
    char *longer;

    record->bytes += text.size;
    if (record->bytes > RECORD_BYTES_MAX) {
        return record_fail(record, EFBIG);
    }
    longer = realloc(part->text, part->size + text.size + 1);
    if (longer == NULL) {
        return -1;
    }
    memcpy(longer + part->size, text.bytes, text.size);
    part->text = longer;
    part->size += text.size;
    part->text[part->size] = '\0';
    return 0;
}

/* The body of one half; NULL = it has none that is JSON. The caller puts it back. */
static json_object *record_body(const struct record_part *part)
{
    json_object *body = NULL;

    if (part->size > 0) {
        (void)json_text_parse_large((struct span){part->text, part->size}, &body);
    }
    return body;
}

static int record_take_exchange(struct sink_record *record, json_object *root)
{
    const bool replied = json_text_is(root, "part", "reply");
    struct record_exchange *exchange = record_exchange_of(record, root);
    struct record_part *part;

    if (exchange == NULL) {
        return -1;
    }
    part = replied ? &exchange->reply : &exchange->request;
    if (record_add_text(record, part, json_text_of(root, "text")) != 0) {
        return -1;
    }
    if (part->head == NULL) {
        part->head = json_object_get(root);
    }
    json_object_object_del(root, "text");
    if (replied && !json_text_true(root, "more")) {
        json_object *body = record_body(part);

        anonymiser_learn(&record->anonymiser, body);
        json_object_put(body);
    }
    return anonymiser_lost(&record->anonymiser) ? -1 : 0;
}

static int sink_record_document(struct sink *sink, const struct document *document)
{
    struct sink_record *record = (struct sink_record *)sink;
    json_object *root = document->root;

    if (strcmp(document->kind, "exchange") != 0) {
        json_text_append(record->documents, json_object_get(root));
    } else if (record_take_exchange(record, root) != 0) {
        return record_fail(record, ENOMEM);
    }
    return json_text_lost() ? record_fail(record, ENOMEM) : 0;
}

/* ---- writing */

static char *record_file(const struct sink_record *record, const char *name)
{
    char *path;

    return asprintf(&path, "%s/%s", record->path, name) < 0 ? NULL : path;
}

/* A new file of the bundle, for its owner alone until somebody decides otherwise. */
static FILE *record_open(struct sink_record *record, const char *name)
{
    char *path = record_file(record, name);
    int descriptor = -1;
    FILE *file;

    if (path != NULL) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (file == NULL) {
        (void)record_fail(record, errno);
        if (descriptor >= 0) {
            (void)close(descriptor); /* nothing was written */
        }
    }
    free(path);
    return file;
}

static void record_close(struct sink_record *record, FILE *file)
{
    const bool failed = ferror(file) != 0;

    if (fclose(file) != 0 || failed) {
        (void)record_fail(record, errno != 0 ? errno : EIO);
    }
}

/* Writes one value, and puts it back; NULL stands for missing memory. */
static void record_write(struct sink_record *record, const char *name, json_object *value)
{
    const char *text = json_object_to_json_string_ext(
        value, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE);
    FILE *file = NULL;

    if (value == NULL || text == NULL || anonymiser_lost(&record->anonymiser)) {
        (void)record_fail(record, ENOMEM);
    } else if (record->sink.output->error == 0) {
        file = record_open(record, name);
    }
    if (file != NULL) {
        (void)fprintf(file, "%s\n", text);
        record_close(record, file);
    }
    json_object_put(value);
}

static void record_name(char name[static RECORD_NAME_MAX], size_t number)
{
    (void)snprintf(name, RECORD_NAME_MAX, "exchange-%05zu.json", number);
}

/* "%20" and the like as what they stand for: an original may be written so. */
static char *record_decode(struct span text)
{
    char *decoded = malloc(text.size + 1);
    size_t size = 0;

    for (size_t i = 0; decoded != NULL && i < text.size; i++) {
        char digits[3] = "";

        if (text.bytes[i] == '%' && text.size - i > 2) {
            memcpy(digits, text.bytes + i + 1, 2);
        }
        if (strspn(digits, "0123456789abcdefABCDEF") == 2) {
            decoded[size++] = (char)strtoul(digits, NULL, 16);
            i += 2;
        } else {
            decoded[size++] = text.bytes[i];
        }
    }
    if (decoded != NULL) {
        decoded[size] = '\0';
    }
    return decoded;
}

/* The members of these names, up to NULL. */
static void record_copy(json_object *copy, json_object *head, const char *const names[])
{
    for (; *names != NULL; names++) {
        json_object *value = json_text_member(head, *names);

        if (value != NULL) {
            json_text_add(copy, *names, json_object_get(value));
        }
    }
}

/* {"method", "path", "body"} of an exchange, replaced. */
static json_object *record_request(struct sink_record *record, const struct record_part *part)
{
    static const char *const kept[] = {"method", NULL};
    json_object *request = json_object_new_object(), *body = record_body(part), *replaced = NULL;
    char *path = record_decode(json_text_of(part->head, "path"));

    record_copy(request, part->head, kept);
    json_text_add(request, "path", path != NULL ? json_object_new_string(path) : NULL);
    if (body != NULL) {
        json_text_add(request, "body", body);
    }
    if (!json_text_lost()) {
        replaced = anonymiser_copy(&record->anonymiser, ANONYMISE_REQUEST, request);
    }
    json_object_put(request);
    free(path);
    return replaced;
}

/* A server may write anything as the type of its content. */
static const char *record_content_type(json_object *head)
{
    static const char *const types[] = {"application/json", "text/html", "text/plain",
                                        "text/javascript",  "text/xml",  ""};

    for (size_t i = 0; i < LIST_COUNT(types); i++) {
        if (json_text_is(head, "content_type", types[i])) {
            return types[i];
        }
    }
    return "other";
}

/* {"outcome", "status", ..., "json"} of an exchange, replaced. */
static json_object *record_reply(struct sink_record *record, const struct record_part *part)
{
    static const char *const kept[] = {"outcome",       "status", "www_authenticate",  "body",
                                       "retry_after_s", "bytes",  "www_authenticates", NULL};
    json_object *reply = json_object_new_object(), *body = record_body(part), *replaced = NULL;

    record_copy(reply, part->head, kept);
    json_text_add(reply, "content_type", json_object_new_string(record_content_type(part->head)));
    if (part->size > 0 && body == NULL) {
        json_text_add(reply, "body", json_object_new_string("unread"));
    }
    if (!json_text_lost()) {
        replaced = anonymiser_copy(&record->anonymiser, ANONYMISE_REPLY, reply);
    }
    if (replaced != NULL && body != NULL) {
        json_text_add(replaced, "json",
                      anonymiser_copy(&record->anonymiser, ANONYMISE_REPLY, body));
    }
    json_object_put(reply);
    json_object_put(body);
    return replaced;
}

/* All requests first: they have words that replies repeat. NULL without memory. */
static json_object *record_requests(struct sink_record *record)
{
    json_object *requests = json_object_new_array();

    for (size_t i = 0; i < record->count && !json_text_lost(); i++) {
        json_text_append(requests, record_request(record, &record->exchanges[i].request));
    }
    return requests;
}

static json_object *record_whole(struct sink_record *record, json_object *requests, size_t i)
{
    json_object *exchange = json_object_new_object();

    json_text_add(exchange, "exchange", json_object_new_int64((int64_t)i + 1));
    json_text_add(exchange, "request", json_object_get(json_object_array_get_idx(requests, i)));
    json_text_add(exchange, "reply", record_reply(record, &record->exchanges[i].reply));
    return exchange;
}

static void record_write_exchanges(struct sink_record *record)
{
    json_object *requests = record_requests(record);

    for (size_t i = 0; i < record->count && record->sink.output->error == 0; i++) {
        char name[RECORD_NAME_MAX];

        record_name(name, i + 1);
        if (*process_cancelled() != 0) {
            (void)record_fail(record, EINTR);
        } else if (anonymiser_lost(&record->anonymiser)) {
            (void)record_fail(record, ENOMEM);
        } else {
            record_write(record, name, record_whole(record, requests, i));
        }
    }
    json_object_put(requests);
}

/* One a line, as --format ndjson has them. */
static void record_write_documents(struct sink_record *record)
{
    FILE *file = record->sink.output->error == 0 ? record_open(record, "documents.ndjson") : NULL;

    if (file == NULL) {
        return;
    }
    for (size_t i = 0; i < json_text_count(record->documents); i++) {
        json_object *document = anonymiser_copy(&record->anonymiser, ANONYMISE_DOCUMENT,
                                                json_object_array_get_idx(record->documents, i));
        const struct span text = json_text_value(document);

        (void)fwrite(text.bytes, 1, text.size, file);
        (void)fputc('\n', file);
        json_object_put(document);
    }
    record_close(record, file);
}

/*
 * What somebody needs who plays it back. The address, certificates and keys are left out, and what
 * no sync needs.
 */
static json_object *record_settings(struct sink_record *record)
{
    static const char *const kept[] = {"adoms",
                                       "attributes",
                                       "device_types",
                                       "enrich",
                                       "ems_site",
                                       "filter",
                                       "include",
                                       "live_status",
                                       "proxy_batch",
                                       "source",
                                       "username",
                                       "forticloud_user",
                                       "synchronize_categories",
                                       NULL};
    json_object *settings = json_object_new_object(), *replaced = NULL;

    record_copy(settings, record->settings, kept);
    if (!json_text_lost()) {
        replaced = anonymiser_copy(&record->anonymiser, ANONYMISE_DOCUMENT,
                                   settings); /* ids of attributes */
    }
    json_object_put(settings);
    return replaced;
}

/*
 * What stands in documents for the address that was asked, as the integration has it: without what
 * every URL has. Who plays the bundle back asks another one.
 */
static json_object *record_address(struct sink_record *record)
{
    const char *url = json_text_of(record->settings, "url").bytes;
    const char *scheme = strstr(url, "://");
    const char *address = scheme != NULL ? scheme + strlen("://") : url;
    const bool plain = scheme != NULL && strncmp(url, "http:", strlen("http:")) == 0;
    const char *port = plain ? ":80" : ":443";
    size_t size = strcspn(address, "/");
    json_object *text, *replaced;

    if (size > strlen(port) && strncmp(address + size - strlen(port), port, strlen(port)) == 0) {
        size -= strlen(port);
    }
    text = json_object_new_string_len(address, (int)size);
    replaced = anonymiser_copy(&record->anonymiser, ANONYMISE_DOCUMENT, text);
    json_object_put(text);
    return replaced;
}

static json_object *record_secret_names(const struct sink_record *record)
{
    json_object *names = json_object_new_array();

    for (size_t i = 0; i < record->secrets->count; i++) {
        const struct secret *secret = &record->secrets->items[i];

        if (secret->asked) {
            json_text_append(names, json_object_new_string(secret->name));
        }
    }
    return names;
}

/* {"replaced": {member: count}, "kept": {member: [text]}}, for the person who reads it. */
static void record_write_changes(struct sink_record *record)
{
    json_object *changes = json_object_new_object();

    json_text_add(changes, "replaced", json_object_get(record->anonymiser.replaced));
    json_text_add(changes, "kept", json_object_get(record->anonymiser.kept));
    record_write(record, "changes.json", changes);
}

static void record_write_manifest(struct sink_record *record, json_object *settings)
{
    json_object *manifest = json_object_new_object();

    json_text_add(manifest, "format", json_object_new_int(RECORD_FORMAT));
    json_text_add(manifest, "host_stub", json_object_new_string(PACKAGE_VERSION));
    json_text_add(manifest, "operation", json_object_new_string("sync"));
    json_text_add(manifest, "settings", settings);
    json_text_add(manifest, "address", record_address(record));
    json_text_add(manifest, "secrets", record_secret_names(record));
    json_text_add(manifest, "exchanges", json_object_new_int64((int64_t)record->count));
    if (anonymiser_lost(&record->anonymiser)) {
        (void)record_fail(record, ENOMEM);
    }
    record_write(record, "manifest.json", manifest);
}

/* What was written of a bundle that could not be completed. */
static void record_remove(const struct sink_record *record)
{
    static const char *const names[] = {"documents.ndjson", "changes.json", "manifest.json"};
    char name[RECORD_NAME_MAX];

    for (size_t i = 0; i < record->count + LIST_COUNT(names); i++) {
        char *path;

        if (i < record->count) {
            record_name(name, i + 1);
        }
        path = record_file(record, i < record->count ? name : names[i - record->count]);
        if (path != NULL) {
            (void)unlink(path); /* it may not be there */
        }
        free(path);
    }
    (void)rmdir(record->path);
}

static void record_say(struct sink_record *record)
{
    FILE *stream = record->sink.output->stream;

    (void)fprintf(
        stream,
        "%zu exchange%s recorded in %s\n"
        "\n"
        "Secrets were removed. Serial numbers, addresses, coordinates, names and other texts "
        "were\n"
        "replaced; what was replaced, and each text that was kept, stands in %s/changes.json.\n"
        "Read that list, and a few of the exchanges, before you send the folder to "
        "somebody.\n",
        record->count, record->count == 1 ? "" : "s", record->path, record->path);
}

static int sink_record_finish(struct sink *sink)
{
    struct sink_record *record = (struct sink_record *)sink;
    json_object *settings;

    if (record->count == 0 || *process_cancelled() != 0) {
        return output_status(record->sink.output);
    }
    anonymiser_learn_settings(&record->anonymiser, record->settings);
    anonymiser_assign(&record->anonymiser);
    if (mkdir(record->path, 0700) != 0) {
        return record_fail(record, errno);
    }
    settings = record_settings(record);
    record_write_exchanges(record);
    record_write_documents(record);
    record_write_changes(record);
    record_write_manifest(record, settings);
    if (record->sink.output->error == 0) {
        record_say(record);
    } else {
        record_remove(record);
    }
    return output_status(record->sink.output);
}

static void sink_record_release(struct sink *sink)
{
    struct sink_record *record = (struct sink_record *)sink;

    for (size_t i = 0; i < record->count; i++) {
        struct record_part *parts[] = {&record->exchanges[i].request, &record->exchanges[i].reply};

        for (size_t k = 0; k < 2; k++) {
            json_object_put(parts[k]->head);
            free(parts[k]->text);
        }
    }
    free(record->exchanges);
    json_object_put(record->documents);
    anonymiser_release(&record->anonymiser);
}

struct sink *sink_record_new(struct output *output, const char *path, const struct secrets *secrets,
                             json_object *settings)
{
    struct sink_record *record = malloc(sizeof(*record));

    if (record == NULL) {
        return NULL;
    }
    *record = (struct sink_record){
        .sink = {sink_record_document, sink_record_finish, NULL, sink_record_release, output},
        .path = path,
        .secrets = secrets,
        .settings = settings,
        .documents = json_object_new_array()};
    if (!anonymiser_init(&record->anonymiser, secrets) || record->documents == NULL) {
        sink_free(&record->sink);
        return NULL;
    }
    /* Before somebody waits for a sync whose bundle has no place. */
    if (mkdir(path, 0700) != 0 || rmdir(path) != 0) {
        (void)record_fail(record, errno);
    }
    return &record->sink; /* analyzer: no leak, it is the first member */
}
