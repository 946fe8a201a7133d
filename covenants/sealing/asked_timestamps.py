"""Timestamps of authorities elsewhere, asked over the network."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

import aiohttp
import certifi
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper


class AskedTimeStamper(HTTPTimeStamper):
    """Whom to trust is read once. pyHanko reads the certificates of the whole world again for each timestamp,
    of which a seal has three."""

    @asynccontextmanager
    async def _acquire_session(self) -> AsyncIterator[aiohttp.ClientSession]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=_trusted())) as session:
            yield session


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())
