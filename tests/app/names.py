#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the accessibility tree of every page, dialog and menu of the real
program, and reads the diagram in it.  Whatever can have the focus must have a name of its own: not the name
of its type, and not that of another one of its kind beside it.
Run inside xvfb-run and dbus-run-session; argument: the program."""

import sys

from outside import STATES, App, need, wait
from reader import Role, State, children, find, tree

# The names of types.
PLACEHOLDERS = ('Gtk', 'Pc')
# Windows of GTK's own, whose parts nobody else can name.
GTK_WINDOWS = ('shortcuts', 'about', 'export')


# Seen only where a state was really reached: in each place one.
PROOF = ('Main menu', 'Step 5 of', 'Octets of this step', 'What differs',
         'Next match', 'Show Passwords', 'Leave', 'Your line', 'Your reply',
         'Send Packet', 'A: ', 'Only questions that hands',
         'Play the Exchange', 'Disarm', 'How often', '_Another Seed')
ALIKE = ('secret', 'refused', 'meaning', 'three-actors', 'answered-first')


def where(path):
    return ' > '.join(f'{n.role_name()} “{n.name}”' for n in path[-4:])


def faults(node, met, path=()):
    path = (*path, node)
    below = children(node)
    if node.name == 'GtkPopoverContent':
        # Its scrolled window has the focus only where it has no items.
        below = [n for child in below for n in children(child)]
    seen = {}
    for child in below:
        name = child.name
        # A row of a drop-down is GTK's, and read by the label in it.
        if child.has(State.FOCUSABLE) and name != 'GtkListItemWidget':
            met.append(name)
            if not name or name.startswith(PLACEHOLDERS):
                yield f'no name: {where((*path, child))}'
            # What is to be predicted says no more than where it stands.
            elif ((child.role, name) in seen and
                  not name.startswith('Still to come')):
                yield f'the same name twice: {where((*path, child))}'
            seen[child.role, name] = True
        yield from faults(child, met, path)


def get_diagram():
    return find(lambda n: n.role == Role.LIST and
                n.name.startswith('Sequence diagram'))


def twin(app):
    """The diagram in words: each step is there with its name, its place among
    all and what it means; what is shown now is said by the list, and the
    states that it leads to as well."""
    app.watch('pop3-download-delete', '')
    rows = children(get_diagram())
    steps = [r for r in rows if r.name.startswith('Step ')]
    for number, row in enumerate(steps, 1):
        assert row.name.startswith(f'Step {number} of {len(steps)}, '), \
            row.name
        assert len(row.description) > 20, row.name
    assert len(steps) == 19, len(steps)
    app.watch('pop3-download-delete', 'pass')
    for number in (5, 6):
        wait(lambda: get_diagram().description.startswith(
            f'Step {number} of 19, '), f'step {number}, told by the list')
        lit = [r.name for r in children(get_diagram())
               if r.has(State.SELECTED)]
        assert [n.startswith(f'Step {number} of') for n in lit] == [True], lit
        app.act('forward')
    app.act('back')
    wait(lambda: 'Desktop is now: TRANSACTION' in
         get_diagram().description, 'the states that step 6 leads to')


def main(program):
    need('xdotool', 'gdbus')
    app = App(program, size=(1280, 800), settings=['welcomed=true'])
    failed, met = set(), []
    try:
        wait(tree, 'the tree')
        twin(app)
        for name, state in STATES.items():
            if name in ALIKE:
                continue
            for _ in state(app):
                root = tree()
                windows = children(root)
                if name in GTK_WINDOWS:
                    assert all(w.name for w in windows), f'{name}: no title'
                    continue
                for fault in faults(root, met):
                    if fault not in failed:
                        print(f'{name}: {fault}')
                    failed.add(fault)
    finally:
        app.close()
    # A tree that was not there would have no faults.
    assert len(met) > 1000, f'no more than {len(met)} controls were met'
    # A mnemonic may be anywhere in a name.
    plain = [n.replace('_', '') for n in met]
    for name in PROOF:
        assert any(n.startswith(name.replace('_', '')) for n in plain), \
            f'“{name}” was not met'
    sys.exit(1 if failed else 0)


main(sys.argv[1])
