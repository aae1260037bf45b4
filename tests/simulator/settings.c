/*
 * settings.c - the command line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "settings.h"

#include "option.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

enum option_code {
    OPTION_PORT = 1000,
    OPTION_PORT_FILE,
    OPTION_CERTIFICATE_FILE,
    OPTION_EXPECTED_FILE,
    OPTION_REPORT_FILE,
    OPTION_SEED,
    OPTION_FGTS,
    OPTION_SWITCHES,
    OPTION_ACCESS_POINTS,
    OPTION_VERSION,
    OPTION_USER,
    OPTION_PASSWORD,
    OPTION_KEY,
    OPTION_ADOMS_DISABLED,
    OPTION_PER_DEVICE,
    OPTION_ADVANCED,
    OPTION_FAILOVER,
    OPTION_MEMBERS_APART,
    OPTION_ALL_OFFLINE,
    OPTION_DOUBLE_LISTED,
    OPTION_PROXY_DEAD,
    OPTION_PROXY_DEAD_MS,
    OPTION_SESSION_LIMIT,
    OPTION_SESSION_SECONDS,
    OPTION_CERTIFICATE,
    OPTION_SERVE,
    OPTION_PLAIN_HTTP,
    OPTION_DENY,
    OPTION_DELAY_MS,
    OPTION_FAULT,
    OPTION_RANDOM_FAULTS,
    OPTION_REDIRECT,
    OPTION_HELP
};

static const struct option long_options[] = {
    {"port", required_argument, NULL, OPTION_PORT},
    {"port-file", required_argument, NULL, OPTION_PORT_FILE},
    {"certificate-file", required_argument, NULL, OPTION_CERTIFICATE_FILE},
    {"expected-file", required_argument, NULL, OPTION_EXPECTED_FILE},
    {"report-file", required_argument, NULL, OPTION_REPORT_FILE},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"fgts", required_argument, NULL, OPTION_FGTS},
    {"switches", required_argument, NULL, OPTION_SWITCHES},
    {"access-points", required_argument, NULL, OPTION_ACCESS_POINTS},
    {"version", required_argument, NULL, OPTION_VERSION},
    {"user", required_argument, NULL, OPTION_USER},
    {"password", required_argument, NULL, OPTION_PASSWORD},
    {"key", required_argument, NULL, OPTION_KEY},
    {"adoms-disabled", no_argument, NULL, OPTION_ADOMS_DISABLED},
    {"per-device", required_argument, NULL, OPTION_PER_DEVICE},
    {"advanced", no_argument, NULL, OPTION_ADVANCED},
    {"failover", no_argument, NULL, OPTION_FAILOVER},
    {"members-apart", no_argument, NULL, OPTION_MEMBERS_APART},
    {"all-offline", no_argument, NULL, OPTION_ALL_OFFLINE},
    {"double-listed", required_argument, NULL, OPTION_DOUBLE_LISTED},
    {"proxy-dead", required_argument, NULL, OPTION_PROXY_DEAD},
    {"proxy-dead-ms", required_argument, NULL, OPTION_PROXY_DEAD_MS},
    {"session-limit", required_argument, NULL, OPTION_SESSION_LIMIT},
    {"session-seconds", required_argument, NULL, OPTION_SESSION_SECONDS},
    {"certificate", required_argument, NULL, OPTION_CERTIFICATE},
    {"serve", required_argument, NULL, OPTION_SERVE},
    {"plain-http", no_argument, NULL, OPTION_PLAIN_HTTP},
    {"deny", required_argument, NULL, OPTION_DENY},
    {"delay-ms", required_argument, NULL, OPTION_DELAY_MS},
    {"fault", required_argument, NULL, OPTION_FAULT},
    {"random-faults", required_argument, NULL, OPTION_RANDOM_FAULTS},
    {"redirect", required_argument, NULL, OPTION_REDIRECT},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "Usage: fortimanager-simulator [OPTION]...\n"
    "An HTTPS server on 127.0.0.1 that answers JSON-RPC as a FortiManager does.\n"
    "\n"
    "Where it serves\n"
    "  --port N                 port to listen on (default 0: any free one)\n"
    "  --port-file FILE         write the port there, last of all, when ready to serve\n"
    "  --certificate-file FILE  write the certificate (PEM) to trust there\n"
    "  --certificate KIND       valid, expired, wrong-name, or unknown (FILE holds another\n"
    "                           authority's certificate; default valid)\n"
    "  --plain-http             no TLS\n"
    "  --serve WHAT             fortimanager, cloud (FortiManager Cloud, and FortiCloud with\n"
    "                           it: --user and --password are those of an API user), html (a\n"
    "                           login page everywhere), fortigate, or http404 (default\n"
    "                           fortimanager)\n"
    "\n"
    "What it knows\n"
    "  --seed N                 the topology grows from this number (default 1)\n"
    "  --fgts N                 rows of os_type fos; from 20 on every oddity is there, and rows\n"
    "                           of other products are added (default 40)\n"
    "  --switches N             switches of every managed FortiGate (default: 0 to 4 each)\n"
    "  --access-points N        access points of every managed FortiGate (default: 0 to 6 each)\n"
    "  --version V              7.0, 7.4.7 or 7.6.7 (default 7.4.7)\n"
    "  --adoms-disabled         administrative domains are off: everything is in root\n"
    "  --per-device LIST        ADOMs, comma separated, whose switches and access points stand in\n"
    "                           the databases of their FortiGates: the ADOM's own tables have no\n"
    "                           switch and about half of the access points\n"
    "  --advanced               advanced ADOM mode: FortiGates with several VDOMs, and clusters\n"
    "                           of two, have them in several ADOMs, some without units\n"
    "  --failover               the same topology after every cluster has failed over\n"
    "  --members-apart          rows lack their members: only ha_slave itself has them\n"
    "  --all-offline            no FortiGate is up, and none of what they manage is connected;\n"
    "                           nothing is listed twice\n"
    "  --double-listed N        up to N units that two FortiGates list, one of them in vain (at\n"
    "                           most a switch and an access point for each FortiGate)\n"
    "  --proxy-dead N           FortiGates that are up and answer no query through the\n"
    "                           FortiManager (default 0; 1 with the fault proxy-batch-fails)\n"
    "  --expected-file FILE     write what a perfect client would find (JSON)\n"
    "\n";

/* A second string, because C11 guarantees only 4095 bytes. */
static const char help_on_answers[] =
    "Who may ask\n"
    "  --user NAME              default hector\n"
    "  --password TEXT          default simulated-password\n"
    "  --key TEXT               default 0123456789abcdefghijklmnopqrstuv; 7.0 ignores keys\n"
    "  --session-limit N        sessions open at once (default 32)\n"
    "  --session-seconds N      a session ends after so long without a request (default 900)\n"
    "  --deny LIST              refuse with -11, comma separated: system, adoms, devices,\n"
    "                           switches, access_points, login, proxy; devices@ADOM,\n"
    "                           switches@ADOM, access_points@ADOM (devices@ADOM refuses all that\n"
    "                           is in the ADOM, and hides its devices from every other table)\n"
    "\n"
    "What goes wrong\n"
    "  --delay-ms N             wait before every answer\n"
    "  --proxy-dead-ms N        wait once for all FortiGates of a query that do not answer, but\n"
    "                           no longer than its timeout (default 0)\n"
    "  --fault NAME[@N][xM]     from the N-th /jsonrpc request on (from 1, default 1; logins and\n"
    "                           logouts are not counted) M times (default 1, or xforever).\n"
    "                           Repeatable; the first that matches is applied. NAME is one of\n"
    "                           of the wire: close-before, close-amid, close-after, stall,\n"
    "                           stall-amid, drip (ten bytes a second), truncated, http-502-html,\n"
    "                           http-429 (Retry-After: 1), http-429-later (3600), html-200, gzip,\n"
    "                           wrong-type, redirect, empty-500, empty-204, empty-302, empty-304\n"
    "                           (a status without a body);\n"
    "                           of JSON-RPC: session-expired, session-killed (after the first\n"
    "                           param), key-minus-11, status-minus-1, empty-list, range-ignored,\n"
    "                           repeated-page (the first page, whatever the range), row-added,\n"
    "                           row-removed, result-object, missing-status, data-null,\n"
    "                           numbers-as-text, huge-numbers (each oid), duplicate-keys, nan,\n"
    "                           invalid-utf8, lone-surrogate, nul-in-name (the first name),\n"
    "                           huge-name (10 MB), deep (10,000 lists), many-objects (a million),\n"
    "                           other-reply (another id);\n"
    "                           login-reply-lost, session-limit (count logins, not data "
    "requests);\n"
    "                           proxy-batch-fails (counts queries to several FortiGates with a\n"
    "                           dead one among them, and fails them as a whole)\n"
    "  --random-faults N        some fault, drawn from the seed, in about every N-th request that "
    "no\n"
    "                           --fault spoils; the report lists them as --fault takes them\n"
    "  --redirect STATUS@N=URL  from the N-th POST on, whatever it is, answer with the HTTP "
    "status\n"
    "                           and this Location\n"
    "\n"
    "What it saw\n"
    "  --report-file FILE       write the report there at the end (SIGTERM or SIGINT); any time,\n"
    "                           GET /simulator/report on the same port answers it\n"
    "  --help                   this text\n";

