/*
 * arguments.c - parses the command line into one struct.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* getopt_long */

#include "arguments.h"

#include <getopt.h>
#include <inttypes.h>
#include <string.h>

#include "hector/integration.h"
#include "limits.h"
#include "list.h"

/*
 * What getopt returns for a word that is not an option, because its option string starts with '-'.
 */
#define OPTION_WORD 1

/* Long options have no letter: their codes are above those of all characters. */
enum {
    OPTION_PLUGIN = 256,
    OPTION_SETTINGS,
    OPTION_SET,
    OPTION_SECRET_FILE,
    OPTION_LANGUAGE,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_FILTER,
    OPTION_LIMIT,
    OPTION_DEADLINE,
    OPTION_PROXY,
    OPTION_CA_FILE,
    OPTION_FORTICLOUD_URL,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_QUIET,
    OPTION_COLUMNS,
    OPTION_COLOR,
};

static const struct option long_options[] = {
    {"plugin", required_argument, NULL, OPTION_PLUGIN},
    {"settings", required_argument, NULL, OPTION_SETTINGS},
    {"set", required_argument, NULL, OPTION_SET},
    {"secret-file", required_argument, NULL, OPTION_SECRET_FILE},
    {"language", required_argument, NULL, OPTION_LANGUAGE},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"filter", required_argument, NULL, OPTION_FILTER},
    {"limit", required_argument, NULL, OPTION_LIMIT},
    {"deadline", required_argument, NULL, OPTION_DEADLINE},
    {"proxy", required_argument, NULL, OPTION_PROXY},
    {"ca-file", required_argument, NULL, OPTION_CA_FILE},
    {"forticloud-url", required_argument, NULL, OPTION_FORTICLOUD_URL},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {"columns", required_argument, NULL, OPTION_COLUMNS},
    {"color", required_argument, NULL, OPTION_COLOR},
    {NULL, 0, NULL, 0},
};

struct parser {
    struct arguments *arguments;
    struct message *message;
};

/* Parses a whole number from 1 to `maximum`. Not with strtoul(), which accepts signs and blanks. */
static int parser_number(const struct parser *parser, const char *option, const char *text,
                         uint32_t maximum, uint32_t *ret)
{
    uint32_t number = 0;

    for (const char *digit = text; *digit != '\0' && number <= maximum; digit++) {
        if (*digit < '0' || *digit > '9') {
            return message_fail(parser->message, "%s takes a whole number, not '%s'", option, text);
        }
        number = number * 10 + (uint32_t)(*digit - '0');
    }
    if (number < 1 || number > maximum) {
        return message_fail(parser->message, "%s takes a number from 1 to %" PRIu32, option,
                            maximum);
    }
    *ret = number;
    return 0;
}

/* Keeps the name of a file. An empty one usually comes from an unset shell variable. */
static int parser_path(const struct parser *parser, const char *option, const char *text,
                       const char **ret)
{
    *ret = text;
    return *text != '\0'
               ? 0
               : message_fail(parser->message, "%s names no file: its value is empty", option);
}

/* Keeps one assignment of a repeatable option, whose syntax `form` is. */
static int parser_assignment(const struct parser *parser, const char *form, const char *text,
                             struct argument_list *list)
{
    const char *option = list == &parser->arguments->set ? "--set" : "--secret-file";
    const char *equals = strchr(text, '=');

    if (equals == NULL || equals == text) {
        return message_fail(parser->message, "%s takes %s, not '%.100s'", option, form,
                            equals == NULL ? text : "=...");
    }
    if (list->count == ARGUMENTS_REPEAT_MAX) {
        return message_fail(parser->message, "%s stands more than %d times", option,
                            ARGUMENTS_REPEAT_MAX);
    }
    list->items[list->count++] = text;
    return 0;
}

static int parser_format(const struct parser *parser, const char *text)
{
    static const char *const names[] = {[FORMAT_TABLE] = "table",
                                        [FORMAT_JSON] = "json",
                                        [FORMAT_NDJSON] = "ndjson",
                                        [FORMAT_CSV] = "csv"};
    const size_t format = list_find(names, LIST_COUNT(names), text);

    parser->arguments->format = (enum format)format;
    return format < LIST_COUNT(names)
               ? 0
               : message_fail(parser->message,
                              "--format takes table, json, ndjson or csv, not '%s'", text);
}

