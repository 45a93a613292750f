/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with a line, as far as the tables of its protocol tell.
 *
 * Nothing is held back for it: a mistake is sent, and the other end's answer
 * says more than we can.  What a command's arguments mean is only counted here;
 * the server reads them.
 */

#include "run/console-private.h"

#include "base/limits.h"
#include "proto/imap/client.h"
#include "proto/registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

PcConsoleRemark *
pc_console_remark_new (PcStatus    status,
                       const char *code,
                       char       *text)
{
  PcConsoleRemark *self = g_new0 (PcConsoleRemark, 1);

  self->status = status;
  self->code = code;
  self->text = text;
  return self;
}

static PcConsoleRemark *
wrong (const char *code,
       char       *text)
{
  return pc_console_remark_new (PC_STATUS_ERROR, code, text);
}

static PcConsoleRemark *
mind (const char *code,
      char       *text)
{
  return pc_console_remark_new (PC_STATUS_WARNING, code, text);
}

/* -- arguments ------------------------------------------------------------ */

/* "set [(UNCHANGEDSINCE modseq)] +FLAGS (flags)": words that must be there. */
static guint
count_required (const char *syntax)
{
  guint    n = 0;
  guint    brackets = 0;
  gboolean inside = FALSE;

  if (strstr (syntax, " or ") != NULL)
    return 1;
  for (const char *at = syntax; *at != '\0'; at++) {
    gboolean ends = *at == ' ' && brackets == 0;

    if (*at == '[')
      brackets++;
    else if (*at == ']')
      brackets--;
    else if (ends)
      inside = FALSE;
    else if (brackets == 0 && !inside && *at != '.') {
      inside = TRUE;
      n++;
    }
  }

  return n;
}

/* Words, where what is quoted or in parentheses is one. */
static guint
count_words (const char *text)
{
  guint    n = 0;
  guint    depth = 0;
  gboolean quoted = FALSE;
  gboolean inside = FALSE;

  for (; *text != '\0'; text++) {
    if (*text == ' ' && !quoted && depth == 0) {
      inside = FALSE;
      continue;
    }
    n += !inside;
    inside = TRUE;
    if (*text == '"')
      quoted = !quoted;
    else if (*text == '(' && !quoted)
      depth++;
    else if (*text == ')' && !quoted && depth > 0)
      depth--;
  }

  return n;
}

/* "LOGIN {4}": the rest comes in further lines. */
static gboolean
goes_on (const PcConsole *self,
         const char      *text)
{
  gsize    octets;
  gboolean at_once;

  return self->setup.protocol->answers->tagged &&
         pc_imap_client_read_count (text, &octets, &at_once);
}

static PcConsoleRemark *
judge_args (const PcConsole     *self,
            const PcConsoleLine *line)
{
  const char *syntax = line->verb->syntax + strlen (line->verb->name);
  guint       required = count_required (syntax);
  guint       n = count_words (line->args);

  if (n < required && !goes_on (self, line->args))
    return wrong ("missing-argument",
                  g_strdup_printf (_ ("Something is missing behind %s. It is "
                                      "written: %s"),
                                   line->verb->name, line->verb->syntax));
  if (*syntax == '\0' && n > 0)
    return mind ("extra-argument",
                 g_strdup_printf (_ ("Nothing belongs behind %s."),
                                  line->verb->name));
  return NULL;
}

/* -- verbs ---------------------------------------------------------------- */

static const PcProtocol *
find_other_protocol (const PcProtocol *own,
                     const char       *word)
{
  for (guint i = 0; i < PC_N_PROTOCOLS; i++) {
    const PcProtocol *protocol = pc_registry_get (i);

    for (const PcVerbInfo *verb = protocol->verbs;
         protocol != own && verb->name != NULL; verb++)
      if (g_ascii_strcasecmp (verb->name, word) == 0)
        return protocol;
  }

  return NULL;
}

/* One letter too many, too few, wrong, or two exchanged. */
static gboolean
is_close (const char *typed,
          const char *name)
{
  gsize same = 0;
  gsize a = strlen (typed), b = strlen (name);
  gsize tail = 0;

  while (same < MIN (a, b) &&
         g_ascii_toupper (typed[same]) == g_ascii_toupper (name[same]))
    same++;
  while (tail < MIN (a, b) - same &&
         g_ascii_toupper (typed[a - 1 - tail]) ==
             g_ascii_toupper (name[b - 1 - tail]))
    tail++;
  if (MAX (a, b) - same - tail <= 1)
    return MAX (a, b) > 2;
  return a == b && a - same - tail == 2 &&
         g_ascii_toupper (typed[same]) == g_ascii_toupper (name[same + 1]) &&
         g_ascii_toupper (typed[same + 1]) == g_ascii_toupper (name[same]);
}

