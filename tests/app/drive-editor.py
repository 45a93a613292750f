#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scenario written by keys alone: new from a template, an action added,
moved and seen on the wire, saved, then checked and run by the command-line
program.  Run inside xvfb-run and dbus-run-session; arguments: the program,
portcall-cli."""

import glob
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
from outside import App, key, need, run, wait  # noqa: E402
from reader import nodes, tree  # noqa: E402


def names():
    root = tree()
    return [n.name for n in nodes(root)] if root else []


def seen(text):
    return any(text in name for name in names())


def type_text(text):
    run('xdotool', 'type', '--delay', '30', text)


def add(words):
    """Behind the entry that has the focus."""
    key('Insert')
    wait(lambda: seen('What can be added'), 'what can be added')
    type_text(words)
    wait(lambda: seen(f'{words}: '), words)
    key('Return')


def check(cli, path):
    for command in (['check', path], ['run', '--link', 'memory', path]):
        done = subprocess.run([cli, *command], capture_output=True, text=True)
        assert done.returncode == 0, done


def main(program, cli):
    need('xdotool', 'gdbus')
    app = App(program)
    try:
        app.dialog('the editor', 'new-scenario', parameter="'imap'")
        wait(lambda: seen('It runs as it is written.'), 'the first run')
        key('Down', 'Down')
        add('noop')
        wait(lambda: seen('a3 NOOP'), 'the command on the wire')
        # The new entry has the focus: it goes before the SELECT.
        key('alt+Up')
        wait(lambda: seen('a2 NOOP'), 'the command before the other')
        key('ctrl+z')
        wait(lambda: seen('a3 NOOP'), 'what was undone')
        key('ctrl+shift+z')
        wait(lambda: seen('a2 NOOP'), 'what was done again')
        key('Delete')
        wait(lambda: not seen('a2 NOOP'), 'the end of it')
        add('noop')
        wait(lambda: seen('a3 NOOP'), 'the command again')
        key('ctrl+m')
        wait(lambda: seen('noop, imap.noop'), 'the mark')
        key('ctrl+s')
        wait(lambda: glob.glob(os.path.join(
            app.home.name, 'portcall/scenarios/*.json')), 'the file')
        path, = glob.glob(os.path.join(app.home.name,
                                       'portcall/scenarios/*.json'))
        with open(path, encoding='utf-8') as file:
            scenario = json.load(file)
        assert [e['do'] for e in scenario['script']].count('noop') == 1
        assert {'id': 'noop', 'rule': 'imap.noop'} in scenario['marks']
        check(cli, path)
    finally:
        app.close()


main(*sys.argv[1:])
