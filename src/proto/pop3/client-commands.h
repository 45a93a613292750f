/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/pop3/verbs.h"

G_BEGIN_DECLS

/* From an action to a command, and what is looked at before. */

/* An action that is one command and its arguments. */
typedef struct
{
  const char *name;
  PcPop3Verb  verb;
  const char *params[2]; /* in the order of the command's arguments */
  gboolean    numbers;
  const char *item; /* what comes with the reply: prefix of its name */
} PcPop3Act;

/* There must be such an action. */
const PcPop3Act *pc_pop3_act_find (const char *name);
/* Adds one argument to @line.  FALSE with PC_ENGINE_ERROR when it cannot be
 * one. */
gboolean pc_pop3_act_append (const PcPop3Act *self,
                             GString         *line,
                             const char      *param,
                             const char      *value,
                             GError         **error);

/* FALSE with PC_ENGINE_ERROR unless there is such an action, its parameters
 * are there, and none of them has a line end in it. */
gboolean pc_pop3_client_check (const PcAction *action,
                               GError        **error);
/* Whether the action may give a password away: in clear, a client that needs
 * TLS does not begin it.  @challenged: the server waits for a line of AUTH. */
gboolean pc_pop3_client_is_private (const PcAction *action,
                                    gboolean        challenged);

G_END_DECLS
