/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ENABLE: what the client says it understands.
 *
 * Some things would confuse a client that does not know them, so the server
 * waits to be told.  Mod-sequences may also be asked for without ENABLE; the
 * first such command counts as one.
 *
 * RFC 5161, RFC 6855 section 3, RFC 7162 section 3.1, RFC 9051 section 6.3.1
 * and appendix A.
 */

#include "proto/imap/server-private.h"

static const struct {
  const char   *name;
  PcImapEnabled enabled;
} extensions[] = {
  { "CONDSTORE", PC_IMAP_ENABLED_CONDSTORE },
  { "IMAP4rev2", PC_IMAP_ENABLED_REV2 },
  { "UTF8=ACCEPT", PC_IMAP_ENABLED_UTF8 },
};

gboolean
pc_imap_server_is_rev2 (const PcImapServer *self)
{
  return (self->enabled & PC_IMAP_ENABLED_REV2) != 0;
}

gboolean
pc_imap_server_is_utf8 (const PcImapServer *self)
{
  return (self->enabled &
          (PC_IMAP_ENABLED_REV2 | PC_IMAP_ENABLED_UTF8)) != 0;
}

/* A client that comes to know of mod-sequences while a mailbox is open is told
 * where it stands (RFC 7162 section 3.1). */
void
pc_imap_server_enable (PcImapServer *self,
                       guint         enabled)
{
  gboolean new = (enabled & ~self->enabled & PC_IMAP_ENABLED_CONDSTORE) != 0;

  self->enabled |= enabled;
  if (self->view == NULL)
    return;

  pc_imap_view_set_enabled (self->view, self->enabled);
  if (new)
    pc_engine_send_printf (
        &self->base,
        "* OK [HIGHESTMODSEQ %" G_GUINT64_FORMAT "] The newest change\r\n",
        pc_mailbox_get_highest_modseq (
            pc_imap_view_get_mailbox (self->view)));
}

/* 0 for an extension that is not known here, or needs no ENABLE: those are
 * passed over (RFC 5161 section 3.1). */
static guint
find_extension (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_ascii_strcasecmp (extensions[i].name, name) == 0)
      return extensions[i].enabled;

  return 0;
}

/* enable = "ENABLE" 1*(SP capability) */
void
pc_imap_run_enable (PcImapServer  *self,
                    PcImapCommand *command)
{
  PcImapCursor       *args = &command->args;
  g_autoptr (GString) out = g_string_new ("* ENABLED");
  guint               enabled = 0;

  do {
    g_autofree char *name = NULL;

    if (!pc_imap_read_char (args, ' ') || !pc_imap_read_atom (args, &name)) {
      pc_imap_server_bad (self, command, "ENABLE takes capabilities");
      return;
    }
    enabled |= find_extension (name);
  } while (!pc_imap_at_end (args));

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if ((enabled & extensions[i].enabled) != 0)
      g_string_append_printf (out, " %s", extensions[i].name);
  g_string_append (out, "\r\n");
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_enable (self, enabled);
  pc_imap_server_ok (self, command, "Enabled");
}
