/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what a server says that is not one of ours: it understands nothing,
 * and says in order what was written down for it.
 *
 *   "says": [ { "lines": [ "+OK ready" ] },
 *             { "lines": [ "+OK" ] },
 *             { "hears": 1, "after_ms": 200, "lines": [ "+OK 2 320" ] },
 *             { "then": "cut" } ]
 *
 * Each is due when so many lines of the client's (of TFTP: packets) have come
 * since the one before: one, where nothing is said, and none for a greeting.
 */

#include "scenario/scenario-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_AFTER_MS 60000 /* as with "wait" */

static void
report (PcScenarioLoader   *self,
        const PcJsonReader *reader,
        const char         *member,
        const char         *code,
        const char         *message)
{
  g_autofree char *at = member != NULL
                            ? pc_json_pointer_member (reader->pointer, member)
                            : g_strdup (reader->pointer);

  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, code, at,
                  "%s", message);
}

static void
saying_clear (gpointer data)
{
  PcScenarioSaying *saying = data;

  g_clear_pointer (&saying->octets, g_bytes_unref);
}

/* "0001 666f6f"; NULL where it is not that. */
static GBytes *
read_hex (const char *text)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  for (; *text != '\0'; text++) {
    guint8 octet;

    if (*text == ' ')
      continue;
    if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
      return NULL;
    octet = (guint8) (g_ascii_xdigit_value (text[0]) * 16 +
                      g_ascii_xdigit_value (text[1]));
    g_byte_array_append (octets, &octet, 1);
    text++;
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&octets));
}

static GBytes *
load_octets (PcScenarioLoader   *self,
             const PcJsonReader *reader)
{
  const char *hex = pc_json_read_string (reader, "octets", FALSE);
  gsize       most = self->speaker->protocol->stream ? PC_LIMIT_SAYING
                                                     : PC_LIMIT_TFTP_PACKET;
  g_autoptr (GBytes) octets = NULL;

  if (hex == NULL) {
    octets = pc_scenario_load_content (self, reader);
  } else {
    octets = read_hex (hex);
    if (octets == NULL)
      report (self, reader, "octets", "S181",
              _ ("Octets are written in hexadecimal, two digits each."));
  }
  if (octets != NULL && g_bytes_get_size (octets) > most) {
    g_autofree char *message = g_strdup_printf (
        _ ("This is too long: a server says at most %u octets at once."),
        (guint) most);

    report (self, reader, NULL, "S182", message);
    return NULL;
  }
  return g_steal_pointer (&octets);
}

static PcScenarioThen
load_then (PcScenarioLoader   *self,
           const PcJsonReader *reader)
{
  const char *then = pc_json_read_string (reader, "then", FALSE);
  const PcScenarioService *service = self->speaker;

  if (then == NULL)
    return PC_THEN_GO_ON;
  if (strcmp (then, "close") == 0)
    return PC_THEN_CLOSE;
  if (strcmp (then, "cut") == 0)
    return PC_THEN_CUT;
  if (strcmp (then, "starttls") != 0)
    report (self, reader, "then", "S183",
            _ ("After its words a server can “close”, “cut” the line, or go "
               "on with TLS: “starttls”."));
  else if (!service->protocol->stream || service->secure)
    report (self, reader, "then", "S183",
            _ ("Here TLS cannot begin: it is there already, or there is none "
               "with this protocol."));
  return PC_THEN_STARTTLS;
}

/* The client speaks first only with TFTP. */
static guint
usual_hears (PcScenarioLoader *self,
             guint             conn)
{
  if (!self->speaker->protocol->stream)
    return 1;
  for (guint i = 0; i < self->says->len; i++) {
    guint other = g_array_index (self->says, PcScenarioSaying, i).conn;

    if (other == 0 || conn == 0 || other == conn)
      return 1;
  }

  return 0;
}

static void
load_saying (PcScenarioLoader   *self,
             const PcJsonReader *reader)
{
  static const char *const known[] = { "conn", "hears", "after_ms", "lines",
                                       "octets", "from_file", "then", NULL };
  PcScenarioSaying         saying = { 0 };

  pc_json_check_members (reader, known);
  saying.conn = (guint) pc_json_read_int (reader, "conn", 0,
                                          PC_LIMIT_ACTIONS, 0);
  saying.hears = (guint) pc_json_read_int (reader, "hears", 0, G_MAXINT32,
                                           usual_hears (self, saying.conn));
  saying.after = 1000 * pc_json_read_int (reader, "after_ms", 0, MAX_AFTER_MS,
                                          0);
  saying.octets = load_octets (self, reader);
  saying.then = load_then (self, reader);
  if (!json_object_has_member (reader->object, "lines") &&
      !json_object_has_member (reader->object, "octets") &&
      !json_object_has_member (reader->object, "from_file") &&
      (saying.then == PC_THEN_GO_ON || saying.then == PC_THEN_STARTTLS))
    report (self, reader, NULL, "S184",
            _ ("Here nothing is said: write “lines”, “octets” or "
               "“from_file”, or what happens in place of words, “then”."));
  g_array_append_val (self->says, saying);
}

/* What only an engine of ours can do. */
static void
check_service (PcScenarioLoader   *self,
               const PcJsonReader *reader)
{
  static const char *const members[] = {
    "fixes", "needs_tls", "mechanisms", "relays_to", "strip", "greylist",
    "max_connections", "max_recipients", "max_size", "closed", "in_step",
    "options", "old_acks", "max_block_size"
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (reader->object, members[i]))
      report (self, reader, members[i], "S180",
              _ ("A server that says what was written down for it understands "
                 "nothing: this has no meaning there."));
}

void
pc_scenario_load_says (PcScenarioLoader   *self,
                       const PcJsonReader *reader,
                       PcScenarioService  *service)
{
  if (!json_object_has_member (reader->object, "says"))
    return;

  service->played = TRUE;
  check_service (self, reader);
  self->speaker = service;
  self->says = g_array_new (FALSE, TRUE, sizeof (PcScenarioSaying));
  g_array_set_clear_func (self->says, saying_clear);
  g_ptr_array_add (self->scenario->says, self->says);
  pc_scenario_each (self, reader, "says", TRUE, load_saying);
  if (self->says->len > PC_LIMIT_SAYINGS) {
    g_autofree char *message = g_strdup_printf (
        _ ("A server says at most %u things."), PC_LIMIT_SAYINGS);

    report (self, reader, "says", "S185", message);
  }
  service->says = (const PcScenarioSaying *) (gpointer) self->says->data;
  service->n_says = self->says->len;
  self->speaker = NULL;
  self->says = NULL;
}
