// What is known of sources themselves
// Purpose: When each was retrieved, as told at each instant, and how it is called now.
// Parameters: $keys LIST OF STRING
// Returns: key STRING, told_froms LIST OF ZONED DATETIME, told_retrieved LIST OF STRING, title STRING, url STRING, licence STRING, sha256 STRING
// Access: read
// Bounds: one row a key
CYPHER 25
UNWIND $keys AS key
MATCH (s:Source {key: key})
RETURN key,
  coalesce(s.told_froms, CASE WHEN s.told_at IS NULL THEN [] ELSE [s.told_at] END) AS told_froms,
  coalesce(s.told_retrieved, CASE WHEN s.told_at IS NULL THEN [] ELSE [coalesce(s.retrieved, '')] END) AS told_retrieved,
  coalesce(s.title, '') AS title, coalesce(s.url, '') AS url, coalesce(s.licence, '') AS licence,
  coalesce(s.sha256, '') AS sha256
