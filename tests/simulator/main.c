/*
 * main.c - fortimanager-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server that answers JSON-RPC as a FortiManager does, from an estate that it makes up. It
 * refuses, and counts as a violation, every url, field, option and method for which the reference
 * on FortiManager ("section N" and sample names in comments) has no source.
 */
#include "fortimanager.h"
#include "motion.h"
#include "serve.h"
#include "simulator.h"
#include "truth.h"

#include <stdlib.h>

/* A device is seen when one of its ADOMs is not denied, or when it has none. */
static bool is_visible(const struct simulator *simulator, const struct device *device)
{
    bool somewhere = false;

    for (uint32_t i = 0; i < device->vdom_count; i++) {
        const struct adom *adom = device->vdoms[i].adom;

        if (adom != NULL && !simulator_denies(simulator, "devices", adom->name))
            return true;
        somewhere = somewhere || adom != NULL;
    }
    return !somewhere;
}

static void copy_visible(const struct simulator *simulator, const struct rows *all,
                         struct rows *ret_visible)
{
    for (size_t i = 0; i < all->count; i++)
        if (is_visible(simulator, all->items[i]))
            rows_add(ret_visible, all->items[i]);
}

static int begin(struct simulator *simulator)
{
    if (faults_read(&simulator->faults, &simulator->settings) != 0)
        return -1;
    if (faults_planned(&simulator->faults, FAULT_PROXY_BATCH_FAILS) > 0 &&
        simulator->settings.proxy_dead == 0)
        simulator->settings.proxy_dead = 1;
    simulator->order.state = simulator->settings.seed;
    estate_build(&simulator->estate, &simulator->settings);
    copy_visible(simulator, &simulator->estate.devices_by_name, &simulator->visible_by_name);
    copy_visible(simulator, &simulator->estate.devices_by_oid, &simulator->visible_by_oid);
    motion_begin(simulator);
    sessions_begin(&simulator->sessions, &simulator->settings);
    report_begin(&simulator->report);
    return 0;
}

static void end(struct simulator *simulator)
{
    report_release(&simulator->report);
    free(simulator->visible_by_name.items);
    free(simulator->visible_by_oid.items);
    free(simulator->moving.items);
    estate_release(&simulator->estate);
}

int main(int argument_count, char **arguments)
{
    /* Static: the table of sessions is too large for a stack. */
    static struct simulator simulator;
    int result = settings_read(&simulator.settings, argument_count, arguments);
    char *truth;

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    if (begin(&simulator) != 0)
        return 2;
    truth = truth_write(&simulator);
    result = serve(&simulator, fortimanager_answer, simulator.estate.system.serial, truth);
    free(truth);
    end(&simulator);
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
