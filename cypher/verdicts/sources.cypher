// What is recorded of sources
// Purpose: Cite them with title, address, day of retrieval and digest.
// Parameters: $keys LIST OF STRING
// Returns: source STRING, title STRING, url STRING, licence STRING, retrieved STRING, sha256 STRING
// Access: read
// Bounds: one row a source
CYPHER 25
UNWIND $keys AS key
MATCH (s:Source {key: key})
RETURN s.key AS source, coalesce(s.title, '') AS title, coalesce(s.url, '') AS url,
  coalesce(s.licence, '') AS licence, coalesce(s.retrieved, '') AS retrieved, coalesce(s.sha256, '') AS sha256
ORDER BY source
