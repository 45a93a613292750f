/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers that were told what to answer: which answers they take on, and that
 * the n-th command gets its answer and nothing else, whole or octet by octet;
 * that thousands of them, at the wrong places too, break no session. */

#include "base/limits.h"
#include "mail/queue.h"
#include "mail/store.h"
#include "proto/common/injection.h"
#include "proto/registry.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795420800) * G_USEC_PER_SEC)
#define MAX_ANSWERS 4

/* -- which answers there can be ------------------------------------------- */

static const struct
{
  const char *id;
  const char *verb;
  guint       nth;
  const char *reply;
  const char *complaint; /* part of it; NULL: it is taken on */
} told[] = {
  { "smtp", "RCPT", 2, "452 4.2.2 Mailbox full", NULL },
  { "smtp", "rcpt", 1, "550", NULL },
  { "smtp", "RCPT", 1, "550 ", NULL },
  { "smtp", ".", 1, "451-4.3.0 Not now\n451 4.3.0 Come again", NULL },
  { "smtp", "CONNECT", 1, "554 No mail here", NULL },
  { "smtp", "RESPONSE", 1, "454 4.7.0 Try later", NULL },
  { "smtp", "EXPN", 1, "252 2.0.0 Who knows", NULL },
  { "smtp", "STARTTLS", 1, "454 4.7.0 No certificate", NULL },
  { "smtp", "STARTTLS", 1, "220 Go", "one end only" },
  { "smtp", "DATA", 1, "354 Go ahead", "took for commands" },
  { "smtp", "AUTH", 1, "334 ", "took for commands" },
  { "smtp", "FROB", 1, "500 No", "is nothing that this server answers" },
  { "smtp", "", 1, "500 No", "is nothing that this server answers" },
  { "smtp", "RCPT", 0, "452 x", "counted from 1" },
  { "smtp", "RCPT", 1, "", "empty" },
  { "smtp", "RCPT", 1, "\n", "empty" },
  { "smtp", "RCPT", 1, "452 x\n", "empty" },
  { "smtp", "RCPT", 1, "152 x", "three digits" },
  { "smtp", "RCPT", 1, "652 x", "three digits" },
  { "smtp", "RCPT", 1, "562 x", "three digits" },
  { "smtp", "RCPT", 1, "45 x", "three digits" },
  { "smtp", "RCPT", 1, "Mailbox full", "three digits" },
  { "smtp", "RCPT", 1, "4522 x", "a blank has to stand" },
  { "smtp", "RCPT", 1, "452-x", "a blank has to stand" },
  { "smtp", "RCPT", 1, "452 x\n452 y", "has to stand behind" },
  { "smtp", "RCPT", 1, "452-x\n450 y", "have the same code" },
  { "smtp", "RCPT", 1, "452 x\r\nQUIT", "ASCII" },
  { "smtp", "RCPT", 1, "452-x\r\n452 y", "ASCII" },
  { "smtp", "RCPT", 1, "452 x\rQUIT", "ASCII" },
  { "smtp", "RCPT", 1, "452 \x1b[2J", "ASCII" },
  { "smtp", "RCPT", 1, "452 voll\xc3\xa4", "ASCII" },
  { "pop3", "RETR", 1, "-ERR [SYS/TEMP] Disk trouble", NULL },
  { "pop3", "list", 3, "-ERR", NULL },
  { "pop3", "NOOP", 1, "+OK", NULL },
  { "pop3", "CONNECT", 1, "-ERR [SYS/TEMP] Not now", NULL },
  { "pop3", "RESPONSE", 1, "-ERR [AUTH] No", NULL },
  { "pop3", "STLS", 1, "-ERR No certificate", NULL },
  { "pop3", "STLS", 1, "+OK Go", "one end only" },
  { "pop3", "RETR", 1, "+ Go", "“+OK” or “-ERR”" },
  { "pop3", "RETR", 1, "-ERROR", "“+OK” or “-ERR”" },
  { "pop3", "RETR", 1, "ERR x", "“+OK” or “-ERR”" },
  { "pop3", "RETR", 1, "-err x", "“+OK” or “-ERR”" },
  { "pop3", "RETR", 1, "-ERR x\n.", "ASCII" },
  { "pop3", "RETR", 1, "", "empty" },
  { "pop3", "FROB", 1, "-ERR x", "is nothing that" },
  { "pop3", ".", 1, "-ERR x", "is nothing that" },
  { "imap", "SELECT", 1, "NO [SERVERBUG] Trouble", NULL },
  { "imap", "uid", 1, "NO Trouble", NULL },
  { "imap", "UID FETCH", 1, "no Trouble", NULL },
  { "imap", "FETCH", 1, "BAD What", NULL },
  { "imap", "NOOP", 1, "* BYE Shutting down", NULL },
  { "imap", "NOOP", 1, "BYE Shutting down", NULL },
  { "imap", "CONNECT", 1, "* BYE Not now", NULL },
  { "imap", "CONNECT", 1, "BYE Not now", NULL },
  { "imap", "CONNECT", 1, "OK [ALERT] Hello", NULL },
  { "imap", "CONNECT", 1, "PREAUTH Hello", NULL },
  { "imap", "CONNECT", 1, "NO Hello", "a greeting begins with" },
  { "imap", "CONNECT", 1, "Hello", "a greeting begins with" },
  { "imap", "MESSAGE", 1, "NO [OVERQUOTA] Full", NULL },
  { "imap", "DONE", 1, "BAD Why", NULL },
  { "imap", "NOOP", 1, "PREAUTH Hello", "of IMAP begins with" },
  { "imap", "NOOP", 1, "* OK Hello", "of IMAP begins with" },
  { "imap", "NOOP", 1, "+ Go", "of IMAP begins with" },
  { "imap", "NOOP", 1, "NO", "of IMAP begins with" },
  { "imap", "NOOP", 1, "NO ", "no text" },
  { "imap", "NOOP", 1, "NO [OVERQUOTA Full", "brackets" },
  { "imap", "NOOP", 1, "NO [] Full", "brackets" },
  { "imap", "NOOP", 1, "NO x\na OK", "ASCII" },
  { "imap", "STARTTLS", 1, "OK Go", "one end only" },
  { "imap", "STARTTLS", 1, "NO Trouble", NULL },
  { "imap", "UID NOOP", 1, "NO x", "is nothing that" },
  { "tftp", "RRQ", 1, "2 Not for you", NULL },
  { "tftp", "data", 3, "3", NULL },
  { "tftp", "ACK", 1, "0 Trouble", NULL },
  { "tftp", "ACK", 1, "9 Trouble", "from 0 to 8" },
  { "tftp", "ACK", 1, "12 Trouble", "from 0 to 8" },
  { "tftp", "ACK", 1, "3 ", "from 0 to 8" },
  { "tftp", "ACK", 1, "Trouble", "from 0 to 8" },
  { "tftp", "ACK", 1, "3 a\nb", "ASCII" },
  { "tftp", "ERROR", 1, "3", "is nothing that" },
  { "tftp", "OACK", 1, "3", "is nothing that" },
  { "tftp", "CONNECT", 1, "3", "is nothing that" },
};

