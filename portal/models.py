"""Mail that must leave, files, and signs of life."""

import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models.functions import Now

from portal.jobs import Job

WIPED = "De inhoud is gewist na het versturen, omdat er een code of link in stond."


class Mail(Job):
    """One mail to one person, written in the transaction of its cause and sent by a worker."""

    lease = datetime.timedelta(minutes=2)

    purpose = models.CharField("doel", max_length=60)
    reference = models.CharField("gaat over", max_length=100)
    recipient = models.EmailField("aan")
    subject = models.CharField("onderwerp", max_length=200)
    text = models.TextField("tekst")
    holds_secret = models.BooleanField("bevat code of link", default=False)
    attachment = models.ForeignKey(
        "StoredFile", models.PROTECT, related_name="mails", null=True, blank=True, verbose_name="bijlage"
    )
    # Where one click ends mails of this kind; empty for what somebody must know.
    unsubscribe_url = models.CharField("afmelden", max_length=300, blank=True)

    class Meta(Job.Meta):
        verbose_name = "mail"
        verbose_name_plural = "mails"
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["purpose", "reference", "recipient"],
                name="portal_mail_once_per_purpose_and_recipient",
            ),
        ]
        # What somebody got, the newest on top.
        indexes = [
            *Job.Meta.indexes,
            models.Index(fields=["recipient", "-created_at"], name="portal_mail_of_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    def work(self) -> None:
        """Send the mail; a code or link does not stay behind in the database."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        message = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text,
            to=[self.recipient],
            # The same id at every try, so that a mail server can drop a second copy.
            headers={"Message-ID": f"<mail-{self.pk}@{domain}>", **self._unsubscribe_headers()},
        )
        if self.attachment:
            content = FileContent.objects.values_list("content", flat=True).get(file=self.attachment)
            message.attach(self.attachment.name, bytes(content), self.attachment.content_type)
        message.send()
        keeps_text = settings.PORTAL_DEMO or not self.holds_secret
        self.finish(**({} if keeps_text else {"text": WIPED}))

    def _unsubscribe_headers(self) -> dict[str, str]:
        """One click in the mail program, as RFC 8058 has it."""
        if not self.unsubscribe_url:
            return {}
        return {
            "List-Unsubscribe": f"<{self.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


class StoredFile(models.Model):
    """What is known of one file; who may have it, the row that points here decides."""

    name = models.CharField("naam", max_length=150)
    content_type = models.CharField("soort", max_length=100)
    size = models.PositiveIntegerField("grootte")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    created_at = models.DateTimeField("bewaard op", db_default=Now())

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"

    def __str__(self) -> str:
        return self.name


class FileContent(models.Model):
    """The bytes of one file, apart from it, so that lists of files do not carry them along."""

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="+", primary_key=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = "inhoud van een bestand"
        verbose_name_plural = "inhoud van bestanden"

    def __str__(self) -> str:
        return str(self.file)


class FilePiece(models.Model):
    """A megabyte of a file that is read one after another, and never as a whole."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pieces", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = "stuk van een bestand"
        verbose_name_plural = "stukken van bestanden"
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="portal_filepiece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file}, stuk {self.number}"


class Heartbeat(models.Model):
    """The last sign of life of one process."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M:%S}"
