using LofteEvents.Forums;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Contracts;

/// <summary>Something that is said, before it is recorded.</summary>
internal sealed record Happening(string Stream, DomainEvent Said, DateTimeOffset At)
{
    public AppendRequest ToRequest()
    {
        var type = EventCatalogue.Of(Said);
        var headers = new EventHeaders("urn:lofte:demo", Guid.NewGuid().ToString(), At, "test");
        return new(
            [new StreamAppend(Stream, null, [new NewEvent(Guid.NewGuid(), type.Name, type.Encode(Said), headers.ToJson())])]);
    }
}

/// <summary>
/// Histories around Norrmalm's promise of 2018: insatser planned, carried out, corrected, voided and cancelled, meetings and
/// activities, and in their midst the promise given, amended, prolonged and ended, so that facts come before and after what
/// counts them. The same seed tells the same history.
/// </summary>
internal sealed class LofteHistory
{
    public const string Lofte = "norrmalm-2018";

    private static readonly string[] s_kinds = ["criminal-network", "youth-narcotics", "traffic", "presence"];
    private static readonly string[] s_areas = ["norrmalm", "klaraomradet", "ostermalm", "stockholms-innerstad", "farsta"];
    private static readonly string[] s_forums = ["ungdomar", "klaraomradet", "otrygga-platser"];

