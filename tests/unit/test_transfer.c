/*
 * test_transfer.c - address policy, time limits and cancel of http, against a scripted peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "net/transfer.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <CUnit/CUnit.h>

#include "base/utf8.h"
#include "lib/http_fixture.h"
#include "lib/identity.h"
#include "lib/loopback.h"
#include "lib/tap.h"

#define END_OF_SCRIPT                                                                              \
    {                                                                                              \
        NULL, PEER_KEEP, NULL, 0                                                                   \
    }

static const struct peer_answer GOOD[] = {{.text = ANSWER_JSON(2, "{}")}, END_OF_SCRIPT};
static const struct peer_answer STALL[] = {{.after = PEER_STALL}, END_OF_SCRIPT};

/* ---- a slow name lookup: libcurl's resolver calls this instead of the C library's
 * getaddrinfo() */

#define SLOW_NAME "slow.example"

static sem_t may_end, has_ended;
static bool was_waited_for;

int getaddrinfo(const char *restrict name, const char *restrict service,
                const struct addrinfo *restrict hints, struct addrinfo **restrict ret)
{
    static int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    struct timespec end;
    void *symbol;

    if (name != NULL && strcmp(name, SLOW_NAME) == 0) {
        (void)clock_gettime(CLOCK_REALTIME, &end);
        end.tv_sec += 10;
        was_waited_for = sem_timedwait(&may_end, &end) != 0;
        (void)sem_post(&has_ended);
        return EAI_AGAIN;
    }
    symbol = dlsym(RTLD_NEXT, "getaddrinfo");
    memcpy(&real, &symbol, sizeof(real));
    return real(name, service, hints, ret);
}

/* ---- set-up */

static struct identity authority, good;
static char *authority_pem;

static void make_identities(void)
{
    authority = identity_make(&(struct identity_options){.name = "Test CA", .days = 30});
    good = identity_make(&(struct identity_options){
        .name = "fmg", .alternatives = "IP:127.0.0.1", .issuer = &authority, .days = 30});
    authority_pem = identity_pem(&authority);
}

static void release_identities(void)
{
    identity_release(&authority);
    identity_release(&good);
    free(authority_pem);
}

static void begin_tls(struct http_fixture *fixture)
{
    http_fixture_begin(fixture, &(struct peer_script){.answers = GOOD, .identity = &good});
    fixture->policy.verify_tls = true;
    fixture->policy.ca_certificate = authority_pem;
}

/* One request fails for this reason, and the peer receives no request. */
static void check_refused(struct http_fixture *fixture, int32_t code, const char *reason)
{
    CU_ASSERT_EQUAL(http_fixture_post(fixture), code);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(fixture), reason);
    CU_ASSERT_PTR_NULL(strstr(fixture->failure.detail, "top-secret"));
    http_fixture_stop_peer(fixture);
    CU_ASSERT_EQUAL(fixture->record.requests, 0);
    http_fixture_end(fixture);
}

/* ---- addresses */

static void test_loopback_needs_leave(void)
{
    struct http_fixture fixture;

    begin_tls(&fixture);
    fixture.policy.allow_loopback = false;
    check_refused(&fixture, HECTOR_CONFIG, "address_refused");
    /* A notation that only the resolver understands is checked at the socket. */
    begin_tls(&fixture);
    fixture.policy.allow_loopback = false;
    utf8_copy(fixture.policy.address.host, sizeof(fixture.policy.address.host), "127.1", 5);
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "address_refused");
    CU_ASSERT_STRING_EQUAL(fixture.failure.field, "url");
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.connections, 0);
    http_fixture_end(&fixture);
}

