/*
 * parallel.c - all four operations from many threads at once, and from within callbacks.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   parallel URL CA_FILE TOKEN
 *
 * Each thread runs every operation several times, beginning with a different one; the emit of a
 * sync or validate also calls operations. All must return OK and deliver the same documents in
 * every thread. A build with --enable-sanitizers=thread reports data races.
 */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hector/integration.h"

#define THREADS    8
#define ROUNDS     3
#define OPERATIONS 4

struct test {
    hector_operation *operations[OPERATIONS];
    char requests[OPERATIONS][1024];
    const char *token;
    pthread_barrier_t start;
};

/* One call, with a checksum of its documents that does not depend on their order. */
struct call {
    const struct test *test;
    uint64_t documents, sum;
    bool nests; /* its first document makes the callback call operations */
    bool failed;
};

struct worker {
    struct test *test;
    pthread_t thread;
    size_t number;
    uint64_t documents[OPERATIONS], sums[OPERATIONS];
    bool failed;
};

static bool run(struct call *call, size_t number);

/* FNV-1a of what is the same in every run: not of a summary, which has the time. */
static uint64_t sum_of(const char *document, size_t size)
{
    uint64_t sum = UINT64_C(0xCBF29CE484222325);

    if (memmem(document, size, "{\"kind\":\"summary\"", 17) != NULL) {
        return 1;
    }
    for (size_t i = 0; i < size; i++) {
        sum = (sum ^ (unsigned char)document[i]) * UINT64_C(0x100000001B3);
    }
    return sum;
}

static int32_t take_document(void *context, const char *document, size_t size)
{
    struct call *call = context;

    call->sum += sum_of(document, size);
    call->documents++;
    if (call->nests && call->documents == 1) {
        struct call describe = {.test = call->test}, options = {.test = call->test};

        call->failed = !run(&describe, 0) || !run(&options, 2);
    }
    return 0;
}

static void take_log(void *context, uint32_t level, const char *text, size_t size)
{
    (void)context;
    (void)level;
    (void)text;
    (void)size;
}

static int32_t report_cancelled(void *context)
{
    (void)context;
    return 0;
}

static int64_t report_secret(void *context, const char *name, size_t name_size, char *buffer,
                             size_t capacity)
{
    const struct call *call = context;
    size_t size = strlen(call->test->token);

    if (name_size != 5 || memcmp(name, "token", 5) != 0 || size > capacity) {
        return -1;
    }
    memcpy(buffer, call->test->token, size);
    return (int64_t)size;
}

static bool run(struct call *call, size_t number)
{
    const char *request = call->test->requests[number];
    struct hector_error error = {.struct_size = sizeof(error)};
    const struct hector_host host = {.struct_size = sizeof(host),
                                     .log_level = HECTOR_LOG_TRACE,
                                     .context = call,
                                     .emit = take_document,
                                     .log = take_log,
                                     .cancelled = report_cancelled,
                                     .secret = report_secret};
    int32_t code = call->test->operations[number](&host, request, strlen(request), &error);

    if (code != HECTOR_OK) {
        (void)fprintf(stderr, "operation %zu returns %" PRId32 ": %s (%s)\n", number, code,
                      error.message, error.detail);
    }
    return code == HECTOR_OK && !call->failed && call->documents > 0;
}

static void *work(void *context)
{
    struct worker *worker = context;

    (void)pthread_barrier_wait(&worker->test->start);
    for (size_t i = 0; i < (size_t)ROUNDS * OPERATIONS && !worker->failed; i++) {
        size_t number = (worker->number + i) % OPERATIONS;
        struct call call = {.test = worker->test, .nests = number % 2 == 1};

        worker->failed = !run(&call, number) ||
                         (i >= OPERATIONS && (call.sum != worker->sums[number] ||
                                              call.documents != worker->documents[number]));
        worker->sums[number] = call.sum;
        worker->documents[number] = call.documents;
    }
    return NULL;
}

static bool same(const struct worker *a, const struct worker *b)
{
    return memcmp(a->sums, b->sums, sizeof(a->sums)) == 0 &&
           memcmp(a->documents, b->documents, sizeof(a->documents)) == 0;
}

static void prepare(struct test *test, const char *url, const char *ca_file)
{
    static const char *const leads[] = {"", "", "\"option\":\"adoms\",", ""};
    const struct hector_integration *integration = hector_integration_v1();

    test->operations[0] = integration->describe;
    test->operations[1] = integration->validate;
    test->operations[2] = integration->list_options;
    test->operations[3] = integration->sync;
    for (size_t i = 0; i < OPERATIONS; i++) {
        (void)snprintf(test->requests[i], sizeof(test->requests[i]),
                       "{%s\"settings\":{\"url\":\"%s\"},\"host\":{\"allow_loopback\":true,"
                       "\"ca_file\":\"%s\"}}",
                       leads[i], url, ca_file);
    }
    (void)pthread_barrier_init(&test->start, NULL, THREADS);
}

int main(int argc, char *argv[])
{
    static struct worker workers[THREADS];
    static struct test test;
    bool good = true;

    if (argc != 4) {
        (void)fputs("Usage: parallel URL CA_FILE TOKEN\n", stderr);
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    prepare(&test, argv[1], argv[2]);
    test.token = argv[3];
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.test = &test, .number = i};
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) {
            perror("thread");
            exit(EXIT_FAILURE);
        }
    }
    for (size_t i = 0; i < THREADS; i++) {
        (void)pthread_join(workers[i].thread, NULL);
        good = good && !workers[i].failed && same(&workers[i], &workers[0]);
    }
    if (!good) {
        (void)fputs("an operation failed, or threads received different results\n", stderr);
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
