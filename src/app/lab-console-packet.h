/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/console-packet.h"

G_BEGIN_DECLS

/* A TFTP packet that is built field by field; below them its octets, as they
 * will be on the wire.  Signal "send". */

#define PC_TYPE_LAB_CONSOLE_PACKET (pc_lab_console_packet_get_type ())
G_DECLARE_FINAL_TYPE (PcLabConsolePacket, pc_lab_console_packet, PC,
                      LAB_CONSOLE_PACKET, GtkWidget)

/* Copied.  The other way: owned by the widget, until it changes. */
void            pc_lab_console_packet_set (PcLabConsolePacket *self,
                                           const PcPacket     *packet);
const PcPacket *pc_lab_console_packet_get (PcLabConsolePacket *self);
/* What one types into the field with this id; NULL when there is none now. */
GtkWidget      *pc_lab_console_packet_find (PcLabConsolePacket *self,
                                            const char         *id);

G_END_DECLS
