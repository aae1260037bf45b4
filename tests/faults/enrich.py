# enrich.py - runs enrich.tsv: what goes wrong with FortiCloud during a sync. Prints TAP.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 enrich.py [--all] [WORD...]
#
#   --all    every run of the table; without it one of each fault, once and lasting
#   WORD     only runs whose description contains each of these words
#
# The environment is that of run.py, and CLOUD_SIMULATOR. enrich.tsv explains its columns.

import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

import run as faults
import enriched
import oracle

SETTINGS = {
    "enrich": ["asset_management", "fortiflex"],
    "forticloud_user": "hector",
    "timeout_s": 5,
}
SIMULATORS = {
    "SIMULATOR": ["--fgts", "12"],
    "CLOUD_SIMULATOR": ["--page-size", "50"],
}
REQUESTS = 9  # of a run without a fault
OUTCOMES = ("silent", "repeated", "repaired", "unread", "cut", "empty")
SECRETS = re.compile(r"CANARY|simulated-password|Bearer|0123456789abcdefghijklmnopqrstuv")


class Run:
    """One run of one row of the table."""

    def __init__(self, fault, at, times, outcome, reason, which):
        self.fault, self.outcome, self.reason = fault, outcome, reason
        self.which = which.split(",") if which != "-" else []
        mark = {"once": "", "ever": "xforever"}.get(times, "x" + times)
        self.plan = ["--fault", "%s@%s%s" % (fault, at, mark)] if fault else []
        self.name = "%s at %s %s: %s" % (fault or "nothing", at, times, outcome)
        self.name += " (%s) %s" % (reason, which) if self.which else ""
        self.wrong = []
        self.lines = []

    def expect(self, condition, *words):
        if not condition:
            self.wrong.append(" ".join(str(word) for word in words))


