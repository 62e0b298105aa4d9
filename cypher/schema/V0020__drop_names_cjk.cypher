// One index of names is enough
// Purpose: The index of words takes Chinese text apart into its characters; phrases of them find what pairs did.
// Access: schema
CYPHER 25
DROP INDEX names_cjk IF EXISTS
