/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands on a sheet and on its key, block by block, so that Markdown and
 * print say the same.  Each type of item has its way to be answered with a
 * pen: letters, a number, letters beside numbers, an order of letters, numbers
 * of lines, boxes of a form.
 */

#include "quiz/sheet-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHORT_ANSWER 24 /* characters that a cell of the key's table holds */

typedef struct
{
  const PcSheet *sheet;
  const char    *language;
  GPtrArray     *blocks;
} Writer;

/* -- blocks --------------------------------------------------------------- */

static void
free_block (gpointer data)
{
  PcSheetBlock *self = data;

  g_free (self->mark);
  g_free (self->text);
  g_free (self->right_mark);
  g_free (self->right);
  g_strfreev (self->choices);
  g_free (self);
}

/* Takes over @mark. */
static PcSheetBlock *
add (Writer          *self,
     PcSheetBlockKind kind,
     char            *mark,
     const char      *text)
{
  PcSheetBlock *block = g_new0 (PcSheetBlock, 1);

  block->kind = kind;
  block->mark = mark;
  block->text = g_strdup (text);
  g_ptr_array_add (self->blocks, block);
  return block;
}

static char *
dup_number (guint number)
{
  return g_strdup_printf ("%u", number);
}

static char *
dup_letter (guint place)
{
  return g_strdup_printf ("%c", 'a' + place);
}

/* The place on paper of the element with @index in the shuffled list. */
static guint
get_place (const PcSheetItem *item,
           guint              index)
{
  for (guint i = 0; i < item->n_order; i++) {
    if (item->order[i] == index)
      return i;
  }
  return index;
}

/* What stands at place @i. */
static guint
get_index (const PcSheetItem *item,
           guint              i)
{
  return i < item->n_order ? item->order[i] : i;
}

/* -- answers -------------------------------------------------------------- */

static void
append_letters (GString           *text,
                const PcSheetItem *item)
{
  gboolean first = TRUE;

  for (guint i = 0; i < pc_item_get_n_options (item->item); i++) {
    if (!pc_item_get_option_correct (item->item, get_index (item, i)))
      continue;
    g_string_append_printf (text, "%s%c", first ? "" : ", ", 'a' + i);
    first = FALSE;
  }
}

/* "143", "69 UDP" */
static void
append_numbers (GString *text,
                PcItem  *item)
{
  for (guint i = 0; i < pc_item_get_n_accepted (item); i++) {
    if (pc_item_get_value_credit (item, i) < 1)
      continue;
    if (text->len > 0)
      g_string_append_printf (text, " %s ", _ ("or"));
    g_string_append_printf (text, "%" G_GINT64_FORMAT,
                            pc_item_get_value (item, i));
  }
  if (!pc_item_get_ask_transport (item))
    return;
  if (pc_item_get_transport (item) == PC_SERVICE_TRANSPORT_UDP)
    g_string_append (text, " UDP");
  else
    g_string_append (text, " TCP");
}

static void
append_pairs (GString           *text,
              const PcSheetItem *item)
{
  guint n = pc_item_get_n_choices (item->item, PC_ITEM_LEFT);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text, "%s%u%c", i > 0 ? " " : "", i + 1,
        'a' + get_place (item, pc_item_get_pair (item->item, i)));
}

/* "c a (b d)": those in brackets may change places. */
static void
append_steps (GString           *text,
              const PcSheetItem *item)
{
  guint n = pc_item_get_n_steps (item->item);

  for (guint i = 0; i < n; i++) {
    guint group = pc_item_get_step_group (item->item, i);
    gboolean with_last =
        i > 0 && pc_item_get_step_group (item->item, i - 1) == group;
    gboolean with_next =
        i + 1 < n && pc_item_get_step_group (item->item, i + 1) == group;

    g_string_append_printf (text, "%s%s%c%s", i > 0 ? " " : "",
                            with_next && !with_last ? "(" : "",
                            'a' + get_place (item, i),
                            with_last && !with_next ? ")" : "");
  }
}

