/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Removes what a test has made at @path, and all that is below; a link, and
 * not what it leads to.  Nothing there is no mistake. */
void remove_tree (const char *path);
