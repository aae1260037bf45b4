/*
 * gate_faults.h - faults of a FortiGate, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The faults of the wire (wire.h), those of faults.h that apply, and those of a FortiGate.
 */
#ifndef FORTIGATE_GATE_FAULTS_H
#define FORTIGATE_GATE_FAULTS_H

#include "faults.h"
#include "gate.h"
#include "reply.h"

enum gate_fault {
    GATE_FAULT_TOKEN_REVOKED = FAULT_COUNT, /* 401 */
    GATE_FAULT_HTTP_403,                    /* although the profile has the group */
    GATE_FAULT_HTTP_424,
    GATE_FAULT_HTTP_500,
    GATE_FAULT_VDOM_MISSING, /* the last envelope of the list */
    GATE_FAULT_WRONG_VDOM,   /* every envelope is of another VDOM */
    GATE_FAULT_COUNT
};

/* Returns -1 after a message about a specification that cannot be read. */
int gate_faults_read(struct gate *gate);

/* The HTTP status of a fault that is an answer of its own, otherwise 0. */
unsigned gate_fault_status(int fault);

/* Applies a fault to a correct reply: to its envelopes, its text, or its delivery. */
void gate_faults_spoil(struct reply *reply, int fault);

#endif