static PcConsoleRemark *
judge_unknown (const PcConsole     *self,
               const PcConsoleLine *line)
{
  const PcProtocol *own = self->setup.protocol;
  const PcProtocol *other = find_other_protocol (own, line->word);

  for (const PcVerbInfo *verb = own->verbs; verb->name != NULL; verb++)
    if (is_close (line->word, verb->name))
      return wrong ("unknown-verb",
                    g_strdup_printf (_ ("%s has no command “%s”. Did you mean "
                                        "%s?"),
                                     own->name, line->word, verb->name));
  if (other != NULL)
    return wrong ("other-protocol",
                  g_strdup_printf (_ ("%s is a command of %s. This server "
                                      "speaks %s."),
                                   line->word, other->name, own->name));
  return wrong ("unknown-verb",
                g_strdup_printf (_ ("%s has no command “%s”."), own->name,
                                 line->word));
}

static gboolean
is_tag_used (PcConsole  *self,
             const char *tag)
{
  for (guint i = self->entries->len; i > 0; i--) {
    const PcConsoleEntry *entry = self->entries->pdata[i - 1];
    gsize                 len = strlen (tag);

    if (entry->first < self->conn_first)
      break;
    if (strncmp (entry->text, tag, len) == 0 && entry->text[len] == ' ')
      return TRUE;
  }

  return FALSE;
}

static PcConsoleRemark *
judge_tag (PcConsole           *self,
           const PcConsoleLine *line)
{
  if (line->tag == NULL)
    return self->auto_tag
               ? NULL
               : wrong ("tag-missing",
                        g_strdup (_ ("Each command of IMAP begins with a tag "
                                     "of your own, such as a1. The server's "
                                     "answer carries it back.")));
  if (strpbrk (line->tag, "(){%*\"\\+]") != NULL)
    return wrong ("tag-illegal",
                  g_strdup (_ ("A tag has no brackets, quotes, stars or plus "
                               "signs.")));
  if (is_tag_used (self, line->tag))
    return mind ("tag-used",
                 g_strdup_printf (_ ("The tag %s was used before. The server "
                                     "does not mind, but its answers cannot "
                                     "be told apart any more."),
                                  line->tag));
  return NULL;
}

static PcConsoleRemark *
judge_moment (PcConsole           *self,
              const PcConsoleLine *line)
{
  PcStandpoint     at;
  g_autofree char *reason = NULL;

  pc_console_get_standpoint (self, &at);
  reason = pc_standpoint_dup_reason (&at, line->verb);
  if (reason != NULL)
    return wrong ("wrong-state",
                  /* Translators: why the command may not come now. */
                  g_strdup_printf (_ ("%s may not come now. %s"),
                                   line->verb->name, reason));
  if (line->verb->tls == PC_VERB_STARTS_TLS &&
      self->setup.security != PC_VARIANT_STARTTLS)
    return mind ("no-tls",
                 g_strdup (_ ("This server has not offered to switch to "
                              "TLS.")));
  return NULL;
}

static PcConsoleRemark *
judge_privacy (PcConsole           *self,
               const PcConsoleLine *line)
{
  PcStandpoint at;

  pc_console_get_standpoint (self, &at);
  if (line->verb->tls != PC_VERB_PASSWORD || at.cover != PC_COVER_NONE)
    return NULL;
  return mind ("password-in-clear",
               g_strdup (_ ("There is no TLS: everybody on the way can read "
                            "this password.")));
}

/* -- lines ---------------------------------------------------------------- */

static gsize
find_longest (PcConsole *self)
{
  const char *id = self->setup.protocol->id;

  if (strcmp (id, "pop3") == 0)
    return PC_LIMIT_POP3_LINE;
  if (strcmp (id, "smtp") == 0)
    return PC_LIMIT_SMTP_LINE;
  return pc_console_get_state (self) <= 1 ? PC_LIMIT_IMAP_LINE_PREAUTH
                                          : PC_LIMIT_IMAP_LINE;
}

static PcConsoleRemark *
judge_form (PcConsole  *self,
            const char *text)
{
  if (*text == '\0')
    return mind ("empty", g_strdup (_ ("This line is empty.")));
  if (*text == ' ')
    return wrong ("leading-blank",
                  g_strdup (_ ("A command does not begin with a blank.")));
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return wrong ("control",
                    g_strdup (_ ("There is a control character in this line, "
                                 "such as a tab.")));
  if (strlen (text) + 2 > find_longest (self))
    return wrong ("too-long",
                  g_strdup_printf (_ ("This server takes no command of more "
                                      "than %u octets, line end included."),
                                   (guint) find_longest (self)));
  return NULL;
}

static PcConsoleRemark *
judge_command (PcConsole  *self,
               const char *text)
{
  g_auto (PcConsoleLine) line = { 0 };
  PcConsoleRemark *remark = judge_form (self, text);

  if (remark != NULL)
    return remark;

  pc_console_read_line (self, text, &line);
  if (self->setup.protocol->answers->tagged) {
    remark = judge_tag (self, &line);
    if (remark != NULL && remark->status == PC_STATUS_ERROR)
      return remark;
    if (remark == NULL && *line.word == '\0')
      remark = wrong ("no-command",
                      g_strdup (_ ("There is a tag, and no command behind "
                                   "it.")));
    if (remark != NULL)
      return remark;
  }
  if (line.verb == NULL)
    return judge_unknown (self, &line);

  remark = judge_moment (self, &line);
  if (remark == NULL)
    remark = judge_args (self, &line);
  return remark != NULL ? remark : judge_privacy (self, &line);
}

