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
    struct sink *sink; /* NULL = only the descriptor is wanted, see below */
    bool syncs; /* the operation is sync, which must emit exactly one summary if it delivers */

    /* Results of the call. */
    json_object *descriptor; /* without a sink; to be released with json_object_put() */
    struct hector_error error;
    uint64_t documents, summaries, assets;
    uint64_t options; /* `option` documents: values of a setting */
    bool refused;     /* a document was refused; the operation must return HOST */
    char defect[256]; /* the violation of the interface by the plugin, as a sentence; "" = none */
};

/*
 * Checks and parses a document. Returns NULL, or what is wrong, as the end of a sentence: "is not
 * JSON". The document is valid as long as `text`.
 */
const char *call_parse(struct document *document, struct span text);

/*
 * Calls the operation and returns its code; call->error is filled as the interface defines. A
 * plugin that breaks the interface never succeeds: if it continues after a refused document, the
 * code is HOST; without the summary of a sync, INTERNAL.
 */
int32_t call_operation(struct call *call, hector_operation *operation, struct span request);

#endif
