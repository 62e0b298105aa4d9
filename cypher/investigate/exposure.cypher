// What do owners of one jurisdiction hold?
// Purpose: Holdings downward from parties that a source places there today by headquarters, nationality or residence; as known now.
// Parameters: $jurisdiction STRING
// Returns: p PATH
// Access: read
// Bounds: 4 links, 300 paths
CYPHER 25
MATCH (:Jurisdiction {code: $jurisdiction})<-[l:LOCATED]-(s:Entity)
WHERE l.attribute IN ['headquarters', 'nationality', 'residence'] AND l.known_to IS NULL
  AND (l.valid_from IS NULL OR l.valid_from <= date()) AND (l.valid_to IS NULL OR l.valid_to > date())
WITH DISTINCT s
MATCH p = ACYCLIC (s)
  (()-[r:OWNS|VOTES|APPOINTS|CONTROLS]->()
    WHERE r.known_to IS NULL
      AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date())){1,4}
  (t)
RETURN p
LIMIT 300
