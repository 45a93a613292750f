/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exports: the JSON contract member by member, the text of a whole
 * timeline, Markdown that stays Markdown whatever a peer sent, and passwords
 * that show only when asked for. */

#include "timeline/export.h"

#include "timeline/recorder.h"

#include "fake.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define BEGIN G_GINT64_CONSTANT (1700000000000000)

static PcTimeline *
make_timeline (void)
{
  PcTimeline            *timeline = pc_timeline_new ("fake-one", "Two talk");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn;

  pc_timeline_add_actor (timeline, "phone", "Phone", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "mail", "Mail server", PC_ROLE_SERVER,
                         NULL);
  pc_timeline_set_actor_address (timeline, "mail", "143 (lab 10143)");

  conn = pc_recorder_open (recorder, &fake_stream, "phone", "mail", BEGIN);
  pc_recorder_sent (recorder, conn, PC_SIDE_CLIENT, BEGIN + 1204,
                    (const guint8 *) "PASS s3cret\r\n", 13);
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 1300, 13);
  pc_recorder_sent (recorder, conn, PC_SIDE_SERVER, BEGIN + 1000002,
                    (const guint8 *) "-no `|` <b>\r\n", 13);
  pc_step_set_note (pc_timeline_get_step (timeline, 2), "Look at *this*.");
  conn = pc_recorder_open (recorder, &fake_datagrams, "phone", "mail", BEGIN);
  pc_step_set_arrival (pc_recorder_datagram (recorder, conn, PC_SIDE_SERVER,
                                             69, 49152, BEGIN + 1000003,
                                             (const guint8 *) "\0\1", 2),
                       -1, PC_FATE_LOST);
  pc_timeline_set_outcome (timeline, PC_OUTCOME_OK, NULL);
  return timeline;
}

static JsonObject *
step_object (JsonObject *root,
             guint       index)
{
  return json_array_get_object_element (
      json_object_get_array_member (root, "steps"), index);
}

static JsonParser *
export_json (PcExportFlags flags)
{
  g_autoptr (PcTimeline) timeline = make_timeline ();
  g_autofree char       *text = pc_export_timeline (timeline, PC_EXPORT_JSON,
                                                    flags);
  JsonParser            *parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return parser;
}

