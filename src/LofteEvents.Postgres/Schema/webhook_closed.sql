-- Endpoints that answered 410: nothing is sent to them any more. Another address is another endpoint.
CREATE TABLE IF NOT EXISTS lofte.webhook_closed (
    recipient varchar     NOT NULL,
    url       varchar     NOT NULL,
    closed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pkey_webhook_closed PRIMARY KEY (recipient, url)
);

GRANT SELECT, INSERT ON lofte.webhook_closed TO lofte_app;
GRANT SELECT ON lofte.webhook_closed TO lofte_auditor;
