/*
 * devices.h - the device tables into inventory and topology.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DEVICES_H
#define DEVICES_H

#include "run.h"

/*
 * the device table into inventory and topology. OK although scopes may be incomplete.
 */
int32_t devices_read(struct run *run, struct failure *reterr);

/* The device tables of the ADOMs that have changed, once more. */
int32_t devices_read_changed(struct run *run, struct failure *reterr);

/* "/dvmdb/adom/NAME/device" */
void adom_devices_url(const char *adom, struct buffer *out);

/* How many devices that table counts, as a param whose url stands in `url`. */
struct rpc_param adom_count_param(const struct adom *adom, struct buffer *url);
#endif
