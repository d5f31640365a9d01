#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at any instant, over a bad network: what was recorded is carried out, each once, and nothing is forgotten.

usage: kill.py FOYERCTL FOYER-SANDBOX [SECONDS [SEED]]

Codes come in, are taken back, and what waits is pushed while requests and answers are lost, and the process is killed, over and over.
In the end the service's own log is held against the journal, row by row.
"""
import json
import os
import random
import sys
import threading
import time
import urllib.error
from collections import Counter

from world import World

SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 24
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else int.from_bytes(os.urandom(4), "big")

FAULTS = [
    "",
    "redeem:latency=5..150ms",
    "redeem:drop-before=0.4",
    "redeem:drop-after=0.4",
    "failed_checkins:drop-after=0.4,failed_checkins:drop-before=0.3,annul:drop-after=0.4,annul:drop-before=0.3",
    "redeem:status=429:0.4,redeem:drop-after=0.2",
    "redeem:status=503:0.3,redeem:status=500:0.2",
    "redeem:truncate=0.5",
    "redeem:html=0.3,redeem:malformed=0.2",
    "redeem:latency=20..60ms,redeem:drop-after=0.3,redeem:drop-before=0.2,checkins:drop-before=0.3",
    "redeem:slow=0.3,checkins:truncate=0.4",
    "drop-after=0.3,latency=1..30ms",
]


def pool(world):
    """Codes of every kind, the good ones by far the most."""
    with world.database("mirror.db") as mirror:
        return [row[0] for row in mirror.execute("SELECT secret FROM attendee WHERE secret IS NOT NULL ORDER BY row")]


def read_all(child, told):
    for line in child.stdout:
        try:
            told.append(json.loads(line))
        except ValueError:
            pass  # the line it died in


def scan(world, codes, told, *options):
    child = world.spawn(*options, "admit", "-", "--list", str(world.list))
    reader = threading.Thread(target=read_all, args=(child, told))
    reader.start()
    try:
        child.stdin.write("\n".join(codes) + "\n")
        child.stdin.flush()
    except BrokenPipeError:
        pass
    return child, reader


def kill(child, reader=None):
    code = child.poll()
    child.kill()
    child.wait()
    if reader is not None:
        reader.join()
    stderr = child.stderr.read()
    for stream in (child.stdin, child.stdout, child.stderr):
        try:
            stream.close()
        except BrokenPipeError:
            pass
    assert code is None or code >= 0, f"died by itself, of signal {-code}: {stderr}"
    assert "CRITICAL" not in stderr and "Sanitizer" not in stderr, stderr


def undo(world, told, chance, *options):
    """The last, or one that was told."""
    known = [line["command"] for line in told if line.get("result") == "admitted" and line["command"]]
    return world.spawn(*options, "undo", *([chance.choice(known)] if known and chance.random() < 0.5 else []))


def another_desk(world, code):
    try:
        world.sandbox.ask("/sandbox/check-in", {"secret": code, "list": world.list})
    except urllib.error.HTTPError:
        pass  # not a ticket that comes in


def check_line(world):
    status = world.status("--offline")
    assert status["recorded"] == status["sent"] + status["waiting"] + status["needs_you"], status
    return status


def compare(world, told, seeded):
    """The service's log against the journal."""
    commands = {row["command"]: row for row in world.run("--offline", "journal").lines}
    with world.database("journal.db") as journal:
        keys = dict(journal.execute("SELECT key, id FROM command"))
        undone = Counter(json.loads(row[0])["undoes"] for row in journal.execute(
            "SELECT arguments FROM command WHERE kind = 'undo' AND state = 'done'"))
    log = world.sandbox.ask("/sandbox/checkins")
    log = log["results"] if isinstance(log, dict) else log
    # The other desk gives no nonce.
    ours = [row for row in log if row["id"] not in seeded and row["successful"] and row["nonce"]]
    entries = Counter(keys.get(row["nonce"]) for row in ours)
    assert None not in entries, [row for row in ours if row["nonce"] not in keys]
    assert not [command for command, n in entries.items() if n != 1], entries.most_common(5)
    # Each refusal of the desk's is there once, and only those that are in the journal.
    refusals = Counter(keys.get(row["nonce"]) for row in log if row["id"] not in seeded and not row["successful"]
                       and commands.get(keys.get(row["nonce"]), {}).get("kind") == "refusal")
    assert set(refusals) == {name for name, command in commands.items() if command["kind"] == "refusal"}, len(refusals)
    assert not refusals or max(refusals.values()) == 1, refusals.most_common(5)
    places = Counter((row["position"], row["list"]) for row in log if row["successful"])
    assert max(places.values()) == 1, places.most_common(5)
    inbox = {case["command"]: case for case in world.run("--offline", "inbox").lines}
    assert not [command for command, n in undone.items() if n != 1], undone.most_common(5)
    for name, command in commands.items():
        state = command["state"]
        assert state in ("done", "needs_you", "settled", "withdrawn"), command
        stands = state == "done" and command["kind"] == "check_in" and name not in undone
        assert stands == (entries[name] == 1), (command, entries[name], name in undone)
        assert (state == "needs_you") == (name in inbox), command
        assert state in ("done", "withdrawn") or command["result"] or command["problem"], command
    lost = [line for line in told if line["result"] == "admitted" and line["command"] not in commands]
    assert not lost, f"admitted, and not in the journal: {lost}"
    closed = {name for name, command in commands.items() if command["state"] == "settled" and not command["note"]}
    wrong = [line for line in told if line["result"] == "admitted" and line["command"] in closed]
    assert not wrong, f"admitted, refused by the service, and nobody is told: {wrong}"
    assert all(case["reason"] and case["ours"] for case in inbox.values()), inbox
    return len(commands), len(entries), len(inbox)


