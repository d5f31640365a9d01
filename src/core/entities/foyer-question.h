/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-question-option.h"

G_BEGIN_DECLS

#define FOYER_TYPE_QUESTION (foyer_question_get_type ())

/**
 * FoyerQuestion:
 * @id: the service's id
 * @identifier: the service's own word for it
 * @question: what the person reads
 * @help_text: (nullable): more about it
 * @type: `N S T B C M F D H W CC TEL` (contracts/pretix-checkin.md 9)
 * @required: whether an empty answer is no answer
 * @ask_during_checkin: whether it is asked at the door
 * @show_during_checkin: whether its answer is shown at the door
 * @hidden: whether it is kept from the buyer
 * @products: (element-type gint64): the products it is asked of
 * @options: (element-type FoyerQuestionOption): its choices
 * @valid_number_min: (nullable): decimal text
 * @valid_number_max: (nullable): decimal text
 * @valid_date_min: (nullable): ISO date
 * @valid_date_max: (nullable): ISO date
 * @valid_datetime_min: (nullable): ISO date and time
 * @valid_datetime_max: (nullable): ISO date and time
 * @valid_string_length_max: longest text, or 0
 * @position: order
 *
 * A question asked of an attendee, when buying or at the door.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerQuestion FoyerQuestion;
struct _FoyerQuestion
{
  gint64 id;
  char *identifier;
  char *question;
  char *help_text;
  char *type;
  gboolean required;
  gboolean ask_during_checkin;
  gboolean show_during_checkin;
  gboolean hidden;
  GArray *products;
  GPtrArray *options;
  char *valid_number_min;
  char *valid_number_max;
  char *valid_date_min;
  char *valid_date_max;
  char *valid_datetime_min;
  char *valid_datetime_max;
  int valid_string_length_max;
  int position;
};

GType foyer_question_get_type (void) G_GNUC_CONST;
FoyerQuestion *foyer_question_new (void);
FoyerQuestion *foyer_question_ref (FoyerQuestion *self);
void foyer_question_unref (FoyerQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerQuestion, foyer_question_unref)

G_END_DECLS