static int read_version(const char *text, uint32_t *ret_version)
{
    static const char *const names[] = {"7.0", "7.4.7", "7.6.7", NULL};
    static const uint32_t versions[] = {VERSION_7_0_3, VERSION_7_4_7, VERSION_7_6_7};
    int choice = option_choice(text, names);

    if (choice < 0)
        return -1;
    *ret_version = versions[choice];
    return 0;
}

static int read_serve(const char *text, enum serve_as *ret_serve)
{
    static const char *const names[] = {"fortimanager", "cloud",   "html",
                                        "fortigate",    "http404", NULL};
    int choice = option_choice(text, names);

    if (choice < 0)
        return -1;
    *ret_serve = (enum serve_as)choice;
    return 0;
}

/* STATUS@N=URL */
static int read_redirect(const char *text, struct settings *settings)
{
    char *end = NULL;

    settings->redirect_status = (uint32_t)strtoul(text, &end, 10);
    if (*end != '@' || settings->redirect_status < 300 || settings->redirect_status > 399)
        return -1;
    settings->redirect_from = strtoull(end + 1, &end, 10);
    settings->redirect_to = end + 1;
    return *end == '=' && settings->redirect_from > 0 ? 0 : -1;
}

static int read_option(struct settings *settings, int code, const char *value)
{
    switch (code) {
    case OPTION_PORT: return option_port(value, &settings->port);
    case OPTION_PORT_FILE: settings->port_file = value; return 0;
    case OPTION_CERTIFICATE_FILE: settings->certificate_file = value; return 0;
    case OPTION_EXPECTED_FILE: settings->expected_file = value; return 0;
    case OPTION_REPORT_FILE: settings->report_file = value; return 0;
    case OPTION_SEED: return option_number(value, UINT64_MAX, &settings->seed);
    case OPTION_FGTS: return option_uint32(value, MAXIMUM_FGTS, &settings->fgts);
    case OPTION_SWITCHES: return option_uint32(value, MAXIMUM_UNITS, &settings->switches);
    case OPTION_ACCESS_POINTS: return option_uint32(value, MAXIMUM_UNITS, &settings->access_points);
    case OPTION_VERSION: return read_version(value, &settings->version);
    case OPTION_USER: settings->user = value; return 0;
    case OPTION_PASSWORD: settings->password = value; return 0;
    case OPTION_KEY: settings->key = value; return 0;
    case OPTION_ADOMS_DISABLED: settings->adoms_disabled = true; return 0;
    case OPTION_PER_DEVICE: settings->per_device = value; return 0;
    case OPTION_ADVANCED: settings->advanced = true; return 0;
    case OPTION_FAILOVER: settings->failover = true; return 0;
    case OPTION_MEMBERS_APART: settings->members_apart = true; return 0;
    case OPTION_ALL_OFFLINE: settings->all_offline = true; return 0;
    case OPTION_DOUBLE_LISTED:
        return option_uint32(value, 2 * MAXIMUM_FGTS, &settings->double_listed);
    case OPTION_PROXY_DEAD: return option_uint32(value, MAXIMUM_FGTS, &settings->proxy_dead);
    case OPTION_PROXY_DEAD_MS: return option_uint32(value, 28800000, &settings->proxy_dead_ms);
    case OPTION_SESSION_LIMIT:
        return option_uint32(value, MAXIMUM_SESSIONS, &settings->session_limit);
    case OPTION_SESSION_SECONDS:
        return option_uint32(value, UINT32_MAX, &settings->session_seconds);
    case OPTION_CERTIFICATE: return option_certificate(value, &settings->certificate);
    case OPTION_SERVE: return read_serve(value, &settings->serve);
    case OPTION_PLAIN_HTTP: settings->plain_http = true; return 0;
    case OPTION_DENY: settings->deny = value; return 0;
    case OPTION_DELAY_MS: return option_uint32(value, 60000, &settings->delay_ms);
    case OPTION_FAULT: return option_fault(settings, value);
    case OPTION_RANDOM_FAULTS: return option_uint32(value, UINT32_MAX, &settings->random_faults);
    case OPTION_REDIRECT: return read_redirect(value, settings);
    default: return -1;
    }
}

int settings_read(struct settings *settings, int argument_count, char **arguments)
{
    int code;
    int position = 0;

    *settings = (struct settings){
        .seed = 1,
        .fgts = 40,
        .switches = ANY_NUMBER,
        .access_points = ANY_NUMBER,
        .version = VERSION_7_4_7,
        .user = "hector",
        .password = "simulated-password",
        .key = "0123456789abcdefghijklmnopqrstuv",
        .session_limit = 32,
        .session_seconds = 900,
        .deny = "",
        .per_device = "",
    };
    while ((code = getopt_long(argument_count, arguments, "", long_options, &position)) != -1) {
        if (code == OPTION_HELP) {
            (void)fputs(help, stdout);
            (void)fputs(help_on_answers, stdout);
            return 1;
        }
        if (code == '?')
            return -1;
        if (read_option(settings, code, optarg) != 0) {
            (void)fprintf(stderr, "fortimanager-simulator: --%s: bad value: %s\n",
                          long_options[position].name, optarg);
            return -1;
        }
    }
    if (optind < argument_count) {
        (void)fprintf(stderr, "fortimanager-simulator: unexpected argument: %s\n",
                      arguments[optind]);
        return -1;
    }
    return 0;
}
