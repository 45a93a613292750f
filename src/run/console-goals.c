/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to do at a console, and the ladder of hints towards it.
 *
 * A goal of a learner's is a list of aims, each with a command that reaches it.
 * Which one is next is read off the conversation: an aim is reached when the
 * server is in a state that it leads to, however it got there (so who logs in
 * with AUTHENTICATE is not asked for LOGIN), or else when its command was
 * answered with yes.  TFTP has no list: each packet follows from the last one.
 */

#include "run/console-private.h"

#include "proto/imap/verbs.h"
#include "proto/pop3/verbs.h"
#include "proto/smtp/verbs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define IMAP(state) (1u << PC_IMAP_##state)
#define IMAP_IN (IMAP (AUTHENTICATED) | IMAP (SELECTED) | IMAP (LOGOUT))
#define POP3(state) (1u << PC_POP3_##state)
#define POP3_OVER (POP3 (UPDATE) | POP3 (CLOSED))
#define SMTP(state) (1u << PC_SMTP_##state)
#define SMTP_MAIL (SMTP (MAIL) | SMTP (RCPT) | SMTP (DATA) | SMTP (CHUNKS))
#define SMTP_DONE (SMTP (READY) | SMTP (LOGGED_IN) | SMTP (CLOSED))

/* NUL alex NUL portcall in Base64 (RFC 4616) */
#define PLAIN "AGFsZXgAcG9ydGNhbGw="

#define ENCRYPT N_ ("Everybody on the way can read along. Before a password " \
                    "is sent, the connection should be encrypted.")
#define WHO N_ ("The server does not know yet who you are.")

static const PcConsoleAim imap_read[] = {
  { "STARTTLS", "STARTTLS", ENCRYPT, 0, PC_VARIANT_STARTTLS },
  { "LOGIN", "LOGIN alex portcall", WHO, IMAP_IN, PC_N_VARIANTS },
  { "SELECT", "SELECT INBOX",
    N_ ("Messages lie in mailboxes, and one has to be open before its "
        "messages can be fetched."),
    IMAP (SELECTED) | IMAP (LOGOUT), PC_N_VARIANTS },
  { "FETCH", "FETCH * BODY.PEEK[]",
    N_ ("The mailbox is open. The newest letter has the highest number; “*” "
        "stands for it."),
    0, PC_N_VARIANTS },
  { "LOGOUT", "LOGOUT", N_ ("You have read it. Say goodbye."), IMAP (LOGOUT),
    PC_N_VARIANTS },
  { NULL },
};

static const PcConsoleAim imap_flag[] = {
  { "STARTTLS", "STARTTLS", ENCRYPT, 0, PC_VARIANT_STARTTLS },
  { "LOGIN", "LOGIN alex portcall", WHO, IMAP_IN, PC_N_VARIANTS },
  { "SELECT", "SELECT INBOX",
    N_ ("A message has a number only while its mailbox is open."),
    IMAP (SELECTED) | IMAP (LOGOUT), PC_N_VARIANTS },
  { "STORE", "STORE 1 +FLAGS (\\Deleted)",
    N_ ("A message is not removed at once: first it is flagged as deleted."),
    0, PC_N_VARIANTS },
  { "EXPUNGE", "EXPUNGE",
    N_ ("The flag is set, and the message is still there. Now what is "
        "flagged can go for good."),
    0, PC_N_VARIANTS },
  { "LOGOUT", "LOGOUT", N_ ("It is gone. Say goodbye."), IMAP (LOGOUT),
    PC_N_VARIANTS },
  { NULL },
};

static const PcConsoleAim imap_append[] = {
  { "STARTTLS", "STARTTLS", ENCRYPT, 0, PC_VARIANT_STARTTLS },
  { "LOGIN", "LOGIN alex portcall", WHO, IMAP_IN, PC_N_VARIANTS },
  { "APPEND", "APPEND Drafts {37}",
    N_ ("Whoever puts a message into a mailbox first says how many octets it "
        "has."),
    0, PC_N_VARIANTS },
  { "LOGOUT", "LOGOUT", N_ ("The draft lies there. Say goodbye."),
    IMAP (LOGOUT), PC_N_VARIANTS },
  { NULL },
};

