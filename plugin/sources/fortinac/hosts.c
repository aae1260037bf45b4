/*
 * hosts.c - the list of all hosts of a FortiNAC.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "hosts.h"

#include <string.h>

#include "api.h"
#include "base/strmap.h"
#include "host/repeat.h"
#include "host_row.h"
#include "json/json_read.h"

/* The list while it is read, once or twice. */
struct listing {
    struct fnac_run *run;
    struct endpoints endpoints;
    struct strmap keys; /* of the hosts: the number of the request that listed each last */
    uint32_t request;   /* number of the current one, over both readings */
    uint32_t first;     /* that of the first one of this reading */
    struct fnac_hosts read;

    /* of this reading */
    uint64_t listed;   /* different hosts */
    uint64_t nameless; /* rows that name no host, of the requests before */
    int64_t total;     /* that the last answer states; -1 = none */
    bool total_changed;

    /* of this request */
    uint64_t rows, news; /* rows, and those of hosts that this reading did not list before */
    uint64_t unnamed;    /* rows that name no host */
};

/* ---- rows */

/*
 * Notes that this request lists a host. A request that is repeated has the same number, so that its
 * rows are new again. Returns false without memory; `*ret_new`: the run did not know the host.
 */
static bool note_host(struct listing *listing, const char *key, bool *ret_new)
{
    uint32_t *last;

    if (strmap_put(&listing->keys, key, listing->request, &last, ret_new) == NULL) {
        return false;
    }
    listing->listed += *ret_new || *last < listing->first ? 1 : 0;
    listing->news += *ret_new || *last < listing->first || *last == listing->request ? 1 : 0;
    *last = *ret_new || *last < listing->first ? listing->request : *last;
    return true;
}

static int32_t take_row(void *context, struct json_object *row, struct failure *failure)
{
    struct listing *listing = context;
    struct operation *operation = listing->run->operation;
    struct fnac_host host;
    bool is_new;

    listing->rows++;
    if (!fnac_host_read(row, &host)) {
        listing->unnamed++;
        return HECTOR_OK;
    }
    if (!note_host(listing, host.endpoint.key, &is_new)) {
        return fail_memory(operation, failure);
    }
    if (!is_new) {
        return HECTOR_OK;
    }
    if (listing->keys.count > TABLE_ROWS_MAX) {
        return fail(operation, failure, REASON_fnac_too_many, NULL,
                    ARGUMENTS(listing->run->settings->origin, message_number(TABLE_ROWS_MAX).text));
    }
    listing->read.hosts++;
    listing->read.serials += host.endpoint.serial != NULL ? 1 : 0;
    listing->endpoints.beside = strmap_bytes(&listing->keys);
    return endpoints_add(&listing->endpoints, &host.endpoint, failure);
}

static void restart_rows(void *context)
{
    struct listing *listing = context;

    listing->rows = listing->news = listing->unnamed = 0;
}

/* ---- requests */

/* Whether an answer has a list: an array, or null, which is an empty one. */
static bool has_list(struct json_object *answer)
{
    struct json_object *list = NULL;

    return (json_object_object_get_ex(answer, "results", &list) ||
            json_object_object_get_ex(answer, "result", &list)) &&
           (list == NULL || json_object_is_type(list, json_type_array));
}

/* Takes what an answer says besides its rows. */
static int32_t take_answer(struct listing *listing, struct json_object *answer,
                           struct failure *failure)
{
    struct json_object *single = json_member_object(answer, "result");
    int64_t total = fnac_total(listing->run, answer);

    listing->total_changed =
        listing->total_changed || (listing->total >= 0 && total >= 0 && total != listing->total);
    listing->total = total >= 0 ? total : listing->total;
    if (listing->rows == 0 && single != NULL) {
        return take_row(listing, single, failure);
    }
    if (!has_list(answer)) {
        return fail(listing->run->operation, failure, REASON_fnac_reply_invalid, "no list",
                    ARGUMENTS(listing->run->settings->origin, "host", "200"));
    }
    return HECTOR_OK;
}

