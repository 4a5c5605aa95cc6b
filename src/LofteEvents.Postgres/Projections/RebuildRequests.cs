using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>Asks for projections to be built anew. Whichever process runs the projection does it, beside the live one.</summary>
public sealed class RebuildRequests(NpgsqlDataSource dataSource)
{
    /// <returns>False where a rebuild was asked for before and is not done.</returns>
    public async Task<bool> AskAsync(string projection, string by, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "INSERT INTO lofte.projection_rebuild (name, requested_by) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");
        command.Parameters.Add(new() { Value = projection });
        command.Parameters.Add(new() { Value = by });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
