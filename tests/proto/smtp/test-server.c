/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server, by scripts: what is sent, what is answered, what was stored. */

#include "smtp-test.h"

#include "base/limits.h"

#include <string.h>

#define EHLO "EHLO pc.example.test\r\n"
#define MAIL "MAIL FROM:<robin@example.test>\r\n"
#define RCPT "RCPT TO:<alex@example.test>\r\n"
#define AUTH "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n"

static const struct
{
  const char  *name;
  PcServerRole role;
  const char  *input;
  const char  *codes; /* code and enhanced code of every reply's last line */
  const char  *state;
  guint        alex; /* messages afterwards */
  guint        robin;
} scripts[] = {
  /* order (RFC 5321 section 4.1.4) */
  { "mail-first", PC_SERVER_DEFAULT, MAIL, "503 5.5.1", "Greeted", 0, 0 },
  { "rcpt-first", PC_SERVER_DEFAULT, EHLO RCPT, "250 503 5.5.1", "Ready", 0,
    0 },
  { "data-first", PC_SERVER_DEFAULT, EHLO "DATA\r\n", "250 503 5.5.1",
    "Ready", 0, 0 },
  { "data-no-rcpt", PC_SERVER_DEFAULT, EHLO MAIL "DATA\r\n",
    "250 250 2.1.0 503 5.5.1", "Sender known", 0, 0 },
  { "data-all-refused", PC_SERVER_DEFAULT,
    EHLO MAIL "RCPT TO:<who@example.test>\r\nDATA\r\n",
    "250 250 2.1.0 550 5.1.1 554 5.5.1", "Sender known", 0, 0 },
  { "mail-twice", PC_SERVER_DEFAULT, EHLO MAIL MAIL,
    "250 250 2.1.0 503 5.5.1", "Sender known", 0, 0 },
  { "auth-in-mail", PC_SERVER_DEFAULT, EHLO MAIL AUTH,
    "250 250 2.1.0 503 5.5.1", "Sender known", 0, 0 },
  { "rset", PC_SERVER_DEFAULT, EHLO MAIL RCPT "RSET\r\n" RCPT,
    "250 250 2.1.0 250 2.1.5 250 2.0.0 503 5.5.1", "Ready", 0, 0 },
  { "rset-early", PC_SERVER_DEFAULT, "RSET\r\nNOOP\r\n" MAIL,
    "250 2.0.0 250 2.0.0 503 5.5.1", "Greeted", 0, 0 },
  { "ehlo-resets", PC_SERVER_DEFAULT, EHLO MAIL EHLO RCPT,
    "250 250 2.1.0 250 503 5.5.1", "Ready", 0, 0 },
  { "quit", PC_SERVER_DEFAULT, "QUIT\r\nNOOP\r\n", "221 2.0.0", "Closed", 0,
    0 },

  /* whole mails */
  { "one", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "DATA\r\nSubject: a\r\n\r\nb\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 354 250 2.0.0", "Ready", 1, 0 },
  { "helo", PC_SERVER_DEFAULT, "HELO pc\r\n" MAIL RCPT "DATA\r\nb\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 354 250 2.0.0", "Ready", 1, 0 },
  { "empty", PC_SERVER_DEFAULT, EHLO MAIL RCPT "DATA\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 354 250 2.0.0", "Ready", 1, 0 },
  { "two-in-a-row", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "DATA\r\na\r\n.\r\n" MAIL RCPT
                   "RCPT TO:<robin@example.test>\r\nDATA\r\nb\r\n.\r\nQUIT\r\n",
    "250 250 2.1.0 250 2.1.5 354 250 2.0.0 250 2.1.0 250 2.1.5 250 2.1.5 354 "
    "250 2.0.0 221 2.0.0",
    "Closed", 2, 1 },
  { "double-recipient", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "rcpt to: <ALEX@EXAMPLE.TEST>\r\n"
                   "RCPT TO:<postmaster>\r\nDATA\r\na\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 250 2.1.5 250 2.1.5 354 250 2.0.0", "Ready", 1,
    0 },
  { "one-of-two-unknown", PC_SERVER_DEFAULT,
    EHLO MAIL "RCPT TO:<who@example.test>\r\n" RCPT "DATA\r\na\r\n.\r\n",
    "250 250 2.1.0 550 5.1.1 250 2.1.5 354 250 2.0.0", "Ready", 1, 0 },
  { "null-sender", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<>\r\n" RCPT "DATA\r\na\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 354 250 2.0.0", "Ready", 1, 0 },
  { "source-route", PC_SERVER_DEFAULT,
    EHLO MAIL "RCPT TO:<@relay.test:alex@example.test>\r\nDATA\r\na\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 354 250 2.0.0", "Ready", 1, 0 },
  { "commands-in-text", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "DATA\r\nQUIT\r\nRSET\r\n..\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 354 250 2.0.0", "Ready", 1, 0 },

  /* whose mail is taken (RFC 5321 section 3.6, RFC 6409) */
  { "relay-foreign", PC_SERVER_RELAY,
    EHLO MAIL "RCPT TO:<who@other.test>\r\n", "250 250 2.1.0 550 5.7.1",
    "Sender known", 0, 0 },
  { "relay-no-auth", PC_SERVER_RELAY, EHLO AUTH, "250 502 5.5.1", "Ready", 0,
    0 },
  { "default-foreign", PC_SERVER_DEFAULT,
    EHLO MAIL "RCPT TO:<who@other.test>\r\n", "250 250 2.1.0 550 5.7.1",
    "Sender known", 0, 0 },
  { "default-foreign-user", PC_SERVER_DEFAULT,
    EHLO AUTH MAIL "RCPT TO:<who@other.test>\r\n",
    "250 235 2.7.0 250 2.1.0 550 5.1.2", "Sender known", 0, 0 },
  { "submission-stranger", PC_SERVER_SUBMISSION, EHLO MAIL RCPT,
    "250 530 5.7.0 503 5.5.1", "Ready", 0, 0 },
  { "submission-user", PC_SERVER_SUBMISSION,
    EHLO AUTH MAIL RCPT "DATA\r\na\r\n.\r\n",
    "250 235 2.7.0 250 2.1.0 250 2.1.5 354 250 2.0.0", "Ready, logged in", 1,
    0 },

  /* AUTH (RFC 4954) */
  { "auth-needs-ehlo", PC_SERVER_DEFAULT, AUTH "HELO pc\r\n" AUTH,
    "503 5.5.1 250 503 5.5.1", "Ready", 0, 0 },
  { "auth-twice", PC_SERVER_DEFAULT, EHLO AUTH AUTH,
    "250 235 2.7.0 503 5.5.1", "Ready, logged in", 0, 0 },
  { "auth-plain-asked", PC_SERVER_DEFAULT,
    EHLO "auth plain\r\nAGFsZXgAcG9ydGNhbGw=\r\n", "250 334 235 2.7.0",
    "Ready, logged in", 0, 0 },
  { "auth-login", PC_SERVER_DEFAULT,
    EHLO "AUTH LOGIN\r\nYWxleA==\r\ncG9ydGNhbGw=\r\n",
    "250 334 334 235 2.7.0", "Ready, logged in", 0, 0 },
  { "auth-login-initial", PC_SERVER_DEFAULT,
    EHLO "AUTH LOGIN YWxleA==\r\ncG9ydGNhbGw=\r\n", "250 334 235 2.7.0",
    "Ready, logged in", 0, 0 },
  { "auth-login-password", PC_SERVER_DEFAULT,
    EHLO "AUTH LOGIN\r\nYWxleA==\r\nYWxleA==\r\n", "250 334 334 535 5.7.8",
    "Ready", 0, 0 },
  { "auth-wrong", PC_SERVER_DEFAULT, EHLO "AUTH PLAIN AGFsZXgAYQ==\r\n",
    "250 535 5.7.8", "Ready", 0, 0 },
  { "auth-as-other", PC_SERVER_DEFAULT,
    EHLO "AUTH PLAIN cm9iaW4AYWxleABwb3J0Y2FsbA==\r\n", "250 535 5.7.8",
    "Ready", 0, 0 },
  { "auth-empty", PC_SERVER_DEFAULT, EHLO "AUTH PLAIN =\r\n", "250 535 5.7.8",
    "Ready", 0, 0 },
  { "auth-login-empty", PC_SERVER_DEFAULT,
    EHLO "AUTH LOGIN\r\nYWxleA==\r\n\r\nAUTH LOGIN =\r\n\r\n",
    "250 334 334 535 5.7.8 334 535 5.7.8", "Ready", 0, 0 },
  { "auth-cancel", PC_SERVER_DEFAULT, EHLO "AUTH LOGIN\r\n*\r\n" MAIL,
    "250 334 501 5.7.0 250 2.1.0", "Sender known", 0, 0 },
  { "auth-cancel-second", PC_SERVER_DEFAULT,
    EHLO "AUTH LOGIN\r\nYWxleA==\r\n*\r\nAUTH LOGIN\r\nYWxleA==\r\n",
    "250 334 334 501 5.7.0 334 334", "Logging in", 0, 0 },
  { "auth-bad-base64", PC_SERVER_DEFAULT,
    EHLO "AUTH PLAIN !!!!\r\nAUTH PLAIN\r\nAGFs ZXg=\r\n",
    "250 501 5.5.2 334 501 5.5.2", "Ready", 0, 0 },
  { "auth-mechanism", PC_SERVER_DEFAULT, EHLO "AUTH DIGEST-MD5\r\nAUTH\r\n",
    "250 504 5.5.4 501 5.5.4", "Ready", 0, 0 },
  { "auth-cram-wrong", PC_SERVER_DEFAULT,
    EHLO "AUTH CRAM-MD5\r\nYWxleCB4\r\nAUTH CRAM-MD5 YWxleA==\r\n",
    "250 334 535 5.7.8 501 5.7.0", "Ready", 0, 0 },
  { "auth-scram", PC_SERVER_DEFAULT,
    EHLO "AUTH SCRAM-SHA-256 biwsbj1hbGV4LHI9YWJj\r\n"
         "Yz1iaXdzLHI9YWJjLHA9QUFBQQ==\r\nAUTH SCRAM-SHA-256\r\n=\r\n",
    "250 334 535 5.7.8 334 501 5.5.2", "Ready", 0, 0 },
  { "auth-lone-lf", PC_SERVER_DEFAULT, EHLO "AUTH LOGIN\r\nYWxleA==\nNOOP\r\n",
    "250 334 500 5.5.2 250 2.0.0", "Ready", 0, 0 },

  /* arguments */
  { "size", PC_SERVER_DEFAULT, EHLO "MAIL FROM:<a@b.test> SIZE=1000\r\n",
    "250 250 2.1.0", "Sender known", 0, 0 },
  { "size-too-big", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> SIZE=99999999\r\n", "250 552 5.3.4", "Ready",
    0, 0 },
  { "size-20-digits", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> SIZE=99999999999999999999\r\n",
    "250 552 5.3.4", "Ready", 0, 0 },
  { "size-21-digits", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> SIZE=999999999999999999999\r\n",
    "250 501 5.5.4", "Ready", 0, 0 },
  { "size-negative", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> SIZE=-1\r\n", "250 501 5.5.4", "Ready", 0, 0 },
  { "size-after-helo", PC_SERVER_DEFAULT,
    "HELO pc\r\nMAIL FROM:<a@b.test> SIZE=1\r\n", "250 555 5.5.4", "Ready", 0,
    0 },
  { "body", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> body=8bitmime SIZE=5\r\n", "250 250 2.1.0",
    "Sender known", 0, 0 },
  { "body-unknown", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> BODY=BINARYMIME\r\n", "250 501 5.5.4", "Ready",
    0, 0 },
  { "param-unknown", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> MT-PRIORITY=3\r\n", "250 555 5.5.4", "Ready",
    0, 0 },
  { "rcpt-param", PC_SERVER_DEFAULT,
    EHLO MAIL "RCPT TO:<alex@example.test> SIZE=5\r\n",
    "250 250 2.1.0 555 5.5.4", "Sender known", 0, 0 },
  { "no-brackets", PC_SERVER_DEFAULT, EHLO "MAIL FROM:a@b.test\r\n",
    "250 501 5.1.7", "Ready", 0, 0 },
  { "no-from", PC_SERVER_DEFAULT, EHLO "MAIL <a@b.test>\r\nMAIL\r\n",
    "250 501 5.5.4 501 5.5.4", "Ready", 0, 0 },
  { "no-domain", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<alex>\r\n" MAIL "RCPT TO:<alix>\r\n",
    "250 501 5.1.7 250 2.1.0 501 5.1.3", "Sender known", 0, 0 },
  { "null-recipient", PC_SERVER_DEFAULT, EHLO MAIL "RCPT TO:<>\r\n",
    "250 250 2.1.0 501 5.1.3", "Sender known", 0, 0 },
  { "eight-bit-address", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<j\303\266rg@b.test>\r\n", "250 553 5.6.7", "Ready", 0,
    0 },
  { "ehlo-empty", PC_SERVER_DEFAULT, "EHLO\r\nEHLO a b\r\nEHLO (x)\r\n",
    "501 5.5.4 501 5.5.4 501 5.5.4", "Greeted", 0, 0 },
  { "ehlo-literal", PC_SERVER_DEFAULT, "EHLO [IPv6:::1]\r\n", "250", "Ready",
    0, 0 },
  { "bare-verbs", PC_SERVER_DEFAULT, EHLO "RSET x\r\nQUIT now\r\nNOOP x\r\n",
    "250 501 5.5.4 501 5.5.4 250 2.0.0", "Ready", 0, 0 },
  { "trailing-blank", PC_SERVER_DEFAULT, EHLO "NOOP  \r\nquit \r\n",
    "250 250 2.0.0 221 2.0.0", "Closed", 0, 0 },
  { "others", PC_SERVER_DEFAULT,
    EHLO "VRFY alex\r\nVRFY\r\nEXPN list\r\nHELP\r\nHELP MAIL\r\nSTARTTLS\r\n"
         "BDAT x\r\nETRN x\r\n\r\n",
    "250 252 2.1.5 501 5.5.4 502 5.5.1 214 2.0.0 214 2.0.0 502 5.5.1 501 "
    "5.5.4 500 5.5.1 500 5.5.1",
    "Ready", 0, 0 },

  /* BDAT (RFC 3030) */
  { "bdat-one", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "BDAT 5 LAST\r\nQUIT\nNOOP\r\n",
    "250 250 2.1.0 250 2.1.5 250 2.0.0 250 2.0.0", "Ready", 1, 0 },
  { "bdat-pieces", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "BDAT 3\r\nabcbdat 3\r\n.\r\nBDAT 0 last\r\n",
    "250 250 2.1.0 250 2.1.5 250 2.0.0 250 2.0.0 250 2.0.0", "Ready", 1, 0 },
  { "bdat-open", PC_SERVER_DEFAULT, EHLO MAIL RCPT "BDAT 3\r\nabc",
    "250 250 2.1.0 250 2.1.5 250 2.0.0", "Message under way in pieces", 0, 0 },
  { "bdat-empty", PC_SERVER_DEFAULT, EHLO MAIL RCPT "BDAT 0 LAST\r\n",
    "250 250 2.1.0 250 2.1.5 250 2.0.0", "Ready", 1, 0 },
  { "bdat-then-data", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "BDAT 1\r\naDATA\r\n" RCPT MAIL "RSET\r\n" MAIL,
    "250 250 2.1.0 250 2.1.5 250 2.0.0 503 5.5.1 503 5.5.1 503 5.5.1 250 "
    "2.0.0 250 2.1.0",
    "Sender known", 0, 0 },
  { "bdat-first", PC_SERVER_DEFAULT,
    "BDAT 4\r\nRSETHELO pc\r\nBDAT 1 LAST\r\naNOOP\r\n",
    "503 5.5.1 250 503 5.5.1 250 2.0.0", "Ready", 0, 0 },
  { "bdat-no-rcpt", PC_SERVER_DEFAULT,
    EHLO MAIL "BDAT 2\r\nab" RCPT "BDAT 2\r\nabBDAT 1 LAST\r\na" MAIL,
    "250 250 2.1.0 503 5.5.1 250 2.1.5 503 5.5.1 503 5.5.1 250 2.1.0",
    "Sender known", 0, 0 },
  { "bdat-syntax", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "BDAT\r\nBDAT -1\r\nBDAT 2 FIRST\r\nabBDAT 1\r\na"
                   "BDAT 1 LAST x\r\na",
    "250 250 2.1.0 250 2.1.5 501 5.5.4 501 5.5.4 501 5.5.4 503 5.5.1 501 "
    "5.5.4",
    "Recipients known", 0, 0 },
  { "bdat-lost", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "BDAT 999999999999 LAST\r\nabc",
    "250 250 2.1.0 250 2.1.5", "Recipients known", 0, 0 },

  /* SMTPUTF8 (RFC 6531) */
  { "utf8", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<j\303\266rg@b\303\274ro.test> SMTPUTF8\r\n" RCPT
         "RCPT TO:<j\303\266rg@example.test>\r\nDATA\r\na\r\n.\r\n",
    "250 250 2.1.0 250 2.1.5 550 5.1.1 354 250 2.0.0", "Ready", 1, 0 },
  { "utf8-rcpt-only", PC_SERVER_DEFAULT,
    EHLO MAIL "RCPT TO:<j\303\266rg@example.test>\r\n",
    "250 250 2.1.0 553 5.6.7", "Sender known", 0, 0 },
  { "utf8-bad", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<\366@b.test> SMTPUTF8\r\n"
         "MAIL FROM:<a@b.test> SMTPUTF8=1\r\n"
         "MAIL FROM:<a@b.test> SMTPUTF8 SMTPUTF8\r\n",
    "250 501 5.1.7 501 5.5.4 501 5.5.4", "Ready", 0, 0 },

  /* DSN (RFC 3461) */
  { "dsn", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> RET=HDRS ENVID=QQ+2B314\r\n"
         "RCPT TO:<alex@example.test> NOTIFY=success,Failure "
         "ORCPT=rfc822;a+2Bb@b.test\r\n"
         "RCPT TO:<robin@example.test> NOTIFY=NEVER\r\n",
    "250 250 2.1.0 250 2.1.5 250 2.1.5", "Recipients known", 0, 0 },
  { "dsn-mail-bad", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<a@b.test> RET=ALL\r\nMAIL FROM:<a@b.test> RET\r\n"
         "MAIL FROM:<a@b.test> RET=FULL RET=FULL\r\n"
         "MAIL FROM:<a@b.test> ENVID=a+2b\r\n"
         "MAIL FROM:<a@b.test> ENVID=a ENVID=a\r\n"
         "MAIL FROM:<a@b.test> ENVID=a+4\r\n"
         "MAIL FROM:<a@b.test> NOTIFY=NEVER\r\n",
    "250 501 5.5.4 501 5.5.4 501 5.5.4 501 5.5.4 501 5.5.4 501 5.5.4 555 "
    "5.5.4",
    "Ready", 0, 0 },
  { "dsn-rcpt-bad", PC_SERVER_DEFAULT,
    EHLO MAIL "RCPT TO:<alex@example.test> NOTIFY=NEVER,SUCCESS\r\n"
              "RCPT TO:<alex@example.test> NOTIFY=SUCCESS,\r\n"
              "RCPT TO:<alex@example.test> NOTIFY\r\n"
              "RCPT TO:<alex@example.test> NOTIFY=DELAY NOTIFY=DELAY\r\n"
              "RCPT TO:<alex@example.test> ORCPT=rfc822\r\n"
              "RCPT TO:<alex@example.test> ORCPT=;a\r\n"
              "RCPT TO:<alex@example.test> RET=FULL\r\n",
    "250 250 2.1.0 501 5.5.4 501 5.5.4 501 5.5.4 501 5.5.4 501 5.5.4 501 "
    "5.5.4 555 5.5.4",
    "Sender known", 0, 0 },

  /* other protocols, broken lines */
  { "lone-lf", PC_SERVER_DEFAULT, "EHLO pc\n" EHLO "RSET\n",
    "500 5.5.2 250 500 5.5.2", "Ready", 0, 0 },
  { "lone-cr", PC_SERVER_DEFAULT, EHLO "NOOP\rRSET\r\n", "250 500 5.5.2",
    "Ready", 0, 0 },
  { "http", PC_SERVER_DEFAULT, "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "421 4.7.0", "Closed", 0, 0 },
  { "http-post", PC_SERVER_DEFAULT, EHLO "POST / HTTP/1.1\r\n" MAIL,
    "250 421 4.7.0", "Closed", 0, 0 },
  { "tls", PC_SERVER_DEFAULT, "\x16\x03\x01\x02", "421 4.7.0", "Closed", 0,
    0 },
};

/* The verdict of each reply's last line: "250 503 5.5.1". */
static char *
codes_of (const char *output)
{
  g_auto (GStrv) lines = g_strsplit (output, "\r\n", -1);
  GString *codes = g_string_new (NULL);
  guint    i;

  for (i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    const char *text = lines[i] + 4;

    g_assert_cmpuint (strlen (lines[i]), >=, 4);
    g_assert_cmpuint (strlen (lines[i]), <=, 510);
    g_assert_true (g_str_is_ascii (lines[i]));
    if (lines[i][3] == '-')
      continue;
    if (codes->len > 0)
      g_string_append_c (codes, ' ');
    g_string_append_len (codes, lines[i], 3);
    if (g_ascii_isdigit (text[0]) && text[1] == '.') {
      g_assert_cmpint (text[0], ==, lines[i][0]);
      g_string_append_c (codes, ' ');
      g_string_append_len (codes, text, strcspn (text, " "));
    }
  }
  g_assert_true (lines[i] != NULL && lines[i + 1] == NULL);

  return g_string_free (codes, FALSE);
}

static char *
run_script (guint i,
            gsize step)
{
  PcMailStore     *store = smtp_test_store ();
  PcEngine        *server = smtp_test_server (store, scripts[i].role);
  char            *output;
  g_autofree char *codes = NULL;

  smtp_test_feed (server, scripts[i].input, -1, step);
  output = smtp_test_output (server);
  codes = codes_of (output);
  g_assert_cmpstr (codes, ==, scripts[i].codes);
  g_assert_cmpstr (pc_engine_get_state (server), ==, scripts[i].state);
  g_assert_true ((pc_engine_get_status (server) == PC_ENGINE_RUNNING) ==
                 (strcmp (scripts[i].state, "Closed") != 0));
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==,
                    scripts[i].alex);
  g_assert_cmpuint (smtp_test_count (store, "robin@example.test"), ==,
                    scripts[i].robin);
  pc_engine_free (server);
  pc_mail_store_unref (store);

  return output;
}

static void
test_scripts (void)
{
  static const gsize steps[] = { 1, 2, 3, 7, 64 };
  guint              i;
  guint              s;

  for (i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_autofree char *whole = NULL;

    g_test_message ("%s", scripts[i].name);
    whole = run_script (i, 0);
    for (s = 0; s < G_N_ELEMENTS (steps); s++) {
      g_autofree char *parts = run_script (i, steps[s]);

      g_assert_cmpstr (parts, ==, whole);
    }
  }
}

static void
test_ehlo (void)
{
  static const struct
  {
    PcServerRole role;
    gboolean     auth;
  } roles[] = { { PC_SERVER_DEFAULT, TRUE },
                { PC_SERVER_RELAY, FALSE },
                { PC_SERVER_SUBMISSION, TRUE } };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_autoptr (PcMailStore) store = smtp_test_store ();
    g_autoptr (PcEngine) server = smtp_test_server (store, roles[i].role);
    g_autofree char *output = NULL;
    g_autofree char *expected = NULL;

    smtp_test_feed (server, EHLO, -1, 0);
    output = smtp_test_output (server);
    expected = g_strconcat ("250-mail.example.test greets pc.example.test\r\n"
                            "250-PIPELINING\r\n"
                            "250-SIZE 31457280\r\n"
                            "250-8BITMIME\r\n"
                            "250-SMTPUTF8\r\n"
                            "250-CHUNKING\r\n"
                            "250-DSN\r\n"
                            "250-ENHANCEDSTATUSCODES\r\n",
                            roles[i].auth ? "250-AUTH PLAIN LOGIN CRAM-MD5 "
                                            "SCRAM-SHA-256\r\n" : "",
                            "250 HELP\r\n", NULL);
    g_assert_cmpstr (output, ==, expected);
  }
}

static const struct
{
  const char  *name;
  PcServerRole role;
  const char  *input;
  const char  *stored;
  gboolean     fixes;
} deliveries[] = {
  { "esmtp", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "DATA\r\nSubject: a\r\n\r\n..dot\r\n.\r\n",
    "Return-Path: <robin@example.test>\r\n"
    "Received: from pc.example.test ([127.0.0.1])\r\n"
    "\tby mail.example.test with ESMTP id 6B03EB78-1-1\r\n"
    "\tfor <alex@example.test>;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Subject: a\r\n\r\n.dot\r\n" },
  { "lines-of-unix", PC_SERVER_DEFAULT,
    EHLO MAIL RCPT "DATA\r\nSubject: a\n\n..two\n.one\n\r\n.\r\n",
    "Return-Path: <robin@example.test>\r\n"
    "Received: from pc.example.test ([127.0.0.1])\r\n"
    "\tby mail.example.test with ESMTP id 6B03EB78-1-1\r\n"
    "\tfor <alex@example.test>;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Subject: a\r\n\r\n..two\r\n.one\r\n\r\n" },
  { "two-recipients", PC_SERVER_SUBMISSION,
    EHLO AUTH "MAIL FROM:<>\r\n" RCPT
              "RCPT TO:<robin@example.test>\r\nDATA\r\n\r\nx\r\n.\r\n",
    "Return-Path: <>\r\n"
    "Received: from pc.example.test ([127.0.0.1])\r\n"
    "\tby mail.example.test with ESMTPA id 6B03EB78-1-1;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Date: Mon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Message-ID: <6B03EB78-1-1@mail.example.test>\r\n"
    "\r\nx\r\n", TRUE },
  { "fix-sender", PC_SERVER_SUBMISSION,
    EHLO AUTH MAIL RCPT "DATA\r\nDate: x\r\nmessage-id: <y>\r\n"
                        "From: Robin <robin@example.test>\r\n\r\nx\r\n.\r\n",
    "Return-Path: <robin@example.test>\r\n"
    "Received: from pc.example.test ([127.0.0.1])\r\n"
    "\tby mail.example.test with ESMTPA id 6B03EB78-1-1\r\n"
    "\tfor <alex@example.test>;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Sender: <alex@example.test>\r\n"
    "Date: x\r\nmessage-id: <y>\r\n"
    "From: Robin <robin@example.test>\r\n\r\nx\r\n", TRUE },
  { "not-to-be-fixed", PC_SERVER_SUBMISSION,
    EHLO AUTH MAIL RCPT "DATA\r\n\r\nx\r\n.\r\n",
    "Return-Path: <robin@example.test>\r\n"
    "Received: from pc.example.test ([127.0.0.1])\r\n"
    "\tby mail.example.test with ESMTPA id 6B03EB78-1-1\r\n"
    "\tfor <alex@example.test>;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "\r\nx\r\n" },
  { "nothing-to-fix", PC_SERVER_SUBMISSION,
    EHLO AUTH MAIL RCPT "DATA\r\nDate: x\r\nMessage-ID: <y>\r\n"
                        "From: Alex@Example.test\r\n\r\nx\r\n.\r\n",
    "Return-Path: <robin@example.test>\r\n"
    "Received: from pc.example.test ([127.0.0.1])\r\n"
    "\tby mail.example.test with ESMTPA id 6B03EB78-1-1\r\n"
    "\tfor <alex@example.test>;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Date: x\r\nMessage-ID: <y>\r\nFrom: Alex@Example.test\r\n\r\nx\r\n",
    TRUE },
  { "pieces-and-utf8", PC_SERVER_DEFAULT,
    EHLO "MAIL FROM:<j\303\266rg@b.test> SMTPUTF8\r\n" RCPT
         "BDAT 14\r\nSubject: a\r\n\r\nBDAT 7 LAST\r\n.\r\n.\r\n.",
    "Return-Path: <j\303\266rg@b.test>\r\n"
    "Received: from pc.example.test ([127.0.0.1])\r\n"
    "\tby mail.example.test with UTF8SMTP id 6B03EB78-1-1\r\n"
    "\tfor <alex@example.test>;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "Subject: a\r\n\r\n.\r\n.\r\n." },
  { "smtp", PC_SERVER_RELAY,
    "HELO [127.0.0.2]\r\n" MAIL RCPT "DATA\r\n\303\251\r\n.\r\n",
    "Return-Path: <robin@example.test>\r\n"
    "Received: from [127.0.0.2] ([127.0.0.1])\r\n"
    "\tby mail.example.test with SMTP id 6B03EB78-1-1\r\n"
    "\tfor <alex@example.test>;\r\n"
    "\tMon, 23 Nov 2026 07:30:00 +0000\r\n"
    "\303\251\r\n" },
};

/* RFC 5321 section 6.3: a hundred hops are a long way, one more is a loop. */
static void
test_loop (void)
{
  guint hops;

  for (hops = PC_LIMIT_SMTP_HOPS; hops <= PC_LIMIT_SMTP_HOPS + 1; hops++) {
    g_autoptr (PcMailStore) store = smtp_test_store ();
    g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_RELAY);
    g_autoptr (GString) text = g_string_new (EHLO MAIL RCPT "DATA\r\n");
    g_autofree char *output = NULL;
    guint            i;

    for (i = 0; i < hops; i++)
      g_string_append (text, i % 2 ? "Received: by a\r\n\tb\r\n"
                                   : "RECEIVED:x\r\n");
    g_string_append (text, "Subject: Received\r\n\r\n"
                           "Received: not in the body\r\n.\r\n");
    smtp_test_feed (server, text->str, -1, 0);
    output = smtp_test_output (server);
    g_test_message ("%u hops", hops);
    g_assert_cmpint (strstr (output, "\r\n554 5.4.6 ") != NULL, ==,
                     hops > PC_LIMIT_SMTP_HOPS);
    g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==,
                      hops > PC_LIMIT_SMTP_HOPS ? 0 : 1);
  }
}

/* Pieces that are too big are eaten, and refused once at the end. */
static void
test_big_chunks (void)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_RELAY);
  g_autofree char *piece = g_strnfill (1024 * 1024, 'x');
  g_autofree char *output = NULL;
  guint            i;

  smtp_test_feed (server, EHLO MAIL RCPT, -1, 0);
  for (i = 0; i <= PC_LIMIT_SMTP_MESSAGE / (1024 * 1024); i++) {
    smtp_test_feed (server, "BDAT 1048576\r\n", -1, 0);
    smtp_test_feed (server, piece, -1, 0);
  }
  smtp_test_feed (server, "BDAT 0 LAST\r\nNOOP\r\n", -1, 0);
  output = smtp_test_output (server);
  g_assert_true (g_str_has_suffix (output, "\r\n250 2.0.0 Still here\r\n"));
  g_assert_nonnull (strstr (output, "\r\n552 5.3.4 "));
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 0);
}

