"""The first schema: offices, people, queue, interviews, cases, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first_schema"
down_revision = None
branch_labels = None
depends_on = None

SEALED = (
    "interview_versions",
    "third_parties",
    "assessments",
    "decisions",
    "case_events",
    "audit_events",
)


def upgrade() -> None:
    """Make all tables, and the triggers that keep sealed rows as they are."""
    _create_tables()
    _create_triggers()


def downgrade() -> None:
    """Take everything away."""
    if op.get_bind().dialect.name == "postgresql":
        for table in SEALED:
            op.execute(f"DROP TRIGGER sealed_{table} ON {table}")
            op.execute(f"DROP TRIGGER sealed_truncate_{table} ON {table}")
        op.execute("DROP FUNCTION refuse_change()")
    _drop_tables()


def _create_triggers() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of % are sealed', TG_TABLE_NAME; END $$"
        )
        for table in SEALED:
            op.execute(
                f"CREATE TRIGGER sealed_{table} BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(
                f"CREATE TRIGGER sealed_truncate_{table} BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in SEALED:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER sealed_{table}_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are sealed'); END"
            )


def _create_tables() -> None:
    op.create_table(
        "audit_events",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("person_no", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("app_version", sa.String(), nullable=False),
        sa.Column("previous_mac", sa.String(), nullable=False),
        sa.Column("mac", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_events")),
    )
    op.create_index(
        op.f("ix_audit_events_subject_id"), "audit_events", ["subject_id"], unique=False
    )
    op.create_table(
        "daily_runs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapsed", sa.Integer(), nullable=False),
        sa.Column("bursts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_daily_runs")),
    )
    op.create_table(
        "idempotency_receipts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("body_digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency_receipts")),
    )
    op.create_table(
        "offices",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("daily_reviews", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["offices.code"], name=op.f("fk_offices_parent")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_offices")),
    )
    op.create_index(op.f("ix_offices_region"), "offices", ["region"], unique=False)
    op.create_table(
        "persons",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    op.create_table(
        "site_facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_site_facts")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_no", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["office"], ["offices.code"], name=op.f("fk_accounts_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_index(op.f("ix_accounts_person_no"), "accounts", ["person_no"], unique=False)
    op.create_table(
        "appointments",
        sa.Column("application_no", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slot_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("nik_enc", sa.LargeBinary(), nullable=True),
        sa.Column("nik_idx", sa.LargeBinary(), nullable=True),
        sa.Column("name_enc", sa.LargeBinary(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("phone_enc", sa.LargeBinary(), nullable=True),
        sa.Column("kk_number_enc", sa.LargeBinary(), nullable=True),
        sa.Column("mother_name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("guardian_enc", sa.LargeBinary(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("passport_service", sa.String(), nullable=True),
        sa.Column("passport_issued", sa.Date(), nullable=True),
        sa.Column("passport_event_date", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office"], ["offices.code"], name=op.f("fk_appointments_office")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_appointments_person_id")
        ),
        sa.PrimaryKeyConstraint("application_no", name=op.f("pk_appointments")),
    )
    op.create_index(op.f("ix_appointments_nik_idx"), "appointments", ["nik_idx"], unique=False)
    op.create_index(
        "ix_appointments_office_slot_on", "appointments", ["office", "slot_on"], unique=False
    )
    op.create_table(
        "api_tokens",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_api_tokens_account_id")
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_api_tokens")),
    )
    op.create_index(op.f("ix_api_tokens_account_id"), "api_tokens", ["account_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_no", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("instrument_version", sa.String(), nullable=False),
        sa.Column("content_enc", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id")),
        sa.ForeignKeyConstraint(["office"], ["offices.code"], name=op.f("fk_drafts_office")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("application_no", name=op.f("uq_drafts_application_no")),
    )
    op.create_index(op.f("ix_drafts_account_id"), "drafts", ["account_id"], unique=False)
    op.create_table(
        "interviews",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_no", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("receipt_year", sa.Integer(), nullable=False),
        sa.Column("receipt_no", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("first_band", sa.String(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("papers", sa.String(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("awaiting", sa.String(), nullable=True),
        sa.Column("tunda_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("is_reread", sa.Boolean(), nullable=False),
        sa.Column("reread_share", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_interviews_account_id")
        ),
        sa.ForeignKeyConstraint(["office"], ["offices.code"], name=op.f("fk_interviews_office")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_interviews_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        sa.UniqueConstraint(
            "office",
            "receipt_year",
            "receipt_no",
            name=op.f("uq_interviews_office_receipt_year_receipt_no"),
        ),
    )
    op.create_index(op.f("ix_interviews_account_id"), "interviews", ["account_id"], unique=False)
    op.create_index(op.f("ix_interviews_awaiting"), "interviews", ["awaiting"], unique=False)
    op.create_index("ix_interviews_month_office", "interviews", ["month", "office"], unique=False)
    op.create_index(
        "ix_interviews_office_sealed_on", "interviews", ["office", "sealed_on"], unique=False
    )
    op.create_index(
        "ix_interviews_open_application_no",
        "interviews",
        ["application_no"],
        unique=True,
        sqlite_where=sa.text("voided = 0"),
        postgresql_where=sa.text("NOT voided"),
    )
    op.create_index(op.f("ix_interviews_person_id"), "interviews", ["person_id"], unique=False)
    op.create_table(
        "watchlist_entries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value_enc", sa.LargeBinary(), nullable=False),
        sa.Column("value_idx", sa.LargeBinary(), nullable=False),
        sa.Column("label_enc", sa.LargeBinary(), nullable=True),
        sa.Column("reason_enc", sa.LargeBinary(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason_enc", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts.id"], name=op.f("fk_watchlist_entries_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["accounts.id"], name=op.f("fk_watchlist_entries_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.code"], name=op.f("fk_watchlist_entries_office")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_watchlist_entries_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist_entries")),
    )
    op.create_index(
        op.f("ix_watchlist_entries_value_idx"), "watchlist_entries", ["value_idx"], unique=False
    )
    op.create_table(
        "web_sessions",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_web_sessions_account_id")
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_web_sessions")),
    )
    op.create_index(
        op.f("ix_web_sessions_account_id"), "web_sessions", ["account_id"], unique=False
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("burst_key", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=True),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("is_threat", sa.Boolean(), nullable=False),
        sa.Column("is_merah", sa.Boolean(), nullable=False),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("first_finding_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["accounts.id"], name=op.f("fk_cases_holder_id")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_cases_interview_id")
        ),
        sa.ForeignKeyConstraint(["office"], ["offices.code"], name=op.f("fk_cases_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("burst_key", name=op.f("uq_cases_burst_key")),
        sa.UniqueConstraint("office", "year", "number", name=op.f("uq_cases_office_year_number")),
    )
    op.create_index(op.f("ix_cases_closed_on"), "cases", ["closed_on"], unique=False)
    op.create_index(op.f("ix_cases_holder_id"), "cases", ["holder_id"], unique=False)
    op.create_index(op.f("ix_cases_interview_id"), "cases", ["interview_id"], unique=False)
    op.create_index("ix_cases_office_state", "cases", ["office", "state"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("interview_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("reason_enc", sa.LargeBinary(), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("person_no", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tunda_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_decisions_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_decisions_interview_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "interview_id", "sequence", name=op.f("uq_decisions_interview_id_sequence")
        ),
    )
    op.create_index(op.f("ix_decisions_disposition"), "decisions", ["disposition"], unique=False)
    op.create_table(
        "interview_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason_enc", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nik_enc", sa.LargeBinary(), nullable=True),
        sa.Column("nik_idx", sa.LargeBinary(), nullable=True),
        sa.Column("name_enc", sa.LargeBinary(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("phone_enc", sa.LargeBinary(), nullable=True),
        sa.Column("phone_idx", sa.LargeBinary(), nullable=True),
        sa.Column("kk_number_enc", sa.LargeBinary(), nullable=True),
        sa.Column("household_idx", sa.LargeBinary(), nullable=False),
        sa.Column("mother_name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("guardian_enc", sa.LargeBinary(), nullable=True),
        sa.Column("regency", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("departure_date", sa.Date(), nullable=True),
        sa.Column("stay_days", sa.Integer(), nullable=True),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("passport", sa.JSON(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("answers_coded", sa.LargeBinary(), nullable=False),
        sa.Column("set_by_gate", sa.String(), nullable=False),
        sa.Column("routed", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("notes_enc", sa.LargeBinary(), nullable=True),
        sa.Column("companion", sa.Boolean(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("judgement_reason_enc", sa.LargeBinary(), nullable=True),
        sa.Column("notice_version", sa.String(), nullable=True),
        sa.Column("instrument_version", sa.String(), nullable=False),
        sa.Column("instrument_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_interview_versions_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_interview_versions_interview_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_versions")),
        sa.UniqueConstraint(
            "interview_id", "version", name=op.f("uq_interview_versions_interview_id_version")
        ),
    )
    op.create_index(
        op.f("ix_interview_versions_nik_idx"), "interview_versions", ["nik_idx"], unique=False
    )
    op.create_index(
        "ix_interview_versions_phone_idx_sealed_at",
        "interview_versions",
        ["phone_idx", "sealed_at"],
        unique=False,
    )
    op.create_table(
        "assessments",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("rules_sha256", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("tp", sa.Integer(), nullable=False),
        sa.Column("dr", sa.Integer(), nullable=False),
        sa.Column("cr", sa.Integer(), nullable=False),
        sa.Column("av", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Integer(), nullable=False),
        sa.Column("rw", sa.Integer(), nullable=False),
        sa.Column("positive", sa.String(), nullable=False),
        sa.Column("fired", sa.String(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("ignored", sa.String(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("band_max", sa.String(), nullable=False),
        sa.Column("papers", sa.String(), nullable=False),
        sa.Column("next_question", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["interview_versions.id"], name=op.f("fk_assessments_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_assessments")),
    )
    op.create_index(op.f("ix_assessments_band"), "assessments", ["band"], unique=False)
    op.create_table(
        "case_events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("person_no", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_enc", sa.LargeBinary(), nullable=True),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_case_events_case_id_sequence")),
    )
    op.create_table(
        "third_parties",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name_enc", sa.LargeBinary(), nullable=True),
        sa.Column("phone_enc", sa.LargeBinary(), nullable=True),
        sa.Column("phone_idx", sa.LargeBinary(), nullable=True),
        sa.Column("address_enc", sa.LargeBinary(), nullable=True),
        sa.Column("licence_enc", sa.LargeBinary(), nullable=True),
        sa.Column("licence_idx", sa.LargeBinary(), nullable=True),
        sa.Column("household_idx", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_third_parties_interview_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["interview_versions.id"], name=op.f("fk_third_parties_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_third_parties")),
    )
    op.create_index(
        "ix_third_parties_licence_idx_sealed_at",
        "third_parties",
        ["licence_idx", "sealed_at"],
        unique=False,
    )
    op.create_index(
        "ix_third_parties_phone_idx_sealed_at",
        "third_parties",
        ["phone_idx", "sealed_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_third_parties_version_id"), "third_parties", ["version_id"], unique=False
    )


def _drop_tables() -> None:
    op.drop_index(op.f("ix_third_parties_version_id"), table_name="third_parties")
    op.drop_index("ix_third_parties_phone_idx_sealed_at", table_name="third_parties")
    op.drop_index("ix_third_parties_licence_idx_sealed_at", table_name="third_parties")
    op.drop_table("third_parties")
    op.drop_table("case_events")
    op.drop_index(op.f("ix_assessments_band"), table_name="assessments")
    op.drop_table("assessments")
    op.drop_index("ix_interview_versions_phone_idx_sealed_at", table_name="interview_versions")
    op.drop_index(op.f("ix_interview_versions_nik_idx"), table_name="interview_versions")
    op.drop_table("interview_versions")
    op.drop_index(op.f("ix_decisions_disposition"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_index("ix_cases_office_state", table_name="cases")
    op.drop_index(op.f("ix_cases_interview_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_holder_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_closed_on"), table_name="cases")
    op.drop_table("cases")
    op.drop_index(op.f("ix_web_sessions_account_id"), table_name="web_sessions")
    op.drop_table("web_sessions")
    op.drop_index(op.f("ix_watchlist_entries_value_idx"), table_name="watchlist_entries")
    op.drop_table("watchlist_entries")
    op.drop_index(op.f("ix_interviews_person_id"), table_name="interviews")
    op.drop_index(
        "ix_interviews_open_application_no",
        table_name="interviews",
        sqlite_where=sa.text("voided = 0"),
        postgresql_where=sa.text("NOT voided"),
    )
    op.drop_index("ix_interviews_office_sealed_on", table_name="interviews")
    op.drop_index("ix_interviews_month_office", table_name="interviews")
    op.drop_index(op.f("ix_interviews_awaiting"), table_name="interviews")
    op.drop_index(op.f("ix_interviews_account_id"), table_name="interviews")
    op.drop_table("interviews")
    op.drop_index(op.f("ix_drafts_account_id"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(op.f("ix_api_tokens_account_id"), table_name="api_tokens")
    op.drop_table("api_tokens")
    op.drop_index("ix_appointments_office_slot_on", table_name="appointments")
    op.drop_index(op.f("ix_appointments_nik_idx"), table_name="appointments")
    op.drop_table("appointments")
    op.drop_index(op.f("ix_accounts_person_no"), table_name="accounts")
    op.drop_table("accounts")
    op.drop_table("site_facts")
    op.drop_table("persons")
    op.drop_index(op.f("ix_offices_region"), table_name="offices")
    op.drop_table("offices")
    op.drop_table("idempotency_receipts")
    op.drop_table("daily_runs")
    op.drop_table("audit_events")
