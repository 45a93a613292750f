/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stage of a console, written as a scenario; and a session that was
 * played, in the same way.
 *
 * Both come from one place, so what is saved begins in the very world that the
 * learner had.  Only what the learner did is written down: the servers will
 * answer again as they did.  Where the learner was the server, that is what it
 * says, and what our client did in between.
 */

#include "run/console-private.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

static const struct
{
  const char *protocol;
  guint       clear;
  guint       tls; /* 0: there is none */
} ports[] = {
  { "imap", 143, 993 },
  { "pop3", 110, 995 },
  { "smtp", 587, 465 },
  { "tftp", 69, 0 },
};

guint
pc_console_get_port (const PcConsoleSetup *setup)
{
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    if (strcmp (ports[i].protocol, setup->protocol->id) == 0)
      return setup->security == PC_VARIANT_IMPLICIT ? ports[i].tls
                                                    : ports[i].clear;

  return 0;
}

void
pc_console_deed_clear (gpointer data)
{
  PcConsoleDeed *deed = data;

  g_clear_pointer (&deed->line, g_free);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_array (JsonBuilder *builder,
           const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
add_actor (JsonBuilder *builder,
           const char  *id,
           const char  *name,
           gboolean     server)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", id);
  add_string (builder, "name", name);
  add_string (builder, "role", server ? "server" : "client");
}

static void
add_client (JsonBuilder          *builder,
            const PcConsoleSetup *setup)
{
  gboolean typed = setup->role == PC_CONSOLE_CLIENT;

  add_actor (builder, typed ? PC_CONSOLE_LEARNER : PC_CONSOLE_OTHER,
             typed ? _ ("Console") : _ ("Client"), FALSE);
  add_string (builder, "speaks", setup->protocol->id);
  add_string (builder, "icon", typed ? "utilities-terminal-symbolic"
                                     : "phone-symbolic");
  add_string (builder, "host", "console.example.test");
  json_builder_end_object (builder);
}

/* "a\r\nb\r\n" */
static void
add_lines (JsonBuilder *builder,
           GBytes      *octets)
{
  gsize            len;
  const char      *data = g_bytes_get_data (octets, &len);
  g_autofree char *text = g_strndup (data, len);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  add_array (builder, "lines");
  for (guint i = 0; lines[i + 1] != NULL; i++)
    json_builder_add_string_value (builder, lines[i]);
  json_builder_end_array (builder);
}

char *
pc_console_write_octets (GBytes *bytes)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  GString      *text = g_string_sized_new (2 * len);

  for (gsize i = 0; i < len; i++)
    g_string_append_printf (text, "%02x", data[i]);
  return g_string_free (text, FALSE);
}

/* What the learner has thought about for longer than @most, µs, is none of
 * the exchange. */
static void
add_saying (JsonBuilder            *builder,
            const PcConsoleSetup   *setup,
            const PcScenarioSaying *said,
            gboolean                many_conns,
            gint64                  most)
{
  static const char *const thens[] = { [PC_THEN_STARTTLS] = "starttls",
                                       [PC_THEN_CLOSE] = "close",
                                       [PC_THEN_CUT] = "cut" };
  gint64 after = MIN (said->after, most) / 1000;

  json_builder_begin_object (builder);
  if (many_conns)
    add_int (builder, "conn", said->conn);
  add_int (builder, "hears", said->hears);
  if (after > 0)
    add_int (builder, "after_ms", after);
  if (said->octets != NULL && setup->protocol->stream) {
    add_lines (builder, said->octets);
  } else if (said->octets != NULL) {
    g_autofree char *octets = pc_console_write_octets (said->octets);

    add_string (builder, "octets", octets);
  }
  if (said->then != PC_THEN_GO_ON)
    add_string (builder, "then", thens[said->then]);
  json_builder_end_object (builder);
}

