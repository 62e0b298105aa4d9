// One investigation
// Purpose: Question, subjects, pinned verdicts, the notes as they stand, decisions and suspected facts.
// Parameters: $id STRING
// Returns: investigation MAP, policy MAP, subjects LIST OF MAP, pins LIST OF MAP, notes LIST OF MAP, decisions LIST OF MAP, facts LIST OF MAP
// Access: read
// Bounds: one row at most, of as much as one investigation takes
CYPHER 25
MATCH (i:Investigation {id: $id})-[:UNDER]->(p:Policy)
RETURN i {.id, .version, .question, .status, .variant, .as_of, .known_at, .opened_at, .changed_at} AS investigation,
  p {.id, .version, .digest} AS policy,
  COLLECT { MATCH (i)-[:ABOUT]->(e:Entity)
    RETURN e {.id, .kind, name: coalesce(e.name, e.id), name_original: coalesce(e.name_original, '')} ORDER BY e.id } AS subjects,
  COLLECT { MATCH (i)-[r:PINS]->(v:Verdict)-[:UNDER]->(u:Policy), (v)-[:ABOUT]->(e:Entity)
    RETURN v {.verdict_id, .variant, .as_of, .known_at, .outcome, .reason, pinned_at: r.pinned_at,
      policy: u {.id, .version, .digest},
      entity: e {.id, .kind, name: coalesce(e.name, e.id), name_original: coalesce(e.name_original, '')}}
    ORDER BY r.pinned_at, v.verdict_id } AS pins,
  COLLECT { MATCH (i)-[:NOTED]->(n:InvestigationNote)
    WHERE NOT EXISTS { (:InvestigationNote)-[:REVISES]->(n) }
    RETURN n {.number, .revision, .text, .written_at} ORDER BY n.number } AS notes,
  COLLECT { MATCH (i)-[:DECIDED]->(d:Decision)-[:CITES]->(v:Verdict)
    OPTIONAL MATCH (d)-[:SUPERSEDES]->(before:Decision)
    OPTIONAL MATCH (later:Decision)-[:SUPERSEDES]->(d)
    RETURN d {.number, .kind, .text, .decided_at, verdict_id: v.verdict_id,
      supersedes: before.number, superseded_by: later.number} ORDER BY d.number } AS decisions,
  COLLECT { MATCH (i)-[:SUSPECTS]->(f:SuspectedFact)
    RETURN f {.number, .edit, .source, .confidence, .url, .note, .state, .added_at} ORDER BY f.number } AS facts
