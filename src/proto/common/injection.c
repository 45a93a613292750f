/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the answers that a server is to give against its own judgement, and
 * counts the commands until their turn has come.
 *
 * What a reply may look like, each protocol knows (check_answer ()).  Nothing
 * is counted where nothing was injected.  Left out: answers by chance; who
 * wants these picks the numbers.
 *
 * RFC 5321 section 4.2, RFC 1939 section 3, RFC 9051 section 7.1, RFC 1350
 * section 5.
 */

#include "proto/common/injection.h"

#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHOWN 80 /* characters of a reply in a complaint about it */

static void
answer_free (gpointer data)
{
  PcAnswer *self = data;

  g_free (self->reply);
  g_free (self);
}

static gboolean
inject (PcEngine   *self,
        const char *verb,
        guint       nth,
        gboolean    every,
        const char *reply,
        GError    **error)
{
  g_autofree char *wire = NULL;
  const char      *name;
  PcAnswer        *answer;

  if (self->klass->check_answer == NULL) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 _ ("Only a server can be told what to answer."));
    return FALSE;
  }
  if (nth == 0) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 _ ("Commands are counted from 1."));
    return FALSE;
  }
  if (self->answers != NULL && self->answers->len >= PC_LIMIT_ANSWERS) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 _ ("One server can be told at most %d answers."),
                 PC_LIMIT_ANSWERS);
    return FALSE;
  }

  name = self->klass->check_answer (verb, reply, &wire, error);
  if (name == NULL)
    return FALSE;

  answer = g_new0 (PcAnswer, 1);
  answer->verb = name;
  answer->reply = g_steal_pointer (&wire);
  answer->nth = nth;
  answer->every = every;
  if (self->answers == NULL)
    self->answers = g_ptr_array_new_with_free_func (answer_free);
  g_ptr_array_add (self->answers, answer);

  return TRUE;
}

gboolean
pc_engine_inject_answer (PcEngine   *self,
                         const char *verb,
                         guint       nth,
                         const char *reply,
                         GError    **error)
{
  g_return_val_if_fail (self != NULL && verb != NULL, FALSE);
  g_return_val_if_fail (reply != NULL, FALSE);

  return inject (self, verb, nth, FALSE, reply, error);
}

gboolean
pc_engine_inject_answers (PcEngine   *self,
                          const char *verb,
                          guint       nth,
                          const char *reply,
                          GError    **error)
{
  g_return_val_if_fail (self != NULL && verb != NULL, FALSE);
  g_return_val_if_fail (reply != NULL, FALSE);

  return inject (self, verb, nth, TRUE, reply, error);
}

void
pc_engine_disarm_answers (PcEngine *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; self->answers != NULL && i < self->answers->len; i++) {
    PcAnswer *answer = g_ptr_array_index (self->answers, i);

    /* Commands are counted from 1. */
    answer->nth = 0;
    answer->every = FALSE;
  }
}

/* -- for engines ---------------------------------------------------------- */

const PcAnswer *
pc_engine_take_answer (PcEngine   *self,
                       const char *verb,
                       const char *also)
{
  const PcAnswer *taken = NULL;

  if (self->answers == NULL)
    return NULL;

  for (guint i = 0; i < self->answers->len; i++) {
    PcAnswer *answer = g_ptr_array_index (self->answers, i);

    if (strcmp (answer->verb, verb) != 0 &&
        (also == NULL || strcmp (answer->verb, also) != 0))
      continue;
    if (answer->seen < G_MAXUINT)
      answer->seen++;
    if (taken == NULL && (answer->seen == answer->nth ||
                          (answer->every && answer->seen > answer->nth)))
      taken = answer;
  }

  return taken;
}

void
pc_engine_tell_answer (PcEngine       *self,
                       const PcAnswer *answer)
{
  g_autoptr (GBytes) reply = g_bytes_new (answer->reply,
                                          strlen (answer->reply));
  gsize ahead = pc_bytes_get_size (&self->out);

  if (ahead == 0)
    ahead = g_queue_get_length (&self->datagrams);
  pc_engine_push_event (self, PC_EVENT_ANSWERED, answer->verb, reply,
                        (gint64) ahead);
}

void
pc_engine_drop_answers (PcEngine *self)
{
  g_clear_pointer (&self->answers, g_ptr_array_unref);
}

static char *
show (const char *text)
{
  return pc_text_from_wire ((const guint8 *) text, strlen (text),
                            PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE, SHOWN);
}

void
pc_answer_refuse_verb (const char *verb,
                       GError    **error)
{
  g_autofree char *shown = show (verb);

  g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
               _ ("“%s” is nothing that this server answers."), shown);
}

void
pc_answer_refuse (const char *reply,
                  const char *why,
                  GError    **error)
{
  g_autofree char *shown = show (reply);

  g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
               _ ("The answer “%s” cannot be given: %s"), shown, why);
}

gboolean
pc_answer_is_line (const char *line,
                   gsize       most,
                   const char *reply,
                   GError    **error)
{
  gsize            len = strlen (line);
  g_autofree char *why = NULL;

  for (gsize i = 0; i < len; i++) {
    guchar octet = (guchar) line[i];

    if (octet != '\t' && (octet < 0x20 || octet > 0x7e)) {
      pc_answer_refuse (reply,
                        _ ("an answer has letters, digits and signs of ASCII "
                           "only, and no line end inside."),
                        error);
      return FALSE;
    }
  }
  if (len == 0) {
    pc_answer_refuse (reply, _ ("there is an empty line in it."), error);
    return FALSE;
  }
  if (len > most) {
    why = g_strdup_printf (_ ("a line may have %u characters."),
                           (guint) most);
    pc_answer_refuse (reply, why, error);
    return FALSE;
  }

  return TRUE;
}
