"""The timestamp authority of development, demo and tests: it answers at once, in this process."""

import datetime
import secrets

from asn1crypto import cms, core, tsp
from pyhanko.sign import Signer
from pyhanko.sign.timestamps import TimeStamper

# Of the branch of object identifiers that is kept free for examples (ITU-T X.660).
POLICY = "2.999.1"
DIGEST = "sha256"


class OwnTimeStamper(TimeStamper):
    """Vouches with `signer` for whatever it is asked."""

    def __init__(self, signer: Signer) -> None:
        super().__init__()
        self.signer = signer

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer to one request (RFC 3161)."""
        facts = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": POLICY,
                "message_imprint": req["message_imprint"],
                "serial_number": secrets.randbits(63),
                "gen_time": datetime.datetime.now(datetime.UTC),
                "nonce": req["nonce"],
            }
        )
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": core.ParsableOctetString(facts.dump())}
        )
        token = await self.signer.async_sign_general_data(content, DIGEST, detached=False)
        answer = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
        # As it would come over the network, see `kept_key`.
        return tsp.TimeStampResp.load(answer.dump())
