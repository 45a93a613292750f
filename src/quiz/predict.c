/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether there is something to ask about a step, and the question.
 *
 * A reply is asked about when it is clear to what it answers: so not where the
 * client has sent several commands at once.  What is quoted is the summary,
 * which has dots for a password.  What the network or a fault does by itself
 * is not asked: nobody can know.
 */

#include "quiz/predict.h"

#include "quiz/predict-private.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define QUOTE_CHARS 48

/* -- what led to the step ------------------------------------------------- */

static const PcProtocol *
find_protocol (PcStep *step)
{
  const char *rule = pc_step_get_rule (step);
  const char *dot = rule != NULL ? strchr (rule, '.') : NULL;
  g_autofree char *id = NULL;

  if (dot == NULL)
    return NULL;
  id = g_strndup (rule, (gsize) (dot - rule));
  return pc_registry_find (id);
}

static gboolean
is_kind (PcStep     *step,
         const char *kind)
{
  return g_str_equal (pc_step_get_kind (step), kind);
}

static gboolean
is_clients (PcStep *step)
{
  return is_kind (step, "command") || is_kind (step, "data");
}

static gboolean
is_aside (const PcProtocol *protocol,
          PcStep           *step)
{
  return g_strv_contains (protocol->answers->aside, pc_step_get_rule (step));
}

/* The step of the same conversation before @index, but for notes and what was
 * done on purpose; NULL when it is too far back. */
static PcStep *
find_before (PcTimeline *timeline,
             guint      *index)
{
  guint conn = pc_step_get_conn (pc_timeline_get_step (timeline, *index));
  guint first = *index > PC_LIMIT_PREDICT_BACK
                    ? *index - PC_LIMIT_PREDICT_BACK
                    : 0;

  while (*index > first) {
    PcStep *step = pc_timeline_get_step (timeline, --*index);

    if (pc_step_get_conn (step) == conn &&
        (find_protocol (step) != NULL || is_kind (step, "open") ||
         is_kind (step, "handshake")))
      return step;
  }
  return NULL;
}

const char *
pc_predict_sender (PcTimeline *timeline,
                   PcStep     *step)
{
  int at = pc_timeline_find_actor (timeline, pc_step_get_from (step));

  return at >= 0 ? pc_timeline_get_actor (timeline, (guint) at)->name
                 : pc_step_get_from (step);
}

/* -- what happened, in one word ------------------------------------------- */

static char *
read_word (const PcProtocol *protocol,
           PcStep           *step)
{
  gsize len;
  const guint8 *octets = g_bytes_get_data (pc_step_get_bytes (step), &len);

  return protocol->answers->read (octets, len);
}

/* The longest name of the verb table that a command begins with. */
static char *
read_verb (const PcProtocol *protocol,
           PcStep           *step)
{
  gsize len;
  const char *octets = g_bytes_get_data (pc_step_get_bytes (step), &len);
  const char *end = octets + len;
  const char *best = NULL;

  if (protocol->answers->tagged) {
    octets = len > 0 ? memchr (octets, ' ', len) : NULL;
    if (octets == NULL)
      return NULL;
    octets++;
  }
  for (const PcVerbInfo *verb = protocol->verbs; verb->name != NULL; verb++) {
    gsize n = strlen (verb->name);

    if ((gsize) (end - octets) > n &&
        g_ascii_strncasecmp (octets, verb->name, n) == 0 &&
        g_ascii_isspace (octets[n]) &&
        (best == NULL || strlen (best) < n))
      best = verb->name;
  }
  return g_strdup (best);
}

static gboolean
changes_state (const PcPredictPlace *self)
{
  const char *after = pc_step_get_server_state (self->step);

  return after != NULL && pc_step_get_server_state (self->before) != NULL &&
         !g_str_equal (after, pc_step_get_server_state (self->before)) &&
         g_strv_contains (self->protocol->server_states, after);
}

/* -- the place ------------------------------------------------------------ */

