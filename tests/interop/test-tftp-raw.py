#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""TFTP by hand, as no decent client would: names that lead out of the folder,
uploads that break off, files that change under the transfer's feet, 64
transfers at once.

Usage: test-tftp-raw.py PORTCALL-CLI [SHADOW]
"""
import os
import random
import select
import signal
import socket
import struct
import sys
import time

sys.dont_write_bytecode = True
import servers

RRQ, WRQ, DATA, ACK, ERROR, OACK = range(1, 7)
NOT_FOUND, ACCESS, FULL, ILLEGAL, TID, EXISTS = range(1, 7)
OK = 'ok'
N_TRANSFERS = 64 # as many as are served at once


class Peer:
    """A socket of a client; the server's port is that of its first answer."""

    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(('127.0.0.1', 0))
        self.socket.settimeout(10)
        self.listening = ('127.0.0.1', port)
        self.server = None

    def ask(self, opcode, name, *options, mode=b'octet'):
        fields = [name, mode, *options]
        self.send_first(struct.pack('!H', opcode) +
                        b''.join(field + b'\0' for field in fields))

    def send_first(self, packet):
        self.socket.sendto(packet, self.listening)

    def send(self, opcode, number, data=b''):
        self.socket.sendto(struct.pack('!HH', opcode, number) + data,
                           self.server)

    def receive(self):
        """(opcode, number, the rest)"""
        packet, sender = self.socket.recvfrom(65535)
        assert self.server in (None, sender), (self.server, sender)
        self.server = sender
        opcode, number = struct.unpack('!HH', packet[:4])
        return (opcode, None, packet[2:]) if opcode == OACK else (
            opcode, number, packet[4:])

    def is_silent(self, seconds):
        return not select.select([self.socket], [], [], seconds)[0]

    def close(self):
        self.socket.close()


class Case(servers.Case):
    def peer(self):
        peer = Peer(self.ports['tftp'])
        self.addCleanup(peer.close)
        return peer

    def read(self, name, size=512):
        """The file, or the ERROR's number."""
        peer = self.peer()
        options = () if size == 512 else (b'blksize', b'%d' % size)
        peer.ask(RRQ, name, *options)
        content, expected = b'', 1
        while True:
            opcode, number, data = peer.receive()
            if opcode == ERROR:
                return number
            if opcode == OACK:
                peer.send(ACK, 0)
                continue
            self.assertEqual((opcode, number), (DATA, expected))
            peer.send(ACK, number)
            content += data
            expected = (expected + 1) % 65536
            if len(data) < size:
                return content

    def write(self, name, content, *options):
        """OK, or the ERROR's number."""
        peer = self.peer()
        peer.ask(WRQ, name, *options)
        blocks = [content[at:at + 512]
                  for at in range(0, len(content) + 1, 512)]
        for number, block in enumerate(blocks, 1):
            opcode, acknowledged, _ = peer.receive()
            if opcode == ERROR:
                return acknowledged
            peer.send(DATA, number, block)
        opcode, number, _ = peer.receive()
        return OK if opcode == ACK else number

    def entries(self):
        return sorted(str(path.relative_to(self.servers.folder))
                      for path in self.servers.folder.rglob('*'))

    def wait_for(self, condition):
        for _ in range(500):
            if condition():
                return
            time.sleep(0.02)
        self.fail('that never came')


