/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an SMTP client can be asked to do: one function per action, each of
 * which sends the first command.
 *
 * No parameter may carry a line end, else it could carry a second command.
 * RFC 5321 section 4.1.1; RFC 1870 section 6; RFC 4954 section 4; RFC 6152.
 */

#include "proto/smtp/client-private.h"

#include "base/limits.h"
#include "base/text.h"
#include "mail/message.h"
#include "proto/common/sasl-digest.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define AUTH_LINE 510 /* RFC 5321 section 4.5.3.1.4, without CR LF */

/* -- actions -------------------------------------------------------------- */

static gboolean
fail_argument (GError    **error,
               const char *why)
{
  g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT, why);

  return FALSE;
}

/* "<alex@example.test>" and "alex@example.test" are the same. */
static char *
bare_address (const char *address)
{
  g_autofree char *text = g_strstrip (g_strdup (address));
  gsize            len = strlen (text);

  if (len >= 2 && text[0] == '<' && text[len - 1] == '>')
    return g_strndup (text + 1, len - 2);

  return g_steal_pointer (&text);
}

/* RFC 5321 sections 2.3.8, 4.5.2.  What does not fit into the output at once
 * cannot be sent. */
static gboolean
take_content (PcSmtpClient   *self,
              const PcAction *action,
              GError        **error)
{
  g_autoptr (GByteArray) content = NULL;
  gconstpointer data;
  gsize         len;

  if (action->data == NULL)
    return fail_argument (error, _ ("There is no message to send."));

  data = g_bytes_get_data (action->data, &len);
  if (len <= PC_LIMIT_OUTPUT / 2)
    content = pc_smtp_canonicalise (data, len);
  if (content == NULL || content->len > PC_LIMIT_OUTPUT / 2)
    return fail_argument (error, _ ("The message is too long for this "
                                    "client."));
  self->mail.content = g_steal_pointer (&content);

  return TRUE;
}

static gboolean
act_hello (PcSmtpClient   *self,
           gint64          now,
           const PcAction *action,
           GError        **error)
{
  gboolean   extended = strcmp (action->name, "ehlo") == 0;
  PcSmtpVerb verb = extended ? PC_SMTP_VERB_EHLO : PC_SMTP_VERB_HELO;

  pc_smtp_client_send_hello (self, verb,
                             pc_action_get (action, "name", NULL));

  return TRUE;
}

/* Unless one is asked for: PLAIN, which hides nothing from a learner; or the
 * strongest mechanism, when the server does not offer PLAIN. */
static gboolean
act_auth (PcSmtpClient   *self,
          gint64          now,
          const PcAction *action,
          GError        **error)
{
  PcSaslMechanism  mechanism = self->offer.plain ? PC_SASL_PLAIN
                                                 : self->offer.strongest;
  const char      *password = pc_action_get (action, "password", "");
  const char      *name = pc_action_get (action, "mechanism",
                                         pc_sasl_get_name (mechanism));
  g_autofree char *nonce = NULL;
  g_autofree char *args = NULL;

  if (!pc_sasl_find (name, strlen (name), &mechanism))
    return fail_argument (error, _ ("The mechanism is “plain”, “login”, "
                                    "“cram-md5” or “scram-sha-256”."));

  nonce = pc_sasl_make_nonce (self->host, 0, ++self->n_logins, now);
  self->login = pc_sasl_client_new (mechanism,
                                    pc_action_get (action, "user", ""),
                                    password, nonce);
  args = pc_sasl_client_open (self->login, AUTH_LINE - strlen ("AUTH "));
  pc_smtp_client_send (self, PC_SMTP_VERB_AUTH, args);

  return TRUE;
}

static void
append_param (GString        *args,
              const PcAction *action,
              const char     *name,
              const char     *keyword)
{
  const char *value = pc_action_get (action, name, NULL);

  if (value != NULL)
    g_string_append_printf (args, " %s=%s", keyword, value);
}

