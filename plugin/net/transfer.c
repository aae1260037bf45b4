/*
 * transfer.c - one libcurl transfer: configures it, runs it in the calling thread, and classifies
 * failures.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/x509_vfy.h>

#include "base/utf8.h"

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
    bool ready;

    (void)pthread_mutex_lock(&curl_lock);
    /* The host or another plugin may use libcurl at the same time. */
    curl_ready = curl_ready || ((version->features & CURL_VERSION_THREADSAFE) != 0 &&
                                curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    ready = curl_ready;
    (void)pthread_mutex_unlock(&curl_lock);
    return ready;
}

/* ---- setting up */

static int32_t check_policy(const struct transfer *transfer, struct failure *failure)
{
    const struct http_policy *policy = &transfer->policy;

    /*
     * Through a proxy, a plain HTTP request and its credentials would cross the network
     * unencrypted.
     */
    if (!policy->address.https && (!policy->allow_loopback || policy->proxy != NULL)) {
        return fail_field(transfer->operation, failure, "url",
                          policy->allow_loopback ? REASON_plain_http_proxied
                                                 : REASON_plain_http_refused,
                          NULL, ARGUMENTS(transfer->name));
    }
    if (!policy->allow_loopback &&
        address_classify_literal(policy->address.host) != ADDRESS_PUBLIC) {
        return fail_field(transfer->operation, failure, "url", REASON_address_refused, NULL,
                          ARGUMENTS(transfer->name));
    }
    if (policy->pinned_public_key != NULL && !policy_pin_valid(policy->pinned_public_key)) {
        return fail_field(transfer->operation, failure, "pinned_public_key", REASON_tls_settings,
                          NULL, ARGUMENTS("pinned_public_key"));
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
    if (policy->pinned_public_key != NULL) {
        set_text(easy, CURLOPT_PINNEDPUBLICKEY, policy->pinned_public_key, &code);
    }
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

/* Whether the proxy has a host and, if any, a scheme that libcurl supports for proxies. */
static bool proxy_is_valid(const char *proxy)
{
    static const char *const schemes[] = {"http",    "https",  "socks4",
                                          "socks4a", "socks5", "socks5h"};
    CURLU *url = curl_url();
    char *scheme = NULL;
    bool valid = url == NULL; /* no memory: libcurl will report it */

    if (url != NULL && curl_url_set(url, CURLUPART_URL, proxy,
                                    CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) {
        (void)curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
        for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
            valid = valid || scheme == NULL || strcmp(scheme, schemes[i]) == 0;
        }
    }
    curl_free(scheme);
    curl_url_cleanup(url);
    return valid;
}

/* Hides the proxy's password in later texts: libcurl quotes a proxy that it cannot use. */
static int32_t hide_proxy_password(const struct transfer *transfer, struct failure *failure)
{
    struct operation *operation = transfer->operation;
    const char *proxy = transfer->policy.proxy, *start, *end;
    char password[PROXY_PASSWORD_MAX] = "";

    if (proxy == NULL) {
        return HECTOR_OK;
    }
    start = strstr(proxy, "://") != NULL ? strstr(proxy, "://") + 3 : proxy;
    end = strrchr(start, '@');
    start += strcspn(start, ":@") + 1;
    if (end != NULL && start < end) {
        utf8_copy(password, sizeof(password), start, (size_t)(end - start));
    }
    secrets_add(&operation->secrets, password);
    explicit_bzero(password, sizeof(password));
    return fail_buffer(operation, failure, &operation->secrets.texts);
}

int32_t transfer_open(struct transfer *transfer, struct operation *operation,
                      const struct http_policy *policy, struct failure *failure)
{
    char url[ADDRESS_TEXT_MAX];
    int32_t code;

    *transfer = (struct transfer){.operation = operation, .policy = *policy};
    address_format(&policy->address, url, sizeof(url));
    (void)snprintf(transfer->name, sizeof(transfer->name), "%s", strstr(url, "://") + 3);
    utf8_copy(operation->peer, sizeof(operation->peer), transfer->name, strlen(transfer->name));
    code = check_policy(transfer, failure);
    if (code == HECTOR_OK) {
        code = hide_proxy_password(transfer, failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    if (!curl_start()) {
        return fail(operation, failure, REASON_internal, NULL,
                    ARGUMENTS("libcurl does not start, or is not thread-safe"));
    }
    if (policy->proxy != NULL && !proxy_is_valid(policy->proxy)) {
        return fail(operation, failure, REASON_proxy_invalid, NULL, NO_ARGUMENTS);
    }
    transfer->multi = curl_multi_init();
    transfer->easy = curl_easy_init();
    if (transfer->multi == NULL || transfer->easy == NULL || set_connection(transfer) != CURLE_OK) {
        return fail_memory(operation, failure);
    }
    (void)curl_multi_setopt(transfer->multi, CURLMOPT_MAXCONNECTS, 1L);
    return HECTOR_OK;
}

void transfer_close(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    (void)curl_multi_cleanup(transfer->multi); /* harmless for NULL */
    transfer->easy = NULL;
    transfer->multi = NULL;
}

/* ---- classification of failures */

struct curl_failure {
    CURLcode code;
    enum message_id reason;
    bool again;
};

/* CURLE_TOO_LARGE, new in libcurl 8.6; earlier versions report CURLE_OUT_OF_MEMORY. */
#define TOO_LARGE ((CURLcode)100)

static const struct curl_failure FAILURES[] = {
    {CURLE_COULDNT_RESOLVE_HOST, REASON_name_unknown, false},
    {CURLE_URL_MALFORMAT, REASON_name_unknown, false},
    {CURLE_COULDNT_CONNECT, REASON_connection_failed, true},
    {CURLE_INTERFACE_FAILED, REASON_connection_failed, true},
    {CURLE_NO_CONNECTION_AVAILABLE, REASON_connection_failed, true},
    {CURLE_SSL_CONNECT_ERROR, REASON_tls_failed, true},
    {CURLE_SSL_ENGINE_NOTFOUND, REASON_tls_failed, false},
    {CURLE_SSL_ENGINE_SETFAILED, REASON_tls_failed, false},
    {CURLE_SSL_ENGINE_INITFAILED, REASON_tls_failed, false},
    {CURLE_SSL_CERTPROBLEM, REASON_tls_failed, false},
    {CURLE_SSL_CIPHER, REASON_tls_failed, false},
    {CURLE_USE_SSL_FAILED, REASON_tls_failed, false},
    {CURLE_SSL_CRL_BADFILE, REASON_tls_failed, false},
    {CURLE_SSL_ISSUER_ERROR, REASON_tls_failed, false},
    {CURLE_SSL_INVALIDCERTSTATUS, REASON_tls_failed, false},
    {CURLE_SSL_CLIENTCERT, REASON_tls_failed, false},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, REASON_tls_pin_mismatch, false},
    /* Bytes that are not HTTP, or that libcurl cannot decode. */
    {CURLE_BAD_CONTENT_ENCODING, REASON_reply_unreadable, true},
    {CURLE_BAD_FUNCTION_ARGUMENT, REASON_reply_unreadable, true},
    {CURLE_WRITE_ERROR, REASON_reply_unreadable, false},
    {CURLE_FILESIZE_EXCEEDED, REASON_reply_too_large, false},
    {TOO_LARGE, REASON_reply_too_large, false},
    {CURLE_OUT_OF_MEMORY, REASON_no_memory, false},
};

/* All other codes, including those of later versions of libcurl: the connection broke. */
static const struct curl_failure BROKEN = {CURLE_OK, REASON_connection_broken, true};

static const struct curl_failure *classify(CURLcode code)
{
    for (size_t i = 0; i < sizeof(FAILURES) / sizeof(FAILURES[0]); i++) {
        if (FAILURES[i].code == code) {
            return &FAILURES[i];
        }
    }
    return &BROKEN;
}

static enum message_id verify_reason(long result)
{
    switch (result) {
    /* What libcurl reports if the name did not match (measured). */
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED: return REASON_tls_wrong_name;
    case X509_V_ERR_CERT_NOT_YET_VALID:
    case X509_V_ERR_CERT_HAS_EXPIRED: return REASON_tls_expired;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_CERT_UNTRUSTED: return REASON_tls_unknown_authority;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL: return REASON_tls_weak_key;
    case X509_V_ERR_CA_MD_TOO_WEAK: return REASON_tls_weak_signature;
    default: return REASON_tls_certificate_invalid;
    }
}

static int32_t fail_verify(const struct transfer *transfer, const char *detail,
                           struct failure *failure)
{
    long result = X509_V_OK;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &result);
    return fail(transfer->operation, failure, verify_reason(result), detail,
                ARGUMENTS(transfer->name, X509_verify_cert_error_string(result)));
}

/*
 * Why the TLS handshake failed, from OpenSSL's text within libcurl's [ssl_err.c, 3.0]. From 3.5 on,
 * OpenSSL cannot rate a group smaller than those in its table [EVP_PKEY_get_security_bits].
 */
static enum message_id handshake_reason(const char *error)
{
    static const struct {
        const char *words;
        enum message_id reason;
    } reasons[] = {
        {"wrong version number", REASON_tls_not_spoken},
        {"unsupported protocol", REASON_tls_too_old},
        {"protocol version", REASON_tls_too_old},
        {"dh key too small", REASON_tls_weak_exchange},
        {"unknown security bits", REASON_tls_weak_exchange},
        {"ee key too small", REASON_tls_weak_key},
        {"ca key too small", REASON_tls_weak_key},
        {"ca md too weak", REASON_tls_weak_signature},
    };

    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if (strstr(error, reasons[i].words) != NULL) {
            return reasons[i].reason;
        }
    }
    return REASON_tls_failed;
}

#define PROXY_LOGIN 407 /* Proxy Authentication Required [RFC 9110, 15.5.8] */

/*
 * Why the proxy made a transfer fail: it was unreachable, or did not allow the connection.
 * MESSAGE_NONE = the proxy is not the cause, as once its tunnel is established.
 */
static enum message_id proxy_reason(const struct transfer *transfer, CURLcode code)
{
    long status = 0, connections = 0;

    if (transfer->policy.proxy == NULL) {
        return MESSAGE_NONE;
    }
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_NUM_CONNECTS, &connections);
    if (status / 100 == 2) {
        return code == CURLE_SSL_CONNECT_ERROR ? REASON_proxy_tls_failed : MESSAGE_NONE;
    }
    if (status == PROXY_LOGIN) {
        return REASON_proxy_login;
    }
    return code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_PROXY ||
                   code == CURLE_COULDNT_CONNECT || status != 0 || connections > 0
               ? REASON_proxy_failed
               : MESSAGE_NONE;
}

