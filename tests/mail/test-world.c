/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The built-in worlds are what scenarios and readers rely on. */

#include "mail/account.h"
#include "mail/message.h"
#include "mail/world.h"

#include <string.h>

#define RECORDING_SUM \
  "1d025e7aa3aed21580b4d7d8436681a8af28daa4cb03471ae1592277e01489c9"
#define LESSON_SUM \
  "f2c9fadfd378bb04efddffdf3dc401a41994be16da2aa91529464c34caf01aea"
#define FULL_SUM \
  "40415466e882aeafafdb0a99a42d40742d998dcade9035f01f31c04f1755efdf"

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

static PcMailbox *
get_inbox (PcMailStore *store,
           const char  *user)
{
  PcAccount *account = pc_mail_store_login (store, user, "portcall");

  g_assert_nonnull (account);
  return pc_account_find_mailbox (account, "INBOX");
}

static void
check_message (const PcMessage *message)
{
  static const char *const fields[] = { "Date", "From", "To", "Subject",
                                        "Message-ID" };
  gsize       len;
  const char *data = g_bytes_get_data (message->content, &len);
  gsize       header = pc_message_header_length (data, len);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *value = pc_message_get_field (data, len, fields[i]);

    g_assert_nonnull (value);
    g_assert_cmpuint (strlen (value), >, 0);
  }
  g_assert_cmpuint (header, <, len);
  g_assert_cmpmem (data + len - 2, 2, "\r\n", 2);
  g_assert_cmpint (message->internal_date, <, NOW);

  /* The header is ASCII; lines are at most 78 characters (RFC 5322 2.1.1). */
  for (gsize i = 0, start = 0; i < len; i++) {
    g_assert_true (i >= header || (guchar) data[i] < 0x80);
    if (data[i] == '\n') {
      g_assert_cmpuint (i - start, <=, 79);
      start = i + 1;
    }
  }
}

typedef PcMailStore *(*MakeWorld) (gint64 now);
typedef void (*CheckMessage) (PcMailbox       *mailbox,
                              const PcMessage *message);

static void
for_each_message (PcMailStore *store,
                  CheckMessage check)
{
  static const char *const users[] = { "alex", "robin" };

  for (gsize u = 0; u < G_N_ELEMENTS (users); u++) {
    PcAccount *account = pc_mail_store_login (store, users[u], "portcall");

    for (guint m = 0; m < pc_account_get_n_mailboxes (account); m++) {
      PcMailbox *mailbox = pc_account_get_mailbox (account, m);

      for (guint i = 0; i < pc_mailbox_get_n_messages (mailbox); i++)
        check (mailbox, pc_mailbox_get_message (mailbox, i));
    }
  }
}

static void
check_letter (PcMailbox       *mailbox,
              const PcMessage *message)
{
  guint index = pc_mailbox_count_below (mailbox, message->uid);

  g_test_message ("%s %u", pc_mailbox_get_name (mailbox), message->uid);
  check_message (message);
  if (index > 0)
    g_assert_cmpint (
        message->internal_date, >,
        pc_mailbox_get_message (mailbox, index - 1)->internal_date);
}

static void
test_letters (void)
{
  g_autoptr (PcMailStore) lesson = pc_world_new_default (NOW);
  g_autoptr (PcMailStore) full = pc_world_new_full (NOW);
  PcAccount *alex = pc_mail_store_login (lesson, "alex", "portcall");

  g_assert_cmpuint (pc_account_get_n_mailboxes (alex), ==, 4);
  for_each_message (lesson, check_letter);
  for_each_message (full, check_letter);
}

/* -- the full world -------------------------------------------------------- */

static const PcMessage *
find_message (PcMailStore *store,
              const char  *user,
              const char  *box,
              const char  *id)
{
  PcAccount *account = pc_mail_store_find_user (store, user);
  PcMailbox *mailbox = pc_account_find_mailbox (account, box);

  g_assert_nonnull (mailbox);
  for (guint i = 0; i < pc_mailbox_get_n_messages (mailbox); i++) {
    const PcMessage *message = pc_mailbox_get_message (mailbox, i);
    gsize            len;
    const char      *data = g_bytes_get_data (message->content, &len);
    g_autofree char *found = pc_message_get_field (data, len, "Message-ID");

    if (strcmp (found, id) == 0)
      return message;
  }

  g_assert_not_reached ();
}