static const PcConsoleAim pop3_fetch[] = {
  { "STLS", "STLS", ENCRYPT, 0, PC_VARIANT_STARTTLS },
  { "USER", "USER alex", WHO,
    POP3 (USER) | POP3 (TRANSACTION) | POP3_OVER, PC_N_VARIANTS },
  { "PASS", "PASS portcall", N_ ("The server knows the name. It wants proof."),
    POP3 (TRANSACTION) | POP3_OVER, PC_N_VARIANTS },
  { "LIST", "LIST", N_ ("You do not know yet how many messages there are."),
    0, PC_N_VARIANTS },
  { "RETR", "RETR 1", N_ ("Messages are fetched whole, by number."), 0,
    PC_N_VARIANTS },
  { "DELE", "DELE 1",
    N_ ("You have a copy now. The server's may be marked to go."), 0,
    PC_N_VARIANTS },
  { "QUIT", "QUIT",
    N_ ("What is marked is deleted only when you take leave in order."),
    POP3_OVER, PC_N_VARIANTS },
  { NULL },
};

static const PcConsoleAim smtp_send[] = {
  { "EHLO", "EHLO console.example.test",
    N_ ("A client says hello first, with its name."),
    SMTP_MAIL | SMTP_DONE, PC_N_VARIANTS },
  { "STARTTLS", "STARTTLS", ENCRYPT, 0, PC_VARIANT_STARTTLS },
  { "EHLO", "EHLO console.example.test",
    N_ ("What was said in clear is forgotten: say hello again."),
    SMTP_MAIL | SMTP_DONE, PC_VARIANT_STARTTLS },
  { "AUTH", "AUTH PLAIN " PLAIN,
    N_ ("This server takes mail only from who has logged in."),
    SMTP (LOGGED_IN) | SMTP_MAIL | SMTP (CLOSED), PC_N_VARIANTS },
  { "MAIL", "MAIL FROM:<alex@example.test>",
    N_ ("A mail begins with its envelope: who sends it?"), SMTP_MAIL,
    PC_N_VARIANTS },
  { "RCPT", "RCPT TO:<robin@example.test>",
    N_ ("The envelope has no recipient yet."),
    SMTP (RCPT) | SMTP (DATA) | SMTP (CHUNKS), PC_N_VARIANTS },
  { "DATA", "DATA", N_ ("The envelope is complete. Now the letter itself."),
    SMTP (DATA), PC_N_VARIANTS },
  { NULL, "From: alex@example.test",
    N_ ("The letter begins with its header: lines with a name and a colon."),
    SMTP_DONE, PC_N_VARIANTS },
  { NULL, "To: robin@example.test", N_ ("The header goes on."), SMTP_DONE,
    PC_N_VARIANTS },
  { NULL, "Subject: Typed by hand", N_ ("The header goes on."), SMTP_DONE,
    PC_N_VARIANTS },
  { NULL, "", N_ ("An empty line parts the header from the text."), SMTP_DONE,
    PC_N_VARIANTS },
  { NULL, "Hello Robin, this was typed by hand.",
    N_ ("Below the empty line is what Robin will read."), SMTP_DONE,
    PC_N_VARIANTS },
  { NULL, ".", N_ ("The server takes everything for text, until a line has "
                   "nothing but a dot."),
    SMTP_DONE, PC_N_VARIANTS },
  { "QUIT", "QUIT", N_ ("The server has the letter. Say goodbye."),
    SMTP (CLOSED), PC_N_VARIANTS },
  { NULL },
};

