# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs inside the server (`pretix shell`): builds the worlds of plan.json, evaluates the rule vectors, writes built.json.

Everything lives under one organiser of its own (slug `cases`) with fixed ids, so that what the server then says over HTTP
is the same in every run. A second run removes the first one's rows.
"""
import base64
import hashlib
import json
import os
import struct
from datetime import datetime, timezone
from decimal import Decimal as D

import pretix
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django_scopes import scopes_disabled
from rest_framework.fields import DateTimeField

from pretix.base.i18n import language
from pretix.base.models import (
    Checkin, CheckinList, Device, Event, Item, ItemVariation, Order, OrderPosition, Organizer, Question, QuestionAnswer,
    QuestionOption, SubEvent, Team, TeamAPIToken,
)
from pretix.base.models.devices import Gate
from pretix.base.models.media import ReusableMedium
from pretix.base.models.orders import BlockedTicketSecret, RevokedTicketSecret
from pretix.base.secretgenerators import pretix_sig1_pb2
from pretix.base.services.checkin import LazyRuleVars, _get_logic_environment, _logic_explain

FOLDER = os.environ["CASES_FOLDER"]
PLAN = json.load(open(FOLDER + "/plan.json"))
CREATED = datetime.fromisoformat("2029-12-01T12:00:00+00:00")


def when(text):
    return datetime.fromisoformat(text) if text else None


def sweep(slug):
    """Removes what an earlier run left: every row whose owner is this organiser, children first."""
    old = Organizer.objects.filter(slug=slug).first()
    if not old:
        return
    with connection.cursor() as c:
        tables = connection.introspection.table_names(c)
        links = [(t, column, parent) for t in tables if t != "pretixbase_user"
                 for column, (_, parent, *_) in connection.introspection.get_relations(c, t).items()]
        key = {t: connection.introspection.get_primary_key_column(c, t) for t in tables}
        found, todo = {"pretixbase_organizer": {old.pk}}, [("pretixbase_organizer", {old.pk})]

        def pieces(ids):
            ids = sorted(ids)
            return (",".join(map(str, ids[n:n + 500])) for n in range(0, len(ids), 500))

        while todo:
            parent, ids = todo.pop()
            for table, column, owner in links:
                if owner == parent and key[table]:
                    for some in pieces(ids):
                        c.execute(f'SELECT "{key[table]}" FROM "{table}" WHERE "{column}" IN ({some})')
                        new = {r[0] for r in c.fetchall() if isinstance(r[0], int)} - found.get(table, set())
                        if new:
                            found.setdefault(table, set()).update(new)
                            todo.append((table, new))
        for table, ids in found.items():
            for some in pieces(ids):
                c.execute(f'DELETE FROM "{table}" WHERE "{key[table]}" IN ({some})')


def keypair(word):
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(word.encode()).digest())


def pem64(key, private):
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) if private else \
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(pem).decode()


def signed(event, spec, ids):
    """A signed secret, by the server's own message class and signer; `spec["break"]` then damages it."""
    t = pretix_sig1_pb2.Ticket()
    t.seed = spec["seed"]
    t.item = ids[spec["item"]] if isinstance(spec["item"], str) else spec["item"]
    t.variation = ids.get(spec.get("variation"), 0)
    t.subevent = ids.get(spec.get("subevent"), 0)
    t.validFromUnixTime = int(when(spec["from"]).timestamp()) if spec.get("from") else 0
    t.validUntilUnixTime = int(when(spec["until"]).timestamp()) if spec.get("until") else 0
    how, gen = spec.get("break"), event.ticket_secret_generators["pretix_sig1"]
    payload = t.SerializeToString()
    raw = gen._sign_payload(payload)
    if how == "key":
        raw = raw[:-64] + keypair("another key").sign(payload)
    elif how == "version":
        raw = b"\x02" + raw[1:]
    elif how == "payload":
        raw = raw[:10] + bytes([raw[10] ^ 1]) + raw[11:]
    elif how == "short":
        raw = raw[:-1]
    elif how == "length":
        raw = raw[:1] + struct.pack(">H", len(payload) + 300) + raw[3:]
    elif how == "tail":
        raw = raw + b"\x00\x00\x00"
    text = base64.b64encode(raw).decode()
    return text if how == "forwards" else text[::-1]


def put(model, pk, **kw):
    if model._base_manager.filter(pk=pk).exists():
        raise SystemExit(f"{model.__name__} {pk} belongs to somebody else: reset this server first (tests/live/pretix reset DIR)")
    obj = model(pk=pk, **kw)
    obj.save(force_insert=True)
    return obj


