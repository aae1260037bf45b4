/*
 * host.c - a host of version 1: one operation of a plugin, its documents one a line.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   TOKEN=... host PLUGIN OPERATION REQUEST
 *
 * Built with the frozen header (tests/abi/v1), so that it stays the same while the plugins grow.
 * Standard error has the log, the last phase of the progress, and at the end "CODE REASON FIELD".
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hector/integration.h"

struct counts {
    const char *token;
    unsigned long polls, steps;
    char phase[32];
};

static int32_t take_document(void *context, const char *document, size_t size)
{
    (void)context;
    return fwrite(document, 1, size, stdout) != size || putchar('\n') == EOF;
}

static void take_line(void *context, uint32_t level, const char *text, size_t size)
{
    (void)context;
    (void)fprintf(stderr, "log %" PRIu32 ": %.*s\n", level, (int)size, text);
}

static void take_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    struct counts *counts = context;

    if (done <= total || total == 0) {
        counts->steps++;
        (void)snprintf(counts->phase, sizeof(counts->phase), "%.*s", (int)size, phase);
    }
}

static int32_t never_cancelled(void *context)
{
    struct counts *counts = context;

    counts->polls++;
    return 0;
}

static int64_t give_secret(void *context, const char *name, size_t name_size, char *buffer,
                           size_t capacity)
{
    const struct counts *counts = context;
    size_t size = counts->token != NULL ? strlen(counts->token) : 0;

    if (name_size != 5 || memcmp(name, "token", name_size) != 0) {
        return -1;
    }
    if (size > 0 && size <= capacity) {
        memcpy(buffer, counts->token, size);
    }
    return (int64_t)size;
}

static hector_operation *find_operation(const char *path, const char *name)
{
    const struct hector_integration *(*entry)(void), *plugin;
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *symbol = object != NULL ? dlsym(object, HECTOR_INTEGRATION_SYMBOL) : NULL;

    if (symbol == NULL) {
        return NULL;
    }
    memcpy(&entry, &symbol, sizeof(entry)); /* C has no cast from an object to a function */
    plugin = entry();
    if (plugin == NULL || !HECTOR_HAS(plugin, struct hector_integration, sync)) {
        return NULL;
    }
    return strcmp(name, "describe") == 0       ? plugin->describe
           : strcmp(name, "validate") == 0     ? plugin->validate
           : strcmp(name, "list_options") == 0 ? plugin->list_options
           : strcmp(name, "sync") == 0         ? plugin->sync
                                               : NULL;
}

int main(int argc, char *argv[])
{
    struct counts counts = {.token = getenv("TOKEN")};
    const struct hector_host host = {.struct_size = sizeof(host),
                                     .log_level = HECTOR_LOG_DEBUG,
                                     .context = &counts,
                                     .emit = take_document,
                                     .log = take_line,
                                     .progress = take_progress,
                                     .cancelled = never_cancelled,
                                     .secret = give_secret};
    struct hector_error error = {.struct_size = sizeof(error)};
    hector_operation *operation = argc == 4 ? find_operation(argv[1], argv[2]) : NULL;
    int32_t code;

    if (operation == NULL) {
        (void)fputs("no such plugin or operation\n", stderr);
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    code = operation(&host, argv[3], strlen(argv[3]), &error);
    (void)fprintf(stderr, "progress %s %lu, polls %lu\n", counts.phase, counts.steps, counts.polls);
    (void)fprintf(stderr, "%" PRId32 " %s %s\n", code, error.reason, error.field);
    return fflush(stdout) != 0;
}
