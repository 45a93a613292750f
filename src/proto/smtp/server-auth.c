/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of AUTH: the mechanisms PLAIN (RFC 4616) and LOGIN, which
 * has no RFC and asks for user name and password one after the other.
 *
 * Base64 is read strictly, and a wrong user name takes as long as a wrong
 * password.  RFC 4954 sections 4 and 6.
 */

#include "proto/smtp/server-private.h"

#include "base/text.h"
#include "proto/common/sasl.h"

#include <string.h>

#define ASK_USER "VXNlcm5hbWU6"     /* base64 of "Username:" */
#define ASK_PASSWORD "UGFzc3dvcmQ6" /* base64 of "Password:" */

void
pc_smtp_login_clear (PcSmtpLogin *self)
{
  g_clear_pointer (&self->user, g_free);
}

static void
refuse (PcSmtpServer *self,
        guint         code,
        const char   *enhanced,
        const char   *why)
{
  pc_smtp_login_clear (&self->login);
  pc_smtp_server_reply (self, code, enhanced, "%s", why);
}

static void
log_in (PcSmtpServer *self,
        const char   *user,
        const char   *password)
{
  if (pc_mail_store_login (self->store, user, password) == NULL) {
    refuse (self, 535, "5.7.8", "User name or password is wrong");
    return;
  }

  pc_smtp_login_clear (&self->login);
  pc_smtp_server_reply (self, 235, "2.7.0", "You are logged in");
}

static void
take_plain (PcSmtpServer *self,
            GBytes       *message)
{
  g_autofree char *authzid = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  /* Nobody may act for somebody else here (RFC 4616 section 2). */
  if (!pc_sasl_parse_plain (message, &authzid, &user, &password) ||
      (authzid != NULL && authzid[0] != '\0' && strcmp (authzid, user) != 0))
    refuse (self, 535, "5.7.8", "User name or password is wrong");
  else
    log_in (self, user, password);
}

static void
take_login (PcSmtpServer *self,
            GBytes       *message)
{
  g_autofree char *text = NULL;
  gsize            len;
  const char      *data = g_bytes_get_data (message, &len);

  if (len > 0 && memchr (data, '\0', len) != NULL) {
    refuse (self, 535, "5.7.8", "User name or password is wrong");
    return;
  }

  text = g_strndup (len > 0 ? data : "", len);
  if (self->login.user != NULL) {
    log_in (self, self->login.user, text);
    return;
  }

  self->login.user = g_steal_pointer (&text);
  pc_smtp_server_reply (self, 334, NULL, ASK_PASSWORD);
}

static void
take_response (PcSmtpServer *self,
               GBytes       *message)
{
  if (self->login.mechanism == PC_SMTP_MECHANISM_PLAIN)
    take_plain (self, message);
  else
    take_login (self, message);
}

void
pc_smtp_server_sasl (PcSmtpServer *self,
                     const guint8 *line,
                     gsize         len)
{
  g_autoptr (GBytes) message = NULL;

  if (len == 1 && line[0] == '*') {
    refuse (self, 501, "5.7.0", "Login given up");
    return;
  }

  message = pc_sasl_decode (line, len);
  if (message == NULL)
    refuse (self, 501, "5.5.2", "This is not base64");
  else
    take_response (self, message);
}

static gboolean
find_mechanism (const guint8    *name,
                gsize            len,
                PcSmtpMechanism *mechanism)
{
  if (pc_text_equal_ascii (name, len, "PLAIN"))
    *mechanism = PC_SMTP_MECHANISM_PLAIN;
  else if (pc_text_equal_ascii (name, len, "LOGIN"))
    *mechanism = PC_SMTP_MECHANISM_LOGIN;
  else
    return FALSE;

  return TRUE;
}

/* auth-command = "AUTH" SP sasl-mech [SP initial-response]
 * initial-response = base64 / "=" */
void
pc_smtp_server_auth (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  const guint8 *blank = len == 0 ? NULL : memchr (args, ' ', len);
  gsize         name = blank == NULL ? len : (gsize)(blank - args);
  g_autoptr (GBytes) empty = NULL;

  if (!self->extended)
    pc_smtp_server_reply (self, 503, "5.5.1", "AUTH needs EHLO, not HELO");
  else if (len == 0)
    pc_smtp_server_reply (self, 501, "5.5.4", "AUTH needs a mechanism");
  else if (!find_mechanism (args, name, &self->login.mechanism))
    pc_smtp_server_reply (self, 504, "5.5.4",
                          "The mechanisms here are PLAIN and LOGIN");
  else if (blank == NULL)
    pc_smtp_server_reply (self, 334, NULL, "%s",
                          self->login.mechanism == PC_SMTP_MECHANISM_LOGIN
                              ? ASK_USER
                              : "");
  else if (len - name == 2 && blank[1] == '=') {
    empty = g_bytes_new (NULL, 0);
    take_response (self, empty);
  } else
    pc_smtp_server_sasl (self, blank + 1, len - name - 1);
}
