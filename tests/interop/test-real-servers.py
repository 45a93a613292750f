#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our clients against servers that nobody here wrote.

Usage: test-real-servers.py PORTCALL-CLI

Dovecot (IMAP, POP3) and aiosmtpd (SMTP), each started here with a
configuration of its own on a free port of 127.0.0.1, and ended by its process
id.  A server that is not installed is skipped with a line that says so; all
missing: status 77.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
import dovecot

CLI = sys.argv.pop(1)
LETTER = (b'From: Robin <robin@example.test>\r\n'
          b'To: Alex <alex@example.test>\r\n'
          b'Subject: dots\r\n\r\n'
          b'first\r\n.hidden\r\n..two\r\n.\r\nlast\r\n')

KEEPER = '''
import sys, time
from aiosmtpd.controller import Controller

class Keeper:
    async def handle_DATA(self, server, session, envelope):
        with open(sys.argv[2], 'wb') as out:
            out.write(envelope.original_content)
        return '250 2.0.0 kept'

Controller(Keeper(), hostname='127.0.0.1', port=int(sys.argv[1])).start()
time.sleep(120)
'''


def connect(protocol, port, *words, status=0):
    done = subprocess.run(
        [CLI, 'connect', protocol, f'localhost:{port}', *words],
        capture_output=True, timeout=60, check=False,
        env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    assert done.returncode == status, (done.returncode, done.stdout[-2000:],
                                       done.stderr)
    return done.stdout


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix='portcall-'))
        self.dir.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def start(self, *command):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.send_signal, signal.SIGTERM)
        return process

    def assert_readable(self, transcript):
        """Nothing on the wire was beyond our observers."""
        text = transcript.decode()
        self.assertNotIn('nreadable', text)
        self.assertNotIn('portcall\n', text)
        return text