static void
test_delivery (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (deliveries); i++) {
    g_autoptr (PcMailStore) store = smtp_test_store ();
    g_autoptr (PcEngine) server = NULL;
    g_autofree char *stored = NULL;

    g_test_message ("%s", deliveries[i].name);
    smtp_test_fixes = deliveries[i].fixes;
    server = smtp_test_server (store, deliveries[i].role);
    smtp_test_fixes = FALSE;
    smtp_test_feed (server, deliveries[i].input, -1, 0);
    stored = smtp_test_newest (store, "alex@example.test");
    g_assert_cmpstr (stored, ==, deliveries[i].stored);
  }
}

/* What sloppy servers took for the end of a message.  Behind each stands a
 * second mail that must never be. */
static const struct
{
  const char *end;
  gsize       len;
} smuggles[] = {
  { "\n.\n", 3 },
  { "\n.\r\n", 4 },
  { "\r.\r", 3 },
  { "\r.\r\n", 4 },
  { "\r.\n", 3 },
  { "\n.\r", 3 },
  { "\r\n.\n", 4 },
  { "\r\n.\r", 4 },
  { "\r\n.\r\r\n", 6 },
  { "\r\n\r.\r\n", 6 },
  { "\r\r\n.\n", 5 },
  { "\n\n.\r\n", 5 },
  { "\r\n.\n\r\n", 6 },
  { "\n\r\n.\n", 5 },
  { "\r\n\0.\n", 5 },
  { "\r\n\0.\r\n\n", 7 },
  { "\n.\n\r\n.\n", 7 },
  { "\n\0.\n", 4 },
  { "\n.\0\r\n", 5 },
  { "\r\n\0.\r\n", 6 },
  { "\n.\n..\n", 6 },
};

