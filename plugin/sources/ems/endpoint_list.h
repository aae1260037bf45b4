/*
 * endpoint_list.h - all endpoints that an EMS lists.
 * SPDX-License-Identifier: Apache-2.0
 *
 * GET endpoints/index has parameters offset and count, whose default is 50 and which has no
 * documented maximum, and order_by, whose default is a name that is not unique: pages in that order
 * may repeat rows and lack others [OpenAPI document of EMS 7.2.1]. An older server may ignore the
 * order, cap pages or repeat them. So the list goes on after the rows received, an endpoint counts
 * once, by its device_id, and the list is complete if there are as many as EMS counts and each row
 * has such an id, 1 or more.
 */
#ifndef EMS_ENDPOINT_LIST_H
#define EMS_ENDPOINT_LIST_H

#include "base/strmap.h"
#include "base/vector.h"
#include "run.h"

struct ems_endpoint {
    int64_t id;      /* device_id, above 0 */
    int64_t contact; /* Unix seconds; 0 = never */
    size_t row;      /* where its row begins in the rows of the list, packed; of a managed one */
    int32_t pass;    /* the last reading that listed it */
    bool managed;    /* or found in a directory only, without FortiClient */
    bool asked;      /* its details were requested */
};

VECTOR_TYPE(ems_endpoints, struct ems_endpoint)

/* Initially {.rows = BUFFER(STORE_MAX)}. */
struct ems_list {
    struct ems_endpoints all; /* after ems_list_read(): the managed ones, the newest first */
    struct strmap ids;        /* their places in `all`, during the reading */
    struct buffer rows;
    uint64_t count, total;     /* endpoints that were listed; those that EMS counts */
    bool counted;              /* EMS counts them */
    struct failure incomplete; /* why endpoints may be missing; cause 0 = none are */
};

/*
 * Reads the list, and once more if endpoints are missing or it changed meanwhile. Counts the
 * unmanaged ones as skipped, in the inventory. OK also if the list is incomplete; any other code
 * ends the run. ems_list_release() in any case.
 */
int32_t ems_list_read(struct ems_run *run, struct ems_list *list, struct failure *failure);
void ems_list_release(struct ems_list *list);

/* Memory of the list in bytes. */
size_t ems_list_bytes(const struct ems_list *list);
#endif
