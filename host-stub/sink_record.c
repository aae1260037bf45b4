/*
 * sink_record.c - the exchanges of a sync as a bundle: a folder that may be shown to others.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is written before the sync ends: only then all originals are known. The manifest is
 * written last, so a bundle without one is incomplete. A cancelled sync leaves no bundle.
 */
#include <config.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "anonymise.h"
#include "file.h"
#include "json_text.h"
#include "limits.h"
#include "list.h"
#include "process.h"
#include "sink.h"

#define RECORD_FORMAT 1

struct sink_record {
    struct sink sink; /* its output is standard output, which gets the report */
    const char *path;
    int folder; /* the open folder, once it exists */
    const struct secrets *secrets;
    json_object *settings;
    json_object *documents; /* all but the exchanges */
    /*
     * {"exchange", "request", "reply"} of each. A request or reply is the first of its documents,
     * with the texts of all in "texts".
     */
    json_object *exchanges;
    size_t bytes; /* of all texts */
    struct anonymiser anonymiser;
};

/* ---- during the sync */

static void record_fail(struct sink_record *record, int error)
{
    if (record->sink.output->error == 0) {
        record->sink.output->error = error;
    }
}

/* The exchange of a document: the last one, or a new one; NULL = there are too many. */
static json_object *record_exchange_of(struct sink_record *record, json_object *root)
{
    const size_t count = json_text_count(record->exchanges);
    const int64_t number = json_object_get_int64(json_text_member(root, "exchange"));

    if (count > 0 && (!json_text_is(root, "part", "request") || (size_t)number == count)) {
        return json_object_array_get_idx(record->exchanges, count - 1);
    }
    if (count == RECORD_EXCHANGES_MAX) {
        record_fail(record, EFBIG);
        return NULL;
    }
    json_object *exchange = json_object_new_object();
    json_text_add(exchange, "exchange", json_object_new_int64((int64_t)count + 1));
    json_text_append(record->exchanges, exchange);
    return json_text_lost() ? NULL : exchange;
}

/* The JSON body of a request or reply, owned by the caller; NULL = it is not JSON. */
static json_object *record_body(json_object *part)
{
    json_object *body = NULL;
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);

    if (out == NULL) {
        json_text_lose();
        return NULL;
    }
    json_text_foreach(value, json_text_member(part, "texts")) {
        const struct span text = json_text_value(value);

        (void)fwrite(text.bytes, 1, text.size, out);
    }
    if (!file_close(out)) {
        json_text_lose();
    } else if (size > 0) {
        (void)json_text_parse((struct span){bytes, size}, JSON_GRAMMAR_LARGE_MAX, &body, NULL);
    }
    free(bytes);
    return body;
}

static void record_take_exchange(struct sink_record *record, json_object *root)
{
    const char *name = json_text_is(root, "part", "reply") ? "reply" : "request";
    json_object *exchange = record_exchange_of(record, root), *text, *part;

    if (exchange == NULL) {
        return;
    }
    text = json_text_member(root, "text");
    record->bytes += json_text_value(text).size;
    if (record->bytes > RECORD_BYTES_MAX) {
        record_fail(record, EFBIG);
        return;
    }
    part = json_text_member(exchange, name);
    if (part == NULL) {
        part = root;
        json_text_add(part, "texts", json_object_new_array());
        json_text_add(exchange, name, json_object_get(part));
    }
    if (text != NULL) {
        json_text_append(json_text_member(part, "texts"), json_object_get(text));
    }
    if (strcmp(name, "reply") == 0 && !json_text_true(root, "more")) {
        json_object *body = record_body(part);

        anonymiser_learn(&record->anonymiser, body);
        json_object_put(body);
    }
}

static void sink_record_document(struct sink *sink, const struct document *document)
{
    struct sink_record *record = (struct sink_record *)sink;
    json_object *root = document->root;

    if (strcmp(document->kind, "exchange") != 0) {
        json_text_append(record->documents, json_object_get(root));
    } else {
        record_take_exchange(record, root);
    }
}

/* ---- after the sync */

/* Creates a file of the bundle that only its owner may read. NULL after a failure. */
static FILE *record_open(struct sink_record *record, const char *name)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;

    if (output_status(record->sink.output) != 0) {
        return NULL;
    }
    FILE *file = file_stream(openat(record->folder, name, flags, 0600));

    if (file == NULL) {
        record_fail(record, errno);
    }
    return file;
}

static void record_close(struct sink_record *record, FILE *file)
{
    if (!file_close(file)) {
        record_fail(record, errno != 0 ? errno : EIO);
    }
}

