/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The world in which an account is tried: who has which name, what listens.
 *
 * One mail server with every service that we speak at its registered port, an
 * old one that knows no TLS, the phone itself, and addresses from which
 * nothing comes back.  Names are a table: nobody is ever asked for one, and no
 * octet leaves this machine.
 *
 * RFC 8314 section 3 (993, 995, 465), RFC 6409 (587), RFC 5321 (25), RFC 1350
 * (69), RFC 2606 section 2 (names under .test).
 */

#include "run/account-private.h"

#include "proto/registry.h"
#include "run/serve.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OLD_HOST "old.example.test"
#define RECIPIENT "kim@elsewhere.test"

static const struct
{
  const char      *name;
  PcAccountMachine machine;
} names[] = {
  { PC_ACCOUNT_HOST, PC_ACCOUNT_MAIL },
  /* They lead there, too, but are not in its certificate. */
  { "example.test", PC_ACCOUNT_MAIL },
  { "imap.example.test", PC_ACCOUNT_MAIL },
  { "pop.example.test", PC_ACCOUNT_MAIL },
  { "pop3.example.test", PC_ACCOUNT_MAIL },
  { "smtp.example.test", PC_ACCOUNT_MAIL },
  { "www.example.test", PC_ACCOUNT_MAIL },
  { OLD_HOST, PC_ACCOUNT_OLD },
  { "localhost", PC_ACCOUNT_SELF },
  { "127.0.0.1", PC_ACCOUNT_SELF },
  { "::1", PC_ACCOUNT_SELF },
};

/* What providers drop at their border without a word, for everybody's good:
 * remote command lines and file sharing of the local network. */
static const guint filtered[] = { 23, 135, 137, 138, 139, 445 };

PcAccountMachine
pc_account_world_find (const char *host)
{
  g_autofree char *name = g_ascii_strdown (host, -1);

  /* "mail.example.test." is the same name (RFC 1034 section 3.1). */
  if (g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, name) == 0)
      return names[i].machine;

  return g_hostname_is_ip_address (name) ? PC_ACCOUNT_FAR
                                         : PC_ACCOUNT_NOWHERE;
}

gboolean
pc_account_world_is_filtered (PcAccountMachine machine,
                              guint            port)
{
  if (machine == PC_ACCOUNT_FAR)
    return TRUE;
  if (machine != PC_ACCOUNT_MAIL && machine != PC_ACCOUNT_OLD)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (filtered); i++)
    if (filtered[i] == port)
      return TRUE;
  return FALSE;
}

const char *
pc_account_world_get_actor (PcAccountMachine machine)
{
  switch (machine) {
  case PC_ACCOUNT_MAIL:
    return PC_ACCOUNT_SERVER;
  case PC_ACCOUNT_OLD:
    return PC_ACCOUNT_OLD_SERVER;
  case PC_ACCOUNT_SELF:
    return PC_ACCOUNT_LOCALHOST;
  case PC_ACCOUNT_FAR:
  case PC_ACCOUNT_NOWHERE:
  default:
    return NULL;
  }
}

void
pc_account_world_add_actors (PcTimeline       *timeline,
                             PcAccountMachine  machine)
{
  const char *actor = pc_account_world_get_actor (machine);

  if (actor == NULL || pc_timeline_find_actor (timeline, actor) >= 0)
    return;

  if (machine == PC_ACCOUNT_SELF)
    pc_timeline_add_actor (timeline, actor, _ ("localhost: the phone itself"),
                           PC_ROLE_SERVER, "phone-symbolic");
  else
    pc_timeline_add_actor (timeline, actor,
                           machine == PC_ACCOUNT_MAIL ? PC_ACCOUNT_HOST
                                                      : OLD_HOST,
                           PC_ROLE_SERVER, NULL);
}

/* -- what listens --------------------------------------------------------- */

static void
set_policy (PcHubService *service)
{
  gboolean submission = service->role == PC_SERVER_SUBMISSION;

  /* RFC 8314 section 3.3: who is to log in must not do so in clear; on the
   * other ports of this world one may, since to see it is a lesson. */
  service->needs_tls = submission && !service->secure;
  /* Such as show what a password in clear is. */
  service->mechanisms = "PLAIN LOGIN";
}

/* The number that people read stands beside the lab port; where somebody has
 * that already, any other does. */
static gboolean
listen_at (PcHub        *hub,
           PcHubService *service,
           PcLinkKind    link,
           GError      **error)
{
  service->port = link == PC_LINK_SOCKETS
                      ? PC_SERVE_LAB_OFFSET + service->registered
                      : 0;
  if (service->port != 0 && pc_hub_listen (hub, service, NULL) != 0)
    return TRUE;

  service->port = 0;
  return pc_hub_listen (hub, service, error) != 0;
}

gboolean
pc_account_world_listen (PcHub           *hub,
                         PcMailQueue     *queue,
                         PcAccountMachine machine,
                         PcLinkKind       link,
                         GError         **error)
{
  for (const PcServeKind *kind = pc_serve_kinds; kind->name != NULL; kind++) {
    gboolean     old = machine == PC_ACCOUNT_OLD;
    PcHubService service = {
      .protocol = pc_registry_find (kind->protocol),
      .role = kind->role,
      .registered = kind->registered,
      .actor = pc_account_world_get_actor (machine),
      .host = old ? OLD_HOST : PC_ACCOUNT_HOST,
      .secure = kind->secure,
      .starttls = !kind->secure && !old,
      .queue = queue,
    };

    if (old && (kind->secure || !service.protocol->stream))
      continue;
    set_policy (&service);
    if (old)
      service.needs_tls = FALSE;
    if (!listen_at (hub, &service, old ? PC_LINK_MEMORY : link, error))
      return FALSE;
  }

  return TRUE;
}

/* -- what is sent --------------------------------------------------------- */

const char *
pc_account_world_get_recipient (void)
{
  return RECIPIENT;
}

char *
pc_account_world_make_sender (const char *user)
{
  if (*user == '\0')
    return g_strdup (PC_ACCOUNT_LESSON_USER "@example.test");
  for (const char *at = user; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (".-_+@", *at) == NULL)
      return g_strdup (PC_ACCOUNT_LESSON_USER "@example.test");

  return strchr (user, '@') != NULL
             ? g_strdup (user)
             : g_strconcat (user, "@example.test", NULL);
}

char *
pc_account_world_make_message (const char *from,
                               gint64      now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (
      now / G_USEC_PER_SEC);
  /* RFC 5322 section 3.3: English names, whatever the locale. */
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu",
                                      "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
                                        "May", "Jun", "Jul", "Aug",
                                        "Sep", "Oct", "Nov", "Dec" };

  return g_strdup_printf (
      "From: <%s>\r\n"
      "To: <" RECIPIENT ">\r\n"
      "Subject: A test from my new phone\r\n"
      "Date: %s, %02d %s %d %02d:%02d:%02d +0000\r\n"
      "Message-ID: <test.%" G_GINT64_FORMAT "@phone.example.test>\r\n"
      "\r\n"
      "If you can read this, my phone can send mail.\r\n",
      from, days[g_date_time_get_day_of_week (time) - 1],
      g_date_time_get_day_of_month (time),
      months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
      g_date_time_get_hour (time), g_date_time_get_minute (time),
      g_date_time_get_second (time), now / G_USEC_PER_SEC);
}