static PcEngine *
make_server (const char  *id,
             PcMailStore *store)
{
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .role = PC_SERVER_SUBMISSION,
                            .session = 1,
                            .starttls = TRUE,
                            .peer_address = "127.0.0.1" };

  return pc_registry_find (id)->server_new (&config);
}

static PcMailStore *
make_store (void)
{
  static const char  text[] = "Subject: one\r\n\r\n.1\r\n";
  PcMailStore       *store = pc_mail_store_new ("example.test");
  PcAccount         *alex = pc_mail_store_add_account (store, "alex",
                                                       "portcall", 1);
  PcMailbox         *inbox = pc_account_find_mailbox (alex, "INBOX");
  g_autoptr (GBytes) mail = g_bytes_new_static (text, strlen (text));

  pc_mail_store_add_account (store, "robin", "portcall", 1);
  for (guint i = 0; i < 2; i++)
    pc_mailbox_append (inbox, mail, 0, NOW, 0, NULL);

  return store;
}

static void
test_told (void)
{
  g_autoptr (PcMailStore) store = make_store ();

  for (guint i = 0; i < G_N_ELEMENTS (told); i++) {
    g_autoptr (PcEngine) server = make_server (told[i].id, store);
    g_autoptr (GError) error = NULL;
    gboolean taken = pc_engine_inject_answer (server, told[i].verb,
                                              told[i].nth, told[i].reply,
                                              &error);

    g_test_message ("%s %s: %s", told[i].id, told[i].verb, told[i].reply);
    if (told[i].complaint == NULL) {
      g_assert_no_error (error);
      g_assert_true (taken);
    } else {
      g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
      g_assert_false (taken);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, told[i].complaint));
    }
  }
}

/* The longest that fits, and one more. */
static void
test_lengths (void)
{
  static const struct
  {
    const char *id;
    const char *verb;
    const char *begin;
    gsize       most; /* characters */
  } rows[] = {
    { "smtp", "NOOP", "450 ", PC_LIMIT_SMTP_REPLY - 2 },
    { "pop3", "NOOP", "-ERR ", PC_LIMIT_POP3_REPLY - 2 },
    { "imap", "NOOP", "NO ", PC_LIMIT_IMAP_ANSWER },
    { "tftp", "ACK", "3 ", PC_LIMIT_TFTP_ERROR },
  };
  g_autoptr (PcMailStore) store = make_store ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint over = 0; over < 2; over++) {
      g_autoptr (PcEngine) server = make_server (rows[i].id, store);
      g_autoptr (GError)   error = NULL;
      g_autofree char *filling = g_strnfill (
          rows[i].most - strlen (rows[i].begin) + over, 'x');
      g_autofree char *reply = g_strconcat (rows[i].begin, filling, NULL);

      g_assert_true (pc_engine_inject_answer (server, rows[i].verb, 1, reply,
                                              &error) == (over == 0));
    }
  }
}

static void
test_lines (void)
{
  g_autoptr (PcMailStore) store = make_store ();

  for (guint n = PC_LIMIT_SMTP_REPLY_LINES;
       n <= PC_LIMIT_SMTP_REPLY_LINES + 1; n++) {
    g_autoptr (PcEngine) server = make_server ("smtp", store);
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) reply = g_string_new (NULL);

    for (guint i = 1; i < n; i++)
      g_string_append (reply, "452-x\n");
    g_string_append (reply, "452 x");
    g_assert_true (pc_engine_inject_answer (server, "NOOP", 1, reply->str,
                                            &error) ==
                   (n == PC_LIMIT_SMTP_REPLY_LINES));
  }
}

