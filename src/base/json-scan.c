/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict scan: RFC 8259, nothing more.
 *
 * json-glib's own parser takes comments, single quotes, repeated keys and
 * numbers such as 010, and forgets where it was.  So the text is read here,
 * once, and the tree is built on the way; the place of every value goes into
 * a table.  A mistake in the grammar ends the scan, because what follows
 * would be guesswork; a repeated key does not.
 * The text is valid UTF-8 without zero octets before it comes here, and ends
 * with one, so looking one octet ahead is always safe.
 */

#include "base/json-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  PcJson     *json;
  PcProblems *problems;
  const char *p;
  GString    *scratch; /* the string being read, escapes undone */
  guint       depth;
  GPtrArray  *repeated; /* values of keys given twice; kept to the end, since
                         * the table of places knows values by address */
} Scan;

static JsonNode *scan_value (Scan  *self,
                             gssize key);

static PcProblem *
complain (Scan       *self,
          const char *at,
          const char *code,
          const char *message)
{
  return pc_json_report_at (self->json, self->problems, PC_SEVERITY_ERROR,
                            code, at - self->json->text, message);
}

static void
complain_with_hint (Scan       *self,
                    const char *at,
                    const char *message,
                    const char *hint)
{
  complain (self, at, "Q001", message)->hint = g_strdup (hint);
}

/* ws = *( %x20 / %x09 / %x0A / %x0D )   RFC 8259 section 2 */
static void
skip_space (Scan *self)
{
  while (*self->p == ' ' || *self->p == '\n' || *self->p == '\r' ||
         *self->p == '\t')
    self->p++;
}

/* Something stands where it must not; say which habit it may come from. */
static void
complain_unexpected (Scan       *self,
                     const char *expected)
{
  const char *p = self->p;

  if (*p == '\0')
    complain_with_hint (self, p, expected,
                        _ ("the file ends here; is a bracket not closed?"));
  else if (*p == '\'')
    complain_with_hint (self, p, expected,
                        _ ("JSON strings stand in double quotes"));
  else if (*p == '/' || *p == '#')
    complain_with_hint (self, p, expected, _ ("JSON has no comments"));
  else if (*p == '.' || *p == '+')
    complain_with_hint (self, p, expected,
                        _ ("a JSON number begins with a digit or \"-\""));
  else
    complain (self, p, "Q001", expected);
}

/* -- strings --------------------------------------------------------------- */

static gboolean
scan_hex4 (const char *p,
           gunichar   *value)
{
  *value = 0;
  for (guint i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit (p[i]))
      return FALSE;
    *value = *value * 16 + g_ascii_xdigit_value (p[i]);
  }
  return TRUE;
}

/* %x75 4HEXDIG; outside the first plane as a surrogate pair (section 7).
 * p is at the backslash. */
static gboolean
scan_unicode_escape (Scan *self)
{
  const char *at = self->p;
  gunichar    high, low;

  if (!scan_hex4 (at + 2, &high)) {
    complain (self, at, "Q001", _ ("\\u needs four hexadecimal digits"));
    return FALSE;
  }
  self->p += 6;
  if (high == 0) {
    complain (self, at, "Q008", _ ("a string cannot hold the character "
                                   "U+0000"));
    return FALSE;
  }
  if (high >= 0xD800 && high <= 0xDFFF) {
    if (high >= 0xDC00 || self->p[0] != '\\' || self->p[1] != 'u' ||
        !scan_hex4 (self->p + 2, &low) || low < 0xDC00 || low > 0xDFFF) {
      complain (self, at, "Q009", _ ("half of a surrogate pair stands alone"));
      return FALSE;
    }
    self->p += 6;
    high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }
  g_string_append_unichar (self->scratch, high);
  return TRUE;
}

static gboolean
scan_escape (Scan *self)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char       *found;

  if (self->p[1] == 'u')
    return scan_unicode_escape (self);
  found = self->p[1] != '\0' ? strchr (letters, self->p[1]) : NULL;
  if (found == NULL) {
    complain_with_hint (self, self->p, _ ("this escape does not exist in JSON"),
                        _ ("write \\\\ for a backslash"));
    return FALSE;
  }
  g_string_append_c (self->scratch, values[found - letters]);
  self->p += 2;
  return TRUE;
}

