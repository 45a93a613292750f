/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's end of an SMTP conversation: actions in, commands out.
 *
 * Acts on the first digit of a reply, never on its words.  "send" is a whole
 * mail; it goes on with those recipients who were accepted and gives up with
 * RSET when there are none.  What goes out is in client-mail.c.  Left out:
 * sending again later.
 * RFC 5321 sections 3.1 to 3.3, 4.2.1, 4.5.3.2; RFC 2920 section 3.1.
 */

#include "proto/smtp/client.h"

#include "proto/smtp/client-private.h"

#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  guint         code;
  const guint8 *data; /* the whole reply */
  gsize         len;
  const char   *text; /* on one line, safe to show */
} Reply;

/* -- sending -------------------------------------------------------------- */

void
pc_smtp_client_reset (PcSmtpClient *self)
{
  g_clear_pointer (&self->mail.from, g_free);
  g_clear_pointer (&self->mail.to, g_strfreev);
  g_clear_pointer (&self->mail.content, g_byte_array_unref);
  g_clear_pointer (&self->mail.ret, g_free);
  g_clear_pointer (&self->mail.envid, g_free);
  g_clear_pointer (&self->mail.notify, g_strfreev);
  g_clear_pointer (&self->mail.orcpt, g_strfreev);
  if (self->mail.refusals != NULL)
    g_string_free (self->mail.refusals, TRUE);
  self->mail = (PcSmtpOutgoing){ 0 };
  g_queue_clear (&self->ahead);
  g_clear_pointer (&self->login, pc_sasl_client_free);
}

void
pc_smtp_client_begin (PcSmtpClient *self,
                      PcSmtpVerb    verb)
{
  self->base.busy = TRUE;
  self->waiting = verb;
  pc_smtp_client_be_patient (self, verb);
}

void
pc_smtp_client_send (PcSmtpClient *self,
                     PcSmtpVerb    verb,
                     const char   *args)
{
  pc_smtp_client_begin (self, verb);
  pc_engine_send_printf (&self->base, "%s%s%s\r\n", pc_smtp_verbs[verb].name,
                         args == NULL ? "" : " ", args == NULL ? "" : args);
}

void
pc_smtp_client_send_hello (PcSmtpClient *self,
                           PcSmtpVerb    verb,
                           const char   *name)
{
  pc_smtp_client_send (self, verb, name == NULL ? self->host : name);
}

/* -- replies -------------------------------------------------------------- */

static void
finish (PcSmtpClient *self,
        const Reply  *reply)
{
  /* 3xx is half an answer, which only a raw line asks for. */
  gboolean done = reply->code / 100 == 2 ||
                  (self->raw && reply->code / 100 == 3);

  pc_smtp_client_reset (self);
  pc_engine_finish_action (&self->base,
                           done ? PC_EVENT_DONE : PC_EVENT_REFUSED,
                           reply->text);
}

/* "AUTH PLAIN LOGIN" */
static void
take_mechanisms (PcSmtpClient *self,
                 const guint8 *line,
                 gsize         len)
{
  g_autofree char *text = g_strndup ((const char *) line, len);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint i;

  for (i = 1; words[0] != NULL && words[i] != NULL; i++) {
    PcSaslMechanism mechanism;

    if (!pc_sasl_find (words[i], strlen (words[i]), &mechanism))
      continue;
    self->offer.strongest = MAX (self->offer.strongest, mechanism);
    self->offer.plain |= mechanism == PC_SASL_PLAIN;
  }
}

/* ehlo-line = ehlo-keyword *( SP ehlo-param ); the first line is none. */
static void
take_offer (PcSmtpClient *self,
            const Reply  *reply)
{
  gsize text;
  gsize i = pc_smtp_split_line (reply->data, reply->len, &text);

  self->offer = (PcSmtpOffer){ .known = TRUE };
  while (i < reply->len) {
    const guint8 *line = reply->data + i + 4;
    gsize         total = pc_smtp_split_line (reply->data + i,
                                              reply->len - i, &text);
    gsize         len = text > 4 ? text - 4 : 0;
    const guint8 *blank = len == 0 ? NULL : memchr (line, ' ', len);
    gsize         word = blank == NULL ? len : (gsize) (blank - line);

    if (pc_text_equal_ascii (line, word, "SIZE"))
      self->offer.size = TRUE;
    else if (pc_text_equal_ascii (line, word, "8BITMIME"))
      self->offer.eight_bit = TRUE;
    else if (pc_text_equal_ascii (line, word, "PIPELINING"))
      self->offer.pipelining = TRUE;
    else if (pc_text_equal_ascii (line, word, "STARTTLS"))
      self->offer.starttls = TRUE;
    else if (pc_text_equal_ascii (line, word, "SMTPUTF8"))
      self->offer.utf8 = TRUE;
    else if (pc_text_equal_ascii (line, word, "DSN"))
      self->offer.reports = TRUE;
    else if (pc_text_equal_ascii (line, word, "AUTH"))
      take_mechanisms (self, line, len);
    i += total;
  }
}

