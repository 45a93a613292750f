# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader can read of the program: its accessibility tree, asked
for at once, since a question per node and answer would take seconds.  The
tree may change meanwhile: what is gone has no name and no children."""

import sys

try:
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi, Gio, GLib
except (ImportError, ValueError):
    print('skipped: python3-gi or gir1.2-atspi-2.0 is not installed')
    sys.exit(77)

ROOT = '/org/a11y/atspi/accessible/root'
NULL = '/org/a11y/atspi/null'
ACCESSIBLE = 'org.a11y.atspi.Accessible'

State = Atspi.StateType
Role = Atspi.Role


class Asker:
    """Of one program on the bus of accessibility; answers come while run()
    waits for all of them."""

    bus = None

    def __init__(self, owner):
        self.owner = owner
        self.pending = 0
        self.loop = GLib.MainLoop()
        if Asker.bus is None:
            session = Gio.bus_get_sync(Gio.BusType.SESSION)
            address, = session.call_sync(
                'org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                None, None, Gio.DBusCallFlags.NONE, -1, None).unpack()
            flags = Gio.DBusConnectionFlags
            Asker.bus = Gio.DBusConnection.new_for_address_sync(
                address, flags.AUTHENTICATION_CLIENT |
                flags.MESSAGE_BUS_CONNECTION, None)

    def ask(self, path, interface, method, args, take):
        """Calls @take with what is answered, if anything is."""
        def answered(bus, result):
            self.pending -= 1
            try:
                take(*bus.call_finish(result).unpack())
            except GLib.Error:
                pass
            if self.pending == 0:
                self.loop.quit()

        self.pending += 1
        self.bus.call(self.owner, path, interface, method, args, None,
                      Gio.DBusCallFlags.NONE, 5000, None, answered)

    def run(self):
        if self.pending:
            self.loop.run()


class Node:
    """As it was when it was read."""

    def __init__(self, asker, path, parent=None):
        self.asker, self.path, self.parent = asker, path, parent
        self.forget()

    def forget(self):
        self.name = self.description = ''
        self.role = Role.INVALID
        self.states = 0
        self.children = []

    def read(self, below=True):
        """Once more, in place; with all that is @below it."""
        self.ask(below)
        self.asker.run()
        return self

    def ask(self, below=True):
        def take_properties(values):
            self.name = values.get('Name', '').strip()
            self.description = values.get('Description', '')
            if below:
                count = values.get('ChildCount', 0)
                self.children = [None] * count
                for i in range(count):
                    self.ask_child(i)

        def take_states(words):
            self.states = words[0] | words[1] << 32

        def take_role(number):
            self.role = Role(number)

        self.forget()
        self.asker.ask(self.path, 'org.freedesktop.DBus.Properties', 'GetAll',
                       GLib.Variant('(s)', (ACCESSIBLE,)), take_properties)
        self.asker.ask(self.path, ACCESSIBLE, 'GetState', None, take_states)
        self.asker.ask(self.path, ACCESSIBLE, 'GetRole', None, take_role)

    def ask_child(self, index):
        # Its answer with all children at once leaves out some of a stack.
        def take(reference):
            path = reference[1]
            if path != NULL:
                self.children[index] = Node(self.asker, path, self)
                self.children[index].ask()

        self.asker.ask(self.path, ACCESSIBLE, 'GetChildAtIndex',
                       GLib.Variant('(i)', (index,)), take)

    def has(self, state):
        return bool(self.states >> int(state) & 1)

    def role_name(self):
        return Atspi.role_get_name(self.role)

    def text(self):
        """What stands in an entry; None for what is none."""
        found = []
        self.asker.ask(self.path, 'org.a11y.atspi.Text', 'GetText',
                       GLib.Variant('(ii)', (0, -1)), found.append)
        self.asker.run()
        return found[0] if found else None

    def click(self):
        self.asker.ask(self.path, 'org.a11y.atspi.Action', 'DoAction',
                       GLib.Variant('(i)', (0,)), lambda done: None)
        self.asker.run()


def children(node):
    return [child for child in node.children if child]


def nodes(node):
    """Depth first."""
    yield node
    for child in children(node):
        yield from nodes(child)


def tree():
    """Of the program; None while it is not there."""
    registry = Asker('org.a11y.atspi.Registry')
    programs = []
    registry.ask(ROOT, ACCESSIBLE, 'GetChildren', None, programs.extend)
    registry.run()
    for owner, path in programs:
        node = Node(Asker(owner), path).read(below=False)
        if node.name == 'portcall':
            return node.read()
    return None


def find(match):
    """The first node that does; None for none."""
    root = tree()
    return next(filter(match, nodes(root)), None) if root else None
