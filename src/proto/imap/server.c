/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The IMAP server: reads commands, keeps the state, answers.
 *
 * A command is carried out when it is whole, one after the other.  What comes
 * behind STARTTLS in the same breath is thrown away.
 *
 * RFC 3501 and RFC 9051 sections 2.2, 3, 5.4, 5.5 and 7.1; RFC 7888.
 */

#include "proto/imap/server.h"

#include "proto/imap/server-private.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* Both revisions: a client says ENABLE IMAP4rev2 to have the newer one (RFC
 * 9051 appendix A). */
#define CAPABILITIES                                                  \
  "IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR CHILDREN SPECIAL-USE UIDPLUS MOVE " \
  "UNSELECT NAMESPACE IDLE ID"
#define SEARCH_CAPABILITIES " ESEARCH SEARCHRES"
#define LIST_CAPABILITIES " LIST-EXTENDED LIST-STATUS CREATE-SPECIAL-USE"
#define CONTENT_CAPABILITIES " BINARY MULTIAPPEND"
#define ENABLE_CAPABILITIES " ENABLE CONDSTORE UTF8=ACCEPT"
#define ROOM_CAPABILITIES " STATUS=SIZE QUOTA QUOTA=RES-STORAGE"

const PcImapHandler pc_imap_handlers[] = {
  [PC_IMAP_VERB_CAPABILITY] = { pc_imap_run_capability },
  [PC_IMAP_VERB_NOOP] = { pc_imap_run_noop },
  [PC_IMAP_VERB_LOGOUT] = { pc_imap_run_logout },
  [PC_IMAP_VERB_ID] = { pc_imap_run_id },
  [PC_IMAP_VERB_STARTTLS] = { pc_imap_run_starttls },
  [PC_IMAP_VERB_LOGIN] = { pc_imap_run_login },
  [PC_IMAP_VERB_AUTHENTICATE] = { pc_imap_run_authenticate },
  [PC_IMAP_VERB_ENABLE] = { pc_imap_run_enable },
  [PC_IMAP_VERB_LIST] = { pc_imap_run_list },
  [PC_IMAP_VERB_SELECT] = { pc_imap_run_select },
  [PC_IMAP_VERB_EXAMINE] = { pc_imap_run_select },
  [PC_IMAP_VERB_STATUS] = { pc_imap_run_status },
  [PC_IMAP_VERB_CREATE] = { pc_imap_run_name },
  [PC_IMAP_VERB_DELETE] = { pc_imap_run_name },
  [PC_IMAP_VERB_RENAME] = { pc_imap_run_rename },
  [PC_IMAP_VERB_SUBSCRIBE] = { pc_imap_run_name },
  [PC_IMAP_VERB_UNSUBSCRIBE] = { pc_imap_run_name },
  [PC_IMAP_VERB_LSUB] = { pc_imap_run_list },
  [PC_IMAP_VERB_NAMESPACE] = { pc_imap_run_namespace },
  [PC_IMAP_VERB_GETQUOTA] = { pc_imap_run_quota },
  [PC_IMAP_VERB_GETQUOTAROOT] = { pc_imap_run_quota },
  [PC_IMAP_VERB_APPEND] = { pc_imap_run_append },
  [PC_IMAP_VERB_IDLE] = { pc_imap_run_idle },
  [PC_IMAP_VERB_CHECK] = { pc_imap_run_noop },
  [PC_IMAP_VERB_CLOSE] = { pc_imap_run_close },
  [PC_IMAP_VERB_UNSELECT] = { pc_imap_run_close },
  [PC_IMAP_VERB_EXPUNGE] = { pc_imap_run_expunge },
  [PC_IMAP_VERB_SEARCH] = { pc_imap_run_search, .numbers = TRUE },
  [PC_IMAP_VERB_FETCH] = { pc_imap_run_fetch, .numbers = TRUE },
  [PC_IMAP_VERB_STORE] = { pc_imap_run_store, .numbers = TRUE },
  [PC_IMAP_VERB_COPY] = { pc_imap_run_copy },
  [PC_IMAP_VERB_MOVE] = { pc_imap_run_copy },
  [PC_IMAP_VERB_UID_SEARCH] = { pc_imap_run_search },
  [PC_IMAP_VERB_UID_FETCH] = { pc_imap_run_fetch },
  [PC_IMAP_VERB_UID_STORE] = { pc_imap_run_store },
  [PC_IMAP_VERB_UID_COPY] = { pc_imap_run_copy },
  [PC_IMAP_VERB_UID_MOVE] = { pc_imap_run_copy },
  [PC_IMAP_VERB_UID_EXPUNGE] = { pc_imap_run_expunge },
};

