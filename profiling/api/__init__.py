"""The service for programs: JSON under /api/v1, bearer tokens, receipts by idempotency key."""