/* Writes one value, and releases it. */
static void record_write(struct sink_record *record, const char *name, json_object *value)
{
    const char *text = json_object_to_json_string_ext(
        value, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE);

    if (text == NULL) {
        json_text_lose();
    }
    FILE *file = record_open(record, name);
    if (file != NULL) {
        (void)fprintf(file, "%s\n", text);
        record_close(record, file);
    }
    json_object_put(value);
}

/* Returns a copy without originals, and releases the value. */
static json_object *record_replaced(struct sink_record *record, enum anonymise_part part,
                                    json_object *value)
{
    json_object *copy = anonymiser_copy(&record->anonymiser, part, value);

    json_object_put(value);
    return copy;
}

static void record_name(char name[static RECORD_NAME_MAX], size_t number)
{
    (void)snprintf(name, RECORD_NAME_MAX, "exchange-%05zu.json", number);
}

/* Decodes "%20" and the like, because an original may be encoded so. */
static char *record_decode(struct span text)
{
    char *decoded = json_text_copy(text), *to = decoded;

    for (const char *at = decoded; at != NULL && *at != '\0'; at++) {
        const bool encoded =
            *at == '%' && isxdigit((unsigned char)at[1]) && isxdigit((unsigned char)at[2]);

        *to++ = encoded ? (char)strtoul((const char[]){at[1], at[2], '\0'}, NULL, 16) : *at;
        at += encoded ? 2 : 0;
    }
    if (to != NULL) {
        *to = '\0';
    }
    return decoded;
}

/* Copies the members of these names. */
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
static json_object *record_request(struct sink_record *record, json_object *part)
{
    json_object *request = json_object_new_object(), *body = record_body(part);
    char *path = record_decode(json_text_of(part, "path"));

    record_copy(request, part, LIST("method"));
    json_text_add(request, "path", path != NULL ? json_object_new_string(path) : NULL);
    if (body != NULL) {
        json_text_add(request, "body", body);
    }
    free(path);
    return record_replaced(record, ANONYMISE_REQUEST, request);
}

/* A known content type: a server may write anything there. */
static const char *record_content_type(json_object *head)
{
    const char *const *known =
        LIST("application/json", "text/html", "text/plain", "text/javascript", "text/xml", "");
    const char *type = json_object_get_string(json_text_member(head, "content_type"));

    return type != NULL && list_has(known, type) ? type : "other";
}

/* {"outcome", "status", ..., "json"} of an exchange, replaced. */
static json_object *record_reply(struct sink_record *record, json_object *part)
{
    json_object *reply = json_object_new_object(), *body = record_body(part);

    record_copy(reply, part,
                LIST("outcome", "status", "www_authenticate", "body", "retry_after_s", "bytes",
                     "www_authenticates"));
    json_text_add(reply, "content_type", json_object_new_string(record_content_type(part)));
    if (body == NULL && json_text_of(part, "text").size > 0) {
        json_text_add(reply, "body", json_object_new_string("unread"));
    }
    reply = record_replaced(record, ANONYMISE_REPLY, reply);
    if (body != NULL) {
        json_text_add(reply, "json", record_replaced(record, ANONYMISE_REPLY, body));
    }
    return reply;
}

/* Replaces all requests first, because replies repeat words of requests. */
static void record_write_exchanges(struct sink_record *record)
{
    json_text_foreach(item, record->exchanges) {
        json_text_add(item, "request", record_request(record, json_text_member(item, "request")));
    }
    for (size_t i = 0; i < json_text_count(record->exchanges) && record->sink.output->error == 0;
         i++) {
        json_object *exchange = json_object_array_get_idx(record->exchanges, i);
        char name[RECORD_NAME_MAX];

        record_name(name, i + 1);
        if (process_cancelled()) {
            record_fail(record, EINTR);
            return;
        }
        json_text_add(exchange, "reply", record_reply(record, json_text_member(exchange, "reply")));
        record_write(record, name, json_object_get(exchange));
    }
}

/* Writes the other documents, one per line as with --format ndjson. */
static void record_write_documents(struct sink_record *record)
{
    FILE *file = record_open(record, "documents.ndjson");

    if (file == NULL) {
        return;
    }
    json_text_foreach(document, record->documents) {
        json_object *copy = anonymiser_copy(&record->anonymiser, ANONYMISE_DOCUMENT, document);
        const struct span text = json_text_value(copy);

        (void)fwrite(text.bytes, 1, text.size, file);
        (void)fputc('\n', file);
        json_object_put(copy);
    }
    record_close(record, file);
}

/* The settings with which the bundle can be played back: no address, certificate or key. */
static json_object *record_settings(struct sink_record *record)
{
    json_object *settings = json_object_new_object();

    record_copy(settings, record->settings,
                LIST("adoms", "attributes", "device_types", "enrich", "enrich_minutes", "ems_site",
                     "filter", "include", "live_status", "proxy_batch", "source", "username",
                     "forticloud_user", "synchronize_categories"));
    return record_replaced(record, ANONYMISE_DOCUMENT, settings); /* keeps ids of attributes */
}