static int parser_color(const struct parser *parser, const char *text)
{
    static const char *const names[] = {
        [COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never"};
    const size_t color = list_find(names, LIST_COUNT(names), text);

    parser->arguments->color = (enum color)color;
    return color < LIST_COUNT(names)
               ? 0
               : message_fail(parser->message, "--color takes auto, always or never, not '%s'",
                              text);
}

static int parser_language(const struct parser *parser, const char *text)
{
    parser->arguments->language = text;
    return strcmp(text, "en") == 0 || strcmp(text, "fr") == 0
               ? 0
               : message_fail(parser->message, "--language takes en or fr, not '%s'", text);
}

/* Handles a word that is not an option: the command, then NAME of `options NAME`. */
static int parser_word(const struct parser *parser, const char *word)
{
    static const char *const names[] = {[COMMAND_NONE] = "",
                                        [COMMAND_DESCRIBE] = "describe",
                                        [COMMAND_VALIDATE] = "validate",
                                        [COMMAND_OPTIONS] = "options",
                                        [COMMAND_SYNC] = "sync",
                                        [COMMAND_RECORD] = "record"};
    const size_t command = list_find(names, LIST_COUNT(names), word);
    struct arguments *arguments = parser->arguments;

    if (arguments->command == COMMAND_OPTIONS && arguments->option == NULL) {
        arguments->option = word;
    } else if (arguments->command != COMMAND_NONE) {
        return message_fail(parser->message, "'%s' is one word too many", word);
    } else if (!arguments->help && strcmp(word, "help") == 0) {
        arguments->help = true;
    } else if (command == COMMAND_NONE || command == LIST_COUNT(names)) {
        return message_fail(parser->message,
                            "'%s' is no command: describe, validate, options, sync, record or help",
                            word);
    } else {
        arguments->command = (enum command)command;
    }
    return 0;
}

static int parser_option(const struct parser *parser, int code, const char *value)
{
    struct arguments *arguments = parser->arguments;

    switch (code) {
    case OPTION_WORD: return parser_word(parser, value);
    case OPTION_PLUGIN: return parser_path(parser, "--plugin", value, &arguments->plugin);
    case OPTION_SETTINGS: return parser_path(parser, "--settings", value, &arguments->settings);
    case OPTION_SET: return parser_assignment(parser, "KEY=VALUE", value, &arguments->set);
    case OPTION_SECRET_FILE:
        return parser_assignment(parser, "NAME=FILE", value, &arguments->secret_file);
    case OPTION_LANGUAGE: return parser_language(parser, value);
    case OPTION_FORMAT: return parser_format(parser, value);
    case OPTION_OUTPUT: return parser_path(parser, "--output", value, &arguments->output);
    case OPTION_COLUMNS: arguments->columns = value; return 0;
    case OPTION_COLOR: return parser_color(parser, value);
    case OPTION_FILTER: arguments->filter = value; return 0;
    case OPTION_LIMIT:
        return parser_number(parser, "--limit", value, ARGUMENTS_LIMIT_MAX, &arguments->limit);
    case OPTION_DEADLINE:
        return parser_number(parser, "--deadline", value, ARGUMENTS_DEADLINE_MAX,
                             &arguments->deadline_s);
    case OPTION_PROXY: arguments->proxy = value; return 0;
    case OPTION_CA_FILE: return parser_path(parser, "--ca-file", value, &arguments->ca_file);
    case OPTION_FORTICLOUD_URL: arguments->forticloud_url = value; return 0;
    case 'h':
    case OPTION_HELP: arguments->help = true; return 0;
    case 'V':
    case OPTION_VERSION: arguments->version = true; return 0;
    case 'q':
    case OPTION_QUIET: arguments->quiet = true; return 0;
    case 'v': /* each -v shows one more level than errors and warnings */
        arguments->log_level += arguments->log_level < HECTOR_LOG_TRACE;
        return 0;
    default: return -1;
    }
}

/* Checks the combination of options, once all of them are known. */
static int parser_finish(const struct parser *parser)
{
    const struct arguments *arguments = parser->arguments;

    if (arguments->help || arguments->version) {
        return 0;
    }
    if (arguments->command == COMMAND_NONE) {
        return message_fail(parser->message,
                            "a command is missing: describe, validate, options, sync or record");
    }
    if (arguments->command == COMMAND_OPTIONS && arguments->option == NULL &&
        arguments->format != FORMAT_TABLE) {
        return message_fail(parser->message, "options needs the NAME of a setting");
    }
    if (arguments->quiet && arguments->log_level > HECTOR_LOG_WARNING) {
        return message_fail(parser->message, "--quiet and -v exclude each other");
    }
    if (arguments->command != COMMAND_OPTIONS &&
        (arguments->filter != NULL || arguments->limit != 0)) {
        return message_fail(parser->message, "--filter and --limit belong to the command options");
    }
    if (arguments->command == COMMAND_RECORD &&
        (arguments->output == NULL || strcmp(arguments->output, "-") == 0)) {
        return message_fail(parser->message, "record needs --output BUNDLE, the folder to make");
    }
    if (arguments->command == COMMAND_RECORD && arguments->format != FORMAT_TABLE) {
        return message_fail(parser->message,
                            "record has no --format: a bundle is a folder of JSON files");
    }
    if (arguments->command != COMMAND_SYNC && arguments->format == FORMAT_CSV) {
        return message_fail(parser->message, "--format csv belongs to the command sync");
    }
    if (arguments->columns != NULL &&
        (arguments->command != COMMAND_SYNC ||
         (arguments->format != FORMAT_TABLE && arguments->format != FORMAT_CSV))) {
        return message_fail(parser->message,
                            "--columns belongs to a table or CSV of the command sync");
    }
    return 0;
}

int arguments_parse(struct arguments *arguments, int argc, char *const argv[],
                    struct message *message)
{
    const struct parser parser = {arguments, message};
    int code;

    *arguments = (struct arguments){.log_level = HECTOR_LOG_WARNING};
    optind = 0; /* restarts getopt, as for a test that calls this twice */
    opterr = 0;
    /* '-': words come in order, even if POSIXLY_CORRECT is set. ':': reports a missing value. */
    while ((code = getopt_long(argc, argv, "-:hqvV", long_options, NULL)) != -1) {
        if (code == ':') {
            return message_fail(message, "option '%s' needs a value", argv[optind - 1]);
        }
        if (code == '?' && optopt > 0 && optopt < OPTION_PLUGIN) {
            return message_fail(message, "there is no option '-%c'", optopt);
        }
        if (code == '?') {
            return message_fail(message, "option '%s' is not known or takes no value",
                                argv[optind - 1]);
        }
        if (parser_option(&parser, code, optarg) != 0) {
            return -1;
        }
    }
    for (; optind < argc; optind++) {
        if (parser_word(&parser, argv[optind]) != 0) {
            return -1;
        }
    }
    return parser_finish(&parser);
}
