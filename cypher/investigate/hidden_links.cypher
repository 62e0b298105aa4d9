// What links two entities?
// Purpose: The shortest ways between two entities over stakes of any lane, in any direction, that hold today, as known now.
// Parameters: $entity STRING, $other STRING
// Returns: p PATH
// Access: read
// Bounds: 10 links, 20 paths
CYPHER 25
MATCH (a:Entity {id: $entity})
CALL (a) {
  MATCH p = SHORTEST 20 (a)
    (()-[r:OWNS|VOTES|APPOINTS|CONTROLS]-()
      WHERE r.known_to IS NULL
        AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date())){1,10}
    (b:Entity {id: $other})
  RETURN p
}
RETURN p
