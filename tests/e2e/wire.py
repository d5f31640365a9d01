# SPDX-License-Identifier: GPL-3.0-or-later
"""A wire between foyerctl and the sandbox that spoils what comes back: for what the sandbox would never say."""
import http.server
import socket
import threading
import urllib.error
import urllib.request

HOP = ("connection", "transfer-encoding", "content-length", "keep-alive")


class Wire:
    def __init__(self, upstream):
        self.upstream = upstream
        self.spoil = None  # (method, path, status, headers, body) -> the same without the first two, or None: hang up
        self.asked = []
        wire = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (ConnectionError, ValueError):
                    self.close_connection = True

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
                headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
                wire.asked.append((self.command, self.path, dict(self.headers)))
                request = urllib.request.Request(wire.upstream + self.path, data=body, headers=headers, method=self.command)
                try:
                    with urllib.request.urlopen(request, timeout=100) as got:
                        status, sent, text = got.status, list(got.headers.items()), got.read()
                except urllib.error.HTTPError as got:
                    status, sent, text = got.code, list(got.headers.items()), got.read()
                except (urllib.error.URLError, ConnectionError):
                    self.close_connection = True
                    return
                sent = [(k, v) for k, v in sent if k.lower() not in HOP]
                length = None
                if wire.spoil is not None:
                    spoilt = wire.spoil(self.command, self.path, status, sent, text)
                    if spoilt is None:
                        self.close_connection = True
                        return
                    status, sent, text, *length = spoilt
                self.send_response_only(status)
                for name, value in sent:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(length[0] if length else len(text)))
                self.end_headers()
                self.wfile.write(text)
                if length:
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

        class Server(http.server.ThreadingHTTPServer):
            address_family = socket.AF_INET
            daemon_threads = True

            def handle_error(self, *args):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
