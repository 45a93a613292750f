/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says of any file what it is, as far as it matters to somebody who wanted to
 * open a scenario.
 *
 * First what the file system says, then the first octets, then the "format"
 * that our own files name.  A file that is JSON and seems to be a scenario is
 * one: its mistakes are listed.
 */

#include "scenario/source.h"

#include "base/limits.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  const char *magic; /* the first octets */
  gsize       len;
  const char *message; /* N_(), with the name of the file as %s */
} Kind;

#define PICTURE \
  N_ ("“%s” is a picture, not a scenario. Open a scenario: a text file that " \
      "ends in .json.")
#define CAPTURE \
  N_ ("“%s” is a recording of packets, which Wireshark can open. Portcall " \
      "opens scenarios: text files that end in .json.")
#define ARCHIVE \
  N_ ("“%s” is a packed file. Unpack it first, then open a scenario in it.")
#define DOCUMENT \
  N_ ("“%s” is a PDF document, not a scenario. Open a scenario: a text file " \
      "that ends in .json.")

static const Kind kinds[] = {
  { "\x89PNG\r\n\x1A\n", 8, PICTURE },
  { "\xFF\xD8\xFF", 3, PICTURE },
  { "GIF8", 4, PICTURE },
  { "BM", 2, PICTURE },
  { "<svg", 4, PICTURE },
  { "%PDF-", 5, DOCUMENT },
  { "PK\x03\x04", 4, ARCHIVE },
  { "\x1F\x8B", 2, ARCHIVE },
  { "\xFD" "7zXZ", 5, ARCHIVE },
  { "\x0A\x0D\x0D\x0A", 4, CAPTURE },
  { "\xD4\xC3\xB2\xA1", 4, CAPTURE },
  { "\xA1\xB2\xC3\xD4", 4, CAPTURE },
};

/* Our own formats that are no scenarios. */
static const struct
{
  const char *format;
  const char *message;
} formats[] = {
  { "portcall-question-bank",
    N_ ("“%s” is a question bank, not a scenario. Put it into the folder "
        "portcall/questions of your data and start Portcall again: then it is "
        "in the quiz.") },
  { "portcall-world",
    N_ ("“%s” is a world, not a scenario. Give it to servers with "
        "“portcall-cli serve --world”, or write a scenario with this world.") },
  { "portcall-services",
    N_ ("“%s” is a table of services, not a scenario. Open a scenario: its "
        "“format” is “portcall-scenario”.") },
};

static char *
dup_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  return pc_problem_clean_text (shown);
}

