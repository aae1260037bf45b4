/*
 * test_border.c - fortinet.so through its real entry: tables, errors and requests of every length.
 * SPDX-License-Identifier: Apache-2.0
 *
 * PLUGIN  the file to load
 *
 * Built with the frozen header (tests/abi/v1). Buffers for the plugin end at the end of a page,
 * followed by one without access: reading or writing a byte too many crashes. Read-only input is in
 * write-protected pages. Where memory follows a buffer, it is poison.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hector/integration.h"
#include "lib/tap.h"

#define POISON    0xA5
#define TABLE_MAX (sizeof(struct hector_host) + 64)

static const struct hector_integration *plugin;

static int load(void)
{
    const struct hector_integration *(*entry)(void);
    void *object = dlopen(getenv("PLUGIN"), RTLD_NOW | RTLD_LOCAL);
    void *symbol = object != NULL ? dlsym(object, HECTOR_INTEGRATION_SYMBOL) : NULL;

    if (symbol != NULL) {
        memcpy(&entry, &symbol, sizeof(entry)); /* C has no cast from an object to a function */
        plugin = entry();
    }
    return plugin == NULL;
}

/* ---- memory that ends at the end of a page */

struct edge {
    unsigned char *pages, *bytes;
    size_t page_bytes, size;
};

/* `size` bytes of poison, followed by a page without access. */
static struct edge edge_new(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct edge edge = {.size = size, .page_bytes = (size + page - 1) / page * page};

    edge.pages = mmap(NULL, edge.page_bytes + page, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CU_ASSERT_FATAL(edge.pages != MAP_FAILED);
    edge.bytes = edge.pages + edge.page_bytes - size;
    memset(edge.pages, POISON, edge.page_bytes);
    CU_ASSERT_EQUAL_FATAL(mprotect(edge.pages + edge.page_bytes, page, PROT_NONE), 0);
    return edge;
}

static void edge_protect(const struct edge *edge)
{
    CU_ASSERT_EQUAL_FATAL(mprotect(edge->pages, edge->page_bytes, PROT_READ), 0);
}

static void edge_free(struct edge *edge)
{
    (void)munmap(edge->pages, edge->page_bytes + (size_t)sysconf(_SC_PAGESIZE));
}

static bool is_poison(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != POISON) {
            return false;
        }
    }
    return true;
}

/* ---- the host */

struct counts {
    int documents;
};

static int32_t take_document(void *context, const char *document, size_t size)
{
    struct counts *counts = context;

    CU_ASSERT_TRUE(size > 10 && memcmp(document, "{\"kind\":\"", 9) == 0);
    counts->documents++;
    return 0;
}

static void take_line(void *context, uint32_t level, const char *text, size_t size)
{
    (void)context;
    CU_ASSERT_TRUE(level <= HECTOR_LOG_DEBUG && size > 0 && text[0] != '\0');
}

static void take_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    (void)context;
    (void)done;
    (void)total;
    CU_ASSERT_TRUE(size > 0 && phase[0] != '\0');
}

static int32_t report_cancelled(void *context)
{
    (void)context;
    return 1;
}

static int64_t give_secret(void *context, const char *name, size_t name_size, char *buffer,
                           size_t capacity)
{
    (void)context;
    (void)buffer;
    CU_ASSERT_TRUE(name_size > 0 && name[0] != '\0' && capacity == HECTOR_SECRET_MAX);
    return -1;
}

/* A table that claims the size `says`; it has `size` bytes, and ends at the end of a page. */
static struct edge table_new(struct counts *counts, size_t size, uint32_t says)
{
    const struct hector_host whole = {.struct_size = says,
                                      .log_level = HECTOR_LOG_DEBUG,
                                      .context = counts,
                                      .emit = take_document,
                                      .log = take_line,
                                      .progress = take_progress,
                                      .cancelled = report_cancelled,
                                      .secret = give_secret};
    struct edge edge = edge_new(size);

