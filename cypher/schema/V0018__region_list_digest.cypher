// A region list is kept once
// Purpose: The digest covers every version of the list.
// Access: schema
CYPHER 25
CREATE CONSTRAINT region_list_digest IF NOT EXISTS FOR (l:RegionList) REQUIRE l.digest IS UNIQUE
