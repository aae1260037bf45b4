/*
 * access.h - who may ask: sign-in and sign-out on premises (D.1, G.2), login and logout in the
 * cloud (D.2).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_ACCESS_H
#define EMS_ACCESS_H

#include "visit.h"

/* Answers a sign-in, a sign-out, a login or a logout; false when the request is none. */
bool access_answer(const struct visit *visit);

/* Checks what every call carries: an open session, and the headers. False after a refusal. */
bool access_allows(const struct visit *visit);

#endif