static void
test_clients (void)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test",
                            .server_port = 69 };
  static const char *const ids[] = { "imap", "pop3", "smtp", "tftp" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (PcEngine) client =
        pc_registry_find (ids[i])->client_new (&config);
    g_autoptr (GError) error = NULL;

    g_assert_false (pc_engine_inject_answer (client, "NOOP", 1, "250 x",
                                             &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  }
}

/* -- what they lead to ---------------------------------------------------- */

#define AUTH "EHLO pc\r\nAUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n"
#define MAIL "MAIL FROM:<alex@example.test>\r\n"
#define RCPT "RCPT TO:<robin@example.test>\r\n"
#define LOGIN "USER alex\r\nPASS portcall\r\n"

typedef struct
{
  const char *name;
  const char *id;
  struct
  {
    const char *verb;
    guint       nth;
    gboolean    every;
    const char *reply;
  } told[MAX_ANSWERS];
  const char *before; /* its answers are not looked at */
  const char *input;
  const char *output;
  const char *state; /* at the end; NULL: closed */
  guint       robin; /* messages that robin has */
  guint       alex;
  guint       struck;
} Talk;

static const Talk talks[] = {
  /* SMTP */
  { "smtp/second-rcpt", "smtp", { { "RCPT", 2, 0, "452 4.2.2 Full" } },
    AUTH MAIL, RCPT RCPT RCPT,
    "250 2.1.5 Recipient <robin@example.test> noted\r\n"
    "452 4.2.2 Full\r\n"
    "250 2.1.5 Recipient <robin@example.test> noted\r\n",
    "Recipients known", 0, 2, 1 },
  { "smtp/no-rcpt-then-data", "smtp", { { "RCPT", 1, 0, "550 5.1.1 No" } },
    AUTH MAIL, RCPT "DATA\r\nNOOP\r\n",
    "550 5.1.1 No\r\n503 5.5.1 MAIL and RCPT come before DATA\r\n"
    "250 2.0.0 Still here\r\n",
    "Sender known", 0, 2, 1 },
  { "smtp/greeting", "smtp", { { "CONNECT", 1, 0, "554 No mail here" } }, "",
    "EHLO pc\r\n", "554 No mail here\r\n", NULL, 0, 2, 1 },
  { "smtp/other-greeting", "smtp",
    { { "CONNECT", 1, 0, "220-Hello\n220 You" } }, "", "NOOP\r\n",
    "220-Hello\r\n220 You\r\n250 2.0.0 Still here\r\n", "Greeted", 0, 2, 1 },
  { "smtp/lines", "smtp", { { "NOOP", 1, 0, "450-One\n450-Two\n450 Three" } },
    "EHLO pc\r\n", "NOOP\r\nNOOP\r\n",
    "450-One\r\n450-Two\r\n450 Three\r\n250 2.0.0 Still here\r\n", "Ready", 0,
    2, 1 },
  { "smtp/wrong-order", "smtp", { { "RCPT", 1, 0, "452 4.2.2 Full" } }, "",
    RCPT RCPT, "452 4.2.2 Full\r\n503 5.5.1 Say EHLO first\r\n", "Greeted", 0,
    2, 1 },
  { "smtp/closes", "smtp", { { "MAIL", 1, 0, "421 4.3.2 Shutting down" } },
    AUTH, MAIL "NOOP\r\n", "421 4.3.2 Shutting down\r\n", NULL, 0, 2, 1 },
  { "smtp/data", "smtp", { { "DATA", 1, 0, "451 4.3.0 Not now" } },
    AUTH MAIL RCPT, "DATA\r\nDATA\r\n",
    "451 4.3.0 Not now\r\n354 Send the message; a line with one dot ends "
    "it\r\n",
    "Message under way", 0, 2, 1 },
  { "smtp/verdict", "smtp", { { ".", 1, 0, "552 5.3.4 Too big" } },
    AUTH MAIL RCPT "DATA\r\n", "a\r\n..\r\n.\r\nNOOP\r\n",
    "552 5.3.4 Too big\r\n250 2.0.0 Still here\r\n", "Ready, logged in", 0, 2,
    1 },
  { "smtp/false-verdict", "smtp", { { ".", 1, 0, "250 2.0.0 Queued" } },
    AUTH MAIL RCPT "DATA\r\n", "a\r\n.\r\n" MAIL RCPT, "250 2.0.0 Queued\r\n"
    "250 2.1.0 Sender <alex@example.test> noted\r\n"
    "250 2.1.5 Recipient <robin@example.test> noted\r\n",
    "Recipients known", 0, 2, 1 },
  { "smtp/second-verdict", "smtp", { { ".", 2, 0, "421 Gone" } },
    AUTH MAIL RCPT "DATA\r\nA: b\r\n\r\nc\r\n.\r\n" MAIL RCPT "DATA\r\n",
    "a\r\n.\r\nNOOP\r\n", "421 Gone\r\n", NULL, 1, 2, 1 },
  { "smtp/piece", "smtp", { { "BDAT", 1, 0, "451 4.3.0 Disk" } },
    AUTH MAIL RCPT, "BDAT 6\r\nQUIT\r\nBDAT 3 LAST\r\na\r\nRSET\r\n",
    "451 4.3.0 Disk\r\n503 5.5.1 A piece was refused; RSET gives the mail "
    "up\r\n250 2.0.0 Forgotten\r\n",
    "Ready, logged in", 0, 2, 1 },
  { "smtp/false-piece", "smtp", { { "BDAT", 1, 0, "250 2.0.0 Fine" } },
    AUTH MAIL RCPT, "BDAT 6\r\nQUIT\r\nBDAT 3 LAST\r\na\r\n",
    "250 2.0.0 Fine\r\n503 5.5.1 A piece was refused; RSET gives the mail "
    "up\r\n",
    "Ready, logged in", 0, 2, 1 },
  { "smtp/last-piece", "smtp", { { ".", 1, 0, "554 5.6.0 No" } },
    AUTH MAIL RCPT, "BDAT 3\r\nA:\rBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n",
    "250 2.0.0 Piece taken\r\n554 5.6.0 No\r\n250 2.0.0 Still here\r\n",
    "Ready, logged in", 0, 2, 1 },
  { "smtp/piece-closes", "smtp", { { "BDAT", 1, 0, "421 Gone" } },
    AUTH MAIL RCPT, "BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n", "421 Gone\r\n", NULL, 0,
    2, 1 },
  { "smtp/auth", "smtp", { { "AUTH", 1, 0, "454 4.7.0 Later" } },
    "EHLO pc\r\n", "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n" MAIL,
    "454 4.7.0 Later\r\n530 5.7.0 Log in with AUTH first\r\n", "Ready", 0, 2,
    1 },
  { "smtp/inside-auth", "smtp", { { "RESPONSE", 2, 0, "454 4.7.0 Later" } },
    "EHLO pc\r\n", "AUTH LOGIN\r\nYWxleA==\r\ncG9ydGNhbGw=\r\nNOOP\r\n",
    "334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n454 4.7.0 Later\r\n"
    "250 2.0.0 Still here\r\n",
    "Ready", 0, 2, 1 },
  { "smtp/false-login", "smtp", { { "RESPONSE", 1, 0, "235 2.7.0 Come" } },
    "EHLO pc\r\n", "AUTH PLAIN\r\nAAAA\r\n" MAIL,
    "334 \r\n235 2.7.0 Come\r\n530 5.7.0 Log in with AUTH first\r\n", "Ready",
    0, 2, 1 },
  { "smtp/false-mail", "smtp", { { "MAIL", 1, 0, "250 2.1.0 Noted" } }, AUTH,
    MAIL RCPT "DATA\r\n",
    "250 2.1.0 Noted\r\n503 5.5.1 MAIL comes before RCPT\r\n"
    "503 5.5.1 MAIL and RCPT come before DATA\r\n",
    "Ready, logged in", 0, 2, 1 },
  { "smtp/starttls", "smtp", { { "STARTTLS", 1, 0, "454 4.7.0 Not now" } },
    "EHLO pc\r\n", "STARTTLS\r\nNOOP\r\n",
    "454 4.7.0 Not now\r\n250 2.0.0 Still here\r\n", "Ready", 0, 2, 1 },
  { "smtp/hello", "smtp", { { "EHLO", 1, 0, "502 5.5.1 What" } }, "",
    "EHLO pc\r\nHELO pc\r\n",
    "502 5.5.1 What\r\n250 mail.example.test greets pc\r\n", "Ready", 0, 2,
    1 },
  { "smtp/quit", "smtp", { { "QUIT", 1, 0, "500 5.5.1 No" } }, "",
    "QUIT\r\nQUIT\r\n",
    "500 5.5.1 No\r\n221 2.0.0 mail.example.test closes the connection\r\n",
    NULL, 0, 2, 1 },
  { "smtp/other-goodbye", "smtp", { { "QUIT", 1, 0, "221 Bye" } }, "",
    "QUIT\r\nQUIT\r\n", "221 Bye\r\n", NULL, 0, 2, 1 },
  { "smtp/every", "smtp", { { "NOOP", 2, 1, "450 Busy" } }, "",
    "NOOP\r\nNOOP\r\nNOOP\r\n",
    "250 2.0.0 Still here\r\n450 Busy\r\n450 Busy\r\n", "Greeted", 0, 2, 2 },
  { "smtp/two-for-one", "smtp",
    { { "NOOP", 1, 0, "450 First" }, { "NOOP", 1, 0, "451 Second" },
      { "NOOP", 3, 0, "452 Third" } },
    "", "NOOP\r\nNOOP\r\nNOOP\r\n",
    "450 First\r\n250 2.0.0 Still here\r\n452 Third\r\n", "Greeted", 0, 2,
    2 },
  /* A line that is no command is not counted. */
  { "smtp/not-counted", "smtp", { { "NOOP", 1, 0, "450 Busy" } }, "",
    "NOOP\nFROB\r\nNOOP\r\n",
    "500 5.5.2 A line must end with CR LF; this one had LF only\r\n"
    "500 5.5.1 No such command\r\n450 Busy\r\n",
    "Greeted", 0, 2, 1 },

  /* POP3 */
  { "pop3/greeting", "pop3", { { "CONNECT", 1, 0, "-ERR [SYS/TEMP] No" } },
    "", "QUIT\r\n", "-ERR [SYS/TEMP] No\r\n", NULL, 0, 2, 1 },
  { "pop3/other-greeting", "pop3", { { "CONNECT", 1, 0, "+OK Hi" } }, "",
    "USER alex\r\n", "+OK Hi\r\n+OK Now the password\r\n",
    "AUTHORIZATION, user named", 0, 2, 1 },
  { "pop3/retr", "pop3", { { "RETR", 2, 0, "-ERR [SYS/TEMP] Disk" } }, LOGIN,
    "RETR 1\r\nRETR 1\r\nRETR 1\r\n",
    "+OK 20 octets\r\nSubject: one\r\n\r\n..1\r\n.\r\n"
    "-ERR [SYS/TEMP] Disk\r\n"
    "+OK 20 octets\r\nSubject: one\r\n\r\n..1\r\n.\r\n",
    "TRANSACTION", 0, 2, 1 },
  { "pop3/empty-list", "pop3", { { "LIST", 1, 1, "+OK Nothing" } }, LOGIN,
    "LIST\r\nLIST 1\r\nNOOP\r\n",
    "+OK Nothing\r\n.\r\n+OK Nothing\r\n+OK Still here\r\n", "TRANSACTION", 0,
    2, 2 },
  { "pop3/user", "pop3", { { "USER", 1, 0, "-ERR Who" } }, "",
    "USER alex\r\nPASS portcall\r\n",
    "-ERR Who\r\n-ERR USER comes before PASS\r\n", "AUTHORIZATION", 0, 2, 1 },
  { "pop3/pass", "pop3", { { "PASS", 1, 0, "-ERR [IN-USE] Locked" } },
    "USER alex\r\n", "PASS portcall\r\nPASS portcall\r\n",
    "-ERR [IN-USE] Locked\r\n-ERR USER comes before PASS\r\n",
    "AUTHORIZATION", 0, 2, 1 },
  { "pop3/false-pass", "pop3", { { "PASS", 1, 0, "+OK Come" } },
    "USER alex\r\n", "PASS x\r\nSTAT\r\n", "+OK Come\r\n-ERR Log in first\r\n",
    "AUTHORIZATION, user named", 0, 2, 1 },
  { "pop3/wrong-order", "pop3", { { "STAT", 1, 0, "-ERR No" } }, "",
    "STAT\r\nSTAT\r\n", "-ERR No\r\n-ERR Log in first\r\n", "AUTHORIZATION", 0,
    2, 1 },
  { "pop3/dele", "pop3", { { "DELE", 1, 0, "-ERR No" } }, LOGIN,
    "DELE 1\r\nDELE 2\r\nQUIT\r\n",
    "-ERR No\r\n+OK Message 2 will be deleted at QUIT\r\n"
    "+OK Goodbye, 1 message left\r\n",
    NULL, 0, 1, 1 },
  { "pop3/false-dele", "pop3", { { "DELE", 1, 0, "+OK Marked" } }, LOGIN,
    "DELE 1\r\nSTAT\r\nQUIT\r\n",
    "+OK Marked\r\n+OK 2 40\r\n+OK Goodbye, 2 messages left\r\n", NULL, 0, 2,
    1 },
  { "pop3/quit", "pop3", { { "QUIT", 1, 0, "-ERR Not removed" } }, LOGIN,
    "DELE 1\r\nQUIT\r\nNOOP\r\n",
    "+OK Message 1 will be deleted at QUIT\r\n-ERR Not removed\r\n", NULL, 0,
    2, 1 },
  { "pop3/quit-of-a-stranger", "pop3", { { "QUIT", 1, 0, "-ERR No" } }, "",
    "QUIT\r\nQUIT\r\n", "-ERR No\r\n+OK Goodbye\r\n", NULL, 0, 2, 1 },
  { "pop3/false-quit", "pop3", { { "QUIT", 1, 0, "+OK Gone" } }, LOGIN,
    "DELE 1\r\nQUIT\r\n",
    "+OK Message 1 will be deleted at QUIT\r\n+OK Gone\r\n", NULL, 0, 2, 1 },
  { "pop3/inside-auth", "pop3", { { "RESPONSE", 1, 0, "-ERR [AUTH] No" } },
    "", "AUTH PLAIN\r\nAGFsZXgAcG9ydGNhbGw=\r\nNOOP\r\nQUIT\r\n",
    "+ \r\n-ERR [AUTH] No\r\n-ERR Log in first\r\n+OK Goodbye\r\n", NULL, 0, 2,
    1 },
  { "pop3/auth-list", "pop3", { { "AUTH", 1, 0, "+OK None" } }, "",
    "AUTH\r\nNOOP\r\n", "+OK None\r\n.\r\n-ERR Log in first\r\n",
    "AUTHORIZATION", 0, 2, 1 },
  { "pop3/stls", "pop3", { { "STLS", 1, 0, "-ERR Not now" } }, "",
    "STLS\r\nUSER alex\r\n", "-ERR Not now\r\n+OK Now the password\r\n",
    "AUTHORIZATION, user named", 0, 2, 1 },

  /* IMAP */
  { "imap/greeting", "imap", { { "CONNECT", 1, 0, "* BYE Not now" } }, "",
    "a NOOP\r\n", "* BYE Not now\r\n", NULL, 0, 2, 1 },
  { "imap/other-greeting", "imap", { { "CONNECT", 1, 0, "OK Hi" } }, "",
    "a NOOP\r\n", "* OK Hi\r\na OK Nothing done, as asked\r\n",
    "Not authenticated", 0, 2, 1 },
  { "imap/login", "imap", { { "LOGIN", 1, 0, "NO [UNAVAILABLE] Later" } }, "",
    "a LOGIN alex portcall\r\nb SELECT INBOX\r\n",
    "a NO [UNAVAILABLE] Later\r\nb BAD Log in first\r\n", "Not authenticated",
    0, 2, 1 },
  { "imap/false-login", "imap", { { "LOGIN", 1, 0, "OK Come" } }, "",
    "a LOGIN x y\r\nb SELECT INBOX\r\n", "a OK Come\r\nb BAD Log in first\r\n",
    "Not authenticated", 0, 2, 1 },
  /* A command with literals is counted once, and asks for leave once. */
  { "imap/literals", "imap", { { "LOGIN", 2, 0, "NO Later" } }, "",
    "a LOGIN {4}\r\nalex {1}\r\nx\r\nb LOGIN {4}\r\nc NOOP\r\n",
    "+ Send 4 octets\r\n+ Send 1 octets\r\n"
    "a NO [AUTHENTICATIONFAILED] User name or password is wrong\r\n"
    "b NO Later\r\nc OK Nothing done, as asked\r\n",
    "Not authenticated", 0, 2, 1 },
  { "imap/eager-literals", "imap", { { "LOGIN", 1, 0, "NO Later" } }, "",
    "a LOGIN {4+}\r\nalex {6+}\r\nb NO\r\n\r\nc NOOP\r\n",
    "a NO Later\r\nc OK Nothing done, as asked\r\n", "Not authenticated", 0, 2,
    1 },
  { "imap/append-asks", "imap", { { "APPEND", 1, 0, "NO [OVERQUOTA] Full" } },
    "l LOGIN alex portcall\r\n",
    "a APPEND INBOX {8}\r\nb NOOP\r\n",
    "a NO [OVERQUOTA] Full\r\nb OK Nothing done, as asked\r\n",
    "Authenticated", 0, 2, 1 },
  { "imap/append-eager", "imap",
    { { "APPEND", 1, 0, "NO [OVERQUOTA] Full" } },
    "l LOGIN alex portcall\r\n",
    "a APPEND INBOX {8+}\r\nb NOOP\r\n\r\nc NOOP\r\n",
    "a NO [OVERQUOTA] Full\r\nc OK Nothing done, as asked\r\n",
    "Authenticated", 0, 2, 1 },
  { "imap/append-verdict", "imap",
    { { "MESSAGE", 1, 0, "NO [OVERQUOTA] Full" } },
    "l LOGIN alex portcall\r\n",
    "a APPEND INBOX {8}\r\nb NOOP\r\n\r\nc NOOP\r\n",
    "+ Send 8 octets\r\na NO [OVERQUOTA] Full\r\n"
    "c OK Nothing done, as asked\r\n",
    "Authenticated", 0, 2, 1 },
  { "imap/append-counts", "imap", { { "APPEND", 2, 0, "NO No" } },
    "l LOGIN alex portcall\r\n",
    "a APPEND INBOX {6}\r\nA: b\r\n {6}\r\nA: c\r\n\r\n"
    "b APPEND INBOX {6}\r\nc NOOP\r\n",
    "+ Send 6 octets\r\n+ Send 6 octets\r\n"
    "a OK [APPENDUID 1 3:4] Appended\r\nb NO No\r\n"
    "c OK Nothing done, as asked\r\n",
    "Authenticated", 0, 4, 1 },
  { "imap/append-bye", "imap", { { "MESSAGE", 1, 0, "BYE Gone" } },
    "l LOGIN alex portcall\r\n", "a APPEND INBOX {6}\r\nA: b\r\n\r\nc NOOP\r\n",
    "+ Send 6 octets\r\n* BYE Gone\r\n", NULL, 0, 2, 1 },
  { "imap/select", "imap", { { "SELECT", 2, 0, "NO Trouble" } },
    "l LOGIN alex portcall\r\ns SELECT INBOX\r\n",
    "a SELECT INBOX\r\nb FETCH 1 FLAGS\r\n",
    "a NO Trouble\r\nb BAD Select a mailbox first\r\n", "Authenticated", 0, 2,
    1 },
  { "imap/select-bad", "imap", { { "SELECT", 2, 0, "BAD Trouble" } },
    "l LOGIN alex portcall\r\ns SELECT INBOX\r\n",
    "a SELECT INBOX\r\nb FETCH 1 UID\r\n",
    "a BAD Trouble\r\n* 1 FETCH (UID 1)\r\nb OK Fetched\r\n", "Selected", 0, 2,
    1 },
  { "imap/uid", "imap", { { "UID", 2, 0, "NO Trouble" } },
    "l LOGIN alex portcall\r\ns SELECT INBOX\r\n",
    "a UID FETCH 1 UID\r\nb UID STORE 1 FLAGS (\\Deleted)\r\n"
    "c UID EXPUNGE 1\r\n",
    "* 1 FETCH (UID 1)\r\na OK Fetched\r\nb NO Trouble\r\n"
    "c OK Expunged\r\n",
    "Selected", 0, 2, 1 },
  { "imap/uid-fetch", "imap",
    { { "FETCH", 1, 0, "NO One" }, { "UID FETCH", 1, 0, "NO Two" } },
    "l LOGIN alex portcall\r\ns SELECT INBOX\r\n",
    "a UID FETCH 1 UID\r\nb FETCH 1 UID\r\n", "a NO Two\r\nb NO One\r\n",
    "Selected", 0, 2, 2 },
  { "imap/bye", "imap", { { "NOOP", 1, 0, "* BYE Shutting down" } }, "",
    "a NOOP\r\nb NOOP\r\n", "* BYE Shutting down\r\n", NULL, 0, 2, 1 },
  { "imap/logout", "imap", { { "LOGOUT", 1, 0, "NO Stay" } }, "",
    "a LOGOUT\r\nb LOGOUT\r\n",
    "a NO Stay\r\n* BYE Until next time\r\nb OK Logged out\r\n", NULL, 0, 2,
    1 },
  { "imap/curt-logout", "imap", { { "LOGOUT", 1, 0, "OK Gone" } }, "",
    "a LOGOUT\r\nb NOOP\r\n", "a OK Gone\r\n", NULL, 0, 2, 1 },
  { "imap/inside-auth", "imap", { { "RESPONSE", 1, 0, "NO Later" } }, "",
    "a AUTHENTICATE PLAIN\r\nAGFsZXgAcG9ydGNhbGw=\r\nb NOOP\r\n",
    "+ \r\na NO Later\r\nb OK Nothing done, as asked\r\n",
    "Not authenticated", 0, 2, 1 },
  { "imap/idle", "imap", { { "IDLE", 1, 0, "NO Not here" } },
    "l LOGIN alex portcall\r\n", "a IDLE\r\nb NOOP\r\n",
    "a NO Not here\r\nb OK Nothing done, as asked\r\n", "Authenticated", 0, 2,
    1 },
  { "imap/done", "imap", { { "DONE", 1, 0, "BAD Trouble" } },
    "l LOGIN alex portcall\r\n", "a IDLE\r\nDONE\r\nb NOOP\r\n",
    "+ Idling\r\na BAD Trouble\r\nb OK Nothing done, as asked\r\n",
    "Authenticated", 0, 2, 1 },
  { "imap/starttls", "imap", { { "STARTTLS", 1, 0, "NO Not now" } }, "",
    "a STARTTLS\r\nb NOOP\r\n",
    "a NO Not now\r\nb OK Nothing done, as asked\r\n", "Not authenticated", 0,
    2, 1 },
  { "imap/wrong-order", "imap", { { "FETCH", 1, 0, "NO No" } }, "",
    "a FETCH 1 UID\r\nb FETCH 1 UID\r\n", "a NO No\r\nb BAD Log in first\r\n",
    "Not authenticated", 0, 2, 1 },
};

static void
feed (PcEngine   *server,
      gint64     *now,
      const char *text,
      gsize       step)
{
  gsize len = strlen (text);

  for (gsize at = 0; at < len; at += step) {
    gsize              n = MIN (step, len - at);
    g_autofree guint8 *copy = g_memdup2 (text + at, n);

    pc_engine_feed (server, *now, 0, copy, n);
    while (pc_engine_get_deadline (server) <=
           *now + PC_LIMIT_LOGIN_DELAY_MAX) {
      *now = MAX (*now, pc_engine_get_deadline (server));
      pc_engine_wake (server, *now);
    }
  }
}

static char *
take (PcEngine *server)
{
  PcBytes      *out = pc_engine_get_output (server);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);
  char         *text = g_strndup ((const char *) data, len);

  pc_bytes_consume (out, len);
  return text;
}