    memcpy(edge.bytes, &whole, size < sizeof(whole) ? size : sizeof(whole));
    /* Members beyond the claimed size are poison, too. */
    if (says < size && says < sizeof(whole)) {
        size_t from = says < sizeof(uint32_t) ? sizeof(uint32_t) : says;

        memset(edge.bytes + from, POISON, size - from);
    }
    edge_protect(&edge);
    return edge;
}

static const struct hector_host *as_host(const struct edge *edge)
{
    return (const struct hector_host *)(const void *)edge->bytes;
}

/* Ends at the first poll, before anything is sent; the second request is refused without a poll. */
static const char REQUEST[] = "{\"host\":{\"allow_loopback\":true},\"option\":\"adoms\","
                              "\"settings\":{\"url\":\"https://127.0.0.1:1\"}}";
static const char REFUSED[] = "{\"option\":\"adoms\",\"settings\":{\"url\":\"127.0.0.1\"}}";

static hector_operation *operation_of(int index)
{
    return index == 0   ? plugin->describe
           : index == 1 ? plugin->validate
           : index == 2 ? plugin->list_options
                        : plugin->sync;
}

#define OPERATIONS 4
#define SYNC       3

/* ---- the host's table */

static void call_with_table(size_t size, uint32_t says)
{
    for (int i = 0; i < OPERATIONS; i++) {
        struct counts counts = {0};
        struct hector_error error = {.struct_size = sizeof(error)};
        struct edge table = table_new(&counts, size, says);
        bool polled = says >= offsetof(struct hector_host, secret);
        const char *request = polled ? REQUEST : REFUSED;
        int32_t code = operation_of(i)(as_host(&table), request, strlen(request), &error);

        if (says < offsetof(struct hector_host, log)) {
            CU_ASSERT_EQUAL(code, HECTOR_ABI);
            CU_ASSERT_EQUAL(error.cause, HECTOR_ABI);
            CU_ASSERT_STRING_EQUAL(error.reason, "host_table");
            CU_ASSERT_EQUAL(counts.documents, 0);
        } else if (i == 0) {
            CU_ASSERT_EQUAL(code, HECTOR_OK);
            CU_ASSERT_EQUAL(counts.documents, 1);
        } else {
            CU_ASSERT_EQUAL(code, polled ? HECTOR_CANCELLED : HECTOR_CONFIG);
            CU_ASSERT_STRING_EQUAL(error.reason, polled ? "cancelled" : "address_refused");
            CU_ASSERT_EQUAL(counts.documents, i == SYNC ? 1 : 0);
        }
        edge_free(&table);
    }
}

/* Sizes that end at a member, and within one. */
static void test_short_tables(void)
{
    for (uint32_t says = 0; says <= sizeof(struct hector_host); says += 4) {
        size_t size = says < 8 ? 8 : (says + 7) / 8 * 8; /* aligned, as in any host */

        call_with_table(size, says);                       /* no memory after it */
        call_with_table(sizeof(struct hector_host), says); /* followed by poison */
    }
}

/* A host of a later version: its further members are poison, or inaccessible. */
static void test_long_tables(void)
{
    for (uint32_t more = 4; more <= 64; more += 4) {
        call_with_table(TABLE_MAX, (uint32_t)sizeof(struct hector_host) + more);
        call_with_table(sizeof(struct hector_host), (uint32_t)sizeof(struct hector_host) + more);
    }
    call_with_table(sizeof(struct hector_host), UINT32_MAX);
}

static void test_no_table(void)
{
    const struct hector_host empty = {.struct_size = sizeof(empty)};

    for (int i = 0; i < OPERATIONS; i++) {
        struct hector_error error = {.struct_size = sizeof(error)};

        CU_ASSERT_EQUAL(operation_of(i)(NULL, "{}", 2, &error), HECTOR_ABI);
        CU_ASSERT_STRING_EQUAL(error.reason, "host_table");
        CU_ASSERT_EQUAL(operation_of(i)(NULL, NULL, 0, NULL), HECTOR_ABI);
        CU_ASSERT_EQUAL(operation_of(i)(&empty, "{}", 2, &error), HECTOR_ABI);
    }
}