static void
append_structure (GString      *out,
                  const PcPart *part)
{
  g_string_append_printf (out, "%s/%s",
                          part->type != NULL ? part->type : "text",
                          part->subtype != NULL ? part->subtype : "plain");
  if (part->children == NULL || part->children->len == 0)
    return;

  for (guint i = 0; i < part->children->len; i++) {
    g_string_append (out, i == 0 ? "(" : " ");
    append_structure (out, part->children->pdata[i]);
  }
  g_string_append_c (out, ')');
}

/* Our parser finds in each message what is meant to be in it. */
static void
test_structures (void)
{
  static const struct
  {
    const char *box;
    const char *id;
    const char *structure;
    const char *subject;
    const char *text; /* somewhere in the decoded body */
  } table[] = {
    { "INBOX", "<tides-12@library.test>",
      "multipart/alternative(text/plain text/html)",
      "Tides and Times: voices under the sea",
      "How the first cable was laid" },
    { "INBOX", "<panel-1@school.test>",
      "multipart/mixed(text/plain image/png text/plain application/pdf)",
      "The patch panel in 2.14", "wall telephone" },
    { "INBOX", "<fest-1@verein.test>", "text/plain",
      "Stra\303\237enfest: wer hilft mit?", "Verl\303\244ngerungskabel" },
    { "INBOX", "<trains-40@trains.test>", "text/plain",
      "\320\240\320\260\321\201\320\277\320\270\321\201\320\260\320\275\320\270"
      "\320\265 \320\277\320\276\320\265\320\267\320\264\320\276\320\262",
      "\320\237\320\276\320\265\320\267\320\264" },
    { "INBOX", "<meeting-6@station.test>", "text/plain",
      "\344\274\232\350\255\260\343\201\257\346\234\250\346\233\234\346\227\245"
      "\343\201\253\345\244\211\343\202\217\343\202\212\343\201\276\343\201\227"
      "\343\201\237",
      "\345\215\201\346\231\202" },
    { "INBOX", "<times-2@school.test>", "multipart/mixed(text/plain text/csv)",
      "Round-trip times", "caf\303\251.test;21044" },
    { "INBOX", "<stamps-10@cafe.test>",
      "multipart/alternative(text/plain multipart/related(text/html "
      "image/png))",
      "Ten stamps \342\230\225 and a thank you",
      "caf\303\251 cr\303\250me" },
    { "INBOX", "<fwd-1@example.test>",
      "multipart/mixed(text/plain message/rfc822(multipart/alternative("
      "text/plain text/html)))",
      "Fwd: Your parcel waits for you \360\237\223\246", "Quay Street" },
    { "INBOX", "<review-8@school.test>",
      "multipart/alternative(text/plain text/calendar)",
      "Invitation: review of the network week", "BEGIN:VEVENT" },
    { "INBOX", "<gateway-4@school.test>", "text/plain",
      "Re: What the gateway remembers", "Ours writes them to a file." },
    { "INBOX", "<bounce-15@mail.example.test>",
      "multipart/report(text/plain message/delivery-status "
      "text/rfc822-headers)",
      "Your letter was not delivered", "could not deliver" },
    { "INBOX", "<printer-10@school.test>", "text/plain",
      "Re: [network-class] Who turned the printer off?", "timer" },
    { "Archive", "<morse-1@school.test>",
      "multipart/mixed(text/plain text/plain audio/x-wav)",
      "Eight minutes of Morse", "WHAT STANDS ON PORT 143" },
    { "Junk", "<prize-0001@prize.invalid>", "text/plain",
      "\360\237\216\211 You have won \342\202\254 1,000,000",
      "\342\202\254 1,000,000" },
    { "Drafts", "<platform-2@example.test>", "text/plain", "Which platform?",
      "\n..and bring" },
    { "Entw\303\274rfe 2026/Gedichte \342\234\217", "<haiku-1@example.test>",
      "text/plain", "Haiku", "\342\200\234Connection refused\342\200\235" },
  };
  g_autoptr (PcMailStore) store = pc_world_new_full (NOW);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    const PcMessage *message = find_message (store, "alex", table[i].box,
                                             table[i].id);
    gsize            len;
    const char      *data = g_bytes_get_data (message->content, &len);
    g_autoptr (PcPart) part = pc_part_new (message->content);
    g_autoptr (GString) structure = g_string_new (NULL);
    g_autofree char *subject = pc_message_get_field_text (data, len,
                                                          "Subject");
    g_autofree char *body = pc_message_get_body_text (message->content);

    g_test_message ("%s", table[i].id);
    append_structure (structure, part);
    g_assert_cmpstr (structure->str, ==, table[i].structure);
    g_assert_cmpstr (subject, ==, table[i].subject);
    g_assert_nonnull (strstr (body, table[i].text));
  }
}