/* "3, 5; b" */
static void
append_lines (GString           *text,
              const PcSheetItem *item)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (item->item);

  for (guint i = 0; i < stimulus->n_lines; i++) {
    if (pc_item_get_line_wrong (item->item, i))
      g_string_append_printf (text, "%s%u", text->len > 0 ? ", " : "", i + 1);
  }
  if (pc_item_get_n_options (item->item) > 0) {
    g_string_append (text, "; ");
    append_letters (text, item);
  }
}

/* A value as it stands in a form. */
static const char *
get_value_text (PcItem     *item,
                guint       field,
                const char *value,
                const char *language)
{
  if (pc_item_get_field_kind (item, field) == PC_ITEM_FIELD_FLAG)
    return g_str_equal (value, "yes") ? _ ("On") : _ ("Off");
  return pc_item_get_field_value_text (item, field, value, language);
}

static void
append_settings (GString    *text,
                 PcItem     *item,
                 const char *language)
{
  for (guint i = 0; i < pc_item_get_n_settings (item); i++) {
    gboolean first = TRUE;

    if (i > 0)
      g_string_append_printf (text, "; %s ", _ ("or"));
    for (guint j = 0; j < pc_item_get_n_fields (item); j++) {
      const char *value = pc_item_get_setting (item, i, j);

      if (value == NULL)
        continue;
      g_string_append_printf (text, "%s%s: %s", first ? "" : ", ",
                              pc_item_get_field_label (item, j, language),
                              get_value_text (item, j, value, language));
      first = FALSE;
    }
  }
}

static void
append_predictions (GString           *text,
                    const PcSheetItem *item)
{
  if (pc_item_get_n_options (item->item) > 0) {
    append_letters (text, item);
    return;
  }
  for (guint i = 0; i < pc_item_get_n_predictions (item->item); i++) {
    if (i > 0)
      g_string_append_printf (text, " %s ", _ ("or"));
    g_string_append (text, pc_item_get_prediction (item->item, i)->value);
  }
}

char *
pc_sheet_dup_answer (const PcSheetItem *item,
                     const char        *language)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (item != NULL, NULL);

  switch (pc_item_get_item_type (item->item)) {
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE: append_letters (text, item); break;
  case PC_ITEM_NUMBER: append_numbers (text, item->item); break;
  case PC_ITEM_MATCH: append_pairs (text, item); break;
  case PC_ITEM_ORDER: append_steps (text, item); break;
  case PC_ITEM_FAULT: append_lines (text, item); break;
  case PC_ITEM_PREDICT: append_predictions (text, item); break;
  case PC_ITEM_CONFIGURE:
    append_settings (text, item->item, language);
    break;
  default: g_assert_not_reached ();
  }
  return g_strdup (text->str);
}

/* -- questions ------------------------------------------------------------ */

static void
add_listing (Writer *self,
             PcItem *item)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (item);

  if (stimulus == NULL)
    return;
  for (guint i = 0; i < stimulus->n_lines; i++) {
    const PcStimulusLine *line = &stimulus->lines[i];
    const char *said = pc_item_get_stimulus_text (item, i, self->language);
    g_autofree char *clean = pc_problem_clean_text (said);
    GString *text = g_string_new (line->from == 'C'   ? "C: "
                                  : line->from == 'S' ? "S: "
                                                      : "");
    PcSheetBlock *block;

    g_string_append (text, clean);
    for (gsize j = 0; j < line->n_octets; j++)
      g_string_append_printf (text, "%s%02x",
                              j > 0            ? " "
                              : *clean == '\0' ? ""
                                               : "  ",
                              line->octets[j]);
    block = add (self, PC_SHEET_LISTING, dup_number (i + 1), text->str);
    block->plain = TRUE;
    g_string_free (text, TRUE);
  }
}

static void
add_choices (Writer            *self,
             const PcSheetItem *item,
             PcItemList         list)
{
  for (guint i = 0; i < pc_item_get_n_choices (item->item, list); i++)
    add (self, PC_SHEET_CHOICE, dup_letter (i),
         pc_item_get_choice_text (item->item, list, get_index (item, i),
                                  self->language));
}

