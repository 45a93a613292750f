/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's end of an SMTP conversation: lines in, replies out.
 *
 * Input behind a command stays in the queue until its turn comes, so clients
 * may send several at once (RFC 2920).  A line that ends in LF alone, or has
 * a lone CR or a NUL in it, is refused rather than guessed at.  What comes
 * behind STARTTLS in the same breath is thrown away.
 * RFC 3207; RFC 5321 sections 3, 4.1, 4.2 and 4.3; RFC 2034.
 */

#include "proto/smtp/server.h"

#include "proto/smtp/server-private.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "proto/common/line-reader.h"

#include <string.h>

#define TLS_HANDSHAKE 0x16 /* RFC 8446 section 5.1: type of the first record */

typedef void (*Handler) (PcSmtpServer *self,
                         const guint8 *args,
                         gsize         len);

static void
count_bad (PcSmtpServer *self,
           guint         code)
{
  if ((code >= 500 && code <= 504) || code == 555)
    self->n_bad++;
}

void
pc_smtp_server_reply (PcSmtpServer *self,
                      guint         code,
                      const char   *enhanced,
                      const char   *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  pc_engine_send_printf (&self->base, "%u %s%s%s\r\n", code,
                         enhanced == NULL ? "" : enhanced,
                         enhanced == NULL ? "" : " ", text);
  count_bad (self, code);
  pc_smtp_track_reply (&self->track, self->answering, code);
  if (self->track.state == PC_SMTP_CLOSED &&
      self->base.status == PC_ENGINE_RUNNING)
    self->base.status = PC_ENGINE_CLOSING;
}

void
pc_smtp_server_hang_up (PcSmtpServer *self,
                        const char   *enhanced,
                        const char   *why)
{
  pc_smtp_server_reply (self, 421, enhanced, "%s %s", self->host, why);
}

void
pc_smtp_server_reset (PcSmtpServer *self)
{
  g_clear_pointer (&self->mail.sender, g_free);
  g_clear_pointer (&self->mail.envid, g_free);
  g_clear_pointer (&self->mail.recipients, g_ptr_array_unref);
  g_clear_pointer (&self->mail.content, g_byte_array_unref);
  self->mail = (PcSmtpTransaction){ 0 };
  pc_smtp_data_reader_clear (&self->data);
}

gboolean
pc_smtp_server_offers_login (const PcSmtpServer *self)
{
  return self->role != PC_SERVER_RELAY && self->mechanisms[0] != '\0';
}

/* -- commands that are short ---------------------------------------------- */

static gboolean
take_hello (PcSmtpServer *self,
            const guint8 *args,
            gsize         len)
{
  if (!pc_smtp_is_host (args, len)) {
    pc_smtp_server_reply (self, 501, "5.5.4",
                          "Say the name of your computer after %s",
                          pc_smtp_verbs[self->answering].name);
    return FALSE;
  }

  pc_smtp_server_reset (self);
  g_free (self->peer_name);
  self->peer_name = g_strndup ((const char *)args, len);
  self->extended = self->answering == PC_SMTP_VERB_EHLO;

  return TRUE;
}

static void
cmd_helo (PcSmtpServer *self,
          const guint8 *args,
          gsize         len)
{
  if (take_hello (self, args, len))
    pc_smtp_server_reply (self, 250, NULL, "%s greets %s", self->host,
                          self->peer_name);
}

/* ehlo-ok-rsp (RFC 5321 section 4.1.1.1); the words are those of RFC 2920,
 * RFC 1870, RFC 6152, RFC 6531, RFC 3030, RFC 3461, RFC 2034, RFC 3207 and
 * RFC 4954. */