static guint
count_events (PcEngine *server)
{
  PcEvent *event;
  guint    n = 0;

  while ((event = pc_engine_next_event (server)) != NULL) {
    g_assert_cmpint (event->kind, ==, PC_EVENT_ANSWERED);
    g_assert_nonnull (event->text);
    g_assert_nonnull (event->data);
    g_assert_cmpint (event->number, >=, 0);
    n++;
    pc_event_free (event);
  }

  return n;
}

static guint
count_mail (PcMailStore *store,
            const char  *user)
{
  return pc_mailbox_get_n_messages (pc_account_find_mailbox (
      pc_mail_store_find_user (store, user), "INBOX"));
}

static void
hold_talk (const Talk *talk,
           gsize       step)
{
  g_autoptr (PcMailStore) store = make_store ();
  g_autoptr (PcEngine) server = make_server (talk->id, store);
  g_autofree char *output = NULL;
  gint64           now = NOW;

  for (guint i = 0; i < MAX_ANSWERS && talk->told[i].verb != NULL; i++) {
    g_autoptr (GError) error = NULL;
    gboolean           done = talk->told[i].every
                                  ? pc_engine_inject_answers (
                              server, talk->told[i].verb, talk->told[i].nth,
                              talk->told[i].reply, &error)
                                  : pc_engine_inject_answer (
                              server, talk->told[i].verb, talk->told[i].nth,
                              talk->told[i].reply, &error);

    g_assert_no_error (error);
    g_assert_true (done);
  }

  pc_engine_start (server, now);
  /* A greeting is looked at where one was injected. */
  if (strcmp (talk->told[0].verb, "CONNECT") != 0)
    g_free (take (server));
  feed (server, &now, talk->before, step);
  if (talk->before[0] != '\0')
    g_free (take (server));
  feed (server, &now, talk->input, step);
  output = take (server);
  g_assert_cmpstr (output, ==, talk->output);
  g_assert_cmpuint (count_events (server), ==, talk->struck);
  g_assert_cmpint (pc_engine_get_status (server), ==,
                   talk->state == NULL ? PC_ENGINE_CLOSING
                                       : PC_ENGINE_RUNNING);
  if (talk->state != NULL)
    g_assert_cmpstr (pc_engine_get_state (server), ==, talk->state);
  pc_engine_eof (server, now);
  g_assert_cmpuint (count_mail (store, "robin"), ==, talk->robin);
  g_assert_cmpuint (count_mail (store, "alex"), ==, talk->alex);
}