/* Reads a string into scratch; p is at its opening quote. */
static gboolean
scan_string (Scan *self)
{
  const char *start = self->p++;

  g_string_truncate (self->scratch, 0);
  for (;;) {
    const char *run = self->p;

    while ((guchar) *self->p >= 0x20 && *self->p != '"' && *self->p != '\\')
      self->p++;
    g_string_append_len (self->scratch, run, self->p - run);
    if (*self->p == '"') {
      self->p++;
      return TRUE;
    }
    if (*self->p == '\\') {
      if (!scan_escape (self))
        return FALSE;
    } else if (*self->p == '\0' || *self->p == '\n' || *self->p == '\r') {
      complain_with_hint (self, start, _ ("this string does not end"),
                          _ ("close it with a double quote on the same line; "
                             "a line break in a text is written \\n"));
      return FALSE;
    } else {
      complain_with_hint (self, self->p,
                          _ ("a control character stands in a string"),
                          _ ("a tab is written \\t"));
      return FALSE;
    }
  }
}

/* -- numbers and words ----------------------------------------------------- */

static gboolean
goes_on (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '+' || c == '-';
}

static gboolean
skip_digits (Scan *self)
{
  const char *start = self->p;

  while (g_ascii_isdigit (*self->p))
    self->p++;
  return self->p > start;
}

/* number = [ minus ] int [ frac ] [ exp ]   section 6.  Moves past it. */
static gboolean
scan_number_text (Scan     *self,
                  gboolean *is_real)
{
  *is_real = FALSE;
  if (*self->p == '-')
    self->p++;
  if (*self->p == '0')
    self->p++;
  else if (!skip_digits (self))
    return FALSE;
  if (*self->p == '.') {
    *is_real = TRUE;
    self->p++;
    if (!skip_digits (self))
      return FALSE;
  }
  if (*self->p == 'e' || *self->p == 'E') {
    *is_real = TRUE;
    self->p++;
    if (*self->p == '+' || *self->p == '-')
      self->p++;
    if (!skip_digits (self))
      return FALSE;
  }
  return !goes_on (*self->p);
}

static JsonNode *
scan_number (Scan *self)
{
  const char *start = self->p;
  gboolean    is_real;
  gint64      integer;
  double      real;

  if (!scan_number_text (self, &is_real)) {
    complain_with_hint (self, start, _ ("this is not a JSON number"),
                        _ ("write it in decimal, without leading zeros"));
    return NULL;
  }
  if (is_real) {
    real = g_ascii_strtod (start, NULL);
    if (isfinite (real))
      return json_node_init_double (json_node_alloc (), real);
  } else {
    g_autofree char *text = g_strndup (start, self->p - start);

    if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer,
                                  NULL))
      return json_node_init_int (json_node_alloc (), integer);
  }
  complain (self, start, "Q007", _ ("this number is too large"));
  return NULL;
}

static gboolean
is_word (const char *p,
         const char *word)
{
  gsize len = strlen (word);

  return strncmp (p, word, len) == 0 && !goes_on (p[len]);
}

static JsonNode *
scan_word (Scan *self)
{
  if (is_word (self->p, "true")) {
    self->p += 4;
    return json_node_init_boolean (json_node_alloc (), TRUE);
  }
  if (is_word (self->p, "false")) {
    self->p += 5;
    return json_node_init_boolean (json_node_alloc (), FALSE);
  }
  if (is_word (self->p, "null")) {
    self->p += 4;
    return json_node_init_null (json_node_alloc ());
  }
  if (g_ascii_isalpha (*self->p))
    complain_with_hint (self, self->p, _ ("a value is expected here"),
                        _ ("texts stand in double quotes; the only bare words "
                           "are true, false and null"));
  else
    complain_unexpected (self, _ ("a value is expected here"));
  return NULL;
}

/* -- containers ------------------------------------------------------------ */

/* After a value: a comma that another value follows, or @close.  1 go on,
 * 0 closed, -1 reported. */
static int
scan_separator (Scan       *self,
                char        close,
                const char *expected)
{
  const char *comma;

  skip_space (self);
  if (*self->p == close) {
    self->p++;
    return 0;
  }
  if (*self->p != ',') {
    complain_unexpected (self, expected);
    return -1;
  }
  comma = self->p++;
  skip_space (self);
  if (*self->p == close) {
    complain_with_hint (self, comma, _ ("nothing follows this comma"),
                        _ ("remove it"));
    return -1;
  }
  return 1;
}

static JsonNode *
scan_array (Scan *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  int go_on = 1;

  self->p++;
  skip_space (self);
  if (*self->p == ']') {
    self->p++;
    go_on = 0;
  }
  while (go_on > 0) {
    JsonNode *node = scan_value (self, -1);

    if (node == NULL)
      return NULL;
    json_array_add_element (array, node);
    go_on = scan_separator (self, ']', _ ("\",\" or \"]\" is expected here"));
  }
  if (go_on < 0)
    return NULL;
  return json_node_init_array (json_node_alloc (), array);
}

