# random_motion.py - syncs of a simulated system that changes once meanwhile, each judged as a host does.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 random_motion.py URL SOURCE STUB PLUGIN SEED...
#
# The simulator at URL grows a small estate for each ESTATE seeds (/simulator/change). A run at rest
# has to be OK and bring every unit; it says how many requests there are, and where a host saw each
# unit last. Then, for each seed, a change that the seed chooses comes before a request that it
# chooses. A unit that was there before and after must not be 'not seen': its last scope (or its
# absence from the scopes) and its type complete, without an asset and without a document that says
# it was skipped.
#
# What is wrong goes to standard output; exit status 1. The last line counts.

import collections
import json
import random
import subprocess
import sys
import urllib.request

ESTATE = 8
# Beyond the requests at rest: what is asked once more may meet the change, too.
BEYOND = 2


class Run:
    """What a host keeps of one sync."""

    def __init__(self, status, text):
        self.status = status
        documents = [json.loads(line) for line in text.splitlines()]
        kinds = collections.defaultdict(list)
        for document in documents:
            kinds[document["kind"]].append(document)
        self.scope = {asset["sync_key"]: asset["scope"] for asset in kinds["asset"]}
        self.coverage = {(c["scope"], c["device_type"]): c["complete"] for c in kinds["coverage"]}
        self.skipped = {document.get("serial") for document in kinds["skipped"]}
        self.serials = {s for source in kinds["source"] for s in source["serials"]}
        self.types = kinds["summary"][-1]["device_types"] if kinds["summary"] else {}
        self.twice = len(kinds["asset"]) - len(self.scope)

    def concludes(self, scope, device_type, serial):
        """Whether a unit that this run did not bring is 'not seen'."""
        if self.status not in (0, 1) or serial in self.scope or serial in self.skipped:
            return False
        whole = self.types.get(device_type, {}).get("complete", False)
        return whole and self.coverage.get((scope, device_type), bool(self.coverage))


class Motion:
    def __init__(self, url, source, stub, plugin):
        self.url = url
        self.command = [stub, "--plugin", plugin, "--format", "ndjson", "sync"]
        self.command += ["--set", "url=" + url, "--set", "source=" + source]
        self.counts = collections.Counter()

    def change(self, **wish):
        query = "&".join("%s=%d" % pair for pair in wish.items())
        with urllib.request.urlopen(self.url + "/simulator/change?" + query) as answer:
            state = json.load(answer)
        state["units"] = {unit["serial"]: unit["device_type"] for unit in state["units"]}
        return state

    def sync(self):
        done = subprocess.run(
            self.command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        self.counts["runs"] += 1
        return Run(done.returncode, done.stdout)

    def rest(self, estate):
        """The run at rest; what is wrong with it."""
        units = self.change(estate=estate)["units"]
        self.last = self.sync()
        self.requests = self.change()["requests"]
        lost = sorted(set(units) - set(self.last.scope))
        if self.last.status != 0 or not all(self.last.coverage.values()):
            return "at rest: exit status %d" % self.last.status
        return "at rest: %s did not come" % lost[0] if lost else None

    def move(self, seed):
        """What is wrong with a run that meets the change of a seed, or None."""
        before = random.Random(seed).randint(2, self.requests + BEYOND)
        was = self.change(estate=seed // ESTATE, change=seed, before=before)
        run = self.sync()
        now = self.change()
        self.counts["OK" if run.status == 0 else "partial" if run.status == 1 else "failed"] += 1
        self.counts["changed"] += now["change"] is not None
        what = "%s before request %d of %d" % (now["change"], before, self.requests)
        if run.twice:
            return "%s: an asset came twice" % what
        if not run.serials & self.last.serials:
            return None
        for serial, device_type in sorted(was["units"].items()):
            scope = self.last.scope.get(serial)
            if serial in now["units"] and run.concludes(scope, device_type, serial):
                return "%s: %s %s of %s is not seen" % (what, device_type, serial, scope)
        return None


def main():
    url, source, stub, plugin = sys.argv[1:5]
    motion = Motion(url, source, stub, plugin)
    wrong = 0
    estate = None
    for seed in map(int, sys.argv[5:]):
        fault = None
        if seed // ESTATE != estate:
            estate = seed // ESTATE
            fault = motion.rest(estate)
        fault = fault or motion.move(seed)
        if fault:
            wrong += 1
            print("seed %d: %s" % (seed, fault))
    counts = ", ".join("%d %s" % (n, what) for what, n in sorted(motion.counts.items()))
    print("%d seeds, %d wrong; %s" % (len(sys.argv) - 5, wrong, counts))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
