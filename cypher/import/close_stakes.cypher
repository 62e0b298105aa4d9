// Close versions of stakes
// Purpose: A version that is known no longer keeps its facts and gets an end; one that this load wrote itself goes.
// Parameters: $keys LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $keys AS key
MATCH (:Entity {id: key.owner})-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(:Entity {id: key.owned})
WHERE r.id IN key.ids
WITH r, r.known_from = $instant AS written_now
FOREACH (_ IN CASE WHEN written_now THEN [] ELSE [1] END | SET r.known_to = $instant)
FOREACH (_ IN CASE WHEN written_now THEN [1] ELSE [] END | DELETE r)
