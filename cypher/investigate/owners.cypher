// Who owns it?
// Purpose: Every direct stake in one entity that holds today, as known now: figures in percent, who says so.
// Parameters: $entity STRING
// Returns: owner STRING, name STRING, kind STRING, lane STRING, from_percent FLOAT, to_percent FLOAT, disputed BOOLEAN, sources LIST OF STRING, as_filed LIST OF STRING
// Access: read
// Bounds: 500 stakes
CYPHER 25
MATCH (t:Entity {id: $entity})<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(o:Entity)
WHERE r.known_to IS NULL
  AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date())
RETURN o.id AS owner, o.name AS name, o.kind AS kind, type(r) AS lane,
  round(100 * r.min, 6) AS from_percent, round(100 * r.max, 6) AS to_percent,
  r.conflict AS disputed, r.sources AS sources, r.claim_percents AS as_filed
ORDER BY lane, from_percent DESC, owner
LIMIT 500