static void
add_says (JsonBuilder          *builder,
          const PcConsoleSetup *setup,
          const GArray         *said)
{
  guint  last = said->len > 0 ? g_array_index (said, PcScenarioSaying,
                                               said->len - 1)
                                    .conn
                              : 1;
  gint64 most = PC_LIMIT_CONSOLE_REPLAY / MAX (said->len, 1);

  add_array (builder, "says");
  for (guint i = 0; i < said->len; i++)
    add_saying (builder, setup, &g_array_index (said, PcScenarioSaying, i),
                last > 1, MIN (most, PC_LIMIT_CONSOLE_PAUSE));
  json_builder_end_array (builder);
}

static void
add_server (JsonBuilder          *builder,
            const PcConsoleSetup *setup,
            const GArray         *said)
{
  gboolean typed = setup->role == PC_CONSOLE_SERVER;

  add_actor (builder, typed ? PC_CONSOLE_LEARNER : PC_CONSOLE_OTHER,
             typed ? _ ("Console") : _ ("Server"), TRUE);
  add_string (builder, "icon", typed ? "utilities-terminal-symbolic"
                                     : "server-symbolic");
  add_string (builder, "host", PC_CONSOLE_HOST);
  add_array (builder, "listens");
  json_builder_begin_object (builder);
  add_string (builder, "protocol", setup->protocol->id);
  add_int (builder, "port", pc_console_get_port (setup));
  if (strcmp (setup->protocol->id, "smtp") == 0)
    add_string (builder, "role", "submission");
  if (setup->security != PC_VARIANT_CLEAR)
    add_string (builder, "tls", setup->security == PC_VARIANT_IMPLICIT
                                    ? "implicit"
                                    : "starttls");
  if (said != NULL)
    add_says (builder, setup, said);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* A small file, and one of several blocks. */
static void
add_world (JsonBuilder          *builder,
           const PcConsoleSetup *setup)
{
  json_builder_set_member_name (builder, "world");
  json_builder_begin_object (builder);
  if (setup->protocol->stream) {
    add_string (builder, "base", "lesson");
  } else {
    add_array (builder, "files");
    json_builder_begin_object (builder);
    add_string (builder, "name", "motd.txt");
    add_array (builder, "lines");
    json_builder_add_string_value (builder, "Maintenance tonight at ten.");
    json_builder_end_array (builder);
    json_builder_end_object (builder);
    json_builder_begin_object (builder);
    add_string (builder, "name", "router.cfg");
    add_int (builder, "bytes", 1200);
    add_string (builder, "pattern",
                "hostname edge-1\ninterface eth0\n no shutdown\n!\n");
    json_builder_end_object (builder);
    json_builder_end_array (builder);
  }
  json_builder_end_object (builder);
}

/* As the plan has it: its parameters by name, what it sends octet by octet. */
static void
add_planned (JsonBuilder    *builder,
             const PcAction *action)
{
  g_autoptr (GList) names = g_hash_table_get_keys (action->params);

  names = g_list_sort (names, (GCompareFunc) strcmp);
  add_string (builder, "do", action->name);
  for (GList *l = names; l != NULL; l = l->next)
    add_string (builder, l->data, pc_action_get (action, l->data, ""));
  if (action->data != NULL) {
    gsize            len;
    const char      *data = g_bytes_get_data (action->data, &len);
    g_autofree char *text = g_strndup (data, len);

    add_int (builder, "bytes", (gint64) len);
    add_string (builder, "pattern", text);
  }
}

static void
add_deed (JsonBuilder          *builder,
          const PcConsoleSetup *setup,
          const GPtrArray      *plan,
          const PcConsoleDeed  *deed)
{
  json_builder_begin_object (builder);
  add_string (builder, "actor", setup->role == PC_CONSOLE_CLIENT
                                    ? PC_CONSOLE_LEARNER
                                    : PC_CONSOLE_OTHER);
  if (deed->verb == PC_DO_CONNECT) {
    add_string (builder, "do", "connect");
    add_int (builder, "port", pc_console_get_port (setup));
    if (setup->security == PC_VARIANT_IMPLICIT)
      add_string (builder, "tls", "implicit");
  } else if (deed->verb == PC_DO_ACT && plan != NULL) {
    add_planned (builder, plan->pdata[deed->act]);
  } else if (deed->verb == PC_DO_ACT) {
    gboolean stream = setup->protocol->stream;

    add_string (builder, "do", stream ? "raw" : "packet");
    add_string (builder, stream ? "line" : "octets", deed->line);
  } else {
    add_string (builder, "do", deed->verb == PC_DO_CUT ? "cut" : "close");
  }
  if (deed->refused) {
    json_builder_set_member_name (builder, "refused");
    json_builder_add_boolean_value (builder, TRUE);
  }
  json_builder_end_object (builder);
}

static void
add_script (JsonBuilder          *builder,
            const PcConsoleSetup *setup,
            const GArray         *deeds)
{
  const PcConsoleDeed connect = { .verb = PC_DO_CONNECT };
  g_autoptr (GPtrArray) plan = NULL;

  if (setup->role == PC_CONSOLE_SERVER && deeds != NULL)
    plan = pc_console_make_plan (setup);
  add_array (builder, "script");
  if (deeds == NULL)
    add_deed (builder, setup, NULL, &connect);
  for (guint i = 0; deeds != NULL && i < deeds->len; i++)
    add_deed (builder, setup, plan, &g_array_index (deeds, PcConsoleDeed, i));
  json_builder_end_array (builder);
}

static char *
make_subtitle (const PcConsoleSetup *setup)
{
  guint port = pc_console_get_port (setup);

  switch (setup->security) {
  case PC_VARIANT_STARTTLS:
    return g_strdup_printf ("%u · STARTTLS", port);
  case PC_VARIANT_IMPLICIT:
    return g_strdup_printf ("%u · TLS", port);
  case PC_VARIANT_CLEAR:
  case PC_N_VARIANTS:
  default:
    /* Translators: %u is a port. */
    return g_strdup_printf (_ ("%u · clear text"), port);
  }
}

char *
pc_console_write_scenario (const PcConsoleSetup *setup,
                           const char           *id,
                           const char           *title,
                           const GArray         *deeds,
                           const GArray         *said)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *subtitle = make_subtitle (setup);
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "format", "portcall-scenario");
  add_int (builder, "format_version", 1);
  add_string (builder, "id", id);
  add_string (builder, "title", title);
  add_string (builder, "summary", _ ("A session that somebody typed at the "
                                     "console."));
  add_string (builder, "subtitle", subtitle);
  add_string (builder, "protocol", setup->protocol->id);
  add_array (builder, "actors");
  add_client (builder, setup);
  add_server (builder, setup, said);
  json_builder_end_array (builder);
  add_world (builder, setup);
  /* Whoever builds packets takes his time. */
  if (!setup->protocol->stream) {
    json_builder_set_member_name (builder, "link");
    json_builder_begin_object (builder);
    add_int (builder, "timeout_ms", 60000);
    json_builder_end_object (builder);
  }
  add_script (builder, setup, deeds);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}

