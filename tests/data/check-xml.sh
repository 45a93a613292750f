#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every template and icon is well-formed, and is in the resource.
# Arguments: xmllint, the source folder.
status=0
for file in "$2"/ui/*.ui "$2"/ui/gtk/*.ui "$2"/data/icons/scalable/actions/*.svg \
            "$2"/data/icons/hicolor/*/apps/*.svg; do
  "$1" --noout "$file" || status=1
  if ! grep -q "/$(basename "$file")[<\"]\|>$(basename "$file")<" \
       "$2"/data/portcall.gresource.xml; then
    echo "$file is not in portcall.gresource.xml"
    status=1
  fi
done
exit $status
