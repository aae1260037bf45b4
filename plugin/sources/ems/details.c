/*
 * details.c - the details of the managed endpoints, one call each.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "details.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "columns.h"
#include "result.h"
#include "json/json_read.h"

#define WEEK_S (7 * 24 * 3600)

/*
 * Where the details are: 7.2.1 has the first path, 7.0.3 and 7.0.4 the second; in which version it
 * changed is not known [OpenAPI documents of EMS].
 */
static const struct {
    const char *lead, *tail;
} PATHS[] = {{"/api/v1/endpoints/device/", "/details"}, {"/api/v1/endpoints/", "/get"}};

/* Which path to try first; a version that is not known is taken for a newer one. */
static int32_t first_path(const char *version)
{
    static const long changed[] = {7, 2, 1};
    char *end = NULL;

    for (size_t i = 0; i < COUNT(changed); i++) {
        long part = strtol(version, &end, 10);

        if (end == version || part != changed[i]) {
            return end != version && part < changed[i] ? 1 : 0;
        }
        version = end + (*end == '.' ? 1 : 0);
    }
    return 0;
}

void ems_details_init(struct ems_run *run, struct ems_list *list, struct endpoints *endpoints,
                      struct ems_details *ret)
{
    *ret = (struct ems_details){.run = run, .list = list, .endpoints = endpoints, .path = -1};
}

/* ---- one endpoint */

static int32_t get_path(struct ems_details *details, const struct ems_endpoint *endpoint,
                        int32_t path, struct ems_answer *ret, struct failure *failure)
{
    struct buffer url = BUFFER(URL_MAX);

    buffer_printf(&url, "%s%" PRId64 "%s", PATHS[path].lead, endpoint->id, PATHS[path].tail);
    int32_t code = ems_api_get(&details->run->session, &url, ret, failure);
    buffer_release(&url);
    return code;
}

/* Gets the details from the path of this version, which the first answer shows. */
static int32_t get_details(struct ems_details *details, const struct ems_endpoint *endpoint,
                           struct ems_answer *ret, struct failure *failure)
{
    int32_t path = details->path >= 0 ? details->path : first_path(details->run->version);
    int32_t code = get_path(details, endpoint, path, ret, failure);

    if (code == HECTOR_OK && ret->not_found && details->path < 0) {
        ems_api_release(ret);
        path = 1 - path;
        code = get_path(details, endpoint, path, ret, failure);
    }
    if (code == HECTOR_OK && !ret->not_found) {
        details->path = path;
    }
    return code;
}

/* The row of an answer: `data`, or the first of data.endpoints. */
static struct json_object *row_of(const struct ems_answer *answer)
{
    struct json_object *rows = json_member_array(answer->data, "endpoints");

    return rows != NULL ? json_element(rows, 0) : answer->data;
}

/* Splits a text of one or more MAC addresses. Returns their number. */
static size_t split_macs(const char *text, char texts[EMS_MACS_MAX][EMS_MAC_MAX + 1],
                         const char *ret[EMS_MACS_MAX])
{
    static const char separators[] = ",;| ";
    size_t count = 0;

    while (text != NULL && *text != '\0' && count < EMS_MACS_MAX) {
        size_t size = strcspn(text, separators);

        if (size > 0 && size <= EMS_MAC_MAX) {
            memcpy(texts[count], text, size);
            texts[count][size] = '\0';
            ret[count] = texts[count];
            count++;
        }
        text += size;
        text += strspn(text, separators);
    }
    return count;
}

/* Passes an endpoint on: what the list says of it, replaced by what its details say. */
static int32_t add_endpoint(const struct ems_details *details, const struct ems_endpoint *listed,
                            struct json_object *row, struct failure *failure)
{
    char macs[EMS_MACS_MAX][EMS_MAC_MAX + 1];
    const char *mac_list[EMS_MACS_MAX];
    const struct message_number id = message_number(listed->id);
    struct endpoint endpoint = {.key = id.text, .macs = mac_list, .contact = listed->contact};
    struct device device;
    int64_t contact = 0;

    device_unpack(details->list->rows.data + listed->row, &device);
    columns_read(&ems_columns, ENDPOINT, row, NULL, &device);
    device.type = ENDPOINT;
    device.scope = details->run->scope;
    device.title = device_title(device.values[ATTRIBUTE_name].text,
                                device_title(device.values[ATTRIBUTE_hostname].text, id.text));
    endpoint.device = &device;
    endpoint.serial = json_member_text(ems_hardware(row), "s/n");
    endpoint.mac_count = split_macs(device.values[ATTRIBUTE_mac_address].text, macs, mac_list);
    (void)json_member_integer(row, "last_seen", &contact);
    endpoint.contact = contact > endpoint.contact ? contact : endpoint.contact;
    return endpoints_add(details->endpoints, &endpoint, failure);
}