static void
complain_repeated (Scan       *self,
                   JsonObject *object,
                   const char *key,
                   const char *at)
{
  JsonNode          *first = json_object_get_member (object, key);
  guint              index;
  const PcJsonPlace *place;
  g_autofree char   *message = NULL;
  guint              line, column;

  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->json->place_of, first));
  place = &g_array_index (self->json->places, PcJsonPlace, index);
  pc_json_place_offset (self->json, place->key, &line, &column);
  message = g_strdup_printf (_ ("\"%s\" is given twice in one object; the "
                                "first time on line %u"),
                             key, line);
  complain (self, at, "Q006", message);
}

/* member = string name-separator value   section 4 */
static gboolean
scan_member (Scan       *self,
             JsonObject *object)
{
  const char      *at = self->p;
  g_autofree char *key = NULL;
  JsonNode        *node;

  if (*at != '"') {
    complain_unexpected (self, _ ("a member name in double quotes is expected "
                                  "here"));
    return FALSE;
  }
  if (json_object_get_size (object) >= PC_LIMIT_JSON_MEMBERS) {
    complain (self, at, "Q011", _ ("this object has too many members"));
    return FALSE;
  }
  if (!scan_string (self))
    return FALSE;
  key = g_strndup (self->scratch->str, self->scratch->len);
  skip_space (self);
  if (*self->p != ':') {
    complain_unexpected (self, _ ("\":\" is expected here"));
    return FALSE;
  }
  self->p++;
  skip_space (self);
  node = scan_value (self, at - self->json->text);
  if (node == NULL)
    return FALSE;
  if (json_object_has_member (object, key)) {
    complain_repeated (self, object, key, at);
    g_ptr_array_add (self->repeated, node);
    return self->repeated->len < PC_LIMIT_PROBLEMS;
  }
  json_object_set_member (object, key, node);
  return TRUE;
}

static JsonNode *
scan_object (Scan *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  int go_on = 1;

  self->p++;
  skip_space (self);
  if (*self->p == '}') {
    self->p++;
    go_on = 0;
  }
  while (go_on > 0) {
    if (!scan_member (self, object))
      return NULL;
    go_on = scan_separator (self, '}', _ ("\",\" or \"}\" is expected here"));
  }
  if (go_on < 0)
    return NULL;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
scan_container (Scan *self)
{
  JsonNode *node;

  if (self->depth >= PC_LIMIT_JSON_DEPTH) {
    complain (self, self->p, "Q005", _ ("this is nested too deeply"));
    return NULL;
  }
  self->depth++;
  node = *self->p == '{' ? scan_object (self) : scan_array (self);
  self->depth--;
  return node;
}

/* value = false / null / true / object / array / number / string
 * section 3.  p is at its first octet; @key is the offset of its name. */
static JsonNode *
scan_value (Scan  *self,
            gssize key)
{
  PcJsonPlace place = { self->p - self->json->text,
                        key < 0 ? PC_JSON_NO_KEY : (guint32) key };
  guint       index = self->json->places->len;
  JsonNode   *node;

  if (index >= PC_LIMIT_JSON_VALUES) {
    complain (self, self->p, "Q011", _ ("the file holds too many values"));
    return NULL;
  }
  g_array_append_val (self->json->places, place);
  if (*self->p == '{' || *self->p == '[')
    node = scan_container (self);
  else if (*self->p == '"')
    node = scan_string (self)
               ? json_node_init_string (json_node_alloc (), self->scratch->str)
               : NULL;
  else if (*self->p == '-' || g_ascii_isdigit (*self->p))
    node = scan_number (self);
  else
    node = scan_word (self);
  if (node != NULL)
    g_hash_table_insert (self->json->place_of, node, GUINT_TO_POINTER (index));
  return node;
}

static gboolean
scan_text (Scan *self)
{
  skip_space (self);
  if (*self->p == '\0') {
    complain (self, self->p, "Q010", _ ("the file is empty"));
    return FALSE;
  }
  self->json->root = scan_value (self, -1);
  if (self->json->root == NULL)
    return FALSE;
  skip_space (self);
  if (*self->p != '\0') {
    complain_unexpected (self, _ ("the file must end after its first value"));
    return FALSE;
  }
  return self->repeated->len == 0;
}

gboolean
pc_json_scan (PcJson     *self,
              PcProblems *problems)
{
  Scan     scan = { .json = self, .problems = problems, .p = self->text };
  gboolean usable;

  scan.scratch = g_string_sized_new (1024);
  scan.repeated =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  usable = scan_text (&scan);
  g_ptr_array_unref (scan.repeated);
  g_string_free (scan.scratch, TRUE);
  return usable;
}
