// Remember that two entities are not one
// Purpose: A person's word about a suggestion; it is no fact, and no verdict hangs on it. The last word on a pair counts.
// Parameters: $entity STRING, $other STRING, $why STRING, $by STRING
// Access: write
// Bounds: the rejections of one pair
CYPHER 25
MATCH (e:Entity {id: $entity})
MATCH (other:Entity {id: $other})
CALL (e, other) {
  MATCH (e)-[r:NOT_SAME_AS]-(other)
  WHERE r.until IS NULL
  SET r.until = datetime()
}
CREATE (e)-[:NOT_SAME_AS {why: $why, by: $by, at: datetime()}]->(other)
