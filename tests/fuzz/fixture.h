/*
 * fixture.h - a run of the FortiManager source for the fuzz targets of its parts.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FUZZ_FIXTURE_H
#define FUZZ_FIXTURE_H

#include "host.h"
#include "inventory/summary.h"
#include "sources/fortimanager/run.h"

struct fuzz_fixture {
    struct fuzz_host host;
    struct source_call call;
    struct fmg_run run;
    struct inventory *inventory;
};

/* Begins with all attributes and types, and a key. `include` is the value of that setting, or
 * NULL. */
void fuzz_fixture_begin(struct fuzz_fixture *fixture, const uint8_t *input, size_t size,
                        const char *include);

/* Adds a managed, connected FortiGate in a wanted ADOM; returns its number in the topology. */
uint32_t fuzz_fixture_fgt(struct fuzz_fixture *fixture, const char *adom, const char *fgt);

/* Ends every scope as complete, and the run; the host checks the summary. */
void fuzz_fixture_finish(struct fuzz_fixture *fixture, int32_t code);
void fuzz_fixture_end(struct fuzz_fixture *fixture);

/* Checks what holds for every decoded unit, whatever the input. */
void fuzz_check_device(const struct device *device);
#endif
