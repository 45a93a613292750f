/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be chosen in the form of a question: ids that stand elsewhere in
 * the bank, in the service table, or among the scenarios.
 */

#include "quiz/bank-form.h"

#include <string.h>

typedef struct
{
  GPtrArray *ids;
  GPtrArray *labels;
} Lists;

static void
add (Lists      *self,
     const char *id,
     const char *label)
{
  g_ptr_array_add (self->ids, g_strdup (id));
  g_ptr_array_add (self->labels,
                   label != NULL && *label != '\0'
                       ? g_strdup_printf ("%s (%s)", label, id)
                       : g_strdup (id));
}

/* "/items/3" of "/items/3/options/1"; NULL outside of questions. */
static char *
dup_item (const char *pointer)
{
  guint item;

  return pc_bank_edit_split_pointer (pointer, &item, NULL)
             ? g_strdup_printf ("/items/%u", item)
             : NULL;
}

/* The elements of a list: their ids, and what they call themselves. */
static void
add_elements (Lists      *self,
              PcBankEdit *edit,
              const char *list,
              const char *label)
{
  guint n = pc_bank_edit_get_length (edit, list);

  for (guint i = 0; i < n; i++) {
    g_autofree char *id_place = g_strdup_printf ("%s/%u/id", list, i);
    g_autofree char *place = g_strdup_printf ("%s/%u/%s", list, i, label);
    const char *id = pc_bank_edit_get_text (edit, id_place);

    if (id != NULL && *id != '\0')
      add (self, id, pc_bank_edit_get_text (edit, place));
  }
}

static void
add_item_elements (Lists      *self,
                   PcBankEdit *edit,
                   const char *pointer,
                   const char *member,
                   const char *label)
{
  g_autofree char *item = dup_item (pointer);
  g_autofree char *list =
      item != NULL ? g_strconcat (item, "/", member, NULL) : NULL;

  if (list != NULL)
    add_elements (self, edit, list, label);
}

char *
pc_form_find_stimulus (PcBankEdit *edit,
                       const char *pointer)
{
  g_autofree char *item = dup_item (pointer);
  g_autofree char *place =
      item != NULL ? g_strconcat (item, "/stimulus", NULL) : NULL;
  const char *id =
      place != NULL ? pc_bank_edit_get_text (edit, place) : NULL;
  guint n = pc_bank_edit_get_length (edit, "/stimuli");

  for (guint i = 0; id != NULL && i < n; i++) {
    g_autofree char *other = g_strdup_printf ("/stimuli/%u/id", i);

    if (g_strcmp0 (pc_bank_edit_get_text (edit, other), id) == 0)
      return g_strdup_printf ("/stimuli/%u", i);
  }
  return NULL;
}

static void
add_lines (Lists      *self,
           PcBankEdit *edit,
           const char *pointer)
{
  g_autofree char *stimulus = pc_form_find_stimulus (edit, pointer);
  g_autofree char *list =
      stimulus != NULL ? g_strconcat (stimulus, "/lines", NULL) : NULL;

  if (list != NULL)
    add_elements (self, edit, list, "text");
}

/* Those of the lines that "fault_lines" names. */
static void
keep_wrong (Lists      *self,
            PcBankEdit *edit,
            const char *pointer)
{
  g_autofree char *item = dup_item (pointer);
  g_autofree char *list = g_strconcat (item, "/fault_lines", NULL);
  guint n = pc_bank_edit_get_length (edit, list);

  for (guint i = self->ids->len; i > 0; i--) {
    gboolean wrong = FALSE;

    for (guint k = 0; k < n; k++) {
      g_autofree char *place = g_strdup_printf ("%s/%u", list, k);

      wrong = wrong || g_strcmp0 (pc_bank_edit_get_text (edit, place),
                                  self->ids->pdata[i - 1]) == 0;
    }
    if (!wrong) {
      g_ptr_array_remove_index (self->ids, i - 1);
      g_ptr_array_remove_index (self->labels, i - 1);
    }
  }
}

static void
add_marks (Lists           *self,
           PcBankEdit      *edit,
           const char      *pointer,
           const PcLibrary *library)
{
  g_autofree char *item = dup_item (pointer);
  g_autofree char *place =
      item != NULL ? g_strconcat (item, "/simulation/scenario", NULL) : NULL;
  const char *id =
      place != NULL ? pc_bank_edit_get_text (edit, place) : NULL;
  PcScenario *scenario =
      id != NULL && library != NULL ? pc_library_find (library, id) : NULL;

  for (guint i = 0;
       scenario != NULL && i < pc_scenario_get_n_marks (scenario); i++)
    add (self, pc_scenario_get_mark (scenario, i)->id, NULL);
}

char **
pc_form_list_source (PcBankEdit      *edit,
                     const char      *pointer,
                     PcFormSource     source,
                     const PcLibrary *library,
                     PcServices      *services,
                     char          ***labels)
{
  Lists self = { g_ptr_array_new_with_free_func (g_free),
                 g_ptr_array_new_with_free_func (g_free) };

  g_return_val_if_fail (PC_IS_BANK_EDIT (edit), NULL);
  g_return_val_if_fail (pointer != NULL && labels != NULL, NULL);

  switch (source) {
  case PC_SOURCE_SCENARIOS:
    for (guint i = 0; library != NULL && i < pc_library_get_n (library); i++)
      add (&self, pc_scenario_get_id (pc_library_get (library, i)),
           pc_scenario_get_title (pc_library_get (library, i)));
    break;
  case PC_SOURCE_MARKS: add_marks (&self, edit, pointer, library); break;
  case PC_SOURCE_SERVICES:
    for (guint i = 0; services != NULL && i < pc_services_get_n (services);
         i++)
      add (&self, pc_services_get (services, i)->id,
           pc_services_get (services, i)->name);
    break;
  case PC_SOURCE_OBJECTIVES:
    add_elements (&self, edit, "/objectives", "title");
    break;
  case PC_SOURCE_STIMULI:
    add_elements (&self, edit, "/stimuli", "title");
    break;
  case PC_SOURCE_LINES: add_lines (&self, edit, pointer); break;
  case PC_SOURCE_WRONG_LINES:
    add_lines (&self, edit, pointer);
    keep_wrong (&self, edit, pointer);
    break;
  case PC_SOURCE_LEFT:
    add_item_elements (&self, edit, pointer, "left", "text");
    break;
  case PC_SOURCE_RIGHT:
    add_item_elements (&self, edit, pointer, "right", "text");
    break;
  case PC_SOURCE_FIELDS:
    add_item_elements (&self, edit, pointer, "fields", "label");
    break;
  case PC_SOURCE_NONE:
  default: break;
  }
  g_ptr_array_add (self.ids, NULL);
  g_ptr_array_add (self.labels, NULL);
  *labels = (char **) g_ptr_array_free (self.labels, FALSE);
  return (char **) g_ptr_array_free (self.ids, FALSE);
}
