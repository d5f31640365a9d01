# SPDX-License-Identifier: GPL-3.0-or-later
"""The door cases: a world, a ticket, a scan. The server says what happens; here stands only what an offline desk must do otherwise."""
import itertools

from rules import after, among, before, cmp, resolve, time, var
from worlds import NAMES

CASES = []
NOON = {"fair": "2030-06-01T12:00:00+02:00", "nights": "2030-05-10T18:30:00-04:00", "quiz": "2030-06-01T12:00:00+02:00", "camp": "2030-08-02T12:00:00+02:00",
        "sealed": "2030-09-01T12:00:00+02:00", "sealednights": "2030-09-05T18:30:00+02:00", "island": "2030-01-10T12:00:00+13:45", "clocks": "2030-10-26T20:00:00+02:00",
        "second": "2030-06-01T12:00:00+01:00", "deutsch": "2030-06-01T19:30:00+02:00", "bands": "2030-06-01T12:00:00+02:00"}
UNFORCED = {"result": "unforced"}  # filled in by asking the server the same without force
FALSE = {"==": [{"var": "entries_number"}, 99]}


class Case:
    """Collects one case; the numbers of everything in it come from its own."""

    def __init__(self, name, world, group):
        self.n, self.world, self.used = len(CASES) + 1, world, 0
        self.at = NOON[world]
        self.d = dict(name=name, group=group, world=world, also=[], lists=[], orders=[], media=[], steps=[])
        CASES.append(self.d)

    def pk(self):
        self.used += 1
        return 8000000 + self.n * 100 + self.used

    def list(self, name="list", world=None, limit=None, subevent=None, rules=None, **kw):
        world = world or self.world
        if world != self.world and world not in self.d["also"]:
            self.d["also"].append(world)
        names = NAMES[world]
        l = dict(pk=self.pk(), name=name, event=world, **kw)
        if limit is not None:
            l["limit"] = [names[x] for x in limit]
        if subevent:
            l["subevent"] = names[subevent]
        if rules is not None:
            l["rules"] = resolve(rules, names)
        self.d["lists"].append(l)
        return l["pk"]

    def order(self, *positions, status="p", world=None, **kw):
        world = world or self.world
        o = dict(pk=self.pk(), event=world, code=f"C{self.n:03d}{'ABCDEFG'[len(self.d['orders'])]}", status=status, positions=list(positions), **kw)
        self.d["orders"].append(o)
        return o

    def ticket(self, item=None, variation=None, subevent=None, secret=None, checkins=(), answers=(), world=None, addon_to=None, **kw):
        world = world or self.world
        names = NAMES[world]
        item = item or next(iter(names))
        p = dict(pk=self.pk(), item=names[item], **kw)
        p["secret"] = secret if secret is not None else f"t{p['pk']}x"
        if variation:
            p["variation"] = names[f"{item}/{variation}"]
        if subevent:
            p["subevent"] = names[subevent]
        if addon_to:
            p["addon_to"] = addon_to["pk"]
        p["checkins"] = [dict(c, pk=self.pk()) for c in checkins]
        p["answers"] = [dict(question=names["?" + q], answer=a, options=[names[f"?{q}/{o}"] for o in opts]) for q, a, opts in answers]
        return p

    def scan(self, lists, secret=None, at=None, answers=None, offline=None, why=None, by="team", api="rpc", **kw):
        if secret is None:
            secret = {"position": self.d["orders"][0]["positions"][0]["pk"]}
        s = dict(lists=[lists] if isinstance(lists, int) else list(lists), secret=secret, datetime=at or self.at, by=by, api=api, **kw)
        if answers is not None:
            s["answers"] = {str(NAMES[self.world]["?" + k] if isinstance(k, str) and "?" + k in NAMES[self.world] else k): v for k, v in answers.items()}
        step = dict(scan=s)
        if offline:
            step["offline"] = dict(UNFORCED if offline == "unforced" else offline, why=why)
        self.d["steps"].append(step)
        return self


def entry(lst, t, **kw):
    return dict(list=lst, datetime=t, **kw)


def leave(lst, t, **kw):
    return dict(list=lst, datetime=t, type="exit", **kw)


def simple(name, group, world="fair", item=None, list_kw=None, order_kw=None, scan_kw=None, past=None, offline=None, why=None, **ticket):
    c = Case(name, world, group)
    l = c.list(**(list_kw or {}))
    checkins = [dict(x, list=l) for x in (past or [])]
    c.order(c.ticket(item, checkins=checkins, **ticket), **(order_kw or {}))
    return c.scan(l, offline=offline, why=why, **(scan_kw or {}))


ADMIT = {"result": "admitted", "reason": None}


def refuse(reason):
    return {"result": "refused", "reason": reason}


# --- the plain door ---------------------------------------------------------------------------------------------------------
simple("paid ticket", "plain")
simple("with a variation", "plain", item="adult", variation="regular")
simple("attention from the variation, with its text", "plain", item="adult", variation="vip")
simple("attention from the product, with its text", "plain", item="press")
simple("attention from the order, with its text", "plain", item="child", order_kw=dict(attention=True, text="Ask for the deposit"))
simple("texts of order, variation and product, in that order", "plain", item="texted", variation="plain", order_kw=dict(text="Invoice unsent"))
simple("empty order text is no text", "plain", item="texted", order_kw=dict(text=""))
simple("product that is no admission", "plain", item="shirt")
simple("refusal carries attention and texts too", "plain", item="press", past=[entry(0, "2030-06-01T09:30:00+02:00")])
simple("unknown secret", "plain", scan_kw=dict(secret="nobody-has-this"), offline=refuse("invalid"),
       why="the same, but the local copy may be behind: say so, and ask the server as soon as there is one")
c = Case("secret of another event", "fair", "plain")
l = c.list(world="second")
c.order(c.ticket("child"))
c.scan(l)
simple("test of the letters: another case", "plain", secret="CaseMatters", scan_kw=dict(secret="casematters"))
simple("a leading blank is taken off by the server", "plain", secret="blank1", scan_kw=dict(secret=" blank1"),
       offline=ADMIT, why="trim what the scanner delivers before looking it up, as the server does")
simple("a trailing newline is taken off", "plain", secret="blank2", scan_kw=dict(secret="blank2\r\n"), offline=ADMIT, why="trim before looking up")
simple("a blank inside is kept", "plain", secret="two words", scan_kw=dict(secret="two words"))
simple("order of the other event under the same organiser", "plain", world="second", item="crew")

# --- single faults, each as entry, forced, as exit, simulated -----------------------------------------------------------------
T = NOON["nights"]
FAULTS = {
    "canceled": dict(order=dict(status="c")),
    "expired": dict(order=dict(status="e")),
    "blocked": dict(pos=dict(blocked=["admin"])),
    "unapproved": dict(order=dict(status="n", require_approval=True)),
    "early": dict(pos=dict(valid_from="2030-05-10T18:30:01-04:00")),
    "late": dict(pos=dict(valid_until="2030-05-10T18:29:59-04:00")),
    "product": dict(list=dict(limit=["other"])),
    "date": dict(list=dict(subevent="may10"), pos=dict(subevent="may17")),
    "unpaid": dict(order=dict(status="n")),
    "rules": dict(list=dict(rules=FALSE)),
    "questions": dict(item="asked"),
    "medium": dict(item="wristband"),
    "used": dict(past=[entry(0, "2030-05-10T18:10:00-04:00")]),
}
EXCLUDE = [{"canceled", "expired"}, {"canceled", "unapproved"}, {"expired", "unapproved"}, {"canceled", "unpaid"}, {"expired", "unpaid"}]


