"""Facts to bytes: the formats in which everything gets out again."""
