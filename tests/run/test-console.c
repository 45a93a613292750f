/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The console: sessions that somebody types, with mistakes, against each of our
 * servers; the same again from the saved scenario; our clients against somebody
 * who plays the server, well and badly; what is offered, judged and hinted. */

#include "run/console.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <string.h>

static PcConsole *
console_new (const char   *protocol,
             PcConsoleRole role,
             PcVariant     security,
             PcLinkKind    link)
{
  PcConsoleSetup setup = { .protocol = pc_registry_find (protocol),
                           .role = role,
                           .security = security,
                           .link = link };
  g_autoptr (GError) error = NULL;
  PcConsole *console = pc_console_new (&setup, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (pc_console_connect (console, &error));
  g_assert_no_error (error);
  pc_console_settle (console);
  return console;
}

static const char *
code (const PcConsoleRemark *remark)
{
  return remark != NULL ? remark->code : NULL;
}

static const PcConsoleEntry *
newest (PcConsole *console)
{
  return pc_console_get_entry (console,
                               pc_console_get_n_entries (console) - 1);
}

static void
type (PcConsole  *console,
      const char *text)
{
  g_autoptr (GError) error = NULL;

  pc_console_send (console, text, &error);
  if (error != NULL)
    g_test_message ("“%s”: %s", text, error->message);
  g_assert_no_error (error);
  pc_console_settle (console);
}

static void
type_packet (PcConsole  *console,
             const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PcPacket) packet = pc_packet_parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (pc_console_send_packet (console, packet, &error));
  g_assert_no_error (error);
  pc_console_settle (console);
}

/* The states of the server, in English. */
static const char *
state (PcConsole *console)
{
  PcStandpoint at;

  pc_console_get_standpoint (console, &at);
  return at.now[PC_ROLE_SERVER];
}

/* -- sessions and their scenarios ------------------------------------------ */

typedef struct
{
  const char *text;
  const char *before; /* code of the judgement; NULL: none */
  const char *after;  /* the same of what came of it */
  const char *state;  /* then; NULL: not looked at */
} Line;

typedef struct
{
  const char *protocol;
  Line        lines[48];
} Session;

static const Session imap = {
  "imap",
  {
    { "SELECT INBOX", "wrong-state", "imap.bad", "Not authenticated" },
    { "HELP", "other-protocol", "imap.bad" },
    { "RETR 1", "other-protocol", "imap.bad" },
    { "LGIN alex portcall", "unknown-verb", "imap.bad" },
    { "LOGIN alex", "missing-argument", "imap.bad" },
    { "LOGIN alex wrong", "password-in-clear", "imap.login.no" },
    { "b1 LOGIN {4}", "password-in-clear", NULL, "Not authenticated" },
    { "alex portcall", NULL, NULL, "Authenticated" },
    { "b1 NOOP", "tag-used", NULL },
    { "SELECT Nowhere", NULL, "imap.select.no", "Authenticated" },
    { "SELECT INBOX", NULL, NULL, "Selected" },
    { "FETCH 99 FLAGS", NULL, "imap.bad" },
    { "FETCH * BODY.PEEK[]", NULL, NULL },
    { "NOOP now", "extra-argument", "imap.bad" },
    { "b2", "no-command", "imap.tag-unknown" },
    { "STORE 2 +FLAGS (\\Flagged)", NULL, NULL },
    { "APPEND Drafts {37}", NULL, NULL, "Selected" },
    { "Subject: Draft", NULL, NULL },
    { "", NULL, NULL },
    { "Not finished yet.", NULL, NULL },
    { "", NULL, NULL },
    { "APPEND Drafts {8+}", NULL, NULL },
    { "A: b", NULL, NULL },
    { "", NULL, NULL },
    { "", NULL, NULL },
    { "STATUS Drafts (MESSAGES)", NULL, NULL },
    { "IDLE", NULL, NULL },
    { "DONE", NULL, NULL },
    { "CLOSE", NULL, NULL, "Authenticated" },
    { "LOGOUT", NULL, NULL, "Logout" },
    { NULL },
  },
};

static const Session pop3 = {
  "pop3",
  {
    { "STAT", "wrong-state", "pop3.state.err", "AUTHORIZATION" },
    { "LOGIN alex portcall", "other-protocol", "pop3.unknown.err" },
    { "USER", "missing-argument", "pop3.user.err" },
    { "USER alex", NULL, NULL, "AUTHORIZATION, user named" },
    { "PASS guess", "password-in-clear", "pop3.pass.err" },
    { "AUTH PLAIN", "password-in-clear", NULL },
    { "no base64!", "not-base64", "pop3.auth.err" },
    { "USER alex", NULL, NULL },
    { "PASS portcall", "password-in-clear", NULL, "TRANSACTION" },
    { "LIST", NULL, NULL },
    { "RETR 4", NULL, NULL },
    { "RETR 44", NULL, "pop3.retr.err" },
    { "TOP 1", "missing-argument", "pop3.top.err" },
    { "TOP 1 0", NULL, NULL },
    { "DELE 1", NULL, NULL },
    { "DELE 1", NULL, "pop3.dele.err" },
    { "QUIT", NULL, NULL, "UPDATE" },
    { NULL },
  },
};

