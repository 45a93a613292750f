#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What portcall-cli promises to scripts: output, formats, exit status.

Usage: test-cli.py PORTCALL-CLI [unittest arguments]
"""
import base64
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

CLI = ''
PATIENCE = 30

OUTCOMES = {'ok', 'failed-as-intended', 'failed'}
LAYERS = {'tcp', 'udp', 'tls', 'app', 'note'}
FATES = {'delivered', 'lost', 'duplicate', 'late'}
STATUSES = {'ok', 'warning', 'error'}
KINDS = {'open', 'close', 'refused', 'reset', 'greeting', 'command', 'reply',
         'data', 'datagram', 'handshake', 'alert', 'note'}


def call(*args, **options):
    options.setdefault('timeout', PATIENCE)
    return subprocess.run([CLI, *args], capture_output=True, text=True,
                          encoding='utf-8', **options)


def list_scenarios():
    return json.loads(call('list', '--json').stdout)


class Case(unittest.TestCase):
    maxDiff = None

    def check_refused(self, result, status, *words):
        """It failed as it should, and said why on standard error."""
        self.assertEqual(result.returncode, status, result)
        self.assertEqual(result.stdout, '')
        self.assertTrue(result.stderr.startswith('portcall-cli: '), result)
        for word in words:
            self.assertIn(word, result.stderr)


class New(Case):
    def test_templates(self):
        """What it prints is checked, runs, and is written as we write."""
        for protocol in ('imap', 'pop3', 'smtp', 'tftp'):
            with self.subTest(protocol), tempfile.TemporaryDirectory() as dir:
                path = pathlib.Path(dir, 'my.json')
                result = call('new', protocol)
                self.assertEqual(result.returncode, 0, result)
                self.assertEqual(result.stderr, '')
                path.write_text(result.stdout, encoding='utf-8')
                self.assertEqual(json.loads(result.stdout)['protocol'],
                                 protocol)
                self.assertEqual(call('check', str(path)).returncode, 0)
                ran = call('run', '--link', 'memory', '--format', 'json', str(path))
                self.assertEqual(ran.returncode, 0, ran)
                self.assertEqual(json.loads(ran.stdout)['outcome'], 'ok')

    def test_refused(self):
        self.check_refused(call('new'), 2, 'imap, pop3, smtp or tftp')
        self.check_refused(call('new', 'gopher'), 2, 'gopher')


class Commands(Case):
    def test_help(self):
        result = call('--help')
        self.assertEqual(result.returncode, 0)
        for command in ('account', 'check', 'list', 'run', 'serve'):
            self.assertIn(f'\n  {command} ', result.stdout)
            told = call(command, '--help')
            self.assertEqual(told.returncode, 0)
            self.assertIn(f'portcall-cli {command} [', told.stdout)

    def test_nothing(self):
        self.assertEqual(call().returncode, 2)

    def test_unknown(self):
        self.check_refused(call('lisst'), 2, 'lisst')

    def test_version(self):
        result = call('--version')
        self.assertRegex(result.stdout, r'^portcall-cli \d+\.\d+')
        self.assertEqual(result.returncode, 0)

    def test_unknown_options(self):
        for command in ('list', 'run', 'serve', 'check'):
            self.check_refused(call(command, '--no-such-option'), 2,
                               '--no-such-option')


class List(Case):
    def test_json(self):
        scenarios = list_scenarios()
        self.assertGreaterEqual(len(scenarios), 14)
        self.assertEqual({s['protocol'] for s in scenarios},
                         {'imap', 'pop3', 'smtp', 'tftp'})
        self.assertEqual(len({s['id'] for s in scenarios}), len(scenarios))
        for scenario in scenarios:
            for key in ('id', 'protocol', 'title', 'subtitle', 'summary'):
                self.assertIsInstance(scenario[key], str)
                self.assertNotEqual(scenario[key], '')

    def test_text(self):
        result = call('list')
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        for scenario in list_scenarios():
            self.assertIn(f"\n  {scenario['id']} ", result.stdout)

    def test_words(self):
        self.check_refused(call('list', 'imap'), 2, 'imap')

    def test_no_data(self):
        with tempfile.TemporaryDirectory() as empty:
            result = call('list', env={**os.environ, 'PORTCALL_DATA': empty,
                                       'XDG_DATA_HOME': empty})
            self.assertEqual(result.returncode, 1)
            self.assertIn(empty, result.stderr)


class Ports(Case):
    def test_table(self):
        result = call('ports')
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stdout, r'(?m)^  143/tcp  imap ')
        self.assertRegex(result.stdout, r'(?m)^   69/udp  tftp ')

    def test_quiz(self):
        """The same seed makes the same bank, and the checker likes it."""
        first, again = (call('ports', '--quiz', '--seed', '7', '--items', '30')
                        for _ in range(2))
        self.assertEqual(first.stdout, again.stdout)
        other = call('ports', '--quiz', '--seed', '8', '--items', '30')
        self.assertNotEqual(first.stdout, other.stdout)
        self.assertEqual(len(json.loads(first.stdout)['items']), 30)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, 'made.json')
            path.write_text(first.stdout, encoding='utf-8')
            checked = call('check', str(path))
            self.assertIn('1 file: 0 errors', checked.stdout)

    def test_wrong_calls(self):
        self.check_refused(call('ports', 'imap'), 2, '--help')
        self.check_refused(call('ports', '--items', '-1'), 2, '--help')


class Run(Case):
    def check_field(self, field):
        self.assertEqual(set(field),
                         {'start', 'end', 'label', 'value', 'meaning'})
        self.assertIsInstance(field['label'], str)
        self.assertIsInstance(field['value'], str)
        self.assertIsInstance(field['meaning'], (str, type(None)))
        self.assertNotEqual(field['label'], '')

    def check_fields(self, step):
        """Every octet has exactly one label."""
        octets = base64.b64decode(step['bytes'], validate=True)
        at = 0
        for field in step['fields']:
            self.check_field(field)
            self.assertEqual(field['start'], at)
            self.assertGreater(field['end'], at)
            at = field['end']
        self.assertEqual(at, len(octets))
        if step['layer'] == 'app':
            self.assertGreater(len(octets), 0)

    def check_step(self, step, number, actors):
        self.assertEqual(step['n'], number)
        for key in ('t_us', 'conn'):
            self.assertIsInstance(step[key], int)
        self.assertGreaterEqual(step['t_us'], 0)
        self.assertIn('t_end_us', step)
        if step['fate'] == 'lost':
            self.assertIsNone(step['t_end_us'])
        elif step['bytes']:
            self.assertGreaterEqual(step['t_end_us'], step['t_us'])
        self.assertIn(step['from'], actors)
        self.assertIn(step['to'],
                      {None} if step['layer'] == 'note' else actors)
        self.assertIn(step['layer'], LAYERS)
        self.assertIn(step['kind'], KINDS)
        self.assertIn(step['fate'], FATES)
        self.assertIn(step['status'], STATUSES)
        for key in ('summary', 'rule', 'title', 'explanation'):
            self.assertIsInstance(step[key], str)
            self.assertNotEqual(step[key], '', step)
        for key in ('client_state', 'server_state'):
            self.assertIsInstance(step[key], (str, type(None)))
        self.assertGreaterEqual(len(step['references']), 1)
        for reference in step['references']:
            self.assertIsInstance(reference['rfc'], int)
            self.assertIsInstance(reference['section'], (str, type(None)))
        self.check_fields(step)

    def check_timeline(self, timeline, scenario):
        self.assertEqual(timeline['scenario'], scenario['id'])
        self.assertEqual(timeline['title'], scenario['title'])
        self.assertIn(timeline['outcome'], OUTCOMES - {'failed'})
        actors = {actor['id'] for actor in timeline['actors']}
        self.assertEqual(len(actors), len(timeline['actors']))
        for actor in timeline['actors']:
            self.assertIsInstance(actor['name'], str)
            self.assertIn(actor['role'], ('client', 'server'))
            self.assertIsInstance(actor['address'], str)
        self.assertGreater(len(timeline['steps']), 0)
        for number, step in enumerate(timeline['steps'], 1):
            self.check_step(step, number, actors)

    def test_all_json(self):
        for scenario in list_scenarios():
            for link in (), ('--link', 'tcp'), ('--link=memory',):
                with self.subTest(scenario=scenario['id'], link=link):
                    result = call('run', scenario['id'], '--format', 'json',
                                  *link)
                    self.assertEqual((result.returncode, result.stderr),
                                     (0, ''))
                    self.check_timeline(json.loads(result.stdout), scenario)

    def test_memory_is_always_the_same(self):
        first, second = (call('run', 'tftp-lost-block', '-f', 'json',
                              '--link', 'memory').stdout for _ in range(2))
        self.assertEqual(first, second)

    def test_lost(self):
        timeline = json.loads(call('run', 'tftp-lost-block', '--format',
                                   'json').stdout)
        lost = [s for s in timeline['steps'] if s['fate'] == 'lost']
        self.assertEqual(len(lost), 1)
        self.assertEqual(lost[0]['rule'], 'tftp.data')

    def test_failed_as_intended(self):
        result = call('run', 'imap-wrong-password', '--format', 'json')
        self.assertEqual(result.returncode, 0)
        self.assertEqual(json.loads(result.stdout)['outcome'],
                         'failed-as-intended')

    def test_text_is_the_default(self):
        plain = call('run', 'smtp-relay-25', '--link', 'memory')
        named = call('run', 'smtp-relay-25', '--link', 'memory', '--format',
                     'text')
        self.assertEqual(plain.stdout, named.stdout)
        for words in ('MAIL FROM', '250', '354'):
            self.assertIn(words, plain.stdout)

    def test_markdown(self):
        result = call('run', 'pop3-leave-copy', '--format', 'markdown')
        self.assertEqual(result.returncode, 0)
        self.assertTrue(result.stdout.startswith('# '))
        self.assertIn('UIDL', result.stdout)

    def test_secrets(self):
        for form in 'text', 'markdown', 'json':
            hidden = call('run', 'imap-read-phone', '--format', form)
            shown = call('run', 'imap-read-phone', '--format', form,
                         '--show-secrets')
            self.assertNotIn('portcall"', hidden.stdout.replace(
                'portcall.Portcall', ''))
            self.assertIn('portcall', shown.stdout)
            self.assertNotEqual(hidden.stdout, shown.stdout)

    def test_output_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, 'out.json')
            result = call('run', 'tftp-get-config', '--link', 'memory',
                          '--format', 'json', '-o', str(path))
            self.assertEqual((result.returncode, result.stdout,
                              result.stderr), (0, '', ''))
            printed = call('run', 'tftp-get-config', '--link', 'memory',
                           '--format', 'json')
            self.assertEqual(path.read_text(encoding='utf-8'),
                             printed.stdout)
            self.check_refused(
                call('run', 'tftp-get-config', '-o', f'{folder}/no/such'), 1)

    def test_file_of_ones_own(self):
        with tempfile.TemporaryDirectory() as folder:
            good = pathlib.Path(folder, 'good.json')
            good.write_text(scenario_text(), encoding='utf-8')
            self.assertEqual(call('run', str(good)).returncode, 0)
            bad = pathlib.Path(folder, 'bad.json')
            bad.write_text(scenario_text(script='[]'), encoding='utf-8')
            result = call('run', str(bad))
            self.assertEqual((result.returncode, result.stdout), (2, ''))
            self.assertIn(f'{bad}:', result.stderr)
            fails = pathlib.Path(folder, 'fails.json')
            fails.write_text(scenario_text(port=110), encoding='utf-8')
            result = call('run', str(fails), '--format', 'json')
            self.assertEqual(result.returncode, 1)
            self.assertEqual(json.loads(result.stdout)['outcome'], 'failed')
            self.assertIn('refused', result.stderr)

    def test_wrong_calls(self):
        self.check_refused(call('run'), 2, 'list')
        self.check_refused(call('run', 'no-such'), 2, 'no-such', 'list')
        self.check_refused(call('run', 'tftp-get-config', 'x'), 2)
        self.check_refused(call('run', 'tftp-get-config', '--format', 'xml'),
                           2, 'xml', 'json')
        self.check_refused(call('run', 'tftp-get-config', '--link', 'tin'),
                           2, 'tin', 'memory')


def scenario_text(port=143, script=None):
    if script is None:
        script = ('[ { "actor": "c", "do": "connect", "port": %d } ]' % port)
    return """{
  "format": "portcall-scenario", "format_version": 1,
  "id": "own", "title": "Own", "summary": "Own.", "subtitle": "own",
  "protocol": "imap",
  "actors": [
    { "id": "c", "name": "C", "role": "client", "speaks": "imap" },
    { "id": "s", "name": "S", "role": "server",
      "listens": [ { "protocol": "imap", "port": 143 } ] }
  ],
  "script": %s
}
""" % script


class Check(Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = pathlib.Path(self.folder.name, name)
        path.write_text(text, encoding='utf-8')
        return str(path)

    def test_own_data(self):
        data = pathlib.Path(os.environ['PORTCALL_DATA'])
        files = [str(path) for path in [*data.glob('scenarios/*.json'),
                                        *data.glob('questions/*.json'),
                                        data / 'services.json']]
        result = call('check', *files)
        self.assertEqual((result.returncode, result.stderr), (0, ''))

    def test_clean(self):
        path = self.write('good.json', scenario_text())
        self.assertEqual(call('check', path).returncode, 0)
        result = call('check', '--json', path)
        self.assertEqual(json.loads(result.stdout), [])
        self.assertEqual(result.returncode, 0)

    def test_warning(self):
        path = self.write('warn.json', '\ufeff' + scenario_text())
        result = call('check', path)
        self.assertEqual(result.returncode, 1, result)
        self.assertTrue(result.stderr.startswith(f'{path}:1:1: warning['),
                        result)

    def test_unknown_member(self):
        text = scenario_text().replace('"protocol": "imap",\n',
                                       '"protocol": "imap", "ordr": 3,\n', 1)
        path = self.write('typo.json', text)
        result = call('check', path)
        self.assertEqual(result.returncode, 2, result)
        self.assertTrue(result.stderr.startswith(f'{path}:4:23: error['),
                        result)
        self.assertIn('order', result.stderr)

    def test_errors(self):
        text = scenario_text(script='[\n  { "actor": "x", "do": "login" },\n'
                                    '  { "actor": "c", "do": "fly" } ]')
        path = self.write('bad.json', text)
        result = call('check', path)
        self.assertEqual(result.returncode, 2)
        first, second = [line for line in result.stderr.split('\n')
                         if line.startswith(path)]
        self.assertRegex(first[len(path):], r'^:11:14: error\[S100\] ')
        self.assertRegex(second[len(path):], r'^:12:25: error\[S101\] ')

    def test_errors_json(self):
        path = self.write('bad.json', scenario_text(script='[ 1 ]'))
        result = call('check', '--json', path)
        self.assertEqual((result.returncode, result.stderr), (2, ''))
        problems = json.loads(result.stdout)
        for problem in problems:
            self.assertEqual(problem['file'], path)
            self.assertEqual(problem['severity'], 'error')
            for key in ('line', 'column'):
                self.assertIsInstance(problem[key], int)
            for key in ('code', 'message', 'pointer'):
                self.assertIsInstance(problem[key], str)
        self.assertEqual((problems[0]['line'], problems[0]['column'],
                          problems[0]['pointer']), (10, 15, '/script/0'))

    def test_many_files(self):
        """A broken file does not hide the others' problems."""
        broken = self.write('a.json', '{ "format": ')
        good = self.write('b.json', scenario_text())
        other = self.write('c.json', '{ "format": "letter" }')
        missing = str(pathlib.Path(self.folder.name, 'd.json'))
        result = call('check', broken, good, other, missing)
        self.assertEqual(result.returncode, 2)
        for path in broken, other, missing:
            self.assertIn(f'{path}:', result.stderr)
        self.assertNotIn(f'{good}:', result.stderr)
        self.assertIn('4 files', result.stdout)

    def test_no_files(self):
        self.check_refused(call('check'), 2)


