/*
 * test_motion.c - a unit that is there all the time is never 'not seen', whatever changes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each kind of change in kinds.tsv is tried before each request of a run: a run without changes
 * counts the requests, then a run for each position has the change before that request. Two changes
 * are tried at every pair of positions; a loss of rows at every row of every list. A kind and a
 * topology make one test.
 *
 *     MOTION='FortiGate moved'   only the tests whose name contains this
 *     MOTION_AT=4           only these positions, with all requests and answers
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/host.h"
#include "lib/tap.h"
#include "oracle.h"
#include "peer.h"

#include "operations/operations.h"

#define JOBS_MAX   400
#define FIELDS     6
#define LINE_SIZE  1024
#define BEYOND     8 /* requests that a run with changes may add to the unchanged one */
#define COMPLAINTS 4 /* shown for a topology; all are counted */
#define KINDS      "/tests/motion/kinds.tsv"

/* ---- topologies */

static const char FMG_TOPOLOGY[] =
    "adom root new; adom Alpha new; adom Beta new; adom Gamma new; adom Spare new; "
    "fgt one new Alpha FGT60FTK21000001; "
    "fgt two new Alpha FGT60FTK21000002; "
    "fgt three new Beta FGT60FTK21000003; vdom three/guest new Beta; "
    "fgt four new Beta FGT60FTK21000004 FGT60FTK21000014; "
    "fgt five new root FGT60FTK21000005; "
    "fgt six new Alpha FGT60FTK21000006; "
    "fgt seven new - FGT60FTK21000007; "
    "fgt eight new Alpha FGT60FTK21000008; fgt eight gone; "
    "unit sw1 new one/root; unit sw2 new one/root; unit ap1 new one/root; "
    "unit sw3 new two/root; unit ap2 new two/root; unit ap3 new two/root; "
    "unit sw4 new three/root; unit sw5 new three/guest; unit ap4 new three/guest; "
    "unit sw6 new four/root; unit ap5 new four/root; "
    "unit sw7 new six/root; unit ap6 new six/root; "
    "unit sw10 new eight/root; unit ap10 new eight/root";

/* A FortiGate with VDOMs in two ADOMs. */
#define SPLIT                                                                                      \
    "vdom six/lab new Beta; unit sw8 new six/lab; unit ap8 new six/lab; "                          \
    "vdom six/dmz new Beta; unit sw9 new six/dmz; unit ap9 new six/dmz"

static const char FGT_TOPOLOGY[] =
    "fgt one new - FGT60FTK21000001 FGT60FTK21000002; vdom one/shop new -; vdom one/lab new -; "
    "fgt other new - FGT60FTK21000009; vdom other/shop new -; "
    "vdom other/lab new -; "
    "unit sw1 new one/root; unit sw2 new one/root; unit sw3 new one/root; unit sw4 new one/shop; "
    "unit ap1 new one/root; unit ap2 new one/root; unit ap3 new one/shop; unit ap4 new one/shop; "
    "unit ap5 new one/shop; unit ap6 new one/lab; "
    "unit sw11 new other/root; unit ap11 new other/shop";

static const struct topology {
    const char *name, *statements;
    size_t aim_bytes; /* 0: default limits */
    int32_t page_rows;
    const char *chosen;
    bool unnamed, uncounted, wide, unpaged, refused;
} TOPOLOGYS[] = {
    /* One request for all unit lists. */
    {.name = "small"},
    /* A request for each ADOM's list, whole; pages of three devices. */
    {.name = "apart", .aim_bytes = 1024, .page_rows = 3},
    /* A request for each one or two FortiGates; pages of two devices. */
    {.name = "sliced", .aim_bytes = 512, .page_rows = 2},
    {.name = "split", .statements = SPLIT, .aim_bytes = 1024, .page_rows = 3},
    {.name = "split-sliced", .statements = SPLIT, .aim_bytes = 512, .page_rows = 2},
    {.name = "split-uncounted", .statements = SPLIT, .aim_bytes = 1024, .uncounted = true},
    {.name = "per-device", .statements = "adom Beta per-device", .aim_bytes = 1024, .page_rows = 3},
    {.name = "chosen", .aim_bytes = 1024, .page_rows = 3, .chosen = "Alpha,Beta"},
    {.name = "unnamed", .aim_bytes = 1024, .page_rows = 3, .unnamed = true},
    {.name = "unnamed-sliced", .aim_bytes = 512, .page_rows = 2, .unnamed = true},
    {.name = "uncounted", .aim_bytes = 1024, .page_rows = 3, .uncounted = true},
    {.name = "wide-sliced", .aim_bytes = 512, .page_rows = 2, .wide = true},
    {.name = "wide", .aim_bytes = 1024, .page_rows = 3, .wide = true},
    /* As many devices as a page has rows, and `range` is ignored. */
    {.name = "unpaged", .page_rows = 7, .unpaged = true},
    /* Of a FortiGate. */
    {.name = "whole"},
    /* As many access points as a page has rows: of all VDOMs, and of one VDOM. */
    {.name = "unpaged-all", .page_rows = 6, .unpaged = true},
    {.name = "unpaged-vdom", .page_rows = 3, .unpaged = true},
    {.name = "refused", .page_rows = 2, .refused = true},
    {.name = "paged", .page_rows = 2},
};

