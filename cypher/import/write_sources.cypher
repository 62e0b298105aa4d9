// Describe sources
// Purpose: Title, address, licence, day of retrieval and digest of a source; days told before are kept with their instants.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MERGE (s:Source {key: row.key})
WITH row, s,
  coalesce(s.told_froms, CASE WHEN s.told_at IS NULL THEN [] ELSE [s.told_at] END) AS froms,
  coalesce(s.told_retrieved, CASE WHEN s.told_at IS NULL THEN [] ELSE [coalesce(s.retrieved, '')] END) AS retrieved
SET s = row, s.told_at = $instant, s.told_froms = froms + [$instant],
  s.told_retrieved = retrieved + [coalesce(row.retrieved, '')]
