/*
 * calls.h - the calls of FortiNAC's REST API.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTINAC_CALLS_H
#define FORTINAC_CALLS_H

#include "server.h"

/* Answers one request. `simulator` is the first member of a struct fortinac. */
void calls_answer(struct simulator *simulator, const struct request *request, struct reply *reply);

#endif