class Names(Case):
    """Row A16 of what is known to go wrong."""

    # Name, what reading it brings, what writing it brings.
    ROWS = (
        (b'plain', b'plain', EXISTS),
        (b'/plain', b'plain', EXISTS),
        (b'dir/inner', b'inner', EXISTS),
        (b'none', NOT_FOUND, OK),
        (b'dir/none', NOT_FOUND, OK),
        (b'none/none', NOT_FOUND, NOT_FOUND),
        (b'plain/below', NOT_FOUND, NOT_FOUND),
        # ways up
        (b'../secret', ACCESS, ACCESS),
        (b'/../secret', ACCESS, ACCESS),
        (b'dir/../../secret', ACCESS, ACCESS),
        (b'dir/../plain', ACCESS, ACCESS),
        (b'../../../../../../../../etc/passwd', ACCESS, ACCESS),
        (b'..', ACCESS, ACCESS),
        (b'.', ACCESS, ACCESS),
        (b'./plain', ACCESS, ACCESS),
        (b'dir/..', ACCESS, ACCESS),
        # absolute names stay below the folder
        (b'/etc/passwd', NOT_FOUND, NOT_FOUND),
        (b'//etc/passwd', ACCESS, ACCESS),
        (b'/dev/zero', NOT_FOUND, NOT_FOUND),
        (b'/proc/self/environ', NOT_FOUND, NOT_FOUND),
        # what other systems or a web server would make of it
        (b'..\\..\\secret', NOT_FOUND, OK),
        (b'C:\\secret', NOT_FOUND, OK),
        (b'%2e%2e/secret', NOT_FOUND, NOT_FOUND),
        (b'..%2fsecret', NOT_FOUND, OK),
        (b'..\xc0\xafsecret', ACCESS, ACCESS),
        (b'~/secret', NOT_FOUND, NOT_FOUND),
        (b'$HOME', NOT_FOUND, OK),
        # links
        (b'link', ACCESS, EXISTS),
        (b'out', ACCESS, EXISTS),
        (b'dangling', ACCESS, EXISTS),
        (b'up/secret', ACCESS, ACCESS),
        (b'up/root/plain', ACCESS, ACCESS),
        # no files
        (b'', ACCESS, ACCESS),
        (b'/', ACCESS, ACCESS),
        (b'dir', ACCESS, EXISTS),
        (b'dir/', ACCESS, ACCESS),
        (b'fifo', ACCESS, EXISTS),
        (b'socket', ACCESS, EXISTS),
        # octets that have no business in a name
        (b'a\nb', ACCESS, ACCESS),
        (b'a\rb', ACCESS, ACCESS),
        (b'\x1b[2J', ACCESS, ACCESS),
        (b'a\x7fb', ACCESS, ACCESS),
        (b'\xff\xfe', ACCESS, ACCESS),
        # length
        (b'n' * 255, NOT_FOUND, OK),
        (b'n' * 256, ACCESS, ACCESS),
        (b'd/' * 100 + b'x', NOT_FOUND, NOT_FOUND),
        # an upload of somebody else, perhaps of a process that is no more
        (b'.portcall-00000000', ACCESS, ACCESS),
        (b'dir/.portcall-x', ACCESS, ACCESS),
    )

    def setUp(self):
        super().setUp()
        root = self.servers.folder
        (root / 'dir').mkdir()
        (root / 'plain').write_bytes(b'plain')
        (root / 'dir' / 'inner').write_bytes(b'inner')
        (root / '.portcall-00000000').write_bytes(b'half')
        self.secret = self.here / 'secret'
        self.secret.write_bytes(b'SECRET')
        (root / 'link').symlink_to('plain')
        (root / 'out').symlink_to(self.secret)
        (root / 'up').symlink_to(self.here)
        (root / 'dangling').symlink_to('nowhere')
        os.mkfifo(root / 'fifo')
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(str(root / 'socket'))

    def test_names(self):
        for name, read, _ in self.ROWS:
            with self.subTest(read=name):
                self.assertEqual(self.read(name), read)
        before = self.entries()
        new = []
        for name, _, written in self.ROWS:
            with self.subTest(write=name):
                self.assertEqual(self.write(name, b'changed'), written)
                if written == OK:
                    new.append(name.decode())
        self.assertEqual(self.entries(), sorted(before + new))
        self.assertEqual((self.servers.folder / 'plain').read_bytes(),
                         b'plain')
        self.assertEqual(self.secret.read_bytes(), b'SECRET')
        self.assertEqual(os.listdir(self.here), ['secret'])

    def test_cut_names(self):
        """A NUL ends a name; a request without one is none."""
        (self.servers.folder / 'plain.txt').write_bytes(b'text')
        self.assertEqual(self.read(b'plain\0octet\0ignored\0.txt'), b'plain')
        for packet in (b'\0\1', b'\0\1plain', b'\0\1plain\0', b'\0\1\0',
                       b'\0\1plain\0octet', b'\0\2new', b'\0\2new\0octet'):
            with self.subTest(packet=packet):
                peer = self.peer()
                peer.send_first(packet)
                if len(packet) < 4:
                    self.assertTrue(peer.is_silent(0.2))
                else:
                    self.assertEqual(peer.receive()[:2], (ERROR, ILLEGAL))
        self.assertNotIn('new', self.entries())

    # Its short packets are unreadable, and are to be so.
    def tearDown(self):
        if self._testMethodName != 'test_cut_names':
            super().tearDown()


