// Close versions of stakes
// Purpose: A version that is known no longer keeps its facts and gets an end; one that this load wrote itself goes.
// Parameters: $keys LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch; entities are found by their ids, versions from there, whatever the statistics of a young graph
CYPHER 25
UNWIND $keys AS key
MATCH (owner:Entity {id: key.owner})
USING INDEX SEEK owner:Entity(id)
MATCH (owned:Entity {id: key.owned})
USING INDEX SEEK owned:Entity(id)
WITH key, COLLECT { MATCH (owner)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(owned) RETURN r } AS versions
UNWIND [r IN versions WHERE r.id IN key.ids] AS r
WITH r, r.known_from = $instant AS written_now
FOREACH (_ IN CASE WHEN written_now THEN [] ELSE [1] END | SET r.known_to = $instant)
FOREACH (_ IN CASE WHEN written_now THEN [1] ELSE [] END | DELETE r)
