/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of a mail account: ten texts, as somebody typed them.
 *
 * Whether a text can be used at all is decided here; whether it works, only a
 * server can tell.  The sensible values follow RFC 8314 section 3: TLS from
 * the first octet on, ports 993, 995 and 465.  Left out: URLs, which are
 * account-url.c's.
 */

#include "run/account.h"

#include "run/account-private.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PcAccountForm
{
  char *values[PC_ACCOUNT_N_FIELDS];
};

typedef struct
{
  const char *id;
  const char *label; /* N_() */
} Field;

static const Field fields[PC_ACCOUNT_N_FIELDS] = {
  [PC_ACCOUNT_IN_PROTO] = { "in-proto", N_ ("Account type") },
  [PC_ACCOUNT_IN_HOST] = { "in-host", N_ ("Incoming server") },
  [PC_ACCOUNT_IN_PORT] = { "in-port", N_ ("Incoming port") },
  [PC_ACCOUNT_IN_SECURITY] = { "in-sec", N_ ("Incoming security") },
  [PC_ACCOUNT_USER] = { "user", N_ ("User name") },
  [PC_ACCOUNT_PASSWORD] = { "password", N_ ("Password") },
  [PC_ACCOUNT_OUT_HOST] = { "out-host", N_ ("Outgoing server") },
  [PC_ACCOUNT_OUT_PORT] = { "out-port", N_ ("Outgoing port") },
  [PC_ACCOUNT_OUT_SECURITY] = { "out-sec", N_ ("Outgoing security") },
  [PC_ACCOUNT_OUT_LOGIN] = { "out-login", N_ ("Log in to send") },
};

static const char *const protocols[] = { "imap", "pop3", "smtp", "tftp",
                                         NULL };
static const char *const securities[] = { "tls", "starttls", "none", NULL };
static const char *const logins[] = { "yes", "no", NULL };

static const struct
{
  const char *value;
  const char *label; /* N_() */
} labels[] = {
  { "imap", N_ ("IMAP") },
  { "pop3", N_ ("POP3") },
  { "smtp", N_ ("SMTP") },
  { "tftp", N_ ("TFTP") },
  { "tls", N_ ("TLS from the first byte") },
  { "starttls", N_ ("STARTTLS") },
  { "none", N_ ("None") },
  { "yes", N_ ("Yes") },
  { "no", N_ ("No") },
};

/* What goes with what (RFC 8314 section 3, RFC 6409 section 3.1). */
static const struct
{
  const char *protocol;
  const char *security;
  const char *port;
} customs[] = {
  { "imap", "tls", "993" },      { "imap", "starttls", "143" },
  { "imap", "none", "143" },     { "pop3", "tls", "995" },
  { "pop3", "starttls", "110" }, { "pop3", "none", "110" },
  { "smtp", "tls", "465" },      { "smtp", "starttls", "587" },
  { "smtp", "none", "587" },     { "smtp", "starttls", "25" },
  { "tftp", "none", "69" },
};

/* -- fields --------------------------------------------------------------- */

const char *
pc_account_field_to_id (PcAccountField field)
{
  g_return_val_if_fail (field < PC_ACCOUNT_N_FIELDS, NULL);

  return fields[field].id;
}

gboolean
pc_account_field_from_id (const char     *id,
                          PcAccountField *field)
{
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    if (g_strcmp0 (fields[i].id, id) == 0) {
      *field = i;
      return TRUE;
    }

  return FALSE;
}

const char *
pc_account_field_get_label (PcAccountField field)
{
  g_return_val_if_fail (field < PC_ACCOUNT_N_FIELDS, NULL);

  return _ (fields[field].label);
}

const char *const *
pc_account_field_get_choices (PcAccountField field)
{
  switch (field) {
  case PC_ACCOUNT_IN_PROTO:
    return protocols;
  case PC_ACCOUNT_IN_SECURITY:
  case PC_ACCOUNT_OUT_SECURITY:
    return securities;
  case PC_ACCOUNT_OUT_LOGIN:
    return logins;
  default:
    return NULL;
  }
}

