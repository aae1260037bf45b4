/*
 * transfer_failure.c - why a libcurl transfer failed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "transfer_failure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <openssl/x509_vfy.h>

struct curl_failure {
    CURLcode code;
    enum message_id reason;
    bool again;
};

/* CURLE_TOO_LARGE, new in libcurl 8.6; earlier versions report CURLE_OUT_OF_MEMORY. */
#define TOO_LARGE ((CURLcode)100)

/* Without the codes of options that transfer.c does not set: engines, client certificates, CRLs. */
static const struct curl_failure FAILURES[] = {
    {CURLE_COULDNT_RESOLVE_HOST, REASON_name_unknown, false},
    {CURLE_URL_MALFORMAT, REASON_name_unknown, false},
    {CURLE_COULDNT_CONNECT, REASON_connection_failed, true},
    {CURLE_NO_CONNECTION_AVAILABLE, REASON_connection_failed, true},
    {CURLE_SSL_CONNECT_ERROR, REASON_tls_failed, true},
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

static const struct curl_failure *classify_curl(CURLcode code)
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
    long status = transfer_info(transfer, CURLINFO_HTTP_CONNECTCODE);
    const char *proxy = transfer->policy.proxy;

    if (proxy == NULL) {
        return MESSAGE_NONE;
    }
    /* Otherwise the only name to look up is the proxy's, whichever code libcurl has for it. */
    bool looks_up_host = address_literal(transfer->policy.address.host) == 0 &&
                         (strncmp(proxy, "socks4:", strlen("socks4:")) == 0 ||
                          strncmp(proxy, "socks5:", strlen("socks5:")) == 0);
    if (status / 100 == 2) {
        return code == CURLE_SSL_CONNECT_ERROR ? REASON_proxy_tls_failed : MESSAGE_NONE;
    }
    if (status == PROXY_LOGIN) {
        return REASON_proxy_login;
    }
    return code == CURLE_COULDNT_RESOLVE_PROXY ||
                   (code == CURLE_COULDNT_RESOLVE_HOST && !looks_up_host) || code == CURLE_PROXY ||
                   code == CURLE_COULDNT_CONNECT || status != 0 ||
                   transfer_info(transfer, CURLINFO_NUM_CONNECTS) > 0
               ? REASON_proxy_failed
               : MESSAGE_NONE;
}

int32_t transfer_failure_time_out(struct transfer *transfer, const char *detail,
                                  struct failure *failure)
{
    bool unproxied = transfer->policy.proxy != NULL && !transfer->heard &&
                     transfer_info(transfer, CURLINFO_HTTP_CONNECTCODE) == 0;

    /* Closes the connection, so that close_socket() sets `connected`. */
    (void)curl_multi_remove_handle(transfer->multi, transfer->easy);
    return transfer_fail(transfer, failure,
                         unproxied             ? REASON_proxy_failed
                         : transfer->connected ? REASON_time_out
                                               : REASON_connection_failed,
                         detail);
}

/*
 * Whether a kept connection was dead. libcurl then opens a new one by itself, but at most five
 * times per handle (CONN_MAX_RETRIES).
 */
static bool died_on_kept_connection(const struct transfer *transfer, CURLcode code)
{
    return transfer_info(transfer, CURLINFO_NUM_CONNECTS) == 0 &&
           transfer_received(transfer) == 0 &&
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
    if (code == CURLE_COULDNT_CONNECT &&
        transfer_info(transfer, CURLINFO_OS_ERRNO) == ECONNREFUSED) {
        return REASON_connection_refused;
    }
    return !transfer->policy.address.https && !transfer->heard &&
                   (code == CURLE_UNSUPPORTED_PROTOCOL ||
                    (transfer_received(transfer) == 0 && classify_curl(code) == &BROKEN))
               ? REASON_plain_http_unanswered
               : classify_curl(code)->reason;
}

int32_t transfer_failure_report(struct transfer *transfer, CURLcode code, struct failure *failure)
{
    /*
     * An error text that fills its array was cut, maybe inside a proxy's password: not used then.
     */
    size_t length = strlen(transfer->error);
    bool whole = length > 0 && length < sizeof(transfer->error) - 1;
    const char *error = whole ? transfer->error : curl_easy_strerror(code);
    const struct operation *operation = transfer->operation;
    const struct curl_failure *class = classify_curl(code);
    enum message_id proxy = proxy_reason(transfer, code);
    char detail[CURL_ERROR_SIZE + 32];

    (void)snprintf(detail, sizeof(detail), "libcurl %d: %s", (int)code, error);
    if (descriptors_are_used_up()) {
        return transfer_fail(transfer, failure, REASON_no_descriptor, detail);
    }
    if (transfer->address_refused && code == CURLE_COULDNT_CONNECT) {
        return fail_field(operation, failure, "url",
                          transfer->policy.address.https ? REASON_address_refused
                                                         : REASON_plain_http_refused,
                          ARGUMENTS(transfer->name));
    }
    if (proxy != MESSAGE_NONE) {
        transfer->again = proxy != REASON_proxy_login;
        return transfer_fail(transfer, failure, proxy, detail);
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        return transfer_failure_time_out(transfer, detail, failure);
    }
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        long result = transfer_info(transfer, CURLINFO_SSL_VERIFYRESULT);

        return fail(operation, failure, verify_reason(result), detail,
                    ARGUMENTS(transfer->name, X509_verify_cert_error_string(result)));
    }
    if (code == CURLE_SSL_CACERT_BADFILE) {
        const struct http_policy *policy = &transfer->policy;
        bool own_ca = policy->ca_certificate != NULL;

        if (!own_ca && policy->ca_file != NULL) {
            return fail(operation, failure, REASON_ca_file_unusable, detail,
                        ARGUMENTS(policy->ca_file));
        }
        (void)fail_field(operation, failure, own_ca ? "ca_certificate" : "", REASON_tls_settings,
                         ARGUMENTS(own_ca ? "ca_certificate" : error));
        failure_detail(operation, failure, detail);
        return failure->cause;
    }
    if (code == CURLE_SSL_CONNECT_ERROR) {
        transfer->again = true;
        return transfer_fail(transfer, failure, handshake_reason(error), detail);
    }
    transfer->again = class->again;
    transfer->stale = died_on_kept_connection(transfer, code);
    return transfer_fail(transfer, failure, connection_reason(transfer, code), detail);
}
