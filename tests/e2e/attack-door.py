#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a door must bear: any code, a key that is gone, two desks, a clock that is wrong, a service that is slow.

usage: attack-door.py FOYERCTL FOYER-SANDBOX [TEST...]
"""
import json
import subprocess
import sys
import threading
import time
from datetime import datetime

from world import FOYERCTL, PATIENCE, run_tests

CODES = ["a'b\"c", "\"; DROP TABLE command; --", "x" * 4096, "y" * 100000, "a\tb", "\u202eabc\u0301", "%_%s%n", " ",
         '{"secret": 1}', "https://example.org/?a=b&c#d", "-x", "--", "-"]


def test_any_code(world):
    world.connect()
    for code in CODES:
        for offline in ([], ["--offline"]):
            ran = world.run(*offline, "admit", "--list", str(world.list), "--", code)
            assert ran.code == 5 and ran.line["reason"] == "invalid", (code[:20], ran.code, ran.lines, ran.err)
    # Each but the blank is told to the service, whatever is in it, and counts for nobody.
    line = world.run("push").line
    assert line["sent"] == world.status()["recorded"] == len(CODES) - 1 and not line["waiting"] + line["needs_you"], line
    assert world.admissions() == 0


def test_bytes(world):
    """What is no text is no ticket, and says so like any other; the ticket before its NUL is not taken for it."""
    world.connect()
    codes = world.codes(3)
    text = (codes[0].encode() + b"\0x\n" + codes[1].encode() + b"\xff\n" + b"z" * 300000 + b"\n\n  \n"
            + codes[2].encode() + b"\r\n")
    done = subprocess.run([FOYERCTL, "--json", "admit", "-", "--list", str(world.list)], env=world.env, input=text,
                          capture_output=True, timeout=PATIENCE, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["result"] for line in lines] == ["refused"] * 3 + ["admitted"], lines
    assert all(line["reason"] == "invalid" and line["verdict_by"] == "service" for line in lines[:3]), lines
    done = subprocess.run([FOYERCTL, "--json", "admit", "--list", str(world.list), b"\xff\xfe"], env=world.env,
                          capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 5 and json.loads(done.stdout)["verdict_by"] == "service", done.stdout
    assert world.admissions() == 1


def test_key(world):
    """A key that is not accepted any more: people go in, and everybody is told why nothing goes out."""
    world.connect()
    first, second = world.codes(2)
    wrong = {"FOYER_TOKEN": "x" * 64}
    ran = world.run("admit", first, "--list", str(world.list), env=wrong)
    assert ran.code == 0 and ran.line["verdict_by"] == "desk" and "pretix does not accept" in ran.err, (ran.lines, ran.err)
    ran = world.run("push", "--wait", "1", env=wrong)
    assert ran.code == 3 and ran.error["error"] == "UNAUTHORIZED" and ran.error["hint"], (ran.code, ran.err)
    assert ran.line["waiting"] == 1, ran.line
    ran = world.run("push", "--wait", "1", env={"FOYER_TOKEN": ""})
    assert ran.code == 6 and ran.error["error"] == "KEYRING" and ran.error["hint"], (ran.code, ran.err)
    world.sandbox.stop()
    world.admit(second)
    ran = world.run("push", "--wait", "1")
    assert ran.code == 4 and ran.error["error"] == "OFFLINE" and ran.error["hint"], (ran.code, ran.err)
    world.sandbox.start()
    assert world.run("push").line == {"sent": 2, "waiting": 0, "needs_you": 0}


def test_no_connection(world):
    world.connect()
    (code,) = world.codes(1)
    world.admit(code, "--offline")
    assert world.run("disconnect", "sample", "--force").code == 0
    ran = world.run("push", "--wait", "1")
    assert ran.code == 3 and ran.error["error"] == "NOT_FOUND" and "connect" in ran.error["hint"], (ran.code, ran.err)
    world.connect(sync=False)
    assert world.run("push").line["sent"] == 1 and len(world.sandbox.entries(code)) == 1


def test_two_desks(world):
    """Both offline, the same ticket: the second hears of the first, and a person says what counts."""
    world.connect()
    facts = world.sandbox.facts
    other = ("--workspace", "other")
    world.run(*other, "connect", "pretix", facts["url"], "--organizer", facts["organizer"], "--event", facts["event"])
    assert world.run(*other, "sync").code == 0
    kept, accepted, later = world.codes(3)
    for code in (kept, accepted, later):
        assert world.admit(code, "--offline").code == 0 and world.admit(code, "--offline", *other).code == 0
    assert world.run("push").line == {"sent": 3, "waiting": 0, "needs_you": 0}
    ran = world.run(*other, "push")
    assert ran.code == 7 and ran.line == {"sent": 0, "waiting": 0, "needs_you": 3}, ran.line
    cases = world.run(*other, "inbox").lines
    assert all(case["kind"] == "conflict" and case["ours"]["datetime"] and case["theirs"]["datetime"] for case in cases), cases
    ran = world.run(*other, "inbox", "settle", cases[0]["id"], "--as", "keep", "--note", "she is in")
    assert ran.code == 0 and ran.line["state"] == "done", (ran.code, ran.err)
    ran = world.run(*other, "inbox", "settle", cases[1]["id"], "--as", "accept", "--note", "the other door")
    assert ran.code == 0 and ran.line["state"] == "settled", (ran.code, ran.err)
    ran = world.run(*other, "--offline", "inbox", "settle", cases[2]["id"], "--as", "keep", "--note", "later")
    assert ran.code == 0 and ran.line["state"] == "pending", (ran.code, ran.err)
    world.status(*other, "--offline")
    assert world.run(*other, "push").line == {"sent": 3, "waiting": 0, "needs_you": 0}
    assert [len(world.sandbox.entries(code)) for code in (kept, accepted, later)] == [2, 1, 2]
    for where in ((), other):
        assert world.admit(kept, *where).line["reason"] == "already_redeemed"


def test_crowd(world):
    """Three processes of one workspace, the same codes at once: each person once."""
    world.connect()
    codes = world.codes(20)
    crowd = [world.spawn("admit", "-", "--list", str(world.list)) for _ in range(3)]
    told = []
    readers = [threading.Thread(target=lambda c=child: told.extend(json.loads(line) for line in c.stdout)) for child in crowd]
    for reader in readers:
        reader.start()
    for code in codes:
        for child in crowd:
            child.stdin.write(code + "\n")
    for child, reader in zip(crowd, readers):
        child.stdin.close()
        reader.join()
        child.wait(timeout=PATIENCE)
    admitted = [line["attendee"]["attendee"] for line in told if line["result"] == "admitted"]
    assert len(told) == 60 and len(admitted) == 20 and len(set(admitted)) == 20, (len(told), len(admitted))
    line = world.run("push").line
    assert world.admissions() == 20 and line["sent"] <= 60 and not line["waiting"] + line["needs_you"], line
    assert [len(world.sandbox.entries(code)) for code in codes] == [1] * 20


def test_clock(world):
    """The laptop is two hours off, either way: what is told is the service's time."""
    world.connect()
    for skew in (7200, -7200):
        world.sandbox.ask("/sandbox/clock", {"skew": f"{skew}s"})
        (code,) = world.codes(1)
        ran = world.admit(code)
        assert ran.code == 0 and not ran.line["unsure"] and ran.line["verdict_by"] == "service", (ran.code, ran.err)
        assert abs(world.status()["clock_skew_ms"] - skew * 1000) < 1500
        (entry,) = world.sandbox.entries(code)
        apart = datetime.fromisoformat(entry["datetime"]) - datetime.fromisoformat(entry["created"])
        assert abs(apart.total_seconds()) < 60, entry
    # Alone, with a laptop that is two hours ahead: what is dated ahead waits for a person.
    (code,) = world.codes(1)
    assert world.admit(code, "--offline").line["unsure"]
    ran = world.run("push")
    assert ran.code == 7 and world.run("inbox").line["kind"] == "clock", ran.line


