/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long refusals wait, and when it is enough. */

#include "proto/common/login-guard.h"

#include "base/limits.h"

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)
#define FAR (NOW + 1000 * G_USEC_PER_SEC)

/* Twice as long each time, up to a limit; one of them is the last. */
static void
test_growth (void)
{
  PcLoginGuard guard = { 0 };
  gint64       now = NOW;
  gint64       delay = PC_LIMIT_LOGIN_DELAY;

  g_assert_false (pc_login_guard_is_holding (&guard));
  g_assert_false (pc_login_guard_release (&guard, now));
  g_assert_cmpint (pc_login_guard_get_deadline (&guard, FAR), ==, FAR);
  for (guint i = 1; i <= PC_LIMIT_LOGIN_FAILURES + 70; i++) {
    g_test_message ("failure %u", i);
    pc_login_guard_fail (&guard, now);
    g_assert_true (pc_login_guard_is_holding (&guard));
    g_assert_cmpint (pc_login_guard_get_deadline (&guard, FAR), ==,
                     now + delay);
    g_assert_cmpint (pc_login_guard_get_deadline (&guard, now + 1), ==,
                     now + 1);
    g_assert_false (pc_login_guard_release (&guard, now + delay - 1));
    now += delay;
    g_assert_true (pc_login_guard_release (&guard, now));
    g_assert_false (pc_login_guard_release (&guard, now));
    g_assert_cmpint (pc_login_guard_is_over (&guard), ==,
                     i >= PC_LIMIT_LOGIN_FAILURES);
    delay = MIN (2 * delay, PC_LIMIT_LOGIN_DELAY_MAX);
    now = NOW;
  }
}

/* No client of ours gives up before the longest wait is over. */
static void
test_patience (void)
{
  g_assert_cmpint (PC_LIMIT_LOGIN_DELAY_MAX, <, PC_LIMIT_WAIT_POP3);
  g_assert_cmpint (PC_LIMIT_LOGIN_DELAY_MAX, <, PC_LIMIT_WAIT_IMAP);
  g_assert_cmpint (PC_LIMIT_LOGIN_DELAY_MAX, <, PC_LIMIT_IDLE_PREAUTH);
  g_assert_cmpuint (PC_LIMIT_LOGIN_FAILURES, >=, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/login-guard/growth", test_growth);
  g_test_add_func ("/common/login-guard/patience", test_patience);

  return g_test_run ();
}
