# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the house: which layer knows which, and what of the outside. docs/architecture.md says why."""

from dataclasses import dataclass, field

# Headers of the outside, by family. What no family knows must be added here on purpose.
FAMILIES = {
    "glib": ("glib.h", "glib-object.h", "glib/gprintf.h", "gobject/"),
    "words": ("glib/gi18n.h", "glib/gi18n-lib.h", "libintl.h"),
    "files": ("glib/gstdio.h", "glib-unix.h"),
    "gio": ("gio/",),
    "json": ("json-glib/",),
    "soup": ("libsoup/",),
    "sqlite": ("sqlite3.h",),
    "secret": ("libsecret/",),
    "sodium": ("sodium.h", "sodium/"),
    "ical": ("libical/", "libical-glib/"),
    "gtk": ("gtk/", "gdk/", "gsk/", "gdk-pixbuf/", "graphene.h"),
    "adw": ("adwaita.h",),
    "pango": ("pango/", "cairo.h", "cairo-pdf.h"),
    "gsound": ("gsound.h",),
    "qrencode": ("qrencode.h",),
    # C without the outside world ...
    "c": (
        "ctype.h", "errno.h", "float.h", "inttypes.h", "langinfo.h", "limits.h", "locale.h", "math.h", "stdalign.h",
        "stdarg.h", "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h", "time.h", "wchar.h",
    ),
    "chance": ("sys/random.h",),
    # ... and with it.
    "system": (
        "arpa/", "dirent.h", "fcntl.h", "linux/", "netdb.h", "netinet/", "poll.h", "pthread.h", "pwd.h", "signal.h",
        "stdio.h", "sys/", "termios.h", "unistd.h",
    ),
}


@dataclass
class Layer:
    name: str
    layers: set = field(default_factory=set)
    families: set = field(default_factory=set)


def _layer(name, layers, families):
    return Layer(name, set(layers.split()), {"glib", "c"} | set(families.split()))


_CORE_BUT_COMMANDS = "base entities rules ports"
_CORE = _CORE_BUT_COMMANDS + " commands"

LAYERS = {
    layer.name: layer
    for layer in (
        _layer("base", "", "words chance"),
        _layer("entities", "base", "json"),
        _layer("rules", "base entities", "json"),
        _layer("ports", "base entities", "gio"),
        _layer("commands", "base entities rules ports", "gio json"),
        _layer("clock", _CORE_BUT_COMMANDS, ""),
        _layer("http", "base", "words gio json soup"),
        _layer("sqlite", _CORE_BUT_COMMANDS, "words files system gio json sqlite"),
        _layer("keyring", _CORE_BUT_COMMANDS, "words gio secret"),
        _layer("crypto", _CORE_BUT_COMMANDS, "words gio sodium"),
        _layer("paper", _CORE_BUT_COMMANDS, "words gio pango"),
        _layer("sound", _CORE_BUT_COMMANDS, "words gio gsound"),
        _layer("controllers", _CORE, "words gio"),
        _layer("views", "base entities controllers", "words gio gtk adw pango qrencode"),
        _layer("sandbox", "base entities rules", "words files system gio json soup"),
    )
}

# A driver of an outside service: any folder of src/drivers that is not named above.
SERVICE = _layer("service", _CORE_BUT_COMMANDS + " http", "words gio json")

# The composition root knows everybody.
APP = Layer("app", set(LAYERS) | {"service"}, set(FAMILIES))

SERVICE_NAMES = ("pretix", "pretalx", "stripe", "twilio", "ntfy", "matomo", "goatcounter", "couchdb")


def layer_of(path):
    """The layer a file of src belongs to (`path` is relative to the root), as (name, table row)."""
    parts = path.parts
    if parts[0] != "src" or len(parts) < 3:
        return None, None
    if parts[1] in ("core", "drivers"):
        name = parts[2]
        if parts[1] == "core" and name not in LAYERS:
            return None, None
        return name, LAYERS.get(name, SERVICE)
    if parts[1] == "app":
        return "app", APP
    return parts[1], LAYERS.get(parts[1])


def family_of(header):
    for family, members in FAMILIES.items():
        for member in members:
            if header == member or (member.endswith("/") and header.startswith(member)):
                return family
    return None


def may_know(own_name, row, other_name):
    """Whether layer `own_name` (with its table row) may include a header of layer `other_name`."""
    if own_name == other_name or own_name == "app":
        return True
    if other_name in LAYERS or other_name == "app":
        return other_name in row.layers
    return False  # a service's driver is known to the composition root alone
