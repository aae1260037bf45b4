/*
 * arguments.c - parses the command line into one struct.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arguments.h"

#include <getopt.h>
#include <inttypes.h>
#include <string.h>

#include "hector/integration.h"
#include "list.h"

/*
 * What getopt returns for a word that is not an option, because its option string starts with '-'.
 */
#define OPTION_WORD 1

/* getopt returns this plus the row of a long option, more than any letter. */
#define OPTION_LONG 256

/* The names of enum command, enum format and enum color, in their order. */
static const char *const parser_commands[] = {"",     "describe", "validate", "options",
                                              "sync", "record",   NULL};
static const char *const parser_formats[] = {"table", "json", "ndjson", "csv", NULL};
static const char *const parser_colors[] = {"auto", "always", "never", NULL};

/* An option, and where its value goes: one of `text`, `list`, `number` and `flag`. */
struct parser_row {
    const char *name;
    char letter; /* its short form; 0 = none */
    bool path;   /* the text names a file */
    const char **text;
    const char *const *choices; /* a list, of which the text must be one; NULL = any text */
    struct argument_list *list; /* of assignments */
    const char *form;           /* of an assignment, or the choices, in words */
    uint32_t *number;           /* from 1 to `maximum` */
    uint32_t maximum;
    bool *flag; /* takes no value */
};

/* Parses a whole number. Not with strtoul(), which accepts signs and blanks. */
static int parser_number(const struct parser_row *row, const char *text, struct message *message)
{
    uint32_t number = 0;

    for (const char *digit = text; *digit != '\0' && number <= row->maximum; digit++) {
        if (*digit < '0' || *digit > '9') {
            return message_fail(message, "--%s takes a whole number, not '%s'", row->name, text);
        }
        number = number * 10 + (uint32_t)(*digit - '0');
    }
    if (number < 1 || number > row->maximum) {
        return message_fail(message, "--%s takes a number from 1 to %" PRIu32, row->name,
                            row->maximum);
    }
    *row->number = number;
    return 0;
}

/* Keeps one assignment of a repeatable option. */
static int parser_assignment(const struct parser_row *row, const char *text,
                             struct message *message)
{
    const char *equals = strchr(text, '=');

    if (equals == NULL || equals == text) {
        return message_fail(message, "--%s takes %s, not '%.100s'", row->name, row->form,
                            equals == NULL ? text : "=...");
    }
    if (row->list->count == ARGUMENTS_REPEAT_MAX) {
        return message_fail(message, "--%s stands more than %d times", row->name,
                            ARGUMENTS_REPEAT_MAX);
    }
    row->list->items[row->list->count++] = text;
    return 0;
}

static int parser_text(const struct parser_row *row, const char *text, struct message *message)
{
    if (row->choices != NULL && !list_has(row->choices, text)) {
        return message_fail(message, "--%s takes %s, not '%s'", row->name, row->form, text);
    }
    if (row->path && *text == '\0') { /* usually from an unset shell variable */
        return message_fail(message, "--%s names no file: its value is empty", row->name);
    }
    *row->text = text;
    return 0;
}

/* Handles a word that is not an option: the command, then NAME of `options NAME`. */
static int parser_word(struct arguments *arguments, const char *word, struct message *message)
{
    const int command = list_find(parser_commands, word);

    if (arguments->command == COMMAND_OPTIONS && arguments->option == NULL) {
        arguments->option = word;
    } else if (arguments->command != COMMAND_NONE) {
        return message_fail(message, "'%s' is one word too many", word);
    } else if (!arguments->help && strcmp(word, "help") == 0) {
        arguments->help = true;
    } else if (command <= COMMAND_NONE) {
        return message_fail(
            message, "'%s' is no command: describe, validate, options, sync, record or help", word);
    } else {
        arguments->command = (enum command)command;
    }
    return 0;
}

/* Checks the combination of options, once all of them are known. */
static int parser_finish(const struct arguments *arguments, struct message *message)
{
    const enum command command = arguments->command;
    const bool rows = arguments->format == FORMAT_TABLE || arguments->format == FORMAT_CSV;
    const struct {
        bool broken;
        const char *sentence;
    } rules[] = {
        {command == COMMAND_NONE,
         "a command is missing: describe, validate, options, sync or record"},
        {command == COMMAND_OPTIONS && arguments->option == NULL &&
             arguments->format != FORMAT_TABLE,
         "options needs the NAME of a setting"},
        {arguments->quiet && arguments->log_level > HECTOR_LOG_WARNING,
         "--quiet and -v exclude each other"},
        {command != COMMAND_OPTIONS && (arguments->filter != NULL || arguments->limit != 0),
         "--filter and --limit belong to the command options"},
        {command == COMMAND_RECORD &&
             (arguments->output == NULL || strcmp(arguments->output, "-") == 0),
         "record needs --output BUNDLE, the folder to make"},
        {command == COMMAND_RECORD && arguments->format != FORMAT_TABLE,
         "record has no --format: a bundle is a folder of JSON files"},
        {command != COMMAND_SYNC && arguments->format == FORMAT_CSV,
         "--format csv belongs to the command sync"},
        {arguments->columns != NULL && (command != COMMAND_SYNC || !rows),
         "--columns belongs to a table or CSV of the command sync"},
    };

    if (arguments->help || arguments->version) {
        return 0;
    }
    for (size_t i = 0; i < LIST_COUNT(rules); i++) {
        if (rules[i].broken) {
            return message_fail(message, "%s", rules[i].sentence);
        }
    }
    return 0;
}

