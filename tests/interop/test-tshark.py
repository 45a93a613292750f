#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario as a packet capture, read by tshark.

Each must be the protocols that were spoken, without a malformed packet or any
complaint of ours to answer for, and have the very octets of the exchange: also
those under TLS, which tshark reads by the secrets in the capture.

Usage: test-tshark.py PORTCALL-CLI [SCENARIO…]
"""
import base64
import collections
import concurrent.futures
import imaplib
import json
import os
import pathlib
import poplib
import re
import smtplib
import ssl
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import servers

TSHARK = servers.need('tshark')
NAMES = {'imap': 'imap', 'pop3': 'pop', 'smtp': 'smtp', 'tftp': 'tftp'}

# Scenario and what goes wrong in it on purpose.
FAULTS = [
    ('smtp-submit-587', 'split,rule=smtp.ehlo.reply,octets=10,ms=20'),
    ('smtp-submit-587', 'cut,after=smtp.data.go-ahead,from=client,octet=100'),
    ('smtp-submit-587', 'freeze,rule=smtp.content,ms=900'),
    ('smtp-submit-587', 'slow,rule=smtp.content,rate=400'),
    ('imap-read-phone', 'freeze,rule=imap.select,ms=700'),
    ('imap-read-phone', 'freeze,rule=imap.select'),
    ('imap-read-phone', 'cut,rule=imap.select.ok,octet=10'),
    ('imap-implicit-993', 'split,rule=imap.*,octets=7,ms=3'),
    ('imap-implicit-993', 'cut,rule=imap.select.ok,octet=10'),
    ('imap-starttls-143', 'join,rule=imap.exists'),
    ('pop3-implicit-995', 'freeze,rule=pop3.retr.reply,ms=600'),
    ('pop3-stls-110', 'split,rule=pop3.*,octets=1,ms=1'),
    ('pop3-top-preview', 'cut,rule=pop3.retr.reply,octet=30000'),
    ('tftp-get-config', 'drop,rule=tftp.data*,from=server,nth=2'),
    ('tftp-get-config', 'duplicate,rule=tftp.data*,from=server,nth=1'),
    ('tftp-get-config', 'delay,rule=tftp.data*,from=server,nth=2,ms=900'),
    ('tftp-put-config', 'reorder,rule=tftp.data*,from=client,nth=1'),
]

# The same without the secrets: then nobody reads what is under TLS.
OVERHEARD = ['imap-implicit-993', 'smtp-starttls-587', 'smtp-submit-587']

# What tshark remarks of packets that are as they should be: how connections
# end, and what the exchange itself shows.
REMARKS = {
    'This frame initiates the connection closing': None,
    'This frame undergoes the connection closing': None,
    'Connection reset (RST)': ('refused', 'reset'),
    'TFTP ERROR packet': ('datagram',),
}
WORTH_A_LOOK = 0x400000 # severity "note", and above it
PREFERENCES = ['ip.check_checksum:TRUE', 'tcp.check_checksum:TRUE',
               'udp.check_checksum:TRUE', 'smtp.decryption:TRUE']
FIELDS = ['frame.number', 'frame.protocols', 'tcp.stream', 'udp.payload',
          'frame.comment', '_ws.expert.severity', '_ws.expert.message',
          '_ws.malformed', 'tls.app_data']


class Wrong(Exception):
    pass


def check(is_right, *words):
    if not is_right:
        raise Wrong(' '.join(map(str, words))[:2000])


def run_scenario(cli, name, folder, options):
    """Its steps, and a capture of the same run.  May fail: some faults are
    too much for it."""
    told = pathlib.Path(folder, 'run.json')
    capture = pathlib.Path(folder, 'run.pcapng')
    result = subprocess.run(
        [cli, 'run', name, '--link', 'memory', '--format', 'json', '--output',
         told, '--capture', capture, *options],
        capture_output=True, text=True, check=False, timeout=servers.PATIENCE)
    check(result.returncode == 0 or
          '--fault' in options and result.returncode == 1, result.stderr)
    return json.loads(told.read_text())['steps'], capture


class Conversation:
    """One connection of a run, as the JSON export has it."""

    def __init__(self, steps):
        self.steps = steps
        self.client = steps[0]['from']
        self.stream = steps[0]['layer'] != 'udp'
        said = {step['rule'].split('.')[0] for step in steps
                if step['layer'] in ('app', 'udp') and step['bytes'] and
                not step['rule'].endswith('unreadable')}
        self.protocols = {NAMES[word] for word in said if word in NAMES}
        self.secure = [step for step in steps
                       if step['layer'] == 'app' and step.get('wire')]
        if any(step['layer'] == 'tls' and step['kind'] == 'handshake' and
               step['from'] != self.client for step in steps):
            self.protocols.add('tls')

    def side(self, step):
        return int(step['from'] != self.client)

    def get_secrets(self):
        """What each side said under TLS: the client, the server."""
        said = [b'', b'']
        for step in self.secure:
            said[self.side(step)] += base64.b64decode(step['bytes'])
        return said


def find_conversations(steps):
    found = collections.OrderedDict()
    for step in steps:
        if step['conn'] > 0:
            found.setdefault(step['conn'], []).append(step)
    return [Conversation(found[conn]) for conn in found]


def read_capture(path, n_streams, home):
    """Rows of fields, and what follows the streams: (kind, n) → two sides."""
    command = [TSHARK, '-n', '-r', path, '-T', 'fields', '-E',
               'separator=/t', '-E', 'aggregator=;']
    for preference in PREFERENCES:
        command += ['-o', preference]
    for field in FIELDS:
        command += ['-e', field]
    for n in range(n_streams):
        command += ['-z', f'follow,tcp,raw,{n}', '-z', f'follow,tls,raw,{n}']
    result = subprocess.run(
        command, capture_output=True, check=False, timeout=servers.PATIENCE,
        env={**os.environ, 'HOME': home, 'WIRESHARK_CONFIG_DIR': home})
    check(result.returncode == 0, result.stderr)
    told, *rest = result.stdout.decode('utf-8', 'replace').split('=' * 67)
    rows = [dict(zip(FIELDS, line.split('\t')))
            for line in told.split('\n') if '\t' in line]
    return rows, {key: value for key, value in map(follow, rest)
                  if key is not None}


def follow(text):
    head = re.search(r'Follow: (tcp|tls),raw\nFilter: tcp.stream eq (\d+)\n'
                     r'Node 0: .*:(\d+)\nNode 1: .*\n', text)
    if head is None:
        return None, None
    sides = [b'', b'']
    for line in text[head.end():].split('\n'):
        sides[line.startswith('\t')] += bytes.fromhex(line.strip())
    # Under TLS tshark takes whoever speaks first for the client.
    if int(head.group(3)) < 1024:
        sides.reverse()
    return (head.group(1), int(head.group(2))), sides


def promises_name(row):
    """LOGIN whose user name follows as a literal (RFC 9051 section 4.3): the
    line is whole without it, but tshark 4.0 looks for the name behind its end
    and calls the packet malformed."""
    return bool(row['frame.protocols'].endswith(':imap') and
                re.search(r' LOGIN \{\d+\}', row['frame.comment']))


def check_remarks(rows, steps):
    kinds = {step['kind'] for step in steps}
    for row in rows:
        if promises_name(row):
            continue
        check(not row['_ws.malformed'], 'malformed:', row)
        severities = [int(word) for word in
                      row['_ws.expert.severity'].split(';') if word]
        if not any(word >= WORTH_A_LOOK for word in severities):
            continue
        remarks = [remark for remark in REMARKS
                   if remark in row['_ws.expert.message']]
        n_serious = sum(word >= WORTH_A_LOOK for word in severities)
        check(len(remarks) == n_serious, 'tshark complains:', row)
        for remark in remarks:
            check(REMARKS[remark] is None or
                  kinds.intersection(REMARKS[remark]),
                  'no reason for:', remark, row)


def check_comments(rows, steps):
    """Each step is told once."""
    told = collections.Counter(
        int(number) for row in rows
        for number in re.findall(r'(?:^|;)(\d+) · ', row['frame.comment']))
    check(all(told[step['n']] == 1 for step in steps),
          'not told once:',
          [step['n'] for step in steps if told[step['n']] != 1])


def check_stream(n, conversation, rows, followed):
    mine = [row for row in rows if row['tcp.stream'] == str(n)]
    seen = {word for row in mine for word in row['frame.protocols'].split(':')}
    check(conversation.protocols <= seen, 'stream', n, 'should be',
          conversation.protocols, 'and is', seen)
    check_octets(conversation, followed.get(('tcp', n), [b'', b'']))
    said = conversation.get_secrets()
    check(followed.get(('tls', n), [b'', b'']) == said, 'stream', n,
          'is not decrypted:', followed.get(('tls', n)), said)


def check_octets(conversation, got):
    """All that crossed the wire, in its order and no more."""
    ends = [0, 0]
    last = [b'', b'']
    for step in conversation.steps:
        side = conversation.side(step)
        octets = base64.b64decode(step.get('wire') or step['bytes'])
        # One record may have brought parts of several steps.
        record = octets[:5 + int.from_bytes(octets[3:5], 'big')]
        if 'wire' in step and last[side].endswith(record):
            ends[side] -= len(record)
        check(got[side][ends[side]:ends[side] + len(octets)] == octets,
              'other octets at step', step['n'])
        ends[side] += len(octets)
        last[side] = octets if 'wire' in step else b''
    check(ends == [len(got[0]), len(got[1])], 'octets of no step')


def check_datagrams(steps, rows):
    sent = sorted((step for step in steps if step['layer'] == 'udp'),
                  key=lambda step: step['t_us'])
    ends = {(step['from'], step['to']) for step in sent
            if step['rule'] in ('tftp.rrq', 'tftp.wrq')}
    got = [row for row in rows if row['udp.payload']]
    check([base64.b64decode(step['bytes']) for step in sent] ==
          [bytes.fromhex(row['udp.payload']) for row in got],
          'other datagrams')
    # To tshark, what strangers say is nobody's.
    check(all('tftp' in row['frame.protocols']
              for row, step in zip(got, sent)
              if ends & {(step['from'], step['to']),
                         (step['to'], step['from'])}), 'not TFTP')


def try_scenario(cli, name, options):
    """The row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        steps, capture = run_scenario(cli, name, folder, options)
        check((b'CLIENT_' in capture.read_bytes()) ==
              ('--eavesdropper' not in options and any(
                  step['rule'] == 'tls.server-hello' for step in steps)),
              'other secrets')
        conversations = find_conversations(steps)
        streams = [one for one in conversations if one.stream]
        rows, followed = read_capture(capture, len(streams), folder)
    check_remarks(rows, steps)
    check_comments(rows, steps)
    for n, conversation in enumerate(streams):
        check_stream(n, conversation, rows, followed)
    check_datagrams(steps, rows)
    spoken = sorted(set().union(*(one.protocols for one in conversations)))
    secure = sum(bool(one.secure) for one in conversations)
    return (len(rows), ' '.join(spoken) or 'tcp',
            sum(bool(row['_ws.malformed']) and not promises_name(row)
                for row in rows),
            f'{secure} of {secure}' if secure else '–')


