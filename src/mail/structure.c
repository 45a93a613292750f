/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree of parts a message is made of, with the octets of each.
 *
 * One walk over the lines, with a stack of the boundaries that are open; so
 * the time grows with the message, however its parts are nested.  The octets
 * are found by hand, as in message.c: FETCH must give them back as they came,
 * and offsets of every header and body are what no library promises.
 *
 * Leaves out: decoding the values of parameters (RFC 2231 section 4); whoever
 * reads a name that ends in a star does that.
 *
 * RFC 2045 sections 5 to 8, RFC 2046 sections 4 and 5, RFC 2183 section 2,
 * RFC 2231 section 3, RFC 9051 section 7.5.2.
 */

#include "mail/message.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* RFC 2046 section 5.1.1 allows 70; some write more. */
#define MAX_BOUNDARY 200
#define MAX_PARAMS 100 /* of one field */

typedef struct
{
  PcPart *part;     /* not owned */
  char   *boundary; /* of a multipart whose end was not seen; else NULL */
  gsize   boundary_len;
} Level;

typedef struct
{
  const guint8 *data;
  gsize         len;
  GArray       *levels; /* Level; the innermost last */
  gboolean      header; /* in the header of the innermost */
  guint         n_parts;
} Walk;

/* -- values of fields ----------------------------------------------------- */

/* Blanks, and comments in parentheses (RFC 5322 section 3.2.2). */
static const char *
skip_comments (const char *at)
{
  guint depth = 0;

  for (; *at != '\0'; at++) {
    if (depth > 0 && *at == '\\' && at[1] != '\0')
      at++;
    else if (*at == '(')
      depth++;
    else if (*at == ')' && depth > 0)
      depth--;
    else if (depth == 0 && !g_ascii_isspace (*at))
      break;
  }

  return at;
}

static gboolean
is_token_char (char c)
{
  return (guchar) c > ' ' && c != 0x7f &&
         strchr ("()<>@,;:\\\"/[]?=", c) == NULL;
}

/* token / quoted-string; also forgives characters a token may not have, up to
 * a semicolon or a blank.  Transfer full; "" when there is none. */
static char *
read_value (const char **at)
{
  const char         *start = *at;
  g_autoptr (GString) out = NULL;

  if (*start != '"') {
    while (**at != '\0' && **at != ';' && !g_ascii_isspace (**at) &&
           **at != '(')
      (*at)++;
    return g_strndup (start, (gsize) (*at - start));
  }

  out = g_string_new (NULL);
  for ((*at)++; **at != '\0' && **at != '"'; (*at)++) {
    if (**at == '\\' && (*at)[1] != '\0')
      (*at)++;
    g_string_append_c (out, **at);
  }
  if (**at == '"')
    (*at)++;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
read_token (const char **at)
{
  const char *start = *at = skip_comments (*at);

  while (is_token_char (**at))
    (*at)++;
  return g_strndup (start, (gsize) (*at - start));
}

/* "name*2" or "name*2*", a piece of a long value (RFC 2231 section 3): its
 * number, how long the name is, and whether the piece is encoded; else -1. */
static int
read_piece (const char *word,
            gsize      *len,
            gboolean   *encoded)
{
  const char *star = strchr (word, '*');
  guint64     number;
  char       *end;

  if (star == NULL || star == word || !g_ascii_isdigit (star[1]) ||
      (star[1] == '0' && g_ascii_isdigit (star[2])))
    return -1;

  number = g_ascii_strtoull (star + 1, &end, 10);
  *len = (gsize) (star - word);
  *encoded = *end == '*';
  if (number > MAX_PARAMS || end[*encoded ? 1 : 0] != '\0')
    return -1;
  return (int) number;
}

/* The place of piece @number of the value that @word begins; else -1. */
static int
find_piece (const GPtrArray *params,
            const char      *word,
            gsize            word_len,
            int              number,
            gboolean        *encoded)
{
  for (guint i = 0; i < params->len; i += 2) {
    const char *other = params->pdata[i];
    gsize       len;

    if (other != NULL && read_piece (other, &len, encoded) == number &&
        len == word_len && g_ascii_strncasecmp (word, other, len) == 0)
      return (int) i;
  }

  return -1;
}

/* A plain piece of an encoded value may hold what would read as code. */
static void
append_piece (GString    *out,
              const char *piece,
              gboolean    encode)
{
  for (; *piece != '\0'; piece++)
    if (encode && (!is_token_char (*piece) || (guchar) *piece > '~' ||
                   strchr ("*'%", *piece) != NULL))
      g_string_append_printf (out, "%%%02X", (guchar) *piece);
    else
      g_string_append_c (out, *piece);
}

/* Puts together the value whose first piece stands at @first; the names of
 * the others become NULL. */
static void
join_pieces (GPtrArray *params,
             guint      first,
             gsize      len)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autofree char *word = g_steal_pointer (&params->pdata[first]);
  gboolean         any = strchr (word + len + 1, '*') != NULL;
  gboolean         encoded;
  int              at;

  for (int i = 1; (at = find_piece (params, word, len, i, &encoded)) >= 0; i++)
    any = any || encoded;
  append_piece (value, params->pdata[first + 1],
                any && strchr (word + len + 1, '*') == NULL);
  for (int i = 1; (at = find_piece (params, word, len, i, &encoded)) >= 0;
       i++) {
    append_piece (value, params->pdata[at + 1], any && !encoded);
    g_clear_pointer (&params->pdata[at], g_free);
  }

  params->pdata[first] = g_strdup_printf ("%.*s%s", (int) len, word,
                                          any ? "*" : "");
  g_free (params->pdata[first + 1]);
  params->pdata[first + 1] = g_strdup (value->str);
}

