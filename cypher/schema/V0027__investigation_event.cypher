// One event of an investigation for each version of it
// Purpose: Two changes cannot both be the next one.
// Access: schema
CYPHER 25
CREATE CONSTRAINT investigation_event IF NOT EXISTS FOR (e:InvestigationEvent) REQUIRE e.key IS UNIQUE
