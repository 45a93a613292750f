/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can come now, and what a line that is begun can go on to.
 *
 * All of it is from the protocols' own tables: verbs with the states in which
 * they are legal, and what a server may answer to which of them.  Names are
 * those of the world that the console has.
 */

#include "run/console-private.h"

#include "base/limits.h"
#include "mail/store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
pc_console_choice_free (PcConsoleChoice *self)
{
  if (self == NULL)
    return;

  g_free (self->word);
  g_free (self->syntax);
  g_free (self->meaning);
  g_free (self->reason);
  g_free (self->line);
  g_free (self);
}

static GPtrArray *
choices_new (void)
{
  return g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_console_choice_free);
}

/* -- commands ------------------------------------------------------------- */

static gboolean
has_args (const PcVerbInfo *verb)
{
  return strcmp (verb->name, verb->syntax) != 0;
}

static char *
begin_line (PcConsole        *self,
            const PcVerbInfo *verb)
{
  const char *blank = has_args (verb) ? " " : "";

  if (self->setup.protocol->answers->tagged && !self->auto_tag)
    return g_strdup_printf ("a%u %s%s", self->n_tags + 1, verb->name, blank);
  return g_strconcat (verb->name, blank, NULL);
}

static void
add_verb (PcConsole          *self,
          GPtrArray          *choices,
          const PcStandpoint *at,
          const PcVerbInfo   *verb,
          gboolean            all)
{
  g_autofree char *reason = pc_standpoint_dup_reason (at, verb);
  PcConsoleChoice *choice;

  /* With a request a transfer of its own begins, whatever became of others. */
  if (!self->setup.protocol->stream && verb->states & 1u)
    g_clear_pointer (&reason, g_free);
  /* A variant without TLS has none to offer, whatever the state. */
  if (reason == NULL && verb->tls == PC_VERB_STARTS_TLS &&
      self->setup.security != PC_VARIANT_STARTTLS)
    reason = g_strdup (_ ("This server offers no TLS here."));
  if (reason != NULL && !all)
    return;

  choice = g_new0 (PcConsoleChoice, 1);
  choice->word = g_strdup (verb->name);
  choice->syntax = g_strdup (verb->syntax);
  choice->meaning = g_strdup (_ (verb->meaning));
  choice->reason = g_steal_pointer (&reason);
  choice->line = begin_line (self, verb);
  g_ptr_array_add (choices, choice);
}

static void
add_verbs (PcConsole *self,
           GPtrArray *choices,
           gboolean   all)
{
  PcStandpoint at;

  pc_console_get_standpoint (self, &at);
  for (const PcVerbInfo *verb = self->setup.protocol->verbs;
       verb->name != NULL; verb++)
    add_verb (self, choices, &at, verb, all);
}

/* -- replies -------------------------------------------------------------- */

static gboolean
is_word_of (const char *words,
            const char *word)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);

  return g_strv_contains ((const char *const *) list, word);
}

/* The row for what was asked: of the verb, of the greeting, of a unit of data,
 * or of all else. */
static const PcAnswerRow *
find_row (PcConsole *self)
{
  const PcAnswers      *answers = self->setup.protocol->answers;
  const PcConsoleAsked *asked = pc_console_get_asked (self);
  const char           *rule = asked != NULL && asked->data != NULL
                                   ? pc_step_get_rule (asked->data)
                                   : NULL;
  const char           *to = asked != NULL && asked->verb != NULL
                                 ? asked->verb
                                 : "greeting";

  /* What the server says by itself. */
  if (asked == NULL)
    return NULL;
  for (const PcAnswerRow *row = answers->rows; row->to != NULL; row++)
    if (*row->to == '\0' || strcmp (row->to, to) == 0 ||
        (rule != NULL && g_str_has_prefix (rule, row->to)))
      return row;
  return NULL;
}

