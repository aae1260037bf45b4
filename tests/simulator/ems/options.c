/*
 * options.c - the command line of the simulated EMS.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "options.h"

#include "option.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAXIMUM_ENDPOINTS 200000

enum option_code {
    OPTION_PORT = 1000,
    OPTION_PORT_FILE,
    OPTION_CERTIFICATE_FILE,
    OPTION_CERTIFICATE,
    OPTION_PLAIN_HTTP,
    OPTION_VERSION,
    OPTION_CLOUD,
    OPTION_SEED,
    OPTION_MACHINES,
    OPTION_UNMANAGED,
    OPTION_HARDWARE,
    OPTION_EXPECTED_FILE,
    OPTION_USER,
    OPTION_PASSWORD,
    OPTION_SITE,
    OPTION_ACCOUNT,
    OPTION_KEY,
    OPTION_QUOTED_COOKIE,
    OPTION_REFUSED,
    OPTION_DENY,
    OPTION_SESSION_SECONDS,
    OPTION_SESSION_LIMIT,
    OPTION_PAGE_CAP,
    OPTION_ORDER_IGNORED,
    OPTION_CALLS_A_SECOND,
    OPTION_DELAY_MS,
    OPTION_FAULT,
    OPTION_REPORT_FILE,
    OPTION_HELP
};

static const struct option long_options[] = {
    {"port", required_argument, NULL, OPTION_PORT},
    {"port-file", required_argument, NULL, OPTION_PORT_FILE},
    {"certificate-file", required_argument, NULL, OPTION_CERTIFICATE_FILE},
    {"certificate", required_argument, NULL, OPTION_CERTIFICATE},
    {"plain-http", no_argument, NULL, OPTION_PLAIN_HTTP},
    {"version", required_argument, NULL, OPTION_VERSION},
    {"cloud", no_argument, NULL, OPTION_CLOUD},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"machines", required_argument, NULL, OPTION_MACHINES},
    {"unmanaged", required_argument, NULL, OPTION_UNMANAGED},
    {"hardware", required_argument, NULL, OPTION_HARDWARE},
    {"expected-file", required_argument, NULL, OPTION_EXPECTED_FILE},
    {"user", required_argument, NULL, OPTION_USER},
    {"password", required_argument, NULL, OPTION_PASSWORD},
    {"site", required_argument, NULL, OPTION_SITE},
    {"account", required_argument, NULL, OPTION_ACCOUNT},
    {"key", required_argument, NULL, OPTION_KEY},
    {"quoted-cookie", no_argument, NULL, OPTION_QUOTED_COOKIE},
    {"refused", required_argument, NULL, OPTION_REFUSED},
    {"deny", required_argument, NULL, OPTION_DENY},
    {"session-seconds", required_argument, NULL, OPTION_SESSION_SECONDS},
    {"session-limit", required_argument, NULL, OPTION_SESSION_LIMIT},
    {"page-cap", required_argument, NULL, OPTION_PAGE_CAP},
    {"order-ignored", no_argument, NULL, OPTION_ORDER_IGNORED},
    {"calls-a-second", required_argument, NULL, OPTION_CALLS_A_SECOND},
    {"delay-ms", required_argument, NULL, OPTION_DELAY_MS},
    {"fault", required_argument, NULL, OPTION_FAULT},
    {"report-file", required_argument, NULL, OPTION_REPORT_FILE},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "Usage: ems-simulator [OPTION]...\n"
    "An HTTPS server on 127.0.0.1 that answers as FortiClient EMS does.\n"
    "\n"
    "Where it serves\n"
    "  --port N                 port to listen on (default 0: any free one)\n"
    "  --port-file FILE         write the port there, last of all, when ready to serve\n"
    "  --certificate-file FILE  write the certificate (PEM) to trust there\n"
    "  --certificate KIND       valid, expired, wrong-name, or unknown (FILE holds another\n"
    "                           authority's certificate; default valid)\n"
    "  --plain-http             no TLS\n"
    "\n"
    "What it is and knows\n"
    "  --version V              7.0.3, 7.2.1 or 7.4.5 (default)\n"
    "  --cloud                  EMS Cloud (FortiEndpoint) in place of one on premises\n"
    "  --seed N                 everything grows from this number (default 1)\n"
    "  --machines N             machines with FortiClient (default 30)\n"
    "  --unmanaged N            so many endpoints besides that only the directory knows\n"
    "  --hardware KIND          none, snake (hardware_details) or camel (hardwareDetails): how\n"
    "                           details report the serial (default snake from 7.4.5, else none)\n"
    "  --expected-file FILE     write what a perfect client would find (JSON)\n"
    "\n";

/* A second string, because C11 guarantees only 4095 bytes. */
static const char help_on_answers[] =
    "Who may ask\n"
    "  --user NAME              the administrator (default hector)\n"
    "  --password TEXT          default simulated-password\n"
    "  --site NAME              the only site (default default)\n"
    "  --account EMAIL          of the cloud account (default hector@example.org)\n"
    "  --key TEXT               its access key (default simulated-access-key)\n"
    "  --quoted-cookie          the cookie ccsrftoken, with its value in quotes\n"
    "  --refused STATUS:RETVAL  of a refused sign-in (default 200:-1)\n"
    "  --deny endpoints         an administrator without the permission\n"
    "  --session-seconds N      a session ends when idle for so long (default 1800)\n"
    "  --session-limit N        the most sessions (default 100)\n"
    "\n"
    "How it answers\n"
    "  --page-cap N             rows of a page at most, whatever is asked for\n"
    "  --order-ignored          the list is always by name, and equal names have no order\n"
    "  --calls-a-second N       calls for details without a violation (default 10)\n"
    "\n"
    "What goes wrong\n"
    "  --delay-ms N             wait before every answer\n"
    "  --fault NAME[@N][xM]     from the N-th request on (from 1, sign-ins included, default 1) M\n"
    "                           times (default 1, or xforever). Repeatable; the first that\n"
    "                           matches is applied. NAME is one\n"
    "                           of the wire: close-before, close-amid, close-after, stall,\n"
    "                           stall-amid, drip (ten bytes a second), truncated, http-502-html,\n"
    "                           http-429 (Retry-After: 1), http-429-later (3600), html-200, gzip,\n"
    "                           wrong-type, redirect, empty-500, empty-204, empty-302, empty-304\n"
    "                           (a status without a body);\n"
    "                           of EMS: session-expired, forbidden, bad-request, http-500,\n"
    "                           database (of a sign-in), http-404, retval-0,\n"
    "                           session-in-message, other-device, no-hardware, total-more,\n"
    "                           total-absent, short-page, repeated-page, range-ignored, "
    "row-added,\n"
    "                           row-removed, odd-rows (besides the good ones), empty-list,\n"
    "                           data-null, result-object, missing-status, other-reply (a list),\n"
    "                           numbers-as-text, nan, invalid-utf8, lone-surrogate, nul-in-name,\n"
    "                           huge-name (10 MB), deep (10,000 lists), many-objects (a million)\n"
    "\n"
    "What it saw\n"
    "  --report-file FILE       write the report there at the end (SIGTERM or SIGINT); any time,\n"
    "                           GET /simulator/report on the same port answers it\n"
    "  --help                   this text\n";

