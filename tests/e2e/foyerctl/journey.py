#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door's journey on the command line: foyerctl against foyer-sandbox, over loopback, with the real store.

usage: journey.py FOYERCTL FOYER-SANDBOX
"""
import json
import os
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from world import FOYERCTL, PATIENCE, free_port, run_tests  # noqa: E402


def keep_keys(world):
    """From here on there is a session bus with an unlocked keyring."""
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True,
                           stderr=subprocess.DEVNULL, env={**world.env, "DBUS_SESSION_BUS_ADDRESS": ""})
    world.children.append(bus)
    world.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], env=world.env,
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    world.children.append(keyring)
    keyring.stdin.write(b"password")
    keyring.stdin.close()
    end = time.monotonic() + PATIENCE
    while subprocess.run(["secret-tool", "search", "none", "none"], env=world.env, capture_output=True, check=False,
                         timeout=PATIENCE).stderr:
        assert time.monotonic() < end, "the keyring did not come"
        time.sleep(0.05)


def test_connect_errors(world):
    facts = world.sandbox.facts
    where = ("connect", "pretix", facts["url"], "--organizer", facts["organizer"], "--event", facts["event"])
    ran = world.run(*where, env={"FOYER_TOKEN": "x" * 64})
    assert ran.code == 3 and ran.error["error"] == "UNAUTHORIZED" and not ran.lines, (ran.code, ran.err)
    ran = world.run(*where[:-1], "no-such-event")
    assert ran.code == 3 and ran.error["error"] in ("FORBIDDEN", "NOT_FOUND"), (ran.code, ran.err)
    ran = world.run("connect", "pretix", f"http://127.0.0.1:{free_port()}", "--organizer", "o", "--event", "e")
    assert ran.code == 4 and ran.error["error"] == "OFFLINE", (ran.code, ran.err)
    ran = world.run("connect", "pretix", facts["url"], "--organizer", "o", "--event", "e", env={"FOYER_TOKEN": ""})
    assert ran.code == 2, (ran.code, ran.err)
    assert world.run("connections").lines == []
    ran = world.run("sync")
    assert ran.code == 3 and ran.error["error"] == "NOT_FOUND", (ran.code, ran.err)


def test_device(world):
    """A device's one-time token: not spent where its key could not be kept; enrolled, and given back at the end."""
    facts = world.sandbox.facts
    ran = world.run("connect", "pretix", facts["url"], "--device", facts["device_init"], "--name", "door")
    assert ran.code == 6 and ran.error["error"] == "KEYRING" and "works once" in ran.error["hint"], (ran.code, ran.err)
    keep_keys(world)
    ran = world.run("connect", "pretix", facts["url"], "--device", facts["device_init"], "--name", "door")
    assert ran.code == 0 and ran.line["stored"] == "keyring" and ran.line["desk"], (ran.code, ran.err)
    assert ran.line["event"] == facts["event"], ran.line
    ran = world.run("connect", "pretix", facts["url"], "--device", facts["device_init"], "--name", "again")
    assert ran.code == 3 and ran.error["error"] == "INVALID", (ran.code, ran.err)
    assert [row["connection"] for row in world.run("connections").lines] == ["door"]
    assert world.run("disconnect", "door").code == 0
    assert world.run("connections").lines == []


