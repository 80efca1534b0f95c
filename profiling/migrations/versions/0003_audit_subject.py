"""Find the audit events of one record without reading the whole chain."""

from alembic import op

revision = "0003_audit_subject"
down_revision = "0002_password_attempts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index that a case's read register is looked up by."""
    op.create_index("ix_audit_events_subject", "audit_events", ["subject_kind", "subject_id"])


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("ix_audit_events_subject", "audit_events")
