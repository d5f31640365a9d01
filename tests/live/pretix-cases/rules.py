# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule vectors: a rule, what the engine may look at, and nothing else. The server says what it makes of them."""
from worlds import NAMES

VECTORS = []
BER, NYC = "2030-06-01T12:00:00+02:00", "2030-05-10T20:00:00-04:00"


def resolve(x, names):
    """`$name` becomes the id as text, as the server's editor writes it; `#name` becomes the id as a number."""
    if isinstance(x, dict):
        return {k: resolve(v, names) for k, v in x.items()}
    if isinstance(x, list):
        return [resolve(v, names) for v in x]
    if isinstance(x, str) and x[:1] == "$" and x[1:] in names:
        return str(names[x[1:]])
    if isinstance(x, str) and x[:1] == "#" and x[1:] in names:
        return names[x[1:]]
    return x


def vec(name, rule, now=BER, event="rules", item="adult", variation=None, subevent=None, gate=None, checkins=()):
    n, names = len(VECTORS) + 1, NAMES[event]
    rows = []
    for k, c in enumerate(checkins):
        c = {"datetime": c} if isinstance(c, str) else dict(c)
        c.update(pk=9000000 + n * 50 + k, list=9000000 + 2 * n + (1 if c.pop("other", False) else 0))
        rows.append(c)
    VECTORS.append(dict(
        name=name, rule=resolve(rule, names), now=now, event=event, gate=gate, list=9000000 + 2 * n,
        order=dict(pk=9000000 + n, code=f"V{n:04d}", status="p", positions=[dict(
            pk=9000000 + n, item=names[item], variation=names.get(f"{item}/{variation}"), subevent=names.get(subevent), secret=f"vector{n}", checkins=rows)])))


def var(x):
    return {"var": x}


def time(kind, value=None):
    return {"buildTime": [kind] if value is None else [kind, value]}


def cmp(op, a, b):
    return {op: [var(a) if isinstance(a, str) else a, b]}


def after(t, tol=None):
    return {"isAfter": [var("now"), t] + ([] if tol is None else [tol])}


def before(t, tol=None):
    return {"isBefore": [var("now"), t] + ([] if tol is None else [tol])}


def among(v, *names):
    return {"inList": [var(v), {"objectList": [{"lookup": [v, n, "label"]} for n in names]}]}


def ex(t, **kw):
    return dict(datetime=t, type="exit", **kw)


# --- no rule, constants, shapes ---
for name, rule in [("no rule: empty object", {}), ("rule is true", True), ("rule is false", False), ("rule is a text", "closed"),
                   ("rule is an empty text", ""), ("rule is 0", 0), ("rule is 1", 1), ("rule is an empty list", []), ("rule is a list with a false rule", [{"==": [1, 2]}]),
                   ("and of nothing", {"and": []}), ("or of nothing", {"or": []}), ("and of true", {"and": [True]}), ("or of false", {"or": [False]}),
                   ("and true false", {"and": [True, False]}), ("or false true", {"or": [False, True]}), ("and over a bare rule, not a list", {"and": {"==": [1, 1]}}),
                   ("or over a bare false rule, not a list", {"or": {"==": [1, 2]}}), ("two operators in one object: the first counts", {"==": [1, 1], "<": [2, 1]}),
                   ("two operators, first false", {"<": [2, 1], "==": [1, 1]}), ("key with two underscores is skipped", {"__note": 1, "==": [1, 1]}),
                   ("only a key with two underscores", {"__note": 1}), ("unknown operator", {"between": [1, 2, 3]}),
                   ("unknown operator behind a false and", {"and": [False, {"between": [1]}]}), ("unknown operator behind a true or", {"or": [True, {"between": [1]}]}),
                   ("unknown operator as an operand", {"<": [{"between": [1]}, 3]}), ("operator name is empty", {"": [1]}),
                   ("operator name in capitals", {"AND": [True]}), ("operand object that is empty", {"==": [{}, 1]}), ("and with an empty object inside", {"and": [True, {}]})]:
    vec(name, rule)