/*
 * The pseudonym of the address as documents contain it: without scheme, default port and path. It
 * is in the manifest because the bundle is played back at another address.
 */
static json_object *record_address(struct sink_record *record)
{
    const char *url = json_text_of(record->settings, "url").bytes;
    const char *scheme = strstr(url, "://");
    const char *address = scheme != NULL ? scheme + strlen("://") : url;
    const bool plain = scheme != NULL && strncmp(url, "http:", strlen("http:")) == 0;
    const char *port = plain ? ":80" : ":443";
    size_t size = strcspn(address, "/");

    if (size > strlen(port) && strncmp(address + size - strlen(port), port, strlen(port)) == 0) {
        size -= strlen(port);
    }
    return record_replaced(record, ANONYMISE_DOCUMENT, json_text_new((struct span){address, size}));
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

static void record_write_manifest(struct sink_record *record, json_object *settings)
{
    json_object *manifest = json_object_new_object();

    json_text_add(manifest, "format", json_object_new_int(RECORD_FORMAT));
    json_text_add(manifest, "host_stub", json_object_new_string(PACKAGE_VERSION));
    json_text_add(manifest, "operation", json_object_new_string("sync"));
    json_text_add(manifest, "settings", settings);
    json_text_add(manifest, "address", record_address(record));
    json_text_add(manifest, "secrets", record_secret_names(record));
    json_text_add(manifest, "exchanges",
                  json_object_new_int64((int64_t)json_text_count(record->exchanges)));
    record_write(record, "manifest.json", manifest);
}

/* Removes what was written of a bundle that could not be completed. Some of it may not be there. */
static void record_remove(const struct sink_record *record)
{
    (void)unlinkat(record->folder, "documents.ndjson", 0);
    (void)unlinkat(record->folder, "changes.json", 0);
    (void)unlinkat(record->folder, "manifest.json", 0);
    for (size_t i = 0; i < json_text_count(record->exchanges); i++) {
        char name[RECORD_NAME_MAX];

        record_name(name, i + 1);
        (void)unlinkat(record->folder, name, 0);
    }
    (void)rmdir(record->path);
}

static void record_say(struct sink_record *record)
{
    const size_t count = json_text_count(record->exchanges);

    (void)fprintf(
        record->sink.output->stream,
        "%zu exchange%s recorded in %s\n"
        "\n"
        "Secrets were removed. Serial numbers, addresses, coordinates, names and other texts "
        "were\n"
        "replaced; what was replaced, and each text that was kept, stands in %s/changes.json.\n"
        "Read that list, and a few of the exchanges, before you send the folder to "
        "somebody.\n",
        count, count == 1 ? "" : "s", record->path, record->path);
}

static void sink_record_finish(struct sink *sink)
{
    struct sink_record *record = (struct sink_record *)sink;
    json_object *settings, *changes;

    if (json_text_count(record->exchanges) == 0 || process_cancelled()) {
        return;
    }
    anonymiser_assign(&record->anonymiser, record->settings);
    if (mkdir(record->path, 0700) != 0) {
        record_fail(record, errno);
        return;
    }
    record->folder = open(record->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (record->folder < 0) {
        record_fail(record, errno);
    }
    settings = record_settings(record);
    record_write_exchanges(record);
    record_write_documents(record);
    /* For the person who checks the bundle. */
    changes = json_object_new_object();
    json_text_add(changes, "replaced", json_object_get(record->anonymiser.replaced));
    json_text_add(changes, "kept", json_object_get(record->anonymiser.kept));
    record_write(record, "changes.json", changes);
    record_write_manifest(record, settings);
    if (record->sink.output->error == 0) {
        record_say(record);
    } else {
        record_remove(record);
    }
    (void)close(record->folder); /* nothing was written to it */
}

static void sink_record_release(struct sink *sink)
{
    struct sink_record *record = (struct sink_record *)sink;

    json_object_put(record->exchanges);
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
        .documents = json_object_new_array(),
        .exchanges = json_object_new_array()};
    if (!anonymiser_init(&record->anonymiser, secrets) || record->documents == NULL ||
        record->exchanges == NULL) {
        sink_free(&record->sink);
        return NULL;
    }
    /* Tried now, so that no sync runs whose bundle cannot be written. */
    if (mkdir(path, 0700) != 0 || rmdir(path) != 0) {
        record_fail(record, errno);
    }
    return &record->sink; /* analyzer: no leak, it is the first member */
}
