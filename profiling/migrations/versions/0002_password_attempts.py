"""Counts of password tries, so that limits survive a restart and hold across processes."""

import sqlalchemy as sa
from alembic import op

revision = "0002_password_attempts"
down_revision = "0001_first_schema"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of counts."""
    op.create_table(
        "password_attempts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_password_attempts")),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("password_attempts")
