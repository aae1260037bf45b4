/*
 * transfer.c - one libcurl transfer: configures it, and runs it in the calling thread.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "transfer.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/utf8.h"
#include "certificate.h"
#include "transfer_failure.h"

/* The interface promises to poll `cancelled` at least every 200 ms. */
#define POLL_MS 100

/* Maximum age of a reused connection: the name may have another address by now. */
#define CONNECTION_LIFE_S 3600L

/* ---- libcurl's global state: initialised once, shared, never freed (the plugin stays loaded) */

static pthread_mutex_t curl_lock = PTHREAD_MUTEX_INITIALIZER;
static bool curl_ready;

/*
 * Initialises libcurl. The next call tries again after a failure, as for lack of memory or
 * descriptors.
 */
static bool curl_start(void)
{
    const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);

    (void)pthread_mutex_lock(&curl_lock);
    /* The host or another plugin may use libcurl at the same time. */
    curl_ready = curl_ready || ((version->features & CURL_VERSION_THREADSAFE) != 0 &&
                                curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    bool ready = curl_ready;
    (void)pthread_mutex_unlock(&curl_lock);
    return ready;
}

/* ---- setting up */

static int32_t check_policy(const struct transfer *transfer, struct failure *failure)
{
    const struct http_policy *policy = &transfer->policy;
    const bool plain = !policy->address.https, loopback = policy->allow_loopback;
    /*
     * Through a proxy, a plain HTTP request and its credentials would cross the network
     * unencrypted.
     */
    enum message_id reason =
        plain && !loopback               ? REASON_plain_http_refused
        : plain && policy->proxy != NULL ? REASON_plain_http_proxied
        : !loopback && address_classify_literal(policy->address.host) != ADDRESS_PUBLIC
            ? REASON_address_refused
            : MESSAGE_NONE;

    if (reason != MESSAGE_NONE) {
        return fail_field(transfer->operation, failure, "url", reason, ARGUMENTS(transfer->name));
    }
    if (policy->pinned_public_key != NULL && !certificate_pin_valid(policy->pinned_public_key)) {
        return fail_field(transfer->operation, failure, "pinned_public_key", REASON_tls_settings,
                          ARGUMENTS("pinned_public_key"));
    }
    return HECTOR_OK;
}

/* Checks the address that libcurl is about to connect to, then creates the socket. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct transfer *transfer = context;
    const struct http_policy *policy = &transfer->policy;
    enum address_class class = address_classify(&to->addr);

    (void)purpose;
    if (policy->proxy == NULL && ((class != ADDRESS_PUBLIC && !policy->allow_loopback) ||
                                  (class != ADDRESS_LOOPBACK && !policy->address.https))) {
        transfer->address_refused = true;
        return CURL_SOCKET_BAD;
    }
    transfer->connected = false;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/*
 * Remembers whether TCP was connected. Not every version of libcurl reports that after a failure.
 */
static int close_socket(void *context, curl_socket_t fd)
{
    struct transfer *transfer = context;
    struct sockaddr_storage peer;
    socklen_t size = sizeof(peer);

    transfer->connected =
        transfer->connected || getpeername(fd, (struct sockaddr *)&peer, &size) == 0;
    return close(fd);
}

/* Sets a string option, which libcurl copies. `*code` keeps the first error. */
static void set_text(CURL *easy, CURLoption option, const char *text, CURLcode *code)
{
    if (*code == CURLE_OK) {
        *code = curl_easy_setopt(easy, option, text);
    }
}

static CURLcode set_tls(struct transfer *transfer)
{
    const struct http_policy *policy = &transfer->policy;
    CURL *easy = transfer->easy;
    /*
     * A pin replaces the checks of chain and name: a factory certificate contains the serial
     * number, not the address.
     */
    bool verify = policy->verify_tls && policy->pinned_public_key == NULL;
    CURLcode code = CURLE_OK;

    (void)curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl_easy_setopt(easy, CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    /*
     * A single connection does not need it, and libcurl 7.88 frees an entry twice when memory is
     * short.
     */
    (void)curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, verify ? 1L : 0L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L);
    set_text(easy, CURLOPT_PINNEDPUBLICKEY, policy->pinned_public_key, &code);
    if (!verify || (policy->ca_certificate == NULL && policy->ca_file == NULL)) {
        return code;
    }
    /* Trust only the given authority, not those of the system as well. */
    set_text(easy, CURLOPT_CAPATH, NULL, &code);
    if (policy->ca_certificate == NULL) {
        set_text(easy, CURLOPT_CAINFO, policy->ca_file, &code);
    } else if (code == CURLE_OK) {
        /* NOLINTNEXTLINE(performance-no-int-to-ptr): only read, as CURL_BLOB_COPY says */
        char *bytes = (char *)(uintptr_t)policy->ca_certificate;
        struct curl_blob blob = {bytes, strlen(bytes), CURL_BLOB_COPY};

        code = curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
    }
    return code;
}