static gboolean
is_base64 (const char *text)
{
  gsize len = strlen (text);
  gsize end = len;

  while (end > 0 && len - end < 2 && text[end - 1] == '=')
    end--;
  for (gsize i = 0; i < end; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;
  return len % 4 == 0;
}

static PcConsoleRemark *
judge_text (PcConsole  *self,
            const char *text)
{
  switch (self->text) {
  case PC_TEXT_CHALLENGE:
    if (strcmp (text, "*") != 0 && !is_base64 (text))
      return wrong ("not-base64",
                    g_strdup (_ ("This is not Base64. “*” gives the login "
                                 "up.")));
    break;
  case PC_TEXT_MESSAGE:
    if (text[0] == '.' && text[1] != '.' && text[1] != '\0')
      return mind ("dot",
                   g_strdup (_ ("The server takes the first dot of such a "
                                "line away: write two.")));
    break;
  case PC_TEXT_LITERAL:
    /* What follows a literal is a blank and more, or a bracket. */
    if (strlen (text) > self->octets && text[self->octets] != ' ' &&
        text[self->octets] != ')')
      return mind ("literal-long",
                   g_strdup_printf (
                       ngettext ("Only one octet of this is still the "
                                 "literal; what is behind belongs to the "
                                 "command.",
                                 "Only %u octets of this are still the "
                                 "literal; what is behind belongs to the "
                                 "command.",
                                 (guint) self->octets),
                       (guint) self->octets));
    break;
  case PC_TEXT_IDLE:
    if (g_ascii_strcasecmp (text, "DONE") != 0)
      return wrong ("not-done",
                    g_strdup (_ ("While the server tells of news it takes "
                                 "nothing but DONE.")));
    break;
  case PC_TEXT_COMMAND:
  case PC_TEXT_REST:
  default:
    break;
  }

  return NULL;
}

/* -- replies -------------------------------------------------------------- */

static PcConsoleRemark *
judge_reply (PcConsole  *self,
             const char *text)
{
  const PcAnswers *answers = self->setup.protocol->answers;
  g_autofree char *line = g_strconcat (text, "\r\n", NULL);
  g_autofree char *word = answers->read ((const guint8 *) line,
                                         strlen (line));
  g_autoptr (GPtrArray) choices = pc_console_list_choices (self, FALSE);
  const char      *tag = pc_console_get_asked_tag (self);
  gsize            len = strlen (tag);

  /* The rest of a reply that has begun. */
  if (pc_console_play_is_open (self))
    return NULL;
  if (word == NULL)
    return wrong ("not-a-reply",
                  g_strdup_printf (_ ("No reply of %s begins like this."),
                                   self->setup.protocol->name));
  if (answers->tagged && *text != '*' && *text != '+' &&
      (strncmp (text, tag, len) != 0 || text[len] != ' '))
    return wrong ("wrong-tag",
                  *tag == '*'
                      ? g_strdup (_ ("There is no command to answer: what "
                                     "the server says by itself begins with "
                                     "“*”."))
                      : g_strdup_printf (_ ("The command has the tag %s, and "
                                            "its answer must begin with "
                                            "it."),
                                         tag));
  for (guint i = 0; i < choices->len; i++)
    if (strcmp (((PcConsoleChoice *) choices->pdata[i])->word, word) == 0)
      return NULL;
  /* Untagged data may come at any time. */
  if (choices->len == 0 || (answers->tagged && *text == '*'))
    return NULL;
  return mind ("unexpected-reply",
               g_strdup_printf (_ ("“%s” is no usual answer to this."),
                                word));
}

PcConsoleRemark *
pc_console_judge (PcConsole  *self,
                  const char *text)
{
  g_autofree char *whole = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  switch (pc_console_get_mode (self)) {
  case PC_CONSOLE_COMMAND:
    whole = pc_console_complete_line (self, text);
    return judge_command (self, whole);
  case PC_CONSOLE_TEXT:
    return judge_text (self, text);
  case PC_CONSOLE_REPLY:
    return judge_reply (self, text);
  case PC_CONSOLE_CLOSED:
  case PC_CONSOLE_WAITING:
  case PC_CONSOLE_PACKET:
  default:
    return NULL;
  }
}

/* -- what came of it ------------------------------------------------------ */

void
pc_console_judge_steps (PcConsole      *self,
                        PcConsoleEntry *entry)
{
  if (entry->after != NULL)
    return;

  for (guint i = entry->first; i < entry->first + entry->n_steps; i++) {
    PcStep     *step = pc_timeline_get_step (self->timeline, i);
    const char *explanation = pc_step_get_explanation (step);

    if (pc_step_get_status (step) == PC_STATUS_OK ||
        !pc_console_is_said_by (step, PC_CONSOLE_OTHER))
      continue;
    entry->after = pc_console_remark_new (
        pc_step_get_status (step), pc_step_get_rule (step),
        g_strdup (*explanation != '\0' ? explanation
                                       : pc_step_get_title (step)));
    return;
  }
}
