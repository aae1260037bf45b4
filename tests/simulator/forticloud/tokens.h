/*
 * tokens.h - FortiCloud's login: a token for one API (C.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_TOKENS_H
#define FORTICLOUD_TOKENS_H

#include "forticloud.h"
#include "reply.h"
#include "server.h"

/* Answers a login. */
void tokens_answer(struct forticloud *forticloud, const struct request *request,
                   struct reply *reply);

/* The living token with this text, or NULL. */
struct token *tokens_find(struct forticloud *forticloud, const char *text);

#endif
