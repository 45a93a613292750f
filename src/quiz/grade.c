/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Grading: what an answer is worth.  Pure functions; no clock, no memory.
 *
 * Partial credit of a multiple item is hits / right ones minus wrong picks /
 * wrong ones, not below 0, so ticking everything earns nothing.  Certainty
 * marks are those of Gardner-Medwin; the memory grade never looks at speed,
 * because slow is not unsure.
 */

#include "quiz/grade.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* -- answers -------------------------------------------------------------- */

/* "tcp" or "udp" at the start of @p in any case; moves past it. */
static PcServiceTransport
take_transport (const char **p)
{
  for (PcServiceTransport t = PC_SERVICE_TRANSPORT_TCP;
       t <= PC_SERVICE_TRANSPORT_UDP; t++) {
    if (g_ascii_strncasecmp (*p, pc_service_transport_to_string (t), 3) == 0) {
      *p += 3;
      return t;
    }
  }
  return PC_SERVICE_TRANSPORT_ANY;
}

static void
skip_space (const char **p)
{
  while (g_ascii_isspace (**p))
    (*p)++;
}

static gboolean
take_number (const char **p,
             gint64      *number)
{
  const char      *start = *p;
  g_autofree char *digits = NULL;

  if (**p == '-')
    (*p)++;
  while (g_ascii_isdigit (**p))
    (*p)++;
  digits = g_strndup (start, *p - start);
  return g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, number,
                                   NULL);
}

gboolean
pc_answer_parse_number (const char *text,
                        PcAnswer   *answer)
{
  const char        *p = text;
  PcServiceTransport before, after = PC_SERVICE_TRANSPORT_ANY;
  gint64             number;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  skip_space (&p);
  before = take_transport (&p);
  skip_space (&p);
  if (!take_number (&p, &number))
    return FALSE;
  skip_space (&p);
  if (before == PC_SERVICE_TRANSPORT_ANY) {
    if (*p == '/')
      p++;
    skip_space (&p);
    after = take_transport (&p);
    if (after == PC_SERVICE_TRANSPORT_ANY && p > text && p[-1] == '/')
      return FALSE;
    skip_space (&p);
  }
  if (*p != '\0')
    return FALSE;
  *answer = (PcAnswer){
    .kind = PC_ANSWER_NUMBER,
    .number = number,
    .transport = before != PC_SERVICE_TRANSPORT_ANY ? before : after,
  };
  return TRUE;
}

char *
pc_answer_to_string (const PcAnswer *self,
                     PcItem         *item)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PC_IS_ITEM (item), NULL);

  out = g_string_new (NULL);
  if (self->kind == PC_ANSWER_NUMBER) {
    g_string_append_printf (out, "%" PRId64, self->number);
    if (self->transport != PC_SERVICE_TRANSPORT_ANY)
      g_string_append_printf (
          out, "/%s", pc_service_transport_to_string (self->transport));
  } else if (self->kind == PC_ANSWER_OPTIONS) {
    for (guint i = 0; i < pc_item_get_n_options (item); i++) {
      if ((self->options & (1u << i)) == 0)
        continue;
      if (out->len > 0)
        g_string_append_c (out, ',');
      g_string_append (out, pc_item_get_option_id (item, i));
    }
  }
  return g_string_free (out, FALSE);
}

static guint
count_bits (guint bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

static guint
all_options (PcItem *item)
{
  return (1u << pc_item_get_n_options (item)) - 1;
}

gboolean
pc_answer_is_complete (const PcAnswer *self,
                       PcItem         *item)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PC_IS_ITEM (item), FALSE);

  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_SINGLE:
    return self->kind == PC_ANSWER_OPTIONS &&
           count_bits (self->options & all_options (item)) == 1 &&
           (self->options & ~all_options (item)) == 0;
  case PC_ITEM_MULTIPLE:
    return self->kind == PC_ANSWER_OPTIONS && self->options != 0 &&
           (self->options & ~all_options (item)) == 0;
  case PC_ITEM_NUMBER:
    return self->kind == PC_ANSWER_NUMBER &&
           (!pc_item_get_ask_transport (item) ||
            self->transport != PC_SERVICE_TRANSPORT_ANY);
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  case PC_ITEM_FAULT:
  case PC_ITEM_PREDICT:
  case PC_ITEM_CONFIGURE:
  default: return FALSE; /* such items are never loaded */
  }
}

/* -- grading -------------------------------------------------------------- */

static guint
correct_options (PcItem *item)
{
  guint bits = 0;

  for (guint i = 0; i < pc_item_get_n_options (item); i++) {
    if (pc_item_get_option_correct (item, i))
      bits |= 1u << i;
  }
  return bits;
}

