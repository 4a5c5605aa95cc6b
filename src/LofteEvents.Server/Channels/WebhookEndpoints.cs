using System.Collections.Frozen;
using Npgsql;

namespace LofteEvents.Server.Channels;

/// <summary>
/// Endpoints that said that they are gone. What another process was told is known here within seconds, and costs an endpoint
/// that is gone one more question at most. Another address is another endpoint.
/// </summary>
internal sealed class WebhookEndpoints(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int MostClosed = 10_000;
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(5);

    private const string Closed = "SELECT recipient, url FROM lofte.webhook_closed LIMIT $1";

    private const string Close =
        "INSERT INTO lofte.webhook_closed (recipient, url) VALUES ($1, $2) ON CONFLICT (recipient, url) DO NOTHING";

    private volatile Snapshot? _snapshot;

    public async Task<bool> IsClosedAsync(string recipient, Uri url, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || clock.GetElapsedTime(snapshot.ReadAt) > Known)
        {
            _snapshot = snapshot = await ReadAsync(cancellationToken);
        }

        return snapshot.Endpoints.Contains((recipient, url.AbsoluteUri));
    }

    public async Task CloseAsync(string recipient, Uri url, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Close);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = recipient });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = url.AbsoluteUri });
        await command.ExecuteNonQueryAsync(cancellationToken);
        _snapshot = null;
    }

    private async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        await using var command = dataSource.CreateCommand(Closed);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostClosed });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var closed = new HashSet<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            closed.Add((reader.GetString(0), reader.GetString(1)));
        }

        return new Snapshot(readAt, closed.ToFrozenSet());
    }

    private sealed record Snapshot(long ReadAt, FrozenSet<(string Recipient, string Url)> Endpoints);
}
