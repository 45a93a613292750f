/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every octet of a unit gets exactly one label, and no secret is told. */

#include "proto/common/unit.h"

#include "base/limits.h"

#include <string.h>

static PcUnit *
make_unit (const char *octets)
{
  return pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, "test.rule", octets,
                      strlen (octets));
}

static void
check_coverage (const PcUnit *unit)
{
  gsize at = 0;

  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert_cmpuint (field->start, ==, at);
    g_assert_cmpuint (field->end, >, at);
    at = field->end;
  }
  g_assert_cmpuint (at, ==, g_bytes_get_size (unit->bytes));
  g_assert_cmpuint (pc_unit_get_rest (unit), ==, 0);
}

static void
test_fields (void)
{
  g_autoptr (PcUnit) unit = make_unit ("a1 LOGIN\r\n");
  const PcField *field;

  g_assert_cmpuint (pc_unit_get_rest (unit), ==, 10);
  g_assert_nonnull (pc_unit_add_field (unit, 2, "Tag", "Made up."));
  g_assert_null (pc_unit_add_field (unit, 0, "Nothing", NULL));
  g_assert_cmpuint (pc_unit_get_rest (unit), ==, 8);
  pc_unit_add_field_value (unit, 1, "Blank", NULL, g_strdup ("one"));
  g_assert_null (pc_unit_add_field_value (unit, 0, "Nothing", NULL,
                                          g_strdup ("freed")));
  pc_unit_finish (unit, "Rest", NULL);
  check_coverage (unit);

  g_assert_cmpuint (pc_unit_get_n_fields (unit), ==, 4);
  field = pc_unit_get_field (unit, 0);
  g_assert_cmpstr (field->label, ==, "Tag");
  g_assert_cmpstr (field->meaning, ==, "Made up.");
  g_assert_cmpstr (field->value, ==, "a1");
  g_assert_cmpstr (pc_unit_get_field (unit, 1)->value, ==, "one");
  g_assert_cmpstr (pc_unit_get_field (unit, 2)->label, ==, "Rest");
  g_assert_cmpstr (pc_unit_get_field (unit, 2)->value, ==, "LOGIN");
  g_assert_cmpstr (pc_unit_get_field (unit, 3)->label, ==, "End of line");

  pc_unit_summarise (unit);
  g_assert_cmpstr (unit->summary, ==, "a1 LOGIN");
}

static void
test_finish (void)
{
  static const struct
  {
    const char *octets;
    guint       n_fields;
  } rows[] = {
    { "", 0 },
    { "\r\n", 1 },
    { "x", 1 },
    { "x\r\n", 2 },
    { "x\n", 1 },
    { "\n", 1 },
    { "\r", 1 },
    { "\r\n\r\n", 2 },
    { "x\r\n\r", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcUnit) unit = make_unit (rows[i].octets);

    g_test_message ("row %u", i);
    pc_unit_finish (unit, "All", NULL);
    pc_unit_finish (unit, "Again", NULL);
    check_coverage (unit);
    g_assert_cmpuint (pc_unit_get_n_fields (unit), ==, rows[i].n_fields);
  }
}

/* Half of a line end may be labelled already. */
static void
test_finish_inside_line_end (void)
{
  g_autoptr (PcUnit) unit = make_unit ("ab\r\n");

  pc_unit_add_field (unit, 3, "Most", NULL);
  pc_unit_finish (unit, "Rest", NULL);
  check_coverage (unit);
  g_assert_cmpstr (pc_unit_get_field (unit, 1)->label, ==, "Rest");
}

static void
test_secret (void)
{
  g_autoptr (PcUnit) unit = make_unit ("PASS portcall\r\n");
  const PcField *field;

  pc_unit_add_field (unit, 5, "Command", NULL);
  g_assert_nonnull (pc_unit_add_secret (unit, 8, "Password", "Secret."));
  g_assert_null (pc_unit_add_secret (unit, 0, "Nothing", NULL));
  pc_unit_finish (unit, "Rest", NULL);
  pc_unit_summarise (unit);
  check_coverage (unit);

  field = pc_unit_get_field (unit, 1);
  g_assert_true (field->secret);
  g_assert_cmpstr (field->value, ==, PC_SECRET_DOTS);
  g_assert_cmpstr (unit->summary, ==, "PASS " PC_SECRET_DOTS);
  /* The octets are those of the wire all the same. */
  g_assert_cmpmem (g_bytes_get_data (unit->bytes, NULL), 15,
                   "PASS portcall\r\n", 15);
}

