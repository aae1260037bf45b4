/*
 * nac_expected.c - what a perfect client learns from a FortiNAC, for the test.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The hosts are what is true: nothing here reads a reply.
 */
#include "nac_expected.h"

#include "expected_parts.h"
#include "filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What comes of a host. */
enum fate {
    FATE_ASSET,
    FATE_DUPLICATE, /* of an asset: the same machine again */
    FATE_SKIPPED,
    FATE_ELSEWHERE /* the filter leaves it out */
};

struct outcome {
    enum fate fate;
    const char *reason; /* of FATE_SKIPPED */
};

/* The serial as an asset has it. */
static const char *get_key(const struct host *host)
{
    const struct machine *machine = host->machine;

    if (machine == NULL)
        return "";
    /* A shared serial is spelled as its asset would be. */
    return machine->identity == MACHINE_SHARED ? machine->serial : machine->key;
}

/* Compares the host with each other one of its serial. */
static struct outcome judge(const struct hosts *hosts, const struct filter *filter,
                            const struct host *host)
{
    struct outcome outcome = {FATE_ASSET, NULL};
    const char *key = get_key(host);
    size_t from;
    size_t to;

    if (!filter_matches(filter, host))
        return (struct outcome){FATE_ELSEWHERE, NULL};
    if (host_serial(host) == NULL)
        return (struct outcome){FATE_SKIPPED, "serial_absent"};
    if (key[0] == '\0')
        return (struct outcome){FATE_SKIPPED, "serial_placeholder"};
    /* The hosts of one serial are close together (hosts_grow). */
    from = (size_t)(host - hosts->items);
    to = from;
    for (size_t machines = 0; from > 0 && machines < 3; from--)
        machines += hosts->items[from - 1].machine != NULL ? 1 : 0;
    for (size_t machines = 0; to < hosts->count && machines < 4; to++)
        machines += hosts->items[to].machine != NULL ? 1 : 0;
    for (size_t i = from; i < to; i++) {
        const struct host *other = &hosts->items[i];

        if (other == host || strcmp(get_key(other), key) != 0 || !filter_matches(filter, other))
            continue;
        if (other->machine != host->machine)
            return (struct outcome){FATE_SKIPPED, "serial_shared"};
        if (host_contact(other) > host_contact(host))
            outcome.fate = FATE_DUPLICATE;
    }
    return outcome;
}

static const char *get_title(const struct host *host)
{
    return host->name[0] != '\0' ? host->name : host->macs[0];
}

static void put_connection(const struct host *host, struct text *text)
{
    const struct place *place = &host->place;
    char location[HOST_TEXT_SIZE];

    expected_put_text(text, "connection_status", host->connected ? "up" : "down");
    expected_put_time(text, "last_seen", host_contact(host));
    host_location(host, location);
    expected_put_text(text, "connected_to", location);
    expected_put_text(text, "managed_by", place->fgt);
    expected_put_text(text, "managed_by_serials", place->switch_serial);
}

static void put_attributes(const struct host *host, struct text *text)
{
    const struct machine *machine = host->machine;

    text_key(text, "attributes");
    text_open(text, '{');
    expected_put_text(text, "serial_number", get_key(host));
    expected_put_text(text, "name", get_title(host));
    expected_put_text(text, "hostname", host->name);
    expected_put_text(text, "mac_address", host->macs[0]);
    if (machine != NULL) {
        expected_put_text(text, "model", machine->model);
        expected_put_text(text, "ip_address", machine->ip);
        expected_put_text(text, "user", machine->user);
    }
    expected_put_text(text, "operating_system", host->system);
    expected_put_text(text, "owner", host->owner);
    expected_put_text(text, "role", host->role);
    expected_put_text(text, "agent_version", host->agent_version);
    expected_put_text(text, "endpoint_type", host->type_label);
    expected_put_boolean(text, "managed_by_mdm", host->mdm);
    put_connection(host, text);
    text_close(text, '}');
    text_literal(text, "\"live\":{}");
}

