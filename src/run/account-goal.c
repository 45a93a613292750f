/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks: what an account is to be able to do.
 *
 * Whether it can is read off what happened.  Somebody who reaches the mail in
 * a way that the author of a task had not thought of has solved it; somebody
 * whose fields look right has not.
 */

#include "run/account.h"

#include "run/account-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const PcAccountGoal pc_account_goals[] = {
  { "phone-tls",
    N_ ("Read the mail where it is stored, encrypted from the first byte. "
        "Send with a login."),
    PC_GOAL_READ_ON_SERVER | PC_GOAL_TLS_FIRST | PC_GOAL_SEND_WITH_LOGIN },
  { "phone-imap",
    N_ ("A colleague's phone is set to IMAP. Find the port at which it can "
        "read the mail on the server."),
    PC_GOAL_READ_ON_SERVER },
  { "phone-starttls",
    N_ ("The administrator says: ports 143 and 587, and encrypt before the "
        "login. Read on the server, send with a login."),
    PC_GOAL_READ_ON_SERVER | PC_GOAL_TLS_LATER | PC_GOAL_SEND_WITH_LOGIN |
        PC_GOAL_NO_CLEAR_PASSWORD },
  { "tablet-collect",
    N_ ("Collect the mail on this one device. Nobody on the way may read the "
        "password. Send with a login."),
    PC_GOAL_COLLECT | PC_GOAL_NO_CLEAR_PASSWORD | PC_GOAL_SEND_WITH_LOGIN },
  { "send-only",
    N_ ("Reading works already. Let the phone send mail to other places, and "
        "let nobody read the password."),
    PC_GOAL_SEND_WITH_LOGIN | PC_GOAL_NO_CLEAR_PASSWORD },
  { NULL },
};

#define RECEIVES (PC_GOAL_READ_ON_SERVER | PC_GOAL_COLLECT)
#define SENDS (PC_GOAL_SEND | PC_GOAL_SEND_WITH_LOGIN)

guint
pc_account_goal_get_sides (const PcAccountGoal *goal)
{
  guint sides = 0;

  g_return_val_if_fail (goal != NULL, 0);

  if ((goal->wants & RECEIVES) != 0)
    sides |= PC_ACCOUNT_RECEIVE;
  if ((goal->wants & SENDS) != 0)
    sides |= PC_ACCOUNT_SEND;
  return sides != 0 ? sides : PC_ACCOUNT_BOTH;
}

typedef gboolean (*Fact) (const PcAccountFacts *facts);

static gboolean
is_tls_first (const PcAccountFacts *facts)
{
  return facts->tls_first;
}

static gboolean
is_tls_later (const PcAccountFacts *facts)
{
  return facts->tls && !facts->tls_first;
}

/* Nobody has given it away who did not use it at all: so only with TLS. */
static gboolean
keeps_password (const PcAccountFacts *facts)
{
  return facts->logged_in && !facts->password_in_clear;
}

/* On all sides that were to be tried; at least on one. */
static gboolean
holds (const PcAccountTrial *trial,
       guint                 sides,
       Fact                  fact)
{
  guint n = 0;

  for (guint i = 0; i < PC_ACCOUNT_N_SIDES; i++) {
    const PcAccountHalf *half = &trial->halves[i];

    if ((sides & (1u << i)) == 0)
      continue;
    if (half->outcome != PC_ACCOUNT_WORKS || !fact (&half->facts))
      return FALSE;
    n++;
  }

  return n > 0;
}

static gboolean
came_true (PcAccountGoalFlags    wish,
           guint                 sides,
           const PcAccountTrial *trial)
{
  const PcAccountHalf *in = &trial->halves[PC_ACCOUNT_INCOMING];
  const PcAccountHalf *out = &trial->halves[PC_ACCOUNT_OUTGOING];

  switch (wish) {
  case PC_GOAL_READ_ON_SERVER:
    return in->outcome == PC_ACCOUNT_WORKS && in->facts.read;
  case PC_GOAL_COLLECT:
    return in->outcome == PC_ACCOUNT_WORKS && in->facts.collected;
  case PC_GOAL_SEND:
    return out->facts.sent;
  case PC_GOAL_SEND_WITH_LOGIN:
    return out->facts.sent && out->facts.logged_in;
  case PC_GOAL_TLS_FIRST:
    return holds (trial, sides, is_tls_first);
  case PC_GOAL_TLS_LATER:
    return holds (trial, sides, is_tls_later);
  case PC_GOAL_NO_CLEAR_PASSWORD:
    return holds (trial, sides, keeps_password);
  default:
    return FALSE;
  }
}

