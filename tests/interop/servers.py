# SPDX-License-Identifier: GPL-3.0-or-later
"""portcall-cli serve, for clients that are to be tried on it."""
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

PATIENCE = 60
SKIP = 77 # for meson: nothing was tested

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


class Servers:
    """All services on free ports, with an empty folder for TFTP."""

    def __init__(self, cli):
        self.root = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.root.name)
        self.process = subprocess.Popen(
            [cli, 'serve', '--all', '--imap=0', '--pop3=0', '--smtp=0',
             '--submission=0', '--tftp=0', '--tftp-root', self.root.name],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.watchdog = threading.Timer(3 * PATIENCE, self.process.kill)
        self.watchdog.start()
        self.ports = {}
        for _ in range(5):
            word, name, address = self.process.stdout.readline().split()
            assert word == b'listening', word
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
        return status, complaints


class Case(unittest.TestCase):
    maxDiff = 2000
    cli = ''

    def setUp(self):
        self.servers = Servers(self.cli)
        self.ports = self.servers.ports
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.here = pathlib.Path(self.scratch.name)

    def tearDown(self):
        self.assertEqual(self.servers.end(), (0, b''))


def main():
    Case.cli = sys.argv.pop(1)
    unittest.main(verbosity=1)