static void test_plain_http(void)
{
    static const struct address ELSEWHERE[] = {
        {.host = "192.0.2.1", .port = 80},
        {.host = "0.1.2.3", .port = 80},
        {.host = "2002:7f00:1::1", .port = 80, .ipv6 = true},
        {.host = "64:ff9b::7f00:1", .port = 80, .ipv6 = true},
        {.host = "::7f00:1", .port = 80, .ipv6 = true},
        {.host = "::ffff:0:7f00:1", .port = 80, .ipv6 = true},
    };
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = GOOD});
    fixture.policy.allow_loopback = false;
    check_refused(&fixture, HECTOR_CONFIG, "plain_http_refused");
    /* Not loopback: refused before anything is sent (192.0.2.0/24 is for documentation). */
    for (size_t i = 0; i < sizeof(ELSEWHERE) / sizeof(ELSEWHERE[0]); i++) {
        http_fixture_begin(&fixture, NULL);
        fixture.policy.address = ELSEWHERE[i];
        check_refused(&fixture, HECTOR_CONFIG, "plain_http_refused");
    }
}

/* The failure names the proxy when CONNECT gets one of these answers. */
static void check_proxy(const struct peer_answer *answers, const char *reason)
{
    struct http_fixture fixture;
    char proxy[64];

    http_fixture_begin(&fixture, &(struct peer_script){.answers = answers});
    (void)snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%u",
                   (unsigned)fixture.policy.address.port);
    fixture.policy.proxy = proxy;
    fixture.policy.allow_loopback = false; /* the policy does not apply to the proxy itself */
    fixture.policy.address = (struct address){.https = true, .host = "fmg.example", .port = 443};
    fixture.policy.timeout_ms = 1000; /* for a proxy that does not answer */
    fixture.limits.attempts = 1;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), reason);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(strncmp(fixture.record.text, "CONNECT fmg.example:443 HTTP/1.1\r\n", 34), 0);
    CU_ASSERT_PTR_NULL(strstr(fixture.record.text, "top-secret"));
    http_fixture_end(&fixture);
}

