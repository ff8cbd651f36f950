"""The one place where real stores are chosen: from settings to a house with its database, evidence and clock."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from accreditation.actions.examining import Examine, examiner
from accreditation.actions.send_letter import Post
from accreditation.database import Database, migrate
from accreditation.errors import Fault, Invalid, Unavailable
from accreditation.evidence.clamd import Clamd, open_clamd
from accreditation.evidence.store import EvidenceStore, open_store
from accreditation.evidence.where import check_endpoint, read_where
from accreditation.post import open_post
from accreditation.rules.colours import words_on
from accreditation.rules.demonstration import is_here

MIGRATIONS = Path(__file__).parent / "records" / "migrations"


class Settings(BaseSettings):
    """What can be set, by environment variables that begin with ACCREDIT_ (ACCREDIT_DATA, ...)."""

    model_config = SettingsConfigDict(env_prefix="ACCREDIT_")

    data: Path = Field(default=Path("var/main"), description="Folder for everything the engine keeps on this machine.")
    database_url: str = Field(
        default="", description="Where the records are kept; empty for SQLite in the data folder."
    )
    evidence: str | None = Field(
        default=None, description="Folder or s3://bucket/prefix for evidence; empty for a folder in the data folder."
    )
    evidence_endpoint: str = Field(
        default="", description="The address of an S3-compatible store; empty for Amazon's own."
    )
    evidence_limit: int = Field(
        default=200_000_000, ge=1, le=100_000_000_000, description="The most bytes one file of evidence may have."
    )
    uploads_an_hour: int = Field(
        default=10_000, ge=1, description="The most files, or pieces of files, that one person may send within an hour."
    )
    upload_bytes_an_hour: int = Field(
        default=50_000_000_000, ge=1, description="The most bytes that these may have together."
    )
    clamd: str = Field(
        default="",
        description="The virus scanner: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl; empty for no scan.",
    )
    host: str = Field(default="127.0.0.1", description="The address that the API listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port of the API; 0 for any free one.")
    prefect_port: int = Field(
        default=4200, ge=0, le=65535, description="The port of Prefect's page; 0 for any free one."
    )
    prefect_api_url: str = Field(
        default="", description="The API of a Prefect server elsewhere; empty to run one beside the site."
    )
    work_pool: str = Field(
        default="", description="The work pool that carries out flows; empty to run them in process."
    )
    college_name: str = Field(
        default="", max_length=100, description="The college's name, as it stands on every page; empty for none."
    )
    college_colour: str = Field(
        default="#23395b", description="The colour of the pages' header, as #rrggbb; words must be readable on it."
    )

    @field_validator("college_colour")
    @classmethod
    def _can_be_read_on(cls, colour: str) -> str:
        try:
            words_on(colour)
        except ValueError as error:
            raise PydanticCustomError("colour", "{words}", {"words": str(error)}) from error
        return colour

    site_url: str = Field(
        default="",
        pattern=r"^(https?://[^/?#@\s]+)?$",
        description="The site's address as people's browsers see it; empty for where the API listens.",
    )
    key_file: Path | None = Field(
        default=None,
        description="File with the key from which links in letters and authenticator apps are derived; empty for one "
        "in the data folder.",
    )
    oidc_issuer: str = Field(
        default="",
        pattern=r"^(https?://[^?#@\s]+)?$",
        description="The identity provider (OpenID Connect) by which people may sign in; empty for none.",
    )
    oidc_client_id: str = Field(default="", description="The name under which the provider knows this site.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="The secret that belongs to it.")
    oidc_client_secret_file: Path | None = Field(
        default=None, description="File with that secret, instead; empty for none."
    )
    oidc_name: str = Field(
        default="your college account", max_length=60, description="How the button calls the provider."
    )
    smtp: str = Field(
        default="",
        description="The mail server: smtp://127.0.0.1:25, smtp+starttls://mail.example.org:587 or "
        "smtps://user@mail.example.org; empty to send no letters.",
    )
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="The mail server's password, where it asks one."
    )
    smtp_from: str = Field(default="", description="The address that letters come from.")


class Clock:
    """The present moment; or, while a demonstration tells what happened before, so long ago."""

    def __init__(self) -> None:
        self.behind = timedelta(0)

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC) - self.behind


@dataclass(frozen=True, kw_only=True)
class House:
    """The stores that everything above works with, and the clock it reads."""

    settings: Settings
    database: Database
    evidence: EvidenceStore
    examine: Examine
    clamd: Clamd | None = None
    post: Post | None = None
    oidc_secret: str = field(default="", repr=False)
    clock: Clock = field(default_factory=Clock, repr=False)
    _key: list[bytes] = field(default_factory=list, repr=False)

    @property
    def prefect_page(self) -> str:
        """The address of Prefect's page; empty where its port is any free one, which nobody but this process knows."""
        if self.settings.prefect_api_url:
            return self.settings.prefect_api_url.rstrip("/").removesuffix("/api")
        return f"http://127.0.0.1:{self.settings.prefect_port}" if self.settings.prefect_port else ""

    @property
    def site(self) -> str:
        """The site's address, without a path."""
        here = f"http://{self.settings.host}:{self.settings.port}"
        return self.settings.site_url or here

    def key(self) -> bytes:
        """The key from which secrets are derived; read when it is first needed, made where there is none yet.

        Raises Unavailable where the file cannot be read, or has fewer than 32 bytes.
        """
        if not self._key:
            self._key.append(_read_key(self.settings.key_file or self.settings.data / "key"))
        return self._key[0]

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self.clock.now()

    def close(self) -> None:
        """Give back what is open."""
        self.database.close()


