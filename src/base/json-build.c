/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the text of a value that the scan has passed to json-glib's tree.
 *
 * Nothing can go wrong here any more, so there is nothing to report.  A tree
 * takes about twenty times the room of its text; a loader of many like
 * things builds and drops one at a time.
 */

#include "base/json-private.h"

#include <string.h>

static gunichar
decode_hex4 (const char *p)
{
  gunichar value = 0;

  for (guint i = 0; i < 4; i++)
    value = value * 16 + g_ascii_xdigit_value (p[i]);
  return value;
}

/* @p is behind "\\u".  Returns what follows. */
static const char *
decode_unicode (const char *p,
                GString    *out)
{
  gunichar c = decode_hex4 (p);

  p += 4;
  if (c >= 0xD800 && c <= 0xDBFF) {
    c = 0x10000 + ((c - 0xD800) << 10) + (decode_hex4 (p + 2) - 0xDC00);
    p += 6;
  }
  g_string_append_unichar (out, c);
  return p;
}

static char
decode_letter (char c)
{
  switch (c) {
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  default: return c; /* quote, slash, backslash */
  }
}

void
pc_json_decode_string (const char *p,
                       GString    *out)
{
  p++;
  for (;;) {
    gsize run = strcspn (p, "\"\\");

    g_string_append_len (out, p, run);
    p += run;
    if (*p == '"')
      return;
    if (p[1] == 'u') {
      p = decode_unicode (p + 2, out);
    } else {
      g_string_append_c (out, decode_letter (p[1]));
      p += 2;
    }
  }
}

static JsonNode *
build_number (const char *p)
{
  gsize len = strspn (p, "-0123456789");

  if (p[len] == '.' || p[len] == 'e' || p[len] == 'E')
    return json_node_init_double (json_node_alloc (),
                                  g_ascii_strtod (p, NULL));
  return json_node_init_int (json_node_alloc (), g_ascii_strtoll (p, NULL, 10));
}

static JsonNode *build (const PcJson *self,
                        guint         index,
                        const char   *without,
                        GString      *scratch);

static JsonNode *
build_object (const PcJson      *self,
              const PcJsonPlace *place,
              const char        *without,
              GString           *scratch)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < place->n_children; i++) {
    guint child = g_array_index (self->children, guint32,
                                 place->first_child + i);
    guint32 key = g_array_index (self->places, PcJsonPlace, child).key;
    g_autofree char *name = NULL;

    g_string_truncate (scratch, 0);
    pc_json_decode_string (self->text + key, scratch);
    name = g_strndup (scratch->str, scratch->len);
    if (g_strcmp0 (name, without) == 0)
      json_object_set_array_member (object, name, json_array_new ());
    else
      json_object_set_member (object, name, build (self, child, NULL, scratch));
  }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
build_array (const PcJson      *self,
             const PcJsonPlace *place,
             GString           *scratch)
{
  g_autoptr (JsonArray) array = json_array_sized_new (place->n_children);

  for (guint i = 0; i < place->n_children; i++) {
    guint child = g_array_index (self->children, guint32,
                                 place->first_child + i);

    json_array_add_element (array, build (self, child, NULL, scratch));
  }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
build (const PcJson *self,
       guint         index,
       const char   *without,
       GString      *scratch)
{
  const PcJsonPlace *place = &g_array_index (self->places, PcJsonPlace, index);
  const char        *p = self->text + place->value;

  switch (*p) {
  case '{': return build_object (self, place, without, scratch);
  case '[': return build_array (self, place, scratch);
  case '"':
    g_string_truncate (scratch, 0);
    pc_json_decode_string (p, scratch);
    return json_node_init_string (json_node_alloc (), scratch->str);
  case 't':
  case 'f': return json_node_init_boolean (json_node_alloc (), *p == 't');
  case 'n': return json_node_init_null (json_node_alloc ());
  default: return build_number (p);
  }
}

JsonNode *
pc_json_build (const PcJson *self,
               guint         place,
               const char   *without)
{
  GString  *scratch = g_string_sized_new (256);
  JsonNode *node = build (self, place, without, scratch);

  g_string_free (scratch, TRUE);
  return node;
}
