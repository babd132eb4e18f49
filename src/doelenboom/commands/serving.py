"""`serve`: what is published, over HTTP."""

from typing import Annotated

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import load_settings

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

    For tools that cannot open a DuckDB file. Clients need the token; GET /tables lists what there
    is. A new release is seen by the next request.
    """
    from doelenboom.serving.server import app_of, listen, url_of
    from doelenboom.serving.server import serve as answer

    settings = load_settings()
    served = app_of(settings, timeout)
    listening = listen(host, port)

    def say() -> None:
        token = "DOELENBOOM_SERVE_TOKEN" if settings.serve_token else settings.serve_token_file
        typer.echo(f"Serving {settings.published_dir} on {url_of(listening)}")
        typer.echo(f"The token is in {token}")
        if host not in LOOPBACK:
            typer.echo("Others can listen in: put a reverse proxy with TLS before it.", err=True)

    answer(served, listening, say)
