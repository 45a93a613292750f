/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verbs and states of SMTP, and what a client can be asked to do.
 *
 * States change when the server answers, never when the client asks: so server,
 * client and onlooker can agree on them.  RFC 5321 sections 4.1.4 and 4.3.2.
 */

#include "proto/smtp/verbs.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define IN(state) (1u << PC_SMTP_##state)
#define BETWEEN_MAILS (IN (READY) | IN (LOGGED_IN))
#define TRANSACTION (IN (MAIL) | IN (RCPT))
#define ANY_TIME \
  (IN (GREETED) | BETWEEN_MAILS | TRANSACTION | IN (CHUNKS))

const char *const pc_smtp_states[] = {
  [PC_SMTP_CONNECT] = N_ ("Connecting"),
  [PC_SMTP_GREETED] = N_ ("Greeted"),
  [PC_SMTP_READY] = N_ ("Ready"),
  [PC_SMTP_LOGGED_IN] = N_ ("Ready, logged in"),
  [PC_SMTP_AUTH] = N_ ("Logging in"),
  [PC_SMTP_MAIL] = N_ ("Sender known"),
  [PC_SMTP_RCPT] = N_ ("Recipients known"),
  [PC_SMTP_DATA] = N_ ("Message under way"),
  [PC_SMTP_CHUNKS] = N_ ("Message under way in pieces"),
  [PC_SMTP_CLOSED] = N_ ("Closed"),
  [PC_SMTP_N_STATES] = NULL,
};

const PcVerbInfo pc_smtp_verbs[] = {
  [PC_SMTP_VERB_EHLO] = { "EHLO", "EHLO host", ANY_TIME,
                          N_ ("Say hello and ask what the server can do") },
  [PC_SMTP_VERB_HELO] = { "HELO", "HELO host", ANY_TIME,
                          N_ ("Say hello in the old way") },
  [PC_SMTP_VERB_AUTH] = { "AUTH", "AUTH mechanism [response]", IN (READY),
                          N_ ("Log in with a SASL mechanism: plain, login, "
                              "cram-md5 or scram-sha-256"),
                          PC_VERB_PASSWORD },
  [PC_SMTP_VERB_MAIL] = { "MAIL", "MAIL FROM:<address> [SIZE=octets]",
                          BETWEEN_MAILS, N_ ("Begin a mail: name the sender") },
  [PC_SMTP_VERB_RCPT] = { "RCPT", "RCPT TO:<address>", TRANSACTION,
                          N_ ("Name one recipient") },
  [PC_SMTP_VERB_DATA] = { "DATA", "DATA", IN (RCPT),
                          N_ ("Send the message itself") },
  [PC_SMTP_VERB_RSET] = { "RSET", "RSET", ANY_TIME,
                          N_ ("Give up the mail under way") },
  [PC_SMTP_VERB_NOOP] = { "NOOP", "NOOP [text]", ANY_TIME,
                          N_ ("Do nothing, but be answered") },
  [PC_SMTP_VERB_VRFY] = { "VRFY", "VRFY name", ANY_TIME,
                          N_ ("Ask whether a mailbox exists") },
  [PC_SMTP_VERB_HELP] = { "HELP", "HELP [command]", ANY_TIME,
                          N_ ("Ask which commands the server knows") },
  [PC_SMTP_VERB_QUIT] = { "QUIT", "QUIT", ANY_TIME,
                          N_ ("End the conversation") },
  [PC_SMTP_VERB_EXPN] = { "EXPN", "EXPN list", 0,
                          N_ ("Ask who is on a mailing list; few servers "
                              "tell, since senders of spam ask it too") },
  [PC_SMTP_VERB_STARTTLS] = { "STARTTLS", "STARTTLS", BETWEEN_MAILS,
                              N_ ("Switch to TLS: STARTTLS, then the "
                                  "handshake"),
                              PC_VERB_STARTS_TLS },
  [PC_SMTP_VERB_BDAT] = { "BDAT", "BDAT octets [LAST]",
                          IN (RCPT) | IN (CHUNKS),
                          N_ ("Send the message itself as one counted piece") },
  [PC_SMTP_N_VERBS] = { NULL },
};

const PcStateChange pc_smtp_changes[] = {
  { NULL, N_ ("the server greets"), IN (CONNECT), IN (GREETED) },
  { "EHLO", NULL, IN (GREETED), IN (READY) },
  { "EHLO", NULL, TRANSACTION | IN (CHUNKS), BETWEEN_MAILS },
  { "HELO", NULL, IN (GREETED), IN (READY) },
  { "HELO", NULL, TRANSACTION | IN (CHUNKS), BETWEEN_MAILS },
  { "STARTTLS", NULL, BETWEEN_MAILS, IN (GREETED) },
  { "AUTH", NULL, IN (READY), IN (AUTH) | IN (LOGGED_IN) },
  { NULL, N_ ("the login is over"), IN (AUTH), BETWEEN_MAILS },
  { "MAIL", NULL, BETWEEN_MAILS, IN (MAIL) },
  { "RCPT", NULL, IN (MAIL), IN (RCPT) },
  { "DATA", NULL, IN (RCPT), IN (DATA) },
  { NULL, N_ ("the message is taken or refused"), IN (DATA), BETWEEN_MAILS },
  { "BDAT", NULL, IN (RCPT), IN (CHUNKS) | BETWEEN_MAILS },
  { "BDAT", NULL, IN (CHUNKS), BETWEEN_MAILS },
  { "RSET", NULL, TRANSACTION | IN (CHUNKS), BETWEEN_MAILS },
  { "QUIT", NULL, ANY_TIME, IN (CLOSED) },
  { NULL, N_ ("the server closes (421), or the connection ends"),
    IN (CONNECT) | ANY_TIME | IN (AUTH) | IN (DATA), IN (CLOSED) },
  { NULL },
};

