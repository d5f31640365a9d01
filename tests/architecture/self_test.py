#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants one violation after the other in a small healthy tree: each must be found, by its own rule and no other.

A rule without a planted violation fails too: a test that cannot fail proves nothing.
"""

import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from rules import RULES, Tree  # noqa: E402

LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
DOMAIN = '#define G_LOG_DOMAIN "foyer-test"\n'


def header(name, text="", includes="#include <glib-object.h>\n"):
    function = name.replace("-", "_")
    return f"{LICENCE}#pragma once\n{includes}G_BEGIN_DECLS\nvoid {function}_go (void);\n{text}G_END_DECLS\n"


def source(name, text="", includes=""):
    function = name.replace("-", "_")
    return f'{LICENCE}{DOMAIN}#include "{name}.h"\n{includes}\nvoid\n{function}_go (void)\n{{\n}}\n{text}'


def unit(folder, name):
    return {f"{folder}/{name}.h": header(name), f"{folder}/{name}.c": source(name)}


HEALTHY = {
    **unit("src/core/base", "foyer-stone"),
    **unit("src/core/entities", "foyer-person"),
    **unit("src/core/rules", "foyer-rule"),
    **unit("src/core/ports", "foyer-port"),
    **unit("src/core/commands", "foyer-act"),
    **unit("src/drivers/http", "foyer-http"),
    **unit("src/drivers/sqlite", "foyer-journal"),
    **unit("src/drivers/keyring", "foyer-keyring"),
    **unit("src/drivers/pretix", "foyer-pretix"),
    **unit("src/drivers/pretalx", "foyer-pretalx"),
    **unit("src/controllers", "foyer-desk"),
    **unit("src/sandbox", "foyer-sandbox"),
    **unit("src/app", "foyer-wiring"),
    "README.md": "# House\n\n## How it is built\n\nviews controllers core: base entities rules ports commands, drivers: http sqlite "
                 "keyring pretix pretalx, sandbox app; `src/core/base/foyer-stone.c`, `foyer-p*.h`, `drivers/http`, `src/drivers/<any>`, "
                 "[the desk](src/views/desk)\n\n## How to add a driver\n",
    "src/views/desk/foyer-desk-page.h": header("foyer-desk-page", includes="#include <adwaita.h>\n"),
    "src/views/desk/foyer-desk-page.c": source(
        "foyer-desk-page",
        includes='#include "config.h"\n#include <glib/gi18n.h>\n#include "foyer-desk.h"\n',
        text="""
struct _FoyerDeskPage
{
  int count;
};

