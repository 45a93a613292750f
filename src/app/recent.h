/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "scenario/library.h"

G_BEGIN_DECLS

/* What was watched last, newest first: the ids of our scenarios and the URIs
 * of opened files, as a menu whose entries activate "win.open-recent". */

#define PC_TYPE_RECENT (pc_recent_get_type ())
G_DECLARE_FINAL_TYPE (PcRecent, pc_recent, PC, RECENT, GObject)

/* Kept in @settings, or only in memory when NULL. */
PcRecent   *pc_recent_new (GSettings *settings);
/* For the titles of our own; an id that it does not have is not shown. */
void        pc_recent_set_library (PcRecent  *self,
                                   PcLibrary *library);
/* @key: an id or a "file:" URI.  It becomes the first; the eleventh goes. */
void        pc_recent_add (PcRecent   *self,
                           const char *key);
void        pc_recent_remove (PcRecent   *self,
                              const char *key);
void        pc_recent_clear (PcRecent *self);
/* NULL-terminated; owned by @self, until it changes. */
const char *const *pc_recent_get_keys (PcRecent *self);
/* Changes with it. Owned by @self. */
GMenuModel *pc_recent_get_menu (PcRecent *self);

G_END_DECLS