def build_event(org, w):
    e = Event.objects.create(organizer=org, slug=w["slug"], name=w["name"], currency="EUR", live=True, plugins="",
                             date_from=when(w["date_from"]), date_to=when(w.get("date_to")), date_admission=when(w.get("date_admission")),
                             has_subevents=bool(w.get("subevents")))
    e.settings.timezone = w["timezone"]
    e.settings.locales = ["en", "de"]
    e.settings.locale = w.get("locale", "en")
    if w.get("sig1"):
        key = keypair(w["sig1"])
        e.settings.ticket_secret_generator = "pretix_sig1"
        e.settings.ticket_secrets_pretix_sig1_privkey = pem64(key, True)
        e.settings.ticket_secrets_pretix_sig1_pubkey = pem64(key, False)
    for s in w.get("subevents", []):
        put(SubEvent, s["pk"], event=e, name=s["name"], active=True, date_from=when(s["date_from"]),
            date_to=when(s.get("date_to")), date_admission=when(s.get("date_admission")))
    for n, i in enumerate(w.get("items", [])):
        item = put(Item, i["pk"], event=e, name=i["name"], default_price=D("10.00"), admission=i.get("admission", True), position=n,
                   checkin_attention=i.get("attention", False), checkin_text=i.get("text"),
                   media_policy=i.get("media_policy"), media_type=i.get("media_type"))
        for m, v in enumerate(i.get("variations", [])):
            put(ItemVariation, v["pk"], item=item, value=v["name"], position=m, checkin_attention=v.get("attention", False), checkin_text=v.get("text"))
    for n, q in enumerate(w.get("questions", [])):
        x = put(Question, q["pk"], event=e, question=q["name"], type=q["type"], required=q.get("required", False), position=n,
                identifier=q["identifier"], ask_during_checkin=q.get("ask", True), show_during_checkin=q.get("show", False),
                **{k: v for k, v in q.items() if k.startswith("valid_")})
        x.items.set(q["items"])
        for m, o in enumerate(q.get("options", [])):
            put(QuestionOption, o["pk"], question=x, answer=o["name"], identifier=o["identifier"], position=m)
    return e


def build_list(events, l):
    c = put(CheckinList, l["pk"], event=events[l["event"]], name=l["name"], all_products="limit" not in l, subevent_id=l.get("subevent"),
            include_pending=l.get("include_pending", False), allow_multiple_entries=l.get("allow_multiple_entries", False),
            allow_entry_after_exit=l.get("allow_entry_after_exit", True), addon_match=l.get("addon_match", False),
            ignore_in_statistics=l.get("ignore_in_statistics", False), consider_tickets_used=l.get("consider_tickets_used", True),
            exit_all_at=when(l.get("exit_all_at")), rules=l.get("rules", {}))
    c.limit_products.set(l.get("limit", []))
    return c


def build_checkin(c, position, devices):
    put(Checkin, c["pk"], position=position, list_id=c["list"], type=c.get("type", "entry"), datetime=when(c["datetime"]),
        successful=c.get("successful", True), error_reason=c.get("error_reason"), forced=c.get("forced", False), force_sent=c.get("forced", False),
        nonce=c.get("nonce"), auto_checked_in=c.get("auto", False), device=devices.get(c.get("device")),
        gate=devices[c["device"]].gate if c.get("device") else None)


def build_order(org, events, channel, devices, ids, o):
    e = events[o["event"]]
    total = D("10.00") * len(o["positions"])
    order = put(Order, o["pk"], event=e, organizer=org, code=o["code"], status=o["status"], total=total, locale=o.get("locale", "en"),
                email=o.get("email", "guest@example.org"), datetime=CREATED, expires=CREATED, sales_channel=channel,
                require_approval=o.get("require_approval", False), valid_if_pending=o.get("valid_if_pending", False),
                checkin_attention=o.get("attention", False), checkin_text=o.get("text"))
    secrets = {}
    for n, p in enumerate(o["positions"], 1):
        secret = p["secret"] if isinstance(p["secret"], str) else signed(e, p["secret"], ids[o["event"]])
        secrets[p["pk"]] = secret
        name = p.get("name", "Ada Example")
        x = OrderPosition(pk=p["pk"], order=order, organizer=org, positionid=n, item_id=p["item"], variation_id=p.get("variation"),
                          subevent_id=p.get("subevent"), price=D("10.00"), tax_rate=D(0), tax_value=D(0), secret=secret,
                          pseudonymization_id=f"P{p['pk']}", web_secret=f"w{p['pk']}", attendee_email=None,
                          attendee_name_parts={"_scheme": "full", "full_name": name}, attendee_name_cached=name,
                          addon_to_id=p.get("addon_to"), canceled=p.get("canceled", False), blocked=p.get("blocked"),
                          valid_from=when(p.get("valid_from")), valid_until=when(p.get("valid_until")))
        OrderPosition.objects.bulk_create([x])
        x = OrderPosition.all.get(pk=p["pk"])
        if p.get("blocked"):
            BlockedTicketSecret.objects.create(event=e, secret=secret, position=x, blocked=True)
        for a in p.get("answers", []):
            qa = QuestionAnswer.objects.create(orderposition=x, question_id=a["question"], answer=a["answer"])
            qa.options.set(a.get("options", []))
        for c in p.get("checkins", []):
            build_checkin(c, x, devices)
        for r in p.get("revoked", []):
            text = r if isinstance(r, str) else signed(e, r, ids[o["event"]])
            revoked.setdefault(p["pk"], []).append(text)
            RevokedTicketSecret.objects.create(event=e, secret=text, position=x)
    return secrets