class Server:
    """portcall-cli serve, and the lines it began with."""

    def __init__(self, *args):
        self.process = subprocess.Popen(
            [CLI, 'serve', *args], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, encoding='utf-8')
        self.watchdog = threading.Timer(PATIENCE, self.process.kill)
        self.watchdog.start()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.watchdog.cancel()
        self.process.kill()
        self.process.communicate()

    def read_ports(self, n):
        ports = {}
        for _ in range(n):
            word, name, address = self.process.stdout.readline().split()
            host, port = address.split(':')
            assert (word, host) == ('listening', '127.0.0.1')
            ports[name] = int(port)
        return ports

    def end(self, how):
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err


FREE = ('--imap=0', '--pop3=0', '--smtp=0', '--submission=0', '--tftp=0')


class Serve(Case):
    def test_listening_lines(self):
        with Server(*FREE) as server:
            ports = server.read_ports(5)
            self.assertEqual(list(ports), ['imap', 'pop3', 'smtp',
                                           'submission', 'tftp'])
            self.assertEqual(len(set(ports.values())), 5)
            for name in 'imap', 'pop3', 'smtp', 'submission':
                with socket.create_connection(('127.0.0.1', ports[name]),
                                              PATIENCE) as client:
                    self.assertIn(client.recv(1), b'*+2')
            status, out, err = server.end(signal.SIGTERM)
            self.assertEqual((status, err), (0, ''))
            self.assertIn('[live-1]', out)

    def test_all_with_free_ports(self):
        with Server('--all', *FREE) as server:
            ports = server.read_ports(5)
            self.assertGreater(min(ports.values()), 0)
            self.assertEqual(server.end(signal.SIGINT)[0], 0)

    def test_signal_at_once(self):
        for how in signal.SIGINT, signal.SIGTERM:
            with Server('--imap=0') as server:
                server.read_ports(1)
                self.assertEqual(server.end(how), (0, '', ''))

    def test_signal_amid_a_conversation(self):
        with Server('--imap=0') as server:
            port = server.read_ports(1)['imap']
            with socket.create_connection(('127.0.0.1', port),
                                          PATIENCE) as client:
                self.assertTrue(client.recv(1000).endswith(b'\r\n'))
                self.assertEqual(server.end(signal.SIGTERM)[0], 0)
                self.assertEqual(client.recv(100), b'')

    def test_quiet(self):
        with Server('--quiet', '--imap=0') as server:
            port = server.read_ports(1)['imap']
            with socket.create_connection(('127.0.0.1', port),
                                          PATIENCE) as client:
                client.recv(100)
                client.sendall(b'a LOGOUT\r\n')
                while client.recv(1000):
                    pass
            self.assertEqual(server.end(signal.SIGTERM), (0, '', ''))

    def test_transcript_hides_passwords(self):
        with Server('--imap=0') as server:
            port = server.read_ports(1)['imap']
            with socket.create_connection(('127.0.0.1', port),
                                          PATIENCE) as client:
                client.sendall(b'a LOGIN alex portcall\r\nb LOGOUT\r\n')
                while client.recv(1000):
                    pass
            status, out, _ = server.end(signal.SIGTERM)
            self.assertEqual(status, 0)
            self.assertIn('LOGIN', out)
            self.assertNotIn('portcall', out)

    def test_port_in_use(self):
        """The message names the port and offers one that works."""
        for option, kind in (('--imap', socket.SOCK_STREAM),
                             ('--tftp', socket.SOCK_DGRAM)):
            with socket.socket(socket.AF_INET, kind) as taken:
                taken.bind(('127.0.0.1', 0))
                if kind == socket.SOCK_STREAM:
                    taken.listen()
                port = taken.getsockname()[1]
                result = call('serve', f'{option}={port}')
                self.check_refused(result, 1, str(port), f'{option}=0')
                offer = result.stderr.split(f'{option}=')[1].split(',')[0]
                with Server(f'{option}={offer}') as server:
                    self.assertEqual(list(server.read_ports(1).values()),
                                     [int(offer)])

    def test_wrong_calls(self):
        self.check_refused(call('serve'), 2, '--all')
        self.check_refused(call('serve', '--imap=99999'), 2, '99999')
        self.check_refused(call('serve', '--imap=x'), 2)
        self.check_refused(call('serve', '--imap=0', 'x'), 2)
        self.check_refused(call('serve', '--tftp=0', '--tftp-root',
                                '/no/such/folder'), 1, '/no/such/folder')


