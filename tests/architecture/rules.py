# SPDX-License-Identifier: GPL-3.0-or-later
"""What is held, one function a rule: each yields (path, line, sentence) for what breaks it.

Every rule has its planted violation in self_test.py, and that test fails for a rule without one.
"""

import re
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from layers import LAYERS, SERVICE_NAMES, family_of, layer_of, may_know
from source import Source, line_of

# Headers that the build makes.
GENERATED = {"config.h": "base", "foyer-resources.h": "views", "foyer-sqlite-resources.h": "sqlite"}

RULES = []


def rule(function):
    RULES.append(function)
    return function


class Tree:
    """The project's files, read once."""

    def __init__(self, root):
        self.root = Path(root)
        self.src = self._sources("src")
        self.tests = self._sources("tests")
        self.headers = defaultdict(list)
        for path in self.src:
            if path.suffix == ".h":
                self.headers[path.name].append(path)

    def _sources(self, folder):
        paths = sorted(p.relative_to(self.root) for p in (self.root / folder).rglob("*") if p.suffix in (".c", ".h"))
        return {path: Source(self.root, path) for path in paths}

    def glob(self, pattern):
        return sorted(p.relative_to(self.root) for p in self.root.glob(pattern) if p.is_file())

    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def exists(self, path):
        return (self.root / path).exists()

    def has(self, pattern):
        """Whether there is such a file or folder; stars stand for parts of names, ** for folders."""
        return any(True for _ in self.root.glob(pattern.rstrip("/")))

    def layer_sources(self, *names):
        for path, source in self.src.items():
            if layer_of(path)[0] in names:
                yield path, source

    def resolve(self, header):
        """The project's header of that name, else None."""
        found = self.headers.get(header)
        return found[0] if found else None


# --- who knows whom ----------------------------------------------------------------------------------------------


@rule
def every_file_is_in_a_layer(tree):
    for path in tree.src:
        if layer_of(path)[1] is None:
            yield path, 1, "lies in no layer of the table (tests/architecture/layers.py)"


@rule
def a_layer_includes_only_what_the_table_allows(tree):
    for path, source in tree.src.items():
        own, row = layer_of(path)
        if row is None:
            continue
        for line, header, _ in source.includes:
            found = tree.resolve(header)
            other = layer_of(found)[0] if found else GENERATED.get(header)
            if other and not may_know(own, row, other):
                yield path, line, f"{own} may not know {other} ({header})"


@rule
def a_layer_sees_only_its_own_part_of_the_outside(tree):
    for path, source in tree.src.items():
        own, row = layer_of(path)
        if row is None:
            continue
        for line, header, quoted in source.includes:
            if tree.resolve(header) or header in GENERATED or ".." in header or header.startswith("foyer-") and not quoted:
                continue
            family = family_of(header)
            if quoted:
                yield path, line, f'"{header}" is neither the project\'s nor made by its build'
            elif family is None:
                yield path, line, f"<{header}> is in no family of the table (tests/architecture/layers.py)"
            elif family not in row.families:
                yield path, line, f"{own} may not include <{header}>"


@rule
def headers_are_found_by_name(tree):
    for path, source in list(tree.src.items()) + list(tree.tests.items()):
        for line, header, quoted in source.includes:
            if header.startswith("../") or "/../" in header:
                yield path, line, f"{header} climbs out of its layer"
            elif quoted and "/" in header:
                yield path, line, f'"{header}" names a folder: a layer offers its headers by name alone'
            elif not quoted and header.startswith("foyer-"):
                yield path, line, f"<{header}> is the project's: in quotes, please"
    for name, paths in tree.headers.items():
        for path in paths[1:]:
            yield path, 1, f"{name} exists twice, and who is meant depends on the include path"


@rule
def a_layer_offers_its_own_folder_alone(tree):
    for path in tree.glob("src/**/meson.build"):
        text = tree.read(path)
        for match in re.finditer(r"include_directories\s*\(([^)]*)\)", text):
            if re.search(r"\.\.|project_source_root|current_source_dir|['\"]/", match[1]):
                yield path, line_of(text, match.start()), f"a folder outside the layer is on its include path: {match[1]}"
        for match in re.finditer(r"implicit_include_directories\s*:\s*true", text):
            yield path, line_of(text, match.start()), "implicit include directories"
        targets = len(re.findall(r"\b(?:static_library|executable)\s*\(", text))
        if targets > len(re.findall(r"implicit_include_directories\s*:\s*false", text)):
            yield path, 1, "a target without implicit_include_directories: false"


