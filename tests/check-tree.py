#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tree promises and a machine can hold it to.

Usage: check-tree.py SOURCE-ROOT [LIBRARY...]

Sources: 80 columns, at most 700 lines, SPDX line, a head in each .c, no goto,
no "../" includes, and includes only from the folders that the folder's
meson.build names.
Libraries (of proto/): no clock, socket, file, random or locale call inside.
"""
import pathlib
import re
import subprocess
import sys

# The variable that stands for a folder's headers in meson.build files.
DEPS = {
    'base': 'base_dep', 'mail': 'mail_dep', 'net': 'net_dep',
    'proto/common': 'proto_common_dep', 'proto/imap': 'proto_imap_dep',
    'proto/pop3': 'proto_pop3_dep', 'proto/smtp': 'proto_smtp_dep',
    'proto/tftp': 'proto_tftp_dep', 'proto/tls': 'proto_tls_dep',
    'proto': 'proto_registry_dep',
    'timeline': 'timeline_dep', 'scenario': 'scenario_dep', 'run': 'run_dep',
    'quiz': 'quiz_dep', 'print': 'print_dep', 'diagram': 'diagram_dep', 'cli': 'cli_dep',
    'app': 'app_dep',
}
# What a folder's own dependencies let through to those above it.
FORBIDDEN = re.compile(
    r'^(time|gettimeofday|clock_gettime|localtime\w*|gmtime\w*|mktime|'
    r'socket|connect|bind|listen|accept|send|sendto|recv|recvfrom|'
    r'open|open64|fopen\w*|creat|unlink|rename|stat|fstat|'
    r'rand|random|srand|getrandom|setlocale|localeconv|'
    r'g_get_(real|monotonic|current)_time|g_date_time_new_now\w*|'
    r'g_random_\w+|g_rand_new|g_file_\w+|g_open|g_fopen|g_socket_\w+)$')

problems = []


def complain(path, line, text):
    problems.append(f'{path}:{line}: {text}')


def folder_of(root, path):
    return str(path.parent.relative_to(root / 'src'))


def owner_of(include):
    folder = include.rpartition('/')[0]
    return folder if folder in DEPS else None


def closure(root, folder, seen=None):
    """Folders whose headers `folder` may include."""
    seen = seen if seen is not None else set()
    build = root / 'src' / folder / 'meson.build'
    text = build.read_text() if build.exists() else ''
    for other, variable in DEPS.items():
        if other in seen or not re.search(rf'\b{variable}\b', text):
            continue
        if other != folder:
            seen.add(other)
            closure(root, other, seen)
    return seen


def check_source(root, path, allowed):
    folder = folder_of(root, path)
    lines = path.read_text().split('\n')
    n = len(lines) - (lines[-1] == '')
    if n > 700:
        complain(path, n, f'{n} lines')
    if 'SPDX-License-Identifier: GPL-3.0-or-later' not in lines[0]:
        complain(path, 1, 'no SPDX line')
    if path.suffix == '.c' and not any(
            text.startswith('/* ') for text in lines[1:4]):
        complain(path, 2, 'no comment says what this file is')
    for number, text in enumerate(lines, 1):
        if len(text) > 80:
            complain(path, number, f'{len(text)} columns')
        if re.search(r'\bgoto\b', re.sub(r'/\*.*|//.*|".*"|^ \*.*', '', text)):
            complain(path, number, 'goto')
        match = re.match(r'#include "(.+)"', text)
        if not match:
            continue
        owner = owner_of(match[1])
        if match[1].startswith('../') or (owner is None
                                          and '/' in match[1]):
            complain(path, number, f'include "{match[1]}"')
        elif owner not in (None, folder) and owner not in allowed:
            complain(path, number, f'{folder} may not include {owner}')


def check_library(path):
    listing = subprocess.run(['nm', '-u', path], check=True,
                             capture_output=True, text=True).stdout
    for line in listing.splitlines():
        words = line.split()
        if words and FORBIDDEN.match(words[-1].split('@')[0]):
            complain(path, 0, f'calls {words[-1]}')


def main():
    root = pathlib.Path(sys.argv[1])
    cache = {}
    for path in sorted((root / 'src').rglob('*.[ch]')):
        folder = folder_of(root, path)
        if folder not in cache:
            cache[folder] = closure(root, folder)
        check_source(root, path, cache[folder])
    for path in sys.argv[2:]:
        check_library(path)
    print('\n'.join(problems))
    sys.exit(1 if problems else 0)


main()
