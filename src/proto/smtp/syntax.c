/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grammar of SMTP: paths, parameters, replies, stuffed messages.
 *
 * Left out: what is inside an address literal, which we only keep in its
 * brackets.
 * RFC 5321 sections 4.1.2, 4.2, 4.5.2, 4.5.3.1; RFC 3461 section 4; RFC 3463
 * section 2; RFC 6531 section 3.3.
 */

#include "proto/smtp/syntax.h"

#include <string.h>

#define MAX_LOCAL 64
#define MAX_DOMAIN 255
#define MAX_PATH_OCTETS 256

static gboolean
is_atext (guint8 c)
{
  return g_ascii_isalnum (c) || (c != 0 && strchr ("!#$%&'*+-/=?^_`{|}~", c));
}

/* Dot-string = Atom *("." Atom).  Returns its length, 0 when there is none. */
static gsize
find_dot_string (const guint8 *data,
                 gsize         len)
{
  gsize i = 0;

  for (;;) {
    gsize start = i;

    while (i < len && is_atext (data[i]))
      i++;
    if (i == start)
      return 0;
    if (i == len || data[i] != '.')
      return i;
    i++;
  }
}

/* Quoted-string = DQUOTE *QcontentSMTP DQUOTE */
static gsize
find_quoted_string (const guint8 *data,
                    gsize         len)
{
  gsize i;

  for (i = 1; i < len && data[i] != '"'; i++) {
    if (data[i] == '\\')
      i++;
    if (i == len || data[i] < 0x20 || data[i] > 0x7e)
      return 0;
  }

  return i < len ? i + 1 : 0;
}

/* Domain = sub-domain *("." sub-domain), with "_" let in. */
static gsize
find_domain (const guint8 *data,
             gsize         len)
{
  gsize i = 0;

  for (;;) {
    gsize start = i;

    while (i < len &&
           (g_ascii_isalnum (data[i]) || data[i] == '-' || data[i] == '_'))
      i++;
    if (i == start || data[start] == '-' || data[i - 1] == '-')
      return 0;
    if (i == len || data[i] != '.')
      return i;
    i++;
  }
}

/* address-literal = "[" 1*dcontent "]" */
static gsize
find_literal (const guint8 *data,
              gsize         len)
{
  gsize i = 1;

  while (i < len && data[i] > 0x20 && data[i] < 0x7f && data[i] != ']' &&
         data[i] != '[' && data[i] != '\\')
    i++;

  return i > 1 && i < len && data[i] == ']' ? i + 1 : 0;
}

/* A-d-l ":" = At-domain *("," At-domain) ":" */
static gsize
find_route (const guint8 *data,
            gsize         len)
{
  gsize i = 0;

  while (i < len && data[i] == '@') {
    gsize domain = find_domain (data + i + 1, len - i - 1);

    if (domain == 0)
      return 0;
    i += 1 + domain;
    if (i < len && data[i] == ':')
      return i + 1;
    if (i == len || data[i] != ',')
      return 0;
    i++;
  }

  return 0;
}

static gboolean
has_foreign (const guint8 *data,
             gsize         len)
{
  gsize i;

  for (i = 0; i < len; i++)
    if (data[i] > 0x7f)
      return TRUE;

  return FALSE;
}

/* Mailbox = Local-part "@" ( Domain / address-literal ).  Returns its length;
 * the domain may be missing, as in <postmaster>. */
static gsize
find_mailbox (const guint8 *data,
              gsize         len,
              gsize        *local)
{
  gsize domain;

  if (len == 0)
    return 0;
  *local = data[0] == '"' ? find_quoted_string (data, len)
                          : find_dot_string (data, len);
  if (*local == 0 || *local == len || data[*local] != '@')
    return *local;

  data += *local + 1;
  len -= *local + 1;
  if (len == 0)
    return 0;
  domain = data[0] == '[' ? find_literal (data, len) : find_domain (data, len);

  return domain == 0 ? 0 : *local + 1 + domain;
}

static PcSmtpPathResult
check_lengths (const PcSmtpPath *path)
{
  gsize domain = path->address > path->local
                     ? path->address - path->local - 1
                     : 0;

  if (path->local > MAX_LOCAL || domain > MAX_DOMAIN ||
      path->total > MAX_PATH_OCTETS)
    return PC_SMTP_PATH_LONG;

  return PC_SMTP_PATH_OK;
}