    private readonly Random _random;
    private readonly List<Happening> _told = [];
    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);

    private LofteHistory(int seed) => _random = new Random(seed);

    public static LofteDefinition Definition { get; } = System.Text.Json.JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018.json")),
        LofteJson.Default.LofteDefinition)!;

    /// <param name="events">How many events beside the promise's own.</param>
    public static IReadOnlyList<Happening> Of(int seed, int events)
    {
        var history = new LofteHistory(seed);
        var steps = new Dictionary<int, Action>
        {
            [events / 5] = history.Given,
            [events / 2] = history.Amended,
            [events * 7 / 10] = history.Prolonged,
            [events * 9 / 10] = history.Ended,
        };
        for (var i = 0; i < events; i++)
        {
            steps.GetValueOrDefault(i)?.Invoke();
            history.Something();
        }

        return history._told;
    }

    public static Happening GivenNow() =>
        new($"lofte/{Lofte}", new LofteGiven(Definition), new DateTimeOffset(2017, 12, 18, 10, 0, 0, TimeSpan.FromHours(1)));

    /// <summary>An insats that counts for the commitment <c>trafik</c>.</summary>
    public static Happening Trafik(string id, string day) =>
        Insats(id, "traffic", "norrmalm", ["riktad", "utsatt-plats"], Day(day));

    private static Happening Insats(string id, string kind, string area, string[] tags, DateTimeOffset from) => new(
        $"insats/{id}",
        new InsatsCarriedOut
        {
            Kind = kind,
            Title = $"Insats {id}",
            Organiser = "norrmalm",
            Place = new Place(area, "Sergels torg"),
            From = from,
            To = from.AddHours(6),
            Tags = tags,
            Parties = [new Party("polis", "lead")],
            MinorsEncountered = 3,
        },
        from.AddHours(12));

    private static DateTimeOffset Day(string day) =>
        LofteEvents.Stockholm.FirstInstant(
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(18, 0));

    private void Something()
    {
        switch (_random.Next(10))
        {
            case < 5:
                Insats();
                break;
            case < 8:
                Forum();
                break;
            default:
                OnLofte();
                break;
        }
    }

    private void Insats()
    {
        var id = $"i{_random.Next(12)}";
        var report = Insats(id, Any(s_kinds), Any(s_areas), Tags(), At());
        var facts = (InsatsCarriedOut)report.Said;
        DomainEvent said = (_versions.GetValueOrDefault(report.Stream), _random.Next(5)) switch
        {
            (0, < 2) =>
                new InsatsPlanned { Kind = facts.Kind, Place = facts.Place, From = facts.From, To = facts.To, Tags = facts.Tags },
            (0, _) => facts,
            (_, 0) => new InsatsVoided("Ägde inte rum."),
            (_, 1) => new InsatsCancelled("Inställd."),
            (_, 2) => facts,
            _ => new InsatsCorrected
            {
                Kind = facts.Kind, Title = "Rättad", Place = facts.Place, From = facts.From, To = facts.To, Tags = facts.Tags,
                Reason = "Fel uppgift.",
            },
        };
        Tell(report.Stream, said, report.At);
    }

    private void Forum()
    {
        var stream = $"forum/{Any(s_forums)}";
        var (at, meeting, activity) = (At(), $"m{_random.Next(6)}", $"a{_random.Next(3)}");
        Party[] parties =
            _random.Next(4) == 0 ? [new Party("kommun", "chair")] : [new Party("polis", "lead"), new Party("kommun")];
        DomainEvent said = (_versions.GetValueOrDefault(stream), _random.Next(8)) switch
        {
            (0, _) => new ForumEstablished("Ett forum", new Place("norrmalm"), "Att mötas.", [new Party("polis", "lead")]),
            (_, < 4) => new MeetingHeld { Meeting = meeting, At = at, Parties = parties },
            (_, 4) => new MeetingCorrected { Meeting = meeting, At = at, Parties = parties, Reason = "Fel dag." },
            (_, 5) => new MeetingVoided(meeting, "Ställdes in."),
            (_, 6) => new ActivityAgreed(activity, meeting, "Bättre belysning.", "kommun", "polis"),
            _ => new ActivityCompleted(activity, at),
        };
        Tell(stream, said, at);
    }

    /// <summary>Before it is given such an event says nothing to anyone, and is passed over.</summary>
    private void OnLofte()
    {
        var day = DateOnly.FromDateTime(At().DateTime);
        DomainEvent said = _random.Next(3) switch
        {
            0 => new CommitmentAssessed("forum", day, Assessment.Partly, ["Två av tre forum."], "En utvärderare"),
            1 => new CommitmentHindered("trafik", day, "Resurser togs i anspråk.", "lokalpolisområdeschefen"),
            _ => new FeedbackGiven(day, FeedbackAudience.Citizens, "polisen.se", "Så går det."),
        };
        if (_versions.ContainsKey($"lofte/{Lofte}"))
        {
            Tell($"lofte/{Lofte}", said, At());
        }
    }

    private void Given() => Tell(GivenNow().Stream, GivenNow().Said, GivenNow().At);

    private void Amended()
    {
        var commitments = Definition.Commitments
            .Select(commitment => commitment.Id == "trafik" && commitment.Rule is CountRule rule
                ? commitment with { Rule = rule with { AtLeast = 6, Select = rule.Select with { Tags = ["riktad"] } } }
                : commitment)
            .ToList();
        var amended =
            new LofteAmended(new DateOnly(2018, 7, 1), "Fler insatser behövs.", Definition with { Commitments = commitments });
        Tell($"lofte/{Lofte}", amended, At());
    }

    private void Prolonged() => Tell($"lofte/{Lofte}", new LofteProlonged(new DateOnly(2019, 2, 28), "Fortsätter."), At());

    private void Ended() => Tell($"lofte/{Lofte}", new LofteEnded(new DateOnly(2018, 12, 20), "Ersätts av ett nytt."), At());

    private void Tell(string stream, DomainEvent said, DateTimeOffset at)
    {
        _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        _told.Add(new Happening(stream, said, at));
    }

    /// <summary>From December 2017 to March 2019: before, in and after the term.</summary>
    private DateTimeOffset At() => new DateTimeOffset(2017, 12, 1, 17, 0, 0, TimeSpan.Zero).AddHours(_random.Next(16 * 30 * 24));

    private string[] Tags() => [.. ((string[])["riktad", "utsatt-plats"]).Where(_ => _random.Next(4) > 0)];

    private T Any<T>(T[] among) => among[_random.Next(among.Length)];
}
