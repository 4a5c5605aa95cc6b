using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Queue;

/// <summary>Puts work in line: in a transaction of its own, or in the one of what it follows from.</summary>
internal static class QueuedWork
{
    /// <summary>The channel that <c>lofte.work_enqueue</c> notifies.</summary>
    internal const string Channel = "lofte_work";

    private const string Enqueue = "SELECT lofte.work_enqueue($1, $2, $3, $4, $5, $6)";

    /// <returns>How much of it was new.</returns>
    public static async Task<long> EnqueueAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<WorkItem> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(work);
        await using var command = dataSource.CreateCommand(Enqueue);
        command.Parameters.AddRange(Parameters(work));
        return await command.ExecuteScalarAsync(cancellationToken) is long added ? added : 0;
    }

    /// <summary>The same as a part of a batch, which is one transaction.</summary>
    internal static NpgsqlBatchCommand Command(IReadOnlyList<WorkItem> work)
    {
        var command = new NpgsqlBatchCommand(Enqueue);
        command.Parameters.AddRange(Parameters(work));
        return command;
    }

    private static NpgsqlParameter[] Parameters(IReadOnlyList<WorkItem> work) =>
    [
        Column(work, item => item.Key, NpgsqlDbType.Varchar),
        Column(work, item => item.Kind, NpgsqlDbType.Varchar),
        Column(work, item => item.Lane, NpgsqlDbType.Varchar),
        Column(work, item => item.Data, NpgsqlDbType.Jsonb),
        Column(work, item => item.Position, NpgsqlDbType.Bigint),
        Column(work, item => item.NotBefore?.UtcDateTime, NpgsqlDbType.TimestampTz),
    ];

    private static NpgsqlParameter<T[]> Column<T>(IReadOnlyList<WorkItem> work, Func<WorkItem, T> of, NpgsqlDbType element) =>
        new() { TypedValue = [.. work.Select(of)], NpgsqlDbType = NpgsqlDbType.Array | element };
}
