/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which languages questions can be printed. */

#include "app/bank-languages.h"

static void
add (GPtrArray  *tags,
     const char *tag)
{
  if (tag != NULL &&
      !g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
    g_ptr_array_add (tags, g_strdup (tag));
}

GPtrArray *
pc_bank_languages_list (GPtrArray *banks)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < banks->len; i++) {
    PcBank *bank = banks->pdata[i];

    add (tags, pc_bank_get_language (bank));
    for (guint j = 0; j < pc_bank_get_n_items (bank); j++) {
      const char *const *of_item =
          pc_item_get_languages (pc_bank_get_item (bank, j));

      for (guint k = 0; of_item != NULL && of_item[k] != NULL; k++)
        add (tags, of_item[k]);
    }
  }
  return tags;
}

guint
pc_bank_languages_find (GPtrArray *tags)
{
  const char *const *names = g_get_language_names ();
  guint at;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_ptr_array_find_with_equal_func (tags, names[i], g_str_equal, &at))
      return at + 1;
  return 0;
}
