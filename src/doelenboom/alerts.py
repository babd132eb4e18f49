"""A message to whoever is to be told: JSON, posted to one address."""

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

SECONDS = 10
"""How long a message may take to be delivered; nothing waits for it any longer."""

logger = logging.getLogger(__name__)


def delivered(url: str, message: Mapping[str, str | None]) -> bool:
    """Post a message; say whether it arrived. The address may hold a secret: no log has it."""
    import httpx

    try:
        httpx.post(url, json=message, timeout=SECONDS).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        logger.warning("%s was not told of it: %s", urlsplit(url).hostname, type(error).__name__)
        return False
    return True