# --- equality, with its coercions ---
for a, b in [(1, 1), (1, 2), (1, "1"), ("1", 1), ("a", "a"), ("a", "A"), (1.0, "1"), (1.0, "1.0"), (1, 1.0), (0, False), (1, True), (2, True), ("", False), ("True", True),
             ("true", True), (None, None), (None, 0), (None, False), (None, "None"), (None, ""), ([1], [1]), ([], False), ("1", "01"), (-1, -1)]:
    vec(f"== {a!r} {b!r}", {"==": [a, b]})
for a, b in [(1, 1), (1, "1"), (None, 0), ("a", "b"), (True, 1)]:
    vec(f"!= {a!r} {b!r}", {"!=": [a, b]})
for op in ("===", "!=="):
    for a, b in [(1, 1), (1, "1"), (1, 1.0), (True, 1)]:
        vec(f"{op} {a!r} {b!r}", {op: [a, b]})
vec("== with one operand", {"==": [1]})
vec("== with three operands", {"==": [1, 1, 1]})
vec("== with no operand", {"==": []})
vec("== with a bare operand, not a list", {"==": 1})

# --- order ---
for op in ("<", "<=", ">", ">="):
    for a, b in [(1, 2), (2, 2), (3, 2), ("1", 2), ("10", "9"), (None, 1), (1, None), ("x", 1), (1, "x"), (True, 2), (1.5, "1.5"), ("", 1), (" 1 ", 2)]:
        vec(f"{op} {a!r} {b!r}", {op: [a, b]})
vec("< two nulls", {"<": [None, None]})
vec("< two lists", {"<": [[1], [2]]})
for ops in ([1, 2, 3], [1, 3, 2], [1, 2, 2], [1, 2, 3, 4], [1, 2, 4, 3], [3, 2, 1]):
    vec(f"< chained {ops}", {"<": ops})
    vec(f"<= chained {ops}", {"<=": ops})
vec("> with three operands", {">": [3, 2, 1]})
vec(">= with three operands", {">=": [3, 2, 1]})
vec("< with one operand", {"<": [1]})

# --- variables ---
vec("product is", cmp("==", "product", "#adult"))
vec("product is, as text", cmp("==", "product", "$adult"))
vec("product is another", cmp("==", "product", "#child"))
vec("product among", among("product", "$adult", "$child"))
vec("product not among", among("product", "$child"))
vec("product among none", among("product"))
vec("product among, lookup with a number", among("product", "#adult"))
vec("product among, lookup text with spaces", {"inList": [var("product"), {"objectList": [{"lookup": ["product", " 7012001 ", "x"]}]}]})
vec("lookup of no number", {"inList": [var("product"), {"objectList": [{"lookup": ["product", "seven", "x"]}]}]})
vec("lookup with two operands", {"inList": [var("product"), {"objectList": [{"lookup": ["product", "$adult"]}]}]})
vec("inList over a plain list of texts", {"inList": [var("product"), ["$adult"]]})
vec("inList over a plain list of numbers", {"inList": [var("product"), ["#adult"]]})
vec("objectList of plain texts", {"inList": [var("product"), {"objectList": ["$adult"]}]})
vec("inList in a text", {"inList": ["a", "abc"]})
vec("inList in a number", {"inList": [1, 1]})
vec("lookup's first word is not looked at", {"inList": [var("product"), {"objectList": [{"lookup": ["gate", "$adult", "x"]}]}]})
vec("variation is", cmp("==", "variation", "#adult/vip"), variation="vip")
vec("variation among", among("variation", "$adult/vip"), variation="vip")
vec("variation among, other one", among("variation", "$adult/vip"), variation="regular")
vec("variation among, ticket has none", among("variation", "$adult/vip"), item="child")
vec("no variation is null", cmp("==", "variation", None), item="child")
vec("no variation is not 0", cmp("==", "variation", 0), item="child")
vec("no variation as text None", cmp("==", "variation", "None"), item="child")
vec("gate is", cmp("==", "gate", "#North"), gate="North")
vec("gate among", among("gate", "$North", "$South"), gate="South")
vec("gate among, wrong one", among("gate", "$North"), gate="South")
vec("gate among, no gate", among("gate", "$North"))
vec("no gate is null", cmp("==", "gate", None))
vec("gate != with no gate", cmp("!=", "gate", "#North"))
for w in ("subevent", "nothing", "_position", "entries", "now.year", "product.name", "product.0", "entries_since", "", None, 1):
    vec(f"variable {w!r} against 1", {"==": [var(w), 1]})
