/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-composition.h"
#include "foyer-error.h"

G_BEGIN_DECLS

/**
 * FoyerctlExit:
 * @FOYERCTL_DONE: done
 * @FOYERCTL_INTERNAL: an error of ours
 * @FOYERCTL_USAGE: the command line cannot be understood
 * @FOYERCTL_REFUSED: refused by the service
 * @FOYERCTL_UNREACHED: the service is not reachable
 * @FOYERCTL_NO: the decision is no
 * @FOYERCTL_STORAGE: disk or keyring
 * @FOYERCTL_PERSON: needs a person
 * @FOYERCTL_PROTOCOL: answer not understood
 *
 * Exit codes: a contract (docs/foyerctl.md).
 */
typedef enum
{
  FOYERCTL_DONE = 0,
  FOYERCTL_INTERNAL = 1,
  FOYERCTL_USAGE = 2,
  FOYERCTL_REFUSED = 3,
  FOYERCTL_UNREACHED = 4,
  FOYERCTL_NO = 5,
  FOYERCTL_STORAGE = 6,
  FOYERCTL_PERSON = 7,
  FOYERCTL_PROTOCOL = 8,
} FoyerctlExit;

/**
 * Foyerctl:
 * @workspace_name: (owned): which workspace
 * @json: JSON lines instead of sentences
 * @offline: send and fetch nothing
 * @quiet: no progress
 * @at: time that decisions and journal use, or %FOYER_TIME_NONE
 * @actor: (owned): who does it
 * @composition: (owned) (nullable): open between foyerctl_open() and foyerctl_close()
 * @workspace: (nullable): its workspace
 *
 * One run of foyerctl.
 */
typedef struct
{
  char *workspace_name;
  gboolean json;
  gboolean offline;
  gboolean quiet;
  FoyerTime at;
  char *actor;
  FoyerComposition *composition;
  FoyerWorkspace *workspace;
} Foyerctl;

/* Waiting: foyerctl does one thing after the other. */
void foyerctl_on_ready (GObject *source, GAsyncResult *result, gpointer slot);
void foyerctl_wait (GAsyncResult **slot);

gboolean foyerctl_open (Foyerctl *self, GError **error);
void foyerctl_close (Foyerctl *self);
FoyerDesk *foyerctl_get_desk (Foyerctl *self, const char *connection, GError **error);
GError *foyerctl_greet (Foyerctl *self, FoyerDesk *desk);
void foyerctl_start_sending (Foyerctl *self);
gboolean foyerctl_drain (Foyerctl *self, gint64 seconds);
FoyerEvent *foyerctl_dup_event (Foyerctl *self, FoyerDesk *desk);
GTimeZone *foyerctl_dup_zone (Foyerctl *self, FoyerDesk *desk);

/* Saying. */
FoyerctlExit foyerctl_fail (Foyerctl *self, const GError *error, const char *connection);
FoyerctlExit foyerctl_misuse (Foyerctl *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void foyerctl_say (Foyerctl *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void foyerctl_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
FoyerctlExit foyerctl_exit_of_error (const GError *error);

JsonBuilder *foyerctl_line_new (void);
void foyerctl_line_print (JsonBuilder *line);
void foyerctl_add_string (JsonBuilder *line, const char *name, const char *value);
void foyerctl_add_int (JsonBuilder *line, const char *name, gint64 value);
void foyerctl_add_boolean (JsonBuilder *line, const char *name, gboolean value);
void foyerctl_add_time (JsonBuilder *line, const char *name, FoyerTime time, GTimeZone *zone);
void foyerctl_add_json (JsonBuilder *line, const char *name, const char *json);

/* Rows: what a line about one of them holds. */
void foyerctl_add_person (JsonBuilder *line, const FoyerPerson *person, GTimeZone *zone);
void foyerctl_add_command (JsonBuilder *line, const FoyerCommand *command, GTimeZone *zone);
void foyerctl_add_call (JsonBuilder *line, const FoyerCall *call);

/* The commands: each gets its own arguments, its name first. */
FoyerctlExit foyerctl_connect (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_connections (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_disconnect (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_setup (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_sync (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_lists (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_find (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_admit (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_leave (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_undo (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_push (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_status (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_inbox (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_journal (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_audit (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_export (Foyerctl *self, int argc, char **argv);
FoyerctlExit foyerctl_sandbox (Foyerctl *self, int argc, char **argv);

gboolean foyerctl_parse (Foyerctl *self,
                         const char *arguments,
                         const char *summary,
                         const GOptionEntry *entries,
                         int *argc,
                         char ***argv,
                         FoyerctlExit *exit_code);

G_END_DECLS
