/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typed members of a JSON object, each mistake reported where it stands.
 *
 * What a number may be follows JSON Schema: 3.0 is an integer too.  Lengths,
 * patterns and lists of allowed words are for the loaders to check.
 */

#include "base/json.h"

#include "base/json-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Two edits are a slip of the fingers; more are another word. */
#define MAX_DISTANCE 2
#define MAX_NAME 63

static JsonNode *
find_member (const PcJsonReader *self,
             const char         *member,
             gboolean            required)
{
  JsonNode *node = json_object_get_member (self->object, member);

  if (node == NULL && required)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "Q023",
                    self->pointer, _ ("the member \"%s\" is missing"), member);
  return node;
}

static PcProblem *
report_member (const PcJsonReader *self,
               const char         *member,
               const char         *code,
               const char         *message)
{
  g_autofree char *pointer = pc_json_pointer_member (self->pointer, member);

  return pc_json_report_place (self->json, self->problems, PC_SEVERITY_ERROR,
                               code, pointer, FALSE, message);
}

const char *
pc_json_read_string (const PcJsonReader *self,
                     const char         *member,
                     gboolean            required)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL && member != NULL, NULL);

  node = find_member (self, member, required);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  report_member (self, member, "Q022", _ ("a text in quotes is expected here"));
  return NULL;
}

static gboolean
node_to_int (JsonNode *node,
             gint64   *value)
{
  double real;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64) {
    *value = json_node_get_int (node);
    return TRUE;
  }
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;
  real = json_node_get_double (node);
  /* Past 2^53 a double no longer tells neighbours apart. */
  if (real != floor (real) || fabs (real) > 9007199254740992.0)
    return FALSE;
  *value = (gint64) real;
  return TRUE;
}

gint64
pc_json_read_int (const PcJsonReader *self,
                  const char         *member,
                  gint64              min,
                  gint64              max,
                  gint64              fallback)
{
  JsonNode        *node;
  g_autofree char *message = NULL;
  gint64           value;

  g_return_val_if_fail (self != NULL && member != NULL, fallback);

  node = find_member (self, member, FALSE);
  if (node == NULL)
    return fallback;
  if (!node_to_int (node, &value)) {
    report_member (self, member, "Q022", _ ("a whole number is expected here"));
    return fallback;
  }
  if (value >= min && value <= max)
    return value;
  if (max == G_MAXINT64)
    message = g_strdup_printf (
        _ ("this number must be at least %" PRId64), min);
  else
    message = g_strdup_printf (
        _ ("this number must be from %" PRId64 " to %" PRId64), min, max);
  report_member (self, member, "Q024", message);
  return fallback;
}

gboolean
pc_json_read_bool (const PcJsonReader *self,
                   const char         *member,
                   gboolean            fallback)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL && member != NULL, fallback);

  node = find_member (self, member, FALSE);
  if (node == NULL)
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  report_member (self, member, "Q022", _ ("true or false is expected here"));
  return fallback;
}

JsonArray *
pc_json_read_array (const PcJsonReader *self,
                    const char         *member,
                    gboolean            required)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL && member != NULL, NULL);

  node = find_member (self, member, required);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  report_member (self, member, "Q022", _ ("a list in [ ] is expected here"));
  return NULL;
}

JsonObject *
pc_json_read_object (const PcJsonReader *self,
                     const char         *member,
                     gboolean            required)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL && member != NULL, NULL);

  node = find_member (self, member, required);
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  report_member (self, member, "Q022", _ ("an object in { } is expected here"));
  return NULL;
}

/* -- unknown members ------------------------------------------------------ */

/* Levenshtein distance, two rows.  Octets will do: known names are ASCII. */
static guint
edit_distance (const char *a,
               const char *b)
{
  gsize la = strlen (a), lb = strlen (b);
  guint rows[2][MAX_NAME + 1];

  if (la > MAX_NAME || lb > MAX_NAME)
    return G_MAXUINT;
  for (gsize j = 0; j <= lb; j++)
    rows[0][j] = j;
  for (gsize i = 1; i <= la; i++) {
    guint *above = rows[(i - 1) % 2];
    guint *row = rows[i % 2];

    row[0] = i;
    for (gsize j = 1; j <= lb; j++) {
      guint best = above[j - 1] + (a[i - 1] != b[j - 1]);

      best = MIN (best, above[j] + 1);
      row[j] = MIN (best, row[j - 1] + 1);
    }
  }
  return rows[la % 2][lb];
}

static const char *
find_near (const char        *name,
           const char *const *known)
{
  const char *best = NULL;
  guint       least = MAX_DISTANCE + 1;

  for (; *known != NULL; known++) {
    guint distance = edit_distance (name, *known);

    /* Or every name of two letters would be near every other. */
    if (distance < least && distance < strlen (*known)) {
      least = distance;
      best = *known;
    }
  }
  return best;
}

static void
report_unknown (const PcJsonReader *self,
                const char         *member,
                const char *const  *known)
{
  const char      *near = find_near (member, known);
  g_autofree char *pointer = pc_json_pointer_member (self->pointer, member);
  g_autofree char *message = NULL;
  PcProblem       *problem;

  message = g_strdup_printf (_ ("the member \"%s\" is not known here"), member);
  problem = pc_json_report_place (self->json, self->problems, PC_SEVERITY_ERROR,
                                  "Q021", pointer, TRUE, message);
  if (near != NULL)
    problem->hint = g_strdup_printf (_ ("did you mean \"%s\"?"), near);
}

void
pc_json_check_members (const PcJsonReader *self,
                       const char *const  *known)
{
  JsonObjectIter iter;
  const char    *member;
  JsonNode      *node;

  g_return_if_fail (self != NULL && known != NULL);

  json_object_iter_init_ordered (&iter, self->object);
  while (json_object_iter_next_ordered (&iter, &member, &node)) {
    if (!g_str_has_prefix (member, "x-") && !g_strv_contains (known, member))
      report_unknown (self, member, known);
  }
}
