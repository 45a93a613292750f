/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/unit.h"

G_BEGIN_DECLS

/* The fields of a unit, small: four octets for each.  What a field is called,
 * what it is for and how it is read are static texts, so every pair of them is
 * kept once for the whole program. */

typedef struct _PcPackedFields PcPackedFields;

/* Where a field lies, without making it again. */
typedef struct
{
  guint    start;
  guint    end;
  gboolean secret;
} PcFieldExtent;

/* @fields: PcField, adjacent from 0; their values are copied. */
PcPackedFields *pc_packed_fields_new (const GArray *fields);
void            pc_packed_fields_free (PcPackedFields *self);
/* The same fields; their values are moved. (transfer full) */
GArray         *pc_packed_fields_unpack (PcPackedFields *self);
guint           pc_packed_fields_get_n (const PcPackedFields *self);
/* @index below that. */
void            pc_packed_fields_get_extent (const PcPackedFields *self,
                                             guint                 index,
                                             PcFieldExtent        *extent);

G_END_DECLS
