using System.Text;
using Npgsql;

namespace LofteEvents.Postgres;

/// <summary>
/// The database objects of the product: applied, compared and shown by <c>lofte schema apply|assert|dump</c>. Each lies in
/// its own file under <c>Schema/</c>; what they amount to in the database's own words is <c>Schema/catalogue.txt</c>.
/// </summary>
public static class LofteSchema
{
    /// <summary>The schema that holds everything of ours, and Marten's tables.</summary>
    public const string Name = "lofte";

    // Two processes that start at once apply one after the other; the second then finds nothing to do. The number spells
    // "lofteSch" in ASCII.
    private const long ApplyLock = 0x6C_6F_66_74_65_53_63_68;

    // In an order in which each file finds what it refers to.
    internal static IReadOnlyList<string> Files { get; } =
    [
        "lofte.sql",
        "database.sql",
        "lofte_app.sql",
        "lofte_auditor.sql",
        "mt_streams.sql",
        "mt_events.sql",
        "mt_events_sequence.sql",
        "mt_event_progression.sql",
        "mt_high_water_skips.sql",
        "intake_key.sql",
        "subject_key.sql",
        "sealed_mac.sql",
        "sealed_part.sql",
        "log_leaf.sql",
        "log_tile.sql",
        "log_checkpoint.sql",
        "log_key.sql",
        "counted_fact.sql",
        "mt_doc_loftestatus.sql",
        "mt_doc_lofteoverview.sql",
        "mt_doc_noticeoverview.sql",
        "projection_stop.sql",
        "projection_advance.sql",
        "lofte_rebuild.sql",
        "projection_rebuild.sql",
        "projection_tables.sql",
        "projection_rebuild_begin.sql",
        "projection_rebuild_swap.sql",
        "refuse_change.sql",
        "mt_streams_triggers.sql",
        "mt_events_triggers.sql",
        "sealed_part_triggers.sql",
        "store_sealed.sql",
        "append_at_once.sql",
        "append_in_turn.sql",
        "position_at.sql",
        "work.sql",
        "work_enqueue.sql",
        "work_lease.sql",
        "work_settle.sql",
        "work_replay.sql",
        "log_publish.sql",
        "webhook_closed.sql",
    ];

    /// <summary>
    /// Brings the database to the schema of this version, in one transaction under a lock. Safe to repeat, and safe when two
    /// processes do it at once. A database that already matches is not touched.
    /// </summary>
    /// <exception cref="LofteSchemaException">The database holds something else than it should where ours goes, or this role
    /// may not make it; nothing was changed.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection))
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ApplyLock });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var expected = Catalogue.Expected;
        var before = expected.DifferencesFrom(await Catalogue.ReadAsync(connection, cancellationToken));
        if (before.Count == 0)
        {
            return;
        }

        foreach (var file in Files)
        {
            await RunAsync(connection, file, before, cancellationToken);
        }

        var left = expected.DifferencesFrom(await Catalogue.ReadAsync(connection, cancellationToken));
        if (left.Count > 0)
        {
            throw new LofteSchemaException(
                "The database already holds objects in schema lofte that differ from what this version needs; "
                + "nothing was changed. Compare them with 'lofte schema dump', then put them right or use another database.",
                left);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Compares the live catalogue with the expected one.</summary>
    /// <exception cref="LofteSchemaException">They differ; each difference is named.</exception>
    public static async Task AssertAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await AssertAsync(connection, cancellationToken);
    }

    /// <inheritdoc cref="AssertAsync(NpgsqlDataSource, CancellationToken)"/>
    public static async Task AssertAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var differences = Catalogue.Expected.DifferencesFrom(await Catalogue.ReadAsync(connection, cancellationToken));
        if (differences.Count > 0)
        {
            throw new LofteSchemaException(
                "The database's schema is not the one that this version needs. Run 'lofte schema apply' as its owner.",
                differences);
        }
    }

    /// <summary>All SQL that <see cref="ApplyAsync"/> runs, in its order, as one text that psql takes.</summary>
    public static string Dump()
    {
        var text = new StringBuilder("BEGIN;\n");
        foreach (var file in Files)
        {
            text.Append("\n-- ").Append(file).Append('\n').Append(Text(file));
        }

        return text.Append("\nCOMMIT;\n").ToString();
    }

    internal static string Text(string file)
    {
        var stream = typeof(LofteSchema).Assembly.GetManifestResourceStream($"LofteEvents.Postgres.Schema.{file}")
            ?? throw new InvalidOperationException($"Schema/{file} is not embedded in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, string file, IReadOnlyList<string> before, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(Text(file), connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new LofteSchemaException(
                $"Schema/{file} could not be applied, so nothing was changed: {exception.MessageText} ({exception.SqlState}).",
                before,
                exception);
        }
    }
}