def faulty(name, group, faults, offline=None, why=None, questions_item=True, list_kw=None, **scan):
    kw = dict(list_kw={}, order_kw={}, item="adult", subevent="may10")
    past = []
    for f in faults:
        x = FAULTS[f]
        kw["list_kw"].update(x.get("list", {}))
        kw["order_kw"].update(x.get("order", {}))
        kw.update(x.get("pos", {}))
        past += x.get("past", [])
        if "item" in x:
            kw["item"] = x["item"] if kw["item"] == "adult" else "askedband"
    if "unapproved" in faults and "unpaid" in faults:
        kw["order_kw"].update(require_approval=True)
    kw["list_kw"].update(list_kw or {})
    return simple(name, group, world="nights", past=past, scan_kw=scan, offline=offline, why=why, **kw)


MEDIUM = dict(offline={"result": "refused", "reason": "exchange"}, why="the exchange for a medium needs the server: send the person to a desk that is online")
for f in FAULTS:
    faulty(f"single: {f}", "single", [f], **(MEDIUM if f == "medium" else {}))
for a, b in itertools.combinations(FAULTS, 2):
    if {a, b} not in EXCLUDE:
        faulty(f"pair: {a} + {b}", "pair", [a, b])
faulty("all at once, but the date", "pair", ["blocked", "unapproved", "early", "late", "product", "rules", "questions", "medium", "used"])
faulty("all that can be after the status, but the date", "pair", ["product", "unpaid", "rules", "questions", "medium", "used"])
FORCED = "force is how scans already decided are uploaded, not an answer at the door: decide without it"
for f in FAULTS:
    faulty(f"forced: {f}", "force", [f], force=True, offline="unforced", why=FORCED)
faulty("forced: nothing wrong", "force", [], force=True)
faulty("forced: all at once, but the date", "force", [f for f in list(FAULTS)[2:] if f != "date"], force=True, offline="unforced", why=FORCED)
for f in FAULTS:
    faulty(f"exit: {f}", "exit", [f], type="exit", **(MEDIUM if f == "medium" else {}))
for f in ("blocked", "rules", "used", "questions"):
    faulty(f"simulated: {f}", "simulate", [f], simulate=True)
faulty("simulated: nothing wrong, nothing stored", "simulate", [], simulate=True).scan(8000000 + len(CASES) * 100 + 1)
faulty("forced and simulated", "simulate", ["blocked", "used"], force=True, simulate=True, offline="unforced", why=FORCED)
BROKEN = {"<": [{"between": [1]}, 3]}
NOFORCE = "force does not help against rules that cannot be evaluated: such a scan can never be uploaded as an entry; log it as refused (failed_checkins, reason rules)"
faulty("rules that cannot be evaluated", "force", [], list_kw=dict(rules=BROKEN))
faulty("rules that cannot be evaluated, forced", "force", [], list_kw=dict(rules=BROKEN), force=True, offline=refuse("rules"), why=NOFORCE)
faulty("rules that cannot be evaluated, exit", "force", [], list_kw=dict(rules=BROKEN), type="exit")
faulty("rules that are false and cannot be explained: the server falls over", "force", [], list_kw=dict(rules={"or": []}),
       offline=refuse("rules"), why="the server answers 500 and records nothing: the decision is a refusal by the rules; do not repeat the request")
faulty("the same, forced", "force", [], list_kw=dict(rules={"or": []}), force=True, offline="unforced", why=FORCED)

# --- validity, to the second ---------------------------------------------------------------------------------------------------
for at, text in [("18:29:59", "1 s before"), ("18:30:00", "at"), ("18:30:01", "1 s after")]:
    t = f"2030-05-10T{at}-04:00"
    simple(f"valid_from, {text}", "validity", world="nights", item="adult", subevent="may10", valid_from=T, scan_kw=dict(at=t))
    simple(f"valid_until, {text}", "validity", world="nights", item="adult", subevent="may10", valid_until=T, scan_kw=dict(at=t))
simple("valid_from with microseconds", "validity", item="child", valid_from="2030-06-01T12:00:00.000001+02:00")
simple("validity written in another zone", "validity", item="child", valid_from="2030-06-01T19:59:59+10:00", valid_until="2030-06-01T05:00:01-05:00")
simple("refused too early, explanation in the event's zone", "validity", world="island", valid_from="2030-01-10T00:30:00+13:45", scan_kw=dict(at="2030-01-09T10:40:00+00:00"))
simple("exit after the validity ended", "validity", item="child", valid_until="2030-06-01T11:00:00+02:00", scan_kw=dict(type="exit"))
simple("blocked by two", "validity", item="child", blocked=["admin", "api:test"])
simple("blocked list that is empty", "validity", item="child", blocked=[])
simple("a single position canceled in a paid order", "validity", item="child", canceled=True, offline=refuse("canceled"),
       why="the server cannot see canceled positions by secret and says invalid (404); a copy that keeps them can tell the person the truth")
simple("a single position canceled, forced upload", "validity", item="child", canceled=True, scan_kw=dict(force=True), offline=refuse("canceled"),
       why="as above; the forced upload is answered 404 and stored as an unknown scan: the command ends as rejected")
c = Case("one position canceled, its neighbour is fine", "fair", "validity")
l = c.list()
c.order(c.ticket("child", canceled=True), c.ticket("child"))
c.scan(l, secret={"position": c.d["orders"][0]["positions"][1]["pk"]})

# --- payment -------------------------------------------------------------------------------------------------------------------
for pending in (False, True):
    for ignore in (False, True):
        for valid in (False, True):
            simple(f"pending order, include_pending={pending}, ignore_unpaid={ignore}, valid_if_pending={valid}", "payment", item="child",
                   list_kw=dict(include_pending=pending), order_kw=dict(status="n", valid_if_pending=valid), scan_kw=dict(ignore_unpaid=ignore))
