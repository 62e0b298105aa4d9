// One screening for each id
// Purpose: A screening is found and taken by its id.
// Access: schema
CYPHER 25
CREATE CONSTRAINT screening_id IF NOT EXISTS FOR (s:Screening) REQUIRE s.id IS UNIQUE
