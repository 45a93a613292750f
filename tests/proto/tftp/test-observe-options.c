/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer on options: what a request asks, what an OACK makes of it, and
 * what comes of that. */

#include "watch.h"

#include <string.h>

/* Only the fields' values, of the packet alone in its conversation. */
static void
test_values (void)
{
  static const struct
  {
    const char *request; /* sent before; or NULL */
    const char *what;
    const char *option;
    const char *value;
  } rows[] = {
    { NULL, "RRQ a octet blksize=1428", "blksize", "1428 bytes per block" },
    { NULL, "RRQ a octet BlkSize=8", "BlkSize", "8 bytes per block" },
    { NULL, "RRQ a octet blksize=7", "blksize",
      "7: not allowed, only 8 to 65464" },
    { NULL, "RRQ a octet blksize=65465", "blksize",
      "65465: not allowed, only 8 to 65464" },
    { NULL, "RRQ a octet blksize=-1", "blksize",
      "-1: not allowed, only 8 to 65464" },
    { NULL, "RRQ a octet blksize=disable", "blksize",
      "disable: not allowed, only 8 to 65464" },
    { NULL, "RRQ a octet timeout=3", "timeout", "resend after 3 s" },
    { NULL, "RRQ a octet timeout=0", "timeout",
      "0: not allowed, only 1 to 255" },
    { NULL, "RRQ a octet timeout=256", "timeout",
      "256: not allowed, only 1 to 255" },
    { NULL, "RRQ a octet tsize=0", "tsize",
      "0: the server shall tell the size" },
    { NULL, "RRQ a octet tsize=5", "tsize",
      "5: a read request should ask with 0" },
    { NULL, "WRQ a octet tsize=524288", "tsize",
      "the whole file has 524288 bytes" },
    { NULL, "WRQ a octet tsize=1", "tsize", "the whole file has 1 byte" },
    { NULL, "WRQ a octet tsize=x", "tsize", "x: not allowed, only a number" },
    { NULL, "RRQ a octet windowsize=8", "windowsize",
      "8 blocks before an acknowledgement" },
    { NULL, "RRQ a octet windowsize=1", "windowsize",
      "1 block before an acknowledgement" },
    { NULL, "RRQ a octet windowsize=65536", "windowsize",
      "65536: not allowed, only 1 to 65535" },
    { NULL, "RRQ a octet multicast=", "multicast", NULL },
    { NULL, "RRQ a octet rollover=0", "rollover", "0" },
    { "RRQ a octet blksize=1428", "OACK blksize=1428", "blksize",
      "1428 bytes per block" },
    { "RRQ a octet blksize=1428", "OACK BLKSIZE=1024", "BLKSIZE",
      "1024 bytes per block (lowered from 1428)" },
    { "RRQ a octet blksize=99999", "OACK blksize=65464", "blksize",
      "65464 bytes per block (lowered from 99999)" },
    { "RRQ a octet blksize=8", "OACK blksize=512", "blksize",
      "512 bytes per block (not allowed in answer to 8)" },
    { "RRQ a octet timeout=3", "OACK timeout=2", "timeout",
      "resend after 2 s (not allowed in answer to 3)" },
    { "RRQ a octet tsize=0", "OACK tsize=524288", "tsize",
      "the whole file has 524288 bytes" },
    { "WRQ a octet tsize=7", "OACK tsize=8", "tsize",
      "the whole file has 8 bytes (not allowed in answer to 7)" },
    { "WRQ a octet tsize=7", "OACK tsize=7", "tsize",
      "the whole file has 7 bytes" },
    { "RRQ a octet windowsize=16", "OACK windowsize=4", "windowsize",
      "4 blocks before an acknowledgement (lowered from 16)" },
    { "RRQ a octet windowsize=16", "OACK blksize=512", "blksize",
      "512 bytes per block (nobody asked for it)" },
    { "RRQ a octet blksize=16", "OACK blksize=x", "blksize",
      "x: not allowed, only 8 to 65464" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
    g_autoptr (PcUnit) unit = NULL;
    gboolean oack = g_str_has_prefix (rows[i].what, "OACK");
    guint    at = oack ? 1 : 5;

    g_test_message ("%s, %s", rows[i].request, rows[i].what);
    if (oack)
      pc_unit_free (watch_see (observer, "C", rows[i].request));
    unit = watch_see (observer, oack ? "S" : "C", rows[i].what);
    g_assert_cmpstr (pc_unit_get_field (unit, at)->label, ==, "Option");
    g_assert_cmpstr (pc_unit_get_field (unit, at)->value, ==, rows[i].option);
    if (rows[i].value == NULL)
      continue;
    at += 2;
    g_assert_cmpstr (pc_unit_get_field (unit, at)->label, ==, "Option value");
    g_assert_cmpstr (pc_unit_get_field (unit, at)->value, ==, rows[i].value);
  }
}

static void
test_oack (void)
{
  static const struct
  {
    const char *request;
    const char *oack;
    const char *rule;
    PcStatus    status;
    const char *summary;
  } rows[] = {
    { "RRQ a octet blksize=1428 tsize=0", "OACK tsize=3000 blksize=1428",
      "tftp.oack", PC_STATUS_OK, "OACK tsize=3000 blksize=1428" },
    { "RRQ a octet blksize=1428 tsize=0", "OACK blksize=1024 tsize=3000",
      "tftp.oack.lowered", PC_STATUS_OK,
      "OACK blksize=1024 tsize=3000 (blksize lowered from 1428)" },
    { "RRQ a octet blksize=1428 windowsize=8", "OACK blksize=1428",
      "tftp.oack.partial", PC_STATUS_OK,
      "OACK blksize=1428 (windowsize left out)" },
    { "RRQ a octet blksize=1428 windowsize=8", "OACK windowsize=2",
      "tftp.oack.lowered", PC_STATUS_OK,
      "OACK windowsize=2 (windowsize lowered from 8; blksize left out)" },
    { "RRQ a octet blksize=512", "OACK blksize=513", "tftp.oack.wrong",
      PC_STATUS_WARNING, "OACK blksize=513 (blksize should be 512)" },
    { "RRQ a octet blksize=512", "OACK blksize=512 tsize=1",
      "tftp.oack.wrong", PC_STATUS_WARNING,
      "OACK blksize=512 tsize=1 (tsize not asked for)" },
    { "RRQ a octet", "OACK blksize=512", "tftp.oack.wrong", PC_STATUS_WARNING,
      "OACK blksize=512 (blksize not asked for)" },
    { "RRQ a octet blksize=-1", "OACK blksize=-1", "tftp.oack.wrong",
      PC_STATUS_WARNING, "OACK blksize=-1 (blksize not allowed)" },
    { "WRQ a octet rollover=0", "OACK ROLLOVER=0", "tftp.oack", PC_STATUS_OK,
      "OACK ROLLOVER=0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
    g_autoptr (PcUnit) unit = NULL;
    g_autoptr (PcUnit) again = NULL;

    g_test_message ("%s, %s", rows[i].request, rows[i].oack);
    pc_unit_free (watch_see (observer, "C", rows[i].request));
    unit = watch_see (observer, "S", rows[i].oack);
    g_assert_cmpstr (unit->rule, ==, rows[i].rule);
    g_assert_cmpint (unit->status, ==, rows[i].status);
    g_assert_cmpstr (pc_unit_get_summary (unit), ==, rows[i].summary);

    again = watch_see (observer, "S", rows[i].oack);
    g_assert_cmpstr (again->rule, ==, "tftp.oack.again");
    g_assert_cmpstr (pc_unit_get_summary (again), ==, rows[i].summary);
  }
}

/* -- what comes of it ----------------------------------------------------- */

static void
test_read (void)
{
  static const WatchLine lines[] = {
    { "C", "RRQ a octet blksize=1428", "tftp.rrq.options", "READING/WAITING" },
    { "S", "OACK blksize=1024", "tftp.oack.lowered", "READING/SENDING" },
    { "C", "ACK 0", "tftp.ack.options", NULL }, /* is lost */
    { "S", "OACK blksize=1024", "tftp.oack.again", NULL },
    { "C", "ACK 0", "tftp.ack.again.options", NULL },
    { "S", "DATA 1 1024", "tftp.data", NULL },
    { "C", "ACK 1", "tftp.ack", "RECEIVING/SENDING" },
    { "S", "OACK blksize=1024", "tftp.oack.again", NULL }, /* overtaken */
    { "S", "DATA 2 1428", "tftp.data.too-long", NULL },
    { "S", "DATA 2 1024", "tftp.data", NULL },
    { "C", "ACK 2", "tftp.ack", NULL },
    { "S", "DATA 3 0", "tftp.data.empty", NULL },
    { "C", "ACK 3", "tftp.ack.last", "DALLYING/CLOSED" },
  };

  WATCH (lines);
}

/* The OACK or the first block was lost: both go again. */
static void
test_write (void)
{
  static const WatchLine lines[] = {
    { "C", "WRQ a octet blksize=1024 tsize=1030", "tftp.wrq.options",
      "WRITING/WAITING" },
    { "S", "OACK blksize=1024 tsize=1030", "tftp.oack", "WRITING/RECEIVING" },
    { "C", "DATA 1 1024", "tftp.data", "SENDING/RECEIVING" },
    { "S", "OACK blksize=1024 tsize=1030", "tftp.oack.again", NULL },
    { "C", "DATA 1 1024", "tftp.data.again", NULL },
    { "S", "ACK 1", "tftp.ack", NULL },
    { "C", "DATA 2 6", "tftp.data.last", NULL },
    { "S", "ACK 2", "tftp.ack.last", "CLOSED/DALLYING" },
  };

  WATCH (lines);
}

static void
test_without (void)
{
  static const WatchLine read[] = {
    { "C", "RRQ a octet blksize=1428", "tftp.rrq.options", "READING/WAITING" },
    { "S", "DATA 1 512", "tftp.data.without-options", "READING/SENDING" },
    { "C", "ACK 1", "tftp.ack", "RECEIVING/SENDING" },
    { "S", "DATA 2 600", "tftp.data.too-long", NULL },
    { "S", "OACK blksize=1428", "tftp.misplaced", NULL },
  };
  static const WatchLine small[] = {
    { "C", "RRQ a octet blksize=1428", "tftp.rrq.options", "READING/WAITING" },
    { "S", "DATA 1 5", "tftp.data.without-options", "READING/SENDING" },
    { "C", "ACK 1", "tftp.ack.last", "DALLYING/CLOSED" },
  };
  static const WatchLine write[] = {
    { "C", "WRQ a octet blksize=1428", "tftp.wrq.options", "WRITING/WAITING" },
    { "S", "ACK 0", "tftp.ack.without-options", "WRITING/RECEIVING" },
    { "C", "DATA 1 0", "tftp.data.empty.file", "SENDING/RECEIVING" },
    { "S", "ACK 1", "tftp.ack.last", "CLOSED/DALLYING" },
  };

  WATCH (read);
  WATCH (small);
  WATCH (write);
}

static void
test_refused (void)
{
  static const WatchLine server[] = {
    { "C", "RRQ a octet blksize=disable", "tftp.rrq.options",
      "READING/WAITING" },
    { "S", "ERROR 8 no", "tftp.error.option", "CLOSED/CLOSED" },
    { "C", "RRQ a octet", "tftp.rrq", "READING/WAITING" },
    { "X", "DATA 1 512", "tftp.data.first", "READING/SENDING" },
  };
  static const WatchLine client[] = {
    { "C", "WRQ a octet blksize=512", "tftp.wrq.options", "WRITING/WAITING" },
    { "S", "OACK blksize=512 tsize=3", "tftp.oack.wrong",
      "WRITING/RECEIVING" },
    { "C", "ERROR 8 no", "tftp.error.oack", "CLOSED/CLOSED" },
  };
  static const WatchLine large[] = {
    { "C", "RRQ a octet tsize=0", "tftp.rrq.options", "READING/WAITING" },
    { "S", "OACK tsize=99999999", "tftp.oack", "READING/SENDING" },
    { "C", "ERROR 3 full", "tftp.error.full", "CLOSED/CLOSED" },
    { "C", "ERROR 3 full", "tftp.error.late", NULL },
  };

  WATCH (server);
  WATCH (client);
  WATCH (large);
}

static const char *
meaning_of (PcUnit     *unit,
            const char *label)
{
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++)
    if (strcmp (pc_unit_get_field (unit, i)->label, label) == 0)
      return pc_unit_get_field (unit, i)->meaning;

  g_assert_not_reached ();
}

/* The mode and the name are told apart by what they mean. */
static void
test_meanings (void)
{
  static const struct
  {
    const char *request;
    const char *label;
    const char *words;
  } rows[] = {
    { "RRQ a netascii", "Mode", "CR LF" },
    { "RRQ a NetASCII", "Mode", "CR LF" },
    { "RRQ a octet", "Mode", "leaves every byte" },
    { "WRQ a mail", "Mode", "obsolete" },
    { "RRQ a image", "Mode", "no mode of TFTP" },
    { "RRQ ../a octet", "File name", "Two dots" },
    { "RRQ b\\..\\a octet", "File name", "Two dots" },
    { "RRQ a..b octet", "File name", "list no files" },
    { "RRQ a octet x=1", "Option", "beyond" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
    g_autoptr (PcUnit) unit = watch_see (observer, "C", rows[i].request);
    g_autoptr (PcUnit) data = NULL;
    const char *meaning = meaning_of (unit, rows[i].label);

    g_test_message ("%s: %s", rows[i].request, meaning);
    g_assert_nonnull (strstr (meaning, rows[i].words));
    if (!g_str_has_prefix (rows[i].request, "RRQ a"))
      continue;

    data = watch_see (observer, "S", "DATA 1 512");
    g_assert_cmpint (strstr (meaning_of (data, "Data"), "netascii") != NULL,
                     ==, i < 2);
    g_assert_nonnull (strstr (meaning_of (data, "Data"), "full"));
  }
}

/* A request may have 512 octets; the observer reads on all the same. */
static void
test_too_long (void)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
  g_autoptr (PcUnit) unit = NULL;
  g_autofree char *name = g_strnfill (600, 'a');
  g_autofree char *request = g_strdup_printf ("RRQ %s octet", name);

  unit = watch_see (observer, "C", request);
  g_assert_cmpstr (unit->rule, ==, "tftp.request.too-long");
  g_assert_cmpint (unit->status, ==, PC_STATUS_WARNING);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/observe-options/values", test_values);
  g_test_add_func ("/tftp/observe-options/oack", test_oack);
  g_test_add_func ("/tftp/observe-options/read", test_read);
  g_test_add_func ("/tftp/observe-options/write", test_write);
  g_test_add_func ("/tftp/observe-options/without", test_without);
  g_test_add_func ("/tftp/observe-options/refused", test_refused);
  g_test_add_func ("/tftp/observe-options/meanings", test_meanings);
  g_test_add_func ("/tftp/observe-options/too-long", test_too_long);
  return g_test_run ();
}
