/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be seen of records without any key, and the view of somebody on
 * the way who sees no more than that.
 *
 * RFC 8446 sections 5.1 and 5.2.
 */

#include "proto/tls/observe.h"

#include "proto/tls/record.h"

#include <glib/gi18n-lib.h>

void
pc_tls_label_header (PcTlsReader *reader)
{
  guint       type, version, length;
  const char *name;

  if (!pc_tls_reader_peek (reader, 1, &type))
    return;

  name = pc_tls_content_name (type);
  pc_tls_reader_add (reader, 1, N_ ("Record type"),
                     N_ ("What the record says it holds. In TLS 1.3 "
                         "everything encrypted says application_data."),
                     name == NULL ? g_strdup_printf ("%u", type)
                                  : g_strdup_printf ("%u (%s)", type, name));
  if (!pc_tls_reader_peek (reader, 2, &version))
    return;

  pc_tls_reader_add (reader, 2, N_ ("Record version"),
                     N_ ("Means nothing any more: it stays at an old number "
                         "so that old devices let the record pass."),
                     pc_tls_version_value (version));
  pc_tls_reader_number (reader, 2, N_ ("Record length"),
                        N_ ("How many octets of the record follow."), &length);
}

void
pc_tls_label_encrypted (PcTlsReader *reader,
                        const char  *inside,
                        guint        nonce,
                        guint        tag)
{
  gsize            rest = pc_tls_reader_get_rest (reader);
  gboolean         fits = rest > nonce + tag;
  gsize            len = fits ? rest - nonce - tag : rest;
  g_autofree char *octets = pc_tls_octets (len);

  if (fits)
    pc_tls_reader_octets (reader, nonce, N_ ("Start value"),
                          N_ ("Makes the encryption of every record a "
                              "different one. It need not be secret."));
  if (inside != NULL)
    pc_tls_reader_add (reader, len, N_ ("Encrypted"),
                       N_ ("Nobody on the way can read this. What kind of "
                           "content it is, one end has told, or the records "
                           "around it show."),
                       g_strdup_printf ("%s (%s)", inside, octets));
  else
    pc_tls_reader_add (reader, len, N_ ("Encrypted"),
                       N_ ("Without the keys nobody can tell what this says; "
                           "its length and its time can be seen."),
                       g_steal_pointer (&octets));
  if (fits)
    pc_tls_reader_octets (reader, tag, N_ ("Seal"),
                          N_ ("Computed with the key over all of the record: "
                              "if one bit is changed on the way, it no "
                              "longer fits."));
}

static void
label_record (PcTlsReader *reader)
{
  PcTlsReader body;
  guint       length;

  body = *reader;
  body.end = reader->at + PC_TLS_HEADER;
  length = (guint) reader->at[3] << 8 | reader->at[4];
  pc_tls_label_header (&body);
  reader->at = body.at;
  body.end = reader->at + MIN (length, pc_tls_reader_get_rest (reader));
  pc_tls_label_encrypted (&body, NULL, 0, 0);
  reader->at = body.at;
}

PcUnit *
pc_tls_view_data (PcSide        from,
                  const guint8 *data,
                  gsize         len)
{
  PcUnit *unit = pc_unit_new (from, PC_UNIT_DATA,
                              pc_tls_narrations[PC_TLS_RULE_DATA].rule, data,
                              len);
  PcTlsReader      reader = { .unit = unit, .at = data, .end = data + len };
  guint            n = 0;
  g_autofree char *octets = pc_tls_octets (len);

  for (; pc_tls_reader_get_rest (&reader) >= PC_TLS_HEADER; n++)
    label_record (&reader);
  pc_tls_reader_octets (&reader, pc_tls_reader_get_rest (&reader),
                        N_ ("Begun"),
                        N_ ("The start of a record; the rest is not here."));

  unit->summary = g_strdup_printf (ngettext ("%u encrypted record, %s",
                                             "%u encrypted records, %s", n),
                                   n, octets);
  return unit;
}
