/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the octets of ENABLE, CONDSTORE, QUOTA and UTF-8 are called, and which
 * rule explains them. */

#include "pump.h"

#include "proto/imap/protocol.h"

#include <string.h>

static const struct {
  const char *said; /* by the client, before; NULL for nothing */
  PcSide      side;
  const char *line;
  const char *rule;
  const char *fields;
} labels[] = {
  { NULL, PC_SIDE_CLIENT,
    "a ENABLE IMAP4rev2 X-FOO\r\n",
    "imap.enable",
    "Tag=a,Command=ENABLE,Extension=IMAP4rev2,Extension=X-FOO," },
  { NULL, PC_SIDE_SERVER,
    "* ENABLED CONDSTORE\r\n",
    "imap.enable.data",
    "Untagged mark=*,Response=ENABLED,Extension=CONDSTORE," },
  { "a ENABLE CONDSTORE\r\n", PC_SIDE_SERVER,
    "a OK on\r\n",
    "imap.enable.ok",
    "Tag=a,Result=OK,Text=on," },
  { NULL, PC_SIDE_CLIENT,
    "a SELECT INBOX (CONDSTORE)\r\n",
    "imap.select",
    "Tag=a,Command=SELECT,Mailbox=INBOX,List begins=(,Modifier=CONDSTORE,"
    "List ends=)," },
  { NULL, PC_SIDE_SERVER,
    "* OK [CLOSED] x\r\n",
    "imap.closed",
    "Untagged mark=*,Result=OK,Response code=[CLOSED],Text=x," },
  { NULL, PC_SIDE_SERVER,
    "* OK [HIGHESTMODSEQ 7] x\r\n",
    "imap.highestmodseq",
    "Untagged mark=*,Result=OK,Response code=[HIGHESTMODSEQ 7],Text=x," },
  { NULL, PC_SIDE_SERVER,
    "* OK [NOMODSEQ] x\r\n",
    "imap.nomodseq",
    "Untagged mark=*,Result=OK,Response code=[NOMODSEQ],Text=x," },
  { NULL, PC_SIDE_CLIENT,
    "a FETCH 1:* (UID FLAGS) (CHANGEDSINCE 5)\r\n",
    "imap.fetch.changed",
    "Tag=a,Command=FETCH,Sequence set=1:*,List begins=(,Item=UID,"
    "Item=FLAGS,List ends=),List begins=(,Modifier=CHANGEDSINCE,"
    "Modifier=5,List ends=)," },
  { NULL, PC_SIDE_CLIENT,
    "a uid fetch 1 all (changedsince 5 vanished)\r\n",
    "imap.fetch.changed",
    "Tag=a,UID=uid,Command=fetch,UID set=1,Item=all,List begins=(,"
    "Modifier=changedsince,Modifier=5,Modifier=vanished,List ends=)," },
  { NULL, PC_SIDE_CLIENT,
    "a STORE 1 (UNCHANGEDSINCE 5) +FLAGS (work)\r\n",
    "imap.store.conditional",
    "Tag=a,Command=STORE,Sequence set=1,List begins=(,"
    "Modifier=UNCHANGEDSINCE,Modifier=5,List ends=),Action=+FLAGS,List "
    "begins=(,Flag=work,List ends=)," },
  { NULL, PC_SIDE_CLIENT,
    "a STORE 1 FLAGS (work)\r\n",
    "imap.store",
    "Tag=a,Command=STORE,Sequence set=1,Action=FLAGS,List begins=(,"
    "Flag=work,List ends=)," },
  { "a STORE 1:2 (UNCHANGEDSINCE 5) FLAGS ()\r\n", PC_SIDE_SERVER,
    "a OK [MODIFIED 2] x\r\n",
    "imap.store.modified",
    "Tag=a,Result=OK,Response code=[MODIFIED 2],Text=x," },
  { "a STORE 1:2 (UNCHANGEDSINCE 5) FLAGS ()\r\n", PC_SIDE_SERVER,
    "a NO [MODIFIED 2] x\r\n",
    "imap.store.modified",
    "Tag=a,Result=NO,Response code=[MODIFIED 2],Text=x," },
  { "a APPEND x {3+}\r\nabc\r\n", PC_SIDE_SERVER,
    "a NO [OVERQUOTA] x\r\n",
    "imap.overquota",
    "Tag=a,Result=NO,Response code=[OVERQUOTA],Text=x," },
  { NULL, PC_SIDE_SERVER,
    "* 2 FETCH (UID 3 FLAGS (\\Seen $Forwarded) MODSEQ (12))\r\n",
    "imap.fetch.untagged",
    "Untagged mark=*,Number=2,Response=FETCH,List begins=(,Item=UID,"
    "Value=3,Item=FLAGS,List begins=(,Flag=\\Seen,Flag=$Forwarded,List "
    "ends=),Item=MODSEQ,List begins=(,Mod-sequence=12,List ends=),List "
    "ends=)," },
  { NULL, PC_SIDE_CLIENT,
    "a GETQUOTA \"\"\r\n",
    "imap.getquota",
    "Tag=a,Command=GETQUOTA,Quota root=\"\"," },
  { NULL, PC_SIDE_CLIENT,
    "a GETQUOTAROOT INBOX\r\n",
    "imap.getquotaroot",
    "Tag=a,Command=GETQUOTAROOT,Mailbox=INBOX," },
  { NULL, PC_SIDE_SERVER,
    "* QUOTA \"\" (STORAGE 10 512)\r\n",
    "imap.quota.data",
    "Untagged mark=*,Response=QUOTA,Resource or amount=\"\",List begins=(,"
    "Resource or amount=STORAGE,Resource or amount=10,Resource or "
    "amount=512,List ends=)," },
  { NULL, PC_SIDE_SERVER,
    "* QUOTAROOT INBOX \"\"\r\n",
    "imap.quotaroot.data",
    "Untagged mark=*,Response=QUOTAROOT,Mailbox or quota root=INBOX,"
    "Mailbox or quota root=\"\"," },
  { NULL, PC_SIDE_SERVER,
    "* SEARCH 2 5 (MODSEQ 917)\r\n",
    "imap.search.data",
    "Untagged mark=*,Response=SEARCH,Found=2,Found=5,List begins=(,"
    "Found=MODSEQ,Found=917,List ends=)," },
  { NULL, PC_SIDE_CLIENT,
    "a APPEND x UTF8 (~{3+}\r\nabc)\r\n",
    "imap.append",
    "Tag=a,Command=APPEND,Target mailbox=x,UTF-8 mark=UTF8,List begins=(,"
    "Literal header=~{3+},End of line=\342\220\215\342\220\212,"
    "Header=abc,List ends=)," },
};