static const Session smtp = {
  "smtp",
  {
    { "MAIL FROM:<alex@example.test>", "wrong-state", "smtp.error.order" },
    { "EHLO", "missing-argument", "smtp.ehlo.refused" },
    { "EHLO console.example.test", NULL, NULL, "Ready" },
    { "MAIL FROM:<alex@example.test>", NULL, "smtp.error.auth-needed" },
    { "AUTH LOGIN", "password-in-clear", NULL, "Logging in" },
    { "YWxleA==", NULL, NULL },
    { "bm90aGlz", NULL, "smtp.auth.refused", "Ready" },
    { "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=", "password-in-clear", NULL,
      "Ready, logged in" },
    { "MAIL FROM:<alex@example.test>", NULL, NULL, "Sender known" },
    { "DATA", "wrong-state", "smtp.error.order" },
    { "RCPT TO:<nobody@example.test>", NULL, "smtp.rcpt.unknown-user" },
    { "RCPT TO:<robin@example.test>", NULL, NULL, "Recipients known" },
    { "DATA", NULL, NULL, "Message under way" },
    { "From: alex@example.test", NULL, NULL },
    { "Subject: By hand", NULL, NULL },
    { "", NULL, NULL },
    { "..", NULL, NULL },
    { ".half", "dot", NULL },
    { ".", NULL, NULL, "Ready, logged in" },
    { "MAIL FROM:<alex@example.test>", NULL, NULL },
    { "RCPT TO:<robin@example.test>", NULL, NULL },
    { "BDAT many", NULL, "smtp.error.syntax" },
    { "BDAT 14", NULL, NULL, "Recipients known" },
    { "Subject: two", NULL, NULL, "Message under way in pieces" },
    { "BDAT 10 LAST", NULL, NULL },
    { "", NULL, NULL },
    { "Pieces", NULL, NULL, "Ready, logged in" },
    { "SUBJECT: late", "unknown-verb", "smtp.error.unknown" },
    { "QUIT", NULL, NULL, "Closed" },
    { NULL },
  },
};

static void
check_line (PcConsole  *console,
            const Line *line)
{
  const PcConsoleEntry *entry;

  type (console, line->text);
  entry = newest (console);
  g_test_message ("%s: %s, %s, %s", line->text, code (entry->before),
                  code (entry->after), state (console));
  g_assert_cmpstr (code (entry->before), ==, line->before);
  g_assert_cmpstr (code (entry->after), ==, line->after);
  if (line->state != NULL)
    g_assert_cmpstr (state (console), ==, line->state);
}

static gboolean
is_words (PcStep *step)
{
  return pc_step_get_layer (step) == PC_LAYER_APP ||
         pc_step_get_layer (step) == PC_LAYER_UDP;
}

/* What TLS puts on the wire is never the same twice; nor are dates, where the
 * clock is a real one.  In memory, each step may be so much earlier or later
 * than the one before. */
static void
compare_steps (PcStep    *a,
               PcStep    *b,
               PcLinkKind link,
               gint64     play)
{
  g_test_message ("%u: %s / %s", pc_step_get_number (a),
                  pc_step_get_summary (a), pc_step_get_summary (b));
  g_assert_cmpstr (pc_step_get_rule (a), ==, pc_step_get_rule (b));
  g_assert_cmpstr (pc_step_get_kind (a), ==, pc_step_get_kind (b));
  g_assert_cmpstr (pc_step_get_from (a), ==, pc_step_get_from (b));
  g_assert_cmpuint (pc_step_get_conn (a), ==, pc_step_get_conn (b));
  g_assert_cmpint (pc_step_get_status (a), ==, pc_step_get_status (b));
  g_assert_true (pc_step_get_client_state (a) == pc_step_get_client_state (b));
  g_assert_true (pc_step_get_server_state (a) == pc_step_get_server_state (b));
  if (link == PC_LINK_MEMORY && is_words (a)) {
    g_assert_true (g_bytes_equal (pc_step_get_bytes (a),
                                  pc_step_get_bytes (b)));
    g_assert_cmpint (ABS (pc_step_get_time (a) - pc_step_get_time (b)), <=,
                     play * pc_step_get_number (a));
  }
}

static void
compare_timelines (PcConsole  *console,
                   PcTimeline *b,
                   PcLinkKind  link)
{
  PcTimeline *a = pc_console_get_timeline (console);
  guint  n = MIN (pc_timeline_get_n_steps (a), pc_timeline_get_n_steps (b));
  gint64 play = 0;

  /* How long somebody thought about a reply is known to the millisecond; of a
   * long session, it is made shorter. */
  if (pc_console_get_setup (console)->role == PC_CONSOLE_SERVER)
    play = pc_console_get_n_entries (console) < 600 ? 1000 : 11000;

  for (guint i = 0; i < n; i++)
    compare_steps (pc_timeline_get_step (a, i), pc_timeline_get_step (b, i),
                   link, play);
  g_assert_cmpuint (pc_timeline_get_n_steps (a), ==,
                    pc_timeline_get_n_steps (b));
}

static void
check_saved (PcConsole *console,
             PcLinkKind link)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *json = pc_console_save (console, "typed", "Typed", &error);
  g_autoptr (PcScenario) scenario = NULL;
  g_autoptr (PcTimeline) again = NULL;

  g_assert_no_error (error);
  scenario = pc_scenario_parse ("typed", (const guint8 *) json, strlen (json),
                                problems);
  if (g_test_verbose ())
    g_test_message ("%s", json);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  again = pc_run_scenario (scenario, link, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pc_timeline_get_reason (again), ==, NULL);
  g_assert_cmpint (pc_timeline_get_outcome (again), ==, PC_OUTCOME_OK);
  compare_timelines (console, again, link);
}

