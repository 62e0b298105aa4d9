// One row of a screening for each of its entries
// Purpose: Working out a row again does not make a second one.
// Access: schema
CYPHER 25
CREATE CONSTRAINT screening_row IF NOT EXISTS FOR (r:ScreeningRow) REQUIRE r.key IS UNIQUE
