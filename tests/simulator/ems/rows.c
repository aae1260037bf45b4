/*
 * rows.c - an endpoint in the list, and its details.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The members are those of the schemas (ems_endpoints_index_schema, ems_endpoint_details_schema);
 * those that no inventory reads always have the same value.
 */
#include "rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static const char row_rest[] =
    "\"group_id\":0,\"group_path\":\"\",\"orig_group_name\":\"\",\"domain_id\":0,"
    "\"endpoint_policy_name\":\"\",\"endpoint_policy_id\":0,\"installer_name\":\"\","
    "\"deployment_state\":0,\"forticlient_id\":0,\"diskenc\":\"\",\"av_product\":\"\","
    "\"is_migrating\":false,\"is_excluded\":false,\"is_quarantined\":false,"
    "\"comparable_fct_version\":0,\"client_version_up_to_date\":false,"
    "\"client_av_sig_version_up_to_date\":0,\"client_policy_synced\":false,"
    "\"client_policy_primary_synced\":false,\"client_policy_offnet_synced\":false,"
    "\"client_policy_iplist_synced\":false,\"client_policy_onnet_rule_synced\":false,"
    "\"client_policy_verification_rule_synced\":false,"
    "\"client_policy_certs_synced\":false,\"profile_components\":{},"
    "\"off_net_profile_components\":{},\"ip_list_name\":\"\",\"av_enabled\":false,"
    "\"rtp_enabled\":false,\"ae_enabled\":false,\"cs_enabled\":false,\"rm_enabled\":false,"
    "\"fw_enabled\":false,\"wf_enabled\":false,\"vpn_enabled\":false,\"vuln_enabled\":false,"
    "\"ssoma_enabled\":false,\"sb_enabled\":false,\"sb_cloud_enabled\":false,"
    "\"rs_enabled\":false,\"onboarding_supported\":false,\"av_events_count\":0,"
    "\"sb_events_count\":0,\"fw_events_count\":0,\"wf_events_count\":0,"
    "\"vuln_events_count\":0,\"vuln_events_max_severity\":0,\"ae_events_count\":0,"
    "\"rm_events_count\":0,\"cs_events_count\":0,\"unreg_events_count\":0,"
    "\"rs_events_count\":0,\"vf_events_count\":0,\"nwifsc_events_count\":0,"
    "\"owmsg_events_count\":0,\"reg_events_count\":0,\"ztna_sign_events_count\":0,"
    "\"ztna_revoke_events_count\":0,\"last_seen_fct_user_id\":0";

