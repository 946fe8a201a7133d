"""Files that were sealed before get the certificate of their newest timestamp, which stands in them.

The bytes that are evidence stay as they are; only what is said of them is completed.
"""

import io

import pgtrigger
from django.db import migrations


def fill(apps, schema_editor):
    # Large, and every migration comes by here.
    from pyhanko.pdf_utils.reader import PdfFileReader

    Artefact = apps.get_model("covenants", "Artefact")
    sealed = Artefact.objects.exclude(level="").filter(timestamp_certificate="")
    with pgtrigger.ignore():
        for pk, content in sealed.values_list("pk", "content").iterator(chunk_size=10):
            newest = PdfFileReader(io.BytesIO(bytes(content))).embedded_timestamp_signatures[-1]
            certificate = newest.signer_cert.sha256.hex()
            Artefact.objects.filter(pk=pk).update(timestamp_certificate=certificate)


class Migration(migrations.Migration):

    dependencies = [
        ('covenants', '0013_revoked_time_authorities'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
