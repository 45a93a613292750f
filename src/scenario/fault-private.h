/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/fault.h"

G_BEGIN_DECLS

/* Between fault.c, fault-load.c and fault-spec.c. */

/* By PcFaultKind. */
typedef struct
{
  const char *name;
  gboolean    datagrams;
  gboolean    streams;
} PcFaultForm;

extern const PcFaultForm pc_fault_forms[];
extern const guint       pc_fault_n_forms;

struct _PcFaults
{
  gatomicrefcount refs;
  GStringChunk   *strings; /* every const char * of them */
  GArray         *faults;  /* PcFault */
};

/* The members of a fault of this kind, but for "fault"; NULL-terminated. */
const char *const *pc_fault_list_members (PcFaultKind kind);
/* FALSE when there is no such kind. */
gboolean           pc_fault_find_kind (const char  *name,
                                       PcFaultKind *kind);
/* What a scenario's "faults" would have for @spec, which is one.  Transfer
 * full; NULL with @error. */
JsonObject        *pc_fault_spec_to_json (const char *spec,
                                          GError    **error);

G_END_DECLS
