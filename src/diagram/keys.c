/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys among the rows of a diagram: up and down go from step to step, as they
 * go from row to row in other lists.
 */

#include "diagram/keys.h"

gboolean
pc_diagram_keys_move (PcPlayer *player,
                      guint     key)
{
  static const struct
  {
    guint keys[2];
    void  (*verb) (PcPlayer *player);
  } moves[] = {
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, pc_player_back },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, pc_player_forward },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, pc_player_first },
    { { GDK_KEY_End, GDK_KEY_KP_End }, pc_player_last },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (key == moves[i].keys[0] || key == moves[i].keys[1])
      {
        moves[i].verb (player);
        return TRUE;
      }

  return FALSE;
}
