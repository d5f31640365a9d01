#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page in every size, colour and language, as pictures for somebody to look at; and a sheet of each row of them.

usage: gallery.py BUILD PICTURES [ATTENDEES [VARIANT...]]     VARIANT: light dark de large (twice the text); default: all
"""

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import ui  # noqa: E402

ui.inside_a_bus()

SIZES = ((1280, 800), (900, 600), (360, 640))
ADD = "^(Add a Connection|Verbindung hinzufügen)"
VARIANTS = {"light": {"scheme": "prefer-light"}, "dark": {"scheme": "prefer-dark"}, "de": {"language": "de"}, "large": {"scale": 2}}


class Gallery:
    def __init__(self, build, pictures, attendees, variant):
        options = dict(VARIANTS[variant])
        self.scale = options.pop("scale", 1)
        self.pictures = Path(pictures, f"{variant}-{attendees}")
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.world = ui.World(build, attendees=attendees, seed=1, **options)
        self.tickets = self.world.sandbox.tickets()

    def enlarge(self):
        """What GNOME's settings do for people who see less."""
        conf = Path(self.world.folder, "xsettings")
        conf.write_text(f"Xft/DPI {96 * 1024 * self.scale}\n")
        self.world._spawn("xsettingsd", "-c", str(conf), stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def shoot(self, scene):
        world = self.world
        for width, height in SIZES:
            subprocess.run(["xdotool", "windowsize", "--sync", world.xid, str(width + 10), str(height + 10)], check=False,
                           timeout=10)
            time.sleep(0.6)
            # The display, not the window: a dialog is a window of its own on the older libadwaita.
            subprocess.run(["import", "-window", "root", "-crop", f"{width + 10}x{height + 10}+0+0", "+repage",
                            str(self.pictures / f"{scene}-{width}.png")], check=True)
        width, height = SIZES[0]
        subprocess.run(["xdotool", "windowsize", world.xid, str(width + 10), str(height + 10)], check=True)
        time.sleep(0.3)

    def unused(self):
        return self.tickets.pop(0) if self.tickets else None

    def wait(self, seconds=1.2):
        time.sleep(seconds)

    def hang(self):
        world = self.world
        if self.scale != 1:
            self.enlarge()
        world.open()
        self.wait(1)
        self.shoot("01-no-connection")
        world.quit()
        world.connect()
        world.open()
        ui.until("a copy", lambda: any(ui.re.search("^(synced|abgeglichen|gerade|aktuell|vor)", text) for text in world.texts()) or None, 300)
        self.wait()
        self.shoot("02-ready")
        ticket = self.unused()
        if ticket:
            world.scan(ticket["secret"])
            self.wait()
            self.shoot("03-admitted")
            self.wait(2.1)
            world.scan(ticket["secret"])
            self.wait()
            self.shoot("04-used")
            try:
                world.scan(world.sandbox.canceled())
            except AssertionError:  # a small event has none
                pass
            else:
                self.wait()
                self.shoot("05-cancelled")
        world.scan("thisisnoticketatall")
        self.wait()
        self.shoot("06-unknown")
        world.key("Escape")
        world.type("a", 20)
        self.wait()
        self.shoot("07-search")
        world.key("Return")
        self.wait()
        self.shoot("08-person")
        world.key("Escape", "Escape")
        world.type("qqqq", 20)
        self.wait()
        self.shoot("09-nobody")
        world.key("Escape", "Escape")
        if len(self.tickets) > 4:
            self.conflict()
        for key, page in (("F2", "12-inbox"), ("F3", "13-activity"), ("F4", "14-connections")):
            world.key(key)
            self.wait()
            self.shoot(page)
        world.press(ADD)
        self.wait()
        self.shoot("15-connect")

    def conflict(self):
        """Another desk was first while this one was on its own."""
        world = self.world
        tickets = [self.unused() for _ in range(3)]
        _, lists, _ = world.foyerctl("--offline", "lists")
        entrance = next(row["list"] for row in lists if row["products"] == "all")
        world.sandbox.stop()
        for ticket in tickets:
            world.scan(ticket["secret"])
            self.wait(0.8)
        self.shoot("10-offline")
        world.sandbox.start()
        facts = world.sandbox.facts
        world.sandbox.ask(f"/api/v1/organizers/{facts['organizer']}/checkinrpc/redeem/",
                          {"lists": [entrance], "secret": tickets[0]["secret"], "nonce": "another"})
        ui.until("nothing waits", lambda: self.settled(), 120)
        world.key("Escape")
        self.wait()
        self.shoot("11-needs-you")

    def settled(self):
        code, lines, _ = self.world.foyerctl("--offline", "status")
        return code == 0 and lines[-1]["waiting"] == 0

    def sheets(self):
        """One sheet a size: what belongs together is seen together."""
        for width, _ in SIZES:
            found = sorted(str(path) for path in self.pictures.glob(f"[01]*-{width}.png"))
            subprocess.run(["montage", *found, "-label", "%f", "-tile", "4x", "-geometry", f"{min(width, 640)}x+6+6",
                            str(self.pictures / f"sheet-{width}.png")], check=True)


def main():
    build, pictures = sys.argv[1], sys.argv[2]
    attendees = int(sys.argv[3]) if len(sys.argv) > 3 else 5000
    for variant in sys.argv[4:] or VARIANTS:
        gallery = Gallery(build, pictures, attendees, variant)
        try:
            gallery.hang()
        finally:
            gallery.world.end()
            gallery.sheets()
        print(gallery.pictures, flush=True)


if __name__ == "__main__":
    main()