class Connect(Case):
    def setUp(self):
        self.server = Server('--quiet', *FREE)
        self.addCleanup(self.server.__exit__)
        self.ports = self.server.read_ports(5)
        self.dir = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory()))

    def connect(self, protocol, *words, service=None):
        port = self.ports[service or protocol]
        return call('connect', protocol, f'localhost:{port}', *words)

    def test_transcript(self):
        result = self.connect('imap', '-u', 'alex', '-p', 'portcall', 'select',
                              'mailbox=INBOX', 'logout')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('SELECT INBOX', result.stdout)
        self.assertNotIn('LOGIN alex portcall', result.stdout)

    def test_received(self):
        result = self.connect('pop3', '-q', '-u', 'alex', '-p', 'portcall',
                              'retr', 'number=1', 'quit')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('Subject: ', result.stdout)

    def test_send_and_fetch(self):
        letter = self.dir / 'letter'
        letter.write_text('Subject: by connect\n\nhello\n')
        result = self.connect('smtp', 'send', 'from=a@example.test',
                              'to=robin@example.test', f'@{letter}', 'quit')
        self.assertEqual(result.returncode, 0, result.stderr)
        result = self.connect('imap', '-q', '-u', 'robin', '-p', 'portcall',
                              'select', 'mailbox=INBOX', 'fetch', 'set=*',
                              'items=(BODY[])', 'logout')
        self.assertIn('Subject: by connect', result.stdout)

    def test_tftp(self):
        sent, back = self.dir / 'sent', self.dir / 'back'
        sent.write_bytes(os.urandom(3000))
        result = self.connect('tftp', 'put', 'file=x', f'@{sent}')
        self.assertEqual(result.returncode, 0, result.stderr)
        result = self.connect('tftp', '-o', str(back), 'get', 'file=x')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(back.read_bytes(), sent.read_bytes())

    def test_refused(self):
        self.check_refused(self.connect('imap', '-q', '-u', 'alex', '-p',
                                        'no'), 1)
        self.check_refused(self.connect('imap', '-q', service='pop3'), 1,
                           '+OK')
        with socket.socket() as held:
            held.bind(('127.0.0.1', 0))
            port = held.getsockname()[1]
            self.check_refused(call('connect', 'imap', '-q',
                                    f'localhost:{port}'), 1, 'refused')

    def test_without_goodbye(self):
        for protocol in 'imap', 'pop3', 'smtp':
            with self.subTest(protocol=protocol):
                result = self.connect(protocol, '-q', 'noop'
                                      if protocol != 'pop3' else 'capa')
                self.assertEqual(result.returncode, 0, result.stderr)

    def test_actions(self):
        for protocol in 'imap', 'pop3', 'smtp', 'tftp':
            result = call('connect', protocol, '--actions')
            self.assertEqual(result.returncode, 0)
            self.assertGreater(len(result.stdout.splitlines()), 1)

    def test_wrong_calls(self):
        for words in ((), ('ftp', 'localhost:21'), ('imap',),
                      ('imap', 'localhost'), ('imap', 'localhost:0'),
                      ('imap', 'localhost:70000'), ('imap', ':143'),
                      ('imap', '192.0.2.1:143'), ('imap', 'example.com:143'),
                      ('imap', 'localhost:143', 'dance'),
                      ('imap', 'localhost:143', 'select', 'box=INBOX'),
                      ('imap', 'localhost:143', 'mailbox=INBOX'),
                      ('imap', 'localhost:143', 'noop', '@/nowhere')):
            with self.subTest(words=words):
                self.check_refused(call('connect', *words), 2)