static void
check_smuggle (guint       i,
               const char *before,
               gsize       step)
{
  static const char after[] = "MAIL FROM:<boss@example.test>\r\n"
                              "RCPT TO:<robin@example.test>\r\nDATA\r\n"
                              "Subject: forged\r\n\r\nx\r\n.\r\nNOOP\r\n";
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  g_autoptr (GString) input = g_string_new (before);
  g_autofree char *output = NULL;
  g_autofree char *codes = NULL;

  g_string_append_len (input, smuggles[i].end, smuggles[i].len);
  g_string_append (input, after);
  smtp_test_feed (server, input->str, input->len, step);
  output = smtp_test_output (server);
  codes = codes_of (output);
  g_assert_cmpstr (codes, ==,
                   "250 250 2.1.0 250 2.1.5 354 550 5.5.2 250 2.0.0");
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 0);
  g_assert_cmpuint (smtp_test_count (store, "robin@example.test"), ==, 0);
}

static void
test_smuggling (void)
{
  guint i;
  gsize step;

  for (i = 0; i < G_N_ELEMENTS (smuggles); i++)
    for (step = 0; step < 8; step++) {
      g_autofree char *shown = NULL;

      shown = g_strescape (smuggles[i].end, NULL);
      g_test_message ("row %u, %s, %" G_GSIZE_FORMAT " at a time", i, shown,
                      step);
      check_smuggle (i, EHLO MAIL RCPT "DATA\r\nSubject: a\r\n\r\nb", step);
      /* The very first line; and behind lines that end in LF. */
      check_smuggle (i, EHLO MAIL RCPT "DATA\r\n", step);
      check_smuggle (i, EHLO MAIL RCPT "DATA\r\nSubject: a\n\nb", step);
    }
}

