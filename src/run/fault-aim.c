/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a step that somebody points at to a fault that falls on it.
 *
 * A fault counts the units of an end in the order in which they are said, so
 * the steps are counted in the same way: those that the network made twice do
 * not count.  Left out: records of TLS, which no fault knows.
 */

#include "run/fault-aim.h"

#include "proto/registry.h"

#include <string.h>

#define CONNECT "CONNECT"

static const PcProtocol *
find_protocol (PcStep *step)
{
  const char      *rule = pc_step_get_rule (step);
  const char      *dot = rule != NULL ? strchr (rule, '.') : NULL;
  g_autofree char *id = dot != NULL ? g_strndup (rule, dot - rule) : NULL;

  return id != NULL ? pc_registry_find (id) : NULL;
}

/* Whether an end has said it in so many words. */
static gboolean
is_said (PcStep *step)
{
  return pc_step_get_conn (step) > 0 &&
         g_bytes_get_size (pc_step_get_bytes (step)) > 0 &&
         find_protocol (step) != NULL &&
         pc_step_get_fate (step) != PC_FATE_DUPLICATE;
}

/* Who begins a conversation is its client. */
static const char *
find_client (PcTimeline *timeline,
             guint       conn)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (pc_step_get_conn (step) == conn)
      return pc_step_get_from (step);
  }
  return NULL;
}

static gboolean
has_other_conn (PcTimeline *timeline,
                guint       conn)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    guint other = pc_step_get_conn (pc_timeline_get_step (timeline, i));

    if (other > 0 && other != conn)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_like (const PcFaultAim *aim,
         guint             conn,
         PcStep           *step)
{
  return pc_step_get_conn (step) == conn && is_said (step) &&
         g_strcmp0 (pc_step_get_from (step), aim->from) == 0 &&
         strcmp (pc_step_get_rule (step), aim->rule) == 0;
}

/* -- commands ------------------------------------------------------------- */

static char *
read_opcode (GBytes *bytes)
{
  static const char *const names[] = { "RRQ", "WRQ", "DATA", "ACK" };
  gsize                    len;
  const guint8            *octets = g_bytes_get_data (bytes, &len);

  if (len < 2 || octets[0] != 0 || octets[1] < 1 ||
      octets[1] > G_N_ELEMENTS (names))
    return NULL;
  return g_strdup (names[octets[1] - 1]);
}

/* "UID FETCH" of "a3 UID FETCH 1:* FLAGS". */
static char *
read_verb (const PcProtocol *protocol,
           GBytes           *bytes)
{
  gsize            len;
  const char      *octets = g_bytes_get_data (bytes, &len);
  g_autofree char *line = g_strndup (octets, len);
  g_auto (GStrv)   words = g_strsplit_set (line, " \r\n", 4);
  guint            n = g_strv_length (words);
  guint            at = protocol->answers->tagged ? 1 : 0;
  char            *verb;

  if (at >= n || *words[at] == '\0')
    return NULL;
  verb = g_ascii_strup (words[at], -1);
  if (at == 1 && n > 2 && strcmp (verb, "UID") == 0) {
    g_autofree char *which = g_ascii_strup (words[2], -1);

    g_free (verb);
    return g_strdup_printf ("UID %s", which);
  }
  return verb;
}

/* As proto/common/injection.h spells it; NULL where a client's @step is
 * nothing that is answered. */
static char *
name_command (PcStep *step)
{
  const PcProtocol *protocol = find_protocol (step);
  const char       *rule = pc_step_get_rule (step);

  if (protocol == NULL)
    return NULL;
  if (!protocol->stream)
    return read_opcode (pc_step_get_bytes (step));
  if (strcmp (pc_step_get_kind (step), "command") == 0)
    return read_verb (protocol, pc_step_get_bytes (step));
  if (g_str_has_prefix (rule, "smtp.content"))
    return g_strdup (".");
  if (strcmp (rule, "imap.literal") == 0)
    return g_strdup ("MESSAGE");
  return g_strdup ("RESPONSE");
}

/* The command that step @index is, or that it answers. */
static void
take_command (PcFaultAim *aim,
              PcTimeline *timeline,
              guint       index,
              guint       conn,
              const char *client)
{
  gboolean found = FALSE;

  for (guint i = 0; i <= index; i++) {
    PcStep          *step = pc_timeline_get_step (timeline, i);
    g_autofree char *verb = NULL;

    if (pc_step_get_conn (step) != conn || !is_said (step) ||
        g_strcmp0 (pc_step_get_from (step), client) != 0)
      continue;
    verb = name_command (step);
    found = TRUE;
    g_free (aim->verb);
    aim->verb = g_steal_pointer (&verb);
  }
  if (!found)
    aim->verb = aim->protocol->stream ? g_strdup (CONNECT) : NULL;
  aim->verb_nth = found ? 0 : 1;
  for (guint i = 0; found && aim->verb != NULL && i <= index; i++) {
    PcStep          *step = pc_timeline_get_step (timeline, i);
    g_autofree char *verb = NULL;

    if (pc_step_get_conn (step) != conn || !is_said (step) ||
        g_strcmp0 (pc_step_get_from (step), client) != 0)
      continue;
    verb = name_command (step);
    if (g_strcmp0 (verb, aim->verb) == 0)
      aim->verb_nth++;
  }
}

