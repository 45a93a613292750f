/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the flags of STORE and APPEND.
 *
 * What begins with a backslash is one of the five that every mailbox has;
 * anything else is a keyword that somebody made up.
 *
 * RFC 3501 sections 2.3.2 and 9, RFC 9051 sections 2.3.2 and 9.
 */

#include "proto/imap/marks.h"

#include "mail/keywords.h"

static const struct {
  const char *name;
  PcFlags     flag;
} system_flags[] = {
  { "Answered", PC_FLAG_ANSWERED }, { "Flagged", PC_FLAG_FLAGGED },
  { "Deleted", PC_FLAG_DELETED },   { "Seen", PC_FLAG_SEEN },
  { "Draft", PC_FLAG_DRAFT },
};

/* flag = "\Answered" / ... / flag-keyword */
static gboolean
read_mark (PcImapCursor *args,
           PcImapMarks  *marks)
{
  char *keyword;

  if (pc_imap_read_char (args, '\\')) {
    for (guint i = 0; i < G_N_ELEMENTS (system_flags); i++)
      if (pc_imap_read_word (args, system_flags[i].name)) {
        marks->flags |= system_flags[i].flag;
        return TRUE;
      }
    return FALSE;
  }

  if (!pc_imap_read_atom (args, &keyword))
    return FALSE;
  if (marks->keywords == NULL)
    marks->keywords = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (marks->keywords, keyword);
  return TRUE;
}

gboolean
pc_imap_read_marks (PcImapCursor *args,
                    PcImapMarks  *marks)
{
  gboolean list = pc_imap_read_char (args, '(');

  *marks = (PcImapMarks){ 0 };
  if (list && pc_imap_read_char (args, ')'))
    return TRUE;
  do {
    if (!read_mark (args, marks))
      return FALSE;
  } while (pc_imap_read_char (args, ' '));

  if (marks->keywords != NULL)
    g_ptr_array_add (marks->keywords, NULL);
  return !list || pc_imap_read_char (args, ')');
}

void
pc_imap_marks_clear (PcImapMarks *self)
{
  g_clear_pointer (&self->keywords, g_ptr_array_unref);
}

gboolean
pc_imap_marks_make (const PcImapMarks *self,
                    PcMailbox         *mailbox,
                    guint64           *keywords)
{
  *keywords = 0;
  return self->keywords == NULL ||
         pc_mailbox_make_keywords (
             mailbox, (const char *const *) self->keywords->pdata,
             keywords) == PC_STORE_OK;
}

guint64
pc_imap_marks_find (const PcImapMarks *self,
                    const PcMailbox   *mailbox)
{
  return self->keywords != NULL
             ? pc_mailbox_find_keywords (
                   mailbox, (const char *const *) self->keywords->pdata)
             : 0;
}
