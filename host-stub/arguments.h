/*
 * arguments.h - parses the command line into one struct. Reads no file and prints nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_ARGUMENTS_H
#define HOST_STUB_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "limits.h"
#include "message.h"

enum command {
    COMMAND_NONE,
    COMMAND_DESCRIBE,
    COMMAND_VALIDATE,
    COMMAND_OPTIONS,
    COMMAND_SYNC,
    COMMAND_RECORD
};

enum format { FORMAT_TABLE, FORMAT_JSON, FORMAT_NDJSON, FORMAT_CSV };

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* An option given several times, in order. */
struct argument_list {
    size_t count;
    const char *items[ARGUMENTS_REPEAT_MAX];
};

/* What the command line says. Texts point into argv; NULL and 0 mean "not given". */
struct arguments {
    enum command command;
    enum format format;
    enum color color;
    const char *option; /* NAME of `options NAME`; NULL = list the names */
    const char *plugin, *settings, *language, *output, *filter, *proxy, *ca_file, *forticloud_url;
    const char *columns;              /* names, separated by commas */
    struct argument_list set;         /* KEY=VALUE */
    struct argument_list secret_file; /* NAME=FILE */
    uint32_t limit, deadline_s;
    uint32_t log_level; /* HECTOR_LOG_... */
    bool quiet;         /* errors only */
    bool help;          /* help on `command`, if there is one */
    bool version;
};

/*
 * Parses argv into `arguments`. Returns 0, or -1 with one sentence in `message`. With --help or
 * --version, the combination of options is not checked. Not thread-safe: getopt(3) has global
 * state.
 */
int arguments_parse(struct arguments *arguments, int argc, char *const argv[],
                    struct message *message);

#endif