/*
 * Without a TCP connection, the address is wrong or a firewall drops the packets. With one, the
 * remote system is slow; or the proxy is, if it has not answered yet.
 */
static int32_t fail_time_out(struct transfer *transfer, const char *detail, struct failure *failure)
{
    long status = 0;
    bool unproxied;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    unproxied = transfer->policy.proxy != NULL && !transfer->heard && status == 0;
    /* Closes the connection, so that close_socket() sets `connected`. */
    (void)curl_multi_remove_handle(transfer->multi, transfer->easy);
    return fail(transfer->operation, failure,
                unproxied             ? REASON_proxy_failed
                : transfer->connected ? REASON_time_out
                                      : REASON_connection_failed,
                detail, ARGUMENTS(transfer->name));
}

static uint64_t bytes_received(CURL *easy)
{
    curl_off_t body = 0;
    long headers = 0;

    (void)curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    (void)curl_easy_getinfo(easy, CURLINFO_HEADER_SIZE, &headers);
    return (uint64_t)body + (uint64_t)headers;
}

/*
 * Whether a kept connection was dead. libcurl then opens a new one by itself, but at most five
 * times per handle (CONN_MAX_RETRIES).
 */
static bool died_on_kept_connection(const struct transfer *transfer, CURLcode code)
{
    long connections = 0;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_NUM_CONNECTS, &connections);
    return connections == 0 && bytes_received(transfer->easy) == 0 &&
           (code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING);
}

