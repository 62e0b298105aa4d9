// One screening
// Purpose: How far it is; one that nobody has worked on for a while is interrupted.
// Parameters: $id STRING, $seconds INTEGER
// Returns: id STRING, status STRING, total INTEGER, done INTEGER, variant STRING, as_of DATE, known_at ZONED DATETIME, engine STRING, begun_at ZONED DATETIME, ended_at ZONED DATETIME, problem STRING, policy STRING, version STRING, digest STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (s:Screening {id: $id})-[:UNDER]->(p:Policy)
RETURN s.id AS id, CASE WHEN s.status = 'running' AND s.alive_at < datetime() - duration({seconds: $seconds})
    THEN 'interrupted' ELSE s.status END AS status,
  s.total AS total, s.done AS done, s.variant AS variant, s.as_of AS as_of, s.known_at AS known_at,
  s.engine AS engine, s.begun_at AS begun_at, s.ended_at AS ended_at, s.problem AS problem,
  p.id AS policy, p.version AS version, p.digest AS digest