static void test_proxy(void)
{
    static const struct {
        struct peer_answer answers[2];
        const char *reason;
    } CASES[] = {
        {{{.text = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"}, END_OF_SCRIPT},
         "proxy_failed"},
        {{{.text = "HTTP/1.1 407 Authenticate\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                   "Content-Length: 0\r\n\r\n"},
          END_OF_SCRIPT},
         "proxy_login"},
        {{{.text = "no proxy\r\n\r\n", .after = PEER_CLOSE}, END_OF_SCRIPT}, "proxy_failed"},
        {{{.text = "", .after = PEER_STALL}, END_OF_SCRIPT}, "proxy_failed"},
        {{{.text = "", .after = PEER_CLOSE}, END_OF_SCRIPT}, "proxy_failed"},
        {{{.text = "HTTP/1.1 200 OK\r\n\r\n<html>blocked</html>", .after = PEER_CLOSE},
          END_OF_SCRIPT},
         "proxy_tls_failed"},
    };

    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        check_proxy(CASES[i].answers, CASES[i].reason);
    }
}

/* The host has set a proxy, so NO_PROXY in the environment has no effect. */
static void test_no_proxy_is_ignored(void)
{
    setenv("no_proxy", "*", 1);
    setenv("NO_PROXY", "*", 1);
    test_proxy();
    unsetenv("no_proxy");
    unsetenv("NO_PROXY");
}

static void test_proxy_policy(void)
{
    static const struct {
        struct address address;
        const char *reason;
    } CASES[] = {
        {{.https = true, .host = "127.0.0.1", .port = 443}, "address_refused"},
        {{.https = true, .host = "localhost", .port = 443}, "address_refused"},
        {{.https = true, .host = "169.254.169.254", .port = 443}, "address_refused"},
        {{.https = true, .host = "fe80::1", .ipv6 = true, .port = 443}, "address_refused"},
        {{.https = false, .host = "fmg.example", .port = 80}, "plain_http_refused"},
    };

    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct http_fixture fixture;

        http_fixture_begin(&fixture, NULL);
        fixture.policy.proxy = "http://127.0.0.1:9";
        fixture.policy.allow_loopback = false;
        fixture.policy.address = CASES[i].address;
        check_refused(&fixture, HECTOR_CONFIG, CASES[i].reason);
    }
}

#define NAME_63 "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabc"

/*
 * A proxy's password is secret: no message may show it, not even when the URL is invalid, and later
 * texts hide it where the URL can be used.
 */
static void test_proxy_password(void)
{
    static const struct {
        const char *proxy, *reason, *shown; /* of the password, in a later text */
    } PROXIES[] = {
        {"http://me:pr0xy-pass@127.0.0.1:port", "proxy_invalid", "pr0xy-pass"},
        {"gopher://me:pr0xy-pass@127.0.0.1:9", "proxy_invalid", "***"},
        {"gopher://" NAME_63 NAME_63 NAME_63 ":pr0xy-pass-" NAME_63 "@127.0.0.1:9", "proxy_invalid",
         "pr0xy-pass"},
        {"ftp://proxy.example", "proxy_invalid", "pr0xy-pass"},
        {"http://", "proxy_invalid", "pr0xy-pass"},
        {"http://me@127.0.0.1:9", "proxy_failed", "pr0xy-pass"},
        {"127.0.0.1:9", "proxy_failed", "pr0xy-pass"},
        {"socks5h://me:pr0xy-pass@127.0.0.1:9", "proxy_failed", "***"},
        {"http://me:pr0xy-pass@127.0.0.1:9", "proxy_failed", "***"},
    };

    for (size_t i = 0; i < sizeof(PROXIES) / sizeof(PROXIES[0]); i++) {
        struct http_fixture fixture;
        char shown[64];

        http_fixture_begin(&fixture, NULL);
        fixture.policy.proxy = PROXIES[i].proxy;
        fixture.policy.address =
            (struct address){.https = true, .host = "fmg.example", .port = 443};
        fixture.limits.attempts = 1;
        CU_ASSERT_NOT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), PROXIES[i].reason);
        CU_ASSERT_PTR_NULL(strstr(fixture.failure.detail, "pr0xy"));
        CU_ASSERT_PTR_NULL(strstr(fixture.failure.message, "pr0xy"));
        secrets_hide(&fixture.operation.secrets, "pr0xy-pass", shown, sizeof(shown));
        CU_ASSERT_STRING_EQUAL(shown, PROXIES[i].shown);
        http_fixture_end(&fixture);
    }
}

/* The caller gets its answer while the lookup still runs, and everything is released by then. */
static void check_slow_name(struct http_fixture *fixture, int32_t code, const char *reason)
{
    (void)sem_init(&may_end, 0, 0);
    (void)sem_init(&has_ended, 0, 0);
    fixture->policy.address = (struct address){.https = true, .host = SLOW_NAME, .port = 443};
    CU_ASSERT_EQUAL(http_fixture_post(fixture), code);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(fixture), reason);
    http_fixture_end(fixture);
    (void)sem_post(&may_end);
    (void)sem_wait(&has_ended);
    CU_ASSERT_FALSE(was_waited_for);
}

static void test_slow_name(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, NULL);
    fixture.operation.deadline_ms = clock_ms() + 100;
    check_slow_name(&fixture, HECTOR_LIMIT, "deadline_passed");
    http_fixture_begin(&fixture, NULL);
    fixture.cancel_at_ms = clock_ms() + 100;
    check_slow_name(&fixture, HECTOR_CANCELLED, "cancelled");
}

/* No part of the address may become a credential. */
static void test_user_in_host(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = GOOD});
    utf8_copy(fixture.policy.address.host, sizeof(fixture.policy.address.host), "me:pw@127.0.0.1",
              15);
    CU_ASSERT_NOT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.requests, 0);
    http_fixture_end(&fixture);
}

