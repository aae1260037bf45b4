# host.py - a host without a C compiler: all four operations of a plugin, by ctypes.
# SPDX-License-Identifier: Apache-2.0
#
#   TOKEN=... python3 host.py PLUGIN URL CA_FILE > documents.ndjson
#
# The structs below repeat those of the header by hand, as any other language must. Standard error
# gets a line for each call, "OPERATION CODE REASON", then the number of callbacks. Exit status 1 if
# the plugin breaks the contract.

import ctypes
import json
import locale
import os
import sys

u32, i32, u64, i64 = ctypes.c_uint32, ctypes.c_int32, ctypes.c_uint64, ctypes.c_int64
size_t, pointer = ctypes.c_size_t, ctypes.c_void_p

# Texts come as a pointer and a size without a NUL, so not as c_char_p, which would look for one.
Emit = ctypes.CFUNCTYPE(i32, pointer, pointer, size_t)
Log = ctypes.CFUNCTYPE(None, pointer, u32, pointer, size_t)
Progress = ctypes.CFUNCTYPE(None, pointer, pointer, size_t, u64, u64)
Cancelled = ctypes.CFUNCTYPE(i32, pointer)
Secret = ctypes.CFUNCTYPE(i64, pointer, pointer, size_t, pointer, size_t)


class Host(ctypes.Structure):
    _fields_ = [
        ("struct_size", u32),
        ("log_level", u32),
        ("context", pointer),
        ("emit", Emit),
        ("log", Log),
        ("progress", Progress),
        ("cancelled", Cancelled),
        ("secret", Secret),
    ]


class Error(ctypes.Structure):
    _fields_ = [
        ("struct_size", u32),
        ("cause", i32),
        ("retry_after_s", u32),
        ("reserved", u32),
        ("reason", ctypes.c_char * 48),
        ("field", ctypes.c_char * 64),
        ("message", ctypes.c_char * 512),
        ("detail", ctypes.c_char * 512),
    ]


Operation = ctypes.CFUNCTYPE(
    i32, ctypes.POINTER(Host), ctypes.c_char_p, size_t, ctypes.POINTER(Error)
)


class Integration(ctypes.Structure):
    _fields_ = [
        ("struct_size", u32),
        ("reserved", u32),
        ("id", ctypes.c_char_p),
        ("version", ctypes.c_char_p),
        ("describe", Operation),
        ("validate", Operation),
        ("list_options", Operation),
        ("sync", Operation),
    ]


CONFIG, CANCELLED, HOST = -1, -8, -9
CONTEXT = 0x5A5A

faults = []


def check(condition, fault):
    if not condition:
        faults.append(fault)


class Call:
    """One call of one operation, and what came of it."""

    def __init__(self, plugin, operation, request, refuse_at=0, cancel_at=0):
        self.documents, self.lines, self.steps, self.polls = [], 0, 0, 0
        self.phases = {}
        self.refuse_at, self.cancel_at = refuse_at, cancel_at
        error = Error(struct_size=ctypes.sizeof(Error))
        # The struct keeps the callbacks alive until the call returns.
        host = Host(
            ctypes.sizeof(Host), 5, CONTEXT, Emit(self.emit), Log(self.log),
            Progress(self.progress), Cancelled(self.cancelled), Secret(self.secret),
        )
        text = json.dumps(request).encode("utf-8")
        self.code = getattr(plugin, operation)(host, text, len(text), error)
        self.reason = error.reason.decode("ascii")
        check(self.code >= 0 or error.cause == self.code, operation + ": error.cause")
        print(operation, self.code, self.reason, file=sys.stderr)
        print("  %d documents, %d lines, %d steps, %d polls"
              % (len(self.documents), self.lines, self.steps, self.polls), file=sys.stderr)

    def emit(self, context, document, size):
        check(context == CONTEXT, "context")
        self.documents.append(ctypes.string_at(document, size))
        return 1 if len(self.documents) == self.refuse_at else 0

    def log(self, context, level, text, size):
        check(1 <= level <= 5 and b"\n" not in ctypes.string_at(text, size), "a line of the log")
        self.lines += 1

    def progress(self, context, phase, size, done, total):
        phase = ctypes.string_at(phase, size)
        before = self.phases.get(phase, (0, 0))
        check(total == 0 or done <= total, "progress")
        check(phase.startswith(b"waiting:") or (done >= before[0] and total >= before[1]),
              "progress goes backwards")
        self.phases[phase] = done, total
        self.steps += 1

    def cancelled(self, context):
        self.polls += 1
        return 1 if self.polls == self.cancel_at else 0

    def secret(self, context, name, size, buffer, capacity):
        secret = os.environ["TOKEN"].encode("ascii")
        if ctypes.string_at(name, size) != b"token":
            return -1
        if len(secret) <= capacity:
            ctypes.memmove(buffer, secret, len(secret))
        return len(secret)


def load(path):
    library = ctypes.CDLL(path)
    library.hector_integration_v1.restype = ctypes.POINTER(Integration)
    plugin = library.hector_integration_v1().contents
    check(plugin.struct_size >= ctypes.sizeof(Integration), "the table is too short")
    check(plugin.id == b"fortinet" and plugin.version, "id and version")
    return plugin


def main():
    path, url, ca_file = sys.argv[1:]
    locale.setlocale(locale.LC_ALL, "")
    point = locale.localeconv()["decimal_point"]
    check(point == "," or "TEST_COMMA_LOCALE" not in os.environ, "no comma in " + point)
    plugin = load(path)
    ask = {
        "settings": {"url": url, "attributes": ["name", "ip_address", "latitude", "longitude"]},
        "host": {"allow_loopback": True, "ca_file": ca_file},
    }
    calls = [
        Call(plugin, "describe", {"language": "fr"}),
        Call(plugin, "validate", ask),
        Call(plugin, "list_options", dict(ask, option="device_types")),
        Call(plugin, "list_options", dict(ask, option="attributes")),
        Call(plugin, "list_options", dict(ask, option="adoms")),
        Call(plugin, "sync", ask),
    ]
    for call in calls:
        check(call.code == 0 and call.documents, "a call that should be whole")
        for document in call.documents:
            sys.stdout.buffer.write(document + b"\n")
    check(min(calls[-1].lines, calls[-1].steps, calls[-1].polls) > 0, "not every callback called")

    check(Call(plugin, "validate", {"settings": {}}).code == CONFIG, "no url")
    check(Call(plugin, "sync", ask, cancel_at=1).code == CANCELLED, "cancelled")
    refused = Call(plugin, "sync", ask, refuse_at=3)
    check(refused.code == HOST and len(refused.documents) == 3, "a document was refused")
    check(locale.localeconv()["decimal_point"] == point, "the plugin touched the locale")
    for fault in faults:
        print("FAULT", fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
