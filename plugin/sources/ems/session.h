/*
 * session.h - a session of an EMS: what its requests carry, and when it was opened.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_SESSION_H
#define EMS_SESSION_H

#include "net/rest.h"
#include "settings/settings.h"

/* One call, login.c opens and closes it, api.c sends requests in it. */
struct ems_session {
    struct operation *operation;
    const struct settings *settings;
    struct rest rest;                  /* the connection, with the first header of the session */
    struct http_credential headers[3]; /* the further ones */
    char referer[ADDRESS_TEXT_MAX];    /* on premises: "https://ems.example.org" */
    struct buffer id;              /* secret: the cookie sessionid, or the session of EMS Cloud */
    struct buffer cookies, csrf;   /* secrets, on premises: what Cookie and X-CSRFToken say */
    char site[NAME_MAX_BYTES + 1]; /* that the sign-in named; "" = none */
    bool signed_in;
    bool answered;    /* this session answered a call */
    int32_t renewals; /* further sign-ins, in place of a session that ended */
    int64_t next_ms;  /* in terms of clock_ms(): the next call, not before */
};
#endif
