/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a phone does with its account, once the connection stands: as much as
 * shows whether mail can be read, or sent to somebody at another place.
 *
 * With STARTTLS that comes first, and the hello again after it (RFC 3207
 * section 4.2).  Left out: the goodbye, which comes whatever happened.
 */

#include "run/account-private.h"

#include <string.h>

#define TFTP_FILE "INBOX"

static PcAction *
add (GPtrArray  *plan,
     const char *name)
{
  PcAction *action = pc_action_new (name);

  g_ptr_array_add (plan, action);
  return action;
}

static void
add_login (GPtrArray           *plan,
           const PcAccountForm *form,
           const char          *name)
{
  PcAction *action = add (plan, name);

  pc_action_set (action, "user", pc_account_form_get (form, PC_ACCOUNT_USER));
  pc_action_set (action, "password",
                 pc_account_form_get (form, PC_ACCOUNT_PASSWORD));
}

static void
add_mail (GPtrArray           *plan,
          const PcAccountForm *form,
          gint64               now)
{
  g_autofree char *from = pc_account_world_make_sender (
      pc_account_form_get (form, PC_ACCOUNT_USER));
  g_autofree char *message = pc_account_world_make_message (from, now);

  pc_action_set (add (plan, "mail"), "from", from);
  pc_action_set (add (plan, "rcpt"), "to", pc_account_world_get_recipient ());
  pc_action_set_data (add (plan, "data"), message, strlen (message));
}

static void
add_hello (GPtrArray *plan,
           gboolean   starttls)
{
  add (plan, "ehlo");
  if (starttls) {
    add (plan, "starttls");
    add (plan, "ehlo");
  }
}

static void
add_reading (GPtrArray           *plan,
             const PcAccountForm *form,
             const char          *protocol,
             gboolean             starttls)
{
  /* IMAP's greeting has told it already. */
  if (starttls && strcmp (protocol, "pop3") == 0)
    add (plan, "capa");
  if (starttls)
    add (plan, "starttls");
  add_login (plan, form, "login");
  add (plan, "list");
  if (strcmp (protocol, "imap") == 0)
    pc_action_set (add (plan, "select"), "mailbox", "INBOX");
}

GPtrArray *
pc_account_plan (const PcAccountForm *form,
                 PcAccountSide        side,
                 gint64               now)
{
  GPtrArray  *plan = g_ptr_array_new_with_free_func (
       (GDestroyNotify) pc_action_free);
  const char *protocol = pc_account_form_get_protocol (form, side);
  const char *login = pc_account_form_get (form, PC_ACCOUNT_OUT_LOGIN);
  gboolean    starttls = pc_account_form_get_security (form, side) ==
                      PC_ACCOUNT_STARTTLS;

  if (side == PC_ACCOUNT_OUTGOING) {
    add_hello (plan, starttls);
    if (strcmp (login, "yes") == 0)
      add_login (plan, form, "auth");
    add_mail (plan, form, now);
  } else if (strcmp (protocol, "smtp") == 0) {
    add_hello (plan, starttls);
  } else if (strcmp (protocol, "tftp") == 0) {
    pc_action_set (add (plan, "get"), "file", TFTP_FILE);
  } else {
    add_reading (plan, form, protocol, starttls);
  }

  return plan;
}
