# SPDX-License-Identifier: GPL-3.0-or-later
"""IMAP as it is on the wire, for comparing servers: replies come back as
lists of octets (strings, quoted or literal), Atom (atoms) and lists."""
import socket

import servers


class Atom(bytes):
    """Not a string: NIL, a number, a keyword."""

    def __repr__(self):
        return self.decode('latin-1')


NIL = Atom(b'NIL')


class Parser:
    def __init__(self, octets):
        self.octets = octets
        self.at = 0

    def values(self, end=b''):
        result = []
        while True:
            while self.octets[self.at:self.at + 1] in (b' ', b'\r', b'\n'):
                self.at += 1
            if self.octets[self.at:self.at + 1] == end:
                self.at += 1
                return result
            result.append(self.value())

    def value(self):
        first = self.octets[self.at:self.at + 1]
        if first == b'(':
            self.at += 1
            return self.values(b')')
        if first == b'"':
            return self.quoted()
        if first == b'{':
            end = self.octets.index(b'}', self.at)
            size = int(self.octets[self.at + 1:end])
            self.at = end + 3 + size
            return self.octets[end + 3:self.at]
        return self.atom()

    def quoted(self):
        result = b''
        self.at += 1
        while self.octets[self.at:self.at + 1] != b'"':
            if self.octets[self.at:self.at + 1] == b'\\':
                self.at += 1
            result += self.octets[self.at:self.at + 1]
            self.at += 1
        self.at += 1
        return result

    def atom(self):
        """An atom; its brackets may hold anything: BODY[HEADER (X)]."""
        start, depth = self.at, 0
        while self.at < len(self.octets):
            octet = self.octets[self.at:self.at + 1]
            depth += (octet == b'[') - (octet == b']')
            if depth == 0 and octet in b' ()\r\n"':
                break
            self.at += 1
        assert self.at > start, self.octets[start:start + 50]
        return Atom(self.octets[start:self.at])


class Client:
    def __init__(self, port, user='alex', password='portcall'):
        self.socket = socket.create_connection(('127.0.0.1', port),
                                               servers.PATIENCE)
        self.stream = self.socket.makefile('rb')
        self.number = 0
        self.stream.readline()
        self.command(f'LOGIN {user} {password}')

    def close(self):
        self.stream.close()
        self.socket.close()

    def read_response(self):
        """One response with its literals."""
        response = b''
        while True:
            line = self.stream.readline()
            assert line.endswith(b'\r\n'), (response, line)
            response += line
            if not line.endswith(b'}\r\n'):
                return response
            size = line[line.rindex(b'{') + 1:-3]
            if not size.isdigit():
                return response
            response += self.stream.read(int(size))

    def send(self, command):
        self.number += 1
        tag = b'r%d' % self.number
        self.socket.sendall(tag + b' ' + command + b'\r\n')
        return tag

    def finish(self, tag):
        """The untagged responses, parsed, and the status."""
        replies = []
        while True:
            response = self.read_response()
            if response.startswith(tag + b' '):
                return replies, response[len(tag) + 1:-2]
            if response[2:5] not in (b'OK ', b'NO ', b'BAD'):
                replies.append(Parser(response).values()[1:])

    def command(self, text, *, may_fail=False):
        if isinstance(text, str):
            text = text.encode()
        replies, status = self.finish(self.send(text))
        assert may_fail or status.startswith(b'OK'), (text, status)
        return replies if status.startswith(b'OK') else status[:3].strip()

    def append(self, mailbox, date, octets):
        tag = self.send(b'APPEND %s "%s" {%d}' % (
            mailbox.encode(), date.encode(), len(octets)))
        assert self.stream.readline().startswith(b'+')
        self.socket.sendall(octets + b'\r\n')
        _, status = self.finish(tag)
        assert status.startswith(b'OK'), status

    def fetch(self, items, which='1:*'):
        """{number: {item: value}}; or the status of a refusal."""
        replies = self.command(f'FETCH {which} ({items})', may_fail=True)
        if isinstance(replies, bytes):
            return replies
        result = {}
        for reply in replies:
            if len(reply) == 3 and reply[1] == b'FETCH':
                result[int(reply[0])] = {
                    bytes(name).upper(): value for name, value in zip(
                        reply[2][::2], reply[2][1::2])}
        return result

    def search(self, criteria):
        """The numbers; or the status of a refusal."""
        replies = self.command(f'SEARCH {criteria}', may_fail=True)
        if isinstance(replies, bytes):
            return replies
        return sorted(int(number) for reply in replies
                      if reply[0] == b'SEARCH' for number in reply[1:])
