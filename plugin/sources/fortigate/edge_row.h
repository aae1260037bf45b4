/*
 * edge_row.h - one row of a FortiGate's switches or access points, as a device.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EDGE_ROW_H
#define EDGE_ROW_H

#include "gate.h"
#include "sources/fortios/fortios.h"

struct edge_row {
    const char *id;     /* what names the row for people; "" when nothing does */
    const char *vdom;   /* that the row itself names, or NULL */
    const char *owner;  /* the VDOM that lends it to the one that lists it, or NULL */
    enum text_id skip;  /* why it is no asset; TEXT_COUNT = it is one */
    bool model_guessed; /* only the serial's prefix is known */
    char model[MODEL_MAX];
    struct fortios_texts texts;
};

/*
 * Decodes and classifies, by the rules that a FortiManager's rows are judged by. `ret_device` is
 * filled, but for its scope, unless the row is skipped. Borrows from the row, from `ret` and from
 * the run.
 */
void edge_row_read(const struct gate_run *run, struct json_object *row, enum device_type type,
                   struct edge_row *ret, struct device *ret_device);
#endif