#define DESCRIPTORS_NEEDED 3 /* a socket, a CA file, one for a name look-up */

/*
 * Whether the process has no descriptors left. libcurl's error then varies: name not found,
 * connection failed, no CA file.
 */
static bool descriptors_are_used_up(void)
{
    int fds[DESCRIPTORS_NEEDED], count = 0, error = 0;

    while (error == 0 && count < DESCRIPTORS_NEEDED) {
        fds[count] = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
        error = fds[count] < 0 ? errno : 0;
        count += error == 0 ? 1 : 0;
    }
    for (int i = 0; i < count; i++) {
        (void)close(fds[i]);
    }
    return error == EMFILE || error == ENFILE;
}

/*
 * Distinguishes a refused connection. Over plain HTTP, if the remote system has never answered,
 * also a closed connection or bytes that are not HTTP: the port may expect TLS.
 */
static enum message_id connection_reason(const struct transfer *transfer, CURLcode code)
{
    long error = 0;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &error);
    if (code == CURLE_COULDNT_CONNECT && error == ECONNREFUSED) {
        return REASON_connection_refused;
    }
    return !transfer->policy.address.https && !transfer->heard &&
                   (code == CURLE_UNSUPPORTED_PROTOCOL ||
                    (bytes_received(transfer->easy) == 0 && classify(code) == &BROKEN))
               ? REASON_plain_http_unanswered
               : classify(code)->reason;
}

