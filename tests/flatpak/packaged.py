#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packaged application, as somebody has it who installed the Flatpak: run inside, looked at from outside.

usage: packaged.py BUILD [PICTURES]     within build-aux/flatpak; BUILD has the service that is played (foyer-sandbox)
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import ui  # noqa: E402

HOME = os.environ.get("FOYER_FLATPAK_HOME")
if not HOME:
    print("1..0 # SKIP run me within build-aux/flatpak", flush=True)
    sys.exit(77)
ui.inside_a_bus()

ID = "io.github.foyerdesk.Foyer"
BUILD = sys.argv[1]
JOURNAL = 0x466f794a  # what foyer-schema.h calls a journal of Foyer's
PICTURES = sys.argv[2] if len(sys.argv) > 2 else None
OWN = Path(HOME, ".var/app", ID)
# All that the package may ask for: docs/flatpak.md says why. More than this must be asked for there first.
MAY = {"shared": {"network", "ipc"}, "sockets": {"x11", "wayland", "pulseaudio", "fallback-x11"}, "devices": {"dri"},
       "Session Bus Policy": {"org.freedesktop.secrets=talk"}}


class Packaged(ui.World):
    """The programs run inside; display, keyring, service and loudspeaker are outside."""

    def __init__(self, **options):
        self.loudspeaker = None
        super().__init__(BUILD, **options)
        # The runtime has its own; what is set is passed in.
        for name in ("FOYER_LOCALE_DIR", "GSETTINGS_SCHEMA_DIR", "XDG_DATA_DIRS", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            self.env.pop(name, None)
        self.env.update(HOME=HOME, GSETTINGS_BACKEND="keyfile")
        self.env.pop("G_DEBUG")

    def command(self, program):
        if program == "foyer-sandbox":
            return super().command(program)
        return ["flatpak", "run", "--user", "--die-with-parent", f"--command={program}", ID]

    def foyerctl(self, *arguments, env=None):
        """Variables come in by an option: what is set outside may stop at the door."""
        settings = [f"--env={name}={value}" for name, value in (env or {}).items()]
        command = self.command("foyerctl")
        done = subprocess.run([*command[:-1], *settings, command[-1], "--json", *arguments], env=self.env, capture_output=True,
                              text=True, timeout=ui.PATIENCE * 2, check=False)
        return done.returncode, [ui.json.loads(line) for line in done.stdout.splitlines()], done.stderr

    def _is_ours(self, application):
        return self._try(application.get_name, "") in ("foyer", "Foyer", ID)

    def _xid_conditions(self):
        return []

    def kill(self):
        """--die-with-parent: what is inside ends with it."""
        super().kill()
        ui.until("the end of the program", lambda: not running())

    def listen(self):
        """A loudspeaker that nobody hears: what is played is written down."""
        sink = "foyer"
        socket = os.path.join(os.environ["XDG_RUNTIME_DIR"], "pulse", "native")
        os.makedirs(os.path.dirname(socket), exist_ok=True)
        self._spawn("pulseaudio", "--daemonize=no", "-n", "--exit-idle-time=-1", "--disallow-exit", "--use-pid-file=no",
                    f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1",
                    f"--load=module-null-sink sink_name={sink}", stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        ui.until("a loudspeaker", lambda: subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode == 0)
        self.loudspeaker = os.path.join(self.folder, "heard.raw")
        with open(self.loudspeaker, "wb") as heard:
            # What was rendered ahead when a tone begins is not heard again: so little is.
            self._spawn("parec", "--latency-msec=10", "--device", sink + ".monitor", "--raw", "--format=s16le", stdout=heard, stderr=subprocess.DEVNULL)

    def heard(self):
        return any(Path(self.loudspeaker).read_bytes())


def flatpak(*arguments):
    env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_") or name == "XDG_RUNTIME_DIR"}
    return subprocess.run(["flatpak", *arguments], env={**env, "HOME": HOME}, capture_output=True, text=True, check=False)


def running():
    return ID in flatpak("ps", "--columns=application").stdout


def files():
    """Everything at home but what Flatpak keeps there itself."""
    found = set()
    for folder, _, names in os.walk(HOME):
        if not folder.startswith((os.path.join(HOME, ".local/share/flatpak"), os.path.join(HOME, ".cache/flatpak"))):
            found.update(os.path.join(folder, name) for name in names)
    return found


class Case:
    def __init__(self):
        shutil.rmtree(OWN, ignore_errors=True)
        self.before = files()
        self.world = Packaged()
        self.world.shots = PICTURES
        self.tickets = self.world.sandbox.tickets()

    def asks_for_little(self):
        shown = flatpak("info", "--user", "--show-permissions", ID)
        assert shown.returncode == 0, shown.stderr
        section = "Context"
        asked = {}
        for line in shown.stdout.splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif "=" in line and section == "Context":
                name, values = line.split("=", 1)
                asked[name] = {value for value in values.split(";") if value}
            elif "=" in line:
                asked.setdefault(section, set()).add(line)
        assert asked == MAY, asked
        reasons = (ROOT / "docs" / "flatpak.md").read_text()
        for option in ui.json.loads((ROOT / "flatpak" / f"{ID}.json").read_text())["finish-args"]:
            assert f"`{option}`" in reasons, f"docs/flatpak.md does not say why {option} is asked for"

    def knows_itself(self):
        for what in ("share/applications/{}.desktop", "share/app-info/xmls/{}.xml.gz", "share/icons/hicolor/scalable/apps/{}.svg",
                     "share/icons/hicolor/symbolic/apps/{}-symbolic.svg", "share/dbus-1/services/{}.service",
                     "share/glib-2.0/schemas/{}.gschema.xml"):
            there = flatpak("run", "--user", "--command=test", ID, "-s", "/app/" + what.format(ID))
            assert there.returncode == 0, what

    def speaks_german(self):
        world = self.world
        done = subprocess.run([*world.command("foyerctl"), "--help"], env={**world.env, "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"},
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "Veranstaltung" in done.stdout, (done.stdout, done.stderr)

    def keeps_the_key_in_the_keyring(self):
        self.world.connect()
        found = subprocess.run(["secret-tool", "search", "--all", "application", ID], capture_output=True, text=True, check=False)
        token = self.world.sandbox.facts["token"]
        assert token in found.stdout, found.stderr
        for file in OWN.rglob("*"):
            assert not file.is_file() or token.encode() not in file.read_bytes(), file

    def syncs_and_admits(self):
        code, lines, errors = self.world.foyerctl("sync")
        assert code == 0 and lines[-1]["complete"], (lines, errors)
        _, lists, _ = self.world.foyerctl("lists")
        self.list = next(row["list"] for row in lists if row["products"] == "all")
        ticket = self.tickets.pop()
        code, lines, errors = self.world.foyerctl("admit", ticket["secret"], "--list", str(self.list), "--deadline", "10000")
        assert code == 0 and lines[0]["result"] == "admitted" and lines[0]["verdict_by"] == "service", (lines, errors)
        assert len(self.world.sandbox.entries(ticket)) == 1

    def opens_and_admits(self):
        world = self.world
        world.listen()
        world.open()
        world.see("Scan a ticket, or type a name")
        world.see("^synced ", 120)
        ticket = self.tickets.pop()
        world.scan(ticket["secret"])
        world.see("^Admitted$")
        world.see(re.escape(ticket["name"]))
        ui.until("the entry at the service", lambda: len(world.sandbox.entries(ticket)) == 1)
        world.shoot("packaged-admitted")

    def is_heard(self):
        try:
            ui.until("a sound", self.world.heard, 5)
        except AssertionError as error:
            streams = subprocess.run(["pactl", "list"], capture_output=True, text=True, check=False).stdout
            size = os.path.getsize(self.world.loudspeaker)
            raise AssertionError(f"{error}; {size} bytes were written down\n{self.world.log()}\n{streams}") from None

    def outlives_a_kill(self):
        world = self.world
        world.sandbox.stop()
        ticket = self.tickets.pop()
        world.scan(ticket["secret"])
        world.see("^1 waiting$")
        world.kill()
        world.sandbox.start()
        world.open()
        ui.until("nothing waits", lambda: world.line().get("waiting") == 0 and world.line().get("recorded"), 120)
        assert len(world.sandbox.entries(ticket)) == 1
        assert world.line()["recorded"] == 3, world.line()

    def says_nothing_wrong(self):
        self.world.quit()
        # libproxy asks a portal, and there is none on this bus.
        log = [line for line in Path(self.world.folder, "app.log").read_text(errors="replace").splitlines()
               if re.search("CRITICAL|WARNING", line) and "pxbackend" not in line]
        assert not log, log

    def writes_at_home_only(self):
        strange = sorted(file for file in files() - self.before if not file.startswith(str(OWN) + "/"))
        assert not strange, strange
        assert (OWN / "data/foyer/default/journal.db").exists()
        assert (OWN / "data/foyer/default").stat().st_mode & 0o777 == 0o700

    def sample_needs_nothing(self):
        world = self.world
        world.open("--sample")
        world.see("^Harbour Conference · ", 120)
        world.see("^synced ", 120)
        world.shoot("packaged-sample")
        world.quit()

    def takes_over_older_data(self):
        """The first version's journal, with an admission that was sent and one that waited."""
        folder = OWN / "data/foyer/older"
        folder.mkdir(mode=0o700)
        with sqlite3.connect(folder / "journal.db") as journal:
            journal.executescript("PRAGMA journal_mode = WAL;" + (ROOT / "src/drivers/sqlite/sql/journal-1.sql").read_text()
                                  + f"PRAGMA application_id = {JOURNAL}; PRAGMA user_version = 1;")
            journal.executemany(
                "INSERT INTO command (id, kind, connection, target, arguments, key, created, door_time, unsure, state, attempts)"
                " VALUES (?, 'check_in', 'door', ?, ?, ?, 1700000000000000, 1700000000000000, 0, ?, 1)",
                [(f"018bcfe5-6800-7000-8000-00000000000{at}", f"{at}:1",
                  f'{{"secret": "older{at}", "lists": [1], "datetime": "2023-11-14T22:13:20.000000Z"}}', f"older{at}", state)
                 for at, state in enumerate(("done", "pending"))])
        journal.close()
        code, lines, errors = self.world.foyerctl("--workspace", "older", "--offline", "status")
        assert code == 0, errors
        assert (lines[0]["recorded"], lines[0]["sent"], lines[0]["waiting"]) == (2, 1, 1), lines
        code, lines, errors = self.world.foyerctl("--workspace", "older", "--offline", "journal")
        assert code == 0 and [row["state"] for row in lines] == ["done", "pending"], (lines, errors)


def main():
    case = Case()
    try:
        return ui.run([
            ("it asks for little, and says why", case.asks_for_little),
            ("all that a desktop wants is in it", case.knows_itself),
            ("it speaks German", case.speaks_german),
            ("the key is in the keyring only", case.keeps_the_key_in_the_keyring),
            ("the command line syncs and admits", case.syncs_and_admits),
            ("the window opens and admits", case.opens_and_admits),
            ("a verdict is heard", case.is_heard),
            ("what waits outlives a kill", case.outlives_a_kill),
            ("nothing is complained about", case.says_nothing_wrong),
            ("it writes into its own folder only", case.writes_at_home_only),
            ("the sample event needs nothing", case.sample_needs_nothing),
            ("older data is taken over", case.takes_over_older_data),
        ])
    finally:
        case.world.end()


if __name__ == "__main__":
    sys.exit(main())
