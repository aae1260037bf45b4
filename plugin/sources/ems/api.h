/*
 * api.h - a GET request to an EMS: pace, a session that ended, errors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One request is in flight, and the next one begins limits->ems_call_ms after the last one began:
 * no limit of EMS is known, and the details take a call for each endpoint. A session that ended
 * (401, or retval -4) is opened again, EMS_RENEWALS_MAX times, unless the last one never worked.
 */
#ifndef EMS_API_H
#define EMS_API_H

#include "session.h"

struct ems_answer {
    struct http_reply reply;
    struct json_object *data; /* borrowed from the reply; NULL = null, or not found */
    bool not_found;           /* HTTP 404: no such path, or no such thing */
};

/*
 * Sends GET `url`, the path on premises with its parameters. The caller releases the answer after
 * OK. AUTH (ems_session_refused), those of ems_result_fail() and ems_sign_in(), and the errors of
 * rest_get().
 */
int32_t ems_api_get(struct ems_session *session, const struct buffer *url, struct ems_answer *ret,
                    struct failure *failure);
void ems_api_release(struct ems_answer *answer);
#endif