static void
cmd_ehlo (PcSmtpServer *self,
          const guint8 *args,
          gsize         len)
{
  if (!take_hello (self, args, len))
    return;

  pc_engine_send_printf (&self->base, "250-%s greets %s\r\n", self->host,
                         self->peer_name);
  pc_engine_send_printf (&self->base,
                         "250-PIPELINING\r\n"
                         "250-SIZE %" G_GSIZE_FORMAT "\r\n"
                         "250-8BITMIME\r\n"
                         "250-SMTPUTF8\r\n"
                         "250-CHUNKING\r\n"
                         "250-DSN\r\n"
                         "250-ENHANCEDSTATUSCODES\r\n",
                         self->max_size);
  if (pc_smtp_server_offers_tls (self))
    pc_engine_send_printf (&self->base, "250-STARTTLS\r\n");
  if (pc_smtp_server_offers_login (self) && !pc_smtp_server_lacks_tls (self))
    pc_engine_send_printf (&self->base, "250-AUTH %s\r\n",
                           self->mechanisms);
  pc_smtp_server_reply (self, 250, NULL, "HELP");
}

static void
cmd_rset (PcSmtpServer *self,
          const guint8 *args,
          gsize         len)
{
  pc_smtp_server_reset (self);
  pc_smtp_server_reply (self, 250, "2.0.0", "Forgotten");
}

static void
cmd_noop (PcSmtpServer *self,
          const guint8 *args,
          gsize         len)
{
  pc_smtp_server_reply (self, 250, "2.0.0", "Still here");
}

/* RFC 5321 section 3.5.3: 252 gives nothing away. */
static void
cmd_vrfy (PcSmtpServer *self,
          const guint8 *args,
          gsize         len)
{
  if (len == 0)
    pc_smtp_server_reply (self, 501, "5.5.4", "VRFY needs a name");
  else
    pc_smtp_server_reply (self, 252, "2.1.5",
                          "Not told here; send mail and see");
}

static void
cmd_help (PcSmtpServer *self,
          const guint8 *args,
          gsize         len)
{
  pc_engine_send_printf (&self->base,
                         "214-2.0.0 EHLO HELO MAIL RCPT DATA BDAT RSET\r\n");
  pc_smtp_server_reply (self, 214, "2.0.0", "NOOP VRFY HELP QUIT%s%s",
                        pc_smtp_server_offers_tls (self) ? " STARTTLS" : "",
                        pc_smtp_server_offers_login (self) ? " AUTH" : "");
}

static void
cmd_quit (PcSmtpServer *self,
          const guint8 *args,
          gsize         len)
{
  pc_smtp_server_reply (self, 221, "2.0.0", "%s closes the connection",
                        self->host);
}

static void
cmd_not_done (PcSmtpServer *self,
              const guint8 *args,
              gsize         len)
{
  pc_smtp_server_reply (self, 502, "5.5.1", "%s is not done here",
                        pc_smtp_verbs[self->answering].name);
}

static const struct
{
  Handler  handle;
  gboolean bare; /* takes no argument */
  gboolean junk; /* sends no mail: nobody needs it very often */
  gboolean last; /* its reply must be awaited (RFC 2920 section 3.1) */
} commands[PC_SMTP_N_VERBS] = {
  [PC_SMTP_VERB_EHLO] = { cmd_ehlo, .junk = TRUE, .last = TRUE },
  [PC_SMTP_VERB_HELO] = { cmd_helo, .junk = TRUE, .last = TRUE },
  [PC_SMTP_VERB_AUTH] = { pc_smtp_server_auth, .last = TRUE },
  [PC_SMTP_VERB_MAIL] = { pc_smtp_server_mail },
  [PC_SMTP_VERB_RCPT] = { pc_smtp_server_rcpt },
  [PC_SMTP_VERB_DATA] = { pc_smtp_server_data, TRUE, .last = TRUE },
  [PC_SMTP_VERB_RSET] = { cmd_rset, TRUE, TRUE },
  [PC_SMTP_VERB_NOOP] = { cmd_noop, .junk = TRUE, .last = TRUE },
  [PC_SMTP_VERB_VRFY] = { cmd_vrfy, .junk = TRUE, .last = TRUE },
  [PC_SMTP_VERB_HELP] = { cmd_help, .junk = TRUE },
  [PC_SMTP_VERB_QUIT] = { cmd_quit, TRUE, .last = TRUE },
  [PC_SMTP_VERB_EXPN] = { cmd_not_done, .last = TRUE },
  [PC_SMTP_VERB_STARTTLS] = { pc_smtp_server_starttls, TRUE, .last = TRUE },
  [PC_SMTP_VERB_BDAT] = { pc_smtp_server_bdat },
};

