#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mbsync keeps a Maildir and an account the same, both ways.

Usage: test-mbsync.py PORTCALL-CLI
"""
import re
import sys

sys.dont_write_bytecode = True
import mails
import servers

MBSYNC = servers.need('mbsync')
N_FOLDERS = 20
FLAGS = {rb'\Seen': 'S', rb'\Answered': 'R', rb'\Flagged': 'F',
         rb'\Draft': 'D', rb'\Deleted': 'T'}
ITEM = re.compile(rb'FLAGS \(([^)]*)\)')
NAME = re.compile(rb'\* LIST \(([^)]*)\) "/" (?:"(.*)"|(\S+))')

CONFIG = '''
FSync no

IMAPAccount account
Host localhost
Port {port}
User {user}
Pass portcall
AuthMechs LOGIN
{tls}

IMAPStore server
Account account

MaildirStore here
Path {path}/
Inbox {path}/INBOX
SubFolders Verbatim

Channel all
Far :server:
Near :here:
Patterns *
Create Both
Remove Both
Expunge Both
SyncState *
'''


def without_tuid(message):
    """mbsync finds its own uploads by a header field."""
    return re.sub(rb'^X-TUID: .*\r\n', b'', message, count=1, flags=re.M)


def list_names():
    names = ['INBOX', 'Sent', 'Drafts', 'Work/2026/May', 'Work/2026/June',
             'Gr\u00fc\u00dfe \u65e5\u672c', 'With blank', 'A & B']
    return names + [f'Box {n}' for n in range(len(names), N_FOLDERS)]


class Mbsync(servers.Case):
    security = servers.CLEAR
    n_messages = 1000

    def make_options(self):
        boxes = {name: range(1 + i, self.n_messages + 1, N_FOLDERS)
                 for i, name in enumerate(list_names())}
        return ['--world', str(mails.write_world(self.here, boxes))]

    def sync(self, user, path):
        path.mkdir(exist_ok=True)
        tls = {servers.CLEAR: 'SSLType None',
               servers.STARTTLS: 'SSLType STARTTLS',
               servers.IMPLICIT: 'SSLType IMAPS'}[self.security]
        if self.security != servers.CLEAR:
            tls += f'\nCertificateFile {self.servers.ca}'
        config = self.here / 'mbsyncrc'
        config.write_text(CONFIG.format(port=self.port('imap'), user=user,
                                        path=path, tls=tls))
        return servers.run(MBSYNC, '-c', config, 'all')

    # -- what is there, on each side -----------------------------------------

    def list_boxes(self, client):
        _, lines = client.list()
        return [line.split(b' "/" ')[1].decode() for line in lines
                if rb'\Noselect' not in line.split(b')')[0]]

    def read_server(self, user):
        """{mailbox: sorted (message, flags)}"""
        client = self.look(user)
        boxes = {}
        for name in self.list_boxes(client):
            client.select(name, readonly=True)
            _, data = client.fetch('1:*', '(FLAGS BODY.PEEK[])')
            boxes[name.strip('"')] = sorted(
                (without_tuid(item[1]), ''.join(sorted(
                    FLAGS[flag] for flag in ITEM.search(item[0])[1].split()
                    if flag in FLAGS)))
                for item in data if isinstance(item, tuple))
        client.logout()
        return boxes

    def read_maildir(self, path):
        boxes = {}
        for cur in path.rglob('cur'):
            box = cur.parent
            messages = []
            for file in (*cur.iterdir(), *(box / 'new').iterdir()):
                octets = file.read_bytes().replace(b'\n', b'\r\n')
                messages.append((without_tuid(octets),
                                 file.name.partition(':2,')[2]))
            boxes[str(box.relative_to(path))] = sorted(messages)
        return boxes

    def assert_same(self, user, path):
        there, here = self.read_server(user), self.read_maildir(path)
        self.assertEqual(sorted(there), sorted(here))
        for name, messages in there.items():
            self.assertEqual(len(messages), len(here[name]), name)
            for one, other in zip(messages, here[name]):
                self.assertEqual(one, other, name)
        return there

    # -- what changes ---------------------------------------------------------

    def change_server(self):
        client = self.look()
        client.select('"Box 8"')
        client.store('1:5', '+FLAGS', r'(\Flagged)')
        client.store('6', 'FLAGS', '()')
        client.store('7:10', '+FLAGS', r'(\Deleted)')
        client.expunge()
        client.append('Sent', r'(\Seen)', None, mails.make_message(2001))
        client.create('"New there/deep"')
        for number in range(2010, 2020):
            client.append('"New there/deep"', '', None,
                          mails.make_message(number))
        client.logout()

    def change_here(self, path):
        box = path / 'Box 9'
        files = sorted((box / 'cur').iterdir()) + sorted(
            (box / 'new').iterdir())
        for file in files[:5]:
            base = file.name.partition(':')[0]
            file.rename(box / 'cur' / f'{base}:2,FS')
        for file in files[5:12]:
            file.unlink()
        for name in ('Drafts', 'New here'):
            for part in ('tmp', 'new', 'cur'):
                (path / name / part).mkdir(parents=True, exist_ok=True)
            for number in range(2100, 2110):
                (path / name / 'new' / f'{number}.here').write_bytes(
                    mails.make_message(number).replace(b'\r\n', b'\n'))

    # -- whole sessions -------------------------------------------------------

    def test_both_ways(self):
        path = self.here / 'mail'
        self.sync('alex', path)
        there = self.assert_same('alex', path)
        self.assertEqual(len(there), N_FOLDERS)
        self.assertEqual(
            sorted(message for box in there.values() for message, _ in box),
            sorted(map(mails.make_message, range(1, self.n_messages + 1))))

        self.change_server()
        self.change_here(path)
        self.sync('alex', path)
        there = self.assert_same('alex', path)
        self.assertEqual(len(there), N_FOLDERS + 2)
        self.assertEqual(len(there['Box 8']), self.n_messages // N_FOLDERS - 4)
        self.assertEqual(len(there['Box 9']), self.n_messages // N_FOLDERS - 7)
        self.assertEqual(len(there['New there/deep']), 10)
        self.assertEqual(len(there['New here']), 10)
        flags = dict(there['Box 8'])
        for number in range(5):
            message = mails.make_message(9 + N_FOLDERS * number)
            self.assertIn('F', flags[message])

        # Nothing is left to do.
        before = self.read_server('alex')
        self.sync('alex', path)
        self.assertEqual(self.assert_same('alex', path), before)

        # Into an empty account, and back out of it.
        for state in path.rglob('.mbsyncstate*'):
            state.unlink()
        for state in path.rglob('.uidvalidity'):
            state.unlink()
        self.sync('robin', path)
        self.assertEqual(self.assert_same('robin', path), before)
        back = self.here / 'back'
        self.sync('robin', back)
        self.assertEqual(self.assert_same('robin', back), before)


class StartTls(Mbsync):
    security = servers.STARTTLS
    n_messages = 300


class Tls(Mbsync):
    security = servers.IMPLICIT
    n_messages = 300


if __name__ == '__main__':
    servers.main()
