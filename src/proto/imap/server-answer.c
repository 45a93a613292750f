/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an IMAP server says because it was told to: which answers there can be,
 * and where each of them leads.
 *
 * A client that waits for leave to send a literal gets the answer in place of
 * the leave, and sends no literal; one that does not wait is read to the end
 * first (RFC 7888 section 4).  No "+" can be told: it is no answer.
 * RFC 3501 and RFC 9051 sections 6.3.1, 6.3.2, 7.1 and 9.
 */

#include "proto/imap/server-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is answered besides the commands. */
static const char *const moments[] = {
  PC_IMAP_ANSWER_CONNECT, PC_IMAP_ANSWER_DONE,     PC_IMAP_ANSWER_MESSAGE,
  PC_IMAP_ANSWER_UID,     PC_IMAP_ANSWER_RESPONSE,
};

static const char *
find_verb (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (g_ascii_strcasecmp (verb, moments[i]) == 0)
      return moments[i];
  for (guint i = 0; i < PC_IMAP_N_VERBS; i++)
    if (g_ascii_strcasecmp (verb, pc_imap_verbs[i].name) == 0)
      return pc_imap_verbs[i].name;

  return NULL;
}

/* The text behind @word; NULL when @reply does not begin with that. */
static const char *
find_text (const char *reply,
           const char *word)
{
  gsize len = strlen (word);

  if (g_ascii_strncasecmp (reply, word, len) != 0 || reply[len] != ' ')
    return NULL;

  return reply + len + 1;
}

/* resp-text = ["[" resp-text-code "]" SP] text */
static const char *
find_fault (const char *verb,
            const char *reply)
{
  static const char *const words[] = { "NO", "BAD", "BYE", "OK", "PREAUTH" };
  gboolean    greeting = strcmp (verb, PC_IMAP_ANSWER_CONNECT) == 0;
  const char *text = NULL;
  guint       i;

  for (i = 0; i < G_N_ELEMENTS (words) && text == NULL; i++)
    text = find_text (reply, words[i]);
  if (text == NULL || (greeting && i <= 2) || (!greeting && i == 5))
    return greeting ? _ ("a greeting begins with OK, PREAUTH or BYE, and a "
                         "text follows.")
                    : _ ("an answer of IMAP begins with OK, NO, BAD or BYE, "
                         "and a text follows.");
  if (text[0] == '\0')
    return _ ("no text follows.");
  if (text[0] == '[' && (strchr (text, ']') == NULL || text[1] == ']'))
    return _ ("the code in brackets is empty, or does not end.");
  if (i == 4 && verb == pc_imap_verbs[PC_IMAP_VERB_STARTTLS].name)
    return _ ("TLS would begin at one end only.");

  return NULL;
}

const char *
pc_imap_server_check_answer (const char *verb,
                             const char *reply,
                             char      **wire,
                             GError    **error)
{
  const char *name = find_verb (verb);
  const char *line = reply;
  const char *fault;

  if (name == NULL) {
    pc_answer_refuse_verb (verb, error);
    return NULL;
  }
  if (!pc_answer_is_line (reply, PC_LIMIT_IMAP_ANSWER, reply, error))
    return NULL;
  if (g_str_has_prefix (line, "* ") &&
      (strcmp (name, PC_IMAP_ANSWER_CONNECT) == 0 ||
       find_text (line + 2, "BYE") != NULL))
    line += 2;

  fault = find_fault (name, line);
  if (fault != NULL) {
    pc_answer_refuse (reply, fault, error);
    return NULL;
  }

  *wire = g_strdup (line);
  return name;
}

/* A SELECT that fails leaves no mailbox open; whoever is let go is let go.
 * Consent leads nowhere else. */
static void
give (PcImapServer   *self,
      const PcAnswer *answer,
      const char     *tag,
      PcImapVerb      verb)
{
  gboolean bye = find_text (answer->reply, "BYE") != NULL;
  gboolean ok = find_text (answer->reply, "OK") != NULL;
  gboolean no = find_text (answer->reply, "NO") != NULL;

  pc_engine_tell_answer (&self->base, answer);
  pc_engine_send_printf (&self->base, "%s %s\r\n", bye ? "*" : tag,
                         answer->reply);
  if (bye || (ok && verb == PC_IMAP_VERB_LOGOUT))
    pc_imap_server_close (self);
  else if (no && self->state == PC_IMAP_SELECTED &&
           (verb == PC_IMAP_VERB_SELECT || verb == PC_IMAP_VERB_EXAMINE))
    pc_imap_server_select (self, NULL);
}

gboolean
pc_imap_server_answers (PcImapServer *self,
                        const char   *tag,
                        PcImapVerb    verb)
{
  const PcAnswer *answer;

  if (self->counted || verb == PC_IMAP_N_VERBS)
    return FALSE;

  /* It is seen once more behind each of its literals. */
  self->counted = TRUE;
  answer = pc_engine_take_answer (&self->base, pc_imap_verbs[verb].name,
                                  verb >= PC_IMAP_VERB_UID_SEARCH
                                      ? PC_IMAP_ANSWER_UID
                                      : NULL);
  if (answer != NULL)
    give (self, answer, tag, verb);

  return answer != NULL;
}

gboolean
pc_imap_server_answers_moment (PcImapServer *self,
                               const char   *tag,
                               const char   *moment)
{
  const PcAnswer *answer = pc_engine_take_answer (&self->base, moment, NULL);

  if (answer != NULL)
    give (self, answer, tag, PC_IMAP_N_VERBS);

  return answer != NULL;
}