/* The dot of the very first line is behind the command's CR LF. */
static const char *const first_lines[] = { ".\n", ".\r", ".\n\r\n", ".\r\r\n",
                                           ".\n.\r\n", "\n.\r\n" };

static void
test_smuggling_first (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (first_lines); i++) {
    g_autoptr (PcMailStore) store = smtp_test_store ();
    g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
    g_autofree char *input = g_strconcat (EHLO MAIL RCPT "DATA\r\n",
                                          first_lines[i], "x\r\n.\r\nNOOP\r\n",
                                          NULL);
    g_autofree char *output = NULL;
    g_autofree char *codes = NULL;

    g_test_message ("row %u", i);
    smtp_test_feed (server, input, -1, 0);
    output = smtp_test_output (server);
    codes = codes_of (output);
    g_assert_cmpstr (codes, ==,
                     "250 250 2.1.0 250 2.1.5 354 550 5.5.2 250 2.0.0");
    g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 0);
  }
}

static char *
answer_to (const char *before,
           char        filler,
           gsize       n,
           const char *after)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  g_autofree char *many = g_strnfill (n, filler);
  g_autofree char *output = NULL;

  smtp_test_feed (server, before, -1, 0);
  smtp_test_feed (server, many, -1, 1000);
  smtp_test_feed (server, after, -1, 0);
  output = smtp_test_output (server);

  return codes_of (output);
}

