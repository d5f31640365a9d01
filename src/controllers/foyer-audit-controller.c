/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record of outside calls, and whether it is whole. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-audit-controller.h"

#include <glib/gi18n.h>
#include <inttypes.h>

struct _FoyerAuditController
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* (owned) */
  FoyerQueryModel *calls;    /* (owned) */
  FoyerAuditVerdict verdict;
  char *text;
  gboolean active;
};

G_DEFINE_FINAL_TYPE (FoyerAuditController, foyer_audit_controller, G_TYPE_OBJECT)

typedef enum
{
  PROP_CALLS = 1,
  PROP_EMPTY,
  PROP_VERDICT,
  PROP_VERDICT_TEXT,
  PROP_VERDICT_ICON,
  PROP_CHECKING,
  PROP_ACTIVE,
} FoyerAuditControllerProperty;

static GParamSpec *properties[PROP_ACTIVE + 1];

static const char *
verdict_icon (FoyerAuditVerdict verdict)
{
  switch (verdict)
    {
    case FOYER_AUDIT_UNCHECKED:
    case FOYER_AUDIT_CHECKING:
      return "security-medium-symbolic";
    case FOYER_AUDIT_INTACT:
      return "security-high-symbolic";
    case FOYER_AUDIT_BROKEN:
      return "security-low-symbolic";
    case FOYER_AUDIT_FAILED:
      return "dialog-warning-symbolic";
    }

  g_return_val_if_reached ("");
}

static void
set_verdict (FoyerAuditController *self, FoyerAuditVerdict verdict, char *text)
{
  self->verdict = verdict;
  g_free (self->text);
  self->text = text;
  for (guint i = PROP_VERDICT; i <= PROP_CHECKING; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
on_loading (FoyerAuditController *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
refresh (FoyerAuditController *self)
{
  if (self->active)
    foyer_query_model_refresh (self->calls);
}

static void
foyer_audit_controller_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerAuditController *self = FOYER_AUDIT_CONTROLLER (object);

  switch ((FoyerAuditControllerProperty)id)
    {
    case PROP_CALLS:
      g_value_set_object (value, self->calls);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, g_list_model_get_n_items (G_LIST_MODEL (self->calls)) == 0
                                      && !foyer_query_model_get_loading (self->calls));
      break;
    case PROP_VERDICT:
      g_value_set_int (value, self->verdict);
      break;
    case PROP_VERDICT_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_VERDICT_ICON:
      g_value_set_string (value, verdict_icon (self->verdict));
      break;
    case PROP_CHECKING:
      g_value_set_boolean (value, self->verdict == FOYER_AUDIT_CHECKING);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    }
}

static void
foyer_audit_controller_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_ACTIVE);

  foyer_audit_controller_set_active (FOYER_AUDIT_CONTROLLER (object), g_value_get_boolean (value));
}

static void
foyer_audit_controller_finalize (GObject *object)
{
  FoyerAuditController *self = FOYER_AUDIT_CONTROLLER (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->workspace);
  g_free (self->text);

  G_OBJECT_CLASS (foyer_audit_controller_parent_class)->finalize (object);
}

static void
foyer_audit_controller_class_init (FoyerAuditControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_audit_controller_get_property;
  object_class->set_property = foyer_audit_controller_set_property;
  object_class->finalize = foyer_audit_controller_finalize;

  properties[PROP_CALLS] = g_param_spec_object ("calls", NULL, NULL, FOYER_TYPE_QUERY_MODEL, flags);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, FALSE, flags);
  properties[PROP_VERDICT] = g_param_spec_int ("verdict", NULL, NULL, FOYER_AUDIT_UNCHECKED,
                                               FOYER_AUDIT_FAILED, FOYER_AUDIT_UNCHECKED, flags);
  properties[PROP_VERDICT_TEXT] = g_param_spec_string ("verdict-text", NULL, NULL, NULL, flags);
  properties[PROP_VERDICT_ICON] = g_param_spec_string ("verdict-icon", NULL, NULL, NULL, flags);
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_audit_controller_init (FoyerAuditController *self)
{
  self->text = g_strdup (
      _ ("Each record is chained to the one before it, so that a change shows."));
}

/**
 * foyer_audit_controller_new:
 * @workspace: whose calls
 *
 * Returns: (transfer full): the record, not yet active
 */
FoyerAuditController *
foyer_audit_controller_new (FoyerWorkspace *workspace)
{
  FoyerAuditController *self;
  g_autoptr (FoyerQuerySpec) spec = NULL;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_AUDIT_CONTROLLER, NULL);
  self->workspace = g_object_ref (workspace);
  self->calls = foyer_query_model_new (foyer_workspace_get_query (workspace));
  g_signal_connect_object (self->calls, "notify::loading", G_CALLBACK (on_loading), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (foyer_workspace_get_journal (workspace), "changed", G_CALLBACK (refresh),
                           self, G_CONNECT_SWAPPED);
  spec = foyer_query_spec_new (FOYER_QUERY_CALLS);
  foyer_query_model_set_spec (self->calls, spec);
  return self;
}

/**
 * foyer_audit_controller_get_calls:
 * @self: the record
 *
 * Returns: (transfer none): the calls
 */
FoyerQueryModel *
foyer_audit_controller_get_calls (FoyerAuditController *self)
{
  g_return_val_if_fail (FOYER_IS_AUDIT_CONTROLLER (self), NULL);

  return self->calls;
}

/**
 * foyer_audit_controller_get_verdict:
 * @self: the record
 *
 * Returns: what is known of it
 */
FoyerAuditVerdict
foyer_audit_controller_get_verdict (FoyerAuditController *self)
{
  g_return_val_if_fail (FOYER_IS_AUDIT_CONTROLLER (self), FOYER_AUDIT_UNCHECKED);

  return self->verdict;
}

/**
 * foyer_audit_controller_set_active:
 * @self: the record
 * @active: somebody looks; only then the list follows the journal
 */
void
foyer_audit_controller_set_active (FoyerAuditController *self, gboolean active)
{
  g_return_if_fail (FOYER_IS_AUDIT_CONTROLLER (self));

  if (self->active == active)
    return;

  self->active = active;
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerAuditController) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rows = 0;
  gint64 first_bad = 0;

  if (!foyer_query_verify_audit_finish (FOYER_QUERY (source), result, &rows, &first_bad, &error))
    set_verdict (self, FOYER_AUDIT_FAILED,
                 g_strdup_printf (_ ("The record could not be read. %s"), error->message));
  else if (first_bad != 0)
    set_verdict (self, FOYER_AUDIT_BROKEN,
                 g_strdup_printf (_ ("Record %'" PRId64
                                     " or one before it was changed or removed. Keep a copy of the "
                                     "journal and ask who had access to this laptop."),
                                  first_bad));
  else
    set_verdict (
        self, FOYER_AUDIT_INTACT,
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Intact: %'" PRId64 " record, unchanged.",
                                      "Intact: %'" PRId64 " records, none changed "
                                      "or removed.",
                                      (gulong)rows),
                         rows));
}

/**
 * foyer_audit_controller_verify:
 * @self: the record
 *
 * Walks the whole chain.
 */
void
foyer_audit_controller_verify (FoyerAuditController *self)
{
  g_return_if_fail (FOYER_IS_AUDIT_CONTROLLER (self));

  if (self->verdict == FOYER_AUDIT_CHECKING)
    return;

  set_verdict (self, FOYER_AUDIT_CHECKING, g_strdup (_ ("Checking…")));
  foyer_query_verify_audit_async (foyer_workspace_get_query (self->workspace), NULL, on_verified,
                                  g_object_ref (self));
}
