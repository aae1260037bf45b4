/*
 * settings.h - the options of the simulator.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_SETTINGS_H
#define SIMULATOR_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

/* FortiManager versions as major * 10000 + minor * 100 + patch. */
#define VERSION_7_0_3 70003
#define VERSION_7_4_7 70407
#define VERSION_7_6_7 70607

#define MAXIMUM_FAULTS   32
#define MAXIMUM_SESSIONS 1024
#define MAXIMUM_FGTS     20000
#define MAXIMUM_UNITS    20 /* switches, or access points, of one FortiGate */
#define ANY_NUMBER       UINT32_MAX

enum certificate_kind {
    CERTIFICATE_VALID,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_WRONG_NAME,
    CERTIFICATE_UNKNOWN
};

enum serve_as { SERVE_FORTIMANAGER, SERVE_CLOUD, SERVE_HTML, SERVE_FORTIGATE, SERVE_HTTP_404 };

struct settings {
    uint16_t port;
    const char *port_file;
    const char *certificate_file;
    const char *expected_file;
    const char *report_file;
    uint64_t seed;
    uint32_t fgts;
    uint32_t switches;      /* of each FortiGate, or ANY_NUMBER */
    uint32_t access_points; /* of each FortiGate, or ANY_NUMBER */
    uint32_t version;
    const char *user;
    const char *password;
    const char *key;
    bool adoms_disabled;
    const char *per_device;
    bool advanced;          /* the VDOMs of one FortiGate are in several ADOMs */
    bool failover;          /* every cluster has failed over */
    bool members_apart;     /* rows of the device table lack their members */
    bool all_offline;       /* no FortiGate is connected */
    uint32_t double_listed; /* units in the unit lists of two FortiGates */
    uint32_t proxy_dead;    /* connected FortiGates that do not answer */
    uint32_t proxy_dead_ms;
    uint32_t session_limit;
    uint32_t session_seconds;
    enum certificate_kind certificate;
    enum serve_as serve;
    bool plain_http;
    const char *deny;
    uint32_t delay_ms;
    const char *faults[MAXIMUM_FAULTS];
    uint32_t fault_count;
    uint32_t random_faults;   /* in about one of so many requests; 0: none */
    uint32_t redirect_status; /* 0: no redirect */
    uint64_t redirect_from;
    const char *redirect_to;
};

/* Returns 0 to go on, 1 when help was printed, -1 after a message about a wrong option. */
int settings_read(struct settings *settings, int argument_count, char **arguments);

#endif