static char *
begin_reply (PcConsole  *self,
             const char *word)
{
  const char *ellipsis = strstr (word, " \342\200\246");

  if (self->setup.protocol->answers->tagged && *word != '*' && *word != '+')
    return g_strdup_printf ("%s %s ", pc_console_get_asked_tag (self), word);
  if (ellipsis != NULL)
    return g_strndup (word, (gsize) (ellipsis + 1 - word));
  return g_strconcat (word, " ", NULL);
}

static void
add_replies (PcConsole *self,
             GPtrArray *choices,
             gboolean   all)
{
  const PcAnswers   *answers = self->setup.protocol->answers;
  const PcAnswerRow *row = find_row (self);

  for (const PcAnswerWord *word = answers->words; word->word != NULL; word++) {
    gboolean         fits = row != NULL && is_word_of (row->words, word->word);
    PcConsoleChoice *choice;

    if (!fits && !all)
      continue;
    choice = g_new0 (PcConsoleChoice, 1);
    choice->word = g_strdup (word->word);
    choice->line = begin_reply (self, word->word);
    choice->syntax = g_strdup_printf ("%s\342\200\246", choice->line);
    choice->meaning = g_strdup (_ (word->meaning));
    choice->reason = fits ? NULL
                          : g_strdup (_ ("Nobody asked for this."));
    g_ptr_array_add (choices, choice);
  }
}

GPtrArray *
pc_console_list_choices (PcConsole *self,
                         gboolean   all)
{
  g_autoptr (GPtrArray) choices = choices_new ();
  PcConsoleMode mode = pc_console_get_mode (self);

  if (mode == PC_CONSOLE_REPLY && self->setup.protocol->answers->rows != NULL)
    add_replies (self, choices, all);
  else if (mode == PC_CONSOLE_COMMAND ||
           (mode == PC_CONSOLE_PACKET &&
            self->setup.role == PC_CONSOLE_CLIENT) ||
           (all && self->setup.role == PC_CONSOLE_CLIENT))
    add_verbs (self, choices, all);
  return g_steal_pointer (&choices);
}

/* -- completion ----------------------------------------------------------- */

static gboolean
goes_on (const char *begun,
         const char *whole)
{
  return g_ascii_strncasecmp (begun, whole, strlen (begun)) == 0 &&
         strlen (whole) > strlen (begun);
}

static void
offer (GPtrArray  *lines,
       const char *before,
       const char *begun,
       const char *whole)
{
  if (goes_on (begun, whole) && lines->len < PC_LIMIT_CONSOLE_WORDS)
    g_ptr_array_add (lines, g_strconcat (before, whole, NULL));
}

static void
offer_verbs (PcConsole  *self,
             GPtrArray  *lines,
             const char *before,
             const char *begun)
{
  g_autoptr (GPtrArray) choices = pc_console_list_choices (self, TRUE);

  /* Those that are legal first. */
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < choices->len; i++) {
      const PcConsoleChoice *choice = choices->pdata[i];
      gboolean               more = strcmp (choice->word, choice->syntax) != 0;
      g_autofree char       *whole = g_strconcat (choice->word,
                                                  more ? " " : "", NULL);

      if ((choice->reason == NULL) == (round == 0))
        offer (lines, before, begun, whole);
    }
}

static gboolean
takes_mailbox (const PcVerbInfo *verb)
{
  return g_str_has_prefix (verb->syntax + strlen (verb->name), " mailbox");
}

static void
offer_mailboxes (PcConsole  *self,
                 GPtrArray  *lines,
                 const char *before,
                 const char *begun)
{
  PcAccount *account = pc_mail_store_find_user (
      pc_sites_get_store (self->sites), PC_CONSOLE_USER);

  for (guint i = 0; i < pc_account_get_n_mailboxes (account); i++)
    offer (lines, before, begun,
           pc_mailbox_get_name (pc_account_get_mailbox (account, i)));
}

