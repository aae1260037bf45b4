/*
 * bearer.c - a bearer token: where it may stand, and from where it may come.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bearer.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char bearer[] = "Bearer ";

struct watch {
    const char *token;
    struct report *report;
};

bool bearer_is(const char *authorization, const char *token)
{
    return authorization != NULL && strncmp(authorization, bearer, sizeof(bearer) - 1) == 0 &&
           strcmp(authorization + sizeof(bearer) - 1, token) == 0;
}

static enum MHD_Result look(void *context, enum MHD_ValueKind kind, const char *key,
                            const char *value)
{
    const struct watch *watch = context;
    bool header = kind == MHD_HEADER_KIND;

    if (value == NULL)
        return MHD_YES;
    if (header && strcasecmp(key, MHD_HTTP_HEADER_AUTHORIZATION) == 0) {
        if (strncmp(value, bearer, sizeof(bearer) - 1) != 0)
            report_violation(watch->report, "Authorization is no bearer token");
    } else if (strstr(value, watch->token) != NULL) {
        report_violation(watch->report, "the token in the %s %s", header ? "header" : "url's", key);
    }
    return MHD_YES;
}

void bearer_watch(const struct request *request, const char *token, struct report *report)
{
    struct watch watch = {token, report};

    (void)MHD_get_connection_values(request->connection, MHD_HEADER_KIND | MHD_GET_ARGUMENT_KIND,
                                    look, &watch);
    if (strstr(request->body->bytes, token) != NULL)
        report_violation(report, "the token in a body");
    if (strstr(request->path, token) != NULL)
        report_violation(report, "the token in a path");
}

/* Whether an address is in a subnet, which ends at a comma or with the text. */
static bool is_within(struct in_addr address, const char *subnet)
{
    char text[INET_ADDRSTRLEN + 4];
    size_t size = strcspn(subnet, ",");
    struct in_addr network;
    char *slash;
    unsigned long bits = 32;

    if (size >= sizeof(text))
        return false;
    (void)snprintf(text, sizeof(text), "%.*s", (int)size, subnet);
    slash = strchr(text, '/');
    if (slash != NULL) {
        *slash = '\0';
        bits = strtoul(slash + 1, NULL, 10);
    }
    if (inet_pton(AF_INET, text, &network) != 1 || bits > 32)
        return false;
    return bits == 0 ||
           (ntohl(address.s_addr) ^ ntohl(network.s_addr)) >> (32 - (unsigned)bits) == 0;
}

bool bearer_is_from(const struct request *request, const char *subnets)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct sockaddr_in address;

    if (info == NULL || info->client_addr->sa_family != AF_INET)
        return false;
    memcpy(&address, info->client_addr, sizeof(address));
    while (*subnets != '\0') {
        if (is_within(address.sin_addr, subnets))
            return true;
        subnets += strcspn(subnets, ",");
        subnets += *subnets == ',' ? 1 : 0;
    }
    return false;
}
