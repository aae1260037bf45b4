/*
 * fgt_faults.h - faults of a FortiGate, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The faults of the wire (wire.h), those of faults.h that apply, and those of a FortiGate.
 */
#ifndef FORTIGATE_FGT_FAULTS_H
#define FORTIGATE_FGT_FAULTS_H

#include "faults.h"
#include "fgt.h"
#include "reply.h"

enum fgt_fault {
    FGT_FAULT_TOKEN_REVOKED = FAULT_COUNT, /* 401 */
    FGT_FAULT_HTTP_403,                    /* although the profile has the group */
    FGT_FAULT_HTTP_424,
    FGT_FAULT_HTTP_500,
    FGT_FAULT_VDOM_MISSING, /* the last envelope of the list */
    FGT_FAULT_WRONG_VDOM,   /* every envelope is of another VDOM */
    FGT_FAULT_COUNT
};

/* Returns -1 after a message about a specification that cannot be read. */
int fgt_faults_read(struct fgt *fgt);

/* The HTTP status of a fault that is an answer of its own, otherwise 0. */
unsigned fgt_fault_status(int fault);

/* Applies a fault to a correct reply: to its envelopes, its text, or its delivery. */
void fgt_faults_spoil(struct reply *reply, int fault);

#endif
