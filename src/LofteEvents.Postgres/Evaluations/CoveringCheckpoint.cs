using LofteEvents.Evaluations;
using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Evaluations;

/// <summary>Finds the first checkpoint whose tree holds every event up to a position.</summary>
internal static class CoveringCheckpoint
{
    private const string Query =
        """
        SELECT checkpoint.note
        FROM (SELECT seq_id FROM lofte.mt_events WHERE seq_id <= $1 ORDER BY seq_id DESC LIMIT 1) AS newest
        JOIN lofte.log_leaf AS leaf ON leaf.position = newest.seq_id
        JOIN lofte.log_checkpoint AS checkpoint ON checkpoint.size > leaf.leaf_index
        ORDER BY checkpoint.incarnation, checkpoint.size
        LIMIT 1
        """;

    /// <returns>Null while the newest of those events is not sealed.</returns>
    public static async Task<EvaluationTree?> FindAsync(
        NpgsqlDataSource dataSource, long position, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Query);
        command.Parameters.Add(new() { Value = position });
        if (await command.ExecuteScalarAsync(cancellationToken) is not byte[] bytes)
        {
            return null;
        }

        return SignedNote.TryParse(bytes, out var note, out _) && Checkpoint.TryParse(note.Text, out var checkpoint, out _)
            ? new EvaluationTree((long)checkpoint.Size, checkpoint.Root.ToBase64())
            : throw new InvalidOperationException($"The checkpoint that covers position {position} is no signed checkpoint.");
    }
}
