# SPDX-License-Identifier: GPL-3.0-or-later
"""The events that the cases play in. Names are ours; ids are given here, so that they never change."""

GATES = [{"pk": 7101, "name": "North"}, {"pk": 7102, "name": "South"}]
DEVICES = [{"pk": 7201, "device_id": 1, "name": "north", "gate": "North"}, {"pk": 7202, "device_id": 2, "name": "south", "gate": "South"},
           {"pk": 7203, "device_id": 3, "name": "roaming"}]


def q(name, kind, *items, **kw):
    return dict(name=name, identifier=name.upper(), type=kind, items=list(items), **kw)


def options(*names):
    return [{"name": n, "identifier": n.upper().replace(" ", "-")} for n in names]


WORLDS = [
    dict(slug="fair", name="Garden Fair", timezone="Europe/Berlin", date_admission="2030-06-01T08:00:00+02:00",
         date_from="2030-06-01T09:00:00+02:00", date_to="2030-06-02T18:00:00+02:00",
         items=[dict(name="adult", variations=[dict(name="regular"), dict(name="vip", attention=True, text="Gold lanyard")]),
                dict(name="child"), dict(name="press", attention=True, text="Blue lanyard"), dict(name="shirt", admission=False),
                dict(name="asked"), dict(name="texted", text="Cloakroom first", variations=[dict(name="plain", text="Left stairs")])],
         questions=[q("parent", "S", "asked", required=True)]),
    dict(slug="nights", name="Museum Nights", timezone="America/New_York", date_from="2030-05-10T18:00:00-04:00",
         subevents=[dict(name="may10", date_from="2030-05-10T18:00:00-04:00", date_to="2030-05-10T23:00:00-04:00", date_admission="2030-05-10T17:30:00-04:00"),
                    dict(name="may17", date_from="2030-05-17T18:00:00-04:00", date_to="2030-05-17T23:00:00-04:00"),
                    dict(name="fall", date_from="2030-11-02T22:00:00-04:00", date_to="2030-11-03T05:00:00-05:00"),
                    dict(name="spring", date_from="2030-03-09T22:00:00-05:00", date_to="2030-03-10T05:00:00-04:00"),
                    dict(name="openend", date_from="2030-07-04T18:00:00-04:00")],
         items=[dict(name="adult"), dict(name="other"), dict(name="asked"), dict(name="wristband", media_policy="new", media_type="nfc_uid"),
                dict(name="askedband", media_policy="new", media_type="nfc_uid")],
         questions=[q("guardian", "S", "asked", "askedband", required=True)]),
    dict(slug="quiz", name="Questions", timezone="Europe/Berlin", date_from="2030-06-01T09:00:00+02:00", date_to="2030-06-01T18:00:00+02:00",
         items=[dict(name=n) for n in ("n", "s", "t", "b", "c", "m", "f", "d", "h", "w", "cc", "tel", "bopt", "nopt", "copt", "limits", "two", "bought", "none", "sopt", "mopt")],
         questions=[q("num", "N", "n", required=True), q("str", "S", "s", required=True), q("text", "T", "t", required=True), q("bool", "B", "b", required=True),
                    q("one", "C", "c", required=True, options=options("Red", "Green")), q("many", "M", "m", required=True, options=options("Soup", "Salad", "Cake")),
                    q("file", "F", "f", required=True), q("date", "D", "d", required=True), q("time", "H", "h", required=True),
                    q("datetime", "W", "w", required=True), q("country", "CC", "cc", required=True), q("phone", "TEL", "tel", required=True),
                    q("boolopt", "B", "bopt"), q("numopt", "N", "nopt"), q("oneopt", "C", "copt", options=options("Left", "Right")),
                    q("range", "N", "limits", required=True, valid_number_min=1, valid_number_max=9),
                    q("first", "S", "two", required=True), q("last", "S", "two"),
                    q("atcheckout", "S", "bought", required=True, ask=False, show=True), q("stropt", "S", "sopt"),
                    q("manyopt", "M", "mopt", options=options("Tea", "Milk"))]),
    dict(slug="camp", name="Camp with extras", timezone="Europe/Berlin", date_from="2030-08-01T10:00:00+02:00", date_to="2030-08-04T18:00:00+02:00",
         items=[dict(name="base", text="Give the map"), dict(name="canoe", attention=True), dict(name="climb"), dict(name="dinner")]),
    dict(slug="sealed", name="Signed tickets", timezone="Europe/Berlin", date_from="2030-09-01T10:00:00+02:00", date_to="2030-09-01T20:00:00+02:00",
         sig1="foyer test key", items=[dict(name="entry", text="Seal checked"), dict(name="lounge")]),
    dict(slug="sealednights", name="Signed series", timezone="Europe/Berlin", date_from="2030-09-05T18:00:00+02:00", sig1="foyer series key",
         subevents=[dict(name="first", date_from="2030-09-05T18:00:00+02:00"), dict(name="next", date_from="2030-09-12T18:00:00+02:00")],
         items=[dict(name="entry", variations=[dict(name="stalls"), dict(name="box")])]),
    dict(slug="island", name="Island Day", timezone="Pacific/Chatham", date_from="2030-01-10T00:15:00+13:45", date_to="2030-01-10T23:45:00+13:45",
         items=[dict(name="entry")]),
    dict(slug="clocks", name="Clock change", timezone="Europe/Berlin", date_from="2030-10-26T18:00:00+02:00", date_to="2030-10-27T06:00:00+01:00",
         items=[dict(name="entry")]),
    dict(slug="second", name="The other hall", timezone="Europe/London", date_from="2030-06-01T09:00:00+01:00", items=[dict(name="entry"), dict(name="crew")]),
    dict(slug="deutsch", name="Deutsche Bühne", timezone="Europe/Berlin", locale="de", date_from="2030-06-01T19:00:00+02:00", items=[dict(name="entry")]),
    dict(slug="bands", name="Wristbands", timezone="Europe/Berlin", date_from="2030-06-01T09:00:00+02:00",
         items=[dict(name="plain"), dict(name="band", media_policy="new", media_type="nfc_uid"),
                dict(name="reuse", media_policy="reuse", media_type="nfc_uid"), dict(name="card", media_policy="reuse", media_type="barcode")]),
    # For the rule vectors.
    dict(slug="rules", name="Rules", timezone="Europe/Berlin", date_admission="2030-06-01T08:00:00+02:00",
         date_from="2030-06-01T09:00:00+02:00", date_to="2030-06-02T18:00:00+02:00",
         items=[dict(name="adult", variations=[dict(name="regular"), dict(name="vip")]), dict(name="child")]),
    dict(slug="rulesbare", name="Rules, start only", timezone="Europe/Berlin", date_from="2030-06-01T09:00:00+02:00", items=[dict(name="adult")]),
    dict(slug="rulesseries", name="Rules, series", timezone="America/New_York", date_from="2030-05-10T18:00:00-04:00", date_to="2030-12-31T18:00:00-05:00",
         subevents=[dict(name="may10", date_from="2030-05-10T18:00:00-04:00", date_to="2030-05-10T23:00:00-04:00", date_admission="2030-05-10T17:30:00-04:00"),
                    dict(name="fall", date_from="2030-11-02T22:00:00-04:00"), dict(name="spring", date_from="2030-03-09T22:00:00-05:00")],
         items=[dict(name="adult")]),
    dict(slug="rulesisland", name="Rules, far east", timezone="Pacific/Chatham", date_from="2030-01-10T00:15:00+13:45", items=[dict(name="adult")]),
    dict(slug="rulesclocks", name="Rules, clock change", timezone="Europe/Berlin", date_from="2030-10-26T22:00:00+02:00", date_to="2030-10-27T06:00:00+01:00", items=[dict(name="adult")]),
    dict(slug="rulesutc", name="Rules, UTC", timezone="UTC", date_from="2030-06-01T09:00:00+00:00", items=[dict(name="adult")]),
    dict(slug="ruleskathmandu", name="Rules, quarter hours", timezone="Asia/Kathmandu", date_from="2030-06-01T09:00:00+05:45", items=[dict(name="adult")]),
]

for n, w in enumerate(WORLDS, 1):
    w["pk"] = 7000 + n
    base, names = w["pk"] * 1000, {}
    for k, s in enumerate(w.get("subevents", []), 201):
        s["pk"] = names[s["name"]] = base + k
    v = base + 101
    for k, i in enumerate(w.get("items", []), 1):
        i["pk"] = names[i["name"]] = base + k
        for x in i.get("variations", []):
            x["pk"] = names[f"{i['name']}/{x['name']}"] = v
            v += 1
    o = base + 501
    for k, x in enumerate(w.get("questions", []), 401):
        x["pk"] = names["?" + x["name"]] = base + k
        x["items"] = [names[i] for i in x["items"]]
        for y in x.get("options", []):
            y["pk"] = names[f"?{x['name']}/{y['name']}"] = o
            o += 1
    for g in GATES:
        names[g["name"]] = g["pk"]
    w["names"] = names
NAMES = {w["slug"]: w["names"] for w in WORLDS}
