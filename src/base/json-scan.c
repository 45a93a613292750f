/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict scan: RFC 8259, nothing more.
 *
 * json-glib's own parser takes comments, single quotes, repeated keys and
 * numbers such as 010, and forgets where it was.  So the text is held against
 * the grammar here, and the place of every value goes into a table, from
 * which json-build.c makes trees.  A mistake in the grammar ends the scan,
 * because what follows would be guesswork; a repeated key does not.
 * The text is valid UTF-8 without zero octets before it comes here, and ends
 * with one, so looking one octet ahead is always safe.
 */

#include "base/json-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A value that is read, in a container that is not. */
typedef struct
{
  guint32 place;
  guint32 key_hash;
} Pending;

typedef struct
{
  PcJson     *json;
  PcProblems *problems;
  const char *p;
  GString    *key;     /* the last one, escapes undone */
  GArray     *pending; /* Pending, of all open containers */
  guint       depth;
  guint       n_repeated; /* keys given twice */
} Scan;

static gboolean scan_value (Scan  *self,
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

/* -- strings -------------------------------------------------------------- */

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
    complain (self, at, "Q008",
              _ ("a string cannot hold the character U+0000"));
    return FALSE;
  }
  if (high < 0xD800 || high > 0xDFFF)
    return TRUE;
  if (high >= 0xDC00 || self->p[0] != '\\' || self->p[1] != 'u' ||
      !scan_hex4 (self->p + 2, &low) || low < 0xDC00 || low > 0xDFFF) {
    complain (self, at, "Q009", _ ("half of a surrogate pair stands alone"));
    return FALSE;
  }
  self->p += 6;
  return TRUE;
}

static gboolean
scan_escape (Scan *self)
{
  if (self->p[1] == 'u')
    return scan_unicode_escape (self);
  if (self->p[1] == '\0' || strchr ("\"\\/bfnrt", self->p[1]) == NULL) {
    complain_with_hint (self, self->p, _ ("this escape does not exist in JSON"),
                        _ ("write \\\\ for a backslash"));
    return FALSE;
  }
  self->p += 2;
  return TRUE;
}

/* Moves past a string; p is at its opening quote. */
static gboolean
scan_string (Scan *self)
{
  const char *start = self->p++;

  for (;;) {
    while ((guchar) *self->p >= 0x20 && *self->p != '"' && *self->p != '\\')
      self->p++;
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

/* -- numbers and words ---------------------------------------------------- */

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

static gboolean
scan_number (Scan *self)
{
  const char      *start = self->p;
  g_autofree char *text = NULL;
  gboolean         is_real;

  if (!scan_number_text (self, &is_real)) {
    complain_with_hint (self, start, _ ("this is not a JSON number"),
                        _ ("write it in decimal, without leading zeros"));
    return FALSE;
  }
  if (is_real && isfinite (g_ascii_strtod (start, NULL)))
    return TRUE;
  text = g_strndup (start, self->p - start);
  if (!is_real && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64,
                                            NULL, NULL))
    return TRUE;
  complain (self, start, "Q007", _ ("this number is too large"));
  return FALSE;
}

static gboolean
is_word (const char *p,
         const char *word)
{
  gsize len = strlen (word);

  return strncmp (p, word, len) == 0 && !goes_on (p[len]);
}

static gboolean
scan_word (Scan *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (is_word (self->p, words[i])) {
      self->p += strlen (words[i]);
      return TRUE;
    }
  }
  if (g_ascii_isalpha (*self->p))
    complain_with_hint (self, self->p, _ ("a value is expected here"),
                        _ ("texts stand in double quotes; the only bare words "
                           "are true, false and null"));
  else
    complain_unexpected (self, _ ("a value is expected here"));
  return FALSE;
}

/* -- containers ----------------------------------------------------------- */

/* After a value: a comma that another value follows, or @close.  1 go on,
 * 0 closed, -1 reported.  @expected is translated only when needed. */
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
    complain_unexpected (self, _ (expected));
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

/* The values since @mark are the children of @place. */
static void
close_container (Scan *self,
                 guint place,
                 guint mark)
{
  PcJsonPlace *parent = &g_array_index (self->json->places, PcJsonPlace, place);

  parent->first_child = self->json->children->len;
  parent->n_children = self->pending->len - mark;
  for (guint i = mark; i < self->pending->len; i++) {
    guint32 child = g_array_index (self->pending, Pending, i).place;

    g_array_append_val (self->json->children, child);
  }
  g_array_set_size (self->pending, mark);
}

/* "[" ws "]" or "{" ws "}"; moves past the opening bracket. */
static gboolean
is_empty (Scan *self,
          char  close)
{
  self->p++;
  skip_space (self);
  if (*self->p != close)
    return FALSE;
  self->p++;
  return TRUE;
}

static gboolean
scan_array (Scan *self)
{
  int go_on = is_empty (self, ']') ? 0 : 1;

  while (go_on > 0) {
    Pending child = { .place = self->json->places->len };

    if (!scan_value (self, -1))
      return FALSE;
    g_array_append_val (self->pending, child);
    go_on = scan_separator (self, ']', N_ ("\",\" or \"]\" is expected here"));
  }
  return go_on == 0;
}