simple("expired order, include_pending, ignore_unpaid", "payment", item="child", list_kw=dict(include_pending=True), order_kw=dict(status="e"), scan_kw=dict(ignore_unpaid=True))
simple("canceled order, include_pending, ignore_unpaid", "payment", item="child", list_kw=dict(include_pending=True), order_kw=dict(status="c"), scan_kw=dict(ignore_unpaid=True))
simple("unapproved, include_pending, ignore_unpaid", "payment", item="child", list_kw=dict(include_pending=True), order_kw=dict(status="n", require_approval=True), scan_kw=dict(ignore_unpaid=True))
simple("unapproved but valid_if_pending", "payment", item="child", order_kw=dict(status="n", require_approval=True, valid_if_pending=True))
simple("approval flag on a paid order does not matter", "payment", item="child", order_kw=dict(require_approval=True))
simple("unpaid exit", "payment", item="child", order_kw=dict(status="n"), scan_kw=dict(type="exit"))
simple("unpaid, include_pending, exit without ignore_unpaid", "payment", item="child", list_kw=dict(include_pending=True), order_kw=dict(status="n"), scan_kw=dict(type="exit"))
c = simple("unpaid at first, then the staff agrees", "payment", item="child", list_kw=dict(include_pending=True), order_kw=dict(status="n"))
c.scan(c.d["lists"][0]["pk"], ignore_unpaid=True).scan(c.d["lists"][0]["pk"], ignore_unpaid=True)

# --- exits and coming back ---------------------------------------------------------------------------------------------------------
A, B, C_, D_ = (f"2030-06-01T{h}:00:00+02:00" for h in ("09", "10", "11", "13"))
PASTS = {"nothing": [], "entry": [entry(0, A)], "exit": [leave(0, A)], "entry, exit": [entry(0, A), leave(0, B)], "exit, entry": [leave(0, A), entry(0, B)],
         "entry, exit, entry": [entry(0, A), leave(0, B), entry(0, C_)], "entry, exit, exit": [entry(0, A), leave(0, B), leave(0, C_)],
         "exit stored later than now": [entry(0, A), leave(0, D_)], "entry stored later than now": [leave(0, A), entry(0, D_)]}
for name, past in PASTS.items():
    for opts, text in [(dict(), "re-entry after exit"), (dict(allow_entry_after_exit=False), "strict"), (dict(allow_multiple_entries=True, allow_entry_after_exit=False), "many entries")]:
        simple(f"{text}: {name}", "re-entry", item="child", list_kw=opts, past=past)
simple("exit without any entry", "re-entry", item="child", scan_kw=dict(type="exit"))
simple("exit after exit", "re-entry", item="child", past=[entry(0, A), leave(0, B)], scan_kw=dict(type="exit"))
simple("entry by an automatic check-in counts", "re-entry", item="child", past=[entry(0, A, auto=True)])
simple("automatic exit lets in again", "re-entry", item="child", past=[entry(0, A), leave(0, B, auto=True)])
simple("forced entry counts", "re-entry", item="child", past=[entry(0, A, forced=True)])
simple("refused scan does not count", "re-entry", item="child", past=[entry(0, A, successful=False, error_reason="rules")])
simple("annulled entry does not count", "re-entry", item="child", past=[entry(0, A, successful=False, error_reason="annulled")])
simple("annulled exit does not count", "re-entry", item="child", past=[entry(0, A), leave(0, B, successful=False, error_reason="annulled")])
simple("entry and exit in the same second: the server's order is not defined", "re-entry", item="child", list_kw=dict(), past=[entry(0, A), leave(0, A)],
       offline=ADMIT, why="equal times: take the exit as the later one, so that nobody is locked out (the mobile library sorts by time, then id)")
simple("another desk's later entry, our scan dated before it", "re-entry", item="child", past=[entry(0, A)], scan_kw=dict(at="2030-06-01T08:30:00+02:00"))
c = Case("entry on another list does not count", "fair", "re-entry")
l, m = c.list(), c.list("other")
c.order(c.ticket("child", checkins=[entry(m, A)]))
c.scan(l).scan(m)
c = Case("in, out, in, out, in with two desks", "fair", "re-entry")
l = c.list()
c.order(c.ticket("child"))
for n, (kind, desk) in enumerate([("entry", "north"), ("exit", "south"), ("entry", "south"), ("exit", "north"), ("entry", "north"), ("entry", "south")]):
    c.scan(l, type=kind, by=desk, at=f"2030-06-01T1{n}:00:00+02:00")
c = Case("uploads arrive out of order: an exit dated before the entry", "fair", "re-entry")
l = c.list()
c.order(c.ticket("child"))
c.scan(l, at="2030-06-01T11:00:00+02:00").scan(l, type="exit", at="2030-06-01T10:00:00+02:00").scan(l, at="2030-06-01T12:00:00+02:00")
c = Case("last by time is an exit that was uploaded first", "fair", "re-entry")
l = c.list()
c.order(c.ticket("child"))
c.scan(l, type="exit", at="2030-06-01T11:30:00+02:00").scan(l, at="2030-06-01T11:00:00+02:00", force=True, offline="unforced", why=FORCED).scan(l, at="2030-06-01T12:00:00+02:00")

# --- nonces and dates ---------------------------------------------------------------------------------------------------------------
REPLAY = "a repeated nonce is a repeated upload, never a second scan: locally the command is already done; a new scan has a new nonce"
c = Case("same nonce again", "fair", "nonce")
l = c.list()
c.order(c.ticket("child"))
c.scan(l, nonce="n1").scan(l, nonce="n1", offline=refuse("already_redeemed"), why=REPLAY).scan(l, nonce="n2")
c = Case("same nonce again, the ticket has been blocked by rules meanwhile", "fair", "nonce")
l = c.list(rules=cmp("<", "entries_number", 1))
c.order(c.ticket("child"))
c.scan(l, nonce="n1").scan(l, nonce="n1").scan(l, nonce="n1", force=True, offline="unforced", why=FORCED)
c = Case("same nonce, another type", "fair", "nonce")
l = c.list()
c.order(c.ticket("child"))
c.scan(l, nonce="n1").scan(l, nonce="n1", type="exit").scan(l, at="2030-06-01T12:05:00+02:00")
c = Case("same nonce, another list", "fair", "nonce")
l, m = c.list(), c.list("other")
c.order(c.ticket("child"))
c.scan(l, nonce="n1").scan(m, nonce="n1")
c = Case("same nonce, another device: only the last check-in is compared across devices", "fair", "nonce")
l = c.list()
c.order(c.ticket("child"))
c.scan(l, nonce="n1", by="north").scan(l, nonce="n1", by="south", offline=refuse("already_redeemed"), why=REPLAY)
c.scan(l, type="exit", nonce="n2", by="north", at="2030-06-01T12:10:00+02:00")
c.scan(l, nonce="n1", by="south", at="2030-06-01T12:20:00+02:00", offline=ADMIT, why="an exit came between, so the server takes it as new; a client never reuses a nonce")
c.scan(l, nonce="n1", by="north", at="2030-06-01T12:30:00+02:00", offline=refuse("already_redeemed"), why=REPLAY)
c = Case("same nonce, another ticket", "fair", "nonce")
l = c.list()
c.order(c.ticket("child"), c.ticket("child"))
c.scan(l, nonce="n1").scan(l, nonce="n1", secret={"position": c.d["orders"][0]["positions"][1]["pk"]})
c = Case("nonce of a refused scan", "fair", "nonce")
l = c.list()
c.order(c.ticket("child", checkins=[entry(l, A)]))
c.scan(l, nonce="n9").scan(l, nonce="n9")
simple("empty nonce", "nonce", item="child", scan_kw=dict(nonce=""), offline=ADMIT, why="the server refuses the request as malformed; a desk always makes its own nonce")
simple("nonce null", "nonce", item="child", scan_kw=dict(nonce=None))
c = simple("nonce of 190 letters", "nonce", item="child", scan_kw=dict(nonce="n" * 190))
c.scan(c.d["lists"][0]["pk"], nonce="n" * 190, offline=refuse("already_redeemed"), why=REPLAY)
simple("a scan dated ten years ago", "date", item="child", scan_kw=dict(at="2020-01-01T00:00:00Z"))
simple("a scan dated in ten years", "date", item="child", scan_kw=dict(at="2040-01-01T00:00:00Z"))
simple("datetime without a zone: the server takes its own default zone", "date", item="child", valid_from="2030-06-01T11:30:00+02:00", scan_kw=dict(at="2030-06-01T11:45:00"),
       offline=ADMIT, why="never send one without a zone; locally times are UTC microseconds")
