/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli check --counts: what question banks consist of, for who plans
 * them.  The words of the file format stand as they are.
 */

#include "cli/check-private.h"

#include <glib/gi18n-lib.h>

void
pc_counts_add (PcCounts *self,
               PcBank   *bank,
               guint     n_proven)
{
  self->n_proven += n_proven;
  for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
    PcItem *item = pc_bank_get_item (bank, i);

    self->n_items++;
    self->n_reviewed += pc_item_get_status (item) == PC_ITEM_STATUS_REVIEWED;
    self->n_linked += pc_item_get_scenario (item) != NULL;
    self->n_translated += *pc_item_get_languages (item) != NULL;
    self->levels[pc_item_get_level (item)]++;
    self->types[pc_item_get_item_type (item)]++;
  }
}

void
pc_counts_add_all (PcCounts       *self,
                   const PcCounts *other)
{
  self->n_items += other->n_items;
  self->n_reviewed += other->n_reviewed;
  self->n_linked += other->n_linked;
  self->n_proven += other->n_proven;
  self->n_translated += other->n_translated;
  for (guint i = 0; i < PC_COUNT_LEVELS; i++)
    self->levels[i] += other->levels[i];
  for (guint i = 0; i < PC_COUNT_TYPES; i++)
    self->types[i] += other->types[i];
}

void
pc_counts_print (const PcCounts *self,
                 const char     *name)
{
  g_autofree char *items = g_strdup_printf (
      ngettext ("%u question", "%u questions", self->n_items), self->n_items);

  g_print (_ ("%s: %s, %u with a scenario, %u keys proven by runs, %u "
              "reviewed, %u translated"),
           name, items, self->n_linked, self->n_proven, self->n_reviewed,
           self->n_translated);
  g_print ("\n ");
  for (guint i = PC_ITEM_LEVEL_REMEMBER; i < PC_COUNT_LEVELS; i++)
    g_print (" %s %u", pc_item_level_to_string (i), self->levels[i]);
  g_print ("\n ");
  for (guint i = 0; i < PC_COUNT_TYPES; i++)
    g_print (" %s %u", pc_item_type_to_string (i), self->types[i]);
  g_print ("\n");
}