@rule
def nobody_includes_in_circles(tree):
    """Two units that include each other, in however many steps, are one idea, or one of them is upside down."""
    edges = defaultdict(set)
    for path, source in tree.src.items():
        for _, header, _ in source.includes:
            found = tree.resolve(header)
            if found and _unit(found) != _unit(path):
                edges[_unit(path)].add(_unit(found))
    for circle in _circles(edges):
        names = " -> ".join(unit.name for unit in circle + circle[:1])
        yield circle[0].with_suffix(".c"), 1, f"a circle of includes: {names}"


def _unit(path):
    """A .c, its .h and its -private.h are one unit."""
    return path.with_name(path.stem.removesuffix("-private"))


def _circles(edges):
    """The strongly connected components with more than one unit (Tarjan)."""
    index, low, stack, circles = {}, {}, [], []

    def visit(unit):
        index[unit] = low[unit] = len(index)
        stack.append(unit)
        for other in sorted(edges.get(unit, ())):
            if other not in index:
                visit(other)
                low[unit] = min(low[unit], low[other])
            elif other in stack:
                low[unit] = min(low[unit], index[other])
        if low[unit] == index[unit]:
            at = stack.index(unit)
            circle, stack[at:] = stack[at:], []
            if len(circle) > 1:
                circles.append(sorted(circle))

    for unit in sorted(edges):
        if unit not in index:
            visit(unit)
    return circles


@rule
def no_header_is_bypassed(tree):
    """A prototype written by hand would link past every include path."""
    defined = defaultdict(set)
    for path, source in tree.src.items():
        for statement in source.statements:
            if statement.function and statement.body is not None:
                defined[layer_of(path)[0]].add(statement.function)
    for path, source in tree.src.items():
        own_layer = layer_of(path)[0]
        here = {s.function for s in source.statements if s.function and s.body is not None}
        for match in re.finditer(r"\bextern\b", source.code):
            yield path, line_of(source.code, match.start()), "extern by hand: include the header that declares it"
        for statement in source.statements:
            name = statement.function
            if not name or statement.body is not None or "static" in statement.words:
                continue
            if name.endswith(("_get_type", "_quark")):
                continue  # defined by G_DEFINE_...
            if path.suffix == ".c" and name not in here:
                yield path, statement.line, f"{name} is declared by hand: include the header that declares it"
            elif path.suffix == ".h" and name not in defined[own_layer]:
                for other in sorted(layer for layer, names in defined.items() if name in names):
                    yield path, statement.line, f"{name} is declared here, and defined in {other}"


# --- what a layer must not hold ----------------------------------------------------------------------------------

_IMPURE = r"\b(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|g_task_\w+|g_thread_\w+|g_random_\w+|time)\s*\("
_BLOCKING = r"\b((?!foyer_desk_cancel_sync\b)\w+_sync|g_usleep|sleep|usleep|g_main_context_iteration|g_main_loop_run|g_thread_join|g_cond_wait\w*)\s*\("