/* RFC 9051 section 7.5.2 asks this of servers. */
static void
join_params (GPtrArray *params)
{
  gboolean encoded;
  gsize    len;

  for (guint i = 0; i < params->len; i += 2)
    if (params->pdata[i] != NULL &&
        read_piece (params->pdata[i], &len, &encoded) == 0)
      join_pieces (params, i, len);

  for (guint i = params->len; i > 0; i -= 2)
    if (params->pdata[i - 2] == NULL)
      g_ptr_array_remove_range (params, i - 2, 2);
}

/* *(";" attribute "=" value).  Names and values in turn, NULL at the end;
 * NULL for none.  Transfer full. */
static char **
read_params (const char *at)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  while (out->len < 2 * MAX_PARAMS && (at = strchr (at, ';')) != NULL) {
    g_autofree char *name = NULL;

    at++;
    name = read_token (&at);
    at = skip_comments (at);
    if (name[0] == '\0' || *at != '=')
      continue;
    at = skip_comments (at + 1);
    g_ptr_array_add (out, g_steal_pointer (&name));
    g_ptr_array_add (out, read_value (&at));
  }

  if (out->len == 0)
    return NULL;
  join_params (out);
  g_ptr_array_add (out, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

static char **
read_languages (const char *value)
{
  g_auto (GStrv)        words = g_strsplit (value, ",", MAX_PARAMS);
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++) {
    const char *at = words[i];
    char       *word = read_token (&at);

    if (word[0] != '\0')
      g_ptr_array_add (out, word);
    else
      g_free (word);
  }

  if (out->len == 0)
    return NULL;
  g_ptr_array_add (out, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

/* -- header of a part ----------------------------------------------------- */

static void
read_content_type (PcPart     *self,
                   const char *value)
{
  const char      *at = value;
  g_autofree char *type = read_token (&at);
  g_autofree char *subtype = NULL;

  at = skip_comments (at);
  if (type[0] == '\0' || *at != '/')
    return;
  at++;
  subtype = read_token (&at);
  if (subtype[0] == '\0')
    return;

  g_free (self->type);
  g_free (self->subtype);
  self->type = g_steal_pointer (&type);
  self->subtype = g_steal_pointer (&subtype);
  g_strfreev (self->params);
  self->params = read_params (at);
}

static void
read_disposition (PcPart     *self,
                  const char *value)
{
  const char      *at = value;
  g_autofree char *disposition = read_token (&at);

  if (disposition[0] == '\0')
    return;
  self->disposition = g_steal_pointer (&disposition);
  self->disposition_params = read_params (at);
}

/* The first field of a name counts. */
static void
read_fields (PcPart       *self,
             const guint8 *header)
{
  const struct
  {
    const char *name;
    char      **out;
  } texts[] = {
    { "Content-ID", &self->id },
    { "Content-Description", &self->description },
    { "Content-MD5", &self->md5 },
    { "Content-Location", &self->location },
  };
  g_autofree char *type = pc_message_get_field (header, self->header_len,
                                                "Content-Type");
  g_autofree char *encoding = pc_message_get_field (
      header, self->header_len, "Content-Transfer-Encoding");
  g_autofree char *disposition = pc_message_get_field (
      header, self->header_len, "Content-Disposition");
  g_autofree char *languages = pc_message_get_field (
      header, self->header_len, "Content-Language");

  if (type != NULL)
    read_content_type (self, type);
  if (encoding != NULL) {
    const char *at = encoding;

    self->encoding = read_token (&at);
    if (self->encoding[0] == '\0')
      g_clear_pointer (&self->encoding, g_free);
  }
  if (disposition != NULL)
    read_disposition (self, disposition);
  if (languages != NULL)
    self->languages = read_languages (languages);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i].out = pc_message_get_field (header, self->header_len,
                                          texts[i].name);
}

/* -- the walk ------------------------------------------------------------- */

static Level *
innermost (Walk *self)
{
  return &g_array_index (self->levels, Level, self->levels->len - 1);
}

static PcPart *
begin_part (Walk    *self,
            gsize    offset,
            gboolean digest)
{
  PcPart *part = g_new0 (PcPart, 1);
  Level   level = { .part = part };

  part->header = offset;
  part->body = offset;
  if (digest) {
    part->type = g_strdup ("message");
    part->subtype = g_strdup ("rfc822");
  }
  part->children = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_part_free);
  if (self->levels->len > 0)
    g_ptr_array_add (innermost (self)->part->children, part);
  g_array_append_val (self->levels, level);
  self->header = TRUE;
  self->n_parts++;
  return part;
}

