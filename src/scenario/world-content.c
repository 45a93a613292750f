/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the octets of messages and files, as JSON describes them: lines, a
 * message with a few fields, a pattern that is repeated, or a file beside.
 *
 * Lines end in CR LF (RFC 5322 section 2.3).
 */

#include "scenario/scenario-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

static void
append_lines (PcScenarioLoader *self,
              GString          *out,
              JsonArray        *lines,
              const char       *pointer)
{
  for (guint i = 0; i < json_array_get_length (lines); i++) {
    JsonNode *node = json_array_get_element (lines, i);

    if (json_node_get_value_type (node) != G_TYPE_STRING) {
      g_autofree char *at = pc_json_pointer_index (pointer, i);

      pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR,
                      "Q022", at, _ ("A line must be a string."));
      continue;
    }
    g_string_append (out, json_node_get_string (node));
    g_string_append (out, "\r\n");
  }
}

static void
append_header (GString            *out,
               const PcJsonReader *reader,
               const char         *member,
               const char         *name)
{
  const char *value = pc_json_read_string (reader, member, FALSE);

  if (value != NULL)
    g_string_append_printf (out, "%s: %s\r\n", name, value);
}

static GBytes *
finish (GString *text)
{
  return g_string_free_to_bytes (text);
}

static GBytes *
load_message (PcScenarioLoader *self,
              JsonObject       *object,
              const char       *pointer)
{
  static const char *const known[] = { "from", "to", "cc", "bcc", "subject",
                                       "date", "id", "lines", NULL };
  PcJsonReader             reader = pc_scenario_reader (self, object, pointer);
  g_autofree char         *at = pc_json_pointer_member (pointer, "lines");
  GString                 *out = g_string_new (NULL);
  JsonArray               *lines;

  pc_json_check_members (&reader, known);
  append_header (out, &reader, "from", "From");
  append_header (out, &reader, "to", "To");
  append_header (out, &reader, "cc", "Cc");
  append_header (out, &reader, "bcc", "Bcc");
  append_header (out, &reader, "subject", "Subject");
  append_header (out, &reader, "date", "Date");
  append_header (out, &reader, "id", "Message-ID");
  g_string_append (out, "MIME-Version: 1.0\r\n"
                        "Content-Type: text/plain; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: 8bit\r\n\r\n");
  lines = pc_json_read_array (&reader, "lines", TRUE);
  if (lines != NULL)
    append_lines (self, out, lines, at);

  return finish (out);
}

gboolean
pc_scenario_count_content (PcScenarioLoader   *self,
                           const PcJsonReader *reader,
                           gsize               size)
{
  self->content += size;
  if (self->content <= PC_LIMIT_CONTENT)
    return TRUE;

  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S122",
                  reader->pointer,
                  _ ("All contents together are longer than %d MiB."),
                  PC_LIMIT_CONTENT / 1024 / 1024);
  return FALSE;
}

static GBytes *
load_pattern (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  gint64      size = pc_json_read_int (reader, "bytes", 0, PC_LIMIT_TFTP_FILE,
                                       0);
  const char *pattern = pc_json_read_string (reader, "pattern", TRUE);
  GString    *out = g_string_new (NULL);

  if (!pc_scenario_count_content (self, reader, (gsize) size))
    return finish (out);
  while (pattern != NULL && *pattern != '\0' && out->len < (gsize) size)
    g_string_append (out, pattern);
  g_string_truncate (out, MIN (out->len, (gsize) size));

  return finish (out);
}

GBytes *
pc_scenario_load_content (PcScenarioLoader   *self,
                          const PcJsonReader *reader)
{
  JsonArray  *lines = pc_json_read_array (reader, "lines", FALSE);
  JsonObject *message = pc_json_read_object (reader, "message", FALSE);
  const char *file = pc_json_read_string (reader, "from_file", FALSE);

  if (lines != NULL) {
    g_autofree char *at = pc_json_pointer_member (reader->pointer, "lines");
    GString         *out = g_string_new (NULL);

    append_lines (self, out, lines, at);
    return finish (out);
  }
  if (message != NULL) {
    g_autofree char *at = pc_json_pointer_member (reader->pointer,
                                                  "message");

    return load_message (self, message, at);
  }
  if (file != NULL)
    return pc_scenario_load_beside (self, reader, "from_file", file);
  if (json_object_has_member (reader->object, "bytes"))
    return load_pattern (self, reader);

  return NULL;
}