static void
on_greeting (PcSmtpClient *self,
             const Reply  *reply)
{
  g_autofree char *why = NULL;

  if (reply->code / 100 == 2) {
    finish (self, reply);
    return;
  }

  why = g_strdup_printf (_ ("The server does not want to talk: “%s”."),
                         reply->text);
  pc_engine_fail (&self->base, why);
}

static void
on_hello (PcSmtpClient *self,
          const Reply  *reply)
{
  gboolean yes = reply->code / 100 == 2;

  if (yes && self->waiting == PC_SMTP_VERB_EHLO)
    take_offer (self, reply);
  else if (yes)
    self->offer = (PcSmtpOffer){ 0 };

  if (!self->mail.whole)
    finish (self, reply);
  else if (yes)
    pc_smtp_client_send_mail (self);
  else if (self->waiting == PC_SMTP_VERB_EHLO) /* RFC 5321 section 3.2 */
    pc_smtp_client_send_hello (self, PC_SMTP_VERB_HELO, NULL);
  else {
    pc_smtp_client_note_all (self, reply->code, reply->text, FALSE);
    finish (self, reply);
  }
}

/* SCRAM lets nobody in who has not shown a signature. */
static gboolean
is_impostor (const PcSmtpClient *self)
{
  return self->login != NULL && !pc_sasl_client_is_done (self->login) &&
         pc_sasl_client_get_mechanism (self->login) == PC_SASL_SCRAM_SHA_256;
}

static void
on_auth (PcSmtpClient *self,
         const Reply  *reply)
{
  g_autofree char *response = NULL;
  gsize            text;

  if (reply->code == 235 && is_impostor (self)) {
    self->track.state = PC_SMTP_CLOSED;
    pc_engine_fail (&self->base,
                    _ ("The server let us in without a proof that it knows "
                       "the password, too. It may be an impostor."));
    return;
  }
  if (reply->code != 334) {
    finish (self, reply);
    return;
  }

  pc_smtp_split_line (reply->data, reply->len, &text);
  if (self->login != NULL)
    response = pc_sasl_client_answer (self->login,
                                      reply->data + MIN (text, 4),
                                      text - MIN (text, 4));
  pc_smtp_client_begin (self, PC_SMTP_VERB_SASL);
  pc_engine_send_printf (&self->base, "%s\r\n",
                         response == NULL ? "*" : response);
}

static void
on_mail (PcSmtpClient *self,
         const Reply  *reply)
{
  if (self->mail.whole && reply->code / 100 == 2) {
    pc_smtp_client_send_next (self, 0);
    return;
  }
  pc_smtp_client_note_all (self, reply->code, reply->text, FALSE);
  finish (self, reply);
}

static void
note_refusal (PcSmtpClient *self,
              const char   *text)
{
  if (self->mail.refusals == NULL)
    self->mail.refusals = g_string_new (NULL);
  else
    g_string_append_c (self->mail.refusals, '\n');
  g_string_append (self->mail.refusals, text);
}

static void
on_rcpt (PcSmtpClient *self,
         const Reply  *reply)
{
  if (!self->mail.whole) {
    finish (self, reply);
    return;
  }

  pc_smtp_client_note (self, self->mail.next, reply->code, reply->text);
  if (reply->code / 100 == 2)
    self->mail.n_accepted++;
  else
    note_refusal (self, reply->text);

  if (self->mail.to[++self->mail.next] != NULL)
    pc_smtp_client_send_next (self, self->mail.next);
  else if (self->mail.n_accepted > 0)
    pc_smtp_client_send (self, PC_SMTP_VERB_DATA, NULL);
  else
    pc_smtp_client_send (self, PC_SMTP_VERB_RSET, NULL);
}