static const char details_rest[] =
    "\"alias\":\"\",\"os_service_pack\":\"\",\"distinguished_name\":\"\",\"group_tag\":\"\","
    "\"group_id\":0,\"orig_group_name\":\"\",\"orig_group_id\":0,\"domain_id\":0,"
    "\"installer_name\":\"\",\"deployment_state\":0,\"scheduled_install_time\":\"\","
    "\"installation_state\":0,\"deployment_state_time\":\"\",\"deployment_state_data\":\"\","
    "\"forticlient_id\":0,\"caps\":0,\"deregister\":0,\"run_cmd\":0,\"quarantine_message\":\"\","
    "\"is_migrating\":false,\"is_excluded\":false,\"is_quarantined\":false,"
    "\"comparable_fct_version\":0,\"service\":\"\",\"profile_name\":\"\",\"ip_list_name\":\"\","
    "\"ztna_enabled\":false,\"ztna_serial\":\"\",\"av_installed\":false,\"av_enabled\":false,"
    "\"av_hidden\":false,\"fw_installed\":false,\"fw_enabled\":false,\"fw_hidden\":false,"
    "\"wf_installed\":false,\"wf_enabled\":false,\"wf_hidden\":false,\"vpn_installed\":false,"
    "\"vpn_enabled\":false,\"vpn_hidden\":false,\"vuln_installed\":false,"
    "\"vuln_enabled\":false,\"vuln_hidden\":false,\"ssoma_installed\":false,"
    "\"ssoma_enabled\":false,\"ssoma_hidden\":false,\"sb_installed\":false,"
    "\"sb_enabled\":false,\"sb_hidden\":false,\"rs_installed\":false,\"rs_enabled\":false,"
    "\"rs_hidden\":false,\"pam_installed\":false,\"pam_enabled\":false,\"pam_hidden\":false,"
    "\"av_last_scan_type\":0,\"av_last_scan_date\":\"\",\"av_last_full_scan_date\":\"\","
    "\"av_last_cancelled_scan_type\":0,\"av_last_cancelled_scan_date\":\"\","
    "\"av_scan_scheduled\":false,\"av_next_sch_type\":0,\"av_next_scan_on\":0,"
    "\"av_next_scan_hour\":0,\"av_next_scan_min\":0,\"av_next_scan_type\":0,"
    "\"is_av_scanning\":false,\"last_vuln_scan\":0,\"vuln_scan_status\":\"\","
    "\"vuln_next_scheduled\":false,\"vuln_next_sch_type\":0,\"vuln_next_scan_on\":0,"
    "\"vuln_next_start_hour\":0,\"vuln_next_start_min\":0,\"is_vuln_scanning\":false,"
    "\"av_events_count\":0,\"sb_events_count\":0,\"fw_events_count\":0,\"wf_events_count\":0,"
    "\"vuln_events_count\":0,\"sys_events_count\":0,\"vf_events_count\":0,"
    "\"vuln_events_max_severity\":0,\"forensics\":{\"guid\":\"\",\"status\":\"\",\"verdict\":\"\","
    "\"report_url\":\"\",\"completion_time\":\"\",\"update_time\":\"\",\"fsr_task_id\":0},"
    "\"forensics_enabled\":false,\"tags\":[{\"id\":0,\"name\":\"\"}]";

/* Of the list in 7.0.3, which lacks most members (G.0). */
static const char row_rest_7_0_3[] =
    "\"group_id\":0,\"endpoint_policy_name\":\"\",\"endpoint_policy_id\":0,\"deployment_state\":0,"
    "\"is_excluded\":false,\"is_quarantined\":false";

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
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

static void put_null(struct text *text, const char *key)
{
    text_key(text, key);
    text_literal(text, "null");
}

/* Members as they stand in a schema. */
static void put_rest(struct text *text, const char *members)
{
    text_put(text, ",");
    text_put(text, members);
}

static void put_last_seen(struct text *text, const struct endpoint *endpoint)
{
    if (endpoint->machine == NULL || endpoint->contact == CONTACT_NULL)
        put_null(text, "last_seen");
    else
        put_number(text, "last_seen", endpoint->last_seen);
}

/* What both the list and the details have. */
static void put_common(struct text *text, const struct endpoint *endpoint)
{
    const struct machine *machine = endpoint->machine;

    put_number(text, "device_id", endpoint->device_id);
    put(text, "name", endpoint->name);
    put(text, "ip_addr", machine != NULL ? machine->ip : "");
    put(text, "os_version", machine != NULL ? machine->os : "");
    put(text, "group_name", rows_group(endpoint));
    put(text, "fgt_sn", "");
    put_flag(text, "is_installed", machine != NULL);
    put_flag(text, "is_managed", machine != NULL);
    put_flag(text, "is_ems_registered", machine != NULL);
    put_flag(text, "is_ems_online", endpoint->online);
    put_flag(text, "is_ems_onnet", endpoint->online);
}

