using System.Data;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// The right to seal: a session advisory lock on a connection of its own, over which everything is read and published, so that
/// a sealer that lost its connection lost its right with it and can publish nothing more.
/// </summary>
internal sealed class SealerLock : IAsyncDisposable
{
    // Where a policy hides rows from this role, a query fails in place of answering less. A session whose machine is gone must
    // not hold the lock for the two hours that TCP takes by default.
    private const string Settings =
        """
        SELECT set_config('row_security', 'off', false),
               set_config('search_path', 'pg_catalog', false),
               set_config('tcp_keepalives_idle', '5', false),
               set_config('tcp_keepalives_interval', '2', false),
               set_config('tcp_keepalives_count', '3', false)
        """;

    private const string TryTake = "SELECT pg_try_advisory_lock(hashtextextended('lofte.sealer', 0))";

    private SealerLock(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <returns>Null while another session holds it.</returns>
    public static async Task<SealerLock?> TryTakeAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var held = new SealerLock(await dataSource.OpenConnectionAsync(cancellationToken));
        try
        {
            await using var settings = new NpgsqlCommand(Settings, held.Connection);
            await settings.ExecuteNonQueryAsync(cancellationToken);
            await using var take = new NpgsqlCommand(TryTake, held.Connection);
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
            if (Connection.State == ConnectionState.Open)
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
