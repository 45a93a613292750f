/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether somebody's words say what an item accepts as a prediction.  A person
 * may type "354", "354 go ahead" or "+ok"; what a server really says is held
 * against the item in prove.c, to the letter.
 */

#include "quiz/item-private.h"

#include "quiz/fold-private.h"
#include "quiz/markup.h"

#include <string.h>

/* Whether @text begins with the words of @start. */
static gboolean
begins_with (const char *text,
             const char *start)
{
  gsize len = strlen (start);

  return len > 0 && strncmp (text, start, len) == 0 &&
         (!g_ascii_isalnum (text[len]) || !g_ascii_isalnum (start[len - 1]));
}

/* "2yz", "2xx" or any code of that class. */
static gboolean
is_of_class (const char *text,
             const char *value)
{
  gsize len = strcspn (text, " -");

  if (strlen (value) != 3 || !g_ascii_isdigit (value[0]) || value[1] != 'y')
    return FALSE;
  return len == 3 && text[0] == value[0] &&
         ((g_ascii_isdigit (text[1]) && g_ascii_isdigit (text[2])) ||
          strncmp (text + 1, "xx", 2) == 0);
}

gboolean
pc_prediction_fits_typed (const PcItemPrediction *self,
                          const char             *typed)
{
  g_autofree char *text = pc_fold_reading (typed);
  g_autofree char *value = pc_fold_reading (self->value);

  switch (self->match) {
  case PC_ITEM_MATCH_CODE: return begins_with (text, value);
  case PC_ITEM_MATCH_STATUS:
    return begins_with (text, value) || is_of_class (text, value);
  case PC_ITEM_MATCH_PREFIX: return g_str_has_prefix (text, value);
  case PC_ITEM_MATCH_EXACT:
  case PC_ITEM_MATCH_STATE: return strcmp (text, value) == 0;
  default: g_return_val_if_reached (FALSE);
  }
}

gboolean
pc_prediction_fits_option (const PcItemPrediction *self,
                           const PcItemOption     *option)
{
  g_autofree char *plain = NULL;
  g_autofree char *text = NULL;
  g_autofree char *value = pc_fold_reading (self->value);

  if (option->value != NULL) {
    text = pc_fold_reading (option->value);
    return strcmp (text, value) == 0;
  }
  plain = pc_markup_to_plain (option->text);
  text = pc_fold_reading (plain);
  return begins_with (text, value);
}
