"""The server: where it listens, how it ends, what it says of itself."""

import logging
import resource
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from doelenboom.errors import RefusedError
from doelenboom.serving.app import make_app
from doelenboom.serving.connections import Connection
from doelenboom.serving.editions import Editions
from doelenboom.serving.endpoint import Serving
from doelenboom.serving.limits import MOST_CONNECTIONS, QUERIES, WorkerLimits
from doelenboom.serving.outgoing import Outgoing
from doelenboom.serving.pool import Pool
from doelenboom.serving.token import given_token, kept_token
from doelenboom.settings import Settings
from doelenboom.storage.resources import DuckDBResources

GRACE_SECONDS = 5
"""How long running requests have to end when the server is told to."""

BACKLOG = 2048
OPEN_FILES = 8192


def app_of(settings: Settings, seconds: float, spill_dir: Path) -> ASGIApp:
    """Make the app that serves a data folder; a query may take so many seconds.

    `spill_dir` is the server's own.

    Raises `RefusedError` when there is no token that can be used.
    """
    given = settings.serve_token
    token = (
        given_token(given.get_secret_value()) if given else kept_token(settings.serve_token_file)
    )
    resources = DuckDBResources(settings.memory_limit, settings.threads, spill_dir)
    limits = WorkerLimits(
        settings.memory_bytes // QUERIES, settings.threads, seconds, str(spill_dir)
    )
    editions = Editions(settings.published, settings.releases_dir, resources, seconds)
    return make_app(Serving(editions, Pool(limits), Outgoing(str(spill_dir))), token)


def listen(host: str, port: int) -> socket.socket:
    """Open the socket; port 0 takes a free one. Raises `RefusedError` when it cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise RefusedError(f"{host}:{port} cannot be listened on: {why.lower()}") from error


def url_of(listening: socket.socket) -> str:
    """Return the address of a socket as clients write it."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def serve(app: ASGIApp, listening: socket.socket, on_start: Callable[[], None]) -> None:
    """Answer until SIGTERM or Ctrl-C, then end what runs within a grace."""
    _allow_open_files()
    _log_to_standard_error()
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=Connection,
        limit_concurrency=MOST_CONNECTIONS,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    on_start()
    with listening, suppress(KeyboardInterrupt):  # the signal that ended it comes again
        uvicorn.Server(config).run(sockets=[listening])


def _allow_open_files() -> None:
    """Have room for as many clients as this process may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _log_to_standard_error() -> None:
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.getLogger("doelenboom").addHandler(handler)
    logging.getLogger("doelenboom.serving").setLevel(logging.INFO)
    logging.getLogger("uvicorn").addHandler(handler)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