FORBIDDEN = (
    (("base",), "code", r"\b(g_thread_\w+|g_task_\w+|g_file_\w+|fopen|open)\s*\(", "base does no I/O and knows no threads"),
    (("rules",), "code", _IMPURE, "rules are pure functions over values: no clock, no chance, no task"),
    (("entities",), "code", r"\bfoyer_\w+_set_\w+\s*\(", "an entity does not change once it is made"),
    (("ports",), "code", r"\bG_DECLARE_(FINAL|DERIVABLE)_TYPE\b", "ports hold interfaces and values, no concrete types"),
    (("commands", "ports", "rules", "entities"), "code", r"\b(_|N_|C_|Q_|ngettext|gettext|g_dgettext)\s*\(",
     "no words for people here: errors, controllers, views and foyerctl speak"),
    (("entities", "rules", "ports", "commands"), "strings", r"https?://|/api/", "no addresses here: drivers know them"),
    (("commands", "controllers", "views", "http"), "strings",
     r"^\s*(SELECT|INSERT|UPDATE|DELETE FROM|CREATE TABLE|BEGIN IMMEDIATE|PRAGMA)\b", "no SQL here: drivers/sqlite has it"),
    (("http",), "both", r"(?i)(" + "|".join(SERVICE_NAMES) + ")", "drivers/http knows no service by name"),
    (("views", "controllers"), "code", _BLOCKING, "nothing here may block the main loop"),
    (("views",), "code", r"\b(GtkTreeView|GtkComboBox|GtkDialog|GtkInfoBar|gtk_(tree_view|combo_box|dialog|info_bar)_\w+)\b",
     "a widget that has had its day"),
    (tuple(LAYERS) + ("app",), "code", r"\bG_GNUC_BEGIN_IGNORE_DEPRECATIONS\b",
     "deprecations are kept in src/views/compat"),
)


@rule
def a_layer_does_not_do_anothers_work(tree):
    for path, source in tree.src.items():
        own = layer_of(path)[0]
        if "compat" in path.parts:
            continue
        for layers, where, pattern, sentence in FORBIDDEN:
            if own not in layers:
                continue
            if where in ("code", "both"):
                for match in re.finditer(pattern, source.code):
                    yield path, line_of(source.code, match.start()), f"{sentence}: {match[0].strip()}"
            if where in ("strings", "both"):
                for line, text in source.strings:
                    if re.search(pattern, text):
                        yield path, line, f'{sentence}: "{text}"'


@rule
def versions_are_seen_in_compat_alone(tree):
    pattern = re.compile(r"^[ \t]*#[ \t]*(?:el)?if\b.*\b(?:\w+_CHECK_VERSION|(?:GTK|ADW|GLIB|SOUP)_M\w+_VERSION)\b", re.MULTILINE)
    for path, source in tree.src.items():
        if "compat" in path.parts:
            continue
        for match in pattern.finditer(source.without_comments):
            yield path, line_of(source.without_comments, match.start()), "a version of a library outside src/views/compat"


# What may stand at file scope, or be static in a function, though it changes: GObject's tables, filled once.
_FILLED_ONCE = re.compile(r"(^|_)(properties|props|signals|quark|once|initialized|private|parent_class|type_id)($|_)|^foyer_\w+_quark$")
_LOCAL_STATIC = re.compile(r"^[ \t]+static\s+(?!const\b)([^;={(]*?)(\w+)\s*(?:\[[^\]]*\]\s*)?(?:=|;)", re.MULTILINE)


@rule
def no_state_outlives_its_object(tree):
    for path, source in tree.src.items():
        for statement in source.statements:
            name = statement.variable
            if name and not statement.is_constant and not _FILLED_ONCE.search(name):
                yield path, statement.line, f"{name} is mutable state at file scope"
            if statement.body is None:
                continue
            for match in _LOCAL_STATIC.finditer(statement.body):
                constant = re.search(r"\*\s*const\s*$", match[1])
                if not constant and not _FILLED_ONCE.search(match[2]):
                    line = statement.body_line + statement.body.count("\n", 0, match.start(2))
                    yield path, line, f"{match[2]} is mutable state, hidden in a function"


# --- views and their templates -----------------------------------------------------------------------------------

_TEMPLATE = re.compile(r'set_template_from_resource\s*\([^;]*?"[^"]*/([\w-]+)\.ui"', re.DOTALL)


@rule
def every_template_has_its_widget(tree):
    used = {}
    for path, source in tree.layer_sources("views"):
        for match in _TEMPLATE.finditer(source.without_comments):
            name = match[1]
            used[name] = path
            if path.stem != name:
                yield path, line_of(source.without_comments, match.start()), f"{name}.ui belongs to {name}.c"
            if not tree.exists(f"data/ui/{name}.ui"):
                yield path, line_of(source.without_comments, match.start()), f"data/ui/{name}.ui does not exist"
    bundled = "".join(tree.read(p) for p in tree.glob("data/*.gresource.xml"))
    for path in tree.glob("data/ui/*.ui"):
        if path.stem not in used:
            yield path, 1, f"no src/views/**/{path.stem}.c takes it as its template"
        if f"{path.name}<" not in bundled:
            yield path, 1, "is not listed in data/*.gresource.xml"


