// Who stands above an entity, today
// Purpose: The recorded holdings above one entity as a graph, for Neo4j Browser; stakes that hold today, as known now.
// Parameters: $entity STRING
// Returns: p PATH
// Access: read
// Bounds: 8 links, 300 paths
CYPHER 25
MATCH p = ACYCLIC (t:Entity {id: $entity})
  ((b)<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(a)
    WHERE r.known_to IS NULL
      AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date())){1,8}
  (s)
RETURN p
LIMIT 300
