/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/export.h"

G_BEGIN_DECLS

/* One file per format.  Transfer full. */
char       *pc_export_json (PcTimeline   *timeline,
                            PcExportFlags flags);
char       *pc_export_markdown (PcTimeline   *timeline,
                                PcExportFlags flags);
char       *pc_export_text (PcTimeline   *timeline,
                            PcExportFlags flags);

/* What the formats for people share. */

/* The actor's name, or its id when the timeline does not know it; "" for
 * NULL.  Borrowed. */
const char *pc_export_actor_name (PcTimeline *timeline,
                                  const char *id);
/* "0.001204": seconds, never in the locale's digits. Transfer full. */
char       *pc_export_time (gint64 t_us);
/* What the network did to it, and whether it was there before: "lost",
 * "again, as in 5"; NULL where there is nothing to tell.  Transfer full. */
char       *pc_export_fate (PcStep *step);
/* How it ended, as a sentence.  Transfer full. */
char       *pc_export_outcome (PcTimeline *timeline);

G_END_DECLS
