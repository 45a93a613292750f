#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""msmtp hands mail in, with every login it knows.

Usage: test-msmtp.py PORTCALL-CLI
"""
import sys

sys.dont_write_bytecode = True
import mails
import servers

MSMTP = servers.need('msmtp')
NO_USER = 65 # what msmtp makes of any answer that it did not want
NO_PERMISSION = 77
# Without a date, msmtp writes one.
MESSAGE = b'Date: Mon, 1 Jun 2026 12:00:00 +0200\r\n' + servers.MESSAGE
MECHANISMS = 'plain', 'login', 'cram-md5', 'scram-sha-256'

CONFIG = '''
defaults
host localhost
domain pc.example.test
{tls}

account relay
port {smtp}

account submission
port {submission}
auth {auth}
user robin
password {password}
'''


class Msmtp(servers.Case):
    def send(self, content, *to, account='submission', auth='on',
             password='portcall', sender='robin@example.test', status=0,
             options=()):
        tls = {servers.CLEAR: 'tls off',
               servers.STARTTLS: 'tls on\ntls_starttls on',
               servers.IMPLICIT: 'tls on\ntls_starttls off'}[self.security]
        if self.security != servers.CLEAR:
            tls += f'\ntls_trust_file {self.servers.ca}'
        config = self.here / 'msmtprc'
        config.touch(0o600)
        config.write_text(CONFIG.format(
            tls=tls, smtp=self.ports['smtp'],
            submission=self.port('submission'), auth=auth,
            password=password))
        return servers.run(
            MSMTP, '-C', config, '-a', account, '-f', sender, *options, '--',
            *(to or ['alex@example.test']), status=status,
            input=content.replace(b'\r\n', b'\n'),
            env={'HOME': str(self.here), 'PATH': '/usr/bin:/bin'})

    def assert_arrived(self, content, *users):
        for user in users or ['alex']:
            self.assertEqual(servers.below_trace(self.newest(user)), content)

    def test_logins(self):
        for auth in MECHANISMS:
            with self.subTest(auth=auth):
                content = MESSAGE + auth.encode() + b'\r\n'
                self.send(content, auth=auth)
                self.assert_arrived(content)

    def test_wrong_logins(self):
        for auth in MECHANISMS:
            with self.subTest(auth=auth):
                self.send(MESSAGE, auth=auth, password='wrong',
                          status=NO_PERMISSION)

    def test_its_own_choice(self):
        self.send(MESSAGE)
        self.assert_arrived(MESSAGE)

    def test_all_kinds_of_mail(self):
        for number in range(mails.KINDS):
            content = mails.make_message(number)
            with self.subTest(number=number):
                self.send(content)
                self.assert_arrived(content)

    def test_two_recipients(self):
        self.send(MESSAGE, 'alex@example.test', 'robin@example.test')
        self.assert_arrived(MESSAGE, 'alex', 'robin')

    def test_notifications(self):
        """DSN: how the sender wants to hear of it (RFC 3461)."""
        for back in 'hdrs', 'full':
            before = self.read_mailbox(user='robin')
            self.send(MESSAGE, options=('--dsn-notify=never',
                                        f'--dsn-return={back}'))
            self.assert_arrived(MESSAGE)
            self.assertEqual(self.read_mailbox(user='robin'), before)
            self.send(MESSAGE, options=('--dsn-notify=success,failure',
                                        f'--dsn-return={back}'))
            self.assert_arrived(MESSAGE)
            for report in self.read_mailbox(user='robin')[len(before):]:
                self.assertIn(b'multipart/report', report)

    def test_refused_recipient(self):
        before = self.read_mailbox()
        self.send(MESSAGE, 'alex@example.test', 'nobody@example.test',
                  status=NO_USER)
        self.assertEqual(self.read_mailbox(), before)

    def test_refused_without_login(self):
        told = self.send(MESSAGE, auth='off', status=NO_USER)
        self.assertIn(b'530', told)

    def test_serverinfo(self):
        told = servers.run(MSMTP, '--serverinfo', '--host=localhost',
                           f'--port={self.ports["submission"]}')
        for word in b'SIZE', b'PIPELINING', b'AUTH':
            self.assertIn(word, told)


class Relay(Msmtp):
    """From server to server there is no login, and no TLS at once."""

    def send(self, content, *to, **options):
        return super().send(content, *to, account='relay', **options)

    test_wrong_logins = None
    test_logins = test_its_own_choice = test_refused_without_login = None
    test_serverinfo = None

    def test_null_sender(self):
        self.send(MESSAGE, sender='')
        self.assert_arrived(MESSAGE)
        self.assertTrue(self.newest().startswith(b'Return-Path: <>\r\n'))


class RelayStartTls(Relay):
    security = servers.STARTTLS


class StartTls(Msmtp):
    security = servers.STARTTLS
    test_wrong_logins = None # they take their time


class Tls(Msmtp):
    security = servers.IMPLICIT
    test_wrong_logins = None


if __name__ == '__main__':
    servers.main()