static CURLcode set_connection(struct transfer *transfer)
{
    const struct http_policy *policy = &transfer->policy;
    CURL *easy = transfer->easy;
    CURLcode code = CURLE_OK;

    (void)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error);
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    /* A slow name look-up must not delay the caller beyond its deadline. */
    (void)curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                           (long)transfer->operation->limits->connect_ms);
    (void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    (void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    (void)curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, CONNECTION_LIFE_S);
    (void)curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set_text(easy, CURLOPT_PROTOCOLS_STR, policy->address.https ? "https" : "http", &code);
    /* An empty text, unlike NULL, disables the proxies of the environment. */
    set_text(easy, CURLOPT_PROXY, policy->proxy != NULL ? policy->proxy : "", &code);
    set_text(easy, CURLOPT_NOPROXY, "", &code);
    return code != CURLE_OK ? code : set_tls(transfer);
}

/*
 * Checks that the proxy has a host and, if any, a scheme that libcurl supports for proxies. Hides
 * its password in later texts: libcurl quotes a proxy that it cannot use.
 */
static int32_t check_proxy(const struct transfer *transfer, struct failure *failure)
{
    static const char *const schemes[] = {"http",    "https",  "socks4",
                                          "socks4a", "socks5", "socks5h"};
    struct operation *operation = transfer->operation;
    CURLU *url = curl_url();
    CURLUcode code = curl_url_set(url, CURLUPART_URL, transfer->policy.proxy,
                                  CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME);
    char *scheme = NULL, *password = NULL;
    bool valid = false;

    (void)curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
    (void)curl_url_get(url, CURLUPART_PASSWORD, &password, 0);
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        valid = valid || scheme == NULL || strcmp(scheme, schemes[i]) == 0;
    }
    if (password != NULL) {
        secrets_add(&operation->secrets, password);
        explicit_bzero(password, strlen(password));
    }
    curl_free(scheme);
    curl_free(password);
    curl_url_cleanup(url);
    if (url == NULL || code == CURLUE_OUT_OF_MEMORY) {
        return fail_memory(operation, failure);
    }
    if (code != CURLUE_OK || !valid) {
        return fail(operation, failure, REASON_proxy_invalid, NULL, NO_ARGUMENTS);
    }
    return fail_buffer(operation, failure, &operation->secrets.texts);
}

int32_t transfer_open(struct transfer *transfer, struct operation *operation,
                      const struct http_policy *policy, struct failure *failure)
{
    struct curl_header *header;
    int32_t code;

    *transfer = (struct transfer){.operation = operation, .policy = *policy};
    address_name(&policy->address, transfer->name, sizeof(transfer->name));
    if ((code = check_policy(transfer, failure)) != HECTOR_OK) {
        return code;
    }
    if (!curl_start()) {
        return fail(operation, failure, REASON_internal, NULL,
                    ARGUMENTS("libcurl does not start, or is not thread-safe"));
    }
    if (policy->proxy != NULL && (code = check_proxy(transfer, failure)) != HECTOR_OK) {
        return code;
    }
    transfer->multi = curl_multi_init();
    transfer->easy = curl_easy_init();
    if (transfer->multi == NULL || transfer->easy == NULL || set_connection(transfer) != CURLE_OK) {
        return fail_memory(operation, failure);
    }
    /* Without headers, a reply of any web server might pass for one of a FortiGate. */
    if (curl_easy_header(transfer->easy, "Server", 0, CURLH_HEADER, -1, &header) ==
        CURLHE_NOT_BUILT_IN) {
        return fail(operation, failure, REASON_internal, NULL,
                    ARGUMENTS("libcurl was built without its headers API"));
    }
    (void)curl_multi_setopt(transfer->multi, CURLMOPT_MAXCONNECTS, 1L);
    return HECTOR_OK;
}

void transfer_close(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    (void)curl_multi_cleanup(transfer->multi); /* harmless for NULL */
}

/* ---- running */

/* Times of one run, in milliseconds of clock_ms(). */
struct watch {
    int64_t end;   /* when the time limit ends */
    int64_t heard; /* when the last byte arrived; 0 = none yet */
    int64_t grace; /* when the grace period ends; 0 = not begun */
    uint64_t received;
    uint64_t stretch; /* bytes received when `end` was set */
};

/* Returns OK, or why the transfer must end now. */
static int32_t watch_check(struct transfer *transfer, struct watch *watch, bool has_grace,
                           struct failure *failure)
{
    const struct limits *limits = transfer->operation->limits;
    uint64_t received = transfer_received(transfer);
    int64_t now = clock_ms();
    struct failure hurry;
    int32_t code = operation_check(transfer->operation, &hurry);

    if (code != HECTOR_OK && has_grace && watch->grace == 0) {
        watch->grace = now + limits->grace_ms;
    }
    if (code != HECTOR_OK && (!has_grace || now >= watch->grace)) {
        return fail_as(failure, &hurry);
    }
    if (received != watch->received) {
        watch->received = received;
        watch->heard = now;
    }
    if (transfer->stretch_bytes > 0 && received - watch->stretch >= transfer->stretch_bytes) {
        watch->stretch = received;
        watch->end = now + transfer->policy.timeout_ms;
    }
    /* Before the first byte the remote system may be working: only the time limit applies. */
    if (watch->heard != 0 && now - watch->heard >= limits->low_speed_ms) {
        transfer->again = true;
        return transfer_fail(transfer, failure, REASON_connection_broken,
                             "nothing received any more");
    }
    if (now >= watch->end) {
        return transfer_failure_time_out(transfer, "time limit of the request", failure);
    }
    return HECTOR_OK;
}

