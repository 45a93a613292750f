# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts need that drive the real program from outside: a home of its
own for it, its commands over the session bus, keys by xdotool, names through
the accessibility tree.  And the states in which its pages can be looked at."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

from reader import Role, children, nodes, tree

SKIP = 77
APP = 'io.github.portcall.Portcall'
APP_PATH = '/io/github/portcall/Portcall'
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
NOT_JSON = '{"format": "portcall-scenario",\n "version": 1,\n'


def skip(reason):
    print('skipped:', reason)
    sys.exit(SKIP)


def need(*tools):
    for tool in tools:
        if subprocess.run(['which', tool], capture_output=True).returncode:
            skip(f'{tool} is not installed')


def run(*args):
    return subprocess.run(args, capture_output=True, text=True)


def wait(condition, what, seconds=10):
    end = time.time() + seconds
    while time.time() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    raise SystemExit(f'waited in vain for: {what}')


def key(*names):
    run('xdotool', 'key', *names)
    time.sleep(0.1)


def visible(name=None, pid=None):
    """The X windows of a name or a process, the newest last."""
    what = ['--name', f'^{name}$'] if name else ['--pid', str(pid)]
    return run('xdotool', 'search', '--onlyvisible', *what).stdout.split()


class App:
    """The program, with a home of its own that goes with it."""

    def __init__(self, program, size=(1320, 840), settings=(), style=(),
                 a11y='atspi', **env):
        self.home = tempfile.TemporaryDirectory(prefix='portcall-outside-',
                                                ignore_cleanup_errors=True)
        self.size = size
        # The sides are folded away.
        self.narrow = size[0] < 900 or any('20' in line for line in style)
        self.write('gtk-4.0/settings.ini',
                   '[Settings]\ngtk-overlay-scrolling=0\n'
                   'gtk-cursor-blink=0\ngtk-enable-animations=0\n' +
                   ''.join(f'{line}\n' for line in style))
        self.write('glib-2.0/settings/keyfile',
                   '[io/github/portcall/Portcall]\n'
                   f'window-width={size[0]}\nwindow-height={size[1]}\n' +
                   ''.join(f'{line}\n' for line in settings))
        build = os.path.dirname(os.path.dirname(os.path.dirname(program)))
        env = {'GSETTINGS_BACKEND': 'keyfile', 'GSK_RENDERER': 'cairo',
               'GDK_DEBUG': 'gl-disable', 'GIO_USE_VFS': 'local',
               'GSETTINGS_SCHEMA_DIR': os.path.join(build, 'data'),
               'PORTCALL_DATA': os.path.join(SOURCE, 'data'),
               'XDG_DATA_HOME': self.home.name,
               'XDG_CONFIG_HOME': self.home.name, 'GTK_A11Y': a11y, **env}
        self.process = subprocess.Popen([program], env={**os.environ, **env})
        self.window = wait(lambda: visible(pid=self.process.pid),
                           'the window')[-1]
        wait(lambda: self.can('open'), 'the commands')
        self.focus()

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.home.cleanup()

    def write(self, name, text):
        path = os.path.join(self.home.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def focus(self):
        """Without a window manager nobody else gives it back."""
        run('xdotool', 'windowfocus', '--sync', self.window)

    def call(self, method, *args, path='/window/1'):
        return run('gdbus', 'call', '--session', '-d', APP, '-o',
                   APP_PATH + path, '-m', f'org.gtk.Actions.{method}', *args)

    def newest(self):
        """The path of the window that was opened last."""
        shown = run('gdbus', 'introspect', '--session', '--dest', APP,
                    '--object-path', APP_PATH + '/window').stdout
        return '/window/%d' % max(map(int, re.findall(r'node (\d+)', shown)))

    def act(self, name, parameter=None, path='/window/1'):
        value = f'[<{parameter}>]' if parameter is not None else '[]'
        done = self.call('Activate', name, value, '{}', path=path)
        if done.returncode:
            raise SystemExit(f'{name}: {done.stderr}')

    def describe(self, name):
        return self.call('Describe', name).stdout

    def can(self, name):
        return self.describe(name).startswith('((true')

    def is_on(self, name):
        return '[<true>]' in self.describe(name)

    def turn(self, name, wanted):
        """A command that is on or off."""
        if self.is_on(name) != wanted:
            self.act(name)

    def watch(self, scenario, mark=''):
        self.focus()
        self.act('watch', f"('{scenario}', '{mark}')")
        time.sleep(0.5)
        wait(lambda: self.can('play'), f'the exchange {scenario}')

    def ask(self, bank, item):
        self.focus()
        self.act('ask', f"('{bank}', '{item}')")
        wait(lambda: self.can('quiz-choose'), f'the question {item}')

    def answer(self, option='1', certainty='fairly'):
        self.act('quiz-choose', option)
        self.act('quiz-certainty', f"'{certainty}'")
        self.act('quiz-submit')
        wait(lambda: self.can('quiz-next'), 'the verdict')

    def dialog(self, name, command, path='/window/1', parameter=None):
        before = visible(pid=self.process.pid)
        self.act(command, parameter, path=path)
        new = wait(lambda: [w for w in visible(pid=self.process.pid)
                            if w not in before], name)
        run('xdotool', 'windowfocus', new[-1])
        time.sleep(0.3)
        return new[-1]


# Of "lab-try": what was answered, and what is right.
ANSWER = "({'in-proto': 'imap', 'in-port': '110'}, @a{ss} {})"
TWO_ANSWERS = ("({'in-proto': 'imap', 'in-port': '110'}, "
               "{'in-proto': 'imap', 'in-port': '143'})")


# -- what there is to look at ------------------------------------------------
#
# Each brings the program from anywhere to one state, yields the X window to
# look at, and puts back what would be in the way of the next one.

def watching(scenario, mark):
    def state(app):
        app.watch(scenario, mark)
        yield app.window
    return state


def inspector_tabs():
    """Those of the places are there twice: one pair for narrow windows."""
    tabs = [n for n in nodes(tree()) if n.role == Role.PAGE_TAB]
    names = [t.name for t in tabs]
    return [t for t in tabs if names.count(t.name) == 1]


def tab(number):
    """Of the inspector, whatever the language."""
    def state(app):
        app.watch('pop3-download-delete', 'retr-reply')
        if app.narrow:
            app.turn('inspector', True)
        inner = wait(inspector_tabs, 'the tabs')
        inner[min(number, len(inner) - 1)].click()
        time.sleep(0.6)
        yield app.window
        inner[0].click()
        if app.narrow:
            app.turn('inspector', False)
        time.sleep(0.3)
    return state


def eavesdropping(app):
    app.watch('imap-implicit-993', 'login')
    app.turn('eavesdrop', True)
    yield app.window
    app.turn('eavesdrop', False)


def comparing(app):
    app.act('compare', "'imap-143-993'")
    time.sleep(0.5)
    for _ in range(6):
        app.act('forward')
    yield app.window


def picking(app):
    app.watch('pop3-download-delete', 'retr')
    yield app.dialog('the question with which', 'compare-with')
    key('Escape')


def finding(app):
    app.watch('pop3-download-delete', 'retr')
    app.act('find')
    time.sleep(0.2)
    run('xdotool', 'type', 'message')
    time.sleep(0.5)
    yield app.window
    key('Escape')


def hiding(app):
    app.watch('imap-two-devices', 'phone-flags')
    app.act('filter')
    time.sleep(0.2)
    run('xdotool', 'type', 'fetch')
    time.sleep(0.6)
    yield app.window
    app.act('filter')
    key('Escape')


def searching(app):
    app.watch('pop3-download-delete', 'retr')
    app.turn('sidebar', True)
    app.act('search')
    time.sleep(0.2)
    run('xdotool', 'type', 'certificate')
    time.sleep(0.3)
    yield app.window
    run('xdotool', 'key', 'ctrl+a', 'BackSpace')
    if app.narrow:
        app.turn('sidebar', False)
    time.sleep(0.2)


def exporting(app):
    app.watch('pop3-download-delete', 'retr')
    yield app.dialog('the question where to', 'export', parameter="''")
    key('Escape')


def in_main_menu(app):
    app.watch('pop3-download-delete', 'retr')
    key('F10')
    time.sleep(0.3)
    yield app.window
    key('Escape')


def shortcuts(app):
    yield app.dialog('the shortcuts', 'show-help-overlay')
    key('Escape')


def about(app):
    yield app.dialog('what this is', 'about', path='')
    key('Escape')


def welcoming(app):
    app.act('welcome')
    time.sleep(0.3)
    yield app.window
    app.act('welcome-close')


def mistaken(app):
    path = app.write('broken.json', NOT_JSON)
    app.act('open-path', f"'{path}'")
    time.sleep(0.5)
    yield app.window


def half_right(app):
    with open(os.path.join(SOURCE, 'data', 'scenarios',
                           'pop3-download-delete.json'),
              encoding='utf-8') as file:
        scenario = json.load(file)
    scenario['script'][-2]['do'] = 'fly'
    scenario['title'] = 'Half right'
    scenario.pop('translations', None)
    path = app.write('half.json', json.dumps(scenario, indent=1))
    app.act('open-path', f"'{path}'")
    time.sleep(0.5)
    yield app.window


def editing(app):
    app.watch('smtp-submit-587', 'data')
    yield app.dialog('the editor', 'edit-scenario')
    key('ctrl+w')


def presenting(app):
    app.watch('phone-four-ports', 'greeting-110')
    yield app.dialog('the presentation', 'present')
    app.turn('present', False)


def with_notes(app):
    app.watch('phone-four-ports', 'greeting-110')
    screen = app.dialog('the presentation', 'present')
    key('n')
    notes = wait(lambda: [w for w in visible(pid=app.process.pid)
                          if w not in (screen, app.window)], 'the notes')[-1]
    time.sleep(0.5)
    yield notes
    app.turn('presenter-notes', False)
    app.turn('present', False)


def at_console(protocol, role, security):
    def state(app):
        app.act('place', "'lab'")
        app.act('lab-page', "'console'")
        app.act('console-setup', f"('{protocol}', '{role}', '{security}')")
        time.sleep(0.6)
        yield app.window
    return state


def setting_up_a_vote(app):
    app.act('place', "'quiz'")
    app.act('quiz-mode', "'vote'")
    time.sleep(0.3)
    yield app.window
    app.act('quiz-leave')


def voting(app):
    """Hands are counted, then both tallies and the answer."""
    app.ask('pop3', 'pop3-110')
    screen = app.dialog('the vote', 'quiz-vote')
    key('a', '5', 'b', '3')
    time.sleep(0.5)
    yield screen
    key('Next', 'v', 'b', '8', 'Next', 'Next')
    time.sleep(0.5)
    yield screen
    key('Escape')
    app.focus()


def practising(app):
    app.act('place', "'quiz'")
    if app.can('quiz-leave'):
        app.act('quiz-leave')
    time.sleep(0.3)
    yield app.window


def printing(app):
    app.act('place', "'quiz'")
    time.sleep(0.3)
    window = app.dialog('the sheets', 'print-sheets')
    yield window
    key('Escape')
    wait(lambda: window not in visible(pid=app.process.pid), 'Escape')
    app.focus()


def writing(app):
    """The banks, then a new question with its mistakes."""
    app.act('place', "'quiz'")
    time.sleep(0.3)
    window = app.dialog('the editor', 'edit-questions')
    path = app.newest()
    yield window
    app.act('bank-new', path=path)
    app.act('add-item', "'match'", path=path)
    time.sleep(1)
    app.act('mistakes', path=path)
    time.sleep(0.3)
    yield window
    while app.call('Describe', 'undo',
                   path=path).stdout.startswith('((true'):
        app.act('undo', path=path)
    run('xdotool', 'windowfocus', '--sync', window)
    key('ctrl+w')
    time.sleep(0.5)
    app.focus()


def asked(bank, item):
    def state(app):
        app.ask(bank, item)
        app.act('quiz-choose', '1')
        time.sleep(0.3)
        yield app.window
    return state


def answered(bank, item, option):
    def state(app):
        app.ask(bank, item)
        app.answer(option)
        time.sleep(0.3)
        yield app.window
    return state


def tried(bank, item, option):
    """An answer, and beside it the right one where it is wrong."""
    def state(app):
        app.ask(bank, item)
        app.answer(option)
        app.act('quiz-try')
        time.sleep(1.5)
        yield app.window
        app.act('lab-back')
        time.sleep(0.3)
    return state


def summed_up(app):
    app.ask('pop3', 'pop3-110')
    # What was missed comes once more.
    while app.can('quiz-choose'):
        app.answer()
        app.act('quiz-next')
        time.sleep(0.3)
    yield app.window


def predicting(app):
    app.watch('imap-two-devices', 'phone-login')
    app.turn('predict', True)
    # As far as the next question.
    for _ in range(10):
        app.act('forward')
        time.sleep(0.2)
    time.sleep(0.5)
    yield app.window
    app.turn('predict', False)


def in_lab(page, *steps):
    """A page of the lab, after commands."""
    def state(app):
        app.act('place', "'lab'")
        app.act('lab-page', f"'{page}'")
        wait(lambda: app.can('lab-page'), 'the lab')
        time.sleep(0.5)
        for name, parameter in steps:
            app.act(name, parameter)
            time.sleep(0.8)
        yield app.window
    return state


def armed(app):
    yield from in_lab('faults', ('lab-arm', None))(app)
    app.act('disarm')
    time.sleep(0.2)


def serving(app):
    """Two conversations, one of which is over."""
    yield from without(in_lab('faults', ('lab-arm', None))(app))
    app.act('disarm')
    app.act('lab-page', "'client'")
    imap, pop3 = get_ports(app.process.pid, 10143, 10110)
    with open_port(imap), open_port(pop3) as pop3:
        pop3.sendall(b'QUIT\r\n')
        time.sleep(1.5)
        yield app.window


def get_ports(pid, *wanted):
    """Where the servers of the lab listen; somebody else may have had a port
    that they wanted, and then they have another one."""
    inodes = set()
    for file in os.scandir(f'/proc/{pid}/fd'):
        try:
            inodes.add(os.readlink(file.path).strip('socket:[]'))
        except OSError:
            pass
    with open(f'/proc/{pid}/net/tcp', encoding='ascii') as table:
        lines = [line.split() for line in list(table)[1:]]
    listening = '0A'
    ours = [int(line[1].split(':')[1], 16) for line in lines
            if line[3] == listening and line[9] in inodes]
    others = [port for port in ours if port not in wanted]
    return [port if port in ours else others.pop() for port in wanted]


def open_port(number):
    return socket.create_connection(('127.0.0.1', number), timeout=5)


def without(state):
    """A state that nobody looks at."""
    for _ in state:
        pass
    return ()


def exam(handed_in):
    """One of 20 questions, or what came of it."""
    def state(app):
        yield from without(exam_setup(app))
        wait(lambda: app.can('exam-begin'), 'the exam to be')
        app.act('exam-begin')
        wait(lambda: app.can('exam-hand-in'), 'the first question')
        time.sleep(0.5)
        if handed_in:
            app.dialog('the question whether', 'exam-hand-in')
            key('Tab')
            key('Return')
            wait(lambda: not app.can('exam-hand-in'), 'the result')
            time.sleep(0.3)
        yield app.window
        app.act('exam-leave')
        time.sleep(0.2)
        if app.can('exam-discard'):
            app.act('exam-discard')
    return state


def exam_setup(app):
    app.act('place', "'quiz'")
    if app.can('quiz-leave'):
        app.act('quiz-leave')
    app.act('quiz-mode', "'exam'")
    time.sleep(0.3)
    yield app.window


def progressing(app):
    app.ask('pop3', 'pop3-110')
    app.answer('2')
    app.act('place', "'progress'")
    time.sleep(0.6)
    yield app.window


STATES = {
    'welcome': welcoming,
    'step': watching('imap-two-devices', 'phone-flags'),
    'refused': watching('imap-wrong-password', 'refused'),
    'secret': watching('pop3-download-delete', 'pass'),
    'tls': watching('imap-starttls-143', ''),
    'lost': watching('tftp-lost-block', 'resent'),
    'three-actors': watching('smtp-relay-second-server', ''),
    'meaning': tab(0),
    'bytes': tab(1),
    'state': tab(2),
    'eavesdrop': eavesdropping,
    'compare': comparing,
    'compare-with': picking,
    'find': finding,
    'filter': hiding,
    'search': searching,
    'export': exporting,
    'menu': in_main_menu,
    'mistakes': mistaken,
    'half': half_right,
    'editor': editing,
    'present': presenting,
    'notes': with_notes,
    'console': at_console('imap', 'client', 'starttls'),
    'console-server': at_console('smtp', 'server', 'none'),
    'console-packet': at_console('tftp', 'client', 'none'),
    'quiz': practising,
    'sheets': printing,
    'bank-editor': writing,
    'question': asked('imap', 'imap-143'),
    'question-number': asked('imap', 'imap-993-rule'),
    'question-multiple': asked('imap', 'imap-two-ports'),
    'answered-first': answered('pop3', 'pop3-110', '1'),
    'answered-second': answered('pop3', 'pop3-110', '2'),
    'answered-multiple': answered('imap', 'imap-two-ports', '1'),
    'tried-first': tried('pop3', 'pop3-110', '1'),
    'tried-second': tried('pop3', 'pop3-110', '2'),
    'summary': summed_up,
    'predict': predicting,
    'exam-setup': exam_setup,
    'exam': exam(handed_in=False),
    'exam-result': exam(handed_in=True),
    'progress': progressing,
    'lab': in_lab('account'),
    'lab-refused': in_lab('account', ('lab-try', ANSWER)),
    'lab-two': in_lab('account', ('lab-try', TWO_ANSWERS)),
    'lab-client': in_lab('client'),
    'lab-live': serving,
    'lab-faults': in_lab('faults'),
    'lab-struck': in_lab('faults', ('run-again', None)),
    'lab-armed': armed,
    'vote-setup': setting_up_a_vote,
    'vote': voting,
    'shortcuts': shortcuts,
    'about': about,
}
