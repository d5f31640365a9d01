#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a door does besides letting in, on the command line: foyerctl against foyer-sandbox, over loopback.

usage: acts.py FOYERCTL FOYER-SANDBOX
"""
import csv
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from world import run_tests  # noqa: E402


def rows_of(world, secret):
    """All that the service has of a code, refused and annulled ones too."""
    log = world.sandbox.ask("/sandbox/checkins")
    rows = log["results"] if isinstance(log, dict) else log
    return [row for row in rows if row["position"] == world.sandbox.positions[secret]]


def inside(world, *options):
    return next(row for row in world.run(*options, "lists").lines if row["list"] == world.list)


def test_undo_withdrawn(world):
    world.connect()
    secret, other = world.codes(2)
    before = inside(world)
    assert world.admit(other, "--offline").code == 0
    admitted = world.admit(secret, "--offline").line
    assert inside(world, "--offline")["admitted"] == before["admitted"] + 2
    ran = world.run("--offline", "--actor", "Eve", "undo", "--reason", "wrong person")
    assert ran.code == 0, (ran.code, ran.err)
    assert (ran.line["result"], ran.line["how"], ran.line["undone"]) == ("undone", "withdrawn", admitted["command"]), ran.line
    assert ran.line["attendee"]["attendee"] == admitted["attendee"]["attendee"], ran.line
    assert inside(world, "--offline")["admitted"] == before["admitted"] + 1
    row = next(row for row in world.run("journal").lines if row["command"] == admitted["command"])
    assert row["state"] == "withdrawn" and row["note"] == "Eve: wrong person", row
    ran = world.run("undo", admitted["command"])
    assert ran.code == 7 and ran.error["error"] == "CONFLICT", (ran.code, ran.err)
    assert world.run("push").line == {"sent": 2, "waiting": 0, "needs_you": 0}
    assert rows_of(world, secret) == [] and len(world.sandbox.entries(other)) == 1
    # It comes in as if nothing had been.
    assert world.admit(secret).line["result"] == "admitted"


def test_undo_annulled(world):
    world.connect()
    secret, = world.codes(1)
    before = inside(world)
    admitted = world.admit(secret).line
    ran = world.run("undo", "--reason", "came back")
    assert ran.code == 0 and ran.line["how"] == "annulled" and ran.line["verdict_by"] == "service", (ran.code, ran.err, ran.lines)
    (row,) = rows_of(world, secret)
    assert not row["successful"] and row["error_reason"] == "annulled" and row["error_explanation"] == "came back", row
    after = inside(world)
    assert (after["admitted"], after["inside"]) == (before["admitted"], before["inside"]), after
    assert world.run("sync").code == 0
    assert inside(world)["admitted"] == before["admitted"]
    assert world.run("undo").code == 3
    assert world.run("undo", admitted["command"]).code == 7
    again = world.admit(secret).line
    assert again["result"] == "admitted" and again["verdict_by"] == "service", again
    assert world.run("undo", again["command"]).code == 0
    assert world.sandbox.entries(secret) == []


def test_undo_while_the_service_is_gone(world):
    """Sent, then undone without a service: not shown any more, annulled when it is back, with the true time."""
    world.connect()
    secret, = world.codes(1)
    before = inside(world)
    assert world.admit(secret).line["verdict_by"] == "service"
    world.sandbox.stop()
    ran = world.run("undo")
    assert ran.code == 0 and ran.line["how"] == "annulled" and ran.line["verdict_by"] == "desk", (ran.code, ran.err, ran.lines)
    assert inside(world)["admitted"] == before["admitted"]
    # The same guest after all.
    assert world.admit(secret).line["result"] == "admitted"
    assert inside(world)["admitted"] == before["admitted"] + 1
    world.sandbox.start()
    assert world.run("push").line == {"sent": 3, "waiting": 0, "needs_you": 0}
    assert len(world.sandbox.entries(secret)) == 1 and len(rows_of(world, secret)) == 2
    assert inside(world)["admitted"] == before["admitted"] + 1


def test_undo_too_late(world):
    world.connect()
    secret, = world.codes(1)
    before = inside(world)
    assert world.admit(secret, "--at", "2026-01-01T10:00:00+01:00").code == 0
    ran = world.run("--at", "2026-01-01T10:16:00+01:00", "undo")
    assert ran.code == 0 and ran.line["how"] == "exit", (ran.code, ran.err, ran.lines)
    assert world.run("push").line["waiting"] == 0
    assert [row["type"] for row in world.sandbox.entries(secret)] == ["entry", "exit"]
    after = inside(world)
    assert (after["admitted"], after["inside"]) == (before["admitted"] + 1, before["inside"]), after


def test_undo_usage(world):
    world.connect()
    ran = world.run("undo")
    assert ran.code == 3 and ran.error["error"] == "NOT_FOUND" and "taken back" in ran.error["message"], (ran.code, ran.err)
    assert world.run("undo", "a", "b").code == 2
    assert world.run("undo", "no-such-command").code == 3


def test_exit_and_re_entry(world):
    """Who goes out is not inside; who comes again may, as the list says."""
    world.connect()
    secret, = world.codes(1)
    before = inside(world)
    assert world.admit(secret).code == 0
    ran = world.run("exit", secret, "--list", str(world.list))
    assert ran.code == 0 and ran.line["result"] == "admitted" and ran.line["verdict_by"] == "service", (ran.code, ran.lines)
    after = inside(world)
    assert (after["admitted"], after["inside"]) == (before["admitted"] + 1, before["inside"]), after
    ran = world.run("--offline", "exit", secret, "--list", str(world.list))
    assert ran.code == 0 and ran.line["result"] == "admitted", ran.lines
    ran = world.run("exit", "no-such-code", "--list", str(world.list))
    assert ran.code == 5 and ran.line["reason"] == "invalid", ran.lines
    ran = world.admit(secret)
    assert ran.line["result"] == "admitted", ran.lines
    assert inside(world)["inside"] == before["inside"] + 1
    assert world.run("push").line["waiting"] == 0
    assert sorted(row["type"] for row in world.sandbox.entries(secret)) == ["entry", "entry", "exit", "exit"]


def some_code(world, status):
    """A ticket's code of an order in some state, of a product that the list lets in."""
    facts = world.sandbox.facts
    base = f"/api/v1/organizers/{facts['organizer']}/events/{facts['event']}/orders/"
    for order in world.sandbox.ask(f"{base}?status={status}&page_size=50")["results"]:
        for position in order["positions"]:
            secret = position["secret"]
            if not position["canceled"] and not position["addon_to"] and secret.isalnum():
                world.sandbox.positions[secret] = position["id"]
                yield secret


