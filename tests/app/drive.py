#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program from outside: commands over the session bus, keys
by xdotool, names through the accessibility tree, pictures of the window.
Run inside xvfb-run and dbus-run-session; argument: the program."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from reader import find

SKIP = 77
APP = 'io.github.portcall.Portcall'
PATH = '/io/github/portcall/Portcall/window/1'


def skip(reason):
    print('skipped:', reason)
    sys.exit(SKIP)


for tool in ('xdotool', 'import', 'gdbus'):
    if subprocess.run(['which', tool], capture_output=True).returncode:
        skip(f'{tool} is not installed')


def call(method, *args):
    return subprocess.run(
        ['gdbus', 'call', '--session', '-d', APP, '-o', PATH, '-m',
         f'org.gtk.Actions.{method}', *args],
        capture_output=True, text=True)


def act(name, parameter=None):
    value = f'[<{parameter}>]' if parameter is not None else '[]'
    done = call('Activate', name, value, '{}')
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
    xdotool('key', *names)
    time.sleep(0.15)


def picture(window):
    return subprocess.run(['import', '-window', window, '-depth', '8',
                           'gray:-'], capture_output=True, check=True).stdout


def same(one, other):
    """To the eye: but for a few pixels where a part was drawn anew beside an
    old one, and for edges that are a few of 256 greys lighter or darker."""
    if len(one) != len(other):
        return False
    return sum(abs(a - b) > 8 for a, b in zip(one, other) if a != b) < 50


def still(window):
    """The picture once nothing changes any more."""
    last, rest = picture(window), 0
    for _ in range(60):
        time.sleep(0.15)
        now = picture(window)
        rest = rest + 1 if same(now, last) else 0
        if rest == 3:
            return now
        last = now
    raise SystemExit('the picture never came to rest')


def label(text):
    return find(lambda n: text in n.name)


def main(program):
    with tempfile.TemporaryDirectory(prefix='portcall-drive-',
                                     ignore_cleanup_errors=True) as home:
        run(program, home)


def run(program, home):
    # A scrollbar that fades would change the pictures.
    os.mkdir(os.path.join(home, 'gtk-4.0'))
    with open(os.path.join(home, 'gtk-4.0', 'settings.ini'), 'w',
              encoding='utf-8') as file:
        file.write('[Settings]\ngtk-overlay-scrolling=0\n')
    env = dict(os.environ, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home,
               GTK_A11Y='atspi')
    app = subprocess.Popen([program], env=env)
    try:
        drive(app, home)
        print('ok')
    finally:
        app.send_signal(signal.SIGTERM)
        app.wait(10)


def drive(app, home):
    windows = wait(lambda: subprocess.run(
        ['xdotool', 'search', '--onlyvisible', '--pid', str(app.pid)],
        capture_output=True, text=True).stdout.split(), 'the window')
    window = windows[-1]
    xdotool('windowfocus', window)
    # Where the schema is installed there is a welcome and no exchange yet.
    wait(lambda: call('Describe', 'open').returncode == 0, 'the commands')
    act('open', "'pop3-download-delete'")
    wait(lambda: call('Describe', 'play').stdout.startswith('((true'),
         'the first exchange')

    # Watching: it plays, stops, and a step there and back is no change.
    act('open', "'pop3-download-delete'")
    wait(lambda: label('Download and delete'), 'the title of the exchange')
    wait(lambda: label('Step 1 of'), 'the first step')
    act('play')
    time.sleep(0.3)
    first = picture(window)
    time.sleep(0.2)
    assert not same(picture(window), first), 'nothing moved while playing'
    act('play')
    # The first key makes the focus visible, so it comes before the pictures.
    act('first')
    key('Right', 'Right', 'Left')
    wait(lambda: label('Step 2 of'), 'the second step')
    before = still(window)
    key('Right')
    wait(lambda: label('Step 3 of'), 'the third step')
    assert not same(still(window), before), 'the key Right shows no other step'
    key('Left')
    wait(lambda: label('Step 2 of'), 'the second step again')
    assert same(still(window), before), 'there and back is not the same'
    key('End')
    wait(lambda: call('Describe', 'first').stdout.startswith('((true'),
         'a way back from the end')

    predict()

    # What the wire carries in place of the password, by a key, and back.
    act('watch', "('imap-implicit-993', 'login')")
    wait(lambda: label('LOGIN alex'), 'the login under TLS')
    key('e')
    wait(lambda: label('encrypted record'), "the eavesdropper's view")
    assert not label('LOGIN alex'), 'the eavesdropper reads the login'
    key('e')
    wait(lambda: label('LOGIN alex'), 'the login again')

    present(window)

    # Two exchanges in step: one side waits, there and back is the same, and
    # the inspector goes with the side that a key chooses.
    act('compare', "'imap-143-993'")
    wait(lambda: label('Step 1 of 18'), 'the comparison')
    assert label('Times a password could be read'), 'nothing says what differs'
    key('Right', 'Right', 'Left')
    wait(lambda: label('Step 1 of 18 · waits'), 'the left side, which waits')
    wait(lambda: label('Step 2 of 30'), 'the right side')
    before = still(window)
    key('Right')
    wait(lambda: label('Step 3 of 30'), 'the next step of the right side')
    assert not same(still(window), before), 'the key Right shows no other step'
    key('Left')
    wait(lambda: label('Step 2 of 30'), 'the right side again')
    assert same(still(window), before), 'there and back is not the same'
    key('x')
    wait(lambda: label('The client opens the handshake'),
         "the right side's step in the inspector")
    key('c')
    wait(lambda: label('Compare “Encrypted from the first octet” with'),
         'the question with which')
    key('b', 'e', 'g', 'i', 'n', 'space', 'c', 'l', 'e', 'a', 'r')
    key('Return')
    wait(lambda: label('Begin in clear, go on in TLS'), 'the other exchange')
    wait(lambda: label('What differs'), 'the second comparison')
    act('open', "'pop3-download-delete'")
    wait(lambda: label('Step 1 of 19'), 'one exchange again')

    lab()

    # Practising, by keyboard alone.
    bank, item, number = find_item()
    key('alt+3')
    wait(lambda: label('What would you like to practise?'), 'the banks')
    act('ask', f"('{bank}', '{item}')")
    wait(lambda: label('How sure are you?'), 'the question')
    key(number)
    key('Return')   # goes on to the certainty
    key('Right')
    key('Return')   # chooses and answers
    wait(lambda: call('Describe', 'quiz-next').stdout.startswith('((true'),
         'the verdict')
    wait(lambda: os.path.exists(os.path.join(home, 'portcall', 'record.db')),
         'the record')
    act('quiz-watch')
    wait(lambda: call('Describe', 'place').stdout.find("'exchanges'") >= 0,
         'the exchange of the question')
    key('alt+3')
    key('Return')   # next: the summary
    wait(lambda: label('Worth another look') or label('Again'), 'the summary')


