// Jurisdictions are found by code
// Purpose: One node a jurisdiction.
// Access: schema
CYPHER 25
CREATE CONSTRAINT jurisdiction_code IF NOT EXISTS FOR (j:Jurisdiction) REQUIRE j.code IS UNIQUE
