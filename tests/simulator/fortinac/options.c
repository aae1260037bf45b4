/*
 * options.c - the command line of the simulated FortiNAC.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "options.h"

#include "option.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define MAXIMUM_HOSTS 1000000

enum option_code {
    OPTION_PORT = 1000,
    OPTION_PORT_FILE,
    OPTION_CERTIFICATE_FILE,
    OPTION_CERTIFICATE,
    OPTION_PLAIN_HTTP,
    OPTION_SEED,
    OPTION_VERSION,
    OPTION_MACHINES,
    OPTION_ROGUES,
    OPTION_PAGING,
    OPTION_PAGE_CAP,
    OPTION_ORDER,
    OPTION_TOTALS,
    OPTION_TIMES,
    OPTION_LIST,
    OPTION_FILTER,
    OPTION_EXPECTED_FILE,
    OPTION_TOKEN,
    OPTION_ALLOWED_SUBNETS,
    OPTION_OUTSIDE_STATUS,
    OPTION_DENY,
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
    {"version", required_argument, NULL, OPTION_VERSION},
    {"machines", required_argument, NULL, OPTION_MACHINES},
    {"rogues", required_argument, NULL, OPTION_ROGUES},
    {"paging", required_argument, NULL, OPTION_PAGING},
    {"page-cap", required_argument, NULL, OPTION_PAGE_CAP},
    {"order", required_argument, NULL, OPTION_ORDER},
    {"totals", required_argument, NULL, OPTION_TOTALS},
    {"times", required_argument, NULL, OPTION_TIMES},
    {"list", required_argument, NULL, OPTION_LIST},
    {"filter", required_argument, NULL, OPTION_FILTER},
    {"expected-file", required_argument, NULL, OPTION_EXPECTED_FILE},
    {"token", required_argument, NULL, OPTION_TOKEN},
    {"allowed-subnets", required_argument, NULL, OPTION_ALLOWED_SUBNETS},
    {"outside-status", required_argument, NULL, OPTION_OUTSIDE_STATUS},
    {"deny", required_argument, NULL, OPTION_DENY},
    {"delay-ms", required_argument, NULL, OPTION_DELAY_MS},
    {"fault", required_argument, NULL, OPTION_FAULT},
    {"report-file", required_argument, NULL, OPTION_REPORT_FILE},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "Usage: fortinac-simulator [OPTION]...\n"
    "An HTTPS server on 127.0.0.1 that answers the REST API as a FortiNAC does.\n"
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
    "  --seed N                 everything grows from this number (default 1)\n"
    "  --version V              7.2, 7.4 (default) or 7.6 of FortiNAC-F, which sets --times and\n"
    "                           --totals; 8.6, which answers XML; 9.2, without bearer tokens\n"
    "  --machines N             hosts with an agent, besides some that are there twice\n"
    "                           (default 50)\n"
    "  --rogues N               hosts without (default 30)\n"
    "  --expected-file FILE     write what a perfect client would find (JSON)\n"
    "  --filter TEXT            of a client with this filter\n"
    "\n"
    "How it lists\n"
    "  --paging MANNER          honoured (default), or ignored: everything in each reply\n"
    "  --page-cap N             at most N rows in a reply, whatever is asked for\n"
    "  --order ORDER            sorted (default), other, or unstable: another in each reply\n"
    "  --totals WHAT            total, filtered (both), null (both; null without a filter), none\n"
    "  --times FORM             ms, or iso, with the type of a host as text\n"
    "  --list NAME              results (default), or result: of one row, an object\n"
    "\n";

/* A second string, because C11 guarantees only 4095 bytes. */
static const char help_on_answers[] =
    "Who may ask\n"
    "  --token TEXT             default 0123456789abcdefghijklmnopqrstuv\n"
    "  --allowed-subnets LIST   of the token, comma separated (default: any address)\n"
    "  --outside-status N       the answer from elsewhere: 401 (default) or 403\n"
    "  --deny host              the profile may not read hosts: 403\n"
    "\n"
    "What goes wrong\n"
    "  --delay-ms N             wait before every answer\n"
    "  --fault NAME[@N][xM]     from the N-th request on (from 1, default 1) M times (default 1,\n"
    "                           or xforever). Repeatable; the first that matches is applied.\n"
    "                           NAME is one\n"
    "                           of the wire: close-before, close-amid, close-after, stall,\n"
    "                           stall-amid, drip (ten bytes a second), truncated, http-502-html,\n"
    "                           http-429 (Retry-After: 1), http-429-later (3600), html-200, gzip,\n"
    "                           wrong-type, redirect, empty-500, empty-204, empty-302, empty-304\n"
    "                           (a status without a body);\n"
    "                           of FortiNAC: token-revoked (401), http-403, http-500, failure\n"
    "                           (in an HTTP 200), token-echoed (in its message), empty-list,\n"
    "                           data-null (the list), result-object (its first row),\n"
    "                           missing-status, other-reply (a list in place of all),\n"
    "                           range-ignored, repeated-page, short-page, total-wrong (by one),\n"
    "                           row-added, row-removed (a host comes or goes), odd-rows (besides\n"
    "                           the good ones), trailing-comma, numbers-as-text, nan,\n"
    "                           invalid-utf8, lone-surrogate, nul-in-name, huge-name (10 MB),\n"
    "                           deep (10,000 lists), many-objects (a million)\n"
    "\n"
    "What it saw\n"
    "  --report-file FILE       write the report there at the end (SIGTERM or SIGINT); any time,\n"
    "                           GET /simulator/report on the same port answers it\n"
    "  --help                   this text\n";