static gboolean
act_mail (PcSmtpClient   *self,
          gint64          now,
          const PcAction *action,
          GError        **error)
{
  g_autofree char *from = bare_address (pc_action_get (action, "from", ""));
  const char      *size = pc_action_get (action, "size", NULL);
  g_autoptr (GString) args = NULL;
  guint64 octets;

  if (size != NULL &&
      !pc_text_parse_number (size, strlen (size), G_MAXUINT64, &octets))
    return fail_argument (error, _ ("The size is a number of octets."));

  args = g_string_new (NULL);
  g_string_append_printf (args, "FROM:<%s>", from);
  append_param (args, action, "size", "SIZE");
  append_param (args, action, "ret", "RET");
  append_param (args, action, "envid", "ENVID");
  pc_smtp_client_send (self, PC_SMTP_VERB_MAIL, args->str);

  return TRUE;
}

static gboolean
act_rcpt (PcSmtpClient   *self,
          gint64          now,
          const PcAction *action,
          GError        **error)
{
  g_autofree char *to = bare_address (pc_action_get (action, "to", ""));
  g_autoptr (GString) args = g_string_new (NULL);

  g_string_append_printf (args, "TO:<%s>", to);
  append_param (args, action, "notify", "NOTIFY");
  append_param (args, action, "orcpt", "ORCPT");
  pc_smtp_client_send (self, PC_SMTP_VERB_RCPT, args->str);

  return TRUE;
}

static gboolean
act_data (PcSmtpClient   *self,
          gint64          now,
          const PcAction *action,
          GError        **error)
{
  const char *why;

  if (!take_content (self, action, error))
    return FALSE;
  why = pc_smtp_client_check_content (self);
  if (why != NULL)
    return fail_argument (error, why);
  pc_smtp_client_send (self, PC_SMTP_VERB_DATA, NULL);

  return TRUE;
}

/* RFC 3030 section 2: no dots are stuffed, for the octets are counted. */
static gboolean
act_bdat (PcSmtpClient   *self,
          gint64          now,
          const PcAction *action,
          GError        **error)
{
  const char *why;

  if (!take_content (self, action, error))
    return FALSE;
  why = pc_smtp_client_check_content (self);
  if (why != NULL)
    return fail_argument (error, why);

  pc_engine_send_printf (&self->base, "BDAT %u LAST\r\n",
                         self->mail.content->len);
  pc_engine_send (&self->base, self->mail.content->data,
                  self->mail.content->len);
  pc_smtp_client_begin (self, PC_SMTP_VERB_CONTENT);

  return TRUE;
}

/* Up to a comma that is not in quotes. */
static gsize
span_recipient (const char *text)
{
  gboolean quoted = FALSE;
  gsize    i;

  for (i = 0; text[i] != '\0' && (quoted || text[i] != ','); i++) {
    if (text[i] == '"')
      quoted = !quoted;
    else if (quoted && text[i] == '\\' && text[i + 1] != '\0')
      i++;
  }

  return i;
}

static char **
split_recipients (const char *text)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0') {
    gsize            len = span_recipient (text);
    g_autofree char *part = g_strndup (text, len);
    g_autofree char *address = bare_address (part);

    if (address[0] != '\0')
      g_ptr_array_add (list, g_steal_pointer (&address));
    text += len + (text[len] == ',');
  }
  if (list->len == 0)
    return NULL;
  g_ptr_array_add (list, NULL);

  return (char **)g_ptr_array_steal (list, NULL);
}

/* A mail program names those in Bcc in the envelope only: nobody else shall
 * see them (RFC 5322 section 3.6.3). */
static void
drop_blind_copies (PcSmtpClient *self)
{
  GByteArray   *content = self->mail.content;
  gsize         offset = 0;
  PcHeaderField field;

  while (pc_message_next_field (content->data, content->len, &offset,
                                &field)) {
    gsize at = (gsize) (field.data - content->data);

    if (!pc_text_equal_ascii (field.data, field.name_len, "Bcc"))
      continue;
    g_byte_array_remove_range (content, (guint) at, (guint) field.len);
    offset = at;
  }
}