simple("datetime with microseconds", "date", item="child", scan_kw=dict(at="2030-06-01T10:00:00.123456Z"))
simple("datetime that is no date", "date", item="child", scan_kw=dict(at="yesterday"), offline=ADMIT, why="the server refuses the request as malformed; a desk sends well-formed times")
simple("datetime as a day only", "date", item="child", scan_kw=dict(at="2030-06-01"), offline=ADMIT,
       why="the server takes it for midnight of its own default zone; never send one")

# --- lists, dates of a series ---------------------------------------------------------------------------------------------------------
simple("list limited to the product", "list", item="child", list_kw=dict(limit=["child", "adult"]))
simple("list limited to nothing", "list", item="child", list_kw=dict(limit=[]))
for sub in ("may10", "may17"):
    simple(f"series list for may10, ticket for {sub}", "list", world="nights", item="adult", subevent=sub, list_kw=dict(subevent="may10"),
           **(dict(offline=refuse("invalid"), why="a wrong date is an unknown ticket to the server; a copy that holds the whole event should name the right date in its sentence") if sub == "may17" else {}))
simple("series list for all dates", "list", world="nights", item="adult", subevent="may17")
simple("series list for may10, wrong product and wrong date", "list", world="nights", item="adult", subevent="may17", list_kw=dict(subevent="may10", limit=["other"]))
simple("series list for may10, wrong date, unpaid", "list", world="nights", item="adult", subevent="may17", list_kw=dict(subevent="may10"), order_kw=dict(status="n"))
simple("series list for may10, wrong date forced, unpaid", "list", world="nights", item="adult", subevent="may17", list_kw=dict(subevent="may10"), order_kw=dict(status="n"),
       scan_kw=dict(force=True), offline="unforced", why=FORCED)
simple("ignore_in_statistics changes nothing", "list", item="child", list_kw=dict(ignore_in_statistics=True))
simple("consider_tickets_used changes nothing", "list", item="child", list_kw=dict(consider_tickets_used=False))
simple("exit_all_at changes nothing by itself", "list", item="child", list_kw=dict(exit_all_at="2030-06-01T11:00:00+02:00"), past=[entry(0, A)], offline=refuse("already_redeemed"),
       why="the server's hourly job writes the exits; until they are synced the person counts as inside (see exit_all_at)")
c = Case("two lists of the same event in one request", "fair", "list")
l, m = c.list(), c.list("other")
c.order(c.ticket("child"))
c.scan([l, m], offline={"result": "invalid request", "reason": None}, why="a desk looks at one list per event")
c = Case("no list", "fair", "list")
l = c.list()
c.order(c.ticket("child"))
c.scan([], offline={"result": "invalid request", "reason": None}, why="a desk without a list does not scan")
c.scan([99], offline={"result": "invalid request", "reason": None}, why="a list that is not there")
for first, second, text in [("fair", "second", "first"), ("second", "fair", "second")]:
    c = Case(f"lists of two events, ticket of the {text}", "fair", "lists")
    lists = [c.list("gate", world=first), c.list("gate", world=second)]
    c.order(c.ticket("child"))
    c.scan(lists).scan(lists)
c = Case("lists of two events, unknown secret: the first is named", "fair", "lists")
lists = [c.list("gate", world="second"), c.list("gate")]
c.order(c.ticket("child"))
c.scan(lists, secret="nobody")
c = Case("lists of two events, ticket refused by its own list only", "fair", "lists")
lists = [c.list("gate", limit=["adult"]), c.list("gate", world="second")]
c.order(c.ticket("child"))
c.scan(lists)

# --- add-ons ------------------------------------------------------------------------------------------------------------------------


def addons(name, list_kw, extras, scan=None, base_kw=None, tweak=None, **kw):
    c = Case(name, "camp", "addon")
    l = c.list(**list_kw)
    base = c.ticket("base", **(base_kw or {}))
    more = [c.ticket(i, addon_to=base, **x) for i, x in extras]
    c.order(base, *more, **kw)
    return c.scan(l, **({"secret": {"position": more[scan]["pk"]}} if scan is not None else {}))


X = {}
addons("list for the add-on, main ticket scanned, no add-on match", dict(limit=["canoe"]), [("canoe", X)])
addons("list for the add-on, main ticket scanned, add-on match", dict(limit=["canoe"], addon_match=True), [("canoe", X)])
addons("add-on match, the add-on's own code scanned", dict(limit=["canoe"], addon_match=True), [("canoe", X)], scan=0)
addons("add-on's own code without add-on match", dict(limit=["canoe"]), [("canoe", X)], scan=0)
addons("add-on match, two add-ons, one on the list", dict(limit=["canoe"], addon_match=True), [("canoe", X), ("climb", X)])
addons("add-on match, two add-ons on the list", dict(limit=["canoe", "climb"], addon_match=True), [("canoe", X), ("climb", X)])
addons("add-on match, the same add-on twice", dict(limit=["canoe"], addon_match=True), [("canoe", X), ("canoe", X)])
addons("add-on match, the same twice, one used", dict(limit=["canoe"], addon_match=True), [("canoe", X), ("canoe", X)])
addons("add-on match, none on the list", dict(limit=["dinner"], addon_match=True), [("canoe", X)])
addons("add-on match, list with all products", dict(addon_match=True), [("canoe", X)])
addons("add-on match, list with all products, no add-on", dict(addon_match=True), [])
addons("add-on match, main ticket and add-on both on the list", dict(limit=["base", "canoe"], addon_match=True), [("canoe", X)])
addons("add-on match, add-on blocked", dict(limit=["canoe"], addon_match=True), [("canoe", dict(blocked=["admin"]))])
addons("add-on match, main ticket blocked, add-on free", dict(limit=["canoe"], addon_match=True), [("canoe", X)], base_kw=dict(blocked=["admin"]))
addons("add-on match, add-on canceled", dict(limit=["canoe"], addon_match=True), [("canoe", dict(canceled=True))])
addons("add-on match, main ticket canceled, add-on live", dict(limit=["canoe"], addon_match=True), [("canoe", X)], base_kw=dict(canceled=True))
addons("add-on match, two of which one is valid now", dict(limit=["canoe", "climb"], addon_match=True),
       [("canoe", dict(valid_until="2030-08-02T10:00:00+02:00")), ("climb", dict(valid_from="2030-08-02T11:00:00+02:00"))])