const char *
pc_account_choice_get_label (PcAccountField field,
                             const char    *value)
{
  const char *const *choices = pc_account_field_get_choices (field);

  if (choices == NULL || value == NULL || !g_strv_contains (choices, value))
    return value;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].value, value) == 0)
      return _ (labels[i].label);

  return value;
}

/* -- the form ------------------------------------------------------------- */

PcAccountForm *
pc_account_form_new (void)
{
  PcAccountForm *self = g_new0 (PcAccountForm, 1);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    self->values[i] = g_strdup ("");
  return self;
}

PcAccountForm *
pc_account_form_copy (const PcAccountForm *self)
{
  PcAccountForm *copy = g_new0 (PcAccountForm, 1);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    copy->values[i] = g_strdup (self->values[i]);
  return copy;
}

void
pc_account_form_free (PcAccountForm *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    g_clear_pointer (&self->values[i], g_free);
  g_free (self);
}

void
pc_account_form_set (PcAccountForm *self,
                     PcAccountField field,
                     const char    *value)
{
  char *copy;

  g_return_if_fail (self != NULL && value != NULL);
  g_return_if_fail (field < PC_ACCOUNT_N_FIELDS);

  copy = g_strdup (value);
  if (field != PC_ACCOUNT_PASSWORD)
    g_strstrip (copy);
  g_free (self->values[field]);
  self->values[field] = copy;
}

const char *
pc_account_form_get (const PcAccountForm *self,
                     PcAccountField       field)
{
  g_return_val_if_fail (self != NULL && field < PC_ACCOUNT_N_FIELDS, "");

  return self->values[field];
}

gboolean
pc_account_form_equal (const PcAccountForm *self,
                       const PcAccountForm *other)
{
  return pc_account_form_compare (self, other) == 0;
}

guint
pc_account_form_compare (const PcAccountForm *self,
                         const PcAccountForm *other)
{
  guint differ = 0;

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    if (strcmp (self->values[i], other->values[i]) != 0)
      differ |= PC_ACCOUNT_BIT (i);

  return differ;
}

/* -- the fields of one side ----------------------------------------------- */

const char *
pc_account_form_get_protocol (const PcAccountForm *self,
                              PcAccountSide        side)
{
  return side == PC_ACCOUNT_INCOMING ? self->values[PC_ACCOUNT_IN_PROTO]
                                     : "smtp";
}

PcAccountField
pc_account_side_host (PcAccountSide side)
{
  return side == PC_ACCOUNT_INCOMING ? PC_ACCOUNT_IN_HOST
                                     : PC_ACCOUNT_OUT_HOST;
}

PcAccountField
pc_account_side_port (PcAccountSide side)
{
  return side == PC_ACCOUNT_INCOMING ? PC_ACCOUNT_IN_PORT
                                     : PC_ACCOUNT_OUT_PORT;
}

PcAccountField
pc_account_side_security (PcAccountSide side)
{
  return side == PC_ACCOUNT_INCOMING ? PC_ACCOUNT_IN_SECURITY
                                     : PC_ACCOUNT_OUT_SECURITY;
}

guint
pc_account_form_get_port (const PcAccountForm *self,
                          PcAccountSide        side)
{
  const char *text = self->values[pc_account_side_port (side)];
  guint64     port;

  if (!pc_text_parse_number (text, strlen (text), G_MAXUINT16, &port))
    return 0;
  return (guint) port;
}

PcAccountSecurity
pc_account_form_get_security (const PcAccountForm *self,
                              PcAccountSide        side)
{
  const char *text = self->values[pc_account_side_security (side)];

  if (strcmp (text, "tls") == 0)
    return PC_ACCOUNT_TLS;
  return strcmp (text, "starttls") == 0 ? PC_ACCOUNT_STARTTLS
                                        : PC_ACCOUNT_CLEAR;
}

/* -- what goes with what -------------------------------------------------- */

static void
fill (PcAccountForm *self,
      PcAccountField field,
      const char    *value)
{
  if (self->values[field][0] == '\0')
    pc_account_form_set (self, field, value);
}

