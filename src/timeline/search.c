/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search in a timeline: plain text, whatever its case.
 *
 * What is looked at is what a person can read of a step, in their language;
 * not the octets.  A password is found only where passwords are shown: else
 * one could guess it letter by letter.
 */

#include "timeline/search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PcSearch
{
  PcTimeline *timeline;
  char       *text; /* folded */
  char       *actor;
  guint       conn;
  gboolean    secrets;
  guint       end;   /* index of a step, G_MAXUINT for none */
  PcSearchKind kind;
  guint       next;  /* step to look at */
  GArray     *found; /* guint */
};

/* So that "É" is "é", however it was written. */
static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal, -1);
}

static gboolean
has (const PcSearch *self,
     const char     *text)
{
  g_autofree char *folded = text != NULL ? fold (text) : NULL;

  return folded != NULL && strstr (folded, self->text) != NULL;
}

static PcSearchKind
get_kind (PcStep *step)
{
  static const struct
  {
    const char  *word;
    PcSearchKind kind;
  } kinds[] = {
    { "command", PC_SEARCH_COMMANDS }, { "greeting", PC_SEARCH_REPLIES },
    { "reply", PC_SEARCH_REPLIES },    { "data", PC_SEARCH_CONTENT },
    { "datagram", PC_SEARCH_CONTENT },
  };
  const char *word = pc_step_get_kind (step);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (word, kinds[i].word) == 0)
      return kinds[i].kind;
  return pc_step_get_layer (step) == PC_LAYER_NOTE ? PC_SEARCH_ANY
                                                   : PC_SEARCH_CONNECTION;
}

static gboolean
is_of_kind (const PcSearch *self,
            PcStep         *step)
{
  if (self->kind == PC_SEARCH_TROUBLE)
    return pc_step_get_status (step) != PC_STATUS_OK ||
           pc_step_get_fate (step) == PC_FATE_LOST;
  return self->kind == PC_SEARCH_ANY || self->kind == get_kind (step);
}

static gboolean
is_wanted (const PcSearch *self,
           PcStep         *step)
{
  if (!is_of_kind (self, step) ||
      (self->conn != 0 && pc_step_get_conn (step) != self->conn))
    return FALSE;
  return self->actor == NULL ||
         g_strcmp0 (pc_step_get_from (step), self->actor) == 0 ||
         g_strcmp0 (pc_step_get_to (step), self->actor) == 0;
}

static gboolean
is_found (const PcSearch *self,
          PcStep         *step)
{
  g_autofree char *summary = NULL;

  if (*self->text == '\0')
    return TRUE;
  summary = pc_step_dup_summary (step, self->secrets);
  if (has (self, summary) || has (self, pc_step_get_title (step)) ||
      has (self, pc_step_get_explanation (step)) ||
      has (self, pc_step_get_note (step)))
    return TRUE;
  for (guint i = 0; i < pc_step_get_n_fields (step); i++) {
    const PcField *field = pc_step_get_field (step, i);
    g_autofree char *value = pc_step_dup_value (step, i, self->secrets);

    if (has (self, value) || has (self, _ (field->label)) ||
        (field->meaning != NULL && has (self, _ (field->meaning))))
      return TRUE;
  }
  return FALSE;
}

PcSearch *
pc_search_new (PcTimeline *timeline,
               const char *text,
               const char *actor,
               guint       conn,
               gboolean    secrets)
{
  PcSearch *self;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline) && text != NULL, NULL);

  self = g_new0 (PcSearch, 1);
  self->timeline = g_object_ref (timeline);
  self->text = fold (text);
  g_strstrip (self->text);
  self->actor = g_strdup (actor);
  self->conn = conn;
  self->secrets = secrets;
  self->end = G_MAXUINT;
  self->found = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
pc_search_set_kind (PcSearch    *self,
                    PcSearchKind kind)
{
  g_return_if_fail (self != NULL && self->next == 0);

  self->kind = kind;
}

void
pc_search_free (PcSearch *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->timeline);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->actor, g_free);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self);
}

void
pc_search_set_end (PcSearch *self,
                   guint     end)
{
  g_return_if_fail (self != NULL);

  self->end = end;
}

gboolean
pc_search_advance (PcSearch *self,
                   guint     n)
{
  guint n_steps;

  g_return_val_if_fail (self != NULL, FALSE);

  n_steps = MIN (pc_timeline_get_n_steps (self->timeline), self->end);
  for (; n > 0 && self->next < n_steps; n--, self->next++) {
    PcStep *step = pc_timeline_get_step (self->timeline, self->next);

    if (is_wanted (self, step) && is_found (self, step))
      g_array_append_val (self->found, self->next);
  }
  return self->next < n_steps;
}

guint
pc_search_get_n (const PcSearch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->found->len;
}

guint
pc_search_get (const PcSearch *self,
               guint           match)
{
  g_return_val_if_fail (self != NULL && match < self->found->len, 0);

  return g_array_index (self->found, guint, match);
}

/* How many matches are before step @index. */
static guint
count_before (const PcSearch *self,
              guint           index)
{
  guint low = 0, high = self->found->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->found, guint, middle) < index)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

int
pc_search_find (const PcSearch *self,
                guint           index)
{
  guint n;

  g_return_val_if_fail (self != NULL, -1);

  n = count_before (self, index);
  return n < self->found->len && pc_search_get (self, n) == index ? (int) n
                                                                  : -1;
}

int
pc_search_next (const PcSearch *self,
                guint           index,
                gboolean        forward)
{
  guint n;

  g_return_val_if_fail (self != NULL, -1);

  if (self->found->len == 0)
    return -1;
  if (!forward) {
    n = count_before (self, index);
    return (int) pc_search_get (self, n > 0 ? n - 1 : self->found->len - 1);
  }
  n = index == G_MAXUINT ? 0 : count_before (self, index + 1);
  return (int) pc_search_get (self, n < self->found->len ? n : 0);
}
