using System.Text.Json;
using LofteEvents.Forums;
using LofteEvents.Insatser;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>
/// A history told event by event, and what a promise says of it. The document is folded as the runner folds it, one event at a
/// time; every time it is asked for, the same history folded from scratch must give the same bytes.
/// </summary>
internal sealed class Story(Areas areas)
{
    private readonly List<Recorded<DomainEvent>> _history = [];
    private readonly Dictionary<(string Stream, string Item), CountedFact> _facts = [];
    private LofteStatus? _status;

    public IReadOnlyList<Recorded<DomainEvent>> History => _history;

    public IReadOnlyCollection<CountedFact> Facts => _facts.Values;

    public LofteStatus Status
    {
        get
        {
            var scratch = LofteStatusProjection.Fold(
                _history.Where(happened => happened.Event is LofteEvent), LofteEvents.Loften.Facts.Of(_history, areas));
            Json(_status!).ShouldBe(Json(scratch!));
            return _status!;
        }
    }

    public static string Json(LofteStatus status) => JsonSerializer.Serialize(status, LofteJson.Default.LofteStatus);

    public static Story Of(LofteDefinition definition, Areas areas) =>
        new Story(areas).Said($"lofte/{definition.Id}", new LofteGiven(definition), "2018-01-01T00:00:00+01:00");

    public Story Said(string stream, DomainEvent said, string at)
    {
        var time = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        return Said(stream, said, time, time);
    }

    public Story Said(string stream, DomainEvent said, DateTimeOffset happenedAt, DateTimeOffset recordedAt)
    {
        var version = _history.Count(happened => happened.Stream == stream) + 1;
        var happened = new Recorded<DomainEvent>(_history.Count + 1, Guid.Empty, stream, version, said, happenedAt, recordedAt);
        _history.Add(happened);
        if (said is LofteEvent)
            Project(happened);
        else
            Count(happened);

        return this;
    }

    /// <summary>An insats that was carried out on a day at 18:00, for two hours.</summary>
    public Story Insats(
        string id,
        string day,
        string kind,
        string area = "norrmalm",
        string[]? tags = null,
        string from = "18:00",
        string? place = null) =>
        Said($"insats/{id}", Report(day, kind, area, tags, from, place), $"{day}T23:59:00+01:00");

    public static InsatsCarriedOut Report(
        string day, string kind, string area = "norrmalm", string[]? tags = null, string from = "18:00", string? place = null)
    {
        var start = LofteEvents.Stockholm.FirstInstant(
            Day(day), TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture));
        return new()
        {
            Kind = kind,
            Title = "En insats",
            Organiser = "norrmalm",
            Place = new Place(area, place),
            From = start,
            To = start.AddHours(2),
            Tags = tags ?? ["riktad"],
            Parties = [new Party("polis", "lead")],
        };
    }

    public Story Meeting(string forum, string id, string day, params string[] parties) => Said(
        forum,
        new MeetingHeld
        {
            Meeting = id,
            At = LofteEvents.Stockholm.FirstInstant(Day(day), new TimeOnly(10, 0)),
            Parties = [.. parties.Select(party => new Party(party))],
        },
        $"{day}T12:00:00+01:00");

    public JudgedCommitment On(string day, string commitment) =>
        JudgeLofte.Judge(Status, Day(day)).Commitments.Single(judged => judged.Id == commitment);

    public Verdict VerdictOn(string day, string commitment) => On(day, commitment).Verdict;

    public static DateOnly Day(string day) =>
        DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private void Project(Recorded<DomainEvent> happened)
    {
        _status = LofteStatusProjection.Project(_status, happened);
        if (_status is not null && LofteStatusProjection.Refolds(happened.Event))
        {
            var needs = LofteStatusProjection.Needs(_status);
            _status = LofteStatusProjection.Refold(_status, _facts.Values.Where(fact => needs.Any(need => need.Matches(fact))));
        }
    }

    private void Count(Recorded<DomainEvent> happened)
    {
        var current = LofteEvents.Loften.Facts.Items(happened.Event)
            .Select(item => _facts.GetValueOrDefault((happened.Stream, item)))
            .OfType<CountedFact>()
            .ToList();
        foreach (var change in LofteEvents.Loften.Facts.Changes(current, happened, areas))
        {
            if (change.Superseded is { } superseded)
                _facts.Remove((superseded.Stream, superseded.Item));
            if (change.Established is { } established)
                _facts[(established.Stream, established.Item)] = established;
            if (_status is not null)
                _status = LofteStatusProjection.Apply(_status, change);
        }
    }
}