/* ---- the error */

/* Members within the size are written; not one byte of the others, or after the struct. */
static void check_error(const struct edge *memory, uint32_t says)
{
    const unsigned char *bytes = memory->bytes;
    const struct hector_error *error = (const struct hector_error *)(const void *)bytes;
    static const struct {
        size_t from, end;
        const char *text;
    } texts[] = {
        {offsetof(struct hector_error, reason), offsetof(struct hector_error, field),
         "request_invalid"},
        {offsetof(struct hector_error, field), offsetof(struct hector_error, message), ""},
        {offsetof(struct hector_error, message), offsetof(struct hector_error, detail), NULL},
        {offsetof(struct hector_error, detail), sizeof(struct hector_error), ""},
    };

    CU_ASSERT_EQUAL(error->struct_size, says);
    if (says >= 8) {
        CU_ASSERT_EQUAL(error->cause, HECTOR_CONFIG);
    }
    if (says >= 12) {
        CU_ASSERT_EQUAL(error->retry_after_s, 0);
    }
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const char *text = (const char *)bytes + texts[i].from;

        if (texts[i].end <= says) {
            CU_ASSERT_PTR_NOT_NULL(memchr(text, '\0', texts[i].end - texts[i].from));
            CU_ASSERT_TRUE(texts[i].text == NULL ? text[0] != '\0'
                                                 : strcmp(text, texts[i].text) == 0);
        } else if (texts[i].from < memory->size) {
            CU_ASSERT_TRUE(is_poison(bytes + texts[i].from,
                                     (texts[i].end < memory->size ? texts[i].end : memory->size) -
                                         texts[i].from));
        }
    }
    if (memory->size > sizeof(struct hector_error)) {
        CU_ASSERT_TRUE(is_poison(bytes + sizeof(struct hector_error),
                                 memory->size - sizeof(struct hector_error)));
    }
}

static void call_with_error(size_t size, uint32_t says)
{
    for (int i = 0; i < OPERATIONS; i++) {
        struct counts counts = {0};
        struct edge table =
            table_new(&counts, sizeof(struct hector_host), (uint32_t)sizeof(struct hector_host));
        struct edge memory = edge_new(size);

        memcpy(memory.bytes, &says, sizeof(says));
        CU_ASSERT_EQUAL(
            operation_of(i)(as_host(&table), "[", 1, (struct hector_error *)(void *)memory.bytes),
            HECTOR_CONFIG);
        check_error(&memory, says);
        edge_free(&memory);
        edge_free(&table);
    }
}

static void test_errors(void)
{
    for (uint32_t says = 0; says <= sizeof(struct hector_error); says += 4) {
        call_with_error(says < 4 ? 4 : says, says); /* no memory after it */
    }
    for (uint32_t says = 0; says <= sizeof(struct hector_error) + 64; says += 16) {
        call_with_error(sizeof(struct hector_error) + 64, says); /* followed by poison */
    }
    call_with_error(sizeof(struct hector_error), UINT32_MAX);
}

/* OK leaves the error unchanged; a failure does not need one. */
static void test_error_not_written(void)
{
    struct counts counts = {0};
    struct edge table =
        table_new(&counts, sizeof(struct hector_host), (uint32_t)sizeof(struct hector_host));
    struct edge memory = edge_new(sizeof(struct hector_error));
    const uint32_t says = sizeof(struct hector_error);

    memcpy(memory.bytes, &says, sizeof(says));
    edge_protect(&memory);
    CU_ASSERT_EQUAL(
        plugin->describe(as_host(&table), NULL, 0, (struct hector_error *)(void *)memory.bytes),
        HECTOR_OK);
    edge_free(&memory);
    for (int i = 0; i < OPERATIONS; i++) {
        CU_ASSERT_EQUAL(operation_of(i)(as_host(&table), "[", 1, NULL), HECTOR_CONFIG);
    }
    edge_free(&table);
}

