/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A sheet as Markdown: what the class gets, and the key with its reasons.
 * Bank text has marks of its own that Markdown reads alike (`code`,
 * **strong**, *em*); nothing else of it may mean something to Markdown, so a
 * line that would begin a list or a heading is moved in by a backslash.
 */

#include "quiz/sheet-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const PcSheet *sheet;
  const char    *language;
  GString       *out;
} Writer;

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

static void
append_line (Writer     *self,
             const char *text)
{
  if (*text == '#' || *text == '-' || *text == '+' || *text == '>' ||
      *text == '|' || g_ascii_isdigit (*text))
    g_string_append (self->out, "\\");
  for (; *text != '\0'; text++)
    g_string_append_c (self->out, *text == '\n' ? ' ' : *text);
  g_string_append_c (self->out, '\n');
}

/* -- answers -------------------------------------------------------------- */

static char *
join_letters (const PcSheetItem *item)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pc_item_get_n_options (item->item); i++) {
    if (pc_item_get_option_correct (item->item, get_index (item, i)))
      g_string_append_printf (text, "%s%c", text->len > 0 ? ", " : "",
                              'a' + i);
  }
  return g_string_free (text, FALSE);
}

static char *
join_pairs (const PcSheetItem *item)
{
  GString *text = g_string_new (NULL);
  guint    n = pc_item_get_n_choices (item->item, PC_ITEM_LEFT);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text, "%s%u%c", i > 0 ? " " : "", i + 1,
        'a' + get_place (item, pc_item_get_pair (item->item, i)));
  return g_string_free (text, FALSE);
}

static char *
join_steps (const PcSheetItem *item)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pc_item_get_n_steps (item->item); i++)
    g_string_append_printf (text, "%s%c", i > 0 ? " " : "",
                            'a' + get_place (item, i));
  return g_string_free (text, FALSE);
}

/* "lines 3, 5; b" */
static char *
join_lines (const PcSheetItem *item)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (item->item);
  GString          *text = g_string_new (NULL);

  for (guint i = 0; i < stimulus->n_lines; i++) {
    if (pc_item_get_line_wrong (item->item, i))
      g_string_append_printf (text, "%s%u", text->len > 0 ? ", " : "", i + 1);
  }
  if (pc_item_get_n_options (item->item) > 0) {
    g_autofree char *reason = join_letters (item);

    g_string_append_printf (text, "; %s", reason);
  }
  return g_string_free (text, FALSE);
}

static char *
join_settings (const PcSheetItem *item)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pc_item_get_n_fields (item->item); i++) {
    const char *value = pc_item_get_setting (item->item, 0, i);

    if (value != NULL)
      g_string_append_printf (
          text, "%s%s: %s", text->len > 0 ? ", " : "",
          pc_item_get_field_label (item->item, i, NULL),
          pc_item_get_field_value_text (item->item, i, value, NULL));
  }
  return g_string_free (text, FALSE);
}

char *
pc_sheet_dup_answer (const PcSheetItem *item)
{
  g_return_val_if_fail (item != NULL, NULL);

  switch (pc_item_get_item_type (item->item)) {
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE: return join_letters (item);
  case PC_ITEM_NUMBER:
    return g_strdup_printf ("%" G_GINT64_FORMAT,
                            pc_item_get_value (item->item, 0));
  case PC_ITEM_MATCH: return join_pairs (item);
  case PC_ITEM_ORDER: return join_steps (item);
  case PC_ITEM_FAULT: return join_lines (item);
  case PC_ITEM_PREDICT:
    return pc_item_get_n_options (item->item) > 0
               ? join_letters (item)
               : g_strdup (pc_item_get_prediction (item->item, 0)->value);
  case PC_ITEM_CONFIGURE: return join_settings (item);
  default: g_assert_not_reached ();
  }
}

/* -- questions ------------------------------------------------------------ */

static void
write_stimulus (Writer *self,
                PcItem *item)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (item);

  if (stimulus == NULL)
    return;
  g_string_append (self->out, "\n");
  for (guint i = 0; i < stimulus->n_lines; i++) {
    char from = stimulus->lines[i].from;

    /* Four spaces make it a listing, whatever stands in it. */
    g_string_append_printf (
        self->out, "    %2u %s%s\n", i + 1,
        from == 'C'   ? "C: "
        : from == 'S' ? "S: "
                      : "",
        pc_item_get_stimulus_text (item, i, self->language));
  }
}

static void
write_list (Writer            *self,
            const PcSheetItem *item,
            PcItemList         list)
{
  guint n = pc_item_get_n_choices (item->item, list);

  if (n > 0)
    g_string_append (self->out, "\n");
  for (guint i = 0; i < n; i++) {
    guint index = list == PC_ITEM_LEFT ? i : get_index (item, i);

    if (list == PC_ITEM_LEFT)
      g_string_append_printf (self->out, "- **%u** ", i + 1);
    else
      g_string_append_printf (self->out, "- **%c)** ", 'a' + i);
    append_line (self, pc_item_get_choice_text (item->item, list, index,
                                                self->language));
  }
}

