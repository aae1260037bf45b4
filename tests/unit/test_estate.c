/*
 * test_estate.c - the ADOMs and gates of one run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/estate.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "tap.h"

static void test_empty(void)
{
    struct estate estate;

    estate_init(&estate);
    CU_ASSERT_PTR_NULL(estate_find_adom(&estate, "root"));
    CU_ASSERT_PTR_NULL(estate_find_gate(&estate, "gate-1"));
    estate_sort(&estate);
    estate_release(&estate);
}

static void test_names(void)
{
    struct estate estate;
    char name[] = "Qu\xC3\xA9"
                  "bec / Est";
    struct adom *adom;
    struct gate *gate;

    estate_init(&estate);
    adom = estate_adom(&estate, name);
    CU_ASSERT_PTR_NOT_NULL_FATAL(adom);
    name[0] = 'X';
    CU_ASSERT_STRING_EQUAL(adom->name, "Qu\xC3\xA9"
                                       "bec / Est");
    CU_ASSERT_STRING_EQUAL(adom->scope, "adom:Qu\xC3\xA9"
                                        "bec / Est");
    CU_ASSERT_FALSE(adom->listed);
    CU_ASSERT_FALSE(adom->wanted);
    CU_ASSERT_EQUAL(adom->gate_count, 0);
    CU_ASSERT_PTR_EQUAL(estate_adom(&estate, "Qu\xC3\xA9"
                                             "bec / Est"),
                        adom);
    CU_ASSERT_PTR_EQUAL(estate_find_adom(&estate, "Qu\xC3\xA9"
                                                  "bec / Est"),
                        adom);
    CU_ASSERT_EQUAL(estate.adom_count, 1);
    gate = estate_gate(&estate, "gate-1");
    CU_ASSERT_PTR_NOT_NULL_FATAL(gate);
    CU_ASSERT_STRING_EQUAL(gate->name, "gate-1");
    CU_ASSERT_FALSE(gate->read);
    CU_ASSERT_PTR_NULL(gate->serials);
    CU_ASSERT_EQUAL(gate->first_adom, INDEX_NONE);
    CU_ASSERT_EQUAL(gate->first_vdom, INDEX_NONE);
    CU_ASSERT_PTR_EQUAL(estate_gate(&estate, "gate-1"), gate);
    CU_ASSERT_EQUAL(estate.gate_count, 1);
    /* An ADOM and a gate may have one name. */
    CU_ASSERT_PTR_NULL(estate_find_adom(&estate, "gate-1"));
    estate_release(&estate);
}

static void test_membership(void)
{
    struct estate estate;
    const struct adom *adoms[4];
    struct adom *adom;

    estate_init(&estate);
    CU_ASSERT_TRUE(estate_join(&estate, "gate-2", "b"));
    CU_ASSERT_TRUE(estate_join(&estate, "gate-1", "b"));
    CU_ASSERT_TRUE(estate_join(&estate, "gate-1", "c"));
    CU_ASSERT_TRUE(estate_join(&estate, "gate-1", "a"));
    CU_ASSERT_TRUE(estate_join(&estate, "gate-1", "b")); /* once is enough */
    estate_sort(&estate);

    CU_ASSERT_EQUAL(estate_adoms_of(&estate, estate_find_gate(&estate, "gate-1"), adoms, 4), 3);
    CU_ASSERT_STRING_EQUAL(adoms[0]->name, "a");
    CU_ASSERT_STRING_EQUAL(adoms[1]->name, "b");
    CU_ASSERT_STRING_EQUAL(adoms[2]->name, "c");
    /* Less room than there are: as many as fit, and how many there are. */
    CU_ASSERT_EQUAL(estate_adoms_of(&estate, estate_find_gate(&estate, "gate-1"), adoms, 1), 3);

    adom = estate_find_adom(&estate, "b");
    CU_ASSERT_EQUAL(adom->gate_count, 2);
    CU_ASSERT_STRING_EQUAL(estate.gates[adom->gates[0]].name, "gate-1");
    CU_ASSERT_STRING_EQUAL(estate.gates[adom->gates[1]].name, "gate-2");
    CU_ASSERT_EQUAL(estate_find_adom(&estate, "c")->gate_count, 1);

    CU_ASSERT_PTR_NOT_NULL(estate_gate(&estate, "alone"));
    CU_ASSERT_EQUAL(estate_adoms_of(&estate, estate_find_gate(&estate, "alone"), adoms, 4), 0);
    estate_release(&estate);
}

