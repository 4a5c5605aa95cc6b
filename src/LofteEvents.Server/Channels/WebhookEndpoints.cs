using Npgsql;

namespace LofteEvents.Server.Channels;

/// <summary>Endpoints that said that they are gone. Every process knows of them, and another address is another
/// endpoint.</summary>
internal sealed class WebhookEndpoints(NpgsqlDataSource dataSource)
{
    private const string IsClosed = "SELECT EXISTS (SELECT 1 FROM lofte.webhook_closed WHERE recipient = $1 AND url = $2)";

    private const string Close =
        "INSERT INTO lofte.webhook_closed (recipient, url) VALUES ($1, $2) ON CONFLICT (recipient, url) DO NOTHING";

    public async Task<bool> IsClosedAsync(string recipient, Uri url, CancellationToken cancellationToken)
    {
        await using var command = Command(IsClosed, recipient, url);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async Task CloseAsync(string recipient, Uri url, CancellationToken cancellationToken)
    {
        await using var command = Command(Close, recipient, url);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, string recipient, Uri url)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = recipient });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = url.AbsoluteUri });
        return command;
    }
}
