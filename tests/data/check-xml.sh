#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every template and icon is well-formed, and is in the resource; symbolic
# icons are there as pictures that were drawn from them.
# Arguments: xmllint, the source folder.
status=0
for file in "$2"/ui/*.ui "$2"/ui/gtk/*.ui "$2"/data/icons/scalable/actions/*.svg \
            "$2"/data/icons/hicolor/*/apps/*.svg; do
  name=$(basename "$file")
  case $name in
    *-symbolic.svg) name=${name%.svg}.symbolic.png ;;
    *.svg) name=pc-window.png ;;
  esac
  "$1" --noout "$file" || status=1
  if ! grep -q "/$name[<\"]\|>$name<" "$2"/data/portcall.gresource.xml; then
    echo "$file is not in portcall.gresource.xml"
    status=1
  fi
done
exit $status
