// Where do sources tell it differently?
// Purpose: Stakes above one entity, and places of those who hold them, that are told in several ways; today, as known now.
// Parameters: $entity STRING
// Returns: about STRING, what STRING, sources LIST OF STRING, as_filed LIST OF STRING
// Access: read
// Bounds: 10,000 entities above it, 500 facts
CYPHER 25
MATCH (t:Entity {id: $entity})
CALL (t) {
  MATCH (t)<-[rs:OWNS|VOTES|APPOINTS|CONTROLS*0..]-(a:Entity)
  WHERE all(r IN rs WHERE r.known_to IS NULL
    AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date()))
  RETURN DISTINCT a AS a LIMIT 10000
}
CALL (a) {
  MATCH (a)<-[u:OWNS|VOTES|APPOINTS|CONTROLS]-(o:Entity)
  WHERE u.conflict AND u.known_to IS NULL
    AND (u.valid_from IS NULL OR u.valid_from <= date()) AND (u.valid_to IS NULL OR u.valid_to > date())
  RETURN o.id + ' → ' + a.id AS about, type(u) AS what, u.claim_sources AS sources, u.claim_percents AS as_filed
  UNION
  MATCH (a)-[l:LOCATED]->(j:Jurisdiction)
  WHERE l.known_to IS NULL
    AND (l.valid_from IS NULL OR l.valid_from <= date()) AND (l.valid_to IS NULL OR l.valid_to > date())
    AND l.attribute IN ['headquarters', 'incorporation', 'principal_place', 'residence']
  WITH a, l.attribute AS what, collect(l.source) AS sources, collect(j.code) AS as_filed, count(DISTINCT j) AS codes
  WHERE codes > 1
  RETURN a.id AS about, what, sources, as_filed
}
RETURN about, what, sources, as_filed
ORDER BY what, about
LIMIT 500