static void
test_long_lines (void)
{
  g_autofree char *fits = NULL;
  g_autofree char *line = NULL;
  g_autofree char *endless = NULL;
  g_autofree char *sasl = NULL;
  g_autofree char *text = NULL;

  fits = answer_to ("NOOP ", 'x', PC_LIMIT_SMTP_LINE - 7, "\r\nNOOP\r\n");
  g_assert_cmpstr (fits, ==, "250 2.0.0 250 2.0.0");
  line = answer_to ("NOOP ", 'x', PC_LIMIT_SMTP_LINE, "\r\nNOOP\r\n");
  g_assert_cmpstr (line, ==, "500 5.5.2 250 2.0.0");
  endless = answer_to ("", 'x', 4 * 1024 * 1024, "\r\nNOOP\r\n");
  g_assert_cmpstr (endless, ==, "500 5.5.2 250 2.0.0");
  sasl = answer_to (EHLO "AUTH PLAIN\r\n", 'A', PC_LIMIT_SASL_LINE,
                    "\r\nNOOP\r\n");
  g_assert_cmpstr (sasl, ==, "250 334 500 5.5.6 250 2.0.0");
  text = answer_to (EHLO MAIL RCPT "DATA\r\n", 'x', PC_LIMIT_SMTP_TEXT_LINE,
                    "\r\n.\r\nNOOP\r\n");
  g_assert_cmpstr (text, ==,
                   "250 250 2.1.0 250 2.1.5 354 554 5.6.0 250 2.0.0");
}

