#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our TFTP client against in.tftpd (tftpd-hpa) and atftpd.

Usage: test-tftp-servers.py PORTCALL-CLI

Each is started here as an ordinary process on a free port of 127.0.0.1, with a
folder of its own, and ended by its process id.  Debian does not install both
at once: either may lie anywhere in PATH.  in.tftpd must be started by root,
since it gives up its rights; atftpd need not.  One that is missing is skipped
with a line; both: status 77.
"""
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
import dovecot

CLI = sys.argv.pop(1)
WHERE = f'{os.environ.get("PATH", "")}:/usr/sbin:/usr/local/sbin'
SIZES = (0, 1, 511, 512, 513, 1024, 100000, 1 << 20)
PAST_WRAP = 40 * (1 << 20)


def find(tool, words, told):
    """Its path, if it is what its name says: atftpd too comes as in.tftpd."""
    for folder in WHERE.split(':'):
        path = shutil.which(tool, path=folder) if folder else None
        if path is None:
            continue
        done = subprocess.run([path, *words], capture_output=True, check=False,
                              timeout=20)
        if told in done.stdout + done.stderr:
            return path
    return None


HPA = find('in.tftpd', ['-V'], b'tftp-hpa')
ATFTPD = find('atftpd', ['-V'], b'atftp')


def connect(port, *words, status=0):
    done = subprocess.run(
        [CLI, 'connect', 'tftp', f'localhost:{port}', *words],
        capture_output=True, timeout=100, check=False,
        env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    assert done.returncode == status, (words, done.returncode,
                                       done.stdout[-2000:], done.stderr)
    return done.stdout


class Servers:
    """What both must do; a class of its own, so that it is no test itself."""
    no_file = 'File not found'

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix='portcall-'))
        self.dir.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.root = self.dir / 'root'
        self.root.mkdir(mode=0o777)
        self.root.chmod(0o777)
        self.port = dovecot.free_port(socket.SOCK_DGRAM)
        process = subprocess.Popen(self.make_command(),
                                   stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.send_signal, signal.SIGTERM)
        self.wait_for_it()

    def wait_for_it(self):
        (self.root / 'here').write_bytes(b'x')
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.settimeout(0.2)
            for _ in range(50):
                probe.sendto(b'\0\1here\0octet\0', ('127.0.0.1', self.port))
                try:
                    _, server = probe.recvfrom(600)
                except OSError:
                    continue
                probe.sendto(b'\0\4\0\1', server)
                return
        raise AssertionError('it does not answer')

    def assert_readable(self, transcript):
        """Nothing on the wire was beyond our observer."""
        text = transcript.decode()
        for words in 'nreadable', 'Not a TFTP packet', 'portcall\n':
            self.assertNotIn(words, text)
        return text

    def put_and_get(self, size, *options, quiet=()):
        """The transcripts of both."""
        octets = os.urandom(size)
        sent = self.dir / 'sent'
        sent.write_bytes(octets)
        put = connect(self.port, *quiet, 'put', f'file=f{size}', *options,
                      f'@{sent}')
        stored = self.root / f'f{size}'
        for _ in range(100): # the last block is acknowledged, then written
            if stored.exists() and stored.stat().st_size == size:
                break
            time.sleep(0.02)
        self.assertTrue(stored.read_bytes() == octets)
        stored.chmod(0o666)
        get = connect(self.port, 'get', f'file=f{size}', *options) \
            if not quiet else b''
        back = connect(self.port, '-q', 'get', f'file=f{size}', *options)
        self.assertTrue(back == octets)
        stored.unlink()
        return put, get

    def test_sizes(self):
        for size in SIZES:
            with self.subTest(size=size):
                for transcript in self.put_and_get(size):
                    self.assert_readable(transcript)

    def test_options(self):
        for options in self.agreed:
            with self.subTest(options=options):
                put, get = self.put_and_get(50000, *options)
                self.check_agreed(put, options, 50000)
                self.check_agreed(get, options, 50000)

    def check_agreed(self, transcript, options, size):
        text = self.assert_readable(transcript)
        line = next(line for line in text.split('\n') if ' OACK' in line)
        for option in options:
            self.assertIn(option.replace('yes', str(size)), line)

    def test_past_wrap(self):
        self.put_and_get(PAST_WRAP, quiet=['-q'])

    def test_not_found(self):
        text = connect(self.port, 'get', 'file=none', status=1).decode()
        self.assertIn('ERROR 1', text)


@unittest.skipUnless(HPA, 'tftpd-hpa is not installed')
@unittest.skipUnless(os.geteuid() == 0, 'in.tftpd must be started by root')
class Hpa(Servers, unittest.TestCase):
    agreed = (
        ['blksize=8'],
        ['blksize=1428', 'tsize=yes'],
        ['blksize=65464'],
        ['timeout=3'],
        ['blksize=1024', 'timeout=2', 'tsize=yes'],
    )

    def make_command(self):
        return [HPA, '--foreground', '--listen', '--address',
                f'127.0.0.1:{self.port}', '--user', 'nobody', '--create',
                '--secure', '--permissive', str(self.root)]

    def test_no_windows(self):
        """It does not know RFC 7440, and says nothing of it."""
        octets = os.urandom(20000)
        (self.root / 'f').write_bytes(octets)
        self.assertEqual(connect(self.port, '-q', 'get', 'file=f',
                                 'windowsize=8'), octets)
        text = self.assert_readable(connect(
            self.port, 'get', 'file=f', 'blksize=1024', 'windowsize=8'))
        self.assertIn('OACK blksize=1024 (windowsize left out)\n', text)


@unittest.skipUnless(ATFTPD, 'atftpd is not installed')
class Atftpd(Servers, unittest.TestCase):
    agreed = (
        ['blksize=8'],
        ['blksize=1428', 'tsize=yes'],
        ['blksize=65464'],
        ['timeout=3'],
        ['windowsize=8'],
        ['windowsize=64', 'blksize=1024', 'timeout=2', 'tsize=yes'],
    )

    def make_command(self):
        name = 'nobody' if os.geteuid() == 0 else pwd.getpwuid(
            os.geteuid()).pw_name
        group = 'nogroup' if os.geteuid() == 0 else name
        return [ATFTPD, '--daemon', '--no-fork', '--port', str(self.port),
                '--bind-address', '127.0.0.1', '--user', f'{name}.{group}',
                '--logfile', '/dev/null', str(self.root)]


if __name__ == '__main__':
    result = unittest.main(exit=False, verbosity=2).result
    if result.testsRun == len(result.skipped):
        print('no TFTP server is installed: nothing was tested')
        sys.exit(77)
    sys.exit(not result.wasSuccessful())
