"""A browser reduced to what a measurement needs: cookies, forms, one connection kept open."""

import re
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PASSWORD = "motcua-demo"  # of the demonstration's people, and of those made here
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """One visitor, at an address of their own, so that no brake on guessing takes two for one."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str, expect: int = 200) -> bytes:
        """The page at `path`; its form's token is remembered."""
        response, body = self._ask("GET", path)
        if response.status != expect:
            raise RuntimeError(f"GET {path}: {response.status}, not {expect}\n{body[:800]!r}")
        if found := _TOKEN.search(body):
            self.token = found[1].decode()
        return body

    def post(self, path: str, **fields: str) -> str:
        """Send a form; where the answer sends the browser next."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        response, said = self._ask("POST", path, body)
        if response.status != 302:
            raise RuntimeError(f"POST {path}: {response.status}\n{said[:2000].decode()}")
        return response.headers["Location"]

    def sign_in(self, username: str) -> None:
        """Through the front door."""
        self.get("/tai-khoan/dang-nhap/")
        self.post("/tai-khoan/dang-nhap/", login=username, password=PASSWORD)
        self.get("/")  # signing in made a new token

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[HTTPResponse, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            response, said = self._send(method, path, body, headers)
        except (ConnectionError, HTTPException):  # kept open longer than the server likes
            self.connection.close()
            response, said = self._send(method, path, body, headers)
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return response, said

    def _send(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return response, response.read()
