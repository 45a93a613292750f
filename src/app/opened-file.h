/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "scenario/source.h"

G_BEGIN_DECLS

/* A scenario file that somebody opened: read in a thread, read again when it
 * changes on the disk.  What was good once stays until something better comes.
 *
 * Signal "loaded": it was read, and differs from what it was. */

#define PC_TYPE_OPENED_FILE (pc_opened_file_get_type ())
G_DECLARE_FINAL_TYPE (PcOpenedFile, pc_opened_file, PC, OPENED_FILE, GObject)

/* Begins to read @path at once. */
PcOpenedFile         *pc_opened_file_new (const char *path);
const char           *pc_opened_file_get_path (PcOpenedFile *self);
/* Reads it again, and tells "loaded" even if nothing changed. */
void                  pc_opened_file_reload (PcOpenedFile *self);
gboolean              pc_opened_file_is_loading (PcOpenedFile *self);
/* As it was read last; NULL before the first time.  Until "loaded". */
const PcScenarioSource *pc_opened_file_get_last (PcOpenedFile *self);
/* What there is to watch: the last one without a mistake, else the good part.
 * NULL when there is neither. */
PcScenario           *pc_opened_file_get_scenario (PcOpenedFile *self);
/* TRUE when that is an older one than what is on the disk. */
gboolean              pc_opened_file_is_older (PcOpenedFile *self);
/* Of the scenario, or the name of the file.  Transfer full. */
char                 *pc_opened_file_dup_title (PcOpenedFile *self);

G_END_DECLS
