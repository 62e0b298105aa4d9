// Empty texts of what sources say of entities
// Purpose: The offline importer drops empty texts; a description has each of these, be it empty.
// Access: write
// Bounds: 10,000 relationships a transaction
CYPHER 25
MATCH ()-[d:DESCRIBED]->()
WHERE d.name_original IS NULL OR d.url IS NULL OR d.note IS NULL OR d.name IS NULL OR d.words IS NULL
CALL (d) {
  SET d.name = coalesce(d.name, ''), d.name_original = coalesce(d.name_original, ''), d.words = coalesce(d.words, ''),
    d.url = coalesce(d.url, ''), d.note = coalesce(d.note, '')
} IN TRANSACTIONS OF 10000 ROWS
