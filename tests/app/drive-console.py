#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types whole sessions into the console of the lab, by keys alone: IMAP with a
mistake, POP3, SMTP with a message; plays a server once, and builds a packet.
What was typed is saved, checked, and run again.
Run inside xvfb-run and dbus-run-session; argument: the program."""

import os
import subprocess
import sys
import time

from outside import App, key, need, run, wait
from reader import State, children, find, nodes, tree


def plain(node):
    """The name of a button with a mnemonic is there twice: “H_int Hint”."""
    name = node.name
    return name[len(name) // 2 + 1:] if '_' in name else name


# The whole tree takes a second to read: these parts of it are found once.
PARTS = {}


def part(name):
    if name not in PARTS:
        log = wait(lambda: find(lambda n: n.name == 'What was said'),
                   'the log')
        talk = log
        while not any(plain(n) == 'Hint' for n in nodes(talk)):
            talk = talk.parent
        PARTS.update(log=log, talk=talk,
                     head=children(talk.parent.parent)[0])
    return PARTS[name].read()


def names(name='talk'):
    return [plain(n) for n in nodes(part(name))]


def seen(text):
    return any(text in name for name in names())


def said(who, text):
    """A row of the log."""
    return any(n.name.startswith(f'{who}: ') and text in n.name
               for n in children(part('log')))


def focused(parts=('talk', 'head')):
    for name in parts:
        for node in nodes(part(name)):
            if node.has(State.FOCUSED):
                return plain(node)
    return None


def go_to(name, by='Tab', parts=('talk', 'head'), limit=60):
    """With the key Tab, as who has no mouse."""
    for _ in range(limit):
        found = focused(parts) or ''
        if found == name or found.startswith(f'{name}: '):
            return
        key(by)
    raise SystemExit(f'the keys never came to “{name}”')


def write(text):
    run('xdotool', 'type', '--delay', '12', '--', text)
    time.sleep(0.1)


def line():
    """What stands in the line."""
    for node in nodes(part('talk')):
        if node.name in ('Your line', 'Your reply'):
            text = node.text()
            if text is not None:
                return text
    return None


def type_line(text, who='Server', answer=None):
    write(text)
    key('Return')
    if answer:
        wait(lambda: said(who, answer), f'“{answer}” after “{text}”')


def choose(name, number):
    """The row with this number of a list."""
    go_to(name, parts=('head',))
    key('space')
    time.sleep(0.3)
    key('Home', *['Down'] * number, 'Return')
    time.sleep(0.3)


def new_session(protocol, role=0, security=0):
    go_to('Protocol', 'shift+Tab', parts=('head',))
    choose('Protocol', protocol)
    choose('Role', role)
    if security is not None:
        choose('Security', security)
    key('F5')
    time.sleep(0.3)


def open_console():
    key('alt+2')
    wait(lambda: find(lambda n: n.name == 'New mail account'), 'the lab')
    # Back from the form to the list of pages.
    for _ in range(30):
        node = find(lambda n: n.has(State.FOCUSED))
        if node and node.name == 'Set up an account':
            break
        key('shift+Tab')
    key('Down', 'Return')
    go_to('Connect')
    key('space')
    wait(lambda: said('Server', '* OK'), 'the greeting')
    wait(lambda: focused() == 'Your line', 'the line')


def imap(folder, program):
    # A mistake goes out, comes back, and is explained.
    type_line('LOGN alex', answer='BAD')
    wait(lambda: said('You', 'LOGN alex\n'), 'what is wrong with it')
    # Completion, and Tab is no trap.
    write('LOGI')
    key('Tab')
    wait(lambda: 'LOGIN' in (line() or ''), 'the completion')
    key('Tab')
    assert focused() != 'Your line', 'Tab does not leave'
    key('shift+Tab')
    key('ctrl+a')
    # What was sent comes back, and can be mended.
    key('Up')
    wait(lambda: 'LOGN' in (line() or ''), 'the history')
    key('ctrl+a', 'BackSpace')
    type_line('LOGIN alex portcall', answer=' OK')
    assert not seen('alex portcall'), 'the password stands in the log'
    # The ladder, and its last rung by a button.
    for rung in range(1, 5):
        key('F1')
        wait(lambda: seen(f'Hint {rung} of 4'), f'rung {rung}')
    go_to('Use It', 'shift+Tab')
    key('space')
    wait(lambda: line(), 'the line of the last rung')
    key('Return')
    wait(lambda: not seen('Hint 4 of 4'), 'that it was sent')
    type_line('SELECT INBOX', answer='EXISTS')
    type_line('FETCH 1 (FLAGS BODY.PEEK[HEADER])', answer='FETCH')
    type_line('LOGOUT', answer='BYE')
    wait(lambda: seen('There is no connection'), 'the end')
    save(os.path.join(folder, 'typed imap.json'), program)


def save(path, program):
    go_to('Session', 'shift+Tab', parts=('head',))
    key('space')
    time.sleep(0.4)
    key('Down', 'Up', 'Return')
    time.sleep(1)
    window = run('xdotool', 'search', '--onlyvisible', '--name',
                 '^Save as Scenario$').stdout.split()
    assert window, 'nobody asks where to save it'
    run('xdotool', 'windowfocus', '--sync', window[-1])
    key('ctrl+a')
    write(path)
    key('Return')
    wait(lambda: os.path.exists(path), 'the file')
    build = os.path.dirname(os.path.dirname(program))
    done = subprocess.run([os.path.join(build, 'cli', 'portcall-cli'), 'check',
                           path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def pop3():
    new_session(1)
    wait(lambda: said('Server', '+OK'), 'the greeting')
    type_line('STAT', answer='-ERR')
    type_line('USER alex', answer='+OK')
    type_line('PASS portcall', answer='+OK')
    type_line('LIST', answer='+OK')
    type_line('RETR 1', answer='Subject:')
    type_line('QUIT', answer='+OK')
    wait(lambda: seen('There is no connection'), 'the end')


def smtp():
    new_session(2)
    wait(lambda: said('Server', '220'), 'the greeting')
    type_line('EHLO phone.example.test', answer='250')
    type_line('AUTH PLAIN AGFsZXgAcG9ydGNhbGw=', answer='235')
    type_line('MAIL FROM:<alex@example.test>')
    type_line('RCPT TO:<robin@example.test>')
    type_line('DATA', answer='354')
    for text in ('Subject: Lunch', '', 'At noon?', '.'):
        type_line(text)
    wait(lambda: seen('waits for a command'), 'the verdict')
    assert said('You', 'At noon?'), 'the message is not in the log'
    type_line('QUIT', answer='221')


def server():
    new_session(1, role=1)
    wait(lambda: seen('The client waits'), 'the client')
    type_line('+OK I am the server')
    wait(lambda: said('Client', ''), "the client's first command")
    type_line('-ERR Not today')
    wait(lambda: said('You', '-ERR Not today'), 'the reply')


def tftp():
    new_session(3, security=None)
    go_to('File')
    write('router.cfg')
    key('Return')
    wait(lambda: said('Server', 'DATA'), 'the first block')


def main(program):
    need('xdotool', 'gdbus')
    app = App(program, size=(1280, 900), settings=['welcomed=true'])
    try:
        open_console()
        imap(app.home.name, program)
        pop3()
        smtp()
        server()
        tftp()
        print('ok')
    finally:
        app.close()


if __name__ == '__main__':
    main(os.path.abspath(sys.argv[1]))
