/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches a TLS connection from outside: each record is one unit.
 *
 * Follows the version and the cipher suite that the ServerHello chose, and who
 * has changed over to encryption; so it knows which records are in clear.  It
 * has no keys and decrypts nothing.  Here octets become records, or lines of
 * something that is no TLS; observe-record.c says what a record is.
 *
 * RFC 8446 section 5.1.
 */

#include "proto/tls/observe.h"

#include "proto/tls/observe-private.h"
#include "proto/tls/record.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- records out of octets ---------------------------------------------- */

static void
emit_record (PcTlsObserver *self,
             PcSide         from,
             const guint8  *data,
             gsize          len,
             gboolean       whole)
{
  PcTlsRecord record = { .summary = g_string_new (NULL) };

  record.unit = pc_unit_new (from, PC_UNIT_DATA, NULL, data, len);
  record.reader = (PcTlsReader){ .unit = record.unit,
                                 .at = data,
                                 .end = data + len };
  if (len >= PC_TLS_HEADER)
    pc_tls_label_header (&record.reader);
  if (whole) {
    pc_tls_see_record (self, from, data[0], &record);
  } else {
    pc_tls_record_spoil (&record, PC_TLS_RULE_MALFORMED);
    pc_tls_record_summarise (&record,
                             _ ("The start of a record, then the end"));
  }

  pc_tls_reader_octets (&record.reader,
                        pc_tls_reader_get_rest (&record.reader),
                        N_ ("Unread"),
                        N_ ("These octets have no place in this record."));
  record.unit->rule = pc_tls_narrations[record.rule].rule;
  record.unit->summary = g_string_free (record.summary, FALSE);
  pc_observer_emit (&self->base, record.unit);
}

static void
emit_foreign (PcTlsObserver *self,
              PcSide         from)
{
  PcTlsSide    *side = &self->sides[from];
  gsize         len;
  const guint8 *data = pc_bytes_peek (&side->in, &len);

  pc_observer_emit (&self->base, pc_tls_label_foreign (from, data, len,
                                                       &side->guarded));
  pc_bytes_consume (&side->in, len);
}

/* Whether a record can begin with these octets, at most a header. */
static gboolean
can_begin_record (const guint8 *data,
                  gsize         len)
{
  if (data[0] < PC_TLS_CONTENT_CHANGE_CIPHER_SPEC ||
      data[0] > PC_TLS_CONTENT_DATA)
    return FALSE;
  if ((len > 1 && data[1] != 3) || (len > 2 && data[2] > 4))
    return FALSE;
  return len < PC_TLS_HEADER ||
         ((gsize) data[3] << 8 | data[4]) <= PC_LIMIT_TLS_RECORD;
}

/* How many of @len octets can be taken before the next thing is decided. */
static gsize
get_portion (const PcTlsSide *side,
             const guint8    *data,
             gsize            len)
{
  gsize         size;
  const guint8 *in = pc_bytes_peek (&side->in, &size);

  if (side->foreign) {
    gsize         most = MIN (len, PC_LIMIT_TLS_LINE - size);
    const guint8 *lf = memchr (data, '\n', most);

    return lf == NULL ? most : (gsize) (lf - data) + 1;
  }
  if (size < PC_TLS_HEADER)
    return 1;
  return MIN (len, PC_TLS_HEADER + ((gsize) in[3] << 8 | in[4]) - size);
}

static void
look (PcTlsObserver *self,
      PcSide         from)
{
  PcTlsSide    *side = &self->sides[from];
  gsize         size;
  const guint8 *in = pc_bytes_peek (&side->in, &size);

  if (!side->foreign && size <= PC_TLS_HEADER && !can_begin_record (in, size))
    side->foreign = TRUE;
  if (side->foreign) {
    if (size == PC_LIMIT_TLS_LINE || in[size - 1] == '\n')
      emit_foreign (self, from);
    return;
  }

  if (size >= PC_TLS_HEADER &&
      size == PC_TLS_HEADER + ((gsize) in[3] << 8 | in[4])) {
    emit_record (self, from, in, size, TRUE);
    pc_bytes_consume (&side->in, size);
  }
}

/* -- the class ---------------------------------------------------------- */

static void
observer_feed (PcObserver   *observer,
               PcSide        from,
               guint         port,
               const guint8 *data,
               gsize         len)
{
  PcTlsObserver *self = (PcTlsObserver *) observer;
  PcTlsSide     *side = &self->sides[from];

  while (len > 0) {
    gsize n = get_portion (side, data, len);

    pc_bytes_append (&side->in, data, n);
    data += n;
    len -= n;
    look (self, from);
  }
}

static void
observer_finish (PcObserver *observer,
                 PcSide      from)
{
  PcTlsObserver *self = (PcTlsObserver *) observer;
  PcTlsSide     *side = &self->sides[from];
  gsize          size;
  const guint8  *in = pc_bytes_peek (&side->in, &size);

  side->closed = TRUE;
  pc_tls_update_states (self);
  if (size == 0)
    return;

  if (side->foreign) {
    emit_foreign (self, from);
    return;
  }
  emit_record (self, from, in, size, FALSE);
  pc_bytes_consume (&side->in, size);
}

static void
observer_free (PcObserver *observer)
{
  PcTlsObserver *self = (PcTlsObserver *) observer;

  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++) {
    pc_bytes_clear (&self->sides[i].in);
    pc_tls_end_message (&self->sides[i]);
  }
  pc_observer_deinit (observer);
  g_free (self);
}

static const PcObserverClass observer_class = {
  .free = observer_free,
  .feed = observer_feed,
  .finish = observer_finish,
};

PcObserver *
pc_tls_observer_new (void)
{
  PcTlsObserver *self = g_new0 (PcTlsObserver, 1);

  pc_observer_init (&self->base, &observer_class, NULL, NULL);
  pc_tls_update_states (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    pc_bytes_init (&self->sides[i].in, PC_TLS_HEADER + PC_LIMIT_TLS_RECORD);
  return &self->base;
}

void
pc_tls_observer_hint (PcObserver *observer,
                      PcSide      from,
                      guint       content_type,
                      guint       detail)
{
  PcTlsObserver *self = (PcTlsObserver *) observer;
  PcTlsSide     *side;

  g_return_if_fail (observer != NULL && observer->klass == &observer_class);
  g_return_if_fail (content_type >= PC_TLS_CONTENT_ALERT &&
                    content_type <= PC_TLS_CONTENT_DATA);

  side = &self->sides[from];
  if (side->n_hints < PC_LIMIT_TLS_HINTS)
    side->hints[side->n_hints++] = (PcTlsHint){ content_type, detail };
}
