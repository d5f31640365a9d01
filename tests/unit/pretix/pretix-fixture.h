/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-error.h"
#include "foyer-fault-server.h"
#include "foyer-service.h"

G_BEGIN_DECLS

/**
 * Fixture:
 *
 * The driver, and a server that says what a test wants.
 */
typedef struct
{
  FoyerFaultServer *server;
  FoyerService *service;
  GPtrArray *kept;
} Fixture;

void fixture_init (Fixture *self, const char *scheme, const char *path);
void fixture_clear (Fixture *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

void fixture_push (Fixture *self, int status, const char *headers, const char *body);
void fixture_push_page (Fixture *self, const char *headers, const char *next, const char *records);
const char *fixture_get_target (Fixture *self, guint index);

FoyerServiceReport *fixture_check (Fixture *self, GError **error);
FoyerPage *fixture_pull (Fixture *self,
                         FoyerResource resource,
                         const char *cursor,
                         const char *watermark,
                         GError **error);
FoyerStepResult *fixture_perform (Fixture *self, FoyerStep *step, GError **error);
FoyerStepResult *fixture_lookup (Fixture *self, FoyerStep *step, GError **error);
FoyerEnrolment *fixture_enroll (Fixture *self, const char *token, GError **error);

G_END_DECLS
