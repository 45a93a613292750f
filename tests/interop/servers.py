# SPDX-License-Identifier: GPL-3.0-or-later
"""portcall-cli serve, for clients that are to be tried on it."""
import functools
import imaplib
import os
import pathlib
import pty
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PATIENCE = 60
SKIP = 77 # for meson: nothing was tested

# What lies below the mail: nothing, TLS after STARTTLS, or TLS at once.
CLEAR = 'clear'
STARTTLS = 'starttls'
IMPLICIT = 'implicit'
SECURE_NAMES = {'imap': 'imaps', 'pop3': 'pop3s', 'submission': 'submissions'}

# The headings of steps that nobody could read.
UNREADABLE = (b'Not IMAP', b'This is not POP3', b'Not SMTP',
              b'Not a TFTP packet')
STEP = re.compile(rb'\[live-\d+\] +\d+ +\d+\.\d+  ')

MESSAGE = ('From: Robin <robin@example.test>\r\n'
           'To: Alex <alex@example.test>\r\n'
           'Subject: Dots and dashes\r\n'
           'Message-ID: <dots@example.test>\r\n'
           'MIME-Version: 1.0\r\n'
           'Content-Type: text/plain; charset=utf-8\r\n'
           'Content-Transfer-Encoding: 8bit\r\n'
           '\r\n'
           '.a line with a dot before it\r\n'
           '..two of them\r\n'
           '.\r\n'
           '\tblanks behind  \r\n'
           '\r\n'
           'Gr\u00fc\u00dfe \u2014 the end\r\n').encode('utf-8')


def need(tool):
    """The path of a program; or the end of this test."""
    path = shutil.which(tool)
    if path is None:
        print(f'skipped: {tool} is not installed')
        sys.exit(SKIP)
    return path


def make_octets(size, seed=1):
    return random.Random(seed).randbytes(size)


def below_trace(message):
    """A stored message without what the delivery put before it."""
    for name in b'Return-Path: ', b'Received: ':
        assert message.startswith(name), message[:200]
        end = message.index(b'\r\n') + 2
        while message[end:end + 1] in (b' ', b'\t'):
            end = message.index(b'\r\n', end) + 2
        message = message[end:]
    return message


def run(*command, status=0, **options):
    """Runs a client to its end; what it printed, both ways."""
    options.setdefault('timeout', PATIENCE)
    result = subprocess.run(list(map(str, command)), check=False,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            **options)
    assert result.returncode == status, (command, result)
    return result.stdout


def run_on_terminal(*command, env=None, patience=PATIENCE):
    """Runs a program that wants a screen; its status and the screen."""
    process, screen = pty.fork()
    if process == 0:
        os.environ.update(env or {})
        os.execv(command[0], list(map(str, command)))
    shown = b''
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if not select.select([screen], [], [], 0.2)[0]:
            continue
        try:
            octets = os.read(screen, 65536)
        except OSError: # nobody holds the other end any more
            octets = b''
        if not octets:
            break
        shown += octets
    else:
        os.kill(process, signal.SIGKILL)
    os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown


@functools.cache
def find_kinds(cli):
    """The services that `serve` has, as its help names them."""
    told = subprocess.run([cli, 'serve', '--help'], capture_output=True,
                          text=True, timeout=PATIENCE, check=True).stdout
    return re.findall(r'^ +--(\w+)\[?=PORT', told, re.M)


class Servers:
    """All services on free ports, with an empty folder for TFTP."""

    def __init__(self, cli, *options):
        self.root = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.root.name)
        self.other = tempfile.TemporaryDirectory()
        kinds = find_kinds(cli)
        self.ca = pathlib.Path(self.other.name, 'ca.pem')
        self.process = subprocess.Popen(
            [cli, 'serve', '--all', *(f'--{kind}=0' for kind in kinds),
             '--tftp-root', self.root.name, '--ca-out', str(self.ca),
             *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.watchdog = threading.Timer(3 * PATIENCE, self.process.kill)
        self.watchdog.start()
        self.ports = {}
        while len(self.ports) < len(kinds):
            line = self.process.stdout.readline()
            if not line:
                self.watchdog.cancel()
                raise AssertionError(self.process.communicate())
            if line.startswith(b'listening '):
                _, name, address = line.split()
                self.ports[name.decode()] = int(address.split(b':')[1])
        # A pipe that nobody empties would hold the servers up.
        self.transcript = []
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.transcript.append(line)

    def end(self):
        """The status that they ended with, and what they complained of."""
        self.process.send_signal(signal.SIGTERM)
        self.reader.join()
        complaints = self.process.stderr.read()
        self.process.stderr.close()
        self.process.stdout.close()
        status = self.process.wait()
        self.watchdog.cancel()
        self.root.cleanup()
        self.other.cleanup()
        return status, complaints

    def abandon(self):
        """The end, where a test did not come to its own."""
        if self.process.poll() is None:
            self.process.kill()
            self.end()

    def find_unclear_steps(self):
        """Steps of the transcript that are unreadable or have no heading."""
        lines = self.transcript + [b'']
        return [lines[i] + lines[i + 1] for i in range(len(lines) - 1)
                if STEP.match(lines[i]) and
                (not lines[i + 1].startswith(b'    ') or
                 lines[i + 1].strip() in UNREADABLE)]


class Case(unittest.TestCase):
    maxDiff = 2000
    programs = {}
    security = CLEAR

    def setUp(self):
        self.cli = self.programs[self.security]
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.here = pathlib.Path(self.scratch.name)
        self.servers = Servers(self.cli, *self.make_options())
        self.addCleanup(self.servers.abandon)
        self.ports = self.servers.ports

    def make_options(self):
        """More options for the servers."""
        return []

    def tearDown(self):
        self.assertEqual(self.servers.end(), (0, b''))
        self.assertEqual(self.servers.find_unclear_steps(), [])

    def port(self, service):
        """Where a service is, with the security of this case."""
        if self.security == IMPLICIT:
            service = SECURE_NAMES[service]
        return self.ports[service]

    def look(self, user='alex'):
        """Python's own eye on an account: a session in clear."""
        client = imaplib.IMAP4('127.0.0.1', self.ports['imap'],
                               timeout=PATIENCE)
        self.addCleanup(client.sock.close)
        client.login(user, 'portcall')
        return client

    def newest(self, user='alex', mailbox='INBOX'):
        return self.read_mailbox(mailbox, user)[-1]

    def wait_for_more(self, user, n_before):
        """The mail that comes when it comes."""
        for _ in range(100):
            mails = self.read_mailbox(user=user)
            if len(mails) > n_before:
                return mails[-1]
            time.sleep(0.1)
        raise AssertionError(f'no more mail for {user}')

    def read_mailbox(self, mailbox='INBOX', user='alex'):
        """The messages of a mailbox, octet for octet."""
        client = self.look(user)
        status, _ = client.select(f'"{mailbox}"', readonly=True)
        assert status == 'OK', mailbox
        _, data = client.uid('FETCH', '1:*', '(BODY.PEEK[])')
        client.logout()
        return [item[1] for item in data if isinstance(item, tuple)]


def main():
    """Usage: test-….py PORTCALL-CLI [SHADOW] [unittest arguments]

    SHADOW is `serve` with somebody who checks all steps and states (shadow.c).
    """
    cli = sys.argv.pop(1)
    shadow = cli
    if len(sys.argv) > 1 and sys.argv[1].endswith('shadow'):
        shadow = sys.argv.pop(1)
    Case.programs = dict.fromkeys((CLEAR, STARTTLS, IMPLICIT), shadow)
    unittest.main(verbosity=1)