static void
test_labels (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
    g_autoptr (GString)    out = g_string_new (NULL);
    g_autoptr (PcUnit)     unit = NULL;

    g_test_message ("%s", labels[i].line);
    pc_observer_feed (observer, PC_SIDE_SERVER, 0,
                      (const guint8 *) "* PREAUTH\r\n", 11);
    pc_unit_free (pc_observer_next (observer));
    if (labels[i].said != NULL) {
      pc_observer_feed (observer, PC_SIDE_CLIENT, 0,
                        (const guint8 *) labels[i].said,
                        strlen (labels[i].said));
      pc_unit_free (pc_observer_next (observer));
    }
    pc_observer_feed (observer, labels[i].side, 0,
                      (const guint8 *) labels[i].line,
                      strlen (labels[i].line));
    unit = pc_observer_next (observer);
    check_cover (unit);
    g_assert_cmpstr (unit->rule, ==, labels[i].rule);
    for (guint k = 0; k + 1 < pc_unit_get_n_fields (unit); k++) {
      const PcField *field = pc_unit_get_field (unit, k);

      if (strcmp (field->label, "Space") != 0)
        g_string_append_printf (out, "%s=%s,", field->label, field->value);
    }
    g_assert_cmpstr (out->str, ==, labels[i].fields);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/change-labels/fields", test_labels);
  return g_test_run ();
}