static void
write_form (Writer *self,
            PcItem *item)
{
  g_string_append (self->out, "\n");
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    guint n = pc_item_get_n_field_choices (item, i);

    g_string_append_printf (self->out, "- %s: ",
                            pc_item_get_field_label (item, i,
                                                     self->language));
    for (guint j = 0; j < n; j++)
      g_string_append_printf (
          self->out, "%s☐ %s", j > 0 ? "  " : "",
          pc_item_get_field_choice_text (item, i, j, self->language));
    g_string_append (self->out, n > 0 ? "\n" : "\\_\\_\\_\\_\\_\\_\\_\\_\n");
  }
}

static void
write_question (Writer *self,
                guint   number)
{
  const PcSheetItem *item = pc_sheet_get_item (self->sheet, number);
  guint              points = pc_item_get_points (item->item);

  g_string_append_printf (self->out, "\n**%u.** ", number + 1);
  append_line (self, pc_item_get_stem (item->item, self->language));
  g_string_append_printf (
      self->out,
      ngettext ("*(%u point)*\n", "*(%u points)*\n", points), points);
  write_stimulus (self, item->item);
  write_list (self, item, PC_ITEM_LEFT);
  write_list (self, item, PC_ITEM_RIGHT);
  write_list (self, item, PC_ITEM_STEPS);
  write_list (self, item, PC_ITEM_OPTIONS);
  if (pc_item_get_item_type (item->item) == PC_ITEM_CONFIGURE)
    write_form (self, item->item);
  else if (pc_item_get_n_options (item->item) == 0)
    g_string_append_printf (self->out, "\n%s \\_\\_\\_\\_\\_\\_\\_\\_\n",
                            _ ("Answer:"));
}

static void
write_head (Writer     *self,
            const char *title)
{
  const PcBlueprint *blueprint = self->sheet->blueprint;

  g_string_append_printf (
      self->out, "# %s\n\n%s \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_   %s "
                 "\\_\\_\\_\\_\\_\\_\n\n",
      title, _ ("Name:"), _ ("Date:"));
  g_string_append_printf (
      self->out,
      ngettext ("%u question", "%u questions",
                pc_sheet_get_n_items (self->sheet)),
      pc_sheet_get_n_items (self->sheet));
  g_string_append (self->out, ", ");
  g_string_append_printf (self->out,
                          ngettext ("%u point", "%u points",
                                    pc_sheet_get_points (self->sheet)),
                          pc_sheet_get_points (self->sheet));
  if (blueprint->minutes > 0)
    g_string_append_printf (
        self->out,
        ngettext (", %u minute", ", %u minutes", blueprint->minutes),
        blueprint->minutes);
  if (blueprint->pass > 0)
    g_string_append_printf (self->out, _ (", passed with %u %%"),
                            blueprint->pass);
  g_string_append (self->out, "\n");
}

static void
write_foot (Writer *self)
{
  g_autofree char *footer = pc_sheet_dup_footer (self->sheet);

  g_string_append_printf (self->out, "\n---\n\n%s\n", footer);
}

char *
pc_sheet_write_questions (const PcSheet *self,
                          const char    *language)
{
  Writer writer = { self, language, NULL };

  g_return_val_if_fail (self != NULL, NULL);

  writer.out = g_string_new (NULL);
  write_head (&writer, self->blueprint->title != NULL ? self->blueprint->title
                                                      : _ ("Questions"));
  for (guint i = 0; i < self->items->len; i++)
    write_question (&writer, i);
  write_foot (&writer);
  return g_string_free (writer.out, FALSE);
}

/* -- key ------------------------------------------------------------------ */

static void
write_reason (Writer *self,
              guint   number)
{
  const PcSheetItem *item = pc_sheet_get_item (self->sheet, number);
  g_autofree char   *answer = pc_sheet_dup_answer (item);
  const char        *line = pc_item_get_answer_line (item->item, self->language);

  g_string_append_printf (self->out, "\n**%u.** **%s** ", number + 1, answer);
  append_line (self, line != NULL ? line : "");
  for (guint i = 0; i < pc_item_get_n_options (item->item); i++) {
    guint       index = get_index (item, i);
    const char *feedback = pc_item_get_option_feedback (item->item, index,
                                                        self->language);

    if (feedback == NULL)
      continue;
    g_string_append_printf (self->out, "%s- %c) ", i == 0 ? "\n" : "",
                            'a' + i);
    append_line (self, feedback);
  }
}

char *
pc_sheet_write_key (const PcSheet *self,
                    const char    *language)
{
  Writer writer = { self, language, NULL };

  g_return_val_if_fail (self != NULL, NULL);

  writer.out = g_string_new (NULL);
  g_string_append_printf (writer.out, "# %s\n\n| | |\n|--:|:--|\n",
                          _ ("Answers"));
  for (guint i = 0; i < self->items->len; i++) {
    g_autofree char *answer =
        pc_sheet_dup_answer (pc_sheet_get_item (self, i));

    g_strdelimit (answer, "|", '/');
    g_string_append_printf (writer.out, "| %u | %s |\n", i + 1, answer);
  }
  for (guint i = 0; i < self->items->len; i++)
    write_reason (&writer, i);
  write_foot (&writer);
  return g_string_free (writer.out, FALSE);
}