/* ---- tests */

struct job {
    char line[LINE_SIZE]; /* of kinds.tsv; the fields point into it */
    char *fields[FIELDS];
    unsigned number; /* of the line */
    bool fortigate;

    const struct topology *topology; /* the current topology, and its results */
    struct oracle_run last;          /* the run without changes */
    size_t runs, good, partial, wrong, complaints;
    char place[220];
};

enum field { FIELD_SOURCE, FIELD_KIND, FIELD_TOPOLOGYS, FIELD_BEFORE, FIELD_CHANGE, FIELD_REST };

static struct job *jobs[JOBS_MAX];
static size_t job_count, next_job, runs;
static struct peer peer;

static void die(const char *what)
{
    printf("Bail out! %s\n", what);
    exit(EXIT_FAILURE);
}

static const struct topology *find_topology(const char *name)
{
    for (size_t i = 0; i < sizeof(TOPOLOGYS) / sizeof(TOPOLOGYS[0]); i++) {
        if (strcmp(TOPOLOGYS[i].name, name) == 0) {
            return &TOPOLOGYS[i];
        }
    }
    die("kinds.tsv: an unknown topology");
    return NULL;
}

/* One run against the peer. */
static void run(struct job *job, struct oracle_run *ret)
{
    struct test_host host;
    char request[512];
    int32_t code;

    host_begin(&host);
    host.token = "the-key";
    host.limits.backoff_ms = host.limits.backoff_max_ms = host.limits.refused_pause_ms = 0;
    if (job->topology->aim_bytes > 0) {
        host.limits.reply_aim_bytes = job->topology->aim_bytes;
    }
    if (job->topology->page_rows > 0) {
        host.limits.page_rows = job->topology->page_rows;
    }
    (void)snprintf(request, sizeof(request),
                   "{\"settings\":{\"url\":\"https://192.0.2.1\",\"source\":\"%s\","
                   "\"live_status\":\"never\"%s}}",
                   job->fortigate ? "fortigate" : "fortimanager",
                   job->topology->chosen != NULL ? ",\"adoms\":[\"Alpha\",\"Beta\"]" : "");
    peer_use(&peer);
    code = settings_parse_request(&host.operation, request, strlen(request), &host.request,
                                  &host.failure);
    code = sync_run(&host.operation, host.request, code, &host.failure);
    oracle_read(host.documents, code, ret);
    for (size_t i = 0; peer.trace && i < json_object_array_length(host.texts); i++) {
        printf("# %s\n", json_object_get_string(json_object_array_get_idx(host.texts, i)));
    }
    host_end(&host);
    runs++;
    job->runs++;
    job->good += code == HECTOR_OK ? 1 : 0;
    job->partial += code == HECTOR_PARTIAL ? 1 : 0;
}

static void complain(void *context, const char *text)
{
    struct job *job = context;
    char whole[512];

    job->complaints++;
    if (job->complaints <= COMPLAINTS) {
        (void)snprintf(whole, sizeof(whole), "%s, %s%s", job->topology->name, job->place, text);
        CU_assertImplementation(CU_FALSE, job->number, whole, "kinds.tsv", "", CU_FALSE);
    }
}

/* ---- positions */

/* False when MOTION_AT names another position. */
static bool is_wanted(size_t position)
{
    const char *at = getenv("MOTION_AT");

    peer.trace = at != NULL && strtoul(at, NULL, 10) == position;
    return at == NULL || peer.trace;
}

static void name_place(struct job *job, const char *lead, const struct peer *rest, size_t position)
{
    (void)snprintf(job->place, sizeof(job->place), "%s request %zu of %zu (%s): ", lead, position,
                   rest->requests,
                   position < rest->requests ? rest->asked[position] : "behind the last");
}

