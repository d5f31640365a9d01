# SPDX-License-Identifier: GPL-3.0-or-later
"""Just enough of C to read what a file includes, declares, defines and keeps."""

import re
from functools import cached_property

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*$", re.MULTILINE)
_MACRO_CALL = re.compile(r"[A-Z][A-Z0-9_]+\b")
_CALLED = re.compile(r"([A-Za-z_]\w*)\s*\(")


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


class Statement:
    """One thing at file scope: a declaration, or a function with its body.

    `head` is its text in one line, with {} for what stands in braces.
    """

    def __init__(self, head, body, line):
        self.head = " ".join(head.split())
        self.body = body
        self.line = line
        self.body_line = line + head.count("\n")

    @property
    def _declarator(self):
        return re.sub(r"\[[^\]]*\]", "", self.head.split("=")[0]).strip()

    @property
    def words(self):
        return set(re.findall(r"[A-Za-z_]\w*", self._declarator))

    @property
    def function(self):
        """The name of the function that is declared or defined here, else None."""
        if "=" in self.head or "{}" in self.head or self.head.startswith("typedef"):
            return None
        found = _CALLED.search(self.head)
        if not found or "(" in self.head[:found.start()]:
            return None
        # `type (*name) (args)` is a variable that points to a function
        return None if self.head[found.end():].lstrip().startswith("*") else found[1]

    @property
    def variable(self):
        """The name of the variable that is defined here, else None."""
        if self.function or self.head.startswith(("typedef", "extern", "_Static_assert")):
            return None
        declarator = self._declarator
        if declarator.endswith("}") or re.fullmatch(r"(struct|enum|union)\s+\w+", declarator):
            return None
        found = re.search(r"\(\s*\*\s*(?:const\s+)?(\w+)\s*\)", declarator) or re.search(r"\s\*?(\w+)$", declarator)
        return found[1] if found else None

    @property
    def is_constant(self):
        if "*" in self._declarator:
            return re.search(r"\*\s*const\b[^*]*$", self._declarator) is not None
        return "const" in self.words


class Source:
    def __init__(self, root, path):
        self.path = path
        self.raw = (root / path).read_text(encoding="utf-8")

    @cached_property
    def without_comments(self):
        """Strings kept, comments blanked, lines where they were."""
        return _TOKEN.sub(lambda m: _blank(m[0]) if m[0][0] == "/" else m[0], self.raw)

    @cached_property
    def code(self):
        """Comments and what stands in strings blanked."""
        return _TOKEN.sub(
            lambda m: _blank(m[0]) if m[0][0] == "/" else m[0][0] + _blank(m[0][1:-1]) + m[0][-1], self.raw)

    @cached_property
    def strings(self):
        """(line, text) of every string literal."""
        return [(line_of(self.raw, m.start()), m[0][1:-1]) for m in _TOKEN.finditer(self.raw) if m[0][0] == '"']

    @cached_property
    def includes(self):
        """(line, header, quoted) of every include."""
        return [(line_of(self.without_comments, m.start()), m[2], m[1] == '"')
                for m in INCLUDE.finditer(self.without_comments)]

    @cached_property
    def statements(self):
        """What stands at file scope, in order."""
        text = _DIRECTIVE.sub(lambda m: _blank(m[0]), self.code)
        found = []
        at = 0
        while at < len(text):
            if text[at].isspace() or text[at] == ";":
                at += 1
                continue
            macro = _MACRO_CALL.match(text, at)
            if macro:
                end = macro.end()
                opened = re.compile(r"\s*\(").match(text, end)
                if opened:
                    end = self._closing(text, opened.end() - 1) + 1
                at = end
                continue
            at = self._statement(text, at, found)
        return found

    @staticmethod
    def _closing(text, at):
        """The offset of what closes the bracket at `at`."""
        pairs = {"(": ")", "{": "}", "[": "]"}
        depth = 0
        opening, closing = text[at], pairs[text[at]]
        for offset in range(at, len(text)):
            if text[offset] == opening:
                depth += 1
            elif text[offset] == closing:
                depth -= 1
                if depth == 0:
                    return offset
        return len(text) - 1

    def _statement(self, text, start, found):
        """Reads one statement, appends it, and says where the next one starts."""
        head = []
        body = None
        at = start
        while at < len(text) and text[at] != ";":
            end = at + 1
            if text[at] in "([{":
                end = self._closing(text, at) + 1
            if text[at] == "{":
                before = "".join(head)
                if "(" in before and "=" not in before and not before.startswith("typedef"):
                    body = text[at:end]
                    at = end
                    break
                head.append(" {} ")
            else:
                head.append(text[at:end])
            at = end
        found.append(Statement("".join(head), body, line_of(text, start)))
        return at