/* -- lines ---------------------------------------------------------------- */

/* RFC 5321 section 4.1.4: which order was broken. */
static void
refuse_order (PcSmtpServer *self)
{
  const char *why = "Not now";

  if (!self->track.hello)
    why = "Say EHLO first";
  else if (self->answering == PC_SMTP_VERB_STARTTLS)
    why = "Not in the middle of a mail";
  else if (self->answering == PC_SMTP_VERB_AUTH)
    why = self->track.logged_in ? "You are logged in already"
                                : "Not in the middle of a mail";
  else if (self->answering == PC_SMTP_VERB_MAIL)
    why = "A mail is under way; RSET gives it up";
  else if (self->answering == PC_SMTP_VERB_RCPT)
    why = "MAIL comes before RCPT";
  else if (self->mail.n_refused > 0) {
    pc_smtp_server_reply (self, 554, "5.5.1", "No recipient was accepted");
    return;
  } else if (self->answering == PC_SMTP_VERB_DATA)
    why = self->track.state == PC_SMTP_CHUNKS
              ? "BDAT has begun; DATA cannot follow"
              : "MAIL and RCPT come before DATA";

  pc_smtp_server_reply (self, 503, "5.5.1", "%s", why);
}

/* Policy that goes before everything else about a command. */
static gboolean
is_allowed (PcSmtpServer *self,
            gsize         args_len)
{
  PcSmtpVerb verb = self->answering;
  guint      states = pc_smtp_verbs[verb].states;

  if (verb == PC_SMTP_VERB_AUTH && !pc_smtp_server_offers_login (self)) {
    pc_smtp_server_reply (self, 502, "5.5.1", "AUTH is not done here");
    return FALSE;
  }
  if (verb == PC_SMTP_VERB_STARTTLS && !pc_smtp_server_offers_tls (self)) {
    gboolean on = self->base.security == PC_SECURITY_ON;

    pc_smtp_server_reply (self, on ? 503 : 502, "5.5.1", "%s",
                          on ? "TLS is on already"
                             : "STARTTLS is not done here");
    return FALSE;
  }
  /* RFC 3207 section 4; RFC 4954 section 6 calls 538 a thing of the past. */
  if (pc_smtp_server_lacks_tls (self) &&
      (verb == PC_SMTP_VERB_AUTH || (verb == PC_SMTP_VERB_MAIL &&
                                     self->role == PC_SERVER_SUBMISSION))) {
    pc_smtp_server_reply (self, 530, "5.7.0",
                          "Must issue a STARTTLS command first");
    return FALSE;
  }
  if (states != 0 && (states & (1u << self->track.state)) == 0) {
    refuse_order (self);
    return FALSE;
  }
  if (commands[verb].bare && args_len > 0) {
    pc_smtp_server_reply (self, 501, "5.5.4", "%s takes nothing behind it",
                          pc_smtp_verbs[verb].name);
    return FALSE;
  }

  return TRUE;
}

/* Who sends on before a reply that decides what may follow is no mail program
 * that listens: smugglers and spammers do it. */
static gboolean
is_in_step (PcSmtpServer *self)
{
  if (!self->in_step || !commands[self->answering].last ||
      pc_bytes_get_size (&self->in) == 0)
    return TRUE;

  pc_smtp_server_reply (self, 554, "5.5.0", "Wait for the reply to %s",
                        pc_smtp_verbs[self->answering].name);
  self->base.status = PC_ENGINE_CLOSING;
  return FALSE;
}

