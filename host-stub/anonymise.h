/*
 * anonymise.h - recorded exchanges and documents without names, serial numbers and addresses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Texts, names of members and numbers stay only if they are known to be harmless (harmless.h). Each
 * of the others is replaced by its pseudonym, which is the same in requests, replies and documents.
 * A text that contains a secret is replaced by stars.
 */
#ifndef HOST_STUB_ANONYMISE_H
#define HOST_STUB_ANONYMISE_H

#include "pseudonym.h"
#include "secrets.h"

/* What is copied, and so by which rules. */
enum anonymise_part { ANONYMISE_REQUEST, ANONYMISE_REPLY, ANONYMISE_DOCUMENT };

struct anonymiser {
    enum anonymise_part part; /* that is being copied */
    struct pseudonyms pseudonyms;
    const struct secrets *secrets;
    json_object *replaced; /* {member: count} */
    json_object *kept;     /* {member: [text]} */
};

/* Returns false without memory. Later, json_text_lost() reports missing memory. */
bool anonymiser_init(struct anonymiser *anonymiser, const struct secrets *secrets);
void anonymiser_release(struct anonymiser *anonymiser);

/* First, learns the originals of each reply. */
void anonymiser_learn(struct anonymiser *anonymiser, json_object *reply);

/* Then, learns the names in the settings (MAY be NULL), and chooses all pseudonyms. */
void anonymiser_assign(struct anonymiser *anonymiser, json_object *settings);

/*
 * Afterwards, returns a copy without originals, which the caller owns; NULL without memory.
 * Requests must be copied before replies, because replies repeat words of requests. The copy of a
 * document lacks its sentences, which the integration writes again when the bundle is played back,
 * and its digests; it keeps the integration's own slugs and names of members.
 */
json_object *anonymiser_copy(struct anonymiser *anonymiser, enum anonymise_part part,
                             json_object *value);

#endif