static void try_once(struct job *job)
{
    struct oracle_run result;
    size_t before = job->complaints;

    run(job, &result);
    oracle_check(&job->last, &result, peer.states, peer.state_count, job->fortigate, complain, job);
    if (peer.requests == PEER_REQUESTS) {
        complain(job, "the run does not end");
    }
    oracle_release(&result);
    job->wrong += job->complaints > before ? 1 : 0;
}

static void try_one_change(struct job *job, const struct peer *rest)
{
    for (size_t i = 1; i < rest->requests; i++) {
        if (is_wanted(i)) {
            peer.since[1] = i;
            name_place(job, "before", rest, i);
            try_once(job);
        }
    }
}

static void try_two_changes(struct job *job, const struct peer *rest)
{
    for (size_t i = 1; i < rest->requests; i++) {
        for (size_t j = i + 1; is_wanted(i) && j < rest->requests + BEYOND; j++) {
            size_t size;

            peer.since[1] = i;
            peer.since[2] = j;
            name_place(job, "before", rest, i);
            size = strlen(job->place);
            (void)snprintf(job->place + size, sizeof(job->place) - size, "and before %zu: ", j);
            try_once(job);
        }
    }
}

static void try_losses(struct job *job, const struct peer *rest)
{
    bool cuts = strncmp(job->fields[FIELD_CHANGE], "cut", 3) == 0;
    bool once = strstr(job->fields[FIELD_CHANGE], "once") != NULL;

    peer.loss = cuts ? (once ? PEER_CUTS_ONCE : PEER_CUTS_ALWAYS)
                     : (once ? PEER_SKIPS_ONCE : PEER_SKIPS_ALWAYS);
    for (size_t i = 1; i < rest->requests; i++) {
        for (size_t l = 0; is_wanted(i) && l < rest->list_count[i]; l++) {
            for (size_t row = 0; row < rest->rows[i][l]; row++) {
                peer.loss_request = i;
                peer.loss_list = l;
                peer.loss_row = row;
                (void)snprintf(job->place, sizeof(job->place),
                               "in request %zu of %zu (%s), list %zu, %s row %zu of %zu: ", i,
                               rest->requests, rest->asked[i], l, cuts ? "from" : "without", row,
                               rest->rows[i][l]);
                try_once(job);
            }
        }
    }
    peer.loss = PEER_LOSES_NOTHING;
}

/* ---- a test */

static bool is_one_of(const char *word, const char *one, const char *another)
{
    return strcmp(word, one) == 0 || strcmp(word, another) == 0;
}

/* Builds the states; returns the number of changes. */
static size_t prepare(struct job *job, bool losses)
{
    struct fake *first = &peer.states[0];
    char change[LINE_SIZE], *second;

    *first = (struct fake){.counts_refused = job->topology->uncounted,
                           .counts_wide = job->topology->wide,
                           .members_unnamed = job->topology->unnamed,
                           .pages_ignored = job->topology->unpaged,
                           .pages_refused = job->topology->refused,
                           .chosen = job->topology->chosen};
    fake_apply(first, job->fortigate ? FGT_TOPOLOGY : FMG_TOPOLOGY);
    if (job->topology->statements != NULL) {
        fake_apply(first, job->topology->statements);
    }
    if (strcmp(job->fields[FIELD_BEFORE], "-") != 0) {
        fake_apply(first, job->fields[FIELD_BEFORE]);
    }
    peer.fortigate = job->fortigate;
    peer.loss = PEER_LOSES_NOTHING;
    peer.state_count = 1;
    if (losses || strcmp(job->fields[FIELD_CHANGE], "-") == 0) {
        return 0;
    }
    (void)snprintf(change, sizeof(change), "%s", job->fields[FIELD_CHANGE]);
    second = strstr(change, " then ");
    if (second != NULL) {
        *second = '\0';
    }
    peer.states[1] = *first;
    fake_apply(&peer.states[1], change);
    peer.states[2] = peer.states[1];
    if (second != NULL) {
        fake_apply(&peer.states[2], second + strlen(" then "));
    }
    return second != NULL ? 2 : 1;
}

