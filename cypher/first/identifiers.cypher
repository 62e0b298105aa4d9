// Empty texts of identifiers
// Purpose: The offline importer drops empty texts; an identifier of signs alone has an empty compact form.
// Access: write
// Bounds: 10,000 nodes a transaction
CYPHER 25
MATCH (i:Identifier)
WHERE i.scheme IS NULL OR i.value IS NULL OR i.compact IS NULL
CALL (i) {
  SET i.scheme = coalesce(i.scheme, ''), i.value = coalesce(i.value, ''), i.compact = coalesce(i.compact, '')
} IN TRANSACTIONS OF 10000 ROWS
