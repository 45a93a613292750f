/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts of questions from the service table: names of rows, wrong options
 * and how they are chosen.  The templates are in draft-templates.c, writing
 * them as items in generate.c.
 *
 * A wrong option must be wrong under every reading (other endpoint, alias,
 * exam name), tempting (same family, often mixed up, near number) and real:
 * no invented ports.  The weights are the plan's; the best six are drawn from
 * by weight, one of them from another family where there is one.
 */

#include "quiz/draft-private.h"

#include <string.h>

#define BEST 6

typedef struct
{
  const PcService         *row;
  const PcServiceEndpoint *endpoint;
  int                      score;
} Candidate;

/* -- rows ----------------------------------------------------------------- */

const char *
pc_draft_label (const PcService *row)
{
  /* "Submission" alone says nothing to who meets it first. */
  if (row->abbr[0] == NULL || g_str_has_prefix (row->id, "submission"))
    return row->name;
  return row->abbr[0];
}

static gboolean
has_name (const PcService *row,
          const char      *name)
{
  return g_ascii_strcasecmp (row->name, name) == 0 ||
         g_strv_contains (row->abbr, name) || g_strv_contains (row->aka, name);
}

gboolean
pc_draft_share_name (const PcService *a,
                     const PcService *b)
{
  if (has_name (b, a->name))
    return TRUE;
  for (guint i = 0; a->abbr[i] != NULL; i++) {
    if (has_name (b, a->abbr[i]))
      return TRUE;
  }
  for (guint i = 0; a->aka[i] != NULL; i++) {
    if (has_name (b, a->aka[i]))
      return TRUE;
  }
  return FALSE;
}

gboolean
pc_draft_is_implicit (const PcService *row)
{
  return row->endpoints[0].mode == PC_SERVICE_MODE_IMPLICIT_TLS;
}

const PcService *
pc_draft_twin (const PcServices *services,
               const PcService  *row)
{
  const PcService *twin = NULL;

  if (row->secure_twin != NULL)
    twin = pc_services_lookup (services, row->secure_twin);
  return twin != NULL && pc_draft_is_implicit (twin) ? twin : NULL;
}

gboolean
pc_draft_same_protocol (const PcServices *services,
                        const PcService  *a,
                        const PcService  *b)
{
  return a == b || pc_draft_twin (services, a) == b ||
         pc_draft_twin (services, b) == a;
}

gboolean
pc_draft_has_one_port (const PcService *row)
{
  for (guint i = 1; i < row->n_endpoints; i++) {
    if (row->endpoints[i].port != row->endpoints[0].port)
      return FALSE;
  }
  return TRUE;
}

/* -- texts ---------------------------------------------------------------- */

char *
pc_draft_fill (PcDraftMaker      *self,
               const char *const *variants,
               ...)
{
  guint       n = g_strv_length ((char **) variants);
  guint       drawn = pc_random_below (&self->chance, n);
  GString    *text = g_string_new (variants[drawn]);
  const char *name;
  va_list     args;

  va_start (args, variants);
  while ((name = va_arg (args, const char *)) != NULL) {
    const char      *value = va_arg (args, const char *);
    g_autofree char *place = g_strdup_printf ("{%s}", name);

    g_string_replace (text, place, value, 0);
  }
  va_end (args);
  return g_string_free (text, FALSE);
}

static void
option_free (PcDraftOption *option)
{
  g_free (option->text);
  g_free (option->feedback);
  g_free (option->right_when);
  g_free (option);
}

/* "143 is IMAP. A mail app ...": a clause of the table begins with a capital
 * and has no full stop. */
static char *
feedback_for (const PcService *row,
              guint            port,
              gboolean         correct)
{
  const char *label = pc_draft_label (row);

  if (correct)
    return g_strdup_printf ("Right. %s.", row->roles[0]);
  return port != 0 ? g_strdup_printf ("%u is %s. %s.", port, label,
                                      row->roles[0])
                   : g_strdup_printf ("%s: %s.", label, row->roles[0]);
}

