/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options: what happened, and what else the protocol knows there.
 *
 * Two options never have the same word (and, of packets, the same sender), and
 * words exclude each other: so only one can be right.  Which of them are
 * taken, and their order, are by the random numbers that the caller gives.
 */

#include "quiz/predict-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

static gboolean
add (PcPrediction *self,
     const char   *word,
     const char   *meaning)
{
  if (self->n_options == PC_PREDICT_OPTIONS)
    return FALSE;
  for (guint i = 0; i < self->n_options; i++)
    if (g_str_equal (self->options[i].word, word) &&
        (self->ask != PC_PREDICT_PACKET ||
         g_str_equal (self->options[i].meaning, meaning)))
      return FALSE;
  self->options[self->n_options++] = (PcPredictOption){
    g_strdup (word), g_strdup (meaning != NULL ? meaning : "")
  };
  return TRUE;
}

static void
shuffle (GPtrArray *array,
         GRand     *rand)
{
  for (guint i = array->len; i > 1; i--) {
    guint k = (guint) g_rand_int_range (rand, 0, (gint32) i);
    gpointer kept = array->pdata[i - 1];

    array->pdata[i - 1] = array->pdata[k];
    array->pdata[k] = kept;
  }
}

/* The right one was added first; it goes where chance wants it. */
static gboolean
place_right (PcPrediction *self,
             GRand        *rand)
{
  PcPredictOption right = self->options[0];

  if (self->n_options < 3)
    return FALSE;
  self->right = (guint) g_rand_int_range (rand, 0, (gint32) self->n_options);
  self->options[0] = self->options[self->right];
  self->options[self->right] = right;
  return TRUE;
}

/* -- replies -------------------------------------------------------------- */

static const char *
find_meaning (const PcAnswers *answers,
              const char      *word)
{
  for (const PcAnswerWord *row = answers->words; row->word != NULL; row++)
    if (g_str_equal (row->word, word))
      return _ (row->meaning);
  return NULL;
}

static const char *
find_words (const PcAnswers *answers,
            const char      *key)
{
  for (const PcAnswerRow *row = answers->rows; row->to != NULL; row++)
    if (g_str_equal (row->to, key) ||
        (g_str_has_suffix (row->to, ".") && g_str_has_prefix (key, row->to)) ||
        (row->to[0] == '\0' && !g_str_equal (key, "greeting")))
      return row->words;
  return NULL;
}

static void
add_replies (PcPrediction         *self,
             const PcPredictPlace *place,
             GRand                *rand)
{
  const PcAnswers *answers = place->protocol->answers;
  const char *meaning = find_meaning (answers, place->right);
  const char *words = find_words (answers, place->key);
  g_auto (GStrv) all = NULL;
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  if (meaning == NULL || words == NULL)
    return;
  add (self, place->right, meaning);
  all = g_strsplit (words, "|", -1);
  /* The usual one is always among them. */
  add (self, all[0], find_meaning (answers, all[0]));
  for (guint i = 1; all[i] != NULL; i++)
    g_ptr_array_add (rest, all[i]);
  shuffle (rest, rand);
  for (guint i = 0; i < rest->len; i++)
    add (self, rest->pdata[i], find_meaning (answers, rest->pdata[i]));
}

/* -- commands and states -------------------------------------------------- */

static const char *
get_syntax (const PcVerbInfo *verb)
{
  return g_str_equal (verb->name, verb->syntax) ? "" : verb->syntax;
}

static guint
find_state (const PcProtocol *protocol,
            const char       *state)
{
  guint i = 0;

  while (protocol->server_states[i] != NULL &&
         !g_str_equal (protocol->server_states[i], state))
    i++;
  return i;
}

/* Those that are legal now, then the others. */
static void
add_commands (PcPrediction         *self,
              const PcPredictPlace *place,
              GRand                *rand)
{
  guint bit = 1u << find_state (place->protocol, place->key);
  g_autoptr (GPtrArray) verbs = g_ptr_array_new ();

  for (const PcVerbInfo *verb = place->protocol->verbs; verb->name != NULL;
       verb++) {
    if (g_str_equal (verb->name, place->right))
      add (self, verb->name, get_syntax (verb));
    g_ptr_array_add (verbs, (gpointer) verb);
  }
  if (self->n_options == 0)
    return;
  shuffle (verbs, rand);
  for (guint legal = 0; legal < 2; legal++)
    for (guint i = 0; i < verbs->len; i++) {
      const PcVerbInfo *verb = verbs->pdata[i];

      if (((verb->states & bit) != 0) == (legal == 0))
        add (self, verb->name, get_syntax (verb));
    }
}

