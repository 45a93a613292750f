/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A JSON file in memory: loading, and finding places in it again.
 *
 * The grammar is in json-scan.c, trees in json-build.c, typed members in
 * json-reader.c.  A place is found by walking the table of places along a
 * JSON Pointer (RFC 6901); columns come from a count of characters kept for
 * every 512th octet, so that a file on one long line costs no more than any
 * other.
 */

#include "base/json.h"

#include "base/json-private.h"
#include "base/limits.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define COUNT_EVERY 512
/* Characters of a long line shown before the place. */
#define EXCERPT_BEFORE 40

/* -- places --------------------------------------------------------------- */

static void
find_lines (PcJson *self)
{
  const char *end = self->text + self->len;
  const char *p = self->text;
  guint32     start = 0;

  self->line_starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (self->line_starts, start);
  while ((p = memchr (p, '\n', end - p)) != NULL) {
    start = ++p - self->text;
    g_array_append_val (self->line_starts, start);
  }
}

/* Every octet that does not continue a character begins one. */
static guint
count_chars (const char *p,
             const char *end)
{
  guint n = 0;

  for (; p < end; p++)
    n += ((guchar) *p & 0xC0) != 0x80;
  return n;
}

static void
find_counts (PcJson *self)
{
  guint32 total = 0;

  self->char_counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (gsize at = 0; at <= self->len; at += COUNT_EVERY) {
    gsize n = MIN (COUNT_EVERY, self->len - at);

    g_array_append_val (self->char_counts, total);
    total += count_chars (self->text + at, self->text + at + n);
  }
}

static guint
chars_before (const PcJson *self,
              gsize         offset)
{
  gsize block = offset / COUNT_EVERY;

  return g_array_index (self->char_counts, guint32, block) +
         count_chars (self->text + block * COUNT_EVERY, self->text + offset);
}

/* Index of the line that holds @offset. */
static guint
line_of (const PcJson *self,
         gsize         offset)
{
  guint low = 0;
  guint high = self->line_starts->len;

  while (high - low > 1) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->line_starts, guint32, middle) <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

void
pc_json_place_offset (const PcJson *self,
                      gsize         offset,
                      guint        *line,
                      guint        *column)
{
  guint index = line_of (self, offset);
  gsize start = g_array_index (self->line_starts, guint32, index);

  *line = index + 1;
  *column = chars_before (self, offset) - chars_before (self, start) + 1;
}

static gsize
line_end (const PcJson *self,
          guint         index)
{
  gsize end = self->len;

  if (index + 1 < self->line_starts->len)
    end = g_array_index (self->line_starts, guint32, index + 1) - 1;
  if (end > 0 && self->text[end - 1] == '\r')
    end--;
  return end;
}

/* The line around @offset, cut to PC_LIMIT_EXCERPT characters.  Counts octets
 * that begin a character, so it is safe on text that is not UTF-8. */
static char *
make_excerpt (const PcJson *self,
              gsize         offset,
              guint        *caret)
{
  guint       index = line_of (self, offset);
  const char *first =
      self->text + g_array_index (self->line_starts, guint32, index);
  const char *last = self->text + line_end (self, index);
  const char *at = self->text + offset;
  const char *from = at;
  const char *to;
  g_autofree char *cut = NULL;
  g_autofree char *clean = NULL;
  guint       n = 0;

  if (last < first)
    last = first;
  while (from > first && n < EXCERPT_BEFORE) {
    from--;
    n += ((guchar) *from & 0xC0) != 0x80;
  }
  for (to = from, n = 0; to < last; to++) {
    n += ((guchar) *to & 0xC0) != 0x80;
    if (n > PC_LIMIT_EXCERPT)
      break;
  }
  *caret = count_chars (from, at) + (from > first ? 1 : 0);
  cut = g_strndup (from, to - from);
  clean = pc_problem_clean_text (cut);
  return g_strdup_printf ("%s%s%s", from > first ? "…" : "", clean,
                          to < last ? "…" : "");
}

PcProblem *
pc_json_report_at (const PcJson *self,
                   PcProblems   *problems,
                   PcSeverity    severity,
                   const char   *code,
                   gsize         offset,
                   const char   *message)
{
  PcProblem *problem;
  guint      line, column;

  pc_json_place_offset (self, offset, &line, &column);
  problem = pc_problem_new (severity, code, self->name, line, column, "%s",
                            message);
  problem->excerpt = make_excerpt (self, offset, &problem->caret);
  pc_problems_take (problems, problem);
  return problem;
}

/* -- pointers ------------------------------------------------------------- */

