/*
 * test_topology.c - the ADOMs and FortiGates of one run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/topology.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/tap.h"

static void test_empty(void)
{
    struct topology topology;

    topology = (struct topology){0};
    CU_ASSERT_PTR_NULL(fmg_topology_find_adom(&topology, "root"));
    CU_ASSERT_PTR_NULL(fmg_topology_find_fgt(&topology, "gate-1"));
    fmg_topology_sort(&topology);
    fmg_topology_release(&topology);
}

static void test_names(void)
{
    struct topology topology;
    char name[] = "Qu\xC3\xA9"
                  "bec / Est";
    struct adom *adom;
    struct fgt *fgt;

    topology = (struct topology){0};
    adom = fmg_topology_adom(&topology, name);
    CU_ASSERT_PTR_NOT_NULL_FATAL(adom);
    name[0] = 'X';
    CU_ASSERT_STRING_EQUAL(adom->name, "Qu\xC3\xA9"
                                       "bec / Est");
    CU_ASSERT_STRING_EQUAL(adom->scope, "adom:Qu\xC3\xA9"
                                        "bec / Est");
    CU_ASSERT_FALSE(adom->listed);
    CU_ASSERT_FALSE(adom->wanted);
    CU_ASSERT_EQUAL(adom->fgts.count, 0);
    CU_ASSERT_PTR_EQUAL(fmg_topology_adom(&topology, "Qu\xC3\xA9"
                                                     "bec / Est"),
                        adom);
    CU_ASSERT_PTR_EQUAL(fmg_topology_find_adom(&topology, "Qu\xC3\xA9"
                                                          "bec / Est"),
                        adom);
    CU_ASSERT_EQUAL(topology.adoms.count, 1);
    fgt = fmg_topology_fgt(&topology, "gate-1");
    CU_ASSERT_PTR_NOT_NULL_FATAL(fgt);
    CU_ASSERT_STRING_EQUAL(fgt->name, "gate-1");
    CU_ASSERT_FALSE(fgt->read);
    CU_ASSERT_PTR_NULL(fgt->serials);
    CU_ASSERT_EQUAL(fgt->first_adom, STRMAP_NONE);
    CU_ASSERT_EQUAL(fgt->first_vdom, STRMAP_NONE);
    CU_ASSERT_PTR_EQUAL(fmg_topology_fgt(&topology, "gate-1"), fgt);
    CU_ASSERT_EQUAL(topology.fgts.count, 1);
    /* An ADOM and a FortiGate may have the same name. */
    CU_ASSERT_PTR_NULL(fmg_topology_find_adom(&topology, "gate-1"));
    fmg_topology_release(&topology);
}

static void test_membership(void)
{
    struct topology topology;
    const struct adom *adoms[4];
    struct adom *adom;

    topology = (struct topology){0};
    CU_ASSERT_TRUE(fmg_topology_join(&topology, "gate-2", "b"));
    CU_ASSERT_TRUE(fmg_topology_join(&topology, "gate-1", "b"));
    CU_ASSERT_TRUE(fmg_topology_join(&topology, "gate-1", "c"));
    CU_ASSERT_TRUE(fmg_topology_join(&topology, "gate-1", "a"));
    CU_ASSERT_TRUE(fmg_topology_join(&topology, "gate-1", "b")); /* a repeat changes nothing */
    fmg_topology_sort(&topology);

    CU_ASSERT_EQUAL(
        fmg_topology_adoms_of(&topology, fmg_topology_find_fgt(&topology, "gate-1"), adoms, 4), 3);
    CU_ASSERT_STRING_EQUAL(adoms[0]->name, "a");
    CU_ASSERT_STRING_EQUAL(adoms[1]->name, "b");
    CU_ASSERT_STRING_EQUAL(adoms[2]->name, "c");
    /* With less room than ADOMs: fills the room. */
    CU_ASSERT_EQUAL(
        fmg_topology_adoms_of(&topology, fmg_topology_find_fgt(&topology, "gate-1"), adoms, 1), 1);
    CU_ASSERT_EQUAL(fmg_topology_adoms_of(&topology, NULL, adoms, 4), 0);

    adom = fmg_topology_find_adom(&topology, "b");
    CU_ASSERT_EQUAL(adom->fgts.count, 2);
    CU_ASSERT_STRING_EQUAL(topology.fgts.items[adom->fgts.items[0]].name, "gate-1");
    CU_ASSERT_STRING_EQUAL(topology.fgts.items[adom->fgts.items[1]].name, "gate-2");
    CU_ASSERT_EQUAL(fmg_topology_find_adom(&topology, "c")->fgts.count, 1);

    CU_ASSERT_PTR_NOT_NULL(fmg_topology_fgt(&topology, "alone"));
    CU_ASSERT_EQUAL(
        fmg_topology_adoms_of(&topology, fmg_topology_find_fgt(&topology, "alone"), adoms, 4), 0);
    fmg_topology_release(&topology);
}