static double
grade_multiple (PcItem *item,
                guint   chosen)
{
  guint  key = correct_options (item);
  guint  n_right = pc_item_get_n_correct (item);
  guint  n_wrong = pc_item_get_n_options (item) - n_right;
  double hits, misses;

  if (chosen == key)
    return 1;
  if (!pc_item_get_partial (item))
    return 0;
  hits = (double) count_bits (chosen & key) / n_right;
  misses = (double) count_bits (chosen & ~key) / n_wrong;
  return MAX (0, hits - misses);
}

/* Index of the answer's value among the item's, or -1. */
static int
find_value (PcItem *item,
            gint64  number)
{
  for (guint i = 0; i < pc_item_get_n_values (item); i++) {
    if (pc_item_get_value (item, i) == number)
      return i;
  }
  return -1;
}

static double
grade_number (PcItem         *item,
              const PcAnswer *answer)
{
  int index = find_value (item, answer->number);

  if (index < 0)
    return 0;
  if (pc_item_get_ask_transport (item) &&
      answer->transport != pc_item_get_transport (item))
    return 0;
  return pc_item_get_value_credit (item, index);
}

PcGrade
pc_grade (PcItem         *item,
          const PcAnswer *answer)
{
  PcGrade grade = { 0 };

  g_return_val_if_fail (PC_IS_ITEM (item), grade);
  g_return_val_if_fail (answer != NULL, grade);

  if (!pc_answer_is_complete (answer, item))
    return grade;
  grade.answered = TRUE;
  if (pc_item_get_item_type (item) == PC_ITEM_NUMBER)
    grade.fraction = grade_number (item, answer);
  else if (pc_item_get_item_type (item) == PC_ITEM_MULTIPLE)
    grade.fraction = grade_multiple (item, answer->options);
  else
    grade.fraction = answer->options == correct_options (item) ? 1 : 0;
  grade.correct = grade.fraction >= 1;
  grade.points = grade.fraction * pc_item_get_points (item);
  return grade;
}

/* Index of the one chosen option, or -1. */
static int
chosen_option (PcItem         *item,
               const PcAnswer *answer)
{
  if (pc_item_get_item_type (item) != PC_ITEM_SINGLE ||
      !pc_answer_is_complete (answer, item))
    return -1;
  return g_bit_nth_lsf (answer->options, -1);
}

static int
chosen_value (PcItem         *item,
              const PcAnswer *answer)
{
  if (pc_item_get_item_type (item) != PC_ITEM_NUMBER ||
      answer->kind != PC_ANSWER_NUMBER)
    return -1;
  return find_value (item, answer->number);
}

const char *
pc_grade_get_feedback (PcItem         *item,
                       const PcAnswer *answer,
                       const char     *language)
{
  int index;

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  if ((index = chosen_option (item, answer)) >= 0)
    return pc_item_get_option_feedback (item, index, language);
  if ((index = chosen_value (item, answer)) >= 0)
    return pc_item_get_value_feedback (item, index, language);
  return NULL;
}

const char *
pc_grade_get_right_when (PcItem         *item,
                         const PcAnswer *answer,
                         const char     *language)
{
  int index;

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  if ((index = chosen_option (item, answer)) >= 0)
    return pc_item_get_option_right_when (item, index, language);
  if ((index = chosen_value (item, answer)) >= 0)
    return pc_item_get_value_right_when (item, index, language);
  return NULL;
}

double
pc_grade_certainty_mark (const PcGrade *self,
                         PcCertainty    certainty)
{
  static const double wrong[] = {
    [PC_CERTAINTY_UNASKED] = 0,
    [PC_CERTAINTY_GUESS] = 0,
    [PC_CERTAINTY_FAIRLY] = -2,
    [PC_CERTAINTY_SURE] = -6,
  };

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (certainty <= PC_CERTAINTY_SURE, 0);

  if (!self->answered)
    return 0;
  if (self->fraction > 0)
    return self->fraction * certainty; /* +1, +2 or +3 */
  return wrong[certainty];
}

guint
pc_grade_memory (const PcGrade *self,
                 PcItem        *item,
                 PcCertainty    certainty,
                 gboolean       helped)
{
  g_return_val_if_fail (self != NULL, 1);
  g_return_val_if_fail (PC_IS_ITEM (item), 1);

  if (!self->correct)
    return 1;
  if (helped || certainty == PC_CERTAINTY_GUESS)
    return 2;
  /* Recalled, not recognised among options. */
  if (certainty == PC_CERTAINTY_SURE &&
      pc_item_get_item_type (item) == PC_ITEM_NUMBER)
    return 4;
  return 3;
}
