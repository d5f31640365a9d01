#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does at the door besides scanning, by keyboard alone: the real window over AT-SPI.

usage: acts.py BUILD [PICTURES]
"""

import sys
import urllib.error
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import ui  # noqa: E402

ui.inside_a_bus()

BUILD = sys.argv[1]
PICTURES = sys.argv[2] if len(sys.argv) > 2 else None


class Acts:
    """The cases share one window, as one shift does."""

    def __init__(self):
        self.world = ui.World(BUILD)
        self.world.shots = PICTURES
        self.tickets = [ticket for ticket in self.world.sandbox.tickets() if self.would_enter(ticket)]
        self.world.connect()

    def would_enter(self, ticket):
        """Nothing is asked of it, and nothing stands against it."""
        sandbox = self.world.sandbox
        lists = sandbox.ask(sandbox.event + "/checkinlists/")["results"]
        main = next(one["id"] for one in lists if one["name"] == "Main entrance")
        body = {"secret": ticket["secret"], "lists": [main], "simulate": True}
        try:
            sandbox.ask(f"/api/v1/organizers/{sandbox.facts['organizer']}/checkinrpc/redeem/", body)
        except urllib.error.HTTPError:
            return False
        return True

    def ticket(self):
        return self.tickets.pop(0)

    def rows(self, ticket):
        """All that the service has of a ticket, refused and annulled ones too."""
        log = self.world.sandbox.ask("/sandbox/checkins")
        rows = log["results"] if isinstance(log, dict) else log
        return [row for row in rows if row["position"] == ticket["id"]]

    def forced(self):
        log = self.world.sandbox.ask("/sandbox/checkins")
        rows = log["results"] if isinstance(log, dict) else log
        return len([row for row in rows if row["forced"] and row["successful"]])

    def opens_and_syncs(self):
        self.world.open()
        self.world.see("^Main entrance$")
        self.world.see("^synced ")

    def refused_then_overridden(self):
        """A cancelled order: the desk offers what the service permits, and asks why."""
        world = self.world
        before = self.forced()
        world.scan(world.sandbox.canceled())
        world.see("^Cancelled$")
        assert world.find("push button", "^Let in anyway…$")
        world.shoot("acts-refused")
        world.key("ctrl+Return")
        world.see("anyway. Why\\?$")
        world.key("Return")  # without a reason nobody comes in
        ui.time.sleep(0.3)
        assert world.find("label", "anyway. Why")
        world.type("is a speaker")
        world.shoot("acts-why")
        world.key("Return")
        world.see("^Admitted$")
        world.shoot("acts-overridden")
        ui.until("the forced entry", lambda: self.forced() == before + 1)
        _, journal, _ = world.foyerctl("journal", "--kind", "check_in")
        assert journal[-1]["state"] == "done" and journal[-1]["actor"], journal[-1]

    def unknown_offers_nothing(self):
        world = self.world
        world.key("Escape")
        world.scan("nosuchticket1234")
        world.see("^Unknown$")
        assert not world.find("push button", "^Let in")
        world.key("ctrl+Return")
        ui.time.sleep(0.3)
        assert not world.find("label", "Why\\?$")
        world.key("Escape")

    def taken_back(self):
        world, ticket = self.world, self.ticket()
        world.scan(ticket["secret"])
        world.see("^Admitted$")
        world.see(ui.re.escape(ticket["name"]))
        ui.until("the entry", lambda: len(world.sandbox.entries(ticket)) == 1)
        world.key("ctrl+z")
        world.see("^Take back .*" + ui.re.escape(ticket["name"]))
        world.type("wrong person")
        world.key("Return")
        world.see("^Taken back$")
        world.see("The service has taken it back, too")
        world.shoot("acts-taken-back")
        assert world.sandbox.entries(ticket) == []
        assert [row["error_explanation"] for row in self.rows(ticket)] == ["wrong person"], self.rows(ticket)
        # The same person after all.
        world.key("Escape")
        ui.time.sleep(2.1)
        world.scan(ticket["secret"])
        world.see("^Admitted$")

    def taken_back_without_the_service(self):
        world, ticket = self.world, self.ticket()
        world.sandbox.stop()
        world.scan(ticket["secret"])
        world.see(ui.re.escape(ticket["name"]))
        world.see("^Admitted$")
        # The next scan never waits for what is asked.
        other = self.ticket()
        world.key("ctrl+z")
        world.see("^Take back .*" + ui.re.escape(ticket["name"]))
        world.scan(other["secret"])
        world.see(ui.re.escape(other["name"]))
        assert world.find("label", "^Take back"), "the question stays"
        world.key("Return")
        world.see("^Taken back$")
        world.see("had not been sent")
        world.shoot("acts-withdrawn")
        world.sandbox.start()
        ui.until("nothing waits", lambda: world.line().get("waiting") == 0, 90)
        assert world.sandbox.entries(ticket) == [], self.rows(ticket)
        assert len(world.sandbox.entries(other)) == 1, (self.rows(other), world.line())
        world.see("^Online$")

    def out_and_in_again(self):
        world, ticket = self.world, self.ticket()
        world.scan(ticket["secret"])
        world.see("^Admitted$")
        world.key("Escape")
        world.key("ctrl+e")
        world.see("^Exit: who is scanned goes out$")
        world.see("^Scan who goes out")
        world.shoot("acts-exit")
        world.scan(ticket["secret"])
        world.see("^Out$")
        world.see(ui.re.escape(ticket["name"]))
        world.shoot("acts-out")
        ui.until("the exit", lambda: [row["type"] for row in world.sandbox.entries(ticket)] == ["entry", "exit"])
        world.key("Escape")
        world.key("ctrl+e")
        world.see("^Scan a ticket, or type a name")
        assert not world.find("label", "^Exit: who")
        world.scan(ticket["secret"])
        world.see("^Admitted$")
        ui.until("the second entry", lambda: [row["type"] for row in world.sandbox.entries(ticket)] == ["entry", "exit", "entry"])

    def group_comes(self):
        """An order of some: one of its tickets is scanned, then who else is here is ticked."""
        world, sandbox = self.world, self.world.sandbox
        for order in sandbox.ask(sandbox.event + "/orders/?status=p&page_size=50")["results"]:
            group = [{"secret": one["secret"], "id": one["id"], "name": one["attendee_name"]} for one in order["positions"]
                     if ui.re.fullmatch(r"[a-z0-9]+", one["secret"]) and not one["addon_to"]]
            if len(group) >= 3 and len(group) == len(order["positions"]) and all(self.would_enter(one) for one in group):
                break
        else:
            raise AssertionError("no such order in the sample")
        world.scan(group[0]["secret"])
        world.see("^Admitted$")
        world.key("ctrl+g")
        world.see("who is here\\?$")
        world.see(f"^Let {len(group) - 1} in$")
        world.shoot("acts-group")
        # The last one is not here.
        world.key(*["Down"] * (len(group) - 1), "space")
        world.see(f"^Let {len(group) - 2} in$")
        world.key("Return")
        world.see(f"^{len(group) - 2} admitted$")
        world.shoot("acts-group-admitted")
        ui.until("the entries", lambda: [len(sandbox.entries(one)) for one in group] == [1] * (len(group) - 1) + [0])

    def quits(self):
        line = self.world.line()
        assert line["recorded"] == line["sent"] + line["waiting"] + line["needs you"], line
        self.world.quit()

    def cases(self):
        return [("the window opens and syncs", self.opens_and_syncs), ("refused, then overridden", self.refused_then_overridden),
                ("what cannot be forced is not offered", self.unknown_offers_nothing), ("taken back", self.taken_back),
                ("taken back without the service", self.taken_back_without_the_service),
                ("out, and in again", self.out_and_in_again), ("a group comes", self.group_comes), ("quits in good order", self.quits)]


def main():
    acts = Acts()
    try:
        return ui.run(acts.cases())
    finally:
        acts.world.end()


sys.exit(main())