def talk_to_servers(live):
    """Other people's clients, with every kind of TLS; what must be seen."""
    ports = live.ports
    trust = ssl.create_default_context(cafile=str(live.ca))
    client = imaplib.IMAP4_SSL('localhost', ports['imaps'], ssl_context=trust)
    client.login('alex', 'portcall')
    client.select('INBOX')
    client.fetch('1:*', '(BODY.PEEK[])')
    client.logout()
    trust.maximum_version = ssl.TLSVersion.TLSv1_2
    client = poplib.POP3('localhost', ports['pop3'])
    client.stls(trust)
    client.user('alex')
    client.pass_('portcall')
    client.retr(1)
    client.quit()
    with smtplib.SMTP('localhost', ports['submission']) as client:
        client.starttls(context=trust)
        client.login('alex', 'portcall')
        client.sendmail('alex@example.test', ['robin@example.test'],
                        servers.MESSAGE * 20)
    return {'tls:imap': 'LOGIN alex', 'tls:pop': 'PASS portcall',
            'tls:smtp': 'FROM:<alex@'}


def try_live(cli):
    """A capture of `serve`: a section for each conversation."""
    with tempfile.TemporaryDirectory() as folder:
        capture = os.path.join(folder, 'live.pcapng')
        live = servers.Servers(cli, '--quiet', '--capture', capture)
        try:
            expected = talk_to_servers(live)
            status, complaints = live.end()
        finally:
            live.abandon()
        check((status, complaints) == (0, b''), status, complaints)
        rows, followed = read_capture(capture, len(expected), folder)
    # Python's clients end as they like.
    check_remarks(rows, [{'kind': 'reset'}])
    for protocols, word in expected.items():
        check(any(protocols in row['frame.protocols'] for row in rows),
              protocols, 'is not there')
        check(any(kind == 'tls' and word.encode() in b''.join(sides)
                  for (kind, _), sides in followed.items()),
              protocols, 'is not decrypted')
    return (len(rows), 'imap pop smtp tls',
            sum(bool(row['_ws.malformed']) for row in rows), '3 of 3')


def find_scenarios(cli):
    told = subprocess.run([cli, 'list', '--json'], capture_output=True,
                          text=True, check=True, timeout=servers.PATIENCE)
    return [row['id'] for row in json.loads(told.stdout)]


def main():
    cli, *names = sys.argv[1:]
    cases = [(name, ()) for name in names or find_scenarios(cli)]
    if not names:
        cases += [(name, ('--fault', fault)) for name, fault in FAULTS]
        cases += [(name, ('--eavesdropper',)) for name in OVERHEARD]
    status = 0
    line = '{:<30} {:>7}  {:<14} {:>9}  {}'
    print(line.format('scenario', 'packets', 'protocols', 'malformed',
                      'decrypted'))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(try_scenario, cli, *case) for case in cases]
        if not names:
            cases.append(('serve', ()))
            tries.append(pool.submit(try_live, cli))
        for (name, options), one in zip(cases, tries):
            try:
                print(line.format(name, *one.result()), *options)
            except Wrong as problem:
                print(f'{name} {" ".join(options)}: {problem}')
                status = 1
    sys.exit(status)


if __name__ == '__main__':
    main()
