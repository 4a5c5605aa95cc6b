using System.Diagnostics;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>Promises, each of an area of its own, kept live by the projection that the server runs.</summary>
internal sealed class KeptPromises
{
    private const int OneByOne = 50;
    private const int Folded = 1_000;

    private static readonly byte[] Headers = System.Text.Encoding.UTF8.GetBytes(Payload.Headers);
    private static readonly DateOnly First = new(2018, 1, 1);
    private static readonly EventType CarriedOut = EventCatalogue.Of(Insats("", First, 0));
    private static long position;

    private readonly NpgsqlConnection _connection;
    private readonly string _name;
    private readonly int _promises;
    private readonly LofteStatusInPostgres _projection;
    private int _events;

    private KeptPromises(NpgsqlConnection connection, string name, int promises)
    {
        (_connection, _name, _promises) = (connection, name, promises);
        var areas = Areas.Of(
            [new Area("land", "Landet"), .. Enumerable.Range(0, promises).Select(i => new Area(AreaOf(i), AreaOf(i), "land"))],
            out _);
        _projection = new LofteStatusInPostgres(areas!);
    }

    public static async Task<KeptPromises> StartAsync(
        NpgsqlConnection connection, string name, int promises, CancellationToken cancellationToken)
    {
        var kept = new KeptPromises(connection, name, promises);
        for (var i = 0; i < promises; i++)
        {
            var given = new LofteGiven(kept.Definition(i));
            await kept.WriteAsync([Stored($"lofte/{given.Definition.Id}", EventCatalogue.Of(given), given)], cancellationToken);
        }

        return kept;
    }

    /// <summary>Microseconds for an event that comes alone and is durable before the next.</summary>
    public static async Task<double> OneByOneAsync(KeptPromises kept, CancellationToken cancellationToken)
    {
        var events = kept.Next(OneByOne);
        var watch = Stopwatch.StartNew();
        foreach (var said in events)
        {
            await kept.WriteAsync([said], cancellationToken);
        }

        return watch.Elapsed.TotalMicroseconds / OneByOne;
    }

    /// <summary>Microseconds for an event of a page, without what the database does.</summary>
    public static async Task<double> FoldedAsync(KeptPromises kept, CancellationToken cancellationToken)
    {
        var events = kept.Next(Folded);
        await kept._projection.PrepareAsync(kept._connection, events, cancellationToken);
        var watch = Stopwatch.StartNew();
        foreach (var said in events)
        {
            kept._projection.Apply(said);
        }

        var elapsed = watch.Elapsed;
        await kept.CommitAsync(cancellationToken);
        return elapsed.TotalMicroseconds / Folded;
    }

    public Task PageAsync(int events, CancellationToken cancellationToken) => WriteAsync(Next(events), cancellationToken);

    private async Task WriteAsync(IReadOnlyList<StoredEvent> page, CancellationToken cancellationToken)
    {
        await _projection.PrepareAsync(_connection, page, cancellationToken);
        foreach (var said in page)
        {
            _projection.Apply(said);
        }

        await CommitAsync(cancellationToken);
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection);
        _projection.Write(batch);
        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        _projection.Committed();
    }

    /// <summary>Insatser in one area after the other, on one day of the year after the other.</summary>
    private List<StoredEvent> Next(int events) =>
    [
        .. Enumerable.Range(_events, events).Select(i =>
        {
            _events = i + 1;
            var day = First.AddDays(i / _promises % 365);
            return Stored($"insats/{_name}-{i}", CarriedOut, Insats(AreaOf(i % _promises), day, i));
        }),
    ];

    private static StoredEvent Stored(string stream, EventType type, DomainEvent said) => new(
        ++position, Guid.NewGuid(), stream, 1, type.Name, type.Encode(said), DateTimeOffset.UnixEpoch, null, null, Headers);

    private string AreaOf(int i) => $"{_name}-{i}";

    private static InsatsCarriedOut Insats(string area, DateOnly day, int i) => new()
    {
        Kind = i % 2 == 0 ? "traffic" : "presence",
        Place = new Place(area, "Torget"),
        From = Stockholm.FirstInstant(day, new TimeOnly(18, 0)),
        To = Stockholm.FirstInstant(day, new TimeOnly(22, 0)),
        Tags = ["riktad"],
        Parties = [new Party("polis", "lead")],
    };

    private LofteDefinition Definition(int i) => new()
    {
        Id = AreaOf(i),
        Title = "Ett löfte",
        Area = AreaOf(i),
        Term = new Term(First, First.AddDays(364)),
        Owners = ["polis"],
        Text = "Minst femtio trafikinsatser. Närvaro varje dag.",
        Problems = [],
        Aims = [],
        Kinds = [new("traffic", "Trafikinsats"), new("presence", "Närvaro")],
        Commitments =
        [
            new("trafik", "Minst femtio trafikinsatser.", new CountRule { Select = Of("traffic", i), AtLeast = 50 }),
            new(
                "varje-dag",
                "Närvaro varje dag.",
                new CountRule { Select = Of("presence", i), Divide = new CalendarDivision(CalendarPart.Day), AtLeast = 1 }),
        ],
    };

    private Selector Of(string kind, int i) => new() { Type = FactType.Insats, Kinds = [kind], Areas = [AreaOf(i)] };
}
