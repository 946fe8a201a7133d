"""A seal whose key stays with a trust service, reached by the API of the Cloud Signature Consortium."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from pyhanko.sign import Signer
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCCredentialInfo,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)

SECONDS = 10


class _AuthorisedByPin(CSCAuthorizationManager):
    """Asks the service for each seal anew, for exactly its hash."""

    def __init__(
        self,
        service: CSCServiceSessionInfo,
        credential: CSCCredentialInfo,
        *,
        pin: str,
        session: aiohttp.ClientSession,
    ) -> None:
        super().__init__(service, credential)
        self.pin = pin
        self.session = session

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        """The permission to seal these hashes."""
        async with self.session.post(
            self.csc_session_info.endpoint_url("credentials/authorize"),
            headers=self.auth_headers,
            json=self.format_csc_auth_request(pin=self.pin or None, hash_b64s=hash_b64s),
            raise_for_status=True,
        ) as response:
            return self.parse_csc_auth_response(await response.json())


@asynccontextmanager
async def remote_signer(*, url: str, credential: str, token: str, pin: str) -> AsyncIterator[Signer]:
    """A signer for one seal; every call to the service ends within `SECONDS`."""
    service = CSCServiceSessionInfo(service_url=url, credential_id=credential, oauth_token=token or None)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
        found = await fetch_certs_in_csc_credential(session, service, timeout=SECONDS)
        manager = _AuthorisedByPin(service, found, pin=pin, session=session)
        yield CSCSigner(session, manager, sign_timeout=SECONDS)