G_DEFINE_FINAL_TYPE (FoyerDeskPage, foyer_desk_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[2] = { 0 };
static const char *const words[] = { N_("in"), N_("out") };
static const GActionEntry entries[] = { { "go", NULL } };
static const struct
{
  int code;
} table[] = { { 1 } };

typedef gboolean (*Chooser) (gpointer item);
static void helper (void);

/* extern int a; in a comment is no code, and g_print ("x") here is none either. */
static void
helper (void)
{
  static const int limits[] = { 1, 2 };
  static gsize once = 0;
  g_debug ("%d SELECT %s", limits[0], _("Scan a ticket"));
}

static void
foyer_desk_page_class_init (FoyerDeskPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (
    GTK_WIDGET_CLASS (klass), "/io/github/foyerdesk/Foyer/ui/foyer-desk-page.ui");
}
"""),
    "src/core/base/meson.build": "base_inc = include_directories('.')\n"
                               "base_lib = static_library('base', 'a.c', implicit_include_directories: false)\n",
    "tests/unit/base/test-stone.c": f"{LICENCE}#include <glib.h>\nint\nmain (void)\n{{\n"
                                   '  g_print ("1..0 # SKIP no display\\n");\n  return 0;\n}\n',
    "data/ui/foyer-desk-page.ui": '<interface><property name="label" translatable="yes">Scan</property></interface>',
    "data/foyer.gresource.xml": '<gresources><file>ui/foyer-desk-page.ui</file></gresources>',
    "po/POTFILES.in": "data/ui/foyer-desk-page.ui\nsrc/views/desk/foyer-desk-page.c\n",
}

# (rule, what the plant is, file, text added at its end or None to remove it)
PLANTS = [
    ("every_file_is_in_a_layer", "a folder nobody knows", "src/helpers/foyer-misc.c", source("foyer-misc").replace('#include "foyer-misc.h"\n', "")),
    ("every_file_is_in_a_layer", "a part of core nobody knows", "src/core/utils/foyer-misc.h", header("foyer-misc")),

    ("a_layer_includes_only_what_the_table_allows", "base looks up", "src/core/base/foyer-stone.c", '#include "foyer-person.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "rules use a command", "src/core/rules/foyer-rule.c", '#include "foyer-act.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "a driver uses a command", "src/drivers/pretix/foyer-pretix.c", '#include "foyer-act.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "a driver uses another", "src/drivers/pretix/foyer-pretix.c", '#include "foyer-pretalx.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "a driver uses the store", "src/drivers/pretix/foyer-pretix.c", '#include "foyer-journal.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "http uses entities", "src/drivers/http/foyer-http.c", '#include "foyer-person.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "the store uses http", "src/drivers/sqlite/foyer-journal.c", '#include "foyer-http.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "a controller uses a driver", "src/controllers/foyer-desk.c", '#include "foyer-pretix.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "a view uses a port", "src/views/desk/foyer-desk-page.c", '#include "foyer-port.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "a view uses a command", "src/views/desk/foyer-desk-page.c", '#include "foyer-act.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "the sandbox uses a driver", "src/sandbox/foyer-sandbox.c", '#include "foyer-pretix.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "the sandbox uses the driver's http", "src/sandbox/foyer-sandbox.c", '#include "foyer-http.h"\n'),
    ("a_layer_includes_only_what_the_table_allows", "somebody uses the app", "src/controllers/foyer-desk.c", '#include "foyer-wiring.h"\n'),

    ("a_layer_sees_only_its_own_part_of_the_outside", "base uses gio", "src/core/base/foyer-stone.c", "#include <gio/gio.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "a port uses json-glib", "src/core/ports/foyer-port.c", "#include <json-glib/json-glib.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "SQLite outside the store", "src/controllers/foyer-desk.c", "#include <sqlite3.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "soup in the store", "src/drivers/sqlite/foyer-journal.c", "#include <libsoup/soup.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "soup in a service's driver", "src/drivers/pretix/foyer-pretix.c", "#include <libsoup/soup.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "a secret outside the keyring", "src/drivers/http/foyer-http.c", "#include <libsecret/secret.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "sodium in the rules", "src/core/rules/foyer-rule.c", "#include <sodium.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "libical in a driver", "src/drivers/pretalx/foyer-pretalx.c", "#include <libical/ical.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "GTK in a controller", "src/controllers/foyer-desk.c", "#include <gtk/gtk.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "gettext in a command", "src/core/commands/foyer-act.c", "#include <glib/gi18n.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "files in base", "src/core/base/foyer-stone.c", "#include <unistd.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "a library nobody chose", "src/app/foyer-wiring.c", "#include <curl/curl.h>\n"),
    ("a_layer_sees_only_its_own_part_of_the_outside", "a header that is not there", "src/app/foyer-wiring.c", '#include "foyer-nowhere.h"\n'),

    ("headers_are_found_by_name", "a path upward", "src/views/desk/foyer-desk-page.c", '#include <../core/ports/foyer-port.h>\n'),
    ("headers_are_found_by_name", "a path upward in a test", "tests/unit/base/test-stone.c", '#include "../foyer-port.h"\n'),
    ("headers_are_found_by_name", "ours in angle brackets", "src/core/entities/foyer-person.c", "#include <foyer-stone.h>\n"),
    ("headers_are_found_by_name", "two headers of one name", "src/core/rules/foyer-stone.h", f"{LICENCE}#pragma once\n"),

    ("a_layer_offers_its_own_folder_alone", "a folder above", "src/core/base/meson.build", "x = include_directories('../entities')\n"),
    ("a_layer_offers_its_own_folder_alone", "the root", "src/core/base/meson.build", "x = include_directories(meson.project_source_root())\n"),
    ("a_layer_offers_its_own_folder_alone", "meson's own choice", "src/core/base/meson.build", "x = executable('x', 'x.c')\n"),

    ("nobody_includes_in_circles", "two headers", "src/core/base/foyer-a.h",
     header("foyer-a", includes='#include "foyer-b.h"\n'), "src/core/base/foyer-b.h", header("foyer-b", includes='#include "foyer-a.h"\n')),
    ("nobody_includes_in_circles", "three units, by their .c", "src/core/base/foyer-a.c", source("foyer-a", includes='#include "foyer-b.h"\n'),
     "src/core/base/foyer-a.h", header("foyer-a"),
     "src/core/base/foyer-b.h", header("foyer-b", includes='#include "foyer-c.h"\n'),
     "src/core/base/foyer-c.c", source("foyer-c", includes='#include "foyer-a.h"\n'), "src/core/base/foyer-c.h", header("foyer-c")),

    ("no_header_is_bypassed", "extern in a source", "src/core/base/foyer-stone.c", "extern int other;\n"),
    ("no_header_is_bypassed", "extern in a function", "src/core/base/foyer-stone.c", "static void\nf (void)\n{\n  extern void foyer_act_go (void);\n}\n"),
    ("no_header_is_bypassed", "a prototype by hand", "src/views/desk/foyer-desk-page.c", "void foyer_act_go (void);\n"),
    ("no_header_is_bypassed", "a prototype by hand, in GNU style", "src/views/desk/foyer-desk-page.c", "GListModel *\nfoyer_act_get (int a,\n  int b);\n"),
    ("no_header_is_bypassed", "a header for another layer's function", "src/core/base/foyer-stone.h", "void foyer_person_go (void);\n"),

    ("a_layer_does_not_do_anothers_work", "a thread in base", "src/core/base/foyer-stone.c", "static void\nf (void)\n{\n  g_thread_new (NULL, f, NULL);\n}\n"),
    ("a_layer_does_not_do_anothers_work", "a clock in the rules", "src/core/rules/foyer-rule.c", "static gint64\nf (void)\n{\n  return g_get_real_time ();\n}\n"),
    ("a_layer_does_not_do_anothers_work", "a setter in the entities", "src/core/entities/foyer-person.h", "static inline void foyer_person_set_name (int a) { }\n"),
    ("a_layer_does_not_do_anothers_work", "a type in the ports", "src/core/ports/foyer-port.h", "G_DECLARE_FINAL_TYPE (FoyerX, foyer_x, FOYER, X, GObject)\n"),
    ("a_layer_does_not_do_anothers_work", "an address in a command", "src/core/commands/foyer-act.c", 'static const char *const address = "https://pretix.example/api/v1";\n'),
    ("a_layer_does_not_do_anothers_work", "SQL in a controller", "src/controllers/foyer-desk.c", 'static const char *const sql = "SELECT name FROM attendee";\n'),
    ("a_layer_does_not_do_anothers_work", "a service's name in http", "src/drivers/http/foyer-http.c", 'static const char *const agent = "for Pretix";\n'),
    ("a_layer_does_not_do_anothers_work", "a service's name in http's code", "src/drivers/http/foyer-http.c", "static void pretix_quirk (void);\n"),
    ("a_layer_does_not_do_anothers_work", "a call that blocks a view", "src/views/desk/foyer-desk-page.c", "static void\nf (void)\n{\n  secret_password_lookup_sync (NULL);\n}\n"),
    ("a_layer_does_not_do_anothers_work", "an old widget", "src/views/desk/foyer-desk-page.c", "static void\nf (void)\n{\n  gtk_tree_view_new ();\n}\n"),
    ("a_layer_does_not_do_anothers_work", "a deprecation hushed", "src/views/desk/foyer-desk-page.c", "static void\nf (void)\n{\n  G_GNUC_BEGIN_IGNORE_DEPRECATIONS\n}\n"),

    ("versions_are_seen_in_compat_alone", "an #if on a version", "src/views/desk/foyer-desk-page.c", "#if GTK_CHECK_VERSION (4, 10, 0)\n#endif\n"),

    ("no_state_outlives_its_object", "a counter", "src/core/base/foyer-stone.c", "static int counter;\n"),
    ("no_state_outlives_its_object", "a singleton", "src/core/base/foyer-stone.c", "static GObject *instance = NULL;\n"),
    ("no_state_outlives_its_object", "a pointer to what is constant", "src/core/base/foyer-stone.c", 'static const char *current = "a";\n'),
    ("no_state_outlives_its_object", "a table that can be written", "src/core/base/foyer-stone.c", 'static const char *names[] = { "a" };\n'),
    ("no_state_outlives_its_object", "an unnamed struct", "src/core/base/foyer-stone.c", "static struct\n{\n  int a;\n} state;\n"),
    ("no_state_outlives_its_object", "a function pointer", "src/core/base/foyer-stone.c", "static void (*hook) (void);\n"),
    ("no_state_outlives_its_object", "a static in a function", "src/core/base/foyer-stone.c", "static int\nf (void)\n{\n  static int calls = 0;\n  return calls++;\n}\n"),

    ("every_template_has_its_widget", "a template without a widget", "data/ui/foyer-orphan.ui", "<interface/>"),
    ("every_template_has_its_widget", "a widget without its template", "data/ui/foyer-desk-page.ui", None,
     "po/POTFILES.in", lambda text: text.replace("data/ui/foyer-desk-page.ui\n", "")),
    ("every_template_has_its_widget", "a template that is not bundled", "data/foyer.gresource.xml", None),

    ("every_word_can_be_translated", "a source", "src/controllers/foyer-desk.c", '#include "config.h"\n#include <glib/gi18n.h>\nstatic const char *\nf (void)\n{\n  return _("Admitted");\n}\n'),
    ("every_word_can_be_translated", "a template", "po/POTFILES.in", None),
    ("every_word_can_be_translated", "a file that is gone", "po/POTFILES.in", "src/views/foyer-gone.c\n"),
    ("every_word_can_be_translated", "the desktop entry", "data/x.desktop.in", "[Desktop Entry]\n"),

    ("words_are_looked_up_in_our_domain", "no gi18n.h", "src/controllers/foyer-desk.c", 'static const char *\nf (void)\n{\n  return _("Admitted");\n}\n',
     "po/POTFILES.in", "src/controllers/foyer-desk.c\n"),
    ("words_are_looked_up_in_our_domain", "no config.h", "src/controllers/foyer-desk.c", '#include <glib/gi18n.h>\nstatic const char *\nf (void)\n{\n  return _("Admitted");\n}\n',
     "po/POTFILES.in", "src/controllers/foyer-desk.c\n"),

    ("names_of_people_are_no_markup_in_templates", "markup", "data/ui/foyer-desk-page.ui",
     lambda text: text.replace("</interface>", '<object class="GtkLabel"><property name="use-markup">True</property></object></interface>')),
    ("names_of_people_are_no_markup_in_templates", "a template that is no XML", "data/ui/foyer-desk-page.ui", "<interface>"),

    ("what_is_named_exists", "a link", "README.md", "[gone](docs/gone.md)\n"),
    ("what_is_named_exists", "a path", "README.md", "`src/views/gone/`\n"),
    ("what_is_named_exists", "a path within words", "README.md", "`./build-aux/gone [OPTION]`\n"),
    ("what_is_named_exists", "a layer's short name", "docs/a.md", "`drivers/gone`\n"),
    ("what_is_named_exists", "a file's bare name", "docs/a.md", "`foyer-gone.c`\n"),
    ("what_is_named_exists", "a page in a comment", "src/core/base/foyer-stone.c", "/* contracts/gone.md 3.1 */\n"),
    ("the_tour_names_every_room", "a driver that nobody sees", "README.md", lambda text: text.replace("pretalx", "")),
    ("the_tour_names_every_room", "a layer that nobody sees", "README.md", lambda text: text.replace("controllers", "")),

    ("every_file_says_its_licence_first", "a source", "src/core/base/foyer-stone.c", lambda text: text.replace(LICENCE, "")),
    ("every_file_says_its_licence_first", "a test", "tests/unit/base/test-stone.c", lambda text: text.replace(LICENCE, "")),
    ("every_file_says_its_licence_first", "a script", "build-aux/thing", "#!/bin/sh\necho\n"),

    ("a_source_names_its_log_domain_and_its_own_header_first", "no log domain", "src/core/base/foyer-stone.c", lambda text: text.replace(DOMAIN, "")),
    ("a_source_names_its_log_domain_and_its_own_header_first", "another header first", "src/core/base/foyer-stone.c",
     lambda text: text.replace('#include "foyer-stone.h"', '#include <string.h>\n#include "foyer-stone.h"')),
    ("a_source_names_its_log_domain_and_its_own_header_first", "no guard", "src/core/base/foyer-stone.h", lambda text: text.replace("#pragma once\n", "")),

    ("nothing_is_left_open", "a note to oneself", "src/core/base/foyer-stone.c", "/* TODO: later */\n"),
    ("nothing_is_printed_by_the_house", "a print", "src/core/base/foyer-stone.c", 'static void\nf (void)\n{\n  g_print ("x");\n}\n'),
    ("nothing_is_printed_by_the_house", "a print in a test", "tests/unit/base/test-stone.c", 'static void\nf (void)\n{\n  g_print ("ok 1");\n}\n'),
]


def build(root, changes):
    files = dict(HEALTHY)
    for name, change in changes:
        if change is None:
            del files[name]
        elif callable(change):
            files[name] = change(files[name])
        else:
            files[name] = files.get(name, "") + change
    for name, text in files.items():
        path = Path(root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Tree(root)


def found_by(changes):
    """The rules that find something in the healthy tree with these changes, as {name: [finding]}."""
    with tempfile.TemporaryDirectory() as root:
        tree = build(root, changes)
        return {rule.__name__: found for rule in RULES if (found := list(rule(tree)))}


def check_line_numbers():
    """A finding names the line it means."""
    found = found_by([("src/core/base/foyer-stone.c", "\nstatic int\nf (void)\n{\n  int a = 1;\n  static int calls;\n  return calls + a;\n}\n")])
    with tempfile.TemporaryDirectory() as root:
        tree = build(root, [("src/core/base/foyer-stone.c", "\nstatic int\nf (void)\n{\n  int a = 1;\n  static int calls;\n  return calls + a;\n}\n")])
        text = next(s for p, s in tree.src.items() if p.name == "foyer-stone.c").raw
    wanted = text.split("\n").index("  static int calls;") + 1
    return [f"line {line} for {wanted}" for _, line, _ in found.get("no_state_outlives_its_object", [(0, 0, "")]) if line != wanted]


def main():
    cases = [("a healthy tree is found healthy", [f"{k}: {v}" for k, v in found_by([]).items()])]
    planted = set()
    for name, what, *changes in PLANTS:
        planted.add(name)
        found = found_by(list(zip(changes[::2], changes[1::2])))
        complaints = []
        if name not in found:
            complaints.append("was not found")
        complaints += [f"also {k}: {v}" for k, v in found.items() if k != name]
        cases.append((f"{name.replace('_', ' ')}: {what}", complaints))
    unplanted = {rule.__name__ for rule in RULES} - planted
    cases.append(("every rule has its plant", sorted(unplanted)))
    cases.append(("a finding names its line", check_line_numbers()))

    failed = 0
    print(f"1..{len(cases)}")
    for number, (name, complaints) in enumerate(cases, 1):
        for complaint in complaints:
            print(f"# {complaint}")
        failed += bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {number} {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
