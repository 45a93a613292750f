/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What layers, fates and states of a step are called in files: no word of
 * these is translated.
 */

#include "timeline/step.h"

const char *
pc_layer_to_string (PcLayer layer)
{
  static const char *const words[] = {
    [PC_LAYER_TCP] = "tcp",
    [PC_LAYER_UDP] = "udp",
    [PC_LAYER_TLS] = "tls",
    [PC_LAYER_APP] = "app",
    [PC_LAYER_NOTE] = "note",
  };

  g_return_val_if_fail ((guint) layer < G_N_ELEMENTS (words), NULL);

  return words[layer];
}

const char *
pc_fate_to_string (PcFate fate)
{
  static const char *const words[] = {
    [PC_FATE_DELIVERED] = "delivered",
    [PC_FATE_LOST] = "lost",
    [PC_FATE_DUPLICATE] = "duplicate",
    [PC_FATE_LATE] = "late",
  };

  g_return_val_if_fail ((guint) fate < G_N_ELEMENTS (words), NULL);

  return words[fate];
}

const char *
pc_status_to_string (PcStatus status)
{
  static const char *const words[] = {
    [PC_STATUS_OK] = "ok",
    [PC_STATUS_WARNING] = "warning",
    [PC_STATUS_ERROR] = "error",
  };

  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (words), NULL);

  return words[status];
}
