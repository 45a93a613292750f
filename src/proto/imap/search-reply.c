/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a SEARCH is answered with: every number, or what RETURN asks for.
 *
 * The old answer lists all numbers, however many; the new one names its
 * command, and can be as short as one count.
 *
 * RFC 3501 section 7.2.5, RFC 9051 sections 6.4.4 and 7.3.4, RFC 4731 section
 * 3.1, RFC 5182 section 2.
 */

#include "proto/imap/search-reply.h"

static gboolean
read_option (PcImapCursor      *cursor,
             PcImapSearchReply *reply)
{
  const struct {
    const char *word;
    gboolean   *wanted;
  } options[] = {
    { "MIN", &reply->min },     { "MAX", &reply->max },
    { "ALL", &reply->all },     { "COUNT", &reply->count },
    { "SAVE", &reply->save },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (pc_imap_read_word (cursor, options[i].word)) {
      *options[i].wanted = TRUE;
      return TRUE;
    }

  return FALSE;
}

gboolean
pc_imap_read_search_return (PcImapCursor      *cursor,
                            PcImapSearchReply *reply)
{
  *reply = (PcImapSearchReply){ 0 };
  if (!pc_imap_read_word (cursor, "RETURN"))
    return TRUE;
  if (!pc_imap_read_char (cursor, ' ') || !pc_imap_read_char (cursor, '('))
    return FALSE;

  reply->extended = TRUE;
  if (!pc_imap_peek_char (cursor, ')'))
    do {
      if (!read_option (cursor, reply))
        return FALSE;
    } while (pc_imap_read_char (cursor, ' '));
  if (!reply->min && !reply->max && !reply->count && !reply->save)
    reply->all = TRUE;

  return pc_imap_read_char (cursor, ')') && pc_imap_read_char (cursor, ' ');
}

static void
write_extended (GString                 *out,
                const PcImapSearchReply *reply,
                const char              *tag,
                gboolean                 uid,
                const GArray            *numbers,
                guint64                  modseq)
{
  guint n = numbers->len;

  if (!reply->min && !reply->max && !reply->all && !reply->count)
    return;

  g_string_append_printf (out, "* ESEARCH (TAG \"%s\")%s", tag,
                          uid ? " UID" : "");
  if (reply->min && n > 0)
    g_string_append_printf (out, " MIN %u",
                            g_array_index (numbers, guint32, 0));
  if (reply->max && n > 0)
    g_string_append_printf (out, " MAX %u",
                            g_array_index (numbers, guint32, n - 1));
  if (reply->all && n > 0) {
    g_string_append (out, " ALL ");
    pc_imap_write_set (out, numbers);
  }
  if (reply->count)
    g_string_append_printf (out, " COUNT %u", n);
  if (modseq > 0)
    g_string_append_printf (out, " MODSEQ %" G_GUINT64_FORMAT, modseq);
  g_string_append (out, "\r\n");
}

void
pc_imap_write_found (GString                 *out,
                     const PcImapSearchReply *reply,
                     const char              *tag,
                     gboolean                 uid,
                     const GArray            *numbers,
                     guint64                  modseq)
{
  if (reply->extended) {
    write_extended (out, reply, tag, uid, numbers, modseq);
    return;
  }

  g_string_append (out, "* SEARCH");
  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (out, " %u", g_array_index (numbers, guint32, i));
  if (modseq > 0)
    g_string_append_printf (out, " (MODSEQ %" G_GUINT64_FORMAT ")", modseq);
  g_string_append (out, "\r\n");
}

GArray *
pc_imap_search_choose_saved (const PcImapSearchReply *reply,
                             const GArray            *uids)
{
  GArray  *saved = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean ends = (reply->min || reply->max) && !reply->all && !reply->count;
  guint    n = uids->len;

  if (!ends)
    g_array_append_vals (saved, uids->data, n);
  else if (n > 0 && reply->min)
    g_array_append_vals (saved, uids->data, 1);
  if (ends && reply->max && n > (reply->min ? 1 : 0))
    g_array_append_vals (saved, &g_array_index (uids, guint32, n - 1), 1);

  return saved;
}