addons("add-on match, both in the future: the next one is named", dict(limit=["canoe", "climb"], addon_match=True),
       [("canoe", dict(valid_from="2030-08-03T10:00:00+02:00")), ("climb", dict(valid_from="2030-08-02T14:00:00+02:00"))])
addons("add-on match, both over: the last one is named", dict(limit=["canoe", "climb"], addon_match=True),
       [("canoe", dict(valid_until="2030-08-01T10:00:00+02:00")), ("climb", dict(valid_until="2030-08-02T10:00:00+02:00"))])
addons("add-on match, valid_until exactly now drops out of the choice", dict(limit=["canoe", "climb"], addon_match=True),
       [("canoe", dict(valid_until="2030-08-02T12:00:00+02:00")), ("climb", X)])
addons("add-on match, order pending", dict(limit=["canoe"], addon_match=True), [("canoe", X)], status="n")
addons("add-on match, wrong product and the main ticket's time is over", dict(limit=["dinner"], addon_match=True), [("canoe", X)], base_kw=dict(valid_until="2030-08-01T10:00:00+02:00"))
c = addons("add-on match, used once", dict(limit=["canoe"], addon_match=True), [("canoe", X)])
c.scan(c.d["lists"][0]["pk"])
c = addons("add-on match, ambiguous and forced", dict(limit=["canoe", "climb"], addon_match=True), [("canoe", X), ("climb", X)])
c.d["steps"] = []
c.scan(c.d["lists"][0]["pk"], force=True)
c = Case("add-on of an add-on is not found", "camp", "addon")
l = c.list(limit=["dinner"], addon_match=True)
base = c.ticket("base")
mid = c.ticket("canoe", addon_to=base)
c.order(base, mid, c.ticket("dinner", addon_to=mid))
c.scan(l)

# A secret is unique within an organiser (the database refuses a second one), so ambiguity comes from add-ons and media only.

# --- revoked and signed ----------------------------------------------------------------------------------------------------------------
simple("revoked code", "revoked", item="child", revoked=["old-code-1"], scan_kw=dict(secret="old-code-1"))
simple("revoked code, forced", "revoked", item="child", revoked=["old-code-2"], scan_kw=dict(secret="old-code-2", force=True), offline="unforced", why=FORCED)
simple("revoked code, exit", "revoked", item="child", revoked=["old-code-3"], scan_kw=dict(secret="old-code-3", type="exit"))
simple("the new code of a ticket whose old one is revoked", "revoked", item="child", revoked=["old-code-4"])
simple("revoked wins over everything else", "revoked", item="child", revoked=["old-code-5"], order_kw=dict(status="c"), blocked=["admin"], scan_kw=dict(secret="old-code-5"))
simple("a live code that also stands in the revoked list", "revoked", item="child", secret="both-1", revoked=["both-1"])
simple("revoked code, attention of the ticket is not told", "revoked", item="press", revoked=["old-code-6"], scan_kw=dict(secret="old-code-6"))
simple("revoked code, simulated", "revoked", item="child", revoked=["old-code-7"], scan_kw=dict(secret="old-code-7", simulate=True))
c = Case("revoked code of the main ticket, add-on match, forced", "camp", "revoked")
l = c.list(limit=["canoe"], addon_match=True)
base = c.ticket("base", revoked=["old-code-8"])
c.order(base, c.ticket("canoe", addon_to=base))
c.scan(l, secret="old-code-8", force=True, offline="unforced", why=FORCED)


def sealed(name, spec, offline=None, why=None, stored=True, world="sealed", list_kw=None, revoke=None, **kw):
    c = Case(name, world, "signed")
    l = c.list(**(list_kw or {}))
    s = dict(dict(seed=f"seed{c.n:05d}", item="entry", event=world), **spec)
    t = c.ticket("entry", secret=s if stored else None, revoked=[s] if revoke else [], subevent=kw.pop("subevent", None), variation=kw.pop("variation", None), **kw)
    c.order(t)
    return c.scan(l, secret={"position": t["pk"]} if stored else s, offline=offline, why=why)


sealed("signed code, ticket known", {})
SIG = "the signature is good and the code is not on the revoked list: the ticket was sold after the last sync; let in, upload with force"
sealed("signed code, ticket not known", {}, stored=False, offline=ADMIT, why=SIG)
sealed("signed code, ticket not known, revoked", {}, stored=False, revoke=True)
sealed("signed code, not known, product not on the list", {"item": "lounge"}, stored=False, list_kw=dict(limit=["entry"]), offline=refuse("product"), why="the payload names the product; the server only says it does not know the code")
sealed("signed code, not known, too early", {"from": "2030-09-01T13:00:00+02:00"}, stored=False, offline=refuse("invalid_time"), why="the payload carries the validity")
sealed("signed code, not known, too late", {"until": "2030-09-01T11:00:00+02:00"}, stored=False, offline=refuse("invalid_time"), why="the payload carries the validity")
sealed("signed code, not known, valid now", {"from": "2030-09-01T11:00:00+02:00", "until": "2030-09-01T13:00:00+02:00"}, stored=False, offline=ADMIT, why=SIG)
sealed("signed code, not known, product unknown", {"item": 999999}, stored=False, offline=refuse("invalid"), why="a good signature over a product that is not in the copy: refuse, and ask the server when there is one")
for how in ("key", "version", "payload", "short", "length", "tail", "forwards"):
    good = how in ("tail",)
    sealed(f"signed code, not known, broken: {how}", {"break": how}, stored=False, **(dict(offline=ADMIT, why="bytes after the signature are not looked at by the server's own decoder: same here") if good else {}))
sealed("signed code, known, its payload says another product than the ticket", {"item": "lounge"}, list_kw=dict(limit=["entry"]))
sealed("signed code, known, its payload is over but the ticket is not", {"until": "2030-09-01T11:00:00+02:00"})
sealed("broken signature, but the ticket is known by it", {"break": "payload"})
sealed("signed series code, known", {"subevent": "first", "variation": "entry/box"}, world="sealednights", subevent="first", variation="box", list_kw=dict(subevent="first"))
sealed("signed series code, not known, right date", {"subevent": "first"}, stored=False, world="sealednights", subevent="first", list_kw=dict(subevent="first"), offline=ADMIT, why=SIG)
sealed("signed series code, not known, wrong date", {"subevent": "next"}, stored=False, world="sealednights", subevent="first", list_kw=dict(subevent="first"),
       offline=refuse("invalid"), why="the payload names the date: say that it is a ticket for another date; the server's word for it is invalid")
sealed("signed code of the series at the other event", {"event": "sealed"}, stored=False, world="sealednights", subevent="first")

