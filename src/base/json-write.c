/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a tree to a text that a person likes to read and to compare: two
 * spaces for each level, and what fits on a line stands on one.  json-glib's
 * own generator gives each value a line and each colon a space before it.
 *
 * Every number and text reads back as the same value.
 */

#include "base/json.h"

#include "base/limits.h"

#include <string.h>

#define INDENT 2
#define WIDTH 80 /* of a line, a comma behind it not counted */

typedef struct
{
  GString *out;
  gsize    stop; /* give up when it is longer; 0: never */
} Writer;

static void write_flat (Writer   *self,
                        JsonNode *node);

static void
write_string (GString    *out,
              const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    switch (*p) {
    case '"': g_string_append (out, "\\\""); break;
    case '\\': g_string_append (out, "\\\\"); break;
    case '\b': g_string_append (out, "\\b"); break;
    case '\f': g_string_append (out, "\\f"); break;
    case '\n': g_string_append (out, "\\n"); break;
    case '\r': g_string_append (out, "\\r"); break;
    case '\t': g_string_append (out, "\\t"); break;
    default:
      if ((guchar) *p < 0x20 || *p == 0x7F)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
      else
        g_string_append_c (out, *p);
    }
  }
  g_string_append_c (out, '"');
}

/* The shortest that reads back as the same; always with a point or an
 * exponent, so that it stays what it is. */
static void
write_double (GString *out,
              double   value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++) {
    g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

    g_ascii_formatd (text, sizeof text, format, value);
    if (g_ascii_strtod (text, NULL) == value)
      break;
  }
  g_string_append (out, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (out, ".0");
}

static void
write_value (GString  *out,
             JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else if (type == G_TYPE_STRING)
    write_string (out, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT,
                            json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else
    write_double (out, json_node_get_double (node));
}

/* -- on one line ---------------------------------------------------------- */

static gboolean
is_too_long (const Writer *self)
{
  return self->stop > 0 && self->out->len > self->stop;
}

static void
write_flat_object (Writer   *self,
                   JsonNode *node)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *member;
  gboolean       first = TRUE;

  g_string_append_c (self->out, '{');
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    if (!first)
      g_string_append (self->out, ", ");
    first = FALSE;
    write_string (self->out, name);
    g_string_append (self->out, ": ");
    write_flat (self, member);
    if (is_too_long (self))
      return;
  }
  g_string_append_c (self->out, '}');
}

static void
write_flat (Writer   *self,
            JsonNode *node)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    write_flat_object (self, node);
    return;
  }
  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    write_value (self->out, node);
    return;
  }
  array = json_node_get_array (node);
  g_string_append_c (self->out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append (self->out, ", ");
    write_flat (self, json_array_get_element (array, i));
    if (is_too_long (self))
      return;
  }
  g_string_append_c (self->out, ']');
}

/* -- on several ----------------------------------------------------------- */

static void
break_line (GString *out,
            guint    depth)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth * INDENT; i++)
    g_string_append_c (out, ' ');
}

/* Whether @node stands on this line, which has @column characters; if so it
 * was written. */
static gboolean
write_short (GString  *out,
             JsonNode *node,
             glong     column)
{
  gsize  start = out->len;
  /* No character takes more than four octets. */
  Writer flat = { out, start + 4 * WIDTH };

  write_flat (&flat, node);
  if (!is_too_long (&flat) &&
      column + g_utf8_strlen (out->str + start, -1) <= WIDTH)
    return TRUE;
  g_string_truncate (out, start);
  return FALSE;
}

/* @column: how long the line is already; G_MAXSHORT where a line must not
 * be shared. */
static void
write_node (GString  *out,
            JsonNode *node,
            guint     depth,
            glong     column)
{
  gboolean object = JSON_NODE_HOLDS_OBJECT (node);
  guint    n = 0;

  if (!object && !JSON_NODE_HOLDS_ARRAY (node)) {
    write_value (out, node);
    return;
  }
  if (write_short (out, node, column))
    return;
  g_string_append_c (out, object ? '{' : '[');
  if (object) {
    JsonObjectIter iter;
    const char    *name;
    JsonNode      *member;

    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &member)) {
      gsize start;

      if (n++ > 0)
        g_string_append_c (out, ',');
      break_line (out, depth + 1);
      start = out->len;
      write_string (out, name);
      g_string_append (out, ": ");
      write_node (out, member, depth + 1,
                  (glong) ((depth + 1) * INDENT) +
                      g_utf8_strlen (out->str + start, -1));
    }
  } else {
    JsonArray *array = json_node_get_array (node);

    for (; n < json_array_get_length (array); n++) {
      if (n > 0)
        g_string_append_c (out, ',');
      break_line (out, depth + 1);
      write_node (out, json_array_get_element (array, n), depth + 1,
                  (glong) ((depth + 1) * INDENT));
    }
  }
  break_line (out, depth);
  g_string_append_c (out, object ? '}' : ']');
}

char *
pc_json_write (JsonNode *node)
{
  GString *out;

  g_return_val_if_fail (node != NULL, NULL);

  out = g_string_new (NULL);
  write_node (out, node, 0, G_MAXSHORT);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}
