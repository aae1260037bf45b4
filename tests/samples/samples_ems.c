/*
 * samples_ems.c - recorded and documented replies of an EMS, each as one answer within a whole
 * sync. SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"
#include "inventory/summary.h"
#include "samples_fixture.h"
#include "sources/ems/ems.h"
#include "json/json_read.h"

#define RESULT "\"result\":{\"retval\":1,\"message\":null}"

/* An EMS with one endpoint; the sample takes the place of the answer of its kind. */
static const struct call {
    const char *path, *reply;
} CALLS[] = {
    {"/auth/signin ", "{" RESULT "}"},
    {"/auth/signout ", "{" RESULT "}"},
    {"/ems_api_cloud/login/ ", "{\"result\":\"login\",\"session_id\":\"the-session\"}"},
    {"/ems_api_cloud/logout/ ", "{\"result\":\"logout\"}"},
    {"/license/get ", "{" RESULT ",\"data\":{\"sn\":\"FCTEMS8824001234\"}}"},
    {"/consts/get?", "{\"data\":{\"System\":{\"VERSION\":\"7.4.5\"}}}"},
    {"/endpoints/index?",
     "{" RESULT ",\"data\":{\"total\":1,\"endpoints\":[{\"device_id\":666}]}}"},
    {"/details ", "{" RESULT ",\"data\":{\"device_id\":666,\"hardware_details\":{\"vendor\":\"Dell "
                  "Inc.\",\"model\":\"Latitude 7440\",\"s/n\":\"7XK2JQ3\"}}}"},
};

/* Which of the calls a sample answers. */
static const char *path_of(struct json_object *sample)
{
    struct json_object *data = json_member_object(sample, "data");
    int64_t retval = 0;

    (void)json_member_integer(json_member_object(sample, "result"), "retval", &retval);
    if (json_member(sample, "session_id") != NULL) {
        return "/ems_api_cloud/login/ ";
    }
    return json_member(data, "sn") != NULL                        ? "/license/get "
           : json_member(data, "System") != NULL                  ? "/consts/get?"
           : json_member_array(data, "endpoints") != NULL         ? "/endpoints/index?"
           : json_member(data, "device_id") != NULL || retval < 0 ? "/details "
                                                                  : "/auth/signin ";
}

static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    const struct samples_fixture *fixture = context;
    struct json_object *sample = fixture->script.reply;
    const char *end = strchr(ret->head, '\r');

    (void)request;
    for (size_t i = 0; i < COUNT(CALLS); i++) {
        const char *found = strstr(ret->head, CALLS[i].path);

        if (found == NULL || found > end) {
            continue;
        }
        bool asked = strcmp(CALLS[i].path, path_of(sample)) == 0;
        ret->header =
            strcmp(CALLS[i].path, "/auth/signin ") == 0
                ? "Set-Cookie: sessionid=the-session\r\nSet-Cookie: csrftoken=the-csrf\r\n"
                : NULL;
        ret->status = asked && fixture->script.status != 0 ? fixture->script.status : 200;
        buffer_append_text(&ret->body,
                           asked ? json_object_to_json_string_ext(sample, JSON_C_TO_STRING_PLAIN)
                                 : CALLS[i].reply);
        return;
    }
    ret->status = 404;
}

static void sync(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    fixture->settings.chosen[CHOICE_source_ems] = true;
    fixture->settings.username = "hector";
    fixture->answer = answer;
    fixture->script.reply = sample;
    fixture->script.out = out;
    samples_sync(fixture, &ems_source);
}

/* Every endpoint, coverage and problem of a sync in which one answer is the sample. */
void read_ems(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    fixture->settings.is_ems_cloud = json_member(sample, "session_id") != NULL;
    fixture->settings.ems_account = "it@example.org";
    sync(fixture, sample, out);
}

/* The same for each of the errors in a sample, by HTTP status, as the answer for the details. */
void read_ems_errors(struct samples_fixture *fixture, struct json_object *sample,
                     struct buffer *out)
{
    json_object_object_foreach(sample, status, error) {
        fixture->script.status = atoi(status);
        sync(fixture, error, out);
    }
    fixture->script.status = 0;
}
