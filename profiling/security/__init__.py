"""Access, cryptography and digests: computes, stores nothing."""