class Secure(Case):
    def setUp(self):
        self.dir = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory()))
        self.ca = self.dir / 'ca.pem'
        self.server = Server('--quiet', '--imap=0', '--imaps=0', '--pop3=0',
                             '--pop3s=0', '--submission=0', '--submissions=0',
                             '--ca-out', self.ca)
        self.addCleanup(self.server.__exit__)
        self.ports = self.server.read_ports(6)

    def connect(self, protocol, service, how, *words):
        return call('connect', protocol, f'localhost:{self.ports[service]}',
                    '--tls', how, '-u', 'alex', '-p', 'portcall', *words)

    def test_login(self):
        ways = {('imap', 'imap', 'starttls'): ('a1 STARTTLS', 'logout'),
                ('imap', 'imaps', 'implicit'): ('ClientHello', 'logout'),
                ('pop3', 'pop3', 'starttls'): ('STLS', 'quit'),
                ('pop3', 'pop3s', 'implicit'): ('ClientHello', 'quit'),
                ('smtp', 'submission', 'starttls'): ('STARTTLS', 'quit'),
                ('smtp', 'submissions', 'implicit'): ('ClientHello', 'quit')}
        for way, (word, bye) in ways.items():
            for last in (bye,), ():
                with self.subTest(way=way, last=last):
                    result = self.connect(*way, '--ca', self.ca, 'noop'
                                          if way[0] != 'pop3' else 'stat',
                                          *last)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    self.assertIn(word, result.stdout)
                    self.assertIn('encrypted', result.stdout)

    def test_stranger(self):
        for way in (('imap', 'imap', 'starttls'),
                    ('imap', 'imaps', 'implicit'),
                    ('pop3', 'pop3', 'starttls'),
                    ('smtp', 'submission', 'starttls')):
            with self.subTest(way=way):
                result = self.connect(*way, 'noop')
                self.assertEqual(result.returncode, 1)
                self.assertIn('authority', result.stderr)
                self.assertNotIn('alex', result.stdout)


if __name__ == '__main__':
    CLI = sys.argv.pop(1)
    # No scenarios of the person who runs the tests.
    os.environ['XDG_DATA_HOME'] = '/nonexistent'
    unittest.main(verbosity=1)
