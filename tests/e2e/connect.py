#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to a conflict that is settled, by a person at the keyboard: the way to a connection, the places beside the
Desk, and what they say. The real window over AT-SPI, a service on loopback.

usage: connect.py BUILD [PICTURES]
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


class Newcomer:
    """The cases share one laptop, as one day does."""

    def __init__(self):
        self.world = ui.World(BUILD)
        self.world.shots = PICTURES
        self.tickets = self.world.sandbox.tickets()

    # --- eyes and hands for a second window ---

    def _dialog(self):
        """The newest window but the first, in the tree and on the display."""
        world = self.world
        application = world._try(lambda: world.window.get_parent())
        count = world._try(application.get_child_count, 0)
        windows = [world._try(lambda at=at: application.get_child_at_index(at)) for at in range(count)]
        others = [one for one in windows if one and one != world.window]
        return others[-1] if others else None

    def _other_xid(self, xid):
        """GTK has nameless windows of one pixel, too."""
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
    def dialog(self):
        """Looks at the dialog instead of the window, and at the window again when it has gone."""
        window, xid = self.world.window, self.world.xid
        self.world.window = ui.until("a dialog in the tree", self._dialog)
        self.world.xid = ui.until("a dialog on the display", lambda: self._other_xid(xid))
        ui.until("the keyboard in the dialog", lambda: self._give_keyboard(self.world.xid))
        try:
            yield
        finally:
            self.world.window, self.world.xid = window, xid
            self._give_keyboard(xid)

    def focused(self):
        """Role and name of what has the keyboard."""
        from gi.repository import Atspi
        for role, name, found in self.world.walk():
            states = self.world._try(found.get_state_set)
            if states and states.contains(Atspi.StateType.FOCUSED):
                return role, ui.clean(name)
        return None, ""

    def typed(self, label):
        """What stands in an entry."""
        from gi.repository import Atspi
        entry = self.world.find("text", label) or self.world.find("password text", label)
        text = entry and self.world._try(entry.get_text_iface)
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else ""

    # --- the cases ---

    def opens_without_a_connection(self):
        self.world.open()
        self.world.see("^Connect to pretix$|_Connect to pretix")
        self.world.shoot("connect-first-run")

    def quits_at_once(self):
        """By the keyboard, with the focus where it is at first."""
        self.world.quit()
        self.opens_without_a_connection()

    def wrong_token(self):
        self.world.press("Connect to pretix")
        with self.dialog():
            self.world.see("^Go On$")
            # Adwaita's entries do not say that they have the keyboard; what is typed shows where it is.
            self.world.type(self.world.sandbox.facts["url"], delay=12)
            ui.until("the address", lambda: self.typed("Address of pretix") == self.world.sandbox.facts["url"])
            self.world.key("Return")
            self.world.see("^Enter the token that pretix shows")
            self.world.type("nosuchtoken", delay=12)
            ui.until("the token", lambda: len(self.typed("Initialisation token")) == len("nosuchtoken"))
            self.world.key("Return")
            self.world.see("^pretix does not take this code")
            self.world.see("A code works only once")
            assert "pretix does not take this code" in self.world.said(), self.world.said()
            self.world.shoot("connect-wrong-token")

    def right_token(self):
        with self.dialog():
            # What was wrong is selected: the next letter replaces it.
            self.world.type(self.world.sandbox.facts["device_init"], delay=12)
            ui.until("the token", lambda: len(self.typed("Initialisation token")) == len(self.world.sandbox.facts["device_init"]))
            self.world.key("Return")
            self.world.see("^Which event\\?$")
            self.world.see("^Harbour Conference$")
            self.world.shoot("connect-event")
            self.world.key("Escape")
            self.world.see("^This desk is registered$")
            self.world.key("Return")
            self.world.see("^Which event\\?$")
            self.world.key("Return")
            self.world.see("^Is this right\\?$")
            self.world.see("Others will see this desk as")
            self.world.shoot("connect-confirm")
            self.world.key("Return")
            self.world.see("^This desk is connected$")
            assert not self.world.find("label", "There is no keyring"), "there is one"
            self.world.see("^synced |^Fetching|^Asking")
            self.world.shoot("connect-done")
            self.world.key("Return")
        self.world.see("Scan a ticket, or type a name")
        self.world.see("^Main entrance$")
        self.world.see("^synced ")

    def is_there_tomorrow(self):
        self.world.quit()
        self.world.open()
        self.world.see("Scan a ticket, or type a name")
        self.world.see("^Online$")

    def conflict_comes_in(self):
        """This laptop is cut off and lets somebody in; meanwhile another desk lets in the same ticket."""
        sandbox = self.world.sandbox
        self.ticket = self.tickets.pop(0)
        sandbox.stop()
        self.world.scan(self.ticket["secret"])
        self.world.see(re.escape(self.ticket["name"]))
        self.world.see("^1 waiting$")
        self.world.kill()
        sandbox.start()
        lists = sandbox.ask(sandbox.event + "/checkinlists/")["results"]
        main = next(one["id"] for one in lists if one["name"] == "Main entrance")
        answer = sandbox.ask(f"/api/v1/organizers/{sandbox.facts['organizer']}/checkinrpc/redeem/",
                             {"lists": [main], "secret": self.ticket["secret"], "nonce": "another-desk"})
        assert answer["status"] == "ok", answer
        self.world.open()
        ui.until("the case in the line", lambda: self.world.line().get("needs you") == 1, 60)

    def conflict_is_settled_by_keyboard(self):
        self.world.key("F2")
        self.world.see("^Two entries, one ticket$")
        self.world.see(re.escape(self.ticket["name"]))
        self.world.see("^What happened here$")
        self.world.see("^What the service says$")
        self.world.shoot("inbox-case")
        ui.until("the keyboard on the first answer", lambda: self.focused() == ("push button", "Keep: this person is inside"))
        self.world.key("Return")
        self.world.see("^Nothing needs you$")
        assert "kept, and sent again" in self.world.said(), self.world.said()
        ui.until("both entries at the service", lambda: len(self.world.sandbox.entries(self.ticket)) == 2)
        ui.until("the line adds up", lambda: self.world.line().get("needs you") == 0 and self.world.line().get("waiting") == 0)
        self.world.shoot("inbox-empty")

    def activity_tells_it(self):
        self.world.key("F3")
        self.world.see("^All$")
        self.world.see(re.escape(self.ticket["name"]))
        self.world.see("^Sent 2 times$")
        # The keyboard is in the list.
        self.world.key("Home")
        self.world.see("^Copy the Number$")
        self.world.see("^The service has it\\.$")
        self.world.shoot("activity-detail")
        self.world.key("Escape")
        ui.until("the details gone", lambda: not self.world.find("push button", "Copy the Number"))
        self.world.press("^Waiting$")
        self.world.see("^Nothing waits$")
        self.world.press("^All$")
        self.world.see(re.escape(self.ticket["name"]))

    def connections_tell_it(self):
        self.world.key("F4")
        self.world.see("^Harbour Conference$")
        self.world.see("Answers in")
        self.world.shoot("connections")
        self.world.press("^Check$")
        self.world.see("^Intact: ")
        self.world.press("^Sync Now$")
        self.world.see("synced just now")

    def removes_only_when_told(self):
        self.world.press("^Remove…$")
        with self.dialog():
            self.world.see("^Remove .*Harbour Conference.*\\?$")
            self.world.see("revoke the key of this desk")
            self.world.key("Escape")
        self.world.see("^Harbour Conference$")
        self.world.press("^Remove…$")
        with self.dialog():
            self.world.see("^Remove .*Harbour Conference.*\\?$")
            self.world.press("Remove$")
        self.world.see("^No connection yet$")

    def quits(self):
        self.world.quit()

    def cases(self):
        return [("the window opens without a connection", self.opens_without_a_connection),
                ("quits at once", self.quits_at_once), ("a wrong token", self.wrong_token),
                ("the right token, all the way by keyboard", self.right_token), ("it is there tomorrow", self.is_there_tomorrow),
                ("a conflict comes in", self.conflict_comes_in), ("it is settled by keyboard", self.conflict_is_settled_by_keyboard),
                ("the activity tells it", self.activity_tells_it), ("the connections tell it", self.connections_tell_it),
                ("it is removed only when told", self.removes_only_when_told), ("quits in good order", self.quits)]


def main():
    newcomer = Newcomer()
    try:
        return ui.run(newcomer.cases())
    finally:
        newcomer.world.end()


sys.exit(main())