static int32_t read_page(struct listing *listing, uint64_t start, int32_t count,
                         struct failure *failure)
{
    static const char *const NAMES[] = {"results", "result", NULL};
    const struct http_rows rows = {NAMES, take_row, restart_rows, listing};
    const struct fnac_query query = {.path = "host", .start = start, .count = count, .rows = &rows};
    struct http_reply reply;
    int32_t code = fnac_get(listing->run, &query, &reply, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    code = take_answer(listing, reply.json, failure);
    http_reply_release(&reply);
    return code;
}

/*
 * How many hosts the total has that were not read; 0 also without a total. A row that names no host
 * is none of them: it may stand beside the hosts, or in the place of one.
 */
static uint64_t hosts_left(const struct listing *listing)
{
    return listing->total > 0 && (uint64_t)listing->total > listing->listed
               ? (uint64_t)listing->total - listing->listed
               : 0;
}

/* Whether the list goes on after an answer. */
static bool goes_on(const struct listing *listing, int32_t count)
{
    return listing->news > 0 && listing->rows - listing->unnamed <= (uint64_t)count &&
           (listing->total < 0 || hosts_left(listing) > 0);
}

static int32_t read_list(struct listing *listing, struct failure *failure)
{
    int32_t count = listing->run->operation->limits->page_rows;
    uint64_t start = 0, done = listing->listed;
    int32_t code;

    listing->first = listing->request + 1;
    listing->listed = listing->nameless = 0;
    listing->total = -1;
    listing->total_changed = false;
    do {
        listing->request++;
        done = listing->listed;
        if ((code = operation_check(listing->run->operation, failure)) != HECTOR_OK ||
            (code = read_page(listing, start, count, failure)) != HECTOR_OK) {
            return code;
        }
        /* Rows that name no host may be none of the list: then the next page would skip hosts. */
        start += listing->rows - listing->unnamed;
        listing->nameless += listing->unnamed;
        operation_progress(listing->run->operation, PHASE_endpoints, listing->listed - done,
                           hosts_left(listing));
    } while (goes_on(listing, count));
    return HECTOR_OK;
}

/* Whether a reading shows that it may lack hosts. */
static bool lacks_hosts(const struct listing *listing)
{
    return listing->total_changed || hosts_left(listing) > 0 ||
           (listing->total < 0 && listing->nameless > 0);
}

/* Reads the list, and a second time if the first one may lack hosts. `why` then says what it lacks.
 */
static int32_t read_twice(struct listing *listing, struct failure *why)
{
    struct fnac_run *run = listing->run;
    int32_t code = read_list(listing, why);
    int64_t total;

    if (code != HECTOR_OK || !lacks_hosts(listing)) {
        return code;
    }
    repeat_reading(run->operation, HECTOR_LOG_WARNING, "the list of hosts changed");
    if ((code = operation_pause(run->operation, repeat_backoff_ms(run->operation, 1), why)) !=
        HECTOR_OK) {
        return code;
    }
    run->operation->again = true;
    code = read_list(listing, why);
    run->operation->again = false;
    if (code != HECTOR_OK || !lacks_hosts(listing)) {
        return code;
    }
    total = listing->total >= 0 ? listing->total : (int64_t)(listing->listed + listing->nameless);
    return fail(run->operation, why, REASON_fnac_list_changed, NULL,
                ARGUMENTS(run->settings->origin, message_number((int64_t)listing->listed).text,
                          message_number(total).text));
}

/*
 * Reports the rows that name no host, beside a list of all hosts: they are counted, and one problem
 * says so. Of a list that may lack hosts they may be the ones that it lacks.
 */
static int32_t report_unnamed(struct listing *listing, struct failure *failure)
{
    const struct inventory_row row = {
        .type = ENDPOINT, .scope = FNAC_SCOPE, .reason = SKIP_row_unnamed, .subject = FNAC_SCOPE};
    int32_t code = HECTOR_OK;

    for (; code == HECTOR_OK && listing->nameless > 0; listing->nameless--) {
        code = inventory_skip(listing->run->inventory, &row, failure);
    }
    return code;
}

int32_t fnac_hosts_read(struct fnac_run *run, struct fnac_hosts *ret, struct failure *failure)
{
    struct listing listing = {
        .run = run, .endpoints = {.operation = run->operation, .inventory = run->inventory}};
    struct failure why;
    int32_t listed, code = inventory_expect(run->inventory, FNAC_SCOPE, ENDPOINT, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    listed = read_twice(&listing, &why);
    if (failure_ends(listed, &why)) {
        code = fail_as(failure, &why);
        goto out;
    }
    if ((code = endpoints_report(&listing.endpoints, failure)) == HECTOR_OK &&
        (listed != HECTOR_OK || (code = report_unnamed(&listing, failure)) == HECTOR_OK)) {
        code = inventory_end_scope(run->inventory, FNAC_SCOPE, ENDPOINT,
                                   listed == HECTOR_OK ? NULL : &why, failure);
    }
    *ret = listing.read;
out:
    endpoints_release(&listing.endpoints);
    strmap_release(&listing.keys);
    return code;
}