# --- words -------------------------------------------------------------------------------------------------------

_MARKED = re.compile(r"(?<![\w])(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*[\"\w]")


def _has_words(tree, path):
    text = tree.src[path].without_comments if path in tree.src else tree.read(path)
    if path.suffix in (".c", ".h"):
        return _MARKED.search(text) is not None
    if path.suffix == ".ui":
        return 'translatable="yes"' in text or 'translatable="true"' in text
    return True


@rule
def every_word_can_be_translated(tree):
    listed = {}
    if tree.exists("po/POTFILES.in"):
        for number, line in enumerate(tree.read("po/POTFILES.in").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                listed[line.strip()] = number
    candidates = (list(tree.src) + tree.glob("data/ui/*.ui") + tree.glob("data/*.desktop.in")
                  + tree.glob("data/*.metainfo.xml.in") + tree.glob("data/*.gschema.xml"))
    for path in candidates:
        if _has_words(tree, path) and path.as_posix() not in listed:
            yield path, 1, "has words for people and is missing in po/POTFILES.in"
    for name, number in listed.items():
        if not tree.exists(name):
            yield Path("po/POTFILES.in"), number, f"{name} does not exist"


@rule
def words_are_looked_up_in_our_domain(tree):
    for path, source in tree.src.items():
        if path.suffix != ".c" or not _MARKED.search(source.without_comments):
            continue
        names = [header for _, header, _ in source.includes]
        if "glib/gi18n.h" not in names:
            yield path, 1, "has words for people and does not include <glib/gi18n.h>"
        elif "config.h" not in names or names.index("config.h") > names.index("glib/gi18n.h"):
            yield path, 1, "config.h (GETTEXT_PACKAGE) must come before <glib/gi18n.h>"


@rule
def names_of_people_are_no_markup_in_templates(tree):
    for path in tree.glob("data/ui/*.ui"):
        try:
            root = ElementTree.fromstring(tree.read(path))
        except ElementTree.ParseError as error:
            yield path, error.position[0], f"cannot be read: {error}"
            continue
        for element in root.iter("property"):
            if element.get("name") == "use-markup" and (element.text or "").strip().lower() in ("1", "true", "yes"):
                yield path, 1, "use-markup: text from a service must never be read as markup"


# --- what is said about the house --------------------------------------------------------------------------------

# Folders of the project that a word with a slash may begin with; below src a layer is also called by its short name.
_ROOTS = ("src", "tests", "docs", "data", "po", "build-aux", "flatpak", ".ci")
_SHORT = ("core", "drivers")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_NAMED = re.compile(r"(?<![\w./-])(?:\./)?((?:[\w.*-]+/)+[\w.*-]*|[\w-]+\.(?:c|h|ui|py|sql|md|json|build))(?![\w/])")
_IN_COMMENT = re.compile(r"(?<![\w./-])((?:docs|contracts)/(?:[\w-]+/)*[\w-]+\.md)\b")


def _is_there(tree, name):
    """Whether a path, or a file's bare name, is of this project; None if it does not say that it is."""
    first = name.split("/")[0]
    if "/" in name and first in _ROOTS:
        return tree.has(name)
    if "/" in name and first in _SHORT:
        return tree.has("src/" + name)
    if "/" not in name and name.startswith("foyer-"):
        return tree.has("src/**/" + name) or tree.has("tests/**/" + name) or tree.has("data/**/" + name)
    return None


@rule
def what_is_named_exists(tree):
    """README's tour and the docs lead to files that are there, and a comment does not send to a page that is not."""
    for path in tree.glob("*.md") + tree.glob("docs/**/*.md") + tree.glob("tests/**/*.md"):
        text = tree.read(path)
        for match in _LINK.finditer(text):
            target = match[1].split("#")[0]
            if target and ":" not in target and not tree.exists(path.parent / target):
                yield path, line_of(text, match.start()), f"the link to {target} leads nowhere"
        for span in _SPAN.finditer(text):
            for match in _NAMED.finditer(span[1]):
                if not _is_placeholder(span[1]) and _is_there(tree, match[1]) is False:
                    yield path, line_of(text, span.start()), f"{match[1]} does not exist"
    for path, source in list(tree.src.items()) + list(tree.tests.items()):
        for match in _IN_COMMENT.finditer(source.raw):
            name = match[1] if match[1].startswith("docs/") else "docs/" + match[1]
            if not tree.exists(name):
                yield path, line_of(source.raw, match.start()), f"{match[1]} does not exist"


def _is_placeholder(text):
    """`src/drivers/<service>`, `foyer-thing.c`: what a reader fills in."""
    return "<" in text or "foyer-thing" in text or "{" in text


@rule
def the_tour_names_every_room(tree):
    """README's picture of the house has all layers and all drivers."""
    if not tree.exists("README.md"):
        return
    text = tree.read("README.md")
    tour = text[text.find("## How it is built"):text.find("## How to add a driver")]
    rooms = {path.relative_to("src").parts[:2 if path.parts[1] in _SHORT else 1] for path in tree.src if layer_of(path)[1]}
    for room in sorted(rooms):
        if not re.search(rf"\b{re.escape(room[-1])}\b", tour):
            yield Path("README.md"), 1, f"src/{'/'.join(room)} is missing in the picture of the house"


# --- every file --------------------------------------------------------------------------------------------------

_LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
_LEFT_OPEN = re.compile(r"\b(TODO|FIXME|HACK)\b")


@rule
def every_file_says_its_licence_first(tree):
    files = list(tree.src) + list(tree.tests) + tree.glob("tests/**/*.py") + tree.glob("build-aux/*")
    for path in files:
        first = [line for line in tree.read(path).split("\n", 3)[:2] if not line.startswith("#!")]
        if not first or _LICENCE not in first[0]:
            yield path, 1, f"does not start with {_LICENCE}"


@rule
def a_source_names_its_log_domain_and_its_own_header_first(tree):
    for path, source in tree.src.items():
        if path.suffix == ".h":
            if not re.search(r"^#pragma once\b", source.raw, re.MULTILINE):
                yield path, 1, "has no #pragma once"
            continue
        own = path.with_suffix(".h")
        names = [h for _, h, _ in source.includes if h != "config.h"]
        if own in tree.src and (not names or names[0] != own.name):
            yield path, 1, f'its own header "{own.name}" must come first'
        if not re.search(r'^#define G_LOG_DOMAIN "foyer-[a-z-]+"', source.raw, re.MULTILINE):
            yield path, 1, 'does not say #define G_LOG_DOMAIN "foyer-..."'


@rule
def nothing_is_left_open(tree):
    files = list(tree.src) + list(tree.tests) + tree.glob("data/ui/*.ui") + tree.glob("data/*.css")
    for path in files:
        text = tree.read(path)
        for match in _LEFT_OPEN.finditer(text):
            yield path, line_of(text, match.start()), f"{match[0]}: do it, or file an issue"


@rule
def nothing_is_printed_by_the_house(tree):
    """Words go through a view or foyerctl; what is for the log goes there. In a test, print breaks the TAP stream."""
    for path, source in list(tree.src.items()) + list(tree.tests.items()):
        own = layer_of(path)[0]
        if own == "app" or path.name in ("main.c",) or path.parts[:2] in (("tests", "bench"), ("tests", "fuzz")):
            continue
        for match in re.finditer(r"\b(g_print|g_printerr|printf|puts)\s*\(", source.code):
            if re.match(r'\s*"1\.\.0 # SKIP', source.raw[match.end():]):
                continue  # the plan of a program that cannot run here
            yield path, line_of(source.code, match.start()), f"{match[1]}: g_debug, g_message or g_test_message"


def longest(tree, count=8):
    """The longest sources, for the reader to judge: (lines, path)."""
    lengths = sorted(((source.raw.count("\n"), path) for path, source in tree.src.items()), reverse=True)
    return lengths[:count]
