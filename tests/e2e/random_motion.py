# random_motion.py - syncs of a simulated system that changes once during the run; each is evaluated
# as a host would evaluate it.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 random_motion.py URL SOURCE STUB PLUGIN VERDICTS SEED...
#
# The simulator at URL builds a small topology for each TOPOLOGY seeds (/simulator/change). A run
# without changes must return OK and deliver every unit; it also counts the requests. Then each seed
# selects a change and the request before which it happens. VERDICTS compares that run with the
# unchanged one by hector_conclude(): a unit that existed before and after must not be 'not seen'.
#
# Errors go to standard output, with exit status 1. The last line counts.

import collections
import json
import random
import subprocess
import sys
import tempfile
import urllib.request

TOPOLOGY = 8
# A few requests more than without changes: the change may also hit a repeated request.
BEYOND = 2


class Run:
    """What there is to know of one sync."""

    def __init__(self, status, text):
        self.status = status
        self.text = text
        documents = [json.loads(line) for line in text.splitlines()]
        assets = [d["sync_key"] for d in documents if d["kind"] == "asset"]
        self.keys = set(assets)
        self.twice = len(assets) - len(self.keys)
        self.complete = all(d["complete"] for d in documents if d["kind"] == "coverage")


class Motion:
    def __init__(self, url, source, stub, plugin, verdicts, folder):
        self.url = url
        self.verdicts = [verdicts] + ["%s/%s" % (folder, name) for name in ("rest", "run")]
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

    def write(self, i, run):
        with open(self.verdicts[i], "w", encoding="utf-8") as file:
            file.write(run.text)

    def not_seen(self, run):
        """The units of the run at rest that this run says are not there."""
        self.write(2, run)
        said = subprocess.run(self.verdicts, capture_output=True, text=True, check=True).stdout
        lines = [line.split() for line in said.splitlines()]
        return {key for key, verdict, _ in lines if verdict in ("not_seen", "scope_gone")}

    def rest(self, topology):
        """The run at rest; what is wrong with it."""
        units = self.change(topology=topology)["units"]
        last = self.sync()
        self.write(1, last)
        self.requests = self.change()["requests"]
        lost = sorted(set(units) - last.keys)
        if last.status != 0 or not last.complete:
            return "at rest: exit status %d" % last.status
        return "at rest: %s did not come" % lost[0] if lost else None

    def move(self, seed):
        """What is wrong with a run that meets the change of a seed, or None."""
        before = random.Random(seed).randint(2, self.requests + BEYOND)
        was = self.change(topology=seed // TOPOLOGY, change=seed, before=before)
        run = self.sync()
        now = self.change()
        self.counts["OK" if run.status == 0 else "partial" if run.status == 1 else "failed"] += 1
        self.counts["changed"] += now["change"] is not None
        what = "%s before request %d of %d" % (now["change"], before, self.requests)
        if run.twice:
            return "%s: an asset came twice" % what
        for serial in sorted(self.not_seen(run)):
            if serial in was["units"] and serial in now["units"]:
                return "%s: %s %s is not seen" % (what, was["units"][serial], serial)
        return None


def main():
    url, source, stub, plugin, verdicts = sys.argv[1:6]
    seeds = [int(seed) for seed in sys.argv[6:]]
    wrong = 0
    topology = None
    with tempfile.TemporaryDirectory(prefix="hector-motion.") as folder:
        motion = Motion(url, source, stub, plugin, verdicts, folder)
        for seed in seeds:
            fault = None
            if seed // TOPOLOGY != topology:
                topology = seed // TOPOLOGY
                fault = motion.rest(topology)
            fault = fault or motion.move(seed)
            if fault:
                wrong += 1
                print("seed %d: %s" % (seed, fault))
    counts = ", ".join("%d %s" % (n, what) for what, n in sorted(motion.counts.items()))
    print("%d seeds, %d wrong; %s" % (len(seeds), wrong, counts))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
