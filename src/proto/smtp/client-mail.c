/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole mail as the client sends it, and what is said about it.
 *
 * Where the server offers PIPELINING, MAIL, all RCPT and DATA go out at once.
 * What was asked for with DSN goes along only where it is offered.
 * RFC 5321 section 3.3; RFC 1870; RFC 2920 section 3.1; RFC 3461 section 5.2;
 * RFC 6152; RFC 6531 section 3.4.
 */

#include "proto/smtp/client-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- what is said --------------------------------------------------------- */

void
pc_smtp_client_begin_words (PcSmtpClient *self,
                            guint         n)
{
  for (guint i = 0; i < self->words->len; i++)
    g_free (g_array_index (self->words, PcSmtpWord, i).text);
  g_array_set_size (self->words, 0);
  g_array_set_size (self->words, n);
}

static void
set_word (PcSmtpWord *word,
          guint       code,
          const char *text,
          gboolean    ours)
{
  char *copy = g_strdup (text);

  g_free (word->text);
  *word = (PcSmtpWord){ .code = code, .text = copy, .ours = ours };
}

void
pc_smtp_client_note (PcSmtpClient *self,
                     guint         index,
                     guint         code,
                     const char   *text)
{
  PcSmtpWord *word;

  if (index >= self->words->len)
    return;

  word = &g_array_index (self->words, PcSmtpWord, index);
  if (code / 100 == 2)
    word->accepted = TRUE;
  else
    set_word (word, code, text, FALSE);
}

void
pc_smtp_client_note_all (PcSmtpClient *self,
                         guint         code,
                         const char   *text,
                         gboolean      ours)
{
  for (guint i = 0; i < self->words->len; i++)
    set_word (&g_array_index (self->words, PcSmtpWord, i), code, text, ours);
}

void
pc_smtp_client_note_accepted (PcSmtpClient *self,
                              guint         code,
                              const char   *text,
                              gboolean      ours)
{
  for (guint i = 0; i < self->words->len; i++) {
    PcSmtpWord *word = &g_array_index (self->words, PcSmtpWord, i);

    if (word->accepted)
      set_word (word, code, text, ours);
  }
}

PcSmtpVerdict
pc_smtp_client_get_verdict (const PcEngine *engine,
                            guint           index)
{
  const PcSmtpClient *self = (const PcSmtpClient *) engine;
  PcSmtpVerdict       verdict = { 0 };
  const PcSmtpWord   *word;

  g_return_val_if_fail (engine != NULL, verdict);

  if (index >= self->words->len)
    return verdict;

  word = &g_array_index (self->words, PcSmtpWord, index);
  verdict.code = word->code;
  verdict.text = word->text;
  verdict.ours = word->ours;
  return verdict;
}

PcSmtpVerdict
pc_smtp_client_get_farewell (const PcEngine *engine)
{
  const PcSmtpClient *self = (const PcSmtpClient *) engine;
  PcSmtpVerdict       verdict = { 0 };

  g_return_val_if_fail (engine != NULL, verdict);

  verdict.code = self->farewell.code;
  verdict.text = self->farewell.text;
  return verdict;
}

gboolean
pc_smtp_client_offers_reports (const PcEngine *engine)
{
  g_return_val_if_fail (engine != NULL, FALSE);

  return ((const PcSmtpClient *) engine)->offer.reports;
}

/* -- what goes out -------------------------------------------------------- */

static gboolean
has_eight_bit (const GByteArray *content)
{
  guint i;

  for (i = 0; i < content->len; i++)
    if (content->data[i] > 0x7f)
      return TRUE;

  return FALSE;
}

/* RFC 6152 section 3 */
const char *
pc_smtp_client_check_content (PcSmtpClient *self)
{
  if (self->offer.eight_bit || !has_eight_bit (self->mail.content))
    return NULL;

  return _ ("The message has octets above 127, and the server does not offer "
            "8BITMIME.");
}

static gboolean
has_foreign_address (const PcSmtpOutgoing *mail)
{
  guint i;

  for (i = 0; mail->to[i] != NULL; i++)
    if (!g_str_is_ascii (mail->to[i]))
      return TRUE;

  return !g_str_is_ascii (mail->from);
}