static int32_t fail_curl(struct transfer *transfer, CURLcode code, struct failure *failure)
{
    /*
     * An error text that fills its array was cut, maybe inside a proxy's password: not used then.
     */
    size_t length = strlen(transfer->error);
    bool whole = length > 0 && length < sizeof(transfer->error) - 1;
    const char *error = whole ? transfer->error : curl_easy_strerror(code);
    const struct operation *operation = transfer->operation;
    const struct curl_failure *class = classify(code);
    enum message_id proxy = proxy_reason(transfer, code);
    char detail[CURL_ERROR_SIZE + 32];

    (void)snprintf(detail, sizeof(detail), "libcurl %d: %s", (int)code, error);
    if (descriptors_are_used_up()) {
        return fail(operation, failure, REASON_no_descriptor, detail, ARGUMENTS(transfer->name));
    }
    if (transfer->address_refused && code == CURLE_COULDNT_CONNECT) {
        return fail_field(operation, failure, "url",
                          transfer->policy.address.https ? REASON_address_refused
                                                         : REASON_plain_http_refused,
                          NULL, ARGUMENTS(transfer->name));
    }
    if (proxy != MESSAGE_NONE) {
        transfer->again = proxy != REASON_proxy_login;
        return fail(operation, failure, proxy, detail, ARGUMENTS(transfer->name));
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        return fail_time_out(transfer, detail, failure);
    }
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        return fail_verify(transfer, detail, failure);
    }
    if (code == CURLE_SSL_CACERT_BADFILE) {
        const struct http_policy *policy = &transfer->policy;
        bool own_ca = policy->ca_certificate != NULL;

        if (!own_ca && policy->ca_file != NULL) {
            return fail(operation, failure, REASON_ca_file_unusable, detail,
                        ARGUMENTS(policy->ca_file));
        }
        return fail_field(operation, failure, own_ca ? "ca_certificate" : "", REASON_tls_settings,
                          detail, ARGUMENTS(own_ca ? "ca_certificate" : error));
    }
    if (code == CURLE_SSL_CONNECT_ERROR) {
        transfer->again = true;
        return fail(operation, failure, handshake_reason(error), detail, ARGUMENTS(transfer->name));
    }
    transfer->again = class->again;
    transfer->stale = died_on_kept_connection(transfer, code);
    return fail(operation, failure, connection_reason(transfer, code), detail,
                ARGUMENTS(transfer->name));
}

/* Reports an error of the multi handle: a defect, unless memory was short. */
static int32_t fail_multi(const struct transfer *transfer, CURLMcode code, struct failure *failure)
{
    if (code == CURLM_OUT_OF_MEMORY) {
        return fail_memory(transfer->operation, failure);
    }
    return fail(transfer->operation, failure, REASON_internal, NULL,
                ARGUMENTS(curl_multi_strerror(code)));
}

/* ---- running */

/* Times of one run, in milliseconds of clock_ms(). */
struct watch {
    int64_t end;   /* when the time limit ends */
    int64_t heard; /* when the last byte arrived; 0 = none yet */
    int64_t grace; /* when the grace period ends; 0 = not begun */
    uint64_t received;
};

/* Returns OK, or why the transfer must end now. */
static int32_t watch_check(struct transfer *transfer, struct watch *watch, bool has_grace,
                           struct failure *failure)
{
    const struct limits *limits = transfer->operation->limits;
    uint64_t received = bytes_received(transfer->easy);
    int64_t now = clock_ms();
    struct failure hurry;
    int32_t code = operation_check(transfer->operation, &hurry);

