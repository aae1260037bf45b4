/*
 * http_peer.c - the server of the HTTP tests: scripted, in a thread of its own.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "http_peer.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "identity.h"
#include "loopback.h"

#define CONNECTIONS_MAX 16

struct connection {
    int fd;
    SSL *tls;
    bool parked; /* kept open, no longer polled */
};

struct http_peer {
    struct peer_script script;
    size_t next; /* the next answer */
    int listener, stop;
    uint16_t port;
    SSL_CTX *context;
    struct connection connections[CONNECTIONS_MAX];
    size_t count;
    struct peer_record record;
    pthread_t thread;
};

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* ---- bytes */

static bool stopping(const struct http_peer *peer, int milliseconds)
{
    struct pollfd event = {.fd = peer->stop, .events = POLLIN};

    return poll(&event, 1, milliseconds) == 1;
}

/* False when the client has closed, or the test is over. */
static bool peer_send(const struct http_peer *peer, struct connection *connection,
                      const char *bytes, size_t size)
{
    while (size > 0) {
        struct pollfd events[] = {{.fd = connection->fd, .events = POLLOUT},
                                  {.fd = peer->stop, .events = POLLIN}};
        ssize_t sent;

        if (poll(events, 2, -1) < 0 || events[1].revents != 0) {
            return false;
        }
        /* Blocking, but small enough to fit: poll() has just reported room in the socket. */
        sent = connection->tls != NULL
                   ? SSL_write(connection->tls, bytes, size < 1024 ? (int)size : 1024)
                   : send(connection->fd, bytes, size < 1024 ? size : 1024, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

static bool peer_receive(struct http_peer *peer, struct connection *connection)
{
    char *to = peer->record.text + strlen(peer->record.text);
    size_t room = sizeof(peer->record.text) - strlen(peer->record.text) - 1;
    ssize_t got;

    if (room == 0) {
        return false;
    }
    got = connection->tls != NULL ? SSL_read(connection->tls, to, (int)room)
                                  : recv(connection->fd, to, room, 0);
    if (got <= 0) {
        return false;
    }
    to[got] = '\0';
    return true;
}

/* True when the request at this place is complete, or is the first record of TLS. */
static bool request_is_complete(const char *request)
{
    const char *end = strstr(request, "\r\n\r\n");
    const char *length = strcasestr(request, "\r\nContent-Length:");

    if (end == NULL) {
        return request[0] == 0x16;
    }
    if (length == NULL || length > end) {
        return true;
    }
    return strlen(end + 4) >= strtoul(length + 17, NULL, 10);
}

/* ---- connections */

static void connection_close(struct http_peer *peer, size_t index)
{
    SSL_free(peer->connections[index].tls);
    close(peer->connections[index].fd);
    peer->connections[index] = peer->connections[--peer->count];
}

static void peer_accept(struct http_peer *peer)
{
    struct connection *connection = &peer->connections[peer->count];
    int fd = accept4(peer->listener, NULL, NULL, SOCK_CLOEXEC);

    if (fd < 0) {
        return;
    }
    peer->record.connections++;
    if (peer->count == CONNECTIONS_MAX) {
        close(fd);
        return;
    }
    *connection = (struct connection){.fd = fd, .parked = peer->script.mute};
    peer->count++;
    if (peer->context == NULL || peer->script.mute) {
        return;
    }
    connection->tls = SSL_new(peer->context);
    if (SSL_set_fd(connection->tls, fd) != 1 || SSL_accept(connection->tls) != 1) {
        connection_close(peer, peer->count - 1);
    }
}

/* False when the connection must be closed. */
static bool peer_answer(struct http_peer *peer, struct connection *connection)
{
    const struct peer_answer *answer = &peer->script.answers[peer->next];
    const struct peer_answer *following = answer + 1;

    if (following->text != NULL || following->after != PEER_KEEP || following->again != NULL) {
        peer->next++;
    }
    for (const char *text = answer->text; text != NULL && *text != '\0';) {
        size_t size = answer->pause_ms > 0 ? 1 : strlen(text);

        if ((answer->pause_ms > 0 && stopping(peer, answer->pause_ms)) ||
            !peer_send(peer, connection, text, size)) {
            return false;
        }
        text += size;
    }
    while (answer->again != NULL) {
        if (!peer_send(peer, connection, answer->again, strlen(answer->again))) {
            return false;
        }
    }
    connection->parked = answer->after == PEER_STALL;
    return answer->after != PEER_CLOSE;
}

static bool peer_serve(struct http_peer *peer, struct connection *connection)
{
    size_t start = strlen(peer->record.text);

    do {
        if (!peer_receive(peer, connection)) {
            return false;
        }
    } while (!request_is_complete(peer->record.text + start));
    peer->record.requests++;
    return peer_answer(peer, connection);
}

static void *peer_main(void *context)
{
    struct http_peer *peer = context;

    for (;;) {
        struct pollfd events[CONNECTIONS_MAX + 2] = {{.fd = peer->stop, .events = POLLIN},
                                                     {.fd = peer->listener, .events = POLLIN}};

        for (size_t i = 0; i < peer->count; i++) {
            events[i + 2].fd = peer->connections[i].parked ? -1 : peer->connections[i].fd;
            events[i + 2].events = POLLIN;
        }
        if (poll(events, (nfds_t)peer->count + 2, -1) < 0 || events[0].revents != 0) {
            return NULL;
        }
        for (size_t i = peer->count; i-- > 0;) {
            if (events[i + 2].revents != 0 && !peer_serve(peer, &peer->connections[i])) {
                connection_close(peer, i);
            }
        }
        if (events[1].revents != 0) {
            peer_accept(peer);
        }
    }
}

/* ---- start and stop */

/* Allows everything: OpenSSL's default refuses so small a group at any security level. */
static int allow(const SSL *ssl, const SSL_CTX *context, int what, int bits, int id, void *other,
                 void *data)
{
    (void)ssl, (void)context, (void)what, (void)bits, (void)id, (void)other, (void)data;
    return 1;
}

/* Built here, because OpenSSL names no group this small. */
static void set_weak_exchange(SSL_CTX *context)
{
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, "DH", NULL);
    EVP_PKEY *group = NULL;

    SSL_CTX_set_security_callback(context, allow);
    if (maker == NULL || EVP_PKEY_paramgen_init(maker) != 1 ||
        EVP_PKEY_CTX_set_dh_paramgen_prime_len(maker, 512) != 1 ||
        EVP_PKEY_paramgen(maker, &group) != 1 ||
        SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context, "kDHE") != 1 ||
        SSL_CTX_set0_tmp_dh_pkey(context, group) != 1) { /* the context owns it now */
        die("Diffie-Hellman");
    }
    EVP_PKEY_CTX_free(maker);
}

static SSL_CTX *make_context(const struct peer_script *script)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());

    if (context != NULL) {
        SSL_CTX_set_security_level(context,
                                   0); /* allows weak certificates: the client has to refuse them */
    }
    if (context == NULL || SSL_CTX_use_certificate(context, script->identity->certificate) != 1 ||
        SSL_CTX_use_PrivateKey(context, script->identity->key) != 1) {
        die("TLS");
    }
    if (script->old_tls) {
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
    }
    if (script->weak_exchange) {
        set_weak_exchange(context);
    }
    return context;
}

struct http_peer *http_peer_start(const struct peer_script *script)
{
    struct http_peer *peer = calloc(1, sizeof(*peer));

    if (peer == NULL) {
        die("calloc");
    }
    signal(SIGPIPE, SIG_IGN); /* as the contract requires of a host */
    peer->script = *script;
    peer->listener = loopback_listen(16, &peer->port);
    peer->stop = eventfd(0, EFD_CLOEXEC);
    peer->context = script->identity != NULL ? make_context(script) : NULL;
    if (peer->stop < 0 || pthread_create(&peer->thread, NULL, peer_main, peer) != 0) {
        die("peer");
    }
    return peer;
}

uint16_t http_peer_port(const struct http_peer *peer)
{
    return peer->port;
}

void http_peer_stop(struct http_peer *peer, struct peer_record *ret)
{
    uint64_t one = 1;

    if (write(peer->stop, &one, sizeof(one)) != sizeof(one)) {
        die("stop");
    }
    pthread_join(peer->thread, NULL);
    while (peer->count > 0) {
        connection_close(peer, peer->count - 1);
    }
    close(peer->listener);
    close(peer->stop);
    SSL_CTX_free(peer->context);
    *ret = peer->record;
    free(peer);
}
