/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What FETCH asks for, how the reply calls it, and what it gets. */

#include "proto/imap/fetch-items.h"

#include <string.h>

#define MESSAGE                                                         \
  "From: a\r\nSubject: b\r\n  folded\r\nX-Y : z\r\nFrom: c\r\n\r\nBody\r\n" \
  ".\r\n"

static const struct {
  const char       *text;
  PcImapItemsResult result;
  const char       *names; /* of sections, and how many items, when DONE */
} cases[] = {
  { "FLAGS", PC_IMAP_ITEMS_DONE, "1" },
  { "(UID flags)", PC_IMAP_ITEMS_DONE, "2" },
  { "ALL", PC_IMAP_ITEMS_DONE, "4" },
  { "fast", PC_IMAP_ITEMS_DONE, "3" },
  { "FULL", PC_IMAP_ITEMS_UNKNOWN, NULL },
  { "BODY", PC_IMAP_ITEMS_UNKNOWN, NULL },
  { "BODYSTRUCTURE", PC_IMAP_ITEMS_UNKNOWN, NULL },
  { "BODY[1]", PC_IMAP_ITEMS_UNKNOWN, NULL },
  { "BODY.PEEK[1.2.MIME]", PC_IMAP_ITEMS_UNKNOWN, NULL },
  { "BODY[]", PC_IMAP_ITEMS_DONE, "BODY[] 1" },
  { "BODY.PEEK[text]<5.10>", PC_IMAP_ITEMS_DONE, "BODY[TEXT]<5> 1" },
  { "(BODY[HEADER] RFC822.SIZE)", PC_IMAP_ITEMS_DONE, "BODY[HEADER] 2" },
  { "BODY[HEADER.FIELDS (From \"To\")]", PC_IMAP_ITEMS_DONE,
    "BODY[HEADER.FIELDS (From To)] 1" },
  { "BODY[HEADER.FIELDS.NOT ({4}\r\nFrom)]<0.9>", PC_IMAP_ITEMS_DONE,
    "BODY[HEADER.FIELDS.NOT (From)]<0> 1" },
  { "RFC822", PC_IMAP_ITEMS_DONE, "RFC822 1" },
  { "RFC822.HEADER", PC_IMAP_ITEMS_DONE, "RFC822.HEADER 1" },
  { "", PC_IMAP_ITEMS_BAD, NULL },
  { "()", PC_IMAP_ITEMS_BAD, NULL },
  { "(FLAGS", PC_IMAP_ITEMS_BAD, NULL },
  { "(FLAGS ALL)", PC_IMAP_ITEMS_BAD, NULL },
  { "NONSENSE", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[NONSENSE]", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[HEADER.FIELDS]", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[HEADER.FIELDS ()]", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[HEADER.FIELDS (A]", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[]<5>", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[]<5.0>", PC_IMAP_ITEMS_BAD, NULL },
  { "BODY[]<99999999999.1>", PC_IMAP_ITEMS_BAD, NULL },
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
    g_assert_cmpint (pc_imap_read_items (&at, &items), ==, cases[i].result);
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
    g_assert_cmpint (pc_imap_read_items (&at, &items), ==,
                     PC_IMAP_ITEMS_DONE);
    part = pc_imap_item_extract (&g_array_index (items, PcImapItem, 0),
                                 message);
    data = g_bytes_get_data (part, &len);
    g_assert_cmpmem (data, len, parts[i].part, strlen (parts[i].part));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/fetch-items/read", test_read);
  g_test_add_func ("/imap/fetch-items/extract", test_extract);
  return g_test_run ();
}
