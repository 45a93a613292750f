/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keywords of a mailbox: which bit stands for which name.
 *
 * A bit is counted for every message that has it, and its name goes with the
 * last one.  So a mailbox never fills up with words that nobody uses any
 * more, and what it lists is what there is.
 *
 * RFC 9051 sections 2.3.2 and 7.3.5.
 */

#include "mail/keywords.h"

#include "mail/store-private.h"

#include "base/limits.h"

#include <string.h>

G_STATIC_ASSERT (PC_LIMIT_MAILBOX_KEYWORDS <= 64);

#define BIT(index) (G_GUINT64_CONSTANT (1) << (index))

void
pc_mailbox_count_keywords (PcMailbox *self,
                           guint64    old,
                           guint64    keywords)
{
  guint64 changed = old ^ keywords;

  for (guint i = 0; changed != 0 && i < PC_LIMIT_MAILBOX_KEYWORDS; i++) {
    if ((changed & BIT (i)) == 0)
      continue;

    changed &= ~BIT (i);
    self->n_keyword_uses[i] += (keywords & BIT (i)) != 0 ? 1 : -1;
    if (self->n_keyword_uses[i] == 0)
      g_clear_pointer (&self->keywords[i], g_free);
  }
}

/* PC_LIMIT_MAILBOX_KEYWORDS when there is none of that name. */
static guint
find (const PcMailbox *self,
      const char      *name)
{
  guint i = 0;

  while (i < PC_LIMIT_MAILBOX_KEYWORDS &&
         (self->keywords[i] == NULL ||
          g_ascii_strcasecmp (self->keywords[i], name) != 0))
    i++;

  return i;
}

static guint
find_free (const PcMailbox *self)
{
  guint i = 0;

  while (i < PC_LIMIT_MAILBOX_KEYWORDS && self->keywords[i] != NULL)
    i++;

  return i;
}

static void
drop_unused (PcMailbox *self)
{
  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++)
    if (self->n_keyword_uses[i] == 0)
      g_clear_pointer (&self->keywords[i], g_free);
}

PcStoreStatus
pc_mailbox_make_keywords (PcMailbox         *self,
                          const char *const *names,
                          guint64           *keywords)
{
  guint64 made = 0;

  g_return_val_if_fail (self != NULL && names != NULL, PC_STORE_NOT_FOUND);

  drop_unused (self);
  for (; *names != NULL; names++) {
    guint i = find (self, *names);

    if (i == PC_LIMIT_MAILBOX_KEYWORDS)
      i = find_free (self);
    if (i == PC_LIMIT_MAILBOX_KEYWORDS || strlen (*names) > PC_LIMIT_KEYWORD) {
      drop_unused (self);
      return PC_STORE_FULL;
    }
    if (self->keywords[i] == NULL)
      self->keywords[i] = g_strdup (*names);
    made |= BIT (i);
  }

  *keywords = made;
  return PC_STORE_OK;
}

guint64
pc_mailbox_find_keywords (const PcMailbox   *self,
                          const char *const *names)
{
  guint64 found = 0;

  g_return_val_if_fail (self != NULL && names != NULL, 0);

  for (; *names != NULL; names++) {
    guint i = find (self, *names);

    if (i < PC_LIMIT_MAILBOX_KEYWORDS && self->n_keyword_uses[i] > 0)
      found |= BIT (i);
  }

  return found;
}

guint64
pc_mailbox_translate_keywords (PcMailbox       *self,
                               const PcMailbox *from,
                               guint64          keywords)
{
  guint64 translated = 0;

  g_return_val_if_fail (self != NULL && from != NULL, 0);

  if (self == from)
    return keywords;

  drop_unused (self);
  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++) {
    const char *name = from->keywords[i];
    guint       to;

    if ((keywords & BIT (i)) == 0 || name == NULL)
      continue;
    to = find (self, name);
    if (to == PC_LIMIT_MAILBOX_KEYWORDS)
      to = find_free (self);
    if (to == PC_LIMIT_MAILBOX_KEYWORDS)
      continue;
    if (self->keywords[to] == NULL)
      self->keywords[to] = g_strdup (name);
    translated |= BIT (to);
  }

  return translated;
}

guint64
pc_mailbox_get_keywords (const PcMailbox *self)
{
  guint64 keywords = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++)
    if (self->n_keyword_uses[i] > 0)
      keywords |= BIT (i);

  return keywords;
}

const char *
pc_mailbox_get_keyword (const PcMailbox *self,
                        guint            index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < PC_LIMIT_MAILBOX_KEYWORDS, NULL);

  return self->n_keyword_uses[index] > 0 ? self->keywords[index] : NULL;
}
