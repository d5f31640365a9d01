# SPDX-License-Identifier: GPL-3.0-or-later
"""The other side of a door journey: a real pretix with an event of our own, and the line to it."""
import json
import re
import secrets
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

PATIENCE = 60
NEVER = {"isAfter": [{"var": "now"}, {"buildTime": ["custom", "2090-01-01T00:00:00+00:00"]}, 0]}
ONCE = {"<": [{"var": "entries_number"}, 1]}


def instant(text):
    """What ISO 8601 says: times are compared as instants, since pretix answers in a zone of its own."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Ticket:
    def __init__(self, order, position):
        self.order, self.position, self.secret = order, position["id"], position["secret"]
        self.name = position["attendee_name"]


class Pretix:
    """The organiser's view, past Foyer and past the line: makes what is needed, and says what really happened."""

    def __init__(self, env):
        self.url, self.organizer, self.token = env["PRETIX_URL"], env["PRETIX_ORGANIZER"], env["PRETIX_TOKEN"]
        self.seeded_event, self.seeded_list = env["PRETIX_EVENT"], int(env["PRETIX_LIST_MAIN"])
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback only

    def ask(self, path, body=None, method=None):
        request = urllib.request.Request(
            f"{self.url}/api/v1/organizers/{self.organizer}/{path}", data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "Token " + self.token, "Content-Type": "application/json", "Accept-Language": "en"},
            method=method)
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{request.get_method()} {path}: {error.code} {error.read()[:500]}") from error

    def all(self, path):
        """Every row of a list, page by page."""
        rows, page = [], 1
        while True:
            answer = self.ask(f"{path}{'&' if '?' in path else '?'}page={page}")
            rows += answer["results"]
            if not answer["next"]:
                return rows
            page += 1

    def make_event(self):
        """A day that has begun: tickets and a workshop, a question, and a list for each way to say no."""
        now = datetime.now(timezone.utc)
        self.event = "t" + secrets.token_hex(5)
        self.ask("events/", {
            "name": {"en": "Door journey"}, "slug": self.event, "currency": "EUR", "timezone": "Europe/Berlin", "live": False,
            "date_from": (now - timedelta(hours=1)).isoformat(), "date_to": (now + timedelta(days=1)).isoformat(),
            "plugins": ["pretix.plugins.manualpayment", "pretix.plugins.ticketoutputpdf"]})
        self.e = f"events/{self.event}/"
        self.ticket_item = self.make_item("Ticket")
        self.workshop_item = self.make_item("Workshop")
        self.dinner_item = self.make_item("Dinner")
        self.ask(self.e + "quotas/", {"name": "All", "size": None, "variations": [],
                                      "items": [self.ticket_item, self.workshop_item, self.dinner_item]})
        question = self.ask(self.e + "questions/", {
            "question": {"en": "Menu?"}, "type": "C", "required": True, "items": [self.dinner_item], "identifier": "MENU",
            "ask_during_checkin": True, "options": [{"identifier": "SOUP", "answer": {"en": "Soup"}, "position": 1},
                                                    {"identifier": "FISH", "answer": {"en": "Fish"}, "position": 2}]})
        self.question, self.option = question["id"], question["options"][0]["id"]
        self.door = self.make_list("Door")
        self.workshop = self.make_list("Workshop", all_products=False, limit_products=[self.workshop_item])
        self.never = self.make_list("Never", rules=NEVER)
        self.once = self.make_list("Once", rules=ONCE, allow_multiple_entries=True)
        self.unpaid_too = self.make_list("Unpaid too", include_pending=True)

    def make_item(self, name):
        return self.ask(self.e + "items/", {"name": {"en": name}, "default_price": "10.00", "admission": True, "personalized": True})["id"]

    def make_list(self, name, **kw):
        return self.ask(self.e + "checkinlists/", {"name": name, "all_products": True, "limit_products": [], **kw})["id"]

    def sell(self, name="Ada Example", item=None, status="p", email="ada@example.org", position=None, **order):
        paid = {"payment_provider": "manual"} if status == "p" else {}
        made = self.ask(self.e + "orders/", {
            "email": email, "locale": "en", "sales_channel": "web", "send_email": False, "status": status, "fees": [], **paid,
            "positions": [{"item": item or self.ticket_item, "variation": None, "price": "10.00",
                           "attendee_name_parts": {"_scheme": "full", "full_name": name}, **(position or {})}], **order})
        return Ticket(made["code"], made["positions"][0])

    def act(self, ticket, verb, **body):
        return self.ask(f"{self.e}orders/{ticket.order}/{verb}/", {"send_email": False, **body})

    def block(self, ticket):
        self.ask(f"{self.e}orderpositions/{ticket.position}/add_block/", {"name": "api:door"})

    def check_ins(self, ticket, kind="entry"):
        """The successful ones, oldest row first: the truth that everything is held against."""
        rows = self.all(f"{self.e}checkins/?ordering=id")
        return [row for row in rows if row["position"] == ticket.position and row["successful"] and row["type"] == kind]

    def make_device(self, name):
        return self.ask("devices/", {"name": name, "all_events": False, "limit_events": [self.event]})

    def device(self, device_id):
        return self.ask(f"devices/{device_id}/")

    def move_device(self, device_id, *events):
        self.ask(f"devices/{device_id}/", {"all_events": False, "limit_events": list(events)}, method="PATCH")

    def make_team_token(self):
        team = self.ask("teams/", {"name": "Door " + self.event, "all_events": False, "limit_events": [self.event],
                                   "limit_event_permissions": ["event.orders:read", "event.orders:checkin"]})
        return self.ask(f"teams/{team['id']}/tokens/", {"name": "Foyer"})["token"]


