# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills an empty pretix: run through `pretix shell` by the script beside this one.

In: SEED_ORDERS (how many orders `conf` gets), SEED (for the random choices), SEED_START (first day, YYYY-MM-DD).
Out: KEY=VALUE lines. Organiser `demo`; events `conf` (two days), `series` (three dates), `empty`.
Same numbers in, same data out, the tokens aside.
"""
import json
import os
import random
import secrets
import string
from datetime import date, datetime, time, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import now
from django_scopes import scopes_disabled

from pretix.base.models import (
    Checkin, CheckinList, Device, Event, GiftCard, Item, ItemCategory, Order, OrderFee, OrderPayment, OrderPosition,
    OrderRefund, Organizer, Question, QuestionAnswer, Quota, SubEvent, TaxRule, Team, TeamAPIToken, User,
)
from pretix.base.models.devices import Gate
from pretix.base.models.giftcards import GiftCardTransaction
from pretix.base.models.orders import BlockedTicketSecret, RevokedTicketSecret, Transaction
from pretix.plugins.badges.models import BadgeLayout

ORDERS = int(os.environ.get("SEED_ORDERS", "200"))
rnd = random.Random(int(os.environ.get("SEED", "7")))
START = date.fromisoformat(os.environ.get("SEED_START") or str(now().date() + timedelta(days=7)))
ZONE = ZoneInfo("Europe/Berlin")
PLUGINS = "pretix.plugins.manualpayment,pretix.plugins.banktransfer,pretix.plugins.stripe,pretix.plugins.badges," \
          "pretix.plugins.checkinlists,pretix.plugins.ticketoutputpdf,pretix.plugins.sendmail,pretix.plugins.statistics"
FIRST = "Ada Bela Carla Deniz Emre Fatou Grace Hedy Ingrid Jón Käthe Łucja María Noor Óscar Priya Quyên Rosa Søren Tuğba".split()
LAST = "Abel Becker Çelik Diaz Eriksen Fröhlich García Hoffmann Ivanova Jansen Kovács Lindqvist Müller Nguyễn O'Brien Peña".split()
HARD = ["محمد عبد الله", "שרה כהן", "山田 太郎", "李 小龍", "Zoë 🎟️ O'Neill-D'Arcy", "Anna \"Anni\" <b>Bold</b>", "N" * 200,
        "José", "José", "null", "-", "Ωmega & Söhne GmbH"]
CODES = "ABCDEFGHJKLMNPQRSTUVWXYZ3789"


def at(day, hour, minute=0):
    return datetime.combine(START + timedelta(days=day), time(hour, minute), ZONE)


def pick(alphabet, n):
    return "".join(rnd.choice(alphabet) for _ in range(n))


def event(org, slug, name, **kw):
    e = Event.objects.create(organizer=org, slug=slug, name=name, currency="EUR", live=True, plugins=PLUGINS, **kw)
    e.set_defaults()
    e.settings.name_scheme = "full"
    e.settings.timezone = "Europe/Berlin"
    e.settings.locales = ["en", "de"]
    e.settings.attendee_names_asked = True
    for provider in ("manual", "banktransfer"):
        e.settings.set(f"payment_{provider}__enabled", True)
    return e


def product(e, name, price, tax, category, **kw):
    return Item.objects.create(event=e, name=name, default_price=D(price), tax_rule=tax, category=category, **kw)


def quota(e, name, size, *items, subevent=None):
    q = e.quotas.create(name=name, size=size, subevent=subevent)
    for i in items:
        q.items.add(i)
        q.variations.add(*i.variations.all())
    return q


def checkin_list(e, name, items=(), **kw):
    l = CheckinList.objects.create(event=e, name=name, all_products=not items, **kw)
    l.limit_products.add(*items)
    return l


class Orders:
    """Collects rows and writes each kind at once."""

    used = set()  # one for all events: an order code is unique within the organiser

    def __init__(self, event):
        self.event, self.rows = event, {k: [] for k in (Order, OrderPosition, OrderFee, OrderPayment, OrderRefund)}
        self.channel = event.organizer.sales_channels.get(identifier="web")

    def code(self):
        while (c := pick(CODES, 5)) in self.used:
            pass
        self.used.add(c)
        return c

    def add(self, status, wants, provider, refund=None, fee=None, number=0, **kw):
        total = sum((price for *_, price in wants), D(0)) + (fee or D(0))
        code = self.code()
        o = Order(event=self.event, organizer=self.event.organizer, code=code, status=status, total=total, locale="en",
                  email=f"guest{number}@example.org", datetime=at(-30, 9) + timedelta(minutes=number),
                  expires=at(-20, 23, 59) if status == "e" else at(0, 0), sales_channel=self.channel, **kw)
        if status == "c":
            o.cancellation_date = at(-10, 12)
        self.rows[Order].append(o)
        for n, (item, variation, subevent, price) in enumerate(wants, 1):
            name = rnd.choice(HARD) if rnd.random() < .05 else f"{rnd.choice(FIRST)} {rnd.choice(LAST)}"
            tax = (price - price / D("1.19")).quantize(D("0.01"))
            self.rows[OrderPosition].append(OrderPosition(
                order=o, organizer=self.event.organizer, positionid=n, item=item, variation=variation, subevent=subevent,
                price=price, tax_rule=item.tax_rule, tax_rate=D("19.00"), tax_value=tax, secret=pick(string.ascii_lowercase + string.digits, 32),
                pseudonymization_id=pick(CODES, 10), web_secret=pick(string.ascii_lowercase, 16), attendee_email=o.email,
                attendee_name_parts={"_scheme": "full", "full_name": name}, attendee_name_cached=name, canceled=status == "c"))
        if fee:
            self.rows[OrderFee].append(OrderFee(order=o, value=fee, fee_type="service", description="Booking fee", tax_rate=D(0), tax_value=D(0)))
        if status == "p" or (status == "c" and refund):
            p = OrderPayment(order=o, local_id=1, state="confirmed", amount=total, provider=provider, payment_date=o.datetime, info="{}")
            self.rows[OrderPayment].append(p)
            if refund:
                self.rows[OrderRefund].append(OrderRefund(order=o, local_id=1, payment=p, amount=min(refund, total), provider=provider,
                                                          state="done", source="admin", execution_date=at(-9, 10), info="{}"))
        elif status == "n":
            self.rows[OrderPayment].append(OrderPayment(order=o, local_id=1, state="created", amount=total, provider=provider, info="{}"))
        return o

    def info(self, payment, n, card):
        """What the provider needs for its own refunds: every second bank transfer can be paid back, the others not."""
        if payment.provider == "boxoffice":
            return {"pos_id": "desk-1", "receipt_id": n, "payment_type": "cash"}
        if payment.provider == "giftcard":
            return {"gift_card": card.pk}
        if payment.provider == "banktransfer" and n % 2:
            return {"payer": f"Payer {n}", "iban": "DE02120300000000202051", "bic": "BYLADEM1001"}
        return {}

    def write(self, card):
        """All rows; gift card payments are taken from the card; the ledger gets its lines."""
        for n, payment in enumerate(self.rows[OrderPayment], 1):
            payment.info = json.dumps(self.info(payment, n, card))
        for kind in (Order, OrderPosition, OrderFee, OrderPayment, OrderRefund):
            kind.objects.bulk_create(self.rows[kind], batch_size=500)
        spent = [p for p in self.rows[OrderPayment] if p.provider == "giftcard" and p.state == "confirmed"]
        GiftCardTransaction.objects.bulk_create(
            [GiftCardTransaction(card=card, acceptor=card.issuer, order=p.order, payment=p, value=-p.amount) for p in spent]
            + [GiftCardTransaction(card=card, acceptor=card.issuer, order=r.order, refund=r, value=r.amount)
               for r in self.rows[OrderRefund] if r.provider == "giftcard"], batch_size=500)
        of = {kind: {} for kind in (OrderPosition, OrderFee)}
        for kind, found in of.items():
            for row in self.rows[kind]:
                found.setdefault(row.order.pk, []).append(row)
        Transaction.objects.bulk_create(
            [t for o in self.rows[Order] if o.status in "np" for t in o.create_transactions(
                is_new=True, positions=of[OrderPosition].get(o.pk, []), fees=of[OrderFee].get(o.pk, []), dt_now=o.datetime, save=False)],
            batch_size=500)


with scopes_disabled(), transaction.atomic():
    user, _ = User.objects.get_or_create(email="admin@localhost", defaults=dict(is_staff=True))
    user.set_password(password := secrets.token_urlsafe(12))
    user.save()
    org = Organizer.objects.create(slug="demo", name="Demo Events")
    org.plugins = "pretix.plugins.banktransfer"  # must be on here before it works in an event
    org.save()
    org.settings.timezone = "Europe/Berlin"
    card = GiftCard.objects.create(issuer=org, currency="EUR", secret="SEEDEDCARD")
    card.transactions.create(value=D(ORDERS * 1000), acceptor=org)

    def team(name, **kw):
        t = Team.objects.create(organizer=org, name=name, all_events=True, **kw)
        return t, TeamAPIToken.objects.create(team=t, name=name).token

    owners, token = team("Owners", all_event_permissions=True, all_organizer_permissions=True)
    owners.members.add(user)
    _, door_token = team("Door", limit_event_permissions={"event.orders:checkin": True})
    _, reader_token = team("Readers", limit_event_permissions={"event.orders:read": True})

    conf = event(org, "conf", "Harbour Conference", date_from=at(0, 9), date_to=at(1, 18), date_admission=at(0, 8))
    vat = TaxRule.objects.create(event=conf, name="VAT", rate=D("19.00"))
    tickets = ItemCategory.objects.create(event=conf, name="Tickets", position=1)
    extras = ItemCategory.objects.create(event=conf, name="Extras", position=2)
    ticket = product(conf, "Conference ticket", 149, vat, tickets, admission=True, personalized=True)
    regular = ticket.variations.create(value="Regular", default_price=D("149.00"), position=1)
    student = ticket.variations.create(value="Student", default_price=D("49.00"), position=2)
    day1 = product(conf, "Day ticket, first day", 89, vat, tickets, admission=True, personalized=True)
    workshop = product(conf, "Workshop", 60, vat, extras, admission=True, personalized=True)
    shirt = product(conf, "T-shirt", 20, vat, extras)
    press = product(conf, "Press", 0, vat, tickets, admission=True, personalized=True, checkin_attention=True, checkin_text="Give the blue lanyard")
    quota(conf, "Seats", 10 * ORDERS, ticket, day1, press)
    quota(conf, "Workshop seats", 2 * ORDERS, workshop)
    quota(conf, "Shirts", None, shirt)
    diet = Question.objects.create(event=conf, question="Dietary needs", type="C", required=False, ask_during_checkin=True, position=1, identifier="DIET")
    for n, answer in enumerate(("None", "Vegetarian", "Vegan", "Halal"), 1):
        diet.options.create(answer=answer, position=n, identifier=f"DIET{n}")
    badge = Question.objects.create(event=conf, question="Company on the badge", type="S", required=False, position=2, identifier="COMPANY")
    waiver = Question.objects.create(event=conf, question="House rules signed?", type="B", required=True, ask_during_checkin=True, position=3, identifier="RULES")
    diet.items.add(press), badge.items.add(ticket, day1, press), waiver.items.add(press)

    conf.settings.invoice_generate, conf.settings.invoice_address_from = "admin", "Demo Events\nHarbour Street 1\n10115 Berlin"
    BadgeLayout.objects.create(event=conf, name="Badge", default=True)
    for kind, rows in (("event.item", conf.items), ("event.category", conf.categories), ("event.question", conf.questions), ("event.taxrule", conf.tax_rules)):
        for row in rows.all():  # what happened to them is where Last-Modified comes from
            row.log_action(f"pretix.{kind}.added", user=user)

    north, south = (Gate.objects.create(organizer=org, name=n, identifier=n.upper()) for n in ("North", "South"))
    entrance = checkin_list(conf, "Main entrance")
    rooms = checkin_list(conf, "Workshop rooms", [workshop], allow_entry_after_exit=True)
    second = checkin_list(conf, "Hall B, second day", [ticket, press], include_pending=True, allow_multiple_entries=True, rules={
        "and": [{"isAfter": [{"var": "now"}, {"buildTime": ["custom", at(1, 8).isoformat()]}, 30]}, {"<": [{"var": "entries_today"}, 3]}]})

    orders = Orders(conf)
    offers = [(ticket, regular, None, D("149.00")), (ticket, student, None, D("49.00")), (day1, None, None, D("89.00")),
              (workshop, None, None, D("60.00")), (shirt, None, None, D("20.00")), (press, None, None, D("0.00"))]
    for n in range(ORDERS):
        wants = [offers[rnd.choices(range(6), (40, 20, 15, 15, 5, 5))[0]] for _ in range(rnd.choices((1, 2, 3, 6), (70, 18, 9, 3))[0])]
        status = rnd.choices("pnec", (80, 10, 4, 6))[0]
        refund = D("20.00") if status == "p" and rnd.random() < .05 else D("9999") if status == "c" and rnd.random() < .7 else None
        orders.add(status, wants, rnd.choices(("banktransfer", "manual", "boxoffice", "giftcard"), (50, 30, 15, 5))[0], refund,
                   D("2.50") if rnd.random() < .2 else None, n, checkin_attention=rnd.random() < .02)
    orders.write(card)
    positions = list(OrderPosition.objects.filter(order__event=conf, order__status="p").order_by("pk"))
    for p in positions[5::40]:
        p.blocked = ["admin"]
        p.save(update_fields=["blocked"])
        BlockedTicketSecret.objects.create(event=conf, secret=p.secret, position=p, blocked=True)
    for p in positions[7::50]:
        RevokedTicketSecret.objects.create(event=conf, secret=pick(string.ascii_lowercase, 32), position=p)
    for p in positions[9::25]:
        Checkin.objects.create(position=p, list=entrance, datetime=at(-1, 17), type="entry")
    for p in positions[11::60]:
        p.valid_from, p.valid_until = at(1, 0), at(1, 23)
        p.save(update_fields=["valid_from", "valid_until"])
    QuestionAnswer.objects.bulk_create(QuestionAnswer(orderposition=p, question=badge, answer=f"Company {p.pk % 17}") for p in positions[::3])

    series = event(org, "series", "Museum nights", date_from=at(0, 18), has_subevents=True)
    entry = product(series, "Entry", 12, TaxRule.objects.create(event=series, name="VAT", rate=D("19.00")), None, admission=True, personalized=True)
    dates = [SubEvent.objects.create(event=series, name=f"Night {n}", date_from=at(7 * (n - 1), 18), date_to=at(7 * (n - 1), 23), active=True) for n in (1, 2, 3)]
    nights = Orders(series)
    for n in range(max(6, ORDERS // 5)):
        nights.add("p", [(entry, None, dates[n % 3], D("12.00"))], "manual", number=n)
    for d in dates:
        quota(series, str(d.name), 200, entry, subevent=d)
        checkin_list(series, str(d.name), subevent=d)
    nights.write(card)
    checkin_list(series, "All nights")
    event(org, "empty", "Nothing yet", date_from=at(30, 9))

    desk = Device.objects.create(organizer=org, name="Desk 1", all_events=True, gate=north)
    print(f"PRETIX_ORGANIZER=demo\nPRETIX_EVENT=conf\nPRETIX_TOKEN={token}\nPRETIX_TOKEN_DOOR={door_token}\nPRETIX_TOKEN_READ={reader_token}")
    print(f"PRETIX_DEVICE_INIT={desk.initialization_token}\nPRETIX_USER=admin@localhost\nPRETIX_PASSWORD={password}")
    print(f"PRETIX_LIST_MAIN={entrance.pk}\nPRETIX_LIST_WORKSHOP={rooms.pk}\nPRETIX_LIST_SECOND_DAY={second.pk}")
    print(f"PRETIX_ORDERS={Order.objects.filter(event=conf).count()}\nPRETIX_POSITIONS={OrderPosition.all.filter(order__event=conf).count()}")
