/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ways out of what went wrong: looked for by trying.
 *
 * First what differs in one field, then, when nothing of that works, in
 * two or three, at last in everything.  Each candidate runs in memory, and
 * only what works is offered; nothing is applied.
 */

#include "run/account.h"

#include "run/account-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_LEVELS 4

struct _PcAccountFixSearch
{
  PcAccountTrial      *trial;
  const PcAccountGoal *goal;
  PcAccountSide        side;
  guint                level; /* how much may differ: 0 to N_LEVELS */
  GPtrArray           *candidates; /* PcAccountForm*, of this level */
  guint                next;
};

/* What one side can be. */
typedef struct
{
  const char *protocol;
  const char *port;
  const char *security;
} Way;

static const Way ways_in[] = {
  { "imap", "993", "tls" },      { "imap", "143", "starttls" },
  { "imap", "143", "none" },     { "pop3", "995", "tls" },
  { "pop3", "110", "starttls" }, { "pop3", "110", "none" },
};

static const Way ways_out[] = {
  { "smtp", "465", "tls" },
  { "smtp", "587", "starttls" },
};

/* -- candidates ----------------------------------------------------------- */

static const Way *
get_ways (PcAccountSide side,
          guint        *n)
{
  *n = side == PC_ACCOUNT_INCOMING ? G_N_ELEMENTS (ways_in)
                                   : G_N_ELEMENTS (ways_out);
  return side == PC_ACCOUNT_INCOMING ? ways_in : ways_out;
}

/* Takes @form; drops it when it is there already or what was tried. */
static void
offer (PcAccountFixSearch *self,
       PcAccountForm      *form)
{
  gboolean known = pc_account_form_equal (form, self->trial->form);

  for (guint i = 0; i < self->candidates->len; i++)
    known = known || pc_account_form_equal (form, self->candidates->pdata[i]);

  if (known)
    pc_account_form_free (form);
  else
    g_ptr_array_add (self->candidates, form);
}

static void
offer_field (PcAccountFixSearch *self,
             PcAccountField      field,
             const char         *value)
{
  PcAccountForm *form = pc_account_form_copy (self->trial->form);

  pc_account_form_set (form, field, value);
  offer (self, form);
}

static void
set_login (PcAccountForm *form)
{
  pc_account_form_set (form, PC_ACCOUNT_USER, PC_ACCOUNT_LESSON_USER);
  pc_account_form_set (form, PC_ACCOUNT_PASSWORD, PC_ACCOUNT_LESSON_PASSWORD);
}

/* One field is another one. */
static void
offer_single (PcAccountFixSearch *self)
{
  PcAccountSide        side = self->side;
  const PcAccountHalf *half = &self->trial->halves[side];
  guint                n;
  const Way           *ways = get_ways (side, &n);

  if (half->outcome == PC_ACCOUNT_WRONG_LOGIN) {
    offer_field (self, PC_ACCOUNT_PASSWORD, PC_ACCOUNT_LESSON_PASSWORD);
    offer_field (self, PC_ACCOUNT_USER, PC_ACCOUNT_LESSON_USER);
    return;
  }

  offer_field (self, pc_account_side_host (side), PC_ACCOUNT_HOST);
  if (half->outcome == PC_ACCOUNT_NO_NAME ||
      half->outcome == PC_ACCOUNT_OTHER_NAME)
    return;

  for (guint i = 0; i < n; i++) {
    offer_field (self, pc_account_side_port (side), ways[i].port);
    offer_field (self, pc_account_side_security (side), ways[i].security);
    if (side == PC_ACCOUNT_INCOMING)
      offer_field (self, PC_ACCOUNT_IN_PROTO, ways[i].protocol);
  }
  if (side == PC_ACCOUNT_OUTGOING) {
    offer_field (self, pc_account_side_security (side), "none");
    offer_field (self, PC_ACCOUNT_OUT_LOGIN, "yes");
    offer_field (self, PC_ACCOUNT_OUT_LOGIN, "no");
  }
}

/* Port and security, or user and password, or all of a way; @protocol: only
 * those of that; @host, @login: these as well. */