static int32_t drive_transfer(struct transfer *transfer, struct watch *watch, bool has_grace,
                              struct failure *failure)
{
    for (;;) {
        int running = 0, left;
        CURLMcode code = curl_multi_perform(transfer->multi, &running);

        if (code == CURLM_OK && running == 0) {
            const CURLMsg *message = curl_multi_info_read(transfer->multi, &left);
            CURLcode result = message != NULL ? message->data.result : CURLE_RECV_ERROR;
            curl_off_t first_byte_us = 0; /* only now: earlier it is that of the previous run */

            (void)curl_easy_getinfo(transfer->easy, CURLINFO_STARTTRANSFER_TIME_T, &first_byte_us);
            transfer->answered = first_byte_us > 0;
            transfer->heard = transfer->heard || (transfer->answered && result == CURLE_OK);
            return result == CURLE_OK ? HECTOR_OK
                                      : transfer_failure_report(transfer, result, failure);
        }
        int32_t stop = watch_check(transfer, watch, has_grace, failure);
        if (stop != HECTOR_OK) {
            return stop;
        }
        operation_wait(transfer->operation);
        if (code == CURLM_OK) {
            code = curl_multi_poll(transfer->multi, NULL, 0, POLL_MS, NULL);
        }
        if (code == CURLM_OUT_OF_MEMORY) {
            return fail_memory(transfer->operation, failure);
        }
        if (code != CURLM_OK) {
            return fail(transfer->operation, failure, REASON_internal, NULL,
                        ARGUMENTS(curl_multi_strerror(code)));
        }
    }
}

int32_t transfer_run(struct transfer *transfer, bool has_grace, struct failure *failure)
{
    struct watch watch = {.end = clock_ms() + transfer->policy.timeout_ms};
    struct operation *operation = transfer->operation;

    utf8_copy(operation->peer, sizeof(operation->peer), transfer->name, strlen(transfer->name));
    transfer->answered = transfer->again = transfer->stale = false;
    transfer->address_refused = transfer->connected = false;
    transfer->error[0] = '\0';
    if (curl_multi_add_handle(transfer->multi, transfer->easy) != CURLM_OK) {
        return fail_memory(operation, failure);
    }
    int32_t code = drive_transfer(transfer, &watch, has_grace, failure);
    operation->bytes += transfer_received(transfer);
    /* Closes the connection if the transfer was not complete. */
    (void)curl_multi_remove_handle(transfer->multi, transfer->easy);
    return code;
}

/* ---- the certificate of the remote system */

/* Returns the first certificate of the chain in PEM; NULL = none. */
static const char *leaf_certificate(CURL *easy)
{
    static const char LABEL[] = "Cert:";
    struct curl_certinfo *chain = NULL;

    (void)curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain);
    if (chain == NULL || chain->num_of_certs == 0) {
        return NULL;
    }
    for (struct curl_slist *line = chain->certinfo[0]; line != NULL; line = line->next) {
        if (strncmp(line->data, LABEL, sizeof(LABEL) - 1) == 0) {
            return line->data + sizeof(LABEL) - 1;
        }
    }
    return NULL;
}

static int32_t shake_hands(struct transfer *transfer, struct buffer *ret_pem,
                           struct failure *failure)
{
    char origin[ADDRESS_TEXT_MAX];

    address_format(&transfer->policy.address, origin, sizeof(origin));
    if (curl_easy_setopt(transfer->easy, CURLOPT_URL, origin) != CURLE_OK) {
        return fail_memory(transfer->operation, failure);
    }
    (void)curl_easy_setopt(transfer->easy, CURLOPT_CONNECT_ONLY, 1L);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_CERTINFO, 1L);
    int32_t code = transfer_run(transfer, false, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    const char *pem = leaf_certificate(transfer->easy);
    buffer_append_text(ret_pem, pem != NULL ? pem : "");
    if (ret_pem->state == BUFFER_NO_MEMORY) {
        return fail_memory(transfer->operation, failure);
    }
    return pem == NULL || ret_pem->state != BUFFER_OK
               ? transfer_fail(transfer, failure, REASON_certificate_unreadable, NULL)
               : HECTOR_OK;
}

int32_t transfer_peer_certificate(const struct transfer *like, struct buffer *ret_pem,
                                  struct failure *failure)
{
    struct http_policy policy = like->policy;
    struct transfer transfer;

    policy.verify_tls = false;
    policy.pinned_public_key = NULL;
    int32_t code = transfer_open(&transfer, like->operation, &policy, failure);
    if (code == HECTOR_OK) {
        code = shake_hands(&transfer, ret_pem, failure);
    }
    transfer_close(&transfer);
    return code;
}
