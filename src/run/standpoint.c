/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads off a timeline where a conversation stands, and off the protocol's
 * tables what is legal there.  Says what the protocol says: which of it a
 * server offers is in its own words, in the exchange. */

#include "run/standpoint.h"

#include <glib/gi18n-lib.h>

int
pc_state_find (const char *const *states,
               const char        *state)
{
  g_return_val_if_fail (states != NULL, -1);

  for (int i = 0; state != NULL && states[i] != NULL; i++)
    if (g_str_equal (states[i], state))
      return i;
  return -1;
}

static const PcProtocol *
find_by_rule (PcStep *step)
{
  const char *rule = pc_step_get_rule (step);
  const char *dot = rule != NULL ? strchr (rule, '.') : NULL;
  g_autofree char *id = NULL;

  if (dot == NULL)
    return NULL;
  id = g_strndup (rule, (gsize) (dot - rule));
  return pc_registry_find (id);
}

static PcStep *
get_other (PcTimeline *timeline,
           PcStep     *step,
           guint       index)
{
  PcStep *other = pc_timeline_get_step (timeline, index);

  return pc_step_get_conn (other) == pc_step_get_conn (step) ? other : NULL;
}

/* Steps of TCP and TLS do not say what runs over them; others of the same
 * connection do. */
static const PcProtocol *
find_protocol (PcTimeline *timeline,
               PcStep     *step,
               guint       index)
{
  const PcProtocol *found = find_by_rule (step);
  guint n = pc_timeline_get_n_steps (timeline);

  for (guint i = index + 1; found == NULL && i < n; i++) {
    PcStep *other = get_other (timeline, step, i);

    if (other != NULL)
      found = find_by_rule (other);
  }
  for (guint i = index; found == NULL && i > 0; i--) {
    PcStep *other = get_other (timeline, step, i - 1);

    if (other != NULL)
      found = find_by_rule (other);
  }
  return found;
}

/* The last words before TLS begins. */
static gboolean
lets_tls_begin (PcStep *step)
{
  return g_str_has_suffix (pc_step_get_rule (step), ".starttls.ok");
}

/* The last word before @step decides: what came out of TLS, or in clear.  Both
 * ends say Finished before the first one under TLS. */
static PcCover
find_cover (PcTimeline *timeline,
            PcStep     *step,
            guint       index)
{
  guint n_tls = 0, n_finished = 0;

  for (guint i = index + 1; i > 0; i--) {
    PcStep *other = get_other (timeline, step, i - 1);

    if (other == NULL)
      continue;
    if (pc_step_get_layer (other) == PC_LAYER_TLS) {
      n_tls++;
      n_finished += g_strcmp0 (pc_step_get_rule (other), "tls.finished") == 0;
    } else if (find_by_rule (other) != NULL) {
      if (pc_step_get_wire (other) != NULL)
        return PC_COVER_TLS;
      n_tls += lets_tls_begin (other);
      break;
    }
  }
  if (n_finished >= 2)
    return PC_COVER_TLS;
  return n_tls > 0 ? PC_COVER_HANDSHAKE : PC_COVER_NONE;
}

static void
find_before (PcStandpoint *self,
             PcTimeline   *timeline,
             PcStep       *step,
             guint         index)
{
  for (guint i = index; i > 0; i--) {
    PcStep *other = get_other (timeline, step, i - 1);

    if (other == NULL)
      continue;
    self->before[PC_ROLE_CLIENT] = pc_step_get_client_state (other);
    self->before[PC_ROLE_SERVER] = pc_step_get_server_state (other);
    return;
  }
}

void
pc_standpoint_init (PcStandpoint *self,
                    PcTimeline   *timeline,
                    PcStep       *step)
{
  guint index;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PC_IS_TIMELINE (timeline) && PC_IS_STEP (step));

  *self = (PcStandpoint){ 0 };
  index = pc_timeline_find_number (timeline, pc_step_get_number (step));
  self->now[PC_ROLE_CLIENT] = pc_step_get_client_state (step);
  self->now[PC_ROLE_SERVER] = pc_step_get_server_state (step);
  self->protocol = find_protocol (timeline, step, index);
  find_before (self, timeline, step, index);
  self->cover = self->protocol != NULL && !self->protocol->stream
                  ? PC_COVER_NEVER
                  : find_cover (timeline, step, index);
}

/* -- what is legal -------------------------------------------------------- */

static void
append (GString    *text,
        const char *word)
{
  /* Translators: between the items of a list. */
  g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", word);
}

static char *
dup_states (const PcStandpoint *self,
            guint               bits)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; self->protocol->server_states[i] != NULL; i++)
    if (bits & (1u << i))
      append (text, _ (self->protocol->server_states[i]));
  return g_string_free (text, FALSE);
}

char *
pc_standpoint_dup_reason (const PcStandpoint *self,
                          const PcVerbInfo   *verb)
{
  g_autofree char *states = NULL;
  int state;

  g_return_val_if_fail (self != NULL && self->protocol != NULL, NULL);
  g_return_val_if_fail (verb != NULL, NULL);

  state = pc_state_find (self->protocol->server_states,
                         self->now[PC_ROLE_SERVER]);
  if (verb->states == 0)
    return g_strdup (_ ("No server here takes it from a client."));
  if (state < 0 || !(verb->states & (1u << state))) {
    states = dup_states (self, verb->states);
    /* Translators: names of states, with commas. */
    return g_strdup_printf (_ ("Legal only in: %s."), states);
  }
  if (self->cover == PC_COVER_HANDSHAKE)
    return g_strdup (_ ("Not before the TLS handshake is over."));
  if (self->cover == PC_COVER_TLS && verb->tls == PC_VERB_STARTS_TLS)
    return g_strdup (_ ("TLS is on already."));
  return NULL;
}

char *
pc_standpoint_dup_causes (const PcStateChange *changes,
                          guint                from,
                          guint                to)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (changes != NULL && from < 32 && to < 32, NULL);

  for (guint i = 0; changes[i].to != 0; i++)
    if (changes[i].from & (1u << from) && changes[i].to & (1u << to))
      append (text, changes[i].verb != NULL ? changes[i].verb
                                            : _ (changes[i].cause));
  return g_string_free (text, FALSE);
}