# --- hard secrets ------------------------------------------------------------------------------------------------------------------------
for text, name in [("O'Brien", "apostrophe"), ('say "hi"', "double quotes"), ("%", "percent"), ("_", "underscore"), ("100%_off", "wildcards"), ("\\", "backslash"), ("a/b/../c", "slashes"), ("a?b=c&d#e", "address signs"),
                   ("a+b", "plus"), ("ü", "u umlaut, composed"), ("u\u0308", "u umlaut, decomposed"), ("票券🎟️", "wide letters and a picture"), ("تذكرة", "right to left"), ("<b>x</b>", "markup"), ("x" * 255, "255 letters"), ("y" * 1000, "1000 letters"),
                   ("{\"a\":1}", "looks like JSON"), ("null", "null"), ("0", "zero"), ("8000101", "digits only"), ("https://example.org/t/abc", "an address"), ("a\tb", "tab inside"), ("a\u00a0b", "no-break space"), ("a\u200bb", "zero-width space"),
                   ("'; DROP TABLE tickets; --", "sql"), ("=1+1", "formula"), ("ﬁ", "ligature"), ("İ", "dotted capital i")]:
    simple(f"secret: {name}", "secret", item="child", secret=text, scan_kw=dict(secret=text))
simple("secret: % does not match everything", "secret", item="child", secret="pct-abc", scan_kw=dict(secret="pct-%"))
simple("secret: composed code, decomposed scan", "secret", item="child", secret="K\u00f6ln", scan_kw=dict(secret="Ko\u0308ln"))
simple("secret: with a NUL", "secret", item="child", scan_kw=dict(secret="a\u0000b"), offline=refuse("invalid"), why="the server refuses the request as malformed; log it with raw_barcode `binary:` + base64, as the mobile library does")
simple("secret: empty", "secret", item="child", scan_kw=dict(secret=""), offline=refuse("invalid"), why="nothing was scanned")
simple("secret: blanks only", "secret", item="child", scan_kw=dict(secret="   "), offline=refuse("invalid"), why="nothing was scanned")
c = Case("secret: the position's id", "fair", "secret")
l = c.list()
c.order(c.ticket("child"))
c.scan(l, secret=str(c.d["orders"][0]["positions"][0]["pk"]))

# --- rules at the door ------------------------------------------------------------------------------------------------------------------------
simple("rule: once a day, first today", "rules", item="child", list_kw=dict(allow_multiple_entries=True, rules=cmp("<", "entries_today", 1)), past=[entry(0, "2030-05-31T23:59:59+02:00")])
simple("rule: once a day, second today", "rules", item="child", list_kw=dict(allow_multiple_entries=True, rules=cmp("<", "entries_today", 1)), past=[entry(0, "2030-06-01T00:00:00+02:00")])
simple("rule: vip before nine, regular refused", "rules", item="adult", variation="regular", list_kw=dict(rules={"or": [among("variation", "$adult/vip"), after(time("date_from"), 0)]}), scan_kw=dict(at="2030-06-01T08:30:00+02:00"))
simple("rule: vip before nine, vip admitted", "rules", item="adult", variation="vip", list_kw=dict(rules={"or": [among("variation", "$adult/vip"), after(time("date_from"), 0)]}), scan_kw=dict(at="2030-06-01T08:30:00+02:00"))
simple("rule: exits are not ruled", "rules", item="child", list_kw=dict(rules=FALSE), scan_kw=dict(type="exit"))
for desk in ("team", "north", "south", "roaming"):
    simple(f"rule: only gate North, desk {desk}", "rules", item="child", list_kw=dict(rules=among("gate", "$North")), scan_kw=dict(by=desk))
simple("rule: doors 30 minutes before", "rules", world="nights", item="adult", subevent="may17", list_kw=dict(rules=after(time("date_from"), 30)), scan_kw=dict(at="2030-05-17T17:30:01-04:00"))
simple("rule: doors, one second early", "rules", world="nights", item="adult", subevent="may17", list_kw=dict(rules=after(time("date_from"), 30)), scan_kw=dict(at="2030-05-17T17:30:00-04:00"))
simple("rule: the date of the ticket counts, not of the list", "rules", world="nights", item="adult", subevent="may17", list_kw=dict(rules=before(time("date_to"), 0)), scan_kw=dict(at="2030-05-17T22:59:59-04:00"))
simple("rule: open end, after the start", "rules", world="nights", item="adult", subevent="openend", list_kw=dict(rules=before(time("date_to"), 0)), scan_kw=dict(at="2030-07-04T18:00:01-04:00"))
for at, text in [("2030-11-03T01:30:00-04:00", "first half past one"), ("2030-11-03T01:30:00-05:00", "second half past one"), ("2030-11-03T02:00:00-05:00", "two")]:
    simple(f"rule: at most 30 minutes after the last entry, night of the clock change, {text}", "rules", world="nights", item="adult", subevent="fall",
           list_kw=dict(allow_multiple_entries=True, rules=cmp("<=", "minutes_since_last_entry", 30)), past=[entry(0, "2030-11-03T01:20:00-04:00")], scan_kw=dict(at=at))
simple("rule: once a day, the day has 25 hours", "rules", world="clocks", item="entry", list_kw=dict(allow_multiple_entries=True, rules=cmp("<", "entries_today", 1)), past=[entry(0, "2030-10-27T00:00:00+02:00")], scan_kw=dict(at="2030-10-27T23:59:59+01:00"))
simple("rule: once a day, last second before the long day", "rules", world="clocks", item="entry", list_kw=dict(allow_multiple_entries=True, rules=cmp("<", "entries_today", 1)), past=[entry(0, "2030-10-26T23:59:59+02:00")], scan_kw=dict(at="2030-10-27T00:00:00+02:00"))
simple("rule: two nights, far east: two UTC days are one", "rules", world="island", item="entry", list_kw=dict(allow_multiple_entries=True, rules=cmp("<", "entries_days", 1)), past=[entry(0, "2030-01-09T10:20:00+00:00")], scan_kw=dict(at="2030-01-10T10:10:00+00:00"))
simple("rule: once a day, far east, new day", "rules", world="island", item="entry", list_kw=dict(allow_multiple_entries=True, rules=cmp("<", "entries_today", 1)), past=[entry(0, "2030-01-10T10:14:59+00:00")], scan_kw=dict(at="2030-01-10T10:15:00+00:00"))
simple("rule: only who is outside", "rules", item="child", list_kw=dict(allow_multiple_entries=True, rules=cmp("==", "entry_status", "absent")), past=[entry(0, A)])
simple("rule: weekday", "rules", item="child", list_kw=dict(rules=cmp("==", "now_isoweekday", 7)))
simple("rule: time of day", "rules", item="child", list_kw=dict(rules=before(time("customtime", "11:00"), 0)))
simple("rule: since a moment", "rules", item="child", list_kw=dict(allow_multiple_entries=True, rules={"<": [{"entries_since": [time("custom", A)]}, 1]}), past=[entry(0, A)])
c = simple("rule: twice at most, counted by the server", "rules", item="child", list_kw=dict(allow_multiple_entries=True, rules=cmp("<", "entries_number", 2)))
c.scan(c.d["lists"][0]["pk"], at="2030-06-01T12:01:00+02:00").scan(c.d["lists"][0]["pk"], at="2030-06-01T12:02:00+02:00")
c.scan(c.d["lists"][0]["pk"], at="2030-06-01T12:03:00+02:00", force=True, offline="unforced", why=FORCED).scan(c.d["lists"][0]["pk"], at="2030-06-01T12:04:00+02:00")
simple("rule passes, list is strict: used", "rules", item="child", list_kw=dict(rules=cmp("<", "entries_number", 5)), past=[entry(0, A)])

