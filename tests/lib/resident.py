# resident.py - runs Python scripts for a shell test, one after the other, in one process: to start
# Python takes longer than what most of them do.
# SPDX-License-Identifier: Apache-2.0
#
# tests/lib/resident.sh starts it. A request on standard input is a number of words, and these: SCRIPT
# ARGUMENT..., each ended by a NUL byte. The script is imported once; its main() gets the arguments
# and returns an exit status. The answer is what the script prints, each line after a space, and a
# line "= STATUS".

import contextlib
import importlib.util
import io
import os
import sys
import traceback

mains = {}


def words(stream):
    """The words on standard input, without end."""
    rest = b""
    while True:
        *whole, rest = rest.split(b"\0")
        yield from map(os.fsdecode, whole)
        piece = os.read(stream.fileno(), 65536)
        if not piece:
            return
        rest += piece


def main_of(script):
    if script not in mains:
        sys.path.insert(0, os.path.dirname(script))  # as Python does for a script
        name = "resident_%d" % len(mains)
        spec = importlib.util.spec_from_file_location(name, script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        mains[script] = module.main
    return mains[script]


def run(script, arguments):
    """The exit status, as Python itself would set it."""
    try:
        return main_of(script)(arguments) or 0
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code)
    except BaseException:
        traceback.print_exc()
    return 1


def main():
    sys.dont_write_bytecode = True
    requests = words(sys.stdin)
    for count in requests:
        script, *arguments = (next(requests) for _ in range(int(count)))
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = run(script, arguments)
        answer = "".join(" %s\n" % line for line in said.getvalue().splitlines())
        sys.stdout.buffer.write((answer + "= %d\n" % status).encode(errors="surrogateescape"))
        sys.stdout.buffer.flush()


main()
