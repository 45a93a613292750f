/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer, also of other software's conversations: scripts of lines and
 * the units they give, whatever the portions. */

#include "pump.h"

#include "base/limits.h"
#include "proto/imap/protocol.h"

#include <string.h>

/* A turn begins with "C:" or "S:"; "~" stands for CR LF, "^" for the end of
 * that side's stream.  A unit is side, rule without "imap.", status (! for
 * error, ? for warning), states, and its summary. */
static const struct {
  const char *turns[10];
  const char *units;
} cases[] = {
  { { "S:* OK hi~", "C:a LOGIN alex portcall~", "S:a OK in~" },
    "S greeting n|* OK hi\n"
    "C login n|a LOGIN alex " PC_SECRET_DOTS "\n"
    "S login.ok a|a OK in\n" },
  { { "S:* PREAUTH hi~", "C:a SELECT x~b NOOP~", "S:b OK~a NO gone~" },
    "S greeting.preauth a|* PREAUTH hi\n"
    "C select a|a SELECT x\n"
    "C noop a|b NOOP\n"
    "S noop.ok a|b OK\n"
    "S select.no! a|a NO gone\n" },
  { { "S:* BYE full~" }, "S greeting.bye! l|* BYE full\n" },
  { { "S:220 mail ESMTP~", "C:EHLO x~" },
    "S unreadable! g|220 mail ESMTP\n"
    "C other g|EHLO x\n" },
  { { "S:+OK POP~" }, "S unreadable! g|+OK POP\n" },
  /* a literal that waits */
  { { "S:* OK~", "C:a LOGIN {4}~", "S:+ go~", "C:alex {8}~", "S:+~",
      "C:portcall~", "S:a OK~" },
    "S greeting n|* OK\n"
    "C login n|a LOGIN {4}\n"
    "S continue n|+ go\n"
    "C literal n|alex {8}\n"
    "S continue n|+\n"
    "C literal n|" PC_SECRET_DOTS "\n"
    "S login.ok a|a OK\n" },
  /* one that does not */
  { { "S:* OK~", "C:a LOGIN {4+}~alex {8+}~portcall~b NOOP~" },
    "S greeting n|* OK\n"
    "C login n|a LOGIN {4+} alex {8+} " PC_SECRET_DOTS "\n"
    "C noop n|b NOOP\n" },
  /* one that is refused; the hasty client has sent more already */
  { { "S:* OK~", "C:a LOGIN {9999999}~", "S:a NO big~", "C:b NOOP~",
      "S:b OK~" },
    "S greeting n|* OK\n"
    "C login n|a LOGIN {9999999}\n"
    "S login.no! n|a NO big\n"
    "C noop n|b NOOP\n"
    "S noop.ok n|b OK\n" },
  { { "S:* OK~", "C:a LOGIN {9999999}~b NOOP~", "S:a NO big~" },
    "S greeting n|* OK\n"
    "C login n|a LOGIN {9999999}\n"
    "S login.no! n|a NO big\n"
    "C noop n|b NOOP\n" },
  /* SASL in one line, in two, called off, too early */
  { { "S:* OK~", "C:a AUTHENTICATE PLAIN AGEAYg==~", "S:a OK~" },
    "S greeting n|* OK\n"
    "C authenticate n|a AUTHENTICATE PLAIN " PC_SECRET_DOTS "\n"
    "S authenticate.ok a|a OK\n" },
  { { "S:* OK~", "C:a authenticate LOGIN~", "S:+ VXNlcg==~", "C:YQ==~",
      "S:+ UGFzcw==~", "C:Yg==~", "S:a NO~", "C:b NOOP~" },
    "S greeting n|* OK\n"
    "C authenticate n|a authenticate LOGIN\n"
    "S continue.sasl n|+ VXNlcg==\n"
    "C sasl n|" PC_SECRET_DOTS "\n"
    "S continue.sasl n|+ UGFzcw==\n"
    "C sasl n|" PC_SECRET_DOTS "\n"
    "S authenticate.no! n|a NO\n"
    "C noop n|b NOOP\n" },
  { { "S:* OK~", "C:a AUTHENTICATE PLAIN~", "S:+ ~", "C:*~", "S:a BAD~" },
    "S greeting n|* OK\n"
    "C authenticate n|a AUTHENTICATE PLAIN\n"
    "S continue.sasl n|+\n"
    "C sasl.cancel? n|*\n"
    "S bad! n|a BAD\n" },
  { { "S:* OK~", "C:a AUTHENTICATE PLAIN~AGEAYg==~" },
    "S greeting n|* OK\n"
    "C authenticate n|a AUTHENTICATE PLAIN\n"
    "C sasl n|" PC_SECRET_DOTS "\n" },
  /* SCRAM in the open, CRAM-MD5, and PLAIN that pretends to be */
  { { "S:* OK~", "C:a AUTHENTICATE SCRAM-SHA-256 biwsbj1hLHI9eA==~",
      "S:+ cj14eSxzPVFRPT0saT00MDk2~", "C:Yz1iaXdzLHI9eHkscD1RUT09~",
      "S:+ dj1RUT09~", "C:~", "S:a OK~" },
    "S greeting n|* OK\n"
    "C authenticate n|a AUTHENTICATE SCRAM-SHA-256 biwsbj1hLHI9eA==\n"
    "S sasl.salt n|+ cj14eSxzPVFRPT0saT00MDk2\n"
    "C sasl.proof n|Yz1iaXdzLHI9eHkscD1RUT09\n"
    "S sasl.signature n|+ dj1RUT09\n"
    "C sasl.end n|(an empty line)\n"
    "S authenticate.ok a|a OK\n" },
  { { "S:* OK~", "C:a AUTHENTICATE CRAM-MD5~", "S:+ PDFAeD4=~",
      "C:YSAwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==~",
      "S:a NO [AUTHENTICATIONFAILED] no~",
      "C:b AUTHENTICATE SCRAM-SHA-256~", "S:+ ~", "C:AGEAc2VjcmV0~" },
    "S greeting n|* OK\n"
    "C authenticate n|a AUTHENTICATE CRAM-MD5\n"
    "S sasl.stamp n|+ PDFAeD4=\n"
    "C sasl.digest n|YSAwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==\n"
    "S authenticate.no! n|a NO [AUTHENTICATIONFAILED] no\n"
    "C authenticate n|b AUTHENTICATE SCRAM-SHA-256\n"
    "S continue.sasl n|+\n"
    "C sasl n|" PC_SECRET_DOTS "\n" },
  { { "S:* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi~", "C:a LOGIN a b~",
      "S:a NO [PRIVACYREQUIRED] no~" },
    "S greeting n|* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\n"
    "C login n|a LOGIN a " PC_SECRET_DOTS "\n"
    "S tls-needed! n|a NO [PRIVACYREQUIRED] no\n" },
  /* options, and what they are answered with */
  { { "S:* PREAUTH~",
      "C:a LIST (SUBSCRIBED) \"\" (INBOX x) RETURN (STATUS (UNSEEN))~"
      "b list \"\" *~",
      "S:* LIST (\\Subscribed) \"/\" x (\"CHILDINFO\" (\"SUBSCRIBED\"))~"
      "* STATUS x (UNSEEN 1)~* OK [ALERT] low disk~a OK~b OK~",
      "C:c CREATE x (USE (\\All))~", "S:c NO [USEATTR] no~",
      "C:d CREATE x~", "S:d OK~" },
    "S greeting.preauth a|* PREAUTH\n"
    "C list.extended a|a LIST (SUBSCRIBED) \"\" (INBOX x) RETURN (STATUS "
    "(UNSEEN))\n"
    "C list a|b list \"\" *\n"
    "S list.data a|* LIST (\\Subscribed) \"/\" x (\"CHILDINFO\" "
    "(\"SUBSCRIBED\"))\n"
    "S status.data a|* STATUS x (UNSEEN 1)\n"
    "S alert a|* OK [ALERT] low disk\n"
    "S list.ok a|a OK\n"
    "S list.ok a|b OK\n"
    "C create.use a|c CREATE x (USE (\\All))\n"
    "S create.use.no! a|c NO [USEATTR] no\n"
    "C create a|d CREATE x\n"
    "S create.ok a|d OK\n" },
  { { "S:* PREAUTH~", "C:s SELECT x~", "S:s OK~",
      "C:a SEARCH RETURN (MIN) ALL~b UID SEARCH RETURN (SAVE) ALL~"
      "c SEARCH ALL~d FETCH $ BINARY[1]~",
      "S:* ESEARCH (TAG \"a\") MIN 2~a OK~b OK~c OK~"
      "* 1 FETCH (BINARY[1] {3}~a~)~d NO [UNKNOWN-CTE] no~" },
    "S greeting.preauth a|* PREAUTH\n"
    "C select a|s SELECT x\n"
    "S select.ok s|s OK\n"
    "C search.return s|a SEARCH RETURN (MIN) ALL\n"
    "C search.save s|b UID SEARCH RETURN (SAVE) ALL\n"
    "C search s|c SEARCH ALL\n"
    "C fetch s|d FETCH $ BINARY[1]\n"
    "S esearch.data s|* ESEARCH (TAG \"a\") MIN 2\n"
    "S search.ok s|a OK\n"
    "S search.ok s|b OK\n"
    "S search.ok s|c OK\n"
    "S fetch.data s|* 1 FETCH (BINARY[1] {3} \342\200\246)\n"
    "S unknown-cte! s|d NO [UNKNOWN-CTE] no\n" },
  /* a mistake keeps the password secret */
  { { "S:* OK~", "C:a LOGIN alex port call~" },
    "S greeting n|* OK\n"
    "C login n|a LOGIN alex " PC_SECRET_DOTS "\n" },
  /* what answers what */
  { { "S:* PREAUTH~", "C:a SELECT INBOX~",
      "S:* 2 EXISTS~* OK [UNSEEN 1] x~* OK [FOO] x~a OK~",
      "C:b FETCH 1 BODY[]~", "S:* 1 FETCH (BODY[] {5}~a~~)~b OK~",
      "C:c NOOP~",
      "S:* 2 EXPUNGE~* 3 EXISTS~* 1 FETCH (FLAGS ())~* NO hm~c OK~" },
    "S greeting.preauth a|* PREAUTH\n"
    "C select a|a SELECT INBOX\n"
    "S exists a|* 2 EXISTS\n"
    "S unseen a|* OK [UNSEEN 1] x\n"
    "S ok.untagged a|* OK [FOO] x\n"
    "S select.ok s|a OK\n"
    "C fetch s|b FETCH 1 BODY[]\n"
    "S fetch.data s|* 1 FETCH (BODY[] {5} \342\200\246)\n"
    "S fetch.ok s|b OK\n"
    "C noop s|c NOOP\n"
    "S expunge.untagged s|* 2 EXPUNGE\n"
    "S exists.untagged s|* 3 EXISTS\n"
    "S fetch.untagged s|* 1 FETCH (FLAGS ())\n"
    "S no.untagged? s|* NO hm\n"
    "S noop.ok s|c OK\n" },
  /* a literal that is two octets longer than it says */
  { { "S:* PREAUTH~", "S:* 1 FETCH (BODY[] {3}~a~~)~" },
    "S greeting.preauth a|* PREAUTH\n"
    "S fetch.untagged a|* 1 FETCH (BODY[] {3} \342\200\246\n"
    "S unreadable! a|)\n" },
  { { "S:* PREAUTH~", "C:a SELECT INBOX~", "S:a OK~", "C:b UID FETCH 1 ALL~",
      "S:* 1 FETCH (BODY[] {5}~a~~)~b OK~", "C:c STORE 1 FLAGS ()~",
      "S:* 1 FETCH (FLAGS ())~c OK~", "C:d UID EXPUNGE 1~",
      "S:* 1 EXPUNGE~* 0 RECENT~d OK~" },
    "S greeting.preauth a|* PREAUTH\n"
    "C select a|a SELECT INBOX\n"
    "S select.ok s|a OK\n"
    "C uid-fetch s|b UID FETCH 1 ALL\n"
    "S fetch.data s|* 1 FETCH (BODY[] {5} \342\200\246)\n"
    "S fetch.ok s|b OK\n"
    "C store s|c STORE 1 FLAGS ()\n"
    "S store.data s|* 1 FETCH (FLAGS ())\n"
    "S store.ok s|c OK\n"
    "C uid-expunge s|d UID EXPUNGE 1\n"
    "S expunge.data s|* 1 EXPUNGE\n"
    "S recent s|* 0 RECENT\n"
    "S expunge.ok s|d OK\n" },
  /* other software */
  { { "S:* OK~", "C:a LOGIN \"x\" \"y\"~", "S:a OK~", "C:b SELECT {5+}~INBOX~",
      "S:b OK~", "C:c IDLE~", "S:+ idling~* 4 EXISTS~", "C:DONE~",
      "S:c OK~", "C:d UNSELECT~" },
    "S greeting n|* OK\n"
    "C login n|a LOGIN \"x\" " PC_SECRET_DOTS "\n"
    "S login.ok a|a OK\n"
    "C select a|b SELECT {5+} INBOX\n"
    "S select.ok s|b OK\n"
    "C idle s|c IDLE\n"
    "S continue.idle s|+ idling\n"
    "S exists.untagged s|* 4 EXISTS\n"
    "C idle.done s|DONE\n"
    "S idle.ok s|c OK\n"
    "C unselect s|d UNSELECT\n" },
  { { "S:* PREAUTH~", "C:a SELECT x~", "S:a OK~", "C:b UNSELECT~",
      "S:b OK~* XYZ (1 \"2\")~z OK~", "C:c LOGOUT~",
      "S:* BYE~c OK~" },
    "S greeting.preauth a|* PREAUTH\n"
    "C select a|a SELECT x\n"
    "S select.ok s|a OK\n"
    "C unselect s|b UNSELECT\n"
    "S unselect.ok a|b OK\n"
    "S other.data a|* XYZ (1 \"2\")\n"
    "S tag-unknown a|z OK\n"
    "C logout a|c LOGOUT\n"
    "S bye l|* BYE\n"
    "S logout.ok l|c OK\n" },
  { { "S:* PREAUTH~", "C:a APPEND S {3}~", "S:+ ok~", "C:a~~",
      "S:a OK [APPENDUID 1 2] x~", "C:b UID MOVE 1 T~",
      "S:* OK [COPYUID 1 1 1] x~* 1 EXPUNGE~b OK~" },
    "S greeting.preauth a|* PREAUTH\n"
    "C append a|a APPEND S {3}\n"
    "S continue a|+ ok\n"
    "C literal a|3 octets of content\n"
    "S append.ok a|a OK [APPENDUID 1 2] x\n"
    "C uid-move a|b UID MOVE 1 T\n"
    "S copyuid a|* OK [COPYUID 1 1 1] x\n"
    "S expunge.data a|* 1 EXPUNGE\n"
    "S move.ok a|b OK\n" },
  /* foreign octets */
  { { "S:* OK~", "C:\026\003\001\001^" },
    "S greeting n|* OK\n"
    "C unreadable! n|\342\220\226\342\220\203\342\220\201\342\220\201\n" },
  { { "S:* OK~", "C:POST / HTTP/1.1~", "S:* BYE no~" },
    "S greeting n|* OK\n"
    "C unreadable! n|POST / HTTP/1.1\n"
    "S bye? l|* BYE no\n" },
  { { "S:* OK~xyz~ ~* ~", "C:~+ x~a~" },
    "S greeting n|* OK\n"
    "S unreadable! n|xyz\n"
    "S unreadable! n|\n"
    "S other.data n|*\n"
    "C unreadable! n|(an empty line)\n"
    "C unreadable! n|+ x\n"
    "C unreadable! n|a\n" },
  /* cut off: shown, but nothing follows from it */
  { { "S:* OK~", "C:a LOGIN x y~", "S:a OK^", "C:b NO^" },
    "S greeting n|* OK\n"
    "C login n|a LOGIN x " PC_SECRET_DOTS "\n"
    "S unfinished? n|a OK\n"
    "C unfinished? n|b NO\n" },
};