vec("unknown variable is null", {"==": [var("nothing"), None]})
vec("unknown variable with a default", {"==": [var(["nothing", 5]), 5]})
vec("known variable with a default", {"==": [var(["entries_number", 5]), 0]})
vec("unknown variable < 1", {"<": [var("nothing"), 1]})
vec("variable in a list", {"==": [var(["entries_number"]), 0]})
vec("bare variable as the rule, true", var("product"))
vec("bare variable as the rule, zero", var("entries_number"))
vec("now as the rule", var("now"))
vec("entry_status bare", var("entry_status"))

# --- counting ---
D1 = ["2030-06-01T09:30:00+02:00", "2030-06-01T11:00:00+02:00"]
DAYS = ["2030-05-30T10:00:00+02:00", "2030-05-31T23:59:59+02:00", "2030-06-01T00:00:00+02:00", "2030-06-01T00:00:00.000001+02:00", "2030-06-01T10:00:00+02:00"]
for n, rows in enumerate(([], D1[:1], D1, DAYS)):
    vec(f"entries_number < 2, {len(rows)} entries", cmp("<", "entries_number", 2), checkins=rows)
    vec(f"entries_today < 2, {len(rows)} entries, set {n}", cmp("<", "entries_today", 2), checkins=rows)
    vec(f"entries_days < 2, {len(rows)} entries", cmp("<", "entries_days", 2), checkins=rows)
vec("entries_number == 5", cmp("==", "entries_number", 5), checkins=DAYS)
vec("entries_today == 3: midnight itself counts", cmp("==", "entries_today", 3), checkins=DAYS)
vec("entries_days == 3", cmp("==", "entries_days", 3), checkins=DAYS)
vec("entries of another list do not count", cmp("==", "entries_number", 0), checkins=[dict(datetime=D1[0], other=True)])
vec("exits do not count", cmp("==", "entries_number", 1), checkins=[D1[0], ex(D1[1])])
vec("refused scans do not count", cmp("==", "entries_number", 0), checkins=[dict(datetime=D1[0], successful=False, error_reason="rules")])
vec("annulled scans do not count", cmp("==", "entries_number", 0), checkins=[dict(datetime=D1[0], successful=False, error_reason="annulled")])
vec("forced entries count", cmp("==", "entries_number", 1), checkins=[dict(datetime=D1[0], forced=True)])
vec("automatic entries count", cmp("==", "entries_number", 1), checkins=[dict(datetime=D1[0], auto=True)])
vec("entries after now count in entries_number", cmp("==", "entries_number", 1), checkins=["2030-06-05T10:00:00+02:00"])
vec("entries after now count in entries_today: no upper end", cmp("==", "entries_today", 1), checkins=["2030-06-05T10:00:00+02:00"])
vec("entries after now: another day in entries_days", cmp("==", "entries_days", 2), checkins=[D1[0], "2030-06-05T10:00:00+02:00"])
vec("day turns in the event's zone, not in UTC", cmp("==", "entries_days", 1), checkins=["2030-06-01T00:30:00+02:00", "2030-06-01T22:30:00+02:00"])
vec("two UTC days, one day in the zone", cmp("==", "entries_days", 1), checkins=["2030-05-31T22:30:00+00:00", "2030-06-01T20:00:00+00:00"])
vec("one UTC day, two days in the zone", cmp("==", "entries_days", 2), checkins=["2030-06-01T21:30:00+00:00", "2030-06-01T22:30:00+00:00"])
vec("today at one second to midnight", cmp("==", "entries_today", 1), now="2030-06-01T23:59:59+02:00", checkins=["2030-06-01T00:00:00+02:00"])
vec("today at midnight", cmp("==", "entries_today", 0), now="2030-06-02T00:00:00+02:00", checkins=["2030-06-01T23:59:59+02:00"])
vec("today, far east, before the zone's midnight", cmp("==", "entries_today", 1), event="rulesisland", now="2030-01-10T10:14:59+00:00", checkins=["2030-01-09T10:15:00+00:00"])
vec("today, far east, at the zone's midnight", cmp("==", "entries_today", 0), event="rulesisland", now="2030-01-10T10:15:00+00:00", checkins=["2030-01-09T10:15:00+00:00"])
vec("today, quarter-hour zone", cmp("==", "entries_today", 0), event="ruleskathmandu", now="2030-06-01T18:15:00+00:00", checkins=["2030-06-01T18:14:59+00:00"])
# --- entries since / before ---
for op in ("entries_since", "entries_before", "entries_days_since", "entries_days_before"):
    for cut in ("2030-06-01T00:00:00+02:00", "2030-06-01T00:00:00.000001+02:00", "2030-06-01T00:00:01+02:00", "2030-06-01T10:00:00+02:00"):
        for n in (1, 2, 3):
            vec(f"{op} {cut[11:]} == {n}", {"==": [{op: [time("custom", cut)]}, n]}, checkins=DAYS)
