/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentences for a server that is gone, the same for all clients.
 *
 * An answer that breaks off is no answer, whatever it begins with: "25" might
 * have become 250 or 252, and "-ER" anything.  Left out: what is lost by it,
 * which the protocol knows.
 *
 * RFC 1047; RFC 5321 sections 3.8 and 4.5.3.2; RFC 9293 section 3.6.
 */

#include "proto/common/lost.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>

#define QUOTE_CHARS 80

static char *
quote (const guint8 *part,
       gsize         len)
{
  return pc_text_from_wire (part, len, PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE,
                            QUOTE_CHARS);
}

static char *
describe_part (PcLostHow     how,
               const guint8 *part,
               gsize         len)
{
  g_autofree char *said = quote (part, len);

  if (how == PC_LOST_SILENT)
    return g_strdup_printf (_ ("The server stopped in the middle of what it "
                               "was saying: “%s”."),
                            said);

  return g_strdup_printf (_ ("The connection was lost in the middle of what "
                             "the server was saying: “%s”."),
                          said);
}

static const char *
describe_silence (PcLostWhat what)
{
  if (what == PC_LOST_GREETING)
    return _ ("The server says nothing, though it should greet first. Perhaps "
              "it is overloaded, or this port wants TLS at once.");

  return _ ("The server does not answer any more.");
}

static const char *
describe_close (PcLostWhat what)
{
  switch (what) {
  case PC_LOST_GREETING:
    return _ ("The server closed the connection without a greeting.");
  case PC_LOST_ANSWER:
    return _ ("The server closed the connection before it had answered.");
  case PC_LOST_NOTHING:
  default:
    return _ ("The server closed the connection.");
  }
}

char *
pc_lost_describe (PcLostHow     how,
                  PcLostWhat    what,
                  const guint8 *part,
                  gsize         len,
                  const char   *meaning)
{
  g_autofree char *happened = NULL;

  if (len > 0)
    happened = describe_part (how, part, len);
  else
    happened = g_strdup (how == PC_LOST_SILENT ? describe_silence (what)
                                               : describe_close (what));

  return g_strjoin (" ", happened, meaning, NULL);
}
