/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ladder of hints: four rungs, from what is to be reached up to the whole
 * line.  The higher ones give less of it away only because somebody climbs one
 * at a time.
 *
 * As server the last rung is what our own server says to the very octets that
 * the client has sent.
 */

#include "run/console-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OPCODE_DATA 3
#define OPCODE_ACK 4
#define OPCODE_OACK 6
#define BLOCK 512

typedef struct
{
  char *reach;
  char *command;
  char *syntax;
  char *line;
} Ladder;

static void
ladder_clear (Ladder *ladder)
{
  g_clear_pointer (&ladder->reach, g_free);
  g_clear_pointer (&ladder->command, g_free);
  g_clear_pointer (&ladder->syntax, g_free);
  g_clear_pointer (&ladder->line, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ladder, ladder_clear)

static char *
describe_verb (const PcVerbInfo *verb)
{
  /* Translators: a command, and what it does: "LOGIN: Log in with …". */
  return g_strdup_printf (_ ("%s: %s."), verb->name, _ (verb->meaning));
}

static const PcVerbInfo *
find_verb (const PcProtocol *protocol,
           const char       *name)
{
  for (const PcVerbInfo *verb = protocol->verbs; verb->name != NULL; verb++)
    if (strcmp (verb->name, name) == 0)
      return verb;

  return NULL;
}

static PcStep *
find_last (PcConsole  *self,
           const char *actor)
{
  for (guint i = pc_timeline_get_n_steps (self->timeline);
       i > self->conn_first; i--) {
    PcStep *step = pc_timeline_get_step (self->timeline, i - 1);

    if (pc_console_is_said_by (step, actor))
      return step;
  }

  return NULL;
}

/* -- text that a command has announced ------------------------------------ */

/* What a challenge asks for, where it says so (RFC 4616 has an empty one). */
static char *
answer_challenge (PcConsole *self)
{
  PcStep *step = find_last (self, PC_CONSOLE_OTHER);
  gsize   len, blank = 0, n;
  const char *data = step != NULL
                         ? g_bytes_get_data (pc_step_get_bytes (step), &len)
                         : NULL;
  g_autofree char *coded = NULL;
  g_autofree guchar *plain = NULL;
  g_autofree char *asked = NULL;
  static const char both[] = "\0" PC_CONSOLE_USER "\0" PC_CONSOLE_PASSWORD;

  if (data == NULL)
    return NULL;
  while (blank < len && data[blank] != ' ')
    blank++;
  coded = g_strndup (data + MIN (blank + 1, len), len - MIN (blank + 1, len));
  g_strstrip (coded);
  plain = g_base64_decode (coded, &n);
  asked = g_ascii_strdown ((const char *) plain, (gssize) n);
  if (n == 0)
    return g_base64_encode ((const guchar *) both, sizeof both - 1);
  if (strstr (asked, "user") != NULL)
    return g_base64_encode ((const guchar *) PC_CONSOLE_USER,
                            strlen (PC_CONSOLE_USER));
  if (strstr (asked, "pass") != NULL)
    return g_base64_encode ((const guchar *) PC_CONSOLE_PASSWORD,
                            strlen (PC_CONSOLE_PASSWORD));
  return g_strdup ("*");
}

/* The lines of the draft that the goal is about; other literals get as many
 * octets as they have. */
static char *
fill_literal (PcConsole *self)
{
  static const struct
  {
    gsize       left;
    const char *line;
  } draft[] = {
    { 37, "Subject: Draft" },
    { 21, "" },
    { 19, "Not finished yet." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (draft); i++)
    if (draft[i].left == self->octets &&
        strcmp (self->setup.goal->id, "save-draft") == 0)
      return g_strdup (draft[i].line);
  return g_strnfill (MIN (self->octets, 60), 'x');
}

static void
climb_text (PcConsole *self,
            Ladder    *ladder)
{
  ladder->reach = pc_console_describe_mode (self);
  ladder->command = g_strdup (ladder->reach);
  ladder->syntax = g_strdup (ladder->reach);
  if (self->text == PC_TEXT_CHALLENGE)
    ladder->line = answer_challenge (self);
  else if (self->text == PC_TEXT_LITERAL)
    ladder->line = fill_literal (self);
  else
    ladder->line = g_strdup (self->text == PC_TEXT_IDLE ? "DONE" : "");
}

/* -- commands ------------------------------------------------------------- */

static void
climb_aim (PcConsole          *self,
           const PcConsoleAim *aim,
           Ladder             *ladder)
{
  const PcVerbInfo *verb = aim->verb != NULL
                               ? find_verb (self->setup.protocol, aim->verb)
                               : NULL;

  ladder->reach = g_strdup (_ (aim->reach));
  if (verb != NULL) {
    ladder->command = describe_verb (verb);
    ladder->syntax = g_strdup (verb->syntax);
  } else {
    ladder->command = pc_console_describe_mode (self);
    ladder->syntax = g_strdup (_ ("A line of text."));
  }
  if (!self->auto_tag && self->setup.protocol->answers->tagged)
    ladder->line = g_strdup_printf ("a%u %s", self->n_tags + 1, aim->line);
  else
    ladder->line = g_strdup (aim->line);
}

/* -- packets -------------------------------------------------------------- */

static guint
read_number (PcStep *step,
             guint   at)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

  return len >= at + 2 ? (guint) data[at] << 8 | data[at + 1] : 0;
}

static void
set_packet (PcConsole  *self,
            Ladder     *ladder,
            const char *name,
            char       *reach,
            char       *line)
{
  const PcVerbInfo *verb = find_verb (self->setup.protocol, name);

  ladder->reach = reach;
  ladder->command = describe_verb (verb);
  ladder->syntax = g_strdup (verb->syntax);
  ladder->line = line;
}

static void
climb_get (PcConsole *self,
           PcStep    *theirs,
           PcStep    *ours,
           Ladder    *ladder)
{
  guint opcode = theirs != NULL ? read_number (theirs, 0) : 0;
  guint block = theirs != NULL ? read_number (theirs, 2) : 0;

  if (ours == NULL)
    set_packet (self, ladder, "RRQ",
                g_strdup (_ ("Nothing comes by itself: ask for the file.")),
                g_strdup ("RRQ router.cfg octet"));
  else if (opcode == OPCODE_OACK)
    set_packet (self, ladder, "ACK",
                g_strdup (_ ("The server has agreed to options, and waits "
                             "until you confirm that.")),
                g_strdup ("ACK 0"));
  else if (opcode == OPCODE_DATA &&
           (read_number (ours, 0) != OPCODE_ACK ||
            read_number (ours, 2) != block))
    set_packet (self, ladder, "ACK",
                g_strdup_printf (_ ("Block %u is there. The next one comes "
                                    "only when you have confirmed it."),
                                 block),
                g_strdup_printf ("ACK %u", block));
}

static void
climb_put (PcConsole *self,
           PcStep    *theirs,
           PcStep    *ours,
           Ladder    *ladder)
{
  if (ours == NULL)
    set_packet (self, ladder, "WRQ",
                g_strdup (_ ("The server has to agree first: ask whether you "
                             "may write.")),
                g_strdup ("WRQ notes.txt octet"));
  else if (theirs != NULL && read_number (ours, 0) != OPCODE_DATA &&
           (read_number (theirs, 0) == OPCODE_OACK ||
            (read_number (theirs, 0) == OPCODE_ACK &&
             read_number (theirs, 2) == 0)))
    set_packet (self, ladder, "DATA",
                g_strdup (_ ("The server is ready. Send the first block; one "
                             "shorter than 512 octets is the last.")),
                g_strdup ("DATA 1 Switch 3 is in the cellar."));
}

/* -- as server ------------------------------------------------------------ */

static const char *
find_meaning (const PcAnswers *answers,
              const char      *word)
{
  for (const PcAnswerWord *row = answers->words;
       row != NULL && row->word != NULL; row++)
    if (strcmp (row->word, word) == 0)
      return row->meaning;

  return NULL;
}

static void
climb_reply (PcConsole *self,
             Ladder    *ladder)
{
  const PcConsoleAsked *asked = pc_console_get_asked (self);
  const PcVerbInfo *verb = asked != NULL && asked->verb != NULL
                               ? find_verb (self->setup.protocol, asked->verb)
                               : NULL;
  const PcAnswers  *answers = self->setup.protocol->answers;
  g_autofree char  *line = pc_console_play_answer (self);
  g_autofree char  *word = NULL;
  const char       *meaning;

  if (line == NULL)
    return;

  word = answers->read ((const guint8 *) line, strlen (line));
  meaning = word != NULL ? find_meaning (answers, word) : NULL;
  if (verb != NULL)
    ladder->reach = g_strdup_printf (
        _ ("The client has sent %s (%s) and waits for the answer."),
        verb->name, _ (verb->meaning));
  else if (asked->verb == NULL)
    ladder->reach = g_strdup (_ ("The server speaks first: the client waits "
                                 "for a greeting."));
  else
    ladder->reach = pc_console_describe_mode (self);
  /* Translators: with what an answer begins, and what that means. */
  ladder->command = meaning != NULL
                        ? g_strdup_printf (_ ("Begin with “%s”: %s."), word,
                                           _ (meaning))
                        : g_strdup (ladder->reach);
  ladder->syntax = answers->tagged && verb != NULL
                       ? g_strdup (_ ("Untagged lines begin with “*”. The "
                                      "last line begins with the command's "
                                      "tag, then OK, NO or BAD, then words."))
                       : g_strdup (ladder->command);
  ladder->line = g_steal_pointer (&line);
}

static void
climb_packet (PcConsole *self,
              Ladder    *ladder)
{
  g_autofree char *line = pc_console_play_answer (self);
  g_autofree char *name = line != NULL
                              ? g_strndup (line, strcspn (line, " "))
                              : NULL;

  if (name != NULL && find_verb (self->setup.protocol, name) != NULL)
    set_packet (self, ladder, name,
                g_strdup (_ ("The client has sent its packet and waits for "
                             "yours.")),
                g_steal_pointer (&line));
}

/* -- public --------------------------------------------------------------- */

static void
climb_client (PcConsole *self,
              Ladder    *ladder)
{
  const PcConsoleAim *aim;

  if (!self->setup.protocol->stream) {
    PcStep *theirs = find_last (self, PC_CONSOLE_OTHER);
    PcStep *ours = find_last (self, PC_CONSOLE_LEARNER);

    if (strcmp (self->setup.goal->id, "put") == 0)
      climb_put (self, theirs, ours, ladder);
    else
      climb_get (self, theirs, ours, ladder);
    return;
  }

  aim = pc_console_find_aim (self);
  if (self->text != PC_TEXT_COMMAND &&
      (self->text != PC_TEXT_MESSAGE || aim == NULL || aim->verb != NULL)) {
    climb_text (self, ladder);
    if (self->text == PC_TEXT_MESSAGE) {
      g_free (ladder->line);
      ladder->line = g_strdup (".");
    }
  } else if (aim != NULL) {
    climb_aim (self, aim, ladder);
  }
}

char *
pc_console_get_hint (PcConsole *self,
                     guint      rung)
{
  PcConsoleMode mode = pc_console_get_mode (self);
  g_auto (Ladder) ladder = { 0 };

  g_return_val_if_fail (rung >= 1 && rung <= PC_CONSOLE_RUNGS, NULL);

  if (mode == PC_CONSOLE_REPLY)
    climb_reply (self, &ladder);
  else if (mode == PC_CONSOLE_PACKET &&
           self->setup.role == PC_CONSOLE_SERVER)
    climb_packet (self, &ladder);
  else if (mode != PC_CONSOLE_CLOSED && mode != PC_CONSOLE_WAITING)
    climb_client (self, &ladder);

  switch (rung) {
  case 1:
    return g_steal_pointer (&ladder.reach);
  case 2:
    return g_steal_pointer (&ladder.command);
  case 3:
    return g_steal_pointer (&ladder.syntax);
  default:
    return g_steal_pointer (&ladder.line);
  }
}

/* All of a file has come, or gone, and that was confirmed. */
static gboolean
is_transferred (PcConsole *self)
{
  PcStep *theirs = find_last (self, PC_CONSOLE_OTHER);
  PcStep *ours = find_last (self, PC_CONSOLE_LEARNER);
  gboolean put = strcmp (self->setup.goal->id, "put") == 0;
  PcStep *data = put ? ours : theirs;
  PcStep *ack = put ? theirs : ours;

  return data != NULL && ack != NULL &&
         read_number (data, 0) == OPCODE_DATA &&
         read_number (ack, 0) == OPCODE_ACK &&
         read_number (ack, 2) == read_number (data, 2) &&
         g_bytes_get_size (pc_step_get_bytes (data)) < 4 + BLOCK;
}

gboolean
pc_console_is_goal_reached (PcConsole *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->setup.role == PC_CONSOLE_SERVER)
    return self->reached;
  if (!self->setup.protocol->stream)
    return is_transferred (self);
  return pc_timeline_get_n_steps (self->timeline) > 0 &&
         pc_console_find_aim (self) == NULL;
}