def test_override(world):
    """What the service permits, with a reason that stands in the journal; what it does not, is not offered."""
    world.connect()
    secret = next(some_code(world, "c"))
    ran = world.admit(secret)
    assert ran.code == 5 and ran.line["reason"] == "canceled" and ran.line["offer"] == "override", ran.lines
    ran = world.run("--actor", "Eve", "admit", secret, "--list", str(world.list), "--override", "is a speaker")
    assert ran.code == 0 and ran.line["result"] == "admitted" and ran.line["verdict_by"] == "service", (ran.lines, ran.err)
    (entry,) = world.sandbox.entries(secret)
    assert entry["forced"], entry
    row = next(row for row in world.run("journal").lines if row["command"] == ran.line["command"])
    assert (row["actor"], row["reason"], row["state"]) == ("Eve", "is a speaker", "done"), row
    # Offline the same: it is taken when it comes.
    other = [code for code in some_code(world, "c") if code != secret][0]
    ran = world.run("--offline", "admit", other, "--list", str(world.list), "--override", "too")
    assert ran.code == 0 and ran.line["verdict_by"] == "desk", (ran.lines, ran.err)
    assert world.run("push").line["needs_you"] == 0 and len(world.sandbox.entries(other)) == 1
    ran = world.run("admit", "no-such-code", "--list", str(world.list), "--override", "please")
    assert ran.code == 5 and ran.line["reason"] == "invalid" and ran.line["offer"] is None, ran.lines