def open_house(settings: Settings) -> House:
    """Open the stores that these settings name; the data folder is made, and the records are brought up to date."""
    clamd = open_clamd(settings.clamd)
    data = _folder(settings.data, setting="ACCREDIT_DATA")
    evidence = _store(settings, data)
    database = Database(settings.database_url or f"sqlite:///{data / 'records.sqlite'}")
    try:
        migrate(database, MIGRATIONS)
    except BaseException:
        database.close()
        raise
    return House(
        settings=settings,
        database=database,
        evidence=evidence,
        examine=examiner(evidence, clamd=clamd, most_bytes=settings.evidence_limit),
        clamd=clamd,
        oidc_secret=_read_oidc(settings),
        post=open_post(settings.smtp, password=settings.smtp_password.get_secret_value(), sender=settings.smtp_from),
    )


def _read_oidc(settings: Settings) -> str:
    """The secret by which the provider knows this site. Raises Invalid where the settings do not fit together."""
    file, secret = settings.oidc_client_secret_file, settings.oidc_client_secret.get_secret_value()
    faults = []
    if settings.oidc_issuer and not settings.oidc_client_id:
        allowed = "the name under which the provider of ACCREDIT_OIDC_ISSUER knows this site"
        faults.append(Fault(where="ACCREDIT_OIDC_CLIENT_ID", found="nothing", allowed=allowed))
    parts = urlsplit(settings.oidc_issuer)
    if parts.scheme == "http" and not is_here(parts.hostname or ""):
        allowed = "https://, so that nobody on the way answers for the provider"
        faults.append(Fault(where="ACCREDIT_OIDC_ISSUER", found=repr(settings.oidc_issuer), allowed=allowed))
    if file is not None and secret:
        allowed = "this, or ACCREDIT_OIDC_CLIENT_SECRET_FILE, not both"
        faults.append(Fault(where="ACCREDIT_OIDC_CLIENT_SECRET", found="a secret", allowed=allowed))
    if faults:
        raise Invalid(faults)
    if file is None:
        return secret
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        where = f"ACCREDIT_OIDC_CLIENT_SECRET_FILE {file}"
        raise Unavailable(f"{where} cannot be read: {getattr(error, 'strerror', 'no text')}.") from error


KEY_BYTES = 32
"""The least that a key has: 256 bits."""


def _read_key(file: Path) -> bytes:
    """The key in this file; a new one is made for its owner alone where there is none. Of two at once one makes it."""
    try:
        if not file.exists():
            made = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
            try:
                with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    out.write(secrets.token_bytes(KEY_BYTES))
                os.link(made, file)
            except FileExistsError:
                pass
            finally:
                made.unlink(missing_ok=True)
        content = file.read_bytes()
    except OSError as error:
        raise Unavailable(f"The key {file} cannot be read: {error.strerror}. ACCREDIT_KEY_FILE names it.") from error
    if len(content) < KEY_BYTES:
        raise Unavailable(
            f"The key {file} has {len(content)} bytes; {KEY_BYTES} are the least. Restore it from a backup."
        )
    return content


def _store(settings: Settings, data: Path) -> EvidenceStore:
    """The store that these settings name; what arrives for a bucket goes to the data folder first."""
    where = read_where(settings.evidence or str(data / "evidence"))
    endpoint = check_endpoint(settings.evidence_endpoint)
    if isinstance(where, Path):
        where, arriving = _folder(where, setting="ACCREDIT_EVIDENCE"), None
    else:
        arriving = data / "arriving"
    return open_store(where, arriving=arriving, limit=settings.evidence_limit, endpoint=endpoint)


def _folder(folder: Path, *, setting: str) -> Path:
    """The folder, made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The folder {folder} cannot be made: {error.strerror}. {setting} names it.") from error
    return folder.absolute()


@cache
def house() -> House:
    """The house that this process's environment names; opened once."""
    return open_house(read_settings())


def read_settings() -> Settings:
    """The settings that the environment makes. Raises Invalid naming every variable that says what cannot be."""
    try:
        return Settings()
    except ValidationError as error:
        raise Invalid(
            [
                Fault(
                    where=f"ACCREDIT_{'_'.join(str(part) for part in one['loc']).upper()}",
                    found=repr(one["input"]),
                    allowed=one["msg"][:1].lower() + one["msg"][1:],
                )
                for one in error.errors()
            ]
        ) from error
