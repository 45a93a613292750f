/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arguments of each command, made from the parameters of an action.
 *
 * User names, passwords and mailbox names go out as atoms or quoted; octets
 * past 127 as literals, which wait for the server's leave, but in names of
 * mailboxes as modified UTF-7.
 *
 * RFC 3501 sections 4.3, 6 and 9; RFC 9051 sections 4.3 and 6; RFC 4959; RFC
 * 7888.
 */

#include "proto/imap/client-arguments.h"

#include "proto/imap/utf7.h"

#include "base/text.h"
#include "proto/common/engine.h"
#include "proto/common/sasl-digest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A response that is longer does not go along with AUTHENTICATE. */
#define INITIAL_CHARS 1000

/* Always FALSE. */
gboolean
pc_imap_refuse (GError    **error,
                const char *format,
                ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                       message);
  return FALSE;
}

/* -- writing -------------------------------------------------------------- */

void
pc_imap_end_segment (PcImapWriter *self)
{
  g_queue_push_tail (&self->request->segments,
                     g_bytes_new (self->out->str, self->out->len));
  g_string_set_size (self->out, 0);
}

static void
write_astring (PcImapWriter *self,
               const char   *string)
{
  g_string_append_c (self->out, ' ');
  if (pc_imap_write_astring (self->out, string))
    return;

  g_string_append_printf (self->out, "{%" G_GSIZE_FORMAT "}\r\n",
                          strlen (string));
  pc_imap_end_segment (self);
  g_string_append (self->out, string);
}

/* Names go out in modified UTF-7, unless UTF-8 is enabled; what is no UTF-8 as
 * it is. */
static void
write_mailbox (PcImapWriter *self,
               const char   *name)
{
  g_autofree char *wire = NULL;

  if (!self->maker->known->utf8 && g_utf8_validate (name, -1, NULL))
    wire = pc_imap_utf7_encode (name);
  write_astring (self, wire != NULL ? wire : name);
}

const char *
pc_imap_param (const PcImapWriter *self,
               const char         *param,
               const char         *fallback)
{
  return pc_action_get (self->action, param, fallback);
}

gboolean
pc_imap_is_set (const PcImapWriter *self,
                const char         *param)
{
  const char *value = pc_imap_param (self, param, "no");

  return g_ascii_strcasecmp (value, "yes") == 0 ||
         g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0;
}

/* Several items need parentheses; a space inside BODY[...] does not count. */
static void
write_list (PcImapWriter *self,
            const char   *items,
            gboolean      always)
{
  gboolean bracket = FALSE;
  gboolean several = always;

  for (const char *c = items; *c != '\0'; c++) {
    if (*c == '[' || *c == ']')
      bracket = *c == '[';
    several = several || (*c == ' ' && !bracket);
  }

  several = several && items[0] != '(';
  g_string_append_printf (self->out, " %s%s%s", several ? "(" : "", items,
                          several ? ")" : "");
}

static gboolean
write_set (PcImapWriter *self)
{
  const char        *set = pc_imap_param (self, "set", "");
  PcImapCursor       at = { (const guint8 *) set, strlen (set), 0 };
  g_autoptr (GArray) ranges = NULL;

  if (strcmp (set, "$") != 0 &&
      (!pc_imap_read_set (&at, &ranges) || !pc_imap_at_end (&at)))
    return pc_imap_refuse (
        self->error,
        _ ("“%s” is no set of messages; one looks like 1, 2:4, 5:* or $."),
        set);

  g_string_append_printf (self->out, " %s", set);
  return TRUE;
}

/* -- commands ------------------------------------------------------------- */

static gboolean
write_login (PcImapWriter *self)
{
  write_astring (self, pc_imap_param (self, "user", ""));
  write_astring (self, pc_imap_param (self, "password", ""));
  return TRUE;
}

/* The first response comes along when the server has told of SASL-IR, or it is
 * wished for (RFC 4959). */