def verdict(rule, clist, position, gate, scope, now, exact=False):
    """`exact`: every time in UTC, so that no sum or comparison is made by the clock's face."""
    data = LazyRuleVars(position, clist, now.astimezone(timezone.utc) if exact else now, gate)
    logic = _get_logic_environment(scope, data, now_dt=now)
    if exact:
        build = logic._operations["buildTime"]
        logic.add_operation("buildTime", lambda *a: (lambda t: t.astimezone(timezone.utc) if t else t)(build(*a)))
    return logic.apply(rule, data)


def judge(vector, event, subevent, clist, position, gate):
    """`now` is read as the interface reads it: it comes out in the server's own zone, and the engine's sums feel that."""
    rule, now = vector["rule"], DateTimeField().to_internal_value(vector["now"])
    out = {}
    try:
        CheckinList.validate_rules(rule)
        out["api"] = "accepted"
    except ValidationError:
        out["api"] = "refused"
    except Exception:
        out["api"] = "crash"
    if not rule:
        out["expected"] = "true"
        return out
    scope = subevent or event
    try:
        value = verdict(rule, clist, position, gate, scope, now)
    except Exception as e:
        out["expected"], out["error"] = "error", type(e).__name__
        return out
    out["expected"] = "true" if value else "false"
    exact = "true" if verdict(rule, clist, position, gate, scope, now, exact=True) else "false"
    if exact != out["expected"]:
        out["offline"] = exact
    if not isinstance(value, bool):
        out["value"] = value if value is None or isinstance(value, (int, float, str, list)) else type(value).__name__
    if not value:
        try:
            with language("en"):
                out["explanation"] = str(_logic_explain(json.loads(json.dumps(rule)), scope, LazyRuleVars(position, clist, now, gate), now_dt=now))
        except Exception as e:
            out["explanation_crash"] = type(e).__name__
    return out


with scopes_disabled(), transaction.atomic():
    sweep("cases")
    org = Organizer.objects.create(slug="cases", name="Door cases")
    org.settings.timezone = "UTC"
    for key in ("barcode", "nfc_uid"):
        org.settings.set(f"reusable_media_type_{key}", True)
    if PLAN.get("media_enforced"):
        org.settings.reusable_media_usage_enforced = True
    team = Team.objects.create(organizer=org, name="Door", all_events=True, all_event_permissions=True, all_organizer_permissions=True)
    token = TeamAPIToken.objects.create(team=team, name="door").token
    gates = {g["name"]: put(Gate, g["pk"], organizer=org, name=g["name"], identifier=g["name"].upper()) for g in PLAN["gates"]}
    devices, tokens = {}, {"team": token}
    for d in PLAN["devices"]:
        x = put(Device, d["pk"], organizer=org, name=d["name"], all_events=True, device_id=d["device_id"], gate=gates.get(d.get("gate")),
                security_profile="full", initialized=CREATED, api_token=f"cases-{d['name']}-{hashlib.sha256(d['name'].encode()).hexdigest()[:40]}",
                hardware_brand="Test", hardware_model="Test", software_brand="Foyer", software_version="1")
        devices[d["name"]], tokens[d["name"]] = x, x.api_token
    events = {w["slug"]: build_event(org, w) for w in PLAN["worlds"]}
    ids = {w["slug"]: w["names"] for w in PLAN["worlds"]}
    channel = org.sales_channels.get(identifier="web")
    secrets, extra, revoked = {}, {}, {}
    for case in PLAN["cases"]:
        for l in case["lists"]:
            build_list(events, l)
        for o in case["orders"]:
            secrets.update(build_order(org, events, channel, devices, ids, o))
        for m in case.get("media", []):
            x = put(ReusableMedium, m["pk"], organizer=org, type=m["type"], identifier=m["identifier"], active=m.get("active", True), expires=when(m.get("expires")))
            x.linked_orderpositions.set(m["positions"])
        for n, step in enumerate(case["steps"]):
            if "seed" in step["scan"]["secret"] and isinstance(step["scan"]["secret"], dict):
                e = events[step["scan"]["secret"]["event"]]
                extra[f"{case['name']}/{n}"] = signed(e, step["scan"]["secret"], ids[e.slug])
    answers = []
    for v in PLAN["vectors"]:
        e = events[v["event"]]
        l = build_list(events, {"pk": v["list"], "event": v["event"], "name": v["name"][:190], "rules": v["rule"]})
        build_list(events, {"pk": v["list"] + 1, "event": v["event"], "name": "other"})
        order = dict(v["order"], event=v["event"])
        build_order(org, events, channel, devices, ids, order)
        position = OrderPosition.objects.get(pk=order["positions"][0]["pk"])
        l = CheckinList.objects.get(pk=v["list"])
        answers.append(judge(v, e, position.subevent, l, position, gates.get(v.get("gate"))))

json.dump({"pretix": pretix.__version__, "tokens": tokens, "secrets": secrets, "extra": extra, "revoked": revoked, "vectors": answers},
          open(FOLDER + "/built.json", "w"))
print("BUILT")
