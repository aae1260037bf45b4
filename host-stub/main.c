/*
 * main.c - hector-host-stub: from the command line to the exit status.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arguments.h"
#include "call.h"
#include "console.h"
#include "escape.h"
#include "json_text.h"
#include "loader.h"
#include "process.h"
#include "settings.h"
#include "terminal.h"

#define EXIT_USAGE 2

/* Lower codes count as a defect of the plugin: 10 - code must fit in an exit status. */
#define LOWEST_CODE (-100)

/* What `help` and `help COMMAND` write. */
static const char *const help[] = {
#include "help.def"
};

/* The state of one run. */
struct run {
    struct arguments arguments;
    struct console console;
    struct secrets secrets;
    struct output output;
    struct columns columns;
    json_object *settings;
    json_object *descriptor; /* for labels of columns */
    const struct hector_integration *plugin;
    char ca_file[PATH_MAX];
    char settings_file[PATH_MAX]; /* at a default path, if arguments.settings points to it */
    struct message message;
    bool utf8; /* the terminal shows every character */
};

/* Says run->message. Returns the exit status. */
static int run_refuse(struct run *run)
{
    console_say(&run->console, "%s", run->message.text);
    return EXIT_USAGE;
}

/* Reads the secrets and checks the CA file. Returns 0, or -1 with run->message set. */
static int run_prepare(struct run *run)
{
    struct arguments *arguments = &run->arguments;

    for (size_t i = 0; i < arguments->secret_file.count; i++) {
        const char *assignment = arguments->secret_file.items[i];
        bool exposed = false;

        if (secrets_add_file(&run->secrets, assignment, &exposed, &run->message) != 0) {
            return -1;
        }
        if (exposed && !arguments->quiet) {
            console_say(&run->console, "warning: everybody may read the secret file %s",
                        strchr(assignment, '=') + 1);
        }
    }
    if (secrets_add_environment(&run->secrets, environ, &run->message) != 0) {
        return -1;
    }
    if (arguments->ca_file != NULL) { /* the interface requires an absolute path */
        if (realpath(arguments->ca_file, run->ca_file) == NULL || access(run->ca_file, R_OK) != 0) {
            return message_fail(&run->message, "cannot read the CA file %s: %s", arguments->ca_file,
                                strerror(errno));
        }
        arguments->ca_file = run->ca_file;
    }
    return 0;
}

/* The operation to call: `options` without NAME lists what the descriptor contains. */
static enum command run_operation(const struct run *run)
{
    const struct arguments *arguments = &run->arguments;

    return arguments->command == COMMAND_OPTIONS && arguments->option == NULL ? COMMAND_DESCRIBE
                                                                              : arguments->command;
}

/*
 * Reads the settings given on the command line, or else those at a default path. Returns 0, or -1
 * with run->message set.
 */
static int run_read_settings(struct run *run)
{
    struct arguments *arguments = &run->arguments;

    if (arguments->settings == NULL && arguments->set.count == 0 &&
        run_operation(run) != COMMAND_DESCRIBE) {
        const int found = settings_default_path(run->plugin->id, run->settings_file,
                                                sizeof(run->settings_file), &run->message);

        if (found < 0) {
            return -1;
        }
        arguments->settings = found > 0 ? run->settings_file : NULL;
    }
    return settings_load(arguments->settings, &arguments->set, &run->settings, &run->message);
}

/* Shows which settings were found, before anything else, if a person reads the output. */
static void run_report_settings(struct run *run)
{
    if (run->arguments.settings != run->settings_file) {
        return;
    }
    if (run->arguments.format == FORMAT_TABLE) {
        (void)fputs("Settings: ", run->output.stream);
        (void)escape_terminal(run->output.stream, span_of(run->settings_file));
        (void)fputc('\n', run->output.stream);
    } else if (isatty(STDERR_FILENO) == 1 && !run->arguments.quiet) {
        console_say(&run->console, "settings: %s", run->settings_file);
    }
}

static struct sink *run_sink(struct run *run)
{
    if (run->arguments.command == COMMAND_RECORD) {
        return sink_record_new(&run->output, run->arguments.output, &run->secrets, run->settings);
    }
    switch (run->arguments.format) {
    case FORMAT_JSON: return sink_json_new(&run->output, false);
    case FORMAT_NDJSON: return sink_json_new(&run->output, true);
    case FORMAT_CSV: return sink_csv_new(&run->output, &run->console, &run->columns);
    case FORMAT_TABLE:
        return sink_table_new(&run->output, &run->columns,
                              run->arguments.command == COMMAND_OPTIONS);
    }
    return NULL;
}

