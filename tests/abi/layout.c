/*
 * layout.c - prints the declarations of the interface's header: names, sizes, offsets, numbers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Built twice, with the frozen header (tests/abi/v1) and with today's. tests/abi/abi.sh compares. A
 * removed name, or a changed type, does not compile.
 */
#include <inttypes.h>
#include <stdio.h>

#include "hector/integration.h"

#define SIZE(tag) printf("size %s %zu\n", #tag, sizeof(struct tag))
#define MEMBER(tag, member)                                                                        \
    printf("member %s.%s %zu %zu\n", #tag, #member, offsetof(struct tag, member),                  \
           sizeof(((struct tag *)0)->member))
#define NUMBER(name) printf("number %s %" PRIdMAX "\n", #name, (intmax_t)(name))

/* Compiles for this very type, not for one that converts to it. */
#define TYPE(tag, member, type)                                                                    \
    _Static_assert(_Generic(((struct tag *)0)->member, type : 1, default : 0), #tag "." #member)
typedef int32_t layout_emit(void *, const char *, size_t);
typedef void layout_log(void *, uint32_t, const char *, size_t);
typedef void layout_progress(void *, const char *, size_t, uint64_t, uint64_t);
typedef int32_t layout_cancelled(void *);
typedef int64_t layout_secret(void *, const char *, size_t, char *, size_t);
typedef int32_t layout_operation(const struct hector_host *, const char *, size_t,
                                 struct hector_error *);
TYPE(hector_error, struct_size, uint32_t);
TYPE(hector_error, cause, int32_t);
TYPE(hector_error, retry_after_s, uint32_t);
TYPE(hector_error, reserved, uint32_t);
TYPE(hector_error, reason, char *);
TYPE(hector_error, field, char *);
TYPE(hector_error, message, char *);
TYPE(hector_error, detail, char *);
TYPE(hector_host, struct_size, uint32_t);
TYPE(hector_host, log_level, uint32_t);
TYPE(hector_host, context, void *);
TYPE(hector_host, emit, layout_emit *);
TYPE(hector_host, log, layout_log *);
TYPE(hector_host, progress, layout_progress *);
TYPE(hector_host, cancelled, layout_cancelled *);
TYPE(hector_host, secret, layout_secret *);
TYPE(hector_integration, struct_size, uint32_t);
TYPE(hector_integration, reserved, uint32_t);
TYPE(hector_integration, id, const char *);
TYPE(hector_integration, version, const char *);
TYPE(hector_integration, describe, layout_operation *);
TYPE(hector_integration, validate, layout_operation *);
TYPE(hector_integration, list_options, layout_operation *);
TYPE(hector_integration, sync, layout_operation *);
_Static_assert(_Generic(&hector_integration_v1, const struct hector_integration *(*)(void) : 1,
                        default : 0),
               "hector_integration_v1");
_Static_assert(_Generic((hector_operation *)0, layout_operation * : 1, default : 0),
               "hector_operation");

static void print_members(void)
{
    MEMBER(hector_error, struct_size);
    MEMBER(hector_error, cause);
    MEMBER(hector_error, retry_after_s);
    MEMBER(hector_error, reserved);
    MEMBER(hector_error, reason);
    MEMBER(hector_error, field);
    MEMBER(hector_error, message);
    MEMBER(hector_error, detail);
    MEMBER(hector_host, struct_size);
    MEMBER(hector_host, log_level);
    MEMBER(hector_host, context);
    MEMBER(hector_host, emit);
    MEMBER(hector_host, log);
    MEMBER(hector_host, progress);
    MEMBER(hector_host, cancelled);
    MEMBER(hector_host, secret);
    MEMBER(hector_integration, struct_size);
    MEMBER(hector_integration, reserved);
    MEMBER(hector_integration, id);
    MEMBER(hector_integration, version);
    MEMBER(hector_integration, describe);
    MEMBER(hector_integration, validate);
    MEMBER(hector_integration, list_options);
    MEMBER(hector_integration, sync);
}

static void print_numbers(void)
{
    NUMBER(HECTOR_OK);
    NUMBER(HECTOR_PARTIAL);
    NUMBER(HECTOR_CONFIG);
    NUMBER(HECTOR_AUTH);
    NUMBER(HECTOR_PERMISSION);
    NUMBER(HECTOR_UNREACHABLE);
    NUMBER(HECTOR_THROTTLED);
    NUMBER(HECTOR_DATA);
    NUMBER(HECTOR_LIMIT);
    NUMBER(HECTOR_CANCELLED);
    NUMBER(HECTOR_HOST);
    NUMBER(HECTOR_NO_MEMORY);
    NUMBER(HECTOR_INTERNAL);
    NUMBER(HECTOR_ABI);
    NUMBER(HECTOR_LOG_ERROR);
    NUMBER(HECTOR_LOG_WARNING);
    NUMBER(HECTOR_LOG_INFO);
    NUMBER(HECTOR_LOG_DEBUG);
    NUMBER(HECTOR_LOG_TRACE);
    NUMBER(HECTOR_REQUEST_MAX);
    NUMBER(HECTOR_SECRET_MAX);
}

int main(void)
{
    /* Not called, because it is for plugins. A table that ends right before `secret` shows the
     * boundary of HECTOR_HAS(): the last member counts only if the table covers it whole. */
    const struct hector_host reaches = {.struct_size = offsetof(struct hector_host, secret)};

    print_members();
    print_numbers();
    printf("symbol %s\n", HECTOR_INTEGRATION_SYMBOL);
    printf("has %d %d\n", HECTOR_HAS(&reaches, struct hector_host, cancelled),
           HECTOR_HAS(&reaches, struct hector_host, secret));
    SIZE(hector_error);
    SIZE(hector_host);
    SIZE(hector_integration);
    return 0;
}