def test_ignore_unpaid(world):
    """Where the list lets staff decide; elsewhere only an override."""
    world.connect()
    facts = world.sandbox.facts
    lists = f"/api/v1/organizers/{facts['organizer']}/events/{facts['event']}/checkinlists/"
    codes = [code for code in some_code(world, "n") if world.admit(code, "--offline").line["reason"] == "unpaid"]
    assert codes and world.admit(codes[0]).line["offer"] == "override"
    ran = world.run("admit", codes[0], "--list", str(world.list), "--ignore-unpaid")
    assert ran.code == 5 and ran.line["reason"] == "unpaid", ran.lines
    open_list = world.sandbox.ask(lists, {"name": "Unpaid too", "all_products": True, "limit_products": [], "include_pending": True})["id"]
    assert world.run("sync").code == 0
    ran = world.run("admit", codes[0], "--list", str(open_list))
    assert ran.code == 5 and ran.line["offer"] == "ignore_unpaid" and "decide" in ran.line["explain"], ran.lines
    ran = world.run("admit", codes[0], "--list", str(open_list), "--ignore-unpaid")
    assert ran.code == 0 and ran.line["verdict_by"] == "service", ran.lines
    (entry,) = world.sandbox.entries(codes[0])
    assert not entry["forced"], entry


def test_group(world):
    """An order of some, not all are here: each ticket its own command, recorded together, one line each."""
    world.connect()
    facts = world.sandbox.facts
    base = f"/api/v1/organizers/{facts['organizer']}/events/{facts['event']}/orders/?status=p&page_size=50&page="
    group = None
    for page in range(1, 4):
        for order in world.sandbox.ask(base + str(page))["results"]:
            here = [p for p in order["positions"] if not p["canceled"] and not p["addon_to"] and world.would_enter(p["secret"])]
            if len(here) >= 3:
                group = here
                break
        if group:
            break
    for position in group:
        world.sandbox.positions[position["secret"]] = position["id"]
    first, *others = group
    assert world.admit(first["secret"]).code == 0
    args = [arg for position in group for arg in ("--attendee", str(position["id"]))]
    ran = world.run("admit", *args, "--list", str(world.list))
    assert ran.code == 5 and [line["result"] for line in ran.lines] == ["refused"] + ["admitted"] * len(others), ran.lines
    assert [line["attendee"]["attendee"] for line in ran.lines] == [position["id"] for position in group], ran.lines
    assert len({line["command"] for line in ran.lines[1:]}) == len(others)
    assert world.run("push").line["waiting"] == 0
    assert [len(world.sandbox.entries(position["secret"])) for position in group] == [1] * len(group)
    # Offline, out again, all together.
    ran = world.run("--offline", "exit", *args, "--list", str(world.list))
    assert ran.code == 0 and len(ran.lines) == len(group), ran.lines
    assert world.status("--offline")["waiting"] == len(group)
    assert world.run("push").line["waiting"] == 0


def refusals_of(world, code):
    log = world.sandbox.ask("/sandbox/checkins")
    rows = log["results"] if isinstance(log, dict) else log
    return [row for row in rows if row["raw_barcode"] == code and not row["successful"]]


