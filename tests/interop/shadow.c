/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli serve with somebody who looks over its shoulder.
 *
 * The same command, options and code; the linker puts two functions of ours
 * around pc_timeline_take_step () and pc_hub_leave () (--wrap).  Whatever
 * clients do, each step must be readable, told, and labelled to its last
 * octet; and when all is settled, the observer, who has seen only octets,
 * must believe of the server what is true of it.  Complaints go to standard
 * error, and whoever started us fails for them.
 */

#include "cli/command.h"
#include "run/hub-private.h"

#include <string.h>

#define MAX_COMPLAINTS 20

gboolean __wrap_pc_timeline_take_step (PcTimeline *timeline,
                                       PcStep     *step);
gboolean __real_pc_timeline_take_step (PcTimeline *timeline,
                                       PcStep     *step);
void     __wrap_pc_hub_leave (PcHub *hub);
void     __real_pc_hub_leave (PcHub *hub);

static guint n_steps;
static guint n_states;
static guint n_complaints;

static G_GNUC_PRINTF (1, 2) void
complain (const char *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  if (n_complaints++ >= MAX_COMPLAINTS)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("shadow: %s\n", text);
}

/* -- steps ----------------------------------------------------------------- */

static void
check_fields (PcStep *step)
{
  gsize size = g_bytes_get_size (pc_step_get_bytes (step));
  gsize at = 0;

  for (guint i = 0; i < pc_step_get_n_fields (step); i++) {
    const PcField *field = pc_step_get_field (step, i);

    if (field->start != at || field->end <= field->start ||
        field->label == NULL || *field->label == '\0' ||
        !g_utf8_validate (field->value, -1, NULL))
      complain ("%s: field %u of “%s” is not as it should be",
                pc_step_get_rule (step), i, pc_step_get_summary (step));
    at = field->end;
  }
  if (at != size)
    complain ("%s: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
              " octets of “%s” are labelled",
              pc_step_get_rule (step), at, size, pc_step_get_summary (step));
}

static void
check_step (PcStep *step)
{
  const char *rule = pc_step_get_rule (step);
  const char *summary = pc_step_get_summary (step);

  if (g_str_has_suffix (rule, ".unreadable"))
    complain ("%s: “%s”", rule, summary);
  if (pc_step_get_narration (step) == NULL ||
      *pc_step_get_explanation (step) == '\0')
    complain ("%s: nothing explains “%s”", rule, summary);
  if (*summary == '\0' || strpbrk (summary, "\r\n") != NULL ||
      !g_utf8_validate (summary, -1, NULL))
    complain ("%s: the summary “%s” is no line", rule, summary);
  check_fields (step);
  n_steps++;
}

gboolean
__wrap_pc_timeline_take_step (PcTimeline *timeline,
                              PcStep     *step)
{
  check_step (step);
  return __real_pc_timeline_take_step (timeline, step);
}

/* -- states ---------------------------------------------------------------- */

static void
check_end (PcEndpoint *endpoint)
{
  PcConn     *conn = endpoint->conn;
  PcEngine   *engine = endpoint->engine;
  const char *state = pc_engine_get_state (engine);
  const char *observed;

  /* What has not left yet, nobody can have seen. */
  if (conn->recorded == 0 || !endpoint->open || endpoint->finished ||
      endpoint->eof ||
      pc_engine_get_status (engine) != PC_ENGINE_RUNNING ||
      pc_bytes_get_size (pc_engine_get_output (engine)) > 0)
    return;

  observed = pc_recorder_get_state (conn->recorder, conn->recorded,
                                    endpoint->side);
  n_states++;
  if (g_strcmp0 (observed, state) != 0)
    complain ("%s server %u is in “%s”; the observer believes “%s”",
              conn->protocol->name, conn->number, state, observed);
}

void
__wrap_pc_hub_leave (PcHub *hub)
{
  __real_pc_hub_leave (hub);
  if (hub->depth > 0)
    return;

  for (guint i = 0; i < hub->endpoints->len; i++)
    check_end (hub->endpoints->pdata[i]);
}

int
main (int    argc,
      char **argv)
{
  int status;

  if (argc < 2 || strcmp (argv[1], "serve") != 0) {
    g_printerr ("shadow: only “serve” can be looked at\n");
    return PC_EXIT_USAGE;
  }

  status = pc_command_serve (argc - 1, argv + 1);
  g_print ("shadow: %u steps, %u states, %u complaints\n", n_steps, n_states,
           n_complaints);
  return status;
}