static void
collect (PcObserver *observer,
         GString    *out)
{
  PcUnit *unit;

  while ((unit = pc_observer_next (observer)) != NULL) {
    static const char marks[] = { 'g', 'n', 'a', 's', 'l' };
    guint state = 0;

    check_cover (unit);
    while (pc_imap_protocol.server_states[state] != unit->server_state)
      state++;
    g_assert_true (g_str_has_prefix (unit->rule, "imap.") ||
                   strcmp (unit->rule, PC_OBSERVER_UNFINISHED) == 0);
    g_string_append_printf (out, "%c %s%s %c|%s\n",
                            unit->from == PC_SIDE_CLIENT ? 'C' : 'S',
                            strchr (unit->rule, '.') + 1,
                            unit->status == PC_STATUS_ERROR     ? "!"
                            : unit->status == PC_STATUS_WARNING ? "?"
                                                                : "",
                            marks[state], unit->summary);
    pc_unit_free (unit);
  }
}

static void
turn (PcObserver *observer,
      const char *text,
      gsize       portion)
{
  PcSide              side = text[0] == 'C' ? PC_SIDE_CLIENT : PC_SIDE_SERVER;
  g_autoptr (GString) wire = g_string_new (text + 2);
  gboolean            end = g_str_has_suffix (text, "^");

  if (end)
    g_string_truncate (wire, wire->len - 1);
  g_string_replace (wire, "~", "\r\n", 0);
  for (gsize at = 0; at < wire->len; at += portion)
    pc_observer_feed (observer, side, 0, (const guint8 *) wire->str + at,
                      MIN (portion, wire->len - at));
  if (end)
    pc_observer_finish (observer, side);
}