vec("entries_since date_from", {"<": [{"entries_since": [time("date_from")]}, 1]}, checkins=D1)
vec("entries_since customtime", {"<": [{"entries_since": [time("customtime", "10:00")]}, 2]}, checkins=D1)
vec("entries_since customtime, both after", {"<": [{"entries_since": [time("customtime", "09:00")]}, 2]}, checkins=D1)
vec("entries_before customtime", {"==": [{"entries_before": [time("customtime", "10:00")]}, 1]}, checkins=D1)
vec("entries_since with a plain number", {"<": [{"entries_since": [1]}, 1]})
vec("entries_since with no operand", {"<": [{"entries_since": []}, 1]})
vec("entries_since with an unknown time kind", {"<": [{"entries_since": [time("noon")]}, 1]}, checkins=D1)
vec("entries_since as the right side", {">": [1, {"entries_since": [time("date_from")]}]}, checkins=D1)
# --- minutes since ---
for secs, text in [("10:00:00", "2 h exactly"), ("11:00:01", "59 min 59 s"), ("11:00:00", "60 min"), ("10:59:59", "60 min 1 s"), ("12:00:00", "0"), ("12:00:01", "1 s in the future"), ("13:00:00", "1 h in the future")]:
    vec(f"minutes_since_last_entry < 60, last was {text}", cmp("<", "minutes_since_last_entry", 60), checkins=[f"2030-06-01T{secs}+02:00"])
    vec(f"minutes_since_last_entry >= 60, last was {text}", cmp(">=", "minutes_since_last_entry", 60), checkins=[f"2030-06-01T{secs}+02:00"])
vec("minutes_since_last_entry without entry is -1", cmp("==", "minutes_since_last_entry", -1))
vec("minutes_since_first_entry without entry is -1", cmp("==", "minutes_since_first_entry", -1))
vec("minutes_since_last_entry < 60 without entry", cmp("<", "minutes_since_last_entry", 60))
vec("minutes_since_last_entry > 60 without entry", cmp(">", "minutes_since_last_entry", 60))
vec("one second in the future is -1 too", cmp("==", "minutes_since_last_entry", -1), checkins=["2030-06-01T12:00:01+02:00"])
vec("61 seconds in the future is -2", cmp("==", "minutes_since_last_entry", -2), checkins=["2030-06-01T12:01:01+02:00"])
vec("minutes_since_first_entry takes the first", cmp("==", "minutes_since_first_entry", 150), checkins=D1)
vec("minutes_since_last_entry takes the last", cmp("==", "minutes_since_last_entry", 60), checkins=D1)
vec("minutes_since ignores exits", cmp("==", "minutes_since_last_entry", 60), checkins=D1 + [ex("2030-06-01T11:30:00+02:00")])
vec("minutes are real minutes over a clock change", cmp("==", "minutes_since_last_entry", 120), event="rulesseries", subevent="fall",
    now="2030-11-03T02:30:00-05:00", checkins=["2030-11-03T01:30:00-04:00"])
