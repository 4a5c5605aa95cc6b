using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace LofteEvents.Postgres;

/// <summary>
/// A schema in the words of PostgreSQL's own catalogue: objects, each with lines that describe it.
/// <c>Schema/catalogue.txt</c> is such a text for a freshly made database, an object per unindented line with its lines
/// indented below; a test keeps the two together.
/// </summary>
internal sealed class Catalogue
{
    // Objects of others in our schema (Marten's functions, tables of another version) are read too and left out of the
    // comparison.
    private const string Query = """
        WITH relation AS (
            SELECT c.oid, c.relkind, c.relname, c.relacl, c.relrowsecurity,
                   CASE c.relkind WHEN 'S' THEN 'sequence ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'view ' ELSE 'table ' END
                       || c.relname AS object
            FROM pg_class AS c
            WHERE c.relnamespace = to_regnamespace('lofte')
              AND c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f')
        ),
        routine AS (
            SELECT p.oid, p.proacl, p.prosrc, p.prokind, p.provolatile, p.prosecdef, p.proconfig, p.prolang,
                   'function ' || p.proname AS object
            FROM pg_proc AS p
            WHERE p.pronamespace = to_regnamespace('lofte')
        ),
        granted AS (
            SELECT object, relacl AS acl FROM relation
            UNION ALL SELECT object, proacl FROM routine
            UNION ALL SELECT 'schema lofte', nspacl FROM pg_namespace WHERE nspname = 'lofte'
        )
        SELECT object, 'is ' || relkind::text FROM relation
        UNION ALL
        SELECT 'schema lofte', 'exists' FROM pg_namespace WHERE nspname = 'lofte'
        UNION ALL
        SELECT 'database', 'encoding ' || pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()
        UNION ALL
        SELECT 'database', 'setting ' || c.setting
        FROM pg_db_role_setting AS s
        CROSS JOIN LATERAL unnest(s.setconfig) AS c(setting)
        WHERE s.setrole = 0
          AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND c.setting LIKE 'TimeZone=%'
        UNION ALL
        SELECT r.object, 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
               || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
               || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END
               || coalesce(
                   CASE WHEN a.attgenerated <> '' THEN ' generated ' ELSE ' default ' END
                   || CASE WHEN r.relname = 'mt_events' AND a.attname = 'timestamp' THEN 'frozen when the table was made'
                           ELSE pg_get_expr(d.adbin, d.adrelid) END,
                   '')
        FROM relation AS r
        JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND r.relkind <> 'S'
        LEFT JOIN pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
        UNION ALL
        SELECT r.object, 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
        FROM relation AS r
        JOIN pg_constraint AS k ON k.conrelid = r.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
        UNION ALL
        SELECT r.object, 'index ' || pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' (invalid)' END
        FROM relation AS r
        JOIN pg_index AS i ON i.indrelid = r.oid
        UNION ALL
        SELECT r.object, 'trigger ' || pg_get_triggerdef(t.oid)
               || CASE t.tgenabled WHEN 'A' THEN ' (always)' WHEN 'D' THEN ' (disabled)' WHEN 'R' THEN ' (replica)' ELSE '' END
        FROM relation AS r
        JOIN pg_trigger AS t ON t.tgrelid = r.oid AND NOT t.tgisinternal
        UNION ALL
        SELECT r.object, 'row security' FROM relation AS r WHERE r.relrowsecurity
        UNION ALL
        SELECT r.object, 'policy ' || p.polname FROM relation AS r JOIN pg_policy AS p ON p.polrelid = r.oid
        UNION ALL
        SELECT r.object, 'rule ' || w.rulename
        FROM relation AS r
        JOIN pg_rewrite AS w ON w.ev_class = r.oid AND r.relkind IN ('r', 'p')
        UNION ALL
        SELECT r.object, 'as ' || format_type(s.seqtypid, NULL) || ' start ' || s.seqstart || ' increment ' || s.seqincrement
               || ' minimum ' || s.seqmin || ' maximum ' || s.seqmax || ' cache ' || s.seqcache
               || CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END
        FROM relation AS r
        JOIN pg_sequence AS s ON s.seqrelid = r.oid
        UNION ALL
        SELECT r.object, 'owned by ' || o.relname || '.' || a.attname
        FROM relation AS r
        JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype = 'a' AND d.refobjsubid > 0
        JOIN pg_class AS o ON o.oid = d.refobjid
        JOIN pg_attribute AS a ON a.attrelid = o.oid AND a.attnum = d.refobjsubid
        WHERE r.relkind = 'S'
        UNION ALL
        SELECT f.object, 'takes ' || pg_get_function_arguments(f.oid)
               || ' returns ' || coalesce(pg_get_function_result(f.oid), 'nothing')
               || ' kind ' || f.prokind::text || ' volatility ' || f.provolatile::text || ' language ' || l.lanname
               || CASE WHEN f.prosecdef THEN ' security definer' ELSE '' END
               || coalesce(' set ' || array_to_string(f.proconfig, ', '), '')
        FROM routine AS f
        JOIN pg_language AS l ON l.oid = f.prolang
        UNION ALL
        SELECT f.object, 'body ' || encode(sha256(convert_to(f.prosrc, 'UTF8')), 'hex') FROM routine AS f
        UNION ALL
        SELECT g.object, 'grant ' || coalesce(r.rolname, 'public') || ' ' || a.privilege_type
        FROM granted AS g
        CROSS JOIN LATERAL aclexplode(g.acl) AS a
        LEFT JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE a.grantee = 0 OR r.rolname IN ('lofte_app', 'lofte_auditor')
        """;

