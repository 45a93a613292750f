/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What base/json-reader leaves to the loaders: patterns, lengths, words of a
 * fixed list, and lists of objects.  The patterns are those of the schemas in
 * data/schema, written out by hand, because there are few of them and a bank
 * has many texts.
 */

#include "quiz/reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LINE 300
#define MAX_LONG 4000

/* -- patterns ------------------------------------------------------------- */

static gboolean
is_low_or_digit (char c)
{
  return g_ascii_islower (c) || g_ascii_isdigit (c);
}

/* ^[a-z0-9][a-z0-9 and @more]{0,@max - 1}$ */
static gboolean
is_name (const char *text,
         const char *more,
         gsize       max)
{
  gsize n = 1;

  if (!is_low_or_digit (*text))
    return FALSE;
  for (; text[n] != '\0'; n++) {
    if (n >= max)
      return FALSE;
    if (!is_low_or_digit (text[n]) && strchr (more, text[n]) == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_language (const char *text)
{
  gsize n = 0;

  while (g_ascii_islower (text[n]))
    n++;
  if (n < 2 || n > 3)
    return FALSE;
  for (text += n; *text == '-'; text += n) {
    text++;
    for (n = 0; g_ascii_isalnum (text[n]); n++)
      ;
    if (n < 2 || n > 8)
      return FALSE;
  }
  return *text == '\0';
}

static gboolean
is_version (const char *text)
{
  for (guint part = 0; part < 3; part++) {
    if (part > 0 && *text++ != '.')
      return FALSE;
    if (!g_ascii_isdigit (*text))
      return FALSE;
    while (g_ascii_isdigit (*text))
      text++;
  }
  return *text == '\0';
}

static gboolean
is_path (const char *text)
{
  const char *start = text;

  while (g_ascii_islower (*text) || *text == '_')
    text++;
  if (text == start)
    return FALSE;
  while (*text == '.') {
    start = ++text;
    while (is_low_or_digit (*text) || *text == '_' || *text == '-')
      text++;
    if (text == start)
      return FALSE;
  }
  return *text == '\0';
}

static gboolean
is_short (const char *text,
          glong       max)
{
  /* A character has at most four octets, so most need no counting. */
  return *text != '\0' &&
         (strlen (text) <= (gsize) max || g_utf8_strlen (text, -1) <= max);
}

gboolean
pc_reader_text_is (const char *text,
                   PcTextKind  kind)
{
  switch (kind) {
  case PC_TEXT_ID: return is_name (text, "._-", 64);
  case PC_TEXT_LINE:
    return is_short (text, MAX_LINE) && strpbrk (text, "\r\n") == NULL;
  case PC_TEXT_LONG: return is_short (text, MAX_LONG);
  case PC_TEXT_LANGUAGE: return is_language (text);
  case PC_TEXT_VERSION: return is_version (text);
  case PC_TEXT_MEMORY_KEY: return is_name (text, "._:/-", 96);
  case PC_TEXT_PATH: return is_path (text);
  case PC_TEXT_URL:
    return g_str_has_prefix (text, "https://") ||
           g_str_has_prefix (text, "http://");
  default: g_return_val_if_reached (FALSE);
  }
}

const char *
pc_reader_text_rule (PcTextKind kind)
{
  switch (kind) {
  case PC_TEXT_ID:
    return _ ("an id is expected here: 1 to 64 of a-z, 0-9, \".\", \"_\" and "
              "\"-\", beginning with a letter or digit");
  case PC_TEXT_LINE:
    return _ ("a text of 1 to 300 characters on one line is expected here");
  case PC_TEXT_LONG:
    return _ ("a text of 1 to 4000 characters is expected here");
  case PC_TEXT_LANGUAGE:
    return _ ("a language tag such as \"en\" or \"pt-BR\" is expected here");
  case PC_TEXT_VERSION:
    return _ ("a version of three numbers such as \"1.0.0\" is expected here");
  case PC_TEXT_MEMORY_KEY:
    return _ ("a memory key is expected here: 1 to 96 of a-z, 0-9, \".\", "
              "\"_\", \":\", \"/\" and \"-\", beginning with a letter or "
              "digit");
  case PC_TEXT_PATH:
    return _ ("the name of a text such as \"options.o143.feedback\" is "
              "expected here");
  case PC_TEXT_URL:
    return _ ("an address beginning with https:// or http:// is expected "
              "here");
  default: g_return_val_if_reached ("");
  }
}

/* -- members -------------------------------------------------------------- */

PcProblem *
pc_reader_error (const PcJsonReader *self,
                 const char         *member,
                 const char         *code,
                 const char         *format,
                 ...)
{
  g_autofree char *pointer = pc_json_pointer_member (self->pointer, member);
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  return pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, code,
                         pointer, "%s", message);
}

const char *
pc_reader_text (const PcJsonReader *self,
                const char         *member,
                PcTextKind          kind,
                gboolean            required)
{
  const char *text = pc_json_read_string (self, member, required);

  if (text == NULL || pc_reader_text_is (text, kind))
    return text;
  pc_reader_error (self, member, "Q024", "%s", pc_reader_text_rule (kind));
  return NULL;
}

int
pc_reader_word (const PcJsonReader *self,
                const char         *member,
                const char *const  *words,
                gboolean            required,
                int                 fallback)
{
  const char      *text = pc_json_read_string (self, member, required);
  g_autofree char *list = NULL;

  if (text == NULL)
    return fallback;
  for (int i = 0; words[i] != NULL; i++) {
    if (g_str_equal (text, words[i]))
      return i;
  }
  list = g_strjoinv (", ", (char **) words);
  pc_reader_error (self, member, "Q024",
                   _ ("one of these is expected here: %s"), list);
  return fallback;
}

static const char *
element_text (const PcJsonReader *self,
              const char         *pointer,
              JsonNode           *node,
              PcTextKind          kind)
{
  const char *text;

  if (!JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING) {
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "Q022",
                    pointer, "%s", _ ("a text in quotes is expected here"));
    return NULL;
  }
  text = json_node_get_string (node);
  if (pc_reader_text_is (text, kind))
    return text;
  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "Q024",
                  pointer, "%s", pc_reader_text_rule (kind));
  return NULL;
}

