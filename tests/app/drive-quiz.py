#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An exam from outside, by keys alone: killed in the middle, taken up again,
handed in; then what the page of progress tells a screen reader.  Run inside
xvfb-run and dbus-run-session; argument: the program."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import drive  # noqa: E402
from drive import act, call, key, label, wait  # noqa: E402
from reader import Role, State, find  # noqa: E402


def start(program, home):
    env = dict(os.environ, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home,
               GTK_A11Y='atspi')
    app = subprocess.Popen([program], env=env)
    windows = wait(lambda: subprocess.run(
        ['xdotool', 'search', '--onlyvisible', '--pid', str(app.pid)],
        capture_output=True, text=True).stdout.split(), 'the window')
    drive.xdotool('windowfocus', windows[-1])
    wait(lambda: call('Describe', 'open').returncode == 0, 'the commands')
    key('alt+3')
    wait(lambda: label('What would you like to practise?'), 'the start page')
    return app


def answers(home, what='count(*)'):
    path = os.path.join(home, 'portcall', 'record.db')
    with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as record:
        return record.execute(f'SELECT {what} FROM answers').fetchone()[0]


def sittings(home):
    path = os.path.join(home, 'portcall', 'record.db')
    with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as record:
        return [row[0] for row in record.execute(
            'SELECT state FROM sittings').fetchall()]


def node(text):
    return find(lambda n: n.name == text)


def answer(times):
    """Digits choose where there are options; the command goes on, since Enter
    belongs to the lists of some answers."""
    for _ in range(times):
        key('1')
        act('exam-next')
        time.sleep(0.1)


def exam(program, home):
    app = start(program, home)
    try:
        wait(lambda: label('10 new'), 'what is new today')
        act('exam-mock', "'mock-1'")
        wait(lambda: label('Mock exam 1 · question 1 of 40'), 'the exam')
        assert label(' left'), 'there is no clock'
        answer(6)
        wait(lambda: label('question 7 of 40'), 'the seventh question')
        key('alt+f')
        wait(lambda: call('Describe', 'exam-flag').stdout.find('true>') >= 0,
             'the flag')
        assert not label('Right'), 'a verdict before the end'
        wait(lambda: len(sittings(home)) == 1 and
             '"flagged":true' in sittings(home)[0], 'the exam in the record')
        assert answers(home) == 0, 'answers before the exam is handed in'
    finally:
        app.send_signal(signal.SIGKILL)
        app.wait(10)

    app = start(program, home)
    try:
        wait(lambda: label('An exam is not finished'), 'the offer')
        key('Return')   # the first thing on the page is to go on with it
        wait(lambda: label('question 7 of 40'), 'where it was left')
        assert call('Describe', 'exam-flag').stdout.find('true>') >= 0
        key('alt+b')
        wait(lambda: label('question 6 of 40'), 'the question before')
        act('exam-list')
        wait(lambda: label('⚑ flagged'), 'the flag in the list')
        assert label('✓ Answered'), 'the answers are gone'
        key('alt+h')
        wait(lambda: label('Hand in the exam?'), 'the question')
        key('Tab', 'Return')
        wait(lambda: label('Not passed'), 'the result')
        assert label('It was interrupted 1 time.'), 'the interruption'
        wait(lambda: answers(home) == 40, 'forty answers in the record')
        assert answers(home, "min(mode)") == 'exam'
        assert not sittings(home), 'an exam that is over goes on'
        act('exam-go', "'0'")
        wait(lambda: label('Not right') or label('Right') or
             label('Partly right'), 'the verdict')
        key('alt+r')
        wait(lambda: label('Not passed'), 'the result again')
        act('exam-leave')
        wait(lambda: label('What would you like to practise?'), 'the start')
        progress(home)
    finally:
        app.send_signal(signal.SIGTERM)
        app.wait(10)


def progress(home):
    key('alt+4')
    wait(lambda: label('40 answers so far'), 'the page of progress')
    plot = wait(lambda: find(lambda n: n.name == 'What comes due' and
                             n.role != Role.LABEL), 'the plot')
    assert 'within two weeks' in plot.description, 'no summary'
    for _ in range(8):
        key('Tab')
        focus = find(lambda n: n.has(State.FOCUSED) and n.role == plot.role)
        if focus:
            break
    assert focus and focus.name == 'What comes due', 'not by Tab'
    key('Home')
    first = wait(lambda: label('due') and
                 find_plot('What comes due').description, 'a bar')
    key('Right')
    wait(lambda: find_plot('What comes due').description != first,
         'the next bar')
    assert ':' in find_plot('What comes due').description
    assert find_plot('When you practised').description

    path = os.path.join(home, 'results.csv')
    act('progress-export-to', f"('csv', b'{path}')")
    wait(lambda: os.path.exists(path), 'the file')
    wait(lambda: len(open(path, encoding='utf-8').readlines()) == 41,
         'forty lines and their heading')


def find_plot(name):
    return find(lambda n: n.name == name and n.description)


def main(program):
    with tempfile.TemporaryDirectory(prefix='portcall-drive-',
                                     ignore_cleanup_errors=True) as home:
        exam(program, home)
    print('ok')


main(sys.argv[1])