/* The state that was is the best of the wrong ones. */
static void
add_states (PcPrediction         *self,
            const PcPredictPlace *place,
            GRand                *rand)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new ();

  add (self, _ (place->right), "");
  add (self, _ (pc_step_get_server_state (place->before)), "");
  for (guint i = 0; place->protocol->server_states[i] != NULL; i++)
    g_ptr_array_add (states, (gpointer) place->protocol->server_states[i]);
  shuffle (states, rand);
  for (guint i = 0; i < states->len; i++)
    add (self, _ (states->pdata[i]), "");
}

/* -- packets -------------------------------------------------------------- */

static const char *
get_receiver (PcTimeline *timeline,
              PcStep     *step)
{
  int at = pc_timeline_find_actor (timeline, pc_step_get_to (step));

  return at >= 0 ? pc_timeline_get_actor (timeline, (guint) at)->name
                 : pc_step_get_to (step);
}

static void
add_packet (PcPrediction *self,
            const char   *type,
            int           block,
            const char   *sender)
{
  g_autofree char *word = block < 0 ? g_strdup (type)
                                    : g_strdup_printf ("%s %d", type,
                                                       block & 0xffff);
  /* Translators: who sends a packet. */
  g_autofree char *meaning = g_strdup_printf (_ ("from %s"), sender);

  add (self, word, meaning);
}

/* TRUE when @step sends what only the end with the file sends. */
static gboolean
is_from_data_side (const char *word,
                   gboolean    by_default)
{
  if (g_str_has_prefix (word, "DATA") || g_str_equal (word, "WRQ"))
    return TRUE;
  if (g_str_has_prefix (word, "ACK") || g_str_equal (word, "RRQ"))
    return FALSE;
  return by_default;
}

/* A request and OACK stand for block 0. */
static void
add_packets (PcPrediction         *self,
             const PcPredictPlace *place,
             GRand                *rand)
{
  const char *last = pc_predict_sender (place->timeline, place->before);
  const char *other = get_receiver (place->timeline, place->before);
  const char *now = pc_predict_sender (place->timeline, place->step);
  const char *digits = strchr (place->key, ' ');
  int block = digits != NULL ? atoi (digits) : 0;
  gboolean right_data = is_from_data_side (place->right, TRUE);
  /* Known from the packet before, else from the one to come. */
  gboolean last_has = is_from_data_side (
      place->key, g_str_equal (now, last) == right_data);
  const char *source = last_has ? last : other;
  const char *sink = last_has ? other : last;
  const struct
  {
    const char *type;
    int         block;
    const char *sender;
  } all[] = {
    { "DATA", block + 1, source },
    { "ACK", block, sink },
    { "DATA", MAX (block, 1), source },
    { "ACK", block + 1, sink },
    { "ERROR", -1, other },
  };
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  if (other == NULL || now == NULL)
    return;
  add_packet (self, place->right, -1, now);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_ptr_array_add (order, GUINT_TO_POINTER (i));
  shuffle (order, rand);
  for (guint i = 0; i < order->len; i++) {
    guint k = GPOINTER_TO_UINT (order->pdata[i]);

    add_packet (self, all[k].type, all[k].block, all[k].sender);
  }
}

gboolean
pc_predict_fill_options (PcPrediction         *self,
                         const PcPredictPlace *place,
                         GRand                *rand)
{
  static void (*const fill[]) (PcPrediction *, const PcPredictPlace *,
                               GRand *) = {
    [PC_PREDICT_REPLY] = add_replies,
    [PC_PREDICT_COMMAND] = add_commands,
    [PC_PREDICT_STATE] = add_states,
    [PC_PREDICT_PACKET] = add_packets,
  };

  fill[place->ask](self, place, rand);
  return place_right (self, rand);
}