static void put_users(struct text *text, const struct endpoint *endpoint)
{
    const struct machine *machine = endpoint->machine;
    time_t seconds = (time_t)endpoint->last_seen;
    struct tm parts;
    char seen[32];

    text_key(text, "fct_users");
    text_open(text, '[');
    if (machine != NULL) {
        (void)gmtime_r(&seconds, &parts);
        (void)strftime(seen, sizeof(seen), "%Y-%m-%dT%H:%M:%S", &parts);
        text_open(text, '{');
        put_number(text, "fct_user_id", endpoint->device_id);
        put_number(text, "client_id", endpoint->device_id);
        put(text, "auth_user_name", "");
        put(text, "machine_user_name", machine->user);
        put_number(text, "auth_user_id", 0);
        put_number(text, "machine_user_id", 0);
        put(text, "avatar", "");
        put(text, "last_seen", seen);
        put_flag(text, "is_authenticated", false);
        put(text, "auth_domain", "");
        put(text, "machine_domain", "ACME");
        put(text, "user_email", "");
        put(text, "user_phone", "");
        put_number(text, "row_no", 1);
        text_close(text, '}');
    }
    text_close(text, ']');
}

const char *rows_group(const struct endpoint *endpoint)
{
    static const char *const groups[] = {"Other Endpoints", "Paris <HQ>", "Zürich, sales"};

    return groups[endpoint->device_id % 3];
}

const char *rows_fct_version(const struct endpoint *endpoint)
{
    static const char *const versions[] = {"7.2.4.0972", "7.0.12.0572", "7.4.3.1790"};

    return versions[endpoint->device_id % 3];
}

void rows_put(const struct ems *ems, const struct endpoint *endpoint, struct text *ret)
{
    const struct machine *machine = endpoint->machine;

    text_open(ret, '{');
    put_common(ret, endpoint);
    if (ems->options.version < EMS_7_2_1) {
        put(ret, "username", machine != NULL ? machine->user : "");
        put_rest(ret, row_rest_7_0_3);
    } else {
        put(ret, "uid", endpoint->uid);
        put(ret, "fct_version", machine != NULL ? rows_fct_version(endpoint) : "");
        put_last_seen(ret, endpoint);
        put_users(ret, endpoint);
        put(ret, "quarantine_access_code", "CANARY0");
        put_rest(ret, row_rest);
    }
    text_close(ret, '}');
}

/* FortiSASE's twin has these members (fortisase_endpoint_details_keys). */
static void put_hardware(const struct ems *ems, const struct endpoint *endpoint, struct text *text)
{
    const char *key =
        ems->options.hardware == HARDWARE_CAMEL ? "hardwareDetails" : "hardware_details";
    const struct machine *machine = endpoint->machine;

    if (endpoint->lacking == LACKING_HARDWARE || machine == NULL)
        return;
    if (endpoint->lacking == LACKING_NULL) {
        put_null(text, key);
        return;
    }
    text_key(text, key);
    text_open(text, '{');
    put(text, "model", machine->model);
    put(text, "vendor", machine->maker);
    put(text, "cpu", "11th Gen Intel(R) Core(TM) i7-1185G7 @ 3.00GHz");
    put(text, "ram", "16 GB");
    if (endpoint->lacking == LACKING_EMPTY)
        put_null(text, "s/n");
    else
        put(text, "s/n", machine->serial);
    put(text, "hdd", "512 GB");
    text_close(text, '}');
}

void rows_put_details(const struct ems *ems, const struct endpoint *endpoint, bool hardware,
                      struct text *ret)
{
    const struct machine *machine = endpoint->machine;
    char fct_sn[24];

    /* That of FortiClient (D.1): no reader may take it for the machine's. */
    (void)snprintf(fct_sn, sizeof(fct_sn), "FCT8000%09" PRIu32, endpoint->device_id % 1000000000);
    text_open(ret, '{');
    put_common(ret, endpoint);
    put(ret, "host", endpoint->name);
    put(ret, "mac_addr", endpoint->mac);
    put(ret, "uid", endpoint->uid);
    put(ret, "fct_sn", fct_sn);
    put(ret, "fct_version", machine != NULL ? rows_fct_version(endpoint) : "");
    put(ret, "user_domain", "ACME");
    put_last_seen(ret, endpoint);
    put(ret, "quarantine_access_code", "CANARY0");
    put_rest(ret, details_rest);
    if (hardware && ems->options.hardware != HARDWARE_NONE)
        put_hardware(ems, endpoint, ret);
    text_close(ret, '}');
}
