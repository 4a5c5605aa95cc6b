using System.Net;
using System.Text.Json.Nodes;
using LofteEvents.Postgres.Embedded;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Cli;
using LofteEvents.Tests.Postgres.Embedded;
using Npgsql;

namespace LofteEvents.Tests.Server;

/// <summary>Who is killed.</summary>
internal enum Victim
{
    Server,
    Database,
    Both,
}

/// <summary>A lock that stops a step in its midst.</summary>
internal sealed class StepHold(NpgsqlConnection connection, string watch) : IAsyncDisposable
{
    /// <summary>What every append takes first: <c>PostgresEventStore.WriterLock</c>.</summary>
    public const string Appends = "SELECT pg_advisory_xact_lock(7813576528612847463)";

    /// <summary>What every page of a projection writes first.</summary>
    public const string Projection = "SELECT 1 FROM lofte.mt_event_progression WHERE name = 'LofteStatus:All' FOR UPDATE";

    private const string SomebodyWaits =
        "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype IN ('advisory', 'transactionid') AND NOT granted)";

    public static async Task<StepHold> TakeAsync(string connection, string sql, CancellationToken cancellationToken)
    {
        var holder = new NpgsqlConnection(connection + ";Pooling=false");
        await holder.OpenAsync(cancellationToken);
        await using var take = new NpgsqlCommand("BEGIN; " + sql, holder);
        await take.ExecuteNonQueryAsync(cancellationToken);
        return new StepHold(holder, connection);
    }

    public Task WhenSomebodyWaitsAsync(CancellationToken cancellationToken) => Eventually.BecomesAsync(
        "somebody waits for the lock",
        async token => await EmbeddedFolder.AskAsync(watch, SomebodyWaits, token) is true,
        cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}

/// <summary>The way to whichever process is the server just now.</summary>
internal sealed class KillableServer(EmbeddedFolder folder) : IAsyncDisposable
{
    private ServerProcess? _server;
    private HttpClient _publisher = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = await ServerProcess.StartReadyAsync(folder, cancellationToken);
        await _server.SignInAsync(Roles.Publisher, cancellationToken);
        _publisher = _server.Client;
    }

    public Task<Answer> PublishAsync(JsonNode said, CancellationToken cancellationToken) =>
        _publisher.PublishAsync(said, cancellationToken);

    public async Task<HttpStatusCode> StatusOfAsync(string address, CancellationToken cancellationToken)
    {
        using var answer = await _server!.Client.GetAsync(address, cancellationToken);
        return answer.StatusCode;
    }

    /// <returns>Null where there was no answer, or one that said to come back.</returns>
    public async Task<Answer?> TryPublishAsync(JsonNode said, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _publisher.PublishAsync(said.DeepClone(), cancellationToken);
            if (answer.Status == 503)
            {
                answer.RetryAfter.ShouldNotBeNull();
                return null;
            }

            answer.Status.ShouldBeOneOf(200, 201);
            return answer;
        }
        catch (Exception gone) when (gone is HttpRequestException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    public Task<Ran> LofteAsync(string[] args, CancellationToken cancellationToken) =>
        Lofte.Alone.With("Lofte__Data", folder.Path).RunAsync(args, cancellationToken);

    public async Task<StepHold> HoldAsync(string sql, CancellationToken cancellationToken)
    {
        RunFile? run = null;
        await Eventually.BecomesAsync(
            "the database answers",
            async token => await AnswersAsync(run = await ReadRunAsync(token), token),
            cancellationToken);
        return await StepHold.TakeAsync(run!.Connection, sql, cancellationToken);
    }

    public async Task KillInTheMidstAsync(string sql, Victim victim, CancellationToken cancellationToken)
    {
        await using var hold = await HoldAsync(sql, cancellationToken);
        await hold.WhenSomebodyWaitsAsync(cancellationToken);
        await KillAsync(victim, hold, cancellationToken);
    }

    /// <summary>
    /// Kills, lets go, and starts the server again where it was killed: it is what brings a killed database back. A session
    /// that a killed server left behind then does what it was about to do.
    /// </summary>
    public Task KillAsync(Victim victim, StepHold? hold, CancellationToken cancellationToken) =>
        KillAndLetGoAsync(victim, async () => await (hold?.DisposeAsync() ?? ValueTask.CompletedTask), cancellationToken);

    /// <param name="letGo">Called between the kill and the new start.</param>
    public async Task KillAndLetGoAsync(Victim victim, Func<Task> letGo, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            victim is Victim.Server ? Task.CompletedTask : KillDatabaseAsync(cancellationToken),
            victim is Victim.Database ? Task.CompletedTask : _server!.SignalAsync("KILL", cancellationToken));
        await letGo();
        if (victim is not Victim.Database)
        {
            await StartAsync(cancellationToken);
        }
    }

    /// <summary>As the server reaches its database.</summary>
    public async Task<string> ConnectionAsync(CancellationToken cancellationToken) =>
        (await ReadRunAsync(cancellationToken)).ShouldNotBeNull().Connection;

    public Task WhenProjectedAsync(long position, CancellationToken cancellationToken) => Eventually.BecomesAsync(
        $"position {position} is projected",
        async token =>
        {
            using var read = await _server!.Client.GetAsync(
                $"/api/v1/loften/norrmalm-2018/status?minPosition={position}", token);
            return read.IsSuccessStatusCode;
        },
        cancellationToken);

    public async Task<List<JsonObject>> ReadLogAsync(CancellationToken cancellationToken)
    {
        await _server!.SignInAsync(Roles.Auditor, cancellationToken);
        var log = new List<JsonObject>();
        while (true)
        {
            var after = log.Count == 0 ? 0 : log[^1]["position"]!.GetValue<long>();
            var text = await _server.Client.GetStringAsync($"/api/v1/events?limit=10000&after={after}", cancellationToken);
            var page = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (page.Length == 0)
            {
                return log;
            }

            log.AddRange(page.Select(line => JsonNode.Parse(line)!.AsObject()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task KillDatabaseAsync(CancellationToken cancellationToken)
    {
        var database = PostmasterPid.Read((await folder.PlaceAsync(cancellationToken)).Data).ShouldNotBeNull().Process;
        await EmbeddedFolder.KillAsync(database, cancellationToken);
    }

    private Task<RunFile?> ReadRunAsync(CancellationToken cancellationToken) =>
        RunFile.ReadAsync(folder.Path, cancellationToken);

    private static async Task<bool> AnswersAsync(RunFile? run, CancellationToken cancellationToken)
    {
        try
        {
            return run is not null && await EmbeddedFolder.AskAsync(run.Connection, "SELECT true", cancellationToken) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
