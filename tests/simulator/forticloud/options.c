/*
 * options.c - the command line of the simulated FortiCloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "options.h"

#include "option.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define MAXIMUM_PRODUCTS  1000000
#define MAXIMUM_PAGE_SIZE 100000

enum option_code {
    OPTION_PORT = 1000,
    OPTION_PORT_FILE,
    OPTION_CERTIFICATE_FILE,
    OPTION_CERTIFICATE,
    OPTION_PLAIN_HTTP,
    OPTION_SEED,
    OPTION_UNITS,
    OPTION_PRODUCTS,
    OPTION_BARE,
    OPTION_PAGE_SIZE,
    OPTION_ACCOUNT,
    OPTION_VMS,
    OPTION_EXPECTED_FILE,
    OPTION_USER,
    OPTION_PASSWORD,
    OPTION_ORGANIZATION,
    OPTION_DENY,
    OPTION_EXPIRES_IN,
    OPTION_EXPIRES_SAYS,
    OPTION_CALLS_A_MINUTE,
    OPTION_CALLS_AN_HOUR,
    OPTION_ERRORS_AN_HOUR,
    OPTION_ERROR_STATUS,
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
    {"seed", required_argument, NULL, OPTION_SEED},
    {"units", required_argument, NULL, OPTION_UNITS},
    {"products", required_argument, NULL, OPTION_PRODUCTS},
    {"bare", no_argument, NULL, OPTION_BARE},
    {"page-size", required_argument, NULL, OPTION_PAGE_SIZE},
    {"account", required_argument, NULL, OPTION_ACCOUNT},
    {"vms", no_argument, NULL, OPTION_VMS},
    {"expected-file", required_argument, NULL, OPTION_EXPECTED_FILE},
    {"user", required_argument, NULL, OPTION_USER},
    {"password", required_argument, NULL, OPTION_PASSWORD},
    {"organization", no_argument, NULL, OPTION_ORGANIZATION},
    {"deny", required_argument, NULL, OPTION_DENY},
    {"expires-in", required_argument, NULL, OPTION_EXPIRES_IN},
    {"expires-says", required_argument, NULL, OPTION_EXPIRES_SAYS},
    {"calls-a-minute", required_argument, NULL, OPTION_CALLS_A_MINUTE},
    {"calls-an-hour", required_argument, NULL, OPTION_CALLS_AN_HOUR},
    {"errors-an-hour", required_argument, NULL, OPTION_ERRORS_AN_HOUR},
    {"error-status", required_argument, NULL, OPTION_ERROR_STATUS},
    {"delay-ms", required_argument, NULL, OPTION_DELAY_MS},
    {"fault", required_argument, NULL, OPTION_FAULT},
    {"report-file", required_argument, NULL, OPTION_REPORT_FILE},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "Usage: forticloud-simulator [OPTION]...\n"
    "An HTTPS server on 127.0.0.1 that answers as FortiCloud does: its login, Asset Management\n"
    "and FortiFlex, all on one port.\n"
    "\n"
    "Where it serves\n"
    "  --port N                 port to listen on (default 0: any free one)\n"
    "  --port-file FILE         write the port there, last of all, when ready to serve\n"
    "  --certificate-file FILE  write the certificate (PEM) to trust there\n"
    "  --certificate KIND       valid, expired, wrong-name, or unknown (FILE holds another\n"
    "                           authority's certificate; default valid)\n"
    "  --plain-http             no TLS\n"
    "\n"
    "What it knows\n"
    "  --units FILE             the --expected-file of a simulated FortiManager or FortiGate: "
    "most\n"
    "                           of its units are registered, some have FortiFlex entitlements\n"
    "  --seed N                 everything grows from this number (default 1)\n"
    "  --products N             so many registered FortiGates besides, all alike\n"
    "  --bare                   those have neither contracts nor entitlements\n"
    "  --page-size N            products of a page (default 100)\n"
    "  --account N              the accountId of everything (default 1234567)\n"
    "  --vms                    entitlements come under the name vms\n"
    "  --expected-file FILE     write what a perfect client would find (JSON)\n"
    "\n";

/* A second string, because C11 guarantees only 4095 bytes. */
static const char help_on_answers[] =
    "Who may ask\n"
    "  --user NAME              the API user (default hector)\n"
    "  --password TEXT          default simulated-password\n"
    "  --organization           an API user of organisation scope, who must name the account\n"
    "  --deny LIST              APIs without permission, comma separated: assetmanagement, flexvm\n"
    "  --expires-in N           seconds that a token lives (default 14400)\n"
    "  --expires-says JSON      what the reply says of it; empty: nothing\n"
    "\n"
    "What it puts up with, of each API\n"
    "  --calls-a-minute N       default 100\n"
    "  --calls-an-hour N        default 1000\n"
    "  --errors-an-hour N       default 10\n"
    "\n"
    "What goes wrong\n"
    "  --error-status N         the HTTP status of an error (default 400)\n"
    "  --delay-ms N             wait before every answer\n"
    "  --fault NAME[@N][xM]     from the N-th request on (from 1, logins included, default 1) M\n"
    "                           times (default 1, or xforever). Repeatable; the first that\n"
    "                           matches is applied. NAME is one\n"
    "                           of the wire: close-before, close-amid, close-after, stall,\n"
    "                           stall-amid, drip (ten bytes a second), truncated, http-502-html,\n"
    "                           http-429 (Retry-After: 1), http-429-later (3600), html-200, gzip,\n"
    "                           wrong-type, redirect, empty-500, empty-204, empty-302, empty-304\n"
    "                           (a status without a body);\n"
    "                           of FortiCloud: token-expired, token-transient (said of a good\n"
    "                           one), access-denied, http-500, other-error, token-in-message,\n"
    "                           no-product (error 301), no-record (status 1008), empty-list,\n"
    "                           data-null (the list), result-object, missing-status,\n"
    "                           repeated-page, pages-grow, other-reply (a list in place of all),\n"
    "                           odd-rows (besides the good ones), numbers-as-text, nan,\n"
    "                           invalid-utf8, lone-surrogate, nul-in-name, huge-name (10 MB),\n"
    "                           deep (10,000 lists), many-objects (a million)\n"
    "\n"
    "What it saw\n"
    "  --report-file FILE       write the report there at the end (SIGTERM or SIGINT); any time,\n"
    "                           GET /simulator/report on the same port answers it\n"
    "  --help                   this text\n";