vec("minutes compare with a text", cmp("<", "minutes_since_last_entry", "61"), checkins=D1)
vec("minutes compare with a fraction", cmp("<", "minutes_since_last_entry", 60.5), checkins=D1)
vec("minutes == text: floats print a point", cmp("==", "minutes_since_last_entry", "60"), checkins=D1)
vec("minutes == text with a point", cmp("==", "minutes_since_last_entry", "60.0"), checkins=D1)
vec("none yet == text -1", cmp("==", "minutes_since_last_entry", "-1"))
# --- entry_status ---
for rows, text in [([], "no scan"), (D1[:1], "one entry"), ([D1[0], ex(D1[1])], "entry then exit"), ([ex(D1[0])], "exit only"), ([ex(D1[0]), D1[1]], "exit then entry"),
                   ([dict(datetime=D1[0], other=True)], "entry on another list"), ([D1[0], dict(datetime=D1[1], type="exit", successful=False, error_reason="annulled")], "annulled exit"),
                   ([D1[0], ex(D1[0])], "entry and exit in the same instant"), ([ex(D1[0]), D1[0]], "exit and entry in the same instant"),
                   ([ex("2030-06-05T10:00:00+02:00"), D1[0]], "exit stored after now")]:
    vec(f"entry_status == absent, {text}", cmp("==", "entry_status", "absent"), checkins=rows)
    vec(f"entry_status == present, {text}", cmp("==", "entry_status", "present"), checkins=rows)
vec("entry_status != present", cmp("!=", "entry_status", "present"))
vec("entry_status == other word", cmp("==", "entry_status", "away"))

# --- times ---
for t, text in [("2030-06-01T08:59:59+02:00", "1 s before"), ("2030-06-01T09:00:00+02:00", "at"), ("2030-06-01T09:00:00.000001+02:00", "1 us after"), ("2030-06-01T09:00:01+02:00", "1 s after")]:
    vec(f"isAfter date_from, {text}", after(time("date_from")), now=t)
    vec(f"isBefore date_from, {text}", before(time("date_from")), now=t)
for t in ("2030-06-01T08:29:59+02:00", "2030-06-01T08:30:00+02:00", "2030-06-01T08:30:01+02:00"):
    vec(f"isAfter date_from, tolerance 30, {t[11:19]}", after(time("date_from"), 30), now=t)
for t in ("2030-06-02T18:14:59+02:00", "2030-06-02T18:15:00+02:00", "2030-06-02T18:15:01+02:00"):
    vec(f"isBefore date_to, tolerance 15, {t[11:19]}", before(time("date_to"), 15), now=t)
for tol in (0, None, "", "30", "x", 0.5, -30, [], "30.5", True):
    vec(f"isAfter date_from with tolerance {tol!r} at 08:45", {"isAfter": [var("now"), time("date_from"), tol]}, now="2030-06-01T08:45:00+02:00")
vec("tolerance of half a minute, within", after(time("date_from"), 0.5), now="2030-06-01T08:59:31+02:00")
vec("tolerance of half a minute, outside", after(time("date_from"), 0.5), now="2030-06-01T08:59:30+02:00")
vec("negative tolerance on isBefore", before(time("date_to"), -30), now="2030-06-02T17:30:00+02:00")
vec("date_admission", after(time("date_admission")), now="2030-06-01T08:00:01+02:00")
vec("date_admission at", after(time("date_admission")), now="2030-06-01T08:00:00+02:00")
vec("date_admission missing: date_from", after(time("date_admission")), event="rulesbare", now="2030-06-01T09:00:01+02:00")
vec("date_admission missing, before date_from", after(time("date_admission")), event="rulesbare", now="2030-06-01T08:59:59+02:00")
vec("date_to missing: date_from", before(time("date_to")), event="rulesbare", now="2030-06-01T08:59:59+02:00")
vec("date_to missing, after date_from", before(time("date_to")), event="rulesbare", now="2030-06-01T09:00:01+02:00")
vec("series: the ticket's date, not the event", after(time("date_from")), event="rulesseries", subevent="fall", now=NYC)
vec("series: its own admission", after(time("date_admission")), event="rulesseries", subevent="may10", now="2030-05-10T17:30:01-04:00")
vec("series: date_to missing falls to the date's own start, not the event's end", before(time("date_to")), event="rulesseries", subevent="fall", now="2030-11-02T22:00:01-04:00")
vec("series: ticket without a date takes the event", before(time("date_to")), event="rulesseries", now="2030-11-02T22:00:01-04:00")
for text in ("2030-06-01T12:00:00+02:00", "2030-06-01T10:00:00Z", "2030-06-01T10:00:00.000Z", "2030-06-01T11:59:59+02:00", "2030-06-01 11:59 +0200", "2030-06-01T11:59:00",
             "2030-06-01", "tomorrow", "", "01.06.2030 11:00 +02:00", "2030-06-01T12:00:00-02:00"):
    vec(f"custom {text!r}", after(time("custom", text)))
