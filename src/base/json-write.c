/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A JSON tree as the text that a person would have written.
 *
 * What is not seen, or changes the direction of writing, is escaped: else a
 * file could say something other than it shows.
 */

#include "base/json.h"

#include <string.h>

#define WIDTH 100 /* a script entry is one line */

static void write_node (GString  *out,
                        JsonNode *node,
                        guint     indent,
                        gsize     used);

/* -- scalars -------------------------------------------------------------- */

static gboolean
is_hidden (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static void
write_string (GString    *out,
              const char *text)
{
  static const struct
  {
    char        c;
    const char *escape;
  } named[] = {
    { '"', "\\\"" }, { '\\', "\\\\" }, { '\b', "\\b" }, { '\f', "\\f" },
    { '\n', "\\n" }, { '\r', "\\r" },  { '\t', "\\t" },
  };

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *escape = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (named); i++)
      if (*p == named[i].c)
        escape = named[i].escape;
    if (escape != NULL)
      g_string_append (out, escape);
    else if (is_hidden (c))
      g_string_append_printf (out, "\\u%04X", c);
    else
      g_string_append_unichar (out, c);
  }
  g_string_append_c (out, '"');
}

/* The shortest text that is the same number; it stays no whole number. */
static void
write_double (GString *out,
              double   value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (text, sizeof text, formats[i], value);
    if (g_ascii_strtod (text, NULL) == value)
      break;
  }
  g_string_append (out, text);
  if (strpbrk (text, ".en") == NULL)
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
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT,
                            json_node_get_int (node));
  else
    write_double (out, json_node_get_double (node));
}

/* -- containers ----------------------------------------------------------- */

static guint
count_elements (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node)
             ? json_array_get_length (json_node_get_array (node))
         : JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_size (json_node_get_object (node))
             : 0;
}

/* All in one line.  FALSE, with some of it written, when it is longer than
 * @limit octets. */
static gboolean
write_line (GString  *out,
            JsonNode *node,
            gsize     limit)
{
  gboolean object = JSON_NODE_HOLDS_OBJECT (node);
  g_autoptr (GList) members = NULL;
  GList *member;
  guint n = count_elements (node);

  if (!object && !JSON_NODE_HOLDS_ARRAY (node)) {
    write_value (out, node);
    return out->len <= limit;
  }
  if (object)
    members = json_object_get_members (json_node_get_object (node));
  member = members;
  g_string_append (out, n == 0 ? (object ? "{" : "[")
                               : (object ? "{ " : "["));
  for (guint i = 0; i < n; i++) {
    JsonNode *child;

    if (i > 0)
      g_string_append (out, ", ");
    if (object) {
      write_string (out, member->data);
      g_string_append (out, ": ");
      child = json_object_get_member (json_node_get_object (node),
                                      member->data);
      member = member->next;
    } else
      child = json_array_get_element (json_node_get_array (node), i);
    if (!write_line (out, child, limit))
      return FALSE;
  }
  g_string_append (out, n == 0 ? (object ? "}" : "]")
                               : (object ? " }" : "]"));
  return out->len <= limit;
}

static void
write_break (GString *out,
             guint    indent)
{
  g_string_append_printf (out, "\n%*s", (int) indent, "");
}

static void
write_object (GString    *out,
              JsonObject *object,
              guint       indent)
{
  g_autoptr (GList) members = json_object_get_members (object);

  g_string_append_c (out, '{');
  for (GList *l = members; l != NULL; l = l->next) {
    gsize start;

    write_break (out, indent + 2);
    start = out->len;
    write_string (out, l->data);
    g_string_append (out, ": ");
    write_node (out, json_object_get_member (object, l->data), indent + 2,
                indent + 2 + out->len - start);
    if (l->next != NULL)
      g_string_append_c (out, ',');
  }
  write_break (out, indent);
  g_string_append_c (out, '}');
}

static void
write_array (GString   *out,
             JsonArray *array,
             guint      indent)
{
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++) {
    write_break (out, indent + 2);
    write_node (out, json_array_get_element (array, i), indent + 2,
                indent + 2);
    if (i + 1 < n)
      g_string_append_c (out, ',');
  }
  write_break (out, indent);
  g_string_append_c (out, ']');
}

/* @used: octets of the line before it. */
static void
write_node (GString  *out,
            JsonNode *node,
            guint     indent,
            gsize     used)
{
  gboolean object = JSON_NODE_HOLDS_OBJECT (node);
  gsize start = out->len;

  if (!object && !JSON_NODE_HOLDS_ARRAY (node)) {
    write_value (out, node);
    return;
  }
  /* The file itself and its lists of objects have a line for each. */
  if (count_elements (node) == 0 || indent > 2 ||
      (indent == 2 && !object &&
       !JSON_NODE_HOLDS_OBJECT (
           json_array_get_element (json_node_get_array (node), 0)))) {
    gsize room = used < WIDTH - 1 ? WIDTH - 1 - used : 0;

    if (write_line (out, node, start + room) || count_elements (node) == 0)
      return;
    g_string_truncate (out, start);
  }
  if (object)
    write_object (out, json_node_get_object (node), indent);
  else
    write_array (out, json_node_get_array (node), indent);
}

char *
pc_json_write (JsonNode *root)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (root != NULL, g_string_free (out, FALSE));

  write_node (out, root, 0, 0);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}
