# house.py - checks the layers of plugin/ and host-stub/: which folder may include which, and neither
# the other, no include cycles, whose names a header declares, and where maxima stand.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 house.py FOLDER CHECK    FOLDER: the source tree; CHECK: order, circles, headers, names,
#                                    limits, parameters or built
#
# Prints a line for each error; exit status 1 if there is one. Self-test: house.sh.

import pathlib
import re
import sys

# A folder may use those listed before it. Files directly in plugin/ may use all.
ORDER = ["base", "json", "host", "net", "catalogue", "settings", "inventory", "sources",
         "operations"]
# The prefix of each folder whose files share one.
PREFIXES = {"fortimanager": "fmg_", "fortigate": "fgt_", "fortios": "fortios_", "fortinac": "fnac_",
            "forticloud": "forticloud_"}

# Of a file, beside its own name: idioms that stand everywhere, and what a file makes.
MORE = {"operation": ["fail", "failure"], "anonymise": ["anonymiser"]}

# Where maxima stand, and numbers that are none: how many of a unit of time are in another.
LIMITS = ["base/limits.h", "limits.h"]
CONVERSIONS = {1000, 1000000, 1000000000}

# The type may have capitals, and a line of its own.
DECLARED = re.compile(r"^(?!(?:static|typedef)\b)[A-Za-z_][\w\s\*]*?[\s\*]([A-Za-z_]\w*)\([^;{]*;",
                      re.MULTILINE)
OBJECT = re.compile(r"^extern [\w \*]*?\b(\w+)(?:\[\w*\])?;", re.MULTILINE)
DEFINE = re.compile(r"\s*#\s*define\b")
MAXIMUM = re.compile(r"#\s*define\s+\w*_MAX\w*|\b\w*_MAX\w*\s*=(?!=)|\b[KM]IB\(")
NUMBER = re.compile(r"(?<![\w.])([1-9]\d{3,})[uUlL]*\b")
SHIFT = re.compile(r"(?<![\w.])([1-9]\d*)[uUlL]*\s*<<\s*(\d+)\b")
FUNCTION = re.compile(r"^(?!typedef\b)[A-Za-z_][\w\s\*]*?[\s\*](\w+)"
                      r"\(((?:[^;{}()]|\([^()]*\))*)\)(?=\s*[;{_])", re.MULTILINE)
PARAMETERS = 5
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.MULTILINE)
# The folders in sources/ that all sources may use.
SHARED = ["fortios", "forticloud"]


def folder_of(path, top):
    parts = path.relative_to(top).parts[:-1]
    return parts[0] if parts else None


def source_of(path, top):
    """The folder of one source; None for what is no source's."""
    parts = path.relative_to(top).parts[:-1]
    return parts[1] if len(parts) > 1 and parts[0] == "sources" else None


def without_texts(path):
    """The code without comments and strings; lines keep their numbers."""
    return re.sub(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'",
                  lambda found: "\n" * found[0].count("\n"),
                  path.read_text(encoding="utf-8"), flags=re.DOTALL)


