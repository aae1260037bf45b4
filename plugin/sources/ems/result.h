/*
 * result.h - what an EMS says about a call: {"result": {"retval", "message"}, "data"}.
 * SPDX-License-Identifier: Apache-2.0
 *
 * retval is 1 on success, whatever the HTTP status; the documented errors are 400 with -1 or -6,
 * 401 with -4 (no session), 403 with -5 (no right), 500 with -2, and of a sign-in 500 with -7
 * [OpenAPI document of EMS 7.0.3 and 7.2.1]. `message` may be null.
 */
#ifndef EMS_RESULT_H
#define EMS_RESULT_H

#include "session.h"

#define EMS_SUCCESS    1
#define EMS_NO_SESSION (-4)
#define EMS_NO_RIGHT   (-5)

struct ems_result {
    bool found;       /* the reply has a result */
    int64_t retval;   /* 0 = none */
    char message[96]; /* cut, its secrets not yet hidden */
};

/* Reads the result of a reply; one that has none is not found. */
void ems_result_read(const struct ems_session *session, const struct http_reply *reply,
                     struct ems_result *ret);

/* The number and what EMS says of it, for a sentence: "-1 (Invalid request)", or "-1". */
struct ems_result_text {
    char text[128];
};
struct ems_result_text ems_result_text(const struct ems_result *result);

/* Whether it says that the EMS itself failed, such as its database. */
bool ems_result_is_server_error(const struct http_reply *reply, const struct ems_result *result);

/* Fails for a call of `path` that was not answered: UNREACHABLE (server_error), PERMISSION
 * (ems_refused), DATA (ems_error, ems_reply_invalid). */
int32_t ems_result_fail(const struct ems_session *session, const char *path,
                        const struct http_reply *reply, struct failure *failure);

/* Fails with DATA (ems_reply_invalid); `defect` is technical. */
int32_t ems_result_invalid(const struct ems_session *session, const char *path, const char *defect,
                           struct failure *failure);
#endif
