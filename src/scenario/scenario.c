/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scenario once it is read: answers only.
 *
 * Reading is done in load.c (who takes part, marks, faults), script.c (what
 * they do) and world.c (what is there before).
 */

#include "scenario/scenario.h"

#include "scenario/scenario-private.h"

#include "mail/world.h"

#include <string.h>

PcScenario *
pc_scenario_ref (PcScenario *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
pc_scenario_unref (PcScenario *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_pointer (&self->actors, g_array_unref);
  g_clear_pointer (&self->services, g_array_unref);
  g_clear_pointer (&self->actions, g_array_unref);
  g_clear_pointer (&self->faults, g_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->files, g_array_unref);
  g_clear_pointer (&self->accounts, g_array_unref);
  g_clear_pointer (&self->mailboxes, g_array_unref);
  g_clear_pointer (&self->messages, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->file, g_free);
  g_free (self);
}

const char *
pc_scenario_get_id (const PcScenario *self)
{
  return self->id;
}

const char *
pc_scenario_get_file (const PcScenario *self)
{
  return self->file;
}

const char *
pc_scenario_get_title (const PcScenario *self)
{
  return self->title;
}

const char *
pc_scenario_get_summary (const PcScenario *self)
{
  return self->summary;
}

const char *
pc_scenario_get_subtitle (const PcScenario *self)
{
  return self->subtitle;
}

const PcProtocol *
pc_scenario_get_protocol (const PcScenario *self)
{
  return self->protocol;
}

guint
pc_scenario_get_order (const PcScenario *self)
{
  return self->order;
}

gboolean
pc_scenario_expects_failure (const PcScenario *self)
{
  return self->expects_failure;
}

const PcScenarioLink *
pc_scenario_get_link (const PcScenario *self)
{
  return &self->link;
}

#define DEFINE_LIST(noun, Type, array, get)                \
  guint pc_scenario_get_n_##noun (const PcScenario *self)  \
  {                                                        \
    return self->array->len;                               \
  }                                                        \
                                                           \
  const Type *get (const PcScenario *self, guint index)    \
  {                                                        \
    g_return_val_if_fail (index < self->array->len, NULL); \
    return &g_array_index (self->array, Type, index);      \
  }

DEFINE_LIST (actors, PcScenarioActor, actors, pc_scenario_get_actor)
DEFINE_LIST (services, PcScenarioService, services, pc_scenario_get_service)
DEFINE_LIST (actions, PcScenarioAction, actions, pc_scenario_get_action)
DEFINE_LIST (faults, PcScenarioFault, faults, pc_scenario_get_fault)
DEFINE_LIST (marks, PcScenarioMark, marks, pc_scenario_get_mark)
DEFINE_LIST (files, PcScenarioFile, files, pc_scenario_get_file_at)

const PcScenarioActor *
pc_scenario_find_actor (const PcScenario *self,
                        const char       *id)
{
  for (guint i = 0; id != NULL && i < self->actors->len; i++)
    if (g_strcmp0 (pc_scenario_get_actor (self, i)->id, id) == 0)
      return pc_scenario_get_actor (self, i);

  return NULL;
}

gboolean
pc_scenario_has_mark (const PcScenario *self,
                      const char       *id)
{
  for (guint i = 0; i < self->marks->len; i++)
    if (strcmp (pc_scenario_get_mark (self, i)->id, id) == 0)
      return TRUE;

  return FALSE;
}

/* @accounts: by user. */
static PcMailStore *
make_own_store (const PcScenario *self,
                GHashTable       *accounts)
{
  PcMailStore *store = pc_mail_store_new (self->domain);

  for (guint i = 0; i < self->accounts->len; i++) {
    const PcScenarioAccount *account =
        &g_array_index (self->accounts, PcScenarioAccount, i);

    g_hash_table_insert (
        accounts, (gpointer) account->user,
        pc_mail_store_add_account (store, account->user, account->password,
                                   account->uid_validity));
  }

  return store;
}

PcMailStore *
pc_scenario_make_store (const PcScenario *self,
                        gint64            now)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new (g_str_hash,
                                                      g_str_equal);
  PcMailStore *store = self->default_world ? pc_world_new_default (now)
                                           : make_own_store (self, accounts);

  for (guint i = 0; i < self->mailboxes->len; i++) {
    const PcScenarioMailbox *box =
        &g_array_index (self->mailboxes, PcScenarioMailbox, i);
    PcAccount *account = g_hash_table_lookup (accounts, box->user);

    if (pc_account_find_mailbox (account, box->name) == NULL)
      pc_account_add_mailbox (account, box->name, box->special_use);
  }

  for (guint i = 0; i < self->messages->len; i++) {
    const PcScenarioMessage *message =
        &g_array_index (self->messages, PcScenarioMessage, i);
    PcAccount *account = g_hash_table_lookup (accounts, message->user);

    pc_mailbox_append (pc_account_find_mailbox (account, message->mailbox),
                       message->content, message->flags, now - message->age,
                       0, NULL);
  }

  return store;
}
