#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first thirty seconds of a desk: the organiser's window shows a code, another laptop becomes a desk by it, hears its
sounds and learns its scanner. By keyboard and scanner alone; the other laptop has a German layout and a US scanner.

usage: setup.py BUILD [PICTURES]
"""

import contextlib
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import ui  # noqa: E402

ui.inside_a_bus()

BUILD = sys.argv[1]
PICTURES = sys.argv[2] if len(sys.argv) > 2 else None
TEST_CODE = "FoyerTest-zYqaWm-0817"


class Morning:
    """Two workspaces stand for two laptops; the display, with its layout, is the same."""

    def __init__(self):
        self.world = ui.World(BUILD, layout="de")
        self.world.shots = PICTURES
        self.tickets = self.world.sandbox.tickets()
        self.code = None

    # --- eyes for a second window ---

    def _dialog(self):
        world = self.world
        application = world._try(lambda: world.window.get_parent())
        count = world._try(application.get_child_count, 0)
        windows = [world._try(lambda at=at: application.get_child_at_index(at)) for at in range(count)]
        others = [one for one in windows if one and one != world.window]
        return others[-1] if others else None

    def _other_xid(self, xid):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.world.app.pid), "--name", ".*"],
                               capture_output=True, text=True, check=False).stdout.split()
        for one in found:
            size = subprocess.run(["xdotool", "getwindowgeometry", "--shell", one], capture_output=True, text=True, check=False).stdout
            width = re.search(r"^WIDTH=(\d+)", size, re.MULTILINE)
            if one != xid and width and 10 < int(width[1]) < 1000:
                return one
        return None

    @staticmethod
    def _give_keyboard(xid):
        """Without a window manager nobody gives a new window the keyboard."""
        subprocess.run(["xdotool", "windowfocus", xid], check=False, stderr=subprocess.DEVNULL)
        has = subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True, check=False).stdout.strip()
        return has == xid

    @contextlib.contextmanager
    def dialog(self, last=True):
        """Looks at the dialog; `last`: no other one comes after it."""
        window, xid = self.world.window, self.world.xid
        self.world.window = ui.until("a dialog in the tree", self._dialog)
        self.world.xid = ui.until("a dialog on the display", lambda: self._other_xid(xid))
        ui.until("the keyboard in the dialog", lambda: self._give_keyboard(self.world.xid))
        try:
            yield
        finally:
            self.world.window, self.world.xid = window, xid
            if last:
                ui.until("the dialog gone", lambda: not self._other_xid(xid))
            self._give_keyboard(xid)

    # --- the cases ---

    def organiser_makes_the_code(self):
        self.world.connect()
        self.world.open()
        self.world.see("^Main entrance$")
        self.world.see("^synced ")
        self.world.key("ctrl+shift+d")
        with self.dialog():
            self.world.see("^Name of the desk$")
            self.world.see("can be reached from this laptop only")
            self.world.shoot("setup-edit")
            self.world.key("Return")
            self.world.see("^For one laptop, once, until ")
            letters = self.world.see("^FOYER1 [A-Z2-7 ]+$")
            assert self.world.find("label", "^Desk 2$"), self.world.texts()
            self.world.shoot("setup-code")
            self.code = letters.replace(" ", "")
            self.world.key("Escape")
        self.world.quit()

    def another_laptop_takes_it(self):
        self.world.open("--workspace", "second")
        self.world.see("^Connect to pretix$|_Connect to pretix")
        self.world.press("Connect to pretix")
        with self.dialog(last=False):
            self.world.see("^Go On$")
            # A letter too few: a sentence, and nothing is asked of the service.
            self.world.scan(self.code[:-1])
            self.world.see("not complete, or a letter of it is wrong")
            self.world.scan(self.code)
            self.world.see("^This desk is connected$")
            self.world.see("^Check Sound and Scanner$")
            self.world.shoot("setup-connected")
            self.world.key("Return")

    def hears_and_learns(self):
        with self.dialog():
            self.world.see("^Let in$")
            self.world.key("Return")
            self.world.shoot("setup-sound")
            for _ in range(6):
                self.world.key("Tab")
            self.world.press("^Next: the Scanner$")
            self.world.see("^0 of 3$")
            for count in range(1, 4):
                self.world.scan(TEST_CODE)
                if count < 3:
                    self.world.see(f"^{count} of 3$")
            self.world.see("^as a US keyboard$")
            self.world.see("^Enter$")
            self.world.shoot("setup-learned")
            self.world.key("Return")

    def first_guest(self):
        self.world.see("^Scan a ticket, or type a name$")
        self.world.see("^Main entrance$")
        guest = self.tickets.pop(0)
        self.world.scan(guest["secret"])
        self.world.see("^" + re.escape(guest["name"]) + "$")
        ui.until("the entry at the service", lambda: len(self.world.sandbox.entries(guest)) == 1)
        self.world.shoot("setup-first-guest")

    def code_is_spent(self):
        self.world.quit()
        self.world.open("--workspace", "third")
        self.world.press("Connect to pretix")
        with self.dialog():
            self.world.see("^Go On$")
            self.world.scan(self.code)
            self.world.see("pretix does not take this code")
            self.world.key("Escape")
        self.world.quit()

    def cases(self):
        return [("the organiser makes the code", self.organiser_makes_the_code),
                ("another laptop takes it in one step", self.another_laptop_takes_it),
                ("it hears its sounds and learns its scanner", self.hears_and_learns),
                ("the first guest comes in at the right list", self.first_guest),
                ("the code is spent", self.code_is_spent)]


def main():
    morning = Morning()
    try:
        return ui.run(morning.cases())
    finally:
        morning.world.end()


sys.exit(main())
