"""A mail server for tests: it keeps what it is given, and fails in the ways that mail servers fail."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from email.policy import default


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine. ``replies`` overrules the answer to a command, by its name or "." for
    the end of a letter: an SMTP line, "" to say nothing at all, or "hang up"."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, **replies: str) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.replies = {"greeting": "220 ready", "EHLO": "250 hello", ".": "250 taken"} | replies
        self.letters: list[Message] = []
        self.connected = threading.Event()
        self.has_letter = threading.Event()
        self.ended = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def recipients(self) -> list[str]:
        return sorted(str(letter["To"]) for letter in self.letters)


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connected.set()
        if not self.answer("greeting"):
            return
        while line := self.rfile.readline():
            command = line.split()[0].decode().upper()
            if command == "DATA":
                self.say("354 go on")
                self.keep()
                command = "."
            if not self.answer(command) or command == "QUIT":
                return

    def keep(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=default))
        self.server.has_letter.set()

    def answer(self, command: str) -> bool:
        """Say what is to be said; False when the conversation is over."""
        reply = self.server.replies.get(command, "250 well")
        if reply == "hang up":
            return False
        if not reply:
            self.server.ended.wait()
            return False
        self.say(reply)
        return True

    def say(self, reply: str) -> None:
        self.wfile.write(f"{reply}\r\n".encode())


@contextmanager
def mail_server(**replies: str) -> Iterator[MailServer]:
    with MailServer(**replies) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()
