-- One key per person, wrapped by the master key of an epoch, which is not in the database. A row that is gone is a person
-- forgotten; an auditor has no need of it.
CREATE TABLE IF NOT EXISTS lofte.subject_key (
    key_id  uuid    NOT NULL,
    person  uuid    NOT NULL,
    epoch   integer NOT NULL,
    wrapped bytea   NOT NULL, -- AES-KWP (RFC 5649) of 32 bytes
    CONSTRAINT pkey_subject_key PRIMARY KEY (key_id),
    CONSTRAINT subject_key_one_per_person UNIQUE (person),
    CONSTRAINT subject_key_is_wrapped CHECK (octet_length(wrapped) = 40)
);

CREATE INDEX IF NOT EXISTS idx_subject_key_epoch ON lofte.subject_key USING btree (epoch, key_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.subject_key TO lofte_app;