static gboolean
write_authenticate (PcImapWriter *self)
{
  const PcImapKnown *known = self->maker->known;
  const char        *user = pc_imap_param (self, "user", "");
  const char        *password = pc_imap_param (self, "password", "");
  PcSaslMechanism    mechanism = pc_imap_known_get_mechanism (known);
  const char        *name = pc_imap_param (self, "mechanism",
                                               pc_sasl_get_name (mechanism));
  gboolean           initial = pc_imap_param (self, "initial", NULL) != NULL
                                   ? pc_imap_is_set (self, "initial")
                                   : pc_imap_known_can (known, "SASL-IR");
  g_autofree char   *nonce = NULL;
  g_autofree char   *args = NULL;

  if (!pc_sasl_find (name, strlen (name), &mechanism))
    return pc_imap_refuse (
        self->error,
        _ ("The mechanism is “plain”, “login”, “cram-md5” or "
           "“scram-sha-256”."));
  if (user[0] == '\0' || password[0] == '\0')
    return pc_imap_refuse (
        self->error,
        _ ("“%s” cannot begin: it needs a user name and a password."),
        self->action->name);

  nonce = pc_sasl_make_nonce (self->maker->host, 0, *self->maker->n_tags,
                              self->maker->now);
  self->request->sasl = pc_sasl_client_new (mechanism, user, password, nonce);
  args = pc_sasl_client_open (self->request->sasl,
                              initial ? INITIAL_CHARS : 0);
  g_string_append_printf (self->out, " %s", args);
  return TRUE;
}

static gboolean
write_id (PcImapWriter *self)
{
  g_string_append (self->out, " (\"name\" \"Portcall\")");
  return TRUE;
}

/* The options are RFC 5258's, written as they are. */
static gboolean
write_list_command (PcImapWriter *self)
{
  const char *select = pc_imap_param (self, "select", NULL);
  const char *patterns = pc_imap_param (self, "patterns", NULL);
  const char *wanted = pc_imap_param (self, "return", NULL);

  if (select != NULL)
    g_string_append_printf (self->out, " (%s)", select);
  write_mailbox (self, pc_imap_param (self, "reference", ""));
  if (patterns != NULL)
    write_list (self, patterns, TRUE);
  else
    write_mailbox (self, pc_imap_param (self, "pattern", "*"));
  if (wanted != NULL)
    g_string_append_printf (self->out, " RETURN (%s)", wanted);
  return TRUE;
}

static gboolean
write_select (PcImapWriter *self)
{
  const char *validity = pc_imap_param (self, "uidvalidity", NULL);
  guint64     number = 0;

  if (validity != NULL &&
      (!pc_text_parse_number (validity, strlen (validity), G_MAXUINT32,
                              &number) ||
       number == 0))
    return pc_imap_refuse (
        self->error,
        _ ("“%s” is no UIDVALIDITY; it is a number above 0."), validity);

  self->request->validity = (guint32) number;
  self->request->mailbox = g_strdup (pc_imap_param (self, "mailbox", ""));
  write_mailbox (self, self->request->mailbox);
  if (pc_imap_is_set (self, "condstore"))
    g_string_append (self->out, " (CONDSTORE)");
  return TRUE;
}

static gboolean
write_enable (PcImapWriter *self)
{
  g_string_append_printf (self->out, " %s",
                          pc_imap_param (self, "capabilities", ""));
  return TRUE;
}

static gboolean
write_quota (PcImapWriter *self)
{
  write_astring (self, pc_imap_param (self, "root", ""));
  return TRUE;
}

/* " (CHANGEDSINCE 7)" (RFC 7162 sections 3.1.3 and 3.1.4). */
static gboolean
write_modifier (PcImapWriter *self,
                const char   *param,
                const char   *name)
{
  const char *value = pc_imap_param (self, param, NULL);
  guint64     number;

  if (value == NULL)
    return TRUE;
  if (!pc_text_parse_number (value, strlen (value), G_MAXINT64, &number))
    return pc_imap_refuse (
        self->error,
        _ ("“%s” is no mod-sequence; it is a number."), value);

  g_string_append_printf (self->out, " (%s %s)", name, value);
  return TRUE;
}

static gboolean
write_idle (PcImapWriter *self)
{
  const char *until = pc_imap_param (self, "until", NULL);

  if (until != NULL && strcmp (until, "news") != 0)
    return pc_imap_refuse (
        self->error,
        _ ("One can wait until “news”, not until “%s”."), until);

  self->request->until_news = until != NULL;
  return TRUE;
}