static void
run_case (guint i,
          gsize portion)
{
  g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
  g_autoptr (GString)    out = g_string_new (NULL);

  g_test_message ("case %u in portions of %" G_GSIZE_FORMAT, i, portion);
  for (guint k = 0; k < 10 && cases[i].turns[k] != NULL; k++)
    turn (observer, cases[i].turns[k], portion);
  collect (observer, out);
  g_assert_cmpstr (out->str, ==, cases[i].units);
}

static void
test_units (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    run_case (i, 100000);
    run_case (i, 1);
    run_case (i, 5);
  }
}

static const struct {
  PcSide      side;
  const char *line;
  const char *fields;
} labels[] = {
  { PC_SIDE_CLIENT, "a1 UID STORE 1:2 +FLAGS.SILENT (\\Seen $x)\r\n",
    "Tag=a1,Space= ,UID=UID,Space= ,Command=STORE,Space= ,UID set=1:2,"
    "Space= ,Action=+FLAGS.SILENT,Space= ,List begins=(,Flag=\\Seen,Space= ,"
    "Flag=$x,List ends=),End of line=\342\220\215\342\220\212," },
  { PC_SIDE_CLIENT, "a FETCH 2 (UID BODY.PEEK[HEADER.FIELDS (A B)]<0.9>)\r\n",
    "Tag=a,Space= ,Command=FETCH,Space= ,Sequence set=2,Space= ,"
    "List begins=(,Item=UID,Space= ,"
    "Item=BODY.PEEK[HEADER.FIELDS (A B)]<0.9>,List ends=),"
    "End of line=\342\220\215\342\220\212," },
  { PC_SIDE_CLIENT, "a SEARCH OR 1 (FROM \"x y\")\r\n",
    "Tag=a,Space= ,Command=SEARCH,Space= ,Search key=OR,Space= ,"
    "Search key=1,Space= ,List begins=(,Search key=FROM,Space= ,"
    "Search key=\"x y\",List ends=),End of line=\342\220\215\342\220\212," },
  { PC_SIDE_SERVER, "* SEARCH 2 3\r\n",
    "Untagged mark=*,Space= ,Response=SEARCH,Space= ,Found=2,Space= ,"
    "Found=3,End of line=\342\220\215\342\220\212," },
  { PC_SIDE_CLIENT, "a APPEND x (\\Seen) \"d\" {7+}\r\nA:\r\n\r\nb\r\n",
    "Tag=a,Space= ,Command=APPEND,Space= ,Target mailbox=x,Space= ,"
    "List begins=(,Flag=\\Seen,List ends=),Space= ,Date=\"d\",Space= ,"
    "Literal header={7+},End of line=\342\220\215\342\220\212,"
    "Header=A:\342\220\215\342\220\212,"
    "Empty line=\342\220\215\342\220\212,Body=b,"
    "End of line=\342\220\215\342\220\212," },
  { PC_SIDE_CLIENT, "a RENAME x \"y z\"\r\n",
    "Tag=a,Space= ,Command=RENAME,Space= ,Mailbox=x,Space= ,"
    "New name=\"y z\",End of line=\342\220\215\342\220\212," },
  { PC_SIDE_SERVER, "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n",
    "Untagged mark=*,Space= ,Response=NAMESPACE,Space= ,List begins=(,"
    "List begins=(,Namespace=\"\",Space= ,Namespace=\"/\",List ends=),"
    "List ends=),Space= ,Namespace=NIL,Space= ,Namespace=NIL,"
    "End of line=\342\220\215\342\220\212," },
  { PC_SIDE_CLIENT, "a FROB x (\"y z\"\r\n",
    "Tag=a,Space= ,Command=FROB,Space= ,Argument=x,Space= ,List begins=(,"
    "Argument=\"y z\",End of line=\342\220\215\342\220\212," },
  { PC_SIDE_CLIENT, "a NOOP x\r\n",
    "Tag=a,Space= ,Command=NOOP,Rest= x,"
    "End of line=\342\220\215\342\220\212," },
  { PC_SIDE_SERVER, "* LIST (\\Sent) \"/\" \"My mail\"\r\n",
    "Untagged mark=*,Space= ,Response=LIST,Space= ,List begins=(,"
    "Attribute=\\Sent,List ends=),Space= ,Separator=\"/\",Space= ,"
    "Mailbox=\"My mail\",End of line=\342\220\215\342\220\212," },
  { PC_SIDE_SERVER, "* OK [UIDNEXT 4] next one\r\n",
    "Untagged mark=*,Space= ,Result=OK,Space= ,Response code=[UIDNEXT 4],"
    "Space= ,Text=next one,End of line=\342\220\215\342\220\212," },
  { PC_SIDE_SERVER, "* 1 FETCH (BODY[] {10}\r\nA: b\r\n\r\nc) FLAGS ())\r\n",
    "Untagged mark=*,Space= ,Number=1,Space= ,Response=FETCH,Space= ,"
    "List begins=(,Item=BODY[],Space= ,Literal header={10},"
    "End of line=\342\220\215\342\220\212,"
    "Header=A: b\342\220\215\342\220\212,"
    "Empty line=\342\220\215\342\220\212,Body=c),Space= ,Item=FLAGS,Space= ,"
    "List begins=(,List ends=),List ends=),"
    "End of line=\342\220\215\342\220\212," },
  { PC_SIDE_SERVER, "* 1 FETCH (BODY (\"text\" NIL 3) BODY[2] NIL)\r\n",
    "Untagged mark=*,Space= ,Number=1,Space= ,Response=FETCH,Space= ,"
    "List begins=(,Item=BODY,Space= ,List begins=(,Structure=\"text\","
    "Space= ,Structure=NIL,Space= ,Structure=3,List ends=),Space= ,"
    "Item=BODY[2],Space= ,Message part=NIL,List ends=),"
    "End of line=\342\220\215\342\220\212," },
  { PC_SIDE_SERVER, "* 1 FETCH (BODY[TEXT]<0> {2}\r\nab)\r\n",
    "Untagged mark=*,Space= ,Number=1,Space= ,Response=FETCH,Space= ,"
    "List begins=(,Item=BODY[TEXT]<0>,Space= ,Literal header={2},"
    "End of line=\342\220\215\342\220\212,Message part=ab,List ends=),"
    "End of line=\342\220\215\342\220\212," },
};