# --- questions --------------------------------------------------------------------------------------------------------------------------------
LATER = dict(offline={"result": "questions", "reason": None}, why="a file must be uploaded first (POST /upload/), which needs the server: ask again when online, or let staff decide")
GOOD = {"num": ["3", "3.5", " 4 ", 5, "-1", "1e3"], "str": ["Ada", "0", "  "], "text": ["two\nlines"], "bool": ["true", "True", True], "one": ["#", "RED"], "many": ["#,#", "SOUP,CAKE", "#"],
        "date": ["2030-01-31", "31.01.2030", "2030-01-31T10:00:00Z"], "time": ["09:30", "9:30 PM", "09:30:15"], "datetime": ["2030-01-31T09:30:00+02:00", "2030-01-31 09:30", "2030-01-31T08:30:00Z"],
        "country": ["DE", "de", "GB"], "phone": ["+4930123456", "anything"], "range": ["1", "9"], "file": []}
BAD = {"num": ["three", "", None, "1,5,2", "NaN", "0"], "str": ["", None], "text": [""], "bool": ["false", False, "1", "yes", "", None], "one": ["PURPLE", "", "0", 1.5, ["#"]], "many": ["SOUP,PURPLE", "", [], "SOUP,SOUP"],
       "date": ["31/31/2030", "", "soon"], "time": ["25:00", ""], "datetime": ["never", ""], "country": ["ZZ", "", "Germany"], "phone": ["", None], "range": ["0", "10"],
       "file": ["file:00000000-0000-0000-0000-000000000000", "x", "", None]}
ITEM = {"num": "n", "str": "s", "text": "t", "bool": "b", "one": "c", "many": "m", "file": "f", "date": "d", "time": "h", "datetime": "w", "country": "cc", "phone": "tel", "range": "limits"}
QUIZ = NAMES["quiz"]


def asked(name, item, answers=None, **kw):
    return simple(name, "questions", world="quiz", item=item, scan_kw=dict(answers=answers, **kw.pop("scan", {})), **kw)


def fill(question, value):
    opts = [str(v) for k, v in QUIZ.items() if k.startswith(f"?{question}/")]
    if isinstance(value, str) and "#" in value:
        it = iter(opts)
        return "".join(next(it) if ch == "#" else ch for ch in value)
    return [fill(question, v) for v in value] if isinstance(value, list) else value


for question, item in ITEM.items():
    asked(f"question {question}: unanswered", item)
    for value in GOOD[question]:
        asked(f"question {question}: good {value!r}", item, {question: fill(question, value)})
    for value in BAD[question]:
        asked(f"question {question}: bad {value!r}", item, {question: fill(question, value)}, **(LATER if question == "file" else {}))
asked("question many: a list of option ids", "m", {"many": [QUIZ["?many/Soup"], QUIZ["?many/Cake"]]})
asked("question one: the option id as a number", "c", {"one": QUIZ["?one/Green"]})
asked("question one: the option of another question", "c", {"one": str(QUIZ["?many/Soup"])})
for question, item in [("boolopt", "bopt"), ("numopt", "nopt"), ("oneopt", "copt"), ("stropt", "sopt"), ("manyopt", "mopt")]:
    asked(f"optional {question}: unanswered", item)
    asked(f"optional {question}: empty answer skips it", item, {question: ""})
    asked(f"optional {question}: null skips it", item, {question: None})
asked("optional boolopt: false is an answer", "bopt", {"boolopt": "false"})
asked("optional numopt: nonsense asks again", "nopt", {"numopt": "abc"})
asked("optional oneopt: unknown option asks again", "copt", {"oneopt": "UP"})
asked("optional manyopt: empty list skips it", "mopt", {"manyopt": []})
asked("two questions, one answered", "two", {"first": "x"})
asked("two questions, both answered", "two", {"first": "x", "last": ""})
simple("answered before: not asked again", "questions", world="quiz", item="s", answers=[("str", "earlier", [])])
simple("answered before, new answer replaces it", "questions", world="quiz", item="s", answers=[("str", "earlier", [])], scan_kw=dict(answers={"str": "later"}))
simple("answered before, empty new answer is ignored", "questions", world="quiz", item="s", answers=[("str", "earlier", [])], scan_kw=dict(answers={"str": ""}))
simple("answered before, choice replaced", "questions", world="quiz", item="c", answers=[("one", "Red", ["Red"])], scan_kw=dict(answers={"one": "GREEN"}))
simple("optional answered before, emptied: the answer is deleted", "questions", world="quiz", item="sopt", answers=[("stropt", "earlier", [])], scan_kw=dict(answers={"stropt": ""}))
asked("a required question asked at purchase only does not hold anybody", "bought")
asked("answer to a question of another product is ignored", "none", {"str": "x"})
asked("answer to a question that is not there is ignored", "none", {123: "x"})
asked("questions_supported false lets in", "s", scan=dict(questions_supported=False), offline={"result": "questions", "reason": None}, why="an own desk supports questions; the flag is for machines without a screen")
asked("exit asks nothing", "s", scan=dict(type="exit"))
asked("forced upload without answers", "s", scan=dict(force=True), offline="unforced", why=FORCED)
asked("forced upload with answers", "s", {"str": "kept"}, scan=dict(force=True))
asked("simulated with answers: nothing is stored", "s", {"str": "gone"}, scan=dict(simulate=True)).scan(8000000 + len(CASES) * 100 + 1)
c = asked("first the questions, then the answer", "s")
c.scan(c.d["lists"][0]["pk"], answers={"str": "Ada"}).scan(c.d["lists"][0]["pk"])
c = simple("answers are kept although the ticket is refused", "questions", world="quiz", item="s", list_kw=dict(rules=FALSE), scan_kw=dict(answers={"str": "kept"}))
c.scan(c.d["lists"][0]["pk"])
simple("wrong list: answers are stored before the list is looked at", "questions", world="quiz", item="s", list_kw=dict(limit=["n"]), scan_kw=dict(answers={"str": "kept"}))
simple("answers as a list", "questions", world="quiz", item="s", scan_kw=dict(raw_answers=["x"]))
simple("answers as a text", "questions", world="quiz", item="s", scan_kw=dict(raw_answers="x"))
simple("used ticket with open questions: asked first", "questions", world="quiz", item="s", past=[entry(0, A)])
simple("used ticket with a good answer", "questions", world="quiz", item="s", past=[entry(0, A)], scan_kw=dict(answers={"str": "x"}))

# --- media -------------------------------------------------------------------------------------------------------------------------------------