    // Not in the text: the file of the function says it.
    private const string Body = "body ";

    private readonly SortedDictionary<string, SortedSet<string>> objects = new(StringComparer.Ordinal);

    /// <summary>What a database of this version holds.</summary>
    public static Catalogue Expected { get; } = ReadExpected();

    public static async Task<Catalogue> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var catalogue = new Catalogue();

        // Without a search path PostgreSQL writes every name with its schema, whatever the session had set.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("SELECT set_config('search_path', '', true)"),
                new NpgsqlBatchCommand(Query),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            catalogue.Add(reader.GetString(0), reader.GetString(1));
        }

        return catalogue;
    }

    /// <summary>
    /// What an actual database lacks or has beyond this one, object by object, each as one line. Objects unknown here are
    /// passed over.
    /// </summary>
    public IReadOnlyList<string> DifferencesFrom(Catalogue actual)
    {
        var differences = new List<string>();
        foreach (var (name, lines) in objects)
        {
            if (!actual.objects.TryGetValue(name, out var found))
            {
                differences.Add($"{name}: missing");
                continue;
            }

            differences.AddRange(lines.Except(found).Select(line => $"{name}: missing: {line}"));
            differences.AddRange(found.Except(lines).Select(line => $"{name}: not expected: {line}"));
        }

        return differences;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, lines) in objects)
        {
            text.Append(name).Append('\n');
            foreach (var line in lines.Where(line => !line.StartsWith(Body, StringComparison.Ordinal)))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static Catalogue ReadExpected()
    {
        var catalogue = new Catalogue();
        var name = "";
        foreach (var line in LofteSchema.Text("catalogue.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                catalogue.Add(name, line[2..]);
            }
            else
            {
                name = line;
                catalogue.AddBody(name);
            }
        }

        return catalogue;
    }

    // A function's body is what stands in its file between the two quotes, to the letter.
    private void AddBody(string name)
    {
        const string function = "function ";
        const string quote = "$function$";
        if (name.StartsWith(function, StringComparison.Ordinal))
        {
            var text = LofteSchema.Text($"{name[function.Length..]}.sql");
            var start = text.IndexOf(quote, StringComparison.Ordinal) + quote.Length;
            var body = text[start..text.IndexOf(quote, start, StringComparison.Ordinal)];
            Add(name, Body + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        }
    }

    private void Add(string name, string line)
    {
        if (!objects.TryGetValue(name, out var lines))
        {
            objects.Add(name, lines = new SortedSet<string>(StringComparer.Ordinal));
        }

        lines.Add(line);
    }
}