static void
handle_command (PcSmtpServer *self,
                const guint8 *line,
                gsize         len)
{
  const char *name;
  gsize       word;

  while (len > 0 && line[len - 1] == ' ') /* RFC 5321 section 4.1.1 */
    len--;
  self->answering = pc_smtp_verb_find (line, len, &word);
  if (self->answering == PC_SMTP_VERB_UNKNOWN) {
    pc_smtp_server_reply (self, 500, "5.5.1", "No such command");
    return;
  }

  if (!is_in_step (self))
    return;
  if (commands[self->answering].junk && ++self->n_junk > PC_LIMIT_SMTP_JUNK)
    self->n_bad++;
  line += MIN (word + 1, len);
  len -= MIN (word + 1, len);
  name = pc_smtp_verbs[self->answering].name;
  /* BDAT reads its octets before it refuses. */
  if (self->answering == PC_SMTP_VERB_BDAT ||
      (!pc_smtp_server_answers (self, name) && is_allowed (self, len)))
    commands[self->answering].handle (self, line, len);
}

/* Browsers can be made to send things here; whatever the ends of its lines,
 * nothing in such a request may be taken for commands. */
static gboolean
is_http (const guint8 *line,
         gsize         len)
{
  const guint8 *blank = len == 0 ? NULL : memchr (line, ' ', len);

  return blank != NULL && pc_smtp_is_http (line, (gsize) (blank - line));
}

static gboolean
has_stray (const guint8 *line,
           gsize         len)
{
  return len > 0 &&
         (memchr (line, '\0', len) != NULL || memchr (line, '\r', len) != NULL);
}

static void
handle_line (PcSmtpServer *self,
             const guint8 *line,
             gsize         len,
             gboolean      lone_lf)
{
  self->answering = self->track.state == PC_SMTP_AUTH ? PC_SMTP_VERB_SASL
                                                      : PC_SMTP_VERB_UNKNOWN;
  if (self->answering == PC_SMTP_VERB_UNKNOWN && is_http (line, len)) {
    pc_smtp_server_hang_up (self, "4.7.0", "speaks SMTP, not HTTP");
  } else if (lone_lf) {
    pc_smtp_server_end_login (self);
    pc_smtp_server_reply (self, 500, "5.5.2",
                          "A line must end with CR LF; this one had LF only");
  } else if (has_stray (line, len)) {
    pc_smtp_server_end_login (self);
    pc_smtp_server_reply (self, 500, "5.5.2", "CR or NUL inside the line");
  } else if (self->answering == PC_SMTP_VERB_SASL) {
    if (!pc_smtp_server_answers (self, PC_SMTP_ANSWER_RESPONSE))
      pc_smtp_server_sasl (self, line, len);
  } else
    handle_command (self, line, len);
}

static void
refuse_long (PcSmtpServer *self)
{
  gboolean login = self->track.state == PC_SMTP_AUTH;

  self->answering = login ? PC_SMTP_VERB_SASL : PC_SMTP_VERB_UNKNOWN;
  pc_smtp_server_end_login (self);
  pc_smtp_server_reply (self, 500, login ? "5.5.6" : "5.5.2",
                        "The line is too long");
}

/* One line, or the end of one that is skipped.  FALSE: more must come. */
static gboolean
step_line (PcSmtpServer *self)
{
  g_autofree guint8 *line = NULL;
  const guint8      *head;
  PcLineResult       result;
  gboolean           login = self->track.state == PC_SMTP_AUTH;
  gsize              limit = login ? PC_LIMIT_SASL_LINE : PC_LIMIT_SMTP_LINE;
  gsize              len;
  gsize              total;

  if (self->skipping) {
    self->skipping = !pc_line_skip (&self->in);
    return !self->skipping;
  }

  head = pc_bytes_peek (&self->in, &len);
  if (len > 0 && head[0] == TLS_HANDSHAKE) {
    self->answering = PC_SMTP_VERB_UNKNOWN;
    pc_smtp_server_hang_up (self, "4.7.0", "speaks without TLS on this port");
    return FALSE;
  }

  result = pc_line_find (&self->in, limit, PC_LINE_LENIENT, &self->scanned,
                         &len, &total);
  if (result == PC_LINE_MORE)
    return FALSE;

  self->scanned = 0;
  if (result == PC_LINE_LONG) {
    refuse_long (self);
    self->skipping = TRUE;
    return TRUE;
  }

  line = g_memdup2 (head, len);
  pc_bytes_consume (&self->in, total);
  handle_line (self, line, len, total - len == 1);

  return TRUE;
}