static void
test_many_fields (void)
{
  g_autofree char *octets = g_strnfill (PC_LIMIT_FIELDS * 3, 'x');
  g_autoptr (PcUnit) unit = make_unit (octets);

  for (guint i = 0; i < PC_LIMIT_FIELDS * 2; i++)
    g_assert_nonnull (pc_unit_add_field (unit, 1, "Octet", NULL));
  g_assert_nonnull (pc_unit_add_secret (unit, 10, "Password", NULL));
  pc_unit_finish (unit, "Rest", NULL);
  check_coverage (unit);
  g_assert_cmpuint (pc_unit_get_n_fields (unit), ==, PC_LIMIT_FIELDS);
}

/* What a peer sent cannot dress up the line in which it is shown. */
static void
test_summary (void)
{
  static const struct
  {
    const char *octets;
    gsize       len;
  } rows[] = {
    { "a\0b\x1b[31m\r\n", 11 },
    { "\377\376", 2 },
    { "\xe2\x80\xae"
      "evil",
      7 },
    { "a\r\nb\r\n\r\nc", 9 },
    { "", 0 },
  };
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr (PcUnit) unit = make_unit (endless);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcUnit) odd = pc_unit_new (PC_SIDE_SERVER, PC_UNIT_REPLY, "r",
                                          rows[i].octets, rows[i].len);

    pc_unit_finish (odd, "All", NULL);
    pc_unit_summarise (odd);
    g_test_message ("%s", odd->summary);
    g_assert_true (g_utf8_validate (odd->summary, -1, NULL));
    for (const char *p = odd->summary; *p != '\0'; p = g_utf8_next_char (p))
      g_assert_true (g_unichar_isprint (g_utf8_get_char (p)));
  }

  pc_unit_finish (unit, "All", NULL);
  pc_unit_summarise (unit);
  g_assert_cmpuint (g_utf8_strlen (unit->summary, -1), <=, 201);
  g_assert_true (g_str_has_suffix (unit->summary, "\xe2\x80\xa6"));
}

/* A line with nothing in it is something that was said. */
static void
test_empty_line (void)
{
  g_autoptr (PcUnit) unit = make_unit ("\r\n");

  pc_unit_finish (unit, "All", NULL);
  pc_unit_summarise (unit);
  g_assert_cmpstr (unit->summary, ==, "(an empty line)");
}

static void
test_own_summary (void)
{
  g_autoptr (PcUnit) unit = make_unit ("a very long message");

  unit->summary = g_strdup ("19 octets");
  pc_unit_finish (unit, "All", NULL);
  pc_unit_summarise (unit);
  g_assert_cmpstr (unit->summary, ==, "19 octets");
  pc_unit_free (NULL);
}

static void
test_too_much (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (PcUnit) unit = make_unit ("ab");

    pc_unit_add_field (unit, 3, "Past the end", NULL);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static guint n_made;

static char *
read_number (const guint8 *octets,
             gsize         len,
             guint64       about)
{
  n_made++;
  g_assert_cmpuint (len, ==, 2);
  return g_strdup_printf ("%u of %u", octets[0] << 8 | octets[1],
                          (guint)about);
}

static char *
make_line (const PcUnit *unit)
{
  n_made++;
  return g_strdup (unit->rule);
}

/* Values and lines are made once, and not before somebody looks. */
static void
test_later (void)
{
  g_autoptr (PcUnit) unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATAGRAM,
                                         "x.y", "\1\2ab", 4);

  n_made = 0;
  unit->summarise = make_line;
  pc_unit_add_field_read (unit, 2, "Number", NULL, read_number, 300);
  pc_unit_add_field_read (unit, 0, "Nothing", NULL, read_number, 0);
  pc_unit_add_field (unit, 2, "Text", NULL);
  g_assert_cmpuint (pc_unit_get_n_fields (unit), ==, 2);
  g_assert_null (pc_unit_peek_field (unit, 0)->value);
  g_assert_cmpuint (n_made, ==, 0);

  for (guint i = 0; i < 2; i++) {
    g_assert_cmpstr (pc_unit_get_field (unit, 0)->value, ==, "258 of 300");
    g_assert_cmpstr (pc_unit_get_field (unit, 1)->value, ==, "ab");
    g_assert_cmpstr (pc_unit_get_summary (unit), ==, "x.y");
  }
  g_assert_cmpuint (n_made, ==, 2);
}