/* ---- the request */

/* Expects these codes for a request that ends, without a NUL, at the end of its page. */
static void call_with_request(const char *text, size_t size, int32_t described, int32_t others,
                              const char *reason)
{
    struct edge request = edge_new(size);

    memcpy(request.bytes, text, size);
    edge_protect(&request);
    for (int i = 0; i < OPERATIONS; i++) {
        struct counts counts = {0};
        struct hector_error error = {.struct_size = sizeof(error)};
        struct edge table =
            table_new(&counts, sizeof(struct hector_host), (uint32_t)sizeof(struct hector_host));
        int32_t code = operation_of(i)(as_host(&table), (const char *)request.bytes, size, &error);

        CU_ASSERT_EQUAL(code, i == 0 ? described : others);
        if (code != HECTOR_OK && reason != NULL) {
            CU_ASSERT_STRING_EQUAL(error.reason, reason);
        }
        edge_free(&table);
    }
    edge_free(&request);
}

/* Every prefix of a valid request. */
static void test_requests_at_a_border(void)
{
    const size_t size = strlen(REQUEST);

    for (size_t cut = 1; cut < size; cut++) {
        call_with_request(REQUEST, cut, HECTOR_CONFIG, HECTOR_CONFIG, "request_invalid");
    }
    call_with_request(REQUEST, size, HECTOR_OK, HECTOR_CANCELLED, "cancelled");
    call_with_request("{}", 2, HECTOR_OK, HECTOR_CONFIG, NULL);
    call_with_request("1", 1, HECTOR_CONFIG, HECTOR_CONFIG, "request_invalid");
    call_with_request("\"", 1, HECTOR_CONFIG, HECTOR_CONFIG, "request_invalid");
    call_with_request("{}\0", 3, HECTOR_CONFIG, HECTOR_CONFIG, "request_invalid");
}

/* Size 0 means {}: not even the first byte is read. */
static void test_empty_request(void)
{
    struct counts counts = {0};
    struct edge table =
        table_new(&counts, sizeof(struct hector_host), (uint32_t)sizeof(struct hector_host));
    struct edge nothing = edge_new(0);

    CU_ASSERT_EQUAL(plugin->describe(as_host(&table), NULL, 0, NULL), HECTOR_OK);
    CU_ASSERT_EQUAL(plugin->describe(as_host(&table), (const char *)nothing.pages, 0, NULL),
                    HECTOR_OK);
    for (int i = 1; i < OPERATIONS; i++) {
        CU_ASSERT_EQUAL(operation_of(i)(as_host(&table), NULL, 0, NULL), HECTOR_CONFIG);
    }
    edge_free(&nothing);
    edge_free(&table);
}

static void test_largest_request(void)
{
    char *text = malloc(HECTOR_REQUEST_MAX + 1);

    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memset(text, ' ', HECTOR_REQUEST_MAX + 1);
    memcpy(text, REQUEST, strlen(REQUEST));
    call_with_request(text, HECTOR_REQUEST_MAX, HECTOR_OK, HECTOR_CANCELLED, "cancelled");
    call_with_request(text, HECTOR_REQUEST_MAX + 1, HECTOR_CONFIG, HECTOR_CONFIG,
                      "request_too_large");
    free(text);
}

int main(void)
{
    CU_TestInfo tests[] = {{"shorter tables", test_short_tables},
                           {"longer tables", test_long_tables},
                           {"no table", test_no_table},
                           {"errors of every length", test_errors},
                           {"errors stay as they were", test_error_not_written},
                           {"requests that end at a border", test_requests_at_a_border},
                           {"an empty request", test_empty_request},
                           {"the largest request", test_largest_request},
                           CU_TEST_INFO_NULL};
    CU_SuiteInfo suites[] = {{"border", load, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
