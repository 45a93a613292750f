#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""openssl s_client looks into the TLS of our servers, and talks through it.

Usage: test-openssl.py PORTCALL-CLI
"""
import re
import subprocess
import sys

sys.dont_write_bytecode = True
import servers

OPENSSL = servers.need('openssl')
# Service: the word of -starttls, what is said, what comes back.
TALKS = {
    'imap': ('imap', b'a LOGIN alex portcall\na SELECT INBOX\na LOGOUT\n',
             rb'\* \d+ EXISTS.*a OK .*\* BYE'),
    'pop3': ('pop3', b'USER alex\nPASS portcall\nSTAT\nQUIT\n',
             rb'\+OK .*\+OK \d+ \d+\r?\n\+OK'),
    'submission': ('smtp', b'EHLO pc.example.test\nNOOP\nQUIT\n',
                   rb'250-mail\.example\.test.*250 .*221 '),
}


class OpenSsl(servers.Case):
    security = servers.IMPLICIT

    def s_client(self, service, *options, talk=b'', name='localhost',
                 trust=True, host='localhost', may_fail=False):
        """The status, and all that s_client and the server said."""
        command = [OPENSSL, 's_client', '-connect',
                   f'{host}:{self.port(service)}', '-crlf', '-ign_eof',
                   '-verify_return_error', '-no-CApath', '-no-CAstore']
        if trust:
            command += ['-CAfile', self.servers.ca]
        if name is not None:
            command += ['-verify_hostname', name, '-servername', name]
        if self.security == servers.STARTTLS:
            command += ['-starttls', TALKS[service][0]]
        result = subprocess.run(
            [*map(str, command), *options], input=talk, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=servers.PATIENCE)
        if not may_fail:
            self.assertEqual(result.returncode, 0, result)
        return result.returncode, result.stdout

    def test_talks(self):
        for service, (_, talk, answer) in TALKS.items():
            for version in '-tls1_2', '-tls1_3':
                with self.subTest(service=service, version=version):
                    _, told = self.s_client(service, version, talk=talk)
                    self.assertIn(b'Verification: OK', told)
                    self.assertRegex(told, re.compile(answer, re.S))

    def test_names(self):
        talk = TALKS['imap'][1]
        for name in 'localhost', 'mail.example.test':
            _, told = self.s_client('imap', talk=talk, name=name)
            self.assertIn(b'Verified peername: ' + name.encode(), told)
        self.s_client('imap', '-verify_ip', '127.0.0.1', talk=talk,
                      name=None, host='127.0.0.1')

    def test_wrong_name(self):
        status, told = self.s_client('imap', name='bank.example',
                                     may_fail=True)
        self.assertNotEqual(status, 0)
        self.assertRegex(told, b'(?i)hostname mismatch')

    def test_unknown_authority(self):
        """Without our CA, nobody should believe us."""
        for service in TALKS:
            status, told = self.s_client(service, trust=False, may_fail=True)
            self.assertNotEqual(status, 0)
            self.assertNotIn(b'Verification: OK', told)

    def test_old_versions(self):
        for version in '-tls1', '-tls1_1':
            status, told = self.s_client('imap', version, '-cipher',
                                         'ALL:@SECLEVEL=0', may_fail=True)
            self.assertNotEqual(status, 0, told)
            self.assertNotIn(b'IMAP4rev1', told)

    def test_certificate(self):
        _, told = self.s_client('imap', '-showcerts', talk=TALKS['imap'][1])
        found = re.search(b'-----BEGIN CERTIFICATE-----.*?'
                          b'-----END CERTIFICATE-----', told, re.S)
        text = servers.run(OPENSSL, 'x509', '-noout', '-text', '-ext',
                           'subjectAltName,extendedKeyUsage',
                           input=found.group()).decode()
        for word in ('DNS:mail.example.test', 'DNS:localhost',
                     'IP Address:127.0.0.1', 'TLS Web Server'):
            self.assertIn(word, text)

    def test_nobody_knows_the_key(self):
        """Every start has a key of its own."""
        first = self.servers.ca.read_bytes()
        other = servers.Servers(self.cli)
        second = other.ca.read_bytes()
        self.assertEqual(other.end(), (0, b''))
        self.assertNotEqual(first, second)


class StartTls(OpenSsl):
    security = servers.STARTTLS
    test_old_versions = test_certificate = test_nobody_knows_the_key = None


if __name__ == '__main__':
    servers.main()