def banded(name, ticket=None, media=(), offline=None, why=None, extra=None, list_kw=None, **scan):
    c = Case(name, "bands", "medium")
    l = c.list(**(list_kw or {}))
    tickets = [c.ticket(**t) for t in (ticket if isinstance(ticket, list) else [ticket or dict(item="plain")])]
    c.order(*tickets)
    for m in media:
        c.d["media"].append(dict(dict(pk=c.pk(), type="nfc_uid", identifier=f"04AA{c.n:04d}", positions=[t["pk"] for t in tickets]), **m))
    return c.scan(l, **dict(dict(secret=c.d["media"][0]["identifier"] if media else None, source_type="nfc_uid" if media else "barcode", offline=offline, why=why), **scan))


banded("medium linked to a ticket", media=[{}])
banded("medium read as a barcode", media=[{}], source_type="barcode")
banded("barcode medium", media=[dict(type="barcode", identifier="MEDIUM1")], source_type="barcode")
banded("a ticket secret given as nfc_uid is still found", dict(item="plain", secret="plain-secret"), secret="plain-secret", source_type="nfc_uid")
banded("medium switched off", media=[dict(active=False)])
banded("medium expired by the server's clock", media=[dict(expires="2020-01-01T00:00:00Z")])
banded("medium that expires before the scan but after the server's clock", media=[dict(expires="2030-01-01T00:00:00Z")], offline=refuse("invalid"), why="the server compares the medium's expiry with its own clock, not with the scan's time; offline the desk's clock is the scan's time")
banded("medium linked to nothing", media=[dict(positions=[])])
banded("medium unknown", secret="04FFFFFF", source_type="nfc_uid")
banded("medium with two tickets", [dict(item="plain"), dict(item="plain")], media=[{}])
banded("medium with two tickets, one valid now", [dict(item="plain", valid_until="2030-06-01T10:00:00+02:00"), dict(item="plain")], media=[{}])
banded("medium with two tickets, one on the list", [dict(item="plain"), dict(item="card")], media=[{}], list_kw=dict(limit=["plain"]))
banded("medium with a canceled ticket: still found", dict(item="plain", canceled=True), media=[{}], offline=refuse("invalid"),
       why="the interface hides the link from a medium to a canceled ticket: to the copy it leads nowhere")
for word, scan in (("", {}), (", forced", dict(force=True, offline="unforced", why=FORCED))):
    c = Case(f"medium with a ticket of another date{word}: here the date is looked at", "nights", "medium")
    l = c.list(subevent="may10")
    t = c.ticket("adult", subevent="may17")
    c.order(t)
    c.d["media"].append(dict(pk=c.pk(), type="nfc_uid", identifier=f"04DD{c.n:04d}", positions=[t["pk"]]))
    c.scan(l, secret=f"04DD{c.n:04d}", source_type="nfc_uid", **scan)
c = Case("revoked code of a ticket of another date, forced", "nights", "revoked")
l = c.list(subevent="may10")
c.order(c.ticket("adult", subevent="may17", revoked=["old-code-9"]))
c.scan(l, secret="old-code-9", force=True, offline="unforced", why=FORCED)
banded("medium used twice", dict(item="plain"), media=[{}]).scan(8000000 + len(CASES) * 100 + 1, secret=f"04AA{len(CASES):04d}", source_type="nfc_uid")
NEEDS = dict(offline={"result": "refused", "reason": "exchange"}, why="the exchange needs the server")
banded("product that must be exchanged, no medium", dict(item="band"), **NEEDS)
banded("exchange for a new medium", dict(item="band"), exchange_medium_type="nfc_uid", exchange_medium_identifier="04BB0001", **NEEDS)
banded("exchange with the wrong type", dict(item="band"), exchange_medium_type="barcode", exchange_medium_identifier="BB1", **NEEDS)
banded("exchange for a medium that must exist and does not", dict(item="reuse"), exchange_medium_type="nfc_uid", exchange_medium_identifier="04BB0002", **NEEDS)
banded("exchange of a product without policy", dict(item="plain"), exchange_medium_type="nfc_uid", exchange_medium_identifier="04BB0003", offline=refuse("product"), why="the exchange needs the server")
banded("exchange with half of the fields", dict(item="band"), exchange_medium_type="nfc_uid", **NEEDS)
banded("exchange simulated", dict(item="band"), exchange_medium_type="nfc_uid", exchange_medium_identifier="04BB0004", simulate=True, **NEEDS)
banded("the exchanged medium lets in", dict(item="band"), media=[{}])
banded("the exchanged ticket's own code, medium exists: let in unless the organiser enforces media", dict(item="band", secret="own-code-1"), media=[{}], secret="own-code-1", source_type="barcode")
banded("exchange, already exchanged", dict(item="band", secret="own-code-2"), media=[{}], secret="own-code-2", source_type="barcode", exchange_medium_type="nfc_uid", exchange_medium_identifier="04BB0005",
       offline=refuse("already_exchanged"), why="the exchange needs the server")
banded("a medium for a medium", dict(item="band"), media=[{}], exchange_medium_type="nfc_uid", exchange_medium_identifier="04BB0006", offline=refuse("error"), why="the exchange needs the server")
banded("source type unknown", source_type="magic", offline=ADMIT, why="the server refuses the request as malformed")

# --- language -----------------------------------------------------------------------------------------------------------------------------------
for own in (False, True):
    simple(f"explanation in the {'order' if own else 'event'}'s language", "language", world="deutsch", item="entry", order_kw=dict(locale="en"), list_kw=dict(rules=cmp("<", "entries_number", 0)), scan_kw=dict(use_order_locale=own),
           offline=refuse("rules"), why="the same decision; the sentence is the desk's own, in the staff's language")

# --- the older address -----------------------------------------------------------------------------------------------------------------------------
for text, name in [(None, "by secret"), ("id", "by the position's id"), ("missing", "unknown")]:
    c = Case(f"per-list address, {name}", "fair", "legacy")
    l = c.list()
    c.order(c.ticket("child"))
    pos = c.d["orders"][0]["positions"][0]["pk"]
    c.scan(l, secret={"position": pos} if text is None else str(pos) if text == "id" else "missing", api="legacy",
           **({"offline": refuse("invalid"), "why": "an id is no ticket code: only the old address takes it; do not use that address"} if text == "id" else {}))
c = Case("per-list address, canceled order: the older word unless asked otherwise", "fair", "legacy")
l = c.list()
c.order(c.ticket("child"), status="c")
c.scan(l, api="legacy", offline=refuse("canceled"), why="the old address says unpaid for canceled orders unless canceled_supported is sent").scan(l, api="legacy", canceled_supported=True)
c = Case("per-list address, an id that is somebody else's secret", "fair", "legacy")
l = c.list()
c.order(c.ticket("child"), c.ticket("child", secret=str(8000000 + c.n * 100 + 2)))
c.scan(l, secret=str(8000000 + c.n * 100 + 2), api="legacy").scan(l, secret=str(8000000 + c.n * 100 + 2))
c = Case("per-list address, untrusted: ids are not taken", "fair", "legacy")
l = c.list()
c.order(c.ticket("child"))
c.scan(l, secret=str(c.d["orders"][0]["positions"][0]["pk"]), api="legacy-untrusted")
