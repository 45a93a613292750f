/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ENVELOPE, BODY and BODYSTRUCTURE: a message as a server describes it.
 *
 * The depth of the parts has its limit in mail/, so writing may recurse.
 *
 * RFC 3501 sections 7.4.2 and 9, RFC 9051 sections 7.5.2 and 9.
 */

#include "proto/imap/body-structure.h"

#include "proto/imap/syntax.h"

/* -- envelope ------------------------------------------------------------- */

static void
write_address (GString         *out,
               const PcAddress *address)
{
  g_string_append_c (out, '(');
  pc_imap_write_nstring (out, address->name);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, address->route);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, address->mailbox);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, address->host);
  g_string_append_c (out, ')');
}

static void
write_addresses (GString         *out,
                 const GPtrArray *addresses)
{
  if (addresses == NULL || addresses->len == 0) {
    g_string_append (out, "NIL ");
    return;
  }

  g_string_append_c (out, '(');
  for (guint i = 0; i < addresses->len; i++)
    write_address (out, g_ptr_array_index (addresses, i));
  g_string_append (out, ") ");
}

void
pc_imap_write_envelope (GString *out,
                        GBytes  *message)
{
  g_autoptr (PcEnvelope) envelope = pc_envelope_new (message);

  g_string_append_c (out, '(');
  pc_imap_write_nstring (out, envelope->date);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, envelope->subject);
  g_string_append_c (out, ' ');
  write_addresses (out, envelope->from);
  write_addresses (out, envelope->sender);
  write_addresses (out, envelope->reply_to);
  write_addresses (out, envelope->to);
  write_addresses (out, envelope->cc);
  write_addresses (out, envelope->bcc);
  pc_imap_write_nstring (out, envelope->in_reply_to);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, envelope->message_id);
  g_string_append_c (out, ')');
}

/* -- structure ------------------------------------------------------------ */

/* body-fld-param: NIL, or names and values in one list. */
static void
write_params (GString *out,
              char   **params)
{
  if (params == NULL) {
    g_string_append (out, "NIL");
    return;
  }

  for (guint i = 0; params[i] != NULL; i++) {
    g_string_append_c (out, i == 0 ? '(' : ' ');
    pc_imap_write_nstring (out, params[i]);
  }
  g_string_append_c (out, ')');
}

/* SP body-fld-dsp SP body-fld-lang SP body-fld-loc */
static void
write_extension (GString      *out,
                 const PcPart *part)
{
  g_string_append_c (out, ' ');
  if (part->disposition != NULL) {
    g_string_append_c (out, '(');
    pc_imap_write_nstring (out, part->disposition);
    g_string_append_c (out, ' ');
    write_params (out, part->disposition_params);
    g_string_append_c (out, ')');
  } else {
    g_string_append (out, "NIL");
  }
  g_string_append_c (out, ' ');
  if (part->languages != NULL && part->languages[1] == NULL)
    pc_imap_write_nstring (out, part->languages[0]);
  else
    write_params (out, part->languages);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, part->location);
}

static void write_part (GString      *out,
                        const PcPart *part,
                        GBytes       *content,
                        gboolean      extended);

/* The grammar wants at least one part in a multipart; an empty one has this. */
#define NO_PART "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL " \
                "\"7bit\" 0 0"

static void
write_multipart (GString      *out,
                 const PcPart *part,
                 GBytes       *content,
                 gboolean      extended)
{
  for (guint i = 0; i < part->children->len; i++)
    write_part (out, g_ptr_array_index (part->children, i), content,
                extended);
  if (part->children->len == 0)
    g_string_append (out, extended ? NO_PART " NIL NIL NIL NIL)"
                                   : NO_PART ")");
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, part->subtype);
  if (extended) {
    g_string_append_c (out, ' ');
    write_params (out, part->params);
    write_extension (out, part);
  }
}

/* What only a message/rfc822 has: SP envelope SP body SP lines */
static void
write_message (GString      *out,
               const PcPart *part,
               const PcPart *message,
               GBytes       *content,
               gboolean      extended)
{
  g_autoptr (GBytes) header = g_bytes_new_from_bytes (
      content, message->header, message->header_len);

  g_string_append_c (out, ' ');
  pc_imap_write_envelope (out, header);
  g_string_append_c (out, ' ');
  write_part (out, message, content, extended);
  g_string_append_printf (out, " %u", part->lines);
}

static void
write_single (GString      *out,
              const PcPart *part,
              GBytes       *content,
              gboolean      extended)
{
  const PcPart *message = pc_part_get_message (part);
  gboolean      opaque = message == NULL &&
                    pc_part_is (part, "message", "rfc822");
  const char   *encoding = part->encoding != NULL ? part->encoding : "7bit";

  /* A message that nobody looked into has no envelope to show. */
  pc_imap_write_nstring (out, opaque               ? "application"
                              : part->type != NULL ? part->type
                                                   : "text");
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, opaque                  ? "octet-stream"
                              : part->subtype != NULL ? part->subtype
                                                      : "plain");
  g_string_append_c (out, ' ');
  if (part->type == NULL && part->params == NULL)
    g_string_append (out, "(\"charset\" \"us-ascii\")");
  else
    write_params (out, part->params);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, part->id);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, part->description);
  g_string_append_c (out, ' ');
  pc_imap_write_nstring (out, encoding);
  g_string_append_printf (out, " %" G_GSIZE_FORMAT, part->body_len);

  if (message != NULL)
    write_message (out, part, message, content, extended);
  else if (pc_part_is (part, "text", NULL))
    g_string_append_printf (out, " %u", part->lines);
  if (extended) {
    g_string_append_c (out, ' ');
    pc_imap_write_nstring (out, part->md5);
    write_extension (out, part);
  }
}

static void
write_part (GString      *out,
            const PcPart *part,
            GBytes       *content,
            gboolean      extended)
{
  g_string_append_c (out, '(');
  if (pc_part_is (part, "multipart", NULL))
    write_multipart (out, part, content, extended);
  else
    write_single (out, part, content, extended);
  g_string_append_c (out, ')');
}

void
pc_imap_write_structure (GString      *out,
                         const PcPart *structure,
                         GBytes       *content,
                         gboolean      extended)
{
  write_part (out, structure, content, extended);
}
