/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which steps belong together, and from where to where TLS goes. */

#include "timeline/groups.h"
#include "timeline/tunnels.h"

#include <string.h>

/* One step: "1 c imap.select a1 SELECT". The connection, who sends it and
 * what: c a command, d data of the client, r a reply, h and H a handshake of
 * client and server, a and A alerts, t of TCP. */
static PcStep *
make_step (const char  *line,
           PcNarration *narration)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  char           what = words[1][0];
  gboolean       server = what == 'r' || what == 'H' || what == 'A';
  const char    *from = server ? "s" : "c";
  const char    *to = server ? "c" : "s";
  guint          conn = (guint) g_ascii_strtoull (words[0], NULL, 10);
  PcUnitKind     kind = PC_UNIT_REPLY;
  PcUnit        *unit;

  narration->rule = g_intern_string (words[2]);
  narration->title = narration->explanation = "";
  if (what == 't')
    return pc_step_new_event (conn, from, to, PC_LAYER_TCP, 0, "close", "",
                              PC_STATUS_OK, NULL, NULL, narration);
  if (what == 'c' || what == 'd')
    kind = what == 'c' ? PC_UNIT_COMMAND : PC_UNIT_DATA;
  else if (what == 'h' || what == 'H')
    kind = PC_UNIT_HANDSHAKE;
  else if (what == 'a' || what == 'A')
    kind = PC_UNIT_ALERT;
  unit = pc_unit_new (server ? PC_SIDE_SERVER : PC_SIDE_CLIENT, kind,
                      narration->rule, words[3], strlen (words[3]));
  pc_unit_finish (unit,
                  g_str_has_prefix (words[2], "tls.client") ? "Server name"
                                                            : "Version",
                  NULL);
  return pc_step_new_unit (conn, from, to,
                           strchr ("hHaA", what) != NULL ? PC_LAYER_TLS
                                                         : PC_LAYER_APP,
                           0, unit, narration);
}

static const struct
{
  const char *steps;
  const char *groups; /* first-last title; */
  const char *tunnels;
} rows[] = {
  /* RFC 9051 section 2.2.2: the tagged answer ends it. */
  { "1 c imap.select a1 SELECT|1 r imap.exists * 3 EXISTS|"
    "1 r imap.select.ok a1 OK",
    "0-2 a1 SELECT · 3 steps;", "" },
  { "1 c imap.noop a1 NOOP|1 r imap.noop.ok a1 OK", "", "" },
  { "1 c imap.append a1 APPEND {3}|1 r imap.continue + go|"
    "1 d imap.literal abc|1 r imap.append.ok a1 OK|1 c imap.noop a2 NOOP|"
    "1 r imap.exists * 4 EXISTS|1 r imap.noop.ok a2 OK",
    "0-3 a1 APPEND {3} · 4 steps;4-6 a2 NOOP · 3 steps;", "" },
  /* Two commands at once, or two conversations, make no group. */
  { "1 c imap.noop a1 NOOP|1 c imap.noop a2 NOOP|1 r imap.noop.ok a1 OK|"
    "1 r imap.noop.ok a2 OK",
    "", "" },
  { "1 c imap.select a1 SELECT|2 c imap.noop b1 NOOP|"
    "1 r imap.exists * 3 EXISTS|1 r imap.select.ok a1 OK",
    "", "" },
  { "1 c smtp.data DATA|1 r smtp.go 354 go|1 d smtp.content Hi.|"
    "1 r smtp.queued 250 ok",
    "0-3 DATA · 4 steps;", "" },
  { "1 c pop3.auth AUTH PLAIN|1 r pop3.continue + |1 d pop3.sasl AGE=|"
    "1 r pop3.auth.ok +OK in",
    "0-3 AUTH PLAIN · 4 steps;", "" },
  /* Not ended: no group, whatever comes then. */
  { "1 c imap.select a1 SELECT|1 r imap.exists * 3 EXISTS|1 t tcp.close x",
    "", "" },
  { "1 h tls.client-hello mail.test|1 H tls.server-hello TLS 1.3 (0x0304)|"
    "1 H tls.finished x|1 h tls.finished x|1 c imap.noop a1 NOOP|"
    "1 A tls.alert.close-notify x|1 a tls.alert.close-notify x|1 t tcp.close x",
    "0-3 TLS handshake · TLS 1.3 · mail.test;", "1: 3-5 closed;" },
  /* Cut off in the middle of what was said. */
  { "1 h tls.client-hello mail.test|1 H tls.finished x|1 h tls.finished x|"
    "1 c imap.noop a1 NOOP|1 t tcp.reset x",
    "0-2 TLS handshake;", "1: 2-3 cut;" },
  /* Refused: the alert is what matters. */
  { "1 h tls.client-hello mail.test|1 H tls.finished x|"
    "1 a tls.alert.unknown-ca x|1 t tcp.close x",
    "", "" },
  /* Not over yet; and two at once. */
  { "1 h tls.client-hello a|2 h tls.client-hello b|1 H tls.finished x|"
    "2 H tls.finished x|1 h tls.finished x|2 h tls.finished x|"
    "2 a tls.alert.close-notify x",
    "", "1: 4-? cut;2: 5-6 closed;" },
};

static char *
describe_tunnels (PcTunnels *tunnels)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pc_tunnels_get_n (tunnels); i++)
    {
      const PcTunnel *tunnel = pc_tunnels_get (tunnels, i);

      g_string_append_printf (out, "%u: %u-", tunnel->conn, tunnel->first);
      if (tunnel->last == G_MAXUINT)
        g_string_append_c (out, '?');
      else
        g_string_append_printf (out, "%u", tunnel->last);
      g_string_append (out, tunnel->closed ? " closed;" : " cut;");
    }
  return g_string_free (out, FALSE);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv)         lines = g_strsplit (rows[i].steps, "|", 0);
      guint                  n = g_strv_length (lines);
      g_autofree PcNarration *narrations = g_new0 (PcNarration, n);
      g_autoptr (PcTimeline) timeline = pc_timeline_new ("a", "b");
      g_autoptr (PcGroups)   groups = pc_groups_new (timeline);
      g_autoptr (PcTunnels)  tunnels = pc_tunnels_new (timeline);
      g_autoptr (GString)    found = g_string_new (NULL);
      g_autofree char       *through = NULL;

      g_test_message ("row %u: %s", i, rows[i].steps);
      for (guint k = 0; k < n; k++)
        {
          PcGroup group;

          pc_timeline_take_step (timeline,
                                 make_step (lines[k], &narrations[k]));
          if (pc_groups_add (groups, k, &group))
            {
              g_autofree char *title = pc_group_dup_title (timeline, &group,
                                                           FALSE);

              g_assert_cmpuint (group.last, ==, k);
              g_string_append_printf (found, "%u-%u %s;", group.first,
                                      group.last, title);
            }
          pc_tunnels_add (tunnels, k);
        }
      through = describe_tunnels (tunnels);
      g_assert_cmpstr (found->str, ==, rows[i].groups);
      g_assert_cmpstr (through, ==, rows[i].tunnels);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/groups/rows", test_rows);
  return g_test_run ();
}
