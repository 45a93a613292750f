/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The code at the foot of a sheet: typed on another machine it makes the
 * sheet again, and tells when what it was drawn from is not the same there.
 */

#include "quiz/sheet-private.h"

#include "base/limits.h"
#include "base/random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "imap 1.1.0, ports 1.0.0" */
static char *
dup_banks (GPtrArray *banks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < banks->len; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                            pc_bank_get_id (banks->pdata[i]),
                            pc_bank_get_version (banks->pdata[i]));
  return g_string_free (text, FALSE);
}

/* All that must be the same for the same sheet, but the variant. */
static void
append_blueprint (GString           *text,
                  const PcBlueprint *blueprint)
{
  g_string_append_printf (text, "|%u|%u|%u|%u|%d",
                          pc_blueprint_count (blueprint), blueprint->types,
                          blueprint->min_difficulty,
                          blueprint->max_difficulty, blueprint->same_items);
  for (guint i = 0; i < blueprint->objectives->len; i++)
    g_string_append_printf (text, "|%s=%u",
                            (char *) blueprint->objectives->pdata[i],
                            g_array_index (blueprint->counts, guint, i));
}

/* Also what changed without a new version. */
static void
append_items (GString           *text,
              GPtrArray         *banks,
              const PcBlueprint *blueprint)
{
  for (guint i = 0; i < banks->len; i++) {
    for (guint j = 0; j < pc_bank_get_n_items (banks->pdata[i]); j++) {
      PcItem *item = pc_bank_get_item (banks->pdata[i], j);

      if (pc_sheet_fits (blueprint, item))
        g_string_append_printf (text, "|%s.%u", pc_item_get_id (item),
                                pc_item_get_revision (item));
    }
  }
}

static guint
make_check (GPtrArray         *banks,
            const PcBlueprint *blueprint,
            guint32            seed)
{
  g_autofree char *names = dup_banks (banks);
  GString         *text = g_string_new (names);
  guint64          state;

  g_string_append_printf (text, "|%u", seed);
  append_blueprint (text, blueprint);
  append_items (text, banks, blueprint);
  state = pc_random_hash (text->str);
  g_string_free (text, TRUE);
  return (guint) (pc_random_draw (&state) & 0xffff);
}

char *
pc_sheet_dup_code (const PcSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf (
      "%08X-%u-%04X", self->seed, pc_blueprint_count (self->blueprint),
      make_check (self->banks, self->blueprint, self->seed));
}

/* All of @text, in @base. */
static gboolean
read_part (const char *text,
           guint       base,
           gsize       n_digits,
           guint64     max,
           guint      *value)
{
  guint64 number;

  if (n_digits > 0 && strlen (text) != n_digits)
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, base, 0, max, &number, NULL))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

gboolean
pc_sheet_code_parse (const char  *text,
                     PcSheetCode *code)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *trimmed = NULL;
  guint seed, n_items, check;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (text));
  parts = g_strsplit (trimmed, "-", 4);
  if (g_strv_length (parts) != 3 ||
      !read_part (parts[0], 16, 8, G_MAXUINT32, &seed) ||
      !read_part (parts[1], 10, 0, PC_LIMIT_SHEET, &n_items) ||
      !read_part (parts[2], 16, 4, 0xffff, &check) || n_items == 0)
    return FALSE;
  *code = (PcSheetCode){ seed, n_items, check };
  return TRUE;
}

static gboolean
fits_code (const PcSheetCode *code,
           GPtrArray         *banks,
           const PcBlueprint *blueprint)
{
  g_autoptr (GPtrArray) some = pc_sheet_pick_banks (banks, blueprint);

  return code->n_items == pc_blueprint_count (blueprint) &&
         code->check == make_check (some, blueprint, code->seed);
}

gboolean
pc_sheet_has_code (const PcSheet     *self,
                   const PcSheetCode *code)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  return code->seed == self->seed &&
         fits_code (code, self->banks, self->blueprint);
}

PcBlueprint *
pc_sheet_code_find (const PcSheetCode *code,
                    GPtrArray         *banks,
                    GPtrArray         *blueprints)
{
  g_autoptr (PcBlueprint) own = NULL;

  g_return_val_if_fail (code != NULL, NULL);
  g_return_val_if_fail (banks != NULL, NULL);

  for (guint i = 0; blueprints != NULL && i < blueprints->len; i++) {
    if (fits_code (code, banks, blueprints->pdata[i]))
      return pc_blueprint_ref (blueprints->pdata[i]);
  }
  own = pc_blueprint_new ();
  own->n_items = code->n_items;
  if (fits_code (code, banks, own))
    return g_steal_pointer (&own);
  for (guint i = 0; i < banks->len; i++) {
    g_ptr_array_set_size (own->banks, 0);
    g_ptr_array_add (own->banks,
                     g_strdup (pc_bank_get_id (banks->pdata[i])));
    if (fits_code (code, banks, own))
      return g_steal_pointer (&own);
  }
  return NULL;
}

char *
pc_sheet_dup_footer (const PcSheet *self)
{
  g_autofree char *code = NULL;
  g_autofree char *banks = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  code = pc_sheet_dup_code (self);
  banks = dup_banks (self->banks);
  /* Translators: the foot of a printed sheet: its code, the number it was
   * drawn with, the variant's letter, the question banks. */
  return g_strdup_printf (_ ("sheet %s · seed %u · variant %c · %s"), code,
                          self->seed, 'A' + self->variant, banks);
}