/* One word for each recipient, "-" for none; a single word is for all. */
static gboolean
take_wishes (const PcAction *action,
             const char     *name,
             guint           n,
             char         ***words,
             GError        **error)
{
  const char *text = pc_action_get (action, name, NULL);
  g_auto (GStrv) given = NULL;
  guint len;

  if (text == NULL)
    return TRUE;

  given = g_strsplit (text, " ", -1);
  len = g_strv_length (given);
  if (len != n && len != 1)
    return fail_argument (error, _ ("There must be one word for all "
                                    "recipients, or one for each."));

  *words = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    (*words)[i] = g_strdup (given[len == 1 ? 0 : i]);
  return TRUE;
}

static gboolean
act_send (PcSmtpClient   *self,
          gint64          now,
          const PcAction *action,
          GError        **error)
{
  gboolean relay = strcmp (action->name, "relay") == 0;
  g_auto (GStrv) to = split_recipients (pc_action_get (action, "to", ""));

  if (to == NULL)
    return fail_argument (error, _ ("There is no recipient."));
  if (!take_content (self, action, error) ||
      !take_wishes (action, "notify", g_strv_length (to), &self->mail.notify,
                    error) ||
      !take_wishes (action, "orcpt", g_strv_length (to), &self->mail.orcpt,
                    error))
    return FALSE;

  if (!relay)
    drop_blind_copies (self);
  pc_smtp_client_begin_words (self, g_strv_length (to));
  self->mail.ret = g_strdup (pc_action_get (action, "ret", NULL));
  self->mail.envid = g_strdup (pc_action_get (action, "envid", NULL));
  self->mail.whole = TRUE;
  self->mail.from = bare_address (pc_action_get (action, "from", ""));
  self->mail.to = g_steal_pointer (&to);
  if (self->track.hello)
    pc_smtp_client_send_mail (self);
  else
    pc_smtp_client_send_hello (self, PC_SMTP_VERB_EHLO, NULL);

  return TRUE;
}

static gboolean
act_vrfy (PcSmtpClient   *self,
          gint64          now,
          const PcAction *action,
          GError        **error)
{
  pc_smtp_client_send (self, PC_SMTP_VERB_VRFY,
                       pc_action_get (action, "name", ""));

  return TRUE;
}

static PcSmtpVerb
find_verb (const char *line)
{
  gsize word;

  return pc_smtp_verb_find ((const guint8 *)line, strlen (line), &word);
}

static gboolean
act_simple (PcSmtpClient   *self,
            gint64          now,
            const PcAction *action,
            GError        **error)
{
  pc_smtp_client_send (self, find_verb (action->name), NULL);

  return TRUE;
}

/* "BDAT 20 LAST": how many octets follow.  FALSE where the line announces none,
 * and is answered at once (RFC 3030 section 2). */
static gboolean
read_piece (const char *line,
            gsize      *octets,
            gboolean   *last)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  guint64 count;

  if (g_strv_length (words) < 2 ||
      g_ascii_strcasecmp (words[0], pc_smtp_verbs[PC_SMTP_VERB_BDAT].name) ||
      !g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXUINT32, &count,
                                   NULL))
    return FALSE;

  *octets = (gsize) count;
  *last = words[2] != NULL && g_ascii_strcasecmp (words[2], "LAST") == 0;
  return TRUE;
}

/* Lines of a piece have no reply, save the one that fills it. */
static gboolean
act_raw_piece (PcSmtpClient *self,
               const char   *line,
               GError      **error)
{
  gsize len = strlen (line) + 2;

  if (len > self->piece.left) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 ngettext ("BDAT has announced so many octets that only one "
                           "more is awaited. This line, with CR and LF, is "
                           "longer.",
                           "BDAT has announced so many octets that only %u "
                           "more are awaited. This line, with CR and LF, is "
                           "longer.",
                           (guint) self->piece.left),
                 (guint) self->piece.left);
    return FALSE;
  }

  pc_engine_send_printf (&self->base, "%s\r\n", line);
  self->piece.left -= len;
  if (self->piece.left == 0)
    pc_smtp_client_begin (self, self->piece.last ? PC_SMTP_VERB_CONTENT
                                                 : PC_SMTP_VERB_BDAT);
  else
    pc_engine_finish_action (&self->base, PC_EVENT_DONE, NULL);
  return TRUE;
}