static void
test_too_big (void)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  g_autofree char *line = g_strnfill (1022, 'x');
  g_autofree char *block = g_strconcat (line, "\r\n", NULL);
  g_autofree char *output = NULL;
  g_autofree char *codes = NULL;
  gsize            sent;

  smtp_test_feed (server, EHLO MAIL RCPT "DATA\r\n", -1, 0);
  for (sent = 0; sent <= PC_LIMIT_SMTP_MESSAGE; sent += 1024)
    smtp_test_feed (server, block, 1024, 0);
  smtp_test_feed (server, "\n.\nNOOP\r\n.\r\nNOOP\r\n", -1, 0);
  output = smtp_test_output (server);
  codes = codes_of (output);
  /* The false end is still seen although nothing was kept. */
  g_assert_cmpstr (codes, ==,
                   "250 250 2.1.0 250 2.1.5 354 550 5.5.2 250 2.0.0");

  smtp_test_feed (server, MAIL RCPT "DATA\r\n", -1, 0);
  for (sent = 0; sent <= PC_LIMIT_SMTP_MESSAGE; sent += 1024)
    smtp_test_feed (server, block, 1024, 0);
  smtp_test_feed (server, ".\r\nNOOP\r\n", -1, 0);
  g_clear_pointer (&output, g_free);
  g_clear_pointer (&codes, g_free);
  output = smtp_test_output (server);
  codes = codes_of (output);
  g_assert_cmpstr (codes, ==, "250 2.1.0 250 2.1.5 354 552 5.3.4 250 2.0.0");
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 0);
}

