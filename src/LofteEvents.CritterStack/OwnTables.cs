using Npgsql;

namespace LofteEvents.CritterStack;

/// <summary>
/// Connections for the default engine's queries of the product's own tables. They name those without a schema, since a rebuild
/// runs them against other ones.
/// </summary>
internal static class OwnTables
{
    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand("SET search_path = lofte, public", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