static void write_host(const struct host *host, const struct outcome *outcome, struct text *text)
{
    const char *serials[1] = {host->place.switch_serial};
    const char *key = get_key(host);

    text_open(text, '{');
    expected_put(text, "serial", key[0] != '\0' ? key : NULL);
    expected_put(text, "name", host->name);
    expected_put(text, "device_type", "endpoint");
    expected_put(text, "title", get_title(host));
    expected_put(text, "maker", NULL);
    expected_put(text, "model", host->machine != NULL ? host->machine->model : NULL);
    expected_put_list(text, "adoms", NULL, 0);
    expected_put_list(text, "scopes", (const char *[]){"fortinac"}, 1);
    expected_put(text, "manager", host->place.fgt);
    expected_put_list(text, "manager_serials", serials, host->place.fgt != NULL ? 1 : 0);
    text_literal(text, "\"log_only\":false");
    if (outcome->reason != NULL)
        expected_put(text, "reason", outcome->reason);
    put_attributes(host, text);
    text_close(text, '}');
}

static void write_hosts(const struct hosts *hosts, const struct outcome *outcomes, enum fate fate,
                        struct text *text)
{
    static const char *const keys[] = {"units", "double_listed", "not_assets"};

    text_key(text, keys[fate]);
    text_open(text, '[');
    for (size_t i = 0; i < hosts->count; i++)
        if (outcomes[i].fate == fate)
            write_host(&hosts->items[i], &outcomes[i], text);
    text_close(text, ']');
}

static void write_moving(const struct hosts *hosts, struct text *text)
{
    text_key(text, "moving");
    text_open(text, '[');
    for (size_t i = 0; i < hosts->moving_count; i++)
        text_string(text, get_key(hosts->moving[i]));
    text_close(text, ']');
}

static void write_numbers(const struct hosts *hosts, const struct outcome *outcomes,
                          struct text *text)
{
    int64_t found = 0;
    int64_t serials = 0;

    for (size_t i = 0; i < hosts->count; i++) {
        if (outcomes[i].fate == FATE_ELSEWHERE)
            continue;
        found++;
        serials += host_serial(&hosts->items[i]) != NULL ? 1 : 0;
    }
    text_key(text, "hosts");
    text_integer(text, found);
    text_key(text, "serials");
    text_integer(text, serials);
}

static char *write(const struct fortinac *fortinac, const struct filter *filter)
{
    const struct hosts *hosts = &fortinac->hosts;
    struct outcome *outcomes = must_allocate(hosts->count, sizeof(*outcomes));
    struct text text = {NULL, 0, 0};

    for (size_t i = 0; i < hosts->count; i++)
        outcomes[i] = judge(hosts, filter, &hosts->items[i]);
    text_open(&text, '{');
    text_literal(&text, "\"system\":{\"serial\":null,\"serials\":[],"
                        "\"hostname\":null,\"version\":null}");
    write_hosts(hosts, outcomes, FATE_ASSET, &text);
    write_hosts(hosts, outcomes, FATE_DUPLICATE, &text);
    write_hosts(hosts, outcomes, FATE_SKIPPED, &text);
    write_moving(hosts, &text);
    write_numbers(hosts, outcomes, &text);
    text_literal(&text, "\"dead_fgts\":[],\"adoms\":[],\"refused\":[],\"incomplete\":[],"
                        "\"types\":[\"endpoint\"],\"scopes\":[{\"scope\":\"fortinac\",\"device_"
                        "type\":\"endpoint\"}]");
    text_close(&text, '}');
    text_put(&text, "\n");
    free(outcomes);
    return text_steal(&text);
}

char *nac_expected_write(const struct fortinac *fortinac)
{
    const char *given = fortinac->options.filter;
    struct filter filter;
    const char *wrong = filter_read(&filter, given != NULL ? given : "");
    char *expected = NULL;

    if (wrong != NULL)
        (void)fprintf(stderr, "fortinac-simulator: --filter: %s\n", wrong);
    else
        expected = write(fortinac, &filter);
    filter_release(&filter);
    return expected;
}
