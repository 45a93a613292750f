#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inspector by keyboard alone, read through the accessibility tree: the
tabs, the commands that are legal, a field and its octets, the same exchange
under another security.  Run and given the program like drive.py."""

import os
import signal
import subprocess
import sys
import tempfile
import time

from reader import State, find

SKIP = 77
APP = 'io.github.portcall.Portcall'
PATH = '/io/github/portcall/Portcall/window/1'


def skip(reason):
    print('skipped:', reason)
    sys.exit(SKIP)


for tool in ('xdotool', 'gdbus'):
    if subprocess.run(['which', tool], capture_output=True).returncode:
        skip(f'{tool} is not installed')


def call(method, *args):
    return subprocess.run(
        ['gdbus', 'call', '--session', '-d', APP, '-o', PATH, '-m',
         f'org.gtk.Actions.{method}', *args],
        capture_output=True, text=True)


def watch(scenario, mark):
    done = call('Activate', 'watch', f"[<('{scenario}', '{mark}')>]", '{}')
    assert done.returncode == 0, done.stderr


def wait(condition, what, seconds=10):
    end = time.time() + seconds
    while time.time() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    raise SystemExit(f'waited in vain for: {what}')


def xdotool(*args):
    return subprocess.run(['xdotool', *args], capture_output=True, text=True,
                          check=True).stdout


def key(*names):
    for name in names:
        xdotool('key', name)
        time.sleep(0.06)


def label(text):
    return find(lambda n: text in n.name)


def focusable(text):
    return find(lambda n: n.name.startswith(text) and
                n.has(State.FOCUSABLE))


def has_focus(node):
    return node.read(below=False).has(State.FOCUSED)


def go_to(text, by='Tab', most=80):
    """Tab until the focus is there: every control can be come to."""
    node = wait(lambda: focusable(text), text)
    for _ in range(most):
        if has_focus(node):
            return node
        key(by)
    raise SystemExit(f'Tab never comes to {text}')


def description(node):
    return node.read(below=False).description


def drive(app):
    windows = wait(lambda: subprocess.run(
        ['xdotool', 'search', '--onlyvisible', '--pid', str(app.pid)],
        capture_output=True, text=True).stdout.split(), 'the window')
    xdotool('windowsize', windows[-1], '1280', '900')
    xdotool('windowfocus', windows[-1])
    wait(lambda: call('Describe', 'watch').returncode == 0, 'the commands')
    watch('imap-read-phone', 'select')
    wait(lambda: label('Open a mailbox'), 'the step')

    # The same exchange under TLS, at the same step.
    go_to('TLS at once', 'shift+Tab')
    key('space')
    wait(lambda: label('under TLS from the first byte'), 'the other exchange')
    wait(lambda: label('Open a mailbox'), 'the same step')

    # From a field to its octets by Enter, among them by the arrows, and back.
    field = go_to('Command: SELECT')
    key('Return')
    octets = wait(lambda: focusable('Octets of this step'), 'the octets')
    wait(lambda: has_focus(octets), 'the focus at the octets')
    assert 'field Command' in description(octets), description(octets)
    key('Home')
    wait(lambda: description(octets).startswith('Octet 1 of') and
         'field Tag' in description(octets), 'the first octet')
    wait(lambda: label('The client makes up a new tag'), 'what it means')
    key('Right', 'Right', 'Right')
    wait(lambda: description(octets).startswith('Octet 4 of') and
         'field Command' in description(octets), 'the fourth octet')
    key('Return')
    wait(lambda: has_focus(field), 'the field again')

    # The page of states: the graph in words, the commands as a list.
    go_to('State')
    key('space')
    wait(lambda: find(
        lambda n: n.name == 'Graph of the states' and
        '■ Mail server: “Authenticated”' in n.description),
        'the graph in words')
    go_to('CAPABILITY: ')
    key('Down', 'Down')
    wait(lambda: has_focus(focusable('LOGOUT: ')), 'the third command')
    row = go_to('STARTTLS: ')
    assert 'Legal only in: Not authenticated.' in row.name, row.name
    wait(lambda: label('Under TLS: only the two ends'), 'TLS told')


def main(program):
    with tempfile.TemporaryDirectory(prefix='portcall-inspect-',
                                     ignore_cleanup_errors=True) as home:
        run(program, home)


def run(program, home):
    env = dict(os.environ, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home,
               GTK_A11Y='atspi')
    app = subprocess.Popen([program], env=env)
    try:
        drive(app)
        print('ok')
    finally:
        app.send_signal(signal.SIGTERM)
        app.wait(10)


main(sys.argv[1])
