/*
 * scopes.c - names the ADOMs as scopes, and ends them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "scopes.h"

#include <inttypes.h>
#include <stdio.h>

#include "management.h"
#include "system.h"

/* ---- coverage status */

/*
 * Marks the units of a FortiGate in no ADOM as incomplete if it counts any: no unit list contains
 * them.
 */
static int32_t fail_unplaced(struct fmg_run *run, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < run->topology.fgts.count; i++) {
        const struct fgt *fgt = &run->topology.fgts.items[i];
        bool unplaced = fgt->read && fgt->is_fgt && fgt->counts && fgt->first_adom == STRMAP_NONE;

        for (enum device_type type = FIREWALL;
             code == HECTOR_OK && unplaced && type < DEVICE_TYPE_COUNT; type++) {
            const char *units = operation_text(run->operation, device_type_info(type)->units);
            struct failure why;

            if (fgt->counted[type] > 0 && inventory_expects(run->inventory, SCOPE_NONE, type)) {
                (void)fail(run->operation, &why, REASON_gate_without_adom, NULL,
                           ARGUMENTS(fgt->name, units));
                code = inventory_end_scope(run->inventory, SCOPE_NONE, type, &why, failure);
            }
        }
    }
    return code;
}

int32_t fmg_scopes_end(struct fmg_run *run, struct failure *failure)
{
    int32_t code;

    if ((code = fail_unplaced(run, failure)) != HECTOR_OK ||
        (code = fmg_scope_end(run, SCOPE_NONE, NULL, failure)) != HECTOR_OK) {
        return code;
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        code = fmg_scope_end(run, run->topology.adoms.items[i].scope, NULL, failure);
    }
    return code;
}

/* ---- names */

/* Names an ADOM's scope. The alias is its oid, which stays the same when the ADOM is renamed. */
static int32_t name_adom(struct fmg_run *run, const struct adom *adom, enum scope_state state,
                         struct failure *failure)
{
    char label[MESSAGE_MAX], oid[32];
    const char *alias = oid;

    operation_sentence(run->operation, label, sizeof(label), LABEL_label_scope_adom,
                       ARGUMENTS(adom->name));
    (void)snprintf(oid, sizeof(oid), "adom_oid:%" PRId64, adom->oid);
    return inventory_name_scope(
        run->inventory, &(struct scope_names){adom->scope, label, &alias, adom->oid != 0 ? 1 : 0},
        state, failure);
}

/* Names a scope that is no ADOM. */
static int32_t name_other(struct fmg_run *run, const char *scope, enum message_id label,
                          enum scope_state state, struct failure *failure)
{
    const char *text = operation_text(run->operation, label);

    return inventory_name_scope(run->inventory, &(struct scope_names){scope, text, NULL, 0}, state,
                                failure);
}

int32_t fmg_scopes_name(struct fmg_run *run, bool ended, struct failure *failure)
{
    /*
     * The scope of devices in no ADOM counts as read unless /dvmdb/device was refused or the
     * settings name ADOMs: after another failure such devices may exist. It never lists the units
     * of an ADOM.
     */
    enum scope_state none = run->settings->adoms != NULL ? SCOPE_NOT_CHOSEN
                            : run->none_refused          ? SCOPE_OUTSIDE
                                                         : SCOPE_IN;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];
        bool read = adom->wanted && !adom->outside;

        if ((!fmg_adom_holds_devices(adom->name) && !adom->wanted) ||
            fmg_name_damaged(adom->name)) {
            continue;
        }
        code = name_adom(run, adom,
                         read           ? SCOPE_IN
                         : adom->wanted ? SCOPE_OUTSIDE
                                        : SCOPE_NOT_CHOSEN,
                         failure);
        if (code == HECTOR_OK && read) {
            code = fmg_scope_expect(run, adom->scope, failure);
        }
        if (adom->wanted && adom->outside) {
            inventory_set_units_outside(run->inventory);
        }
    }
    /* These are all scopes if all ADOMs are known, and whether devices are in no ADOM. */
    inventory_set_scopes_complete(
        run->inventory, ended && run->adoms_known && !run->names_damaged &&
                            (run->all_read || run->none_refused || run->settings->adoms != NULL));
    if (code != HECTOR_OK ||
        (code = name_other(run, SCOPE_NONE, LABEL_label_scope_none, none, failure)) != HECTOR_OK ||
        !run->settings->device_types[MANAGEMENT] ||
        (code = name_other(run, SCOPE_MANAGEMENT, LABEL_label_scope_management, SCOPE_IN,
                           failure)) != HECTOR_OK) {
        return code;
    }
    return inventory_expect(run->inventory, SCOPE_MANAGEMENT, MANAGEMENT, failure);
}