/* Proxy settings of the environment are ignored. */
static void test_environment_is_ignored(void)
{
    static const char *const NAMES[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                        "ALL_PROXY"};
    struct http_peer *trap = http_peer_start(&(struct peer_script){.answers = GOOD});
    struct peer_record record;
    struct http_fixture fixture;
    char proxy[64];

    (void)snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%u", (unsigned)http_peer_port(trap));
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        setenv(NAMES[i], proxy, 1);
    }
    begin_tls(&fixture);
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_OK);
    http_fixture_end(&fixture);
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        unsetenv(NAMES[i]);
    }
    http_peer_stop(trap, &record);
    CU_ASSERT_EQUAL(record.connections, 0);
}

/* ---- time */

static void test_silence_before_the_reply(void)
{
    struct http_fixture fixture;
    int64_t start = clock_ms();

    /* Longer than low_speed_ms: an appliance may take time to answer. */
    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.policy.timeout_ms = 800;
    fixture.limits.low_speed_ms = 300;
    fixture.limits.attempts = 1;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "time_out");
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    CU_ASSERT_TRUE(clock_ms() - start >= 800);
    http_fixture_end(&fixture);
}

/* The host learns which address is waited for, and when the wait ends. */
static void test_waiting_is_reported(void)
{
    struct http_fixture fixture;
    char waiting[ADDRESS_TEXT_MAX + 16];

    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.policy.timeout_ms = 300;
    fixture.limits.attempts = 1;
    fixture.operation.waiting_since_ms = clock_ms() - 4000; /* simulates four seconds */
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    (void)snprintf(waiting, sizeof(waiting), "waiting:127.0.0.1:%u",
                   (unsigned)http_peer_port(fixture.peer));
    CU_ASSERT_STRING_EQUAL(fixture.phase, waiting);
    CU_ASSERT_TRUE(fixture.done >= 4);
    CU_ASSERT_EQUAL(fixture.operation.waiting_since_ms, 0);
    http_fixture_end(&fixture);
}

/* It is the address of the request, not that of the connection that was opened last. */
static void test_waiting_for_the_other(void)
{
    struct http_fixture fixture;
    struct http *other;
    char waiting[ADDRESS_TEXT_MAX + 16];

    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.policy.timeout_ms = 300;
    fixture.limits.attempts = 1;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    struct http_policy policy = fixture.policy;
    policy.address.port = 1;
    CU_ASSERT_EQUAL(http_open(&fixture.operation, &policy, &other, &fixture.failure), HECTOR_OK);
    fixture.operation.waiting_since_ms = clock_ms() - 4000;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    (void)snprintf(waiting, sizeof(waiting), "waiting:127.0.0.1:%u",
                   (unsigned)http_peer_port(fixture.peer));
    CU_ASSERT_STRING_EQUAL(fixture.phase, waiting);
    http_close(other);
    http_fixture_end(&fixture);
}

/* A timeout costs the whole time limit, so it is repeated once only, whatever `attempts` allows. */
static void test_time_out_again(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.policy.timeout_ms = 300;
    fixture.limits.attempts = 5;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "time_out");
    CU_ASSERT_EQUAL(fixture.operation.requests, 2);
    http_fixture_end(&fixture);
}

static void test_silence_amid_the_reply(void)
{
    static const struct peer_answer ANSWERS[] = {
        {.text = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\"", .after = PEER_STALL},
        {.text = ANSWER_JSON(2, "{}")},
        END_OF_SCRIPT};
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = ANSWERS});
    fixture.limits.low_speed_ms = 300;
    fixture.limits.attempts = 1;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "connection_broken");
    http_fixture_end(&fixture);
    http_fixture_begin(&fixture, &(struct peer_script){.answers = ANSWERS});
    fixture.limits.low_speed_ms = 300;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.operation.repeats, 1);
    http_fixture_end(&fixture);
}

static void test_slow_drip(void)
{
    static const struct peer_answer DRIP[] = {
        {.text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", .pause_ms = 100}, END_OF_SCRIPT};
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = DRIP});
    fixture.policy.timeout_ms = 700;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "time_out");
    http_fixture_end(&fixture);
}

