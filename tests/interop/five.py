#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Five programs at the same time: curl, swaks, tftp-hpa, mbsync and imaplib,
each with one conversation, and with words that no other one says.

Usage: five.py FOLDER SERVICE=PORT…

FOLDER becomes the scratch folder.  Ends with 77 where a program is missing.
The servers have the usual accounts; TFTP takes files, or has boot.cfg.
"""
import imaplib
import pathlib
import shutil
import subprocess
import sys
import threading

PATIENCE = 60
SKIP = 77
TOOLS = ('curl', 'swaks', 'tftp', 'mbsync')
# Of each: its protocol, and what only it says.
WORDS = {
    'curl': ('POP3', b'RETR 1'),
    'swaks': ('SMTP', b'only-swaks@client.test'),
    'tftp': ('TFTP', b'switch1.cfg'),
    'mbsync': ('IMAP', b'LOGIN "robin"'),
    'imaplib': ('IMAP', b'only-imaplib'),
}
SYNC = '''
FSync no

IMAPStore server
Host 127.0.0.1
Port {port}
User robin
Pass portcall
AuthMechs LOGIN
SSLType None

MaildirStore here
Path {path}/
Inbox {path}/INBOX
SubFolders Verbatim

Channel all
Far :server:
Near :here:
Patterns INBOX
Create Near
SyncState *
'''


def call(*command, cwd):
    result = subprocess.run(list(map(str, command)), cwd=cwd, check=False,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            timeout=PATIENCE,
                            env={'HOME': str(cwd), 'PATH': '/usr/bin:/bin'})
    if result.returncode != 0:
        raise AssertionError((command, result.returncode, result.stdout))
    return result.stdout


class Five:
    def __init__(self, here, ports):
        self.here = pathlib.Path(here)
        self.ports = ports
        self.start = threading.Barrier(len(WORDS))
        self.others = len(WORDS) - 1
        self.over = threading.Semaphore(0)
        self.failed = []

    def curl(self):
        told = call('curl', '-s', '-u', 'alex:portcall',
                    f'pop3://127.0.0.1:{self.ports["pop3"]}/1', cwd=self.here)
        assert b'Subject: ' in told, told

    def swaks(self):
        call('swaks', '--server', '127.0.0.1', '--port', self.ports['smtp'],
             '--helo', 'client.test', '--from', 'only-swaks@client.test',
             '--to', 'alex@example.test', '--timeout', 20, cwd=self.here)

    def tftp(self):
        call('tftp', '127.0.0.1', self.ports['tftp'], '-m', 'octet', '-c',
             'get', 'switch1.cfg', 'got.cfg', cwd=self.here)
        assert (self.here / 'got.cfg').stat().st_size > 0

    def mbsync(self):
        path = self.here / 'mail'
        path.mkdir()
        config = self.here / 'mbsyncrc'
        config.write_text(SYNC.format(port=self.ports['imap'], path=path))
        call('mbsync', '-c', config, 'all', cwd=self.here)

    def imaplib(self):
        """There first, and the last to leave."""
        client = imaplib.IMAP4('127.0.0.1', self.ports['imap'],
                               timeout=PATIENCE)
        client.login('alex', 'portcall')
        self.start.wait(PATIENCE)
        client.create('only-imaplib')
        for _ in range(self.others):
            assert self.over.acquire(timeout=2 * PATIENCE)
            client.noop()
        client.logout()

    def be(self, name):
        try:
            if name != 'imaplib':
                self.start.wait(PATIENCE)
            getattr(self, name)()
        except BaseException as error: # pylint: disable=broad-except
            self.failed.append((name, error))
        self.over.release()

    def run(self):
        """What went wrong: (program, error)…"""
        threads = [threading.Thread(target=self.be, args=(name,))
                   for name in WORDS]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.failed


def find_missing():
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def main(here, *services):
    missing = find_missing()
    if missing:
        print('skipped:', ', '.join(missing), 'not installed')
        return SKIP
    ports = dict(service.split('=') for service in services)
    failed = Five(here, ports).run()
    for name, error in failed:
        print(name, error)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
