using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// The right to run one projection: a session advisory lock on a connection of its own. All its writes go over this connection,
/// so when the connection dies the lock and an unfinished page go with it, and another process takes over.
/// </summary>
internal sealed class ProjectionLock : IAsyncDisposable
{
    /// <summary>The live tables.</summary>
    public const string Live = "lofte";

    /// <summary>A rebuild's tables first; what it does not rebuild is found in the live schema.</summary>
    public const string Beside = "lofte_rebuild, lofte";

    // A process whose machine is gone must not hold the lock for the two hours that TCP takes by default.
    private const string Settings =
        """
        SELECT set_config('search_path', $1, false),
               set_config('tcp_keepalives_idle', '5', false),
               set_config('tcp_keepalives_interval', '2', false),
               set_config('tcp_keepalives_count', '3', false)
        """;

    // Tried and not waited for: a session that waits for a lock holds a snapshot, and so keeps VACUUM from its work.
    private const string TryTake = "SELECT pg_try_advisory_lock(hashtextextended('lofte.projection.' || $1, 0))";

    private ProjectionLock(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <returns>Null while another session holds the lock.</returns>
    public static async Task<ProjectionLock?> TryTakeAsync(
        NpgsqlDataSource dataSource, string name, string searchPath, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var held = new ProjectionLock(connection);
        try
        {
            await using var settings = new NpgsqlCommand(Settings, connection) { Parameters = { new() { Value = searchPath } } };
            await settings.ExecuteNonQueryAsync(cancellationToken);
            await using var take = new NpgsqlCommand(TryTake, connection) { Parameters = { new() { Value = name } } };
            if (await take.ExecuteScalarAsync(cancellationToken) is true)
            {
                return held;
            }
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }

        await held.DisposeAsync();
        return null;
    }

    /// <summary>Gives the lock back before the connection goes to the pool, where it would live on.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Connection.State == System.Data.ConnectionState.Open)
            {
                await using var batch = new NpgsqlBatch(Connection)
                {
                    BatchCommands = { new("SELECT pg_advisory_unlock_all()"), new("RESET ALL") },
                };
                await batch.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and with it the session and its lock.
        }

        await Connection.DisposeAsync();
    }
}