static gboolean
write_create (PcImapWriter *self)
{
  const char *use = pc_imap_param (self, "use", NULL);

  write_mailbox (self, pc_imap_param (self, "mailbox", ""));
  if (use != NULL)
    g_string_append_printf (self->out, " (USE (%s))", use);
  return TRUE;
}

static gboolean
write_status (PcImapWriter *self)
{
  write_mailbox (self, pc_imap_param (self, "mailbox", ""));
  write_list (self, pc_imap_param (self, "items", "MESSAGES UNSEEN"), TRUE);
  return TRUE;
}

static gboolean
write_name (PcImapWriter *self)
{
  write_mailbox (self, pc_imap_param (self, "mailbox", ""));
  return TRUE;
}

static gboolean
write_rename (PcImapWriter *self)
{
  write_mailbox (self, pc_imap_param (self, "mailbox", ""));
  write_mailbox (self, pc_imap_param (self, "to", ""));
  return TRUE;
}

static gboolean
write_fetch (PcImapWriter *self)
{
  if (!write_set (self))
    return FALSE;

  write_list (self, pc_imap_param (self, "items", ""), FALSE);
  return write_modifier (self, "changedsince", "CHANGEDSINCE");
}

static gboolean
is_ascii (const char *string)
{
  while (*string != '\0' && (guchar) *string < 0x80)
    string++;

  return *string == '\0';
}

/* The text goes last, so that it may be a literal; only it may have other
 * than ASCII characters. */
static gboolean
write_search (PcImapWriter *self)
{
  const char *criteria = pc_imap_param (self, "criteria", "");
  const char *text = pc_imap_param (self, "text", NULL);
  const char *wanted = pc_imap_param (self, "return", NULL);

  if (criteria[0] == '\0' || !is_ascii (criteria))
    return pc_imap_refuse (
        self->error,
        _ ("“%s” are no criteria to search by; some look like UNSEEN or "
           "FROM robin."), criteria);

  if (wanted != NULL)
    g_string_append_printf (self->out, " RETURN (%s)", wanted);
  if (text != NULL && !is_ascii (text) && !self->maker->known->utf8)
    g_string_append (self->out, " CHARSET UTF-8");
  g_string_append_printf (self->out, " %s", criteria);
  if (text != NULL)
    write_astring (self, text);
  return TRUE;
}

static gboolean
write_store (PcImapWriter *self)
{
  const char *mode = pc_imap_param (self, "mode", "set");
  const char *sign;

  if (strcmp (mode, "set") == 0)
    sign = "";
  else if (strcmp (mode, "add") == 0)
    sign = "+";
  else if (strcmp (mode, "remove") == 0)
    sign = "-";
  else
    return pc_imap_refuse (
        self->error,
        _ ("“%s” is no way to store flags; there are set, add and remove."),
        mode);
  if (!write_set (self) ||
      !write_modifier (self, "unchangedsince", "UNCHANGEDSINCE"))
    return FALSE;

  g_string_append_printf (self->out, " %sFLAGS%s", sign,
                          pc_imap_is_set (self, "silent") ? ".SILENT" : "");
  write_list (self, pc_imap_param (self, "flags", ""), TRUE);
  return TRUE;
}

static gboolean
write_copy (PcImapWriter *self)
{
  if (!write_set (self))
    return FALSE;

  write_mailbox (self, pc_imap_param (self, "mailbox", ""));
  return TRUE;
}

static gboolean
write_expunge (PcImapWriter *self)
{
  return pc_imap_param (self, "set", NULL) == NULL || write_set (self);
}

/* Whether a literal may go out at once: the server lets it, and that is wished
 * for (RFC 7888). */
static gboolean
may_hurry (const PcImapWriter *self)
{
  return pc_imap_param (self, "wait", NULL) != NULL &&
         !pc_imap_is_set (self, "wait") &&
         pc_imap_known_can (self->maker->known, "LITERAL+");
}

