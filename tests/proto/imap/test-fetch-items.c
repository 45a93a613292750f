/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What FETCH asks for, how the reply calls it, and what it gets. */

#include "proto/imap/fetch-items.h"

#include <string.h>

#define MESSAGE                                                         \
  "From: a\r\nSubject: b\r\n  folded\r\nX-Y : z\r\nFrom: c\r\n\r\nBody\r\n" \
  ".\r\n"

static const struct {
  const char *text;
  gboolean    ok;
  const char *names; /* of sections, and how many items, when DONE */
} cases[] = {
  { "FLAGS", TRUE, "1" },
  { "(UID flags)", TRUE, "2" },
  { "ALL", TRUE, "4" },
  { "fast", TRUE, "3" },
  { "FULL", TRUE, "5" },
  { "BODY", TRUE, "1" },
  { "(BODYSTRUCTURE UID)", TRUE, "2" },
  { "BODY[1]", TRUE, "BODY[1] 1" },
  { "BODY.PEEK[1.2.mime]", TRUE, "BODY[1.2.MIME] 1" },
  { "BODY[3.HEADER.FIELDS (A)]<2.3>", TRUE,
    "BODY[3.HEADER.FIELDS (A)]<2> 1" },
  { "BODY[3.Text]", TRUE, "BODY[3.TEXT] 1" },
  { "BODY[MIME]", FALSE, NULL },
  { "BODY[0]", FALSE, NULL },
  { "BODY[1.0]", FALSE, NULL },
  { "BODY[1.]", FALSE, NULL },
  { "BODY[1..2]", FALSE, NULL },
  { "BODY[1HEADER]", FALSE, NULL },
  { "BODY[1.2.]", FALSE, NULL },
  { "BODY[4294967296]", FALSE, NULL },
  { "BODY[HEADER.1]", FALSE, NULL },
  { "BODY[1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1"
    ".1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1]",
    FALSE, NULL },
  { "BODY[]", TRUE, "BODY[] 1" },
  { "BODY.PEEK[text]<5.10>", TRUE, "BODY[TEXT]<5> 1" },
  { "(BODY[HEADER] RFC822.SIZE)", TRUE, "BODY[HEADER] 2" },
  { "BODY[HEADER.FIELDS (From \"To\")]", TRUE,
    "BODY[HEADER.FIELDS (From To)] 1" },
  { "BODY[HEADER.FIELDS.NOT ({4}\r\nFrom)]<0.9>", TRUE,
    "BODY[HEADER.FIELDS.NOT (From)]<0> 1" },
  { "RFC822", TRUE, "RFC822 1" },
  { "RFC822.HEADER", TRUE, "RFC822.HEADER 1" },
  { "", FALSE, NULL },
  { "()", FALSE, NULL },
  { "(FLAGS", FALSE, NULL },
  { "(FLAGS ALL)", FALSE, NULL },
  { "NONSENSE", FALSE, NULL },
  { "BODY[NONSENSE]", FALSE, NULL },
  { "BODY[", FALSE, NULL },
  { "BODY[HEADER.FIELDS]", FALSE, NULL },
  { "BODY[HEADER.FIELDS ()]", FALSE, NULL },
  { "BODY[HEADER.FIELDS (A]", FALSE, NULL },
  { "BODY[]<5>", FALSE, NULL },
  { "BODY[]<5.0>", FALSE, NULL },
  { "BODY[]<99999999999.1>", FALSE, NULL },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PcImapCursor        at = { (const guint8 *) cases[i].text,
                               strlen (cases[i].text), 0 };
    g_autoptr (GArray)  items = NULL;
    g_autoptr (GString) names = g_string_new (NULL);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (pc_imap_read_items (&at, &items), ==, cases[i].ok);
    if (items == NULL)
      continue;
    for (guint k = 0; k < items->len; k++) {
      const PcImapItem *item = &g_array_index (items, PcImapItem, k);

      if (item->kind == PC_IMAP_ITEM_SECTION)
        g_string_append_printf (names, "%s ", item->name);
    }
    g_string_append_printf (names, "%u", items->len);
    g_assert_cmpstr (names->str, ==, cases[i].names);
    g_assert_true (pc_imap_at_end (&at));
  }
}

