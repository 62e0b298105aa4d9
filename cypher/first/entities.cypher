// Empty texts of entities
// Purpose: The offline importer drops empty texts; what is described has each of these, be it empty.
// Access: write
// Bounds: 10,000 nodes a transaction
CYPHER 25
MATCH (e:Entity)
WHERE e.implied_by IS NULL AND (e.name_original IS NULL OR e.url IS NULL OR e.note IS NULL OR e.name IS NULL OR e.words IS NULL)
CALL (e) {
  SET e.name = coalesce(e.name, ''), e.name_original = coalesce(e.name_original, ''), e.words = coalesce(e.words, ''),
    e.url = coalesce(e.url, ''), e.note = coalesce(e.note, '')
} IN TRANSACTIONS OF 10000 ROWS
