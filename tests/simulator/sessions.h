/*
 * sessions.h - the open sessions.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SESSIONS_H
#define SIMULATOR_SESSIONS_H

#include "random.h"
#include "settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* Recorded tokens have 88 characters (auth_login_ok). */
#define SESSION_TOKEN_SIZE 89

struct session {
    char token[SESSION_TOKEN_SIZE];
    struct timespec last_used;
};

struct sessions {
    struct session open[MAXIMUM_SESSIONS];
    size_t count;
    size_t limit;
    uint32_t idle_seconds;
    struct random random;
};

void sessions_begin(struct sessions *sessions, const struct settings *settings);

/* Opens a session and returns its token, or NULL when the limit is reached. */
const char *sessions_open(struct sessions *sessions);

/* True for the token of an open session, whose idle time restarts. */
bool sessions_touch(struct sessions *sessions, const char *token);

/* False when there is no such session. */
bool sessions_close(struct sessions *sessions, const char *token);

/* The number of open sessions. */
size_t sessions_count(struct sessions *sessions);

#endif