static void
test_talk (gconstpointer data)
{
  hold_talk (data, 100000);
  hold_talk (data, 1);
  hold_talk (data, 7);
}

/* How much goes before an answer, where several leave at once. */
static void
test_place (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  g_autoptr (PcEngine) server = make_server ("smtp", store);
  g_autoptr (PcEvent) event = NULL;
  g_autofree char *output = NULL;
  gint64           now = NOW;

  pc_engine_inject_answer (server, "NOOP", 2, "450-a\n450 b", NULL);
  pc_engine_start (server, now);
  g_free (take (server));
  feed (server, &now, "NOOP\r\nNOOP\r\nNOOP\r\n", 100);
  event = pc_engine_next_event (server);
  output = take (server);
  g_assert_cmpint (event->kind, ==, PC_EVENT_ANSWERED);
  g_assert_cmpstr (event->text, ==, "NOOP");
  g_assert_cmpmem (g_bytes_get_data (event->data, NULL),
                   g_bytes_get_size (event->data), "450-a\r\n450 b", 12);
  g_assert_cmpint (event->number, ==, strlen ("250 2.0.0 Still here\r\n"));
  g_assert_true (g_str_has_prefix (output + event->number, "450-a"));
}

/* -- TFTP ----------------------------------------------------------------- */