static int read_count(const char *text, uint32_t maximum, uint32_t *ret_number)
{
    return option_uint32(text, maximum, ret_number) == 0 && *ret_number > 0 ? 0 : -1;
}

static int read_version(const char *text, uint32_t *ret_version)
{
    static const char *const names[] = {"7.0.3", "7.2.1", "7.4.5", NULL};
    static const uint32_t versions[] = {EMS_7_0_3, EMS_7_2_1, EMS_7_4_5};
    int choice = option_choice(text, names);

    if (choice < 0)
        return -1;
    *ret_version = versions[choice];
    return 0;
}

static int read_hardware(const char *text, int *ret_hardware)
{
    static const char *const names[] = {"none", "snake", "camel", NULL};

    *ret_hardware = option_choice(text, names);
    return *ret_hardware < 0 ? -1 : 0;
}

/* "400:-6" */
static int read_refused(const char *text, struct ems_options *options)
{
    char *end = NULL;

    options->refused_status = (unsigned)strtoul(text, &end, 10);
    if (*end != ':' || options->refused_status < 200 || options->refused_status > 599)
        return -1;
    options->refused_retval = (int)strtol(end + 1, &end, 10);
    return *end != '\0' || options->refused_retval == 1 ? -1 : 0;
}

static int read_deny(const char *what, const char **ret_deny)
{
    *ret_deny = what;
    return strcmp(what, "endpoints") == 0 ? 0 : -1;
}

