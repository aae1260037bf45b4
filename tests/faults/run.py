# run.py - runs the table of faults: each row has a fault, its time and the expected result. Prints
# TAP.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 run.py [--all] [--source SYSTEM] [WORD...]
#
#   --all             every run of the table; without it one of each fault, once and lasting
#   --source SYSTEM   the table of one of SOURCES; without it of a fortimanager
#   WORD              only runs whose description contains each of these words
#
# The environment is that of the shell tests: STUB, SIMULATOR, IMPATIENT (the plugin with shorter
# times), PEAK (tests/faults/peak.c), RUNNER (a command to run the stub with), SANITIZERS (not empty:
# memory is not checked, because the sanitizers' own would count). table.tsv explains its columns.

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(TESTS, "e2e"))
import oracle  # noqa: E402

AT_A_TIME = 8  # most of a run is waiting
PATIENCE_S = 120
PEAK_MAX_KIB = 96 * 1024
SETTINGS = {
    "attributes": ["name", "firmware_version", "connection_status", "adom", "managed_by"],
    "live_status": "never",
    "timeout_s": 5,
}
ENDPOINT_SETTINGS = {"attributes": ["name", "mac_address", "last_seen"], "timeout_s": 5}
# Of each system: its table, where its simulator names faults, and the settings of a run.
SOURCES = {
    "fortimanager": ("table.tsv", "faults.c", SETTINGS),
    "fortigate": ("fgt.tsv", "fortigate/fgt_faults.c", SETTINGS),
    "fortinac": (
        "fnac.tsv",
        "fortinac/nac_faults.c",
        dict(ENDPOINT_SETTINGS, source="fortinac"),
    ),
    "ems": ("ems.tsv", "ems/ems_faults.c", dict(ENDPOINT_SETTINGS, source="ems")),
}
# Options, in which URL is the simulator's address, and secrets.
LOGINS = {
    "key": ([], {"HECTOR_SECRET_TOKEN": "0123456789abcdefghijklmnopqrstuv"}),
    "user": (["--set", "username=hector"], {"HECTOR_SECRET_PASSWORD": "simulated-password"}),
    "access-key": (
        ["--set", "ems_account=hector@example.org", "--forticloud-url", "URL"],
        {"HECTOR_SECRET_ACCESS_KEY": "simulated-access-key"},
    ),
}
CLASSES = {
    "AUTH": 12,
    "PERMISSION": 13,
    "UNREACHABLE": 14,
    "THROTTLED": 15,
    "DATA": 16,
    "LIMIT": 17,
}
OUTCOMES = ("silent", "reported", "poorer", "incomplete")
MANY_DOCUMENTS = 20000  # those of a larger run are of the same making: they are not validated


class Run:
    """One run of one row of the table."""

    settings = SETTINGS

    def __init__(self, login, topology, faults, at, times, outcome, reason, unread):
        self.login, self.topology, self.outcome, self.reason = login, topology, outcome, reason
        self.faults, self.times = faults, times
        self.unread = {}
        for part in unread.split(",") if unread != "-" else []:
            where, _, least = part.partition("=")
            where, _, why = where.partition("~")
            self.unread[where] = (int(least or 0), why or reason)
        self.plans = []
        for number in at.split("+") if at != "-" else []:
            times_mark = {"once": "", "ever": "xforever"}.get(times, "x" + times)
            self.plans.append("%s@%s%s" % (faults, number, times_mark))
        self.name = "%s, %s: %s at %s %s: %s" % (login, topology, faults, at, times, outcome)
        self.name += " " + reason if reason != "-" else ""
        self.wrong = []
        self.peak = 0

    def expect(self, condition, *words):
        if not condition:
            self.wrong.append(" ".join(str(word) for word in words))


# ---- the table


def read_table(path):
    """The topologies, {name: (requests, options)}, and the rows, each a list of its runs."""
    topologies, rows = {}, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("#") or not line.strip():
                continue
            if columns[0] == "topology":
                topologies[columns[1]] = (int(columns[2]), columns[3].split())
                continue
            login, topology, faults, at, times, outcome, reason, unread = columns
            logins = ("key", "user") if login == "both" else (login,)
            if outcome not in OUTCOMES and outcome not in CLASSES:
                sys.exit("unknown outcome: " + line)
            row = []
            for position in at.split(","):
                for who in logins:
                    run = Run(who, topology, faults, position, times, outcome, reason, unread)
                    row.append(run)
            rows.append(row)
    return topologies, rows


def choose_quick(rows):
    """Of each fault, once and for ever, one run; from fault to fault another of its row."""
    chosen, seen = [], set()
    for row in rows:
        kind = (row[0].faults, row[0].times)
        if kind not in seen:
            seen.add(kind)
            chosen.append(row[len(seen) % len(row)])
    return chosen