static gboolean
is_usable_id (const char *id)
{
  if (id == NULL || *id == '\0' || strlen (id) > 64)
    return FALSE;
  for (const char *at = id; *at != '\0'; at++)
    if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && *at != '-')
      return FALSE;

  return TRUE;
}

char *
pc_console_save (PcConsole  *self,
                 const char *id,
                 const char *title,
                 GError    **error)
{
  gboolean    server = self->setup.role == PC_CONSOLE_SERVER;
  const char *why = NULL;

  g_return_val_if_fail (self != NULL && title != NULL, NULL);

  if (self->deeds->len == 0)
    why = _ ("Nothing has happened yet.");
  else if (!is_usable_id (id))
    why = _ ("A scenario's id has small letters, digits and “-”, at most "
             "64.");
  else if (!self->setup.protocol->stream &&
           (!pc_hub_is_quiet (self->hub) || self->broke_off))
    why = _ ("The transfer is not over: send its last packet, or an ERROR, "
             "first.");
  else if (server && self->acting)
    why = _ ("The client still waits for an answer: give it one, or close "
             "the connection, first.");
  if (why != NULL) {
    g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                         why);
    return NULL;
  }

  return pc_console_write_scenario (&self->setup, id, title, self->deeds,
                                    server ? self->said : NULL);
}
