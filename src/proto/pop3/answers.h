/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/answers.h"

G_BEGIN_DECLS

extern const PcAnswers pc_pop3_answers;

G_END_DECLS