struct release {
    const char *name;
    enum nac_product product;
    bool iso_times;
    enum totals totals;
};

/* Which release answers in which form is not recorded (B has each form): each has another mix. */
static const struct release releases[] = {
    {"7.2", PRODUCT_F, true, TOTALS_FILTERED},       {"7.4", PRODUCT_F, false, TOTALS_TOTAL},
    {"7.6", PRODUCT_F, true, TOTALS_NULL},           {"8.6", PRODUCT_XML, false, TOTALS_TOTAL},
    {"9.2", PRODUCT_NO_BEARER, false, TOTALS_TOTAL},
};

static void set_times(struct fortinac_options *options, bool iso)
{
    options->iso_times = iso;
    options->types_as_text = iso;
}

static int read_version(struct fortinac_options *options, const char *text)
{
    for (size_t i = 0; i < sizeof(releases) / sizeof(releases[0]); i++) {
        if (strcmp(releases[i].name, text) == 0) {
            options->product = releases[i].product;
            options->totals = releases[i].totals;
            set_times(options, releases[i].iso_times);
            return 0;
        }
    }
    return -1;
}

/* An option that chooses how to list, by the names of its values. */
static int read_manner(struct fortinac_options *options, int code, const char *value)
{
    static const char *const pagings[] = {"honoured", "ignored", NULL};
    static const char *const orders[] = {"sorted", "other", "unstable", NULL};
    static const char *const totals[] = {"total", "filtered", "null", "none", NULL};
    static const char *const times[] = {"ms", "iso", NULL};
    static const char *const lists[] = {"results", "result", NULL};
    const char *const *names = code == OPTION_PAGING   ? pagings
                               : code == OPTION_ORDER  ? orders
                               : code == OPTION_TOTALS ? totals
                               : code == OPTION_TIMES  ? times
                                                       : lists;
    int choice = option_choice(value, names);

    if (choice < 0)
        return -1;
    switch (code) {
    case OPTION_PAGING: options->paging = (enum paging)choice; break;
    case OPTION_ORDER: options->order = (enum order)choice; break;
    case OPTION_TOTALS: options->totals = (enum totals)choice; break;
    case OPTION_TIMES: set_times(options, choice == 1); break;
    default: options->single = choice == 1; break;
    }
    return 0;
}

static int read_outside_status(const char *text, unsigned *ret_status)
{
    uint32_t number;

    if (option_uint32(text, 403, &number) != 0 || (number != 401 && number != 403))
        return -1;
    *ret_status = number;
    return 0;
}

static int read_option(struct fortinac *fortinac, int code, const char *value)
{
    struct settings *settings = &fortinac->simulator.settings;
    struct fortinac_options *options = &fortinac->options;

    switch (code) {
    case OPTION_PORT: return option_port(value, &settings->port);
    case OPTION_PORT_FILE: settings->port_file = value; return 0;
    case OPTION_CERTIFICATE_FILE: settings->certificate_file = value; return 0;
    case OPTION_CERTIFICATE: return option_certificate(value, &settings->certificate);
    case OPTION_PLAIN_HTTP: settings->plain_http = true; return 0;
    case OPTION_SEED: return option_number(value, UINT64_MAX, &settings->seed);
    case OPTION_VERSION: return read_version(options, value);
    case OPTION_MACHINES: return option_uint32(value, MAXIMUM_HOSTS, &options->machines);
    case OPTION_ROGUES: return option_uint32(value, MAXIMUM_HOSTS, &options->rogues);
    case OPTION_PAGE_CAP: return option_uint32(value, MAXIMUM_HOSTS, &options->page_cap);
    case OPTION_FILTER: options->filter = value; return 0;
    case OPTION_EXPECTED_FILE: settings->expected_file = value; return 0;
    case OPTION_TOKEN: options->token = value; return 0;
    case OPTION_ALLOWED_SUBNETS: options->subnets = value; return 0;
    case OPTION_OUTSIDE_STATUS: return read_outside_status(value, &options->outside_status);
    case OPTION_DENY: settings->deny = value; return strcmp(value, "host") == 0 ? 0 : -1;
    case OPTION_DELAY_MS: return option_uint32(value, 60000, &settings->delay_ms);
    case OPTION_FAULT: return option_fault(settings, value);
    case OPTION_REPORT_FILE: settings->report_file = value; return 0;
    default: return read_manner(options, code, value);
    }
}

static void set_defaults(struct fortinac *fortinac)
{
    fortinac->options = (struct fortinac_options){
        .machines = 50,
        .rogues = 30,
        .token = "0123456789abcdefghijklmnopqrstuv",
        .outside_status = 401,
    };
    (void)read_version(&fortinac->options, "7.4");
    fortinac->simulator.settings = (struct settings){
        .seed = 1,
        .deny = "",
        .per_device = "",
    };
}

int options_read(struct fortinac *fortinac, int argument_count, char **arguments)
{
    int position = 0;
    int code;

    set_defaults(fortinac);
    while ((code = getopt_long(argument_count, arguments, "", long_options, &position)) != -1) {
        if (code == OPTION_HELP) {
            (void)fputs(help, stdout);
            (void)fputs(help_on_answers, stdout);
            return 1;
        }
        if (code == '?')
            return -1;
        if (read_option(fortinac, code, optarg) != 0) {
            (void)fprintf(stderr, "fortinac-simulator: --%s: bad value: %s\n",
                          long_options[position].name, optarg);
            return -1;
        }
    }
    if (optind < argument_count) {
        (void)fprintf(stderr, "fortinac-simulator: unexpected argument: %s\n", arguments[optind]);
        return -1;
    }
    return 0;
}
