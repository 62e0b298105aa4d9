// Screenings, the newest first
// Purpose: A list of what was screened, with how far each is.
// Parameters: $seconds INTEGER, $before ZONED DATETIME, $before_id STRING, $limit INTEGER
// Returns: id STRING, status STRING, total INTEGER, done INTEGER, variant STRING, as_of DATE, known_at ZONED DATETIME, engine STRING, begun_at ZONED DATETIME, ended_at ZONED DATETIME, problem STRING, policy STRING, version STRING, digest STRING
// Access: read
// Bounds: $limit screenings
CYPHER 25
MATCH (s:Screening)
WHERE $before IS NULL OR s.begun_at < $before OR (s.begun_at = $before AND s.id < $before_id)
WITH s ORDER BY s.begun_at DESC, s.id DESC LIMIT $limit
MATCH (s)-[:UNDER]->(p:Policy)
RETURN s.id AS id, CASE WHEN s.status = 'running' AND s.alive_at < datetime() - duration({seconds: $seconds})
    THEN 'interrupted' ELSE s.status END AS status,
  s.total AS total, s.done AS done, s.variant AS variant, s.as_of AS as_of, s.known_at AS known_at,
  s.engine AS engine, s.begun_at AS begun_at, s.ended_at AS ended_at, s.problem AS problem,
  p.id AS policy, p.version AS version, p.digest AS digest
ORDER BY begun_at DESC, id DESC
