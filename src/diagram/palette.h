/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The diagram's colours.  A style sheet may name each with @define-color,
 * "pc_client" and so on; those it leaves out have fallbacks, light or dark as
 * the text is dark or light. */

typedef enum {
  PC_COLOR_INK,             /* the widget's own CSS colour */
  PC_COLOR_DIM,             /* numbers, ports; pc_dim */
  PC_COLOR_CLIENT,          /* pc_client */
  PC_COLOR_SERVER,          /* pc_server */
  PC_COLOR_ERROR,           /* pc_error */
  PC_COLOR_LIFELINE,        /* pc_lifeline */
  PC_COLOR_LIT,             /* band behind the current step: pc_lit */
  PC_COLOR_LIT_BORDER,      /* pc_lit_border */
  PC_COLOR_PILL_CLIENT,     /* pc_pill_client */
  PC_COLOR_PILL_CLIENT_INK, /* pc_pill_client_text */
  PC_COLOR_PILL_SERVER,     /* pc_pill_server */
  PC_COLOR_PILL_SERVER_INK, /* pc_pill_server_text */
  PC_COLOR_CAPSULE,         /* pc_capsule */
  PC_COLOR_CAPSULE_INK,     /* pc_capsule_text */
  PC_COLOR_CAPSULE_ERROR,   /* pc_capsule_error */
  PC_COLOR_NOTE,            /* pc_note */
  PC_COLOR_NOTE_BORDER,     /* pc_note_border */
  PC_COLOR_CARD,            /* pc_card */
  PC_COLOR_CARD_BORDER,     /* pc_card_border */
  PC_COLOR_ON_SIDE,         /* on pc_client and pc_server: pc_on_side */
  PC_COLOR_FAULT,           /* what was done on purpose: pc_fault */
  PC_COLOR_FAULT_BORDER,    /* pc_fault_border */
  PC_COLOR_FAULT_INK,       /* pc_fault_text */
  PC_COLOR_FUTURE,          /* its alpha: what is yet to come is no fainter;
                             * pc_future */
  PC_COLOR_VEIL,            /* over all but the current step: pc_veil */
  PC_COLOR_TUNNEL,          /* where TLS is: pc_tunnel */
  PC_COLOR_TUNNEL_BORDER,   /* pc_tunnel_border */
  PC_COLOR_TUNNEL_INK,      /* pc_tunnel_text */
  PC_N_COLORS,
} PcColor;

typedef struct
{
  GdkRGBA colors[PC_N_COLORS];
} PcPalette;

/* Reads @widget's style. */
void    pc_palette_init (PcPalette *self,
                         GtkWidget *widget);
/* The light fallbacks, whatever the display's style: for paper. */
void    pc_palette_init_paper (PcPalette *self);
/* @color, @alpha times as opaque. */
GdkRGBA pc_palette_get (const PcPalette *self,
                        PcColor          color,
                        double           alpha);

G_END_DECLS
