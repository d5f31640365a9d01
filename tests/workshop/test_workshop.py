#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts of build-aux, tried on made-up machines: what is counted, what is installed, and when somebody is asked.

usage: test_workshop.py ROOT
"""

import json
import os
import pty
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(sys.argv[1]).resolve() if len(sys.argv) == 2 else Path(__file__).resolve().parents[2]
TESTS = []


class Skipped(Exception):
    """This cannot be tried here."""


def test(function):
    TESTS.append(function)
    return function


def equal(found, wanted):
    if found != wanted:
        raise AssertionError(f"{found!r}, not {wanted!r}")


# --- count-tests -------------------------------------------------------------------------------------------------


def count(*programs):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
        for result, stdout in programs:
            log.write(json.dumps({"name": "x", "result": result, "stdout": stdout}) + "\n")
        log.flush()
        done = subprocess.run([ROOT / "build-aux/count-tests", log.name], capture_output=True, text=True, check=True)
    return tuple(int(n) for n in done.stdout.split())


@test
def subtests_are_counted():
    equal(count(("OK", "1..3\nok 1 /a\nok 2 /b # SKIP no bus here\nok 3 /c\n")), (2, 0, 1))


@test
def a_failed_subtest_is_counted_once():
    equal(count(("ERROR", "1..2\nok 1 /a\nnot ok 2 /b\nBail out!\n")), (1, 1, 0))


@test
def a_crash_between_subtests_is_a_failure():
    equal(count(("ERROR", "1..3\nok 1 /a\n")), (1, 1, 0))
    equal(count(("TIMEOUT", "1..3\nok 1 /a\n")), (1, 1, 0))
    equal(count(("ERROR", "")), (0, 1, 0))


@test
def a_plain_program_counts_once():
    equal(count(("OK", "hello\nok then\n"), ("FAIL", ""), ("SKIP", ""), ("EXPECTEDFAIL", "")), (2, 1, 1))


@test
def a_program_that_skips_all_its_subtests_says_how_many():
    equal(count(("SKIP", "1..2\nok 1 /a # SKIP x\nok 2 /b # SKIP x\n")), (0, 0, 2))
    equal(count(("SKIP", "1..0 # SKIP no display\n")), (0, 0, 1))


@test
def nested_subtests_are_counted_as_leaves():
    nested = "TAP version 14\n    ok 1 /a/x\n    not ok 2 /a/y\n    1..2\nnot ok 1 /a\nok 2 /b\n1..2\n"
    equal(count(("FAIL", nested)), (2, 1, 0))


@test
def diagnostics_are_no_results():
    equal(count(("OK", "# ok 7 /z\n1..1\nok 1 /a\n# not ok 2\n")), (1, 0, 0))


@test
def a_failure_that_was_announced_is_none():
    equal(count(("OK", "1..1\nnot ok 1 /a # TODO later\n")), (1, 0, 0))


# --- setup ---------------------------------------------------------------------------------------------------------


class Machine:
    """A machine whose package manager writes down what it is asked for."""

    def __init__(self, folder, manager, installed, root=True, sudo=True):
        self.bin = Path(folder) / "bin"
        self.bin.mkdir()
        self.asked = Path(folder) / "asked"
        self.installed = Path(folder) / "installed"
        self.installed.write_text("".join(f"{name}\n" for name in installed))
        for tool in ("bash", "sed", "tr", "sort", "grep", "fold", "dirname", "cat", "env", "uname"):
            self.bin.joinpath(tool).symlink_to(f"/usr/bin/{tool}")
        self.tool("id", f"echo {0 if root else 1000}")
        if sudo:
            self.tool("sudo", 'shift; echo sudo >>"$ASKED"; exec "$@"')
        add = 'for w in "$@"; do case $w in -*|install|update) ;; *) echo "$w" >>"$INSTALLED" ;; esac; done'
        note = f'echo "{manager} $*" >>"$ASKED"\n'
        if manager == "apt-get":
            self.tool("apt-get", note + add)
            self.tool("dpkg-query", 'while read -r p; do echo "ii  $p, "; done <"$INSTALLED"')
        elif manager == "dnf":
            self.tool("dnf", note + add)
            self.tool("rpm", 'for last; do :; done; grep -qx -- "$last" "$INSTALLED"')
        elif manager == "pacman":
            self.tool("pacman", 'if [ "$1" = -T ]; then shift 2; rc=0; for p; do grep -qx -- "$p" "$INSTALLED" || '
                                '{ echo "$p"; rc=127; }; done; exit $rc; fi\n' + note + add)

    def tool(self, name, text):
        path = self.bin / name
        path.write_text(f"#!/usr/bin/bash\n{text}\n")
        path.chmod(0o755)

    def setup(self, *arguments, **more):
        env = {"PATH": str(self.bin), "ASKED": str(self.asked), "INSTALLED": str(self.installed)}
        return subprocess.run([ROOT / "build-aux/setup", *arguments], env=env, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=30, **more)

    def setup_on_a_terminal(self, answer, *arguments):
        """What it says and how it ends when a person sits there and types `answer`."""
        env = {"PATH": str(self.bin), "ASKED": str(self.asked), "INSTALLED": str(self.installed)}
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            raise Skipped("there are no terminals here") from error
        process = subprocess.Popen([ROOT / "build-aux/setup", *arguments], env=env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        os.write(ours, answer.encode())
        said = b""
        try:
            while piece := os.read(ours, 4096):
                said += piece
        except OSError:
            pass  # the other end has closed
        os.close(ours)
        return process.wait(timeout=30), said.decode()

    @property
    def requests(self):
        return self.asked.read_text() if self.asked.exists() else ""


def machine(manager, installed=(), **more):
    folder = tempfile.TemporaryDirectory()
    made = Machine(folder.name, manager, installed, **more)
    made.keep = folder
    return made


@test
def each_family_installs_what_is_missing_and_nothing_the_second_time():
    for manager, gtk in (("apt-get", "libgtk-4-dev"), ("dnf", "gtk4-devel"), ("pacman", "gtk4")):
        m = machine(manager)
        first = m.setup("ci")
        equal((manager, first.returncode, first.stderr[-300:] if first.returncode else ""), (manager, 0, ""))
        assert gtk in m.requests, m.requests
        asked = m.requests
        second = m.setup("ci")
        equal((manager, second.returncode, second.stdout + second.stderr), (manager, 0, ""))
        equal(m.requests, asked)


@test
def sets_include_the_smaller_ones():
    lists = [set(machine("apt-get").setup("--list", name).stdout.split()) for name in ("build", "tests", "ci")]
    assert lists[0] < lists[1] < lists[2], "build < tests < ci"
    assert "xvfb" in lists[1] and "clang-format" in lists[2], lists


@test
def only_what_is_missing_is_asked_for():
    m = machine("apt-get", installed=["meson", "gcc"])
    equal(m.setup().returncode, 0)
    line = [words.split() for words in m.requests.splitlines() if " install " in words][0]
    assert "meson" not in line and "gcc" not in line and "ninja-build" in line, line


@test
def list_installs_nothing():
    m = machine("dnf")
    done = m.setup("--list")
    equal((done.returncode, m.requests), (1, ""))
    assert "gtk4-devel" in done.stdout.split(), done.stdout


@test
def sudo_is_used_by_others_than_root_alone():
    m = machine("pacman", root=False)
    equal(m.setup().returncode, 0)
    assert "sudo" in m.requests, m.requests
    m = machine("pacman", root=True, sudo=True)
    equal(m.setup().returncode, 0)
    assert "sudo" not in m.requests, m.requests


@test
def without_root_and_sudo_it_says_the_command():
    m = machine("dnf", root=False, sudo=False)
    done = m.setup()
    equal((done.returncode, m.requests), (1, ""))
    assert "As root, run: dnf install" in done.stderr, done.stderr


@test
def an_installation_that_fails_is_no_success():
    m = machine("apt-get")
    m.tool("apt-get", "echo 'E: Unable to fetch' >&2; exit 100")
    done = m.setup()
    equal(done.returncode, 1)
    assert "could not be installed" in done.stderr, done.stderr


@test
def an_installation_that_leaves_something_out_is_no_success():
    m = machine("apt-get")
    m.tool("apt-get", "exit 0")
    done = m.setup()
    equal(done.returncode, 1)
    assert "still missing" in done.stderr, done.stderr


@test
def an_unknown_system_is_told_so():
    done = machine("none").setup()
    equal(done.returncode, 1)
    assert "neither apt-get, dnf nor pacman" in done.stderr, done.stderr


@test
def a_wrong_word_is_refused():
    equal(machine("apt-get").setup("everything").returncode, 2)


@test
def on_a_terminal_a_person_is_asked():
    m = machine("apt-get")
    code, said = m.setup_on_a_terminal("n\n")
    equal((code, m.requests), (1, ""))
    assert "libgtk-4-dev" in said and "Install them now" in said, said
    code, said = m.setup_on_a_terminal("\n")
    equal(code, 0)
    assert " install " in m.requests, m.requests


@test
def yes_does_not_ask():
    m = machine("apt-get")
    code, said = m.setup_on_a_terminal("", "--yes")
    equal(code, 0)
    assert "Install them now" not in said, said


def main():
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, function in enumerate(TESTS, 1):
        skipped = ""
        try:
            function()
            verdict = "ok"
        except Skipped as reason:
            verdict = "ok"
            skipped = f" # SKIP {reason}"
        except Exception:  # pylint: disable=broad-except
            verdict = "not ok"
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
        print(f"{verdict} {number} {function.__name__.replace('_', ' ')}{skipped}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
