#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A translation has every text of the sources, and po/POTFILES.in every source.
# Arguments: the source folder, the language.
set -e
root=$1 language=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$root"

grep -v '^#' po/POTFILES.in | sort >"$tmp/listed"
{
  grep -lE '\bN?_ ?\(|ngettext' -r src --include='*.[ch]'
  find ui -name '*.ui'
} | sort >"$tmp/needed"
if comm -13 "$tmp/listed" "$tmp/needed" | grep .; then
  echo "not in po/POTFILES.in: the files above"
  exit 1
fi

xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
  --files-from="$tmp/listed" --output="$tmp/all.pot"
msgmerge --quiet --no-fuzzy-matching "po/$language.po" "$tmp/all.pot" \
  --output-file="$tmp/merged.po"
if msgattrib --untranslated "$tmp/merged.po" | grep -n .; then
  echo "po/$language.po lacks the texts above"
  exit 1
fi