static void
test_many_recipients (void)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  guint i;

  smtp_test_feed (server, EHLO MAIL, -1, 0);
  g_free (smtp_test_output (server));
  for (i = 0; i <= PC_LIMIT_SMTP_RECIPIENTS; i++) {
    g_autofree char *output = NULL;

    smtp_test_feed (server, RCPT, -1, 0);
    output = smtp_test_output (server);
    g_assert_true (g_str_has_prefix (
        output, i < PC_LIMIT_SMTP_RECIPIENTS ? "250 2.1.5" : "452 4.5.3"));
  }
  smtp_test_feed (server, "DATA\r\nx\r\n.\r\n", -1, 0);
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 1);
}

static void
test_many_mistakes (void)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  g_autofree char *output = NULL;
  guint            i;

  for (i = 0; i < PC_LIMIT_BAD_COMMANDS - 1; i++)
    smtp_test_feed (server, "BLURB\r\n", -1, 0);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);
  g_free (smtp_test_output (server));
  smtp_test_feed (server, "BLURB\r\nBLURB\r\n", -1, 0);
  output = smtp_test_output (server);
  g_assert_cmpstr (output, ==,
                   "500 5.5.1 No such command\r\n"
                   "421 4.7.0 mail.example.test has seen too many "
                   "mistakes\r\n");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
}

