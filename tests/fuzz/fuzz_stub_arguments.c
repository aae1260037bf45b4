/*
 * fuzz_stub_arguments.c - the arguments of a command line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: one argument a line.
 */
#include "host-stub/arguments.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "hector/integration.h"

#define WORDS_MAX 100

static void check_assignments(const struct argument_list *list)
{
    FUZZ_CHECK(list->count <= ARGUMENTS_REPEAT_MAX);
    for (size_t i = 0; i < list->count; i++) {
        FUZZ_CHECK(strchr(list->items[i], '=') != NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, line;
    char *words[WORDS_MAX + 2] = {strdup("hector-host-stub")};
    char *argv[WORDS_MAX + 2];
    struct message message = {""};
    struct arguments arguments;
    int argc = 1, result;

    while (argc < WORDS_MAX && fuzz_line(&input, &line)) {
        words[argc++] = fuzz_text(line);
    }
    memcpy(argv, words, sizeof(argv)); /* getopt_long() reorders them */
    optind = 0;
    result = arguments_parse(&arguments, argc, argv, &message);
    FUZZ_CHECK(memchr(message.text, '\0', sizeof(message.text)) != NULL);
    FUZZ_CHECK((result == 0) == (message.text[0] == '\0'));
    if (result == 0 && !arguments.help && !arguments.version) {
        FUZZ_CHECK(arguments.command != COMMAND_NONE);
        FUZZ_CHECK(arguments.option == NULL || arguments.command == COMMAND_OPTIONS);
        FUZZ_CHECK(arguments.log_level <= HECTOR_LOG_TRACE);
        check_assignments(&arguments.set);
        check_assignments(&arguments.secret_file);
    }
    for (int i = 0; i < argc; i++) {
        free(words[i]);
    }
    return 0;
}
