/*
 * honeypot.c - a server that must never receive a secret: it records every byte that arrives.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One port for plain HTTP and for TLS, which it distinguishes by the first byte of a connection. It
 * answers as a FortiManager that accepts every login, so that a misdirected client continues and
 * sends its secrets. Each connection has a thread. The record is one file, in the order of arrival,
 * with lines in square brackets for events: [connection], [TLS], [tunnel to ...]. Bytes within TLS
 * are recorded decrypted, those within a tunnel as they pass.
 */
#include "certificate.h"
#include "file.h"
#include "text.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <getopt.h>
#include <json-c/json.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAXIMUM_REQUEST ((size_t)1024 * 1024)
#define TLS_HANDSHAKE   0x16

static const char help[] =
    "Usage: honeypot --port-file FILE --record FILE [OPTION]...\n"
    "A server that answers whoever comes, and records every byte that arrives.\n"
    "\n"
    "  --port-file FILE         write the port there, last of all, when ready to serve\n"
    "  --record FILE            append what arrives there\n"
    "  --address A              IPv4 address to listen on (default 127.0.0.1)\n"
    "  --certificate KIND       valid, expired, wrong-name or unknown (default valid)\n"
    "  --certificate-file FILE  write the certificate (PEM) to trust there\n"
    "  --serve WHAT             fortimanager, fortigate, html, proxy (a CONNECT leads to the port\n"
    "                           that it names on 127.0.0.1), or nothing (it never says a word)\n"
    "  --help                   this text\n";

enum honeypot_serve { AS_FORTIMANAGER, AS_FORTIGATE, AS_HTML, AS_PROXY, AS_NOTHING };

struct honeypot {
    const char *port_file;
    const char *record_file;
    const char *certificate_file;
    const char *address;
    int certificate;
    int serve;
    int record;
    SSL_CTX *tls;
};

struct connection {
    const struct honeypot *honeypot;
    int socket;
    SSL *tls; /* NULL: plain HTTP */
    struct text request;
};

/* The record -------------------------------------------------------------------------------- */

/* One write for each piece, so that threads do not interrupt each other's. */
static void record(const struct honeypot *honeypot, const char *bytes, size_t size)
{
    if (write(honeypot->record, bytes, size) != (ssize_t)size)
        _exit(EXIT_FAILURE); /* a record with gaps would prove nothing */
}

static void record_event(const struct honeypot *honeypot, const char *event)
{
    char *line = must_print("\n[%s]\n", event);

    record(honeypot, line, strlen(line));
    free(line);
}

/* Bytes in and out -------------------------------------------------------------------------- */

/* Receives bytes, and records them. False at the end of the connection. */
static bool receive(struct connection *connection)
{
    char bytes[16384];
    ssize_t size = connection->tls != NULL ? SSL_read(connection->tls, bytes, sizeof(bytes))
                                           : recv(connection->socket, bytes, sizeof(bytes), 0);

    if (size <= 0)
        return false;
    record(connection->honeypot, bytes, (size_t)size);
    text_add(&connection->request, bytes, (size_t)size);
    return connection->request.size <= MAXIMUM_REQUEST;
}

static void send_all(struct connection *connection, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = connection->tls != NULL ? SSL_write(connection->tls, bytes, (int)size)
                                               : send(connection->socket, bytes, size, 0);

        if (sent <= 0)
            return;
        bytes += sent;
        size -= (size_t)sent;
    }
}

/* Records the TLS hello first, so that nothing is lost when TLS fails. */
static bool begin_tls(struct connection *connection)
{
    char hello[16384];
    ssize_t size = recv(connection->socket, hello, sizeof(hello), MSG_PEEK);

    if (size <= 0)
        return false;
    if (hello[0] != TLS_HANDSHAKE || connection->honeypot->serve == AS_NOTHING)
        return true;
    record(connection->honeypot, hello, (size_t)size);
    connection->tls = SSL_new(connection->honeypot->tls);
    if (connection->tls == NULL || SSL_set_fd(connection->tls, connection->socket) != 1 ||
        SSL_accept(connection->tls) != 1)
        return false;
    record_event(connection->honeypot, "TLS");
    return true;
}

/* Requests ---------------------------------------------------------------------------------- */

static size_t body_length(const char *head)
{
    const char *length = strcasestr(head, "\r\nContent-Length:");

    return length != NULL ? strtoul(length + 17, NULL, 10) : 0;
}

/* The body of the request when it is complete, otherwise NULL. The request ends with a NUL. */
static const char *whole_request(struct text *request)
{
    const char *end;

    text_add(request, "", 1);
    request->size--;
    end = strstr(request->bytes, "\r\n\r\n");
    if (end == NULL || strlen(end + 4) < body_length(request->bytes))
        return NULL;
    return end + 4;
}