/* DATA was taken, though there is nobody to send to: a lone dot ends a mail of
 * nothing (RFC 2920 section 3.1). */
static void
send_nothing (PcSmtpClient *self)
{
  pc_smtp_client_begin (self, PC_SMTP_VERB_CONTENT);
  pc_engine_send_printf (&self->base, ".\r\n");
}

static void
on_rset (PcSmtpClient *self,
         const Reply  *reply)
{
  g_autofree char *text = NULL;
  Reply            verdict = *reply;

  if (self->mail.refusals != NULL) {
    text = g_strdup (self->mail.refusals->str);
    verdict.code = 550;
    verdict.text = text;
  }
  finish (self, &verdict);
}

/* Only 354 asks for the message; after any other consent there is nobody who
 * reads it (RFC 5321 section 4.3.2). */
static void
on_false_go_ahead (PcSmtpClient *self,
                   const Reply  *reply)
{
  g_autofree char *text = g_strdup_printf (
      _ ("The server answered DATA with “%s” and not with 354, so the message "
         "was not sent."),
      reply->text);
  Reply verdict = { .code = 451, .text = text };

  if (!self->mail.whole) {
    finish (self, &verdict);
    return;
  }
  pc_smtp_client_note_accepted (
      self, verdict.code, "451 4.5.0 The next server did not ask for the "
                          "message", TRUE);
  note_refusal (self, text);
  pc_smtp_client_send (self, PC_SMTP_VERB_RSET, NULL);
}

static void
on_data (PcSmtpClient *self,
         const Reply  *reply)
{
  if (reply->code == 354 && self->mail.whole && self->mail.n_accepted == 0)
    send_nothing (self);
  else if (reply->code == 354)
    pc_smtp_client_send_content (self);
  else if (self->mail.whole && self->mail.refused)
    on_rset (self, reply);
  else if (reply->code < 400)
    on_false_go_ahead (self, reply);
  else if (self->mail.whole) {
    pc_smtp_client_note_accepted (self, reply->code, reply->text, FALSE);
    note_refusal (self, reply->text);
    pc_smtp_client_send (self, PC_SMTP_VERB_RSET, NULL);
  } else
    finish (self, reply);
}

/* The verdict on a mail, with what was said about lost recipients. */
static void
on_content (PcSmtpClient *self,
            const Reply  *reply)
{
  g_autofree char *text = NULL;
  Reply            verdict = *reply;

  pc_smtp_client_note_accepted (self, reply->code, reply->text, FALSE);
  if (self->mail.refusals != NULL) {
    text = g_strdup_printf ("%s\n%s", reply->text, self->mail.refusals->str);
    verdict.text = text;
  }
  /* Even if the server took the mail of nothing. */
  if (self->mail.whole && self->mail.n_accepted == 0)
    verdict.code = 550;
  finish (self, &verdict);
}

/* The answer to one of several commands that went out at once. */
static void
on_ahead (PcSmtpClient *self,
          const Reply  *reply)
{
  gboolean yes = reply->code / 100 == 2;

  if (self->waiting == PC_SMTP_VERB_MAIL) {
    self->mail.refused = !yes;
    if (!yes)
      pc_smtp_client_note_all (self, reply->code, reply->text, FALSE);
  } else {
    if (!self->mail.refused)
      pc_smtp_client_note (self, self->mail.next, reply->code, reply->text);
    self->mail.next++;
    self->mail.n_accepted += yes;
  }
  /* Without MAIL, what becomes of the rest goes without saying. */
  if (!yes && (self->waiting == PC_SMTP_VERB_MAIL || !self->mail.refused))
    note_refusal (self, reply->text);
  pc_smtp_client_begin (self,
                        GPOINTER_TO_UINT (g_queue_pop_head (&self->ahead)));
}

static void
on_raw (PcSmtpClient *self,
        const Reply  *reply)
{
  if (reply->code / 100 == 2 && self->waiting == PC_SMTP_VERB_EHLO)
    take_offer (self, reply);
  else if (reply->code / 100 == 2 && self->waiting == PC_SMTP_VERB_HELO)
    self->offer = (PcSmtpOffer){ 0 };
  finish (self, reply);
}