G_STATIC_ASSERT (G_N_ELEMENTS (pc_imap_handlers) == PC_IMAP_N_VERBS);

/* -- state ---------------------------------------------------------------- */

static void
set_state (PcImapServer *self,
           PcImapState   state,
           PcImapView   *view)
{
  g_assert ((state == PC_IMAP_SELECTED) == (view != NULL));

  g_clear_pointer (&self->view, pc_imap_view_free);
  g_array_set_size (self->saved, 0);
  self->view = view;
  self->state = state;
}

void
pc_imap_server_log_in (PcImapServer *self,
                       PcAccount    *account)
{
  self->account = account;
  self->n_bad = 0;
  set_state (self, PC_IMAP_AUTHENTICATED, NULL);
}

void
pc_imap_server_select (PcImapServer *self,
                       PcImapView   *view)
{
  set_state (self, view != NULL ? PC_IMAP_SELECTED : PC_IMAP_AUTHENTICATED,
             view);
}

void
pc_imap_server_close (PcImapServer *self)
{
  set_state (self, PC_IMAP_LOGOUT, NULL);
  if (self->base.status == PC_ENGINE_RUNNING)
    self->base.status = PC_ENGINE_CLOSING;
}

const char *
pc_imap_server_get_capabilities (PcImapServer *self)
{
  GString *out = g_string_new (CAPABILITIES SEARCH_CAPABILITIES
                               LIST_CAPABILITIES CONTENT_CAPABILITIES
                               ENABLE_CAPABILITIES ROOM_CAPABILITIES);

  g_string_append_printf (out, " APPENDLIMIT=%d", PC_LIMIT_MESSAGE);
  if (self->account == NULL)
    pc_imap_server_write_logins (self, out);
  g_free (self->capabilities);
  self->capabilities = g_string_free (out, FALSE);

  return self->capabilities;
}

/* -- replies -------------------------------------------------------------- */

static void
send_bye (PcImapServer *self,
          const char   *text)
{
  pc_engine_send_printf (&self->base, "* BYE %s\r\n", text);
  pc_imap_server_close (self);
}

static void
send_news (PcImapServer *self,
           gboolean      may_expunge)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (self->view == NULL)
    return;

  pc_imap_view_tell (self->view, may_expunge, out);
  pc_engine_send (&self->base, out->str, out->len);
}

void
pc_imap_server_tell (PcImapServer *self)
{
  send_news (self, TRUE);
}

void
pc_imap_server_ok (PcImapServer        *self,
                   const PcImapCommand *command,
                   const char          *text)
{
  send_news (self, !pc_imap_handlers[command->verb].numbers);
  pc_engine_send_printf (&self->base, "%s OK %s\r\n", command->tag, text);
}

void
pc_imap_server_no (PcImapServer        *self,
                   const PcImapCommand *command,
                   const char          *code,
                   const char          *text)
{
  send_news (self, !pc_imap_handlers[command->verb].numbers);
  pc_engine_send_printf (&self->base, "%s NO %s%s%s\r\n", command->tag,
                         code != NULL ? code : "", code != NULL ? " " : "",
                         text);
}

void
pc_imap_server_count_failure (PcImapServer *self)
{
  if (++self->n_bad >= (self->account != NULL ? PC_LIMIT_BAD_COMMANDS
                                              : PC_LIMIT_BAD_COMMANDS_PREAUTH))
    send_bye (self, "Too many commands went wrong");
}

/* @tag "*" when the line had none. */
static void
send_bad (PcImapServer *self,
          const char   *tag,
          const char   *text)
{
  pc_engine_send_printf (&self->base, "%s BAD %s\r\n", tag, text);
  pc_imap_server_count_failure (self);
}

void
pc_imap_server_bad (PcImapServer        *self,
                    const PcImapCommand *command,
                    const char          *text)
{
  send_bad (self, command->tag, text);
}

/* -- logins that went wrong ----------------------------------------------- */

void
pc_imap_server_refuse_login (PcImapServer        *self,
                             const PcImapCommand *command)
{
  g_free (self->refused_tag);
  self->refused_tag = g_strdup (command->tag);
  pc_login_guard_fail (&self->guard, self->now);
}

