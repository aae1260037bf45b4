/*
 * anonymise.h - recorded exchanges and documents without names, serial numbers and addresses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is not known to be harmless (harmless.h) is replaced: texts, names of members and numbers.
 * Each becomes its pseudonym, the same in requests, replies and documents. A text that holds a
 * secret is gone whole.
 */
#ifndef HOST_STUB_ANONYMISE_H
#define HOST_STUB_ANONYMISE_H

#include "pseudonym.h"
#include "secrets.h"

/* Which rules hold. */
enum anonymise_part { ANONYMISE_REQUEST, ANONYMISE_REPLY, ANONYMISE_DOCUMENT };

struct anonymiser {
    enum anonymise_part part; /* that is being copied */
    struct pseudonyms pseudonyms;
    const struct secrets *secrets; /* that no text repeats */
    json_object *replaced;         /* {member: count} */
    json_object *kept;             /* {member: [text]} */
    bool lost;                     /* for want of memory: the result may not be used */
};

/* False without memory. */
bool anonymiser_init(struct anonymiser *anonymiser, const struct secrets *secrets);
void anonymiser_release(struct anonymiser *anonymiser);

/* First: what each reply holds, and what names somebody or something in the settings. */
void anonymiser_learn(struct anonymiser *anonymiser, json_object *reply);
void anonymiser_learn_settings(struct anonymiser *anonymiser, json_object *settings);
void anonymiser_assign(struct anonymiser *anonymiser);

/*
 * Then, of each the copy without originals, owned by the caller; NULL without memory. All requests
 * come before the replies, which repeat words of theirs. A document is copied without its
 * sentences, which are written anew by whoever plays it back, and without digests; what an
 * integration calls its own things stays.
 */
json_object *anonymiser_copy(struct anonymiser *anonymiser, enum anonymise_part part,
                             json_object *value);

/* Whether something was lost since the beginning. */
bool anonymiser_lost(const struct anonymiser *anonymiser);

#endif