PcSmtpPathResult
pc_smtp_parse_path (const guint8 *data,
                    gsize         len,
                    PcSmtpPath   *path)
{
  PcSmtpPath       found = { 0 };
  PcSmtpPathResult result;
  gsize            i;

  g_return_val_if_fail (data != NULL || len == 0, PC_SMTP_PATH_BAD);
  g_return_val_if_fail (path != NULL, PC_SMTP_PATH_BAD);

  if (has_foreign (data, len))
    return PC_SMTP_PATH_FOREIGN;
  if (len < 2 || data[0] != '<')
    return PC_SMTP_PATH_BAD;

  found.route = find_route (data + 1, len - 1);
  i = 1 + found.route;
  if (data[1] != '>') {
    found.address = find_mailbox (data + i, len - i, &found.local);
    if (found.address == 0)
      return PC_SMTP_PATH_BAD;
  }
  i += found.address;
  if (i >= len || data[i] != '>')
    return PC_SMTP_PATH_BAD;
  found.total = i + 1;

  result = check_lengths (&found);
  if (result == PC_SMTP_PATH_OK)
    *path = found;

  return result;
}

/* Any letter beyond ASCII goes where "x" may go, so the grammar is the old one;
 * offsets are the same. */
PcSmtpPathResult
pc_smtp_parse_path_utf8 (const guint8 *data,
                         gsize         len,
                         PcSmtpPath   *path)
{
  g_autofree guint8 *copy = NULL;
  gsize              i;

  g_return_val_if_fail (data != NULL || len == 0, PC_SMTP_PATH_BAD);

  if (!has_foreign (data, len))
    return pc_smtp_parse_path (data, len, path);
  if (!g_utf8_validate_len ((const char *) data, len, NULL))
    return PC_SMTP_PATH_FOREIGN;

  copy = g_memdup2 (data, len);
  for (i = 0; i < len; i++)
    if (copy[i] > 0x7f)
      copy[i] = 'x';

  return pc_smtp_parse_path (copy, len, path);
}

gboolean
pc_smtp_is_xtext (const guint8 *data,
                  gsize         len)
{
  gsize i;

  for (i = 0; i < len; i++) {
    if (data[i] < 33 || data[i] > 126 || data[i] == '=')
      return FALSE;
    if (data[i] != '+')
      continue;
    if (len - i < 3 || !g_ascii_isxdigit (data[i + 1]) ||
        !g_ascii_isxdigit (data[i + 2]) || g_ascii_islower (data[i + 1]) ||
        g_ascii_islower (data[i + 2]))
      return FALSE;
    i += 2;
  }

  return TRUE;
}

PcSmtpPathResult
pc_smtp_check_mailbox (const guint8 *data,
                       gsize         len,
                       gsize        *local)
{
  PcSmtpPath path = { .total = len + 2, .address = len };

  g_return_val_if_fail (data != NULL || len == 0, PC_SMTP_PATH_BAD);
  g_return_val_if_fail (local != NULL, PC_SMTP_PATH_BAD);

  if (has_foreign (data, len))
    return PC_SMTP_PATH_FOREIGN;
  if (len == 0 || find_mailbox (data, len, &path.local) != len)
    return PC_SMTP_PATH_BAD;
  *local = path.local;

  return check_lengths (&path);
}

gboolean
pc_smtp_is_host (const guint8 *data,
                 gsize         len)
{
  gsize i;

  g_return_val_if_fail (data != NULL || len == 0, FALSE);

  for (i = 0; i < len; i++)
    if (!g_ascii_isalnum (data[i]) &&
        (data[i] == 0 || strchr ("-._:[]", data[i]) == NULL))
      return FALSE;

  return len > 0 && len <= MAX_DOMAIN;
}

/* esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
 * esmtp-value = 1*(%d33-60 / %d62-126) */
PcSmtpParamResult
pc_smtp_parse_param (const guint8 *data,
                     gsize         len,
                     PcSmtpParam  *param)
{
  PcSmtpParam found = { 0 };
  gsize       i = 0;

  g_return_val_if_fail (data != NULL || len == 0, PC_SMTP_PARAM_BAD);
  g_return_val_if_fail (param != NULL, PC_SMTP_PARAM_BAD);

  while (i < len && data[i] == ' ')
    i++;
  if (i == len)
    return PC_SMTP_PARAM_END;
  found.blanks = i;

  while (i < len && (g_ascii_isalnum (data[i]) ||
                     (data[i] == '-' && i > found.blanks)))
    i++;
  found.keyword = i - found.blanks;
  if (found.blanks == 0 || found.keyword == 0)
    return PC_SMTP_PARAM_BAD;

  if (i < len && data[i] == '=') {
    i++;
    while (i < len && data[i] > 0x20 && data[i] < 0x7f && data[i] != '=') {
      i++;
      found.value++;
    }
    if (found.value == 0)
      return PC_SMTP_PARAM_BAD;
  }
  if (i < len && data[i] != ' ')
    return PC_SMTP_PARAM_BAD;

  found.total = i;
  *param = found;

  return PC_SMTP_PARAM_OK;
}

/* Reply-line = Reply-code [ SP textstring ] CRLF, or "-" when more follow.
 * Returns the code, 0 when it is no such line. */
