// Names as each source told them are indexed anew
// Purpose: The index of the names themselves knows neither sounds nor the other Chinese script.
// Access: schema
CYPHER 25
DROP INDEX names_told IF EXISTS
