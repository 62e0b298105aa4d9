// Sources, page by page
// Purpose: What is told of sources themselves, for everything to be written out.
// Parameters: $after STRING, $limit INTEGER
// Returns: key STRING, title STRING, url STRING, licence STRING, retrieved STRING, sha256 STRING, told_at ZONED DATETIME, told_froms LIST OF ZONED DATETIME, told_retrieved LIST OF STRING
// Access: read
// Bounds: $limit sources
CYPHER 25
MATCH (s:Source)
WHERE s.key > $after
WITH s ORDER BY s.key LIMIT $limit
RETURN s.key AS key, coalesce(s.title, '') AS title, coalesce(s.url, '') AS url, coalesce(s.licence, '') AS licence,
  coalesce(s.retrieved, '') AS retrieved, coalesce(s.sha256, '') AS sha256, s.told_at AS told_at,
  coalesce(s.told_froms, CASE WHEN s.told_at IS NULL THEN [] ELSE [s.told_at] END) AS told_froms,
  coalesce(s.told_retrieved, CASE WHEN s.told_at IS NULL THEN [] ELSE [coalesce(s.retrieved, '')] END) AS told_retrieved
ORDER BY key
