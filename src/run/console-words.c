/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A typed line, read by the table of its protocol's verbs: tag, verb, the rest;
 * and the tag that is put before one which has none.
 *
 * The line need not be right.  A first word is taken for a tag when the second
 * is a verb, or when it looks like one: with a digit in it, or very short.
 */

#include "run/console-private.h"

#include <string.h>

#define SHORT_TAG 2 /* "a LGIN alex" has a tag; "LGIN alex" has none */

static gboolean
is_tagged (const PcConsole *self)
{
  return self->setup.protocol->answers->tagged;
}

/* The verb that @text begins with: the longest one, since "UID FETCH" has two
 * words. */
static const PcVerbInfo *
find_verb (const PcProtocol *protocol,
           const char       *text)
{
  const PcVerbInfo *found = NULL;

  for (const PcVerbInfo *verb = protocol->verbs; verb->name != NULL; verb++) {
    gsize len = strlen (verb->name);

    if (g_ascii_strncasecmp (text, verb->name, len) == 0 &&
        (text[len] == ' ' || text[len] == '\0') &&
        (found == NULL || len > strlen (found->name)))
      found = verb;
  }

  return found;
}

static gsize
word_length (const char *text)
{
  return strcspn (text, " ");
}

static gboolean
has_digit (const char *text,
           gsize       len)
{
  for (gsize i = 0; i < len; i++)
    if (g_ascii_isdigit (text[i]))
      return TRUE;

  return FALSE;
}

static gsize
find_tag (const PcConsole *self,
          const char      *text)
{
  gsize len = word_length (text);

  if (!is_tagged (self) || len == 0)
    return 0;
  if (text[len] == ' ' &&
      find_verb (self->setup.protocol, text + len + 1) != NULL)
    return len;
  if (find_verb (self->setup.protocol, text) != NULL ||
      g_ascii_strncasecmp (text, "UID", MAX (len, 3)) == 0)
    return 0;
  return len <= SHORT_TAG || has_digit (text, len) ? len : 0;
}

void
pc_console_read_line (const PcConsole *self,
                      const char      *text,
                      PcConsoleLine   *line)
{
  gsize tag = find_tag (self, text);
  gsize len;

  *line = (PcConsoleLine){ 0 };
  if (tag > 0) {
    line->tag = g_strndup (text, tag);
    text += tag;
    if (*text == ' ')
      text++;
  }

  line->verb = find_verb (self->setup.protocol, text);
  len = line->verb != NULL ? strlen (line->verb->name) : word_length (text);
  line->word = g_strndup (text, len);
  line->args = text + len;
  if (*line->args == ' ')
    line->args++;
}

void
pc_console_line_clear (PcConsoleLine *line)
{
  g_clear_pointer (&line->tag, g_free);
  g_clear_pointer (&line->word, g_free);
}

gboolean
pc_console_line_is_secret (const PcConsole *self,
                           const char      *text)
{
  g_auto (PcConsoleLine) line = { 0 };

  if (self->setup.role != PC_CONSOLE_CLIENT)
    return FALSE;
  if (self->text == PC_TEXT_CHALLENGE)
    return TRUE;
  if (self->text != PC_TEXT_COMMAND)
    return FALSE;

  pc_console_read_line (self, text, &line);
  return line.verb != NULL && line.verb->tls == PC_VERB_PASSWORD &&
         *line.args != '\0';
}

char *
pc_console_complete_line (PcConsole  *self,
                          const char *text)
{
  g_auto (PcConsoleLine) line = { 0 };

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  if (!self->auto_tag || !is_tagged (self) || *text == '\0' ||
      self->setup.role != PC_CONSOLE_CLIENT ||
      self->text != PC_TEXT_COMMAND)
    return g_strdup (text);

  pc_console_read_line (self, text, &line);
  return line.tag != NULL ? g_strdup (text)
                          : g_strdup_printf ("a%u %s", self->n_tags + 1,
                                             text);
}