/* RFC 5321 section 4.5.3.2.7 */
static void
test_idle (void)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  gint64           deadline = pc_engine_get_deadline (server);
  g_autofree char *output = NULL;

  g_assert_cmpint (deadline, ==, SMTP_TEST_NOW + PC_LIMIT_IDLE_SMTP);
  /* Half a line is no sign of life. */
  pc_engine_feed (server, SMTP_TEST_NOW + 5, 0, (const guint8 *) "NO", 2);
  g_assert_cmpint (pc_engine_get_deadline (server), ==, deadline);
  pc_engine_wake (server, deadline - 1);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);
  pc_engine_feed (server, SMTP_TEST_NOW + 5, 0, (const guint8 *) "OP\r\n", 4);
  g_assert_cmpint (pc_engine_get_deadline (server), ==, deadline + 5);
  pc_engine_wake (server, deadline + 5);
  output = smtp_test_output (server);
  g_assert_cmpstr (output, ==,
                   "250 2.0.0 Still here\r\n"
                   "421 4.4.2 mail.example.test has waited too long\r\n");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  g_assert_cmpint (pc_engine_get_deadline (server), ==, PC_ENGINE_NEVER);
}

static void
test_eof (void)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);

  smtp_test_feed (server, EHLO MAIL RCPT "DATA\r\nhalf a mess", -1, 0);
  pc_engine_eof (server, SMTP_TEST_NOW);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  g_assert_cmpstr (pc_engine_get_state (server), ==, "Closed");
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/server/scripts", test_scripts);
  g_test_add_func ("/smtp/server/ehlo", test_ehlo);
  g_test_add_func ("/smtp/server/delivery", test_delivery);
  g_test_add_func ("/smtp/server/loop", test_loop);
  g_test_add_func ("/smtp/server/big-chunks", test_big_chunks);
  g_test_add_func ("/smtp/server/smuggling", test_smuggling);
  g_test_add_func ("/smtp/server/smuggling-first", test_smuggling_first);
  g_test_add_func ("/smtp/server/long-lines", test_long_lines);
  g_test_add_func ("/smtp/server/too-big", test_too_big);
  g_test_add_func ("/smtp/server/many-recipients", test_many_recipients);
  g_test_add_func ("/smtp/server/many-mistakes", test_many_mistakes);
  g_test_add_func ("/smtp/server/idle", test_idle);
  g_test_add_func ("/smtp/server/eof", test_eof);

  return g_test_run ();
}
