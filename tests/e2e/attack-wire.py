#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a service must not say: every kind of spoilt answer, and what foyerctl makes of it.

usage: attack-wire.py FOYERCTL FOYER-SANDBOX [TEST...]
"""
import json
import sys

from wire import Wire
from world import run_tests

PEOPLE = 120


def spoil(part, change):
    """The first answer to an address that holds `part`, as `change` makes it."""
    state = {"left": 1}

    def apply(method, path, status, headers, body):
        if part not in path or method != "GET" or not state["left"]:
            return status, headers, body
        state["left"] = 0
        return change(status, headers, body)
    return apply


def raw(change, part="/orders/?"):
    return spoil(part, lambda status, headers, body: (status, headers, change(body)))


def edit(change, part="/orders/?"):
    def apply(body):
        data = json.loads(body)
        change(data)
        return json.dumps(data).encode()
    return raw(apply, part)


def ticket(data):
    return data["results"][0]["positions"][0]


# What heals by itself: the answer is asked for again.
AGAIN = {
    "html": raw(lambda body: b"<html>Welcome to the hotel</html>"),
    "half": spoil("/orders/?", lambda status, headers, body: (status, headers, body[:len(body) // 2], len(body))),
    "half, and said so": raw(lambda body: body[:len(body) // 2]),
    "nested": raw(lambda body: b"[" * 100000 + b"]" * 100000),
    "nested inside": raw(lambda body: body.replace(b'"results":', b'"x":' + b'{"a":' * 99999 + b"1" + b"}" * 99999
                                                   + b',"results":', 1)),
    "no UTF-8": raw(lambda body: body.replace(b'"positions"', b'"x":"\xff\xfe","positions"', 1)),
    "items": raw(lambda body: b"<html>", "/items/"),
}

# One bad record in a good page: set aside, the others are there.
ASIDE = {
    "rubbish": edit(lambda data: data["results"].__setitem__(0, "rubbish")),
    "wrong type": edit(lambda data: data["results"][0].update(positions="x")),
    "no number": edit(lambda data: ticket(data).update(id="abc")),
    "2^63": edit(lambda data: ticket(data).update(id=2 ** 63)),
    "NUL": edit(lambda data: ticket(data).update(attendee_name="a\0b")),
    "half a letter": raw(lambda body: body.replace(b'"positions"', b'"x":"\\ud800","positions"', 1)),
    "twice": raw(lambda body: body.replace(b'"positions"', b'"code":"ZZZZZ","positions"', 1)),
}

# Unusual, and right.
FINE = {
    "no name": edit(lambda data: ticket(data).update(attendee_name=None, attendee_name_parts=None)),
    "no secret": edit(lambda data: ticket(data).update(secret=None)),
    "long secret": edit(lambda data: ticket(data).update(secret="'\"" + "x" * 4096)),
}

# Not to be believed: said so, and nothing of it is kept.
REFUSED = {
    "other host": (8, "PROTOCOL", edit(lambda data: data.update(next="http://127.0.0.2:9/page?page=2"))),
    "a file": (8, "PROTOCOL", edit(lambda data: data.update(next="file:///etc/passwd"))),
    "no list": (8, "PROTOCOL", edit(lambda data: data.update(results={"a": 1}))),
    "a number": (8, "PROTOCOL", raw(lambda body: b"42")),
    "endless": (8, "PROTOCOL", raw(lambda body: b'{"results":["' + b"x" * 70_000_000 + b'"]}')),
    "redirect": (8, "PROTOCOL", spoil("/orders/?", lambda status, headers, body:
                                      (302, headers + [("Location", "http://127.0.0.2:9/")], b""))),
    "shut out": (3, "UNAUTHORIZED", spoil("/orders/?", lambda status, headers, body:
                                          (401, headers, b'{"detail":"Invalid token."}'))),
}


def connect(world, name):
    world.wire = Wire(world.sandbox.facts["url"])
    facts = world.sandbox.facts
    ran = world.run("--workspace", name, "connect", "pretix", world.wire.url, "--organizer", facts["organizer"],
                    "--event", facts["event"])
    assert ran.code == 0, ran.err


def sync(world, name, what, *args):
    world.wire.spoil = what
    ran = world.run("--workspace", name, "sync", *args)
    world.wire.spoil = None
    return ran


def heals(world, name):
    line = world.run("--workspace", name, "sync", "--full").line
    assert line["complete"] and line["attendees"] == PEOPLE and line["rejected"] == 0, line


def test_again(world):
    connect(world, "w")
    for kind, what in AGAIN.items():
        ran = sync(world, "w", what)
        assert ran.code == 0 and ran.line["attendees"] == PEOPLE and ran.line["complete"], (kind, ran.code, ran.err)


def test_set_aside(world):
    for number, (kind, what) in enumerate(ASIDE.items()):
        connect(world, f"w{number}")
        ran = sync(world, f"w{number}", what)
        assert ran.code == 0 and ran.line["rejected"] == 1, (kind, ran.code, ran.err)
        assert 0 < ran.line["attendees"] < PEOPLE and "1 record could" in ran.err, (kind, ran.line, ran.err)
        heals(world, f"w{number}")


def test_kept(world):
    """What was good stays, though its record is spoilt today: an entrance, above all."""
    connect(world, "w")
    heals(world, "w")
    for part in ("/checkinlists/", "/items/", "/orders/?"):
        ran = sync(world, "w", edit(lambda data: data["results"].__setitem__(0, "rubbish"), part), "--full")
        assert ran.code == 0 and ran.line["rejected"] == 1, (part, ran.line)
        assert (ran.line["lists"], ran.line["products"], ran.line["attendees"]) == (3, 7, PEOPLE), (part, ran.line)


def test_fine(world):
    for number, (kind, what) in enumerate(FINE.items()):
        connect(world, f"w{number}")
        ran = sync(world, f"w{number}", what)
        assert ran.code == 0 and ran.line["attendees"] == PEOPLE and ran.line["rejected"] == 0, (kind, ran.code, ran.err)


def test_refused(world):
    connect(world, "w")
    heals(world, "w")
    for kind, (code, word, what) in REFUSED.items():
        ran = sync(world, "w", what)
        assert ran.code == code and ran.error["error"] == word, (kind, ran.code, ran.err)
        assert ran.error["message"] and ran.error["hint"], (kind, ran.error)
        assert not [path for _, path, headers in world.wire.asked if "127.0.0.2" in path], kind
        assert len(world.run("--workspace", "w", "--offline", "find", "a").lines) > 0
    heals(world, "w")


def test_spoilt_verdicts(world):
    """The service's word on an admission cannot be read: it is looked up, not guessed, and not lost."""
    world.connect()
    codes = world.codes(4)
    wire = Wire(world.sandbox.facts["url"])
    facts = world.sandbox.facts
    ran = world.run("connect", "pretix", wire.url, "--organizer", facts["organizer"], "--event", facts["event"])
    assert ran.code == 0, ran.err
    bodies = [b"[]", b'{"status": 7}', b"[" * 100000, b"<html>"]
    for code, body in zip(codes, bodies):
        wire.spoil = lambda method, path, status, headers, text, body=body: (
            (status, headers, body) if "redeem" in path else (status, headers, text))
        ran = world.admit(code)
        assert ran.code == 0 and ran.line["verdict_by"] == "desk" and ran.line["command"], (body[:9], ran.lines)
        wire.spoil = None
        ran = world.run("push")
        assert ran.code == 0 and ran.line["waiting"] == 0 and ran.line["needs_you"] == 0, (body[:9], ran.line)
        assert len(world.sandbox.entries(code)) == 1, body[:9]
    wire.spoil = lambda method, path, status, headers, text: (
        (400, headers, b'{"lists": ["Invalid"]}') if "redeem" in path else (status, headers, text))
    (code,) = world.codes(1)
    assert world.admit(code, "--offline").code == 0
    ran = world.run("push")
    assert ran.code == 7 and ran.line["needs_you"] == 1, ran.line
    assert world.run("inbox").line["explanation"], ran.lines


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
