/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing a client is asked to do, and what a protocol's clients can do.
 *
 * Parameters are text; each client reads its own numbers out of them and says
 * what is wrong.
 */

#include "proto/common/action.h"

#include <string.h>

PcAction *
pc_action_new (const char *name)
{
  PcAction *self = g_new0 (PcAction, 1);

  self->name = g_strdup (name);
  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        g_free);
  return self;
}

void
pc_action_free (PcAction *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

void
pc_action_set (PcAction   *self,
               const char *param,
               const char *value)
{
  g_hash_table_insert (self->params, g_strdup (param), g_strdup (value));
}

const char *
pc_action_get (const PcAction *self,
               const char     *param,
               const char     *fallback)
{
  const char *value = g_hash_table_lookup (self->params, param);

  return value != NULL ? value : fallback;
}

void
pc_action_set_data (PcAction     *self,
                    gconstpointer data,
                    gsize         len)
{
  g_clear_pointer (&self->data, g_bytes_unref);
  self->data = g_bytes_new (data, len);
}

const PcActionSpec *
pc_action_spec_find (const PcActionSpec *specs,
                     const char         *name)
{
  for (; specs->name != NULL; specs++)
    if (strcmp (specs->name, name) == 0)
      return specs;

  return NULL;
}

static gboolean
has_word (const char *words,
          const char *word)
{
  g_auto (GStrv) list = g_strsplit (words != NULL ? words : "", " ", -1);

  return g_strv_contains ((const char *const *) list, word);
}

gboolean
pc_action_spec_has_param (const PcActionSpec *self,
                          const char         *param,
                          gboolean           *required)
{
  gboolean is_required = has_word (self->required, param);

  if (required != NULL)
    *required = is_required;
  return is_required || has_word (self->optional, param);
}
