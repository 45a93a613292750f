#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of every page and state of the program, light and dark, small
and large, to be looked at.

  pictures.py PROGRAM FOLDER [VARIANT | STATE]…"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from outside import STATES, App, need, run

NORMAL = (1280, 800)
CONTRAST = ('[org/gnome/desktop/a11y/interface]', 'high-contrast=true')
# Twice the 10 points of the other variants.
LARGE = ['gtk-font-name=Sans 20']
GERMAN = {'LC_ALL': 'de_DE.UTF-8', 'LANGUAGE': 'de'}
# GTK turns the window round for a language that the program speaks.
HEBREW = {'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'he'}
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def dark(*lines):
    return ("color-scheme='dark'", *lines)


VARIANTS = {
    'light': {'size': NORMAL},
    'dark': {'size': NORMAL, 'settings': dark()},
    'contrast': {'size': NORMAL, 'settings': CONTRAST},
    'contrast-dark': {'size': NORMAL, 'settings': dark(*CONTRAST)},
    'narrow': {'size': (360, 720)},
    'narrow-large': {'size': (360, 720), 'style': LARGE},
    'wide': {'size': (3840, 2160)},
    'large': {'size': NORMAL, 'style': LARGE},
    'german': {'size': NORMAL, 'env': GERMAN},
    'german-narrow': {'size': (360, 720), 'env': GERMAN},
    'right-to-left': {'size': NORMAL, 'env': HEBREW},
}


def picture(window):
    return subprocess.run(['import', '-window', window, '-depth', '8',
                           'rgb:-'], capture_output=True).stdout


def take(window, path, above):
    """Of the window once it rests; with what pops up @above it, in windows of
    its own, from the whole screen."""
    before = picture(window)
    for _ in range(8):
        time.sleep(0.15)
        now = picture(window)
        if now == before:
            break
        before = now
    shape = run('xdotool', 'getwindowgeometry', '--shell', window).stdout
    at = dict(line.split('=') for line in shape.split())
    crop = f"{at['WIDTH']}x{at['HEIGHT']}+{at['X']}+{at['Y']}"
    if above:
        run('import', '-window', 'root', '-crop', crop, '+repage', path)
    else:
        run('import', '-window', window, path)
    return int(at['WIDTH']), int(at['HEIGHT'])


def speak(program, language, folder):
    """A copy of the program with a catalogue that translates nothing."""
    copy = os.path.join(folder, 'src', 'app', 'portcall')
    german = os.path.join('po', 'de', 'LC_MESSAGES')
    other = os.path.join(folder, 'po', language, 'LC_MESSAGES')
    build = os.path.dirname(os.path.dirname(os.path.dirname(program)))
    os.makedirs(os.path.dirname(copy))
    os.makedirs(other)
    os.makedirs(os.path.join(folder, german))
    shutil.copy(program, copy)
    # The program knows its catalogues by the German one.
    shutil.copy(os.path.join(build, german, 'portcall.mo'),
                os.path.join(folder, german))
    subprocess.run(['msgfmt', '-o', os.path.join(other, 'portcall.mo'), '-'],
                   input=HEADER, text=True, check=True)
    shutil.copytree(os.path.join(build, 'data'), os.path.join(folder, 'data'))
    return copy


def take_all(program, folder, variant, states):
    options = dict(VARIANTS[variant])
    env = dict(options.pop('env', {}))
    settings = ['welcomed=true', *options.pop('settings', ())]
    copies = tempfile.TemporaryDirectory()
    if env.get('LANGUAGE') == 'he':
        program = speak(program, 'he', copies.name)
    app = App(program, settings=settings, **options, **env)
    failed = []
    try:
        run('xdotool', 'windowsize', app.window, *map(str, app.size))
        time.sleep(0.5)
        for name in states:
            path = os.path.join(folder, f'{variant}-{name}.png')
            # Where one state made it larger, the next ones still show theirs.
            run('xdotool', 'windowsize', app.window, *map(str, app.size))
            try:
                for window in STATES[name](app):
                    width = take(window, path, name == 'menu')[0]
                    if window == app.window and width > app.size[0]:
                        failed.append(f'{path}: {width} pixels wide')
            except (SystemExit, Exception):
                failed.append(f'{path}: {traceback.format_exc(limit=-3)}')
                if app.process.poll() is not None:
                    break
    finally:
        app.close()
    return failed


def outer(program, folder, wanted):
    """Each variant has a display and a bus of its own, two at a time."""
    variants = [v for v in VARIANTS if v in wanted] or list(VARIANTS)
    states = [s for s in wanted if s in STATES]
    os.makedirs(folder, exist_ok=True)
    waiting, running, bad = list(variants), [], 0
    while waiting or running:
        while waiting and len(running) < 2:
            variant = waiting.pop(0)
            running.append(subprocess.Popen([
                'xvfb-run', '-a', '-s', '-screen 0 3900x2300x24',
                'dbus-run-session', '--', sys.executable, __file__,
                '--inside', program, folder, variant, *states],
                stderr=subprocess.DEVNULL))
        for process in running[:]:
            if process.poll() is not None:
                running.remove(process)
                bad += process.returncode != 0
        time.sleep(0.1)
    return 1 if bad else 0


def main(arguments):
    if arguments[0] == '--inside':
        program, folder, variant, *states = arguments[1:]
        failed = take_all(program, folder, variant, states or list(STATES))
        print(variant, 'done' if not failed else '\n'.join(failed), flush=True)
        return 1 if failed else 0
    need('xvfb-run', 'dbus-run-session', 'xdotool', 'import', 'gdbus')
    unknown = [a for a in arguments[2:]
               if a not in VARIANTS and a not in STATES]
    if len(arguments) < 2 or unknown:
        print(__doc__, f'\nVARIANT: {", ".join(VARIANTS)}'
              f'\nSTATE: {", ".join(STATES)}')
        return 2
    return outer(os.path.abspath(arguments[0]), arguments[1], arguments[2:])


sys.exit(main(sys.argv[1:]))
