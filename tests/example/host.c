/*
 * host.c - the smallest host that obeys the contract: one sync, its documents one a line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * hector-integration(7) lists this file from the next line on; tests/example/example.sh compares
 * them.
 */
#define _GNU_SOURCE 1 /* dladdr */

#include <dlfcn.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hector/integration.h"

static int32_t take_document(void *context, const char *document, size_t size)
{
    (void)context;
    return fwrite(document, 1, size, stdout) != size || putchar('\n') == EOF || fflush(stdout) != 0;
}

static int64_t give_secret(void *context, const char *name, size_t name_size, char *buffer,
                           size_t capacity)
{
    const char *token = context;
    size_t size = token != NULL ? strlen(token) : 0;

    if (name_size != strlen("token") || memcmp(name, "token", name_size) != 0)
        return -1;
    if (size <= capacity && size > 0)
        memcpy(buffer, token, size);
    return (int64_t)size;
}

/* PLUGIN is an absolute path, REQUEST is {"settings": {"url": ...}}; the token is in TOKEN. */
int main(int argc, char *argv[])
{
    const struct hector_host host = {.struct_size = sizeof(host),
                                     .context = getenv("TOKEN"),
                                     .emit = take_document,
                                     .secret = give_secret};
    struct hector_error error = {.struct_size = sizeof(error)};
    const struct hector_integration *(*entry)(void), *plugin;
    void *object, *symbol = NULL;
    Dl_info found;
    int32_t code;

    if (argc != 3 || argv[1][0] != '/') {
        (void)fputs("Usage: TOKEN=... host /PATH/TO/PLUGIN REQUEST\n", stderr);
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    object = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL); /* for ever: there is no dlclose */
    if (object != NULL)
        symbol = dlsym(object, HECTOR_INTEGRATION_SYMBOL);
    if (symbol == NULL || dladdr(symbol, &found) == 0 || strcmp(found.dli_fname, argv[1]) != 0) {
        (void)fprintf(stderr, "%s is no integration of version 1\n", argv[1]);
        return 2;
    }
    memcpy(&entry, &symbol, sizeof(entry)); /* C has no cast from an object to a function */
    plugin = entry();
    if (plugin == NULL || !HECTOR_HAS(plugin, struct hector_integration, sync) ||
        plugin->sync == NULL)
        return 2;
    code = plugin->sync(&host, argv[2], strlen(argv[2]), &error);
    if (code != HECTOR_OK)
        (void)fprintf(stderr, "%" PRId32 " %s: %s\n", code, error.reason, error.message);
    return code == HECTOR_OK ? 0 : code == HECTOR_PARTIAL ? 1 : 3;
}
