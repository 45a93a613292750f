/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One side of a mail account as a URL: what a command line can say in a word.
 *
 * "imap://alex:portcall@mail.example.test:143?security=starttls".  RFC 3986
 * section 3 gives the form; IMAP and POP3 have such URLs of their own (RFC
 * 5092, RFC 2384), which say other things behind the server's name, so what is
 * ours is a query.  Left out: paths.
 */

#include "run/account.h"

#include "run/account-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *scheme;
  const char *protocol;
  const char *security; /* that it means; or NULL */
} schemes[] = {
  { "imap", "imap", NULL },         { "imaps", "imap", "tls" },
  { "pop3", "pop3", NULL },         { "pop3s", "pop3", "tls" },
  { "pop", "pop3", NULL },          { "smtp", "smtp", NULL },
  { "submission", "smtp", NULL },   { "submissions", "smtp", "tls" },
  { "smtps", "smtp", "tls" },       { "tftp", "tftp", NULL },
};

static gboolean
fail (GError    **error,
      const char *text)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, text);
  return FALSE;
}

static gboolean
take_scheme (PcAccountForm *self,
             PcAccountSide  side,
             const char    *scheme,
             GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (strcmp (schemes[i].scheme, scheme) != 0)
      continue;
    if (side == PC_ACCOUNT_INCOMING)
      pc_account_form_set (self, PC_ACCOUNT_IN_PROTO, schemes[i].protocol);
    else if (strcmp (schemes[i].protocol, "smtp") != 0)
      break;
    if (schemes[i].security != NULL)
      pc_account_form_set (self, pc_account_side_security (side),
                           schemes[i].security);
    return TRUE;
  }

  return fail (error, side == PC_ACCOUNT_INCOMING
                          ? _ ("The incoming side begins with imap://, "
                               "pop3://, imaps:// or pop3s:// (or, to see "
                               "what happens, smtp:// or tftp://).")
                          : _ ("The outgoing side begins with smtp:// or "
                               "submissions://."));
}

static gboolean
take_choice (PcAccountForm *self,
             PcAccountField field,
             const char    *value,
             GError       **error)
{
  g_autofree char *why = NULL;

  pc_account_form_set (self, field, value);
  why = pc_account_form_check (self, field);
  return why == NULL || fail (error, why);
}

static gboolean
take_query (PcAccountForm *self,
            PcAccountSide  side,
            const char    *query,
            GError       **error)
{
  GUriParamsIter   iter;
  g_autofree char *text = NULL;
  char            *name;
  char            *value;
  gboolean         good = TRUE;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  while (good && g_uri_params_iter_next (&iter, &name, &value, error)) {
    if (strcmp (name, "security") == 0) {
      good = take_choice (self, pc_account_side_security (side), value, error);
    } else if (strcmp (name, "login") == 0 && side == PC_ACCOUNT_OUTGOING) {
      good = take_choice (self, PC_ACCOUNT_OUT_LOGIN, value, error);
    } else {
      g_free (text);
      text = g_strdup_printf (_ ("There is no “%s” to be set; there are "
                                 "security=none, starttls or tls and, when "
                                 "sending, login=yes or no."),
                              name);
      good = fail (error, text);
    }
    g_free (name);
    g_free (value);
  }

  return good && (error == NULL || *error == NULL);
}

static void
take_if (PcAccountForm *self,
         PcAccountField field,
         const char    *value)
{
  if (value != NULL && *value != '\0')
    pc_account_form_set (self, field, value);
}

static gboolean
read_parts (PcAccountForm *self,
            PcAccountSide  side,
            GUri          *uri,
            GError       **error)
{
  if (!take_scheme (self, side, g_uri_get_scheme (uri), error))
    return FALSE;
  if (g_uri_get_path (uri)[0] != '\0' && strcmp (g_uri_get_path (uri), "/"))
    return fail (error, _ ("There is nothing to be named behind the server "
                           "and its port."));

  take_if (self, pc_account_side_host (side), g_uri_get_host (uri));
  take_if (self, PC_ACCOUNT_USER, g_uri_get_user (uri));
  take_if (self, PC_ACCOUNT_PASSWORD, g_uri_get_password (uri));
  if (g_uri_get_port (uri) >= 0) {
    g_autofree char *port = g_strdup_printf ("%d", g_uri_get_port (uri));

    pc_account_form_set (self, pc_account_side_port (side), port);
  }

  return g_uri_get_query (uri) == NULL ||
         take_query (self, side, g_uri_get_query (uri), error);
}

gboolean
pc_account_form_read_url (PcAccountForm *self,
                          PcAccountSide  side,
                          const char    *url,
                          GError       **error)
{
  g_autoptr (PcAccountForm) copy = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (self != NULL && url != NULL, FALSE);

  copy = pc_account_form_copy (self);
  uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD |
                              G_URI_FLAGS_ENCODED_QUERY,
                     &problem);
  if (uri == NULL || !read_parts (copy, side, uri, &problem)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    pc_account_form_set (self, i, pc_account_form_get (copy, i));
  return TRUE;
}

char *
pc_account_form_write_url (const PcAccountForm *self,
                           PcAccountSide        side,
                           gboolean             secrets)
{
  const char *host = pc_account_form_get (self, pc_account_side_host (side));
  guint       port = pc_account_form_get_port (self, side);
  g_autofree char *user = g_uri_escape_string (
      pc_account_form_get (self, PC_ACCOUNT_USER), NULL, TRUE);
  g_autofree char *password = g_uri_escape_string (
      pc_account_form_get (self, PC_ACCOUNT_PASSWORD), NULL, TRUE);
  GString *url = g_string_new (pc_account_form_get_protocol (self, side));

  g_string_append (url, "://");
  if (*user != '\0')
    g_string_append (url, user);
  if (*password != '\0' && secrets)
    g_string_append_printf (url, ":%s", password);
  if (*user != '\0' || (*password != '\0' && secrets))
    g_string_append_c (url, '@');
  g_string_append_printf (url, strchr (host, ':') != NULL ? "[%s]" : "%s",
                          host);
  if (port > 0)
    g_string_append_printf (url, ":%u", port);
  g_string_append_printf (url, "?security=%s",
                          pc_account_form_get (
                              self, pc_account_side_security (side)));
  if (side == PC_ACCOUNT_OUTGOING)
    g_string_append_printf (url, "&login=%s",
                            pc_account_form_get (self,
                                                 PC_ACCOUNT_OUT_LOGIN));
  return g_string_free (url, FALSE);
}