static const PcConsoleTask tasks[] = {
  { { "read-newest", N_ ("Read the newest letter"),
      N_ ("Log in, open the INBOX, fetch the newest letter, say goodbye.") },
    "imap", PC_CONSOLE_CLIENT, imap_read, NULL },
  { { "delete", N_ ("Delete a letter for good"),
      N_ ("Flag the first letter of the INBOX as deleted, and remove it.") },
    "imap", PC_CONSOLE_CLIENT, imap_flag, NULL },
  { { "save-draft", N_ ("Save a draft"),
      N_ ("Put a message into Drafts, octet by octet.") },
    "imap", PC_CONSOLE_CLIENT, imap_append, NULL },
  { { "fetch-delete", N_ ("Fetch a letter and delete it"),
      N_ ("Log in, fetch the first letter, mark it, and take leave.") },
    "pop3", PC_CONSOLE_CLIENT, pop3_fetch, NULL },
  { { "send", N_ ("Send a letter"),
      N_ ("Log in, name sender and recipient, hand over the letter.") },
    "smtp", PC_CONSOLE_CLIENT, smtp_send, NULL },
  { { "get", N_ ("Fetch a file"),
      N_ ("Ask for router.cfg and confirm each block.") },
    "tftp", PC_CONSOLE_CLIENT, NULL, NULL },
  { { "put", N_ ("Send a file"),
      N_ ("Ask to write notes.txt, and send it in one block.") },
    "tftp", PC_CONSOLE_CLIENT, NULL, NULL },

  { { "read-newest", N_ ("The client reads the newest letter"),
      N_ ("It logs in, opens the INBOX, fetches the newest letter and says "
          "goodbye. You answer.") },
    "imap", PC_CONSOLE_SERVER, NULL,
    "login user=alex password=portcall;select mailbox=INBOX;"
    "fetch set=* items=BODY.PEEK[];logout" },
  { { "fetch-delete", N_ ("The client fetches a letter and deletes it"),
      N_ ("It logs in, fetches the first letter, marks it and takes leave. "
          "You answer.") },
    "pop3", PC_CONSOLE_SERVER, NULL,
    "login user=alex password=portcall;stat;retr number=1;dele number=1;"
    "quit" },
  { { "send", N_ ("The client sends a letter"),
      N_ ("It says hello, logs in and hands over a letter. You answer.") },
    "smtp", PC_CONSOLE_SERVER, NULL,
    "ehlo;auth user=alex password=portcall mechanism=plain;"
    "send from=alex@example.test to=robin@example.test @letter;quit" },
  { { "get", N_ ("The client fetches a file"),
      N_ ("It asks for motd.txt. You send it, packet by packet.") },
    "tftp", PC_CONSOLE_SERVER, NULL, "get file=motd.txt" },
  { { "put", N_ ("The client sends a file"),
      N_ ("It asks to write notes.txt. You agree and confirm.") },
    "tftp", PC_CONSOLE_SERVER, NULL, "put file=notes.txt @notes" },
};

static const char letter[] = "From: Alex <alex@example.test>\r\n"
                             "To: robin@example.test\r\n"
                             "Subject: Tomorrow\r\n"
                             "\r\n"
                             "See you at seven.\r\n";
static const char notes[] = "Switch 3 is in the cellar.\n";

/* -- the table ------------------------------------------------------------ */

static gboolean
is_task_for (const PcConsoleTask *task,
             const PcProtocol    *protocol,
             PcConsoleRole        role)
{
  return task->role == role && strcmp (task->protocol, protocol->id) == 0;
}

const PcConsoleGoal *
pc_console_get_goal (const PcProtocol *protocol,
                     PcConsoleRole     role,
                     guint             index)
{
  g_return_val_if_fail (protocol != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (is_task_for (&tasks[i], protocol, role) && index-- == 0)
      return &tasks[i].goal;

  return NULL;
}

const PcConsoleTask *
pc_console_find_task (const PcConsoleSetup *setup)
{
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (setup->goal == &tasks[i].goal)
      return &tasks[i];

  g_return_val_if_reached (NULL);
}

/* -- what a client of ours does ------------------------------------------- */

static void
add_action (GPtrArray  *plan,
            const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  PcAction *action = pc_action_new (words[0]);

  for (guint i = 1; words[i] != NULL; i++) {
    char *equals = strchr (words[i], '=');

    if (strcmp (words[i], "@letter") == 0)
      pc_action_set_data (action, letter, strlen (letter));
    else if (strcmp (words[i], "@notes") == 0)
      pc_action_set_data (action, notes, strlen (notes));
    else if (equals != NULL) {
      *equals = '\0';
      pc_action_set (action, words[i], equals + 1);
    }
  }
  g_ptr_array_add (plan, action);
}

GPtrArray *
pc_console_make_plan (const PcConsoleSetup *setup)
{
  const PcConsoleTask *task = pc_console_find_task (setup);
  GPtrArray *plan = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_action_free);
  g_auto (GStrv) parts = g_strsplit (task->plan, ";", -1);

  /* SMTP offers TLS only to who has said hello, and forgets it after. */
  if (setup->security == PC_VARIANT_STARTTLS) {
    if (strcmp (parts[0], "ehlo") == 0)
      add_action (plan, "ehlo");
    add_action (plan, "starttls");
  }
  for (guint i = 0; parts[i] != NULL; i++)
    add_action (plan, parts[i]);
  return plan;
}

