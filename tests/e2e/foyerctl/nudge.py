#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""foyerctl beside an open window: the window sends, and foyerctl hears the service's answer in time, because it says
over the session bus that there is something to send. A bus, a display and a keyring of its own.

usage: nudge.py FOYERCTL FOYER-SANDBOX FOYER
"""
import fcntl
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import traceback

MARK = "FOYER_NUDGE_BUS"
TOOLS = ("dbus-run-session", "Xvfb", "gnome-keyring-daemon")

if MARK not in os.environ:
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        print("1..0 # SKIP not installed: " + ", ".join(absent))
        sys.exit(0)
    folder = tempfile.mkdtemp(prefix="foyer-", dir="/tmp")
    inner = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "DBUS_", "FOYER_", "DISPLAY", "WAYLAND_"))}
    inner.update({MARK: folder, "HOME": folder, "XDG_RUNTIME_DIR": folder + "/run"})
    os.makedirs(folder + "/run", 0o700)
    try:
        ended = subprocess.run(["dbus-run-session", "--", sys.executable, *sys.argv], env=inner, check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(ended.returncode)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import world as worlds  # noqa: E402  (its programs are on the command line, the same as ours)

FOYER = sys.argv[3]


def display():
    """An X server that nobody sees; its number comes through a pipe."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1200x800x24", "-nolisten", "tcp", "-noreset"],
                              pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    return server, ":" + number


def until(what, predicate):
    end = time.monotonic() + worlds.PATIENCE
    while not predicate():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


class World(worlds.World):
    def __init__(self):
        super().__init__()
        self.env.pop("FOYER_TOKEN")
        self.env.update(XDG_RUNTIME_DIR=os.environ["XDG_RUNTIME_DIR"], GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="none",
                        DBUS_SESSION_BUS_ADDRESS=os.environ["DBUS_SESSION_BUS_ADDRESS"])
        self.server, self.env["DISPLAY"] = display()
        facts = self.sandbox.facts
        ran = self.run("connect", "pretix", facts["url"], "--organizer", facts["organizer"], "--event", facts["event"],
                       env={"FOYER_TOKEN": facts["token"]})
        assert ran.code == 0 and ran.line["stored"] == "keyring", (ran.code, ran.err)
        assert self.run("sync").code == 0
        self.list = next(row["list"] for row in self.run("lists").lines if row["products"] == "all")

    def open_window(self):
        window = subprocess.Popen([FOYER], env=self.env, stdout=subprocess.DEVNULL)
        self.children.append(window)
        name = ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
                "--method", "org.freedesktop.DBus.NameHasOwner", "io.github.foyerdesk.Foyer"]
        until("the window's name on the bus",
              lambda: "true" in subprocess.run(name, env=self.env, capture_output=True, text=True, check=False).stdout)
        # It sends once it has the lock; then foyerctl has not.
        until("the window sends", self.sender_is_taken)
        return window

    def sender_is_taken(self):
        for path, _, names in os.walk(self.env["XDG_DATA_HOME"]):
            for name in names:
                if name != "sender.lock":
                    continue
                with open(os.path.join(path, name), "r+b") as file:
                    asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0)
                    told = fcntl.fcntl(file, 36, asked)  # F_OFD_GETLK
                    if struct.unpack("hhqqi4x", told)[0] != fcntl.F_UNLCK:
                        return True
        return False

    def end(self):
        super().end()
        self.server.kill()
        self.server.wait()


def test_the_window_answers(world):
    world.open_window()
    secrets = world.codes(8)
    verdicts = []
    for secret in secrets:
        ran = world.admit(secret)
        assert ran.code == 0 and ran.line["result"] == "admitted", (ran.code, ran.err)
        verdicts.append(ran.line["verdict_by"])
    # A loaded machine may be late once; a window that looks each second would be late nearly always.
    assert verdicts.count("service") >= 7, verdicts
    until("all are sent", lambda: world.status()["waiting"] == 0)
    for secret in secrets:
        assert len(world.sandbox.entries(secret)) == 1
    ran = world.admit(secrets[0])
    assert ran.code == 5 and ran.line["reason"] == "already_redeemed", (ran.code, ran.lines)


def test_no_bus(world):
    """No bus is no error: who sends looks each second."""
    world.open_window()
    secret, = world.codes(1)
    ran = world.run("admit", secret, "--list", str(world.list),
                    env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", "FOYER_TOKEN": world.sandbox.facts["token"]})
    assert ran.code == 0 and ran.line["result"] == "admitted", (ran.code, ran.err)
    assert "bus" not in ran.err.lower(), ran.err
    until("it is sent", lambda: world.status()["waiting"] == 0)
    assert len(world.sandbox.entries(secret)) == 1


def main():
    # The first to speak to the keyring would start it, locked.
    subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input="door", text=True, check=True,
                   stdout=subprocess.DEVNULL)
    tests = [("the-window-answers", test_the_window_answers), ("no-bus", test_no_bus)]
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        world = None
        try:
            world = World()
            test(world)
            print(f"ok {number} {name}", flush=True)
        except Exception:  # a test may fail in any way, and the next must run
            failed += 1
            for line in traceback.format_exc().splitlines():
                print("#", line)
            print(f"not ok {number} {name}", flush=True)
        finally:
            if world is not None:
                world.end()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
