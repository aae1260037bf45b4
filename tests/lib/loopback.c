/*
 * loopback.c - ports of 127.0.0.1 for the servers of the unit tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

/* A socket that is bound and does not listen yet: the system refuses connections to its port. */
static int bound_socket(uint16_t *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        perror("bind");
        exit(EXIT_FAILURE);
    }
    *ret_port = ntohs(address.sin_port);
    return fd;
}

int loopback_listen(int backlog, uint16_t *ret_port)
{
    int fd = bound_socket(ret_port);

    if (listen(fd, backlog) != 0) {
        perror("listen");
        exit(EXIT_FAILURE);
    }
    return fd;
}

uint16_t loopback_closed_port(void)
{
    static uint16_t port;

    if (port == 0) {
        (void)bound_socket(&port);
    }
    return port;
}