PcDraftOption *
pc_draft_add_option (PcDraftMaker            *self,
                     const PcService         *row,
                     const PcServiceEndpoint *endpoint,
                     gboolean                 of_port,
                     gboolean                 correct)
{
  PcDraftOption *option = g_new0 (PcDraftOption, 1);

  option->row = row;
  option->port = of_port ? endpoint->port : 0;
  option->correct = correct;
  option->text = of_port ? g_strdup_printf ("%u", endpoint->port)
                         : g_strdup (pc_draft_label (row));
  option->feedback = feedback_for (row, option->port, correct);
  if (!correct)
    option->right_when = g_strdup (endpoint->task);
  g_ptr_array_add (self->draft->options, option);
  return option;
}

/* -- wrong options -------------------------------------------------------- */

/* One digit apart, or next to each other. */
static gboolean
is_near (guint a,
         guint b)
{
  g_autofree char *one = g_strdup_printf ("%u", a);
  g_autofree char *other = g_strdup_printf ("%u", b);
  guint            apart = 0;

  if (a + 1 == b || b + 1 == a)
    return TRUE;
  if (strlen (one) != strlen (other))
    return FALSE;
  for (guint i = 0; one[i] != '\0'; i++)
    apart += one[i] != other[i];
  return apart == 1;
}

static gboolean
share_objective (const PcService *a,
                 const PcService *b)
{
  for (guint i = 0; a->objectives[i] != NULL; i++) {
    if (g_strv_contains (b->objectives, a->objectives[i]))
      return TRUE;
  }
  return FALSE;
}

static int
score (const PcDraftMaker      *self,
       const PcService         *row,
       const PcServiceEndpoint *endpoint)
{
  const PcService    *key = self->draft->row;
  const PcDraftHints *hints = self->hints;
  int                 sum = 0;

  sum += 3 * g_str_equal (row->family, key->family);
  sum += 3 * (g_strv_contains (key->confusable_with, row->id) ||
              g_strv_contains (row->confusable_with, key->id));
  if (hints != NULL && hints->confused != NULL)
    sum += 2 * g_strv_contains (hints->confused, row->id);
  sum += 2 * (endpoint->transport == self->draft->endpoint->transport);
  sum += share_objective (row, key);
  sum += is_near (endpoint->port, self->draft->endpoint->port);
  if (hints != NULL && hints->used != NULL)
    sum -= 5 * g_hash_table_contains (hints->used, row->id);
  return sum;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  return other->score - one->score;
}

static gboolean
has_port_of (GPtrArray  *options,
             const char *text)
{
  for (guint i = 0; i < options->len; i++) {
    const PcDraftOption *option = g_ptr_array_index (options, i);

    if (g_str_equal (option->text, text))
      return TRUE;
  }
  return FALSE;
}

/* One candidate for each row, or for each of its ports; equally good ones in
 * any order. */
static GArray *
gather (PcDraftMaker  *self,
        gboolean       of_port,
        PcDraftIsWrong is_wrong)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < pc_services_get_n (self->services); i++)
    g_ptr_array_add (rows, (gpointer) pc_services_get (self->services, i));
  pc_random_shuffle (&self->chance, rows);

  for (guint i = 0; i < rows->len; i++) {
    const PcService *row = g_ptr_array_index (rows, i);

    for (guint j = 0; j < (of_port ? row->n_endpoints : 1); j++) {
      Candidate candidate = { row, &row->endpoints[j], 0 };

      if (j > 0 && row->endpoints[j].port == row->endpoints[j - 1].port)
        continue;
      if (row == self->draft->row || !is_wrong (self, row, candidate.endpoint))
        continue;
      candidate.score = score (self, row, candidate.endpoint);
      g_array_append_val (all, candidate);
    }
  }
  g_array_sort (all, compare_candidates);
  return all;
}

/* Takes one of the best by weight. */
static Candidate
draw (PcDraftMaker *self,
      GArray       *all)
{
  guint     n = MIN (all->len, BEST);
  int       lowest = g_array_index (all, Candidate, n - 1).score;
  guint     sum = 0;
  guint     drawn, at = 0;
  Candidate taken;

  for (guint i = 0; i < n; i++)
    sum += (guint) (g_array_index (all, Candidate, i).score - lowest + 1);
  drawn = pc_random_below (&self->chance, sum);
  for (at = 0; at + 1 < n; at++) {
    guint weight =
        (guint) (g_array_index (all, Candidate, at).score - lowest + 1);

    if (drawn < weight)
      break;
    drawn -= weight;
  }
  taken = g_array_index (all, Candidate, at);
  g_array_remove_index (all, at);
  return taken;
}