@unittest.skipIf(dovecot.MISSING, dovecot.MISSING)
class Dovecot(Case):
    def setUp(self):
        super().setUp()
        self.imap, self.pop3 = dovecot.start(
            self, self.dir, [LETTER.replace(b'dots', b'dots %d' % number)
                             for number in (1, 2)])

    def test_imap(self):
        login = ('-u', 'alex', '-p', 'portcall')
        text = self.assert_readable(connect(
            'imap', self.imap, *login, 'capability', 'list',
            'status', 'mailbox=INBOX', 'select', 'mailbox=INBOX',
            'fetch', 'set=1:2', 'items=(UID FLAGS ENVELOPE RFC822.SIZE)',
            'store', 'set=1', 'flags=\\Deleted', 'mode=add', 'expunge',
            'close', 'logout'))
        self.assertIn('* 1 EXPUNGE', text)
        letter = connect('imap', self.imap, *login, '-q', 'select',
                         'mailbox=INBOX', 'fetch', 'set=1', 'items=(BODY[])',
                         'logout')
        self.assertEqual(letter, LETTER.replace(b'dots', b'dots 2'))

    def test_imap_mechanisms(self):
        for mechanism in 'plain', 'login', 'cram-md5', 'scram-sha-256':
            for initial in 'yes', 'no':
                words = ('authenticate', 'user=alex', 'password=portcall',
                         f'mechanism={mechanism}', f'initial={initial}')
                text = self.assert_readable(connect(
                    'imap', self.imap, *words, 'select', 'mailbox=INBOX',
                    'logout'))
                self.assertIn(f'AUTHENTICATE {mechanism.upper()}', text)
            connect('imap', self.imap, 'authenticate', 'user=alex',
                    'password=wrong', f'mechanism={mechanism}', status=1)

    def test_imap_strongest(self):
        text = self.assert_readable(connect(
            'imap', self.imap, 'authenticate', 'user=alex',
            'password=portcall', 'logout'))
        self.assertIn('SCRAM-SHA-256', text)

    def test_imap_search(self):
        start = ('-u', 'alex', '-p', 'portcall', '-q', 'select',
                 'mailbox=INBOX')
        self.assertEqual(connect(
            'imap', self.imap, *start, 'search', 'criteria=ALL', 'search',
            'criteria=SUBJECT', 'text=dots 2', 'search', 'criteria=ALL',
            'uid=yes', 'return=MIN MAX COUNT', 'search', 'criteria=FLAGGED',
            'logout'), b'1 2\n2\nMIN 1 MAX 2 COUNT 2\n\n')
        self.assertEqual(connect(
            'imap', self.imap, *start, 'search', 'criteria=SUBJECT',
            'text=dots 2', 'return=SAVE', 'fetch', 'set=$', 'items=BODY[]',
            'search', 'criteria=$', 'logout'),
            LETTER.replace(b'dots', b'dots 2') + b'2\n')

    def test_imap_mailboxes(self):
        text = self.assert_readable(connect(
            'imap', self.imap, '-u', 'alex', '-p', 'portcall',
            'create', 'mailbox=Entw\u00fcrfe', 'create', 'mailbox=A & b',
            'subscribe', 'mailbox=Entw\u00fcrfe', 'status',
            'mailbox=Entw\u00fcrfe', 'list', 'list', 'select=SUBSCRIBED',
            'return=CHILDREN', 'list', 'patterns=INBOX E%',
            'return=STATUS (MESSAGES UIDVALIDITY)', 'lsub', 'namespace',
            'rename', 'mailbox=Entw\u00fcrfe', 'to=Drafts', 'delete',
            'mailbox=Drafts', 'logout'))
        self.assertIn('Entw&APw-rfe', text)
        lines = connect('imap', self.imap, '-u', 'alex', '-p', 'portcall',
                        '-q', 'create', 'mailbox=\u00fcber', 'list',
                        'pattern=%', 'status', 'mailbox=INBOX', 'logout')
        self.assertIn('\u00fcber ('.encode(), lines)
        self.assertIn(b'INBOX (MESSAGES 2 UNSEEN 2)\n', lines)

    def test_imap_messages(self):
        letter = self.dir / 'letter'
        letter.write_bytes(LETTER)
        text = self.assert_readable(connect(
            'imap', self.imap, '-u', 'alex', '-p', 'portcall',
            'enable', 'capabilities=CONDSTORE', 'create', 'mailbox=Done',
            'append', 'mailbox=Done', f'@{letter}', 'append', 'mailbox=Done',
            'flags=\\Seen $Work', 'wait=no', f'@{letter}',
            'select', 'mailbox=INBOX', 'condstore=yes',
            'fetch', 'set=1', 'items=BODYSTRUCTURE', 'fetch', 'set=1',
            'items=(BINARY.SIZE[1] BINARY.PEEK[1])', 'uid=yes',
            'store', 'set=1', 'flags=$Work', 'mode=add', 'uid=yes',
            'fetch', 'set=1:*', 'items=FLAGS', 'changedsince=1',
            'copy', 'set=1', 'mailbox=Done', 'move', 'set=1',
            'mailbox=Done', 'uid=yes', 'select', 'mailbox=Done',
            'search', 'criteria=KEYWORD $Work', 'unselect', 'logout'))
        for word in ('[APPENDUID', '[COPYUID', '+}', 'BODYSTRUCTURE',
                     '$Work', 'HIGHESTMODSEQ', 'UID MOVE 1 Done'):
            self.assertIn(word, text)

    def test_imap_validity(self):
        start = ('imap', self.imap, '-u', 'alex', '-p', 'portcall', 'select',
                 'mailbox=INBOX')
        text = connect(*start, 'logout').decode()
        number = text.split('[UIDVALIDITY ')[1].split(']')[0]
        connect(*start, f'uidvalidity={number}', 'logout')
        connect(*start, f'uidvalidity={int(number) + 1}', 'logout', status=1)

    def test_imap_idle(self):
        waits = subprocess.Popen(
            [CLI, 'connect', 'imap', f'localhost:{self.imap}', '-u', 'alex',
             '-p', 'portcall', 'select', 'mailbox=INBOX', 'idle',
             'until=news', 'logout'], stdout=subprocess.PIPE)
        self.addCleanup(waits.kill)
        seen = b''
        while b'+ idling' not in seen:
            line = waits.stdout.readline()
            self.assertNotEqual(line, b'')
            seen += line
        letter = self.dir / 'letter'
        letter.write_bytes(LETTER)
        connect('imap', self.imap, '-u', 'alex', '-p', 'portcall', 'append',
                'mailbox=INBOX', f'@{letter}', 'logout')
        rest = waits.communicate(timeout=60)[0]
        self.assertEqual(waits.returncode, 0)
        self.assertIn(b'3 EXISTS', rest)
        self.assertIn(b'DONE', rest)

    def test_imap_refused(self):
        connect('imap', self.imap, '-u', 'alex', '-p', 'wrong', 'logout',
                status=1)

    def test_pop3(self):
        login = ('-u', 'alex', '-p', 'portcall')
        text = self.assert_readable(connect(
            'pop3', self.pop3, *login, 'capa', 'stat', 'list', 'uidl', 'top',
            'number=1', 'lines=1', 'retr', 'number=1', 'dele', 'number=1',
            'rset', 'noop', 'dele', 'number=1', 'quit'))
        self.assertIn('DELE 1', text)
        letter = connect('pop3', self.pop3, *login, '-q', 'retr', 'number=1',
                         'quit')
        self.assertEqual(letter, LETTER.replace(b'dots', b'dots 2'))

    def test_wrong_protocol(self):
        connect('imap', self.pop3, status=1)
        connect('pop3', self.imap, status=1)


class Smtp(Case):
    def setUp(self):
        super().setUp()
        if subprocess.run(['/usr/bin/python3', '-c', 'import aiosmtpd'],
                          stderr=subprocess.DEVNULL, check=False).returncode:
            self.skipTest('python3-aiosmtpd is not installed')
        self.port = dovecot.free_port()
        self.kept = self.dir / 'kept'
        self.start('/usr/bin/python3', '-c', KEEPER, str(self.port),
                   str(self.kept))
        dovecot.wait_for(self.port)

    def test_send(self):
        letter = self.dir / 'letter'
        letter.write_bytes(LETTER)
        self.assert_readable(connect(
            'smtp', self.port, 'ehlo', 'vrfy', 'name=alex', 'mail',
            'from=a@example.test', 'rcpt', 'to=b@example.test', 'data',
            f'@{letter}', 'noop', 'quit'))
        self.assertEqual(self.kept.read_bytes(), LETTER)

    def test_line_ends(self):
        letter = self.dir / 'letter'
        letter.write_bytes(LETTER.replace(b'\r\n', b'\n'))
        connect('smtp', self.port, 'send', 'from=a@example.test',
                'to=b@example.test,c@example.test', f'@{letter}', 'quit')
        self.assertEqual(self.kept.read_bytes(), LETTER)


if __name__ == '__main__':
    result = unittest.main(exit=False, verbosity=2).result
    if result.testsRun == len(result.skipped):
        print('no real server is installed: nothing was tested')
        sys.exit(77)
    sys.exit(not result.wasSuccessful())