char *
pc_json_pointer_member (const char *parent,
                        const char *member)
{
  GString *out;

  g_return_val_if_fail (parent != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  /* Characters '~' and '/' become '~0' and '~1' (RFC 6901 section 3). */
  out = g_string_new (parent);
  g_string_append_c (out, '/');
  for (const char *p = member; *p != '\0'; p++) {
    if (*p == '~')
      g_string_append (out, "~0");
    else if (*p == '/')
      g_string_append (out, "~1");
    else
      g_string_append_c (out, *p);
  }
  return g_string_free (out, FALSE);
}

char *
pc_json_pointer_index (const char *parent,
                       guint       index)
{
  char token[16];

  g_return_val_if_fail (parent != NULL, NULL);

  g_snprintf (token, sizeof token, "/%u", index);
  return g_strconcat (parent, token, NULL);
}

/* "~1" before "~0", or "~01" would become "/" (RFC 6901 section 4). */
static char *
unescape_token (const char *token,
                gsize       len)
{
  GString *out = g_string_new_len (token, len);

  g_string_replace (out, "~1", "/", 0);
  g_string_replace (out, "~0", "~", 0);
  return g_string_free (out, FALSE);
}

static const PcJsonPlace *
place_at (const PcJson *self,
          guint         index)
{
  return &g_array_index (self->places, PcJsonPlace, index);
}

static guint
nth_child (const PcJson      *self,
           const PcJsonPlace *parent,
           guint              n)
{
  return g_array_index (self->children, guint32, parent->first_child + n);
}

static gboolean
has_key (const PcJson *self,
         guint         index,
         const char   *token,
         gsize         len)
{
  const char *p = self->text + place_at (self, index)->key + 1;
  g_autoptr (GString) key = NULL;
  gsize       raw = strcspn (p, "\"\\");

  if (p[raw] == '"')
    return raw == len && memcmp (p, token, len) == 0;
  key = g_string_new (NULL);
  pc_json_decode_string (p - 1, key);
  return key->len == len && memcmp (key->str, token, len) == 0;
}

/* The child of the value at @index that @token names. */
static gboolean
step_into (const PcJson *self,
           guint        *index,
           const char   *token)
{
  const PcJsonPlace *parent = place_at (self, *index);
  gsize              len = strlen (token);
  guint64            n;

  if (self->text[parent->value] == '[') {
    /* array-index = %x30 / ( %x31-39 *(%x30-39) )   RFC 6901 section 4 */
    if ((token[0] == '0' && len > 1) ||
        !g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT32, &n, NULL) ||
        n >= parent->n_children)
      return FALSE;
    *index = nth_child (self, parent, n);
    return TRUE;
  }
  if (self->text[parent->value] != '{')
    return FALSE;
  for (guint i = 0; i < parent->n_children; i++) {
    guint child = nth_child (self, parent, i);

    if (has_key (self, child, token, len)) {
      *index = child;
      return TRUE;
    }
  }
  return FALSE;
}

/* The place of the value at @pointer, or of the nearest one above it. */
static guint
walk (const PcJson *self,
      const char   *pointer,
      gboolean     *exact)
{
  guint index = 0;

  *exact = TRUE;
  while (*pointer == '/') {
    gsize            len = strcspn (pointer + 1, "/");
    g_autofree char *token = unescape_token (pointer + 1, len);

    if (!step_into (self, &index, token)) {
      *exact = FALSE;
      return index;
    }
    pointer += 1 + len;
  }
  if (*pointer != '\0')
    *exact = FALSE;
  return index;
}

static gsize
offset_of (const PcJson *self,
           guint         index,
           gboolean      of_key)
{
  const PcJsonPlace *place = place_at (self, index);

  return of_key && place->key != PC_JSON_NO_KEY ? place->key : place->value;
}

gboolean
pc_json_locate (const PcJson *self,
                const char   *pointer,
                gboolean      of_key,
                guint        *line,
                guint        *column)
{
  gboolean exact;
  guint    place, l, c;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pointer != NULL, FALSE);

  place = walk (self, pointer, &exact);
  if (!exact)
    return FALSE;
  pc_json_place_offset (self, offset_of (self, place, of_key), &l, &c);
  if (line != NULL)
    *line = l;
  if (column != NULL)
    *column = c;
  return TRUE;
}

PcProblem *
pc_json_report_place (const PcJson *self,
                      PcProblems   *problems,
                      PcSeverity    severity,
                      const char   *code,
                      const char   *pointer,
                      gboolean      of_key,
                      const char   *message)
{
  gboolean   exact;
  guint      place = walk (self, pointer, &exact);
  PcProblem *problem;

  problem = pc_json_report_at (self, problems, severity, code,
                               offset_of (self, place, of_key), message);
  problem->pointer = g_strdup (pointer);
  return problem;
}

PcProblem *
pc_json_report (const PcJson *self,
                PcProblems   *problems,
                PcSeverity    severity,
                const char   *code,
                const char   *pointer,
                const char   *format,
                ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  return pc_json_report_place (self, problems, severity, code, pointer, FALSE,
                               message);
}

/* -- loading -------------------------------------------------------------- */

static void
report_file (const char *name,
             PcProblems *problems,
             const char *code,
             const char *message)
{
  pc_problems_take (problems, pc_problem_new (PC_SEVERITY_ERROR, code, name, 0,
                                              0, "%s", message));
}

