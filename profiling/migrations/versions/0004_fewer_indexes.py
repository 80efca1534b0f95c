"""Keep only the indexes that something is looked up by: each one costs every sealing."""

import sqlalchemy as sa
from alembic import op

revision = "0004_fewer_indexes"
down_revision = "0003_audit_subject"
branch_labels = None
depends_on = None

_UNUSED = (
    ("ix_assessments_band", "assessments", "band"),
    ("ix_audit_events_subject_id", "audit_events", "subject_id"),
    ("ix_interviews_person_id", "interviews", "person_id"),
)
_AWAITING = "ix_interviews_awaiting"


def upgrade() -> None:
    """Drop what nobody asks for; keep of the waiting interviews only those that wait."""
    for name, table, _ in _UNUSED:
        op.drop_index(name, table)
    op.drop_index(_AWAITING, "interviews")
    waits = sa.text("awaiting IS NOT NULL")
    op.create_index(
        _AWAITING, "interviews", ["awaiting"], sqlite_where=waits, postgresql_where=waits
    )


def downgrade() -> None:
    """Put the indexes back."""
    op.drop_index(_AWAITING, "interviews")
    op.create_index(_AWAITING, "interviews", ["awaiting"])
    for name, table, column in _UNUSED:
        op.create_index(name, table, [column])
