#!/usr/bin/env python3
"""terminal.py COLUMNS COMMAND...: runs a command with a terminal of this width as its standard
error, and prints each line that the command writes there. Text after a carriage return is a line of
its own; WRAPPED stands before a line that does not fit. The command has the standard input and
output of terminal.py, which exits with its status.

SPDX-License-Identifier: Apache-2.0
"""
import fcntl
import os
import pty
import struct
import sys
import termios


def read_all(terminal):
    text = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:  # the last program on it has ended
            return text.decode("utf-8")
        if not more:
            return text.decode("utf-8")
        text += more


def main():
    columns = int(sys.argv[1])
    terminal, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = os.fork()
    if process == 0:
        os.dup2(inner, 2)
        os.close(terminal)
        os.environ["TERM"] = "xterm"
        os.execvp(sys.argv[2], sys.argv[2:])
    os.close(inner)
    for line in read_all(terminal).replace("\x1b[K", "").replace("\n", "\r").split("\r"):
        if line:
            print(line if len(line) < columns else "WRAPPED " + line)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
