#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""portcall-cli account: the table, one trial, tasks, wrong calls.

Usage: test-account.py PORTCALL-CLI [unittest arguments]
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

CLI = ''
PATIENCE = 60

HOST = 'mail.example.test'
GOOD_IN = f'imaps://alex:portcall@{HOST}'
GOOD_OUT = f'smtp://{HOST}:587?security=starttls&login=yes'


def call(*args):
    return subprocess.run([CLI, 'account', *args], capture_output=True,
                          text=True, encoding='utf-8', timeout=PATIENCE)


class Table(unittest.TestCase):
    def test_json(self):
        result = call('--table', '--format', 'json')
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = json.loads(result.stdout)
        self.assertEqual(len(rows), 4 * 8 * 3)
        self.assertEqual(len({(row['protocol'], row['port'], row['security'])
                              for row in rows}), len(rows))
        works = {(row['protocol'], row['port'], row['security'])
                 for row in rows if row['outcome'] == 'works'}
        self.assertEqual(works, {
            ('imap', 143, 'none'), ('imap', 143, 'starttls'),
            ('imap', 993, 'tls'),
            ('pop3', 110, 'none'), ('pop3', 110, 'starttls'),
            ('pop3', 995, 'tls'),
            ('smtp', 587, 'starttls'), ('smtp', 465, 'tls')})
        for row in rows:
            self.assertNotIn(row['outcome'], ('failed', 'not-tried'), row)
            self.assertGreater(len(row['sentence']), 40, row)

    def test_text(self):
        result = call('--table')
        self.assertEqual(result.returncode, 0)
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), 4 * 8 * 3)
        line, = [line for line in lines if line.startswith('imap  110  none ')]
        self.assertIn('other-protocol', line)
        self.assertIn('“+OK', line)


class Trial(unittest.TestCase):
    def check(self, *args, status):
        result = call('--format', 'json', *args)
        self.assertEqual(result.returncode, status, result)
        return json.loads(result.stdout)

    def test_works(self):
        for link in ('tcp', 'memory'):
            with self.subTest(link=link):
                told = self.check('--link', link, GOOD_IN, GOOD_OUT, status=0)
                self.assertTrue(told['works'])
                self.assertFalse(told['unsafe'])
                self.assertTrue(told['incoming']['facts']['tls_first'])
                self.assertFalse(told['outgoing']['facts']['tls_first'])
                self.assertTrue(told['outgoing']['facts']['sent'])

    def test_the_question(self):
        """A phone is set to IMAP: 143, 110, 25 or 69?"""
        for port, outcome, status in ((143, 'works', 0),
                                      (110, 'other-protocol', 1),
                                      (25, 'other-protocol', 1),
                                      (69, 'udp-only', 1)):
            with self.subTest(port=port):
                told = self.check(
                    f'imap://alex:portcall@{HOST}:{port}?security=none',
                    status=status)
                self.assertEqual(told['incoming']['outcome'], outcome)
                self.assertNotIn('outgoing', told)

    def test_fixes(self):
        told = self.check(
            f'imap://alex:portcall@{HOST}:143?security=tls', status=1)
        half = told['incoming']
        self.assertEqual(half['bites'], 'in-sec')
        self.assertEqual(half['fields'], ['in-port', 'in-sec'])
        self.assertEqual([fix['set'] for fix in half['fixes']], [
            {'in-port': '993'}, {'in-sec': 'starttls'}, {'in-sec': 'none'}])
        self.assertEqual([fix['unsafe'] for fix in half['fixes']],
                         [False, False, True])

    def test_steps(self):
        told = self.check('--steps', f'imap://{HOST}:110', status=1)
        steps = told['timeline']['steps']
        telling = steps[told['incoming']['step'] - 1]
        self.assertEqual(telling['rule'], 'pop3.greeting')
        text = call('--steps', f'imap://{HOST}:110')
        self.assertIn('TCP connection opened', text.stdout)
        self.assertIn('+OK', text.stdout)

    def test_no_password_in_text(self):
        result = call('--steps', f'imap://alex:hush-7@{HOST}:143')
        self.assertEqual(result.returncode, 1)
        self.assertNotIn('hush-7', result.stdout)

    def test_capture(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'try.pcapng')
            result = call('--capture', path, GOOD_IN)
            self.assertEqual(result.returncode, 0, result)
            with open(path, 'rb') as file:
                self.assertEqual(file.read(4), b'\x0a\x0d\x0d\x0a')


class Goals(unittest.TestCase):
    def test_list(self):
        result = call('--goals')
        self.assertEqual(result.returncode, 0)
        self.assertIn('phone-tls', result.stdout)

    def test_solved(self):
        result = call('--goal', 'phone-tls', GOOD_IN, f'submissions://{HOST}')
        self.assertEqual(result.returncode, 0, result)
        self.assertNotIn('[ ]', result.stdout)

    def test_not_solved(self):
        """It works, and still is not what was wanted."""
        result = call('--goal', 'phone-tls', GOOD_IN, GOOD_OUT)
        self.assertEqual(result.returncode, 1, result)
        self.assertIn('[ ] Encrypt from the first byte.', result.stdout)


class WrongCalls(unittest.TestCase):
    def test_all(self):
        for args, word in (((), 'incoming'),
                           (('http://x',), 'imap://'),
                           ((GOOD_IN, GOOD_IN), 'smtp://'),
                           ((GOOD_IN, GOOD_OUT, GOOD_OUT), 'Name'),
                           ((f'imap://{HOST}:0',), '65535'),
                           ((f'imap://{HOST}?security=ssl',), 'starttls'),
                           ((f'imap://{HOST}/INBOX',), 'behind'),
                           (('imap://a b',), ''),
                           (('--goal', 'x', GOOD_IN), '--goals'),
                           (('--format', 'svg', GOOD_IN), 'json'),
                           (('--link', 'air', GOOD_IN), 'memory')):
            with self.subTest(args=args):
                result = call(*args)
                self.assertEqual(result.returncode, 2, result)
                self.assertEqual(result.stdout, '')
                self.assertTrue(result.stderr.startswith('portcall-cli: '),
                                result)
                self.assertIn(word, result.stderr)


if __name__ == '__main__':
    CLI = sys.argv.pop(1)
    unittest.main()
