/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults once they are read: answers only, and the seeded chance.
 *
 * Reading is fault-load.c's (JSON) and fault-spec.c's (--fault); making them
 * happen is run/fault*.c's.
 */

#include "scenario/fault.h"

#include "scenario/fault-private.h"

#include "base/random.h"

#include <string.h>

const PcFaultForm pc_fault_forms[] = {
  [PC_FAULT_DROP] = { "drop", TRUE, FALSE },
  [PC_FAULT_DUPLICATE] = { "duplicate", TRUE, FALSE },
  [PC_FAULT_DELAY] = { "delay", TRUE, FALSE },
  [PC_FAULT_REORDER] = { "reorder", TRUE, FALSE },
  [PC_FAULT_INJECT] = { "inject", TRUE, FALSE },
  [PC_FAULT_CHANGE] = { "change", TRUE, TRUE },
  [PC_FAULT_SPLIT] = { "split", FALSE, TRUE },
  [PC_FAULT_JOIN] = { "join", FALSE, TRUE },
  [PC_FAULT_SLOW] = { "slow", FALSE, TRUE },
  [PC_FAULT_CUT] = { "cut", FALSE, TRUE },
  [PC_FAULT_FREEZE] = { "freeze", FALSE, TRUE },
  [PC_FAULT_ANSWER] = { "answer", FALSE, FALSE },
};

const guint pc_fault_n_forms = G_N_ELEMENTS (pc_fault_forms);

static void
clear_fault (gpointer data)
{
  PcFault *fault = data;

  g_clear_pointer (&fault->data, g_bytes_unref);
}

PcFaults *
pc_faults_new (void)
{
  PcFaults *self = g_new0 (PcFaults, 1);

  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (256);
  self->faults = g_array_new (FALSE, TRUE, sizeof (PcFault));
  g_array_set_clear_func (self->faults, clear_fault);
  return self;
}

PcFaults *
pc_faults_ref (PcFaults *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
pc_faults_unref (PcFaults *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_pointer (&self->faults, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self);
}

guint
pc_faults_get_n (const PcFaults *self)
{
  return self->faults->len;
}

const PcFault *
pc_faults_get (const PcFaults *self,
               guint           index)
{
  g_return_val_if_fail (index < self->faults->len, NULL);

  return &g_array_index (self->faults, PcFault, index);
}

const char *
pc_fault_kind_to_string (PcFaultKind kind)
{
  return pc_fault_forms[kind].name;
}

gboolean
pc_fault_is_of_datagrams (const PcFault *self)
{
  return pc_fault_forms[self->kind].datagrams;
}

gboolean
pc_fault_is_of_streams (const PcFault *self)
{
  return pc_fault_forms[self->kind].streams;
}

gboolean
pc_fault_match (const char *pattern,
                const char *rule)
{
  gsize len = strlen (pattern);

  return len > 0 && pattern[len - 1] == '*'
             ? strncmp (pattern, rule, len - 1) == 0
             : strcmp (pattern, rule) == 0;
}

guint64
pc_fault_draw (guint64 *state)
{
  return pc_random_draw (state);
}

gboolean
pc_fault_is_struck (guint64 draw,
                    double  rate)
{
  return (double) (draw >> 11) * 0x1p-53 < rate;
}