def missing(rows, faults):
    """What the simulator can do wrong and the table lacks, once or for ever."""
    names = set()
    for source in ("wire.h", faults):
        with open(os.path.join(TESTS, "simulator", source), encoding="utf-8") as file:
            names.update(re.findall(r'_\w+\] = "([a-z0-9-]+)"', file.read()))
    names.discard("proxy-batch-fails")  # asks for FortiGates that are asked: tests/e2e/inventory.sh
    there = {(row[0].faults, row[0].times) for row in rows}
    return sorted({(name, times) for name in names for times in ("once", "ever")} - there)


# ---- one run


def wait_for(path, process):
    for _ in range(3000):
        if os.path.exists(path) and os.path.getsize(path) > 0:
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.01)
    return False


def sync(run, folder, port, certificate):
    """Returns the exit status, or None when it took too long."""
    url = "https://127.0.0.1:" + port
    words, secrets = LOGINS[run.login]
    words = [url if word == "URL" else word for word in words]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HECTOR_SECRET_")}
    environment.update(secrets)
    command = [os.environ["PEAK"], os.path.join(folder, "peak")]
    command += os.environ.get("RUNNER", "").split()
    command += [os.environ["STUB"], "--plugin", os.environ["IMPATIENT"], "--format", "ndjson"]
    command += ["--settings", os.path.join(folder, "settings"), "--ca-file", certificate]
    command += ["--set", "url=" + url] + words + ["sync"]
    with open(os.path.join(folder, "out"), "wb") as out:
        with open(os.path.join(folder, "err"), "wb") as err:
            try:
                return subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    env=environment,
                    timeout=PATIENCE_S,
                    check=False,
                ).returncode
            except subprocess.TimeoutExpired:
                return None


