/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline as a packet capture.
 *
 * Ethernet, though loopback has none: every tool reads it, and Wireshark shows
 * a machine for each actor, which raw IP would not and 127.0.0.1 at both ends
 * even less.  Ports are the clients' own and the registered ones of servers,
 * as people know them and Wireshark tells protocols.
 *
 * The secrets of TLS sessions go in, since Wireshark cannot read them without.
 * They open nothing but this exchange, whose two ends, or one, are ours, and
 * whose words are in every other export.
 */

#include "timeline/export-pcapng.h"

#include "timeline/capture.h"
#include "timeline/export-private.h"
#include "timeline/pcapng.h"

#include <glib/gi18n-lib.h>

#define PROGRAM "Portcall"

static void
append_line (GString    *out,
             const char *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", line);
}

static void
append_references (GString           *out,
                   const PcNarration *narration)
{
  for (guint i = 0;
       narration != NULL && i < G_N_ELEMENTS (narration->references) &&
       narration->references[i].rfc != 0;
       i++) {
    const char *section = narration->references[i].section;

    g_string_append_printf (out, "%sRFC %u%s%s", i == 0 ? "\n" : ", ",
                            narration->references[i].rfc,
                            section != NULL ? " § " : "",
                            section != NULL ? section : "");
  }
}

static const char *
find_loss (PcTimeline *timeline,
           PcStep     *step)
{
  if (pc_step_get_fate (step) == PC_FATE_LOST)
    return _ ("Lost on the way: it was sent, and never arrived.");
  if (pc_timeline_is_lost (timeline, step))
    return _ ("Sent, but nobody has read it.");
  return NULL;
}

/* As the inspector shows it: what, in which words, why.  Transfer full. */
static char *
describe_step (PcTimeline   *timeline,
               PcStep       *step,
               PcExportFlags flags)
{
  g_autofree char *summary = pc_step_dup_summary (
      step, (flags & PC_EXPORT_SHOW_SECRETS) != 0);
  g_autofree char *fate = pc_export_fate (step);
  const char      *from = pc_export_actor_name (timeline,
                                                pc_step_get_from (step));
  const char      *to = pc_step_get_to (step);
  const char      *title = pc_step_get_title (step);
  GString         *out = g_string_new (NULL);

  g_string_append_printf (out, "%u · %s", pc_step_get_number (step), from);
  if (to != NULL)
    g_string_append_printf (out, " → %s", pc_export_actor_name (timeline, to));
  append_line (out, title);
  if (g_strcmp0 (title, summary) != 0)
    append_line (out, summary);
  append_line (out, find_loss (timeline, step));
  if (pc_step_get_fate (step) != PC_FATE_LOST)
    append_line (out, fate);
  append_line (out, pc_step_get_explanation (step));
  append_line (out, pc_step_get_note (step));
  append_references (out, pc_step_get_narration (step));
  return g_string_free (out, FALSE);
}

/* What the whole is, and what of it was never on any network. */
static char *
describe_timeline (PcTimeline *timeline)
{
  g_autofree char *outcome = pc_export_outcome (timeline);

  return g_strdup_printf (
      "%s\n%s\n%s", pc_timeline_get_title (timeline), outcome,
      _ ("Octets, times and the clients' ports are those of an exchange that "
         "happened between programs on one machine; servers have the ports "
         "that are registered for them. Addresses, sequence numbers and bare "
         "acknowledgements of TCP are made up. Every packet is seen where it "
         "leaves its sender, also one that is lost on the way."));
}

/* Only hosts that take part have a name: an actor each. */
static void
add_names (PcPcapng   *out,
           PcTimeline *timeline)
{
  guint                 n = MIN (pc_timeline_get_n_actors (timeline),
                                 PC_FRAME_MAX_HOSTS);
  g_autofree guint32   *addresses = g_new0 (guint32, n);
  g_auto (GStrv)        names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++) {
    addresses[i] = pc_frame_get_address (i);
    /* Names of hosts have no blanks. */
    names[i] = g_strdelimit (g_strdup (pc_timeline_get_actor (timeline,
                                                              i)->name),
                             " ,", '-');
  }
  if (n > 0)
    pc_pcapng_add_names (out, addresses, (const char *const *) names, n);
}

static void
add_packet (PcPcapng       *out,
            PcTimeline     *timeline,
            const PcPacket *packet,
            PcExportFlags   flags)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autoptr (GPtrArray) comments = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; packet->steps != NULL && i < packet->steps->len; i++)
    g_ptr_array_add (comments, describe_step (timeline,
                                              packet->steps->pdata[i], flags));
  pc_packet_append_frame (packet, frame);
  pc_pcapng_add_packet (out, pc_timeline_get_start (timeline) + packet->time,
                        frame, (const char *const *) comments->pdata,
                        comments->len);
}

GBytes *
pc_timeline_export_pcapng (PcTimeline   *timeline,
                           PcExportFlags flags)
{
  g_autoptr (GPtrArray) packets = NULL;
  g_autofree char *about = NULL;
  PcPcapng        *out;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);

  packets = pc_capture_make (timeline);
  about = describe_timeline (timeline);
  out = pc_pcapng_new (PROGRAM, about);
  add_names (out, timeline);
  if (pc_timeline_get_key_log (timeline) != NULL)
    pc_pcapng_add_key_log (out, pc_timeline_get_key_log (timeline));
  for (guint i = 0; i < packets->len; i++)
    add_packet (out, timeline, packets->pdata[i], flags);
  return pc_pcapng_free_to_bytes (out);
}