/* The line decides what the reply will mean.  In the middle of a message a
 * line has no reply, save the one that ends it. */
static gboolean
act_raw (PcSmtpClient   *self,
         gint64          now,
         const PcAction *action,
         GError        **error)
{
  const char *line = pc_action_get (action, "line", "");
  PcSmtpState state = self->track.state;

  if (self->piece.left > 0)
    return act_raw_piece (self, line, error);

  pc_engine_send_printf (&self->base, "%s\r\n", line);
  if (state == PC_SMTP_AUTH)
    pc_smtp_client_begin (self, PC_SMTP_VERB_SASL);
  else if (state == PC_SMTP_DATA && strcmp (line, ".") == 0)
    pc_smtp_client_begin (self, PC_SMTP_VERB_CONTENT);
  else if (state == PC_SMTP_DATA ||
           read_piece (line, &self->piece.left, &self->piece.last))
    pc_engine_finish_action (&self->base, PC_EVENT_DONE, NULL);
  else
    pc_smtp_client_begin (self, find_verb (line));

  return TRUE;
}

/* In the order of pc_smtp_actions. */
static gboolean (*const actions[]) (PcSmtpClient   *self,
                                    gint64          now,
                                    const PcAction *action,
                                    GError        **error) = {
  act_hello,
  act_hello,
  pc_smtp_client_starttls,
  act_auth,
  act_mail,
  act_rcpt,
  act_data,
  act_bdat,
  act_send,
  act_send,
  act_vrfy,
  act_simple,
  act_simple,
  act_simple,
  act_raw,
};

/* Nothing may smuggle a line end into a command. */
static gboolean
check_params (const PcAction     *action,
              const PcActionSpec *spec,
              GError            **error)
{
  g_auto (GStrv) names = g_strsplit (spec->required, " ", -1);
  GHashTableIter iter;
  gpointer       value;
  guint          i;

  for (i = 0; names[i] != NULL; i++)
    if (names[i][0] != '\0' && pc_action_get (action, names[i], NULL) == NULL) {
      g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                   _ ("“%s” needs the parameter “%s”."), action->name,
                   names[i]);
      return FALSE;
    }

  g_hash_table_iter_init (&iter, action->params);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (strpbrk (value, "\r\n") != NULL)
      return fail_argument (error, _ ("A parameter cannot have a line end "
                                      "in it."));

  return TRUE;
}

gboolean
pc_smtp_client_act (PcEngine       *engine,
                    gint64          now,
                    const PcAction *action,
                    GError        **error)
{
  PcSmtpClient       *self = (PcSmtpClient *)engine;
  const PcActionSpec *spec = pc_action_spec_find (pc_smtp_actions,
                                                  action->name);

  if (spec == NULL) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 _ ("An SMTP client cannot do “%s”."), action->name);
    return FALSE;
  }
  if (!check_params (action, spec, error))
    return FALSE;
  self->raw = strcmp (action->name, "raw") == 0;
  if (!self->raw &&
      (self->track.state == PC_SMTP_AUTH ||
       self->track.state == PC_SMTP_DATA || self->piece.left > 0))
    return fail_argument (error, _ ("The server waits for the rest of what "
                                    "“raw” began."));

  if (pc_smtp_client_is_private (self, action) &&
      pc_starttls_keeps_silent (engine))
    return TRUE;

  self->now = now;
  pc_smtp_client_reset (self);

  return actions[spec - pc_smtp_actions](self, now, action, error);
}