def test_slow(world):
    """Nothing comes back for a minute: the door goes on."""
    world.connect()
    (code,) = world.codes(1)
    world.sandbox.faults("latency=60s")
    began = time.monotonic()
    ran = world.admit(code)
    assert ran.code == 0 and ran.line["verdict_by"] == "desk" and time.monotonic() - began < 10, (ran.code, ran.lines)
    ran = world.run("push", "--wait", "1")
    assert ran.code == 4 and ran.error["error"] == "TIMEOUT" and ran.error["hint"], (ran.code, ran.err)
    world.sandbox.faults("")
    assert world.run("push").line == {"sent": 1, "waiting": 0, "needs_you": 0}
    assert len(world.sandbox.entries(code)) == 1


def test_where_else(world):
    """Where the ticket would be right is said of a wrong entrance only, and never names this one."""
    world.connect()
    (code,) = world.codes(1)
    assert world.admit(code).code == 0
    assert world.admit(code).line["valid_at"] == []
    some = next(row for row in world.run("lists").lines if row["products"] != "all" and len(row["products"]) == 1)
    with world.database("mirror.db") as mirror:
        other = next(row[0] for row in mirror.execute("SELECT secret FROM attendee WHERE standing = 2 AND NOT canceled"
                                                      " AND NOT blocked AND secret IS NOT NULL")
                     if world.run("--offline", "admit", row[0], "--list", str(some["list"])).lines[0]["reason"] == "product")
    line = world.run("admit", other, "--list", str(some["list"])).line
    assert line["reason"] == "product" and world.list in [row["list"] for row in line["valid_at"]], line
    assert some["list"] not in [row["list"] for row in line["valid_at"]], line


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