def read_table():
    rows = []
    with open(os.path.join(faults.HERE, "enrich.tsv"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            fault, at, times, outcome, reason, which = line.rstrip("\n").split("\t")
            if outcome not in OUTCOMES:
                sys.exit("unknown outcome: " + line)
            rows.append([(fault, times)] + [Run(fault, n, times, outcome, reason, which) for n in at.split(",")])
    return rows


def choose_quick(rows):
    """Of each fault, once and for ever, one run; from fault to fault another of its row."""
    chosen, seen = [], set()
    for kind, *runs in rows:
        if kind not in seen:
            seen.add(kind)
            chosen.append(runs[len(seen) % len(runs)])
    return chosen


def missing(rows):
    """What the simulator can do wrong and the table lacks, once or for ever."""
    names = set()
    for source in ("wire.h", "forticloud/cloud_faults.c"):
        with open(os.path.join(faults.TESTS, "simulator", source), encoding="utf-8") as file:
            names.update(re.findall(r'_\w+\] = "([a-z0-9-]+)"', file.read()))
    there = {kind for kind, *_ in rows}
    return sorted({(name, times) for name in names for times in ("once", "ever")} - there)


# ---- one run


def start(program, folder, options):
    """Starts a simulator, and returns the process and its port; None when it does not start."""
    os.mkdir(folder)
    command = [os.environ[program]] + SIMULATORS[program] + options
    for name in ("port", "certificate", "expected", "report"):
        command += ["--%s-file" % name, os.path.join(folder, name)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    if not faults.wait_for(os.path.join(folder, "port"), process):
        return process, None
    with open(os.path.join(folder, "port"), encoding="ascii") as file:
        return process, file.read().strip()


def read(*path):
    with open(os.path.join(*path), encoding="utf-8", errors="replace") as file:
        return file.read()


def sync(folder, port, cloud_port):
    """Returns the exit status, or None when it took too long."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HECTOR_SECRET_")}
    environment.update(faults.LOGINS["key"][1])
    environment["HECTOR_SECRET_FORTICLOUD_PASSWORD"] = "simulated-password"
    with open(os.path.join(folder, "trusted"), "w", encoding="ascii") as file:
        file.write(read(folder, "appliance", "certificate") + read(folder, "cloud", "certificate"))
    with open(os.path.join(folder, "settings"), "w", encoding="utf-8") as file:
        json.dump(SETTINGS, file)
    command = [os.environ["PEAK"], os.path.join(folder, "peak")] + os.environ.get("RUNNER", "").split()
    command += [os.environ["STUB"], "--plugin", os.environ["IMPATIENT"], "--format", "ndjson"]
    command += ["--settings", os.path.join(folder, "settings"), "-vvvv"]
    command += ["--ca-file", os.path.join(folder, "trusted")]
    command += ["--forticloud-url", "https://127.0.0.1:" + cloud_port]
    command += ["--set", "url=https://127.0.0.1:" + port, "sync"]
    with open(os.path.join(folder, "out"), "wb") as out:
        with open(os.path.join(folder, "err"), "wb") as err:
            try:
                return subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    env=environment,
                    timeout=faults.PATIENCE_S,
                    check=False,
                ).returncode
            except subprocess.TimeoutExpired:
                return None


def check_documents(run, folder):
    reported = {"repeated": ["requests_repeated"], "repaired": ["text_repaired"]}.get(run.outcome, [])
    unread = run.which if run.outcome == "unread" else []
    cut = run.which if run.outcome == "cut" else []
    known = json.loads(read(folder, "cloud", "expected"))
    reported = reported + ["enrichment_failed"] * len(unread) + ["enrichment_incomplete"] * len(cut)
    for name in run.which if run.outcome == "empty" else []:
        enriched.remove(known, name)
    run.lines = read(folder, "out").splitlines()
    checked = oracle.Oracle(json.loads(read(folder, "appliance", "expected")), run.lines, SETTINGS, reported=reported)
    # Some requests may have been repeated before an enrichment was given up.
    checked.allowed = ["requests_repeated"] if unread or cut else []
    checked.set_enriched(enriched.Enriched(known, SETTINGS, unread, cut))
    checked.check()
    run.wrong += checked.faults
    log = read(folder, "err")
    for name in unread + cut:
        run.expect(re.search("warning: %s: %s\\b" % (name, run.reason), log), name, "is not", run.reason)
    for text in (log, "\n".join(run.lines)):
        found = SECRETS.search(text)
        run.expect(not found, "a secret:", text[max(0, found.start() - 200) : found.end()] if found else "")
    if run.wrong:
        run.wrong += [line for line in log.splitlines() if " warning: " in line][:5]


def perform(run, folder):
    """Returns the run, checked."""
    processes = []
    try:
        os.mkdir(folder)
        process, port = start("SIMULATOR", os.path.join(folder, "appliance"), [])
        processes.append(process)
        options = ["--units", os.path.join(folder, "appliance", "expected")] + run.plan
        process, cloud_port = start("CLOUD_SIMULATOR", os.path.join(folder, "cloud"), options)
        processes.append(process)
        run.expect(port and cloud_port, "a simulator did not start")
        status = sync(folder, port, cloud_port) if port and cloud_port else None
        for process in processes:
            process.terminate()
            process.wait()
        run.expect(status == 0, "exit status", status)
        if status is not None:
            check_documents(run, folder)
            check_report(run, json.loads(read(folder, "cloud", "report")), int(read(folder, "peak")))
    except Exception as error:  # what the oracle cannot even read is wrong, too
        run.wrong.append(repr(error))
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
                process.wait()
    return run


def check_report(run, report, peak):
    run.expect(report["violations"] == [], "violations:", report["violations"])
    run.expect(report["errors_answered"] < 10, "errors:", report["errors_answered"])
    if run.plan:
        run.expect(report["faults_applied"] > 0, "the fault was not applied")
    else:
        run.expect(report["data_requests"] == REQUESTS, report["data_requests"], "requests")
    if not os.environ.get("SANITIZERS") and not os.environ.get("RUNNER"):
        run.expect(peak <= faults.PEAK_MAX_KIB, "took", peak, "KiB of memory")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    rows = read_table()
    runs = [run for _, *some in rows for run in some] if arguments.all else choose_quick(rows)
    runs = [run for run in runs if all(word in run.name for word in arguments.words)]
    runs.append(Run("", "-", "once", "silent", "-", "-"))
    # The longest runs start first, so that the others run beside them.
    runs.sort(key=lambda run: not run.fault.startswith(("stall", "drip")))
    documents, failed = set(), 0
    print("1..%d" % (len(runs) + 2))
    with tempfile.TemporaryDirectory(prefix="hector-faults.") as folder:
        with concurrent.futures.ProcessPoolExecutor(faults.AT_A_TIME) as pool:
            futures = [
                pool.submit(perform, run, os.path.join(folder, str(i))) for i, run in enumerate(runs)
            ]
            for i, future in enumerate(futures):
                run = future.result()
                documents.update(line + "\n" for line in run.lines)
                faults.tell(i + 1, run.name, run.wrong)
                failed += 1 if run.wrong else 0
    wrong = ["see above"] if documents and faults.valid(documents) != 0 else []
    faults.tell(len(runs) + 1, "every document is what its schema says", wrong)
    lacking = ["not there: %s, %s" % fault for fault in missing(rows)]
    faults.tell(len(runs) + 2, "the table has every fault of the simulator", lacking)
    return 1 if failed or wrong or lacking else 0


if __name__ == "__main__":
    sys.exit(main())
