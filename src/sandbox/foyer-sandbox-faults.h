/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxFaultKind:
 * @FOYER_SANDBOX_FAULT_LATENCY: the answer is late
 * @FOYER_SANDBOX_FAULT_DROP_BEFORE: the connection is closed, nothing was done
 * @FOYER_SANDBOX_FAULT_DROP_AFTER: it was done, then the connection is closed without an answer
 * @FOYER_SANDBOX_FAULT_STATUS: an error status, nothing was done
 * @FOYER_SANDBOX_FAULT_TRUNCATE: it was done; the answer ends in the middle
 * @FOYER_SANDBOX_FAULT_HTML: it was done; a web page instead of JSON
 * @FOYER_SANDBOX_FAULT_MALFORMED: it was done; JSON that is none
 * @FOYER_SANDBOX_FAULT_SLOW: it was done; the answer drips
 * @FOYER_SANDBOX_FAULT_SILENT: no answer at all; the connection stays open
 */
typedef enum
{
  FOYER_SANDBOX_FAULT_LATENCY,
  FOYER_SANDBOX_FAULT_DROP_BEFORE,
  FOYER_SANDBOX_FAULT_DROP_AFTER,
  FOYER_SANDBOX_FAULT_STATUS,
  FOYER_SANDBOX_FAULT_TRUNCATE,
  FOYER_SANDBOX_FAULT_HTML,
  FOYER_SANDBOX_FAULT_MALFORMED,
  FOYER_SANDBOX_FAULT_SLOW,
  FOYER_SANDBOX_FAULT_SILENT,
  FOYER_SANDBOX_N_FAULTS,
} FoyerSandboxFaultKind;

/**
 * FoyerSandboxTrouble:
 * @hits: by kind, whether it strikes
 * @latency: microseconds
 * @status: of an error status
 *
 * What happens to one request.
 */
typedef struct
{
  gboolean hits[FOYER_SANDBOX_N_FAULTS];
  gint64 latency;
  guint status;
} FoyerSandboxTrouble;

typedef struct _FoyerSandboxFaults FoyerSandboxFaults;

FoyerSandboxFaults *foyer_sandbox_faults_parse (const char *spec, guint64 seed, GError **error);
void foyer_sandbox_faults_free (FoyerSandboxFaults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSandboxFaults, foyer_sandbox_faults_free)

gint64 foyer_sandbox_faults_get_skew (FoyerSandboxFaults *self);
void foyer_sandbox_faults_draw (FoyerSandboxFaults *self,
                                const char *method,
                                const char *path,
                                FoyerSandboxTrouble *trouble);
gboolean foyer_sandbox_parse_span (const char *text, gint64 *microseconds);

G_END_DECLS
