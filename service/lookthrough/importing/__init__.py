"""Files as people keep them, turned into facts or rejections; one module a format, and no database."""