/* What often follows a verb. */
static const struct
{
  const char *protocol;
  const char *verb;
  const char *args;
} usual[] = {
  { "imap", "LOGIN", "alex portcall" },
  { "imap", "AUTHENTICATE", "PLAIN" },
  { "imap", "LIST", "\"\" *" },
  { "imap", "LSUB", "\"\" *" },
  { "imap", "SEARCH", "ALL" },
  { "imap", "SEARCH", "UNSEEN" },
  { "imap", "FETCH", "1:* (FLAGS ENVELOPE)" },
  { "imap", "FETCH", "* BODY.PEEK[]" },
  { "imap", "STORE", "1 +FLAGS (\\Seen)" },
  { "imap", "STORE", "1 +FLAGS (\\Deleted)" },
  { "imap", "COPY", "1 Trash" },
  { "imap", "MOVE", "1 Trash" },
  { "imap", "GETQUOTA", "\"\"" },
  { "imap", "ID", "NIL" },
  { "pop3", "USER", "alex" },
  { "pop3", "PASS", "portcall" },
  { "pop3", "AUTH", "PLAIN" },
  { "pop3", "RETR", "1" },
  { "pop3", "TOP", "1 0" },
  { "pop3", "DELE", "1" },
  { "smtp", "EHLO", "console.example.test" },
  { "smtp", "HELO", "console.example.test" },
  { "smtp", "AUTH", "PLAIN AGFsZXgAcG9ydGNhbGw=" },
  { "smtp", "AUTH", "LOGIN" },
  { "smtp", "MAIL", "FROM:<alex@example.test>" },
  { "smtp", "RCPT", "TO:<robin@example.test>" },
  { "smtp", "VRFY", "robin" },
  { "tftp", "RRQ", "router.cfg octet" },
  { "tftp", "RRQ", "motd.txt netascii" },
  { "tftp", "WRQ", "notes.txt octet" },
};

static void
offer_args (PcConsole        *self,
            GPtrArray        *lines,
            const char       *before,
            const PcVerbInfo *verb,
            const char       *begun)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i].protocol, self->setup.protocol->id) == 0 &&
        strcmp (usual[i].verb, verb->name) == 0)
      offer (lines, before, begun, usual[i].args);
  if (strcmp (self->setup.protocol->id, "imap") == 0 && takes_mailbox (verb))
    offer_mailboxes (self, lines, before, begun);
}

static void
complete_command (PcConsole  *self,
                  const char *text,
                  GPtrArray  *lines)
{
  g_auto (PcConsoleLine) line = { 0 };
  g_autofree char *before = NULL;

  pc_console_read_line (self, text, &line);
  if (line.verb != NULL && line.args > text && line.args[-1] == ' ') {
    before = g_strndup (text, (gsize) (line.args - text));
    offer_args (self, lines, before, line.verb, line.args);
  }

  g_free (before);
  before = line.tag != NULL ? g_strconcat (line.tag, " ", NULL)
                            : g_strdup ("");
  /* "a1" alone is no beginning of a verb, and "a1 " is of each. */
  if (line.tag == NULL || strlen (text) > strlen (line.tag))
    offer_verbs (self, lines, before, text + strlen (before));
}

static void
complete_reply (PcConsole  *self,
                const char *text,
                GPtrArray  *lines)
{
  g_autoptr (GPtrArray) choices = pc_console_list_choices (self, TRUE);
  const char *end = strrchr (text, '\n');
  g_autofree char *before = NULL;

  end = end != NULL ? end + 1 : text;
  before = g_strndup (text, (gsize) (end - text));
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < choices->len; i++) {
      const PcConsoleChoice *choice = choices->pdata[i];

      if ((choice->reason == NULL) == (round == 0))
        offer (lines, before, end, choice->line);
    }
}

GPtrArray *
pc_console_complete (PcConsole  *self,
                     const char *text)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  PcConsoleMode mode = pc_console_get_mode (self);

  g_return_val_if_fail (text != NULL, NULL);

  if (mode == PC_CONSOLE_REPLY)
    complete_reply (self, text, lines);
  else if (mode == PC_CONSOLE_COMMAND || mode == PC_CONSOLE_PACKET)
    complete_command (self, text, lines);
  else if (mode == PC_CONSOLE_TEXT && self->text == PC_TEXT_IDLE)
    offer (lines, "", text, "DONE");
  return g_steal_pointer (&lines);
}
