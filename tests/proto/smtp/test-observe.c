/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer on conversations that no engine of ours would have: several
 * commands at once, other servers' words, TLS, nonsense. */

#include "smtp-test.h"

#include "base/limits.h"

#include <string.h>

typedef struct
{
  char        side; /* 'C', 'S'; lower case: that side is finished */
  const char *text;
  gssize      len; /* 0: a string */
} Turn;

static const struct
{
  const char *name;
  Turn        turns[12];
  const char *units; /* of smtp_test_describe () */
} rows[] = {
  { "fields",
    { { 'S', "220 mx.test ESMTP hi\r\n" },
      { 'C', "ehlo pc.test\r\n" },
      { 'S', "250-mx.test\r\n250-SIZE 100\r\n250 HELP\r\n" },
      { 'C', "MAIL FROM:<@r.test:a@b.test> SIZE=5 BODY=7BIT\r\n" },
      { 'S', "250 2.1.0 Ok\r\n" },
      { 'C', "RCPT TO:<c@d.test>\r\n" },
      { 'S', "550-5.1.1 Not\r\n550 5.1.1 here\r\n" } },
    "S smtp.greeting | 220 mx.test ESMTP hi | Greeted/Greeted | "
    "Reply code=220 Separator=  Text=mx.test ESMTP hi\n"
    "C smtp.ehlo | ehlo pc.test | Greeted/Greeted | Command=ehlo "
    "Client's name=pc.test\n"
    "S smtp.ehlo.reply | 250-mx.test 250-SIZE 100 250 HELP | Ready/Ready | "
    "Reply code=250 Separator=- Text=mx.test Reply code=250 Separator=- "
    "Extension=SIZE Extension's values=100 Reply code=250 Separator=  "
    "Extension=HELP\n"
    "C smtp.mail | MAIL FROM:<@r.test:a@b.test> SIZE=5 BODY=7BIT | "
    "Ready/Ready | Command=MAIL Keyword=FROM: Opening bracket=< "
    "Source route=@r.test: Sender=a@b.test Closing bracket=> Parameter=SIZE "
    "Equals sign== Value=5 Parameter=BODY Equals sign== Value=7BIT\n"
    "S smtp.mail.ok | 250 2.1.0 Ok | Sender known/Sender known | "
    "Reply code=250 Separator=  Enhanced code=2.1.0 Text=Ok\n"
    "C smtp.rcpt | RCPT TO:<c@d.test> | Sender known/Sender known | "
    "Command=RCPT Keyword=TO: Opening bracket=< Recipient=c@d.test "
    "Closing bracket=>\n"
    "S smtp.rcpt.unknown-user! | 550-5.1.1 Not 550 5.1.1 here | "
    "Sender known/Sender known | Reply code=550 Separator=- "
    "Enhanced code=5.1.1 Text=Not Reply code=550 Separator=  "
    "Enhanced code=5.1.1 Text=here\n" },
  /* RFC 2920: all commands first, then all replies, then the message */
  { "pipelined",
    { { 'S', "220 x\r\n" },
      { 'C', "HELO a\r\n" },
      { 'S', "250 x\r\n" },
      { 'C', "MAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n" },
      { 'S', "250 a\r\n554 5.7.1 b\r\n250 c\r\n354 d\r\n" },
      { 'C', "Subject: s\r\n t\r\n\r\n..x\r\ny\r\n.\r\nQUIT\r\n" },
      { 'S', "451 q\r\n221 bye\r\n" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.helo | HELO a | Greeted/Greeted | Command=HELO Client's name=a\n"
    "S smtp.helo.reply | 250 x | Ready/Ready | Reply code=250 Separator=  "
    "Text=x\n"
    "C smtp.mail.null | MAIL FROM:<> | Ready/Ready | Command=MAIL "
    "Keyword=FROM: Empty sender=<>\n"
    "C smtp.rcpt | RCPT TO:<a@b.c> | Ready/Ready | Command=RCPT Keyword=TO: "
    "Opening bracket=< Recipient=a@b.c Closing bracket=>\n"
    "C smtp.rcpt | RCPT TO:<d@e.f> | Ready/Ready | Command=RCPT Keyword=TO: "
    "Opening bracket=< Recipient=d@e.f Closing bracket=>\n"
    "C smtp.data | DATA | Ready/Ready | Command=DATA\n"
    "S smtp.mail.ok | 250 a | Sender known/Sender known | Reply code=250 "
    "Separator=  Text=a\n"
    "S smtp.rcpt.relay-refused! | 554 5.7.1 b | Sender known/Sender known | "
    "Reply code=554 Separator=  Enhanced code=5.7.1 Text=b\n"
    "S smtp.rcpt.ok | 250 c | Recipients known/Recipients known | "
    "Reply code=250 Separator=  Text=c\n"
    "S smtp.data.go-ahead | 354 d | Message under way/Message under way | "
    "Reply code=354 Separator=  Text=d\n"
    "C smtp.content | Subject: s  t (29 octets of message) | "
    "Message under way/Message under way | "
    "Header field=Subject: s\342\220\215\342\220\212 t\342\220\215\342\220\212 "
    "Empty line=\342\220\215\342\220\212 Stuffed dot=. "
    "Body=.x\342\220\215\342\220\212y\342\220\215\342\220\212 "
    "End of data=.\342\220\215\342\220\212\n"
    "C smtp.quit | QUIT | Message under way/Message under way | "
    "Command=QUIT\n"
    "S smtp.content.later! | 451 q | Ready/Ready | Reply code=451 "
    "Separator=  Text=q\n"
    "S smtp.quit.reply | 221 bye | Closed/Closed | Reply code=221 "
    "Separator=  Text=bye\n" },
  { "data-not-taken",
    { { 'S', "220 x\r\n" },
      { 'C', "DATA\r\nQUIT\r\n" },
      { 'S', "503 no\r\n221 bye\r\n" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.data | DATA | Greeted/Greeted | Command=DATA\n"
    "S smtp.error.order! | 503 no | Greeted/Greeted | Reply code=503 "
    "Separator=  Text=no\n"
    "C smtp.quit | QUIT | Greeted/Greeted | Command=QUIT\n"
    "S smtp.quit.reply | 221 bye | Closed/Closed | Reply code=221 "
    "Separator=  Text=bye\n" },
  { "login",
    { { 'S', "220 x\r\n" },
      { 'C', "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n" },
      { 'S', "535 no\r\n" },
      { 'C', "AUTH LOGIN\r\n" },
      { 'S', "334 VXNlcm5hbWU6\r\n" },
      { 'C', "YWxleA==\r\n" },
      { 'S', "334 UGFzc3dvcmQ6\r\n" },
      { 'C', "cG9ydGNhbGw=\r\n" },
      { 'S', "454 later\r\n" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.auth | AUTH PLAIN " PC_SECRET_DOTS " | Greeted/Greeted | "
    "Command=AUTH Mechanism=PLAIN Login response=User \342\200\234alex"
    "\342\200\235, password " PC_SECRET_DOTS "\n"
    "S smtp.auth.refused! | 535 no | Greeted/Greeted | Reply code=535 "
    "Separator=  Text=no\n"
    "C smtp.auth | AUTH LOGIN | Greeted/Greeted | Command=AUTH "
    "Mechanism=LOGIN\n"
    "S smtp.auth.challenge | 334 VXNlcm5hbWU6 | Logging in/Logging in | "
    "Reply code=334 Separator=  Challenge=Username:\n"
    "C smtp.auth.response | " PC_SECRET_DOTS " | Logging in/Logging in | "
    "Login response=User \342\200\234alex\342\200\235\n"
    "S smtp.auth.challenge | 334 UGFzc3dvcmQ6 | Logging in/Logging in | "
    "Reply code=334 Separator=  Challenge=Password:\n"
    "C smtp.auth.response | " PC_SECRET_DOTS " | Logging in/Logging in | "
    "Login response=" PC_SECRET_DOTS "\n"
    "S smtp.auth.refused! | 454 later | Greeted/Greeted | Reply code=454 "
    "Separator=  Text=later\n" },
  { "starttls",
    { { 'S', "220 x\r\n" },
      { 'C', "STARTTLS\r\n" },
      { 'S', "220 go\r\n" },
      { 'C', "\x16\x03\x01\x00\x02\x01\x02", 7 },
      { 'S', "\x17\x03\x03\x00\x01\x0a", 6 } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.starttls | STARTTLS | Greeted/Greeted | Command=STARTTLS\n"
    "S smtp.starttls.ok | 220 go | Greeted/Greeted | Reply code=220 "
    "Separator=  Text=go\n"
    "C smtp.tls-record | TLS record of 7 octets | Greeted/Greeted | "
    "Record type=\342\220\226 Version=\342\220\203\342\220\201 "
    "Length=\342\220\200\342\220\202 Payload=\342\220\201\342\220\202\n"
    "S smtp.tls-record | TLS record of 6 octets | Greeted/Greeted | "
    "Record type=\342\220\227 Version=\342\220\203\342\220\203 "
    "Length=\342\220\200\342\220\201 Payload=\342\220\212\n" },
  { "chunks",
    { { 'S', "220 x\r\n" },
      { 'C', "BDAT 3\r\nQ\r\nBDAT 2 last\r\n\r\nNOOP\r\n" },
      { 'S', "250 a\r\n250 b\r\n250 c\r\n" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.bdat | BDAT 3 | Greeted/Greeted | Command=BDAT Octets=3\n"
    "C smtp.bdat.chunk | Q | Greeted/Greeted | "
    "Piece of the message=Q\342\220\215\342\220\212\n"
    "C smtp.bdat | BDAT 2 last | Greeted/Greeted | Command=BDAT "
    "Octets=2 Last piece=last\n"
    "C smtp.bdat.chunk | (an empty line) | Greeted/Greeted | "
    "Piece of the message=\342\220\215\342\220\212\n"
    "C smtp.noop | NOOP | Greeted/Greeted | Command=NOOP\n"
    "S smtp.bdat.reply | 250 a | Greeted/Greeted | Reply code=250 "
    "Separator=  Text=a\n"
    "S smtp.queued | 250 b | Greeted/Greeted | Reply code=250 Separator=  "
    "Text=b\n"
    "S smtp.noop.reply | 250 c | Greeted/Greeted | Reply code=250 "
    "Separator=  Text=c\n" },
  { "strangers",
    { { 'S', "* OK IMAP\r\n250-a\r\n+OK\r\n" },
      { 'C', "GET / HTTP/1.1\r\n\1\2\r\nHALLO\r\n" },
      { 'C', "\x16\x03\x01\x00\x01\x0a", 6 } },
    "S smtp.unreadable! | * OK IMAP | Connecting/Connecting | "
    "Unreadable=* OK IMAP\n"
    "S smtp.unreadable! | 250-a | Connecting/Connecting | Unreadable=250-a\n"
    "S smtp.unreadable! | +OK | Connecting/Connecting | Unreadable=+OK\n"
    "C smtp.unreadable! | GET / HTTP/1.1 | Connecting/Connecting | "
    "Unknown line=GET / HTTP/1.1\n"
    "C smtp.unreadable! | \342\220\201\342\220\202 | Connecting/Connecting | "
    "Unknown line=\342\220\201\342\220\202\n"
    "C smtp.unknown! | HALLO | Connecting/Connecting | Unknown line=HALLO\n"
    "C smtp.unreadable! | TLS record of 6 octets | Connecting/Connecting | "
    "Record type=\342\220\226 Version=\342\220\203\342\220\201 "
    "Length=\342\220\200\342\220\201 Payload=\342\220\212\n" },
  { "refused-and-unasked",
    { { 'S', "554 no mail here\r\n250 what\r\n421 bye\r\n" } },
    "S smtp.greeting.refused! | 554 no mail here | Closed/Closed | "
    "Reply code=554 Separator=  Text=no mail here\n"
    "S smtp.reply.unasked! | 250 what | Closed/Closed | Reply code=250 "
    "Separator=  Text=what\n"
    "S smtp.error.closing! | 421 bye | Closed/Closed | Reply code=421 "
    "Separator=  Text=bye\n" },
  { "lone-ends",
    { { 'S', "220 x\r\n" },
      { 'C', "DATA\r\n" },
      { 'S', "354 x\r\n" },
      { 'C', "a\n.\r\nb\rc\r\n.\r\n" },
      { 'S', "550 5.5.2 no\r\n" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.data | DATA | Greeted/Greeted | Command=DATA\n"
    "S smtp.data.go-ahead | 354 x | Message under way/Message under way | "
    "Reply code=354 Separator=  Text=x\n"
    "C smtp.content.lone-end! | 13 octets of message | "
    "Message under way/Message under way | Body=a "
    "Lone line end=\342\220\212 Body=.\342\220\215\342\220\212b "
    "Lone line end=\342\220\215 Body=c\342\220\215\342\220\212 "
    "End of data=.\342\220\215\342\220\212\n"
    "S smtp.content.refused! | 550 5.5.2 no | Greeted/Greeted | "
    "Reply code=550 Separator=  Enhanced code=5.5.2 Text=no\n" },
  { "lines-of-unix",
    { { 'S', "220 x\r\n" },
      { 'C', "DATA\r\n" },
      { 'S', "354 x\r\n" },
      { 'C', "To: a\nSubject: b\n c\n\n.d\n\r\n.\r\n" },
      { 'S', "250 2.0.0 yes\r\n" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.data | DATA | Greeted/Greeted | Command=DATA\n"
    "S smtp.data.go-ahead | 354 x | Message under way/Message under way | "
    "Reply code=354 Separator=  Text=x\n"
    "C smtp.content.lone-lf? | Subject: b (29 octets of message) | "
    "Message under way/Message under way | Header field=To: a "
    "Lone line end=\342\220\212 Header field=Subject: b "
    "Lone line end=\342\220\212 Header field= c "
    "Lone line end=\342\220\212 Empty line=\342\220\212 Body=.d "
    "Lone line end=\342\220\212 Body=\342\220\215\342\220\212 "
    "End of data=.\342\220\215\342\220\212\n"
    "S smtp.queued | 250 2.0.0 yes | Greeted/Greeted | "
    "Reply code=250 Separator=  Enhanced code=2.0.0 Text=yes\n" },
  /* The client hangs up in the middle of what it says. */
  { "cut-content",
    { { 'S', "220 x\r\n" },
      { 'C', "DATA\r\n" },
      { 'S', "354 x\r\n" },
      { 'C', "To: a\r\n\r\nha" },
      { 'c', "" },
      { 's', "" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "C smtp.data | DATA | Greeted/Greeted | Command=DATA\n"
    "S smtp.data.go-ahead | 354 x | Message under way/Message under way | "
    "Reply code=354 Separator=  Text=x\n"
    "C tcp.unfinished? | 11 octets of a message under way | "
    "Message under way/Closed | Header field=To: a\342\220\215\342\220\212 "
    "Empty line=\342\220\215\342\220\212 Body=ha\n" },
  { "cut-lines",
    { { 'S', "220 x\r\n" },
      { 'C', "AUTH PLAIN AGFs" },
      { 'S', "250-a" },
      { 's', "" },
      { 'c', "" } },
    "S smtp.greeting | 220 x | Greeted/Greeted | Reply code=220 Separator=  "
    "Text=x\n"
    "S tcp.unfinished? | 250-a | Closed/Greeted | "
    "Beginning of a reply=250-a\n"
    "C tcp.unfinished? | AUTH PLAIN " PC_SECRET_DOTS " | Closed/Closed | "
    "Command=AUTH Mechanism=PLAIN Login response=" PC_SECRET_DOTS "\n" },
  /* What came too early is held until it is known what it is, and the client
   * may be gone by then. */
  { "all-at-once",
    { { 'C', "DATA\r\nx\r\n.\r\nQUIT\r\n" },
      { 'c', "" },
      { 'S', "220 x\r\n354 go\r\n" },
      { 'S', "250 ok\r\n221 bye\r\n" },
      { 's', "" } },
    "C smtp.data | DATA | Connecting/Connecting | Command=DATA\n"
    "S smtp.greeting | 220 x | Greeted/Closed | Reply code=220 Separator=  "
    "Text=x\n"
    "S smtp.data.go-ahead | 354 go | Message under way/Closed | "
    "Reply code=354 Separator=  Text=go\n"
    "C smtp.content | 6 octets of message | Message under way/Closed | "
    "Body=x\342\220\215\342\220\212 End of data=.\342\220\215\342\220\212\n"
    "C smtp.quit | QUIT | Message under way/Closed | Command=QUIT\n"
    "S smtp.queued | 250 ok | Greeted/Closed | Reply code=250 Separator=  "
    "Text=ok\n"
    "S smtp.quit.reply | 221 bye | Closed/Closed | Reply code=221 "
    "Separator=  Text=bye\n" },
};

static void
feed_turn (PcObserver *observer,
           const Turn *turn,
           gsize       step)
{
  gsize  len = turn->len > 0 ? (gsize) turn->len : strlen (turn->text);
  PcSide side = g_ascii_toupper (turn->side) == 'C' ? PC_SIDE_CLIENT
                                                    : PC_SIDE_SERVER;
  gsize  i;

  if (step == 0)
    step = MAX (len, 1);
  for (i = 0; i < len; i += step) {
    gsize              n = MIN (step, len - i);
    g_autofree guint8 *copy = g_memdup2 (turn->text + i, n);

    pc_observer_feed (observer, side, 0, copy, n);
  }
  if (g_ascii_islower (turn->side))
    pc_observer_finish (observer, side);
}

static void
test_rows (void)
{
  guint i;
  gsize step;

  for (i = 0; i < G_N_ELEMENTS (rows); i++)
    for (step = 0; step < 6; step++) {
      g_autoptr (PcObserver) observer = pc_smtp_protocol.observer_new ();
      g_autofree char *units = NULL;
      guint            t;

      g_test_message ("%s, %" G_GSIZE_FORMAT " at a time", rows[i].name,
                      step);
      for (t = 0; rows[i].turns[t].text != NULL; t++)
        feed_turn (observer, &rows[i].turns[t], step);
      units = smtp_test_describe (observer);
      g_assert_cmpstr (units, ==, rows[i].units);
    }
}

/* Feeds @text as the content of a message; counts the units, checks that they
 * are the text again. */
static guint
count_parts (const char *text,
             gsize       step)
{
  static const Turn before[] = { { 'S', "220 x\r\n" },
                                 { 'C', "DATA\r\n" },
                                 { 'S', "354 x\r\n" } };
  g_autoptr (PcObserver) observer = pc_smtp_protocol.observer_new ();
  g_autoptr (GString) back = g_string_new (NULL);
  Turn    turn = { 'C', text };
  PcUnit *unit;
  guint   n = 0;
  guint   i;

  for (i = 0; i < G_N_ELEMENTS (before); i++)
    feed_turn (observer, &before[i], 0);
  g_free (smtp_test_describe (observer));
  feed_turn (observer, &turn, step);

  while ((unit = pc_observer_next (observer)) != NULL) {
    gsize       len;
    const char *data = g_bytes_get_data (unit->bytes, &len);
    gboolean    last = len >= 5 && memcmp (data + len - 5, "\r\n.\r\n", 5) == 0;

    g_assert_cmpuint (len, <=, PC_LIMIT_UNIT);
    g_assert_cmpuint (pc_unit_get_n_fields (unit), <=, PC_LIMIT_FIELDS);
    g_assert_cmpstr (unit->rule, ==,
                     last ? "smtp.content" : "smtp.content.part");
    g_string_append_len (back, data, len);
    n++;
    pc_unit_free (unit);
  }
  g_assert_cmpstr (back->str, ==, text);

  return n;
}

static void
test_long_content (void)
{
  static const gsize steps[] = { 0, 1000, 4093 };
  g_autoptr (GString) lines = g_string_new ("Subject: long\r\n\r\n");
  g_autoptr (GString) one = g_string_new (NULL);
  g_autoptr (GString) dots = g_string_new (NULL);
  guint i;
  guint s;

  while (lines->len < 2 * PC_LIMIT_UNIT + 1000)
    g_string_append (lines, "..a line with a dot in front of it\r\n");
  g_string_append (lines, ".\r\n");
  while (one->len < PC_LIMIT_UNIT * 2)
    g_string_append (one, "no line end ");
  g_string_append (one, "\r\n.\r\n");
  for (i = 0; i < 2 * PC_LIMIT_FIELDS; i++)
    g_string_append (dots, "..\r\nx\r\n");
  g_string_append (dots, ".\r\n");

  for (s = 0; s < G_N_ELEMENTS (steps); s++) {
    g_assert_cmpuint (count_parts (lines->str, steps[s]), ==, 3);
    g_assert_cmpuint (count_parts (one->str, steps[s]), ==, 3);
    g_assert_cmpuint (count_parts (dots->str, steps[s]), ==, 1);
  }
}

/* Whoever never ends a line, or never answers, fills no memory. */
static void
test_floods (void)
{
  static const char *const starts[] = { "", "DATA\r\n", "AUTH PLAIN\r\n" };
  g_autofree char         *block = g_strnfill (65536, 'x');
  guint                    s;
  guint                    i;

  for (s = 0; s < G_N_ELEMENTS (starts); s++) {
    g_autoptr (PcObserver) observer = pc_smtp_protocol.observer_new ();
    gsize   total = strlen (starts[s]) + 64 * 65536;
    gsize   seen = 0;
    PcUnit *unit;

    pc_observer_feed (observer, PC_SIDE_CLIENT, 0,
                      (const guint8 *) starts[s], strlen (starts[s]));
    for (i = 0; i < 64; i++)
      pc_observer_feed (observer, PC_SIDE_CLIENT, 0, (const guint8 *) block,
                        65536);
    while ((unit = pc_observer_next (observer)) != NULL) {
      seen += g_bytes_get_size (unit->bytes);
      pc_unit_free (unit);
    }
    g_assert_cmpuint (total - seen, <=, PC_LIMIT_UNIT);

    for (i = 0, seen = 0; i < 64; i++)
      pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) block,
                        65536);
    while ((unit = pc_observer_next (observer)) != NULL) {
      g_assert_cmpstr (unit->rule, ==, "smtp.unreadable");
      seen += g_bytes_get_size (unit->bytes);
      pc_unit_free (unit);
    }
    g_assert_cmpuint (64 * 65536 - seen, <=, PC_LIMIT_UNIT);
  }
}

/* Random octets in random portions: always covered, always the same. */
static void
test_noise (void)
{
  static const char *const words[] = {
    "\r\n",
    "\r",
    "\n",
    ".",
    " ",
    "DATA\r\n",
    "AUTH LOGIN\r\n",
    "MAIL FROM:<",
    ">",
    "@",
    "BDAT 7\r\n",
    "STARTTLS\r\n",
    "\x16\x03",
    "220 a\r\n",
    "250-",
    "354 x\r\n",
    "334 \r\n",
    "EHLO a\r\n",
    "x",
    "\r\n.\r\n",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (587);
  guint round;

  for (round = 0; round < 3000; round++) {
    g_autoptr (PcObserver) whole = pc_smtp_protocol.observer_new ();
    g_autoptr (PcObserver) slow = pc_smtp_protocol.observer_new ();
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;
    guint            n = g_rand_int_range (rand, 1, 30);
    guint            i;

    for (i = 0; i < n; i++) {
      guint w = g_rand_int_range (rand, 0, G_N_ELEMENTS (words));
      Turn  turn = { g_rand_boolean (rand) ? 'C' : 'S', words[w] };

      feed_turn (whole, &turn, 0);
      feed_turn (slow, &turn, 1);
    }
    pc_observer_finish (whole, PC_SIDE_CLIENT);
    pc_observer_finish (whole, PC_SIDE_SERVER);
    pc_observer_finish (slow, PC_SIDE_CLIENT);
    pc_observer_finish (slow, PC_SIDE_SERVER);
    first = smtp_test_describe (whole);
    second = smtp_test_describe (slow);
    g_assert_cmpstr (first, ==, second);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/observe/rows", test_rows);
  g_test_add_func ("/smtp/observe/long-content", test_long_content);
  g_test_add_func ("/smtp/observe/floods", test_floods);
  g_test_add_func ("/smtp/observe/noise", test_noise);

  return g_test_run ();
}
