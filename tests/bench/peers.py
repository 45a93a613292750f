#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our servers beside Dovecot and smtp-sink, in one run.

Usage: peers.py PORTCALL-CLI BENCH-LOAD [ROUNDS]

The same clients with the same messages, first at one, then at the other, and
so on; medians over the rounds.  Ours record and print all that they say, as
"portcall-cli serve" does.  Only what is installed is measured (smtp-source
and smtp-sink: Debian's postfix); with neither, status 77.  The peers run as
ordinary processes on free ports of 127.0.0.1, each with a folder of its own.
A ratio above 1 means that ours does more in a second.  Ours answers first and
records in the next pause: for how long it was still at work is told too.
"""
import json
import os
import pathlib
import pwd
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SKIP = 77
ALEX, ROBIN = 10000, 1000 # messages of each
BUDGET = 50 # seconds: no round begins that would not end before
OURS, PEER = 'portcall', 'peer'

# What bench-load does: name, job, service, TLS, asks, messages.
JOBS = (
    ('IMAP NOOP/s', 'imap-noop', 'imap', 0, 3000, ALEX),
    ('IMAP UID FETCH (FLAGS)/s', 'imap-flags', 'imap', 0, 3000, ALEX),
    ('IMAP UID FETCH (BODY.PEEK[])/s', 'imap-body', 'imap', 0, 2000, ALEX),
    ('IMAP FETCH 1:* (FLAGS)/s', 'imap-list', 'imap', 0, 4, ALEX),
    ('POP3 RETR/s', 'pop3-retr', 'pop3', 0, 2000, ROBIN),
    ('IMAP NOOP/s, TLS', 'imap-noop', 'imaps', 1, 2000, ALEX),
    ('IMAP UID FETCH (BODY.PEEK[])/s, TLS', 'imap-body', 'imaps', 1, 1000,
     ALEX),
    ('IMAP NOOP/s, 200 others idle', 'imap-idle', 'imap', 0, 1000, ALEX),
)
# What smtp-source does: name, messages, options.
LETTERS = (
    ('SMTP messages/s, one session each', 400, ()),
    ('SMTP messages/s, one session', 1000, ('-d',)),
)

DOVECOT = '''
base_dir = {dir}/run
log_path = {dir}/dovecot.log
protocols = imap pop3
listen = 127.0.0.1
ssl = {tls}
ssl_cert = <{dir}/cert.pem
ssl_key = <{dir}/key.pem
disable_plaintext_auth = no
auth_cache_size = 1M
mail_fsync = never
mail_max_userip_connections = 1000
default_internal_user = dovecot
default_internal_group = dovecot
default_login_user = dovecot
mail_location = maildir:{dir}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password=portcall
}}
userdb {{
  driver = static
  args = uid=dovecot gid=dovecot home={dir}/home/%u
}}
service imap-login {{
  chroot =
  service_count = 0
  client_limit = 1000
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service pop3-login {{
  chroot =
  service_count = 0
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
'''


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f'nothing listens on {port}')


def letter(number, lines):
    """The same octets for everybody: \n ends a line in mbox and Maildir."""
    body = ''.join(f'Line {line} of message {number}: the quick brown fox.\n'
                   for line in range(lines))
    return (f'From: Robin <robin@example.test>\n'
            f'To: Alex <alex@example.test>\n'
            f'Subject: Message number {number}\n'
            f'Date: Mon, 5 Jan 2026 10:{number % 60:02}:00 +0000\n'
            f'Message-ID: <m{number}@example.test>\n'
            f'MIME-Version: 1.0\n'
            f'Content-Type: text/plain; charset=us-ascii\n\n{body}')


def used(process):
    """Processor time that it has had, in clock ticks."""
    stat = pathlib.Path(f'/proc/{process.pid}/stat').read_text()
    return sum(int(word) for word in stat.rsplit(') ')[-1].split()[11:13])


class Process:
    def __init__(self, command, **options):
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL,
                                        **options)

    def settle(self):
        """Waits for what it does afterwards, and says how many ms that took;
        a tick has 10."""
        begin = last = time.monotonic()
        ticks = used(self.process)
        while time.monotonic() - last < 0.05:
            time.sleep(0.005)
            if used(self.process) != ticks:
                ticks, last = used(self.process), time.monotonic()
        return (last - begin) * 1000

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


class Portcall(Process):
    """With its transcript, as it is started by hand."""
    def __init__(self, cli, folder, boxes):
        world = {'format': 'portcall-world', 'format_version': 1,
                 'accounts': []}
        for user, letters in boxes.items():
            (folder / f'{user}.mbox').write_text(''.join(
                f'From robin@example.test Mon Jan  5 10:00:00 2026\n{text}\n'
                for text in letters))
            world['accounts'].append({
                'user': user, 'password': 'portcall',
                'mailboxes': [{'name': 'INBOX', 'mbox': f'{user}.mbox'}]})
        (folder / 'world.json').write_text(json.dumps(world))
        self.ports = {name: free_port()
                      for name in ('imap', 'imaps', 'pop3', 'smtp')}
        super().__init__(
            [cli, 'serve', '--world', str(folder / 'world.json'),
             *(f'--{name}={port}' for name, port in self.ports.items())],
            stdout=subprocess.DEVNULL)
        wait_for(self.ports['smtp'])


class Dovecot(Process):
    def __init__(self, folder, boxes):
        owner = pwd.getpwnam('dovecot')
        tls = self.make_certificate(folder)
        self.ports = {name: free_port()
                      for name in ('imap', 'imaps', 'pop3')}
        config = folder / 'dovecot.conf'
        config.write_text(DOVECOT.format(
            dir=folder, tls='yes' if tls else 'no', **self.ports))
        if not tls:
            del self.ports['imaps']
        (folder / 'home').mkdir()
        for user, letters in boxes.items():
            box = folder / 'mail' / user
            for name in ('cur', 'new', 'tmp'):
                (box / name).mkdir(parents=True)
            for number, text in enumerate(letters, 1):
                wide = len(text) + text.count('\n')
                name = f'{number + 1000000000}.M{number}.host,' \
                       f'S={len(text)},W={wide}:2,'
                (box / 'cur' / name).write_text(text)
        for path in (folder, *folder.rglob('*')):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        super().__init__(['/usr/sbin/dovecot', '-F', '-c', str(config)],
                         stdout=subprocess.DEVNULL)
        for port in self.ports.values():
            wait_for(port)

    @staticmethod
    def make_certificate(folder):
        for name in ('cert.pem', 'key.pem'):
            (folder / name).touch()
        if shutil.which('openssl') is None:
            print('skipped: TLS: openssl is not installed')
            return False
        subprocess.run(
            ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
             'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj',
             '/CN=localhost', '-keyout', folder / 'key.pem', '-out',
             folder / 'cert.pem'], check=True, capture_output=True)
        return True


class Sink(Process):
    def __init__(self, sink):
        self.ports = {'smtp': free_port()}
        user = ['-u', 'nobody'] if os.geteuid() == 0 else []
        super().__init__([sink, *user, f'127.0.0.1:{self.ports["smtp"]}',
                          '100'], stdout=subprocess.DEVNULL)
        wait_for(self.ports['smtp'])


def measure_load(load, job, server):
    _, name, service, secure, count, messages = job
    done = subprocess.run(
        [load, name, str(server.ports[service]), str(secure), str(count),
         str(messages)], check=True, stdout=subprocess.PIPE, timeout=60)
    return float(done.stdout.split()[0]), server.settle()


def measure_letters(source, job, server):
    _, count, options = job
    begin = time.monotonic()
    subprocess.run(
        [source, *options, '-m', str(count), '-s', '4', '-l', '4096', '-f',
         'robin@example.test', '-t', 'casey@example.test',
         f'127.0.0.1:{server.ports["smtp"]}'],
        check=True, capture_output=True, timeout=60)
    took = time.monotonic() - begin
    return count / took, server.settle()


def find_work(load, folder, boxes, servers):
    """(name, function, ours and the peer) of all that can be measured."""
    ours = servers[0]
    work = []
    source, sink = (shutil.which(name, path='/usr/sbin:/usr/bin')
                    for name in ('smtp-source', 'smtp-sink'))
    if source and sink:
        servers.append(Sink(sink))
        work += [(job[0], lambda at, job=job: measure_letters(source, job, at),
                  (ours, servers[-1])) for job in LETTERS]
    else:
        print('skipped: SMTP: smtp-source and smtp-sink are not installed')
    if shutil.which('dovecot', path='/usr/sbin') is None:
        print('skipped: IMAP and POP3: dovecot is not installed')
    elif os.geteuid() != 0:
        print('skipped: IMAP and POP3: dovecot must be started by root')
    else:
        (folder / 'dovecot').mkdir()
        servers.append(Dovecot(folder / 'dovecot', boxes))
        work += [(job[0], lambda at, job=job: measure_load(load, job, at),
                  (ours, servers[-1])) for job in JOBS
                 if job[2] in servers[-1].ports]
    return work


def print_table(found):
    print(f'{"":36} {OURS:>10} {PEER:>10} {"ratio":>6}  '
          f'transcript complete after')
    for name, rounds in found.items():
        ours, peer = (statistics.median(both[side][0] for both in rounds)
                      for side in (0, 1))
        late = statistics.median(both[0][1] for both in rounds)
        print(f'{name:36} {ours:10.1f} {peer:10.1f} {ours / peer:6.2f}  '
              f'{late:.0f} ms')


def main():
    cli, load = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    only = sys.argv[4] if len(sys.argv) > 4 else ''
    begin = time.monotonic()
    boxes = {'alex': [letter(n, 20) for n in range(1, ALEX + 1)],
             'robin': [letter(n, 80) for n in range(1, ROBIN + 1)],
             'casey': []} # who gets what smtp-source sends
    servers = []
    with tempfile.TemporaryDirectory(prefix='portcall-') as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        try:
            servers.append(Portcall(cli, folder, boxes))
            work = find_work(load, folder, boxes, servers)
            found = {}
            longest = 0
            for number in range(rounds):
                round_began = time.monotonic()
                if round_began - begin + longest > BUDGET:
                    break
                for name, measure, pair in work:
                    if only not in name:
                        continue
                    # By turns also within a round.
                    both = {at: measure(at) for at in
                            (pair if number % 2 == 0 else pair[::-1])}
                    found.setdefault(name, []).append(
                        [both[at] for at in pair])
                longest = max(longest, time.monotonic() - round_began)
        finally:
            for server in servers:
                server.end()
    if not found:
        print('skipped: no peer is installed')
        sys.exit(SKIP)
    print(f'{len(next(iter(found.values())))} rounds, '
          f'{time.monotonic() - begin:.0f} s')
    print_table(found)


main()
