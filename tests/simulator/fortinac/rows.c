/*
 * rows.c - a host as a row of a list.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "rows.h"

#include "expected_parts.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LANDSCAPE INT64_C(345051519875)

/* Members that are the same in every row; the SQL in some of them is recorded. */
static const char host_constants[] =
    "\"notes\":null,\"version\":1.6,\"applications\":null,\"policy\":null,\"status\":0,"
    "\"patchManagementVendor\":null,\"patchManagementID\":null,\"attributes\":[],"
    "\"directoryPolicyValue\":null,\"agentID\":null,\"agentSN\":null,\"agentTag\":null,"
    "\"agentPlatform\":null,\"iconType\":null,\"reValidation\":false,\"criticality\":null,"
    "\"reValidationInterval\":0,\"lastReValidation\":0,\"openPorts\":null,"
    "\"reValidationAction\":{\"disable\":false,\"version\":1.0},\"domainId\":-1,"
    "\"policyHints\":null,\"mdmCompromised\":false,\"mdmCompliance\":false,"
    "\"mdmDataProtection\":false,\"mdmPasscodePresent\":false,\"atRisk\":false";
static const char host_more[] =
    "\"scanOnConnect\":false,\"inTopology\":false,\"vpnclient\":false,\"connectedAdapter\":null,"
    "\"expired\":false,\"auditObjectType\":{\"auditTableName\":\"HOSTRECORDAudit\","
    "\"mysqlTableName\":\"HOSTRECORD\","
    "\"idnameQuery\":\"select id,hostName from HOSTRECORD where id in\"},\"addAuditSummary\":\"\"";
static const char host_end[] =
    "\"establishedEvent\":null,\"lostEvent\":null,\"directoryDisabled\":false,"
    "\"adapterContainerAsString\":\"\",\"validForTimeOffline\":1209600000,"
    "\"agentPlatformEnum\":null,\"validTime\":1586023955310,\"offlineAgeTime\":1584641555310,"
    "\"vulnerabilityScanStatus\":-1,\"vulnerabilityScanDate\":0,\"notAuthenticated\":false,"
    "\"userLoggedOn\":false,\"scanned\":false,\"dialUpClient\":false,\"pendingAtRisk\":false,"
    "\"messageReceiver\":false,\"disabled\":false";
static const char adapter_constants[] =
    "\"parent\":null,\"status\":0,\"version\":3.3,\"user\":null,\"clientState\":0,"
    "\"mediumType\":null,\"container\":null,\"dpcRuleId\":-1,\"dpcRuleName\":null,"
    "\"accessValue\":null,\"attributes\":[],\"userID\":null,\"firstName\":null,\"lastName\":null,"
    "\"hardwareType\":null,\"iconType\":null,\"auditObjectType\":{"
    "\"auditTableName\":\"DYNAMICAudit\",\"mysqlTableName\":\"DYNAMIC\","
    "\"idnameQuery\":\"select id,physAddr from DYNAMIC where id in\"},\"addAuditSummary\":\"\"";
static const char adapter_end[] = "\"directoryPolicyValue\":null,\"pctype\":null,\"device\":false";

/* Recorded noise of each adapter and each host. */
static const char *const adapter_events[][2] = {
    {"creationEvent", "ROGUE_MOBIL_CREATED"},
    {"destroyEvent", "ROGUE_MOBIL_DESTROYED"},
    {"establishedEvent", "ROGUE_MOBIL_CONNECTED"},
    {"lostEvent", "ROGUE_MOBIL_DISCONNECTED"},
};
static const char *const host_events[][2] = {
    {"creationEvent", "HOST_CREATED"},
    {"destroyEvent", "HOST_DESTROYED"},
};

/* Members ------------------------------------------------------------------------------------ */

static const char *or_null(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : NULL;
}

static void put_number(struct text *text, const char *key, int64_t number)
{
    text_key(text, key);
    text_integer(text, number);
}

static void put_flag(struct text *text, const char *key, bool flag)
{
    text_key(text, key);
    text_boolean(text, flag);
}

/* "2024-02-15T23:03:19.954+0000", or milliseconds (B). 0 is never. */
static void put_time(struct text *text, const char *key, int64_t milliseconds,
                     const struct fortinac_options *options)
{
    time_t seconds = (time_t)(milliseconds / 1000);
    char words[32] = "";
    char *time;
    struct tm tm;

    if (!options->iso_times) {
        put_number(text, key, milliseconds);
        return;
    }
    if (milliseconds == 0 || gmtime_r(&seconds, &tm) == NULL) {
        expected_put(text, key, NULL);
        return;
    }
    (void)strftime(words, sizeof(words), "%Y-%m-%dT%H:%M:%S", &tm);
    time = must_print("%s.%03d+0000", words, (int)(milliseconds % 1000));
    expected_put(text, key, time);
    free(time);
}

static void put_kind(struct text *text, const struct host *host,
                     const struct fortinac_options *options)
{
    char *type = must_print("%d", host->type);

    text_key(text, "type");
    if (options->types_as_text)
        text_string(text, type);
    else
        text_literal(text, type);
    text_key(text, "state");
    text_literal(text, options->types_as_text ? "\"0\"" : "0");
    free(type);
}