/* -- which aim is next ---------------------------------------------------- */

static gboolean
has_verb (PcConsole          *self,
          PcStep             *step,
          const PcConsoleAim *aim)
{
  gsize            len;
  const char      *data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  g_autofree char *text = g_strndup (data, len);
  g_auto (PcConsoleLine) line = { 0 };

  g_strdelimit (text, "\r\n", ' ');
  pc_console_read_line (self, text, &line);
  return line.verb != NULL && strcmp (line.verb->name, aim->verb) == 0;
}

/* An untagged response of IMAP is no answer yet. */
static gboolean
is_yes (PcStep *step)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

  return pc_step_get_status (step) == PC_STATUS_OK && len > 0 &&
         data[0] != '*' && !(len > 1 && data[0] == '+' && data[1] == ' ');
}

typedef struct
{
  const PcConsoleAim *aim;
  PcStep             *command;
} Walk;

static gboolean
is_reached (PcConsole  *self,
            const Walk *walk,
            PcStep     *reply)
{
  const PcConsoleAim *aim = walk->aim;
  int state = pc_state_find (self->setup.protocol->server_states,
                             pc_step_get_server_state (reply));

  if (aim->only != PC_N_VARIANTS && aim->only != self->setup.security)
    return TRUE;
  if (aim->states != 0)
    return state >= 0 && (aim->states & (1u << state)) != 0;
  if (aim->only == PC_VARIANT_STARTTLS)
    return pc_step_get_wire (reply) != NULL;
  return walk->command != NULL && is_yes (reply) &&
         has_verb (self, walk->command, aim);
}

static void
walk_on (PcConsole *self,
         Walk      *walk,
         PcStep    *reply)
{
  while (walk->aim->line != NULL && is_reached (self, walk, reply)) {
    if (walk->aim->states == 0 && walk->aim->only == PC_N_VARIANTS)
      walk->command = NULL;
    walk->aim++;
  }
}

static gboolean
is_skipped (PcConsole          *self,
            const PcConsoleAim *aim)
{
  PcStandpoint at;

  if (aim->line == NULL || aim->only == PC_N_VARIANTS)
    return FALSE;
  pc_console_get_standpoint (self, &at);
  return aim->only != self->setup.security ||
         (aim->states == 0 && at.cover == PC_COVER_TLS);
}

/* How many lines of the message have been typed. */
static guint
count_lines (PcConsole *self)
{
  guint n = 0;

  for (guint i = self->entries->len; i > 0; i--) {
    const PcConsoleEntry *entry = self->entries->pdata[i - 1];

    if (g_ascii_strcasecmp (entry->text, "DATA") == 0)
      break;
    n++;
  }
  return n;
}

const PcConsoleAim *
pc_console_find_aim (PcConsole *self)
{
  const PcConsoleTask *task = pc_console_find_task (&self->setup);
  Walk                 walk = { task->aims, NULL };

  if (task->aims == NULL)
    return NULL;

  for (guint i = 0; i < pc_timeline_get_n_steps (self->timeline); i++) {
    PcStep *step = pc_timeline_get_step (self->timeline, i);

    if (pc_console_is_said_by (step, PC_CONSOLE_LEARNER) &&
        g_str_equal (pc_step_get_kind (step), "command"))
      walk.command = step;
    else if (pc_console_is_said_by (step, PC_CONSOLE_OTHER))
      walk_on (self, &walk, step);
  }
  while (is_skipped (self, walk.aim))
    walk.aim++;

  if (walk.aim->line != NULL && walk.aim->verb == NULL &&
      self->text == PC_TEXT_MESSAGE) {
    guint n = count_lines (self);

    while (n-- > 0 && walk.aim[1].line != NULL && walk.aim[1].verb == NULL)
      walk.aim++;
  }
  return walk.aim->line != NULL ? walk.aim : NULL;
}