static void
add_pairs (Writer            *self,
           const PcSheetItem *item)
{
  guint n_left = pc_item_get_n_choices (item->item, PC_ITEM_LEFT);
  guint n_right = pc_item_get_n_choices (item->item, PC_ITEM_RIGHT);

  for (guint i = 0; i < MAX (n_left, n_right); i++) {
    PcSheetBlock *block = add (self, PC_SHEET_PAIR, NULL, NULL);

    if (i < n_left) {
      block->mark = dup_number (i + 1);
      block->text = g_strdup (pc_item_get_choice_text (
          item->item, PC_ITEM_LEFT, i, self->language));
    }
    if (i < n_right) {
      block->right_mark = dup_letter (i);
      block->right = g_strdup (pc_item_get_choice_text (
          item->item, PC_ITEM_RIGHT, get_index (item, i), self->language));
    }
  }
}

static void
add_form (Writer *self,
          PcItem *item)
{
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    const char   *preset = pc_item_get_field_preset (item, i);
    GStrvBuilder *choices = g_strv_builder_new ();
    PcSheetBlock *block;

    for (guint j = 0; j < pc_item_get_n_field_choices (item, i); j++)
      g_strv_builder_add (
          choices, pc_item_get_field_choice_text (item, i, j, self->language));
    if (pc_item_get_field_kind (item, i) == PC_ITEM_FIELD_FLAG) {
      g_strv_builder_add (choices, _ ("On"));
      g_strv_builder_add (choices, _ ("Off"));
    }
    block = add (self, PC_SHEET_FIELD, NULL,
                 pc_item_get_field_label (item, i, self->language));
    block->choices = g_strv_builder_end (choices);
    if (*block->choices == NULL)
      g_clear_pointer (&block->choices, g_strfreev);
    if (preset != NULL)
      /* Translators: beside a field of a form: what stands in it at first. */
      block->right = g_strdup_printf (
          _ ("now: %s"), get_value_text (item, i, preset, self->language));
    g_strv_builder_unref (choices);
  }
}

/* Where the answer goes, unless it is a letter to circle. */
static void
add_blank (Writer *self,
           PcItem *item)
{
  guint n = pc_item_get_n_wrong_lines (item);

  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_NUMBER:
    add (self, PC_SHEET_BLANK, NULL,
         pc_item_get_ask_transport (item) ? _ ("Number, and TCP or UDP:")
                                          : _ ("Answer:"))
        ->n = 1;
    break;
  case PC_ITEM_ORDER:
    add (self, PC_SHEET_BLANK, NULL, _ ("Order of the letters:"))->n =
        pc_item_get_n_steps (item);
    break;
  case PC_ITEM_FAULT:
    add (self, PC_SHEET_BLANK, NULL,
         ngettext ("Number of the wrong line:", "Numbers of the wrong lines:",
                   n))
        ->n = n;
    break;
  case PC_ITEM_PREDICT:
    if (pc_item_get_n_options (item) == 0)
      add (self, PC_SHEET_BLANK, NULL, _ ("Answer:"))->n = 1;
    break;
  default: break;
  }
}

static void
add_question (Writer *self,
              guint   number)
{
  const PcSheetItem *item = pc_sheet_get_item (self->sheet, number);
  guint              points = pc_item_get_points (item->item);

  add (self, PC_SHEET_QUESTION, dup_number (number + 1),
       pc_item_get_stem (item->item, self->language))
      ->right =
      g_strdup_printf (ngettext ("%u point", "%u points", points), points);
  add_listing (self, item->item);
  if (pc_item_get_item_type (item->item) == PC_ITEM_FAULT)
    add_blank (self, item->item);
  add_pairs (self, item);
  add_choices (self, item, PC_ITEM_STEPS);
  add_choices (self, item, PC_ITEM_OPTIONS);
  add_form (self, item->item);
  if (pc_item_get_item_type (item->item) != PC_ITEM_FAULT)
    add_blank (self, item->item);
}

