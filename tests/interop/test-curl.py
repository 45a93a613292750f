#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""curl reads mail by IMAP and POP3, hands it in by SMTP, and moves files by
TFTP.

Usage: test-curl.py PORTCALL-CLI
"""
import subprocess
import sys

sys.dont_write_bytecode = True
import servers

CURL = servers.need('curl')
OPENSSL = servers.need('openssl')
LOGIN_DENIED = 67
SELECT_FAILED = 67
QUOTE_FAILED = 21
TFTP_NOT_FOUND = 68
TFTP_EXISTS = 73
SEND_FAILED = 55
WEIRD_REPLY = 8
UNKNOWN_AUTHORITY = 60
WRONG_NAME = 60


def curl(*args, status=0):
    result = subprocess.run([CURL, '-sS', '--max-time', '30', *args],
                            capture_output=True, timeout=servers.PATIENCE)
    assert result.returncode == status, (args, result)
    return result.stdout


class Mail(servers.Case):
    """What curl does with mail, with any security."""

    def url(self, scheme, service, path=''):
        implicit = self.security == servers.IMPLICIT
        return (f'{scheme}{"s" if implicit else ""}://localhost:'
                f'{self.port(service)}/{path}')

    def trust(self):
        if self.security == servers.CLEAR:
            return []
        return ['--ssl-reqd', '--cacert', str(self.servers.ca)]

    def imap(self, path, *args, user='alex:portcall', **options):
        return curl(self.url('imap', 'imap', path), '-u', user, *self.trust(),
                    *args, **options)

    def pop3(self, path, *args, user='alex:portcall', **options):
        return curl(self.url('pop3', 'pop3', path), '-u', user, *self.trust(),
                    *args, **options)

    def smtp(self, content, *args, service='smtp', to='alex@example.test',
             **options):
        path = self.here / 'mail'
        path.write_bytes(content)
        if self.security == servers.IMPLICIT and service == 'smtp':
            service = 'submission' # port 25 has no TLS at once
            args = ('-u', 'robin:portcall', *args)
        return curl(self.url('smtp', service, 'pc.example.test'),
                    '--mail-from', 'robin@example.test', '--mail-rcpt', to,
                    '-T', str(path), *self.trust(), *args, **options)

    def count(self):
        return len(self.pop3('').splitlines())

    def newest(self):
        """The mail of alex that came last."""
        line = self.imap('', '-X', 'STATUS INBOX (UIDNEXT)')
        uid = int(line.split(b'UIDNEXT')[1].split(b')')[0]) - 1
        return self.imap(f'INBOX;UID={uid}')

    # -- IMAP -------------------------------------------------------------

    def test_imap_list(self):
        lines = self.imap('').split(b'\r\n')
        self.assertTrue(any(line.startswith(b'* LIST') and
                            line.endswith(b'INBOX') for line in lines))

    def test_imap_fetch(self):
        message = self.imap('INBOX;UID=1')
        header = self.imap('INBOX;UID=1;SECTION=HEADER')
        text = self.imap('INBOX;UID=1;SECTION=TEXT')
        self.assertTrue(header.endswith(b'\r\n\r\n'))
        self.assertGreater(len(text), 0)
        self.assertEqual(message, header + text)
        self.assertEqual(self.imap('INBOX;MAILINDEX=1'), message)

    def test_imap_agrees_with_pop3(self):
        self.assertEqual(self.imap('INBOX;MAILINDEX=1'), self.pop3('1'))

    def test_imap_custom(self):
        self.assertIn(b'EXISTS', self.imap('', '-X', 'EXAMINE INBOX'))
        self.imap('', '-X', 'NONSENSE', status=QUOTE_FAILED)

    def test_imap_wrong_password(self):
        self.imap('', user='alex:wrong', status=LOGIN_DENIED)
        self.imap('', user='nobody:portcall', status=LOGIN_DENIED)

    def test_imap_mechanisms(self):
        for name in 'PLAIN', 'LOGIN', 'CRAM-MD5':
            for more in (), ('--sasl-ir',):
                options = ('--login-options', f'AUTH={name}', *more)
                self.assertIn(b'EXISTS', self.imap(
                    '', '-X', 'EXAMINE INBOX', *options))
                self.imap('', *options, user='alex:wrong',
                          status=LOGIN_DENIED)

    def test_imap_no_such_mailbox(self):
        self.imap('Nowhere;UID=1', status=SELECT_FAILED)

    # -- POP3 -------------------------------------------------------------

    def test_pop3_list(self):
        lines = self.pop3('').split(b'\r\n')
        numbers = [int(line.split()[0]) for line in lines if line]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertGreater(len(numbers), 0)

    def test_pop3_retr(self):
        size = int(self.pop3('').split()[1])
        self.assertEqual(len(self.pop3('1')), size)

    def test_pop3_uidl_and_top(self):
        uids = self.pop3('', '-X', 'UIDL').split(b'\r\n')
        self.assertEqual(len(uids) - 1, self.count())
        self.assertIn(b'Subject', self.pop3('', '-X', 'TOP 1 0'))

    def test_pop3_delete(self):
        before = self.count()
        self.pop3('1', '-X', 'DELE', '-I')
        self.assertEqual(self.count(), before - 1)

    def test_pop3_wrong_password(self):
        self.pop3('', user='alex:wrong', status=LOGIN_DENIED)

    # -- SMTP -------------------------------------------------------------

    def test_smtp_network_lines(self):
        self.smtp(servers.MESSAGE)
        self.assertEqual(servers.below_trace(self.newest()), servers.MESSAGE)

    def test_smtp_unix_lines(self):
        """curl sends such a file as it is, and then a line end."""
        content = servers.MESSAGE.replace(b'\r\n.\r\n', b'\r\n')
        self.smtp(content.replace(b'\r\n', b'\n'))
        self.assertEqual(servers.below_trace(self.newest()),
                         content + b'\r\n')

    def test_smtp_unix_lines_made_right(self):
        content = servers.MESSAGE.replace(b'\r\n.\r\n', b'\r\n')
        self.smtp(content.replace(b'\r\n', b'\n'), '--crlf')
        stored = servers.below_trace(self.newest())
        # Some versions of curl do not see that the last line has its end.
        self.assertIn(stored, (content, content + b'\r\n'))

    def test_smtp_false_end(self):
        """A dot between two LF: not an end, and not taken."""
        before = self.count()
        self.smtp(servers.MESSAGE.replace(b'\r\n', b'\n'),
                  status=WEIRD_REPLY)
        self.assertEqual(self.count(), before)

    def test_smtp_login(self):
        for mechanism in 'AUTH=PLAIN', 'AUTH=LOGIN':
            self.smtp(servers.MESSAGE, '-u', 'robin:portcall',
                      '--login-options', mechanism, service='submission')
            self.assertEqual(servers.below_trace(self.newest()),
                             servers.MESSAGE)
        self.smtp(servers.MESSAGE, '-u', 'robin:wrong', service='submission',
                  status=LOGIN_DENIED)

    def test_smtp_refused(self):
        # Who has logged in, as on 465, may write to anybody.
        if self.security != servers.IMPLICIT:
            self.smtp(servers.MESSAGE, to='somebody@else.test',
                      status=SEND_FAILED)
        self.smtp(servers.MESSAGE, service='submission', status=SEND_FAILED)
        self.smtp(servers.MESSAGE, to='nobody@example.test',
                  status=SEND_FAILED)

    def test_smtp_large(self):
        line = b'0123456789abcdef' * 60 + b'\r\n'
        content = servers.MESSAGE + line * 2000
        self.smtp(content)
        self.assertEqual(servers.below_trace(self.newest()), content)
        self.assertEqual(servers.below_trace(self.pop3(str(self.count()))),
                         content)


class StartTls(Mail):
    security = servers.STARTTLS
    test_imap_wrong_password = None # it takes its time


class Tls(Mail):
    security = servers.IMPLICIT
    test_smtp_refused = None # who has logged in may send anywhere
    test_imap_wrong_password = None

    def test_trust(self):
        """The name and the authority must be right."""
        # The system may have no authorities at all; this is one of no use.
        other = str(self.here / 'other.pem')
        subprocess.run([OPENSSL, 'req', '-x509', '-newkey', 'ed25519',
                        '-nodes', '-subj', '/CN=Another authority', '-keyout',
                        str(self.here / 'other.key'), '-out', other],
                       capture_output=True, check=True,
                       timeout=servers.PATIENCE)
        for url in (self.url('imap', 'imap'), self.url('pop3', 'pop3'),
                    self.url('smtp', 'submission')):
            curl(url, '--ssl-reqd', '--cacert', other,
                 status=UNKNOWN_AUTHORITY)
            port = url.split(':')[2].strip('/')
            curl(url.replace('localhost', 'bank.example'), '--resolve',
                 f'bank.example:{port}:127.0.0.1', *self.trust(),
                 status=WRONG_NAME)
            curl(url.replace('localhost', 'mail.example.test'), '--resolve',
                 f'mail.example.test:{port}:127.0.0.1', '-u',
                 'alex:portcall', *self.trust())


class Tftp(servers.Case):
    def tftp(self, name, *args, **options):
        return curl(f'tftp://127.0.0.1:{self.ports["tftp"]}/{name}', *args,
                    **options)

    def test_tftp(self):
        for size in 0, 1, 511, 512, 513, 1024 * 1024:
            name = f'file-{size}'
            path = self.here / name
            path.write_bytes(servers.make_octets(size))
            self.tftp(name, '-T', str(path))
            self.assertEqual((self.servers.folder / name).read_bytes(),
                             path.read_bytes())
            self.assertEqual(self.tftp(name), path.read_bytes())

    def test_tftp_block_size(self):
        octets = servers.make_octets(100000)
        (self.servers.folder / 'big').write_bytes(octets)
        for size in '8', '512', '1428', '65464':
            self.assertEqual(self.tftp('big', '--tftp-blksize', size),
                             octets)
        self.assertEqual(self.tftp('big', '--tftp-no-options'), octets)

    def test_tftp_refused(self):
        self.tftp('nosuch', status=TFTP_NOT_FOUND)
        (self.here / 'x').write_bytes(b'x')
        self.tftp('x', '-T', str(self.here / 'x'))
        self.tftp('x', '-T', str(self.here / 'x'), status=TFTP_EXISTS)


if __name__ == '__main__':
    servers.main()