#define RRQ "\0\1boot.cfg\0octet"
#define WRQ "\0\2boot.cfg\0octet"

static void
feed_packet (PcEngine     *server,
             gconstpointer data,
             gsize         len)
{
  g_autofree guint8 *copy = g_memdup2 (data, len);

  pc_engine_feed (server, NOW, 2000, copy, len);
}

static PcEngine *
make_tftp (const char *verb,
           guint       nth,
           const char *reply)
{
  PcEngine *server = make_server ("tftp", NULL);

  g_assert_true (pc_engine_inject_answer (server, verb, nth, reply, NULL));
  pc_engine_start (server, NOW);
  return server;
}

/* The next event is @kind. */
static void
expect_event (PcEngine   *server,
              PcEventKind kind)
{
  g_autoptr (PcEvent) event = pc_engine_next_event (server);

  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, kind);
}

static void
expect_datagram (PcEngine     *server,
                 gconstpointer data,
                 gsize         len)
{
  g_autoptr (PcDatagram) datagram = pc_engine_next_datagram (server);

  g_assert_nonnull (datagram);
  g_assert_cmpuint (datagram->port, ==, 2000);
  g_assert_cmpmem (g_bytes_get_data (datagram->data, NULL),
                   MIN (len, g_bytes_get_size (datagram->data)), data, len);
}

