/*
 * options.c - the command line of the simulated FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "options.h"

#include "option.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define MAXIMUM_MEMBERS       4
#define MAXIMUM_FABRIC        100
#define MAXIMUM_SWITCHES      300  /* of a VDOM (section 3.3) */
#define MAXIMUM_ACCESS_POINTS 4096 /* of a VDOM (section 3.4) */

enum option_code {
    OPTION_PORT = 1000,
    OPTION_PORT_FILE,
    OPTION_CERTIFICATE_FILE,
    OPTION_CERTIFICATE,
    OPTION_PLAIN_HTTP,
    OPTION_SEED,
    OPTION_VERSION,
    OPTION_MODEL,
    OPTION_VDOMS,
    OPTION_HA,
    OPTION_FAILOVER,
    OPTION_SWITCHES,
    OPTION_ACCESS_POINTS,
    OPTION_PLAIN,
    OPTION_FABRIC,
    OPTION_NO_SWITCH_CONTROLLER,
    OPTION_EXPECTED_FILE,
    OPTION_TOKEN,
    OPTION_TOKEN_VDOMS,
    OPTION_TRUSTED_HOST,
    OPTION_DENY,
    OPTION_REFUSAL,
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
    {"model", required_argument, NULL, OPTION_MODEL},
    {"vdoms", required_argument, NULL, OPTION_VDOMS},
    {"ha", required_argument, NULL, OPTION_HA},
    {"failover", no_argument, NULL, OPTION_FAILOVER},
    {"switches", required_argument, NULL, OPTION_SWITCHES},
    {"access-points", required_argument, NULL, OPTION_ACCESS_POINTS},
    {"plain", no_argument, NULL, OPTION_PLAIN},
    {"fabric", required_argument, NULL, OPTION_FABRIC},
    {"no-switch-controller", no_argument, NULL, OPTION_NO_SWITCH_CONTROLLER},
    {"expected-file", required_argument, NULL, OPTION_EXPECTED_FILE},
    {"token", required_argument, NULL, OPTION_TOKEN},
    {"token-vdoms", required_argument, NULL, OPTION_TOKEN_VDOMS},
    {"trusted-host", required_argument, NULL, OPTION_TRUSTED_HOST},
    {"deny", required_argument, NULL, OPTION_DENY},
    {"refusal", required_argument, NULL, OPTION_REFUSAL},
    {"delay-ms", required_argument, NULL, OPTION_DELAY_MS},
    {"fault", required_argument, NULL, OPTION_FAULT},
    {"report-file", required_argument, NULL, OPTION_REPORT_FILE},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "Usage: fortigate-simulator [OPTION]...\n"
    "An HTTPS server on 127.0.0.1 that answers the REST API as a FortiGate does.\n"
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
    "  --version V              6.4 (6.4.5), 7.0 (7.0.6), 7.2 (7.2.8), 7.4 (7.4.8) or\n"
    "                           7.6 (7.6.3; default)\n"
    "  --model NAME             FortiGate-60F, FortiGate-VM64, FortiWiFi-60F, ... (default: any)\n"
    "  --vdoms N                1 to 4: root, guest, dmz, tenant 1 (default 1)\n"
    "  --ha N                   members of the cluster, 1 to 4 (default 1: none)\n"
    "  --failover               the same cluster after another member has taken over\n"
    "  --switches N             switches (default 5), spread over the VDOMs\n"
    "  --access-points N        access points (default 8), likewise\n"
    "  --plain                  none of the odd rows (unauthorised, template, wildcard, ...) that\n"
    "                           come beside them\n"
    "  --fabric N               FortiGates of the Security Fabric below this one; 0 (default):\n"
    "                           the fabric is off\n"
    "  --no-switch-controller   404 for every query on switches\n"
    "  --expected-file FILE     write what a perfect client would find (JSON)\n"
    "\n";

/* A second string, because C11 guarantees only 4095 bytes. */
static const char help_on_answers[] =
    "Who may ask\n"
    "  --token TEXT             default 0123456789abcdefghijklmnopqrstuv\n"
    "  --token-vdoms LIST       the VDOMs of the token's administrator, comma separated (default:\n"
    "                           all); vdom=* covers only them, another one is refused\n"
    "  --trusted-host ADDRESS   a request from elsewhere is refused like a wrong token\n"
    "  --deny LIST              groups that the profile lacks, comma separated: secfabgrp, "
    "sysgrp,\n"
    "                           wifi, netgrp\n"
    "  --refusal MANNER         how such a query is answered: json (403), html (403), or\n"
    "                           trimmed (200 without the results; default: by version)\n"
    "\n"
    "What goes wrong\n"
    "  --delay-ms N             wait before every answer\n"
    "  --fault NAME[@N][xM]     from the N-th request with a right token on (from 1, default 1) M\n"
    "                           times (default 1, or xforever). Repeatable; the first that\n"
    "                           matches is applied. NAME is one\n"
    "                           of the wire: close-before, close-amid, close-after, stall,\n"
    "                           stall-amid, drip (ten bytes a second), truncated, http-502-html,\n"
    "                           http-429 (Retry-After: 1), http-429-later (3600), html-200, gzip,\n"
    "                           wrong-type, redirect, empty-500, empty-204, empty-302, empty-304\n"
    "                           (a status without a body);\n"
    "                           of FortiOS: token-revoked (401), http-403, http-424, http-500,\n"
    "                           vdom-missing (the last of all), wrong-vdom (every envelope),\n"
    "                           empty-list, range-ignored, repeated-page, result-object,\n"
    "                           missing-status, data-null (the results), numbers-as-text, nan,\n"
    "                           invalid-utf8, lone-surrogate, nul-in-name (the first name),\n"
    "                           huge-name (10 MB), deep (10,000 lists), many-objects (a million)\n"
    "\n"
    "What it saw\n"
    "  --report-file FILE       write the report there at the end (SIGTERM or SIGINT); any time,\n"
    "                           GET /simulator/report on the same port answers it\n"
    "  --help                   this text\n";

struct release {
    const char *name;
    int numbers[4]; /* major, minor, patch, build */
    enum refusal refusal;
};

/* Each one is recorded; for 6.4 so is the answer without permission
 * [cmdb_system_ha_6.4.4_noaccess]. */
static const struct release releases[] = {
    {"6.4", {6, 4, 5, 1828}, REFUSAL_TRIMMED}, {"7.0", {7, 0, 6, 366}, REFUSAL_HTML},
    {"7.2", {7, 2, 8, 1639}, REFUSAL_JSON},    {"7.4", {7, 4, 8, 2795}, REFUSAL_TRIMMED},
    {"7.6", {7, 6, 3, 3510}, REFUSAL_JSON},
};

static void take_release(struct fgt_options *options, const struct release *release)
{
    options->os_ver = release->numbers[0];
    options->mr = release->numbers[1];
    options->patch = release->numbers[2];
    options->build = release->numbers[3];
}

/* An option that has chosen the refusal takes precedence over the release. */
static int read_version(struct fgt_options *options, const char *text, bool chosen)
{
    for (size_t i = 0; i < sizeof(releases) / sizeof(releases[0]); i++) {
        if (strcmp(releases[i].name, text) == 0) {
            take_release(options, &releases[i]);
            if (!chosen)
                options->refusal = releases[i].refusal;
            return 0;
        }
    }
    return -1;
}

static int read_refusal(const char *text, enum refusal *ret_refusal)
{
    static const char *const names[] = {"json", "html", "trimmed", NULL};
    int choice = option_choice(text, names);

    if (choice < 0)
        return -1;
    *ret_refusal = (enum refusal)choice;
    return 0;
}

/* A number of at least one. */
static int read_count(const char *text, uint32_t maximum, uint32_t *ret_number)
{
    return option_uint32(text, maximum, ret_number) == 0 && *ret_number > 0 ? 0 : -1;
}

static int read_deny(const char *list)
{
    static const char *const groups[] = {"secfabgrp", "sysgrp", "wifi", "netgrp"};

    while (*list != '\0') {
        size_t size = strcspn(list, ",");
        bool known = false;

        for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
            known = known || (strlen(groups[i]) == size && strncmp(groups[i], list, size) == 0);
        if (!known)
            return -1;
        list += size;
        list += *list == ',' ? 1 : 0;
    }
    return 0;
}

static int read_option(struct fgt *fgt, int code, const char *value, bool *refusal_chosen)
{
    struct settings *settings = &fgt->simulator.settings;
    struct fgt_options *options = &fgt->options;

    switch (code) {
    case OPTION_PORT: return option_port(value, &settings->port);
    case OPTION_PORT_FILE: settings->port_file = value; return 0;
    case OPTION_CERTIFICATE_FILE: settings->certificate_file = value; return 0;
    case OPTION_CERTIFICATE: return option_certificate(value, &settings->certificate);
    case OPTION_PLAIN_HTTP: settings->plain_http = true; return 0;
    case OPTION_SEED: return option_number(value, UINT64_MAX, &settings->seed);
    case OPTION_VERSION: return read_version(options, value, *refusal_chosen);
    case OPTION_MODEL: options->model = value; return 0;
    case OPTION_VDOMS: return read_count(value, MAXIMUM_VDOMS, &options->vdoms);
    case OPTION_HA: return read_count(value, MAXIMUM_MEMBERS, &options->members);
    case OPTION_FAILOVER: settings->failover = true; return 0;
    case OPTION_SWITCHES: return option_uint32(value, MAXIMUM_SWITCHES, &settings->switches);
    case OPTION_ACCESS_POINTS:
        return option_uint32(value, MAXIMUM_ACCESS_POINTS, &settings->access_points);
    case OPTION_PLAIN: settings->fgts = 1; return 0;
    case OPTION_FABRIC: return option_uint32(value, MAXIMUM_FABRIC, &options->fabric);
    case OPTION_NO_SWITCH_CONTROLLER: options->no_switch_controller = true; return 0;
    case OPTION_EXPECTED_FILE: settings->expected_file = value; return 0;
    case OPTION_TOKEN: options->token = value; return 0;
    case OPTION_TOKEN_VDOMS: options->token_vdoms = value; return 0;
    case OPTION_TRUSTED_HOST: options->trusted_host = value; return 0;
    case OPTION_DENY: settings->deny = value; return read_deny(value);
    case OPTION_REFUSAL: *refusal_chosen = true; return read_refusal(value, &options->refusal);
    case OPTION_DELAY_MS: return option_uint32(value, 60000, &settings->delay_ms);
    case OPTION_FAULT: return option_fault(settings, value);
    case OPTION_REPORT_FILE: settings->report_file = value; return 0;
    default: return -1;
    }
}

static void set_defaults(struct fgt *fgt)
{
    fgt->options = (struct fgt_options){
        .vdoms = 1,
        .members = 1,
        .token = "0123456789abcdefghijklmnopqrstuv",
        .token_vdoms = "",
    };
    (void)read_version(&fgt->options, "7.6", false);
    fgt->simulator.settings = (struct settings){
        .seed = 1,
        .fgts = FULL_TOPOLOGY, /* the unusual rows are those of a large topology */
        .switches = 5,
        .access_points = 8,
        .version = VERSION_7_6_7,
        .deny = "",
        .per_device = "",
    };
}

int options_read(struct fgt *fgt, int argument_count, char **arguments)
{
    bool refusal_chosen = false;
    int position = 0;
    int code;

    set_defaults(fgt);
    while ((code = getopt_long(argument_count, arguments, "", long_options, &position)) != -1) {
        if (code == OPTION_HELP) {
            (void)fputs(help, stdout);
            (void)fputs(help_on_answers, stdout);
            return 1;
        }
        if (code == '?')
            return -1;
        if (read_option(fgt, code, optarg, &refusal_chosen) != 0) {
            (void)fprintf(stderr, "fortigate-simulator: --%s: bad value: %s\n",
                          long_options[position].name, optarg);
            return -1;
        }
    }
    if (optind < argument_count) {
        (void)fprintf(stderr, "fortigate-simulator: unexpected argument: %s\n", arguments[optind]);
        return -1;
    }
    return 0;
}