/* The header is over at @end; what is the body?  Too deep, or too many parts:
 * then it is not looked into. */
static void
end_header (Walk *self,
            gsize end)
{
  Level      *level = innermost (self);
  PcPart     *part = level->part;
  const char *boundary;

  part->header_len = end - part->header;
  part->body = end;
  read_fields (part, self->data + part->header);
  self->header = FALSE;
  if (self->levels->len >= PC_LIMIT_MIME_DEPTH ||
      self->n_parts >= PC_LIMIT_MIME_PARTS)
    return;

  boundary = pc_part_get_param (part, "boundary");
  if (pc_part_is (part, "multipart", NULL) && boundary != NULL &&
      boundary[0] != '\0' && strlen (boundary) <= MAX_BOUNDARY) {
    level->boundary = g_strdup (boundary);
    level->boundary_len = strlen (boundary);
  } else if (pc_part_is (part, "message", "rfc822")) {
    begin_part (self, end, FALSE);
  }
}

static guint
count_lines (const guint8 *data,
             gsize         len)
{
  const guint8 *lf;
  guint         n = 0;

  /* An empty message has no octets to point at. */
  while (len > 0 && (lf = memchr (data, '\n', len)) != NULL) {
    n++;
    len -= (gsize) (lf + 1 - data);
    data = lf + 1;
  }
  return n;
}

/* The innermost part ends before @end.  Returns where what is around it ends
 * at the earliest. */
static gsize
end_part (Walk *self,
          gsize end)
{
  PcPart *part = innermost (self)->part;

  if (self->header) {
    part->header_len = end - part->header;
    part->body = end;
    read_fields (part, self->data + part->header);
    self->header = FALSE;
  }
  part->body_len = end > part->body ? end - part->body : 0;
  part->lines = count_lines (self->data + part->body, part->body_len);
  g_free (innermost (self)->boundary);
  g_array_set_size (self->levels, self->levels->len - 1);
  return part->body + part->body_len;
}

/* dash-boundary [“--”] and blanks; FALSE when the line is something else. */
static gboolean
is_delimiter (const Level  *level,
              const guint8 *line,
              gsize         len,
              gboolean     *close)
{
  gsize n = 2 + level->boundary_len;

  if (level->boundary == NULL || len < n ||
      memcmp (line + 2, level->boundary, level->boundary_len) != 0)
    return FALSE;

  *close = len >= n + 2 && line[n] == '-' && line[n + 1] == '-';
  for (n += *close ? 2 : 0; n < len; n++)
    if (strchr (" \t\r\n", line[n]) == NULL || line[n] == '\0')
      return FALSE;
  return TRUE;
}

