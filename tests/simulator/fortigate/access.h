/*
 * access.h - access control, and how a FortiGate refuses.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIGATE_ACCESS_H
#define FORTIGATE_ACCESS_H

#include "server.h"

/* Answers a request. `simulator` is the member of a struct fgt. */
void access_answer(struct simulator *simulator, const struct request *request, struct reply *reply);

#endif
