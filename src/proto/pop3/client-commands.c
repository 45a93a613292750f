/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client's actions are made of, and what is looked at before one
 * begins: its parameters, and whether it may go out in clear.
 *
 * Of raw lines only those few go out in clear that cannot carry a password;
 * any other might, with a verb spelt wrong.
 *
 * RFC 1939 sections 3 to 7, RFC 2595 section 4, RFC 8314 section 5.2.
 */

#include "proto/pop3/client-commands.h"

#include "proto/pop3/syntax.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const PcPop3Act commands[] = {
  { "capa", PC_POP3_VERB_CAPA, { NULL }, FALSE, "capa" },
  { "login", PC_POP3_VERB_USER, { "user" }, FALSE, NULL },
  { "user", PC_POP3_VERB_USER, { "user" }, FALSE, NULL },
  { "pass", PC_POP3_VERB_PASS, { "password" }, FALSE, NULL },
  { "stat", PC_POP3_VERB_STAT, { NULL }, FALSE, NULL },
  { "list", PC_POP3_VERB_LIST, { "number" }, TRUE, "list" },
  { "uidl", PC_POP3_VERB_UIDL, { "number" }, TRUE, "uidl" },
  { "retr", PC_POP3_VERB_RETR, { "number" }, TRUE, "message" },
  { "top", PC_POP3_VERB_TOP, { "number", "lines" }, TRUE, "top" },
  { "dele", PC_POP3_VERB_DELE, { "number" }, TRUE, NULL },
  { "rset", PC_POP3_VERB_RSET, { NULL }, FALSE, NULL },
  { "noop", PC_POP3_VERB_NOOP, { NULL }, FALSE, NULL },
  { "quit", PC_POP3_VERB_QUIT, { NULL }, FALSE, NULL },
};

const PcPop3Act *
pc_pop3_act_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];

  g_return_val_if_reached (NULL);
}

gboolean
pc_pop3_act_append (const PcPop3Act *self,
                    GString         *line,
                    const char      *param,
                    const char      *value,
                    GError         **error)
{
  guint64 number;

  if (self->numbers &&
      !pc_text_parse_number (value, strlen (value), G_MAXUINT32, &number)) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 _ ("“%s” is to be a number, not “%s”."), param, value);
    return FALSE;
  }
  if (*value == '\0') {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 _ ("“%s” is empty."), param);
    return FALSE;
  }

  g_string_append_printf (line, " %s", value);
  return TRUE;
}

gboolean
pc_pop3_client_check (const PcAction *action,
                      GError        **error)
{
  const PcActionSpec *spec = pc_action_spec_find (pc_pop3_actions,
                                                  action->name);
  g_auto (GStrv) required = NULL;
  GHashTableIter iter;
  gpointer       key, value;

  if (spec == NULL) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                 _ ("A POP3 client has no action “%s”."), action->name);
    return FALSE;
  }

  required = g_strsplit (spec->required, " ", -1);
  for (guint i = 0; required[i] != NULL; i++) {
    if (*required[i] != '\0' && !pc_action_get (action, required[i], NULL)) {
      g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                   _ ("The action “%s” needs “%s”."), action->name,
                   required[i]);
      return FALSE;
    }
  }

  /* A line end in a parameter would begin another command. */
  g_hash_table_iter_init (&iter, action->params);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    if (strpbrk (value, "\r\n") != NULL) {
      g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                   _ ("“%s” has a line end in it."), (const char *) key);
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
is_harmless (const char *line)
{
  PcPop3Command command;

  pc_pop3_parse_command ((const guint8 *) line, strlen (line), &command);
  if (command.has_args)
    return FALSE;

  return command.verb == PC_POP3_VERB_CAPA ||
         command.verb == PC_POP3_VERB_NOOP ||
         command.verb == PC_POP3_VERB_QUIT ||
         command.verb == PC_POP3_VERB_STLS;
}

gboolean
pc_pop3_client_is_private (const PcAction *action,
                           gboolean        challenged)
{
  static const char *const names[] = { "login", "apop", "auth", "user", "pass",
                                       NULL };

  if (strcmp (action->name, "raw") == 0)
    return challenged || !is_harmless (pc_action_get (action, "line", ""));

  return g_strv_contains (names, action->name);
}