/* -- aiming --------------------------------------------------------------- */

gboolean
pc_fault_aim_take (PcFaultAim *aim,
                   PcTimeline *timeline,
                   guint       index)
{
  PcStep     *step = pc_timeline_get_step (timeline, index);
  const char *client;
  guint       conn;

  pc_fault_aim_clear (aim);
  if (step == NULL || !is_said (step))
    return FALSE;

  conn = pc_step_get_conn (step);
  client = find_client (timeline, conn);
  aim->protocol = find_protocol (step);
  aim->number = pc_step_get_number (step);
  aim->rule = g_strdup (pc_step_get_rule (step));
  aim->from = g_strdup (pc_step_get_from (step));
  aim->side = g_strcmp0 (aim->from, client) == 0 ? PC_SIDE_CLIENT
                                                 : PC_SIDE_SERVER;
  aim->conn = has_other_conn (timeline, conn) ? conn : 0;
  for (guint i = 0; i <= index; i++)
    if (is_like (aim, conn, pc_timeline_get_step (timeline, i)))
      aim->nth++;
  take_command (aim, timeline, index, conn, client);
  return TRUE;
}

void
pc_fault_aim_clear (PcFaultAim *aim)
{
  g_clear_pointer (&aim->rule, g_free);
  g_clear_pointer (&aim->from, g_free);
  g_clear_pointer (&aim->verb, g_free);
  *aim = (PcFaultAim){ 0 };
}

char *
pc_fault_aim_write (const PcFaultAim *aim,
                    PcFaultKind       kind,
                    PcFaultWhich      which,
                    gboolean          live)
{
  const char *side = aim->side == PC_SIDE_CLIENT ? "client" : "server";
  gboolean    answer = kind == PC_FAULT_ANSWER;
  GString    *spec;

  if (aim->rule == NULL || (answer && aim->verb == NULL))
    return NULL;

  spec = g_string_new (pc_fault_kind_to_string (kind));
  if (answer)
    g_string_append_printf (spec, ",verb=%s", aim->verb);
  else
    g_string_append_printf (spec, ",rule=%s,from=%s", aim->rule,
                            live ? side : aim->from);
  if (which != PC_FAULT_ANY)
    g_string_append_printf (spec, ",nth=%u",
                            answer ? aim->verb_nth : aim->nth);
  if (which == PC_FAULT_EVERY)
    g_string_append (spec, ",every=true");
  if (aim->conn > 0 && !live)
    g_string_append_printf (spec, ",conn=%u", aim->conn);
  return g_string_free (spec, FALSE);
}

char *
pc_fault_aim_dup_reply (const PcFaultAim *aim)
{
  gboolean greeting = g_strcmp0 (aim->verb, CONNECT) == 0;

  if (aim->protocol == NULL)
    return g_strdup ("");
  if (!aim->protocol->stream)
    return g_strdup ("0 Try again later");
  if (strcmp (aim->protocol->id, "smtp") == 0)
    return g_strdup (greeting ? "421 4.3.2 Closed for a moment"
                              : "451 4.3.0 Try again later");
  if (strcmp (aim->protocol->id, "pop3") == 0)
    return g_strdup ("-ERR [SYS/TEMP] Try again later");
  return g_strdup (greeting ? "BYE [UNAVAILABLE] Closed for a moment"
                            : "NO [UNAVAILABLE] Try again later");
}

char *
pc_fault_aim_write_reply (const PcFaultAim *aim,
                          const char       *reply)
{
  g_autofree char *safe = pc_fault_escape (reply);
  const char      *blank = strchr (safe, ' ');

  if (aim->protocol == NULL || aim->protocol->stream)
    return g_strdup_printf ("reply=%s", safe);
  if (blank == NULL)
    return g_strdup_printf ("code=%s", safe);
  return g_strdup_printf ("code=%.*s,text=%s", (int) (blank - safe), safe,
                          blank + 1);
}

/* -- what was hit --------------------------------------------------------- */

static int
find_note (PcTimeline *timeline,
           const char *kind)
{
  g_autofree char *rule = g_strdup_printf ("fault.%s", kind);

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    if (g_strcmp0 (pc_step_get_rule (pc_timeline_get_step (timeline, i)),
                   rule) == 0)
      return (int) i;
  return -1;
}

int
pc_fault_aim_find_hit (const PcFaultAim *aim,
                       PcFaultKind       kind,
                       PcTimeline       *timeline)
{
  int   note = find_note (timeline, pc_fault_kind_to_string (kind));
  guint seen = 0;

  if (note >= 0 || aim->rule == NULL)
    return note;
  /* Of datagrams: no note tells it, but what became of it. */
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (!is_like (aim, aim->conn > 0 ? aim->conn : pc_step_get_conn (step),
                  step))
      continue;
    seen++;
    if (seen == aim->nth)
      return aim->protocol->stream ? -1 : (int) i;
  }
  return -1;
}