static void
dispatch (PcSmtpClient *self,
          const Reply  *reply)
{
  if (!g_queue_is_empty (&self->ahead)) {
    on_ahead (self, reply);
    return;
  }

  switch (self->waiting) {
  case PC_SMTP_VERB_CONNECT:
    on_greeting (self, reply);
    break;
  case PC_SMTP_VERB_EHLO:
  case PC_SMTP_VERB_HELO:
    on_hello (self, reply);
    break;
  case PC_SMTP_VERB_AUTH:
  case PC_SMTP_VERB_SASL:
    on_auth (self, reply);
    break;
  case PC_SMTP_VERB_MAIL:
    on_mail (self, reply);
    break;
  case PC_SMTP_VERB_RCPT:
    on_rcpt (self, reply);
    break;
  case PC_SMTP_VERB_DATA:
    on_data (self, reply);
    break;
  case PC_SMTP_VERB_CONTENT:
    on_content (self, reply);
    break;
  case PC_SMTP_VERB_RSET:
    on_rset (self, reply);
    break;
  default:
    finish (self, reply);
    break;
  }
}

/* Nobody asked: either the server hangs up, or it has lost count. */
static void
on_unasked (PcSmtpClient *self,
            const Reply  *reply)
{
  g_autofree char *why = NULL;

  if (reply->code == 421)
    why = g_strdup_printf (_ ("The server ended the conversation: “%s”."),
                           reply->text);
  else
    why = g_strdup_printf (_ ("The server answered what nobody had asked: "
                             "“%s”."),
                           reply->text);
  pc_engine_fail (&self->base, why);
}

static void
handle_reply (PcSmtpClient *self,
              guint         code,
              const guint8 *data,
              gsize         len)
{
  g_autofree char *text = pc_text_from_wire (data, len,
                                             PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE,
                                             PC_LIMIT_SMTP_LINE);
  Reply            reply = { code, data, len, text };
  gboolean         asked = self->base.busy;

  pc_smtp_track_reply (&self->track, asked ? self->waiting : PC_SMTP_VERB_NONE,
                       code);
  if (self->track.state == PC_SMTP_CLOSED && code >= 400) {
    g_free (self->farewell.text);
    self->farewell = (PcSmtpWord){ .code = code, .text = g_strdup (text) };
  }
  if (!asked)
    on_unasked (self, &reply);
  else if (self->waiting == PC_SMTP_VERB_CONNECT)
    on_greeting (self, &reply);
  else if (self->track.state == PC_SMTP_CLOSED) {
    finish (self, &reply);
    self->base.status = PC_ENGINE_CLOSING;
  } else if (self->waiting == PC_SMTP_VERB_STARTTLS &&
             pc_smtp_client_take_tls (self, code, text))
    return;
  else if (self->raw)
    on_raw (self, &reply);
  else
    dispatch (self, &reply);
}

/* -- what is no reply ----------------------------------------------------- */

static const struct
{
  const char *begin;
  const char *sentence;
} foreign[] = {
  { "+OK", N_ ("The server answered “%s”. A POP3 server greets with “+OK”; "
               "this is another protocol's port.") },
  { "* ", N_ ("The server answered “%s”. An IMAP server greets with “* OK”; "
              "this is another protocol's port.") },
  { "HTTP/", N_ ("The server answered “%s”. This is a web server, and no mail "
                 "server.") },
  { "SSH-", N_ ("The server answered “%s”. This is the greeting of SSH; mail "
                "is not spoken here.") },
};

static const char *const not_smtp =
    N_ ("The server answered “%s”. An SMTP server begins every line with a "
        "number of three digits.");