static gboolean
report_length (const PcJsonReader *self,
               const char         *member,
               guint               n,
               guint               min,
               guint               max)
{
  if (n >= min && n <= max)
    return TRUE;
  if (max == G_MAXUINT)
    pc_reader_error (self, member, "Q024",
                     ngettext ("this list needs at least %u element",
                               "this list needs at least %u elements", min),
                     min);
  else
    pc_reader_error (self, member, "Q024",
                     _ ("this list must have %u to %u elements, not %u"), min,
                     max, n);
  return FALSE;
}

GPtrArray *
pc_reader_texts (const PcJsonReader *self,
                 const char         *member,
                 PcTextKind          kind,
                 guint               max)
{
  GPtrArray       *texts = g_ptr_array_new ();
  JsonArray       *array = pc_json_read_array (self, member, FALSE);
  g_autofree char *base = NULL;
  guint            n;

  if (array == NULL)
    return texts;
  n = json_array_get_length (array);
  if (!report_length (self, member, n, 0, max))
    return texts;
  base = pc_json_pointer_member (self->pointer, member);
  for (guint i = 0; i < n; i++) {
    g_autofree char *pointer = pc_json_pointer_index (base, i);
    const char      *text;

    text = element_text (self, pointer, json_array_get_element (array, i),
                         kind);
    if (text == NULL)
      continue;
    /* Such lists are short. */
    if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
      g_ptr_array_add (texts, (gpointer) text);
    else
      pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "Q100",
                      pointer, _ ("\"%s\" stands in this list twice"), text);
  }
  return texts;
}

guint
pc_reader_objects (const PcJsonReader *self,
                   const char         *member,
                   gboolean            required,
                   guint               min,
                   guint               max,
                   PcReaderFunc        func,
                   gpointer            user_data)
{
  JsonArray       *array = pc_json_read_array (self, member, required);
  g_autofree char *base = NULL;
  guint            n;

  if (array == NULL)
    return 0;
  n = json_array_get_length (array);
  if (!report_length (self, member, n, min, max))
    return 0;
  base = pc_json_pointer_member (self->pointer, member);
  for (guint i = 0; i < n; i++) {
    g_autofree char *pointer = pc_json_pointer_index (base, i);
    JsonNode        *node = json_array_get_element (array, i);
    PcJsonReader     element = *self;

    if (!JSON_NODE_HOLDS_OBJECT (node)) {
      pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "Q022",
                      pointer, "%s",
                      _ ("an object in { } is expected here"));
      continue;
    }
    element.object = json_node_get_object (node);
    element.pointer = pointer;
    func (&element, i, user_data);
  }
  return n;
}
