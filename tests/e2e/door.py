#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door, by a person: the real window over AT-SPI, scanned at, typed at, cut off from the network, killed.

usage: door.py BUILD [PICTURES]
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import ui  # noqa: E402

ui.inside_a_bus()

BUILD = sys.argv[1]
PICTURES = sys.argv[2] if len(sys.argv) > 2 else None

# A place on the verdict's surface beside all words, and the colour of a refusal.
SURFACE, STOP = (240, 90), "#B01020"


class Door:
    """The cases share one window, as one shift does."""

    def __init__(self, layout="us"):
        self.world = ui.World(BUILD, layout=layout)
        self.world.shots = PICTURES
        self.tickets = self.world.sandbox.tickets()
        self.world.connect()

    def ticket(self, pattern=None):
        """One that nobody has used yet."""
        for at, ticket in enumerate(self.tickets):
            if pattern is None or pattern(ticket):
                return self.tickets.pop(at)
        raise AssertionError("no such ticket in the sample")

    def opens_and_syncs(self):
        self.world.open()
        self.world.see("Scan a ticket, or type a name")
        self.world.see("^Main entrance$")
        self.world.see("^synced ")
        self.world.see("^Harbour Conference · ")
        self.world.shoot("door-ready")

    def scan_admits(self):
        ticket = self.ticket()
        self.world.scan(ticket["secret"])
        self.world.see("^Admitted$")
        self.world.see(ui.re.escape(ticket["name"]))
        assert "Admitted" in self.world.said(), self.world.said()
        ui.until("the entry at the service", lambda: len(self.world.sandbox.entries(ticket)) == 1)
        self.world.shoot("door-admitted")
        self.used = ticket

    def second_time_is_refused(self):
        ui.time.sleep(2.1)  # within two seconds it is a repeat, and dropped
        self.world.scan(self.used["secret"])
        self.world.see("^Already used$")
        self.world.see("just now|seconds ago")
        assert len(self.world.sandbox.entries(self.used)) == 1
        self.world.shoot("door-used")

    def repeat_is_dropped(self):
        ticket = self.ticket()
        self.world.scan(ticket["secret"])
        self.world.scan(ticket["secret"])
        self.world.see(ui.re.escape(ticket["name"]))
        self.world.see("^Admitted$")
        ui.time.sleep(0.5)
        assert "Admitted" in self.world.said(), self.world.said()

    def cancelled_is_refused(self):
        self.world.scan(self.world.sandbox.canceled())
        self.world.see("^Cancelled$")

    def bad_code_does_not_stall(self):
        ticket = self.ticket()
        self.world.scan("nosuchticket1234")
        self.world.scan(ticket["secret"])
        self.world.see(ui.re.escape(ticket["name"]))
        assert self.world.find("label", "^Unknown$"), "the last ten show the bad one"

    def scan_leaves_the_entry_alone(self):
        self.world.key("Escape")
        self.world.type("mull")
        ui.until("what was typed", lambda: self.world.entry()[0] == "mull")
        self.world.key("Left", "shift+Left")
        before = self.world.entry()
        ticket = self.ticket()
        self.world.scan(ticket["secret"])
        self.world.see(ui.re.escape(ticket["name"]))
        assert self.world.entry() == before, (before, self.world.entry())
        self.world.key("Escape", "Escape", "Escape")
        ui.until("an empty entry", lambda: self.world.entry()[0] == "")

    def escape_is_no_scan(self):
        """Pressed in a hurry, as fast as a scanner sends, it clears, and leaves no letter."""
        self.world.key("Escape")
        self.world.type("a")
        self.world.see("Can come in")
        subprocess.run(["xdotool", "key", "--delay", "4", "Escape", "Escape", "Escape"], check=True)
        self.world.type("b")
        ui.until("the letter alone", lambda: self.world.entry()[0] == "b")
        self.world.key("Escape")

    def scan_is_caught_on_a_button(self):
        self.world.key("Escape")
        self.world.key("Tab", "Tab", "Tab")
        ticket = self.ticket()
        self.world.scan(ticket["secret"])
        self.world.see(ui.re.escape(ticket["name"]))
        assert self.world.entry()[0] == ""

    def find_and_admit(self):
        self.world.key("Escape")
        ticket = self.ticket(lambda one: one["name"].isascii() and len(one["name"]) < 40)
        self.world.type(ticket["order"].lower())
        self.world.see("Can come in")
        self.world.shoot("door-found")
        self.world.key("Return")
        self.world.see(f"^Order {ticket['order']}, paid")
        self.world.shoot("door-person")
        self.world.key("Return")
        self.world.see("^Admitted$")

    def offline(self):
        self.world.sandbox.stop()
        self.waiting = [self.ticket() for _ in range(3)]
        for ticket in self.waiting:
            self.world.scan(ticket["secret"])
            self.world.see(ui.re.escape(ticket["name"]))
        self.world.see("^On our own$")
        self.world.see("^3 waiting$")
        self.world.see("Decided by this desk")
        line = self.world.line()
        assert line["waiting"] == 3, line
        assert line["recorded"] == line["sent"] + line["waiting"] + line["needs you"], line
        self.world.shoot("door-offline")

    def killed_and_opened_again(self):
        self.world.kill()
        self.world.open()
        self.world.see("^3 waiting$")

    def online_again(self):
        self.world.sandbox.start()
        ui.until("nothing waits", lambda: self.world.line().get("waiting") == 0, 90)
        line = self.world.line()
        assert line["recorded"] == line["sent"] + line["needs you"] and line["needs you"] == 0, line
        for ticket in self.waiting:
            assert len(self.world.sandbox.entries(ticket)) == 1, ticket
        self.world.see("^Online$")
        self.world.shoot("door-online")

    def admitted(self):
        """What stands in the corner: admitted of expected."""
        return next((int(text.split(" of ")[0]) for text in self.world.texts() if ui.re.fullmatch(r"\d+ of \d+", text)), -1)

    def another_desk_is_seen(self):
        """Within seconds, without anybody asking for it."""
        ticket = self.ticket()
        ui.until("the counts", lambda: self.admitted() >= 0)
        before = self.admitted()
        self.world.sandbox.ask("/sandbox/check-in", {"secret": ticket["secret"]})
        ui.until("the other desk's guest", lambda: self.admitted() == before + 1, 12)
        self.world.sandbox.stop()
        self.world.scan(ticket["secret"])
        self.world.see("^Already used$")
        self.world.see("at desk \\d")
        self.world.sandbox.start()
        self.world.see("^Online$", 60)

    def last_verdict_again(self):
        self.world.key("Escape")
        self.world.see("Scan a ticket, or type a name")
        ui.until("nobody's verdict", lambda: self.world.colour(*SURFACE) != STOP)
        self.world.key("F8")
        ui.until("the verdict again", lambda: self.world.colour(*SURFACE) == STOP)
        # The key beside it is the window's.
        self.world.key("F9")
        self.world.see("^Workshop$")
        self.world.key("Escape")

    def remembers_the_last_scans(self):
        names = [text for text in self.world.texts() if text in ("Admitted", "Already used", "Cancelled")]
        self.world.kill()
        self.world.open()
        self.world.see("Scan a ticket, or type a name")
        ui.until("the last scans", lambda: sum(text in ("Admitted", "Already used") for text in self.world.texts()) > 3)
        assert len(names) > 3, names

    def damaged_journal(self):
        """A disk that forgets: what could be read is there, and somebody is told."""
        self.world.quit()
        with open(self.world.folder + "/data/foyer/default/journal.db", "r+b") as journal:
            journal.seek(4096)
            journal.write(bytes(3 * 4096))
        self.world.open()
        self.world.see("^The journal was damaged.*The damaged file is kept as /.*safe at the service")
        self.world.see("Scan a ticket, or type a name|^Welcome to Foyer$")
        self.world.shoot("door-damaged-journal")

    def quits(self):
        self.world.quit()

    def cases(self):
        return [("the window opens and syncs", self.opens_and_syncs), ("a scan admits", self.scan_admits),
                ("the second time is refused", self.second_time_is_refused), ("a repeat is dropped", self.repeat_is_dropped),
                ("a cancelled ticket is refused", self.cancelled_is_refused),
                ("a bad code does not stall the next", self.bad_code_does_not_stall),
                ("a scan leaves the entry as it was", self.scan_leaves_the_entry_alone),
                ("a scan is caught on a button", self.scan_is_caught_on_a_button),
                ("Escape is no scan", self.escape_is_no_scan), ("find and admit", self.find_and_admit),
                ("without the network", self.offline), ("killed, and opened again", self.killed_and_opened_again),
                ("with the network again", self.online_again),
                ("another desk's guest is seen", self.another_desk_is_seen), ("the last verdict again", self.last_verdict_again),
                ("the last scans are remembered", self.remembers_the_last_scans), ("a damaged journal is told of", self.damaged_journal), ("quits in good order", self.quits)]