/* The refusal has waited long enough. */
static void
release_refusal (PcImapServer *self)
{
  g_autofree char *tag = g_steal_pointer (&self->refused_tag);
  PcImapCommand    command = { .tag = tag, .verb = PC_IMAP_VERB_LOGIN };

  pc_imap_server_no (self, &command, "[AUTHENTICATIONFAILED]",
                     "User name or password is wrong");
  if (pc_login_guard_is_over (&self->guard))
    send_bye (self, "Too many logins went wrong");
}

/* -- commands ------------------------------------------------------------- */

static const char *
why_illegal (const PcImapServer *self,
             PcImapVerb          verb)
{
  if (verb == PC_IMAP_N_VERBS)
    return "Unknown command";
  if (self->state == PC_IMAP_NOT_AUTHENTICATED)
    return "Log in first";
  if (pc_imap_verb_is_legal (verb, PC_IMAP_SELECTED))
    return "Select a mailbox first";

  return verb == PC_IMAP_VERB_ENABLE ? "A mailbox is open: it is too late"
                                     : "Already logged in";
}

/* Reads tag and verb.  FALSE when it is answered: that was an error, or an
 * answer was injected. */
static gboolean
begin_command (PcImapServer  *self,
               PcImapCursor   cursor,
               char         **tag,
               PcImapCommand *command)
{
  if (!pc_imap_read_tag (&cursor, tag)) {
    send_bad (self, "*", "A command begins with a tag");
    return FALSE;
  }
  if (!pc_imap_read_char (&cursor, ' ')) {
    send_bad (self, *tag, "A command follows the tag");
    return FALSE;
  }

  command->tag = *tag;
  command->verb = pc_imap_read_verb (&cursor);
  command->uid = command->verb >= PC_IMAP_VERB_UID_SEARCH;
  command->args = cursor;
  command->args.utf8 = pc_imap_server_is_utf8 (self);
  if (pc_imap_server_answers (self, *tag, command->verb))
    return FALSE;
  if (!pc_imap_verb_is_legal (command->verb, self->state)) {
    send_bad (self, *tag, why_illegal (self, command->verb));
    return FALSE;
  }
  return TRUE;
}

/* @len octets are a whole command with its line end. */
static void
run_command (PcImapServer *self,
             const guint8 *data,
             gsize         len)
{
  g_autofree char *tag = NULL;
  PcImapCommand    command = { 0 };

  len--;
  if (len > 0 && data[len - 1] == '\r')
    len--;

  if (pc_imap_is_http (data, len))
    send_bye (self, "This is an IMAP server, not a web server");
  else if (begin_command (self, (PcImapCursor){ data, len, 0 }, &tag,
                          &command) &&
           (command.verb != PC_IMAP_VERB_APPEND ||
            !pc_imap_server_answers_moment (self, tag,
                                            PC_IMAP_ANSWER_MESSAGE)))
    pc_imap_handlers[command.verb].run (self, &command);
}

/* May the literal come?  It may not when the command is wrong already. */
static gboolean
accept_literal (PcImapServer *self,
                const guint8 *data,
                gsize         len)
{
  g_autofree char *tag = NULL;
  PcImapCommand    command;

  if (!begin_command (self, (PcImapCursor){ data, len, 0 }, &tag, &command) ||
      (command.verb == PC_IMAP_VERB_APPEND &&
       !pc_imap_server_may_append (self, &command)) ||
      (command.verb == PC_IMAP_VERB_LOGIN &&
       !pc_imap_server_takes_login (self, &command)))
    return FALSE;

  pc_engine_send_printf (&self->base,
                         "+ Send %" G_GUINT64_FORMAT " octets\r\n",
                         self->framer.size);
  return TRUE;
}

/* Messages are bigger than what else a literal may bring. */
static gboolean
is_message (PcImapServer *self,
            const guint8 *data,
            gsize         len,
            guint64      *size)
{
  g_autofree char *tag = NULL;
  PcImapCursor     at = { data, len, 0 };

  *size = 0;
  return self->account != NULL && pc_imap_read_tag (&at, &tag) &&
         pc_imap_read_char (&at, ' ') &&
         pc_imap_read_verb (&at) == PC_IMAP_VERB_APPEND &&
         pc_imap_reads_message (at, size);
}

/* FALSE unless it is a message and may be read after all.  A literal that does
 * not wait for leave comes whatever we say: the only way not to take its
 * octets for commands is to hang up (RFC 7888 section 4). */