static void
offer_ways (PcAccountFixSearch *self,
            const char         *protocol,
            gboolean            host,
            gboolean            login)
{
  PcAccountSide side = self->side;
  guint         n;
  const Way    *ways = get_ways (side, &n);

  for (guint i = 0; i < n; i++) {
    PcAccountForm *form;

    if (protocol != NULL && strcmp (ways[i].protocol, protocol) != 0)
      continue;
    form = pc_account_form_copy (self->trial->form);
    if (side == PC_ACCOUNT_INCOMING)
      pc_account_form_set (form, PC_ACCOUNT_IN_PROTO, ways[i].protocol);
    else
      pc_account_form_set (form, PC_ACCOUNT_OUT_LOGIN, "yes");
    pc_account_form_set (form, pc_account_side_port (side), ways[i].port);
    pc_account_form_set (form, pc_account_side_security (side),
                         ways[i].security);
    if (host)
      pc_account_form_set (form, pc_account_side_host (side),
                           PC_ACCOUNT_HOST);
    if (login)
      set_login (form);
    offer (self, form);
  }
}

static void
fill_level (PcAccountFixSearch *self)
{
  const char    *protocol = pc_account_form_get_protocol (self->trial->form,
                                                          self->side);
  PcAccountForm *form;

  g_ptr_array_set_size (self->candidates, 0);
  self->next = 0;
  switch (self->level) {
  case 0:
    offer_single (self);
    break;
  case 1:
    form = pc_account_form_copy (self->trial->form);
    set_login (form);
    offer (self, form);
    offer_ways (self, protocol, FALSE, FALSE);
    break;
  case 2:
    offer_ways (self, NULL, FALSE, FALSE);
    offer_ways (self, protocol, TRUE, FALSE);
    break;
  default:
    offer_ways (self, NULL, TRUE, TRUE);
    break;
  }
}

/* -- what is found -------------------------------------------------------- */

void
pc_account_fix_free (gpointer data)
{
  PcAccountFix *self = data;

  g_clear_pointer (&self->form, pc_account_form_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_free (self);
}

static char *
make_title (const PcAccountFix *fix)
{
  GString *title = g_string_new (NULL);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    if ((fix->fields & PC_ACCOUNT_BIT (i)) == 0)
      continue;
    if (title->len > 0)
      g_string_append (title, ", ");
    /* Translators: a field of a form and its value: "Port: 993". */
    g_string_append_printf (title, _ ("%s: %s"),
                            pc_account_field_get_label (i),
                            pc_account_choice_get_label (
                                i, pc_account_form_get (fix->form, i)));
  }

  return g_string_free (title, FALSE);
}

static const char *
describe_protection (const PcAccountFacts *facts)
{
  if (facts->tls_first)
    return _ ("Encrypted from the first byte.");
  if (facts->tls)
    return _ ("Encrypted, but not from the first byte.");
  if (facts->password_in_clear)
    return _ ("Works on the wire, and shows the password to everyone on it.");
  return _ ("Works on the wire, and shows the mail to everyone on it.");
}

static char *
make_detail (const PcAccountFix   *fix,
             PcAccountSide         side,
             const PcAccountFacts *facts)
{
  PcAccountField   port = pc_account_side_port (side);
  PcAccountField   security = pc_account_side_security (side);
  const char      *protection = describe_protection (facts);
  g_autofree char *keeps = NULL;

  if (fix->fields == PC_ACCOUNT_BIT (port))
    keeps = g_strdup_printf (
        _ ("Keeps “%s”."),
        pc_account_choice_get_label (
            security, pc_account_form_get (fix->form, security)));
  else if (fix->fields == PC_ACCOUNT_BIT (security))
    keeps = g_strdup_printf (_ ("Keeps port %s."),
                             pc_account_form_get (fix->form, port));
  return keeps != NULL ? g_strjoin (" ", keeps, protection, NULL)
                       : g_strdup (protection);
}

