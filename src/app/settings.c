/* SPDX-License-Identifier: GPL-3.0-or-later */
/* g_settings_new () ends the program when the schema is missing; a program
 * run from where it was built must not need one. */

#include "app/settings.h"

#define SCHEMA "io.github.portcall.Portcall"

GSettings *
pc_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  return schema != NULL ? g_settings_new (SCHEMA) : NULL;
}