static gboolean
refuse_literal (PcImapServer *self,
                const guint8 *data,
                gsize         len)
{
  g_autofree char *tag = NULL;
  PcImapCursor     cursor = { data, len, 0 };
  guint64          size;
  gboolean         message = is_message (self, data, len, &size);

  if (message && !self->message && size <= PC_LIMIT_MESSAGE) {
    self->message = TRUE;
    return TRUE;
  }
  if (!self->framer.synchronising || !pc_imap_read_tag (&cursor, &tag)) {
    send_bye (self, "That literal is too big");
    return FALSE;
  }

  pc_engine_send_printf (&self->base, "%s NO [%s] That %s is too big\r\n", tag,
                         message ? "TOOBIG" : "LIMIT",
                         message ? "message" : "literal");
  pc_imap_server_count_failure (self);
  return FALSE;
}

static void
consume (PcImapServer *self,
         gsize         len)
{
  pc_bytes_consume (&self->in, len);
  memset (&self->framer, 0, sizeof self->framer);
  self->message = FALSE;
  self->counted = FALSE;
}

static PcImapFrameResult
next_frame (PcImapServer *self)
{
  gboolean      known = self->account != NULL;
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in, &len);

  /* A SASL response, like DONE, is a line without literals: "{5}" is neither
   * way. */
  if (self->auth_tag != NULL || self->idle_tag != NULL)
    return pc_imap_framer_next (&self->framer, data, len, FALSE,
                                PC_LIMIT_SASL_LINE, 0);
  return pc_imap_framer_next (
      &self->framer, data, len, FALSE,
      known ? PC_LIMIT_IMAP_LINE : PC_LIMIT_IMAP_LINE_PREAUTH,
      self->message ? PC_LIMIT_MESSAGE + PC_LIMIT_IMAP_LITERAL
      : known       ? PC_LIMIT_IMAP_LITERAL
                    : PC_LIMIT_IMAP_LITERAL_PREAUTH);
}

static void
take_frame (PcImapServer *self,
            gint64        now)
{
  gsize         end = self->framer.end;
  gsize         size;
  const guint8 *data = pc_bytes_peek (&self->in, &size);

  gsize         line = end - (end > 1 && data[end - 2] == '\r' ? 2 : 1);

  self->active = now;
  if (self->auth_tag != NULL)
    pc_imap_server_sasl (self, data, line);
  else if (self->idle_tag != NULL)
    pc_imap_server_idle (self, data, line);
  else
    run_command (self, data, end);
  consume (self, end);
}

/* One step.  FALSE when more octets are needed. */
static gboolean
step (PcImapServer *self,
      gint64        now)
{
  PcImapFrameResult result = next_frame (self);
  gsize             end = self->framer.end;
  gsize             size;
  const guint8     *data = pc_bytes_peek (&self->in, &size);

  if (result == PC_IMAP_FRAME_BIG &&
      (self->auth_tag != NULL || self->idle_tag != NULL))
    result = PC_IMAP_FRAME_DONE;

  switch (result) {
  case PC_IMAP_FRAME_DONE:
    take_frame (self, now);
    return TRUE;
  case PC_IMAP_FRAME_LITERAL:
    if (!accept_literal (self, data, end))
      consume (self, end);
    return TRUE;
  case PC_IMAP_FRAME_BIG:
    if (!refuse_literal (self, data, end))
      consume (self, end);
    return TRUE;
  case PC_IMAP_FRAME_LONG:
    send_bye (self, "That line is too long");
    return FALSE;
  case PC_IMAP_FRAME_MORE:
  default:
    return FALSE;
  }
}

/* -- engine --------------------------------------------------------------- */

static void
server_free (PcEngine *engine)
{
  PcImapServer *self = (PcImapServer *) engine;

  pc_bytes_clear (&self->in);
  g_clear_pointer (&self->view, pc_imap_view_free);
  g_clear_pointer (&self->auth_tag, g_free);
  g_clear_pointer (&self->sasl, pc_sasl_server_free);
  g_clear_pointer (&self->saved, g_array_unref);
  g_clear_pointer (&self->mechanisms, g_free);
  g_clear_pointer (&self->capabilities, g_free);
  g_clear_pointer (&self->idle_tag, g_free);
  g_clear_pointer (&self->refused_tag, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->store, pc_mail_store_unref);
  pc_engine_deinit (engine);
  g_free (self);
}

