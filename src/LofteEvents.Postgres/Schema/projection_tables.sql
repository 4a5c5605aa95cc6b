-- The tables that a projection fills.
CREATE OR REPLACE FUNCTION lofte.projection_tables(projection varchar)
RETURNS varchar[]
LANGUAGE plpgsql
IMMUTABLE
AS $function$
BEGIN
    RETURN CASE projection
        WHEN 'LofteStatus' THEN ARRAY ['mt_doc_loftestatus', 'counted_fact']
        WHEN 'LofteOverview' THEN ARRAY ['mt_doc_lofteoverview']
        WHEN 'NoticeOverview' THEN ARRAY ['mt_doc_noticeoverview']
    END;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.projection_tables(varchar) TO lofte_app;