class Uploads(Case):
    def begin(self, name, *options):
        """A peer with one block sent and acknowledged."""
        peer = self.peer()
        peer.ask(WRQ, name, *options)
        self.assertIn(peer.receive()[0], (ACK, OACK))
        peer.send(DATA, 1, 512 * b'x')
        self.assertEqual(peer.receive()[:2], (ACK, 1))
        return peer

    def test_broken_off(self):
        """The client gives up."""
        peer = self.begin(b'half')
        self.assertNotIn('half', self.entries())
        peer.send(ERROR, 0, b'no more\0')
        time.sleep(0.1)
        self.assertEqual(self.entries(), [])
        self.assertEqual(self.write(b'half', b'whole'), OK)
        self.assertEqual(self.entries(), ['half'])

    def test_illegal(self):
        """A block that is too long ends it."""
        peer = self.begin(b'half')
        peer.send(DATA, 2, 600 * b'x')
        self.assertEqual(peer.receive()[:2], (ERROR, ILLEGAL))
        self.assertEqual(self.entries(), [])

    def test_ended(self):
        """The server ends meanwhile, and leaves nothing behind."""
        self.begin(b'half')
        self.servers.process.send_signal(signal.SIGTERM)
        self.servers.process.wait(timeout=servers.PATIENCE)
        self.assertEqual(self.entries(), [])

    def test_killed(self):
        """Even where it is killed, if files without names are known."""
        try:
            os.close(os.open(self.servers.folder,
                             os.O_TMPFILE | os.O_WRONLY, 0o600))
        except OSError:
            self.skipTest('this file system has no files without names')
        self.begin(b'half')
        self.servers.process.kill()
        self.servers.process.wait(timeout=servers.PATIENCE)
        self.assertEqual(self.entries(), [])

    def test_race(self):
        """Two with one name: the first that is whole stays."""
        first, second = self.begin(b'one'), self.begin(b'one')
        first.send(DATA, 2, b'first')
        self.assertEqual(first.receive()[:2], (ACK, 2))
        second.send(DATA, 2, b'second')
        self.assertEqual(second.receive()[:2], (ERROR, EXISTS))
        self.assertEqual(self.entries(), ['one'])
        self.assertEqual((self.servers.folder / 'one').read_bytes(),
                         512 * b'x' + b'first')

    def test_too_large(self):
        """Its size is told, so that not one block need be sent."""
        for size, answer in ((64 << 20, OACK), ((64 << 20) + 1, ERROR),
                             (1 << 40, ERROR)):
            with self.subTest(size=size):
                peer = self.peer()
                peer.ask(WRQ, b'large', b'tsize', b'%d' % size)
                opcode, number, _ = peer.receive()
                self.assertEqual(opcode, answer)
                if opcode == ERROR:
                    self.assertEqual(number, FULL)
                else:
                    peer.send(ERROR, 0, b'no\0')
        self.assertEqual(self.entries(), [])

    def tearDown(self):
        """Some of them have ended the server."""
        if self.servers.process.poll() is None:
            super().tearDown()
        else:
            self.servers.end()