static void put_events(struct text *text, const char *const (*events)[2], size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        text_key(text, events[i][0]);
        text_open(text, '{');
        put_number(text, "landscape", -1);
        put_number(text, "id", -1);
        put_number(text, "state", 1);
        expected_put(text, "name", events[i][1]);
        put_number(text, "elementType", 52);
        put_number(text, "elementID", id);
        text_literal(text, "\"elementName\":null,\"message\":null,\"timeOfEvent\":1584543014778,"
                           "\"version\":1.3,\"time\":1584543014778,\"empty\":false");
        text_close(text, '}');
    }
}

/* Adapters ----------------------------------------------------------------------------------- */

static void put_addresses(struct text *text, const char *ip)
{
    text_key(text, "ips");
    text_open(text, '[');
    if (ip != NULL)
        text_string(text, ip);
    text_close(text, ']');
    expected_put(text, "ipaddress", ip);
    expected_put(text, "allIPsString", ip != NULL ? ip : "");
}

static void put_adapter(struct text *text, const struct host *host, size_t index,
                        const struct fortinac_options *options)
{
    const char *ip = index == 0 && host->machine != NULL ? host->machine->ip : NULL;
    char location[HOST_TEXT_SIZE];

    host_location(host, location);
    text_open(text, '{');
    put_number(text, "landscape", LANDSCAPE);
    put_number(text, "id", host->id * HOST_ADAPTERS + (int64_t)index);
    expected_put(text, "identification", NULL);
    put_kind(text, host, options);
    expected_put(text, "vendorName", "VMware, Inc.");
    text_literal(text, adapter_constants);
    put_time(text, "lastSuccessfulPoll", index == 0 ? host->adapter_polled_ms : 0, options);
    put_time(text, "creationTime", host->created_ms, options);
    expected_put(text, "location", index == 0 ? or_null(location) : NULL);
    put_addresses(text, ip);
    put_number(text, "hostID", host->id);
    expected_put(text, "physicalAddress", host->macs[index]);
    expected_put(text, "operatingSystem", host->system);
    expected_put(text, "auditObjectName", host->macs[index]);
    put_events(text, adapter_events, sizeof(adapter_events) / sizeof(adapter_events[0]), host->id);
    text_literal(text, adapter_end);
    expected_put(text, "name", "VMware, Inc.");
    expected_put(text, "hostName", or_null(host->name));
    text_close(text, '}');
}

static void put_adapters(struct text *text, const struct host *host,
                         const struct fortinac_options *options)
{
    struct text joined = {NULL, 0, 0};
    char location[HOST_TEXT_SIZE];
    char *macs;

    host_location(host, location);
    text_key(text, "adapters");
    text_open(text, '[');
    for (size_t i = 0; i < host->mac_count; i++) {
        text_string(text, host->macs[i]);
        text_put(&joined, i > 0 ? ", " : "");
        text_put(&joined, host->macs[i]);
    }
    text_close(text, ']');
    macs = text_steal(&joined);
    expected_put(text, "adaptersAsString", macs);
    free(macs);
    expected_put(text, "adapterIpAsString", host->machine != NULL ? host->machine->ip : "");
    expected_put(text, "adapterLocation", location);
    text_key(text, "adapterObjects");
    text_open(text, '[');
    for (size_t i = 0; i < host->mac_count; i++)
        put_adapter(text, host, i, options);
    text_close(text, ']');
}

/* Hosts -------------------------------------------------------------------------------------- */

static void put_identity(struct text *text, const struct host *host)
{
    const struct machine *machine = host->machine;

    expected_put(text, "hostName", or_null(host->name));
    expected_put(text, "owner", host->owner);
    expected_put(text, "role", host->role);
    expected_put(text, "hardwareType", machine != NULL ? machine->model : NULL);
    expected_put(text, "operatingSystem", host->system);
    expected_put(text, "agentVersion", host->agent_version);
    expected_put(text, "loggedOnUserId", machine != NULL ? or_null(machine->user) : NULL);
    put_flag(text, "managedByMDM", host->mdm);
    expected_put(text, "primaryMac", host->macs[0]);
    expected_put(text, "pcserialNumber", host_serial(host));
}

void rows_put_host(struct text *text, const struct host *host,
                   const struct fortinac_options *options)
{
    const char *name = host->name[0] != '\0' ? host->name : host->macs[0];

    text_open(text, '{');
    put_number(text, "landscape", LANDSCAPE);
    put_number(text, "id", host->id);
    put_kind(text, host, options);
    put_time(text, "creationTime", host->created_ms, options);
    put_time(text, "validForTime", host->created_ms + INT64_C(2592000000), options);
    put_time(text, "lastSuccessfulPoll", host->polled_ms, options);
    text_literal(text, host_constants);
    put_identity(text, host);
    put_adapters(text, host, options);
    text_literal(text, host_more);
    expected_put(text, "auditObjectName", name);
    put_events(text, host_events, sizeof(host_events) / sizeof(host_events[0]), host->id);
    text_literal(text, host_end);
    expected_put(text, "typeLabel", host->type_label);
    expected_put(text, "ip", host->machine != NULL ? host->machine->ip : NULL);
    put_flag(text, "connected", host->connected);
    expected_put(text, "name", name);
    text_close(text, '}');
}