const PcActionSpec pc_smtp_actions[] = {
  { "ehlo", "", "name", N_ ("Say hello and ask what the server can do") },
  { "helo", "", "name", N_ ("Say hello in the old way") },
  { "starttls", "", "", N_ ("Switch to TLS: STARTTLS, then the handshake") },
  { "auth", "user password", "mechanism",
    N_ ("Log in with a SASL mechanism: plain, login, cram-md5 or "
        "scram-sha-256") },
  { "mail", "from", "size ret envid", N_ ("Begin a mail: name the sender") },
  { "rcpt", "to", "notify orcpt", N_ ("Name one recipient") },
  { "data", "", "", N_ ("Send the message itself") },
  { "bdat", "", "", N_ ("Send the message itself as one counted piece") },
  { "send", "from to", "ret envid notify orcpt",
    N_ ("Send a whole mail; several recipients have commas between; Bcc is "
        "left out of the header") },
  { "relay", "from to", "ret envid notify orcpt",
    N_ ("Send a whole mail as it is, as a server does that sends it on") },
  { "vrfy", "name", "", N_ ("Ask whether a mailbox exists") },
  { "noop", "", "", N_ ("Do nothing, but be answered") },
  { "rset", "", "", N_ ("Give up the mail under way") },
  { "quit", "", "", N_ ("End the conversation") },
  { "raw", "line", "", N_ ("Send one line as it is") },
  { NULL },
};

static const char *const http_verbs[] = { "GET", "POST", "CONNECT", "PUT",
                                          "HEAD", "OPTIONS", "DELETE" };

G_STATIC_ASSERT (G_N_ELEMENTS (pc_smtp_states) == PC_SMTP_N_STATES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (pc_smtp_verbs) == PC_SMTP_N_VERBS + 1);

PcSmtpVerb
pc_smtp_verb_find (const guint8 *line,
                   gsize         len,
                   gsize        *word)
{
  const guint8 *blank;
  guint         verb;

  g_return_val_if_fail (line != NULL || len == 0, PC_SMTP_VERB_UNKNOWN);
  g_return_val_if_fail (word != NULL, PC_SMTP_VERB_UNKNOWN);

  blank = len == 0 ? NULL : memchr (line, ' ', len);
  *word = blank == NULL ? len : (gsize)(blank - line);
  for (verb = 0; verb < PC_SMTP_N_VERBS; verb++)
    if (pc_text_equal_ascii (line, *word, pc_smtp_verbs[verb].name))
      return verb;

  return PC_SMTP_VERB_UNKNOWN;
}

gboolean
pc_smtp_is_http (const guint8 *word,
                 gsize         len)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (http_verbs); i++)
    if (pc_text_equal_ascii (word, len, http_verbs[i]))
      return TRUE;

  return FALSE;
}

PcSmtpState
pc_smtp_track_base (const PcSmtpTrack *self)
{
  g_return_val_if_fail (self != NULL, PC_SMTP_CONNECT);

  if (!self->hello)
    return PC_SMTP_GREETED;

  return self->logged_in ? PC_SMTP_LOGGED_IN : PC_SMTP_READY;
}

static void
track_login (PcSmtpTrack *self,
             guint        code)
{
  if (code == 334)
    self->state = PC_SMTP_AUTH;
  else if (code == 235)
    self->logged_in = TRUE;

  /* A refused AUTH in the middle of a mail leaves that alone. */
  if (code == 235 || (code != 334 && self->state == PC_SMTP_AUTH))
    self->state = pc_smtp_track_base (self);
}

static void
track_positive (PcSmtpTrack *self,
                PcSmtpVerb   verb)
{
  switch (verb) {
  case PC_SMTP_VERB_CONNECT:
    self->state = PC_SMTP_GREETED;
    break;

  case PC_SMTP_VERB_EHLO:
  case PC_SMTP_VERB_HELO:
    self->hello = TRUE;
    self->state = pc_smtp_track_base (self);
    break;

  case PC_SMTP_VERB_MAIL:
    self->state = PC_SMTP_MAIL;
    break;

  case PC_SMTP_VERB_RCPT:
    self->state = PC_SMTP_RCPT;
    break;

  case PC_SMTP_VERB_BDAT:
    if (self->state == PC_SMTP_RCPT)
      self->state = PC_SMTP_CHUNKS;
    break;

  case PC_SMTP_VERB_RSET:
    self->state = pc_smtp_track_base (self);
    break;

  case PC_SMTP_VERB_STARTTLS:
    /* RFC 3207 section 4.2: all that was learnt is forgotten. */
    *self = (PcSmtpTrack){ .state = PC_SMTP_GREETED };
    break;

  case PC_SMTP_VERB_QUIT:
    self->state = PC_SMTP_CLOSED;
    break;

  default:
    break;
  }
}

void
pc_smtp_track_reply (PcSmtpTrack *self,
                     PcSmtpVerb   verb,
                     guint        code)
{
  g_return_if_fail (self != NULL);

  if (self->state == PC_SMTP_CLOSED)
    return;

  if (code == 421 || (verb == PC_SMTP_VERB_CONNECT && code / 100 != 2))
    self->state = PC_SMTP_CLOSED;
  else if (verb == PC_SMTP_VERB_AUTH || verb == PC_SMTP_VERB_SASL)
    track_login (self, code);
  else if (verb == PC_SMTP_VERB_DATA)
    self->state = code == 354 ? PC_SMTP_DATA : self->state;
  else if (verb == PC_SMTP_VERB_CONTENT)
    self->state = pc_smtp_track_base (self);
  else if (code / 100 == 2)
    track_positive (self, verb);
}