def test_refusals(world):
    """The organiser sees who was refused, each once, whoever decided it; and nobody is counted for it."""
    world.connect()
    secret, offline, raced = world.codes(3)
    assert world.admit(secret).code == 0
    before = inside(world)
    # Asked, harmlessly; told afterwards.
    assert world.admit(secret).line["verdict_by"] == "service"
    assert world.admit("no-such-code").line["verdict_by"] == "service"
    assert [row["error_reason"] for row in refusals_of(world, secret)] == ["already_redeemed"]
    assert [row["error_reason"] for row in refusals_of(world, "no-such-code")] == ["invalid"]
    # Refused by the service itself at the scan: it knows.
    world.sandbox.ask("/sandbox/check-in", {"secret": raced, "list": world.list})
    ran = world.admit(raced)
    assert ran.code == 5 and ran.line["verdict_by"] == "service", ran.lines
    assert len(refusals_of(world, raced)) == 1
    # Decided alone; what holds control characters is told as the mobile scanner tells it.
    at = "2026-05-04T10:00:00+02:00"
    assert world.admit(offline, "--offline", "--at", at).code == 0
    assert world.admit(offline, "--offline", "--at", at).line["reason"] == "already_redeemed"
    assert world.status("--offline")["waiting"] == 2
    strange = "a\x01b"
    assert world.run("admit", "--list", str(world.list), "--", strange).line["verdict_by"] == "service"
    # Not in the copy, and nobody to ask: that is no refusal.
    assert not world.run("--offline", "admit", "--list", str(world.list), "--", "b").line["certain"]
    assert world.admit(raced, "--offline", "--at", at).line["reason"] == "already_redeemed"
    assert world.status("--offline")["waiting"] == 1
    world.sandbox.faults("failed_checkins:drop-after=1*1,failed_checkins:drop-before=1*1")
    for _ in range(4):
        if world.run("push", "--wait", "10").line["waiting"] == 0:
            break
    world.sandbox.faults("")
    (row,) = refusals_of(world, offline)
    assert row["error_reason"] == "already_redeemed" and row["datetime"] == at, row
    (row,) = refusals_of(world, "binary:YQFi")
    assert row["error_reason"] == "invalid", row
    after = inside(world)
    assert after["admitted"] == before["admitted"] + 2, (before, after)
    kinds = [row["kind"] for row in world.run("journal", "--state", "done").lines]
    assert kinds.count("refusal") == 5, kinds
    assert world.status()["needs_you"] == 0


def test_export(world):
    """Complete, with a count that matches; what looks like a formula is none."""
    world.connect()
    secret, other = world.codes(2)
    assert world.admit(secret).code == 0
    assert world.run("undo", "--reason", '=HYPERLINK("https://evil.example","x")').code == 0
    assert world.admit(other, "--offline").code == 0
    with world.database("mirror.db") as mirror:
        people = mirror.execute("SELECT count(*) FROM attendee").fetchone()[0]
    counts = {"attendees": people, "journal": 3, "audit": len(world.run("audit").lines)}
    for what, expected in counts.items():
        ran = world.run("export", what, "--format", "jsonl")
        assert ran.code == 0 and len(ran.lines) == expected and ran.error == {"exported": expected}, (what, len(ran.lines), ran.err)
        path = os.path.join(world.folder, what + ".csv")
        done = world.run("export", what, "--format", "csv", "--output", path)
        assert done.code == 0 and done.error == {"exported": expected} and not done.lines, (what, done.err)
        assert os.stat(path).st_mode & 0o777 == 0o600
        with open(path, newline="", encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        assert len(table) == expected and list(table[0]) == list(ran.lines[0]), (what, list(table[0]), list(ran.lines[0]))
        for row, line in zip(table, ran.lines):
            for column, cell in row.items():
                assert not cell or cell[0] not in "=+@\t\r" and (cell[0] != "-" or isinstance(line[column], int)), (column, cell)
        same = {"attendees": "attendee", "journal": "command", "audit": "at"}[what]
        assert [row[same] for row in table] == [str(line[same]) for line in ran.lines]
    undo = next(line for line in world.run("export", "journal", "--format", "jsonl").lines if line["kind"] == "undo")
    assert undo["reason"].startswith("=HYPERLINK"), undo
    # Not half a file, and not over another one.
    with open(path, "rb") as file:
        before = file.read()
    ran = world.run("export", "audit", "--format", "csv", "--output", os.path.join(world.folder, "nowhere", "x.csv"))
    assert ran.code == 6 and ran.error["error"] == "STORAGE", (ran.code, ran.err)
    with open(path, "rb") as file:
        assert file.read() == before
    for args in (["people", "--format", "csv"], ["journal"], ["journal", "--format", "xls"]):
        assert world.run("export", *args).code == 2, args


if __name__ == "__main__":
    sys.exit(run_tests(dict(globals())))