/* The @index-th of @words; NULL where nothing was wished for. */
static const char *
find_wish (const PcSmtpClient *self,
           char              **words,
           guint               index)
{
  if (!self->offer.reports || words == NULL ||
      index >= g_strv_length (words) || strcmp (words[index], "-") == 0)
    return NULL;

  return words[index];
}

void
pc_smtp_client_send_next (PcSmtpClient *self,
                          guint         index)
{
  const char *notify = find_wish (self, self->mail.notify, index);
  const char *orcpt = find_wish (self, self->mail.orcpt, index);
  g_autofree char *args = g_strdup_printf (
      "TO:<%s>%s%s%s%s", self->mail.to[index],
      notify != NULL ? " NOTIFY=" : "", notify != NULL ? notify : "",
      orcpt != NULL ? " ORCPT=" : "", orcpt != NULL ? orcpt : "");

  pc_smtp_client_send (self, PC_SMTP_VERB_RCPT, args);
}

/* RFC 2920 section 3.1: DATA comes last, for nothing may be sent behind it
 * before its answer is there. */
static void
send_ahead (PcSmtpClient *self)
{
  guint i;

  for (i = 0; self->mail.to[i] != NULL; i++) {
    pc_smtp_client_send_next (self, i);
    g_queue_push_tail (&self->ahead, GUINT_TO_POINTER (PC_SMTP_VERB_RCPT));
  }
  pc_smtp_client_send (self, PC_SMTP_VERB_DATA, NULL);
  g_queue_push_tail (&self->ahead, GUINT_TO_POINTER (PC_SMTP_VERB_DATA));
  pc_smtp_client_begin (self, PC_SMTP_VERB_MAIL);
}

/* On FALSE the action is over: the server cannot take such a mail. */
static gboolean
check_offer (PcSmtpClient *self,
             gboolean      utf8)
{
  const char *why = pc_smtp_client_check_content (self);
  const char *said = "554 5.6.3 The next server takes 7-bit text only";

  if (utf8 && !self->offer.utf8) {
    why = _ ("An address has letters beyond ASCII, and the server does not "
             "offer SMTPUTF8.");
    said = "553 5.6.7 The next server takes ASCII addresses only";
  }
  if (why == NULL)
    return TRUE;

  pc_smtp_client_note_all (self, 554, said, TRUE);
  pc_smtp_client_reset (self);
  pc_engine_finish_action (&self->base, PC_EVENT_REFUSED, why);
  return FALSE;
}

void
pc_smtp_client_send_mail (PcSmtpClient *self)
{
  g_autoptr (GString) args = g_string_new (NULL);
  gboolean utf8 = has_foreign_address (&self->mail);

  if (!check_offer (self, utf8))
    return;

  g_string_append_printf (args, "FROM:<%s>", self->mail.from);
  /* RFC 1870 section 5: without the stuffed dots */
  if (self->offer.size)
    g_string_append_printf (args, " SIZE=%u", self->mail.content->len);
  if (has_eight_bit (self->mail.content))
    g_string_append (args, " BODY=8BITMIME");
  if (utf8)
    g_string_append (args, " SMTPUTF8");
  if (self->offer.reports && self->mail.ret != NULL)
    g_string_append_printf (args, " RET=%s", self->mail.ret);
  if (self->offer.reports && self->mail.envid != NULL)
    g_string_append_printf (args, " ENVID=%s", self->mail.envid);
  pc_smtp_client_send (self, PC_SMTP_VERB_MAIL, args->str);
  if (self->offer.pipelining)
    send_ahead (self);
}

void
pc_smtp_client_send_content (PcSmtpClient *self)
{
  g_autoptr (GByteArray) stuffed = pc_smtp_stuff (self->mail.content);

  pc_smtp_client_begin (self, PC_SMTP_VERB_CONTENT);
  pc_engine_send (&self->base, stuffed->data, stuffed->len);
  /* With all that is to leave now. */
  pc_smtp_client_be_patient (self, PC_SMTP_VERB_CONTENT);
}