/* Reads an answer, which must be about the endpoint that was asked for. */
static int32_t take_answer(struct ems_details *details, struct ems_endpoint *endpoint,
                           const struct ems_answer *answer, struct failure *failure)
{
    struct json_object *row = row_of(answer);
    int64_t id;
    int32_t code = HECTOR_OK;

    if (answer->not_found || !json_member_integer(row, "device_id", &id) || id != endpoint->id) {
        char path[96];

        (void)snprintf(path, sizeof(path), "%s%" PRId64, PATHS[0].lead, endpoint->id);
        return ems_result_invalid(&details->run->session, path,
                                  answer->not_found ? "HTTP 404" : "not about this device",
                                  failure);
    }
    if (details->endpoints != NULL) {
        code = add_endpoint(details, endpoint, row, failure);
    }
    if (code == HECTOR_OK) {
        details->read++;
        details->with_hardware += json_object_object_get_ex(row, "hardware_details", NULL) ||
                                          json_object_object_get_ex(row, "hardwareDetails", NULL)
                                      ? 1
                                      : 0;
    }
    return code;
}

/*
 * Whether a failure ends the reading of details: they would all fail like this one, or the EMS does
 * not answer for the third time in a row.
 */
static bool ends_reading(struct ems_details *details, int32_t code)
{
    details->unreachable = code == HECTOR_UNREACHABLE ? details->unreachable + 1 : 0;
    return (code != HECTOR_DATA && code != HECTOR_UNREACHABLE) ||
           details->unreachable == FAILED_ANSWERS_MAX;
}

/* Reads one endpoint. OK unless the reading ends; other failures are noted. */
static int32_t read_one(struct ems_details *details, struct ems_endpoint *endpoint,
                        struct failure *failure)
{
    struct ems_answer answer;
    struct failure why;
    int32_t code = get_details(details, endpoint, &answer, &why);

    endpoint->asked = true;
    if (code == HECTOR_OK) {
        code = take_answer(details, endpoint, &answer, &why);
        ems_api_release(&answer);
    }
    operation_progress(details->run->operation, PHASE_endpoint_details, 1, 0);
    if (code == HECTOR_OK) {
        details->unreachable = 0;
        return HECTOR_OK;
    }
    if (ends_reading(details, code)) {
        return fail_as(failure, &why);
    }
    if (details->why.cause == HECTOR_OK) {
        details->why = why;
    }
    return HECTOR_OK;
}

/* What ended the reading: OK if the run goes on without the other details. */
static int32_t end_reading(struct ems_details *details, int32_t code, const struct failure *why,
                           struct failure *failure)
{
    if (code == HECTOR_OK) {
        return HECTOR_OK;
    }
    if (failure_ends(code, why) && why->reason != REASON_deadline_passed) {
        return fail_as(failure, why);
    }
    details->why = *why;
    details->ended = true;
    return HECTOR_OK;
}

/* ---- all */

int32_t ems_details_sample(struct ems_details *details, bool *ret_lacking, struct failure *failure)
{
    struct ems_endpoints *all = &details->list->all;
    size_t sample = all->count < EMS_SAMPLE ? all->count : EMS_SAMPLE, recent = 0;
    struct failure why;
    int32_t code = HECTOR_OK;

    while (recent < all->count && all->items[recent].contact > 0 &&
           all->items[recent].contact > all->items[0].contact - WEEK_S) {
        recent++;
    }
    recent = recent < sample ? sample : recent;
    for (size_t i = 0; code == HECTOR_OK && i < sample; i++) {
        code = read_one(details, &all->items[i * recent / sample], &why);
    }
    *ret_lacking =
        code == HECTOR_OK && sample > 0 && details->read == sample && details->with_hardware == 0;
    return end_reading(details, code, &why, failure);
}

int32_t ems_details_read(struct ems_details *details, struct failure *failure)
{
    struct ems_endpoints *all = &details->list->all;
    struct failure why;
    int32_t code = HECTOR_OK;

    source_expect(details->run->operation, PHASE_endpoint_details, all->count - details->read);
    for (size_t i = 0; code == HECTOR_OK && !details->ended && i < all->count; i++) {
        if (!all->items[i].asked) {
            code = read_one(details, &all->items[i], &why);
        }
    }
    return details->ended ? HECTOR_OK : end_reading(details, code, &why, failure);
}