static void reply(struct connection *connection, const char *status, const char *type,
                  const char *body)
{
    char *text = must_print("HTTP/1.1 %s\r\nContent-Type: %s\r\nSet-Cookie: honeypot=1; Path=/\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            status, type, strlen(body), body);

    send_all(connection, text, strlen(text));
    free(text);
}

/* Accepts every login, and returns no data. */
static void reply_as_fortimanager(struct connection *connection, const char *body)
{
    struct json_object *call = json_tokener_parse(body);
    struct json_object *params = json_object_object_get(call, "params");
    struct text text = {NULL, 0, 0};
    size_t count =
        json_object_is_type(params, json_type_array) ? json_object_array_length(params) : 0;

    text_open(&text, '{');
    text_key(&text, "id");
    text_integer(&text, json_object_get_int64(json_object_object_get(call, "id")));
    text_key(&text, "result");
    text_open(&text, '[');
    for (size_t i = 0; i < count; i++) {
        struct json_object *param = json_object_array_get_idx(params, i);

        text_open(&text, '{');
        text_key(&text, "data");
        text_literal(&text, "[]");
        text_key(&text, "status");
        text_literal(&text, "{\"code\":0,\"message\":\"OK\"}");
        text_key(&text, "url");
        text_string(&text, json_object_get_string(json_object_object_get(param, "url")));
        text_close(&text, '}');
    }
    text_close(&text, ']');
    text_key(&text, "session");
    text_string(&text, "a-session-of-the-honeypot");
    text_close(&text, '}');
    text_add(&text, "", 1);
    reply(connection, "200 OK", "application/json", text.bytes);
    text_release(&text);
    (void)json_object_put(call);
}

static void answer(struct connection *connection, const char *body)
{
    static const char page[] = "<html><title>Please login</title></html>\n";
    bool call = strncmp(connection->request.bytes, "POST /jsonrpc", 13) == 0;
    bool api = strncmp(connection->request.bytes, "GET /api/v2/", 12) == 0;

    if (connection->honeypot->serve == AS_HTML)
        reply(connection, "200 OK", "text/html", page);
    else if (api)
        reply(connection, "200 OK", "application/json",
              "{\"status\":\"success\",\"serial\":\"FGT60FTK20000001\",\"version\":\"v7.4.7\"}");
    else if (call && connection->honeypot->serve != AS_FORTIGATE)
        reply_as_fortimanager(connection, body);
    else
        reply(connection, "404 Not Found", "text/html", page);
}

/* Proxy ------------------------------------------------------------------------------------- */

static int connect_to(const char *target)
{
    const char *port = strrchr(target, ':');
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    int to = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_port = htons((uint16_t)(port != NULL ? strtoul(port + 1, NULL, 10) : 0));
    if (to >= 0 && connect(to, (struct sockaddr *)&address, sizeof(address)) == 0)
        return to;
    (void)close(to);
    return -1;
}

/* Passes bytes on; false when one side has closed. */
static bool pass(const struct honeypot *honeypot, int from, int to, bool recorded)
{
    char bytes[16384];
    ssize_t size = recv(from, bytes, sizeof(bytes), 0);

    if (size <= 0)
        return false;
    if (recorded)
        record(honeypot, bytes, (size_t)size);
    return send(to, bytes, (size_t)size, 0) == size;
}

static void tunnel(struct connection *connection, const char *target)
{
    const struct honeypot *honeypot = connection->honeypot;
    int to = connect_to(target);
    struct pollfd ends[2] = {{.fd = connection->socket, .events = POLLIN},
                             {.fd = to, .events = POLLIN}};
    bool open = to >= 0;

    if (!open) {
        reply(connection, "502 Bad Gateway", "text/plain", "");
        return;
    }
    record_event(honeypot, "tunnel");
    send_all(connection, "HTTP/1.1 200 OK\r\n\r\n", strlen("HTTP/1.1 200 OK\r\n\r\n"));
    while (open && poll(ends, 2, -1) > 0) {
        if (ends[0].revents != 0)
            open = pass(honeypot, connection->socket, to, true);
        if (open && ends[1].revents != 0)
            open = pass(honeypot, to, connection->socket, false);
    }
    (void)close(to);
}

/* Connections ------------------------------------------------------------------------------- */

/* Answers one request. False when the connection has closed. */
static bool serve_request(struct connection *connection)
{
    const char *body = NULL;
    char target[256] = "";

    connection->request.size = 0;
    while (body == NULL) {
        if (!receive(connection))
            return false;
        body =
            connection->honeypot->serve != AS_NOTHING ? whole_request(&connection->request) : NULL;
    }
    if (sscanf(connection->request.bytes, "CONNECT %255s", target) != 1) {
        answer(connection, body);
        return true;
    }
    if (connection->honeypot->serve == AS_PROXY) {
        tunnel(connection, target);
        return false;
    }
    /* The honeypot itself plays the target. */
    send_all(connection, "HTTP/1.1 200 OK\r\n\r\n", strlen("HTTP/1.1 200 OK\r\n\r\n"));
    return begin_tls(connection);
}

static void *serve_connection(void *context)
{
    struct connection *connection = context;

    record_event(connection->honeypot, "connection");
    if (begin_tls(connection))
        while (serve_request(connection))
            continue;
    SSL_free(connection->tls);
    (void)close(connection->socket);
    text_release(&connection->request);
    free(connection);
    return NULL;
}

static void serve(const struct honeypot *honeypot, int listener)
{
    for (;;) {
        struct connection *connection = must_allocate(1, sizeof(*connection));
        pthread_t thread;

        connection->honeypot = honeypot;
        connection->socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (connection->socket < 0 ||
            pthread_create(&thread, NULL, serve_connection, connection) != 0)
            _exit(EXIT_FAILURE);
        (void)pthread_detach(thread);
    }
}

/* Start ------------------------------------------------------------------------------------- */

static int read_options(struct honeypot *honeypot, int argument_count, char **arguments)
{
    static const char *const kinds[] = {"valid", "expired", "wrong-name", "unknown", NULL};
    static const char *const serves[] = {"fortimanager", "fortigate", "html",
                                         "proxy",        "nothing",   NULL};
    static const struct option options[] = {{"port-file", required_argument, NULL, 'p'},
                                            {"record", required_argument, NULL, 'r'},
                                            {"address", required_argument, NULL, 'a'},
                                            {"certificate", required_argument, NULL, 'c'},
                                            {"certificate-file", required_argument, NULL, 'f'},
                                            {"serve", required_argument, NULL, 's'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    int code;

    *honeypot = (struct honeypot){.address = "127.0.0.1"};
    while ((code = getopt_long(argument_count, arguments, "", options, NULL)) != -1) {
        const char *const *names = code == 'c' ? kinds : serves;
        int choice = 0;

        while ((code == 'c' || code == 's') && names[choice] != NULL &&
               strcmp(names[choice], optarg) != 0)
            choice++;
        switch (code) {
        case 'p': honeypot->port_file = optarg; break;
        case 'r': honeypot->record_file = optarg; break;
        case 'a': honeypot->address = optarg; break;
        case 'c': honeypot->certificate = choice; break;
        case 'f': honeypot->certificate_file = optarg; break;
        case 's': honeypot->serve = choice; break;
        default: (void)fputs(help, code == 'h' ? stdout : stderr); return -1;
        }
        if ((code == 'c' || code == 's') && names[choice] == NULL) {
            (void)fprintf(stderr, "honeypot: bad value: %s\n", optarg);
            return -1;
        }
    }
    return honeypot->port_file != NULL && honeypot->record_file != NULL ? 0 : -1;
}

static bool use_certificate(SSL_CTX *tls, const struct certificate *certificate)
{
    BIO *key = BIO_new_mem_buf(certificate->key_pem, -1);
    BIO *shown = BIO_new_mem_buf(certificate->certificate_pem, -1);
    EVP_PKEY *private_key = PEM_read_bio_PrivateKey(key, NULL, NULL, NULL);
    X509 *x509 = PEM_read_bio_X509(shown, NULL, NULL, NULL);
    bool used =
        SSL_CTX_use_certificate(tls, x509) == 1 && SSL_CTX_use_PrivateKey(tls, private_key) == 1;

    X509_free(x509);
    EVP_PKEY_free(private_key);
    BIO_free(shown);
    BIO_free(key);
    return used;
}

static int prepare_tls(struct honeypot *honeypot)
{
    struct certificate certificate;
    int result = -1;

    honeypot->tls = SSL_CTX_new(TLS_server_method());
    if (honeypot->tls != NULL &&
        certificate_make(&certificate, (enum certificate_kind)honeypot->certificate,
                         "FMGVMSTM00000001") == 0) {
        if (use_certificate(honeypot->tls, &certificate) &&
            file_write(honeypot->certificate_file, certificate.trust_pem,
                       strlen(certificate.trust_pem)) == 0)
            result = 0;
        certificate_release(&certificate);
    }
    return result;
}

static int listen_at(const struct honeypot *honeypot)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    char port[16];
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (inet_pton(AF_INET, honeypot->address, &address.sin_addr) != 1 || listener < 0 ||
        bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 64) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return -1;
    (void)snprintf(port, sizeof(port), "%u\n", (unsigned)ntohs(address.sin_port));
    return file_write(honeypot->port_file, port, strlen(port)) == 0 ? listener : -1;
}

int main(int argument_count, char **arguments)
{
    struct honeypot honeypot;
    int listener;

    if (read_options(&honeypot, argument_count, arguments) != 0)
        return 2;
    (void)signal(SIGPIPE, SIG_IGN);
    honeypot.record = open(honeypot.record_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (honeypot.record < 0 || prepare_tls(&honeypot) != 0 ||
        (listener = listen_at(&honeypot)) < 0) {
        (void)fputs("honeypot: cannot serve\n", stderr);
        return EXIT_FAILURE;
    }
    serve(&honeypot, listener);
    return EXIT_SUCCESS;
}