/* Each answer names a letter that is there, or that its writer has. */
static PcMailStore *all;
static guint        n_answers;

static gboolean
has_id (const char *id)
{
  static const char *const users[] = { "alex", "robin" };

  for (gsize u = 0; u < G_N_ELEMENTS (users); u++) {
    PcAccount *account = pc_mail_store_find_user (all, users[u]);

    for (guint m = 0; m < pc_account_get_n_mailboxes (account); m++) {
      PcMailbox *mailbox = pc_account_get_mailbox (account, m);

      for (guint i = 0; i < pc_mailbox_get_n_messages (mailbox); i++) {
        GBytes *content = pc_mailbox_get_message (mailbox, i)->content;
        g_autofree char *own = pc_message_get_field (
            g_bytes_get_data (content, NULL), g_bytes_get_size (content),
            "Message-ID");

        if (strcmp (own, id) == 0)
          return TRUE;
      }
    }
  }

  return FALSE;
}

static void
check_thread (PcMailbox       *mailbox,
              const PcMessage *message)
{
  gsize            len;
  const char      *data = g_bytes_get_data (message->content, &len);
  g_autofree char *to = pc_message_get_field (data, len, "In-Reply-To");
  g_autofree char *all_ids = pc_message_get_field (data, len, "References");

  if (to == NULL)
    return;

  g_test_message ("%s", to);
  g_assert_nonnull (all_ids);
  g_assert_true (g_str_has_suffix (all_ids, to));
  n_answers += has_id (to) ? 1 : 0;
}

static void
test_threads (void)
{
  all = pc_world_new_full (NOW);
  n_answers = 0;
  for_each_message (all, check_thread);
  g_assert_cmpuint (n_answers, >=, 9);
  g_clear_pointer (&all, pc_mail_store_unref);
}

static void
test_mailboxes (void)
{
  static const char *const names[] = {
    "INBOX", "Sent", "Drafts", "Trash", "Junk", "Archive", "Projekte",
    "Projekte/Netz", "Entw\303\274rfe 2026",
    "Entw\303\274rfe 2026/Gedichte \342\234\217",
  };
  g_autoptr (PcMailStore) store = pc_world_new_full (NOW);
  PcAccount *account = pc_mail_store_find_user (store, "alex");
  PcFlags    flags = 0;

  g_assert_cmpuint (pc_account_get_n_mailboxes (account), ==,
                    G_N_ELEMENTS (names));
  for (guint m = 0; m < G_N_ELEMENTS (names); m++) {
    PcMailbox *mailbox = pc_account_get_mailbox (account, m);

    g_assert_cmpstr (pc_mailbox_get_name (mailbox), ==, names[m]);
    g_assert_true (pc_account_is_usable_name (names[m]));
    g_assert_cmpuint (pc_mailbox_get_n_messages (mailbox), >, 0);
    for (guint i = 0; i < pc_mailbox_get_n_messages (mailbox); i++)
      flags |= pc_mailbox_get_message (mailbox, i)->flags;
  }
  g_assert_cmpint (flags, ==,
                   PC_FLAG_SEEN | PC_FLAG_ANSWERED | PC_FLAG_FLAGGED |
                       PC_FLAG_DELETED | PC_FLAG_DRAFT);
  g_assert_cmpuint (pc_mailbox_get_n_messages (
                        pc_account_find_mailbox (account, "INBOX")),
                    ==, 18);
}

/* Five megabytes, once for all stores. */
static void
test_recording (void)
{
  static const gint64 times[] = { NOW, 2 * NOW, 0 };
  g_autoptr (PcMailStore) first = pc_world_new_full (NOW);
  GBytes *content = find_message (first, "alex", "Archive",
                                  "<morse-1@school.test>")
                        ->content;
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256,
                                                       content);

  g_assert_cmpuint (g_bytes_get_size (content), ==, 5255749);
  g_assert_cmpstr (sum, ==, RECORDING_SUM);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (PcMailStore) store = pc_world_new_full (times[i]);

    g_assert_true (find_message (store, "alex", "Archive",
                                 "<morse-1@school.test>")
                       ->content == content);
  }
}