static void
test_json (void)
{
  static const char *const members[] = {
    "n", "t_us", "t_end_us", "conn", "from", "to", "layer", "kind", "fate",
    "summary", "bytes", "fields", "client_state", "server_state", "rule",
    "title", "explanation", "references", "status",
  };
  g_autoptr (JsonParser) parser = export_json (PC_EXPORT_DEFAULT);
  JsonObject            *root = json_node_get_object (
      json_parser_get_root (parser));
  JsonObject      *step = step_object (root, 1);
  g_autoptr (GList) names = json_object_get_members (step);
  JsonObject      *field;
  JsonObject      *reference;
  guint            i = 0;

  g_assert_cmpstr (json_object_get_string_member (root, "scenario"), ==,
                   "fake-one");
  g_assert_cmpstr (json_object_get_string_member (root, "outcome"), ==, "ok");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                        root, "actors")),
                    ==, 2);

  for (GList *name = names; name != NULL; name = name->next, i++)
    g_assert_cmpstr (name->data, ==, members[i]);
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (members));

  g_assert_cmpint (json_object_get_int_member (step, "n"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (step, "t_us"), ==, 1204);
  g_assert_cmpint (json_object_get_int_member (step, "t_end_us"), ==, 1300);
  g_assert_cmpstr (json_object_get_string_member (step, "bytes"), ==,
                   "UEFTUyBzM2NyZXQNCg==");
  g_assert_cmpstr (json_object_get_string_member (step, "summary"), ==,
                   "PASS " PC_SECRET_DOTS);
  field = json_array_get_object_element (
      json_object_get_array_member (step, "fields"), 1);
  g_assert_cmpint (json_object_get_int_member (field, "start"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (field, "end"), ==, 11);
  g_assert_cmpstr (json_object_get_string_member (field, "value"), ==,
                   PC_SECRET_DOTS);
  g_assert_true (json_object_get_null_member (field, "meaning"));
  reference = json_array_get_object_element (
      json_object_get_array_member (step, "references"), 1);
  g_assert_cmpint (json_object_get_int_member (reference, "rfc"), ==, 3);
  g_assert_true (json_object_get_null_member (reference, "section"));

  step = step_object (root, 4 - 1);
  g_assert_true (json_object_get_null_member (step, "t_end_us"));
  g_assert_cmpstr (json_object_get_string_member (step, "fate"), ==, "lost");
  g_assert_cmpstr (json_object_get_string_member (step, "layer"), ==, "udp");
}

static void
test_json_secrets (void)
{
  g_autoptr (JsonParser) parser = export_json (PC_EXPORT_SHOW_SECRETS);
  JsonObject            *step = step_object (
      json_node_get_object (json_parser_get_root (parser)), 1);
  JsonObject *field = json_array_get_object_element (
      json_object_get_array_member (step, "fields"), 1);

  g_assert_cmpstr (json_object_get_string_member (step, "summary"), ==,
                   "PASS s3cret");
  g_assert_cmpstr (json_object_get_string_member (field, "value"), ==,
                   "s3cret");
}

static void
test_text (void)
{
  static const char      is[] =
      "Two talk\n"
      "  Phone      \n"
      "  Mail server  143 (lab 10143)\n"
      "\n"
      "    1    0.000000  Phone       --> Mail server   TCP connection opened"
      " · SYN  SYN-ACK  ACK\n"
      "                                                 TCP connection opened"
      "\n"
      "    2    0.001204  Phone       --> Mail server   PASS ••••••\n"
      "                                                 A command\n"
      "    3    1.000002  Phone       <-- Mail server ! -no `|` <b>\n"
      "                                                 A reply\n"
      "                                                 * Look at *this*.\n"
      "    4    1.000003  Phone       x-- Mail server   ␀␁ (lost)\n"
      "                                                 A datagram\n"
      "\n"
      "Everything went as planned.\n";
  g_autoptr (PcTimeline) timeline = make_timeline ();
  g_autofree char       *text = pc_export_timeline (timeline, PC_EXPORT_TEXT,
                                                    PC_EXPORT_DEFAULT);
  g_autofree char       *step = pc_export_step_text (
      timeline, pc_timeline_get_step (timeline, 1), PC_EXPORT_DEFAULT);
  g_autofree char *bare = pc_export_step_text (
      timeline, pc_timeline_get_step (timeline, 1), PC_EXPORT_SHOW_SECRETS);

  g_assert_cmpstr (text, ==, is);
  g_assert_nonnull (strstr (text, step));
  g_assert_nonnull (strstr (bare, "PASS s3cret\n"));
}

static void
test_markdown (void)
{
  g_autoptr (PcTimeline) timeline = make_timeline ();
  g_autofree char       *text = pc_export_timeline (
      timeline, PC_EXPORT_MARKDOWN, PC_EXPORT_DEFAULT);
  g_autofree char *bare = pc_export_timeline (timeline, PC_EXPORT_MARKDOWN,
                                              PC_EXPORT_SHOW_SECRETS);

  g_assert_true (g_str_has_prefix (text, "# Two talk\n"));
  g_assert_nonnull (strstr (text, "| 2 | 0.001204 | Phone → Mail server | "
                                  "`PASS ••••••` | A command |\n"));
  g_assert_nonnull (strstr (text, "| ``-no `\\|` <b>`` | A reply (**error**)"
                                  "<br>*Look at \\*this\\*.* |\n"));
  g_assert_nonnull (strstr (text, "(**lost**)"));
  g_assert_nonnull (strstr (text, "**A reply**: The server \\*answers\\* \\| "
                                  "so. ([RFC 1 §4.5](https://"));
  g_assert_null (strstr (text, "s3cret"));
  g_assert_nonnull (strstr (bare, "`PASS s3cret`"));
}

/* DATA, which is lost; after a second the same again, late; the network's copy
 * of that. */
static PcTimeline *
make_troubled (void)
{
  PcTimeline            *timeline = pc_timeline_new ("bad", "Trouble");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  const guint8           data[] = "DATA";
  guint                  conn;
  PcStep                *step;

  pc_timeline_add_actor (timeline, "pc", "PC", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "files", "*Files*", PC_ROLE_SERVER, NULL);
  conn = pc_recorder_open (recorder, &fake_datagrams, "pc", "files", BEGIN);
  step = pc_recorder_datagram (recorder, conn, PC_SIDE_SERVER, 49153, 49152,
                               BEGIN, data, 4);
  pc_step_set_arrival (step, -1, PC_FATE_LOST);
  pc_recorder_waited (recorder, conn, PC_SIDE_SERVER, G_USEC_PER_SEC);
  step = pc_recorder_datagram (recorder, conn, PC_SIDE_SERVER, 49153, 49152,
                               BEGIN + G_USEC_PER_SEC, data, 4);
  pc_step_set_arrival (step, G_USEC_PER_SEC + 500, PC_FATE_LATE);
  step = pc_recorder_duplicate (recorder, step, BEGIN + G_USEC_PER_SEC + 9);
  pc_step_set_arrival (step, G_USEC_PER_SEC + 600, PC_FATE_DUPLICATE);
  pc_timeline_set_outcome (timeline, PC_OUTCOME_OK, NULL);
  return timeline;
}

static void
test_trouble (void)
{
  static const char is[] =
      "    1    0.000000  PC      x-- *Files*   DATA (lost)\n"
      "                                         A datagram\n"
      "                   — 1.0 s: the timer of *Files* runs out —\n"
      "    2    1.000000  PC      <-- *Files*   DATA (again, as in 1; late)\n"
      "                                         A datagram\n"
      "    3    1.000009  PC      <-- *Files*   DATA "
      "(twice: the network's copy of 2)\n"
      "                                         The network's copy\n";
  g_autoptr (PcTimeline) timeline = make_troubled ();
  g_autofree char *text = pc_export_timeline (timeline, PC_EXPORT_TEXT,
                                              PC_EXPORT_DEFAULT);
  g_autofree char *markdown = pc_export_timeline (
      timeline, PC_EXPORT_MARKDOWN, PC_EXPORT_DEFAULT);
  g_autofree char *json = pc_export_timeline (timeline, PC_EXPORT_JSON,
                                              PC_EXPORT_DEFAULT);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;

  g_assert_nonnull (strstr (text, is));
  g_assert_nonnull (strstr (markdown, "A datagram (**lost**) |"));
  g_assert_nonnull (strstr (
      markdown, "A datagram (**again, as in 1; late**)"
                "<br>1.0 s: the timer of \\*Files\\* runs out |"));

  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_false (json_object_has_member (step_object (root, 0), "repeats"));
  g_assert_false (json_object_has_member (step_object (root, 0), "wait_us"));
  g_assert_cmpint (
      json_object_get_int_member (step_object (root, 1), "repeats"), ==, 1);
  g_assert_cmpint (
      json_object_get_int_member (step_object (root, 1), "wait_us"), ==,
      G_USEC_PER_SEC);
  g_assert_cmpint (
      json_object_get_int_member (step_object (root, 2), "repeats"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (step_object (root, 2),
                                                  "fate"),
                   ==, "duplicate");
  g_assert_false (json_object_has_member (step_object (root, 2), "wait_us"));
}

static void
test_formats (void)
{
  PcExportFormat format = PC_EXPORT_TEXT;

  g_assert_true (pc_export_parse_format ("json", &format));
  g_assert_cmpint (format, ==, PC_EXPORT_JSON);
  g_assert_true (pc_export_parse_format ("markdown", &format));
  g_assert_cmpint (format, ==, PC_EXPORT_MARKDOWN);
  g_assert_true (pc_export_parse_format ("text", &format));
  g_assert_cmpint (format, ==, PC_EXPORT_TEXT);
  g_assert_false (pc_export_parse_format ("JSON", &format));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/json", test_json);
  g_test_add_func ("/export/json-secrets", test_json_secrets);
  g_test_add_func ("/export/text", test_text);
  g_test_add_func ("/export/markdown", test_markdown);
  g_test_add_func ("/export/trouble", test_trouble);
  g_test_add_func ("/export/formats", test_formats);
  return g_test_run ();
}