static void
add_facts (Writer *self)
{
  const PcBlueprint *blueprint = self->sheet->blueprint;
  guint              n = pc_sheet_get_n_items (self->sheet);
  guint              points = pc_sheet_get_points (self->sheet);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u question", "%u questions", n),
                          n);
  g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%u point", "%u points", points),
                          points);
  if (blueprint->minutes > 0) {
    g_string_append (text, " · ");
    g_string_append_printf (
        text, ngettext ("%u minute", "%u minutes", blueprint->minutes),
        blueprint->minutes);
  }
  if (blueprint->pass > 0) {
    g_string_append (text, " · ");
    /* Translators: of an exam: from so many per cent of the points on. */
    g_string_append_printf (text, _ ("passed with %u %%"), blueprint->pass);
  }
  add (self, PC_SHEET_FACTS, NULL, text->str)->plain = TRUE;
}

static const char *
get_title (const PcSheet *self)
{
  return self->blueprint->title != NULL ? self->blueprint->title
                                        : _ ("Questions");
}

GPtrArray *
pc_sheet_list_questions (const PcSheet *self,
                         const char    *language)
{
  Writer        writer = { self, language, NULL };
  PcSheetBlock *name;

  g_return_val_if_fail (self != NULL, NULL);

  writer.blocks = g_ptr_array_new_with_free_func (free_block);
  add (&writer, PC_SHEET_TITLE, NULL, get_title (self))->plain = TRUE;
  name = add (&writer, PC_SHEET_NAME, g_strdup (_ ("Name:")), _ ("Date:"));
  name->plain = TRUE;
  add_facts (&writer);
  for (guint i = 0; i < self->items->len; i++)
    add_question (&writer, i);
  return writer.blocks;
}

/* -- key ------------------------------------------------------------------ */

static void
add_corrections (Writer *self,
                 PcItem *item)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (item);

  for (guint i = 0; stimulus != NULL && i < stimulus->n_lines; i++) {
    const char *correction = pc_item_get_line_correction (item, i);

    if (correction != NULL) {
      g_autofree char *clean = pc_problem_clean_text (correction);

      add (self, PC_SHEET_LISTING, dup_number (i + 1), clean)->plain = TRUE;
    }
  }
}

/* Why the other options are wrong; where they say nothing, nothing. */
static void
add_feedback (Writer            *self,
              const PcSheetItem *item)
{
  for (guint i = 0; i < pc_item_get_n_options (item->item); i++) {
    guint       index = get_index (item, i);
    const char *feedback = pc_item_get_option_feedback (item->item, index,
                                                        self->language);

    if (feedback != NULL && !pc_item_get_option_correct (item->item, index))
      add (self, PC_SHEET_FEEDBACK, dup_letter (i), feedback);
  }
}

static void
add_answer (Writer *self,
            guint   number)
{
  const PcSheetItem *item = pc_sheet_get_item (self->sheet, number);
  g_autofree char   *answer = pc_sheet_dup_answer (item, self->language);
  const char        *line =
      pc_item_get_answer_line (item->item, self->language);

  add (self, PC_SHEET_ANSWER, dup_number (number + 1), answer)->plain = TRUE;
  if (line != NULL)
    add (self, PC_SHEET_REASON, NULL, line);
  add_corrections (self, item->item);
  add_feedback (self, item);
}

GPtrArray *
pc_sheet_list_key (const PcSheet *self,
                   const char    *language)
{
  Writer           writer = { self, language, NULL };
  g_autofree char *title = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  writer.blocks = g_ptr_array_new_with_free_func (free_block);
  /* Translators: head of the key to a printed sheet: its title, and the
   * letter of the variant. */
  title = g_strdup_printf (_ ("Answers: %s, variant %c"), get_title (self),
                           'A' + self->variant);
  add (&writer, PC_SHEET_TITLE, NULL, title)->plain = TRUE;
  add_facts (&writer);
  for (guint i = 0; i < self->items->len; i++) {
    const PcSheetItem *item = pc_sheet_get_item (self, i);
    g_autofree char   *answer = pc_sheet_dup_answer (item, language);
    gboolean is_short = g_utf8_strlen (answer, -1) <= SHORT_ANSWER;

    add (&writer, PC_SHEET_ROW, dup_number (i + 1),
         is_short ? answer : _ ("see below"))
        ->plain = TRUE;
  }
  for (guint i = 0; i < self->items->len; i++)
    add_answer (&writer, i);
  return writer.blocks;
}