def test_setup(world):
    """One laptop makes the code, another becomes a desk by it, once."""
    world.connect()
    keep_keys(world)
    facts = world.sandbox.facts
    other = ("--workspace", "other")
    made = world.run("setup", "Desk 2", "--list", str(world.list), "--gate", "North")
    assert made.code == 0 and made.line["lists"] == [world.list] and made.line["gate"] == "North", (made.code, made.err)
    code = made.line["code"]
    assert code.isalnum() and code == code.upper(), code
    assert facts["token"] not in code

    ran = world.run(*other, "connect", "pretix", "--setup", code[:-1])
    assert ran.code == 3 and ran.error["error"] == "INVALID" and "not complete" in ran.error["message"], (ran.code, ran.err)
    ran = world.run(*other, "connect", "pretix", "--setup", code, "--event", "x")
    assert ran.code == 2, (ran.code, ran.err)
    ran = world.run(*other, "connect", "pretix", facts["url"], "--setup", code)
    assert ran.code == 2, (ran.code, ran.err)

    # As a US scanner at a German layout, with Caps Lock on, into a pipe.
    swapped = code.translate(str.maketrans("YZ", "ZY")).lower()
    ran = world.run(*other, "connect", "pretix", "--setup", "-", stdin=swapped + "\n")
    assert ran.code == 0, (ran.code, ran.err)
    line = ran.line
    assert (line["desk"], line["event"], line["gate"], line["lists"]) == ("Desk 2", facts["event"], "North", [world.list]), line
    assert line["permissions"]["check_in"] and line["permissions"]["read_orders"], line
    assert code not in ran.err and swapped not in ran.err, ran.err

    ran = world.run("--workspace", "third", "connect", "pretix", "--setup", code)
    assert ran.code == 3 and ran.error["error"] == "INVALID" and "once" in ran.error["hint"], (ran.code, ran.err)

    # Whose key may make no devices brings a token along.
    ran = world.run("setup", "Desk 3", env={"FOYER_TOKEN": facts["token_door"]})
    assert ran.code == 3 and ran.error["error"] == "FORBIDDEN", (ran.code, ran.err)
    made = world.run("setup", "Desk 3", "--given", env={"FOYER_TOKEN": facts["device_init"]})
    assert made.code == 0, (made.code, made.err)
    ran = world.run("--workspace", "third", "connect", "pretix", "--setup", made.line["code"])
    assert ran.code == 0, (ran.code, ran.err)
    for wrong in (("setup",), ("setup", "D", "--list", "x"), ("setup", "D", "--good-for", "0")):
        assert world.run(*wrong).code == 2, wrong


def test_disconnect_while_something_waits(world):
    """What waits is not lost: not without --force, and not with it either."""
    world.connect()
    secret, = world.codes(1)
    name = world.run("connections").lines[0]["connection"]
    assert world.admit(secret, "--offline").code == 0
    ran = world.run("--offline", "disconnect", name)
    assert ran.code == 7 and ran.error["error"] == "CONFLICT" and "1 admission" in ran.error["message"], (ran.code, ran.err)
    assert [row["connection"] for row in world.run("connections").lines] == [name]
    ran = world.run("--offline", "disconnect", name, "--force")
    assert ran.code == 0 and ran.line == {"disconnected": name}, (ran.code, ran.err)
    assert world.run("connections").lines == [] and world.status("--offline")["waiting"] == 1
    world.connect()
    assert world.run("push", "--wait", "20").line == {"sent": 1, "waiting": 0, "needs_you": 0}
    assert len(world.sandbox.entries(secret)) == 1