static int run_status(int32_t code)
{
    if (code < LOWEST_CODE) {
        code = HECTOR_INTERNAL;
    }
    return code > 0 ? 1 : code < 0 ? 10 - code : 0;
}

/* Makes one call, whose documents go to call->sink. Returns its code. */
static int32_t run_call(struct run *run, enum command command, struct call *call)
{
    hector_operation *const operations[] = {
        [COMMAND_DESCRIBE] = run->plugin->describe,    [COMMAND_VALIDATE] = run->plugin->validate,
        [COMMAND_OPTIONS] = run->plugin->list_options, [COMMAND_SYNC] = run->plugin->sync,
        [COMMAND_RECORD] = run->plugin->sync,
    };
    json_object *request = settings_request(command, &run->arguments, run->settings);
    const struct span text = json_text_value(request);

    if (json_text_lost()) {
        json_object_put(request);
        return HECTOR_NO_MEMORY;
    }
    call->secrets = &run->secrets;
    call->console = &run->console;
    call->syncs = command == COMMAND_SYNC || command == COMMAND_RECORD;
    int32_t code = call_operation(call, operations[command], text);
    json_object_put(request);
    return code;
}

/* Explains an outcome other than plain success: the host's own reason first, then the plugin's. */
static void run_report(struct run *run, const struct call *call, int32_t code)
{
    const struct hector_error *error = &call->error;
    struct console *console = &run->console;

    if (run->output.error == EPIPE) {
        return; /* the reader closed the pipe, which is no error for other tools either */
    }
    if (run->output.error != 0) {
        console_say(console, "cannot write %s: %s",
                    run->arguments.output != NULL ? run->arguments.output : "standard output",
                    strerror(run->output.error));
    } else if (call->defect[0] != '\0') {
        console_say(console, "defect of the plugin: %s", call->defect);
    } else if (call->refused || (code == HECTOR_NO_MEMORY && error->message[0] == '\0')) {
        console_say(console, "there is no memory"); /* a sink refuses for no other reason */
    } else if (error->message[0] != '\0') {
        console_say(console, "%s", error->message);
    } else if (code < 0) {
        console_say(console, "failed with code %" PRId32 " and without a message", code);
    } else if (code == HECTOR_OK && run->arguments.option != NULL && call->options == 0) {
        console_say(console, run->arguments.filter != NULL ? "there are no such values"
                                                           : "there are no values");
    } else if (code >= 0 && run->arguments.command == COMMAND_SYNC && run->output.target != NULL &&
               console->progress_wanted) { /* a person is watching */
        console_say(console, "%" PRIu64 " asset%s written to %s", call->assets,
                    call->assets == 1 ? "" : "s", run->arguments.output);
    }
    if (secrets_unasked(&run->secrets) != NULL && !run->arguments.quiet) {
        console_say(
            console,
            "warning: the secret %s was not asked for: either its name is wrong (describe lists "
            "them), or these settings need another",
            secrets_unasked(&run->secrets));
    }
    if (console->log_level < HECTOR_LOG_INFO || code == HECTOR_OK) {
        return;
    }
    console_say(console, "reason: %s", error->reason);
    if (error->field[0] != '\0') {
        console_say(console, "setting: %s", error->field);
    }
    if (error->detail[0] != '\0') {
        console_say(console, "detail: %s", error->detail);
    }
    if (error->retry_after_s != 0) {
        console_say(console, "try again in %" PRIu32 " s", error->retry_after_s);
    }
}

/* Chooses the columns of the assets. Returns 0, or the exit status of a failure. */
static int run_choose_columns(struct run *run)
{
    struct call call = {.sink = NULL};
    const int32_t code = run_call(run, COMMAND_DESCRIBE, &call);

    run->descriptor = call.descriptor;
    if (code < 0) {
        run_report(run, &call, code);
        return run_status(code);
    }
    return columns_choose(&run->columns, &run->arguments, run->settings, run->descriptor,
                          &run->message) == 0
               ? 0
               : run_refuse(run);
}

