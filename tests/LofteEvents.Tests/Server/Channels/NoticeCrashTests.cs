using System.Collections.Concurrent;
using LofteEvents.Postgres.Queue;
using LofteEvents.Tests.Postgres.Embedded;

namespace LofteEvents.Tests.Server.Channels;

/// <summary>
/// Two processes that do the work of notices, and their database, killed with the signal that no process can answer while
/// insatser are reported and their notices are sent. Every step is held until the kill, so that it is met in its midst: the
/// policy's commit, the append of what was said to a case, a message on its way, and the writing down of what became of it.
/// </summary>
public sealed class Notices_whose_workers_and_database_are_killed
{
    // What every append takes first: PostgresEventStore.WriterLock.
    private const string HoldAppends = "SELECT pg_advisory_xact_lock(7813576528612847463)";

    // What the policy's commit writes first.
    private const string HoldPolicy = "SELECT 1 FROM lofte.mt_event_progression WHERE name = 'NoticePolicy:All' FOR UPDATE";

    // What the worker writes when an attempt has ended.
    private const string HoldSettling = "SELECT 1 FROM lofte.work WHERE state = 'leased' FOR UPDATE";

    private static readonly string[] s_areas = ["norrmalm", "sodermalm", "ostermalm", "kungsholmen"];
    private static readonly Victim?[] s_victims = [null, Victim.Server, Victim.Database];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_all_sent_and_repeated_only_where_one_was_on_its_way_at_a_kill()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Ct);
        var gate = new Gate();
        receiver.Answer = async (_, context) =>
        {
            await gate.PassAsync(context.RequestAborted);
            context.Response.StatusCode = 204;
        };
        await using var folder = await EmbeddedFolder.NewAsync(Ct);
        Prepare(folder, receiver.Url);
        await using var line = new KillableServer(folder);
        await line.StartAsync(Ct);
        await using var second = new SecondProcess(folder, await line.ConnectionAsync(Ct));
        await second.StartAsync(Ct);
        var acknowledged = new ConcurrentQueue<string>();
        using var enough = new CancellationTokenSource();
        var publishing = PublishAsync(line, acknowledged, enough.Token);
        var kills = new List<DateTimeOffset>();

        foreach (var victim in s_victims)
        {
            await KillInTheMidstAsync(HoldPolicy, victim);
            await KillInTheMidstAsync(HoldAppends, victim);
            await KillOnTheWayAsync(victim);
            await KillWhileSettlingAsync(victim);
        }

        await enough.CancelAsync();
        await publishing;
        await AllAreSentAsync(receiver, acknowledged.Count);
        await ShouldRepeatOnlyWhatWasOnItsWayAsync(line, receiver, kills, acknowledged.Count);

        async Task KillAsync(Victim? victim, Func<Task> letGo)
        {
            kills.Add(TimeProvider.System.GetUtcNow());
            await (victim is { } one ? line.KillAndLetGoAsync(one, letGo, Ct) : second.KillAsync(letGo, Ct));
            await SomethingIsSentAsync(receiver);
        }

        async Task KillInTheMidstAsync(string sql, Victim? victim)
        {
            await using var hold = await line.HoldAsync(sql, Ct);
            await hold.WhenSomebodyWaitsAsync(Ct);
            await KillAsync(victim, async () => await hold.DisposeAsync());
        }

        async Task KillOnTheWayAsync(Victim? victim)
        {
            gate.Close();
            await Eventually.BecomesAsync("messages are on their way", () => gate.Waiting > 0, Ct);
            await KillAsync(victim, gate.OpenAsync);
        }

        async Task KillWhileSettlingAsync(Victim? victim)
        {
            gate.Close();
            await Eventually.BecomesAsync("messages are on their way", () => gate.Waiting > 0, Ct);
            await using var hold = await line.HoldAsync(HoldSettling, Ct);
            await gate.OpenAsync();
            await hold.WhenSomebodyWaitsAsync(Ct);
            await KillAsync(victim, async () => await hold.DisposeAsync());
        }
    }

    private static void Prepare(EmbeddedFolder folder, Uri endpoint)
    {
        Directory.CreateDirectory(folder.Path);
        var recipients = Path.Combine(folder.Path, "recipients.json");
        var entries = s_areas.Select(area =>
            $$"""
            { "id": "socialtjanst-{{area}}", "name": "{{area}}", "municipality": "0180", "areas": ["{{area}}"],
              "channels": [{ "channel": "webhook", "url": "{{endpoint}}" }] }
            """);
        File.WriteAllText(
            recipients,
            $$"""
            { "recipients": [{{string.Join(",", entries)}}], "fallback": "socialtjanst-norrmalm", "guardians": ["phone"],
              "officers": [] }
            """);
        folder.Environment["Lofte__Recipients"] = recipients;
        folder.Environment["Lofte__Workers__Enabled"] = "true";
        folder.Environment["Lofte__Workers__LeaseSeconds"] = "8";
        folder.Environment["Lofte__Workers__FirstWaitSeconds"] = "1";
        folder.Environment["Lofte__Channels__Webhook__AllowInternal"] = "true";
        foreach (var area in s_areas)
        {
            folder.Environment[$"Lofte__Channels__Webhook__Secrets__socialtjanst-{area}"] = NoticeServer.Secret;
        }
    }

    private static async Task PublishAsync(KillableServer line, ConcurrentQueue<string> acknowledged, CancellationToken enough)
    {
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var said = CloudEventsOverHttp.CarriedOut($"killed-{n}")
                .With(changed => changed["data"]!["place"]!["area"] = s_areas[n % s_areas.Length]);
            await Eventually.BecomesAsync(
                "an insats is taken in", async token => await line.TryPublishAsync(said, token) is not null, Ct);
            acknowledged.Enqueue($"killed-{n}");
        }
    }

    private static Task SomethingIsSentAsync(WebhookReceiver receiver)
    {
        var least = receiver.Count + 5;
        return Eventually.BecomesAsync("more is sent", () => receiver.Count >= least, Ct);
    }

    private static Task AllAreSentAsync(WebhookReceiver receiver, int notices) => Eventually.BecomesAsync(
        "every insats has its notice sent", () => receiver.Received.DistinctBy(each => each.Id).Count() >= notices, Ct);

    private static async Task ShouldRepeatOnlyWhatWasOnItsWayAsync(
        KillableServer line, WebhookReceiver receiver, List<DateTimeOffset> kills, int notices)
    {
        var delivered = new Dictionary<string, DateTimeOffset>();
        await Eventually.BecomesAsync(
            "every delivery is in the log",
            async token =>
            {
                delivered = (await line.ReadLogAsync(token))
                    .Where(said => said["type"]!.GetValue<string>().EndsWith("notice.delivered.v1", StringComparison.Ordinal))
                    .ToDictionary(
                        said => said["data"]!["attempt"]!.GetValue<string>(),
                        said => said["recordedtime"]!.GetValue<DateTimeOffset>());
                return delivered.Count >= notices;
            },
            Ct);
        delivered.Count.ShouldBe(notices);
        var lease = new WorkerOptions().Lease;
        var sent = receiver.Received.GroupBy(each => each.Id).ToDictionary(each => each.Key, each => each.OrderBy(one => one.At));
        sent.Keys.ShouldBe(delivered.Keys, ignoreOrder: true);
        foreach (var (id, attempts) in sent.Where(each => each.Value.Count() > 1))
        {
            foreach (var (first, again) in attempts.Zip(attempts.Skip(1)))
            {
                // What was leased before a kill may be sent after it, as long as the lease lasts, and not be written down.
                kills.ShouldContain(
                    kill => first.At <= kill + lease && kill <= again.At && kill <= delivered[id],
                    $"{id} was sent at {first.At:O} and {again.At:O}, delivered at {delivered[id]:O}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills.Count} kills, {notices} notices, {receiver.Count - notices} repeats of messages that were on their way");
    }

    /// <summary>Holds messages on their way while it is closed.</summary>
    private sealed class Gate
    {
        private volatile TaskCompletionSource _open = new();
        private int _waiting;

        public Gate() => _open.SetResult();

        public int Waiting => Volatile.Read(ref _waiting);

        public void Close() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task OpenAsync()
        {
            _open.TrySetResult();
            return Task.CompletedTask;
        }

        public async Task PassAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                await _open.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }

    /// <summary>Another server on the same database, as a deployment adds one.</summary>
    private sealed class SecondProcess : IAsyncDisposable
    {
        private readonly EmbeddedFolder _folder;
        private ServerProcess? _process;

        public SecondProcess(EmbeddedFolder first, string connection)
        {
            _folder = new EmbeddedFolder(Path.Combine(first.Path, "second"));
            foreach (var (name, value) in first.Environment)
            {
                _folder.Environment[name] = value;
            }

            _folder.Environment["ConnectionStrings__Lofte"] = connection;
            _folder.Environment["Lofte__Log__Seal"] = "false";
            _folder.Environment["Lofte__MasterKeys"] = Path.Combine(first.Path, "master-keys");
        }

        public async Task StartAsync(CancellationToken cancellationToken) =>
            _process = await ServerProcess.StartReadyAsync(_folder, cancellationToken);

        public async Task KillAsync(Func<Task> letGo, CancellationToken cancellationToken)
        {
            await _process!.SignalAsync("KILL", cancellationToken);
            await letGo();
            await _process.DisposeAsync();
            await StartAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            if (_process is not null)
            {
                await _process.DisposeAsync();
            }
        }
    }
}
