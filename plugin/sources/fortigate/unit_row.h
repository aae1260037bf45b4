/*
 * unit_row.h - decodes one row of a FortiGate's switches or access points into a device.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_UNIT_ROW_H
#define FGT_UNIT_ROW_H

#include "sources/fortios/fortios.h"
#include "unit_kind.h"

struct unit_row {
    const char *id;       /* name of the row for people; "" = none */
    const char *vdom;     /* named by the row itself, or NULL */
    const char *owner;    /* VDOM that lends the unit to the one that lists it, or NULL */
    enum message_id skip; /* why it is no asset; SKIP_NONE = it is one */
    bool model_guessed;   /* only the serial's prefix is known */
    char model[MODEL_MAX];
    struct fortios_texts texts;
};

/*
 * Decodes one row and classifies it by the same rules as a FortiManager's rows. Fills `ret_device`,
 * except its scope, unless the row is skipped. The results borrow from the row, from `ret` and from
 * `run`.
 */
void fgt_unit_row_read(const struct fgt_run *run, struct json_object *row,
                       const struct unit_kind *kind, struct unit_row *ret,
                       struct device *ret_device);
#endif
