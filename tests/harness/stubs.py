"""Far sides that misbehave as told: stubs, on loopback, of what a webhook channel posts to."""
import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DELIVERED = 200
NO_ANSWER = "no answer"  # the connection is closed after the body was taken: ambiguous
SILENCE = "silence"      # no answer until let_go(), then 200


class StubReceiver:
    """Answers with each of `answers` in turn, then with 200: a status, or a pair of status and headers, or one of the words above."""

    def __init__(self, *answers):
        self.answers, self.posts = list(answers), []
        self.silence = threading.Event()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = stub.answers.pop(0) if stub.answers else DELIVERED
                stub.posts.append({"id": self.headers["webhook-id"], "body": json.loads(body), "bytes": body, "answer": answer})
                with suppress(OSError):  # whoever asked may be gone by now
                    stub.answer(self, answer)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, request, answer):
        if answer == NO_ANSWER:
            request.close_connection = True
            return
        if answer == SILENCE:
            self.silence.wait(60)
            answer = DELIVERED
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        request.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            request.send_header(name, value)
        request.end_headers()

    def let_go(self):
        self.silence.set()

    def posted(self):
        """Since the last question: [(recipient, [codes]), ...]."""
        taken, self.posts = self.posts, []
        return [(post["body"]["data"]["to"]["code"], [line["code"] for line in post["body"]["data"]["lines"]]) for post in taken]

    def channel(self, name, *options):
        """The settings of a channel that posts to it."""
        return f"  - {{name: {name}, type: webhook, url: \"{self.url}\", allow-private: yes{''.join(', ' + option for option in options)}}}\n"

    def close(self):
        self.let_go()
        self.server.shutdown()
        self.server.server_close()
