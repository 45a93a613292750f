#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packet captures from the command line: where they may go, and that each is
whole, also of conversations with others.  What is in them, tshark reads in
tests/interop.

Usage: test-capture.py PORTCALL-CLI [unittest arguments]
"""
import imaplib
import os
import pathlib
import pty
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import unittest

CLI = ''
PATIENCE = 30
SECTION, NAMES, PACKET, SECRETS = 0x0a0d0d0a, 4, 6, 10


def call(*args):
    return subprocess.run([CLI, *args], capture_output=True, check=False,
                          timeout=PATIENCE)


def read_blocks(octets):
    """(type, body) of all blocks: every length must be right, twice."""
    blocks = []
    while octets:
        kind, size = struct.unpack('<II', octets[:8])
        assert size % 4 == 0 and 12 <= size <= len(octets), size
        assert struct.unpack('<I', octets[size - 4:size]) == (size,)
        blocks.append((kind, octets[8:size - 4]))
        octets = octets[size:]
    assert blocks[0][0] == SECTION
    return blocks


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)
        self.file = self.here / 'capture'

    def count(self, octets):
        kinds = [kind for kind, _ in read_blocks(octets)]
        return [kinds.count(kind) for kind in (SECTION, PACKET, SECRETS)]


class Run(Case):
    def test_file(self):
        result = call('run', 'tftp-get-config', '--link', 'memory', '--format',
                      'pcapng', '--output', self.file)
        self.assertEqual((result.returncode, result.stdout, result.stderr),
                         (0, b'', b''))
        self.assertEqual(self.count(self.file.read_bytes()), [1, 7, 0])

    def test_pipe(self):
        result = call('run', 'tftp-get-config', '--link', 'memory', '--format',
                      'pcapng')
        self.assertEqual((result.returncode, result.stderr), (0, b''))
        self.assertEqual(self.count(result.stdout), [1, 7, 0])

    def test_always_the_same(self):
        first, second = (call('run', 'imap-read-phone', '--link', 'memory',
                              '--format', 'pcapng').stdout for _ in range(2))
        self.assertEqual(first, second)

    def test_terminal(self):
        """No screen full of octets."""
        here, there = pty.openpty()
        result = subprocess.run(
            [CLI, 'run', 'tftp-get-config', '--format', 'pcapng'],
            stdout=there, stderr=subprocess.PIPE, check=False,
            timeout=PATIENCE)
        os.close(there)
        os.set_blocking(here, False)
        try:
            seen = os.read(here, 100)
        except OSError:
            seen = b''
        os.close(here)
        self.assertEqual((result.returncode, seen), (2, b''))
        self.assertIn(b'--output', result.stderr)

    def test_beside(self):
        """A transcript, and a capture of the same run."""
        result = call('run', 'pop3-implicit-995', '--capture', self.file)
        self.assertEqual((result.returncode, result.stderr), (0, b''))
        self.assertIn(b'POP3', result.stdout)
        octets = self.file.read_bytes()
        self.assertEqual(self.count(octets)[::2], [1, 1])
        self.assertIn(b'SERVER_TRAFFIC_SECRET_0 ', octets)
        self.assertNotIn(b'EXPORTER_SECRET', octets)

    def test_secrets_are_nowhere_else(self):
        for form in 'text', 'json', 'markdown':
            told = call('run', 'pop3-implicit-995', '--link', 'memory',
                        '--format', form).stdout
            self.assertNotIn(b'TRAFFIC_SECRET', told)

    def test_eavesdropper(self):
        result = call('run', 'pop3-implicit-995', '--eavesdropper',
                      '--format', 'pcapng')
        self.assertEqual(result.returncode, 0)
        self.assertEqual(self.count(result.stdout)[::2], [1, 0])
        self.assertNotIn(b'PASS', result.stdout)

    def test_failed(self):
        """That is when one wants to look closely."""
        result = call('run', 'smtp-submit-587', '--link', 'memory', '--fault',
                      'cut,rule=smtp.mail,octet=5', '--format', 'pcapng')
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self.count(result.stdout)[::2], [1, 0])

    def test_nowhere(self):
        for option in '--output', '--capture':
            result = call('run', 'tftp-get-config', '--link', 'memory',
                          '--format', 'pcapng', '--output', self.file, option,
                          self.here / 'no' / 'such')
            self.assertEqual(result.returncode, 1)
            self.assertIn(b'such', result.stderr)


class Live(Case):
    def setUp(self):
        super().setUp()
        self.ca = self.here / 'ca.pem'
        self.process = subprocess.Popen(
            [CLI, 'serve', '--quiet', '--imap=0', '--imaps=0', '--tftp=0',
             '--ca-out', self.ca, '--capture', self.file],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        watchdog = threading.Timer(PATIENCE, self.process.kill)
        watchdog.start()
        self.addCleanup(watchdog.cancel)
        self.addCleanup(self.process.communicate)
        self.addCleanup(self.process.kill)
        self.ports = {}
        for _ in range(3):
            _, name, address = self.process.stdout.readline().split()
            self.ports[name.decode()] = int(address.split(b':')[1])

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        told = self.process.communicate(timeout=PATIENCE)
        self.assertEqual((self.process.returncode, *told), (0, b'', b''))
        return self.file.read_bytes()

    def test_nobody_came(self):
        self.assertEqual(self.end(), b'')

    def test_sections(self):
        """One for each conversation: also of one that has not ended."""
        trust = ssl.create_default_context(cafile=str(self.ca))
        client = imaplib.IMAP4_SSL('localhost', self.ports['imaps'],
                                   ssl_context=trust, timeout=PATIENCE)
        client.login('alex', 'portcall')
        client.logout()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(PATIENCE)
            asking.sendto(b'\0\1nothing\0octet\0',
                          ('127.0.0.1', self.ports['tftp']))
            asking.recv(1000)
        idle = imaplib.IMAP4('localhost', self.ports['imap'], timeout=PATIENCE)
        self.addCleanup(idle.sock.close)
        octets = self.end()
        sections, packets, secrets = self.count(octets)
        self.assertEqual((sections, secrets), (3, 1))
        self.assertGreater(packets, 20)

    def test_connect(self):
        capture = self.here / 'connect'
        result = call('connect', 'imap', f'localhost:{self.ports["imap"]}',
                      '--tls', 'starttls', '--ca', self.ca, '-u', 'alex', '-p',
                      'portcall', '--capture', capture, 'logout')
        self.assertEqual((result.returncode, result.stderr), (0, b''))
        octets = capture.read_bytes()
        self.assertEqual(self.count(octets)[::2], [1, 1])
        # Both ends tell the same secrets of the one session.
        mine, other = (
            {line for kind, body in read_blocks(capture)
             if kind == SECRETS for line in body[8:].strip(b'\0').split(b'\n')}
            for capture in (octets, self.end()))
        self.assertEqual(mine, other)

    def test_connect_refused(self):
        capture = self.here / 'connect'
        with socket.socket() as nobody:
            nobody.bind(('127.0.0.1', 0))
            port = nobody.getsockname()[1]
            result = call('connect', 'imap', f'localhost:{port}', '--capture',
                          capture)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self.count(capture.read_bytes()), [1, 2, 0])

    def test_nowhere(self):
        result = call('serve', '--imap=0', '--capture',
                      self.here / 'no' / 'such')
        self.assertEqual((result.returncode, result.stdout), (1, b''))
        self.assertIn(b'such', result.stderr)


if __name__ == '__main__':
    CLI = sys.argv.pop(1)
    unittest.main(verbosity=1)
