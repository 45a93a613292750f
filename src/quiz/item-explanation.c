/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question, continued: what is shown after the answer.  Sections of the
 * explanation, references, and the scenario that plays it.
 */

#include "quiz/item.h"

#include "quiz/item-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const section_headings[] = {
  N_ ("What it is"),
  N_ ("What it offers"),
  N_ ("Why"),
  N_ ("When the other answers would be right"),
  N_ ("In practice"),
  N_ ("What happens"),
  N_ ("Security"),
  N_ ("A common mistake"),
  N_ ("In short"),
  N_ ("Note"),
};

const char *
pc_item_get_answer_line (PcItem     *self,
                         const char *language)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return pc_item_translate (self, language, self->answer_line, "answer_line",
                            NULL);
}

const char *
pc_item_get_exam_note (PcItem     *self,
                       const char *language)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return pc_item_translate (self, language, self->exam_note, "exam_note", NULL);
}

guint
pc_item_get_n_sections (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_sections;
}

static const PcItemSection *
get_section (PcItem *self,
             guint   index)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (index < self->n_sections, NULL);

  return &self->sections[index];
}

PcItemSectionKind
pc_item_get_section_kind (PcItem *self,
                          guint   index)
{
  const PcItemSection *section = get_section (self, index);

  return section != NULL ? section->kind : PC_ITEM_SECTION_NOTE;
}

const char *
pc_item_get_section_heading (PcItem     *self,
                             guint       index,
                             const char *language)
{
  const PcItemSection *section = get_section (self, index);

  if (section == NULL)
    return NULL;
  if (section->heading == NULL)
    return _ (section_headings[section->kind]);
  return pc_item_translate (self, language, section->heading, "explanation",
                            pc_item_section_kinds[section->kind], "heading",
                            NULL);
}

const char *
pc_item_get_section_text (PcItem     *self,
                          guint       index,
                          const char *language)
{
  const PcItemSection *section = get_section (self, index);

  if (section == NULL)
    return NULL;
  return pc_item_translate (self, language, section->text, "explanation",
                            pc_item_section_kinds[section->kind], "text", NULL);
}

gboolean
pc_item_get_section_from_options (PcItem *self,
                                  guint   index)
{
  const PcItemSection *section = get_section (self, index);

  return section != NULL && section->from_options;
}

const char *
pc_item_get_option_comparison (PcItem     *self,
                               guint       option,
                               const char *language)
{
  const char *when = pc_item_get_option_right_when (self, option, language);

  if (when != NULL || pc_item_get_option_correct (self, option))
    return when;
  return pc_item_get_option_feedback (self, option, language);
}

guint
pc_item_get_n_entries (PcItem *self,
                       guint   section)
{
  const PcItemSection *found = get_section (self, section);

  return found != NULL ? found->n_entries : 0;
}

static const PcItemEntry *
get_entry (PcItem *self,
           guint   section,
           guint   index)
{
  const PcItemSection *found = get_section (self, section);

  g_return_val_if_fail (found != NULL, NULL);
  g_return_val_if_fail (index < found->n_entries, NULL);

  return &found->entries[index];
}

static const char *
translate_entry (PcItem            *self,
                 guint              section,
                 const PcItemEntry *entry,
                 const char        *language,
                 const char        *original,
                 const char        *member)
{
  if (entry->id == NULL)
    return original;
  return pc_item_translate (self, language, original, "explanation",
                            pc_item_section_kinds[self->sections[section].kind],
                            entry->id, member, NULL);
}

const char *
pc_item_get_entry_term (PcItem     *self,
                        guint       section,
                        guint       index,
                        const char *language)
{
  const PcItemEntry *entry = get_entry (self, section, index);

  if (entry == NULL)
    return NULL;
  return translate_entry (self, section, entry, language, entry->term, "term");
}

const char *
pc_item_get_entry_text (PcItem     *self,
                        guint       section,
                        guint       index,
                        const char *language)
{
  const PcItemEntry *entry = get_entry (self, section, index);

  if (entry == NULL)
    return NULL;
  return translate_entry (self, section, entry, language, entry->text, "text");
}

const char *
pc_item_get_entry_step (PcItem *self,
                        guint   section,
                        guint   index)
{
  const PcItemEntry *entry = get_entry (self, section, index);

  return entry != NULL ? entry->step : NULL;
}

guint
pc_item_get_n_references (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_references;
}

const PcItemReference *
pc_item_get_reference (PcItem *self,
                       guint   index)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (index < self->n_references, NULL);

  return &self->references[index];
}

char *
pc_item_reference_format (const PcItemReference *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  if (self->kind == PC_ITEM_REFERENCE_RFC)
    g_string_append_printf (out, "RFC %u", self->number);
  else
    g_string_append (out, self->title);
  /* Some sections have a name in place of a number. */
  if (self->section != NULL)
    g_string_append_printf (out,
                            g_ascii_isdigit (self->section[0]) ? " §%s"
                                                               : ", %s",
                            self->section);
  if (self->kind == PC_ITEM_REFERENCE_RFC && self->title != NULL &&
      g_strcmp0 (self->title, self->section) != 0)
    g_string_append_printf (out, ": %s", self->title);
  return g_string_free (out, FALSE);
}

char *
pc_item_reference_dup_url (const PcItemReference *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->url != NULL)
    return g_strdup (self->url);
  if (self->kind == PC_ITEM_REFERENCE_RFC)
    return g_strdup_printf ("https://www.rfc-editor.org/rfc/rfc%u",
                            self->number);
  return NULL;
}

const char *
pc_item_get_scenario (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->scenario;
}

const char *
pc_item_get_scenario_step (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->scenario_step;
}

const char *
pc_item_get_scenario_label (PcItem     *self,
                            const char *language)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return pc_item_translate (self, language, self->scenario_label, "simulation",
                            "label", NULL);
}

const char *
pc_item_get_scenario_param (PcItem     *self,
                            const char *name)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->n_params; i++) {
    if (g_str_equal (self->params[i].name, name))
      return self->params[i].value;
  }
  return NULL;
}
