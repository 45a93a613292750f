/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/grade.h"

/* Some answer of the right kind, as whoever clicks about would give. */
static inline void
any_answer (PcItem   *item,
            guint     n,
            PcAnswer *answer)
{
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_NUMBER: pc_answer_parse_number ("69/udp", answer); break;
  case PC_ITEM_MATCH:
    for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_LEFT); i++)
      pc_answer_set_pair (answer, i,
                          (i + n) % pc_item_get_n_choices (item,
                                                           PC_ITEM_RIGHT));
    break;
  case PC_ITEM_ORDER:
    for (guint i = 0; i < pc_item_get_n_steps (item); i++)
      pc_answer_append_step (answer, i);
    break;
  case PC_ITEM_FAULT:
    pc_answer_set_line (answer, n % pc_item_get_stimulus (item)->n_lines,
                        TRUE);
    answer->options = 1;
    break;
  case PC_ITEM_CONFIGURE:
    for (guint i = 0; i < pc_item_get_n_fields (item); i++)
      pc_answer_set_field (answer, item, i,
                           i % 2 == 0 ? pc_item_get_setting (item, 0, i)
                                      : "tls");
    break;
  case PC_ITEM_PREDICT:
    if (n % 2 == 0) {
      pc_answer_set_text (answer, "354 go");
      break;
    }
    G_GNUC_FALLTHROUGH;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  default:
    answer->kind = PC_ANSWER_OPTIONS;
    answer->options = 1u << (n % 3);
    break;
  }
}
