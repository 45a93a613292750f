/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail that is there before anybody did anything.
 *
 * Tables of letters, put in order of their age; dates count back from the
 * `now` that the caller gives, so the same `now` makes the same world, octet
 * for octet.  The letters are in whatever language their writers speak, not in
 * the program's: they are mail, not text of ours.
 */

#include "mail/world.h"

#include "mail/message.h"
#include "mail/world-private.h"

#include <string.h>

#define DOMAIN "example.test"
#define PASSWORD "portcall"

typedef struct
{
  const char *user; /* NULL: both */
  const char *name;
  const char *special_use;
  gboolean    full; /* not in the lesson's world */
} Box;

static const Box boxes[] = {
  { .name = "Sent", .special_use = "\\Sent" },
  { .name = "Drafts", .special_use = "\\Drafts" },
  { .name = "Trash", .special_use = "\\Trash" },
  { .name = "Junk", .special_use = "\\Junk", .full = TRUE },
  { .name = "Archive", .special_use = "\\Archive", .full = TRUE },
  { .user = "alex", .name = "Projekte", .full = TRUE },
  { .user = "alex", .name = "Projekte/Netz", .full = TRUE },
  { .user = "alex", .name = "Entw\303\274rfe 2026", .full = TRUE },
  { .user = "alex", .name = "Entw\303\274rfe 2026/Gedichte \342\234\217",
    .full = TRUE },
};

/* -- writing letters ------------------------------------------------------ */

static char *
format_stamp (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (
      CLAMP (time / G_USEC_PER_SEC, 0, G_MAXUINT32));

  return g_date_time_format (date, "%Y%m%dT%H%M%SZ");
}

static void
append_moment (GString    *out,
               const char *text,
               gint64      written)
{
  const char      *blank = strchr (text, ' ');
  gint64           hours = g_ascii_strtoll (blank, NULL, 10);
  gint64           now = CLAMP (written, G_MININT64 / 2, G_MAXINT64 / 2);
  gint64           time = now - hours * PC_WORLD_HOUR;
  g_autofree char *moment = g_str_has_prefix (text, "@{date ")
                                ? pc_message_format_date (time)
                                : format_stamp (time);

  g_string_append (out, moment);
}

/* What PcLetter says about "@{". */
static void
append_text (GString    *out,
             const char *text,
             gint64      written)
{
  const char *mark;

  while ((mark = strstr (text, "@{")) != NULL) {
    g_string_append_len (out, text, mark - text);
    append_moment (out, mark, written);
    text = strchr (mark, '}') + 1;
  }
  g_string_append (out, text);
}

static GBytes *
write_letter (const PcLetter *letter,
              gint64          arrived)
{
  gint64           written = arrived - 4 * G_USEC_PER_SEC;
  g_autofree char *date = pc_message_format_date (written);
  GString         *out = g_string_new (NULL);

  g_string_append_printf (out, "Date: %s\nFrom: %s\nTo: %s\n",
                          date, letter->from, letter->to);
  if (letter->fields != NULL)
    append_text (out, letter->fields, written);
  g_string_append_printf (out, "Subject: %s\nMessage-ID: <%s>\n\n",
                          letter->subject, letter->id);
  append_text (out, letter->body, written);

  return g_string_free_to_bytes (out);
}

/* -- accounts ------------------------------------------------------------- */

/* No limit is in the way of our own letters. */
static void
add_message (PcAccount  *account,
             const char *mailbox,
             GBytes     *content,
             PcFlags     flags,
             gint64      arrived)
{
  PcStoreStatus status = pc_mailbox_append (
      pc_account_find_mailbox (account, mailbox), content, flags, arrived, 0,
      NULL);

  g_assert (status == PC_STORE_OK);
}

static void
add_letter (PcAccount      *account,
            const PcLetter *letter,
            gint64          now)
{
  gint64             arrived = now - letter->age;
  g_autoptr (GBytes) content = write_letter (letter, arrived);

  add_message (account, letter->mailbox, content, letter->flags, arrived);
}

static void
collect (GPtrArray      *letters,
         const PcLetter *table,
         guint           n,
         const char     *user)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (table[i].user, user) == 0)
      g_ptr_array_add (letters, (gpointer) &table[i]);
}

/* The oldest first; no two letters of an account are equally old. */
static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  const PcLetter *x = *(const PcLetter *const *) a;
  const PcLetter *y = *(const PcLetter *const *) b;

  return (x->age < y->age) - (x->age > y->age);
}

static void
add_recording (PcAccount *account,
               gint64     now)
{
  g_autoptr (GBytes) content = pc_world_get_recording ();
  gint64 arrived = MIN (PC_WORLD_RECORDING_TIME + 4 * G_USEC_PER_SEC,
                        now - 120 * PC_WORLD_DAY);

  add_message (account, "Archive", content, PC_FLAG_SEEN, arrived);
}

static void
add_account (PcMailStore *store,
             const char  *user,
             gboolean     full,
             gint64       now)
{
  /* A time in seconds, as most servers do: a world made anew counts its UIDs
   * from 1 again, and so its validity has to grow (RFC 9051 2.3.1.1). */
  gint64     seconds = CLAMP (now / G_USEC_PER_SEC, 1, G_MAXUINT32);
  PcAccount *account = pc_mail_store_add_account (store, user, PASSWORD,
                                                  (guint32) seconds);
  g_autoptr (GPtrArray) letters = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    if ((full || !boxes[i].full) &&
        (boxes[i].user == NULL || strcmp (boxes[i].user, user) == 0))
      pc_account_add_mailbox (account, boxes[i].name, boxes[i].special_use);

  collect (letters, pc_world_lesson_letters, pc_world_n_lesson_letters, user);
  if (full) {
    collect (letters, pc_world_inbox_letters, pc_world_n_inbox_letters, user);
    collect (letters, pc_world_folder_letters, pc_world_n_folder_letters,
             user);
    g_ptr_array_sort (letters, compare_age);
  }
  if (full && strcmp (user, "alex") == 0)
    add_recording (account, now);
  for (guint i = 0; i < letters->len; i++)
    add_letter (account, letters->pdata[i], now);
}

static PcMailStore *
new_store (gboolean full,
           gint64   now)
{
  PcMailStore *store = pc_mail_store_new (DOMAIN);

  add_account (store, "alex", full, now);
  add_account (store, "robin", full, now);

  return store;
}

PcMailStore *
pc_world_new_default (gint64 now)
{
  return new_store (FALSE, now);
}

PcMailStore *
pc_world_new_full (gint64 now)
{
  return new_store (TRUE, now);
}
