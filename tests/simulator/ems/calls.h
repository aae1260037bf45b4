/*
 * calls.h - the calls of EMS's API, and what they take.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only what an inventory needs exists here: every other call is a violation.
 */
#ifndef EMS_CALLS_H
#define EMS_CALLS_H

#include "ems.h"
#include "server.h"

/* Answers every request. */
void calls_answer(struct simulator *simulator, const struct request *request, struct reply *reply);

#endif
