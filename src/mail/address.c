/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of addresses in a header: From, To, Cc …
 *
 * One pass, no recursion except for comments, which only count.  It reads
 * what mail really holds: full names in comments, source routes, groups,
 * missing domains; and it decodes nothing, because an ENVELOPE carries the
 * encoded words as they are.
 *
 * RFC 5322 sections 3.2.2 to 3.2.5, 3.4 and 4.4.
 */

#include "mail/message.h"

#include "base/limits.h"

#include <string.h>

/* What was collected of one address; cleared whole after each. */
typedef struct
{
  GString *phrase;  /* words with a space between */
  GString *local;   /* the same without spaces */
  GString *domain;
  GString *comment; /* the last one */
  char    *route;   /* or NULL */
  gboolean has_at;
  gboolean has_angle;
} Parts;

typedef struct
{
  const char *p;
  GPtrArray  *list;
  Parts       parts;
  gboolean    in_group;
} Reader;

void
pc_address_free (PcAddress *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->route, g_free);
  g_clear_pointer (&self->mailbox, g_free);
  g_clear_pointer (&self->host, g_free);
  g_free (self);
}

static void
parts_clear (Parts *self)
{
  g_string_truncate (self->phrase, 0);
  g_string_truncate (self->local, 0);
  g_string_truncate (self->domain, 0);
  g_string_truncate (self->comment, 0);
  g_clear_pointer (&self->route, g_free);
  self->has_at = FALSE;
  self->has_angle = FALSE;
}

static void
add (Reader     *reader,
     const char *name,
     const char *mailbox,
     const char *host)
{
  PcAddress *address;

  if (reader->list->len >= PC_LIMIT_ADDRESSES)
    return;

  address = g_new0 (PcAddress, 1);
  address->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  address->route = g_steal_pointer (&reader->parts.route);
  address->mailbox = g_strdup (mailbox);
  address->host = g_strdup (host);
  g_ptr_array_add (reader->list, address);
}

/* "Name <local@domain>", "local@domain (Name)" or "local". */
static void
end_address (Reader *reader)
{
  Parts      *parts = &reader->parts;
  const char *name = parts->has_angle ? parts->phrase->str : "";

  if (*name == '\0')
    name = parts->comment->str;

  if (parts->local->len > 0 || parts->domain->len > 0)
    add (reader, name, parts->local->str, parts->domain->str);

  parts_clear (parts);
}

static void
begin_group (Reader *reader)
{
  g_clear_pointer (&reader->parts.route, g_free);
  add (reader, NULL, reader->parts.phrase->str, NULL);
  reader->in_group = TRUE;
  parts_clear (&reader->parts);
}

static void
end_group (Reader *reader)
{
  end_address (reader);
  if (reader->in_group)
    add (reader, NULL, NULL, NULL);
  reader->in_group = FALSE;
}

/* Comments nest (3.2.2); the text inside may be a person's name. */
static void
read_comment (Reader *reader)
{
  guint depth = 0;

  g_string_truncate (reader->parts.comment, 0);
  do {
    char c = *reader->p++;

    if (c == '\\' && *reader->p != '\0')
      c = *reader->p++;
    else if (c == '(' && depth++ == 0)
      continue;
    else if (c == ')' && --depth == 0)
      break;
    g_string_append_c (reader->parts.comment, c);
  } while (*reader->p != '\0');
}

static void
read_quoted (Reader  *reader,
             GString *word)
{
  reader->p++;
  while (*reader->p != '\0' && *reader->p != '"') {
    if (*reader->p == '\\' && reader->p[1] != '\0')
      reader->p++;
    g_string_append_c (word, *reader->p++);
  }
  if (*reader->p == '"')
    reader->p++;
}

/* An atom, with dots; or a domain literal, with its brackets. */
static void
read_atom (Reader  *reader,
           GString *word)
{
  gsize n = strcspn (reader->p, *reader->p == '[' ? "]" : " \t\"(),:;<>@[");

  if (*reader->p == '[' && reader->p[n] == ']')
    n++;
  n = MAX (n, 1);
  g_string_append_len (word, reader->p, (gssize) n);
  reader->p += n;
}

static void
read_word (Reader *reader)
{
  Parts              *parts = &reader->parts;
  g_autoptr (GString) word = g_string_new (NULL);

  if (*reader->p == '"')
    read_quoted (reader, word);
  else
    read_atom (reader, word);

  if (parts->has_at) {
    g_string_append_len (parts->domain, word->str, (gssize) word->len);
    return;
  }

  if (!parts->has_angle) {
    if (parts->phrase->len > 0)
      g_string_append_c (parts->phrase, ' ');
    g_string_append_len (parts->phrase, word->str, (gssize) word->len);
  }
  g_string_append_len (parts->local, word->str, (gssize) word->len);
}

/* obs-route = "@a,@b:" before the address itself (4.4). */
static void
begin_angle (Reader *reader)
{
  Parts *parts = &reader->parts;

  g_string_truncate (parts->local, 0);
  g_string_truncate (parts->domain, 0);
  parts->has_at = FALSE;
  parts->has_angle = TRUE;
  reader->p += strspn (reader->p, " \t");

  if (*reader->p == '@') {
    gsize n = strcspn (reader->p, ":>");

    if (reader->p[n] == ':') {
      g_free (parts->route);
      parts->route = g_strndup (reader->p, n);
      reader->p += n + 1;
    }
  }
}

static void
read_special (Reader *reader)
{
  switch (*reader->p++) {
  case ',':
    end_address (reader);
    break;
  case ':':
    if (!reader->in_group)
      begin_group (reader);
    break;
  case ';':
    end_group (reader);
    break;
  case '<':
    begin_angle (reader);
    break;
  case '@':
    reader->parts.has_at = TRUE;
    break;
  default: /* blanks, '>' */
    break;
  }
}

GPtrArray *
pc_address_parse_list (const char *value)
{
  g_autoptr (GPtrArray) list = NULL;
  Reader reader = { .p = value };

  g_return_val_if_fail (value != NULL, NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) pc_address_free);
  reader.list = list;
  reader.parts.phrase = g_string_new (NULL);
  reader.parts.local = g_string_new (NULL);
  reader.parts.domain = g_string_new (NULL);
  reader.parts.comment = g_string_new (NULL);

  while (*reader.p != '\0' && list->len < PC_LIMIT_ADDRESSES) {
    if (*reader.p == '(')
      read_comment (&reader);
    else if (strchr (" \t,:;<>@", *reader.p) != NULL)
      read_special (&reader);
    else
      read_word (&reader);
  }
  end_address (&reader);
  if (reader.in_group)
    end_group (&reader);

  g_string_free (reader.parts.phrase, TRUE);
  g_string_free (reader.parts.local, TRUE);
  g_string_free (reader.parts.domain, TRUE);
  g_string_free (reader.parts.comment, TRUE);
  g_free (reader.parts.route);

  return list->len > 0 ? g_steal_pointer (&list) : NULL;
}