static gboolean
check_encoding (const char *name,
                const char *data,
                gsize       len,
                PcProblems *problems)
{
  if (len > PC_LIMIT_JSON_SIZE) {
    report_file (name, problems, "Q004", _ ("the file is larger than 16 MiB"));
    return FALSE;
  }
  if (len >= 2 && (memcmp (data, "\xFF\xFE", 2) == 0 ||
                   memcmp (data, "\xFE\xFF", 2) == 0)) {
    report_file (name, problems, "Q002",
                 _ ("the file is in UTF-16; save it as UTF-8"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_text (PcJson     *self,
            PcProblems *problems,
            gboolean    had_mark)
{
  const char *bad;

  if (!g_utf8_validate_len (self->text, self->len, &bad)) {
    if (*bad == '\0')
      pc_json_report_at (self, problems, PC_SEVERITY_ERROR, "Q001",
                         bad - self->text, _ ("a zero octet stands here"));
    else
      pc_json_report_at (self, problems, PC_SEVERITY_ERROR, "Q002",
                         bad - self->text, _ ("this is not UTF-8"));
    return FALSE;
  }
  /* A parser may ignore the mark, a writer must not add it (RFC 8259
   * section 8.1). */
  if (had_mark)
    pc_json_report_at (self, problems, PC_SEVERITY_WARNING, "Q003", 0,
                       _ ("the file begins with a byte order mark; save it "
                          "without one"));
  return TRUE;
}

static PcJson *
json_new (const char *name,
          const char *data,
          gsize       len,
          PcProblems *problems)
{
  g_autoptr (PcJson) self = NULL;
  gboolean had_mark;

  if (!check_encoding (name, data, len, problems))
    return NULL;
  had_mark = len >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0;
  if (had_mark) {
    data += 3;
    len -= 3;
  }

  self = g_new0 (PcJson, 1);
  self->name = g_strdup (name);
  self->text = g_malloc (len + 1);
  if (len > 0)
    memcpy (self->text, data, len);
  self->text[len] = '\0';
  self->len = len;
  self->places = g_array_new (FALSE, FALSE, sizeof (PcJsonPlace));
  self->children = g_array_new (FALSE, FALSE, sizeof (guint32));
  find_lines (self);
  find_counts (self);
  if (!check_text (self, problems, had_mark) || !pc_json_scan (self, problems))
    return NULL;
  return g_steal_pointer (&self);
}

PcJson *
pc_json_parse (const char   *name,
               const guint8 *data,
               gsize         len,
               PcProblems   *problems)
{
  g_return_val_if_fail (data != NULL || len == 0, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  return json_new (name, (const char *) data, len, problems);
}

/* One octet past the limit is enough to know; so a device or a pipe without
 * end does no harm. */
static GByteArray *
read_all (const char *path)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  FILE  *file = g_fopen (path, "rbe");
  guint8 block[65536];
  gsize  n;
  int    saved;

  if (file == NULL)
    return NULL;
  while (all->len <= PC_LIMIT_JSON_SIZE &&
         (n = fread (block, 1, sizeof block, file)) > 0)
    g_byte_array_append (all, block, n);
  saved = ferror (file) ? errno : 0;
  fclose (file);
  errno = saved;
  return saved != 0 ? NULL : g_steal_pointer (&all);
}

PcJson *
pc_json_load (const char *path,
              PcProblems *problems)
{
  g_autoptr (GByteArray) all = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  all = read_all (path);
  if (all == NULL) {
    g_autofree char *message = g_strdup_printf (
        _ ("the file cannot be read: %s"), g_strerror (errno));

    report_file (path, problems, "Q012", message);
    return NULL;
  }
  return json_new (path, (const char *) all->data, all->len, problems);
}

void
pc_json_free (PcJson *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->children, g_array_unref);
  g_clear_pointer (&self->line_starts, g_array_unref);
  g_clear_pointer (&self->char_counts, g_array_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->name, g_free);
  g_free (self);
}

const char *
pc_json_get_name (const PcJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

JsonNode *
pc_json_get_root (PcJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->root == NULL)
    self->root = pc_json_build (self, 0, NULL);
  return self->root;
}

JsonNode *
pc_json_dup_node (const PcJson *self,
                  const char   *pointer,
                  const char   *without)
{
  gboolean exact;
  guint    place;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  place = walk (self, pointer, &exact);
  return exact ? pc_json_build (self, place, without) : NULL;
}

gboolean
pc_json_get_length (const PcJson *self,
                    const char   *pointer,
                    guint        *n)
{
  gboolean           exact;
  const PcJsonPlace *place;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pointer != NULL, FALSE);
  g_return_val_if_fail (n != NULL, FALSE);

  place = place_at (self, walk (self, pointer, &exact));
  if (!exact || self->text[place->value] != '[')
    return FALSE;
  *n = place->n_children;
  return TRUE;
}