    if (code != HECTOR_OK && has_grace && watch->grace == 0) {
        watch->grace = now + limits->grace_ms;
    }
    if (code != HECTOR_OK && (!has_grace || now >= watch->grace)) {
        *failure = hurry;
        return code;
    }
    if (received != watch->received) {
        watch->received = received;
        watch->heard = now;
    }
    /* Before the first byte the remote system may be working: only the time limit applies. */
    if (watch->heard != 0 && now - watch->heard >= limits->low_speed_ms) {
        transfer->again = true;
        return fail(transfer->operation, failure, REASON_connection_broken,
                    "nothing received any more", ARGUMENTS(transfer->name));
    }
    if (now >= watch->end) {
        return fail_time_out(transfer, "time limit of the request", failure);
    }
    return HECTOR_OK;
}

/* Returns the result of the transfer; there is one once no transfer is running. */
static CURLcode take_result(CURLM *multi)
{
    int left;
    CURLMsg *message = curl_multi_info_read(multi, &left);

    return message != NULL ? message->data.result : CURLE_RECV_ERROR;
}

static int32_t drive(struct transfer *transfer, struct watch *watch, bool has_grace,
                     struct failure *failure)
{
    for (;;) {
        int running = 0;
        CURLMcode code = curl_multi_perform(transfer->multi, &running);
        int32_t stop;

        if (code == CURLM_OK && running == 0) {
            CURLcode result = take_result(transfer->multi);
            curl_off_t first_byte_us = 0; /* only now: earlier it is that of the previous run */

            (void)curl_easy_getinfo(transfer->easy, CURLINFO_STARTTRANSFER_TIME_T, &first_byte_us);
            transfer->answered = first_byte_us > 0;
            transfer->heard = transfer->heard || (transfer->answered && result == CURLE_OK);
            return result == CURLE_OK ? HECTOR_OK : fail_curl(transfer, result, failure);
        }
        stop = watch_check(transfer, watch, has_grace, failure);
        if (stop != HECTOR_OK) {
            return stop;
        }
        operation_wait(transfer->operation);
        if (code == CURLM_OK) {
            code = curl_multi_poll(transfer->multi, NULL, 0, POLL_MS, NULL);
        }
        if (code != CURLM_OK) {
            return fail_multi(transfer, code, failure);
        }
    }
}

int32_t transfer_run(struct transfer *transfer, int32_t timeout_ms, bool has_grace,
                     struct failure *failure)
{
    struct watch watch = {.end = clock_ms() + timeout_ms};
    int32_t code;

    transfer->answered = transfer->again = transfer->stale = false;
    transfer->address_refused = transfer->connected = false;
    transfer->error[0] = '\0';
    if (curl_multi_add_handle(transfer->multi, transfer->easy) != CURLM_OK) {
        return fail_memory(transfer->operation, failure);
    }
    code = drive(transfer, &watch, has_grace, failure);
    transfer->operation->bytes += bytes_received(transfer->easy);
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
    const char *pem;
    char origin[ADDRESS_TEXT_MAX];
    int32_t code;

    address_format(&transfer->policy.address, origin, sizeof(origin));
    if (curl_easy_setopt(transfer->easy, CURLOPT_URL, origin) != CURLE_OK) {
        return fail_memory(transfer->operation, failure);
    }
    (void)curl_easy_setopt(transfer->easy, CURLOPT_CONNECT_ONLY, 1L);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_CERTINFO, 1L);
    code = transfer_run(transfer, transfer->policy.timeout_ms, false, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    pem = leaf_certificate(transfer->easy);
    if (pem != NULL) {
        buffer_append_text(ret_pem, pem);
    }
    if (ret_pem->state == BUFFER_NO_MEMORY) {
        return fail_memory(transfer->operation, failure);
    }
    if (pem == NULL || ret_pem->state != BUFFER_OK) {
        return fail(transfer->operation, failure, REASON_certificate_unreadable, NULL,
                    ARGUMENTS(transfer->name));
    }
    return HECTOR_OK;
}

int32_t transfer_peer_certificate(const struct transfer *like, struct buffer *ret_pem,
                                  struct failure *failure)
{
    struct http_policy policy = like->policy;
    struct transfer transfer;
    int32_t code;

    policy.verify_tls = false;
    policy.pinned_public_key = NULL;
    code = transfer_open(&transfer, like->operation, &policy, failure);
    if (code == HECTOR_OK) {
        code = shake_hands(&transfer, ret_pem, failure);
    }
    transfer_close(&transfer);
    return code;
}
