/*
 * cloud_faults.h - faults of FortiCloud, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The faults of the wire (wire.h), those of faults.h that apply, and those of FortiCloud.
 */
#ifndef FORTICLOUD_CLOUD_FAULTS_H
#define FORTICLOUD_CLOUD_FAULTS_H

#include "faults.h"
#include "forticloud.h"
#include "reply.h"

enum cloud_fault {
    CLOUD_FAULT_TOKEN_EXPIRED = FAULT_COUNT, /* the token of the request dies before it */
    CLOUD_FAULT_TOKEN_TRANSIENT,             /* the same message about a token that lives (G.3) */
    CLOUD_FAULT_ACCESS_DENIED,
    CLOUD_FAULT_HTTP_500,
    CLOUD_FAULT_OTHER_ERROR,      /* status -2 (assetmgmt_error_301_license_download) */
    CLOUD_FAULT_TOKEN_IN_MESSAGE, /* an error that repeats the token */
    CLOUD_FAULT_NO_PRODUCT,       /* assetmgmt_products_list_empty */
    CLOUD_FAULT_NO_RECORD,        /* status 1008 (G.3) */
    CLOUD_FAULT_PAGES_GROW,       /* totalPages is always one more */
    CLOUD_FAULT_ODD_ROWS,
    CLOUD_FAULT_COUNT
};

/* Returns -1 after a message about a specification that cannot be read. */
int cloud_faults_read(struct forticloud *forticloud);

/* Applies a fault to a correct reply: to its list, its text, or its delivery. */
void cloud_faults_spoil(struct reply *reply, int fault);

#endif
