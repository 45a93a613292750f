/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stage of a console, written as a scenario; and a session that was
 * played, in the same way.
 *
 * Both come from one place, so what is saved begins in the very world that the
 * learner had.  Only what the learner did is written down, as raw lines: the
 * servers will answer again as they did.
 */

#include "run/console-private.h"

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

static void
add_server (JsonBuilder          *builder,
            const PcConsoleSetup *setup)
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

static void
add_deed (JsonBuilder          *builder,
          const PcConsoleSetup *setup,
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

  add_array (builder, "script");
  if (deeds == NULL)
    add_deed (builder, setup, &connect);
  for (guint i = 0; deeds != NULL && i < deeds->len; i++)
    add_deed (builder, setup, &g_array_index (deeds, PcConsoleDeed, i));
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
                           const GArray         *deeds)
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
  add_server (builder, setup);
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
  const char *why = NULL;

  g_return_val_if_fail (self != NULL && title != NULL, NULL);

  if (self->setup.role != PC_CONSOLE_CLIENT)
    why = _ ("Only what was typed to a server of ours can be saved as a "
             "scenario: in a scenario the servers are ours.");
  else if (self->deeds->len == 0)
    why = _ ("Nothing has happened yet.");
  else if (!is_usable_id (id))
    why = _ ("A scenario's id has small letters, digits and “-”, at most "
             "64.");
  else if (!self->setup.protocol->stream && !pc_hub_is_quiet (self->hub))
    why = _ ("The transfer is not over: send its last packet, or an ERROR, "
             "first.");
  if (why != NULL) {
    g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                         why);
    return NULL;
  }

  return pc_console_write_scenario (&self->setup, id, title, self->deeds);
}
