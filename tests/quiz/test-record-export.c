/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record as CSV and JSON, and CSV by itself.
 */

#include "quiz/csv.h"
#include "quiz/record-export.h"

#include "scratch.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

/* -- CSV ------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *cell;
} CellRow;

static const CellRow cell_rows[] = {
  { "", "" },
  { "plain", "plain" },
  { "a,b", "\"a,b\"" },
  { "say \"x\"", "\"say \"\"x\"\"\"" },
  { "two\r\nlines", "\"two\r\nlines\"" },
  { "=1+1", "'=1+1" },
  { "+49", "'+49" },
  { "-5", "'-5" },
  { "@SUM(A1)", "'@SUM(A1)" },
  { "\tx", "'\tx" },
  { "\rx", "\"'\rx\"" },
  { "=\"x\",1", "\"'=\"\"x\"\",1\"" },
  { "'=1", "''=1" },
  { "'tis", "'tis" },
  { "a=b", "a=b" },
  { "é–", "é–" },
};

static void
test_cells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cell_rows); i++) {
    g_autoptr (GString) out = g_string_new (NULL);
    g_autoptr (GPtrArray) row = NULL;
    gsize position = 0;
    guint line = 1;

    g_test_message ("row %u", i);
    pc_csv_append_text (out, cell_rows[i].text);
    g_assert_cmpstr (out->str, ==, cell_rows[i].cell);
    /* And back. */
    g_string_append (out, ",end\r\n");
    row = pc_csv_read_row (out->str, out->len, ',', &position, &line, NULL);
    g_assert_cmpuint (row->len, ==, 2);
    g_assert_cmpstr (pc_csv_skip_guard (g_ptr_array_index (row, 0)), ==,
                     cell_rows[i].text);
    g_assert_cmpuint (position, ==, out->len);
  }
}

/* "a|b;c": cells behind "|", rows behind ";". */
static char *
read_all (const char *text,
          gsize       length,
          guint      *line)
{
  GString *out = g_string_new (NULL);
  gsize    position = 0;

  *line = 1;
  for (;;) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) row = pc_csv_read_row (text, length, ',', &position, line,
                                                 &error);

    if (error != NULL)
      g_string_append (out, "!");
    if (row == NULL)
      return g_string_free (out, FALSE);
    for (guint i = 0; i < row->len; i++)
      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "",
                              (char *) g_ptr_array_index (row, i));
    g_string_append_c (out, ';');
  }
}

typedef struct
{
  const char *text;
  const char *want;
  guint       line; /* at the end */
} ReadRow;

static const ReadRow read_rows[] = {
  { "", "", 1 },
  { "a,b\r\nc,d\r\n", "a|b;c|d;", 3 },
  { "a,b\nc", "a|b;c;", 3 },
  { "\xef\xbb\xbf" "a\n", "a;", 2 },
  { ",\n", "|;", 2 },
  { "\"a,\"\"b\"\"\nc\",d\n", "a,\"b\"\nc|d;", 3 },
  { "a\"b\n", "a\"b;", 2 },
  { "ok\n\"never", "ok;!", 2 },
  { "\"a\"b\n", "!", 1 },
  { "a\rb\n", "a\rb;", 2 },
  { "\"\"", ";", 2 },
};

static void
test_reading (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (read_rows); i++) {
    guint line;
    g_autofree char *found = read_all (read_rows[i].text,
                                       strlen (read_rows[i].text), &line);

    g_test_message ("row %u", i);
    g_assert_cmpstr (found, ==, read_rows[i].want);
    g_assert_cmpuint (line, ==, read_rows[i].line);
  }
}

static void
test_any_text (void)
{
  static const char signs[] = "a,\"\r\n';=";

  for (guint i = 0; i < 20000; i++) {
    char  text[24];
    gsize len = g_test_rand_int_range (0, sizeof text);
    guint line;
    g_autofree char *out = NULL;
    g_autofree char *copy = NULL;

    for (gsize k = 0; k < len; k++)
      text[k] = signs[g_test_rand_int_range (0, sizeof signs - 1)];
    /* Its own block, so that reading behind the end is seen. */
    copy = g_memdup2 (text, MAX (len, 1));
    out = read_all (copy, len, &line);
    g_assert_nonnull (out);
  }
}

/* -- the record ------------------------------------------------------------ */

