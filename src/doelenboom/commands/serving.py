"""`serve`: what is published, over HTTP."""

from typing import Annotated

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import load_settings
from doelenboom.commands.terminal import say

LOOPBACK = ("127.0.0.1", "::1", "localhost")

app = typer.Typer()


@app.command(cls=Command, epilog="Example: doelenboom serve --port 8080")
def serve(
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Where to listen. Anything but this machine itself belongs behind a reverse proxy"
            " with TLS.",
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="0 takes a free one.")
    ] = 8080,
    timeout: Annotated[
        int,
        typer.Option(
            metavar="SECONDS", min=1, max=3600, help="How long a query may take, or wait."
        ),
    ] = 30,
) -> None:
    """Serve what is published over HTTP, read only, until Ctrl-C.

    For tools that cannot open a DuckDB file. Clients need the token; the address itself says what
    there is, also in a browser. A new release is seen by the next request.
    """
    from doelenboom.serving.server import app_of, listen, url_of
    from doelenboom.serving.server import serve as answer
    from doelenboom.serving.spill import own_spill_folder

    settings = load_settings()

    def welcome() -> None:
        token = "DOELENBOOM_SERVE_TOKEN" if settings.serve_token else settings.serve_token_file
        say(f"Serving {settings.published_dir} on {url_of(listening)}")
        say(f"The token is in {token}; a browser asks for it as password, any name will do")
        if host not in LOOPBACK:
            say("Others can listen in: put a reverse proxy with TLS before it.", err=True)

    with own_spill_folder(settings.effective_spill_dir) as spill_dir:
        served = app_of(settings, timeout, spill_dir)
        listening = listen(host, port)
        answer(served, listening, welcome)