guint
pc_account_goal_check (const PcAccountGoal  *goal,
                       const PcAccountTrial *trial)
{
  guint sides;
  guint met = 0;

  g_return_val_if_fail (goal != NULL && trial != NULL, 0);

  sides = pc_account_goal_get_sides (goal);
  for (guint wish = 1; wish <= PC_GOAL_NO_CLEAR_PASSWORD; wish <<= 1)
    if ((goal->wants & wish) != 0 && came_true (wish, sides, trial))
      met |= wish;

  return met;
}

gboolean
pc_account_goal_fits (const PcAccountGoal  *goal,
                      const PcAccountTrial *trial,
                      PcAccountSide         side)
{
  guint elsewhere = side == PC_ACCOUNT_INCOMING ? SENDS : RECEIVES;
  guint wants = goal->wants & ~elsewhere;

  if ((pc_account_goal_get_sides (goal) & (1u << side)) == 0)
    return TRUE;

  for (guint wish = 1; wish <= PC_GOAL_NO_CLEAR_PASSWORD; wish <<= 1)
    if ((wants & wish) != 0 && !came_true (wish, 1u << side, trial))
      return FALSE;
  return TRUE;
}

/* -- in words ------------------------------------------------------------- */

static const char *
name_wish (PcAccountGoalFlags wish)
{
  switch (wish) {
  case PC_GOAL_READ_ON_SERVER:
    return _ ("Read the mail on the server.");
  case PC_GOAL_COLLECT:
    return _ ("Collect the mail.");
  case PC_GOAL_SEND:
    return _ ("Send a message.");
  case PC_GOAL_SEND_WITH_LOGIN:
    return _ ("Send a message after a login.");
  case PC_GOAL_TLS_FIRST:
    return _ ("Encrypt from the first byte.");
  case PC_GOAL_TLS_LATER:
    return _ ("Begin in clear text and encrypt before the login.");
  case PC_GOAL_NO_CLEAR_PASSWORD:
  default:
    return _ ("Let nobody on the way read the password.");
  }
}

static gboolean
any (const PcAccountTrial *trial,
     Fact                  fact)
{
  for (guint i = 0; i < PC_ACCOUNT_N_SIDES; i++)
    if (trial->halves[i].outcome == PC_ACCOUNT_WORKS &&
        fact (&trial->halves[i].facts))
      return TRUE;

  return FALSE;
}

static gboolean
is_clear (const PcAccountFacts *facts)
{
  return !facts->tls;
}

static gboolean
gives_password (const PcAccountFacts *facts)
{
  return facts->password_in_clear;
}

/* Of what works, what is not as it was wished; NULL for "it does not work". */
static const char *
explain (PcAccountGoalFlags    wish,
         const PcAccountTrial *trial)
{
  const PcAccountFacts *in = &trial->halves[PC_ACCOUNT_INCOMING].facts;

  if (wish == PC_GOAL_READ_ON_SERVER && in->collected)
    return _ ("It collected the mail by POP3 instead: what is done with it on "
              "the phone, no other device will see.");
  if (wish == PC_GOAL_COLLECT && in->read)
    return _ ("It read the mail by IMAP instead, and left it on the server.");
  if (wish == PC_GOAL_SEND_WITH_LOGIN &&
      trial->halves[PC_ACCOUNT_OUTGOING].facts.sent)
    return _ ("The message was taken without a login.");
  if (any (trial, gives_password) && wish != PC_GOAL_COLLECT &&
      wish != PC_GOAL_READ_ON_SERVER)
    return _ ("It crossed the wire readable.");
  if ((wish == PC_GOAL_TLS_FIRST || wish == PC_GOAL_TLS_LATER) &&
      any (trial, is_clear))
    return _ ("Nothing was encrypted.");
  if (wish == PC_GOAL_TLS_FIRST && any (trial, is_tls_later))
    return _ ("The first bytes were clear text; TLS came with STARTTLS.");
  if (wish == PC_GOAL_TLS_LATER && any (trial, is_tls_first))
    return _ ("TLS was there from the first byte, on a port that the task "
              "does not name.");
  return NULL;
}

char *
pc_account_goal_describe (const PcAccountGoal  *goal,
                          PcAccountGoalFlags    wish,
                          const PcAccountTrial *trial)
{
  const char *why;

  g_return_val_if_fail (goal != NULL && trial != NULL, NULL);

  if (came_true (wish, pc_account_goal_get_sides (goal), trial))
    return g_strdup (name_wish (wish));

  why = explain (wish, trial);
  return g_strconcat (name_wish (wish), " ",
                      why != NULL ? why : _ ("That did not happen."), NULL);
}
