"""Names as people write them: folded, sounded out, taken apart into name and legal form, compared."""