vec("custom without a value", after(time("custom")))
vec("custom null", after(time("custom", None)))
vec("unknown time kind", after(time("noon")))
vec("buildTime with no operand", after({"buildTime": []}))
vec("buildTime with the kind not in a list", after({"buildTime": "date_from"}))
for text in ("12:00", "11:59:59", "12:00:00", "12:00:01", "11:59", "9:00", "12:00:00.5", "24:00", "noon", "11:30 AM", "2030-01-01T11:59:00"):
    vec(f"customtime {text!r}", after(time("customtime", text)))
vec("customtime is in the event's zone", before(time("customtime", "20:30")), event="rulesseries", subevent="may10", now=NYC)
vec("customtime on the zone's day", after(time("customtime", "00:00")), event="rulesisland", now="2030-01-10T10:20:00+00:00")
vec("customtime, far east, next day", before(time("customtime", "00:30")), event="rulesisland", now="2030-01-10T10:20:00+00:00")
vec("isAfter the other way round", {"isAfter": [time("date_from"), var("now")]}, now="2030-06-01T08:00:00+02:00")
vec("isBefore two fixed times", {"isBefore": [time("date_from"), time("date_to")]})
vec("isAfter with plain texts", {"isAfter": ["b", "a"]})
vec("isAfter with one operand", {"isAfter": [var("now")]})
vec("isAfter now and a text", {"isAfter": [var("now"), "2030-06-01T10:00:00+02:00"]})
vec("now compared with <", {"<": [var("now"), time("date_to")]})
vec("now compared with ==", {"==": [var("now"), time("custom", BER)]})
vec("now compared with a number", {"<": [var("now"), 5]})
for day, text in [("2030-06-01", 6), ("2030-06-02", 7), ("2030-06-03", 1)]:
    vec(f"now_isoweekday == {text}", cmp("==", "now_isoweekday", text), now=f"{day}T12:00:00+02:00")
vec("weekday turns in the event's zone", cmp("==", "now_isoweekday", 7), now="2030-06-01T22:00:00+00:00")
vec("weekday, a second earlier", cmp("==", "now_isoweekday", 6), now="2030-06-01T21:59:59+00:00")
vec("weekday as text", cmp("==", "now_isoweekday", "6"))
vec("weekend", cmp(">=", "now_isoweekday", 6))
# --- clock changes ---
F, S = dict(event="rulesseries", subevent="fall"), dict(event="rulesseries", subevent="spring")
vec("fall back: customtime 01:30 in the first 01:30, isAfter a second later", after(time("customtime", "01:30")), now="2030-11-03T01:30:01-04:00", **F)
vec("fall back: customtime 01:30 in the second pass", after(time("customtime", "01:30")), now="2030-11-03T01:30:01-05:00", **F)
vec("fall back: customtime 01:30, second pass, before it", before(time("customtime", "01:30")), now="2030-11-03T01:10:00-05:00", **F)
vec("fall back: customtime 01:30, first pass, before it", before(time("customtime", "01:30")), now="2030-11-03T01:10:00-04:00", **F)
vec("fall back: customtime 00:30 seen after the change", after(time("customtime", "00:30")), now="2030-11-03T03:00:00-05:00", **F)
vec("fall back: customtime 03:00 seen before the change", before(time("customtime", "03:00")), now="2030-11-03T00:30:00-04:00", **F)
vec("fall back: customtime 02:30 with tolerance 60, seen in the first pass", after(time("customtime", "02:30"), 60), now="2030-11-03T01:45:00-04:00", **F)
vec("fall back: day has 25 hours, entry at its start", cmp("==", "entries_today", 1), now="2030-11-03T23:59:59-05:00", checkins=["2030-11-03T00:00:00-04:00"], **F)
vec("fall back: both passes are one day", cmp("==", "entries_days", 1), now="2030-11-03T03:00:00-05:00", checkins=["2030-11-03T01:30:00-04:00", "2030-11-03T01:30:00-05:00"], **F)
vec("fall back: entries_since customtime 01:15, first pass now", {"==": [{"entries_since": [time("customtime", "01:15")]}, 1]}, now="2030-11-03T01:50:00-04:00",
    checkins=["2030-11-03T01:20:00-04:00"], **F)
