#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the layers of docs/architecture.md: one TAP line a rule.

usage: check.py ROOT
"""

import sys

sys.dont_write_bytecode = True

from rules import RULES, Tree, longest  # noqa: E402


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    tree = Tree(sys.argv[1])
    failed = 0
    print(f"1..{len(RULES)}")
    for number, rule in enumerate(RULES, 1):
        found = list(rule(tree))
        for path, line, sentence in found:
            print(f"# {path}:{line}: {sentence}")
        failed += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} {rule.__name__.replace('_', ' ')}")
    if tree.src:
        lengths = sorted(source.raw.count("\n") for source in tree.src.values())
        print(f"# {len(lengths)} sources, median {lengths[len(lengths) // 2]} lines; the longest:")
        for lines, path in longest(tree):
            print(f"# {lines:5} {path}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
