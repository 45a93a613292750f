/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/queue.h"

G_BEGIN_DECLS

/* Between queue.c and report.c. */

typedef enum {
  PC_REPORT_NONE,
  PC_REPORT_FAILED,
  PC_REPORT_DELAYED,
  PC_REPORT_DELIVERED,
  PC_REPORT_RELAYED,
} PcReportKind;

/* A delivery status notification about those of @mail's recipients whose kind
 * (by index) is not NONE.  @until: when @mail will be given up.  Transfer
 * full. */
GBytes *pc_report_new (const PcQueuedMail *mail,
                       const PcReportKind *kinds,
                       const char         *host,
                       const char         *domain,
                       const char         *id,
                       gint64              now,
                       gint64              until);

G_END_DECLS