/* @at: the index of the step before. */
static gboolean
take_reply (PcPredictPlace *self,
            guint           at,
            guint32         seed)
{
  PcStep *earlier;

  if (is_kind (self->step, "greeting")) {
    if (!is_kind (self->before, "open") && !is_kind (self->before, "handshake"))
      return FALSE;
    self->key = g_strdup ("greeting");
  } else {
    earlier = find_before (self->timeline, &at);
    if (!is_clients (self->before) || earlier == NULL || is_clients (earlier))
      return FALSE;
    self->key = is_kind (self->before, "command")
                    ? read_verb (self->protocol, self->before)
                    : g_strdup (pc_step_get_rule (self->before));
  }
  self->right = read_word (self->protocol, self->step);
  if (self->key == NULL || self->right == NULL)
    return FALSE;
  self->ask = PC_PREDICT_REPLY;
  if (is_kind (self->before, "command") && changes_state (self) &&
      (seed ^ g_str_hash (self->key)) % 3 == 0) {
    self->ask = PC_PREDICT_STATE;
    g_free (self->right);
    self->right = g_strdup (pc_step_get_server_state (self->step));
  }
  return TRUE;
}

static gboolean
take_command (PcPredictPlace *self)
{
  if (is_clients (self->before) || is_kind (self->before, "open"))
    return FALSE;
  self->ask = PC_PREDICT_COMMAND;
  self->key = g_strdup (pc_step_get_server_state (self->before));
  self->right = read_verb (self->protocol, self->step);
  return self->key != NULL && self->right != NULL;
}

/* Nobody can know when a stranger comes between the two ends. */
static gboolean
has_same_ends (PcStep *one,
               PcStep *other)
{
  const char *from = pc_step_get_from (one);
  const char *to = pc_step_get_to (one);

  return (g_strcmp0 (from, pc_step_get_from (other)) == 0 &&
          g_strcmp0 (to, pc_step_get_to (other)) == 0) ||
         (g_strcmp0 (from, pc_step_get_to (other)) == 0 &&
          g_strcmp0 (to, pc_step_get_from (other)) == 0);
}

static gboolean
take_packet (PcPredictPlace *self)
{
  if (!has_same_ends (self->step, self->before))
    return FALSE;
  if (pc_step_get_fate (self->step) == PC_FATE_DUPLICATE ||
      pc_step_get_fate (self->before) == PC_FATE_DUPLICATE)
    return FALSE;
  self->ask = PC_PREDICT_PACKET;
  self->key = read_word (self->protocol, self->before);
  self->right = read_word (self->protocol, self->step);
  return self->key != NULL && self->right != NULL;
}

static gboolean
take (PcPredictPlace *self,
      guint           index,
      guint32         seed)
{
  self->step = pc_timeline_get_step (self->timeline, index);
  self->protocol = find_protocol (self->step);
  if (self->protocol == NULL || pc_step_get_conn (self->step) == 0)
    return FALSE;
  self->before = find_before (self->timeline, &index);
  if (self->before == NULL || is_aside (self->protocol, self->step) ||
      is_aside (self->protocol, self->before))
    return FALSE;
  if (is_kind (self->step, "reply") || is_kind (self->step, "greeting"))
    return take_reply (self, index, seed);
  if (is_kind (self->step, "command"))
    return take_command (self);
  if (is_kind (self->step, "datagram"))
    return take_packet (self);
  return FALSE;
}

gboolean
pc_predict_place_init (PcPredictPlace *self,
                       PcTimeline     *timeline,
                       guint           index,
                       guint32         seed)
{
  *self = (PcPredictPlace){ .timeline = timeline };
  if (index >= pc_timeline_get_n_steps (timeline))
    return FALSE;
  if (take (self, index, seed))
    return TRUE;
  pc_predict_place_clear (self);
  return FALSE;
}

void
pc_predict_place_clear (PcPredictPlace *self)
{
  g_clear_pointer (&self->right, g_free);
  g_clear_pointer (&self->key, g_free);
}

/* -- the question --------------------------------------------------------- */

static char *
quote (PcStep *step)
{
  const char *summary = pc_step_get_summary (step);
  g_autofree char *head = NULL;

  if (g_utf8_strlen (summary, -1) <= QUOTE_CHARS)
    return g_strdup (summary);
  head = g_utf8_substring (summary, 0, QUOTE_CHARS - 1);
  return g_strconcat (g_strchomp (head), "\342\200\246", NULL);
}

