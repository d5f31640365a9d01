#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A world for tests from outside: foyerctl against foyer-sandbox, over loopback, with the real store.

Who imports it is called with two programs: SCRIPT FOYERCTL FOYER-SANDBOX [TEST...]
"""
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import urllib.error
import urllib.request

FOYERCTL, SANDBOX = sys.argv[1], sys.argv[2]
PATIENCE = 30


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Sandbox:
    """The far end. Its state lies in a file: stopped and started again, it is the same."""

    def __init__(self, folder, attendees=120):
        self.state = os.path.join(folder, "sandbox.state")
        self.port = free_port()
        self.attendees = attendees
        self.positions = {}  # of the codes that a test has taken
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [SANDBOX, "--attendees", str(self.attendees), "--seed", "7", "--port", str(self.port), "--state", self.state],
            stdout=subprocess.PIPE, text=True)
        self.facts = json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, path, body=None):
        request = urllib.request.Request(
            self.facts["url"] + path, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "Token " + self.facts["token"], "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read() or b"null")

    def faults(self, spec):
        self.ask("/sandbox/faults", {"spec": spec})

    def entries(self, secret):
        """Successful check-ins of a code: the truth that everything is held against."""
        log = self.ask("/sandbox/checkins")
        rows = log["results"] if isinstance(log, dict) else log
        return [row for row in rows if row["position"] == self.positions[secret] and row["successful"]]


class Ran:
    def __init__(self, code, out, err):
        self.code, self.err = code, err
        self.lines = [json.loads(line) for line in out.splitlines()]

    @property
    def line(self):
        assert len(self.lines) == 1, f"{len(self.lines)} lines; stderr: {self.err}"
        return self.lines[0]

    @property
    def error(self):
        return json.loads(self.err.strip().splitlines()[-1])


class World:
    def __init__(self, attendees=120):
        self.folder = tempfile.mkdtemp(prefix="foyerctl-")
        self.sandbox = Sandbox(self.folder, attendees)
        self.children = []
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "DBUS_", "FOYER_"))}
        self.env.update(HOME=self.folder, XDG_DATA_HOME=self.folder + "/data", XDG_CONFIG_HOME=self.folder + "/config",
                        XDG_RUNTIME_DIR=self.folder, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent", LC_ALL="C.UTF-8",
                        FOYER_TOKEN=self.sandbox.facts["token"])

    def end(self):
        for child in self.children:
            if child.poll() is None:
                child.kill()
                child.wait()
        self.sandbox.stop()
        shutil.rmtree(self.folder)

    def run(self, *args, env=None, stdin=None):
        done = subprocess.run([FOYERCTL, "--json", *args], env={**self.env, **(env or {})}, input=stdin, text=True,
                              capture_output=True, timeout=PATIENCE * 2, check=False)
        assert done.returncode >= 0, f"{args} died of signal {-done.returncode}: {done.stderr}"
        return Ran(done.returncode, done.stdout, done.stderr)

    def spawn(self, *args):
        child = subprocess.Popen([FOYERCTL, "--json", *args], env=self.env, text=True, stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.children.append(child)
        return child

    def connect(self, sync=True):
        facts = self.sandbox.facts
        ran = self.run("connect", "pretix", facts["url"], "--organizer", facts["organizer"], "--event", facts["event"])
        assert ran.code == 0, ran.err
        if sync:
            assert self.run("sync").code == 0
            self.list = next(row["list"] for row in self.run("lists").lines if row["products"] == "all")

    def database(self, name):
        return sqlite3.connect(os.path.join(self.folder, "data/foyer/default", name))

    def codes(self, n):
        """Codes of paid tickets that can come in, by asking the far end (simulate) what it would say."""
        if not hasattr(self, "pool"):
            with self.database("mirror.db") as mirror:
                self.pool = [row[0] for row in mirror.execute(
                    "SELECT secret FROM attendee WHERE secret IS NOT NULL AND NOT canceled AND NOT blocked"
                    " AND addon_to = 0 AND valid_from IS NULL AND valid_until IS NULL AND standing = 2 ORDER BY row")]
        found = []
        while len(found) < n:
            secret = self.pool.pop()
            answer = self.would_enter(secret)
            if answer is not None:
                self.sandbox.positions[secret] = answer["position"]["id"]
                found.append(secret)
        return found

    def would_enter(self, secret):
        body = {"secret": secret, "lists": [self.list], "simulate": True}
        try:
            return self.sandbox.ask(f"/api/v1/organizers/{self.sandbox.facts['organizer']}/checkinrpc/redeem/", body)
        except urllib.error.HTTPError:
            return None

    def admit(self, secret, *args):
        return self.run(*args, "admit", secret, "--list", str(self.list))

    def admissions(self, *args):
        """What was recorded, refusals aside."""
        return len([row for row in self.run(*args, "journal").lines if row["kind"] != "refusal"])

    def status(self, *args):
        line = self.run(*args, "status").line
        assert line["recorded"] == line["sent"] + line["waiting"] + line["needs_you"], line
        return line


def run_tests(names):
    """Plays every function of a script that is called test_*, each in a world of its own."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    tests = [(name[5:], test) for name, test in names.items() if name.startswith("test_")]
    chosen = sys.argv[3:]
    tests = [(name, test) for name, test in tests if not chosen or name in chosen]
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        world = World()
        try:
            test(world)
            print(f"ok {number} {name}", flush=True)
        except Exception:  # a test may fail in any way, and the next must run
            failed += 1
            for line in traceback.format_exc().splitlines():
                print("#", line)
            print(f"not ok {number} {name}", flush=True)
        finally:
            world.end()
    return 1 if failed else 0