/* A number of at least one. */
static int read_count(const char *text, uint32_t maximum, uint32_t *ret_number)
{
    return option_uint32(text, maximum, ret_number) == 0 && *ret_number > 0 ? 0 : -1;
}

static int read_deny(const char *list)
{
    while (*list != '\0') {
        size_t size = strcspn(list, ",");
        bool known = false;

        for (int api = 0; api < API_COUNT; api++) {
            const char *client = forticloud_client((enum api)api);

            known = known || (strlen(client) == size && strncmp(client, list, size) == 0);
        }
        if (!known)
            return -1;
        list += size;
        list += *list == ',' ? 1 : 0;
    }
    return 0;
}

static int read_error_status(const char *text, unsigned *ret_status)
{
    uint32_t number;

    if (option_uint32(text, 599, &number) != 0 || number < 200)
        return -1;
    *ret_status = number;
    return 0;
}

static int read_limit(struct pace_limits *limits, int code, const char *value)
{
    switch (code) {
    case OPTION_CALLS_A_MINUTE: return read_count(value, UINT32_MAX, &limits->calls_a_minute);
    case OPTION_CALLS_AN_HOUR: return read_count(value, UINT32_MAX, &limits->calls_an_hour);
    case OPTION_ERRORS_AN_HOUR: return read_count(value, UINT32_MAX, &limits->errors_an_hour);
    default: return -1;
    }
}

static int read_option(struct forticloud *forticloud, int code, const char *value)
{
    struct settings *settings = &forticloud->simulator.settings;
    struct forticloud_options *options = &forticloud->options;

    switch (code) {
    case OPTION_PORT: return option_port(value, &settings->port);
    case OPTION_PORT_FILE: settings->port_file = value; return 0;
    case OPTION_CERTIFICATE_FILE: settings->certificate_file = value; return 0;
    case OPTION_CERTIFICATE: return option_certificate(value, &settings->certificate);
    case OPTION_PLAIN_HTTP: settings->plain_http = true; return 0;
    case OPTION_SEED: return option_number(value, UINT64_MAX, &settings->seed);
    case OPTION_UNITS: options->units_file = value; return 0;
    case OPTION_PRODUCTS: return option_uint32(value, MAXIMUM_PRODUCTS, &options->products);
    case OPTION_BARE: options->bare = true; return 0;
    case OPTION_PAGE_SIZE: return read_count(value, MAXIMUM_PAGE_SIZE, &options->page_size);
    case OPTION_ACCOUNT: return option_number(value, INT64_MAX, &options->account);
    case OPTION_VMS: options->vms = true; return 0;
    case OPTION_EXPECTED_FILE: settings->expected_file = value; return 0;
    case OPTION_USER: settings->user = value; return 0;
    case OPTION_PASSWORD: settings->password = value; return 0;
    case OPTION_ORGANIZATION: options->organization = true; return 0;
    case OPTION_DENY: settings->deny = value; return read_deny(value);
    case OPTION_EXPIRES_IN: return read_count(value, UINT32_MAX, &options->expires_in_s);
    case OPTION_EXPIRES_SAYS: options->expires_says = value; return 0;
    case OPTION_ERROR_STATUS: return read_error_status(value, &options->error_status);
    case OPTION_DELAY_MS: return option_uint32(value, 60000, &settings->delay_ms);
    case OPTION_FAULT: return option_fault(settings, value);
    case OPTION_REPORT_FILE: settings->report_file = value; return 0;
    default: return read_limit(&options->limits, code, value);
    }
}

static void set_defaults(struct forticloud *forticloud)
{
    forticloud->options = (struct forticloud_options){
        .page_size = 100,
        .account = 1234567,
        .error_status = 400,
        .expires_in_s = 14400,
        .limits = {100, 1000, 10},
    };
    forticloud->simulator.settings = (struct settings){
        .seed = 1,
        .user = "hector",
        .password = "simulated-password",
        .deny = "",
        .per_device = "",
    };
}

int options_read(struct forticloud *forticloud, int argument_count, char **arguments)
{
    int position = 0;
    int code;

    set_defaults(forticloud);
    while ((code = getopt_long(argument_count, arguments, "", long_options, &position)) != -1) {
        if (code == OPTION_HELP) {
            (void)fputs(help, stdout);
            (void)fputs(help_on_answers, stdout);
            return 1;
        }
        if (code == '?')
            return -1;
        if (read_option(forticloud, code, optarg) != 0) {
            (void)fprintf(stderr, "forticloud-simulator: --%s: bad value: %s\n",
                          long_options[position].name, optarg);
            return -1;
        }
    }
    if (optind < argument_count) {
        (void)fprintf(stderr, "forticloud-simulator: unexpected argument: %s\n", arguments[optind]);
        return -1;
    }
    return 0;
}
