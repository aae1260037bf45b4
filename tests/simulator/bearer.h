/*
 * bearer.h - a bearer token: where it may stand, and from where it may come.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_BEARER_H
#define SIMULATOR_BEARER_H

#include "server.h"

/* Whether the header's value is this bearer token; `authorization` may be NULL. */
bool bearer_is(const char *authorization, const char *token);

/* Reports the token anywhere but in the header Authorization, where it may end up in a log, and an
 * Authorization of another kind. */
void bearer_watch(const struct request *request, const char *token, struct report *report);

/* Whether the request comes from one of `subnets`, a list such as "192.0.2.1/32,10.0.0.0/8"; a lone
 * address is a subnet of one. */
bool bearer_is_from(const struct request *request, const char *subnets);

#endif
