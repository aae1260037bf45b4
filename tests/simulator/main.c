/*
 * main.c - fortimanager-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server that answers JSON-RPC as a FortiManager does, from an estate that it makes up. It
 * refuses, and counts as a violation, every url, field, option and method for which the reference
 * on FortiManager ("section N" and sample names in comments) has no source.
 */
#define _POSIX_C_SOURCE 200809L

#include "certificate.h"
#include "file.h"
#include "motion.h"
#include "server.h"
#include "simulator.h"
#include "text.h"
#include "truth.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool simulator_denies(const struct simulator *simulator, const char *what, const char *adom)
{
    const char *entry = simulator->settings.deny;
    size_t what_size = strlen(what);

    while (*entry != '\0') {
        size_t size = strcspn(entry, ",");

        if (size >= what_size && strncmp(entry, what, what_size) == 0) {
            const char *rest = entry + what_size;
            size_t rest_size = size - what_size;

            if (rest_size == 0)
                return true;
            if (adom != NULL && rest[0] == '@' && strlen(adom) == rest_size - 1 &&
                strncmp(rest + 1, adom, rest_size - 1) == 0)
                return true;
        }
        entry += size;
        entry += *entry == ',' ? 1 : 0;
    }
    return false;
}

bool simulator_denies_adom(const struct simulator *simulator, const char *adom)
{
    return simulator_denies(simulator, "devices", adom) &&
           !simulator_denies(simulator, "devices", NULL);
}

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

static int write_truth(const struct simulator *simulator)
{
    char *truth;
    int result;

    if (simulator->settings.truth_file == NULL)
        return 0;
    truth = truth_write(simulator);
    result = file_write(simulator->settings.truth_file, truth, strlen(truth));
    free(truth);
    return result;
}

static int write_report(struct simulator *simulator)
{
    char *report = report_write(simulator);
    int result = file_write(simulator->settings.report_file, report, strlen(report));

    free(report);
    return result;
}

static int write_port(const struct simulator *simulator, uint16_t port)
{
    char text[16];
    int size = snprintf(text, sizeof(text), "%u\n", (unsigned)port);

    return file_write(simulator->settings.port_file, text, (size_t)size);
}

static int serve(struct simulator *simulator, const sigset_t *signals)
{
    const struct settings *settings = &simulator->settings;
    struct certificate certificate = {NULL, NULL, NULL};
    struct server *server = NULL;
    int result = -1;
    int number;

    if (certificate_make(&certificate, settings->certificate, simulator->estate.system.serial) == 0)
        server = server_start(simulator, &certificate);
    if (server != NULL && write_truth(simulator) == 0 &&
        file_write(settings->certificate_file, certificate.trust_pem,
                   strlen(certificate.trust_pem)) == 0 &&
        write_port(simulator, server_port(server)) == 0) {
        (void)printf("%s://127.0.0.1:%u\n", settings->plain_http ? "http" : "https",
                     (unsigned)server_port(server));
        (void)fflush(stdout);
        (void)sigwait(signals, &number);
        result = 0;
    }
    server_stop(server);
    certificate_release(&certificate);
    return result;
}

int main(int argument_count, char **arguments)
{
    /* Static: the table of sessions is too large for a stack. */
    static struct simulator simulator;
    sigset_t signals;
    int result = settings_read(&simulator.settings, argument_count, arguments);

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    /* Blocked before the server's thread exists, so that only sigwait() takes them. */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigprocmask(SIG_BLOCK, &signals, NULL);
    if (begin(&simulator) != 0)
        return 2;
    result = serve(&simulator, &signals);
    if (result == 0)
        result = write_report(&simulator);
    end(&simulator);
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
