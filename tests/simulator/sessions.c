/*
 * sessions.c - the open sessions.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "sessions.h"

#include <string.h>

void sessions_begin(struct sessions *sessions, const struct settings *settings)
{
    sessions->count = 0;
    sessions->limit = settings->session_limit;
    sessions->idle_seconds = settings->session_seconds;
    sessions->random.state = ~settings->seed;
}

static struct timespec now(void)
{
    struct timespec time = {0, 0};

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return time;
}

static void forget(struct sessions *sessions, size_t position)
{
    sessions->open[position] = sessions->open[--sessions->count];
}

static void forget_idle(struct sessions *sessions)
{
    struct timespec time = now();

    for (size_t i = sessions->count; i > 0; i--) {
        const struct timespec *used = &sessions->open[i - 1].last_used;
        double idle =
            (double)(time.tv_sec - used->tv_sec) + (double)(time.tv_nsec - used->tv_nsec) / 1e9;

        if (idle >= (double)sessions->idle_seconds)
            forget(sessions, i - 1);
    }
}

const char *sessions_open(struct sessions *sessions)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct session *session;

    forget_idle(sessions);
    if (sessions->count >= sessions->limit)
        return NULL;
    session = &sessions->open[sessions->count++];
    for (size_t i = 0; i < SESSION_TOKEN_SIZE - 3; i++)
        session->token[i] = letters[random_below(&sessions->random, 64)];
    memcpy(session->token + SESSION_TOKEN_SIZE - 3, "==", 3);
    session->last_used = now();
    return session->token;
}

static size_t find(struct sessions *sessions, const char *token)
{
    size_t i = 0;

    forget_idle(sessions);
    while (i < sessions->count && strcmp(sessions->open[i].token, token) != 0)
        i++;
    return i;
}

bool sessions_touch(struct sessions *sessions, const char *token)
{
    size_t position = find(sessions, token);

    if (position == sessions->count)
        return false;
    sessions->open[position].last_used = now();
    return true;
}

bool sessions_close(struct sessions *sessions, const char *token)
{
    size_t position = find(sessions, token);

    if (position == sessions->count)
        return false;
    forget(sessions, position);
    return true;
}

size_t sessions_count(struct sessions *sessions)
{
    forget_idle(sessions);
    return sessions->count;
}
