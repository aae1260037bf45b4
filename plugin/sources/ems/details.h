/*
 * details.h - the details of the managed endpoints, one call each.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_DETAILS_H
#define EMS_DETAILS_H

#include "endpoint_list.h"
#include "sources/endpoints.h"

/* The state of a reading of details. Initially all zero but run, list and endpoints. */
struct ems_details {
    struct ems_run *run;
    struct ems_list *list;
    struct endpoints *endpoints; /* that receives them; NULL = they are only looked at */
    int32_t path;                /* the path that this version has; -1 = not known yet */
    size_t read;                 /* endpoints whose details were read */
    size_t with_hardware;        /* of these, with the member hardware_details */
    int32_t unreachable;         /* failures in a row of an EMS that does not answer */
    bool ended;                  /* the rest is not read, because of `why` */
    struct failure why;          /* the first failure, or what ended the reading; cause 0 = none */
};

void ems_details_init(struct ems_run *run, struct ems_list *list, struct endpoints *endpoints,
                      struct ems_details *ret);

/*
 * Reads the details of EMS_SAMPLE endpoints that were in contact in the week before the newest
 * contact, or else of the newest ones, spread over the list. `*ret_lacking`: all were read, and
 * none has hardware details, so this version reports no serial numbers. Else as ems_details_read().
 */
int32_t ems_details_sample(struct ems_details *details, bool *ret_lacking, struct failure *failure);

/*
 * Reads the details that were not read yet, the newest contact first. OK also if some, or the rest,
 * could not be read: details->read, and details->why. Any other code ends the run.
 */
int32_t ems_details_read(struct ems_details *details, struct failure *failure);
#endif
