/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of one mail: MAIL and DATA, and what RCPT has in common
 * with them.
 *
 * Addresses may have octets above 127 when MAIL asked for it.
 * RFC 5321 sections 3.3, 4.1.1.2 and 4.1.1.4; RFC 6531 sections 3.4, 3.5.
 */

#include "proto/smtp/server-private.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* -- arguments ------------------------------------------------------------ */

/* "FROM:" or "TO:" at the head of @args; blanks behind it are let pass.
 * Returns the octets to skip, 0 when it is not there. */
static gsize
find_prefix (const guint8 *args,
             gsize         len,
             const char   *prefix)
{
  gsize n = strlen (prefix);

  if (len < n || !pc_text_equal_ascii (args, n, prefix))
    return 0;
  while (n < len && args[n] == ' ')
    n++;

  return n;
}

gboolean
pc_smtp_server_take_path (PcSmtpServer  *self,
                          const char    *prefix,
                          const guint8 **args,
                          gsize         *len,
                          PcSmtpPath    *path)
{
  gboolean      sender = self->answering == PC_SMTP_VERB_MAIL;
  gsize         skip = find_prefix (*args, *len, prefix);
  const guint8 *data = *args + skip;
  gsize         size = *len - skip;
  gboolean      bracketed;

  if (skip == 0) {
    pc_smtp_server_reply (self, 501, "5.5.4", "Write %s %s<address>",
                          pc_smtp_verbs[self->answering].name, prefix);
    return FALSE;
  }

  bracketed = size > 0 && data[0] == '<' && memchr (data, '>', size) != NULL;
  switch (pc_smtp_parse_path_utf8 (data, size, path)) {
  case PC_SMTP_PATH_OK:
    *args = data;
    *len = size;
    return TRUE;

  case PC_SMTP_PATH_LONG:
    pc_smtp_server_reply (self, 501, sender ? "5.1.7" : "5.1.3",
                          "The address is too long");
    return FALSE;

  case PC_SMTP_PATH_FOREIGN:
  case PC_SMTP_PATH_BAD:
  default:
    pc_smtp_server_reply (self, 501, sender ? "5.1.7" : "5.1.3", "%s",
                          bracketed ? "This is not an address"
                                    : "An address stands between < and >");
    return FALSE;
  }
}

gboolean
pc_smtp_server_check_ascii (PcSmtpServer *self,
                            const char   *address)
{
  if (self->mail.utf8 || g_str_is_ascii (address))
    return TRUE;

  pc_smtp_server_reply (self, 553, "5.6.7",
                        "Letters beyond ASCII need the parameter SMTPUTF8");

  return FALSE;
}

const char *
pc_smtp_server_shown (const char *address)
{
  return g_str_is_ascii (address) ? address : "...";
}

static char *
dup_address (const guint8     *data,
             const PcSmtpPath *path)
{
  return g_strndup ((const char *) data + 1 + path->route, path->address);
}

/* -- MAIL ----------------------------------------------------------------- */

void
pc_smtp_server_mail (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  g_autofree char *sender = NULL;
  PcSmtpPath       path;

  /* RFC 6409 section 4.3, RFC 4954 section 6 */
  if (self->role == PC_SERVER_SUBMISSION && !self->track.logged_in) {
    pc_smtp_server_reply (self, 530, "5.7.0", "Log in with AUTH first");
    return;
  }
  if (!pc_smtp_server_take_path (self, "FROM:", &args, &len, &path))
    return;
  if (path.address > 0 && path.address == path.local) {
    pc_smtp_server_reply (self, 501, "5.1.7",
                          "The sender's address lacks @ and a domain");
    return;
  }
  pc_smtp_server_reset (self);
  if (!pc_smtp_server_check_params (self, args + path.total,
                                    len - path.total))
    return;
  sender = dup_address (args, &path);
  if (!pc_smtp_server_check_ascii (self, sender))
    return;

  self->mail.sender = g_steal_pointer (&sender);
  self->mail.recipients = g_ptr_array_new_with_free_func (
      pc_smtp_recipient_free);
  pc_smtp_server_reply (self, 250, "2.1.0", "Sender <%s> noted",
                        pc_smtp_server_shown (self->mail.sender));
}

/* -- DATA ----------------------------------------------------------------- */

void
pc_smtp_server_data (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  pc_smtp_data_reader_clear (&self->data);
  pc_smtp_data_reader_init (&self->data, self->max_size);
  pc_smtp_server_reply (self, 354, NULL,
                        "Send the message; a line with one dot ends it");
}
