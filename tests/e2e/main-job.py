#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, in a window that nobody sees: what build-aux/run does where there is no display. Says what happens and
leaves pictures.

usage: main-job.py BUILD PICTURES
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import ui  # noqa: E402

ui.inside_a_bus()


def say(text):
    print(text, flush=True)


def main():
    build, pictures = sys.argv[1], sys.argv[2]
    world = ui.World(build, attendees=5000, seed=1)
    world.shots = pictures
    try:
        tickets = world.sandbox.tickets()
        say("The sample event runs on this computer, as a real service would: over HTTP, at " + world.sandbox.facts["url"] + ".")
        world.connect()
        world.open()
        world.see("Scan a ticket, or type a name")
        began = time.monotonic()
        title = world.see("^Harbour Conference · ")
        world.see("^synced ", 120)
        expected = world.see(r"^\d+ of \d+$")
        say(f"The window is open: {title}. The event is here after {time.monotonic() - began:.1f} s: {expected} are in.")
        world.shoot("1-ready")

        ticket = tickets.pop(0)
        world.scan(ticket["secret"])
        world.see(ui.re.escape(ticket["name"]))
        world.see("^Admitted$")
        say(f"A ticket is scanned: {world.said()}")
        world.shoot("2-admitted")

        time.sleep(2.1)
        world.scan(ticket["secret"])
        world.see("^Already used$")
        say(f"The same ticket again: {world.said()}")
        world.shoot("3-already-used")

        world.scan(world.sandbox.canceled())
        world.see("^Cancelled$")
        say(f"A cancelled one: {world.said()}")
        world.shoot("4-cancelled")

        ticket = tickets.pop(0)
        world.key("Escape")
        world.type(ticket["order"].lower())
        world.see("Can come in")
        world.shoot("5-found")
        world.key("Return")
        world.see(f"^Order {ticket['order']}, paid")
        world.shoot("6-person")
        world.key("Return")
        world.see("^Admitted$")
        say(f"Somebody without a ticket is found by the order and admitted: {world.said()}")

        world.sandbox.stop()
        say("The network is gone.")
        waiting = [tickets.pop(0) for _ in range(4)]
        for ticket in waiting:
            world.scan(ticket["secret"])
            world.see(ui.re.escape(ticket["name"]))
        world.see("^On our own$")
        world.see("^4 waiting$")
        say(f"Four more come in all the same: {world.said()}")
        line = world.line()
        say("recorded {recorded} = sent {sent} + waiting {waiting} + needs you {needs you}".format_map(line))
        assert line["recorded"] == line["sent"] + line["waiting"] + line["needs you"] and line["waiting"] == 4, line
        world.shoot("7-offline")

        world.sandbox.start()
        say("The network is back.")
        ui.until("nothing waits", lambda: world.line().get("waiting") == 0, 120)
        line = world.line()
        say("recorded {recorded} = sent {sent} + waiting {waiting} + needs you {needs you}".format_map(line))
        assert line["recorded"] == line["sent"] + line["needs you"], line
        for ticket in waiting:
            entries = world.sandbox.entries(ticket)
            assert len(entries) == 1, entries
        say("Each of the four is at the service once.")
        world.see("^Online$")
        world.shoot("8-online")
        world.quit()

        _, journal, _ = world.foyerctl("--offline", "journal")
        say("The journal:")
        for command in journal:
            say(f"  {command.get('created', '')}  {command.get('kind', '')}  {command.get('target', '')}  {command.get('state', '')}")
        say(f"Pictures are in {pictures}.")
        return 0
    except Exception as error:  # noqa: BLE001: whatever it was, say it and show it
        say(f"It did not go as it should: {error}")
        try:
            world.shoot("failed")
        except Exception:  # noqa: BLE001
            pass
        say(world.log())
        return 1
    finally:
        world.end()


sys.exit(main())