class Line:
    """Between a desk and the server. Can be pulled, can lose a request before or after its effect, and can be slow."""

    def __init__(self, url):
        self.far = (urllib.parse.urlsplit(url).hostname, urllib.parse.urlsplit(url).port)
        self.lose = []  # of the next redeems: "before" or "after"
        self.delay = 0
        self.stopped = threading.Event()
        self.listener = None
        self.port = 0
        self.plug()
        self.url = f"http://127.0.0.1:{self.port}"

    def plug(self):
        self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(self.listener,), daemon=True).start()

    def pull(self):
        # shutdown first: a thread that waits in accept() keeps a closed socket alive
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _serve(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near):
        """One request a connection: the server ends each after its answer."""
        with near:
            near.settimeout(PATIENCE)
            try:
                request = self._read_request(near)
                if request is None:
                    return
                redeem = re.match(rb"POST \S*/checkinrpc/redeem/ ", request) is not None
                fate = self.lose.pop(0) if redeem and self.lose else None
                if fate == "before":
                    return
                if redeem and self.delay:
                    self.stopped.wait(self.delay)
                answer = self._ask(request)
                if fate != "after":
                    head, _, body = answer.partition(b"\r\n\r\n")
                    head = re.sub(rb"(?im)^connection:[^\r\n]*\r\n", b"", head)
                    near.sendall(head + b"\r\nConnection: close\r\n\r\n" + body)
            except OSError:
                pass

    @staticmethod
    def _read_request(near):
        data = b""
        while b"\r\n\r\n" not in data:
            piece = near.recv(65536)
            if not piece:
                return None
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
        while length and len(body) < int(length[1]):
            piece = near.recv(65536)
            if not piece:
                return None
            body += piece
        return head + b"\r\n\r\n" + body

    def _ask(self, request):
        with socket.create_connection(self.far, timeout=PATIENCE) as far:
            # what comes after is answered on a connection of its own
            head, _, body = request.partition(b"\r\n\r\n")
            head = re.sub(rb"(?im)^connection:[^\r\n]*", b"Connection: close", head)
            far.sendall(head + b"\r\n\r\n" + body)
            answer = b""
            while piece := far.recv(65536):
                answer += piece
            return answer