static const struct {
  const char *item;
  const char *part;
} parts[] = {
  { "BODY[]", MESSAGE },
  { "RFC822", MESSAGE },
  { "BODY[HEADER]",
    "From: a\r\nSubject: b\r\n  folded\r\nX-Y : z\r\nFrom: c\r\n\r\n" },
  { "BODY[TEXT]", "Body\r\n.\r\n" },
  { "RFC822.TEXT", "Body\r\n.\r\n" },
  { "BODY[TEXT]<2.3>", "dy\r" },
  { "BODY[TEXT]<7.99>", "\r\n" },
  { "BODY[TEXT]<99.1>", "" },
  { "BODY[HEADER.FIELDS (FROM)]", "From: a\r\nFrom: c\r\n\r\n" },
  { "BODY[HEADER.FIELDS (Subject)]", "Subject: b\r\n  folded\r\n\r\n" },
  { "BODY[HEADER.FIELDS (x-y none)]", "X-Y : z\r\n\r\n" },
  { "BODY[HEADER.FIELDS (none)]", "\r\n" },
  { "BODY[HEADER.FIELDS.NOT (from X-Y)]", "Subject: b\r\n  folded\r\n\r\n" },
  { "BODY[HEADER.FIELDS (FROM)]<6.5>", "a\r\nFr" },
};

static void
test_extract (void)
{
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    PcImapCursor       at = { (const guint8 *) parts[i].item,
                              strlen (parts[i].item), 0 };
    g_autoptr (GArray) items = NULL;
    g_autoptr (GBytes) part = NULL;
    gsize              len;
    const char        *data;

    g_test_message ("%s", parts[i].item);
    g_assert_true (pc_imap_read_items (&at, &items));
    part = pc_imap_item_extract (&g_array_index (items, PcImapItem, 0),
                                 message, NULL);
    data = g_bytes_get_data (part, &len);
    g_assert_cmpmem (data, len, parts[i].part, strlen (parts[i].part));
  }
}

#define INNER                                                        \
  "Subject: in\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n" \
  "--i\r\n\r\none\r\n--i\r\nX: y\r\n\r\ntwo\r\n--i--\r\n"
#define MULTIPART                                                        \
  "Subject: out\r\nContent-Type: multipart/mixed; boundary=\"o\"\r\n\r\n" \
  "pre\r\n--o\r\nContent-Type: text/plain\r\n\r\nfirst\r\n\r\n--o\r\n"   \
  "Content-Type: message/rfc822\r\n\r\n" INNER "\r\n--o--\r\nend\r\n"

/* NULL for NIL. */
static const struct {
  const char *item;
  const char *part;
} numbered[] = {
  { "BODY[1]", "first\r\n" },
  { "BODY[1.MIME]", "Content-Type: text/plain\r\n\r\n" },
  { "BODY[1.1]", NULL },
  { "BODY[1.HEADER]", NULL },
  { "BODY[1]<2.2>", "rs" },
  { "BODY[2]", INNER },
  { "BODY[2.MIME]", "Content-Type: message/rfc822\r\n\r\n" },
  { "BODY[2.HEADER.FIELDS (SUBJECT)]", "Subject: in\r\n\r\n" },
  { "BODY[2.TEXT]", "--i\r\n\r\none\r\n--i\r\nX: y\r\n\r\ntwo\r\n--i--\r\n" },
  { "BODY[2.1]", "one" },
  { "BODY[2.2]", "two" },
  { "BODY[2.2.MIME]", "X: y\r\n\r\n" },
  { "BODY[2.3]", NULL },
  { "BODY[2.1.1]", NULL },
  { "BODY[3]", NULL },
  { "BODY[3]<0.4>", NULL },
};

static void
test_parts (void)
{
  g_autoptr (GBytes) message = g_bytes_new_static (MULTIPART,
                                                   strlen (MULTIPART));
  g_autoptr (PcPart) structure = pc_part_new (message);

  for (guint i = 0; i < G_N_ELEMENTS (numbered); i++) {
    PcImapCursor       at = { (const guint8 *) numbered[i].item,
                              strlen (numbered[i].item), 0 };
    g_autoptr (GArray) items = NULL;
    g_autoptr (GBytes) part = NULL;
    gsize              len;
    const char        *data;

    g_test_message ("%s", numbered[i].item);
    g_assert_true (pc_imap_read_items (&at, &items));
    part = pc_imap_item_extract (&g_array_index (items, PcImapItem, 0),
                                 message, structure);
    g_assert_cmpint (part != NULL, ==, numbered[i].part != NULL);
    if (part == NULL)
      continue;
    data = g_bytes_get_data (part, &len);
    g_assert_cmpmem (data, len, numbered[i].part, strlen (numbered[i].part));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/fetch-items/read", test_read);
  g_test_add_func ("/imap/fetch-items/extract", test_extract);
  g_test_add_func ("/imap/fetch-items/parts", test_parts);
  return g_test_run ();
}
