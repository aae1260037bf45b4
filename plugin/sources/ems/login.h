/*
 * login.h - signs in to an EMS on premises or to EMS Cloud, and signs out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * On premises: POST /api/v1/auth/signin sets the cookies sessionid and csrftoken (also seen as
 * ccsrftoken, with its value in quotes), which each later request repeats, with the second one as
 * X-CSRFToken, the origin as Referer, and Ems-Call-Type: 2 [OpenAPI document of EMS 7.0.3 and
 * 7.2.1; fotoobo]. GET signs out: POST would need more headers.
 *
 * EMS Cloud: POST .../ems_api_cloud/login/ exchanges an access key and the e-mail address of its
 * account for a session id, which is the whole value of Authorization [Technical Tip 218070]. What
 * a refusal looks like is not documented. There, `result` is a text, elsewhere an object.
 */
#ifndef EMS_LOGIN_H
#define EMS_LOGIN_H

#include "session.h"

/* Sets `ret` up for a connection, without any request. ems_session_release() in any case. */
void ems_session_init(struct operation *operation, const struct settings *settings,
                      struct http *http, struct ems_session *ret);

/*
 * Signs in, with the credentials of the settings. Refused ones are never sent again. CONFIG
 * (ems_user_missing, password_missing, ems_key_missing), AUTH (ems_sign_in_refused,
 * ems_key_refused, ems_key_id, ems_key_fortigate), DATA (ems_unrecognised, ems_reply_invalid),
 * UNREACHABLE (server_error), and the errors of rest_post().
 */
int32_t ems_sign_in(struct ems_session *session, struct failure *failure);

/* Signs out, if signed in; a failure is only logged. Also after a cancel or the deadline. */
void ems_sign_out(struct ems_session *session);

/* Signs out, and wipes what the session holds. */
void ems_session_release(struct ems_session *session);
#endif
