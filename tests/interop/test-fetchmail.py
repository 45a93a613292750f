#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fetchmail takes mail home by IMAP and POP3, leaving it or not.

Usage: test-fetchmail.py PORTCALL-CLI
"""
import sys

sys.dont_write_bytecode = True
import servers

FETCHMAIL = servers.need('fetchmail')
NO_MAIL = 1
AUTH_FAILED = 3
MORE_LEFT = 13
LOGINS = (('APOP', ''), ('POP3', 'auth password'), ('POP3', 'auth cram-md5'),
          ('IMAP', 'auth password'), ('IMAP', 'auth cram-md5'))

CONFIG = '''
set no bouncemail
set no syslog
set invisible
set idfile "{here}/ids"
poll localhost protocol {protocol} port {port} {server}
  user "{user}" password "{password}" {options} {tls}
  no rewrite
  mda "cat >$(mktemp {here}/mail/XXXXXX)"
'''


class Fetchmail(servers.Case):
    def fetch(self, protocol, options='no keep', server='', status=0,
              user='alex', password='portcall'):
        """Runs fetchmail; what it delivered, in no order."""
        tls = {servers.CLEAR: "sslproto ''",
               servers.STARTTLS: "sslproto 'TLS1.2+' sslcertck",
               servers.IMPLICIT: 'ssl sslcertck'}[self.security]
        if self.security != servers.CLEAR:
            tls += f' sslcertfile "{self.servers.ca}"'
        service = 'imap' if protocol == 'IMAP' else 'pop3'
        folder = self.here / 'mail'
        folder.mkdir(exist_ok=True)
        config = self.here / 'fetchmailrc'
        config.touch(0o600)
        config.write_text(CONFIG.format(
            here=self.here, protocol=protocol, port=self.port(service),
            user=user, password=password, options=options, server=server,
            tls=tls))
        servers.run(FETCHMAIL, '--nodetach', '-vv', '-f', config,
                    status=status, env={'FETCHMAILHOME': str(self.here),
                                        'HOME': str(self.here),
                                        'PATH': '/usr/bin:/bin'})
        mails = []
        for path in folder.iterdir():
            mails.append(path.read_bytes().replace(b'\n', b'\r\n'))
            path.unlink()
        return sorted(mails)

    def test_takes_all(self):
        for protocol in 'IMAP', 'POP3':
            with self.subTest(protocol=protocol):
                user = {'IMAP': 'alex', 'POP3': 'robin'}[protocol]
                before = sorted(self.read_mailbox(user=user))
                self.assertGreater(len(before), 0)
                self.assertEqual(self.fetch(protocol, 'no keep fetchall',
                                            user=user), before)
                self.assertEqual(self.read_mailbox(user=user), [])
                self.assertEqual(self.fetch(protocol, user=user,
                                            status=NO_MAIL), [])

    def test_imap_keeps(self):
        before = self.read_mailbox()
        client = self.look()
        client.select('INBOX', readonly=True)
        unseen = [int(n) - 1
                  for n in client.search(None, 'UNSEEN')[1][0].split()]
        client.logout()
        self.assertEqual(self.fetch('IMAP', 'keep'),
                         sorted(before[n] for n in unseen))
        self.assertEqual(self.fetch('IMAP', 'keep', status=NO_MAIL), [])
        self.assertEqual(self.fetch('IMAP', 'keep fetchall'), sorted(before))
        self.assertEqual(self.read_mailbox(), before)

    def test_imap_folder(self):
        sent = self.read_mailbox('Sent')
        self.assertGreater(len(sent), 0)
        self.assertEqual(self.fetch('IMAP', 'keep fetchall folder Sent'),
                         sorted(sent))

    def test_pop3_keeps(self):
        """With UIDL, what was fetched once is not fetched again."""
        before = self.read_mailbox()
        self.assertEqual(self.fetch('POP3', 'keep', 'uidl'), sorted(before))
        self.assertEqual(self.fetch('POP3', 'keep', 'uidl', status=NO_MAIL),
                         [])
        client = self.look()
        client.append('INBOX', '', None, servers.MESSAGE)
        client.logout()
        self.assertEqual(self.fetch('POP3', 'keep', 'uidl'),
                         [servers.MESSAGE])
        self.assertEqual(self.read_mailbox(), before + [servers.MESSAGE])
        # And in the end it all goes.
        self.fetch('POP3', 'no keep flush', 'uidl', status=NO_MAIL)
        self.assertEqual(self.read_mailbox(), [])

    def test_logins(self):
        before = sorted(self.read_mailbox())
        for protocol, server in LOGINS:
            with self.subTest(protocol=protocol, server=server):
                self.assertEqual(
                    self.fetch(protocol, 'keep fetchall', server), before)

    def test_wrong_logins(self):
        for protocol, server in LOGINS:
            with self.subTest(protocol=protocol, server=server):
                self.assertEqual(
                    self.fetch(protocol, 'keep fetchall', server,
                               password='wrong', status=AUTH_FAILED), [])

    def test_limits(self):
        """Only some at a time, and no long ones."""
        before = self.read_mailbox()
        limit = sorted(map(len, before))[len(before) // 2]
        for protocol in 'POP3', 'IMAP':
            with self.subTest(protocol=protocol):
                small = sorted(m for m in before if len(m) <= limit)
                self.assertEqual(
                    self.fetch(protocol, f'keep fetchall limit {limit}'),
                    small)
        self.assertEqual(
            self.fetch('POP3', 'no keep fetchall fetchlimit 2',
                       status=MORE_LEFT), sorted(before[:2]))
        self.assertEqual(self.read_mailbox(), before[2:])


class StartTls(Fetchmail):
    security = servers.STARTTLS
    test_wrong_logins = None # they take their time


class Tls(Fetchmail):
    security = servers.IMPLICIT
    test_wrong_logins = None


if __name__ == '__main__':
    servers.main()