/*
 * Calls the command's operation and completes the output. Returns the operation's code, or HOST or
 * CANCELLED if the output failed.
 */
static int32_t run_command(struct run *run)
{
    struct call call = {.sink = run_sink(run)};
    int32_t code = call.sink == NULL        ? HECTOR_NO_MEMORY
                   : run->output.error != 0 ? HECTOR_HOST
                                            : HECTOR_OK;

    if (code >= 0) {
        code = run_call(run, run_operation(run), &call);
    }
    if (code < 0 && call.summaries == 0 && call.sink != NULL && call.sink->failure != NULL) {
        call.sink->failure(call.sink, &call.error);
    }
    if (call.sink != NULL && run->output.error == 0) {
        call.sink->finish(call.sink);
    }
    sink_free(call.sink);
    /* Only a run that delivered replaces a file; a stream has received its output anyway. */
    if (code >= 0 || run->output.target == NULL) {
        output_commit(&run->output);
    }
    if (run->output.error == EINTR && process_cancelled()) {
        code = HECTOR_CANCELLED;
    } else if (run->output.error != 0 && code >= 0) {
        code = HECTOR_HOST;
    }
    run_report(run, &call, code);
    return code;
}

/* Runs the command. Returns the exit status. */
static int run_all(struct run *run)
{
    const struct arguments *arguments = &run->arguments;

    run->console.log_level = arguments->quiet ? HECTOR_LOG_ERROR : arguments->log_level;
    if (arguments->language == NULL && arguments->format == FORMAT_TABLE) {
        run->arguments.language = process_language();
    }
    if (run_prepare(run) != 0) {
        return run_refuse(run);
    }
    if (loader_load(arguments->plugin, &run->plugin, &run->message) != 0) {
        (void)run_refuse(run);
        return run_status(HECTOR_ABI);
    }
    if (run_read_settings(run) != 0) {
        return run_refuse(run);
    }
    if (arguments->command == COMMAND_SYNC &&
        (arguments->format == FORMAT_TABLE || arguments->format == FORMAT_CSV)) {
        const int status = run_choose_columns(run);

        if (status != 0) {
            return status;
        }
    }
    if (output_open(&run->output, arguments->command == COMMAND_RECORD ? NULL : arguments->output,
                    &run->message) != 0) {
        return run_refuse(run);
    }
    /*
     * Not with a JSON array on the same terminal: its last line is open, and progress would
     * overwrite it.
     */
    run->console.progress_wanted = isatty(STDERR_FILENO) == 1 && terminal_steers() &&
                                   !arguments->quiet &&
                                   !(run->output.terminal && run->arguments.format == FORMAT_JSON);
    run->output.color = terminal_colors(arguments->color, run->output.terminal);
    if (run->utf8) {
        run->output.ellipsis = "\xE2\x80\xA6"; /* U+2026 */
    }
    run_report_settings(run);
    return run_status(run_command(run));
}

int main(int argc, char *argv[])
{
    static struct run run; /* static, not on the stack: it contains the secrets, 64 KiB */
    int status = EXIT_USAGE;

    run.console = (struct console){
        .stream = stderr, .secrets = &run.secrets, .log_level = HECTOR_LOG_WARNING};
    if (process_prepare(&run.utf8) != 0) {
        console_say(&run.console, "the system refuses what a host needs: %s", strerror(errno));
        return 10 - HECTOR_INTERNAL;
    }
    if (arguments_parse(&run.arguments, argc, argv, &run.message) != 0) {
        console_say(&run.console, "%s (--help tells more)", run.message.text);
    } else if (run.arguments.help || run.arguments.version) {
        (void)fputs(run.arguments.help ? help[run.arguments.command]
                                       : "hector-host-stub " PACKAGE_VERSION "\n",
                    stdout);
        status = fflush(stdout) == 0 ? 0 : 10 - HECTOR_HOST;
        if (status != 0 && errno != EPIPE) {
            console_say(&run.console, "cannot write standard output: %s", strerror(errno));
        }
    } else {
        status = run_all(&run);
    }
    output_release(&run.output);
    json_object_put(run.descriptor);
    json_object_put(run.settings);
    explicit_bzero(&run.secrets, sizeof(run.secrets));
    return status;
}
