/*
 * cli.c - instructions for an administrator: create a read-only account on a FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: fmgr_system_admin_profile (Ansible collection) for the rights of the profile;
 * how-to-fortimanager-api, 001, for the user and its key; FortiCloud IAM guide, "Adding an API
 * user", for FortiCloud's API user.
 */
#include "cli.h"

#include <string.h>

#include "run.h"

/*
 * Appends a profile and its user. `line` is the CLI line, with its line end, that gives a new user
 * a way to log in; "" for an existing user.
 */
static void put_user(const char *name, const char *line, struct source_host host,
                     struct buffer *out)
{
    buffer_printf(out,
                  "config system admin profile\n"
                  "    edit \"Hector_Read\"\n"
                  "        set device-manager read\n"
                  "        set device-ap read\n"
                  "        set device-fortiswitch read\n"
                  "    next\n"
                  "end\n"
                  "config system admin user\n"
                  "    edit \"%s\"\n"
                  "%s"
                  "        set profileid \"Hector_Read\"\n"
                  "        set rpc-permit read\n"
                  "        set %s %s/%d\n"
                  "    next\n"
                  "end",
                  name, line, host.family == 6 ? "ipv6_trusthost1" : "trusthost1", host.address,
                  host.family == 6 ? 128 : 32);
}

static void put_token(struct source_host host, struct buffer *out)
{
    put_user("api_hector", "        set user_type api\n", host, out);
    buffer_append_text(out, "\nexecute api-user generate-key api_hector");
}

static void put_password(struct source_host host, struct buffer *out)
{
    put_user("hector", "        set password <password>\n", host, out);
}

/*
 * The user name goes between double quotes, so there is no snippet for a name with a character that
 * would end them.
 */
bool fmg_cli_write(const void *run, const struct failure *why, struct buffer *out)
{
    const struct settings *settings = ((const struct fmg_run *)run)->settings;
    struct source_host host = source_host(settings->egress_address);

    if (settings->is_cloud || (why->cause != HECTOR_AUTH && why->cause != HECTOR_PERMISSION &&
                               why->reason != REASON_credentials_missing)) {
        return false;
    }
    if (settings->username == NULL) {
        put_token(host, out);
        return true;
    }
    if (strpbrk(settings->username, "\"\\?") != NULL) {
        return false;
    }
    put_user(settings->username, "", host, out);
    return true;
}

static const enum message_id TOKEN_STEPS[] = {
    LABEL_guide_manager_login,    LABEL_guide_manager_profile, LABEL_guide_manager_new_api_user,
    LABEL_guide_manager_api_user, LABEL_guide_copy_token,
};

static const enum message_id PASSWORD_STEPS[] = {
    LABEL_guide_manager_login, LABEL_guide_manager_profile,  LABEL_guide_manager_new_user,
    LABEL_guide_manager_user,  LABEL_guide_manager_password, LABEL_guide_manager_cli_password,
};

static const enum message_id CLOUD_STEPS[] = {
    LABEL_guide_cloud_login,       LABEL_guide_cloud_profile, LABEL_guide_cloud_user,
    LABEL_guide_cloud_credentials, LABEL_guide_cloud_fields,
};

const struct guide fmg_cli_guides[CLI_GUIDES] = {
    {"fortimanager", "token", LABEL_guide_manager_token_label, GUIDE_STEPS(TOKEN_STEPS),
     .cli = put_token},
    {"fortimanager", "password", LABEL_guide_manager_password_label, GUIDE_STEPS(PASSWORD_STEPS),
     .cli = put_password},
    {"fortimanager_cloud", "forticloud", LABEL_guide_cloud_label, GUIDE_STEPS(CLOUD_STEPS)},
};
