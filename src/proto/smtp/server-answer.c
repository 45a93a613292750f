/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an SMTP server says because it was told to: which answers there can be,
 * and where each of them leads.
 *
 * Refused are answers after which the client sends what nobody reads: 354, 334,
 * and consent to STARTTLS.
 * RFC 5321 sections 3.8, 4.2, 4.2.1 and 4.5.3.1.5; RFC 3030 section 2.
 */

#include "proto/smtp/server-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- which there can be --------------------------------------------------- */

/* What is answered besides the commands. */
static const char *const moments[] = { PC_SMTP_ANSWER_CONNECT,
                                       PC_SMTP_ANSWER_CONTENT,
                                       PC_SMTP_ANSWER_RESPONSE };

static const char *
find_verb (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (g_ascii_strcasecmp (verb, moments[i]) == 0)
      return moments[i];
  for (guint i = 0; i < PC_SMTP_N_VERBS; i++)
    if (g_ascii_strcasecmp (verb, pc_smtp_verbs[i].name) == 0)
      return pc_smtp_verbs[i].name;

  return NULL;
}

/* Reply-code = %x32-35 %x30-35 %x30-39 */
static gboolean
has_code (const char *line)
{
  return line[0] >= '2' && line[0] <= '5' && line[1] >= '0' &&
         line[1] <= '5' && g_ascii_isdigit (line[2]);
}

/* Reply-line = *( Reply-code "-" [ textstring ] CRLF )
 *              Reply-code [ SP textstring ] CRLF */
static const char *
find_fault (char **lines)
{
  guint n = g_strv_length (lines);

  if (n > PC_LIMIT_SMTP_REPLY_LINES)
    return _ ("it has too many lines.");

  for (guint i = 0; i < n; i++) {
    char mark = '\0';

    if (!has_code (lines[i]))
      return _ ("every line has to begin with a code of three digits, from "
                "200 to 559.");
    if (memcmp (lines[i], lines[0], 3) != 0)
      return _ ("all lines of an answer have to have the same code.");
    mark = lines[i][3];
    if (i + 1 < n && mark != '-')
      return _ ("where another line follows, “-” has to stand behind the "
                "code.");
    if (i + 1 == n && mark != ' ' && mark != '\0')
      return _ ("in the last line a blank has to stand behind the code.");
  }
  if (lines[0][0] == '3')
    return _ ("the client would send octets that this server, which does "
              "nothing else for the command, took for commands.");

  return NULL;
}

const char *
pc_smtp_server_check_answer (const char *verb,
                             const char *reply,
                             char      **wire,
                             GError    **error)
{
  const char *name = find_verb (verb);
  const char *fault;
  g_auto (GStrv) lines = g_strsplit (reply, "\n", -1);

  if (name == NULL) {
    pc_answer_refuse_verb (verb, error);
    return NULL;
  }
  if (lines[0] == NULL) {
    pc_answer_refuse (reply, _ ("it is empty."), error);
    return NULL;
  }
  for (guint i = 0; lines[i] != NULL; i++)
    if (!pc_answer_is_line (lines[i], PC_LIMIT_SMTP_REPLY - 2, reply, error))
      return NULL;

  fault = find_fault (lines);
  if (fault == NULL && lines[0][0] == '2' &&
      name == pc_smtp_verbs[PC_SMTP_VERB_STARTTLS].name)
    fault = _ ("TLS would begin at one end only.");
  if (fault != NULL) {
    pc_answer_refuse (reply, fault, error);
    return NULL;
  }

  *wire = g_strjoinv ("\r\n", lines);
  return name;
}

/* -- where they lead ------------------------------------------------------ */

/* A refusal ends what any refusal ends.  Consent leads nowhere, but for
 * greeting and farewell. */
static void
move_on (PcSmtpServer *self,
         guint         code)
{
  PcSmtpVerb verb = self->answering;
  gboolean   yes = code / 100 == 2;

  if (verb == PC_SMTP_VERB_SASL)
    pc_smtp_server_end_login (self);
  if (verb == PC_SMTP_VERB_CONTENT)
    pc_smtp_server_reset (self);

  if (code == 421 || (verb == PC_SMTP_VERB_CONNECT && !yes) ||
      (verb == PC_SMTP_VERB_QUIT && yes))
    self->track.state = PC_SMTP_CLOSED;
  else if (verb == PC_SMTP_VERB_CONNECT)
    self->track.state = PC_SMTP_GREETED;
  else if (verb == PC_SMTP_VERB_SASL || verb == PC_SMTP_VERB_CONTENT)
    self->track.state = pc_smtp_track_base (&self->track);

  if (self->track.state == PC_SMTP_CLOSED &&
      self->base.status == PC_ENGINE_RUNNING)
    self->base.status = PC_ENGINE_CLOSING;
}

void
pc_smtp_server_give (PcSmtpServer   *self,
                     const PcAnswer *answer)
{
  guint code = (guint) g_ascii_strtoull (answer->reply, NULL, 10);

  pc_engine_tell_answer (&self->base, answer);
  pc_engine_send_printf (&self->base, "%s\r\n", answer->reply);
  move_on (self, code);
}

gboolean
pc_smtp_server_answers (PcSmtpServer *self,
                        const char   *verb)
{
  const PcAnswer *answer = pc_engine_take_answer (&self->base, verb, NULL);

  if (answer != NULL)
    pc_smtp_server_give (self, answer);

  return answer != NULL;
}