/* A message that trickles in does not hold the connection for ever: each
 * second has to be paid for in octets. */
static void
earn_time (PcSmtpServer *self,
           gsize         octets)
{
  gint64 earned = (gint64) octets * G_USEC_PER_SEC / PC_LIMIT_SMTP_RATE;

  self->deadline = MIN (self->deadline + earned,
                        self->now + PC_LIMIT_IDLE_SMTP);
}

static gboolean
step_data (PcSmtpServer *self,
           gint64        now)
{
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in, &len);
  gsize         used;
  gboolean      end = pc_smtp_data_reader_feed (&self->data, data, len, &used);
  g_autoptr (GBytes) content = NULL;

  pc_bytes_consume (&self->in, used);
  earn_time (self, used);
  if (end) {
    self->deadline = now + PC_LIMIT_IDLE_SMTP;
    self->answering = PC_SMTP_VERB_CONTENT;
    content = pc_smtp_data_reader_take (&self->data);
    if (!pc_smtp_server_answers (self, PC_SMTP_ANSWER_CONTENT))
      pc_smtp_server_deliver (self, now, content, self->data.faults);
    pc_smtp_server_reset (self);
  }

  return end;
}

static gboolean
step_chunk (PcSmtpServer *self)
{
  gsize    before = pc_bytes_get_size (&self->in);
  gboolean more = pc_smtp_server_read_chunk (self);

  earn_time (self, before - pc_bytes_get_size (&self->in));

  return more;
}

/* FALSE: more must come, or it is not its turn. */
static gboolean
step (PcSmtpServer *self,
      gint64        now)
{
  gboolean more;

  if (pc_login_guard_is_holding (&self->guard))
    return FALSE;
  if (self->track.state == PC_SMTP_DATA)
    return step_data (self, now);

  more = self->chunk.pending ? step_chunk (self) : step_line (self);
  if (more && !self->chunk.pending)
    self->deadline = now + PC_LIMIT_IDLE_SMTP;
  if (self->n_bad >= PC_LIMIT_BAD_COMMANDS &&
      self->base.status == PC_ENGINE_RUNNING) {
    self->answering = PC_SMTP_VERB_NONE;
    pc_smtp_server_hang_up (self, "4.7.0", "has seen too many mistakes");
  }

  return more;
}

/* -- the engine ----------------------------------------------------------- */

static void
server_free (PcEngine *engine)
{
  PcSmtpServer *self = (PcSmtpServer *)engine;

  pc_smtp_server_reset (self);
  pc_smtp_server_forget_wish (self);
  pc_smtp_server_end_login (self);
  pc_bytes_clear (&self->in);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->peer_name, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->mechanisms, g_free);
  g_clear_pointer (&self->peer_address, g_free);
  g_clear_pointer (&self->store, pc_mail_store_unref);
  g_clear_pointer (&self->queue, pc_mail_queue_unref);
  g_clear_pointer (&self->greylist, pc_greylist_unref);
  pc_engine_deinit (engine);
  g_free (self);
}

static void
server_start (PcEngine *engine,
              gint64    now)
{
  PcSmtpServer *self = (PcSmtpServer *)engine;

  self->deadline = now + PC_LIMIT_IDLE_SMTP;
  self->answering = PC_SMTP_VERB_CONNECT;
  if (pc_smtp_server_answers (self, PC_SMTP_ANSWER_CONNECT))
    return;
  if (self->closed) /* RFC 7504 section 3 */
    pc_smtp_server_reply (self, 521, NULL, "%s does not accept mail",
                          self->host);
  else
    pc_smtp_server_reply (self, 220, NULL, "%s ESMTP Portcall", self->host);
}

static void
process (PcSmtpServer *self)
{
  while (self->base.status == PC_ENGINE_RUNNING &&
         self->base.security != PC_SECURITY_WANTED && step (self, self->now))
    ;
  if (self->base.security == PC_SECURITY_WANTED)
    pc_bytes_clear (&self->in);
}