static PcAccountFix *
make_fix (PcAccountFixSearch   *self,
          const PcAccountTrial *trial)
{
  const PcAccountFacts *facts = &trial->halves[self->side].facts;
  PcAccountFix         *fix = g_new0 (PcAccountFix, 1);

  fix->form = pc_account_form_copy (trial->form);
  fix->fields = pc_account_form_compare (trial->form, self->trial->form);
  fix->title = make_title (fix);
  fix->detail = make_detail (fix, self->side, facts);
  fix->unsafe = pc_account_trial_is_unsafe (trial);
  fix->fits = self->goal == NULL ||
              pc_account_goal_fits (self->goal, trial, self->side);
  return fix;
}

static int
count_fields (const PcAccountFix *fix)
{
  int n = 0;

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    n += (fix->fields & PC_ACCOUNT_BIT (i)) != 0;
  return n;
}

/* Small is good: first what solves the task, then what is safe, then what
 * keeps most of what was typed. */
static int
weigh (const PcAccountFix *fix)
{
  const int more = PC_ACCOUNT_N_FIELDS + 1;

  return (fix->fits ? 0 : 2 * more) + (fix->unsafe ? more : 0) +
         count_fields (fix);
}

static int
compare_fixes (gconstpointer a,
               gconstpointer b)
{
  return weigh (*(PcAccountFix *const *) a) -
         weigh (*(PcAccountFix *const *) b);
}

/* -- the search ----------------------------------------------------------- */

static gboolean
is_broken (const PcAccountHalf *half)
{
  return half->sentence != NULL && half->outcome != PC_ACCOUNT_WORKS &&
         half->outcome != PC_ACCOUNT_NOT_TRIED;
}

/* From @side on, the first one with something to look for. */
static gboolean
find_side (PcAccountFixSearch *self,
           guint               side)
{
  for (; side < PC_ACCOUNT_N_SIDES; side++)
    if (is_broken (&self->trial->halves[side])) {
      self->side = side;
      self->level = 0;
      fill_level (self);
      return TRUE;
    }

  return FALSE;
}

PcAccountFixSearch *
pc_account_fix_search_new (PcAccountTrial      *trial,
                           const PcAccountGoal *goal)
{
  PcAccountFixSearch *self = g_new0 (PcAccountFixSearch, 1);

  self->trial = trial;
  self->goal = goal;
  self->candidates = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_account_form_free);
  if (find_side (self, 0))
    return self;

  pc_account_fix_search_free (self);
  return NULL;
}

void
pc_account_fix_search_free (PcAccountFixSearch *self)
{
  g_ptr_array_unref (self->candidates);
  g_free (self);
}

static void
try_candidate (PcAccountFixSearch  *self,
               const PcAccountForm *form)
{
  const PcAccountOptions options = { .link = PC_LINK_MEMORY,
                                     .sides = 1u << self->side,
                                     .no_fixes = TRUE };
  g_autoptr (PcAccountTrial) trial = pc_account_try (form, &options, NULL);

  if (trial != NULL && pc_account_trial_works (trial))
    g_ptr_array_add (self->trial->halves[self->side].fixes,
                     make_fix (self, trial));
}

/* What only opens another hole is no reason to stop; what was found is, once
 * two fields were looked at. */
static gboolean
is_enough (PcAccountFixSearch *self,
           GPtrArray          *fixes)
{
  for (guint i = 0; i < fixes->len; i++) {
    const PcAccountFix *fix = fixes->pdata[i];

    if (fix->fits && !fix->unsafe)
      return TRUE;
  }

  return fixes->len > 0 && self->level > 0;
}

gboolean
pc_account_fix_search_step (PcAccountFixSearch *self)
{
  GPtrArray *fixes = self->trial->halves[self->side].fixes;

  if (self->next < self->candidates->len) {
    try_candidate (self, self->candidates->pdata[self->next++]);
    return TRUE;
  }
  if (!is_enough (self, fixes) && ++self->level < N_LEVELS) {
    fill_level (self);
    return TRUE;
  }

  g_ptr_array_sort (fixes, compare_fixes);
  if (fixes->len > PC_LIMIT_ACCOUNT_FIXES)
    g_ptr_array_set_size (fixes, PC_LIMIT_ACCOUNT_FIXES);
  return find_side (self, self->side + 1);
}