/* The best from another family, or else from the same one: an option that is
 * nothing like the others, or exactly like the key, must not be missing. */
static gboolean
draw_family (PcDraftMaker *self,
             GArray       *all,
             gboolean      same,
             Candidate    *taken)
{
  for (guint i = 0; i < all->len; i++) {
    Candidate *candidate = &g_array_index (all, Candidate, i);

    if (g_str_equal (candidate->row->family, self->draft->row->family) !=
        same)
      continue;
    *taken = *candidate;
    g_array_remove_index (all, i);
    return TRUE;
  }
  return FALSE;
}

gboolean
pc_draft_add_choices (PcDraftMaker  *self,
                      gboolean       of_port,
                      guint          n,
                      PcDraftIsWrong is_wrong)
{
  g_autoptr (GArray) all = gather (self, of_port, is_wrong);
  guint families[2] = { 0, 0 };
  guint added = 0;

  pc_draft_add_option (self, self->draft->row, self->draft->endpoint, of_port,
                       TRUE);
  while (added < n && all->len > 0) {
    gboolean  last = added + 1 == n;
    Candidate taken;
    gboolean  same;

    if (!(last && families[TRUE] == 0 &&
          draw_family (self, all, TRUE, &taken)) &&
        !(last && families[FALSE] == 0 &&
          draw_family (self, all, FALSE, &taken)))
      taken = draw (self, all);
    same = g_str_equal (taken.row->family, self->draft->row->family);
    pc_draft_add_option (self, taken.row, taken.endpoint, of_port, FALSE);
    families[same]++;
    added++;
    for (guint i = all->len; i > 0; i--) {
      const Candidate *left = &g_array_index (all, Candidate, i - 1);
      g_autofree char *text = g_strdup_printf ("%u", left->endpoint->port);

      if (left->row == taken.row ||
          (of_port ? has_port_of (self->draft->options, text)
                   : pc_draft_share_name (left->row, taken.row)))
        g_array_remove_index (all, i - 1);
    }
  }
  pc_random_shuffle (&self->chance, self->draft->options);
  return added == n;
}

/* -- the draft ------------------------------------------------------------ */

PcDraft *
pc_draft_new (const PcServices   *services,
              PcTemplate          kind,
              const PcService    *row,
              guint64             seed,
              const PcDraftHints *hints)
{
  g_autoptr (PcDraft) draft = NULL;
  g_autofree char *id = NULL;
  PcDraftMaker     maker;

  g_return_val_if_fail (services != NULL, NULL);
  g_return_val_if_fail (kind < PC_N_TEMPLATES, NULL);
  g_return_val_if_fail (row != NULL, NULL);

  draft = g_new0 (PcDraft, 1);
  draft->kind = kind;
  draft->row = row;
  draft->endpoint = &row->endpoints[0];
  draft->seed = seed;
  draft->options =
      g_ptr_array_new_with_free_func ((GDestroyNotify) option_free);
  draft->rights =
      g_ptr_array_new_with_free_func ((GDestroyNotify) option_free);

  id = g_strdup_printf ("%s/%s", pc_template_to_string (kind), row->id);
  maker = (PcDraftMaker){ services, hints, draft,
                          seed ^ pc_random_hash (id) };
  return pc_draft_make (&maker) ? g_steal_pointer (&draft) : NULL;
}

void
pc_draft_free (PcDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->stem);
  g_free (self->answer_line);
  g_free (self->exam_note);
  g_ptr_array_unref (self->options);
  g_ptr_array_unref (self->rights);
  g_free (self);
}

char *
pc_draft_dup_id (const PcDraft *self)
{
  guint64 seed;

  g_return_val_if_fail (self != NULL, NULL);

  seed = self->seed;
  return g_strdup_printf ("gen-%s-%s-%04x",
                          pc_template_to_string (self->kind), self->row->id,
                          (guint) (pc_random_draw (&seed) & 0xffff));
}
