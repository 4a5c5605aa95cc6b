-- The answer to whoever tries to change history, the tables' owner included. The class of the error is restrict_violation
-- (23001).
CREATE OR REPLACE FUNCTION lofte.refuse_change()
RETURNS trigger
LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION '% of %.% is refused: recorded history is never changed or removed', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'Append a correcting or a voiding event instead; personal data is forgotten by destroying its key.';
END
$function$;