/* @format comes from the tables above, or is as they are. */
static void
tell (PcScenarioSource *self,
      const char     *format,
      const char     *path)
{
  g_autofree char *name = dup_name (path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  self->message = g_strdup_printf (format, name);
#pragma GCC diagnostic pop
}

/* -- what the file system says -------------------------------------------- */

static void
tell_error (PcScenarioSource *self,
            const char     *path,
            int             error)
{
  g_autofree char *name = NULL;

  if (error == ENOENT || error == ENOTDIR) {
    tell (self, _ ("There is no file “%s”. It may have another name by now, "
                   "or be in another folder: open it from there."),
          path);
    return;
  }
  if (error == EACCES || error == EPERM) {
    tell (self, _ ("You are not allowed to read “%s”. Change the permissions "
                   "of the file, then open it again."),
          path);
    return;
  }
  name = dup_name (path);
  /* Translators: %s are the file's name and what the system says. */
  self->message = g_strdup_printf (
      _ ("“%s” cannot be read: %s. Copy it to another folder, then open it "
         "from there."),
      name, g_strerror (error));
}

static void
tell_large (PcScenarioSource *self,
            const char     *path,
            guint64         size)
{
  g_autofree char *name = dup_name (path);
  g_autofree char *is = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *limit = g_format_size_full (PC_LIMIT_JSON_SIZE,
                                               G_FORMAT_SIZE_IEC_UNITS);

  self->message = g_strdup_printf (
      _ ("“%s” is too large to be a scenario: it has %s, and no more than %s "
         "are read. Put large contents into files beside the scenario."),
      name, is, limit);
}

/* Only what has an end is opened: a pipe would never come to one. */
static GBytes *
read_file (PcScenarioSource *self,
           const char     *path)
{
  GStatBuf info;
  char    *data = NULL;
  gsize    len;
  g_autoptr (GError) error = NULL;

  if (g_stat (path, &info) != 0)
    tell_error (self, path, errno);
  else if (S_ISDIR (info.st_mode))
    tell (self, _ ("“%s” is a folder. Open one of the scenarios in it."),
          path);
  else if (!S_ISREG (info.st_mode))
    tell (self, _ ("“%s” is a device or a pipe. Save what it gives as a file, "
                   "then open that."),
          path);
  else if (info.st_size > PC_LIMIT_JSON_SIZE)
    tell_large (self, path, (guint64) info.st_size);
  else if (!g_file_get_contents (path, &data, &len, &error))
    tell_error (self, path,
                g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
                    ? EACCES
                    : EIO);
  else
    return g_bytes_new_take (data, len);
  return NULL;
}

/* -- what it holds -------------------------------------------------------- */

/* What it is, when it cannot be JSON; NULL otherwise. */
static const char *
find_kind (const char *data,
           gsize       len)
{
  gsize start = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (len >= kinds[i].len &&
        memcmp (data, kinds[i].magic, kinds[i].len) == 0)
      return kinds[i].message;
  if (len >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    start = 3;
  while (start < len && g_ascii_isspace (data[start]))
    start++;
  if (start == len)
    return N_ ("“%s” is empty. Open a scenario: a text file that ends in "
               ".json.");
  /* A mark of another encoding: the JSON reader says what to do. */
  if (data[start] == '{' || (guint8) data[0] >= 0xFE)
    return NULL;
  if (memchr (data, '\0', len) != NULL)
    return N_ ("“%s” is not a text. Open a scenario: a text file that ends "
               "in .json.");
  return N_ ("“%s” is no scenario: a scenario is JSON and begins with “{”. "
             "Open another file.");
}

/* A JSON file that is ours but no scenario, or not ours at all. */
static const char *
find_format (JsonNode *root)
{
  JsonObject *object = json_node_get_object (root);
  JsonNode   *node = json_object_get_member (object, "format");
  const char *format = NULL;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    format = json_node_get_string (node);
  for (guint i = 0; format != NULL && i < G_N_ELEMENTS (formats); i++)
    if (strcmp (format, formats[i].format) == 0)
      return formats[i].message;
  if (json_object_has_member (object, "script") ||
      json_object_has_member (object, "actors") ||
      g_strcmp0 (format, "portcall-scenario") == 0)
    return NULL;
  return N_ ("“%s” is JSON, but no scenario: it has no “script” and no "
             "“actors”. Open another file.");
}

static void
load_json (PcScenarioSource *self,
           const char     *path,
           GBytes         *bytes)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  const char   *kind = find_kind ((const char *) data, len);
  g_autoptr (PcJson) json = NULL;

  if (kind == NULL) {
    json = pc_json_parse (path, data, len, self->problems);
    if (json != NULL && JSON_NODE_HOLDS_OBJECT (pc_json_get_root (json)))
      kind = find_format (pc_json_get_root (json));
  }
  if (kind != NULL) {
    tell (self, _ (kind), path);
    return;
  }
  self->state = PC_SOURCE_BROKEN;
  if (json == NULL) {
    self->message = g_strdup (_ ("Nothing of it can be watched: it is not "
                                 "JSON, and only whole JSON can be read."));
    return;
  }
  self->scenario = pc_scenario_new_part (json, self->problems,
                                         &self->message);
  if (self->scenario != NULL)
    self->state = self->message != NULL ? PC_SOURCE_PART : PC_SOURCE_WHOLE;
}

PcScenarioSource *
pc_scenario_source_load (const char *path)
{
  g_autoptr (PcScenarioSource) self = g_new0 (PcScenarioSource, 1);
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self->state = PC_SOURCE_OTHER;
  self->problems = pc_problems_new ();
  bytes = read_file (self, path);
  if (bytes != NULL) {
    self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    load_json (self, path, bytes);
  }
  return g_steal_pointer (&self);
}

PcScenarioSource *
pc_scenario_source_parse (const char   *path,
                          const guint8 *data,
                          gsize         len)
{
  PcScenarioSource *self = g_new0 (PcScenarioSource, 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, len);

  self->state = PC_SOURCE_OTHER;
  self->problems = pc_problems_new ();
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  load_json (self, path, bytes);
  return self;
}

void
pc_scenario_source_free (PcScenarioSource *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_clear_pointer (&self->problems, pc_problems_unref);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_free (self);
}