/* No program accepts and the queue is full: the address is silent, as behind a firewall. */
static void check_silent_address(bool https)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    uint16_t port;
    int listener = loopback_listen(0, &port);
    int waiting[4];
    struct http_fixture fixture;

    address.sin_port = htons(port);
    for (size_t i = 0; i < 4; i++) {
        waiting[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        (void)connect(waiting[i], (struct sockaddr *)&address, sizeof(address)); /* may wait */
    }
    http_fixture_begin(&fixture, NULL);
    fixture.policy.address.port = port;
    fixture.policy.address.https = https;
    fixture.limits.connect_ms = 300;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "connection_failed");
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    /* No repeat either when the request's own time limit ends it. */
    fixture.policy.timeout_ms = 200;
    http_close(fixture.http);
    fixture.http = NULL;
    CU_ASSERT_EQUAL(http_fixture_post(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "connection_failed");
    CU_ASSERT_EQUAL(fixture.operation.requests, 2);
    http_fixture_end(&fixture);
    for (size_t i = 0; i < 4; i++) {
        close(waiting[i]);
    }
    close(listener);
}

static void test_silent_address(void)
{
    check_silent_address(false);
    check_silent_address(true);
}

/* A connection kept from an earlier request, over TLS. */
static void test_silence_on_a_kept_connection(void)
{
    static const struct peer_answer ONCE[] = {
        {.text = ANSWER_JSON(2, "{}")}, {.after = PEER_STALL}, END_OF_SCRIPT};
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = ONCE, .identity = &good});
    fixture.policy.timeout_ms = 800;
    fixture.limits.attempts = 1;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "time_out");
    http_fixture_stop_peer(&fixture);
    CU_ASSERT_EQUAL(fixture.record.connections, 1);
    http_fixture_end(&fixture);
}

static void test_handshake_stalls(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.identity = &good, .mute = true});
    fixture.limits.connect_ms = 300;
    check_refused(&fixture, HECTOR_UNREACHABLE, "time_out");
}

static void test_deadline(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.operation.deadline_ms = clock_ms() + 1000;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_LIMIT);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(&fixture), "deadline_passed");
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_LIMIT);
    CU_ASSERT_EQUAL(fixture.operation.requests, 1);
    http_fixture_end(&fixture);
}

/* ---- cancel */

static void check_cancelled_soon(struct http_fixture *fixture)
{
    fixture->policy.timeout_ms = 10000; /* ends the test if the cancel fails */
    fixture->cancel_amid = true;
    CU_ASSERT_EQUAL(http_fixture_post(fixture), HECTOR_CANCELLED);
    CU_ASSERT_STRING_EQUAL(http_fixture_reason(fixture), "cancelled");
    CU_ASSERT_EQUAL(http_fixture_post(fixture), HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(fixture->operation.requests, 1);
    http_fixture_end(fixture);
}

static void test_cancel_in_stall(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    check_cancelled_soon(&fixture);
}

static void test_cancel_in_handshake(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.identity = &good, .mute = true});
    check_cancelled_soon(&fixture);
}

static void test_cancel_in_backoff(void)
{
    static const struct peer_answer LATER[] = {{.text = ANSWER_STATUS(429, "Retry-After: 1\r\n")},
                                               END_OF_SCRIPT};
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = LATER});
    check_cancelled_soon(&fixture);
}

static int32_t ask_with_grace(struct http_fixture *fixture)
{
    return http_fixture_ask(
        fixture, &(struct http_request){.path = "/jsonrpc", .body = "{}", .has_grace = true});
}