static guint
key_offset (const Scan *self,
            guint       place)
{
  return g_array_index (self->json->places, PcJsonPlace, place).key;
}

/* Whether a member since @mark has the key just read; reported. */
static void
check_repeated (Scan       *self,
                guint       mark,
                guint32     hash,
                const char *at)
{
  for (guint i = mark; i < self->pending->len; i++) {
    const Pending *other = &g_array_index (self->pending, Pending, i);
    g_autoptr (GString) key = NULL;
    g_autofree char *message = NULL;
    guint            line, column;

    if (other->key_hash != hash)
      continue;
    key = g_string_new (NULL);
    pc_json_decode_string (self->json->text + key_offset (self, other->place),
                           key);
    if (!g_string_equal (key, self->key))
      continue;
    pc_json_place_offset (self->json, key_offset (self, other->place), &line,
                          &column);
    message = g_strdup_printf (_ ("\"%s\" is given twice in one object; the "
                                  "first time on line %u"),
                               key->str, line);
    complain (self, at, "Q006", message);
    self->n_repeated++;
    return;
  }
}

/* member = string name-separator value   section 4 */
static gboolean
scan_member (Scan *self,
             guint mark)
{
  const char *at = self->p;
  Pending     child = { 0 };

  if (*at != '"') {
    complain_unexpected (self, _ ("a member name in double quotes is expected "
                                  "here"));
    return FALSE;
  }
  if (self->pending->len - mark >= PC_LIMIT_JSON_MEMBERS) {
    complain (self, at, "Q011", _ ("this object has too many members"));
    return FALSE;
  }
  if (!scan_string (self))
    return FALSE;
  g_string_truncate (self->key, 0);
  pc_json_decode_string (at, self->key);
  child.key_hash = g_str_hash (self->key->str);
  check_repeated (self, mark, child.key_hash, at);
  skip_space (self);
  if (*self->p != ':') {
    complain_unexpected (self, _ ("\":\" is expected here"));
    return FALSE;
  }
  self->p++;
  skip_space (self);
  child.place = self->json->places->len;
  if (!scan_value (self, at - self->json->text))
    return FALSE;
  g_array_append_val (self->pending, child);
  /* Nobody reads more of them at one go. */
  return self->n_repeated < PC_LIMIT_PROBLEMS;
}

static gboolean
scan_object (Scan *self,
             guint mark)
{
  int go_on = is_empty (self, '}') ? 0 : 1;

  while (go_on > 0) {
    if (!scan_member (self, mark))
      return FALSE;
    go_on = scan_separator (self, '}', N_ ("\",\" or \"}\" is expected here"));
  }
  return go_on == 0;
}

static gboolean
scan_container (Scan *self,
                guint place)
{
  guint    mark = self->pending->len;
  gboolean good;

  if (self->depth >= PC_LIMIT_JSON_DEPTH) {
    complain (self, self->p, "Q005", _ ("this is nested too deeply"));
    return FALSE;
  }
  self->depth++;
  good = *self->p == '{' ? scan_object (self, mark) : scan_array (self);
  self->depth--;
  if (good)
    close_container (self, place, mark);
  return good;
}

/* value = false / null / true / object / array / number / string
 * section 3.  p is at its first octet; @key is the offset of its name. */
static gboolean
scan_value (Scan  *self,
            gssize key)
{
  PcJsonPlace place = { .value = self->p - self->json->text,
                        .key = key < 0 ? PC_JSON_NO_KEY : (guint32) key };
  guint       index = self->json->places->len;

  if (index >= PC_LIMIT_JSON_VALUES) {
    complain (self, self->p, "Q011", _ ("the file holds too many values"));
    return FALSE;
  }
  g_array_append_val (self->json->places, place);
  if (*self->p == '{' || *self->p == '[')
    return scan_container (self, index);
  if (*self->p == '"')
    return scan_string (self);
  if (*self->p == '-' || g_ascii_isdigit (*self->p))
    return scan_number (self);
  return scan_word (self);
}

static gboolean
scan_text (Scan *self)
{
  skip_space (self);
  if (*self->p == '\0') {
    complain (self, self->p, "Q010", _ ("the file is empty"));
    return FALSE;
  }
  if (!scan_value (self, -1))
    return FALSE;
  skip_space (self);
  if (*self->p != '\0') {
    complain_unexpected (self, _ ("the file must end after its first value"));
    return FALSE;
  }
  return self->n_repeated == 0;
}

gboolean
pc_json_scan (PcJson     *self,
              PcProblems *problems)
{
  Scan     scan = { .json = self, .problems = problems, .p = self->text };
  gboolean usable;

  scan.key = g_string_sized_new (64);
  scan.pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  usable = scan_text (&scan);
  g_array_unref (scan.pending);
  g_string_free (scan.key, TRUE);
  return usable;
}
