/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Header fields, dates, the envelope. */

#include "mail/message.h"

#include <string.h>

static void
test_header_length (void)
{
  static const struct
  {
    const char *text;
    gsize       length;
  } rows[] = {
    { "", 0 },
    { "\r\n", 2 },
    { "\r\nbody", 2 },
    { "A: b\r\n\r\nbody\r\n\r\n", 8 },
    { "A: b\r\n", 6 },
    { "A: b", 4 },
    { "A: b\n\nbody", 6 },
    { "A: b\r\n \r\n\r\nx", 11 },
    { "\r", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpuint (pc_message_header_length (rows[i].text,
                                                strlen (rows[i].text)),
                      ==, rows[i].length);
  }
}

static void
test_fields (void)
{
  static const char message[] = "Received: one\r\n"
                                "\ttwo\r\n"
                                "no field at all\r\n"
                                "Subject : old\r\n"
                                ": nameless\r\n"
                                "Last: \r\n"
                                "\r\n"
                                "Body: no\r\n";
  static const struct
  {
    gsize len;
    gsize name_len;
    gsize value;
  } expected[] = {
    { 21, 8, 9 }, { 17, 0, 0 }, { 15, 7, 9 }, { 12, 0, 0 }, { 8, 4, 5 },
  };
  PcHeaderField field;
  gsize         offset = 0, at = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_test_message ("field %" G_GSIZE_FORMAT, i);
    g_assert_true (pc_message_next_field (message, strlen (message), &offset,
                                          &field));
    g_assert_true (field.data == (const guint8 *) message + at);
    g_assert_cmpuint (field.len, ==, expected[i].len);
    g_assert_cmpuint (field.name_len, ==, expected[i].name_len);
    g_assert_cmpuint (field.value, ==, expected[i].value);
    at += field.len;
  }
  g_assert_false (pc_message_next_field (message, strlen (message), &offset,
                                         &field));
  g_assert_cmpuint (offset, ==, at);
}

static void
test_get_field (void)
{
  static const struct
  {
    const char *message;
    const char *name;
    const char *raw;
    const char *text;
  } rows[] = {
    { "Subject: Hi there \r\n\r\n", "subject", "Hi there", "Hi there" },
    { "subject:Hi\r\n\tyou\r\n\r\n", "Subject", "Hi\tyou", "Hi\tyou" },
    { "A: b\r\n\r\nSubject: body\r\n", "Subject", NULL, NULL },
    { "Subject: 1\r\nSubject: 2\r\n\r\n", "Subject", "1", "1" },
    { "Subjects: 1\r\n\r\n", "Subject", NULL, NULL },
    { "Subject:\r\n\r\n", "Subject", "", "" },
    { "Subject: =?UTF-8?Q?Caf=C3=A9_?=\r\n =?UTF-8?B?WsO8cmljaA==?=\r\n\r\n",
      "Subject", "=?UTF-8?Q?Caf=C3=A9_?= =?UTF-8?B?WsO8cmljaA==?=",
      "Caf\303\251 Z\303\274rich" },
    { "Subject: =?ISO-8859-1?Q?=FCber?=\r\n\r\n", "Subject",
      "=?ISO-8859-1?Q?=FCber?=", "\303\274ber" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize            len = strlen (rows[i].message);
    g_autofree char *raw = pc_message_get_field (rows[i].message, len,
                                                 rows[i].name);
    g_autofree char *text = pc_message_get_field_text (rows[i].message, len,
                                                       rows[i].name);

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].message);
    g_assert_cmpstr (raw, ==, rows[i].raw);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

/* Octets that are no UTF-8 never reach a widget. */
static void
test_text_is_utf8 (void)
{
  static const char *const headers[] = {
    "Subject: \377\376 raw\r\n",
    "Subject: =?UTF-8?Q?=FF=FE?=\r\n",
    "Subject: =?no-such-charset?Q?abc?=\r\n",
    "Subject: =?UTF-8?B?!!!!?=\r\n",
    "Subject: =?UTF-8?Q?=?=\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autofree char *text = pc_message_get_field_text (
        headers[i], strlen (headers[i]), "Subject");

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
}

static void
test_dates (void)
{
  static const struct
  {
    gint64      seconds;
    const char *date;
  } rows[] = {
    { 0, "Thu, 01 Jan 1970 00:00:00 +0000" },
    { 951827696, "Tue, 29 Feb 2000 12:34:56 +0000" },
    { 1700000000, "Tue, 14 Nov 2023 22:13:20 +0000" },
    { 1767225599, "Wed, 31 Dec 2025 23:59:59 +0000" },
    { G_MAXINT64 / G_USEC_PER_SEC, "Thu, 01 Jan 1970 00:00:00 +0000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *date =
        pc_message_format_date (rows[i].seconds * G_USEC_PER_SEC);

    g_assert_cmpstr (date, ==, rows[i].date);
  }
}

static void
test_envelope (void)
{
  static const char text[] =
      "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"
      "From: \"Moreau, Alex\" <alex@example.test>\r\n"
      "Reply-To: desk@library.test\r\n"
      "To: robin@example.test, =?UTF-8?Q?Ren=C3=A9e?= <renee@cafe.test>\r\n"
      "Subject: A\r\n  long one\r\n"
      "Cc:\r\n"
      "Message-ID: <1@example.test>\r\n"
      "\r\n"
      "Bcc: not@header.test\r\n";
  g_autoptr (GBytes) message = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (PcEnvelope) envelope = pc_envelope_new (message);
  PcAddress *address;

  g_assert_cmpstr (envelope->date, ==, "Tue, 14 Nov 2023 22:13:20 +0000");
  g_assert_cmpstr (envelope->subject, ==, "A  long one");
  g_assert_cmpstr (envelope->message_id, ==, "<1@example.test>");
  g_assert_null (envelope->in_reply_to);
  g_assert_null (envelope->cc);
  g_assert_null (envelope->bcc);

  g_assert_cmpuint (envelope->from->len, ==, 1);
  address = g_ptr_array_index (envelope->from, 0);
  g_assert_cmpstr (address->name, ==, "Moreau, Alex");
  g_assert_cmpstr (address->mailbox, ==, "alex");
  g_assert_cmpstr (address->host, ==, "example.test");
  g_assert_true (envelope->sender == envelope->from);

  address = g_ptr_array_index (envelope->reply_to, 0);
  g_assert_null (address->name);
  g_assert_cmpstr (address->host, ==, "library.test");

  g_assert_cmpuint (envelope->to->len, ==, 2);
  address = g_ptr_array_index (envelope->to, 1);
  g_assert_cmpstr (address->name, ==, "=?UTF-8?Q?Ren=C3=A9e?=");
}

static void
test_empty_envelope (void)
{
  g_autoptr (GBytes) message = g_bytes_new_static ("", 0);
  g_autoptr (PcEnvelope) envelope = pc_envelope_new (message);

  g_assert_null (envelope->date);
  g_assert_null (envelope->from);
  g_assert_null (envelope->sender);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/message/header-length", test_header_length);
  g_test_add_func ("/mail/message/fields", test_fields);
  g_test_add_func ("/mail/message/get-field", test_get_field);
  g_test_add_func ("/mail/message/text-is-utf8", test_text_is_utf8);
  g_test_add_func ("/mail/message/dates", test_dates);
  g_test_add_func ("/mail/message/envelope", test_envelope);
  g_test_add_func ("/mail/message/empty-envelope", test_empty_envelope);

  return g_test_run ();
}
