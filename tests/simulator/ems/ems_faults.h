/*
 * ems_faults.h - faults of an EMS, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The faults of the wire (wire.h), those of faults.h that apply, and those of EMS.
 */
#ifndef EMS_EMS_FAULTS_H
#define EMS_EMS_FAULTS_H

#include "faults.h"
#include "visit.h"

enum ems_fault {
    EMS_FAULT_FORBIDDEN = FAULT_COUNT, /* 403, -5 (G.2) */
    EMS_FAULT_BAD_REQUEST,             /* 400, -1 */
    EMS_FAULT_HTTP_500,                /* 500, -2 */
    EMS_FAULT_DATABASE,                /* 500, -7: of a sign-in only */
    EMS_FAULT_HTTP_404,
    EMS_FAULT_RETVAL_0,           /* a failure in an HTTP 200 */
    EMS_FAULT_SESSION_IN_MESSAGE, /* a failure whose message repeats the session */
    EMS_FAULT_OTHER_DEVICE,       /* details of another id */
    EMS_FAULT_NO_HARDWARE,        /* details without hardware_details */
    EMS_FAULT_TOTAL_MORE,         /* one more than there are */
    EMS_FAULT_TOTAL_ABSENT,
    EMS_FAULT_SHORT_PAGE, /* half of the rows, with more behind them */
    EMS_FAULT_ODD_ROWS,   /* besides the good ones */
    EMS_FAULT_COUNT
};

/* Returns -1 after a message about a specification that cannot be read. Chooses the endpoints that
 * move. */
int ems_faults_read(struct ems *ems);

/* Refuses a call in place of the right answer; false when the fault is another one. */
bool ems_faults_refuse(const struct visit *visit);

/* Whether something before the EMS answers in its place. */
bool ems_faults_intercept(int fault);

/* Applies a fault to a correct reply: to its data, its text, or its delivery. */
void ems_faults_spoil(struct reply *reply, int fault);

#endif
