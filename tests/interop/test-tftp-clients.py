#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Four TFTP clients get and put files of every size that matters.

Usage: test-tftp-clients.py PORTCALL-CLI [SHADOW]

tftp-hpa, atftp, curl and busybox, untouched; one that is not installed is
skipped with a line.  Small files while somebody checks every step and state;
files past the wrap of block numbers (65,535 blocks of 512) with nobody looking
on, since looking takes longer than the transfer.
"""
import concurrent.futures
import re
import shutil
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
import servers

SIZES = (0, 1, 511, 512, 513, 1024, 1 << 20)
PAST_WRAP = 40 * (1 << 20)
LONG = 120 # seconds


def run(*command, cwd):
    done = subprocess.run([str(word) for word in command], cwd=cwd, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=LONG)
    assert done.returncode == 0, (command, done)
    return done.stdout


class Hpa:
    """It knows no options, and ends with 0 whatever happens."""
    tool = 'tftp'
    options = ()

    @staticmethod
    def get(port, name, to, here):
        out = run('tftp', '127.0.0.1', port, '-m', 'octet', '-c', 'get', name,
                  to, cwd=here)
        assert out == b'', out

    @staticmethod
    def put(port, path, name, here):
        out = run('tftp', '127.0.0.1', port, '-m', 'octet', '-c', 'put', path,
                  name, cwd=here)
        assert out == b'', out


class Atftp:
    tool = 'atftp'
    # What to ask for, and what the OACK has of it; tsize is the real one.
    options = (
        (('blksize 8',), 'blksize=8'),
        (('blksize 1428',), 'blksize=1428'),
        (('blksize 65464', 'tsize 0'), 'tsize=100000 blksize=65464'),
        (('timeout 3',), 'timeout=3'),
        (('windowsize 8',), 'windowsize=8'),
        (('tsize 0', 'timeout 2', 'blksize 1024', 'windowsize 64'),
         'tsize=100000 timeout=2 blksize=1024 windowsize=64'),
    )

    @staticmethod
    def move(port, here, options, *words):
        out = run('atftp', *words,
                  *(word for option in options
                    for word in ('--option', option)),
                  '127.0.0.1', port, cwd=here)
        # It too ends with 0 where a transfer failed.  Where much goes on at
        # once it may have to ask again.
        assert not re.search(rb'rror|abort', out), out

    @classmethod
    def get(cls, port, name, to, here, options=()):
        cls.move(port, here, options, '--get', '-r', name, '-l', to)

    @classmethod
    def put(cls, port, path, name, here, options=()):
        cls.move(port, here, options, '--put', '-l', path, '-r', name)


class Curl:
    tool = 'curl'
    options = (
        ((), 'tsize=100000 blksize=512 timeout=6'),
        (('--tftp-blksize', '8'), 'tsize=100000 blksize=8 timeout=6'),
        (('--tftp-blksize', '65464'), 'tsize=100000 blksize=65464 timeout=6'),
        (('--tftp-no-options',), None),
    )

    @staticmethod
    def get(port, name, to, here, options=()):
        run('curl', '-sS', '-o', to, *options,
            f'tftp://127.0.0.1:{port}/{name}', cwd=here)

    @staticmethod
    def put(port, path, name, here, options=()):
        run('curl', '-sS', '-T', path, *options,
            f'tftp://127.0.0.1:{port}/{name}', cwd=here)


class Busybox:
    tool = 'busybox'
    options = (
        (('-b', '64'), 'blksize=64 tsize=100000'), # its request must fit
        (('-b', '1428'), 'blksize=1428 tsize=100000'),
        (('-b', '65464'), 'blksize=65464 tsize=100000'),
    )

    @staticmethod
    def get(port, name, to, here, options=()):
        run('busybox', 'tftp', '-g', '-r', name, '-l', to, *options,
            '127.0.0.1', port, cwd=here)

    @staticmethod
    def put(port, path, name, here, options=()):
        run('busybox', 'tftp', '-p', '-l', path, '-r', name, *options,
            '127.0.0.1', port, cwd=here)


def find_clients():
    """Those that are installed; what is missing is said."""
    found = []
    for client in (Hpa, Atftp, Curl, Busybox):
        if shutil.which(client.tool) is None:
            print(f'skipped: {client.tool} is not installed')
        elif client is Hpa and b'hpa' not in subprocess.run(
                ['tftp', '-V'], capture_output=True, check=False).stdout:
            print('skipped: the tftp that is installed is not tftp-hpa')
        elif client is Busybox and b'tftp' not in subprocess.run(
                ['busybox', '--list'], capture_output=True,
                check=False).stdout.split():
            print('skipped: busybox has no tftp')
        else:
            found.append(client)
    return found


CLIENTS = find_clients()


class Watched(servers.Case):
    """Every step and state is checked meanwhile."""
    def test_sizes(self):
        for client in CLIENTS:
            for size in SIZES:
                with self.subTest(client=client.tool, size=size):
                    self.put_and_get(client, size)

    def put_and_get(self, client, size):
        name = f'{client.tool}-{size}'
        sent = self.here / name
        sent.write_bytes(servers.make_octets(size))
        client.put(self.ports['tftp'], name, name, self.here)
        stored = self.servers.folder / name
        # atftp leaves before the last block is acknowledged.
        for _ in range(100):
            if stored.exists():
                break
            time.sleep(0.02)
        self.assertTrue(stored.read_bytes() == sent.read_bytes())
        client.get(self.ports['tftp'], name, 'back', self.here)
        self.assertTrue((self.here / 'back').read_bytes() ==
                        sent.read_bytes())

    def test_options(self):
        octets = servers.make_octets(100000)
        (self.servers.folder / 'there').write_bytes(octets)
        (self.here / 'sent').write_bytes(octets)
        expected = []
        for client in CLIENTS:
            for number, (options, agreed) in enumerate(client.options):
                name = f'{client.tool}-{number}'
                with self.subTest(client=client.tool, options=options):
                    client.get(self.ports['tftp'], 'there', 'back', self.here,
                               options)
                    self.assertTrue((self.here / 'back').read_bytes() ==
                                    octets)
                    client.put(self.ports['tftp'], 'sent', name, self.here,
                               options)
                    expected += [agreed, agreed]
        super().tearDown()
        self.check_agreed(expected)

    def check_agreed(self, expected):
        """The OACKs of the transcript, in the order of the requests."""
        found = {}
        for line in self.servers.transcript:
            match = re.match(rb'\[live-(\d+)\].*  (RRQ|WRQ|OACK) ?(.*)', line)
            if match is None:
                continue
            number = int(match[1])
            found.setdefault(number, None)
            if match[2] == b'OACK':
                found[number] = match[3].decode().strip()
        self.assertEqual([found[number] for number in sorted(found)],
                         expected)

    def test_many_at_once(self):
        """64 clients; as many as are served at once."""
        octets = servers.make_octets(50000)
        (self.servers.folder / 'there').write_bytes(octets)
        (self.here / 'sent').write_bytes(octets)

        def work(number):
            client = CLIENTS[number % len(CLIENTS)]
            if number % 8 < 4:
                client.get(self.ports['tftp'], 'there', f'back{number}',
                           self.here)
                return (self.here / f'back{number}').read_bytes()
            client.put(self.ports['tftp'], 'sent', f'put{number}', self.here)
            return octets

        with concurrent.futures.ThreadPoolExecutor(64) as pool:
            for back in pool.map(work, range(64)):
                self.assertTrue(back == octets)
        for _ in range(100):
            names = [path for path in self.servers.folder.iterdir()
                     if path.name.startswith('put')]
            if len(names) == 32:
                break
            time.sleep(0.02)
        self.assertEqual(len(names), 32)
        for path in names:
            self.assertTrue(path.read_bytes() == octets)

    def tearDown(self):
        if self.servers.process.poll() is None:
            super().tearDown()


class PastWrap(servers.Case):
    """Block numbers go round from 65535 to 0 (all peers do so)."""
    def setUp(self):
        self.programs = dict.fromkeys(self.programs, CLI)
        super().setUp()

    def make_options(self):
        return ['-q']

    def test_wrap(self):
        """All clients at once: it takes less long so."""
        octets = servers.make_octets(PAST_WRAP)
        (self.servers.folder / 'there').write_bytes(octets)
        (self.here / 'sent').write_bytes(octets)

        def work(client):
            more = ({'options': ('--tftp-no-options',)} if client is Curl
                    else {})
            client.get(self.ports['tftp'], 'there', client.tool, self.here,
                       **more)
            assert (self.here / client.tool).read_bytes() == octets, client
            client.put(self.ports['tftp'], 'sent', client.tool, self.here,
                       **more)
            stored = self.servers.folder / client.tool
            for _ in range(100):
                if stored.exists():
                    break
                time.sleep(0.02)
            assert stored.read_bytes() == octets, client

        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(work, CLIENTS))


if __name__ == '__main__':
    CLI = sys.argv[1]
    if not CLIENTS:
        sys.exit(servers.SKIP)
    servers.main()
