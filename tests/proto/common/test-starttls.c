/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the protocols share of STARTTLS, away from any protocol. */

#include "proto/common/starttls.h"

#include "base/limits.h"

#include <string.h>

static void
engine_free (PcEngine *engine)
{
  pc_engine_deinit (engine);
  g_free (engine);
}

static const PcEngineClass klass = { .name = "test", .free = engine_free };

static PcEngine *
make_engine (PcSecurity security)
{
  PcEngine *self = g_new0 (PcEngine, 1);

  pc_engine_init (self, &klass);
  self->security = security;
  self->busy = TRUE;
  return self;
}

static void
check_event (PcEngine   *engine,
             PcEventKind kind,
             const char *part)
{
  g_autoptr (PcEvent) event = pc_engine_next_event (engine);

  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, kind);
  g_assert_nonnull (strstr (event->text, part));
  g_assert_false (engine->busy);
}

static void
test_silent (void)
{
  static const struct
  {
    PcSecurity security;
    gboolean   needed;
    gboolean   silent;
  } rows[] = {
    { PC_SECURITY_CLEAR, FALSE, FALSE }, { PC_SECURITY_CLEAR, TRUE, TRUE },
    { PC_SECURITY_WANTED, TRUE, TRUE },  { PC_SECURITY_ON, TRUE, FALSE },
    { PC_SECURITY_ON, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) engine = make_engine (rows[i].security);

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    engine->needs_tls = rows[i].needed;
    g_assert_cmpint (pc_starttls_keeps_silent (engine), ==, rows[i].silent);
    if (rows[i].silent)
      check_event (engine, PC_EVENT_REFUSED, "without TLS");
    g_assert_null (pc_engine_next_event (engine));
    g_assert_cmpuint (pc_bytes_get_size (pc_engine_get_output (engine)), ==,
                      0);
  }
}

static void
test_answers (void)
{
  g_autoptr (PcEngine) good = make_engine (PC_SECURITY_CLEAR);
  g_autoptr (PcEngine) bad = make_engine (PC_SECURITY_CLEAR);
  g_autoptr (PcEngine) no = make_engine (PC_SECURITY_CLEAR);

  pc_starttls_agreed (good, 0);
  g_assert_cmpint (good->security, ==, PC_SECURITY_WANTED);
  g_assert_true (good->busy);
  pc_engine_secured (good, 0);
  pc_starttls_done (good);
  check_event (good, PC_EVENT_DONE, "TLS");

  pc_starttls_agreed (bad, 2);
  g_assert_cmpint (bad->security, ==, PC_SECURITY_CLEAR);
  g_assert_cmpint (pc_engine_get_status (bad), ==, PC_ENGINE_FAILED);
  check_event (bad, PC_EVENT_FAILED, "2 octets");

  pc_starttls_refused (no, "454 %s");
  check_event (no, PC_EVENT_REFUSED, "“454 %s”");
  no->busy = TRUE;
  pc_starttls_missing (no);
  check_event (no, PC_EVENT_REFUSED, "offer");
  g_assert_cmpint (no->security, ==, PC_SECURITY_CLEAR);
}

static void
test_find_clear (void)
{
  static const struct
  {
    const char *octets;
    gsize       found;
    gsize       found_last;
  } rows[] = {
    { "", 0, 0 },
    { "a", 0, 1 },
    { "a\r", 0, 2 },
    { "\n", 1, 1 },
    { "a\r\nb\r\n", 3, 3 },
    { "a\026\003\001", 1, 1 },
    { "a\n\026\003\001", 2, 2 },
    { "\026x\n", 3, 3 },
    { "a\030\r\n", 4, 4 },
  };
  g_autofree char *many = g_strnfill (PC_LIMIT_UNIT + 5, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize              len = strlen (rows[i].octets);
    g_autofree guint8 *copy = g_memdup2 (rows[i].octets, len);

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpuint (pc_starttls_find_clear (copy, len, FALSE), ==,
                      rows[i].found);
    g_assert_cmpuint (pc_starttls_find_clear (copy, len, TRUE), ==,
                      rows[i].found_last);
  }
  g_assert_cmpuint (pc_starttls_find_clear ((const guint8 *) many,
                                            PC_LIMIT_UNIT + 5, FALSE),
                    ==, PC_LIMIT_UNIT);
}

/* RFC 8446 section 5.1 */
static void
test_records (void)
{
  static const struct
  {
    const char *data;
    gsize       len;
    gsize       whole;
  } rows[] = {
    { "", 0, 0 },
    { "\x16", 1, 5 },
    { "\x13", 1, 0 },
    { "\x18", 1, 0 },
    { "\x16\x03", 2, 5 },
    { "\x16\x02", 2, 0 },
    { "\x17\x03\x03\x01", 4, 5 },
    { "\x17\x03\x03\x00\x00", 5, 5 },
    { "\x17\x03\x03\x01\x02", 5, 5 + 258 },
    { "\x15\x03\x03\x00\x02\x01\x00x", 8, 7 },
    { "* OK ready", 10, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree guint8 *copy = g_memdup2 (rows[i].data, rows[i].len);
    PcUnit            *unit;
    gsize              labelled = 0;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpuint (pc_starttls_measure_record (copy, rows[i].len), ==,
                      rows[i].whole);
    unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATA, "a", rows[i].data,
                        rows[i].len);
    pc_starttls_label_record (unit);
    for (guint n = 0; n < pc_unit_get_n_fields (unit); n++)
      labelled += pc_unit_get_field (unit, n)->end -
                  pc_unit_get_field (unit, n)->start;
    g_assert_cmpuint (labelled, ==, rows[i].len);
    pc_unit_free (unit);
  }
}

static void
test_words (void)
{
  static const struct
  {
    const char *text;
    gboolean    named;
  } rows[] = {
    { "", FALSE },         { "TL", FALSE },
    { "TLS", TRUE },       { "no (SSL/tls) here", TRUE },
    { "STARTTLS", TRUE },  { "send STLS first", TRUE },
    { "T LS", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("“%s”", rows[i].text);
    g_assert_cmpint (pc_starttls_is_named ((const guint8 *) rows[i].text,
                                           strlen (rows[i].text)),
                     ==, rows[i].named);
  }
  g_assert_false (pc_starttls_is_record (19));
  g_assert_true (pc_starttls_is_record (20));
  g_assert_true (pc_starttls_is_record (23));
  g_assert_false (pc_starttls_is_record (24));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/starttls/silent", test_silent);
  g_test_add_func ("/common/starttls/answers", test_answers);
  g_test_add_func ("/common/starttls/find-clear", test_find_clear);
  g_test_add_func ("/common/starttls/records", test_records);
  g_test_add_func ("/common/starttls/words", test_words);

  return g_test_run ();
}
