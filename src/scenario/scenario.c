/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scenario once it is read: answers only.
 *
 * Reading is done in load.c (who takes part, marks, faults), script.c (what
 * they do), says-load.c (what servers say that are not ours) and world-load.c
 * (what is there before).
 */

#include "scenario/scenario.h"

#include "scenario/scenario-private.h"

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
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->file, g_free);
  if (self->original != NULL) {
    g_clear_pointer (&self->original, pc_scenario_unref);
  } else {
    g_clear_pointer (&self->faults, pc_faults_unref);
    g_clear_pointer (&self->lists, g_ptr_array_unref);
    g_clear_pointer (&self->says, g_ptr_array_unref);
    g_clear_pointer (&self->world, pc_world_free);
    g_clear_pointer (&self->strings, g_string_chunk_free);
  }
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

const PcScenarioRetry *
pc_scenario_get_retry (const PcScenario *self)
{
  return &self->retry;
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
DEFINE_LIST (marks, PcScenarioMark, marks, pc_scenario_get_mark)

PcFaults *
pc_scenario_get_faults (const PcScenario *self)
{
  return self->faults;
}

const PcScenarioActor *
pc_scenario_find_actor (const PcScenario *self,
                        const char       *id)
{
  for (guint i = 0;
       self != NULL && id != NULL && i < self->actors->len; i++)
    if (g_strcmp0 (pc_scenario_get_actor (self, i)->id, id) == 0)
      return pc_scenario_get_actor (self, i);

  return NULL;
}

const PcScenarioMark *
pc_scenario_find_mark (const PcScenario *self,
                       const char       *id)
{
  for (guint i = 0; i < self->marks->len; i++)
    if (strcmp (pc_scenario_get_mark (self, i)->id, id) == 0)
      return pc_scenario_get_mark (self, i);

  return NULL;
}

gboolean
pc_scenario_has_mark (const PcScenario *self,
                      const char       *id)
{
  return pc_scenario_find_mark (self, id) != NULL;
}

const char *
pc_scenario_get_presenter (const PcScenario *self)
{
  return self->presenter;
}

const PcWorld *
pc_scenario_get_world (const PcScenario *self)
{
  return self->world;
}