/* The run without changes, before or after them, and what it must emit. */
static void rest(struct job *job, size_t state, bool sound, const char *place)
{
    const struct fake *now = &peer.states[state];
    struct oracle_run result;
    size_t before = job->complaints;

    (void)snprintf(job->place, sizeof(job->place), "%s: ", place);
    run(job, &result);
    if (state == 0) {
        oracle_release(&job->last);
        job->last = result;
    }
    if (sound) {
        oracle_check_rest(&result, now, job->fortigate, complain, job);
    }
    oracle_check(&job->last, &result, peer.states, peer.state_count, job->fortigate, complain, job);
    job->wrong += job->complaints > before ? 1 : 0;
    if (state > 0) {
        oracle_release(&result);
    }
}

static void try_topology(struct job *job)
{
    static struct peer at_rest;
    const char *change = job->fields[FIELD_CHANGE], *states = job->fields[FIELD_REST];
    bool losses = is_one_of(change, "cut once", "cut always") ||
                  is_one_of(change, "skip once", "skip always");
    size_t changes = prepare(job, losses);

    job->runs = job->good = job->partial = job->wrong = job->complaints = 0;
    peer.trace = false;
    rest(job, 0, is_one_of(states, "both", "before"), "before the change");
    at_rest = peer;
    peer.state_count = changes + 1;
    if (changes > 0) {
        peer.since[1] = peer.since[2] = 0;
        (void)is_wanted(0);
        rest(job, changes, is_one_of(states, "both", "after"), "after the change");
    }
    if (losses) {
        try_losses(job, &at_rest);
    } else if (changes == 1) {
        try_one_change(job, &at_rest);
    } else if (changes == 2) {
        try_two_changes(job, &at_rest);
    }
    printf("# %s, %s: %zu runs, %zu OK, %zu partial, %zu wrong\n", job->fields[FIELD_KIND],
           job->topology->name, job->runs, job->good, job->partial, job->wrong);
}

static void test_next(void)
{
    struct job *job = jobs[next_job++];
    const char *wanted = getenv("MOTION_TOPOLOGY");
    char *topologies = job->fields[FIELD_TOPOLOGYS], *name;

    while ((name = strsep(&topologies, ",")) != NULL) {
        job->topology = find_topology(name);
        if (wanted == NULL || strcmp(wanted, name) == 0) {
            try_topology(job);
        }
    }
    oracle_release(&job->last);
}

/* ---- kinds.tsv */

static void add_job(const char *line, unsigned number)
{
    struct job *job = calloc(1, sizeof(*job));
    const char *wanted = getenv("MOTION");
    char *rest;

    if (job == NULL || job_count == JOBS_MAX) {
        die("kinds.tsv: too many kinds");
    }
    (void)snprintf(job->line, sizeof(job->line), "%s", line);
    rest = job->line;
    for (size_t i = 0; i < FIELDS; i++) {
        job->fields[i] = strsep(&rest, "\t");
        if (job->fields[i] == NULL) {
            die("kinds.tsv: a line with too few fields");
        }
    }
    if (wanted != NULL && strstr(job->fields[FIELD_KIND], wanted) == NULL) {
        free(job);
        return;
    }
    job->number = number;
    job->fortigate = strcmp(job->fields[FIELD_SOURCE], "fgt") == 0;
    jobs[job_count++] = job;
}

static void read_kinds(void)
{
    const char *source = getenv("srcdir");
    char path[512], line[LINE_SIZE];
    unsigned number = 0;
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s%s", source != NULL ? source : ".", KINDS);
    file = fopen(path, "r");
    if (file == NULL) {
        printf("# %s: %s\n", path, strerror(errno));
        die("no kinds.tsv");
    }
    while (fgets(line, sizeof(line), file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        number++;
        if (*line != '#' && strncmp(line, "source\t", 7) != 0) {
            add_job(line, number);
        }
    }
    (void)fclose(file);
}

int main(void)
{
    static CU_TestInfo fmg[JOBS_MAX + 1], fgt[JOBS_MAX + 1];
    CU_SuiteInfo suites[] = {{"FortiManager", NULL, NULL, NULL, NULL, fmg},
                             {"FortiGate", NULL, NULL, NULL, NULL, fgt},
                             CU_SUITE_INFO_NULL};
    size_t fmg_count = 0, fgt_count = 0;
    int status;

    read_kinds();
    for (size_t i = 0; i < job_count; i++) {
        CU_TestInfo *test = jobs[i]->fortigate ? &fgt[fgt_count++] : &fmg[fmg_count++];

        *test = (CU_TestInfo){jobs[i]->fields[FIELD_KIND], test_next};
    }
    status = tap_run(suites);
    printf("# %zu runs\n", runs);
    for (size_t i = 0; i < job_count; i++) {
        free(jobs[i]);
    }
    return status;
}
