/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a fault from a command line: "drop,rule=tftp.data*,nth=3".
 *
 * The words become the JSON object that a scenario would have, and the same
 * reader takes it; so what may stand here is what may stand there.
 */

#include "scenario/fault-private.h"
#include "scenario/scenario.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME "--fault"

/* "a,b\,c" are two words; "\n" begins a new line of a reply. */
static GPtrArray *
cut_words (const char *spec)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  GString   *word = g_string_new (NULL);

  for (const char *p = spec; *p != '\0'; p++) {
    if (*p == ',') {
      g_ptr_array_add (words, g_string_free (word, FALSE));
      word = g_string_new (NULL);
    } else if (*p == '\\' && p[1] == 'n') {
      g_string_append_c (word, '\n');
      p++;
    } else if (*p == '\\' && p[1] != '\0')
      g_string_append_c (word, *++p);
    else
      g_string_append_c (word, *p);
  }
  g_ptr_array_add (words, g_string_free (word, FALSE));
  return words;
}

/* What is a text in JSON even when it looks like a number. */
static gboolean
is_text (PcFaultKind kind,
         const char *name)
{
  static const char *const names[] = { "rule", "from", "after", "verb",
                                       "reply", "text", "actor", "hex",
                                       NULL };

  return g_strv_contains (names, name) ||
         (kind == PC_FAULT_INJECT && strcmp (name, "to") == 0);
}

static void
add_value (JsonObject *object,
           PcFaultKind kind,
           const char *name,
           const char *value)
{
  char   *end;
  gint64  number;
  double  real;
  guint64 dummy;

  if (!is_text (kind, name)) {
    if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &dummy, NULL)) {
      number = (gint64) dummy;
      json_object_set_int_member (object, name, number);
      return;
    }
    real = g_ascii_strtod (value, &end);
    if (*value != '\0' && *end == '\0') {
      json_object_set_double_member (object, name, real);
      return;
    }
    if (strcmp (value, "true") == 0 || strcmp (value, "yes") == 0) {
      json_object_set_boolean_member (object, name, TRUE);
      return;
    }
    if (strcmp (value, "false") == 0 || strcmp (value, "no") == 0) {
      json_object_set_boolean_member (object, name, FALSE);
      return;
    }
  }
  json_object_set_string_member (object, name, value);
}

static void G_GNUC_PRINTF (2, 3)
fail (GError    **error,
      const char *format,
      ...)
{
  g_autofree char *message = NULL;
  g_autofree char *clean = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  clean = pc_problem_clean_text (message);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, clean);
}

/* The object, or NULL with @error. */
static JsonObject *
read_words (GPtrArray *words,
            GError   **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *first = words->pdata[0];
  PcFaultKind kind = PC_FAULT_DROP;

  json_object_set_string_member (object, "fault", first);
  /* An unknown one is told by the reader. */
  if (!pc_fault_find_kind (first, &kind))
    return g_steal_pointer (&object);

  for (guint i = 1; i < words->len; i++) {
    const char      *word = words->pdata[i];
    const char      *equals = strchr (word, '=');
    g_autofree char *name = NULL;

    if (equals == NULL || equals == word) {
      fail (error,
            _ ("“%s” is no NAME=VALUE. “\\,” is a comma in a value."), word);
      return NULL;
    }
    name = g_strndup (word, equals - word);
    if (json_object_has_member (object, name)) {
      fail (error, _ ("“%s” is there twice."), name);
      return NULL;
    }
    add_value (object, kind, name, equals + 1);
  }

  return g_steal_pointer (&object);
}

static void
take_problem (const char      *spec,
              const PcProblem *problem,
              GError         **error)
{
  const char      *key = problem->pointer != NULL && *problem->pointer == '/'
                             ? problem->pointer + 1
                             : NULL;
  g_auto (GStrv) parts = g_strsplit (spec, ",", 2);
  PcFaultKind      kind;
  g_autofree char *allowed = NULL;
  g_autofree char *hint = problem->hint != NULL
                              ? g_strdup_printf (" %s", problem->hint)
                              : g_strdup ("");

  /* But for the first, which is "fault". */
  if (strcmp (problem->code, "Q021") == 0 &&
      pc_fault_find_kind (parts[0], &kind)) {
    allowed = g_strjoinv (
        ", ", (char **) pc_fault_list_members (kind) + 1);
    fail (error, _ ("“%s” is not known here.%s “%s” takes: %s."), key,
          hint, parts[0], allowed);
  } else if (key != NULL && strcmp (key, "fault") != 0)
    fail (error, "“%s”: %s%s", key, problem->message, hint);
  else
    fail (error, "%s%s", problem->message, hint);
}

static JsonObject *
read_spec (const char *spec,
           GError    **error)
{
  g_autoptr (GPtrArray) words = cut_words (spec);

  return read_words (words, error);
}

/* @error says nothing of @spec itself. */
static gboolean
add_spec (PcFaults         *self,
          const char       *spec,
          const PcScenario *scenario,
          GError          **error)
{
  g_autoptr (JsonObject) object = read_spec (spec, error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = NULL;
  g_autofree char *text = NULL;
  PcJsonReader     reader;

  if (object == NULL)
    return FALSE;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  json = pc_json_parse (NAME, (const guint8 *) text, strlen (text), problems);
  if (json != NULL) {
    reader = (PcJsonReader){ .json = json,
                             .problems = problems,
                             .object = json_node_get_object (
                                 pc_json_get_root (json)),
                             .pointer = "" };
    if (pc_faults_load (self, &reader, scenario)) {
      PcFault *fault = &g_array_index (self->faults, PcFault,
                                       self->faults->len - 1);

      fault->text = g_string_chunk_insert_const (self->strings, spec);
      return TRUE;
    }
  }

  take_problem (spec, pc_problems_get (problems, 0), error);
  return FALSE;
}

gboolean
pc_faults_add_spec (PcFaults         *self,
                    const char       *spec,
                    const PcScenario *scenario,
                    GError          **error)
{
  g_autofree char *shown = pc_problem_clean_text (spec);

  if (add_spec (self, spec, scenario, error))
    return TRUE;

  g_prefix_error (error, NAME " %s: ", shown);
  return FALSE;
}

PcFaults *
pc_faults_new_spec (const char       *spec,
                    const PcScenario *scenario,
                    GError          **error)
{
  g_autoptr (PcFaults) faults = pc_faults_new ();

  return add_spec (faults, spec, scenario, error) ? g_steal_pointer (&faults)
                                                  : NULL;
}

char *
pc_fault_escape (const char *value)
{
  GString *text = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++) {
    if (*p == ',' || *p == '\\')
      g_string_append_c (text, '\\');
    g_string_append_c (text, *p);
  }
  return g_string_free (text, FALSE);
}

JsonObject *
pc_fault_spec_to_json (const char *spec,
                       GError    **error)
{
  return read_spec (spec, error);
}