/* A line at @at that is a delimiter of an open multipart, the innermost
 * first: an outer one closes what is inside (RFC 2046 section 5.1.2). */
static gboolean
take_delimiter (Walk *self,
                gsize at,
                gsize len)
{
  const guint8 *line = self->data + at;
  gboolean      close = FALSE;
  guint         i = self->levels->len;
  gsize         end = at;

  if (len < 2 || line[0] != '-' || line[1] != '-')
    return FALSE;
  while (i > 0 && !is_delimiter (&g_array_index (self->levels, Level, i - 1),
                                 line, len, &close))
    i--;
  if (i == 0 || (!close && self->n_parts >= PC_LIMIT_MIME_PARTS))
    return FALSE;

  /* The line end before the delimiter belongs to it; in a header without an
   * empty line it ends the last field. */
  if (!self->header && end > 0 && line[-1] == '\n')
    end -= end > 1 && line[-2] == '\r' ? 2 : 1;
  while (self->levels->len > i) {
    gsize inner = end_part (self, end);

    end = MAX (end, inner);
  }
  self->header = FALSE;
  if (close)
    g_clear_pointer (&innermost (self)->boundary, g_free);
  else
    begin_part (self, at + len,
                pc_part_is (innermost (self)->part, "multipart", "digest"));
  return TRUE;
}

static void
take_line (Walk *self,
           gsize at,
           gsize len)
{
  const guint8 *line = self->data + at;

  if (take_delimiter (self, at, len))
    return;
  if (self->header &&
      (line[0] == '\n' || (len == 2 && line[0] == '\r' && line[1] == '\n')))
    end_header (self, at + len);
}

PcPart *
pc_part_new (GBytes *message)
{
  Walk    walk = { .levels = g_array_new (FALSE, FALSE, sizeof (Level)) };
  PcPart *root;

  walk.data = g_bytes_get_data (message, &walk.len);
  root = begin_part (&walk, 0, FALSE);
  for (gsize at = 0; at < walk.len;) {
    const guint8 *lf = memchr (walk.data + at, '\n', walk.len - at);
    gsize         end = lf != NULL ? (gsize) (lf - walk.data) + 1 : walk.len;

    take_line (&walk, at, end - at);
    at = end;
  }
  while (walk.levels->len > 0)
    end_part (&walk, walk.len);

  g_array_unref (walk.levels);
  return root;
}

void
pc_part_free (PcPart *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->subtype, g_free);
  g_clear_pointer (&self->params, g_strfreev);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->encoding, g_free);
  g_clear_pointer (&self->md5, g_free);
  g_clear_pointer (&self->disposition, g_free);
  g_clear_pointer (&self->disposition_params, g_strfreev);
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

gboolean
pc_part_is (const PcPart *self,
            const char   *type,
            const char   *subtype)
{
  const char *own_type = self->type != NULL ? self->type : "text";
  const char *own_subtype = self->subtype != NULL ? self->subtype : "plain";

  return g_ascii_strcasecmp (own_type, type) == 0 &&
         (subtype == NULL || g_ascii_strcasecmp (own_subtype, subtype) == 0);
}

const char *
pc_part_get_param (const PcPart *self,
                   const char   *name)
{
  for (guint i = 0; self->params != NULL && self->params[i] != NULL; i += 2)
    if (g_ascii_strcasecmp (self->params[i], name) == 0)
      return self->params[i + 1];

  return NULL;
}

const PcPart *
pc_part_get_message (const PcPart *self)
{
  return pc_part_is (self, "message", "rfc822") && self->children->len > 0
             ? g_ptr_array_index (self->children, 0)
             : NULL;
}

const PcPart *
pc_part_find (const PcPart  *self,
              const guint32 *numbers,
              guint          n)
{
  const PcPart *within = self; /* a message, or a multipart in one */
  const PcPart *part = NULL;

  for (guint i = 0; i < n; i++) {
    if (within == NULL)
      return NULL;
    if (pc_part_is (within, "multipart", NULL))
      part = numbers[i] >= 1 && numbers[i] <= within->children->len
                 ? g_ptr_array_index (within->children, numbers[i] - 1)
                 : NULL;
    else
      part = numbers[i] == 1 ? within : NULL;
    if (part == NULL)
      return NULL;
    within = pc_part_is (part, "multipart", NULL) ? part
                                                  : pc_part_get_message (part);
  }

  return part;
}