def test_usage(world):
    for args in ([], ["dance"], ["admit"], ["admit", "x"], ["journal", "--state", "sleepy"], ["--at", "noon", "status"],
                 ["inbox", "settle"], ["admit", "x", "--list", "front"]):
        ran = world.run(*args)
        assert ran.code == 2 and ran.error["error"] == "USAGE", (args, ran.code, ran.err)
    ran = world.run("--workspace", "../elsewhere", "status")
    assert ran.code == 3 and ran.error["error"] == "INVALID", (ran.code, ran.err)
    for args in (["--help"], ["--version"], ["sandbox", "--help"]):
        done = subprocess.run([FOYERCTL, *args], env=world.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and done.stdout, args
    for command in ("connect", "connections", "disconnect", "sync", "lists", "find", "admit", "exit", "undo", "push", "status", "inbox",
                    "inbox settle", "journal", "audit", "export"):
        done = subprocess.run([FOYERCTL, *command.split(), "--help"], env=world.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and f"  foyerctl {command}" in done.stdout and not done.stderr, (command, done)


def test_sync_and_read(world):
    world.connect(sync=False)
    first = world.run("sync").line
    assert first["complete"] and first["attendees"] == 120 and first["orders"] > 0 and first["lists"] == 3, first
    again = world.run("sync").line
    assert again["complete"] and again["attendees"] == first["attendees"] and again["requests"] <= first["requests"]
    full = world.run("sync", "--full").line
    assert (full["orders"], full["attendees"]) == (first["orders"], first["attendees"])
    lists = world.run("lists").lines
    assert {row["list"] for row in lists} and all(row["inside"] <= row["admitted"] for row in lists)
    people = world.run("find", "a", "--limit", "5").lines
    assert 0 < len(people) <= 5
    assert {"attendee", "order", "position", "name", "email", "product", "order_status", "admitted_at"} <= set(people[0])
    by_order = world.run("find", people[0]["order"]).lines
    assert by_order and all(row["order"] == people[0]["order"] for row in by_order)
    folder = os.path.join(world.folder, "data/foyer/default")
    assert os.stat(folder).st_mode & 0o777 == 0o700
    assert all(os.stat(os.path.join(folder, name)).st_mode & 0o777 == 0o600 for name in ("journal.db", "mirror.db"))
    assert world.run("audit", "--verify").line["intact"]


def test_admit_online(world):
    world.connect()
    secret, other = world.codes(2)
    ran = world.admit(secret)
    line = ran.line
    assert ran.code == 0 and line["result"] == "admitted" and line["verdict_by"] == "service", (ran.code, line)
    assert line["command"] and line["attendee"]["name"] is not None and not line["unsure"] and line["list"] == world.list
    assert len(world.sandbox.entries(secret)) == 1
    ran = world.admit(secret)
    assert ran.code == 5 and ran.line["reason"] == "already_redeemed" and ran.line["command"] is None, ran.line
    ran = world.admit("no-such-code")
    assert ran.code == 5 and ran.line["reason"] == "invalid" and ran.line["verdict_by"] == "service", ran.line
    ran = world.run("admit", "--attendee", str(world.run("find", other).line["attendee"]), "--list", str(world.list))
    assert ran.code == 0 and len(world.sandbox.entries(other)) == 1, (ran.code, ran.err)
    status = world.status()
    # Two were let in, and the service was told of two that were not.
    assert (status["recorded"], status["sent"], status["online"]) == (4, 4, True), status
    ran = world.run("exit", secret, "--list", str(world.list))
    assert ran.code == 0 and len(world.sandbox.entries(secret)) == 2, (ran.code, ran.err)
    ran = world.admit(secret)
    assert ran.code == 0 and ran.line["result"] == "admitted", ran.line


def test_another_desk(world):
    """The copy is old: the service is asked, and its word is the verdict; nothing goes to the inbox."""
    world.connect()
    (secret,) = world.codes(1)
    world.sandbox.ask("/sandbox/check-in", {"secret": secret, "list": world.list})
    ran = world.admit(secret)
    assert ran.code == 5 and ran.line["reason"] == "already_redeemed" and ran.line["verdict_by"] == "service", ran.line
    assert world.status()["needs_you"] == 0
    assert len(world.sandbox.entries(secret)) == 1


def test_during_first_sync(world):
    """The first correct verdict does not wait for the copy: what it does not have yet, the service is asked."""
    world.connect()
    (secret,) = world.codes(1)
    shutil.rmtree(os.path.join(world.folder, "data"))
    world.connect(sync=False)
    world.sandbox.faults("GET /orders/:latency=5s")
    sync = world.spawn("sync")
    until = time.monotonic() + PATIENCE
    while not world.run("lists").lines and time.monotonic() < until:
        pass
    ran = world.admit(secret)
    assert ran.code == 0 and ran.line["verdict_by"] == "service" and ran.line["attendee"]["name"], (ran.code, ran.lines)
    assert sync.poll() is None
    again = world.admit(secret)
    assert again.code == 5 and again.line["reason"] == "already_redeemed", again.lines
    world.sandbox.faults("")
    assert len(world.sandbox.entries(secret)) == 1


def test_offline_and_back(world):
    world.connect()
    secrets = world.codes(5)
    world.sandbox.stop()
    for secret in secrets:
        ran = world.admit(secret)
        assert ran.code == 0 and ran.line["result"] == "admitted" and ran.line["verdict_by"] == "desk", ran.line
    ran = world.admit(secrets[0])
    assert ran.code == 5 and ran.line["reason"] == "already_redeemed", ran.line
    ran = world.admit("no-such-code")
    assert ran.code == 5 and ran.line["verdict_by"] == "desk", ran.line
    status = world.status()
    # Five admissions and a refusal; what the desk did not know it did not refuse.
    assert (status["recorded"], status["waiting"], status["online"]) == (6, 6, False), status
    ran = world.run("push", "--wait", "1")
    assert ran.code == 4 and ran.line["waiting"] == 6, ran.line
    world.sandbox.start()
    ran = world.run("push")
    assert ran.code == 0 and ran.line == {"sent": 6, "waiting": 0, "needs_you": 0}, ran.line
    for secret in secrets:
        assert len(world.sandbox.entries(secret)) == 1
    assert world.status()["online"]
    assert world.run("audit", "--verify").line["intact"]


def test_told_offline(world):
    world.connect()
    secret, future = world.codes(2)
    ran = world.admit(secret, "--offline")
    assert ran.code == 0 and ran.line["verdict_by"] == "desk" and ran.line["unsure"], ran.line
    assert world.sandbox.entries(secret) == []
    ran = world.admit(future, "--offline", "--at", "2099-01-01T10:00:00+01:00")
    assert ran.line["at"].startswith("2099-01-01T"), ran.line
    line = world.run("--offline", "push").line
    assert line["waiting"] == 2, line
    # What is dated ahead needs a person, and does not leave; the other goes.
    ran = world.run("push")
    assert ran.code == 7 and ran.line == {"sent": 1, "waiting": 0, "needs_you": 1}, ran.line
    case = world.run("inbox").line
    assert case["kind"] == "clock" and world.sandbox.entries(future) == [], case
    ran = world.run("inbox", "settle", case["id"], "--as", "keep", "--note", "the laptop dreamt")
    assert ran.code == 0 and ran.line["state"] == "done", ran.line
    (entry,) = world.sandbox.entries(future)
    assert not entry["datetime"].startswith("2099"), entry


def test_conflicts(world):
    world.connect()
    accepted, kept = world.codes(2)
    for secret in (accepted, kept):
        assert world.admit(secret, "--offline").code == 0
        world.sandbox.ask("/sandbox/check-in", {"secret": secret, "list": world.list})
    ran = world.run("push")
    assert ran.code == 7 and ran.line["needs_you"] == 2, ran.line
    cases = world.run("inbox").lines
    assert [case["kind"] for case in cases] == ["conflict", "conflict"], cases
    assert all(case["reason"] == "already_redeemed" and case["theirs"]["datetime"] and case["ours"]["datetime"]
               and case["choices"] == ["keep", "accept"] for case in cases), cases
    ran = world.run("--actor", "Eve", "inbox", "settle", cases[0]["id"], "--as", "accept", "--note", "theirs counts")
    assert ran.code == 0 and ran.line["state"] == "settled" and "theirs counts" in ran.line["note"], ran.line
    ran = world.run("inbox", "settle", cases[0]["id"], "--as", "keep", "--note", "no, ours")
    assert ran.code == 7 and ran.error["error"] == "CONFLICT", (ran.code, ran.err)
    ran = world.run("inbox", "settle", cases[1]["id"], "--as", "keep", "--note", "she is inside")
    assert ran.code == 0 and ran.line["state"] == "done", ran.line
    assert len(world.sandbox.entries(accepted)) == 1 and len(world.sandbox.entries(kept)) == 2
    status = world.status()
    assert (status["sent"], status["needs_you"]) == (2, 0), status
    assert world.run("inbox").lines == []


def test_lost_answers(world):
    """Requests and answers are lost at random: each admission is there once, in the end."""
    world.connect()
    secrets = world.codes(12)
    for secret in secrets:
        assert world.admit(secret, "--offline").code == 0
    world.sandbox.faults("redeem:drop-after=0.4,redeem:drop-before=0.2,redeem:status=503:0.2")
    for _ in range(6):
        if world.run("push", "--wait", "10").line["waiting"] == 0:
            break
    world.sandbox.faults("")
    ran = world.run("push")
    assert ran.code == 0 and ran.line["sent"] == 12, ran.line
    assert [len(world.sandbox.entries(secret)) for secret in secrets] == [1] * 12


def test_killed(world):
    """kill -9 while codes come in and answers are slow: what was recorded is carried out, once."""
    world.connect()
    secrets = world.codes(16)
    world.sandbox.faults("redeem:latency=20..120ms")
    for begin in range(0, 16, 4):
        child = world.spawn("admit", "-", "--list", str(world.list))
        told = []
        reader = threading.Thread(target=lambda c=child, t=told: t.extend(c.stdout))
        reader.start()
        child.stdin.write("\n".join(secrets[begin:begin + 4]) + "\n")
        child.stdin.flush()
        time.sleep(0.08 + 0.06 * begin / 4)
        child.kill()
        child.wait()
        reader.join()
    world.sandbox.faults("")
    ran = world.run("push")
    assert ran.line["waiting"] == 0 and ran.line["needs_you"] == 0, ran.line
    recorded = world.status()["recorded"]
    counts = [len(world.sandbox.entries(secret)) for secret in secrets]
    assert max(counts) == 1 and sum(counts) == recorded, (counts, recorded)
    assert world.run("audit", "--verify").line["intact"]


def test_two_processes(world):
    """One carries out, the other only adds: both hear the service."""
    world.connect()
    mine, theirs = world.codes(2)
    sender = world.spawn("admit", "-", "--list", str(world.list))
    sender.stdin.write(mine + "\n")
    sender.stdin.flush()
    first = json.loads(sender.stdout.readline())
    assert first["result"] == "admitted" and first["verdict_by"] == "service", first
    ran = world.admit(theirs)
    assert ran.code == 0 and ran.line["result"] == "admitted", ran.line
    ran = world.run("push")
    assert ran.code == 0 and ran.line == {"sent": 2, "waiting": 0, "needs_you": 0}, ran.line
    assert len(world.sandbox.entries(theirs)) == 1 and len(world.sandbox.entries(mine)) == 1
    ran = world.admit(mine)
    assert ran.code == 5, ran.line
    sender.stdin.close()
    sender.wait(timeout=PATIENCE)
    # The lock is free again.
    assert world.run("push").code == 0


def test_journal_and_audit(world):
    world.connect()
    secret, other = world.codes(2)
    world.admit(secret)
    world.admit(other, "--offline", "--actor", "Eve")
    rows = world.run("journal").lines
    assert [row["state"] for row in rows] == ["done", "pending"], rows
    assert rows[1]["actor"] == "Eve" and rows[0]["attempts"] == 1 and rows[0]["kind"] == "check_in"
    assert {"command", "kind", "target", "created", "actor", "state", "attempts", "result"} <= set(rows[0])
    assert len(world.run("journal", "--state", "pending").lines) == 1
    assert world.run("journal", "--kind", "exit").lines == []
    assert world.run("journal", "--since", "2099-01-01T00:00:00Z").lines == []
    calls = world.run("audit").lines
    redeem = [call for call in calls if call["route"].endswith("/redeem/")]
    assert redeem and all({"at", "service", "method", "route", "status", "ms", "request_id"} <= set(c) for c in calls)
    assert len({call["request_id"] for call in calls}) == len(calls)
    text = json.dumps(calls)
    assert secret not in text and world.sandbox.facts["token"] not in text
    with world.database("journal.db") as journal:
        tables = [row[0] for row in journal.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = next(name for name in tables if name in ("audit", "call", "calls"))
        journal.execute(f"UPDATE {table} SET status = 418 WHERE rowid = (SELECT max(rowid) FROM {table})")
        journal.commit()
    ran = world.run("audit", "--verify")
    assert ran.code == 5 and not ran.line["intact"] and ran.line["first_bad"], ran.line


def test_mirror_is_disposable(world):
    world.connect()
    (secret,) = world.codes(1)
    assert world.admit(secret).code == 0
    for name in ("mirror.db", "mirror.db-wal", "mirror.db-shm"):
        path = os.path.join(world.folder, "data/foyer/default", name)
        if os.path.exists(path):
            os.unlink(path)
    assert world.status()["recorded"] == 1
    assert world.run("sync").line["complete"]
    ran = world.admit(secret)
    assert ran.code == 5 and ran.line["reason"] == "already_redeemed", ran.line


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