/* Line ends are CR LF in a message (RFC 5322 section 2.3). */
static void
write_message (PcImapWriter       *self,
               const guint8 *data,
               gsize         len)
{
  g_autoptr (GString) message = g_string_sized_new (len);

  for (gsize i = 0; i < len; i++) {
    if (data[i] == '\n' && (i == 0 || data[i - 1] != '\r'))
      g_string_append_c (message, '\r');
    g_string_append_c (message, (char) data[i]);
    if (data[i] == '\r' && (i + 1 == len || data[i + 1] != '\n'))
      g_string_append_c (message, '\n');
  }

  g_string_append_printf (self->out, " {%" G_GSIZE_FORMAT "%s}\r\n",
                          message->len, may_hurry (self) ? "+" : "");
  if (!may_hurry (self))
    pc_imap_end_segment (self);
  g_string_append_len (self->out, message->str, (gssize) message->len);
}

static gboolean
write_append (PcImapWriter *self)
{
  const char   *flags = pc_imap_param (self, "flags", NULL);
  const char   *date = pc_imap_param (self, "date", NULL);
  GBytes       *content = self->action->data;
  gsize         len = 0;
  const guint8 *data =
      content != NULL ? g_bytes_get_data (content, &len) : NULL;

  if (len == 0 || memchr (data, '\0', len) != NULL)
    return pc_imap_refuse (
        self->error,
        _ ("“%s” needs a message, without zero octets."), self->action->name);

  write_mailbox (self, pc_imap_param (self, "mailbox", ""));
  if (flags != NULL)
    write_list (self, flags, TRUE);
  if (date != NULL)
    g_string_append_printf (self->out, " \"%s\"", date);
  write_message (self, data, len);
  return TRUE;
}

const PcImapArguments pc_imap_arguments[PC_IMAP_N_VERBS] = {
  [PC_IMAP_VERB_CAPABILITY] = { "capability" },
  [PC_IMAP_VERB_NOOP] = { "noop" },
  [PC_IMAP_VERB_LOGOUT] = { "logout" },
  [PC_IMAP_VERB_STARTTLS] = { "starttls" },
  [PC_IMAP_VERB_ID] = { "id", write_id },
  [PC_IMAP_VERB_LOGIN] = { "login", write_login },
  [PC_IMAP_VERB_AUTHENTICATE] = { "authenticate", write_authenticate },
  [PC_IMAP_VERB_ENABLE] = { "enable", write_enable },
  [PC_IMAP_VERB_LIST] = { "list", write_list_command },
  [PC_IMAP_VERB_SELECT] = { "select", write_select },
  [PC_IMAP_VERB_EXAMINE] = { "examine", write_select },
  [PC_IMAP_VERB_STATUS] = { "status", write_status },
  [PC_IMAP_VERB_CREATE] = { "create", write_create },
  [PC_IMAP_VERB_DELETE] = { "delete", write_name },
  [PC_IMAP_VERB_RENAME] = { "rename", write_rename },
  [PC_IMAP_VERB_SUBSCRIBE] = { "subscribe", write_name },
  [PC_IMAP_VERB_UNSUBSCRIBE] = { "unsubscribe", write_name },
  [PC_IMAP_VERB_LSUB] = { "lsub", write_list_command },
  [PC_IMAP_VERB_NAMESPACE] = { "namespace" },
  [PC_IMAP_VERB_GETQUOTA] = { "getquota", write_quota },
  [PC_IMAP_VERB_GETQUOTAROOT] = { "getquotaroot", write_name },
  [PC_IMAP_VERB_APPEND] = { "append", write_append },
  [PC_IMAP_VERB_IDLE] = { "idle", write_idle },
  [PC_IMAP_VERB_CHECK] = { "check" },
  [PC_IMAP_VERB_CLOSE] = { "close" },
  [PC_IMAP_VERB_UNSELECT] = { "unselect" },
  [PC_IMAP_VERB_EXPUNGE] = { "expunge", write_expunge },
  [PC_IMAP_VERB_SEARCH] = { "search", write_search },
  [PC_IMAP_VERB_FETCH] = { "fetch", write_fetch },
  [PC_IMAP_VERB_STORE] = { "store", write_store },
  [PC_IMAP_VERB_COPY] = { "copy", write_copy },
  [PC_IMAP_VERB_MOVE] = { "move", write_copy },
};