typedef struct
{
  char     *dir;
  char     *path;
  PcRecord *record;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  const PcRecordAnswer rows[] = {
    { .time_us = G_GINT64_CONSTANT (1790000010000000), .taken_us = 10000000,
      .session = "s-1", .mode = "exam", .sheet = "7F3A-22",
      .seed = G_MAXUINT64, .number = 1, .bank = "mail-core",
      .bank_version = "1.0.0", .item = "imap-143", .revision = 2,
      .memory_key = "svc:imap/port", .type = "single", .level = "apply",
      .objectives = "a b", .points = 2, .fraction = 0.5, .choice = "o110",
      .key = "o143", .certainty = 3, .grade = 1, .hinted = TRUE },
    { .time_us = G_GINT64_CONSTANT (1790000070000000), .taken_us = 1500,
      .session = "s-1", .sheet = "7F3A-22", .bank = "mail-core",
      .bank_version = "1.0.0", .item = "neg", .revision = 1,
      .type = "number", .points = 1, .fraction = 1, .correct = TRUE,
      .choice = "-5", .key = "-5", .grade = 3, .number = 2 },
    { .time_us = G_GINT64_CONSTANT (1790000100000000), .session = "s-2",
      .bank = "b", .bank_version = "1", .item = "quote\",", .points = 1 },
  };

  self->dir = g_dir_make_tmp ("portcall-export-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "record.db", NULL);
  self->record = pc_record_open (self->path, NULL);
  g_assert_true (pc_record_rename_learner (self->record, 1, "=cmd()", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (pc_record_add (self->record, &rows[i], NULL), >, 0);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  pc_record_close (self->record);
  remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->path);
}

static char *
run_export (PcRecord      *record,
            PcRecordFormat format)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (pc_record_export (record, format, out, &error));
  g_assert_no_error (error);
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static const char csv[] =
    "sheet_id,seed,bank_id,bank_version,learner,started_utc,seconds,n,item_id,"
    "revision,objective,level,type,points,score,correct,certainty,chosen,key,"
    "ms,hint_used\r\n"
    "7F3A-22,18446744073709551615,mail-core,1.0.0,'=cmd(),"
    "2026-09-21T14:13:20Z,70,1,imap-143,2,a b,apply,single,2,1,0,sure,o110,"
    "o143,10000,1\r\n"
    "7F3A-22,0,mail-core,1.0.0,'=cmd(),2026-09-21T14:13:20Z,70,2,neg,1,,,"
    "number,1,1,1,,'-5,'-5,1,0\r\n"
    "s-2,0,b,1,'=cmd(),2026-09-21T14:15:00Z,0,1,\"quote\"\",\",0,,,,1,0,0,,,,"
    "0,0\r\n";

static void
test_csv (Fixture      *self,
          gconstpointer data)
{
  g_autofree char *found = NULL;

  /* Where numbers have a comma. */
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  found = run_export (self->record, PC_RECORD_CSV);
  setlocale (LC_NUMERIC, "C");
  g_assert_cmpstr (found, ==, csv);
}

static void
test_json (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *found = run_export (self->record, PC_RECORD_JSON);
  g_autoptr (JsonNode) root = json_from_string (found, NULL);
  JsonObject *object;
  JsonArray  *answers;

  g_assert_nonnull (root);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "learner"), ==,
                   "=cmd()");
  answers = json_object_get_array_member (object, "answers");
  g_assert_cmpuint (json_array_get_length (answers), ==, 3);
  object = json_array_get_object_element (answers, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "seed"), ==,
                   "18446744073709551615");
  g_assert_cmpstr (json_object_get_string_member (object, "memory_key"), ==,
                   "svc:imap/port");
  g_assert_cmpstr (json_object_get_string_member (object, "certainty"), ==,
                   "sure");
  g_assert_cmpfloat (json_object_get_double_member (object, "fraction"), ==,
                     0.5);
}

/* Nobody's answers: a header, an empty list. */
static void
test_empty (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *table = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_assert_true (pc_record_reset (self->record, 1, NULL));
  table = run_export (self->record, PC_RECORD_CSV);
  g_assert_true (g_str_has_prefix (csv, table));
  g_assert_cmpstr (strchr (table, '\n'), ==, "\n");
  text = run_export (self->record, PC_RECORD_JSON);
  root = json_from_string (text, NULL);
  g_assert_nonnull (root);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/reading", test_reading);
  g_test_add_func ("/csv/any-text", test_any_text);
#define ADD(path, func) \
  g_test_add ("/record-export/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("csv", test_csv);
  ADD ("json", test_json);
  ADD ("empty", test_empty);
  return g_test_run ();
}
