#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""portcall-cli console: sessions from a pipe, whole and in single octets;
saved, checked and played again; the learner as a server; wrong calls.

Usage: test-console.py PORTCALL-CLI [unittest arguments]
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

CLI = ''
PATIENCE = 60

POP3 = ['STAT', 'USER alex', 'PASS wrong', 'USER alex', 'PASS portcall',
        'LIST', 'RETR 2', 'RETR 99', 'DELE 2', 'QUIT']
IMAP = ['SELECT INBOX', 'LOGIN alex portcall', 'SELECT INBOX',
        'APPEND Drafts {16}', 'Subject: Hello', '', 'FETCH 1 FLAGS', 'LOGOUT']
SMTP = ['MAIL FROM:<alex@example.test>', 'EHLO me.test',
        'AUTH PLAIN AGFsZXgAcG9ydGNhbGw=', 'MAIL FROM:<alex@example.test>',
        'RCPT TO:<robin@example.test>', 'DATA', 'Subject: x', '', '..', '.',
        'QUIT']
TFTP = ['RRQ router.cfg octet', 'ACK 1', 'ACK 2', 'ACK 3']


def call(*args, text=None):
    return subprocess.run([CLI, *args], capture_output=True, input=text,
                          text=True, encoding='utf-8', timeout=PATIENCE)


def console(*args, lines):
    return call('console', *args, text=''.join(f'{line}\n' for line in lines))


def steady(output):
    """Without what the clock, the system and chance give."""
    output = re.sub(r'^ +\d+ +\d+\.\d+', '', output, flags=re.M)
    output = re.sub(r'<\d+\.\d+\.\d+@', '<', output)
    output = re.sub(r'\d{9,}', 'N', output)
    output = re.sub(r'\d\d:\d\d:\d\d', 'T', output)
    output = re.sub(r'Queued as \S+', 'Queued', output)
    return output


class Saved(unittest.TestCase):
    def check(self, protocol, lines, *args):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'typed.json')
            result = console(protocol, '--save', path, *args, lines=lines)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(result.stderr, '')
            check = call('check', path)
            self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
            run = call('run', path, '--format', 'json')
            self.assertEqual(run.returncode, 0, run.stderr)
        steps = json.loads(run.stdout)['steps']
        numbers = re.findall(r'^ +(\d+) +\d+\.\d+', result.stdout, flags=re.M)
        self.assertEqual(len(numbers), len(steps))
        return result.stdout

    def test_imap(self):
        output = self.check('imap', IMAP)
        self.assertIn('a1 BAD Log in first', output)
        self.assertIn('APPENDUID', output)
        self.assertNotIn('alex portcall', output)

    def test_pop3(self):
        self.assertIn('-ERR', self.check('pop3', POP3))

    def test_smtp(self):
        self.assertIn('503', self.check('smtp', SMTP))
        self.assertIn('354', self.check('smtp', SMTP, '--tls'))

    def test_starttls(self):
        self.assertIn('ClientHello',
                      self.check('imap', ['STARTTLS', *IMAP], '--starttls'))

    def test_tftp(self):
        output = self.check('tftp', TFTP)
        self.assertIn('The goal is reached.', output)

    def test_id(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'My Session.json')
            console('pop3', '--save', path, lines=['QUIT'])
            with open(path, encoding='utf-8') as file:
                self.assertEqual(json.load(file)['id'], 'my-session')


class Pipe(unittest.TestCase):
    def test_octets(self):
        """The same, however the input is cut."""
        for protocol, lines in (('pop3', POP3), ('imap', IMAP),
                                ('smtp', SMTP)):
            whole = console(protocol, lines=lines)
            with subprocess.Popen([CLI, 'console', protocol],
                                  stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE) as process:
                for octet in ''.join(f'{line}\r\n' for line in lines):
                    process.stdin.write(octet.encode())
                    process.stdin.flush()
                output, _ = process.communicate(timeout=PATIENCE)
            self.assertEqual(steady(output.decode()), steady(whole.stdout))

    def test_no_end(self):
        result = call('console', 'pop3', text='QUIT')
        self.assertIn('+OK Goodbye', result.stdout)

    def test_after_the_end(self):
        result = console('pop3', lines=['QUIT', 'STAT', '?connect', 'QUIT'])
        self.assertIn('connect first', result.stderr)
        self.assertEqual(result.stdout.count('TCP connection opened ·'), 2)


