"""The operator's settings, from the environment (ORDERWRIGHT_…) or a `.env` file. Read by the composition roots alone."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are and how the company wants them. Temporal's own address comes from TEMPORAL_ADDRESS and its kin."""

    model_config = SettingsConfigDict(env_prefix="ORDERWRIGHT_", env_file=".env", extra="ignore")

    var: Path = Field(default=Path("var"), description="Folder of everything that orderwright keeps on this machine.")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty means SQLite under the var folder.")
    company: Path = Field(default=Path("demo/company"), description="The company's files, loaded by `orderwright load`.")

    http_host: str = "127.0.0.1"
    http_port: int = 8080
    public_url: str = Field(default="", description="Where people reach the gateway; empty means its own address.")
    api_token: SecretStr = Field(default=SecretStr(""), description="Bearer token of /v1; empty: made on first start under var.")
    temporal_ui: str = Field(default="http://127.0.0.1:8233", description="Where people reach the Temporal UI.")

    oidc_issuer: str = Field(default="", description="The identity provider's address; empty: local people with passwords.")
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Empty for a public client: PKCE alone protects it.")
    oidc_scopes: str = "openid profile email"
    oidc_name_claim: str = Field(default="email", description="The claim that decisions are kept under.")
    oidc_role_claim: str = Field(default="groups", description="The claim with groups or roles, such as realm_access.roles.")
    oidc_roles: str = Field(default="", description="Which of them gives which role: desk=reviewer, leads=approver.")

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 2525
    watched_folder: Path | None = Field(default=None, description="Folder whose files are taken in; empty means var/drop.")
    max_message_bytes: int = 50_000_000

    mail_host: str = Field(default="127.0.0.1", description="The mail server that sends our answers.")
    mail_port: int = 2526
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_tls: Literal["none", "starttls", "implicit"] = Field(
        default="none", description="How the connection to it is protected; `implicit` is what port 465 wants."
    )

    mail_receiving_server: str = Field(
        default="",
        description="Whose Authentication-Results count; empty: the latest header's, which the receiving server wrote.",
    )
    verify_signatures: bool = Field(default=False, description="Verify the DKIM signatures of mails ourselves; needs DNS.")

    tax_service_url: str = Field(default="", description="An outside tax service; empty: our own tables alone.")
    tax_service_token: SecretStr = SecretStr("")
    tax_service_countries: str = Field(default="US", description="Ship-to countries it is asked about, separated by commas.")

    warehouse: Literal["simulated", "manual"] = Field(
        default="simulated", description="`manual`: picks and receipts are confirmed by updates or the command line."
    )
    carrier_seconds_per_day: float = Field(default=2.0, description="Pace of the simulated carrier.")
    reader_processes: int = Field(default=2, ge=1, le=64)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.var / 'orderwright.db').absolute()}"

    @property
    def gateway(self) -> str:
        return (self.public_url or f"http://{self.http_host}:{self.http_port}").rstrip("/")

    @property
    def drop_folder(self) -> Path:
        return self.watched_folder or self.var / "drop"