static void
fail_foreign (PcSmtpClient *self,
              const guint8 *data,
              gsize         len)
{
  const char      *sentence = not_smtp;
  g_autofree char *shown = NULL;
  g_auto (GStrv) around = NULL;
  g_autofree char *why = NULL;
  gsize            text;
  guint            i;

  pc_smtp_split_line (data, len, &text);
  shown = pc_text_from_wire (data, text, PC_TEXT_NO_EOL, 80);
  for (i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (text >= strlen (foreign[i].begin) &&
        memcmp (data, foreign[i].begin, strlen (foreign[i].begin)) == 0)
      sentence = foreign[i].sentence;

  around = g_strsplit (_ (sentence), "%s", 2);
  why = g_strjoinv (shown, around);
  self->track.state = PC_SMTP_CLOSED;
  pc_engine_fail (&self->base, why);
}

/* -- the engine ----------------------------------------------------------- */

static void
client_free (PcEngine *engine)
{
  PcSmtpClient *self = (PcSmtpClient *) engine;

  pc_smtp_client_reset (self);
  pc_bytes_clear (&self->in);
  g_clear_pointer (&self->host, g_free);
  pc_smtp_client_begin_words (self, 0);
  g_clear_pointer (&self->words, g_array_unref);
  g_clear_pointer (&self->farewell.text, g_free);
  pc_engine_deinit (engine);
  g_free (self);
}

static guint
count_lines (const guint8 *data,
             gsize         len)
{
  guint n = 0;
  gsize i;

  for (i = 0; i < len; i++)
    n += data[i] == '\n';

  return n;
}

static gboolean
read_reply (PcSmtpClient *self)
{
  gsize              len;
  const guint8      *data = pc_bytes_peek (&self->in, &len);
  g_autofree guint8 *copy = NULL;
  PcSmtpReplyResult  result;
  gsize              total;

  result = pc_smtp_reply_find (&self->reader, data, len, PC_LIMIT_SMTP_LINE,
                               &total);
  if (result == PC_SMTP_REPLY_BAD)
    fail_foreign (self, data + total, len - total);
  else if (self->reader.n_lines >= PC_LIMIT_SMTP_REPLY_LINES ||
           (result == PC_SMTP_REPLY_DONE &&
            count_lines (data, total) > PC_LIMIT_SMTP_REPLY_LINES))
    pc_engine_fail (&self->base, _ ("The server's reply has too many lines."));
  else if (result == PC_SMTP_REPLY_DONE) {
    copy = g_memdup2 (data, total);
    pc_bytes_consume (&self->in, total);
    handle_reply (self, self->reader.code, copy, total);
    return TRUE;
  }

  return FALSE;
}

static void
client_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  PcSmtpClient *self = (PcSmtpClient *) engine;

  self->now = now;
  pc_bytes_append (&self->in, data, len);
  while (engine->status == PC_ENGINE_RUNNING &&
         engine->security != PC_SECURITY_WANTED && read_reply (self))
    ;
}

static void
client_eof (PcEngine *engine,
            gint64    now)
{
  pc_smtp_client_lose ((PcSmtpClient *) engine, PC_LOST_CLOSED);
}

static void
client_start (PcEngine *engine,
              gint64    now)
{
  PcSmtpClient *self = (PcSmtpClient *) engine;

  self->now = now;
  pc_smtp_client_begin (self, PC_SMTP_VERB_CONNECT);
}

static gint64
client_deadline (const PcEngine *engine)
{
  return engine->busy ? ((const PcSmtpClient *) engine)->deadline
                      : PC_ENGINE_NEVER;
}

static void
client_wake (PcEngine *engine,
             gint64    now)
{
  PcSmtpClient *self = (PcSmtpClient *) engine;

  if (engine->busy && !pc_smtp_client_waits_on (self, now))
    pc_smtp_client_lose (self, PC_LOST_SILENT);
}

static const char *
client_state (const PcEngine *engine)
{
  return pc_smtp_states[((const PcSmtpClient *) engine)->track.state];
}

static const PcEngineClass client_class = {
  .name = "smtp-client",
  .free = client_free,
  .start = client_start,
  .feed = client_feed,
  .eof = client_eof,
  .secured = pc_smtp_client_secured,
  .wake = client_wake,
  .deadline = client_deadline,
  .state = client_state,
  .act = pc_smtp_client_act,
};

PcEngine *
pc_smtp_client_new (const PcClientConfig *config)
{
  PcSmtpClient *self;

  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (config->host != NULL, NULL);

  self = g_new0 (PcSmtpClient, 1);
  pc_engine_init (&self->base, &client_class);
  pc_engine_set_security (&self->base, config->secure, config->needs_tls);
  self->host = g_strdup (config->host);
  self->patience = MAX (config->timeout, 0);
  self->words = g_array_new (FALSE, TRUE, sizeof (PcSmtpWord));
  pc_smtp_client_begin (self, PC_SMTP_VERB_CONNECT);

  return &self->base;
}
