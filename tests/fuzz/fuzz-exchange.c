/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any octets as questions of another program: the first chooses the format.
 * What comes of it is a bank that loads, or nothing and a reason.
 */

#include "quiz/exchange.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const PcExchange readers[] = { PC_EXCHANGE_GIFT, PC_EXCHANGE_AIKEN,
                                        PC_EXCHANGE_CSV };
  g_autoptr (PcProblems)  problems = pc_problems_new ();
  g_autoptr (PcJson)      json = NULL;
  g_autoptr (PcBank)      bank = NULL;
  g_autofree char        *text = NULL;

  if (size == 0)
    return 0;
  text = pc_exchange_read ("fuzz", data + 1, size - 1, readers[*data % 3],
                           "fuzz", problems);
  if (text == NULL) {
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
    return 0;
  }
  json = pc_json_parse ("fuzz", (const guint8 *) text, strlen (text),
                        problems);
  if (json == NULL) {
    for (guint i = 0; i < pc_problems_get_n (problems); i++)
      g_printerr ("%s\n", pc_problems_get (problems, i)->message);
    g_error ("no JSON: %s", text);
  }
  bank = pc_bank_new_from_json (json, NULL, problems, NULL, NULL);
  for (PcExchange i = 0; bank != NULL && i < PC_N_EXCHANGES; i++)
    g_free (pc_exchange_write (bank, i, NULL, problems));
  return 0;
}
