/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one desk likes, kept by the name of its workspace. */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-desk-settings.h"

/**
 * foyer_desk_settings_new:
 * @workspace: name of a workspace
 *
 * Returns: (transfer full): its settings
 */
GSettings *
foyer_desk_settings_new (const char *workspace)
{
  g_autofree char *path = g_strdup_printf ("/io/github/foyerdesk/Foyer/desks/%s/", workspace);

  return g_settings_new_with_path (FOYER_APP_ID ".Desk", path);
}

/**
 * foyer_desk_settings_put_scanner:
 * @settings: of a desk
 * @profile: what was learned
 *
 * Keeps it.
 */
void
foyer_desk_settings_put_scanner (GSettings *settings, const FoyerScannerProfile *profile)
{
  g_settings_delay (settings);
  g_settings_set_uint (settings, "scanner-gap", profile->max_gap);
  g_settings_set_string (settings, "scanner-suffix",
                         foyer_scanner_suffix_to_word (profile->suffix));
  g_settings_set_boolean (settings, "scanner-by-layout", profile->by_layout);
  g_settings_set_boolean (settings, "scanner-swap-case", profile->swap_case);
  g_settings_set_string (settings, "scanner-prefix", profile->prefix);
  g_settings_apply (settings);
}

static FoyerScannerProfile *
get_scanner (GSettings *settings)
{
  FoyerScannerProfile *profile = foyer_scanner_profile_new ();
  g_autofree char *suffix = g_settings_get_string (settings, "scanner-suffix");

  profile->max_gap = g_settings_get_uint (settings, "scanner-gap");
  profile->suffix = foyer_scanner_suffix_from_word (suffix);
  profile->by_layout = g_settings_get_boolean (settings, "scanner-by-layout");
  profile->swap_case = g_settings_get_boolean (settings, "scanner-swap-case");
  g_free (profile->prefix);
  profile->prefix = g_settings_get_string (settings, "scanner-prefix");
  return profile;
}

typedef struct
{
  GSettings *settings;  /* (owned) */
  GObject *object;      /* not owned: the handler ends with it */
  const char *property; /* static */
} Binding;

static void
binding_free (gpointer data, GClosure *closure)
{
  Binding *binding = data;

  g_object_unref (binding->settings);
  g_free (binding);
}

static void
follow (Binding *binding)
{
  g_autoptr (FoyerScannerProfile) profile = get_scanner (binding->settings);

  g_object_set (binding->object, binding->property, profile, NULL);
}

static void
changed_cb (GSettings *settings, const char *key, Binding *binding)
{
  if (g_str_has_prefix (key, "scanner-"))
    follow (binding);
}

/**
 * foyer_desk_settings_bind_scanner:
 * @settings: of a desk
 * @object: what reads scans
 * @property: its property of type #FoyerScannerProfile, a static string
 *
 * Lets @object go by what was learned, now and later.
 */
void
foyer_desk_settings_bind_scanner (GSettings *settings, GObject *object, const char *property)
{
  Binding *binding = g_new0 (Binding, 1);
  GClosure *closure = g_cclosure_new (G_CALLBACK (changed_cb), binding, binding_free);

  binding->settings = g_object_ref (settings);
  binding->object = object;
  binding->property = property;
  g_object_watch_closure (object, closure);
  g_signal_connect_closure (settings, "changed", closure, FALSE);
  follow (binding);
}
