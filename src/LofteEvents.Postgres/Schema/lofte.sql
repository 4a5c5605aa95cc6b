-- Everything of the product lies in this schema. Marten's tables keep their mt_ prefix, ours have none: Marten drops what it
-- does not know from its own tables, and leaves unknown tables alone.
CREATE SCHEMA IF NOT EXISTS lofte;
