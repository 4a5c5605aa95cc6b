using System.Text.Json;
using System.Text.Json.Nodes;
using LofteEvents.Notices;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Notices;
using Microsoft.Extensions.DependencyInjection;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

/// <summary>
/// The real server, with the policy followed by hand: what it asks of cases is done at once, and what is sent waits until a test
/// delivers it.
/// </summary>
public sealed class NoticesFixture : IAsyncLifetime
{
    private readonly Dictionary<string, NoticeState> _states = new(StringComparer.Ordinal);
    private readonly Queue<NoticeWork> _waiting = new();
    private LofteServer? _server;
    private long _position;

    public LofteServer Server => _server ?? throw new InvalidOperationException("The fixture was not initialised by the runner.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await LofteServer.StartAsync(
        Ct, new Dictionary<string, string> { ["Lofte:Workers:Enabled"] = "false" });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>An officer of some areas.</summary>
    public HttpClient Officer(params string[] areas) =>
        Server.With(new DevelopmentIdentity("officer-17", "Officer", [Roles.Officer], [], areas));

    public HttpClient Recipient(string? recipient) =>
        Server.With(new DevelopmentIdentity("socialjour-3", "Socialjour", [Roles.Recipient], [], [], recipient));

    /// <summary>An insats with one person in it; every case that this calls for is open.</summary>
    public async Task<string> InsatsWithYouthAsync(string? home = "0180", string? name = null)
    {
        var subject = $"insats/{NewId()}";
        (await Server.As(Roles.Publisher).PublishAsync(CarriedOut(subject: subject), Ct)).ShouldBeTaken();
        var facts = new JsonObject
        {
            ["person"] = Guid.NewGuid().ToString(),
            ["ageAtDeed"] = 16,
            ["suspicion"] = "reasonable",
            ["prisonPossible"] = true,
        };
        if (home is not null)
        {
            facts["homeMunicipality"] = home;
        }

        if (name is not null)
        {
            facts["sealed"] = new JsonObject { ["name"] = name };
        }

        (await Server.As(Roles.Publisher).PublishAsync(Event("insats.youth-encountered.v1", subject, NewId(), facts), Ct))
            .ShouldBeTaken();
        await FollowAsync();
        return subject;
    }

    /// <summary>Follows the log, and does what the policy asks of cases.</summary>
    public async Task FollowAsync()
    {
        var follows = true;
        while (follows)
        {
            follows = false;
            var news = new List<StoredEvent>();
            await foreach (var stored in Server.Store.ReadAllAsync(_position, 1000, Ct))
            {
                news.Add(stored);
            }

            foreach (var stored in news)
            {
                React(stored);
                follows = true;
            }

            while (_waiting.TryDequeue(out var work))
            {
                if (work is OpenCase or WithdrawCase)
                {
                    await DoAsync(work);
                }
            }
        }
    }

    /// <summary>A machine says what became of the attempt that is on its way.</summary>
    public async Task DeliveredAsync(string notice)
    {
        var state = (NoticeCase)_states[$"notice/{notice}"];
        await AppendAsync(notice, history => NoticeDecisions.Decide(
            notice, history, new RecordDelivered(state.CurrentAttempt, state.Channel!, "204"), Context));
        await FollowAsync();
    }

    /// <summary>The case about the insats, or to whom a person's case is told.</summary>
    public string Case(string insats, NoticeAbout about, NoticeTo to) => _states.Values.OfType<NoticeCase>()
        .Single(each => each.Terms?.Insats == insats && each.Terms.About == about && each.Terms.To == to).Id;

    public static async Task<JsonElement> ReadAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Ct);
        var answer = await Answer.ReadAsync(response, Ct);
        answer.Status.ShouldBe(200, answer.Body.ToString());
        return answer.Body;
    }

    private NoticeContext Context => new(
        TimeProvider.System.GetUtcNow(), NoticeWorld.Recipients, Server.Services.GetRequiredService<Areas>());

    private void React(StoredEvent stored)
    {
        _position = stored.Position;
        if (!NoticePolicy.Concerns(stored.Stream))
        {
            return;
        }

        var happened = EventCatalogue.ToRecorded(stored);
        var before = _states.GetValueOrDefault(stored.Stream) ?? NoticePolicy.Initial(stored.Stream);
        foreach (var work in NoticePolicy.React(before, happened))
        {
            _waiting.Enqueue(work);
        }

        _states[stored.Stream] = NoticePolicy.Evolve(before, happened);
    }

    private Task DoAsync(NoticeWork work) =>
        AppendAsync(work.Notice, history => NoticeDecisions.Decide(history, work, Context));

    private async Task AppendAsync(
        string notice, Func<IReadOnlyList<Recorded<DomainEvent>>, Decision<NoticeEvent>> decide)
    {
        var stream = $"notice/{notice}";
        var stored = (await Server.Store.LoadAsync([], [stream], Ct)).Streams[stream];
        var decision = decide([.. stored.Select(EventCatalogue.ToRecorded)]);
        decision.Refusals.ShouldBeEmpty();
        var events = decision.Events.Select(said =>
            new NewEvent(Guid.CreateVersion7(), EventCatalogue.Of(said).Name, EventCatalogue.Of(said).Encode(said), default));
        var append = new StreamAppend(stream, stored.Count, [.. events]);
        if (append.Events.Count > 0)
        {
            (await Server.Store.AppendAsync(new AppendRequest([append]), Ct)).ShouldBeOfType<AppendResult.Appended>();
        }
    }
}