static void
server_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  PcSmtpServer *self = (PcSmtpServer *)engine;

  self->now = now;
  pc_bytes_append (&self->in, data, len);
  process (self);
  if (pc_login_guard_is_holding (&self->guard) &&
      pc_bytes_get_size (&self->in) > PC_LIMIT_HELD) {
    self->answering = PC_SMTP_VERB_NONE;
    pc_smtp_server_hang_up (self, "4.7.0", "was sent too much at once");
  }
}

static void
server_secured (PcEngine *engine,
                gint64    now)
{
  PcSmtpServer *self = (PcSmtpServer *)engine;

  self->now = now;
  self->deadline = now + PC_LIMIT_IDLE_SMTP;
  pc_smtp_server_forget (self);
}

static void
server_eof (PcEngine *engine,
            gint64    now)
{
  PcSmtpServer *self = (PcSmtpServer *)engine;

  pc_smtp_server_reset (self);
  self->track.state = PC_SMTP_CLOSED;
  engine->status = PC_ENGINE_CLOSING;
}

static void
server_wake (PcEngine *engine,
             gint64    now)
{
  PcSmtpServer *self = (PcSmtpServer *)engine;

  self->now = now;
  if (pc_login_guard_release (&self->guard, now)) {
    self->deadline = now + PC_LIMIT_IDLE_SMTP;
    pc_smtp_server_refuse_login (self);
    process (self);
  }
  if (engine->status != PC_ENGINE_RUNNING ||
      now < pc_engine_extend (engine, self->deadline))
    return;

  self->answering = PC_SMTP_VERB_NONE;
  pc_smtp_server_hang_up (self, "4.4.2", "has waited too long");
}

static gint64
server_deadline (const PcEngine *engine)
{
  const PcSmtpServer *self = (const PcSmtpServer *)engine;

  return pc_login_guard_get_deadline (
      &self->guard, pc_engine_extend (engine, self->deadline));
}

static const char *
server_state (const PcEngine *engine)
{
  return pc_smtp_states[((const PcSmtpServer *)engine)->track.state];
}

static const PcEngineClass server_class = {
  .name = "smtp-server",
  .free = server_free,
  .start = server_start,
  .feed = server_feed,
  .eof = server_eof,
  .secured = server_secured,
  .wake = server_wake,
  .deadline = server_deadline,
  .state = server_state,
  .check_answer = pc_smtp_server_check_answer,
};

PcEngine *
pc_smtp_server_new (const PcServerConfig *config)
{
  PcSmtpServer *self;

  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (config->store != NULL, NULL);
  g_return_val_if_fail (config->host != NULL, NULL);

  self = g_new0 (PcSmtpServer, 1);
  pc_engine_init (&self->base, &server_class);
  self->host = g_strdup (config->host);
  self->peer_address = g_strdup (config->peer_address);
  self->store = pc_mail_store_ref (config->store);
  if (config->queue != NULL)
    self->queue = pc_mail_queue_ref (config->queue);
  if (config->greylist != NULL)
    self->greylist = pc_greylist_ref (config->greylist);
  self->max_recipients = config->policy.max_recipients > 0
                             ? config->policy.max_recipients
                             : PC_LIMIT_SMTP_RECIPIENTS;
  self->max_size = config->policy.max_size > 0
                       ? MIN (config->policy.max_size, PC_LIMIT_SMTP_MESSAGE)
                       : PC_LIMIT_SMTP_MESSAGE;
  self->closed = config->policy.closed;
  self->in_step = config->policy.in_step;
  self->role = config->role;
  self->fixes = config->fixes;
  self->session = config->session;
  self->base.security = config->secure ? PC_SECURITY_ON : PC_SECURITY_CLEAR;
  self->starttls = config->starttls;
  self->needs_tls = config->needs_tls;
  self->mechanisms = pc_sasl_select (config->mechanisms);
  self->deadline = PC_ENGINE_NEVER;

  return &self->base;
}
