#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mutt on a terminal: reads, flags, copies, deletes by IMAP and POP3, and
sends by SMTP.

Usage: test-mutt.py PORTCALL-CLI
"""
import contextlib
import email
import email.policy
import mailbox
import shutil
import sys

sys.dont_write_bytecode = True
import servers

MUTT = shutil.which('mutt') or servers.need('neomutt')

CONFIG = '''
set from="alex@example.test"
set realname="Alex Moreau"
set use_from=yes
set hostname="phone.example.test"
set imap_pass="portcall"
set pop_pass="portcall"
set smtp_pass="portcall"
set folder="imap://alex@localhost:{imap}/"
set spoolfile="+INBOX"
set record="+Sent"
set postponed=""
set mbox="{here}/mbox"
set mbox_type=mbox
set tmpdir="{here}"
set certificate_file="{here}/certificates"
set pipe_decode=no
set confirmappend=no
set confirmcreate=no
set delete=yes
set quit=yes
set move=no
set pop_delete=no
set wait_key=no
set sleep_time=0
set pager_stop=yes
set smtp_url="{scheme}://alex@localhost:{submission}/"
{tls}
{more}
'''


class Mutt(servers.Case):
    def make_config(self, more=''):
        secure = self.security != servers.CLEAR
        here = str(self.here)
        path = self.here / 'muttrc'
        tls = ('set ssl_starttls=yes\nset ssl_force_tls=yes\n'
               f'set ssl_ca_certificates_file="{self.servers.ca}"\n'
               if secure else
               'set ssl_starttls=no\nset ssl_force_tls=no\n')
        implicit = self.security == servers.IMPLICIT
        text = CONFIG.format(
            here=here, imap=self.port('imap'),
            submission=self.port('submission'), tls=tls, more=more,
            scheme='smtps' if implicit else 'smtp')
        if implicit:
            text = text.replace('imap://', 'imaps://')
        path.write_text(text)
        return path

    def url(self, service, path='', user='alex'):
        end = 's' if self.security == servers.IMPLICIT else ''
        return (f'{service.replace("pop3", "pop")}{end}://{user}@localhost:'
                f'{self.port(service)}/{path}')

    def mutt(self, url, *keys, more=''):
        """A session at the terminal: the keys, then the end."""
        config = self.make_config(more)
        status, screen = servers.run_on_terminal(
            MUTT, '-n', '-F', config, '-f', url, '-e',
            f'push "{"".join(keys)}<quit>"',
            env={'TERM': 'vt100', 'HOME': str(self.here)}, patience=30)
        self.assertEqual(status, 0, screen[-3000:])
        return screen

    def keep(self, name):
        """The keys that put the message under the cursor into a file."""
        return f"<pipe-message>cat >'{self.here}/{name}'<enter>"

    def kept(self, name):
        return (self.here / name).read_bytes().replace(b'\n', b'\r\n')

    def send(self, to, body, *files, subject='From mutt', more='',
             status=0):
        attach = ['-a', *files, '--'] if files else ['--']
        return servers.run(
            MUTT, '-n', '-F', self.make_config(more), '-s', subject, *attach,
            *to, input=body, status=status,
            env={'HOME': str(self.here), 'LC_ALL': 'C.UTF-8',
                 'PATH': '/usr/bin:/bin'})

    # -- IMAP -----------------------------------------------------------------

    def test_imap_session(self):
        before = self.read_mailbox()
        self.mutt(self.url('imap', 'INBOX'),
                  '<first-entry>', self.keep('one'), '<display-message>',
                  '<exit>', '<first-entry><next-entry>', self.keep('two'),
                  '<flag-message>',
                  '<first-entry><copy-message>+Sent<enter>',
                  '<first-entry><next-entry><next-entry><delete-message>',
                  '<sync-mailbox>')
        self.assertEqual(self.kept('one'), before[0])
        self.assertEqual(self.kept('two'), before[1])
        after = self.read_mailbox()
        self.assertEqual(after, before[:2] + before[3:])
        self.assertEqual(self.read_mailbox('Sent')[-1], before[0])
        client = self.look()
        client.select('INBOX', readonly=True)
        self.assertEqual(client.search(None, 'FLAGGED', '2')[1], [b'2'])
        self.assertEqual(client.search(None, 'SEEN', '1')[1], [b'1'])

    def test_imap_all_read(self):
        count = len(self.read_mailbox())
        keys = ''.join(f'{self.keep(str(n))}<next-entry>'
                       for n in range(count))
        self.mutt(self.url('imap', 'INBOX'), '<first-entry>', keys)
        self.assertEqual([self.kept(str(n)) for n in range(count)],
                         self.read_mailbox())

    def test_imap_search_and_boxes(self):
        """Body search by the server, a new mailbox, a move into it."""
        before = self.read_mailbox()
        self.mutt(self.url('imap', 'INBOX'),
                  "<tag-pattern>=b harbour<enter>",
                  '<tag-prefix><save-message>+Lunch/2026<enter>',
                  '<sync-mailbox>',
                  '<change-folder>+Lunch/2026<enter>', self.keep('moved'))
        moved = self.read_mailbox('Lunch/2026')
        self.assertTrue(moved)
        self.assertTrue(all(b'harbour' in message for message in moved))
        self.assertEqual(sorted(moved + self.read_mailbox()), sorted(before))
        self.assertIn(self.kept('moved'), moved)

    def test_imap_authenticators(self):
        for name in 'login', 'plain', 'cram-md5', 'scram-sha-256':
            with self.subTest(name=name):
                self.mutt(self.url('imap', 'INBOX'),
                          '<first-entry>', self.keep(name),
                          more=f'set imap_authenticators="{name}"')
                self.assertEqual(self.kept(name), self.read_mailbox()[0])

    def test_imap_settings(self):
        """What mutt does only when it is told to."""
        more = ('set imap_condstore=yes\nset imap_qresync=yes\n'
                'set imap_deflate=yes\nset imap_idle=yes\n'
                f'set header_cache="{self.here}/cache"\n'
                'set imap_check_subscribed=yes\nset imap_list_subscribed=yes')
        before = self.read_mailbox()
        for _ in range(2):
            self.mutt(self.url('imap', 'INBOX'), '<last-entry>',
                      self.keep('x'), '<toggle-new><sync-mailbox>', more=more)
            self.assertEqual(self.kept('x'), before[-1])

    # -- POP3 -----------------------------------------------------------------

    def test_pop3_session(self):
        before = self.read_mailbox()
        self.mutt(self.url('pop3'), '<first-entry>', self.keep('one'),
                  '<next-entry>', self.keep('two'), '<delete-message>',
                  '<sync-mailbox>')
        self.assertEqual(self.kept('one').rstrip(), before[0].rstrip())
        self.assertEqual(self.kept('two').rstrip(), before[1].rstrip())
        self.assertEqual(self.read_mailbox(), before[:1] + before[2:])

    def test_pop3_authenticators(self):
        before = self.read_mailbox()
        for name in 'user', 'apop', 'plain', 'cram-md5', 'scram-sha-256':
            with self.subTest(name=name):
                self.mutt(self.url('pop3'), '<first-entry>', self.keep(name),
                          more=f'set pop_authenticators="{name}"')
                self.assertEqual(self.kept(name).rstrip(), before[0].rstrip())

    def test_pop3_fetch(self):
        before = self.read_mailbox()
        (self.here / 'spool').touch()
        self.mutt(self.here / 'spool', '<fetch-mail>',
                  more=f'set pop_host="{self.url("pop3")}"\n'
                       'set pop_delete=yes\n'
                       f'set spoolfile="{self.here}/spool"')
        with contextlib.closing(mailbox.mbox(self.here / 'spool')) as spool:
            self.assertEqual(len(spool), len(before))
        self.assertEqual(self.read_mailbox(), [])

    # -- SMTP -----------------------------------------------------------------

    def test_send(self):
        attachment = self.here / 'data.bin'
        attachment.write_bytes(servers.make_octets(20000))
        body = 'Gr\u00fc\u00dfe\n.\n..\nFrom here on\n' + 'x' * 1200 + '\n'
        self.send(['robin@example.test', 'alex@example.test'], body.encode(),
                  attachment, subject='A file \u2014 for you')
        for user in 'alex', 'robin':
            message = email.message_from_bytes(
                self.newest(user=user), policy=email.policy.default)
            self.assertEqual(message['Subject'], 'A file \u2014 for you')
            text, data = message.iter_parts()
            self.assertEqual(text.get_content().replace('\r\n', '\n'), body)
            self.assertEqual(data.get_content(), attachment.read_bytes())
        # The copy is what was sent, but for what mutt notes in it.
        sent = email.message_from_bytes(self.newest(mailbox='Sent'),
                                        policy=email.policy.default)
        self.assertEqual(sent['Message-ID'], message['Message-ID'])
        self.assertEqual(sent.get_payload()[1].get_content(),
                         attachment.read_bytes())

    def test_send_authenticators(self):
        for name in 'login', 'plain', 'cram-md5', 'scram-sha-256':
            with self.subTest(name=name):
                self.send(['robin@example.test'], b'hello\n', subject=name,
                          more=f'set smtp_authenticators="{name}"')
                self.assertIn(b'Subject: ' + name.encode(),
                              self.newest(user='robin'))

    def test_send_8bit(self):
        """mutt says so when a body has octets above 127."""
        self.send(['robin@example.test'], 'Gr\u00fc\u00dfe\n'.encode(),
                  more='set send_charset=utf-8\nset use_8bitmime=yes')
        self.assertTrue(self.newest('robin').endswith(
            'Gr\u00fc\u00dfe\r\n'.encode()))
        if self.security == servers.CLEAR:
            self.assertIn(b'BODY=8BITMIME', b''.join(self.servers.transcript))

    def test_send_refused(self):
        before = self.read_mailbox(user='robin')
        self.send(['robin@example.test', 'nobody@example.test'], b'x\n',
                  status=1)
        self.send(['robin@example.test'], b'x\n', status=1,
                  more='set smtp_pass="wrong"')
        self.assertEqual(self.read_mailbox(user='robin'), before)


class StartTls(Mutt):
    security = servers.STARTTLS


class Tls(Mutt):
    security = servers.IMPLICIT


if __name__ == '__main__':
    servers.main()