class Changes(Case):
    """Files that somebody writes to while they are served."""
    SIZE = 300000

    def begin(self, name):
        octets = servers.make_octets(self.SIZE)
        path = self.servers.folder / name
        path.write_bytes(octets)
        peer = self.peer()
        peer.ask(RRQ, name.encode(), b'tsize', b'0')
        opcode, _, options = peer.receive()
        self.assertEqual((opcode, options),
                         (OACK, b'tsize\0%d\0' % self.SIZE))
        return path, peer, octets

    def go_on(self, peer):
        """Blocks until the end, or the ERROR's number."""
        peer.send(ACK, 0)
        content = b''
        while True:
            opcode, number, data = peer.receive()
            if opcode == ERROR:
                return number
            self.assertEqual((opcode, number), (DATA, len(content) // 512 + 1))
            peer.send(ACK, number)
            content += data
            if len(data) < 512:
                return content

    def test_shorter(self):
        for number, size in enumerate((0, 100, 512, 200000, self.SIZE - 1)):
            path, peer, _ = self.begin(f'file{number}')
            os.truncate(path, size)
            self.assertEqual(self.go_on(peer), 0)

    def test_longer(self):
        path, peer, _ = self.begin('file')
        with path.open('ab') as out:
            out.write(b'more')
        self.assertEqual(self.go_on(peer), 0)

    def test_removed(self):
        """Who has it open has it."""
        path, peer, octets = self.begin('file')
        path.unlink()
        self.assertTrue(self.go_on(peer) == octets)

    def test_replaced(self):
        path, peer, octets = self.begin('file')
        other = path.with_name('other')
        other.write_bytes(b'something else')
        other.rename(path)
        self.assertTrue(self.go_on(peer) == octets)
        self.assertEqual(self.read(b'file'), b'something else')


class Many(Case):
    """As many transfers as are served at once, step by step beside each
    other; one more has to wait."""

    def test_gets(self):
        contents = [servers.make_octets(20000 + 7 * number, number)
                    for number in range(N_TRANSFERS)]
        peers = {}
        for number, content in enumerate(contents):
            (self.servers.folder / f'{number}').write_bytes(content)
            peer = self.peer()
            peer.ask(RRQ, b'%d' % number)
            peers[peer.socket] = (peer, number)
            # No answer is acknowledged yet: all of them are under way.
        self.wait_for(lambda: len(select.select(
            list(peers), [], [], 0)[0]) == N_TRANSFERS)
        late = self.peer()
        late.ask(RRQ, b'0')
        self.assertTrue(late.is_silent(0.3))

        came = [b''] * N_TRANSFERS
        order = random.Random(1)
        while peers:
            ready = select.select(list(peers), [], [], 10)[0]
            self.assertTrue(ready)
            order.shuffle(ready)
            for one in ready:
                peer, number = peers[one]
                opcode, block, data = peer.receive()
                self.assertEqual((opcode, block),
                                 (DATA, len(came[number]) // 512 + 1))
                came[number] += data
                peer.send(ACK, block)
                if len(data) < 512:
                    del peers[one]
        self.assertTrue(came == contents)
        late.ask(RRQ, b'0')
        self.assertEqual(late.receive()[0], DATA)
        late.send(ERROR, 0, b'enough\0')

    def test_puts(self):
        contents = [servers.make_octets(20000 + 7 * number, number)
                    for number in range(N_TRANSFERS)]
        peers = {}
        for number in range(N_TRANSFERS):
            peer = self.peer()
            peer.ask(WRQ, b'%d' % number)
            peers[peer.socket] = (peer, number)
        while peers:
            ready = select.select(list(peers), [], [], 10)[0]
            self.assertTrue(ready)
            for one in ready:
                peer, number = peers[one]
                opcode, block, _ = peer.receive()
                self.assertEqual(opcode, ACK)
                if block * 512 > len(contents[number]):
                    del peers[one]
                    continue
                peer.send(DATA, block + 1,
                          contents[number][block * 512:(block + 1) * 512])
        for number, content in enumerate(contents):
            path = self.servers.folder / f'{number}'
            self.assertTrue(path.read_bytes() == content)


if __name__ == '__main__':
    servers.main()
