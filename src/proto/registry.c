/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The const table of protocols.
 *
 * The only file that knows all four; everything above asks here.
 */

#include "proto/registry.h"

#include "proto/imap/protocol.h"
#include "proto/pop3/protocol.h"
#include "proto/smtp/protocol.h"
#include "proto/tftp/protocol.h"
#include "proto/tls/narrate.h"

#include <string.h>

static const PcProtocol *const protocols[PC_N_PROTOCOLS] = {
  &pc_imap_protocol,
  &pc_pop3_protocol,
  &pc_smtp_protocol,
  &pc_tftp_protocol,
};

const PcProtocol *
pc_registry_get (guint index)
{
  return index < PC_N_PROTOCOLS ? protocols[index] : NULL;
}

const PcProtocol *
pc_registry_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < PC_N_PROTOCOLS; i++)
    if (strcmp (protocols[i]->id, id) == 0)
      return protocols[i];

  return NULL;
}

const PcNarration *
pc_registry_find_narration (const char *rule)
{
  const PcNarration *found;

  g_return_val_if_fail (rule != NULL, NULL);

  found = pc_narration_find (pc_common_narrations, pc_common_n_narrations,
                             rule);
  for (guint i = 0; i < PC_N_PROTOCOLS && found == NULL; i++)
    found = pc_narration_find (protocols[i]->narrations,
                               protocols[i]->n_narrations, rule);
  if (found == NULL)
    found = pc_narration_find (pc_tls_narrations, pc_tls_n_narrations, rule);

  return found;
}