def simulated(run, topology, folder):
    """Starts a simulator, syncs, and stops it. Returns the exit status and the report."""
    paths = {name: os.path.join(folder, name) for name in ("port", "certificate", "report")}
    command = [os.environ["SIMULATOR"], "--expected-file", os.path.join(folder, "expected.json")]
    for name, path in paths.items():
        command += ["--%s-file" % name, path]
    command += topology
    for plan in run.plans:
        command += ["--fault", plan]
    status, report = None, {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as simulator:
        try:
            if wait_for(paths["port"], simulator):
                with open(paths["port"], encoding="ascii") as file:
                    port = file.read().strip()
                status = sync(run, folder, port, paths["certificate"])
        finally:
            simulator.terminate()
            simulator.wait()
    if os.path.exists(paths["report"]):
        with open(paths["report"], encoding="utf-8") as file:
            report = json.load(file)
    return status, report


def check_documents(run, documents, expected, status):
    """The documents, by what the outcome says that they must be."""
    reported = [run.reason] if run.outcome == "reported" else []
    full = run.outcome in ("silent", "reported")
    if run.outcome == "poorer":
        problems = [json.loads(line).get("reason") for line in documents]
        run.expect(problems.count(run.reason) == 1, problems.count(run.reason), run.reason)
    checked = oracle.Oracle(expected, documents, run.settings, partial=not full, reported=reported)
    # An EMS does not say which other sites it has.
    checked.scopes_unknown = run.settings.get("source") == "ems"
    checked.leaves_early = run.topology == "deferred"
    checked.check()
    run.wrong += checked.faults
    summary = checked.documents[-1] if checked.documents else {}
    expected = CLASSES.get(run.outcome, 1 if run.outcome == "incomplete" else 0)
    run.expect(status == expected, "exit status", status, "and not", expected)
    if run.outcome in CLASSES:
        reason = summary.get("error", {}).get("reason")
        run.expect(reason == run.reason, "the reason is", reason)
    if run.outcome == "incomplete":
        for scope, device_type in checked.expected_coverage():
            check_scope(run, checked, scope, device_type)
        for where, (least, _) in run.unread.items():
            emitted = [a for a in checked.of("asset") if a["device_type"] == where.split("@")[0]]
            run.expect(len(emitted) >= least, where, "has no more assets than", len(emitted))


def check_scope(run, checked, scope, device_type):
    found = [
        c
        for c in checked.of("coverage")
        if c["scope"] == scope and c["device_type"] == device_type
    ]
    names = [device_type, device_type + "@" + scope, device_type + "@" + scope.partition("/")[2]]
    unread = next((run.unread[name] for name in names if name in run.unread), None)
    # Devices in no ADOM are no known scope before any request has shown them, so it has no
    # coverage.
    if not found and scope == "none" and unread:
        return
    run.expect(len(found) == 1, scope, device_type, "is covered", len(found), "times")
    for coverage in found:
        reason = unread[1] if unread else None
        run.expect(
            coverage.get("reason") == reason,
            *(scope, device_type, "is incomplete for", coverage.get("reason"), "and not", reason)
        )


def check_report(run, topologies, report):
    """What the simulator saw."""
    run.expect(report.get("violations") == [], "violations:", report.get("violations"))
    lost = 1 if run.faults == "login-reply-lost" else 0
    # The reply to a sign-in at an EMS, which is the second request, may not arrive.
    may_be_lost = run.settings.get("source") == "ems" and any("@2x" in plan + "x" for plan in run.plans)
    sessions = report.get("open_sessions")
    run.expect(sessions == lost or (may_be_lost and sessions == 1), "open sessions:", sessions)
    run.expect(report.get("credentials_before_probe") == 0, "credentials before the question")
    if run.plans:
        run.expect(report.get("faults_applied", 0) > 0, "the fault was not applied")
    else:
        requests = topologies[run.topology][0]
        run.expect(report.get("data_requests") == requests, report.get("data_requests"), "requests")


def perform(run, topologies, folder):
    """Returns the run, checked, and the lines of its documents."""
    lines = []
    try:
        lines = check_run(run, topologies, folder)
    except Exception as error:  # what the oracle cannot even read is wrong, too
        run.wrong.append(repr(error))
    return run, lines


def check_run(run, topologies, folder):
    os.mkdir(folder)
    with open(os.path.join(folder, "settings"), "w", encoding="utf-8") as file:
        json.dump(run.settings, file)
    status, report = simulated(run, topologies[run.topology][1], folder)
    run.expect(status is not None, "no end after", PATIENCE_S, "seconds, or no simulator")
    if status is not None:
        with open(os.path.join(folder, "peak"), encoding="ascii") as file:
            run.peak = int(file.read())
        with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
            expected = json.load(file)
        with open(os.path.join(folder, "out"), encoding="utf-8") as file:
            lines = file.readlines()
        check_documents(run, lines, expected, status)
        check_report(run, topologies, report)
        if not os.environ.get("SANITIZERS") and not os.environ.get("RUNNER"):
            run.expect(run.peak <= PEAK_MAX_KIB, "took", run.peak, "KiB of memory")
        with open(os.path.join(folder, "err"), encoding="utf-8") as file:
            error = file.read().strip()
        if run.wrong and error:
            run.wrong.append("it said: " + error[:500])
    else:
        lines = []
    shutil.rmtree(folder)
    return lines if len(lines) < MANY_DOCUMENTS else []


# ---- all runs


def valid(documents):
    command = [sys.executable, os.path.join(TESTS, "lib", "validate_documents.py")]
    command += [os.path.join(os.path.dirname(TESTS), "schemas", "fortinet")]
    text = "".join(sorted(documents)).encode()
    return subprocess.run(command, input=text, check=False, stdout=subprocess.DEVNULL).returncode


def tell(number, name, wrong):
    print("%s %d - %s" % ("not ok" if wrong else "ok", number, name))
    for line in wrong[:20]:
        print("# " + line.replace("\n", "\n# "))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--source", choices=SOURCES, default="fortimanager")
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    table, faults, settings = SOURCES[arguments.source]
    topologies, rows = read_table(os.path.join(HERE, table))
    runs = [run for row in rows for run in row] if arguments.all else choose_quick(rows)
    runs = [run for run in runs if all(word in run.name for word in arguments.words)]
    # Runs without a fault, to count the requests by which the table places its faults.
    runs += [
        Run(login, topology, "nothing", "-", "once", "silent", "-", "-")
        for login, topology in sorted({(run.login, run.topology) for run in runs})
    ]
    for run in runs:
        run.settings = settings
    # The longest runs start first, so that the others run beside them.
    runs.sort(key=lambda run: run.topology != "deferred" and not run.faults.startswith(("stall", "drip")))
    documents, failed = set(), 0
    began = time.monotonic()
    print("1..%d" % (len(runs) + 2))
    with tempfile.TemporaryDirectory(prefix="hector-faults.") as folder:
        with concurrent.futures.ProcessPoolExecutor(AT_A_TIME) as pool:
            futures = [
                pool.submit(perform, run, topologies, os.path.join(folder, str(i)))
                for i, run in enumerate(runs)
            ]
            for i, future in enumerate(futures):
                runs[i], lines = future.result()
                documents.update(lines)
                tell(i + 1, runs[i].name, runs[i].wrong)
                failed += 1 if runs[i].wrong else 0
    wrong = ["see above"] if documents and valid(documents) != 0 else []
    tell(len(runs) + 1, "every document is what its schema says", wrong)
    lacking = ["not there: %s, %s" % fault for fault in missing(rows, faults)]
    tell(len(runs) + 2, "the table has every fault of the simulator", lacking)
    print("# %d runs in %.0f s" % (len(runs), time.monotonic() - began))
    for run in sorted(runs, key=lambda run: -run.peak)[:5]:
        print("# %.1f MiB at most: %s" % (run.peak / 1024, run.name))
    return 1 if failed or wrong or lacking else 0


if __name__ == "__main__":
    sys.exit(main())