static void
test_labels (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
    g_autoptr (PcUnit)     unit = NULL;
    g_autoptr (GString)    out = g_string_new (NULL);

    g_test_message ("%s", labels[i].line);
    pc_observer_feed (observer, PC_SIDE_SERVER, 0,
                      (const guint8 *) "* PREAUTH\r\n", 11);
    pc_unit_free (pc_observer_next (observer));
    pc_observer_feed (observer, labels[i].side, 0,
                      (const guint8 *) labels[i].line,
                      strlen (labels[i].line));
    unit = pc_observer_next (observer);
    for (guint k = 0; k < pc_unit_get_n_fields (unit); k++)
      g_string_append_printf (out, "%s=%s,",
                              pc_unit_get_field (unit, k)->label,
                              pc_unit_get_field (unit, k)->value);
    g_assert_cmpstr (out->str, ==, labels[i].fields);
  }
}

/* A FETCH of 600,000 octets, a LOGIN of 300,000, a line without an end: cut
 * at the same places in whatever portions, and nothing is lost. */
static char *
observe_long (gsize portion)
{
  g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
  g_autoptr (GString)    server = g_string_new ("* OK\r\n");
  g_autoptr (GString)    client = g_string_new (NULL);
  GString               *out = g_string_new (NULL);
  PcUnit                *unit;
  gsize                  total = 0;

  g_string_append (server, "* 1 FETCH (BODY[TEXT] {600000}\r\n");
  for (guint i = 0; i < 60000; i++)
    g_string_append (server, "12345678\r\n");
  g_string_append (server, " BODY[] {3}\r\n)\r\n UID 3)\r\n* 2 EXISTS\r\n");
  g_string_append (client, "a LOGIN x {300000+}\r\n");
  for (guint i = 0; i < 30000; i++)
    g_string_append (client, "secret xyz");
  g_string_append (client, "\r\nb NOOP\r\n");
  for (guint i = 0; i < 30000; i++)
    g_string_append (client, "0123456789");

  for (gsize at = 0; at < MAX (server->len, client->len); at += portion) {
    if (at < server->len)
      pc_observer_feed (observer, PC_SIDE_SERVER, 0,
                        (const guint8 *) server->str + at,
                        MIN (portion, server->len - at));
    if (at < client->len)
      pc_observer_feed (observer, PC_SIDE_CLIENT, 0,
                        (const guint8 *) client->str + at,
                        MIN (portion, client->len - at));
  }
  pc_observer_finish (observer, PC_SIDE_CLIENT);

  for (PcSide side = PC_SIDE_CLIENT; side <= PC_SIDE_SERVER; side++)
    for (GList *l = observer->units.head; l != NULL; l = l->next) {
      unit = l->data;
      if (unit->from != side)
        continue;
      check_cover (unit);
      total += g_bytes_get_size (unit->bytes);
      g_assert_cmpuint (g_bytes_get_size (unit->bytes), <=, PC_LIMIT_UNIT);
      g_assert_null (strstr (unit->summary, "secret"));
      g_string_append_printf (out, "%d %s %" G_GSIZE_FORMAT "\n", side,
                              unit->rule, g_bytes_get_size (unit->bytes));
    }
  g_assert_cmpuint (total, ==, server->len + client->len);
  return g_string_free (out, FALSE);
}

static void
test_long (void)
{
  g_autofree char *whole = observe_long (1000000);
  g_autofree char *small = observe_long (1);
  g_autofree char *odd = observe_long (70001);

  g_assert_cmpstr (whole, ==,
                   "0 imap.login 262144\n"
                   "0 imap.data-part 37877\n"
                   "0 imap.data-part 2\n"
                   "0 imap.noop 8\n"
                   "0 imap.unreadable 262144\n"
                   "0 tcp.unfinished 37856\n"
                   "1 imap.greeting 6\n"
                   "1 imap.fetch.untagged 262144\n"
                   "1 imap.data-part 262144\n"
                   "1 imap.data-part 75744\n"
                   "1 imap.data-part 13\n"
                   "1 imap.data-part 3\n"
                   "1 imap.data-part 9\n"
                   "1 imap.exists.untagged 12\n");
  g_assert_cmpstr (small, ==, whole);
  g_assert_cmpstr (odd, ==, whole);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/observe/units", test_units);
  g_test_add_func ("/imap/observe/labels", test_labels);
  g_test_add_func ("/imap/observe/long", test_long);
  return g_test_run ();
}