vec("fall back: entries_since customtime 01:15, second pass now", {"==": [{"entries_since": [time("customtime", "01:15")]}, 0]}, now="2030-11-03T01:50:00-05:00",
    checkins=["2030-11-03T01:20:00-04:00"], **F)
vec("spring forward: customtime 02:30 does not exist, seen at 03:15", after(time("customtime", "02:30")), now="2030-03-10T03:15:00-04:00", **S)
vec("spring forward: customtime 02:30, seen at 03:30:01", after(time("customtime", "02:30")), now="2030-03-10T03:30:01-04:00", **S)
vec("spring forward: customtime 02:30, seen at 01:59", before(time("customtime", "02:30")), now="2030-03-10T01:59:00-05:00", **S)
vec("spring forward: customtime 01:59, seen at 03:00", after(time("customtime", "01:59")), now="2030-03-10T03:00:00-04:00", **S)
vec("spring forward: day has 23 hours", cmp("==", "entries_today", 1), now="2030-03-10T23:59:59-04:00", checkins=["2030-03-10T00:00:00-05:00"], **S)
vec("spring forward: entry the evening before is another day", cmp("==", "entries_today", 0), now="2030-03-10T03:00:00-04:00", checkins=["2030-03-09T23:59:59-05:00"], **S)
vec("spring forward: weekday", cmp("==", "now_isoweekday", 7), now="2030-03-10T03:00:00-04:00", **S)

# The same night where the server's own zone is the event's: two times of one zone are compared by the clock's face.
G = dict(event="rulesclocks")
for at, text in [("02:10:00+02:00", "first pass, 02:10"), ("02:40:00+02:00", "first pass, 02:40"), ("02:10:00+01:00", "second pass, 02:10"), ("02:40:00+01:00", "second pass, 02:40"), ("03:00:00+01:00", "three")]:
    for kind, rule in (("isBefore", before), ("isAfter", after)):
        vec(f"one zone: {kind} customtime 02:30, {text}", rule(time("customtime", "02:30")), now=f"2030-10-27T{at}", **G)
        vec(f"one zone: {kind} a fixed 02:30 of the first pass, {text}", rule(time("custom", "2030-10-27T02:30:00+02:00")), now=f"2030-10-27T{at}", **G)
for tol in (30, 60, 90, 120):
    vec(f"one zone: isAfter a fixed 03:00, tolerance {tol}, 90 real minutes before", after(time("custom", "2030-10-27T03:00:00+01:00"), tol), now="2030-10-27T02:30:00+02:00", **G)
    vec(f"one zone: isBefore date_to, tolerance {tol}, 61 minutes after", before(time("date_to"), tol), now="2030-10-27T07:01:00+01:00", **G)
    vec(f"one zone: isBefore customtime 02:30, tolerance {tol}, an hour later by the clock", before(time("customtime", "02:30"), tol), now="2030-10-27T03:29:00+01:00", **G)
    vec(f"one zone, spring: isAfter a fixed 03:30, tolerance {tol}, 61 minutes before", after(time("custom", "2030-03-31T03:30:00+02:00"), tol), now="2030-03-31T01:29:00+01:00", **G)
vec("one zone: minutes over the change", cmp("==", "minutes_since_last_entry", 120), now="2030-10-27T03:30:00+01:00", checkins=["2030-10-27T02:30:00+02:00"], **G)
vec("one zone: entries_since customtime 02:30 in the second pass", {"==": [{"entries_since": [time("customtime", "02:30")]}, 1]}, now="2030-10-27T02:45:00+01:00",
    checkins=["2030-10-27T02:40:00+02:00", "2030-10-27T02:40:00+01:00"], **G)

# --- nesting, as the editor writes it ---
VIP = among("variation", "$adult/vip")
OPEN = {"and": [after(time("custom", "2030-06-01T09:00:00+02:00"), 0), before(time("custom", "2030-06-01T17:00:00+02:00"), 0)]}
EARLY = {"and": [after(time("custom", "2030-06-01T08:00:00+02:00"), None), before(time("custom", "2030-06-01T18:00:00+02:00"), None)]}
for v in ("regular", "vip"):
    for hour in ("08:30", "12:00", "17:30", "18:30"):
        vec(f"two opening hours, {v} at {hour}", {"or": [{"and": [VIP, EARLY]}, {"and": [among("variation", "$adult/regular"), OPEN]}]}, now=f"2030-06-01T{hour}:00+02:00", variation=v)
