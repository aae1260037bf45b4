/*
 * calls.h - the calls of Asset Management and FortiFlex: who may make them, and with what.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the four lists exist here: every other call changes something or hands out a licence, or
 * costs calls that an inventory does not need (C.2, C.3).
 */
#ifndef FORTICLOUD_CALLS_H
#define FORTICLOUD_CALLS_H

#include "forticloud.h"
#include "server.h"

/* Answers every request. */
void calls_answer(struct simulator *simulator, const struct request *request, struct reply *reply);

#endif