/* Where fields grow instead of more being added, the octets are text. */
static void
test_later_grown (void)
{
  g_autofree char *octets = g_malloc0 (2 * (PC_LIMIT_FIELDS + 1));
  g_autoptr (PcUnit) unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATAGRAM,
                                         "x.y", octets,
                                         2 * (PC_LIMIT_FIELDS + 1));

  for (guint i = 0; i <= PC_LIMIT_FIELDS; i++)
    pc_unit_add_field_read (unit, 2, "Number", NULL, read_number, i);
  g_assert_cmpuint (pc_unit_get_n_fields (unit), ==, PC_LIMIT_FIELDS);
  g_assert_cmpstr (pc_unit_get_field (unit, 1)->value, ==, "0 of 1");
  g_assert_cmpstr (pc_unit_get_field (unit, PC_LIMIT_FIELDS - 1)->value, ==,
                   "\342\220\200\342\220\200\342\220\200\342\220\200");
}

/* The same fields once more, in every way that they can be kept. */
static void
check_packed (PcUnit *unit)
{
  g_autoptr (PcUnit) copy = pc_unit_copy (unit);

  pc_unit_pack (unit);
  g_assert_cmpuint (pc_unit_get_n_fields (unit), ==,
                    pc_unit_get_n_fields (copy));
  g_assert_cmpint (pc_unit_has_secret (unit), ==, pc_unit_has_secret (copy));
  g_assert_cmpstr (pc_unit_get_summary (unit), ==,
                   pc_unit_get_summary (copy));
  for (guint i = 0; i < pc_unit_get_n_fields (copy); i++)
    {
      const PcField *a = pc_unit_get_field (unit, i);
      const PcField *b = pc_unit_get_field (copy, i);

      g_assert_cmpuint (a->start, ==, b->start);
      g_assert_cmpuint (a->end, ==, b->end);
      g_assert_true (a->label == b->label && a->meaning == b->meaning);
      g_assert_cmpstr (a->value, ==, b->value);
      g_assert_cmpint (a->secret, ==, b->secret);
      g_assert_cmpuint (a->about, ==, b->about);
    }
}

static void
test_packed (void)
{
  static const guint8 zeros[70000];
  PcUnit             *unit;

  unit = make_unit ("a1 LOGIN alex hunter2\r\n");
  pc_unit_add_field (unit, 14, "Words", "What is said.");
  pc_unit_add_secret (unit, 7, "Password", "Nobody else knows it.");
  pc_unit_finish (unit, "Rest", NULL);
  check_packed (unit);
  /* And packed again after somebody has looked. */
  check_packed (unit);
  pc_unit_free (unit);

  unit = make_unit ("a1 LOGIN alex hunter2\r\n");
  pc_unit_add_field_value (unit, 2, "Tag", NULL, g_strdup ("the first"));
  pc_unit_add_field_read (unit, 2, "Number", NULL, read_number, 7);
  pc_unit_add_secret (unit, 5, "Password", NULL)->value[0] = '*';
  pc_unit_finish (unit, "Rest", NULL);
  unit->summary = g_strdup ("a summary of its own");
  check_packed (unit);
  g_assert_cmpstr (unit->summary, ==, "a summary of its own");
  pc_unit_free (unit);

  unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATA, "x.y", zeros,
                      sizeof zeros);
  pc_unit_add_field (unit, 69000, "Much", NULL);
  pc_unit_finish (unit, "Rest", NULL);
  check_packed (unit);
  pc_unit_free (unit);

  unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATA, "x.y", NULL, 0);
  check_packed (unit);
  pc_unit_free (unit);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/unit/fields", test_fields);
  g_test_add_func ("/common/unit/finish", test_finish);
  g_test_add_func ("/common/unit/finish-inside", test_finish_inside_line_end);
  g_test_add_func ("/common/unit/secret", test_secret);
  g_test_add_func ("/common/unit/many-fields", test_many_fields);
  g_test_add_func ("/common/unit/summary", test_summary);
  g_test_add_func ("/common/unit/empty-line", test_empty_line);
  g_test_add_func ("/common/unit/own-summary", test_own_summary);
  g_test_add_func ("/common/unit/later", test_later);
  g_test_add_func ("/common/unit/later-grown", test_later_grown);
  g_test_add_func ("/common/unit/packed", test_packed);
  g_test_add_func ("/common/unit/too-much", test_too_much);

  return g_test_run ();
}