vec("and in or in and, all true", {"and": [{"or": [False, {"and": [True, {"or": [True]}]}]}, cmp("<", "entries_number", 1)]})
vec("and in or in and, last false", {"and": [{"or": [False, {"and": [True, {"or": [True]}]}]}, cmp(">", "entries_number", 0)]})
vec("and of two or's: explanation takes the nearest", {"and": [{"or": [cmp(">", "entries_number", 3), among("product", "$child")]}, {"or": [cmp(">", "entries_today", 0), among("gate", "$North")]}]})
vec("and with the same or twice", {"and": [{"or": [among("product", "$child"), cmp(">", "entries_number", 0)]}, {"or": [among("product", "$child"), cmp(">", "entries_number", 0)]}]})
deep = {"==": [1, 1]}
for _ in range(40):
    deep = {"and": [deep]}
vec("forty levels of and", deep)
vec("comparison over a boolean", {"==": [{"and": [True]}, True]})
vec("once a day and at most three days", {"and": [cmp("<", "entries_today", 1), {"or": [cmp("<", "entries_days", 3), cmp(">", "entries_today", 0)]}]}, checkins=DAYS[:2])
vec("re-entry only within 30 minutes", {"or": [cmp("<=", "minutes_since_first_entry", -1), cmp("<", "minutes_since_last_entry", 30)]}, checkins=D1)
vec("re-entry only within 90 minutes", {"or": [cmp("<=", "minutes_since_first_entry", -1), cmp("<", "minutes_since_last_entry", 90)]}, checkins=D1)
vec("gate and time fail together", {"and": [among("gate", "$North"), before(time("date_from"))]}, gate="South")
vec("or of numbers gives the number", {"or": [0, 7]})
vec("and of numbers gives the last", {"and": [1, 0]})
vec("and of texts", {"and": ["a", ""]})
# --- more of the base language: the engine knows it, the interface refuses to store it ---
for name, rule in [("not", {"!": [True]}), ("not, bare", {"!": False}), ("double not of a text 0", {"!!": ["0"]}), ("if true", {"if": [True, 1, 0]}), ("if false", {"if": [False, 1, 0]}),
                   ("if without else", {"if": [False, 1]}), ("?:", {"?:": [True, 0, 1]}), ("in text", {"in": ["b", "abc"]}), ("in list", {"in": [1, [1, 2]]}), ("in number", {"in": [1, 1]}),
                   ("plus", {"==": [{"+": [1, "2"]}, 3]}), ("minus", {"==": [{"-": [5]}, -5]}), ("times", {"==": [{"*": [2, "3"]}, 6]}), ("divide", {"==": [{"/": [6, 4]}, 1.5]}),
                   ("divide by zero", {"/": [1, 0]}), ("modulo", {"==": [{"%": [7, 3]}, 1]}), ("max", {"==": [{"max": [1, 3, 2]}, 3]}), ("min of none", {"min": []}),
                   ("cat", {"==": [{"cat": ["a", 1]}, "a1"]}), ("merge", {"merge": [1, [2]]}), ("count", {"==": [{"count": [1, 0, 2]}, 2]}), ("substr", {"==": [{"substr": ["abcd", 1, 2]}, "bc"]}),
                   ("missing", {"missing": ["nothing"]}), ("missing none", {"missing": ["product"]}), ("missing_some", {"missing_some": [1, ["product", "nothing"]]}),
                   ("all", {"all": [[1, 2], {">": [{"var": ""}, 0]}]}), ("all of none", {"all": [[], True]}), ("some", {"some": [[0, 3], {">": [{"var": ""}, 2]}]}),
                   ("none", {"none": [[0, 1], {">": [{"var": ""}, 2]}]}), ("filter", {"filter": [[1, 2], {">": [{"var": ""}, 5]}]}), ("map", {"map": [[1], {"var": ""}]}),
                   ("reduce", {"==": [{"reduce": [[1, 2, 3], {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]}, 6]}), ("log", {"log": [True]})]:
    vec(f"base language: {name}", rule)