static void
test_session (gconstpointer data)
{
  const Session *session = data;

  for (PcLinkKind link = PC_LINK_SOCKETS; link <= PC_LINK_MEMORY; link++) {
    g_autoptr (PcConsole) console = console_new (
        session->protocol, PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, link);

    for (const Line *line = session->lines; line->text != NULL; line++)
      check_line (console, line);
    g_assert_cmpint (pc_console_get_mode (console), ==, PC_CONSOLE_CLOSED);
    check_saved (console, link);
  }
}

static void
test_closed (void)
{
  g_autoptr (PcConsole) console = console_new (
      "pop3", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autoptr (GError) error = NULL;

  type (console, "USER alex");
  g_assert_false (pc_console_connect (console, &error));
  g_clear_error (&error);
  pc_console_close (console);
  pc_console_settle (console);
  g_assert_cmpint (pc_console_get_mode (console), ==, PC_CONSOLE_CLOSED);
  g_assert_false (pc_console_send (console, "PASS portcall", &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);

  g_assert_true (pc_console_connect (console, NULL));
  pc_console_settle (console);
  type (console, "USER robin");
  pc_console_cut (console);
  pc_console_settle (console);
  g_assert_true (pc_console_connect (console, NULL));
  pc_console_settle (console);
  type (console, "QUIT");
  check_saved (console, PC_LINK_MEMORY);
}

/* Who thinks before typing is not sent away for it. */
static void
test_patience (void)
{
  for (guint i = 0; i < 3; i++) {
    static const char *const protocols[] = { "imap", "pop3", "smtp" };
    g_autoptr (PcConsole) console = console_new (
        protocols[i], PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
    guint n = pc_timeline_get_n_steps (pc_console_get_timeline (console));

    /* Until something happens, which is the end of patience. */
    pc_console_idle (console);
    g_assert_cmpuint (pc_timeline_get_n_steps (
                          pc_console_get_timeline (console)),
                      >, n);
    g_assert_cmpint (pc_step_get_time (pc_timeline_get_step (
                         pc_console_get_timeline (console), n)),
                     >, PC_LIMIT_CONSOLE_WAIT);
  }
}

/* -- hints ----------------------------------------------------------------- */

static const char *const words[] = { "imap", "pop3", "smtp" };

/* Whoever does what the last rung says gets there. */
static void
climb (PcConsole *console)
{
  for (guint n = 0; n < 60 && !pc_console_is_goal_reached (console); n++) {
    g_autofree char *line = NULL;

    for (guint rung = 1; rung < PC_CONSOLE_RUNGS; rung++) {
      g_autofree char *hint = pc_console_get_hint (console, rung);

      g_assert_nonnull (hint);
      g_assert_cmpuint (strlen (hint), >, 0);
    }
    line = pc_console_get_hint (console, PC_CONSOLE_RUNGS);
    g_test_message ("%s", line);
    g_assert_nonnull (line);
    if (pc_console_get_mode (console) == PC_CONSOLE_PACKET)
      type_packet (console, line);
    else
      type (console, line);
  }
  g_assert_true (pc_console_is_goal_reached (console));
}

static void
climb_goals (const char   *protocol,
             PcConsoleRole role,
             PcVariant     security)
{
  const PcProtocol    *row = pc_registry_find (protocol);
  const PcConsoleGoal *goal;

  for (guint i = 0; (goal = pc_console_get_goal (row, role, i)) != NULL; i++) {
    PcConsoleSetup setup = { row, role, security, goal, PC_LINK_MEMORY };
    g_autoptr (GError) error = NULL;
    g_autoptr (PcConsole) console = pc_console_new (&setup, NULL, NULL,
                                                    &error);

    g_test_message ("%s %s %d %d", protocol, goal->id, role, security);
    g_assert_no_error (error);
    g_assert_true (pc_console_connect (console, &error));
    pc_console_settle (console);
    climb (console);
    check_saved (console, PC_LINK_MEMORY);
    for (guint e = 0; e < pc_console_get_n_entries (console); e++) {
      const PcConsoleEntry *entry = pc_console_get_entry (console, e);

      g_assert_true (entry->after == NULL ||
                     entry->after->status == PC_STATUS_OK);
      if (security != PC_VARIANT_CLEAR || role == PC_CONSOLE_SERVER)
        g_assert_cmpstr (code (entry->before), ==, NULL);
    }
  }
}

static void
test_hints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (PcVariant security = 0; security < PC_N_VARIANTS; security++) {
      climb_goals (words[i], PC_CONSOLE_CLIENT, security);
      climb_goals (words[i], PC_CONSOLE_SERVER, security);
    }
  climb_goals ("tftp", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR);
  climb_goals ("tftp", PC_CONSOLE_SERVER, PC_VARIANT_CLEAR);
}

/* -- the other way round --------------------------------------------------- */

/* Whoever leaves lets the client end; only then is it known how. */
static void
leave (PcConsole *console)
{
  pc_console_close (console);
  pc_console_settle (console);
  g_assert_cmpint (pc_console_get_mode (console), ==, PC_CONSOLE_CLOSED);
}

static const struct
{
  const char *protocol;
  const char *lines[8];
  const char *code;   /* of what came of the last one */
  const char *before; /* and of the judgement of it */
} badly[] = {
  { "imap", { "+OK ready" }, "failed", "not-a-reply" },
  { "imap", { "* BYE go away" }, "failed", NULL },
  { "imap", { "* OK hi", "zz9 OK in" }, "waiting", "wrong-tag" },
  { "imap", { "* OK hi", "a1 NO never" }, "refused", NULL },
  { "imap", { "* OK hi", "a1 OK in", "a2 BAD what" }, "refused", NULL },
  { "pop3", { "* OK hi" }, "failed", "not-a-reply" },
  { "pop3", { "-ERR busy" }, "failed", NULL },
  { "pop3", { "+OK", "+OK", "-ERR no" }, "refused", NULL },
  { "pop3", { "+OK", "+OK", "+OK", "+OK 1 9\n+OK and so on" }, "failed",
    NULL },
  { "smtp", { "554 no" }, "failed", NULL },
  { "smtp", { "hello" }, "failed", "not-a-reply" },
  { "smtp", { "220 hi", "250 AUTH PLAIN", "354 what" }, "refused",
    "unexpected-reply" },
  { "smtp", { "220 hi", "250-x\n250 AUTH PLAIN", "235 in", "250 ok",
              "550 no" },
    "answered", NULL },
};

static void
test_play_badly (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (badly); i++) {
    g_autoptr (PcConsole) console = console_new (
        badly[i].protocol, PC_CONSOLE_SERVER, PC_VARIANT_CLEAR,
        PC_LINK_MEMORY);
    const PcConsoleEntry *entry;

    g_test_message ("row %u", i);
    for (guint n = 0; badly[i].lines[n] != NULL; n++)
      type (console, badly[i].lines[n]);
    entry = newest (console);
    g_test_message ("%s: %s", code (entry->after), entry->after->text);
    g_assert_cmpstr (code (entry->after), ==, badly[i].code);
    g_assert_cmpstr (code (entry->before), ==, badly[i].before);
    g_assert_false (pc_console_is_goal_reached (console));
    if (strcmp (badly[i].code, "waiting") != 0)
      g_assert_cmpint (entry->after->status, !=, PC_STATUS_OK);
    leave (console);
    check_saved (console, PC_LINK_MEMORY);
  }
}

/* What is typed and what it becomes. */
static void
test_play_saved (void)
{
  g_autoptr (PcConsole) console = console_new (
      "smtp", PC_CONSOLE_SERVER, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *packed = NULL;
  g_auto (GStrv) parts = NULL;

  /* How it ends is not known while the client waits. */
  g_assert_null (pc_console_save (console, "typed", "Typed", &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  g_clear_error (&error);
  type (console, "220-\"hi\"\n220 there");
  pc_console_cut (console);
  pc_console_settle (console);
  g_assert_true (pc_console_connect (console, NULL));
  pc_console_settle (console);
  type (console, "");
  g_assert_cmpstr (code (newest (console)->after), ==, "failed");
  check_saved (console, PC_LINK_MEMORY);
  json = pc_console_save (console, "typed", "Typed", &error);
  g_assert_no_error (error);
  parts = g_strsplit_set (json, " \n", -1);
  packed = g_strjoinv ("", parts);
  g_test_message ("%s", packed);
  g_assert_nonnull (strstr (
      packed,
      "\"says\":[{\"conn\":1,\"hears\":0,\"after_ms\":29,\"lines\":"
      "[\"220-\\\"hi\\\"\",\"220there\"]},{\"conn\":1,\"hears\":1,"
      "\"after_ms\":29,\"then\":\"cut\"},{\"conn\":2,\"hears\":0,"));
  g_assert_nonnull (strstr (packed, "\"lines\":[\"\"]}]"));
}

/* The client calls again, and has it otherwise then. */
static void
test_play_again (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autoptr (PcConsole) console = console_new (
        words[i], PC_CONSOLE_SERVER, PC_VARIANT_CLEAR, PC_LINK_MEMORY);

    leave (console);
    for (guint n = 0; n < 3; n++) {
      g_assert_true (pc_console_connect (console, NULL));
      pc_console_settle (console);
      for (guint k = 0; k <= n; k++) {
        g_autofree char *line = pc_console_get_hint (console,
                                                     PC_CONSOLE_RUNGS);

        type (console, line);
      }
      if (n == 1)
        pc_console_cut (console);
      else
        pc_console_close (console);
      /* Nobody hears this. */
      pc_console_send (console, "250 late", NULL);
      pc_console_settle (console);
    }
    check_saved (console, PC_LINK_MEMORY);
  }
}

/* As on a real line, where all takes as long as it takes. */
static void
test_play_sockets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    PcVariant security = PC_VARIANT_CLEAR;

    for (; security < PC_N_VARIANTS; security++) {
      g_autoptr (PcConsole) console = console_new (
          words[i], PC_CONSOLE_SERVER, security, PC_LINK_SOCKETS);

      climb (console);
      leave (console);
      check_saved (console, PC_LINK_SOCKETS);
    }
  }
}

/* As many replies as a session can have are not too many for a run. */
static void
test_play_long (void)
{
  g_autoptr (PcConsole) console = console_new (
      "imap", PC_CONSOLE_SERVER, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autoptr (GError) error = NULL;

  type (console, "* OK hi");
  while (pc_console_get_n_entries (console) < PC_LIMIT_CONSOLE_ENTRIES)
    type (console, "* 1 EXISTS");
  g_assert_false (pc_console_send (console, "a1 OK", &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  leave (console);
  check_saved (console, PC_LINK_MEMORY);
}

static void
test_play_tftp (void)
{
  g_autoptr (PcConsole) console = console_new (
      "tftp", PC_CONSOLE_SERVER, PC_VARIANT_CLEAR, PC_LINK_MEMORY);

  type_packet (console, "OACK blksize=1024");
  g_assert_cmpstr (code (newest (console)->after), ==, "failed");
  g_assert_false (pc_console_is_goal_reached (console));
  check_saved (console, PC_LINK_MEMORY);
}

/* Packets that no server of ours would send. */
static void
test_play_tftp_badly (void)
{
  static const char *const packets[][6] = {
    { "DATA 2 too early", "DATA 1 and now" },
    { "ACK 0", "9 hex:0102", "DATA 1 x" },
    { "ERROR 1 no" },
    { "OACK blksize=8 blksize=9" },
    { "DATA 1 twice", "DATA 1 twice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (packets); i++) {
    g_autoptr (PcConsole) console = console_new (
        "tftp", PC_CONSOLE_SERVER, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
    g_autofree char *json = NULL;
    g_autoptr (GError) error = NULL;

    json = pc_console_save (console, "typed", "Typed", &error);
    g_assert_null (json);
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    for (guint n = 0; packets[i][n] != NULL &&
                      pc_console_get_mode (console) == PC_CONSOLE_PACKET;
         n++)
      type_packet (console, packets[i][n]);
    check_saved (console, PC_LINK_MEMORY);
  }
}

/* -- TFTP ------------------------------------------------------------------ */

static void
test_tftp (void)
{
  g_autoptr (PcConsole) console = console_new (
      "tftp", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  type_packet (console, "RRQ nothing.cfg octet");
  g_assert_cmpstr (code (newest (console)->after), ==, "tftp.error.not-found");
  type_packet (console, "RRQ router.cfg octet blksize=1024");
  json = pc_console_save (console, "typed", "Typed", &error);
  g_assert_null (json);
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  type_packet (console, "ACK 0");
  type_packet (console, "ACK 1");
  type_packet (console, "ACK 2");
  type_packet (console, "WRQ notes.txt octet");
  type_packet (console, "DATA 1 hex:00ff");
  type_packet (console, "RRQ notes.txt netascii");
  type_packet (console, "9 hex:0102");
  check_saved (console, PC_LINK_MEMORY);
}

static const struct
{
  const char *text;
  const char *octets;
  const char *problem; /* the first field with one */
} packets[] = {
  { "RRQ boot.cfg octet", "\0\1boot.cfg\0octet\0", NULL },
  { "WRQ a netascii blksize=8 tsize=0",
    "\0\2a\0netascii\0blksize\0008\0tsize\0000\0", NULL },
  { "RRQ '' octet", "\0\1\0octet\0", "file" },
  { "RRQ x binary", "\0\1x\0binary\0", "mode" },
  { "RRQ x octet color=red", "\0\1x\0octet\0color\0red\0", "option-1" },
  { "DATA 1 text\\n", "\0\3\0\1text\n", NULL },
  { "DATA 258 hex:00ff", "\0\3\1\2\0\377", NULL },
  { "DATA 1 hex:0", "\0\3\0\1", "data" },
  { "DATA x y", "\0\3\0\0y", "block" },
  { "ACK 65535", "\0\4\377\377", NULL },
  { "ACK 65536", "\0\4\0\0", "block" },
  { "ERROR 1 no such file", "\0\5\0\1no such file\0", NULL },
  { "ERROR 77 x", "\0\5\0Mx\0", "code" },
  { "OACK blksize=1024", "\0\6blksize\0001024\0", NULL },
  { "7 abc", "\0\7abc", "opcode" },
};

static const gsize packet_sizes[] = { 17, 31, 9, 11, 20, 9, 6, 4, 5, 4, 4, 17,
                                      6, 15, 5 };

static void
check_label (const PcPacket *packet)
{
  g_autoptr (PcUnit) unit = pc_packet_label (packet);
  gsize at = 0;

  g_assert_nonnull (unit);
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    g_assert_cmpuint (pc_unit_get_field (unit, i)->start, ==, at);
    at = pc_unit_get_field (unit, i)->end;
  }
  g_assert_cmpuint (at, ==, g_bytes_get_size (unit->bytes));
}

static void
test_packets (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (packets), ==, G_N_ELEMENTS (packet_sizes));
  for (guint i = 0; i < G_N_ELEMENTS (packets); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PcPacket) packet = pc_packet_parse (packets[i].text, &error);
    g_autoptr (PcPacket) copy = NULL;
    g_autofree char *text = NULL;
    g_autoptr (GBytes) bytes = NULL;
    const char *problem = NULL;

    g_test_message ("%s", packets[i].text);
    g_assert_no_error (error);
    copy = pc_packet_copy (packet);
    text = pc_packet_to_string (copy);
    bytes = pc_packet_to_bytes (copy);
    g_assert_cmpstr (text, ==, packets[i].text);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                     packets[i].octets, packet_sizes[i]);
    for (guint n = pc_packet_get_n_fields (packet); n > 0; n--) {
      const PcPacketField *field = pc_packet_get_field (packet, n - 1);

      if (field->problem != NULL)
        problem = field->id;
      g_assert_true (pc_packet_set (copy, field->id, field->value));
    }
    g_assert_cmpstr (problem, ==, packets[i].problem);
    check_label (packet);
  }
}

static void
test_packet_limits (void)
{
  g_autoptr (PcPacket) packet = pc_packet_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *long_data = g_strnfill (70000, 'x');

  for (guint i = 0; i < PC_LIMIT_PACKET_OPTIONS; i++)
    g_assert_true (pc_packet_add_option (packet, "blksize", "8"));
  g_assert_false (pc_packet_add_option (packet, "blksize", "8"));
  pc_packet_remove_option (packet, 1);
  g_assert_cmpuint (pc_packet_get_n_options (packet), ==,
                    PC_LIMIT_PACKET_OPTIONS - 1);
  g_assert_false (pc_packet_set (packet, "option-16", "x"));
  g_assert_false (pc_packet_set (packet, "opcode", "XRQ"));
  g_assert_true (pc_packet_set (packet, "opcode", "DATA"));
  g_assert_true (pc_packet_set (packet, "data", long_data));
  g_assert_nonnull (pc_packet_get_field (packet, 2)->problem);
  {
    g_autoptr (GBytes) bytes = pc_packet_to_bytes (packet);

    g_assert_cmpuint (g_bytes_get_size (bytes), ==, 65468);
  }
  g_assert_null (pc_packet_parse ("HELLO", &error));
  g_clear_error (&error);
  g_assert_null (pc_packet_parse ("RRQ x", &error));
  g_clear_error (&error);
  g_assert_null (pc_packet_parse ("RRQ x octet y", &error));
}

/* -- what is offered ------------------------------------------------------- */

static const struct
{
  const char *protocol;
  const char *text;
  const char *first; /* NULL: nothing */
} completions[] = {
  { "imap", "LOGI", "LOGIN " },
  { "imap", "a1 LOGI", "a1 LOGIN " },
  { "imap", "LOGIN ", "LOGIN alex portcall" },
  { "imap", "SELECT I", "SELECT INBOX" },
  { "imap", "b7 select d", "b7 select Drafts" },
  { "imap", "XYZ", NULL },
  { "imap", "", "CAPABILITY" },
  { "pop3", "u", "USER " },
  { "pop3", "USER ", "USER alex" },
  { "smtp", "mail f", "mail FROM:<alex@example.test>" },
  { "smtp", "Q", "QUIT" },
  { "smtp", "QUIT", NULL },
};

static void
test_completion (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (completions); i++) {
    g_autoptr (PcConsole) console = console_new (
        completions[i].protocol, PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR,
        PC_LINK_MEMORY);
    g_autoptr (GPtrArray) lines = pc_console_complete (console,
                                                       completions[i].text);

    g_test_message ("%s “%s”", completions[i].protocol, completions[i].text);
    g_assert_cmpstr (lines->len > 0 ? lines->pdata[0] : NULL, ==,
                     completions[i].first);
    for (guint n = 0; n < lines->len; n++)
      g_assert_true (g_str_has_prefix (lines->pdata[n],
                                       completions[i].text) ||
                     g_ascii_strncasecmp (lines->pdata[n],
                                          completions[i].text,
                                          strlen (completions[i].text)) == 0);
  }
}

static gboolean
is_offered (PcConsole  *console,
            const char *word)
{
  g_autoptr (GPtrArray) choices = pc_console_list_choices (console, FALSE);

  for (guint i = 0; i < choices->len; i++)
    if (strcmp (((PcConsoleChoice *) choices->pdata[i])->word, word) == 0)
      return TRUE;
  return FALSE;
}

static void
test_packet_choices (void)
{
  g_autoptr (PcConsole) console = console_new (
      "tftp", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);

  type_packet (console, "RRQ motd.txt octet");
  g_assert_true (is_offered (console, "ACK"));
  g_assert_true (is_offered (console, "RRQ"));
  g_assert_false (is_offered (console, "OACK"));
  type_packet (console, "ACK 1");
  g_assert_false (is_offered (console, "ACK"));
  g_assert_true (is_offered (console, "WRQ"));
}

/* What is offered as legal is not judged to be at the wrong moment. */
static void
test_choices (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autoptr (PcConsole) console = console_new (
        words[i], PC_CONSOLE_CLIENT, PC_VARIANT_STARTTLS, PC_LINK_MEMORY);
    g_autoptr (GPtrArray) legal = pc_console_list_choices (console, FALSE);
    g_autoptr (GPtrArray) all = pc_console_list_choices (console, TRUE);
    guint n = 0;

    for (guint c = 0; c < all->len; c++) {
      const PcConsoleChoice *choice = all->pdata[c];
      g_autoptr (PcConsoleRemark) remark = pc_console_judge (console,
                                                             choice->line);
      gboolean wrong_state = g_strcmp0 (code (remark), "wrong-state") == 0;

      g_test_message ("%s: %s", choice->word, choice->reason);
      g_assert_cmpint (wrong_state, ==, choice->reason != NULL);
      n += choice->reason == NULL;
    }
    g_assert_cmpuint (legal->len, ==, n);
    g_assert_cmpuint (n, >, 0);
    g_assert_cmpuint (n, <, all->len);
  }
}

static void
test_tags (void)
{
  g_autoptr (PcConsole) console = console_new (
      "imap", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autofree char *first = pc_console_complete_line (console, "NOOP");
  g_autofree char *tagged = pc_console_complete_line (console, "x NOOP");
  g_autofree char *plain = NULL;

  g_assert_cmpstr (first, ==, "a1 NOOP");
  g_assert_cmpstr (tagged, ==, "x NOOP");
  type (console, "NOOP");
  g_assert_cmpstr (newest (console)->text, ==, "a1 NOOP");
  pc_console_set_auto_tag (console, FALSE);
  plain = pc_console_complete_line (console, "NOOP");
  g_assert_cmpstr (plain, ==, "NOOP");
  type (console, "NOOP");
  g_assert_cmpstr (code (newest (console)->before), ==, "tag-missing");
  g_assert_cmpint (newest (console)->after->status, ==, PC_STATUS_ERROR);
  type (console, "* NOOP");
  g_assert_cmpstr (code (newest (console)->before), ==, "tag-illegal");
}

/* More than a piece has is not sent, and the piece can still be filled. */
static void
test_piece (void)
{
  g_autoptr (PcConsole) console = console_new (
      "smtp", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autoptr (GError) error = NULL;

  type (console, "EHLO console.example.test");
  type (console, "BDAT 6 LAST");
  g_assert_false (pc_console_send (console, "12345", &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  g_assert_cmpint (pc_console_get_mode (console), ==, PC_CONSOLE_TEXT);
  type (console, "1234");
  g_assert_cmpstr (code (newest (console)->after), ==, "smtp.content.refused");
  g_assert_cmpint (pc_console_get_mode (console), ==, PC_CONSOLE_COMMAND);
  type (console, "QUIT");
  check_saved (console, PC_LINK_MEMORY);
}

/* -- anything -------------------------------------------------------------- */

static const char *const bits[] = {
  "alex", "portcall", "INBOX", "{3}", "{3+}", "{0}", "{2}", "1", "*", "1:*",
  "\"", "(", ")", ".", "..", "", " ", "+", "a1", "b", "FROM:<alex@example.test>",
  "TO:<robin@example.test>", "LAST", "PLAIN", "AGFsZXgAcG9ydGNhbGw=", "DONE",
  "\303\251", "\t", "BODY[]", "FLAGS", "+FLAGS (\\Deleted)", "5", "2", "=",
  "\\", "LOGIN", "CRAM-MD5",
};

static char *
make_line (const PcProtocol *protocol)
{
  GString *line = g_string_new (NULL);
  guint    n_verbs = 0;
  guint    n = (guint) g_test_rand_int_range (0, 5);

  while (protocol->verbs[n_verbs].name != NULL)
    n_verbs++;
  /* Whoever asks for TLS has it from then on; that is for others to test. */
  if (g_test_rand_int_range (0, 8) != 0)
    g_string_append (line, protocol->verbs[g_test_rand_int_range (
                               0, (gint32) n_verbs)].name);
  for (guint i = 0; i < n; i++) {
    if (line->len > 0)
      g_string_append_c (line, ' ');
    g_string_append (line, bits[g_test_rand_int_range (
                               0, G_N_ELEMENTS (bits))]);
  }
  return g_string_free (line, FALSE);
}

/* All that looks at a line, whether it is sent or not. */
static void
look (PcConsole  *console,
      const char *line)
{
  g_autoptr (PcConsoleRemark) remark = pc_console_judge (console, line);
  g_autoptr (GPtrArray) lines = pc_console_complete (console, line);
  g_autoptr (GPtrArray) choices = pc_console_list_choices (console, TRUE);
  g_autofree char *mode = pc_console_describe_mode (console);
  g_autofree char *hint = pc_console_get_hint (console, PC_CONSOLE_RUNGS);

  g_assert_true (remark == NULL || g_utf8_validate (remark->text, -1, NULL));
  g_assert_cmpuint (strlen (mode), >, 0);
  g_assert_cmpuint (lines->len, <=, PC_LIMIT_CONSOLE_WORDS);
}

static void
log_in (PcConsole  *console,
        const char *protocol)
{
  static const struct
  {
    const char *protocol;
    const char *line;
  } lines[] = {
    { "imap", "LOGIN alex portcall" },
    { "imap", "SELECT INBOX" },
    { "pop3", "USER alex" },
    { "pop3", "PASS portcall" },
    { "smtp", "EHLO console.example.test" },
    { "smtp", "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=" },
    { "smtp", "MAIL FROM:<alex@example.test>" },
    { "smtp", "RCPT TO:<robin@example.test>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (strcmp (lines[i].protocol, protocol) == 0)
      type (console, lines[i].line);
}

static void
type_anything (const char   *protocol,
               PcConsoleRole role,
               guint         n)
{
  g_autoptr (PcConsole) console = console_new (protocol, role,
                                               PC_VARIANT_CLEAR,
                                               PC_LINK_MEMORY);

  if (role == PC_CONSOLE_CLIENT && g_test_rand_bit ())
    log_in (console, protocol);
  for (guint i = 0; i < n; i++) {
    g_autofree char *line = make_line (pc_registry_find (protocol));
    g_autofree char *right = pc_console_get_hint (console, PC_CONSOLE_RUNGS);

    /* A server that only talks nonsense is left at once. */
    if (role == PC_CONSOLE_SERVER && right != NULL &&
        g_test_rand_int_range (0, 5) != 0) {
      g_free (line);
      line = g_steal_pointer (&right);
    }
    look (console, line);
    if (pc_console_get_mode (console) == PC_CONSOLE_CLOSED) {
      g_assert_true (pc_console_connect (console, NULL));
      pc_console_settle (console);
      continue;
    }
    g_test_message ("“%s”", line);
    pc_console_send (console, line, NULL);
    pc_console_settle (console);
  }
  pc_console_close (console);
  pc_console_settle (console);
  check_saved (console, PC_LINK_MEMORY);
}

static void
test_anything (void)
{
  for (guint round = 0; round < 20; round++)
    for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
      type_anything (words[i], PC_CONSOLE_CLIENT, 40);
      type_anything (words[i], PC_CONSOLE_SERVER, 20);
    }
}

/* Packets of any octets and fields; the server takes, or refuses, or is
 * silent. */
static void
test_any_packet (void)
{
  static const char *const ids[] = { "file", "mode", "block", "code",
                                     "message", "data", "option-1",
                                     "value-1" };
  g_autoptr (PcConsole) console = console_new (
      "tftp", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autoptr (PcPacket) packet = pc_packet_new ();

  for (guint i = 0; i < 300; i++) {
    g_autofree char *opcode = g_strdup_printf (
        "%d", g_test_rand_int_range (0, 9));
    g_autofree char *text = NULL;
    g_autoptr (PcPacket) again = NULL;
    g_autoptr (GBytes) bytes = pc_packet_to_bytes (packet);
    g_autoptr (PcPacket) read = pc_packet_read (
        g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

    pc_packet_set (packet, "opcode", opcode);
    pc_packet_add_option (packet, "blksize", "9");
    pc_packet_set (packet, ids[g_test_rand_int_range (0, 8)],
                   bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
    if (pc_packet_get_n_options (packet) > 2)
      pc_packet_remove_option (packet, 1);
    for (guint n = pc_packet_get_n_fields (packet); n > 0; n--)
      g_assert_nonnull (pc_packet_get_field (packet, n - 1)->label);
    check_label (packet);
    text = pc_packet_to_string (packet);
    again = pc_packet_parse (text, NULL);
    g_test_message ("%s", text);
    g_assert_nonnull (again);
    if (pc_console_send_packet (console, packet, NULL))
      pc_console_settle (console);
  }
}

/* -- limits ---------------------------------------------------------------- */

static void
test_history (void)
{
  g_autoptr (PcConsole) console = console_new (
      "pop3", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);

  type (console, "CAPA");
  type (console, "CAPA");
  type (console, "USER alex");
  type (console, "PASS portcall");
  g_assert_cmpstr (pc_console_get_history (console, 0), ==, "USER alex");
  g_assert_cmpstr (pc_console_get_history (console, 1), ==, "CAPA");
  g_assert_null (pc_console_get_history (console, 2));
  g_assert_true (newest (console)->secret);

  for (guint i = 0; i < PC_LIMIT_CONSOLE_HISTORY; i++) {
    g_autofree char *line = g_strdup_printf ("LIST %u", i % 5 + 1);

    type (console, line);
  }
  g_assert_nonnull (pc_console_get_history (console,
                                            PC_LIMIT_CONSOLE_HISTORY - 1));
  g_assert_null (pc_console_get_history (console, PC_LIMIT_CONSOLE_HISTORY));
}

static void
test_limits (void)
{
  g_autoptr (PcConsole) console = console_new (
      "imap", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autofree char *longest = g_strnfill (PC_LIMIT_CONSOLE_LINE, 'x');
  g_autofree char *longer = g_strnfill (PC_LIMIT_CONSOLE_LINE + 1, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_false (pc_console_send (console, longer, &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (pc_console_send (console, "a\nb", &error));
  g_clear_error (&error);
  g_assert_false (pc_console_send (console, "\377", &error));
  g_clear_error (&error);
  g_assert_cmpuint (pc_console_get_n_entries (console), ==, 0);

  /* Longer than the server takes: it says so, and ends the conversation. */
  type (console, longest);
  g_assert_cmpstr (code (newest (console)->before), ==, "too-long");
  g_assert_nonnull (newest (console)->after);
}

static void
test_entries (void)
{
  g_autoptr (PcConsole) console = console_new (
      "pop3", PC_CONSOLE_CLIENT, PC_VARIANT_CLEAR, PC_LINK_MEMORY);
  g_autoptr (GError) error = NULL;

  type (console, "USER alex");
  type (console, "PASS portcall");
  while (pc_console_get_n_entries (console) < PC_LIMIT_CONSOLE_ENTRIES)
    type (console, "NOOP");
  g_assert_false (pc_console_send (console, "NOOP", &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  pc_console_close (console);
  pc_console_settle (console);
  check_saved (console, PC_LINK_MEMORY);
}

static void
test_setup (void)
{
  PcConsoleSetup setup = { .protocol = pc_registry_find ("tftp"),
                           .security = PC_VARIANT_IMPLICIT };
  g_autoptr (GError) error = NULL;

  g_assert_null (pc_console_new (&setup, NULL, NULL, &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/run/console/imap", &imap, test_session);
  g_test_add_data_func ("/run/console/pop3", &pop3, test_session);
  g_test_add_data_func ("/run/console/smtp", &smtp, test_session);
  g_test_add_func ("/run/console/tftp", test_tftp);
  g_test_add_func ("/run/console/closed", test_closed);
  g_test_add_func ("/run/console/patience", test_patience);
  g_test_add_func ("/run/console/hints", test_hints);
  g_test_add_func ("/run/console/play-badly", test_play_badly);
  g_test_add_func ("/run/console/play-saved", test_play_saved);
  g_test_add_func ("/run/console/play-again", test_play_again);
  g_test_add_func ("/run/console/play-sockets", test_play_sockets);
  g_test_add_func ("/run/console/play-long", test_play_long);
  g_test_add_func ("/run/console/play-tftp", test_play_tftp);
  g_test_add_func ("/run/console/play-tftp-badly", test_play_tftp_badly);
  g_test_add_func ("/run/console/packets", test_packets);
  g_test_add_func ("/run/console/packet-limits", test_packet_limits);
  g_test_add_func ("/run/console/completion", test_completion);
  g_test_add_func ("/run/console/packet-choices", test_packet_choices);
  g_test_add_func ("/run/console/choices", test_choices);
  g_test_add_func ("/run/console/tags", test_tags);
  g_test_add_func ("/run/console/piece", test_piece);
  g_test_add_func ("/run/console/anything", test_anything);
  g_test_add_func ("/run/console/any-packet", test_any_packet);
  g_test_add_func ("/run/console/history", test_history);
  g_test_add_func ("/run/console/limits", test_limits);
  g_test_add_func ("/run/console/entries", test_entries);
  g_test_add_func ("/run/console/setup", test_setup);
  return g_test_run ();
}