/* The first custom that contradicts nothing. */
static void
fill_side (PcAccountForm *self,
           PcAccountSide  side)
{
  PcAccountField port = pc_account_side_port (side);
  PcAccountField security = pc_account_side_security (side);
  const char    *protocol = pc_account_form_get_protocol (self, side);

  for (guint i = 0; i < G_N_ELEMENTS (customs); i++) {
    const char *given_port = self->values[port];
    const char *given_security = self->values[security];

    if ((*protocol != '\0' && strcmp (protocol, customs[i].protocol) != 0) ||
        (*given_port != '\0' && strcmp (given_port, customs[i].port) != 0) ||
        (*given_security != '\0' &&
         strcmp (given_security, customs[i].security) != 0))
      continue;
    if (side == PC_ACCOUNT_INCOMING && *protocol == '\0' &&
        (strcmp (customs[i].protocol, "imap") != 0 &&
         strcmp (customs[i].protocol, "pop3") != 0))
      continue;
    if (side == PC_ACCOUNT_INCOMING)
      fill (self, PC_ACCOUNT_IN_PROTO, customs[i].protocol);
    fill (self, port, customs[i].port);
    fill (self, security, customs[i].security);
    return;
  }
  /* Two that do not go together: at least as the port is mostly used. */
  for (guint i = 0; i < G_N_ELEMENTS (customs); i++)
    if (strcmp (self->values[port], customs[i].port) == 0)
      fill (self, security, customs[i].security);
}

void
pc_account_form_complete (PcAccountForm *self)
{
  g_return_if_fail (self != NULL);

  fill_side (self, PC_ACCOUNT_INCOMING);
  fill_side (self, PC_ACCOUNT_OUTGOING);
  /* Where nothing goes with it: what is best by itself. */
  fill (self, PC_ACCOUNT_IN_PROTO, "imap");
  fill (self, PC_ACCOUNT_IN_SECURITY, "tls");
  fill (self, PC_ACCOUNT_OUT_SECURITY, "tls");
  fill (self, PC_ACCOUNT_IN_PORT, "993");
  fill (self, PC_ACCOUNT_OUT_PORT, "465");
  fill (self, PC_ACCOUNT_IN_HOST, PC_ACCOUNT_HOST);
  fill (self, PC_ACCOUNT_OUT_HOST, PC_ACCOUNT_HOST);
  fill (self, PC_ACCOUNT_USER, PC_ACCOUNT_LESSON_USER);
  fill (self, PC_ACCOUNT_PASSWORD, PC_ACCOUNT_LESSON_PASSWORD);
  fill (self, PC_ACCOUNT_OUT_LOGIN, "yes");
}

void
pc_account_form_complete_pair (PcAccountForm *answer,
                               PcAccountForm *right)
{
  g_return_if_fail (answer != NULL);
  g_return_if_fail (right != NULL);

  pc_account_form_complete (right);
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    fill (answer, i, pc_account_form_get (right, i));
}

char *
pc_account_form_describe_difference (const PcAccountForm *self,
                                     const PcAccountForm *other)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (other != NULL, NULL);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    const char *value = pc_account_form_get (self, i);

    if (g_str_equal (value, pc_account_form_get (other, i)))
      continue;
    if (text->len > 0)
      /* Translators: between two settings. */
      g_string_append (text, _ (", "));
    /* Translators: a setting and its value, as in "Incoming port: 993". */
    g_string_append_printf (text, _ ("%s: %s"),
                            pc_account_field_get_label (i),
                            i == PC_ACCOUNT_PASSWORD
                                ? "…"
                                : pc_account_choice_get_label (i, value));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* -- what can be used ----------------------------------------------------- */

static gboolean
has_controls (const char *text)
{
  for (const guchar *at = (const guchar *) text; *at != '\0'; at++)
    if (*at < ' ' || *at == 0x7f)
      return TRUE;

  return !g_utf8_validate (text, -1, NULL);
}