class Help(unittest.TestCase):
    def test_ladder(self):
        result = console('imap', lines=['?', '?', '?', '?', '?quit'])
        self.assertIn('2/4 LOGIN: ', result.stdout)
        self.assertIn('3/4 LOGIN user password', result.stdout)
        self.assertIn('4/4 LOGIN alex portcall', result.stdout)

    def test_orders(self):
        result = console('pop3', lines=['?commands', '?all', '?state',
                                        '?complete US', 'USER alex',
                                        '?history', '?help', '?cut', '?close',
                                        '??x'])
        self.assertIn('USER name', result.stdout)
        self.assertIn('Legal only in: TRANSACTION.', result.stdout)
        self.assertIn('AUTHORIZATION', result.stdout)
        self.assertIn('TCP connection cut', result.stdout)


class Server(unittest.TestCase):
    def test_right(self):
        result = console('pop3', '--play-server',
                         lines=['+OK', '+OK', '+OK', '+OK 1 9', '+OK', 'a: b',
                                '', '.', '+OK', '+OK'])
        self.assertIn('The goal is reached.', result.stdout)

    def test_wrong(self):
        result = console('imap', '-p', lines=['+OK ready'])
        self.assertIn('The client gives up', result.stdout)
        self.assertNotIn('The goal is reached.', result.stdout)

    def test_save(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'played.json')
            result = console('pop3', '-p', '--save', path,
                             lines=['+OK', '+OK', '-ERR [AUTH] no',
                                    '?connect', '+OK', '?cut'])
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(result.stderr, '')
            check = call('check', path)
            self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
            run = call('run', path, '--format', 'json')
            self.assertEqual(run.returncode, 0, run.stderr)
            with open(path, encoding='utf-8') as file:
                saved = json.load(file)
        steps = json.loads(run.stdout)['steps']
        numbers = re.findall(r'^ +(\d+) +\d+\.\d+', result.stdout, flags=re.M)
        self.assertEqual(len(numbers), len(steps))
        said = saved['actors'][1]['listens'][0]['says']
        self.assertEqual([entry.get('lines') for entry in said],
                         [['+OK'], ['+OK'], ['-ERR [AUTH] no'], ['+OK'], None])
        self.assertEqual([entry['conn'] for entry in said], [1, 1, 1, 2, 2])
        self.assertEqual(said[-1]['then'], 'cut')

    def test_save_early(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'early.json')
            result = console('imap', '-p', lines=[f'?save {path}', '?quit'])
            self.assertFalse(os.path.exists(path))
        self.assertIn('still waits for an answer', result.stderr)


class Call(unittest.TestCase):
    def test_wrong(self):
        for args in (['gopher'], ['imap', '--tls', '--starttls'],
                     ['imap', '--goal', 'fame'], ['imap', 'pop3']):
            result = console(*args, lines=[])
            self.assertEqual(result.returncode, 2, args)
            self.assertIn('portcall-cli: ', result.stderr)
        self.assertEqual(console('tftp', '--tls', lines=[]).returncode, 1)

    def test_goals(self):
        self.assertIn('read-newest', call('console', 'imap',
                                          '--goals').stdout)

    def test_bad_octets(self):
        result = subprocess.run([CLI, 'console', 'pop3'],
                                input=b'\xff\xfe\n' + b'x' * 80000 + b'\n',
                                capture_output=True, timeout=PATIENCE)
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stderr.count(b'portcall-cli: '), 2)


if __name__ == '__main__':
    CLI = sys.argv.pop(1)
    unittest.main()