static void
test_promises (void)
{
  g_autoptr (PcMailStore) store = pc_world_new_default (NOW);
  PcMailbox       *inbox = get_inbox (store, "alex");
  g_autofree char *subject = NULL;
  PcMessage       *message;
  gsize            len;
  const char      *data;

  g_assert_cmpstr (pc_mail_store_get_domain (store), ==, "example.test");
  g_assert_cmpuint (pc_mailbox_get_uid_validity (inbox), ==, 1700000000);
  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 5);
  g_assert_cmpuint (
      pc_mailbox_get_n_messages (get_inbox (store, "robin")), ==, 2);

  message = pc_mailbox_find_uid (inbox, 1);
  g_assert_cmpuint (g_bytes_get_size (message->content), >, 1900);

  message = pc_mailbox_find_uid (inbox, 3);
  data = g_bytes_get_data (message->content, &len);
  subject = pc_message_get_field_text (data, len, "Subject");
  g_assert_cmpstr (subject, ==,
                   "Your table at the Caf\303\251 Z\303\274rich is booked");
  g_assert_cmpuint (message->flags, ==, 0);

  message = pc_mailbox_find_uid (inbox, 4);
  data = g_bytes_get_data (message->content, &len);
  g_assert_nonnull (g_strstr_len (data, (gssize) len, "\r\n.bashrc\r\n"));
  g_assert_nonnull (g_strstr_len (data, (gssize) len, "\r\n.\r\n"));

  message = pc_mailbox_find_uid (inbox, 5);
  g_assert_cmpuint (message->flags, ==, PC_FLAG_FLAGGED);
}

static GChecksum *sum_of_all;

static void
add_to_sum (PcMailbox       *mailbox,
            const PcMessage *message)
{
  g_autofree char *about = g_strdup_printf (
      "%s %u %u %" G_GINT64_FORMAT "\n", pc_mailbox_get_name (mailbox),
      message->uid, message->flags, message->internal_date);
  gsize         len;
  const guint8 *data = g_bytes_get_data (message->content, &len);

  g_checksum_update (sum_of_all, (const guint8 *) about, -1);
  g_checksum_update (sum_of_all, data, (gssize) len);
}

static char *
sum_up (MakeWorld make)
{
  g_autoptr (PcMailStore) store = make (NOW);
  char *sum;

  sum_of_all = g_checksum_new (G_CHECKSUM_SHA256);
  for_each_message (store, add_to_sum);
  sum = g_strdup (g_checksum_get_string (sum_of_all));
  g_clear_pointer (&sum_of_all, g_checksum_free);
  return sum;
}

/* The same on every machine and in every run, octet for octet.  The first sum
 * changes only with the lessons that count on these letters. */
static void
test_same_now_same_world (void)
{
  g_autofree char *lesson = sum_up (pc_world_new_default);
  g_autofree char *full = sum_up (pc_world_new_full);

  g_assert_cmpstr (lesson, ==, LESSON_SUM);
  g_assert_cmpstr (full, ==, FULL_SUM);
}

static void
test_any_now (void)
{
  static const gint64 times[] = { G_MININT64 / 2, -1, 0, 1, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (PcMailStore) store = pc_world_new_default (times[i]);
    g_autoptr (PcMailStore) full = pc_world_new_full (times[i]);

    g_assert_cmpuint (pc_mailbox_get_uid_validity (get_inbox (store, "alex")),
                      >=, 1);
    g_assert_cmpuint (pc_mailbox_get_uid_validity (get_inbox (full, "alex")),
                      >=, 1);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/world/letters", test_letters);
  g_test_add_func ("/mail/world/structures", test_structures);
  g_test_add_func ("/mail/world/threads", test_threads);
  g_test_add_func ("/mail/world/mailboxes", test_mailboxes);
  g_test_add_func ("/mail/world/recording", test_recording);
  g_test_add_func ("/mail/world/promises", test_promises);
  g_test_add_func ("/mail/world/same-now-same-world", test_same_now_same_world);
  g_test_add_func ("/mail/world/any-now", test_any_now);

  return g_test_run ();
}