static char *
ask_reply (const PcPredictPlace *self)
{
  const char *client = pc_predict_sender (self->timeline, self->before);
  const char *server = pc_predict_sender (self->timeline, self->step);
  g_autofree char *said = NULL;

  if (is_kind (self->step, "greeting"))
    return g_strdup_printf (_ ("The connection is there. What does %s say "
                               "first?"),
                            server);
  if (g_str_equal (self->key, "smtp.content"))
    /* Translators: names of a client and a server. */
    return g_strdup_printf (_ ("%s has sent the whole message. What does %s "
                               "answer?"),
                            client, server);
  if (pc_step_has_secret (self->before) && is_kind (self->before, "data"))
    return g_strdup_printf (_ ("%s has sent its part of the login. What does "
                               "%s answer?"),
                            client, server);
  said = quote (self->before);
  /* Translators: a client, what it sent, a server. */
  return g_strdup_printf (_ ("%s has sent “%s”. What does %s answer?"), client,
                          said, server);
}

static char *
ask_command (const PcPredictPlace *self)
{
  const char *client = pc_predict_sender (self->timeline, self->step);
  g_autofree char *said = NULL;

  if (is_kind (self->before, "handshake"))
    return g_strdup_printf (_ ("From here on all is encrypted. What does %s "
                               "send next?"),
                            client);
  said = quote (self->before);
  /* Translators: a server, what it sent, a client. */
  return g_strdup_printf (_ ("%s has answered “%s”. What does %s send next?"),
                          pc_predict_sender (self->timeline, self->before),
                          said, client);
}

static char *
ask_state (const PcPredictPlace *self)
{
  const char *server = pc_predict_sender (self->timeline, self->step);
  g_autofree char *said = quote (self->before);

  /* Translators: a client, what it sent, a server. */
  return g_strdup_printf (_ ("%s has sent “%s”, and %s is about to answer. In "
                             "which state is it then?"),
                          pc_predict_sender (self->timeline, self->before),
                          said, server);
}

static char *
ask_packet (const PcPredictPlace *self)
{
  const char *sender = pc_predict_sender (self->timeline, self->before);

  if (pc_timeline_is_lost (self->timeline, self->before))
    /* Translators: who sent it, a packet: "DATA 2". */
    return g_strdup_printf (_ ("%s has sent %s, which is lost on the way. "
                               "Which packet is sent next?"),
                            sender, self->key);
  return g_strdup_printf (_ ("%s has sent %s. Which packet is sent next?"),
                          sender, self->key);
}

PcPrediction *
pc_prediction_new (PcTimeline *timeline,
                   guint       index,
                   guint32     seed)
{
  static char *(*const ask[]) (const PcPredictPlace *) = {
    [PC_PREDICT_REPLY] = ask_reply,
    [PC_PREDICT_COMMAND] = ask_command,
    [PC_PREDICT_STATE] = ask_state,
    [PC_PREDICT_PACKET] = ask_packet,
  };
  g_auto (PcPredictPlace) place = { 0 };
  g_autoptr (PcPrediction) self = NULL;
  g_autoptr (GRand) rand = NULL;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);

  if (!pc_predict_place_init (&place, timeline, index, seed))
    return NULL;
  self = g_new0 (PcPrediction, 1);
  self->index = index;
  self->number = pc_step_get_number (place.step);
  self->ask = place.ask;
  rand = g_rand_new_with_seed (seed ^ (index * 2654435761u));
  if (!pc_predict_fill_options (self, &place, rand))
    return NULL;
  self->question = ask[place.ask](&place);
  return g_steal_pointer (&self);
}

void
pc_prediction_free (PcPrediction *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < PC_PREDICT_OPTIONS; i++) {
    g_free (self->options[i].word);
    g_free (self->options[i].meaning);
  }
  g_free (self->question);
  g_free (self);
}

const char *
pc_predict_ask_to_string (PcPredictAsk ask)
{
  static const char *const words[] = {
    [PC_PREDICT_REPLY] = "next-reply",
    [PC_PREDICT_COMMAND] = "next-command",
    [PC_PREDICT_STATE] = "next-state",
    [PC_PREDICT_PACKET] = "next-packet",
  };

  g_return_val_if_fail (ask < G_N_ELEMENTS (words), NULL);

  return words[ask];
}