/* RFC 1123 section 2.1, and addresses in place of names. */
static gboolean
is_host (const char *text)
{
  gsize len = strlen (text);

  if (len == 0 || len > 253 || text[0] == '.' || text[0] == '-' ||
      strstr (text, "..") != NULL)
    return FALSE;
  if (g_hostname_is_ip_address (text))
    return TRUE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (".-_", text[i]) == NULL)
      return FALSE;

  return TRUE;
}

static char *
check_host (const char *text)
{
  if (strstr (text, "://") != NULL || strchr (text, '/') != NULL)
    return g_strdup (_ ("Only the name of the server belongs here, without "
                        "“https://” and without a path."));
  if (strchr (text, '@') != NULL)
    return g_strdup (_ ("This is a mail address. The name of the server "
                        "belongs here, such as mail.example.test."));
  if (strchr (text, ':') != NULL && !g_hostname_is_ip_address (text))
    return g_strdup (_ ("The port has a field of its own; only the name of "
                        "the server belongs here."));
  if (!is_host (text))
    return g_strdup (_ ("This cannot be the name of a server: names have "
                        "letters, digits, dots and hyphens."));

  return NULL;
}

static char *
check_port (const char *text)
{
  guint64 port;

  if (pc_text_parse_number (text, strlen (text), G_MAXUINT16, &port) &&
      port > 0)
    return NULL;

  return g_strdup (_ ("A port is a number from 1 to 65535."));
}

static char *
check_choice (const char        *text,
              const char *const *choices)
{
  g_autofree char *all = NULL;

  if (g_strv_contains (choices, text))
    return NULL;

  all = g_strjoinv (", ", (char **) choices);
  return g_strdup_printf (_ ("“%s” is none of the choices: %s."), text, all);
}

char *
pc_account_form_check (const PcAccountForm *self,
                       PcAccountField       field)
{
  const char *text = pc_account_form_get (self, field);

  if (*text == '\0')
    return g_strdup (_ ("This field is empty."));
  if (pc_account_field_get_choices (field) != NULL)
    return check_choice (text, pc_account_field_get_choices (field));
  if (strlen (text) > PC_LIMIT_ACCOUNT_TEXT)
    return g_strdup (_ ("This is too long."));
  if (has_controls (text))
    return g_strdup (_ ("There is a character in it that nobody can type."));
  if (field == PC_ACCOUNT_IN_PORT || field == PC_ACCOUNT_OUT_PORT)
    return check_port (text);
  if (field == PC_ACCOUNT_IN_HOST || field == PC_ACCOUNT_OUT_HOST)
    return check_host (text);

  return NULL;
}

/* Whoever does not log in needs no name. */
static guint
needed (const PcAccountForm *self,
        guint                sides)
{
  const guint incoming = PC_ACCOUNT_BIT (PC_ACCOUNT_IN_PROTO) |
                         PC_ACCOUNT_BIT (PC_ACCOUNT_IN_HOST) |
                         PC_ACCOUNT_BIT (PC_ACCOUNT_IN_PORT) |
                         PC_ACCOUNT_BIT (PC_ACCOUNT_IN_SECURITY);
  const guint login = PC_ACCOUNT_BIT (PC_ACCOUNT_USER) |
                      PC_ACCOUNT_BIT (PC_ACCOUNT_PASSWORD);
  const guint outgoing = PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_HOST) |
                         PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_PORT) |
                         PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_SECURITY) |
                         PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_LOGIN);
  guint all = 0;

  if ((sides & PC_ACCOUNT_RECEIVE) != 0)
    all |= incoming | login;
  if ((sides & PC_ACCOUNT_SEND) != 0)
    all |= outgoing;
  if ((sides & PC_ACCOUNT_SEND) != 0 &&
      strcmp (self->values[PC_ACCOUNT_OUT_LOGIN], "yes") == 0)
    all |= login;
  return all;
}

guint
pc_account_form_check_all (const PcAccountForm *self,
                           guint                sides)
{
  guint all = needed (self, sides);
  guint bad = 0;

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    g_autofree char *why = (all & PC_ACCOUNT_BIT (i)) != 0
                               ? pc_account_form_check (self, i)
                               : NULL;

    if (why != NULL)
      bad |= PC_ACCOUNT_BIT (i);
  }

  return bad;
}
