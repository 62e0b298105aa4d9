// What is known of entities at two clocks
// Purpose: Names, kinds, locations and list memberships as each source tells them; the latest of each source speaks. No row for an id that nothing was known of yet.
// Parameters: $ids LIST OF STRING, $known_at ZONED DATETIME
// Returns: id STRING, described LIST OF MAP, located LIST OF MAP, listed LIST OF MAP, same_as LIST OF MAP
// Access: read
// Bounds: one row an id
CYPHER 25
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE EXISTS {
  MATCH (e)-[r:DESCRIBED|LOCATED|LISTED|ACTS_IN|SAME_AS|OWNS|VOTES|APPOINTS|CONTROLS]-()
  WHERE r.known_from <= $known_at
}
RETURN e.id AS id,
  COLLECT {
    MATCH (e)-[r:DESCRIBED]->(s)
    WHERE r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
    RETURN r {.*, source: s.key}
  } AS described,
  COLLECT {
    MATCH (e)-[r:LOCATED]->(j)
    WHERE r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
    RETURN r {.*, target: j.code}
  } AS located,
  COLLECT {
    MATCH (e)-[r:LISTED]->(l)
    WHERE r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
    RETURN r {.*, target: l.key}
  } AS listed,
  COLLECT {
    MATCH (e)-[r:SAME_AS]-(other)
    WHERE r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
    RETURN r {.*, target: other.id}
  } AS same_as
