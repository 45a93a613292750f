/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the documents and sections are called that narrations refer to. */

/* NULL for one that no narration refers to. */
const char *pc_rfc_get_title (guint rfc);
/* The same; @section as in PcReference: "6.4.5", "B.1". */
const char *pc_rfc_get_section_title (guint       rfc,
                                      const char *section);
/* Where everybody can read it: a link for a browser.  @section may be NULL.
 * Transfer full. */
char       *pc_rfc_dup_uri (guint       rfc,
                            const char *section);

G_END_DECLS