def german():
    """The same scanner at a laptop with a German layout: y and z are not swapped."""
    door = Door(layout="de")
    try:
        door.world.open()
        door.world.see("^Main entrance$")
        door.world.see("^synced ")
        ticket = door.ticket(lambda one: "y" in one["secret"] and "z" in one["secret"])
        door.world.scan(ticket["secret"])
        door.world.see("^Admitted$")
        door.world.see(ui.re.escape(ticket["name"]))
    finally:
        door.world.end()


def sample():
    """What build-aux/run opens: no account, no choice; and the next time it is the same event."""
    world = ui.World(BUILD, attendees=1)
    try:
        world.open("--sample")
        world.see("^Main entrance$")
        world.see("^\\d+ of \\d{4}$")
        world.type("mull", 20)
        world.see("Can come in")
        world.key("Return")
        world.see("^Order .*, paid")
        world.key("Return")
        ui.until("a guest", lambda: "Admitted" in world.said())
        ui.until("it is sent", lambda: world.line() == {"recorded": 1, "sent": 1, "waiting": 0, "needs you": 0})
        world.kill()
        world.open("--sample")
        ui.until("it is known", lambda: world.line() == {"recorded": 1, "sent": 1, "waiting": 0, "needs you": 0})
        world.quit()
    finally:
        world.end()


def main():
    door = Door()
    try:
        return ui.run(door.cases() + [("a German laptop", german), ("the sample event", sample)])
    finally:
        door.world.end()


sys.exit(main())