/* Of those that every simulator has. */
static int read_common(struct settings *settings, int code, const char *value)
{
    switch (code) {
    case OPTION_PORT: return option_port(value, &settings->port);
    case OPTION_PORT_FILE: settings->port_file = value; return 0;
    case OPTION_CERTIFICATE_FILE: settings->certificate_file = value; return 0;
    case OPTION_CERTIFICATE: return option_certificate(value, &settings->certificate);
    case OPTION_PLAIN_HTTP: settings->plain_http = true; return 0;
    case OPTION_SEED: return option_number(value, UINT64_MAX, &settings->seed);
    case OPTION_EXPECTED_FILE: settings->expected_file = value; return 0;
    case OPTION_USER: settings->user = value; return 0;
    case OPTION_PASSWORD: settings->password = value; return 0;
    case OPTION_KEY: settings->key = value; return 0;
    case OPTION_DENY: return read_deny(value, &settings->deny);
    case OPTION_SESSION_SECONDS:
        return option_uint32(value, UINT32_MAX, &settings->session_seconds);
    case OPTION_SESSION_LIMIT:
        return option_uint32(value, MAXIMUM_SESSIONS, &settings->session_limit);
    case OPTION_DELAY_MS: return option_uint32(value, 60000, &settings->delay_ms);
    case OPTION_FAULT: return option_fault(settings, value);
    case OPTION_REPORT_FILE: settings->report_file = value; return 0;
    default: return -1;
    }
}

static int read_option(struct ems *ems, int code, const char *value, int *hardware)
{
    struct ems_options *options = &ems->options;

    switch (code) {
    case OPTION_VERSION: return read_version(value, &options->version);
    case OPTION_CLOUD: options->cloud = true; return 0;
    case OPTION_MACHINES: return option_uint32(value, MAXIMUM_ENDPOINTS, &options->machines);
    case OPTION_UNMANAGED: return option_uint32(value, MAXIMUM_ENDPOINTS, &options->unmanaged);
    case OPTION_HARDWARE: return read_hardware(value, hardware);
    case OPTION_SITE: options->site = value; return 0;
    case OPTION_ACCOUNT: options->account = value; return 0;
    case OPTION_QUOTED_COOKIE: options->quoted_cookie = true; return 0;
    case OPTION_REFUSED: return read_refused(value, options);
    case OPTION_PAGE_CAP: return read_count(value, MAXIMUM_ENDPOINTS, &options->page_cap);
    case OPTION_ORDER_IGNORED: options->order_ignored = true; return 0;
    case OPTION_CALLS_A_SECOND: return read_count(value, UINT32_MAX, &options->calls_a_second);
    default: return read_common(&ems->simulator.settings, code, value);
    }
}

static void set_defaults(struct ems *ems)
{
    ems->options = (struct ems_options){
        .version = EMS_7_4_5,
        .machines = 30,
        .site = "default",
        .account = "hector@example.org",
        .refused_status = 200,
        .refused_retval = -1,
        .calls_a_second = 10,
    };
    ems->simulator.settings = (struct settings){
        .seed = 1,
        .user = "hector",
        .password = "simulated-password",
        .key = "simulated-access-key",
        .deny = "",
        .per_device = "",
        .session_limit = 100,
        .session_seconds = 1800,
    };
}

int options_read(struct ems *ems, int argument_count, char **arguments)
{
    int hardware = -1;
    int position = 0;
    int code;

    set_defaults(ems);
    while ((code = getopt_long(argument_count, arguments, "", long_options, &position)) != -1) {
        if (code == OPTION_HELP) {
            (void)fputs(help, stdout);
            (void)fputs(help_on_answers, stdout);
            return 1;
        }
        if (code == '?')
            return -1;
        if (read_option(ems, code, optarg, &hardware) != 0) {
            (void)fprintf(stderr, "ems-simulator: --%s: bad value: %s\n",
                          long_options[position].name, optarg);
            return -1;
        }
    }
    if (optind < argument_count) {
        (void)fprintf(stderr, "ems-simulator: unexpected argument: %s\n", arguments[optind]);
        return -1;
    }
    if (hardware < 0)
        hardware = ems->options.version >= EMS_7_4_5 ? HARDWARE_SNAKE : HARDWARE_NONE;
    ems->options.hardware = (enum ems_hardware)hardware;
    return 0;
}
