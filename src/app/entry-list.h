/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/sketch.h"

G_BEGIN_DECLS

/* The entries of a scenario, one section of it at a time, and what one does
 * with them.  Emits "selected": another entry, or none; "changed": entries
 * came, went or changed places. */

#define PC_TYPE_ENTRY_LIST (pc_entry_list_get_type ())
G_DECLARE_FINAL_TYPE (PcEntryList, pc_entry_list, PC, ENTRY_LIST, GtkWidget)

/* @sketch must live as long as the list. */
void            pc_entry_list_set_sketch (PcEntryList *self,
                                          PcSketch    *sketch);
/* The scenario was changed elsewhere. */
void            pc_entry_list_refresh (PcEntryList *self);
PcSketchSection pc_entry_list_get_section (PcEntryList *self);
/* The pointer of the selected entry; NULL for none. */
const char     *pc_entry_list_get_selected (PcEntryList *self);
/* Emits "selected" where it was another.  @pointer NULL: the first one. */
void            pc_entry_list_select (PcEntryList    *self,
                                      PcSketchSection section,
                                      const char     *pointer);
/* Adds @what behind the selected entry, and selects it.  FALSE when it has no
 * place there. */
gboolean        pc_entry_list_add (PcEntryList *self,
                                   const char  *what);
/* What there is to add, to choose from. */
void            pc_entry_list_offer (PcEntryList *self);
void            pc_entry_list_remove (PcEntryList *self);
void            pc_entry_list_move (PcEntryList *self,
                                    int          by);

G_END_DECLS