def play(world):
    chance = random.Random(SEED)
    world.connect()
    seeded = {row["id"] for row in world.sandbox.ask("/sandbox/checkins")}
    codes, told = pool(world), []
    chance.shuffle(codes)
    until = time.monotonic() + SECONDS
    kills = Counter()
    while time.monotonic() < until:
        world.sandbox.faults(chance.choice(FAULTS))
        kind = chance.choice(["admit", "admit", "admit offline", "push", "both", "undo", "undo offline"])
        batch = [codes[chance.randrange(len(codes))] for _ in range(chance.randint(5, 60))]
        options = ["--offline"] if kind == "admit offline" else []
        children = []
        if kind in ("admit", "admit offline", "both"):
            children.append(scan(world, batch, told, *options))
        if kind in ("push", "both"):
            children.append((world.spawn("push", "--wait", "20"), None))
        if kind.startswith("undo"):
            children += [(undo(world, told, chance, *(["--offline"] if kind == "undo offline" else [])), None)
                         for _ in range(chance.randint(1, 3))]
        for code in chance.sample(batch, 2):
            another_desk(world, code)
        time.sleep(chance.choice([chance.uniform(0, 0.12), chance.uniform(0, 0.9)]))
        for child in children:
            kill(*child)
            kills[kind] += 1
        if chance.random() < 0.15:
            check_line(world)
    world.sandbox.faults("")
    check_line(world)
    deadline = time.monotonic() + 60
    while True:
        ran = world.run("push", "--wait", "20")
        if ran.line["waiting"] == 0:
            break
        assert time.monotonic() < deadline, (ran.code, ran.line, ran.err)
    recorded, entered, inbox = compare(world, told, seeded)
    status = check_line(world)
    assert status["recorded"] == recorded and status["waiting"] == 0, status
    assert world.run("audit", "--verify").line["intact"]
    print(f"# {sum(kills.values())} kills ({dict(kills)}), {recorded} recorded, {entered} at the service,"
          f" {inbox} in the inbox, {len(told)} told")
    assert recorded > 0 and entered > 0


def main():
    print(f"1..1\n# seed {SEED}, {SECONDS:g} seconds", flush=True)
    world = World(attendees=1500)
    world.list = None
    try:
        play(world)
        print("ok 1 killed", flush=True)
    except BaseException:
        print(f"not ok 1 killed (seed {SEED})", flush=True)
        if os.environ.get("KEEP"):
            print("# kept in", world.folder)
            world.sandbox.stop()
            os._exit(1)
        raise
    finally:
        world.end()


if __name__ == "__main__":
    main()
