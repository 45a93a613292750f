/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several banks as one list of what can be asked.  An item belongs to its
 * bank; the same id in two banks is two items.
 */

#include "quiz/catalogue.h"

#include <string.h>

struct _PcCatalogue
{
  GPtrArray  *banks;
  GArray     *picks;
  GHashTable *by_item; /* PcItem → index into picks + 1 */
};

PcCatalogue *
pc_catalogue_new (void)
{
  PcCatalogue *self = g_new0 (PcCatalogue, 1);

  self->banks = g_ptr_array_new_with_free_func (g_object_unref);
  self->picks = g_array_new (FALSE, FALSE, sizeof (PcPick));
  self->by_item = g_hash_table_new (NULL, NULL);
  return self;
}

void
pc_catalogue_free (PcCatalogue *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_item, g_hash_table_unref);
  g_clear_pointer (&self->picks, g_array_unref);
  g_clear_pointer (&self->banks, g_ptr_array_unref);
  g_free (self);
}

void
pc_catalogue_add_bank (PcCatalogue *self,
                       PcBank      *bank)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (PC_IS_BANK (bank));

  g_ptr_array_add (self->banks, g_object_ref (bank));
  for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
    PcPick pick = { bank, pc_bank_get_item (bank, i) };

    if (pc_item_get_status (pick.item) == PC_ITEM_STATUS_RETIRED)
      continue;
    g_array_append_val (self->picks, pick);
    g_hash_table_insert (self->by_item, pick.item,
                         GUINT_TO_POINTER (self->picks->len));
  }
}

guint
pc_catalogue_get_n_banks (PcCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->banks->len;
}

PcBank *
pc_catalogue_get_bank (PcCatalogue *self,
                       guint        index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->banks->len, NULL);

  return g_ptr_array_index (self->banks, index);
}

guint
pc_catalogue_get_n (PcCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->picks->len;
}

const PcPick *
pc_catalogue_get (PcCatalogue *self,
                  guint        index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->picks->len, NULL);

  return &g_array_index (self->picks, PcPick, index);
}

const PcPick *
pc_catalogue_lookup (PcCatalogue *self,
                     const char  *bank,
                     const char  *item)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (bank != NULL && item != NULL, NULL);

  for (guint i = 0; i < self->banks->len; i++) {
    PcBank  *own = pc_catalogue_get_bank (self, i);
    gpointer found = NULL;
    guint    at;

    if (strcmp (pc_bank_get_id (own), bank) == 0)
      found = pc_bank_lookup (own, item);
    at = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_item, found));
    if (at > 0)
      return pc_catalogue_get (self, at - 1);
  }
  return NULL;
}

const char *
pc_pick_get_protocol (const PcPick *self)
{
  static const char *const protocols[] = { "imap", "pop3", "smtp", "tftp" };

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
    if (strstr (pc_bank_get_id (self->bank), protocols[i]) != NULL)
      return protocols[i];
  }
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
    if (g_strv_contains (pc_item_get_tags (self->item), protocols[i]))
      return protocols[i];
  }
  return NULL;
}