static void
expect_end (PcEngine *server)
{
  g_assert_null (pc_engine_next_datagram (server));
  g_assert_null (pc_engine_next_event (server));
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  g_assert_cmpstr (pc_engine_get_state (server), ==, "Closed");
}

static void
test_tftp_request (void)
{
  g_autoptr (PcEngine) read = make_tftp ("RRQ", 1, "2 Not for you");
  g_autoptr (PcEngine) write = make_tftp ("WRQ", 1, "6");

  feed_packet (read, RRQ, sizeof RRQ);
  expect_event (read, PC_EVENT_ANSWERED);
  expect_datagram (read, "\0\5\0\2Not for you", 16);
  expect_end (read);

  feed_packet (write, WRQ, sizeof WRQ);
  expect_event (write, PC_EVENT_ANSWERED);
  expect_datagram (write, "\0\5\0\6", 4);
  expect_end (write);
}

static void
test_tftp_ack (void)
{
  g_autoptr (PcEngine) server = make_tftp ("ACK", 2, "0 Disk trouble");
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;

  g_byte_array_set_size (content, 2000);
  memset (content->data, 'x', content->len);
  file = g_byte_array_free_to_bytes (g_steal_pointer (&content));
  feed_packet (server, RRQ, sizeof RRQ);
  expect_event (server, PC_EVENT_OPEN_READ);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  expect_datagram (server, "\0\3\0\1x", 5);
  feed_packet (server, "\0\4\0\1", 4);
  expect_datagram (server, "\0\3\0\2x", 5);
  feed_packet (server, "\0\4\0\2", 4);
  expect_event (server, PC_EVENT_ANSWERED);
  expect_datagram (server, "\0\5\0\0Disk trouble", 17);
  expect_end (server);
}

/* What was written of the file is forgotten. */
static void
test_tftp_data (void)
{
  g_autoptr (PcEngine) server = make_tftp ("DATA", 2, "3");
  guint8 block[516] = { 0, 3, 0, 1 };

  feed_packet (server, WRQ, sizeof WRQ);
  expect_event (server, PC_EVENT_OPEN_WRITE);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  expect_datagram (server, "\0\4\0\0", 4);
  feed_packet (server, block, sizeof block);
  expect_event (server, PC_EVENT_WRITE);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  expect_datagram (server, "\0\4\0\1", 4);
  block[3] = 2;
  feed_packet (server, block, sizeof block);
  expect_event (server, PC_EVENT_ANSWERED);
  expect_event (server, PC_EVENT_ABORT);
  expect_datagram (server, "\0\5\0\3", 4);
  expect_end (server);
}

/* Packets of others and broken ones are not counted; a verb out of place is
 * not answered. */
static void
test_tftp_stranger (void)
{
  g_autoptr (PcEngine) server = make_tftp ("ACK", 1, "0 No");
  g_autoptr (GBytes) file = g_bytes_new_static ("x", 1);
  static const guint8 ack[] = { 0, 4, 0, 1 };

  feed_packet (server, RRQ, sizeof RRQ);
  expect_event (server, PC_EVENT_OPEN_READ);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  expect_datagram (server, "\0\3\0\1x", 5);
  pc_engine_feed (server, NOW, 3000, ack, sizeof ack);
  pc_datagram_free (pc_engine_next_datagram (server));
  feed_packet (server, "\0\4\0", 3);
  g_assert_null (pc_engine_next_event (server));
  feed_packet (server, ack, sizeof ack);
  expect_event (server, PC_EVENT_ANSWERED);
  expect_datagram (server, "\0\5\0\0No", 7);
  expect_end (server);
}

static void
test_tftp_out_of_place (void)
{
  g_autoptr (PcEngine) server = make_tftp ("ACK", 1, "0 No");

  feed_packet (server, "\0\4\0\1", 4);
  expect_end (server);
}

/* Carries what @from has to say. FALSE when that is nothing. */
static gboolean
carry_datagrams (PcEngine *from,
                 PcEngine *to,
                 guint     port)
{
  gboolean any = FALSE;

  for (;;) {
    g_autoptr (PcDatagram) datagram = pc_engine_next_datagram (from);

    if (datagram == NULL)
      return any;
    pc_engine_feed (to, NOW, port, g_bytes_get_data (datagram->data, NULL),
                    g_bytes_get_size (datagram->data));
    any = TRUE;
  }
}

/* Our client passes the words on, wherever the ERROR comes, and nothing of
 * the file. */