class House:
    def __init__(self, top, others):
        self.top = top
        self.others = others
        self.files = sorted(path for path in top.rglob("*") if path.suffix in (".c", ".h", ".def"))
        self.includes = {path: self.included(path) for path in self.files}

    def included(self, path):
        """The included files that stand in the tree; those of the system do not."""
        found = []
        for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            places = [path.parent, self.top, self.top.parent] + self.others
            found += [(place / name).resolve() for place in places if (place / name).exists()][:1]
        return found

    def order(self):
        for path, includes in self.includes.items():
            own = folder_of(path, self.top)
            for other in includes:
                if not other.is_relative_to(self.top):
                    yield f"{self.name(path)} uses {other}, which is not of {self.top.name}/"
                    continue
                folder = folder_of(other, self.top)
                sources = (source_of(path, self.top), source_of(other, self.top))
                if None not in sources and sources[1] not in [sources[0]] + SHARED:
                    yield f"{self.name(path)} uses {self.name(other)}, which is another source's"
                if own is not None and (folder is None or folder not in ORDER
                                        or own not in ORDER
                                        or ORDER.index(folder) > ORDER.index(own)):
                    yield f"{self.name(path)} uses {self.name(other)}, which stands behind it"

    def circles(self):
        """Files by their stems: a .c and its .h are one."""
        uses = {}
        for path, includes in self.includes.items():
            uses.setdefault(path.with_suffix(""), set()).update(
                other.with_suffix("") for other in includes
                if other.suffix != ".def" and other.is_relative_to(self.top))
        done, open_files = set(), []

        def visit(stem):
            if stem in open_files:
                names = [self.name(each) for each in open_files[open_files.index(stem):]]
                yield "a circle: " + " -> ".join(names + [self.name(stem)])
                return
            if stem in done:
                return
            open_files.append(stem)
            for other in sorted(uses.get(stem, ())):
                if other != stem:
                    yield from visit(other)
            open_files.pop()
            done.add(stem)

        for stem in sorted(uses):
            yield from visit(stem)

    def headers(self):
        """A function that a header declares is defined in the .c of its name."""
        for path in self.files:
            if path.suffix != ".h":
                continue
            own = path.with_suffix(".c")
            code = "".join(file.read_text(encoding="utf-8") for file in path.parent.glob("*.c")
                           if file == own or file.stem.startswith(path.stem + "_")
                           and not file.with_suffix(".h").exists())
            for name in DECLARED.findall(without_texts(path)):
                if not re.search(rf"^[A-Za-z_][^;={{]*\b{name}\(", code, re.MULTILINE):
                    yield f"{self.name(path)} declares {name}(), which {own.name} does not define"

    def names(self):
        """A function that a header declares begins with what its file or its folder is about."""
        for path in self.files:
            if path.suffix != ".h":
                continue
            folder = path.parent.name
            stem = path.stem
            prefixes = [PREFIXES[folder]] if folder in PREFIXES else [stem, stem.rstrip("s"), folder,
                                                                     folder.rstrip("s")]
            prefixes += MORE.get(stem, [])
            names = DECLARED.findall(without_texts(path))
            for name in names + OBJECT.findall(without_texts(path)):
                own = prefixes + [stem] if name not in names else prefixes
                if not any(name.lower() == prefix or
                           name.lower().startswith(prefix.rstrip("_") + "_") for prefix in own):
                    yield f"{self.name(path)} declares {name}(), which has no prefix of {prefixes}"

    def limits(self):
        """A maximum stands in limits.h, and a large number has a name."""
        for path in self.files:
            if self.name(path) in LIMITS or path.suffix == ".def":
                continue
            for at, line in enumerate(without_texts(path).split("\n"), 1):
                large = {int(digits) for digits in NUMBER.findall(line)} - CONVERSIONS
                large |= {number << bits for number, bits in
                          (map(int, found) for found in SHIFT.findall(line))
                          if number << bits >= 1000}
                if MAXIMUM.search(line) or (large and not DEFINE.match(line)):
                    yield f"{self.name(path)}:{at} has a maximum: {line.strip()}"

    def parameters(self):
        """A function has at most five parameters."""
        for path in self.files:
            for name, parameters in FUNCTION.findall(without_texts(path)):
                while "(" in parameters:
                    parameters = re.sub(r"\([^()]*\)", "", parameters)
                if parameters.count(",") >= PARAMETERS:
                    yield f"{self.name(path)}: {name}() has more than {PARAMETERS} parameters"

    def built(self):
        """Each file is in a Makefile.inc of its tree, a program without its suffix; data is not."""
        rules = "".join(path.read_text(encoding="utf-8")
                        for path in sorted(self.top.rglob("Makefile.inc")))
        words = set(re.split(r"[\s\\=]+", rules))
        for path in self.files:
            name = f"{self.top.name}/{self.name(path)}"
            if not words & {name, name.removesuffix(path.suffix)}:
                yield f"{name} is not in {self.top.name}/Makefile.inc, or one below it"

    def name(self, path):
        return str(path.relative_to(self.top))


def main(arguments):
    folder, check = arguments
    trees = ["plugin", "host-stub"] + ["tests"] * (check == "built")
    tops = [pathlib.Path(folder, top).resolve() for top in trees]
    houses = [House(top, [other for other in tops if other != top]) for top in tops]
    wrong = [line for house in houses for line in getattr(house, check)()]
    print("\n".join(wrong))
    return 1 if wrong or not all(house.files for house in houses) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
