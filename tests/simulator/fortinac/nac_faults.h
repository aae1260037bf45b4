/*
 * nac_faults.h - faults of a FortiNAC, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The faults of the wire (wire.h), those of faults.h that apply, and those of FortiNAC.
 */
#ifndef FORTINAC_NAC_FAULTS_H
#define FORTINAC_NAC_FAULTS_H

#include "faults.h"
#include "fortinac.h"
#include "reply.h"

enum nac_fault {
    NAC_FAULT_TOKEN_REVOKED = FAULT_COUNT, /* 401 */
    NAC_FAULT_HTTP_403,
    NAC_FAULT_HTTP_500,
    NAC_FAULT_FAILURE,        /* HTTP 200 with a status other than success (B) */
    NAC_FAULT_TOKEN_ECHOED,   /* the same, and the message repeats the token */
    NAC_FAULT_ODD_ROWS,       /* besides the good ones */
    NAC_FAULT_TOTAL_WRONG,    /* one more than there are */
    NAC_FAULT_SHORT_PAGE,     /* half of the rows, with more behind them */
    NAC_FAULT_TRAILING_COMMA, /* as the documentation prints a list (B) */
    NAC_FAULT_COUNT
};

/* Returns -1 after a message about a specification that cannot be read. Chooses the hosts that
 * move. */
int nac_faults_read(struct fortinac *fortinac);

/* Applies a fault to a correct reply: to its rows, its text, or its delivery. */
void nac_faults_spoil(struct reply *reply, int fault);

#endif
