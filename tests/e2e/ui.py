# SPDX-License-Identifier: GPL-3.0-or-later
"""A person in front of the window: a display that nobody sees, a keyring, a service on loopback, eyes (AT-SPI) and hands
(keys as a keyboard and a scanner send them). Everything is private to one World and ends with it.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PATIENCE = 30
MARK = "FOYER_E2E_BUS"


def inside_a_bus():
    """Runs the calling program again on a session bus of its own, if it is not on one yet. Must come before gi."""
    if os.environ.get(MARK):
        return
    missing = [tool for tool in ("dbus-run-session", "Xvfb", "xdotool", "import", "gnome-keyring-daemon") if not shutil.which(tool)]
    try:
        import gi
        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError):
        missing.append("python3-gi with gir1.2-atspi-2.0")
    if missing:
        print("1..0 # SKIP not installed: " + ", ".join(missing), flush=True)
        sys.exit(77)

    # Addresses of sockets are short: the folder must be, too.
    folder = tempfile.mkdtemp(prefix="foyer-", dir="/tmp")
    env = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "DBUS_", "GTK_", "ADW_", "WAYLAND_"))}
    env.update({MARK: folder, "HOME": folder, "XDG_RUNTIME_DIR": folder + "/run", "XDG_DATA_HOME": folder + "/data",
                "XDG_CONFIG_HOME": folder + "/config", "XDG_CACHE_HOME": folder + "/cache"})
    env.pop("DISPLAY", None)
    for name in ("run", "data", "config", "cache"):
        os.makedirs(f"{folder}/{name}", 0o700)
    try:
        code = subprocess.run(["dbus-run-session", "--", sys.executable, *sys.argv], env=env, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def until(what, predicate, patience=PATIENCE):
    """Asks again and again; the answer, or an error that says what did not come."""
    end = time.monotonic() + patience
    while True:
        found = predicate()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience} s in vain: {what}")
        time.sleep(0.05)


class Sandbox:
    """The far end. Its state lies in a file: stopped and started again, it is the same."""

    def __init__(self, program, folder, attendees=400, seed=7):
        self.program, self.attendees, self.seed = program, attendees, seed
        self.state = os.path.join(folder, "far-end.state")
        self.port = free_port()
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [*self.program, "--attendees", str(self.attendees), "--seed", str(self.seed), "--port", str(self.port), "--state", self.state],
            stdout=subprocess.PIPE, text=True)
        self.facts = json.loads(self.process.stdout.readline())
        self.event = f"/api/v1/organizers/{self.facts['organizer']}/events/{self.facts['event']}"

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

    def tickets(self):
        """Tickets that can come in at the main entrance, one an order, nobody inside yet."""
        page = self.ask(self.event + "/orders/?status=p&page_size=50")
        found = []
        for order in page["results"]:
            for position in order["positions"][:1]:
                plain = not (position.get("checkins") or position.get("blocked") or position.get("canceled")
                             or position.get("valid_from") or position.get("valid_until") or position.get("addon_to"))
                if plain and position.get("attendee_name") and re.fullmatch(r"[a-z0-9]+", position["secret"]):
                    found.append({"secret": position["secret"], "name": position["attendee_name"], "order": order["code"],
                                  "id": position["id"]})
        return found

    def canceled(self):
        page = self.ask(self.event + "/orders/?status=c&page_size=20")
        for order in page["results"]:
            for position in order["positions"]:
                if re.fullmatch(r"[a-z0-9]+", position["secret"]):
                    return position["secret"]
        raise AssertionError("the sample has no cancelled order")

    def entries(self, ticket):
        log = self.ask("/sandbox/checkins")
        rows = log["results"] if isinstance(log, dict) else log
        return [row for row in rows if row["position"] == ticket["id"] and row["successful"]]


# What a US keyboard's keys are called by the hardware (evdev + 8): a scanner sends these, whatever the laptop's layout.
US_ROWS = ((10, "1234567890-="), (24, "qwertyuiop[]"), (38, "asdfghjkl;'`"), (51, "\\zxcvbnm,./"), (65, " "))
US_KEYS = {letter: first + at for first, row in US_ROWS for at, letter in enumerate(row)}
ENTER, SHIFT = 36, 50


class World:
    """One person, one laptop, one service."""

    def __init__(self, build, size=(1280, 800), attendees=400, seed=7, layout="us", scheme=None, language=None):
        self.build = Path(build)
        self.folder = tempfile.mkdtemp(prefix="w", dir=os.environ[MARK])
        self.children = []
        self.size = size
        self.shots = None
        self._display(layout)
        self._keyring()
        self.env = dict(os.environ, GDK_BACKEND="x11", GSK_RENDERER="cairo", GSETTINGS_BACKEND="memory",
                        GSETTINGS_SCHEMA_DIR=str(self.build / "data"), XDG_DATA_HOME=self.folder + "/data", TZ="Europe/Berlin",
                        XDG_DATA_DIRS=f"{Path(__file__).resolve().parents[2] / 'data'}:/usr/local/share:/usr/share",
                        LC_ALL="C.UTF-8", G_DEBUG="fatal-criticals")
        self.env["FOYER_LOCALE_DIR"] = str(self.build / "po")
        self.env.pop("FOYER_TOKEN", None)
        if scheme:
            self.env["ADW_DEBUG_COLOR_SCHEME"] = scheme
        if language:
            self.env["LANGUAGE"] = language
        self.sandbox = Sandbox(self.command("foyer-sandbox"), self.folder, attendees, seed)
        self.app = None
        self.window = None

    # --- the laptop ---

    def command(self, program):
        """How one of Foyer's programs is started."""
        folders = {"foyer": "src/app/foyer", "foyerctl": "src/app/foyerctl", "foyer-sandbox": "src/sandbox"}
        return [str(self.build / folders[program] / program)]

    def _spawn(self, *command, **options):
        child = subprocess.Popen(command, **options)
        self.children.append(child)
        return child

    def _display(self, layout):
        reading, writing = os.pipe()
        width, height = max(1400, self.size[0] + 20), max(1000, self.size[1] + 20)
        # Without -noreset the display begins anew when the last one leaves (the accessibility bus looks in and goes), and
        # turns away who comes just then.
        self._spawn("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset",
                    pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()
        if layout != "us":
            subprocess.run(["setxkbmap", layout], check=True, stderr=subprocess.DEVNULL)

    def _keyring(self):
        """Unlocked before anybody asks for it: one that the bus starts by itself is locked."""
        if os.environ.get("FOYER_E2E_KEYRING"):
            return
        subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input=b"password", check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.environ["FOYER_E2E_KEYRING"] = "unlocked"

    def foyerctl(self, *arguments, env=None):
        done = subprocess.run([*self.command("foyerctl"), "--json", *arguments], env={**self.env, **(env or {})},
                              capture_output=True, text=True, timeout=PATIENCE * 2, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return done.returncode, lines, done.stderr

    def connect(self):
        facts = self.sandbox.facts
        code, _, errors = self.foyerctl("connect", "pretix", facts["url"], "--organizer", facts["organizer"], "--event", facts["event"],
                                        "--name", "door", env={"FOYER_TOKEN": facts["token"]})
        assert code == 0, errors

    def open(self, *arguments):
        log = open(os.path.join(self.folder, "app.log"), "ab")
        self.app = self._spawn(*self.command("foyer"), *arguments, env=dict(self.env, DISPLAY=os.environ["DISPLAY"]),
                               stdout=log, stderr=log)
        log.close()
        self.window = until("the window in the tree", self._find_window)
        self.xid = until("the window on the display", self._find_xid)
        width, height = self.size
        # Without a compositor GTK draws a frame of 5 pixels.
        subprocess.run(["xdotool", "windowmove", self.xid, "0", "0", "windowsize", self.xid, str(width + 10), str(height + 10),
                        "windowfocus", self.xid], check=True)
        until("the focus in the window", self._has_focus)

    def _has_focus(self):
        from gi.repository import Atspi
        return any(self._try(lambda: found.get_state_set().contains(Atspi.StateType.FOCUSED)) for _, _, found in self.walk())

    def log(self):
        try:
            lines = Path(self.folder, "app.log").read_text(errors="replace").splitlines()
            return "\n".join([line for line in lines if not line.startswith("ALSA")][-20:])
        except FileNotFoundError:
            return ""

    def kill(self):
        """As a battery does."""
        self.app.kill()
        self.app.wait()

    def quit(self):
        subprocess.run(["xdotool", "windowfocus", self.xid, "key", "--clearmodifiers", "ctrl+q"], check=True)
        assert self.app.wait(timeout=PATIENCE) == 0, self.log()
        complaints = self.complaints()
        assert not complaints, "\n".join(complaints)

    def complaints(self):
        """What the libraries below found wrong with the program. What it says of the world outside is its own."""
        text = Path(self.folder, "app.log").read_text(errors="replace")
        return [line for line in text.splitlines() if re.search(r"\): (?!foyer-)\S+-(WARNING|CRITICAL) \*\*", line)
                and not re.search(r"dbind|AT-SPI", line)]

    def end(self):
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        if self.sandbox.process.poll() is None:
            self.sandbox.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- eyes ---

    def _desktop(self):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        return Atspi.get_desktop(0)

    def _find_window(self):
        assert self.app.poll() is None, "the program has ended:\n" + self.log()
        desktop = self._desktop()
        for at in range(self._try(desktop.get_child_count, 0)):
            application = self._try(lambda: desktop.get_child_at_index(at))
            if application and self._is_ours(application):
                return self._try(lambda: application.get_child_at_index(0))
        return None

    def _is_ours(self, application):
        return self._try(application.get_process_id, 0) == self.app.pid

    def _find_xid(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", *self._xid_conditions(), "--name", "Foyer"],
                               capture_output=True, text=True, check=False).stdout.split()
        return found[-1] if found else None

    def _xid_conditions(self):
        return ["--pid", str(self.app.pid)]

    @staticmethod
    def _try(call, otherwise=None):
        """What is looked at may go away meanwhile."""
        from gi.repository import GLib
        try:
            return call()
        except GLib.Error:
            return otherwise

    def walk(self, root=None):
        """All that can be seen, (role, name, object), depth first."""
        root = root or self.window
        from gi.repository import Atspi
        box = self._try(lambda: root.get_component_iface() and root.get_extents(Atspi.CoordType.WINDOW))
        # A page of a stack has no place of its own; what is in it has.
        if root is not self.window and box and (box.width <= 0 or box.height <= 0):
            return
        yield self._try(root.get_role_name, ""), self._try(root.get_name, "") or "", root
        for at in range(self._try(root.get_child_count, 0)):
            child = self._try(lambda: root.get_child_at_index(at))
            if child:
                yield from self.walk(child)

    def find(self, role, name=None, root=None):
        for found_role, found_name, found in self.walk(root):
            if found_role == role and (name is None or re.search(name, clean(found_name))):
                return found
        return None

    def colour(self, x, y):
        """What a stack hides keeps its words and its place in the tree: that something is seen, its colour tells."""
        told = subprocess.run(["import", "-window", self.xid, "-crop", f"1x1+{x}+{y}", "-depth", "8", "txt:-"], capture_output=True,
                              text=True, check=True).stdout
        return re.search("#[0-9A-F]{6}", told)[0]

    def texts(self):
        """Everything that can be read in the window."""
        return [clean(name) for role, name, _ in self.walk() if role in ("label", "push button", "toggle button") and name]

    def see(self, pattern, patience=PATIENCE):
        """Waits until something in the window reads like this."""
        try:
            return until(f"“{pattern}” in the window",
                         lambda: next((text for text in self.texts() if re.search(pattern, text)), None), patience)
        except AssertionError as error:
            raise AssertionError(f"{error}; it reads: {self.texts()}\n{self.log()}") from None

    def said(self):
        """What a screen reader was told last."""
        status = self.find("status bar")
        return clean(self._try(status.get_name, "")) if status else ""

    def line(self):
        """The line that adds up, as it stands in the window."""
        words = {}
        for role, _, found in self.walk():
            if role != "push button":
                continue
            labels = [clean(name) for inner, name, _ in self.walk(found) if inner == "label"]
            if len(labels) == 2 and labels[0] in ("recorded", "sent", "waiting", "needs you"):
                words[labels[0]] = int(re.sub(r"\D", "", labels[1]))
        return words

    def shoot(self, name):
        if not self.shots:
            return
        os.makedirs(self.shots, exist_ok=True)
        subprocess.run(["import", "-window", self.xid, os.path.join(self.shots, name + ".png")], check=True)

    # --- hands ---

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text, delay=90):
        """As a person types."""
        subprocess.run(["xdotool", "type", "--delay", str(delay), text], check=True)

    def scan(self, code, delay=4, enter=True):
        """As a scanner types: by the keys of a US keyboard, fast, and Enter."""
        keys = []
        for letter in code:
            keys.append(f"shift+{US_KEYS[letter.lower()]}" if letter.isupper() else str(US_KEYS[letter]))
        subprocess.run(["xdotool", "key", "--delay", str(delay), *keys, *([str(ENTER)] if enter else [])], check=True)

    def press(self, name, role="push button"):
        button = until(f"a button “{name}”", lambda: self.find(role, name))
        from gi.repository import Atspi
        action = button.get_action_iface()
        for at in range(Atspi.Action.get_n_actions(action)):
            if Atspi.Action.get_action_name(action, at) in ("click", "toggle", "activate"):
                Atspi.Action.do_action(action, at)
                return
        raise AssertionError(f"{name} has no action")

    def entry(self):
        """The search entry's text, cursor and selection."""
        from gi.repository import Atspi
        for role, _, found in self.walk():
            text = self._try(found.get_text_iface)
            if role in ("text", "entry") and text:
                length = Atspi.Text.get_character_count(text)
                selection = None
                if Atspi.Text.get_n_selections(text):
                    chosen = Atspi.Text.get_selection(text, 0)
                    selection = (chosen.start_offset, chosen.end_offset)
                return Atspi.Text.get_text(text, 0, length), Atspi.Text.get_caret_offset(text), selection
        raise AssertionError("no entry in the window")


def clean(name):
    """Without the marks that keep directions of writing apart."""
    return re.sub(r"[\u2066-\u2069\u200e\u200f]", "", name)


def run(cases):
    """One TAP line a case."""
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for number, (name, case) in enumerate(cases, 1):
        began = time.monotonic()
        try:
            case()
            word = "ok"
        except Exception as error:  # noqa: BLE001: any failure of a case is the case's
            import traceback
            failed += 1
            word = "not ok"
            for line in (traceback.format_exc() + str(error)).splitlines():
                print("# " + line, flush=True)
        print(f"{word} {number} {name}", flush=True)
        print(f"# {time.monotonic() - began:.1f} s", flush=True)
    return 1 if failed else 0
