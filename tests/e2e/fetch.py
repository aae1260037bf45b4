# fetch.py - writes what a simulator answers to a file; its certificate is not checked.
# SPDX-License-Identifier: Apache-2.0
#
# For tests/lib/resident.py: URL FILE

import shutil
import ssl
import urllib.request

context = ssl._create_unverified_context()


def main(arguments):
    url, path = arguments
    with urllib.request.urlopen(url, context=context) as answer, open(path, "wb") as file:
        shutil.copyfileobj(answer, file)