static void test_grace_after_cancel(void)
{
    struct http_fixture fixture;

    http_fixture_begin(&fixture, &(struct peer_script){.answers = GOOD});
    fixture.cancel_at_ms = 1;
    CU_ASSERT_EQUAL(http_fixture_get(&fixture), HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(fixture.operation.requests, 0);
    CU_ASSERT_EQUAL(ask_with_grace(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.reply.status, 200);
    http_fixture_end(&fixture);
}

/* After a cancel or the deadline a request has grace_ms and no more; otherwise the usual time. */
static void test_grace_stall(void)
{
    struct http_fixture fixture;
    int64_t start = clock_ms();

    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.limits.grace_ms = 400;
    fixture.cancel_at_ms = 1;
    CU_ASSERT_EQUAL(ask_with_grace(&fixture), HECTOR_CANCELLED);
    CU_ASSERT_TRUE(clock_ms() - start >= 400 && clock_ms() - start < 30000);
    http_fixture_end(&fixture);
    start = clock_ms();
    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.limits.grace_ms = 400;
    fixture.operation.deadline_ms = start + 100;
    CU_ASSERT_EQUAL(ask_with_grace(&fixture), HECTOR_LIMIT);
    CU_ASSERT_TRUE(clock_ms() - start >= 500 && clock_ms() - start < 30000);
    http_fixture_end(&fixture);
    start = clock_ms();
    http_fixture_begin(&fixture, &(struct peer_script){.answers = STALL});
    fixture.policy.timeout_ms = 900;
    CU_ASSERT_EQUAL(ask_with_grace(&fixture), HECTOR_UNREACHABLE);
    CU_ASSERT_TRUE(clock_ms() - start >= 900);
    http_fixture_end(&fixture);
}

/* ---- threads */

static void *sync_alone(void *context)
{
    struct http_fixture *fixture = context;

    for (int i = 0; i < 5; i++) {
        if (http_fixture_post(fixture) != HECTOR_OK) {
            return NULL;
        }
    }
    return context;
}

static void test_parallel(void)
{
    static struct http_fixture fixtures[3];
    pthread_t threads[3];

    for (size_t i = 0; i < 3; i++) {
        begin_tls(&fixtures[i]);
        CU_ASSERT_EQUAL(pthread_create(&threads[i], NULL, sync_alone, &fixtures[i]), 0);
    }
    for (size_t i = 0; i < 3; i++) {
        void *result = NULL;

        CU_ASSERT_EQUAL(pthread_join(threads[i], &result), 0);
        CU_ASSERT_PTR_NOT_NULL(result);
        http_fixture_end(&fixtures[i]);
    }
}

static CU_TestInfo address_tests[] = {
    {"loopback needs leave", test_loopback_needs_leave},
    {"plain http", test_plain_http},
    {"a proxy that refuses", test_proxy},
    {"no_proxy of the environment", test_no_proxy_is_ignored},
    {"addresses behind a proxy", test_proxy_policy},
    {"a proxy with a password", test_proxy_password},
    {"a name that takes long to look up", test_slow_name},
    {"a user within the host", test_user_in_host},
    {"proxies of the environment", test_environment_is_ignored},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo time_tests[] = {
    {"silence before the reply", test_silence_before_the_reply},
    {"waiting is reported", test_waiting_is_reported},
    {"waiting for another address", test_waiting_for_the_other},
    {"silence amid the reply", test_silence_amid_the_reply},
    {"a slow drip", test_slow_drip},
    {"a silent address", test_silent_address},
    {"silence on a kept connection", test_silence_on_a_kept_connection},
    {"a time-out is tried again once", test_time_out_again},
    {"a handshake that stalls", test_handshake_stalls},
    {"the deadline", test_deadline},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo cancel_tests[] = {
    {"in a stall", test_cancel_in_stall},
    {"in a TLS handshake", test_cancel_in_handshake},
    {"between two attempts", test_cancel_in_backoff},
    {"a grace period after cancel", test_grace_after_cancel},
    {"a grace period, and no answer", test_grace_stall},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo thread_tests[] = {
    {"three operations at once", test_parallel},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "addresses", .pTests = address_tests},
        {.pName = "time", .pTests = time_tests},
        {.pName = "cancel", .pTests = cancel_tests},
        {.pName = "threads", .pTests = thread_tests},
        CU_SUITE_INFO_NULL,
    };
    int status;

    make_identities();
    status = tap_run(suites);
    release_identities();
    return status;
}