static guint
parse_reply_line (const guint8 *line,
                  gsize         len,
                  gboolean     *more)
{
  if (len < 3 || line[0] < '2' || line[0] > '5' || line[1] < '0' ||
      line[1] > '5' || !g_ascii_isdigit (line[2]))
    return 0;
  if (len > 3 && line[3] != ' ' && line[3] != '-')
    return 0;
  *more = len > 3 && line[3] == '-';

  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

gsize
pc_smtp_split_line (const guint8 *data,
                    gsize         len,
                    gsize        *text)
{
  const guint8 *end;
  gsize         total;

  g_return_val_if_fail (data != NULL || len == 0, 0);
  g_return_val_if_fail (text != NULL, 0);

  end = len == 0 ? NULL : memchr (data, '\n', len);
  total = end == NULL ? len : (gsize)(end - data) + 1;
  *text = total;
  if (end != NULL)
    *text = total > 1 && end[-1] == '\r' ? total - 2 : total - 1;

  return total;
}

PcSmtpReplyResult
pc_smtp_reply_find (PcSmtpReplyReader *self,
                    const guint8      *data,
                    gsize              len,
                    gsize              limit,
                    gsize             *total)
{
  g_return_val_if_fail (self != NULL, PC_SMTP_REPLY_BAD);
  g_return_val_if_fail (data != NULL || len == 0, PC_SMTP_REPLY_BAD);
  g_return_val_if_fail (total != NULL, PC_SMTP_REPLY_BAD);

  for (;;) {
    const guint8 *end = NULL;
    gboolean      more = FALSE;
    gsize         text;
    gsize         next;
    guint         code;

    if (self->scanned < len)
      end = memchr (data + self->scanned, '\n', len - self->scanned);
    next = end == NULL ? len : (gsize)(end - data) + 1;
    if (next - self->line > limit)
      break;
    self->scanned = next;
    if (end == NULL)
      return PC_SMTP_REPLY_MORE;

    pc_smtp_split_line (data + self->line, next - self->line, &text);
    code = parse_reply_line (data + self->line, text, &more);
    if (code == 0 || (self->n_lines > 0 && code != self->code))
      break;

    self->line = next;
    self->n_lines++;
    self->code = code;
    if (more)
      continue;

    *total = next;
    *self = (PcSmtpReplyReader){ .code = code };
    return PC_SMTP_REPLY_DONE;
  }

  *total = self->line;
  *self = (PcSmtpReplyReader){ 0 };

  return PC_SMTP_REPLY_BAD;
}

/* status-code = class "." subject "." detail, of 1 and 1 to 3 digits */
gsize
pc_smtp_find_enhanced (const guint8 *data,
                       gsize         len,
                       guint         klass)
{
  gsize i = 0;
  guint part;

  g_return_val_if_fail (data != NULL || len == 0, 0);

  if (len < 5 || data[0] != '0' + klass)
    return 0;
  for (part = 0, i = 1; part < 2; part++) {
    gsize digits = 0;

    if (i >= len || data[i] != '.')
      return 0;
    for (i++; i < len && g_ascii_isdigit (data[i]); i++)
      digits++;
    if (digits == 0 || digits > 3)
      return 0;
  }
  if (i == len)
    return i;

  return data[i] == ' ' ? i + 1 : 0;
}

GByteArray *
pc_smtp_canonicalise (gconstpointer data,
                      gsize         len)
{
  const guint8 *octets = data;
  GByteArray   *out;
  gsize         i = 0;

  g_return_val_if_fail (data != NULL || len == 0, NULL);

  out = g_byte_array_sized_new (MIN (len + 2, G_MAXUINT / 2));
  while (i < len) {
    gsize start = i;

    while (i < len && octets[i] != '\r' && octets[i] != '\n')
      i++;
    g_byte_array_append (out, octets + start, i - start);
    g_byte_array_append (out, (const guint8 *)"\r\n", 2);
    if (i + 1 < len && octets[i] == '\r' && octets[i + 1] == '\n')
      i++;
    i++;
  }

  return out;
}

GByteArray *
pc_smtp_stuff (const GByteArray *content)
{
  GByteArray *out;
  gsize       i = 0;

  g_return_val_if_fail (content != NULL, NULL);

  out = g_byte_array_sized_new (MIN (content->len + 64, G_MAXUINT / 2));
  while (i < content->len) {
    gsize text;
    gsize line = pc_smtp_split_line (content->data + i, content->len - i,
                                     &text);

    if (content->data[i] == '.')
      g_byte_array_append (out, (const guint8 *)".", 1);
    g_byte_array_append (out, content->data + i, line);
    i += line;
  }
  g_byte_array_append (out, (const guint8 *)".\r\n", 3);

  return out;
}
