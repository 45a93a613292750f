/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an action to the octets of a command.
 *
 * User names, passwords and mailbox names go out as atoms or quoted; octets
 * past 127 as literals, which always wait for the server's leave, but in names
 * of mailboxes as modified UTF-7.  Nothing
 * with a line end in it goes out at all: it would be a second command.
 *
 * RFC 3501 sections 4.3, 6 and 9; RFC 9051 sections 4.3 and 6.
 */

#include "proto/imap/client-commands.h"

#include "proto/imap/utf7.h"

#include "base/text.h"
#include "proto/common/engine.h"
#include "proto/common/sasl-digest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  PcImapRequest  *request;
  GString        *out; /* the segment being written */
  const PcAction *action;
  const PcImapRequestMaker *maker;
  GError        **error;
} Writer;

/* A response that is longer does not go along with AUTHENTICATE. */
#define INITIAL_CHARS 1000

/* Always FALSE. */
G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError    **error,
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

static void
end_segment (Writer *self)
{
  g_queue_push_tail (&self->request->segments,
                     g_bytes_new (self->out->str, self->out->len));
  g_string_set_size (self->out, 0);
}

static void
write_astring (Writer     *self,
               const char *string)
{
  g_string_append_c (self->out, ' ');
  if (pc_imap_write_astring (self->out, string))
    return;

  g_string_append_printf (self->out, "{%" G_GSIZE_FORMAT "}\r\n",
                          strlen (string));
  end_segment (self);
  g_string_append (self->out, string);
}

/* Names go out in modified UTF-7; what is no UTF-8 as it is. */
static void
write_mailbox (Writer     *self,
               const char *name)
{
  g_autofree char *wire = NULL;

  if (g_utf8_validate (name, -1, NULL))
    wire = pc_imap_utf7_encode (name);
  write_astring (self, wire != NULL ? wire : name);
}

static const char *
get (const Writer *self,
     const char   *param,
     const char   *fallback)
{
  return pc_action_get (self->action, param, fallback);
}

static gboolean
is_set (const Writer *self,
        const char   *param)
{
  const char *value = get (self, param, "no");

  return g_ascii_strcasecmp (value, "yes") == 0 ||
         g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0;
}

/* Several items need parentheses; a space inside BODY[...] does not count. */
static void
write_list (Writer     *self,
            const char *items,
            gboolean    always)
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
write_set (Writer *self)
{
  const char        *set = get (self, "set", "");
  PcImapCursor       at = { (const guint8 *) set, strlen (set), 0 };
  g_autoptr (GArray) ranges = NULL;

  if (strcmp (set, "$") != 0 &&
      (!pc_imap_read_set (&at, &ranges) || !pc_imap_at_end (&at)))
    return fail (self->error,
                 _ ("“%s” is no set of messages; one looks like 1, 2:4, "
                    "5:* or $."),
                 set);

  g_string_append_printf (self->out, " %s", set);
  return TRUE;
}

static char *
make_tag (guint *n_tags)
{
  return g_strdup_printf ("a%u", ++*n_tags);
}

/* A command in one piece, as one that follows from another. */
G_GNUC_PRINTF (3, 4)
static PcImapRequest *
request_new (PcImapVerb  verb,
             guint      *n_tags,
             const char *format,
             ...)
{
  PcImapRequest   *self = g_new0 (PcImapRequest, 1);
  g_autofree char *args = NULL;
  g_autofree char *line = NULL;
  va_list          list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);

  self->verb = verb;
  self->tag = make_tag (n_tags);
  line = g_strdup_printf ("%s %s%s%s\r\n", self->tag,
                          pc_imap_verbs[verb].name,
                          args[0] != '\0' ? " " : "", args);
  g_queue_init (&self->segments);
  g_queue_push_tail (&self->segments, g_bytes_new (line, strlen (line)));
  return self;
}

/* -- commands ------------------------------------------------------------- */

/* RFC 3501 section 6.2.3: not to a server that has said so. */
static gboolean
write_login (Writer *self)
{
  if (pc_imap_known_can (self->maker->known, "LOGINDISABLED"))
    return fail (self->error, _ ("The server takes no LOGIN here: it has told "
                                 "of LOGINDISABLED. It wants TLS first."));

  write_astring (self, get (self, "user", ""));
  write_astring (self, get (self, "password", ""));
  return TRUE;
}

/* The first response comes along when the server has told of SASL-IR, or it is
 * wished for (RFC 4959). */
