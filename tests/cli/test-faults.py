#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on purpose where one end, or the other, is somebody else's:
run, serve and connect with --fault.

The clients of serve here are bare sockets, and connect's server is another
process, so that no end knows more than the wire has told it.

Usage: test-faults.py PORTCALL-CLI [unittest arguments]
"""
import contextlib
import json
import os
import pathlib
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

CLI = ''
PATIENCE = 30
FILE = bytes(range(256)) * 8  # four blocks, and an empty one
SERVICES = ('--pop3=0', '--smtp=0', '--imap=0', '--tftp=0', '--pop3s=0')


def call(*args):
    return subprocess.run([CLI, *args], capture_output=True, text=True,
                          encoding='utf-8', timeout=PATIENCE)


class Run(unittest.TestCase):
    def run_json(self, scenario, *specs):
        faults = [word for spec in specs for word in ('--fault', spec)]
        result = call('run', scenario, '--link', 'memory', '--format', 'json',
                      *faults)
        return result, json.loads(result.stdout)

    def test_strikes(self):
        result, timeline = self.run_json('tftp-get-config',
                                         'drop,rule=tftp.data,from=server')
        self.assertEqual(result.returncode, 0, result.stderr)
        lost = [step for step in timeline['steps'] if step['fate'] == 'lost']
        self.assertEqual([step['rule'] for step in lost], ['tftp.data'])

    def test_several(self):
        result, timeline = self.run_json(
            'smtp-submit-587', 'split,rule=smtp.ehlo.reply,octets=9',
            'answer,verb=RCPT,reply=452 4.2.2 Mailbox full')
        rules = [step['rule'] for step in timeline['steps']]
        self.assertIn('fault.split', rules)
        self.assertIn('fault.answer', rules)
        self.assertEqual(result.returncode, 1)
        self.assertIn('Mailbox full', result.stderr)

    def test_help(self):
        for command in 'run', 'serve', 'connect':
            told = call(command, '--help').stdout
            self.assertIn('--fault=SPEC', told)
            self.assertIn('drop,rule=tftp.data*,from=server,nth=3', told)

    def test_wrong(self):
        for spec, words in {
                'drop,rule=tftp.ack,nht=1': ('nht', 'nth', 'takes:'),
                'bend,rule=tftp.ack': ('bend', 'drop', 'split', 'answer'),
                'drop,rule=tftp.ack,from=nobody': ('from', 'nobody'),
                'drop,rule=smtp.mail': ('rule', 'split')}.items():
            for call_ in (('run', 'tftp-get-config'), ('serve', '--tftp=0'),
                          ('connect', 'tftp', 'localhost:1', 'get',
                           'file=x')):
                with self.subTest(spec=spec, call=call_[0]):
                    result = call(*call_, '--fault', spec)
                    self.assertEqual(result.returncode, 2)
                    self.assertEqual(result.stdout, '')
                    for word in words:
                        self.assertIn(word, result.stderr)


class Server:
    """portcall-cli serve with faults."""

    def __init__(self, case, *specs):
        self.dir = tempfile.TemporaryDirectory()
        case.addCleanup(self.dir.cleanup)
        root = pathlib.Path(self.dir.name)
        (root / 'f').write_bytes(FILE)
        self.ca = root / 'ca.pem'
        faults = [word for spec in specs for word in ('--fault', spec)]
        self.process = subprocess.Popen(
            [CLI, 'serve', *SERVICES, '--tftp-root', root, '--ca-out',
             self.ca, *faults],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding='utf-8')
        watchdog = threading.Timer(PATIENCE, self.process.kill)
        watchdog.start()
        case.addCleanup(watchdog.cancel)
        case.addCleanup(self.process.communicate)
        case.addCleanup(self.process.kill)
        self.armed = [self.process.stderr.readline() for _ in specs]
        self.ports = {}
        for _ in SERVICES:
            _, name, address = self.process.stdout.readline().split()
            self.ports[name] = int(address.split(':')[1])

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, err
        return out, err


class Tftp:
    """A client as simple as can be: it never sends anything twice, unless it
    is told to."""

    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(('127.0.0.1', 0))
        self.socket.settimeout(10)
        self.port = port
        self.seen = []

    def ask(self):
        self.socket.sendto(b'\0\1f\0octet\0', ('127.0.0.1', self.port))

    def receive(self):
        """One block."""
        packet, source = self.socket.recvfrom(1024)
        opcode, number = struct.unpack('!HH', packet[:4])
        self.seen.append((opcode, number))
        return opcode, number, packet[4:], source

    def acknowledge(self, number, to):
        self.socket.sendto(struct.pack('!HH', 4, number), to)

    def get(self):
        content, expected = b'', 1
        while True:
            opcode, number, data, source = self.receive()
            assert opcode == 3, (opcode, number, data)
            if number == expected:
                content += data
                expected += 1
            self.acknowledge(number, source)
            if number == expected - 1 and len(data) < 512:
                self.socket.close()
                return content


class Serve(unittest.TestCase):
    def talk(self, port, *lines):
        """What the server says to each line, by receive calls."""
        with socket.create_connection(('127.0.0.1', port)) as link:
            link.settimeout(10)
            said = [link.recv(65536)]
            for line in lines:
                link.sendall(line)
                said.append(link.recv(65536))
            return said

    def get(self, *specs):
        server = Server(self, *specs)
        client = Tftp(server.ports['tftp'])
        client.ask()
        self.assertEqual(client.get(), FILE)
        return client.seen, server.end()[0]

    def test_armed(self):
        specs = ['drop,rule=tftp.data,nth=2', 'freeze,from=client']
        server = Server(self, *specs)
        self.assertEqual(server.armed, [f'Armed: {spec}\n' for spec in specs])
        _, err = server.end()
        self.assertEqual(err, '')

    def test_nothing_armed(self):
        _, err = Server(self).end()
        self.assertEqual(err, '')

    def test_drop_ours(self):
        seen, out = self.get('drop,rule=tftp.data,from=server,nth=1')
        self.assertEqual(seen, [(3, n) for n in (1, 2, 3, 4, 5)])
        self.assertIn('DATA 2 (512 bytes) (lost)', out)
        self.assertIn('(again, as in', out)

    def test_drop_theirs(self):
        seen, out = self.get('drop,rule=tftp.ack,from=client,nth=2')
        self.assertEqual(seen, [(3, n) for n in (1, 2, 2, 3, 4, 5)])
        self.assertIn('ACK 2 (lost)', out)

    def test_drop_request(self):
        server = Server(self, 'drop,rule=tftp.rrq*')
        client = Tftp(server.ports['tftp'])
        client.ask()
        time.sleep(0.1)
        client.ask()  # the same conversation, so the first is counted
        self.assertEqual(client.get(), FILE)
        out, _ = server.end()
        self.assertIn('(lost)', out)
        self.assertNotIn('[live-2]', out)

    def test_each_conversation_anew(self):
        server = Server(self, 'drop,rule=tftp.data,from=server,nth=1')
        for _ in range(2):
            client = Tftp(server.ports['tftp'])
            client.ask()
            self.assertEqual(client.get(), FILE)
        self.assertEqual(server.end()[0].count('(lost)'), 2)

    def test_one_conversation(self):
        server = Server(self, 'drop,rule=tftp.data,from=server,conn=2')
        for _ in range(3):
            client = Tftp(server.ports['tftp'])
            client.ask()
            self.assertEqual(client.get(), FILE)
        out, _ = server.end()
        self.assertEqual(out.count('(lost)'), 1)
        self.assertIn('[live-2]', out)

    def test_duplicate(self):
        seen, out = self.get('duplicate,rule=tftp.data,from=server')
        self.assertEqual(seen[:3], [(3, 1), (3, 2), (3, 2)])
        self.assertIn('copy of', out)
        seen, out = self.get('duplicate,rule=tftp.ack,from=client')
        # No apprentice: a repeated ACK brings nothing.
        self.assertEqual(seen, [(3, n) for n in (1, 2, 3, 4, 5)])
        self.assertIn('copy of', out)

    def test_delay(self):
        for spec in ('delay,rule=tftp.data,ms=150',
                     'delay,rule=tftp.ack,ms=150'):
            begin = time.monotonic()
            seen, out = self.get(spec)
            self.assertGreater(time.monotonic() - begin, 0.15)
            self.assertEqual(seen, [(3, n) for n in (1, 2, 3, 4, 5)])
            self.assertIn('(late)', out)

    def test_reorder(self):
        seen, _ = self.get('reorder,rule=tftp.data,from=server')
        # Lock step: only its own repetition can overtake it.
        self.assertEqual(seen[:3], [(3, 1), (3, 2), (3, 2)])

    def test_change(self):
        server = Server(self, 'change,rule=tftp.data.first,octet=4,to=255')
        client = Tftp(server.ports['tftp'])
        client.ask()
        self.assertEqual(client.get(), b'\xff' + FILE[1:])
        self.assertIn('00 becomes FF', server.end()[0])

    def test_inject(self):
        server = Server(self, 'inject,rule=tftp.data.first,to=client,opcode=5,'
                              'code=0,text=Boo')
        client = Tftp(server.ports['tftp'])
        client.ask()
        opcode, number, _, source = client.receive()
        self.assertEqual((opcode, number), (3, 1))
        opcode, _, data, stranger = client.receive()
        self.assertEqual((opcode, data), (5, b'Boo\0'))
        self.assertNotEqual(source, stranger)
        client.socket.sendto(b'\0\5\0\5No\0', stranger)
        client.acknowledge(1, source)
        self.assertEqual(client.receive()[1], 2)
        out, _ = server.end()
        self.assertIn('Stranger', out)
        self.assertRegex(out, r'Client +--> Stranger')

    def test_split(self):
        server = Server(self, 'split,rule=pop3.greeting,octets=4,ms=30',
                        'split,rule=pop3.unknown,octets=2,ms=30')
        said = self.talk(server.ports['pop3'])
        self.assertEqual(said, [b'+OK '])
        with socket.create_connection(('127.0.0.1',
                                       server.ports['pop3'])) as link:
            link.settimeout(10)
            while not link.recv(64).endswith(b'\n'):
                pass
            begin = time.monotonic()
            link.sendall(b'DANCE\r\n')
            self.assertTrue(link.recv(512).startswith(b'-ERR'))
            self.assertGreater(time.monotonic() - begin, 0.09)

    def test_slow(self):
        server = Server(self, 'slow,from=client,rate=100')
        begin = time.monotonic()
        said = self.talk(server.ports['pop3'], b'NOOP 0123456789012\r\n')
        self.assertTrue(said[1].startswith(b'-ERR'))
        self.assertGreater(time.monotonic() - begin, 0.19)

    def test_freeze(self):
        server = Server(self, 'freeze,rule=smtp.helo,ms=200')
        begin = time.monotonic()
        said = self.talk(server.ports['smtp'], b'HELO a\r\n')
        self.assertTrue(said[1].startswith(b'250'))
        self.assertGreater(time.monotonic() - begin, 0.2)
        self.assertIn('frozen', server.end()[0])

    def test_freeze_and_close(self):
        """The end waits, too, and is not lost."""
        server = Server(self, 'freeze,rule=pop3.quit,ms=200')
        with socket.create_connection(('127.0.0.1',
                                       server.ports['pop3'])) as link:
            link.settimeout(10)
            link.recv(512)
            link.sendall(b'QUIT\r\n')
            link.shutdown(socket.SHUT_WR)
            self.assertTrue(link.recv(512).startswith(b'+OK'))
            self.assertEqual(link.recv(512), b'')

    def test_cut_ours(self):
        server = Server(self, 'cut,rule=pop3.greeting,octet=6')
        with socket.create_connection(('127.0.0.1',
                                       server.ports['pop3'])) as link:
            link.settimeout(10)
            said = b''
            with self.assertRaises(ConnectionResetError):
                while True:
                    piece = link.recv(512)
                    self.assertNotEqual(piece, b'')
                    said += piece
        self.assertEqual(said, b'+OK ma')
        self.assertIn('connection cut', server.end()[0])

    def test_cut_theirs(self):
        server = Server(self, 'cut,after=smtp.helo,from=client,octet=5')
        with socket.create_connection(('127.0.0.1',
                                       server.ports['smtp'])) as link:
            link.settimeout(10)
            link.recv(512)
            link.sendall(b'HELO a\r\n')
            link.recv(512)
            link.sendall(b'MAIL ')
            with self.assertRaises(ConnectionResetError):
                link.recv(512)
        out, _ = server.end()
        self.assertIn('after 5 octets', out)

    def test_change_theirs(self):
        server = Server(self, 'change,rule=pop3.user,octet=5,to=122')
        said = self.talk(server.ports['pop3'], b'USER alex\r\n',
                         b'PASS portcall\r\n')
        self.assertTrue(said[2].startswith(b'-ERR'))
        self.assertIn('USER zlex', server.end()[0])

    def test_answer(self):
        server = Server(self, 'answer,verb=NOOP,nth=2,reply=421 4.3.2 Bye')
        said = self.talk(server.ports['smtp'], b'HELO a\r\n', b'NOOP\r\n',
                         b'NOOP\r\n')
        self.assertTrue(said[2].startswith(b'250'))
        self.assertEqual(said[3], b'421 4.3.2 Bye\r\n')
        self.assertIn('on orders', server.end()[0])

    def test_tls(self):
        server = Server(self, 'cut,rule=pop3.stat.*,octet=4',
                        'freeze,rule=pop3.user,ms=100',
                        'change,rule=pop3.pass,octet=5,to=90')
        context = ssl.create_default_context(cafile=str(server.ca))
        with socket.create_connection(
                ('127.0.0.1', server.ports['pop3s'])) as raw, \
                context.wrap_socket(raw, server_hostname='localhost') as link:
            link.settimeout(10)
            link.recv(512)
            begin = time.monotonic()
            link.sendall(b'USER alex\r\n')
            self.assertTrue(link.recv(512).startswith(b'+OK'))
            self.assertGreater(time.monotonic() - begin, 0.1)
            # A record that was changed would not open: not possible.
            link.sendall(b'PASS portcall\r\n')
            self.assertTrue(link.recv(512).startswith(b'+OK'))
            link.sendall(b'STAT\r\n')
            # OpenSSL may call a reset an end.
            said = b''
            with contextlib.suppress(ConnectionResetError):
                while piece := link.recv(512):
                    said += piece
            self.assertEqual(said, b'+OK ')


class Connect(unittest.TestCase):
    """Our client, at a server that it knows nothing of."""

    def setUp(self):
        self.server = Server(self)

    def connect(self, protocol, spec, *words):
        return call('connect', protocol,
                    f'localhost:{self.server.ports[protocol]}', '--fault',
                    spec, *words)

    def get(self, spec):
        with tempfile.TemporaryDirectory() as name:
            path = pathlib.Path(name) / 'f'
            result = self.connect('tftp', spec, '-o', str(path), 'get',
                                  'file=f')
            self.assertEqual(result.returncode, 0, result.stderr)
            return path.read_bytes(), result.stdout

    def test_datagrams(self):
        for spec, word in {
                'drop,rule=tftp.data,from=server,nth=2': '(lost)',
                'drop,rule=tftp.ack,from=client': '(lost)',
                'drop,rule=tftp.rrq': '(lost)',
                'duplicate,rule=tftp.data': 'copy of',
                'duplicate,rule=tftp.ack': 'copy of',
                'delay,rule=tftp.data,ms=30': '(late)',
                'delay,rule=tftp.ack,ms=30': '(late)',
                'inject,rule=tftp.data,to=client,opcode=3,block=3': 'Stranger',
                'inject,rule=tftp.data,to=server,opcode=4,block=3': 'Stranger',
                'drop,rule=tftp.*,rate=0.2,seed=5': '(lost)'}.items():
            with self.subTest(spec=spec):
                content, out = self.get(spec)
                self.assertEqual(content, FILE)
                self.assertIn(word, out)

    def test_change(self):
        content, _ = self.get('change,rule=tftp.data,octet=4,xor=1')
        self.assertEqual(content[:512], FILE[:512])
        self.assertEqual(content[512], FILE[512] ^ 1)

    def test_streams(self):
        for spec, status, word in (
                ('split,rule=pop3.*,octets=3,ms=1,every=yes', 0, 'pieces'),
                ('slow,from=server,rate=2000', 0, 'per second'),
                ('freeze,rule=pop3.stat,ms=50', 0, 'frozen'),
                ('freeze,rule=pop3.stat.reply,ms=50', 0, 'frozen'),
                ('cut,rule=pop3.stat,octet=2', 1, 'after 2 octets'),
                ('cut,rule=pop3.stat.reply,octet=2', 1, 'cut after 2'),
                ('change,rule=pop3.stat.reply,octet=0,to=45', 1, 'becomes')):
            with self.subTest(spec=spec):
                result = self.connect('pop3', spec, '-u', 'alex', '-p',
                                      'portcall', 'stat', 'quit')
                self.assertEqual(result.returncode, status, result)
                self.assertIn(word, result.stdout)


if __name__ == '__main__':
    CLI = sys.argv.pop(1)
    # No scenarios of the person who runs the tests.
    os.environ['XDG_DATA_HOME'] = '/nonexistent'
    unittest.main(verbosity=1)
