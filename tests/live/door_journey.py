#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One whole door journey with foyerctl against the real pretix that the script beside this one starts.

usage: door_journey.py FOYERCTL device|token [FOYER-SANDBOX]

With FOYER-SANDBOX that is asked instead, and has to say the same as the real one.
Two desks of one organiser, north and south, each with a line of its own that can be pulled. `device`: each desk is a
device, its key in a real keyring. `token`: both use a team's token, which no keyring holds. The stages build on each other;
what happened is always asked of the server, past Foyer.
"""
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from datetime import datetime, timedelta, timezone

sys.dont_write_bytecode = True

from far_end import Line, Pretix, instant  # noqa: E402

PATIENCE = 120
WANTED = ("PRETIX_URL", "PRETIX_ORGANIZER", "PRETIX_EVENT", "PRETIX_TOKEN", "PRETIX_TOKEN_READ", "PRETIX_LIST_MAIN")
# A verdict by the service is waited for, however busy this computer is.
ASKED = ("--deadline", str(PATIENCE * 1000))


class Ran:
    def __init__(self, code, out, err):
        self.code, self.err = code, err
        self.lines = [json.loads(line) for line in out.splitlines()]

    @property
    def line(self):
        assert len(self.lines) == 1, f"{len(self.lines)} lines, exit code {self.code}; stderr: {self.err}"
        return self.lines[0]

    @property
    def error(self):
        return json.loads(self.err.strip().splitlines()[-1])


class Keyring:
    """A gnome-keyring-daemon on a bus of its own, unlocked."""

    def __init__(self, env, folder):
        self.processes = []
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], env=env, text=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.processes.append(self.bus)
        env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", "--control-directory", folder],
            env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.processes.append(daemon)
        daemon.stdin.write("pw")
        daemon.stdin.close()
        # it says where its control socket is once it is on the bus
        select.select([daemon.stdout], [], [], PATIENCE)

    def end(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()


class Desk:
    """A workspace of its own, and what foyerctl says in it."""

    def __init__(self, journey, name):
        self.journey, self.name = journey, name
        self.line = Line(journey.pretix.url)
        self.token = None  # lent to each run
        self.device_id = 0

    def command(self, *args):
        return [sys.argv[1], "--json", "--workspace", self.name, *args]

    def env(self, **more):
        return {**self.journey.env, **({"FOYER_TOKEN": self.token} if self.token else {}), **more}

    def run(self, *args, **env):
        done = subprocess.run(self.command(*args), env=self.env(**env), text=True, capture_output=True, timeout=PATIENCE,
                              stdin=subprocess.DEVNULL, check=False)
        assert done.returncode >= 0, f"{args} died of signal {-done.returncode}: {done.stderr}"
        return Ran(done.returncode, done.stdout, done.stderr)

    def connect(self, *how, url=None, name="door", **env):
        return self.run("connect", "pretix", url or self.line.url, "--name", name, *how, **env)

    def admit(self, ticket, *args, at=None):
        secret = ticket if isinstance(ticket, str) else ticket.secret
        return self.run("admit", secret, "--list", str(at or self.journey.pretix.door), *args)

    def offline(self, ticket, *args, at=None):
        secret = ticket if isinstance(ticket, str) else ticket.secret
        return self.run("--offline", "admit", secret, "--list", str(at or self.journey.pretix.door), *args)

    def refuses(self, ticket, reason, *args, at=None):
        """The service says so; and the desk, asked alone, says the same."""
        told = self.admit(ticket, *ASKED, *args, at=at)
        assert told.code == 5 and told.line["reason"] == reason and told.line["verdict_by"] == "service", (reason, told.lines, told.err)
        assert told.line["explain"] and told.line["command"] is None, told.line
        own = self.offline(ticket, *args, at=at)
        assert own.code == 5 and own.line["reason"] == reason and own.line["verdict_by"] == "desk", (reason, own.lines, own.err)
        return told.line

    def admissions(self):
        """What was recorded, refusals aside."""
        return len([row for row in self.run("journal").lines if row["kind"] != "refusal"])

    def status(self, *args):
        line = self.run(*args, "status").line
        assert line["recorded"] == line["sent"] + line["waiting"] + line["needs_you"], line
        return line

    def push(self, *args):
        """Until nothing waits: after a lost answer the next attempt has its pause."""
        until = time.monotonic() + PATIENCE
        while True:
            ran = self.run("push", *args)
            if ran.line["waiting"] == 0 or time.monotonic() > until:
                return ran


class Journey:
    def __init__(self, by_device):
        self.by_device = by_device
        self.folder = tempfile.mkdtemp(prefix="foyer-door-")
        self.children = []
        self.keyring = None
        self.env = {k: v for k, v in os.environ.items()
                    if not k.startswith(("XDG_", "DBUS_", "FOYER_", "PRETIX_", "SSH_", "GNOME_")) and k != "DISPLAY"}
        self.env.update(HOME=self.folder, XDG_DATA_HOME=self.folder + "/data", XDG_CONFIG_HOME=self.folder + "/config",
                        XDG_RUNTIME_DIR=self.folder, LC_ALL="C.UTF-8", DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
        if by_device:
            self.keyring = Keyring(self.env, self.folder)
        self.pretix = Pretix(os.environ)
        self.north, self.south = Desk(self, "north"), Desk(self, "south")

    def end(self):
        for child in self.children:
            if child.poll() is None:
                child.kill()
            child.wait()
        if self.keyring:
            self.keyring.end()
        shutil.rmtree(self.folder)

    def once(self, ticket, line):
        """The server has this admission once, with the time that it had at the door."""
        rows = self.pretix.check_ins(ticket)
        assert [instant(row["datetime"]) for row in rows] == [instant(line["at"])], (rows, line)

    # --- the stages ------------------------------------------------------------------------------------------------

    def stage_an_event_is_made(self):
        p = self.pretix
        p.make_event()
        self.people = {
            "Zoë O'Neill-D'Arcy": p.sell("Zoë O'Neill-D'Arcy"), "山田 太郎": p.sell("山田 太郎"),
            "Łucja Fröhlich": p.sell("Łucja Fröhlich", email="lucja@example.org"), "محمد عبد الله": p.sell("محمد عبد الله"),
        }
        self.no = {reason: p.sell(reason) for reason in ("blocked", "canceled", "already_redeemed")}
        self.no["unpaid"] = p.sell("unpaid", status="n")
        self.no["unapproved"] = p.sell("unapproved", status="n", require_approval=True)
        self.no["invalid_time"] = p.sell("invalid_time", position={
            "valid_from": (datetime.now(timezone.utc) + timedelta(days=3)).isoformat()})
        self.no["product"], self.no["rules"] = p.sell("product"), p.sell("rules")
        p.block(self.no["blocked"])
        p.act(self.no["canceled"], "mark_canceled")
        self.dinner = p.sell("Dora Dinner", p.dinner_item)
        self.in_workshop = p.sell("Wanda Workshop", p.workshop_item)
        self.pool = [p.sell(f"Guest {n:02}") for n in range(26)]

    def stage_wrong_keys_are_told_apart(self):
        p, desk = self.pretix, self.north
        where = ("--organizer", p.organizer, "--event", p.event)
        for how, env, url, code, word in (
                (where, "x" * 64, None, 3, ("UNAUTHORIZED",)),
                (("--organizer", p.organizer, "--event", "no-such-event"), p.token, None, 3, ("FORBIDDEN", "NOT_FOUND")),
                (("--organizer", "nobody", "--event", p.event), p.token, None, 3, ("FORBIDDEN", "NOT_FOUND")),
                (where, p.token, "http://127.0.0.1:9", 4, ("OFFLINE",)),
                (where, os.environ["PRETIX_TOKEN_READ"], None, 3, ("FORBIDDEN",)),
                # Without a keyring no device's token is spent, not even a wrong one.
                (("--device", "0123456789abcdef"), None, None, *((3, ("INVALID",)) if self.by_device else (6, ("KEYRING",))))):
            ran = desk.connect(*how, url=url, **({"FOYER_TOKEN": env} if env else {}))
            assert ran.code == code and ran.error["error"] in word and ran.error["message"], (how, ran.code, ran.err)
        assert desk.run("connections").lines == []

    def stage_two_desks_are_connected(self):
        p = self.pretix
        team = None if self.by_device else p.make_team_token()
        for desk in (self.north, self.south):
            if self.by_device:
                device = p.make_device("Foyer " + desk.name)
                desk.device_id = device["device_id"]
                ran = desk.connect("--device", device["initialization_token"], "--event", p.event)
                again = desk.connect("--device", device["initialization_token"], "--event", p.event, name="again")
                assert again.code == 3 and again.error["error"] == "INVALID", (again.code, again.err)
            else:
                desk.token = team
                ran = desk.connect("--organizer", p.organizer, "--event", p.event)
            assert ran.code == 0, (ran.code, ran.err)
            line = ran.line
            assert line["stored"] == ("keyring" if self.by_device else "session"), line
            assert line["desk"] == ("Foyer " + desk.name if self.by_device else None), line
            assert line["event"] == p.event and line["organizer"] == p.organizer and line["version"].startswith("20"), line
            assert line["permissions"]["read_orders"] and line["permissions"]["check_in"], line
            assert line["permissions"]["write_orders"] is self.by_device, line
            assert [row["connection"] for row in desk.run("connections").lines] == ["door"]
        if self.by_device:
            device = p.device(self.north.device_id)
            assert device["initialized"] and device["software_brand"] == "Foyer" and not device["revoked"], device

    def stage_the_copy_is_whole(self):
        p = self.pretix
        for desk in (self.north, self.south):
            line = desk.run("sync").line
            assert line["complete"] and line["rejected"] == 0 and line["orders"] == len(p.all(p.e + "orders/?include=code")), line
        again = self.north.run("sync").line
        assert again["complete"] and again["attendees"] == line["attendees"], (again, line)
        full = self.north.run("sync", "--full").line
        assert (full["orders"], full["attendees"]) == (line["orders"], line["attendees"]), (full, line)
        lists = {row["list"]: row for row in self.north.run("lists").lines}
        assert {n: row["name"] for n, row in lists.items()} == {
            p.door: "Door", p.workshop: "Workshop", p.never: "Never", p.once: "Once", p.unpaid_too: "Unpaid too"}
        assert lists[p.door]["products"] == "all" and lists[p.workshop]["products"] == ["Workshop"], lists
        for row in p.all(p.e + "checkinlists/"):
            assert lists[row["id"]]["expected"] == row["position_count"], (lists[row["id"]], row)
        status = self.north.status()
        assert status["online"] and status["last_sync"] and status["connections"][0]["complete"], status

    def stage_people_are_found(self):
        for text, name in (("zoe", "Zoë O'Neill-D'Arcy"), ("oneill", "Zoë O'Neill-D'Arcy"), ("darcy zo", "Zoë O'Neill-D'Arcy"),
                           ("太郎", "山田 太郎"), ("lucja", "Łucja Fröhlich"), ("froehlich", "Łucja Fröhlich"),
                           ("lucja@example", "Łucja Fröhlich"), ("محمد", "محمد عبد الله")):
            found = self.north.run("find", text).lines
            assert found and found[0]["name"] == name, (text, found)
        ticket = self.people["山田 太郎"]
        for text in (ticket.order, ticket.order.lower(), ticket.secret):
            found = self.north.run("find", text).lines
            assert [row["order"] for row in found][:1] == [ticket.order], (text, found)
        assert len(self.north.run("find", "guest", "--limit", "7").lines) == 7
        assert self.north.run("find", "nobody of this name").lines == []

    def stage_somebody_comes_in(self):
        desk, ticket = self.north, self.people["Zoë O'Neill-D'Arcy"]
        ran = desk.admit(ticket, *ASKED)
        line = ran.line
        assert ran.code == 0 and line["result"] == "admitted" and line["verdict_by"] == "service" and not line["unsure"], ran.lines
        assert line["attendee"]["name"] == ticket.name and line["attendee"]["order"] == ticket.order, line
        self.once(ticket, line)
        row = self.pretix.check_ins(ticket)[0]
        assert (row["device_id"] or 0) == desk.device_id, row
        other = self.people["山田 太郎"]
        found = desk.run("find", "太郎").line
        ran = desk.run("admit", "--attendee", str(found["attendee"]), "--list", str(self.pretix.door), *ASKED)
        assert ran.code == 0, (ran.lines, ran.err)
        self.once(other, ran.line)
        assert instant(desk.run("find", "太郎", "--list", str(self.pretix.door)).line["admitted_at"]) == instant(ran.line["at"])
        # the other desk has an old copy: it asks, and hears where the person is
        again = self.south.admit(ticket, *ASKED)
        assert again.code == 5 and again.line["reason"] == "already_redeemed", again.lines
        assert self.south.admissions() <= 1 and self.south.status()["needs_you"] == 0
        assert len(self.pretix.check_ins(ticket)) == 1

    def stage_each_no_has_its_reason(self):
        p, desk = self.pretix, self.north
        assert desk.admit(self.no["already_redeemed"], *ASKED).code == 0
        for reason in ("already_redeemed", "unpaid", "unapproved", "canceled", "blocked", "invalid_time"):
            desk.refuses(self.no[reason], reason)
        line = desk.refuses(self.no["product"], "product", at=p.workshop)
        assert p.door in [row["list"] for row in line["valid_at"]] and p.workshop not in [row["list"] for row in line["valid_at"]], line
        desk.refuses(self.no["rules"], "rules", at=p.never)
        told = desk.admit("no-such-code", *ASKED)
        assert told.code == 5 and told.line["reason"] == "invalid" and told.line["verdict_by"] == "service", told.lines
        own = desk.offline("no-such-code")
        assert own.code == 5 and own.line["reason"] == "invalid" and not own.line["certain"], own.lines
        for reason, ticket in self.no.items():
            assert len(p.check_ins(ticket)) == (reason == "already_redeemed"), reason
        status = desk.status()
        assert status["waiting"] == 0 and status["needs_you"] == 0, status

    def stage_conditions_are_met(self):
        """What a list or a ticket asks for, given: a rule that holds, an unpaid order where that is permitted, an answer."""
        p, desk = self.pretix, self.north
        ticket = self.pool.pop()
        ran = desk.admit(ticket, *ASKED, at=p.once)
        assert ran.code == 0, ran.lines
        desk.refuses(ticket, "rules", at=p.once)
        assert len(p.check_ins(ticket)) == 1
        desk.refuses(self.no["unpaid"], "unpaid", at=p.unpaid_too)
        ran = desk.admit(self.no["unpaid"], "--ignore-unpaid", *ASKED, at=p.unpaid_too)
        assert ran.code == 0, ran.lines
        self.once(self.no["unpaid"], ran.line)
        ran = desk.admit(self.dinner, *ASKED)
        assert ran.code == 7 and [q["id"] for q in ran.line["questions"]] == [p.question], ran.lines
        ran = desk.admit(self.dinner, "--answers", json.dumps({str(p.question): str(p.option)}), *ASKED)
        assert ran.code == 0, ran.lines
        self.once(self.dinner, ran.line)
        answers = p.ask(f"{p.e}orderpositions/{self.dinner.position}/")["answers"]
        assert [a["answer"] for a in answers] == ["Soup"], answers
        ran = desk.run("exit", self.dinner.secret, "--list", str(p.door), *ASKED)
        assert ran.code == 0 and len(p.check_ins(self.dinner, "exit")) == 1, ran.lines
        ran = desk.admit(self.dinner, *ASKED)
        assert ran.code == 0 and len(p.check_ins(self.dinner)) == 2, ran.lines

    def stage_a_replaced_code_is_told(self):
        """Only the seeded event has codes on its revoked list; a refusal is asked about, and told afterwards, once."""
        p = self.pretix
        (old, *_) = p.all(f"events/{p.seeded_event}/revokedsecrets/")
        before = p.ask(f"events/{p.seeded_event}/checkins/")["count"]
        desk = Desk(self, "seeded")
        desk.token = p.token
        ran = desk.connect("--organizer", p.organizer, "--event", p.seeded_event)
        assert ran.code == 0, ran.err
        assert desk.run("sync").line["complete"]
        desk.refuses(old["secret"], "revoked", at=p.seeded_list)
        assert desk.push().line["waiting"] == 0
        assert p.ask(f"events/{p.seeded_event}/checkins/")["count"] == before + 2

    def stage_answers_are_lost(self):
        desk = self.north
        for fate in ("before", "after", "after"):
            ticket = self.pool.pop()
            desk.line.lose = [fate]
            ran = desk.admit(ticket, *ASKED)
            assert ran.code == 0 and not desk.line.lose, (ran.lines, desk.line.lose)
            assert desk.push().code == 0
            self.once(ticket, ran.line)

    def stage_the_cable_is_pulled(self):
        p, desk = self.pretix, self.north
        before, admitted = desk.status(), desk.admissions()
        tickets = [self.pool.pop() for _ in range(5)]
        desk.line.pull()
        begun = datetime.now(timezone.utc)
        told = [desk.admit(ticket) for ticket in tickets]
        ended = datetime.now(timezone.utc)
        for ran in told:
            assert ran.code == 0 and ran.line["verdict_by"] == "desk" and ran.line["command"], (ran.lines, ran.err)
            assert begun - timedelta(seconds=5) <= instant(ran.line["at"]) <= ended + timedelta(seconds=5), (begun, ran.line, ended)
        again = desk.admit(tickets[0])
        assert again.code == 5 and again.line["reason"] == "already_redeemed", again.lines
        assert desk.admit(self.no["blocked"]).line["reason"] == "blocked"
        unknown = desk.admit("no-such-code")
        assert unknown.code == 5 and not unknown.line["certain"], unknown.lines
        assert desk.run("find", tickets[1].order, "--list", str(p.door)).line["admitted_at"] == told[1].line["at"]
        assert desk.run("sync").code == 4
        ran = desk.run("push", "--wait", "1")
        # two refusals wait as well: of what the desk did not know, nothing
        assert ran.code == 4 and ran.line["waiting"] == 7, ran.lines
        status = desk.status()
        assert (status["recorded"], status["waiting"], status["online"]) == (before["recorded"] + 7, 7, False), status
        assert all(p.check_ins(ticket) == [] for ticket in tickets)
        # two of the answers are lost on the way out
        desk.line.lose = ["after", "before"]
        desk.line.plug()
        back = datetime.now(timezone.utc)
        ran = desk.push()
        assert ran.code == 0 and ran.line["needs_you"] == 0, ran.lines
        for ticket, one in zip(tickets, told):
            self.once(ticket, one.line)
            assert instant(p.check_ins(ticket)[0]["datetime"]) < back
        assert desk.status()["online"] and desk.admissions() == admitted + 5

    def stage_another_desk_was_first(self):
        p, north, south = self.pretix, self.north, self.south
        accepted, kept = self.pool.pop(), self.pool.pop()
        south.run("sync")
        south.line.pull()
        ours = {t.order: south.admit(t).line for t in (accepted, kept)}
        assert all(line["result"] == "admitted" for line in ours.values()), ours
        theirs = {t.order: north.admit(t, *ASKED).line for t in (accepted, kept)}
        assert all(line["result"] == "admitted" for line in theirs.values()), theirs
        south.line.plug()
        ran = south.push()
        assert ran.code == 7 and (ran.line["waiting"], ran.line["needs_you"]) == (0, 2), ran.lines
        cases = {case["ours"]["order"]: case for case in south.run("inbox").lines}
        assert set(cases) == {accepted.order, kept.order}, cases
        for order, case in cases.items():
            assert case["kind"] == "conflict" and case["reason"] == "already_redeemed", case
            assert instant(case["ours"]["datetime"]) == instant(ours[order]["at"]), case
            assert instant(case["theirs"]["datetime"]) == instant(theirs[order]["at"]), case
            assert case["ours"]["name"] and case["ours"]["desk"] == ("Foyer south" if self.by_device else None), case
            assert case["theirs"]["device_id"] == north.device_id, case
        assert len(p.check_ins(accepted)) == len(p.check_ins(kept)) == 1
        ran = south.run("inbox", "settle", cases[accepted.order]["id"], "--as", "accept", "--note", "the same person, twice scanned")
        assert ran.code == 0 and ran.line["state"] == "settled", (ran.lines, ran.err)
        ran = south.run("inbox", "settle", cases[kept.order]["id"], "--as", "keep", "--note", "two people, one ticket")
        assert ran.code == 0 and ran.line["state"] == "done", (ran.lines, ran.err)
        assert len(p.check_ins(accepted)) == 1
        both = sorted(instant(row["datetime"]) for row in p.check_ins(kept))
        assert both == sorted((instant(ours[kept.order]["at"]), instant(theirs[kept.order]["at"]))), both
        assert south.run("inbox").lines == [] and south.status()["needs_you"] == 0

    def stage_the_desk_is_killed(self):
        """kill -9 while codes come in and answers are slow: what was recorded is carried out, once."""
        p, desk = self.pretix, self.north
        before = desk.admissions()
        tickets = [self.pool.pop() for _ in range(8)]
        desk.line.delay = 0.3
        for begin, heard in ((0, 1), (2, 0), (4, 2), (6, 1)):
            child = subprocess.Popen(desk.command("admit", "-", "--list", str(p.door)), env=desk.env(), text=True,
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            self.children.append(child)
            child.stdin.write("".join(t.secret + "\n" for t in tickets[begin:begin + 2]))
            child.stdin.flush()
            for _ in range(heard):
                assert json.loads(child.stdout.readline())["result"] == "admitted"
            threading.Event().wait(0.2 * begin / 2)
            child.kill()
            child.wait()
        desk.line.delay = 0
        ran = desk.push()
        assert ran.code == 0, ran.lines
        recorded = desk.admissions() - before
        counts = [len(p.check_ins(ticket)) for ticket in tickets]
        assert max(counts) == 1 and sum(counts) == recorded >= 4, (counts, recorded)
        done = {row["target"]: row for row in desk.run("journal").lines}
        assert all(row["state"] in ("done", "settled") for row in done.values()), done

    def stage_the_key_is_shut_out(self):
        """The organiser takes the event from the device: what was recorded waits, and goes out when it may again."""
        if not self.by_device:
            return
        p, desk, ticket = self.pretix, self.south, self.pool.pop()
        before = desk.status()["recorded"]
        p.move_device(desk.device_id, p.seeded_event)
        ran = desk.admit(ticket, *ASKED)
        assert ran.code == 0 and ran.line["verdict_by"] == "desk", (ran.lines, ran.err)
        ran = desk.run("sync")
        assert ran.code == 3 and ran.error["error"] == "FORBIDDEN", (ran.code, ran.err)
        ran = desk.run("push", "--wait", "3")
        assert ran.code == 3 and ran.error["error"] == "FORBIDDEN" and ran.line["waiting"] == 1, (ran.lines, ran.err)
        p.move_device(desk.device_id, p.event)
        ran = desk.push()
        assert ran.code == 0 and desk.status()["recorded"] == before + 1, (ran.lines, ran.err)
        assert len(p.check_ins(ticket)) == 1

    def stage_the_copy_can_be_thrown_away(self):
        desk = self.north
        ticket = self.people["Zoë O'Neill-D'Arcy"]
        line = desk.status()
        for name in ("mirror.db", "mirror.db-wal", "mirror.db-shm"):
            path = os.path.join(self.folder, "data/foyer/north", name)
            if os.path.exists(path):
                os.unlink(path)
        assert desk.run("sync").line["complete"]
        assert desk.offline(ticket).line["reason"] == "already_redeemed"
        assert desk.status()["recorded"] == line["recorded"] + 1

    def stage_the_books_are_right(self):
        for desk in (self.north, self.south):
            assert desk.push().code == 0
            status = desk.status()
            rows = desk.run("journal").lines
            assert len(rows) == status["recorded"] == status["sent"], (len(rows), status)
            calls = desk.run("audit").lines
            assert any(call["route"].endswith("/checkinrpc/redeem/") and call["status"] == 201 for call in calls)
            assert desk.run("audit", "--verify").line["intact"]
            text = json.dumps(calls)
            assert not any(word in text for word in (self.dinner.secret, self.pretix.event, desk.token or "\0")), desk.name

    def stage_the_desk_is_given_back(self):
        p = self.pretix
        for desk in (self.north, self.south):
            ran = desk.run("disconnect", "door")
            assert ran.code == 0 and ran.line == {"disconnected": "door"}, (ran.lines, ran.err)
            assert desk.run("connections").lines == []
            if self.by_device:
                assert p.device(desk.device_id)["revoked"], desk.name
            assert desk.status()["recorded"] > 0


def play_pretix(program):
    """Starts the sandbox, and says of it what the start script says of the real one."""
    process = subprocess.Popen([program, "--attendees", "200", "--seed", "7"], text=True, stdout=subprocess.PIPE)
    facts = json.loads(process.stdout.readline())
    os.environ.update(PRETIX_URL=facts["url"], PRETIX_ORGANIZER=facts["organizer"], PRETIX_EVENT=facts["event"],
                      PRETIX_TOKEN=facts["token"], PRETIX_TOKEN_READ=facts["token_read"], PRETIX_LIST_MAIN="0")
    lists = Pretix(os.environ).ask(f"events/{facts['event']}/checkinlists/")["results"]
    os.environ["PRETIX_LIST_MAIN"] = str(lists[0]["id"])
    return process


def main():
    by_device = {"device": True, "token": False}[sys.argv[2]]
    sandbox = play_pretix(sys.argv[3]) if len(sys.argv) > 3 else None
    try:
        return travel(by_device)
    finally:
        if sandbox:
            sandbox.kill()
            sandbox.wait()


def travel(by_device):
    missing = [name for name in WANTED if not os.environ.get(name)]
    if missing:
        print(f"1..0 # SKIP no {', '.join(missing)}: start a pretix with tests/live/pretix")
        return 0
    tools = [tool for tool in ("dbus-daemon", "gnome-keyring-daemon") if by_device and not shutil.which(tool)]
    if tools:
        print(f"1..0 # SKIP needs {', '.join(tools)}")
        return 0

    stages = [(name[6:].replace("_", " "), stage) for name, stage in vars(Journey).items() if name.startswith("stage_")]
    print(f"1..{len(stages)}", flush=True)
    journey = Journey(by_device)
    failed = 0
    try:
        for number, (name, stage) in enumerate(stages, 1):
            began = time.monotonic()
            try:
                stage(journey)
                print(f"ok {number} {name}", flush=True)
            except Exception:  # a stage may fail in any way, and the next can still tell something
                failed += 1
                for line in traceback.format_exc().splitlines():
                    print("#", line)
                print(f"not ok {number} {name}", flush=True)
            print(f"# {time.monotonic() - began:.1f} s", flush=True)
            if failed and number <= 4:
                print("Bail out! without a desk there is no journey")
                break
    finally:
        journey.end()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