/* A gate in many ADOMs, an ADOM with many gates, and both again: each once. */
static void test_many_memberships(void)
{
    struct estate estate;
    char name[16];

    estate_init(&estate);
    for (int i = 0; i < 400; i++) {
        (void)snprintf(name, sizeof(name), "%d", i % 200);
        CU_ASSERT_TRUE(estate_join(&estate, "everywhere", name));
        CU_ASSERT_TRUE(estate_join(&estate, name, "all"));
    }
    CU_ASSERT_TRUE(estate_join(&estate, "everywhere", "all"));
    CU_ASSERT_EQUAL(estate.membership_count, 401);
    CU_ASSERT_EQUAL(estate_find_gate(&estate, "everywhere")->adom_count, 201);
    CU_ASSERT_EQUAL(estate_find_adom(&estate, "all")->gate_count, 201);
    CU_ASSERT_EQUAL(estate_find_adom(&estate, "7")->gate_count, 1);
    estate_release(&estate);
}

static void test_vdoms(void)
{
    struct estate estate;
    const struct gate *gate;
    uint32_t i;
    int count = 0;

    estate_init(&estate);
    CU_ASSERT_TRUE(estate_add_vdom(&estate, "gate-1", "root", NULL));
    CU_ASSERT_TRUE(estate_add_vdom(&estate, "gate-2", "root", "a"));
    CU_ASSERT_TRUE(estate_add_vdom(&estate, "gate-1", "guests", "b"));
    gate = estate_find_gate(&estate, "gate-1");
    for (i = gate->first_vdom; i != INDEX_NONE; i = estate.vdoms[i].next) {
        const struct gate_vdom *vdom = &estate.vdoms[i];

        count++;
        if (strcmp(vdom->name, "root") == 0) {
            CU_ASSERT_EQUAL(vdom->adom, INDEX_NONE); /* not told */
        } else {
            CU_ASSERT_STRING_EQUAL(vdom->name, "guests");
            CU_ASSERT_STRING_EQUAL(estate.adoms[vdom->adom].name, "b");
        }
    }
    CU_ASSERT_EQUAL(count, 2);
    estate_release(&estate);
}

static void test_kept_texts(void)
{
    struct estate estate;
    char text[] = "FGT60FTK20011089, FGT60FTK20011090";
    const char *kept;

    estate_init(&estate);
    kept = estate_keep(&estate, text);
    text[0] = 'X';
    CU_ASSERT_STRING_EQUAL(kept, "FGT60FTK20011089, FGT60FTK20011090");
    estate_release(&estate);
}

/* Thousands of gates in tens of ADOMs. */
static void test_large(void)
{
    enum { GATES = 5000, ADOMS = 50 };
    struct estate estate;
    size_t members = 0;

    estate_init(&estate);
    for (int i = GATES - 1; i >= 0; i--) {
        char gate[32], adom[32];

        (void)snprintf(gate, sizeof(gate), "gate-%05d", i);
        (void)snprintf(adom, sizeof(adom), "adom-%02d", i % ADOMS);
        CU_ASSERT_TRUE(estate_join(&estate, gate, adom));
        CU_ASSERT_TRUE(estate_add_vdom(&estate, gate, "root", adom));
    }
    estate_sort(&estate);
    CU_ASSERT_EQUAL(estate.gate_count, GATES);
    CU_ASSERT_EQUAL(estate.adom_count, ADOMS);
    for (size_t a = 0; a < estate.adom_count; a++) {
        const struct adom *adom = &estate.adoms[a];

        members += adom->gate_count;
        for (size_t i = 1; i < adom->gate_count; i++) {
            CU_ASSERT_TRUE(strcmp(estate.gates[adom->gates[i - 1]].name,
                                  estate.gates[adom->gates[i]].name) < 0);
        }
    }
    CU_ASSERT_EQUAL(members, GATES);
    estate_release(&estate);
}

static CU_TestInfo estate_tests[] = {
    {"empty", test_empty},           {"names", test_names},
    {"membership", test_membership}, {"many memberships", test_many_memberships},
    {"VDOMs", test_vdoms},           {"kept texts", test_kept_texts},
    {"large", test_large},           CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "estate", .pTests = estate_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
