/*
 * call.h - one call of one operation: the host's side of the interface.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_CALL_H
#define HOST_STUB_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "console.h"
#include "hector/integration.h"
#include "secrets.h"
#include "sink.h"

struct call {
    struct secrets *secrets;
    struct console *console;
    struct sink *sink;

    /* Results of the call. */
    struct hector_error error;
    uint64_t documents, summaries, assets;
    uint64_t options; /* `option` documents: values of a setting */
    bool refused;     /* a document was refused; the operation must return HOST */
    char defect[256]; /* how the plugin broke a rule of the interface, as a sentence; "" = it did
                         not */
};

/*
 * Calls the operation and returns its code; call->error is filled as the interface defines. A
 * plugin that breaks the interface never succeeds: if it continues after a refused document, the
 * code is HOST.
 */
int32_t call_operation(struct call *call, hector_operation *operation, struct span request);

/*
 * Checks that a sync that delivered emitted exactly one summary. Returns `code`, or INTERNAL with
 * call->defect set.
 */
int32_t call_check_summary(struct call *call, int32_t code);

#endif