def lab():
    """The question of the phone, from end to end by keys alone."""
    key('alt+2')
    wait(lambda: label('New mail account'), 'the phone')
    # The focus is in the port; the task and the security are set by keys, too.
    key('ctrl+a')
    key('1', '1', '0', 'Tab', 'space', 'End', 'Return')
    wait(lambda: label('None'), 'the security')
    key('F5')
    wait(lambda: label('Port 110 is open'), 'why it stops')
    wait(lambda: label('+OK mail.example.test POP3'), "the server's greeting")
    key('shift+Tab', 'ctrl+a')
    key('1', '4', '3', 'Return')
    wait(lambda: label('reads the mail where it is stored'), 'that it works')
    assert not label('Port 110 is open'), 'the old fault is still told'
    # The wire is a few keys away, and steps as it does elsewhere.
    act('lab-try', "({'in-proto': 'imap', 'in-port': '110'},"
        " {'in-proto': 'imap', 'in-port': '143'})")
    wait(lambda: label('Right: Incoming port: 143'), 'both beside each other')


def predict():
    """What comes next, by keys alone: asked, answered, and on it goes."""
    act('open', "'tftp-get-config'")
    wait(lambda: label('Step 1 of 7'), 'the transfer')
    call('SetState', 'speed', "<'4'>", '{}')
    key('p')
    wait(lambda: call('Describe', 'predict').stdout.find('true>') >= 0,
         'the switch')
    wait(lambda: label('Still to come: step 5'), 'hidden steps')
    key('space')
    wait(lambda: label('Which packet is sent next?'), 'the question')
    key('2', 'Return')
    wait(lambda: label(' of 1 predicted'), 'the score')
    key('space')
    wait(lambda: not label(' of 1 predicted') or
         not label('Which packet is sent next?') or label('Show me'),
         'the next question')
    key('Right')
    key('p')
    wait(lambda: not label('Still to come'), 'the steps again')
    assert not label('predicted'), 'a score without predictions'
    call('SetState', 'speed', "<'1'>", '{}')


def named(name):
    return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name',
                           f'^{name}$'],
                          capture_output=True, text=True).stdout.split()


def present(window):
    """On a projector: the keys that a pointer sends."""
    act('watch', "('phone-four-ports', 'open-143')")
    wait(lambda: label('Step 1 of 15'), 'the exchange to present')
    key('F11')
    screen = wait(lambda: named('Presentation'), 'the presentation')[0]
    xdotool('windowfocus', screen)
    wait(lambda: label('1 of 15'), 'how far it is')
    key('Next')     # Page Down
    wait(lambda: label('2 of 15'), 'the next step')
    key('n')
    notes = wait(lambda: named('Presenter’s Notes'), 'the notes')[0]
    wait(lambda: label('Point at “* OK”'), 'the note of the step')
    xdotool('windowfocus', notes)
    key('Prior')    # Page Up, in the other window
    wait(lambda: label('1 of 15'), 'the step before')
    key('n')
    wait(lambda: not named('Presenter’s Notes'), 'no notes')
    xdotool('windowfocus', screen)
    key('period')
    wait(lambda: not any(picture(screen)), 'a black screen')
    key('1', '2', 'Return')
    wait(lambda: label('12 of 15'), 'the twelfth step')
    assert any(picture(screen)), 'the screen stays black'
    key('Escape')
    wait(lambda: not named('Presentation'), 'the end of the presentation')
    xdotool('windowfocus', window)


def find_item():
    """A question with options that has an exchange to watch."""
    folder = os.path.join(os.environ['PORTCALL_DATA'], 'questions')
    for name in sorted(os.listdir(folder)):
        if not name.endswith('.json'):
            continue
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            bank = json.load(file)
        for item in bank['items']:
            if item['type'] == 'single' and 'step' in item.get(
                    'simulation', {}):
                return bank['id'], item['id'], '1'
    raise SystemExit('no question has an exchange to watch')


if __name__ == '__main__':
    main(sys.argv[1])
