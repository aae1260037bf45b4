/*
 * broken.c - plugins that a host must refuse, each for its own reason. One macro picks one:
 *
 *   BROKEN_NO_ENTRY     no entry
 *   BROKEN_FOREIGN      no entry, but a linked library has one
 *   BROKEN_NULL_TABLE   the entry gives NULL
 *   BROKEN_SHORT_TABLE  the table ends before its last operation
 *   BROKEN_NO_IDENTITY  the table has no id
 *   BROKEN_NO_VERSION   the table has no version
 *   BROKEN_OPERATION    list_options is NULL
 *   BROKEN_UNRESOLVED   needs an undefined symbol
 *
 *   BROKEN_LONG_TABLE   is valid: its table is longer than the host's
 *
 * None of these: a plugin whose operations do nothing, to be refused for its file mode.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "hector/integration.h"

#if defined(BROKEN_NO_ENTRY) || defined(BROKEN_FOREIGN)

int broken_nothing(void);

int broken_nothing(void)
{
#ifdef BROKEN_FOREIGN
    return hector_integration_v1() != NULL; /* keeps the linker from dropping it */
#else
    return 0;
#endif
}

#else

#ifdef BROKEN_UNRESOLVED
/* Data, because lazy binding would not notice a missing function. */
extern const int broken_symbol_that_is_undefined;
#define BROKEN_RETURN broken_symbol_that_is_undefined
#else
#define BROKEN_RETURN HECTOR_OK
#endif

static int32_t broken_operation(const struct hector_host *host, const char *request,
                                size_t request_size, struct hector_error *error)
{
    (void)host;
    (void)request;
    (void)request_size;
    (void)error;
    return BROKEN_RETURN;
}

const struct hector_integration *hector_integration_v1(void)
{
    static const struct hector_integration table = {
#ifdef BROKEN_SHORT_TABLE
        .struct_size = offsetof(struct hector_integration, sync),
#elif defined(BROKEN_LONG_TABLE)
        .struct_size = sizeof(table) + 4096,
#else
        .struct_size = sizeof(table),
#endif
#ifndef BROKEN_NO_IDENTITY
        .id = "broken",
#endif
#ifndef BROKEN_NO_VERSION
        .version = "0",
#endif
        .describe = broken_operation,
        .validate = broken_operation,
#ifndef BROKEN_OPERATION
        .list_options = broken_operation,
#endif
        .sync = broken_operation,
    };

#ifdef BROKEN_NULL_TABLE
    (void)table;
    return NULL;
#else
    return &table;
#endif
}

#endif
