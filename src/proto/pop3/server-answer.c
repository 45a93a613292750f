/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a POP3 server says because it was told to: which answers there can be,
 * and where each of them leads.
 *
 * Consent to a command whose reply goes on in more lines has the end mark
 * behind it, so that the client does not wait for them.  A QUIT that is refused
 * ends the session all the same, and nothing is deleted.
 * RFC 1939 sections 3 and 6, RFC 2449 section 4.
 */

#include "proto/pop3/server-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
find_verb (const char *verb)
{
  if (g_ascii_strcasecmp (verb, PC_POP3_ANSWER_CONNECT) == 0)
    return PC_POP3_ANSWER_CONNECT;
  if (g_ascii_strcasecmp (verb, PC_POP3_ANSWER_RESPONSE) == 0)
    return PC_POP3_ANSWER_RESPONSE;
  for (guint i = 0; i < PC_POP3_N_VERBS; i++)
    if (g_ascii_strcasecmp (verb, pc_pop3_verbs[i].name) == 0)
      return pc_pop3_verbs[i].name;

  return NULL;
}

static gboolean
begins (const char *reply,
        const char *status)
{
  gsize len = strlen (status);

  return strncmp (reply, status, len) == 0 &&
         (reply[len] == ' ' || reply[len] == '\0');
}

const char *
pc_pop3_server_check_answer (const char *verb,
                             const char *reply,
                             char      **wire,
                             GError    **error)
{
  const char *name = find_verb (verb);

  if (name == NULL) {
    pc_answer_refuse_verb (verb, error);
    return NULL;
  }
  if (!pc_answer_is_line (reply, PC_LIMIT_POP3_REPLY - 2, reply, error))
    return NULL;
  if (!begins (reply, "+OK") && !begins (reply, "-ERR")) {
    pc_answer_refuse (reply, _ ("an answer of POP3 begins with “+OK” or "
                                 "“-ERR”."), error);
    return NULL;
  }
  if (reply[0] == '+' && name == pc_pop3_verbs[PC_POP3_VERB_STLS].name) {
    pc_answer_refuse (reply, _ ("TLS would begin at one end only."), error);
    return NULL;
  }

  *wire = g_strdup (reply);
  return name;
}

/* @ends: what follows is the end of a list. */
static void
give (PcPop3Server   *self,
      const PcAnswer *answer,
      gboolean        ends)
{
  pc_engine_tell_answer (&self->base, answer);
  pc_engine_send_printf (&self->base, "%s\r\n%s", answer->reply,
                         ends && answer->reply[0] == '+' ? ".\r\n" : "");
}

/* A refusal leads where the protocol has it, consent only out of the
 * session. */
static PcPop3State
find_state (const PcPop3Server *self,
            PcPop3Verb          verb,
            gboolean            has_args,
            gboolean            ok)
{
  PcPop3State next = pc_pop3_next_state (self->state, verb, has_args, ok);

  return ok && next < PC_POP3_UPDATE ? self->state : next;
}

gboolean
pc_pop3_server_answers (PcPop3Server *self,
                        PcPop3Verb    verb,
                        gboolean      has_args)
{
  const PcAnswer *answer = pc_engine_take_answer (
      &self->base, pc_pop3_verbs[verb].name, NULL);
  gboolean ok;

  if (answer == NULL)
    return FALSE;

  ok = answer->reply[0] == '+';
  if (!ok && self->state == PC_POP3_USER &&
      (verb == PC_POP3_VERB_USER || verb == PC_POP3_VERB_PASS))
    g_clear_pointer (&self->login.user, g_free);
  give (self, answer, pc_pop3_is_multi_line (verb, has_args));
  pc_pop3_server_move (self, find_state (self, verb, has_args, ok));

  return TRUE;
}

gboolean
pc_pop3_server_answers_response (PcPop3Server *self)
{
  const PcAnswer *answer = pc_engine_take_answer (
      &self->base, PC_POP3_ANSWER_RESPONSE, NULL);

  if (answer == NULL)
    return FALSE;

  pc_pop3_login_end (&self->login, PC_SASL_CANCELLED);
  give (self, answer, FALSE);
  pc_pop3_server_move (self, find_state (self, PC_POP3_VERB_AUTH, TRUE,
                                         answer->reply[0] == '+'));

  return TRUE;
}

gboolean
pc_pop3_server_answers_connect (PcPop3Server *self)
{
  const PcAnswer *answer = pc_engine_take_answer (
      &self->base, PC_POP3_ANSWER_CONNECT, NULL);

  if (answer == NULL)
    return FALSE;

  give (self, answer, FALSE);
  pc_pop3_server_move (self, answer->reply[0] == '+' ? PC_POP3_AUTHORIZATION
                                                     : PC_POP3_CLOSED);

  return TRUE;
}
