/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One thing a client is asked to do: "login" with user and password.  Comes
 * from a scenario, from the command line or from a form. */

typedef struct
{
  const char *name;     /* "login" */
  const char *required; /* parameter names, blank-separated: "user password" */
  const char *optional;
  const char *summary;  /* N_(): what it does, for help and editors */
} PcActionSpec;

typedef struct
{
  char       *name;
  GHashTable *params; /* char* → char*, both owned */
  GBytes     *data;   /* what is sent: a message, a file; or NULL */
} PcAction;

PcAction           *pc_action_new (const char *name);
void                pc_action_free (PcAction *self);
void                pc_action_set (PcAction   *self,
                                   const char *param,
                                   const char *value);
/* @fallback when it is not set. */
const char         *pc_action_get (const PcAction *self,
                                   const char     *param,
                                   const char     *fallback);
/* Copies @data. */
void                pc_action_set_data (PcAction     *self,
                                        gconstpointer data,
                                        gsize         len);

/* NULL when @name is not in the NULL-named-terminated @specs. */
const PcActionSpec *pc_action_spec_find (const PcActionSpec *specs,
                                         const char         *name);
gboolean            pc_action_spec_has_param (const PcActionSpec *self,
                                              const char         *param,
                                              gboolean           *required);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcAction, pc_action_free)

G_END_DECLS
