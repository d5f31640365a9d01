#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A language that Foyer says it speaks, it speaks wholly: one TAP line a language of po/LINGUAS, and some about them.

usage: check.py ROOT

The words are taken out of the sources anew, so a string that was added or changed since the translation counts as
missing. tests/architecture sees to it that po/POTFILES.in is complete.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "Q_:1g", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3", "ngettext:1,2")
FORMATS = ("_:1:pass-c-format", "N_:1:pass-c-format", "C_:2:pass-c-format", "ngettext:1:pass-c-format",
           "ngettext:2:pass-c-format", "g_strdup_printf:1:c-format", "g_string_printf:2:c-format",
           "g_string_append_printf:2:c-format", "foyer_error_new:3:c-format", "foyer_error_set:4:c-format")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""})


def extract(root, pot):
    done = run("xgettext", "--from-code=UTF-8", "--add-comments=Translators", f"--directory={root}",
               f"--files-from={root / 'po' / 'POTFILES.in'}", f"--output={pot}", "--force-po",
               *(f"--keyword={word}" for word in KEYWORDS), *(f"--flag={flag}" for flag in FORMATS))
    return [] if done.returncode == 0 else done.stderr.splitlines()


def cut(pot):
    """A string that goes on with a macro xgettext does not know ends there: only PRId64 and its kin are known."""
    whole = run("msgcat", "--no-wrap", str(pot)).stdout
    return [f"is cut at a macro: {line}" for line in whole.splitlines() if re.search(r"^msgid.*%['0-9-]*\"$", line)]


def complaints_about(root, language, pot, folder):
    po = root / "po" / f"{language}.po"
    if not po.exists():
        return [f"po/{language}.po does not exist"]
    checked = run("msgfmt", "--check", "--output-file=/dev/null", str(po))
    if checked.returncode:
        return checked.stderr.splitlines()
    merged = Path(folder) / f"{language}.po"
    done = run("msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}", str(po), str(pot))
    if done.returncode:
        return done.stderr.splitlines()
    missing = run("msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", str(merged)).stdout
    fuzzy = run("msgattrib", "--only-fuzzy", "--no-obsolete", "--no-wrap", str(po)).stdout
    entries = [entry for entry in missing.split("\n\n") + fuzzy.split("\n\n") if re.search(r'^msgid "(?!")|^msgid ""\n"', entry, re.MULTILINE)]
    entries = [entry for entry in entries if "Content-Type:" not in entry]
    return [f"{language} is missing: " + " | ".join(entry.strip().splitlines()) for entry in entries]


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(sys.argv[1]).resolve()
    lines = (root / "po" / "LINGUAS").read_text(encoding="utf-8").splitlines()
    languages = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / "foyer.pot"
        cases.append(("the words can be taken out of the sources", extract(root, pot)))
        cases.append(("no sentence is cut at a macro", cut(pot)))
        for language in languages:
            cases.append((f"{language} is complete", complaints_about(root, language, pot, folder)))
    others = {path.stem for path in (root / "po").glob("*.po")} - set(languages)
    cases.append(("every translation is listed in po/LINGUAS", [f"{name}.po is not" for name in sorted(others)]))

    failed = 0
    print(f"1..{len(cases)}")
    for number, (name, complaints) in enumerate(cases, 1):
        for complaint in complaints:
            print(f"# {complaint}")
        failed += bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {number} {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
