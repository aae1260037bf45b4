/*
 * fake.h - a small FortiManager and a small FortiGate whose whole state is one struct.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The simulators build their topology once, from a seed, into constant tables of pointers, and
 * share names with the plugin (settings_read, fmg_topology_release), so they cannot be linked with
 * it. Here a copy of the struct is a snapshot, and a change is a line of text applied to it:
 *
 *   adom ID new|gone|hidden|shown|per-device     adom ID called NAME
 *   adom ID closed|open                          closed: listed, everything else of it refused
 *   adom ID refuses|shortens|shows switches|points   the answer to a table of its units
 *   fgt ID new ADOM SERIAL...                    with the VDOM root in that ADOM; "-": in none
 *   fgt ID gone|back|reindexed                   reindexed: another oid, as after an import
 *   fgt ID called NAME                           fgt ID to ADOM (all its VDOMs)
 *   fgt ID serial N SERIAL                       fgt ID primary N
 *   fgt ID counts SWITCHES POINTS                the counters of its row, whatever it manages
 *   fgt ID members absent|null|empty|object|lost  how its row shows them; lost: no answer does
 *   fgt ID features off                          the FortiGate reports no controllers
 *   fgt ID unauthorized|authorized               fgt ID refuses|shows switches|points
 *   vdom FGT/ID new ADOM                         vdom FGT/ID to ADOM
 *   vdom FGT/ID gone                             vdom FGT/ID called NAME
 *   unit swN new FGT/VDOM                        unit apN new FGT/VDOM
 *   unit ID to FGT/VDOM                          unit ID gone|back
 *   unit ID unlisted|listed                      configured on its FortiGate, not in its lists
 *   unit ID unauthorized|authorized              unit ID down|up
 *   unit ID serial SERIAL                        "-": its rows show none
 *   answer FGT                                   the FortiGate at the address
 *   silent TEXT                                  requests containing it get no answer; "-": all do
 *
 * Statements are separated by "; ". An ID stays when its object is renamed. `%XX` in a NAME is a
 * byte.
 */
#ifndef FAKE_H
#define FAKE_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAKE_NAME    24
#define FAKE_ADOMS   8
#define FAKE_FGTS    10
#define FAKE_VDOMS   4
#define FAKE_MEMBERS 3
#define FAKE_UNITS   32

enum fake_types { FAKE_FIREWALL, FAKE_SWITCH, FAKE_POINT, FAKE_TYPES };

enum fake_members {
    FAKE_MEMBERS_SHOWN,
    FAKE_MEMBERS_ABSENT,
    FAKE_MEMBERS_NULL,
    FAKE_MEMBERS_EMPTY,
    FAKE_MEMBERS_OBJECT,
    FAKE_MEMBERS_LOST
};

enum fake_table { FAKE_SHOWN, FAKE_REFUSED, FAKE_SHORTENED };

struct fake_adom {
    char id[FAKE_NAME], name[FAKE_NAME];
    int oid;
    bool there, hidden, closed, per_device;
    enum fake_table tables[FAKE_TYPES];
};

struct fake_vdom {
    char id[FAKE_NAME], name[FAKE_NAME];
    int adom; /* -1: in no ADOM */
    bool there;
};

struct fake_fgt {
    char id[FAKE_NAME], name[FAKE_NAME];
    char serials[FAKE_MEMBERS][FAKE_NAME];
    struct fake_vdom vdoms[FAKE_VDOMS];
    size_t member_count, vdom_count, primary;
    enum fake_members members;
    int oid;
    int counts[FAKE_TYPES]; /* -1: the number that it manages */
    bool there, features_off, unauthorized;
    enum fake_table tables[FAKE_TYPES]; /* as the FortiGate itself answers */
};

struct fake_unit {
    char id[FAKE_NAME], serial[FAKE_NAME];
    enum fake_types type;
    size_t fgt, vdom;
    bool there, unlisted, unauthorized, down;
};

struct fake {
    struct fake_adom adoms[FAKE_ADOMS];
    struct fake_fgt fgts[FAKE_FGTS];
    struct fake_unit units[FAKE_UNITS];
    size_t adom_count, fgt_count, unit_count;
    size_t answering; /* the index of the FortiGate that is the source */
    int next_oid;
    char silent[80];

    /* Abilities of this appliance */
    bool counts_refused;  /* option count */
    bool counts_wide;     /* counts ignore "scope member" */
    bool members_unnamed; /* "expand member" is ignored */
    bool pages_ignored;   /* range, start and count */
    bool pages_refused;   /* start and count */
    const char *chosen;   /* the setting's ADOMs, "Alpha,Beta"; NULL: all */
};

/* Applies statements; ends the process with a message when one cannot be applied. */
void fake_apply(struct fake *fake, const char *statements);

/* True for a VDOM whose ADOM the account may see and the setting has chosen. */
bool fake_reads(const struct fake *fake, const struct fake_vdom *vdom);

/* The index of an ADOM; -1 when there is none of that name. */
int fake_find_adom(const struct fake *fake, const char *name);
int fake_find_fgt(const struct fake *fake, const char *name);
int fake_find_vdom(const struct fake_fgt *fgt, const char *name);

/* A physical unit, and the scopes that may hold it. */
struct fake_asset {
    const char *serial;
    enum fake_types type;
    char scopes[FAKE_VDOMS][64];
    size_t scope_count;
};

/* Lists the physical units that a run over the FortiManager, or over the answering FortiGate, may
 * see. */
size_t fake_assets(const struct fake *fake, bool fortigate, struct fake_asset *ret, size_t most);

/* fake_fmg.c: the reply to a JSON-RPC body. The caller owns it. */
struct json_object *fake_fmg_answer(const struct fake *fake, struct json_object *request);

/* fake_fgt.c: the reply to a GET, and its HTTP status; NULL: no JSON. The caller owns it. */
struct json_object *fake_fgt_answer(const struct fake *fake, const char *url, bool authorized,
                                    int32_t *ret_status);

/* Add members to JSON objects. */
void fake_put(struct json_object *object, const char *key, const char *value);
void fake_put_number(struct json_object *object, const char *key, int64_t value);
#endif