/* Handles an option; `word` is the word of the command line that it came from. */
static int parser_take(const struct parser_row *rows, size_t count, int code, const char *word,
                       struct message *message)
{
    if (code == ':') {
        return message_fail(message, "option '%s' needs a value", word);
    }
    if (code == '?' && optopt > 0 && optopt < OPTION_LONG) {
        return message_fail(message, "there is no option '-%c'", optopt);
    }
    for (size_t i = 0; i < count; i++) {
        const struct parser_row *row = &rows[i];

        if (code != OPTION_LONG + (int)i && code != row->letter) {
            continue;
        }
        if (row->flag == NULL) {
            return row->number != NULL ? parser_number(row, optarg, message)
                   : row->list != NULL ? parser_assignment(row, optarg, message)
                                       : parser_text(row, optarg, message);
        }
        *row->flag = true;
        return 0;
    }
    return message_fail(message, "option '%s' is not known or takes no value", word);
}

int arguments_parse(struct arguments *arguments, int argc, char *const argv[],
                    struct message *message)
{
    const char *format = parser_formats[FORMAT_TABLE], *color = parser_colors[COLOR_AUTO];
    const struct parser_row rows[] = {
        {"plugin", .text = &arguments->plugin, .path = true},
        {"settings", .text = &arguments->settings, .path = true},
        {"set", .list = &arguments->set, .form = "KEY=VALUE"},
        {"secret-file", .list = &arguments->secret_file, .form = "NAME=FILE"},
        {"language", .text = &arguments->language, .choices = LIST("en", "fr"), .form = "en or fr"},
        {"format", .text = &format, .choices = parser_formats,
         .form = "table, json, ndjson or csv"},
        {"output", .text = &arguments->output, .path = true},
        {"columns", .text = &arguments->columns},
        {"color", .text = &color, .choices = parser_colors, .form = "auto, always or never"},
        {"filter", .text = &arguments->filter},
        {"limit", .number = &arguments->limit, .maximum = ARGUMENTS_LIMIT_MAX},
        {"deadline", .number = &arguments->deadline_s, .maximum = ARGUMENTS_DEADLINE_MAX},
        {"proxy", .text = &arguments->proxy},
        {"ca-file", .text = &arguments->ca_file, .path = true},
        {"forticloud-url", .text = &arguments->forticloud_url},
        {"help", 'h', .flag = &arguments->help},
        {"version", 'V', .flag = &arguments->version},
        {"quiet", 'q', .flag = &arguments->quiet},
    };
    struct option options[LIST_COUNT(rows) + 1] = {{NULL, 0, NULL, 0}};
    int code;

    *arguments = (struct arguments){.log_level = HECTOR_LOG_WARNING};
    for (size_t i = 0; i < LIST_COUNT(rows); i++) {
        options[i] =
            (struct option){.name = rows[i].name,
                            .has_arg = rows[i].flag != NULL ? no_argument : required_argument,
                            .val = OPTION_LONG + (int)i};
    }
    optind = 0; /* restarts getopt, as for a test that calls this twice */
    opterr = 0;
    /* '-': words come in order, even if POSIXLY_CORRECT is set. ':': reports a missing value. */
    while ((code = getopt_long(argc, argv, "-:hqvV", options, NULL)) != -1) {
        if (code == 'v') { /* each -v shows one more level than errors and warnings */
            arguments->log_level += arguments->log_level < HECTOR_LOG_TRACE;
        } else if (code == OPTION_WORD ? parser_word(arguments, optarg, message) != 0
                                       : parser_take(rows, LIST_COUNT(rows), code, argv[optind - 1],
                                                     message) != 0) {
            return -1;
        }
    }
    for (; optind < argc; optind++) {
        if (parser_word(arguments, argv[optind], message) != 0) {
            return -1;
        }
    }
    arguments->format = (enum format)list_find(parser_formats, format);
    arguments->color = (enum color)list_find(parser_colors, color);
    return parser_finish(arguments, message);
}