static void
test_tftp_client (void)
{
  static const struct
  {
    const char *action;
    const char *verb;
    guint       nth;
    const char *reply;
    const char *says;
  } rows[] = {
    { "get", "RRQ", 1, "2 Not for you", "Not for you" },
    { "get", "RRQ", 1, "1", "File not found" },
    { "get", "ACK", 1, "0 Disk trouble", "Disk trouble" },
    { "get", "ACK", 2, "0 Disk trouble", "Disk trouble" },
    { "put", "WRQ", 1, "6", "File already exists" },
    { "put", "DATA", 1, "3 No room", "No room" },
    { "put", "DATA", 3, "3", "Disk full" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcClientConfig config = { .host = "phone.example.test",
                              .server_port = 69 };
    g_autoptr (PcEngine) server = make_tftp (rows[i].verb, rows[i].nth,
                                             rows[i].reply);
    g_autoptr (PcEngine) client =
        pc_registry_find ("tftp")->client_new (&config);
    g_autoptr (PcAction) action = pc_action_new (rows[i].action);
    g_autofree char *filling = g_strnfill (1200, 'x');
    g_autoptr (GBytes) file = g_bytes_new (filling, 1200);
    g_autoptr (PcEvent) end = NULL;
    PcEvent *event;
    gboolean any = TRUE;

    g_test_message ("%s: %s", rows[i].verb, rows[i].reply);
    pc_action_set (action, "file", "boot.cfg");
    pc_action_set_data (action, filling, 1200);
    pc_engine_start (client, NOW);
    g_assert_true (pc_engine_act (client, NOW, action, NULL));
    while (any) {
      any = carry_datagrams (client, server, 2000) ||
            carry_datagrams (server, client, 3000);
      while ((event = pc_engine_next_event (server)) != NULL) {
        if (event->kind != PC_EVENT_ANSWERED && event->kind != PC_EVENT_ABORT)
          pc_engine_answer (server, NOW, PC_FILE_OK,
                            event->kind == PC_EVENT_OPEN_READ ? file : NULL);
        pc_event_free (event);
        any = TRUE;
      }
    }
    end = pc_engine_next_event (client);
    g_assert_nonnull (end);
    g_assert_cmpint (end->kind, !=, PC_EVENT_ITEM);
    g_assert_cmpint (end->kind, !=, PC_EVENT_DONE);
    g_assert_nonnull (strstr (end->text, rows[i].says));
  }
}

/* -- very many ------------------------------------------------------------ */

static const char *const smtp_replies[] = {
  "250 ok", "250-a\n250 b", "450 no", "550 no", "503", "221 bye", "235 in",
};
static const char *const pop3_replies[] = { "+OK", "-ERR no", "+OK 1 2" };
static const char *const imap_replies[] = { "OK yes", "NO no", "BAD what" };

/* Verbs and replies by chance, all repeated, and lines by chance.  Whatever
 * the server says is whole lines, and it never stops for long. */
static void
hold_random_talk (const char        *id,
                  const char *const *replies,
                  guint              n_replies,
                  GRand             *rand)
{
  static const char *const lines[] = {
    "EHLO pc\r\n",
    "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n",
    "AUTH LOGIN\r\n",
    "YWxleA==\r\n",
    MAIL,
    RCPT,
    "DATA\r\n",
    "x\r\n.\r\n",
    "BDAT 3\r\nabc",
    "BDAT 3 LAST\r\nabc",
    "RSET\r\n",
    "NOOP\r\n",
    "USER alex\r\n",
    "PASS portcall\r\n",
    "LIST\r\n",
    "RETR 1\r\n",
    "DELE 1\r\n",
    "a LOGIN alex portcall\r\n",
    "a LOGIN {4+}\r\nalex {8}\r\n",
    "portcall\r\n",
    "a SELECT INBOX\r\n",
    "a APPEND INBOX {8}\r\n",
    "a: b\r\nc\n\r\n",
    "a APPEND INBOX {8+}\r\na: b\r\nc\n\r\n",
    "a UID FETCH 1:* FLAGS\r\n",
    "a IDLE\r\n",
    "DONE\r\n",
    "a AUTHENTICATE PLAIN\r\n",
  };
  g_autoptr (PcMailStore) store = make_store ();
  g_autoptr (PcEngine) server = make_server (id, store);
  const PcVerbInfo *verbs = pc_registry_find (id)->verbs;
  guint             n_verbs = 0;
  gint64            now = NOW;

  while (verbs[n_verbs].name != NULL)
    n_verbs++;
  for (guint i = 0; i < 40; i++) {
    const char *verb = verbs[g_rand_int_range (rand, 0, (gint) n_verbs)].name;
    const char *reply = replies[g_rand_int_range (rand, 0, (gint) n_replies)];
    guint       nth = (guint) g_rand_int_range (rand, 1, 6);

    if (g_rand_boolean (rand))
      pc_engine_inject_answer (server, verb, nth, reply, NULL);
    else
      pc_engine_inject_answers (server, verb, nth, reply, NULL);
  }

  pc_engine_start (server, now);
  for (guint i = 0; i < 100; i++) {
    g_autofree char *output = NULL;

    feed (server, &now,
          lines[g_rand_int_range (rand, 0, G_N_ELEMENTS (lines))], 3);
    output = take (server);
    g_assert_true (output[0] == '\0' || g_str_has_suffix (output, "\r\n"));
    g_assert_cmpint (pc_engine_get_status (server), !=, PC_ENGINE_FAILED);
  }
  count_events (server);
  pc_engine_eof (server, now);
}

static void
test_thousands (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 400; i++) {
    hold_random_talk ("smtp", smtp_replies, G_N_ELEMENTS (smtp_replies),
                      rand);
    hold_random_talk ("pop3", pop3_replies, G_N_ELEMENTS (pop3_replies),
                      rand);
    hold_random_talk ("imap", imap_replies, G_N_ELEMENTS (imap_replies),
                      rand);
  }
}

static void
test_too_many (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  g_autoptr (PcEngine) server = make_server ("pop3", store);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < PC_LIMIT_ANSWERS; i++)
    g_assert_true (pc_engine_inject_answer (server, "NOOP", i + 1, "-ERR no",
                                            NULL));
  g_assert_false (pc_engine_inject_answer (server, "NOOP", 1, "-ERR no",
                                           &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/proto/answers/told", test_told);
  g_test_add_func ("/proto/answers/lengths", test_lengths);
  g_test_add_func ("/proto/answers/lines", test_lines);
  g_test_add_func ("/proto/answers/clients", test_clients);
  for (guint i = 0; i < G_N_ELEMENTS (talks); i++) {
    g_autofree char *path = g_strconcat ("/proto/answers/talk/",
                                         talks[i].name, NULL);

    g_test_add_data_func (path, &talks[i], test_talk);
  }
  g_test_add_func ("/proto/answers/place", test_place);
  g_test_add_func ("/proto/answers/tftp/request", test_tftp_request);
  g_test_add_func ("/proto/answers/tftp/ack", test_tftp_ack);
  g_test_add_func ("/proto/answers/tftp/data", test_tftp_data);
  g_test_add_func ("/proto/answers/tftp/stranger", test_tftp_stranger);
  g_test_add_func ("/proto/answers/tftp/out-of-place",
                   test_tftp_out_of_place);
  g_test_add_func ("/proto/answers/tftp/client", test_tftp_client);
  g_test_add_func ("/proto/answers/thousands", test_thousands);
  g_test_add_func ("/proto/answers/too-many", test_too_many);

  return g_test_run ();
}