/* A FortiGate in many ADOMs, an ADOM with many FortiGates, and both again: each pair counts
 * once. */
static void test_many_memberships(void)
{
    struct topology topology;
    char name[16];

    topology = (struct topology){0};
    for (int i = 0; i < 400; i++) {
        (void)snprintf(name, sizeof(name), "%d", i % 200);
        CU_ASSERT_TRUE(fmg_topology_join(&topology, "everywhere", name));
        CU_ASSERT_TRUE(fmg_topology_join(&topology, name, "all"));
    }
    CU_ASSERT_TRUE(fmg_topology_join(&topology, "everywhere", "all"));
    CU_ASSERT_EQUAL(topology.memberships.count, 401);
    CU_ASSERT_EQUAL(fmg_topology_find_fgt(&topology, "everywhere")->adom_count, 201);
    CU_ASSERT_EQUAL(fmg_topology_find_adom(&topology, "all")->fgts.count, 201);
    CU_ASSERT_EQUAL(fmg_topology_find_adom(&topology, "7")->fgts.count, 1);
    fmg_topology_release(&topology);
}

static void test_vdoms(void)
{
    struct topology topology;
    const struct fgt *fgt;
    uint32_t i;
    int count = 0;

    topology = (struct topology){0};
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&topology, "gate-1", "root", NULL));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&topology, "gate-2", "root", "a"));
    CU_ASSERT_TRUE(fmg_topology_add_vdom(&topology, "gate-1", "guests", "b"));
    fgt = fmg_topology_find_fgt(&topology, "gate-1");
    for (i = fgt->first_vdom; i != STRMAP_NONE; i = topology.vdoms.items[i].next) {
        const struct fmg_vdom *vdom = &topology.vdoms.items[i];

        count++;
        if (strcmp(vdom->name, "root") == 0) {
            CU_ASSERT_EQUAL(vdom->adom, STRMAP_NONE); /* unknown */
        } else {
            CU_ASSERT_STRING_EQUAL(vdom->name, "guests");
            CU_ASSERT_STRING_EQUAL(topology.adoms.items[vdom->adom].name, "b");
        }
    }
    CU_ASSERT_EQUAL(count, 2);
    fmg_topology_release(&topology);
}

static void test_kept_texts(void)
{
    struct topology topology;
    char text[] = "FGT60FTK20011089, FGT60FTK20011090";
    const char *kept;

    topology = (struct topology){0};
    kept = strmap_keep(&topology.texts, text);
    text[0] = 'X';
    CU_ASSERT_STRING_EQUAL(kept, "FGT60FTK20011089, FGT60FTK20011090");
    fmg_topology_release(&topology);
}

/* Thousands of FortiGates in tens of ADOMs. */
static void test_large(void)
{
    enum { FGTS = 5000, ADOMS = 50 };
    struct topology topology;
    size_t members = 0;

    topology = (struct topology){0};
    for (int i = FGTS - 1; i >= 0; i--) {
        char fgt[32], adom[32];

        (void)snprintf(fgt, sizeof(fgt), "gate-%05d", i);
        (void)snprintf(adom, sizeof(adom), "adom-%02d", i % ADOMS);
        CU_ASSERT_TRUE(fmg_topology_join(&topology, fgt, adom));
        CU_ASSERT_TRUE(fmg_topology_add_vdom(&topology, fgt, "root", adom));
    }
    fmg_topology_sort(&topology);
    CU_ASSERT_EQUAL(topology.fgts.count, FGTS);
    CU_ASSERT_EQUAL(topology.adoms.count, ADOMS);
    for (size_t a = 0; a < topology.adoms.count; a++) {
        const struct adom *adom = &topology.adoms.items[a];

        members += adom->fgts.count;
        for (size_t i = 1; i < adom->fgts.count; i++) {
            CU_ASSERT_TRUE(strcmp(topology.fgts.items[adom->fgts.items[i - 1]].name,
                                  topology.fgts.items[adom->fgts.items[i]].name) < 0);
        }
    }
    CU_ASSERT_EQUAL(members, FGTS);
    fmg_topology_release(&topology);
}

static CU_TestInfo topology_tests[] = {
    {"empty", test_empty},           {"names", test_names},
    {"membership", test_membership}, {"many memberships", test_many_memberships},
    {"VDOMs", test_vdoms},           {"kept texts", test_kept_texts},
    {"large", test_large},           CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "topology", .pTests = topology_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