static void
server_start (PcEngine *engine,
              gint64    now)
{
  PcImapServer *self = (PcImapServer *) engine;

  self->begun = self->active = now;
  set_state (self, PC_IMAP_NOT_AUTHENTICATED, NULL);
  if (!pc_imap_server_answers_moment (self, "*", PC_IMAP_ANSWER_CONNECT))
    pc_engine_send_printf (engine,
                           "* OK [CAPABILITY %s] %s IMAP server ready\r\n",
                           pc_imap_server_get_capabilities (self),
                           self->host);
}

/* Octets may be looked at. */
static gboolean
is_reading (const PcImapServer *self)
{
  return self->base.status == PC_ENGINE_RUNNING &&
         self->base.security != PC_SECURITY_WANTED &&
         !pc_login_guard_is_holding (&self->guard);
}

/* The first octet of a TLS record that carries a handshake (RFC 8446 section
 * 5.1) cannot begin a tag: somebody took this port for 993. */
static void
check_for_tls (PcImapServer *self)
{
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in, &len);

  if (is_reading (self) && self->base.security == PC_SECURITY_CLEAR &&
      len > 0 && self->framer.line == 0 && self->auth_tag == NULL &&
      data[0] == 0x16)
    send_bye (self, "This port speaks IMAP in clear text, not TLS");
}

static void
process (PcImapServer *self)
{
  check_for_tls (self);
  while (is_reading (self) && step (self, self->now))
    check_for_tls (self);
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
  PcImapServer *self = (PcImapServer *) engine;

  self->now = now;
  pc_bytes_append (&self->in, data, len);
  process (self);
  if (engine->status == PC_ENGINE_RUNNING && !is_reading (self) &&
      pc_bytes_get_size (&self->in) > PC_LIMIT_HELD)
    send_bye (self, "Too many commands at once");
}

static void
server_secured (PcEngine *engine,
                gint64    now)
{
  PcImapServer *self = (PcImapServer *) engine;

  self->now = self->active = now;
  pc_imap_server_forget (self);
}

static void
server_eof (PcEngine *engine,
            gint64    now)
{
  pc_imap_server_close ((PcImapServer *) engine);
}

static gint64
idle_deadline (const PcImapServer *self)
{
  gint64 deadline = self->active + PC_LIMIT_IDLE_IMAP;

  if (self->account == NULL)
    deadline = MIN (self->active + PC_LIMIT_IDLE_PREAUTH,
                    self->begun + PC_LIMIT_LOGIN_TIME);
  return pc_engine_extend (&self->base, deadline);
}

static gint64
server_deadline (const PcEngine *engine)
{
  const PcImapServer *self = (const PcImapServer *) engine;

  return pc_login_guard_get_deadline (&self->guard, idle_deadline (self));
}

static void
server_wake (PcEngine *engine,
             gint64    now)
{
  PcImapServer *self = (PcImapServer *) engine;

  self->now = now;
  if (pc_login_guard_release (&self->guard, now)) {
    self->active = now;
    release_refusal (self);
    process (self);
  }
  /* The mail store has changed, perhaps; view.c says why that is no reason
   * to speak up, except to somebody who waits for it. */
  if (self->idle_tag != NULL)
    pc_imap_server_tell (self);
  if (engine->status == PC_ENGINE_RUNNING && now >= idle_deadline (self))
    send_bye (self, "Nothing was said for too long");
}

static const char *
server_state (const PcEngine *engine)
{
  const PcImapServer *self = (const PcImapServer *) engine;

  return pc_imap_states[self->state];
}

static const PcEngineClass server_class = {
  .name = "imap-server",
  .free = server_free,
  .start = server_start,
  .feed = server_feed,
  .eof = server_eof,
  .secured = server_secured,
  .wake = server_wake,
  .deadline = server_deadline,
  .state = server_state,
  .check_answer = pc_imap_server_check_answer,
};

PcEngine *
pc_imap_server_new (const PcServerConfig *config)
{
  PcImapServer *self;

  g_return_val_if_fail (config != NULL && config->store != NULL, NULL);

  self = g_new0 (PcImapServer, 1);
  pc_engine_init (&self->base, &server_class);
  self->host = g_strdup (config->host);
  self->store = pc_mail_store_ref (config->store);
  self->session = config->session;
  self->starttls = config->starttls;
  self->needs_tls = config->needs_tls;
  self->mechanisms = g_strdup (config->mechanisms != NULL
                                   ? config->mechanisms
                                   : PC_SASL_NAMES);
  self->saved = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (config->secure)
    self->base.security = PC_SECURITY_ON;
  return &self->base;
}
