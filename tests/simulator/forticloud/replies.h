/*
 * replies.h - the replies of Asset Management and FortiFlex.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_REPLIES_H
#define FORTICLOUD_REPLIES_H

#include "forticloud.h"
#include "text.h"

/* The pages of products/list. */
uint32_t replies_pages(const struct forticloud *forticloud);

/* products/list: the page `page` of all (from 1), which calls itself `named` of `total`. `token` is
 * repeated (C.3). */
void replies_products(struct forticloud *forticloud, const uint32_t page_named_total[3],
                      const char *token, struct text *ret);

/* An empty list (assetmgmt_products_list_empty; `status` is 0 or 1008). */
void replies_no_product(int status, const char *token, struct text *ret);

/* An error. FortiFlex has no code. */
struct error {
    int status;
    int code;
    const char *message;
};

/* An error of Asset Management (G.3), or of FortiFlex (C.2). */
void replies_error(enum api api, const struct error *error, const char *token, struct text *ret);

void replies_programs(const struct forticloud *forticloud, struct text *ret);
void replies_configs(const struct forticloud *forticloud, size_t program, struct text *ret);
void replies_entitlements(const struct forticloud *forticloud, size_t program, struct text *ret);

#endif