static gboolean
write_authenticate (Writer *self)
{
  const PcImapKnown *known = self->maker->known;
  const char        *user = get (self, "user", "");
  const char        *password = get (self, "password", "");
  PcSaslMechanism    mechanism = pc_imap_known_get_mechanism (known);
  const char        *name = get (self, "mechanism",
                                 pc_sasl_get_name (mechanism));
  gboolean           initial = get (self, "initial", NULL) != NULL
                                   ? is_set (self, "initial")
                                   : pc_imap_known_can (known, "SASL-IR");
  g_autofree char   *nonce = NULL;
  g_autofree char   *args = NULL;

  if (!pc_sasl_find (name, strlen (name), &mechanism))
    return fail (self->error, _ ("The mechanism is “plain”, “login”, "
                                 "“cram-md5” or “scram-sha-256”."));
  if (user[0] == '\0' || password[0] == '\0')
    return fail (self->error,
                 _ ("“%s” cannot begin: it needs a user name and a "
                    "password."),
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
write_id (Writer *self)
{
  g_string_append (self->out, " (\"name\" \"Portcall\")");
  return TRUE;
}

/* The options are RFC 5258's, written as they are. */
static gboolean
write_list_command (Writer *self)
{
  const char *select = get (self, "select", NULL);
  const char *patterns = get (self, "patterns", NULL);
  const char *wanted = get (self, "return", NULL);

  if (select != NULL)
    g_string_append_printf (self->out, " (%s)", select);
  write_mailbox (self, get (self, "reference", ""));
  if (patterns != NULL)
    write_list (self, patterns, TRUE);
  else
    write_mailbox (self, get (self, "pattern", "*"));
  if (wanted != NULL)
    g_string_append_printf (self->out, " RETURN (%s)", wanted);
  return TRUE;
}

static gboolean
write_select (Writer *self)
{
  const char *validity = get (self, "uidvalidity", NULL);
  guint64     number = 0;

  if (validity != NULL &&
      (!pc_text_parse_number (validity, strlen (validity), G_MAXUINT32,
                              &number) ||
       number == 0))
    return fail (self->error,
                 _ ("“%s” is no UIDVALIDITY; it is a number above 0."),
                 validity);

  self->request->validity = (guint32) number;
  self->request->mailbox = g_strdup (get (self, "mailbox", ""));
  write_mailbox (self, self->request->mailbox);
  return TRUE;
}

static gboolean
write_idle (Writer *self)
{
  const char *until = get (self, "until", NULL);

  if (until != NULL && strcmp (until, "news") != 0)
    return fail (self->error, _ ("One can wait until “news”, not until "
                                 "“%s”."), until);

  self->request->until_news = until != NULL;
  return TRUE;
}

static gboolean
write_create (Writer *self)
{
  const char *use = get (self, "use", NULL);

  write_mailbox (self, get (self, "mailbox", ""));
  if (use != NULL)
    g_string_append_printf (self->out, " (USE (%s))", use);
  return TRUE;
}

static gboolean
write_status (Writer *self)
{
  write_mailbox (self, get (self, "mailbox", ""));
  write_list (self, get (self, "items", "MESSAGES UNSEEN"), TRUE);
  return TRUE;
}

static gboolean
write_name (Writer *self)
{
  write_mailbox (self, get (self, "mailbox", ""));
  return TRUE;
}

static gboolean
write_rename (Writer *self)
{
  write_mailbox (self, get (self, "mailbox", ""));
  write_mailbox (self, get (self, "to", ""));
  return TRUE;
}

static gboolean
write_fetch (Writer *self)
{
  if (!write_set (self))
    return FALSE;

  write_list (self, get (self, "items", ""), FALSE);
  return TRUE;
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
write_search (Writer *self)
{
  const char *criteria = get (self, "criteria", "");
  const char *text = get (self, "text", NULL);
  const char *wanted = get (self, "return", NULL);

  if (criteria[0] == '\0' || !is_ascii (criteria))
    return fail (self->error,
                 _ ("“%s” are no criteria to search by; some look like "
                    "UNSEEN or FROM robin."),
                 criteria);

  if (wanted != NULL)
    g_string_append_printf (self->out, " RETURN (%s)", wanted);
  if (text != NULL && !is_ascii (text))
    g_string_append (self->out, " CHARSET UTF-8");
  g_string_append_printf (self->out, " %s", criteria);
  if (text != NULL)
    write_astring (self, text);
  return TRUE;
}

static gboolean
write_store (Writer *self)
{
  const char *mode = get (self, "mode", "set");
  const char *sign;

  if (strcmp (mode, "set") == 0)
    sign = "";
  else if (strcmp (mode, "add") == 0)
    sign = "+";
  else if (strcmp (mode, "remove") == 0)
    sign = "-";
  else
    return fail (self->error,
                 _ ("“%s” is no way to store flags; there are set, add and "
                    "remove."),
                 mode);
  if (!write_set (self))
    return FALSE;

  g_string_append_printf (self->out, " %sFLAGS%s", sign,
                          is_set (self, "silent") ? ".SILENT" : "");
  write_list (self, get (self, "flags", ""), TRUE);
  return TRUE;
}

static gboolean
write_copy (Writer *self)
{
  if (!write_set (self))
    return FALSE;

  write_mailbox (self, get (self, "mailbox", ""));
  return TRUE;
}

static gboolean
write_expunge (Writer *self)
{
  return get (self, "set", NULL) == NULL || write_set (self);
}

/* Whether a literal may go out at once: the server lets it, and that is wished
 * for (RFC 7888). */
static gboolean
may_hurry (const Writer *self)
{
  return get (self, "wait", NULL) != NULL && !is_set (self, "wait") &&
         pc_imap_known_can (self->maker->known, "LITERAL+");
}

/* Line ends are CR LF in a message (RFC 5322 section 2.3). */
static void
write_message (Writer       *self,
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
    end_segment (self);
  g_string_append_len (self->out, message->str, (gssize) message->len);
}

static gboolean
write_append (Writer *self)
{
  const char   *flags = get (self, "flags", NULL);
  const char   *date = get (self, "date", NULL);
  GBytes       *content = self->action->data;
  gsize         len = 0;
  const guint8 *data =
      content != NULL ? g_bytes_get_data (content, &len) : NULL;

  if (len == 0 || memchr (data, '\0', len) != NULL)
    return fail (self->error, _ ("“%s” needs a message, without zero octets."),
                 self->action->name);

  write_mailbox (self, get (self, "mailbox", ""));
  if (flags != NULL)
    write_list (self, flags, TRUE);
  if (date != NULL)
    g_string_append_printf (self->out, " \"%s\"", date);
  write_message (self, data, len);
  return TRUE;
}

/* In the order of PcImapVerb; NULL for no arguments. */
static const struct {
  const char *action;
  gboolean  (*write) (Writer *self);
} writers[PC_IMAP_N_VERBS] = {
  [PC_IMAP_VERB_CAPABILITY] = { "capability" },
  [PC_IMAP_VERB_NOOP] = { "noop" },
  [PC_IMAP_VERB_LOGOUT] = { "logout" },
  [PC_IMAP_VERB_ID] = { "id", write_id },
  [PC_IMAP_VERB_LOGIN] = { "login", write_login },
  [PC_IMAP_VERB_AUTHENTICATE] = { "authenticate", write_authenticate },
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

static PcImapVerb
find_writer (const Writer *self)
{
  guint verb = 0;

  while (writers[verb].action == NULL ||
         strcmp (writers[verb].action, self->action->name) != 0)
    verb++;

  return verb;
}

/* Does without MOVE: COPY, then the flag \Deleted, then EXPUNGE; the latter of
 * these messages only, when the server can and we know their UIDs (RFC 6851
 * section 1, RFC 4315 section 2.1). */
static gboolean
write_old_move (Writer *self)
{
  const PcImapKnown *known = self->maker->known;
  const char        *set = get (self, "set", "");
  gboolean           uid = is_set (self, "uid");
  g_autofree char   *uids = uid ? g_strdup (set)
                                : pc_imap_known_find_uids (known, set);
  gboolean           some = uids != NULL && pc_imap_known_can (known,
                                                               "UIDPLUS");

  if (!write_copy (self))
    return FALSE;
  g_string_append (self->out, "\r\n");
  end_segment (self);

  /* By UID when it can be: others' EXPUNGE may come in between. */
  self->request->next = request_new (
      uids != NULL ? PC_IMAP_VERB_UID_STORE : PC_IMAP_VERB_STORE,
      self->maker->n_tags, "%s +FLAGS.SILENT (\\Deleted)",
      uids != NULL ? uids : set);
  self->request->next->next = request_new (
      some ? PC_IMAP_VERB_UID_EXPUNGE : PC_IMAP_VERB_EXPUNGE,
      self->maker->n_tags, "%s", some ? uids : "");
  return TRUE;
}

static gboolean
write_command (Writer *self)
{
  PcImapVerb verb = find_writer (self);
  gboolean   old_move = verb == PC_IMAP_VERB_MOVE &&
                      pc_imap_known_lacks (self->maker->known, "MOVE");
  PcImapVerb named = old_move ? PC_IMAP_VERB_COPY : verb;

  if (is_set (self, "uid") ||
      (verb == PC_IMAP_VERB_EXPUNGE && get (self, "set", NULL) != NULL))
    named = pc_imap_verb_get_uid_form (named);

  self->request->verb = named;
  self->request->tag = make_tag (self->maker->n_tags);
  g_string_append_printf (self->out, "%s %s", self->request->tag,
                          pc_imap_verbs[named].name);
  if (old_move)
    return write_old_move (self);

  return writers[verb].write == NULL || writers[verb].write (self);
}

/* What the learner typed, right or wrong; we only look for what the reply
 * will look like. */
static void
write_raw (Writer *self)
{
  const char   *line = get (self, "line", "");
  PcImapCursor  at = { (const guint8 *) line, strlen (line), 0 };
  PcImapRequest *request = self->request;

  request->raw = TRUE;
  if (pc_imap_read_tag (&at, &request->tag) && pc_imap_read_char (&at, ' '))
    request->verb = pc_imap_read_verb (&at);
  if ((request->verb == PC_IMAP_VERB_SELECT ||
       request->verb == PC_IMAP_VERB_EXAMINE) &&
      pc_imap_read_char (&at, ' '))
    pc_imap_read_astring (&at, &request->mailbox);

  g_string_append (self->out, line);
}

static void
write_done (Writer *self)
{
  self->request->verb = PC_IMAP_VERB_IDLE;
  self->request->done = TRUE;
  g_string_append (self->out, "DONE");
}

/* -- public --------------------------------------------------------------- */

static gboolean
check_params (const PcAction *action,
              GError        **error)
{
  const PcActionSpec *spec = pc_action_spec_find (pc_imap_actions,
                                                  action->name);
  g_auto (GStrv)      required = NULL;
  GHashTableIter      iter;
  gpointer            name, value;

  if (spec == NULL)
    return fail (error, _ ("An IMAP client knows no action “%s”."),
                 action->name);

  g_hash_table_iter_init (&iter, action->params);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    if (!pc_action_spec_has_param (spec, name, NULL))
      return fail (error, _ ("The action has no parameter “%s”."),
                   (const char *) name);
    if (strpbrk (value, "\r\n") != NULL)
      return fail (error, _ ("The parameter “%s” has a line end in it."),
                   (const char *) name);
  }

  required = g_strsplit (spec->required, " ", -1);
  for (guint i = 0; required[i] != NULL; i++)
    if (required[i][0] != '\0' &&
        pc_action_get (action, required[i], NULL) == NULL)
      return fail (error, _ ("The parameter “%s” is missing."), required[i]);

  return TRUE;
}

PcImapRequest *
pc_imap_request_new_plain (PcImapVerb verb,
                           guint     *n_tags)
{
  return request_new (verb, n_tags, "%s", "");
}

PcImapRequest *
pc_imap_request_new (const PcImapRequestMaker *maker,
                     const PcAction           *action,
                     GError                  **error)
{
  g_autoptr (PcImapRequest) self = NULL;
  g_autoptr (GString)       out = NULL;
  guint                     n_tags = *maker->n_tags;
  Writer                    writer;

  if (!check_params (action, error))
    return NULL;

  self = g_new0 (PcImapRequest, 1);
  self->verb = PC_IMAP_N_VERBS;
  g_queue_init (&self->segments);

  out = g_string_new (NULL);
  writer = (Writer){ self, out, action, maker, error };
  if (strcmp (action->name, "raw") == 0)
    write_raw (&writer);
  else if (strcmp (action->name, "done") == 0)
    write_done (&writer);
  else if (!write_command (&writer)) {
    *maker->n_tags = n_tags;
    return NULL;
  }

  if (self->next == NULL) {
    g_string_append (out, "\r\n");
    end_segment (&writer);
  }
  return g_steal_pointer (&self);
}

void
pc_imap_request_free (PcImapRequest *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->mailbox, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_pointer (&self->sasl, pc_sasl_client_free);
  g_clear_pointer (&self->next, pc_imap_request_free);
  g_queue_clear_full (&self->segments, (GDestroyNotify) g_bytes_unref);
  g_free (self);
}
