using System.Text.Json;

namespace LofteEvents.Loften;

/// <summary>
/// Folds a promise's own events and the facts that it counts to its <see cref="LofteStatus"/>. For an event of the promise's own
/// stream the caller uses <see cref="Project"/>, and where <see cref="Refolds"/> says so then <see cref="Refold"/> with the facts
/// now in force; for any other event <see cref="Apply"/> with each change among the facts. Both ways lead to the same document.
/// </summary>
public static class LofteStatusProjection
{
    /// <summary>True for an event that changes which facts count: the tallies are then folded anew.</summary>
    public static bool Refolds(DomainEvent happened) => happened is LofteGiven or LofteAmended or LofteProlonged or LofteEnded;

    /// <summary>
    /// The document after an event of stream <c>lofte/{id}</c>, with empty tallies where it <see cref="Refolds"/>; null where
    /// there is no promise.
    /// </summary>
    public static LofteStatus? Project(LofteStatus? status, Recorded<DomainEvent> happened) => (status, happened.Event) switch
    {
        (_, LofteGiven said) => Given(said.Definition),
        (null, _) => null,
        (_, LofteAmended said) => Amended(status, said, happened),
        (_, LofteProlonged said) => Changed(status with { Term = status.Term with { To = said.To } }, said, happened),
        (_, LofteEnded said) => Changed(
            status with { Term = status.Term with { To = said.On < status.Term.To ? said.On : status.Term.To } }, said, happened),
        (_, FeedbackGiven said) => status with
        {
            FeedbackGiven =
            [
                .. status.FeedbackGiven,
                new(said.On, said.To, said.Channel, said.What, happened.Position, said.Link),
            ],
        },
        _ => CommitmentProjection.Project(status, happened),
    };

    /// <summary>
    /// The facts that a promise can count, as a few broad questions for an index; facts that answer one of them need not count.
    /// What happened outside the term is in none, other than measurements.
    /// </summary>
    public static IReadOnlyList<FactFilter> Needs(LofteStatus status) =>
    [
        .. Selectors(status).Select(selector => FactFilter.Of(selector, status.Term)),
        .. MeasurementProjection.Needs(status),
    ];

    /// <summary>The document with every tally folded anew from facts in force, each given once, in any order.</summary>
    public static LofteStatus Refold(LofteStatus status, IEnumerable<CountedFact> facts)
    {
        var emptied = status with
        {
            Measurements = [],
            Commitments = [.. status.Commitments.Select(commitment => commitment with
            {
                Versions = [.. commitment.Versions.Select(version => version with { Tally = Tally.Empty })],
            })],
        };
        return facts.Aggregate(emptied, (folded, fact) => Counted(folded, fact, sign: 1));
    }

    /// <summary>The document after one change among the facts; the same instance where nothing in it changes.</summary>
    public static LofteStatus Apply(LofteStatus status, FactChange change)
    {
        if (change.Superseded is { } superseded)
            status = Counted(status, superseded, sign: -1);
        if (change.Established is { } established)
            status = Counted(status, established, sign: 1);

        return status;
    }

    /// <summary>
    /// The document of a whole history of one promise and of the facts in force; null where it was never given.
    /// </summary>
    public static LofteStatus? Fold(IEnumerable<Recorded<DomainEvent>> ofLofte, IEnumerable<CountedFact> facts) =>
        ofLofte.Aggregate((LofteStatus?)null, Project) is { } status ? Refold(status, facts) : null;

    private static LofteStatus Counted(LofteStatus status, CountedFact fact, int sign)
    {
        if (fact.Type is FactType.Measurement)
            return MeasurementProjection.Counted(status, fact, sign);
        if (!status.Term.Contains(fact.Day))
            return status;

        List<CommitmentStatus>? counted = null;
        for (var i = 0; i < status.Commitments.Count; i++)
        {
            var commitment = CommitmentProjection.Counted(status.Commitments[i], fact, sign);
            if (!ReferenceEquals(commitment, status.Commitments[i]))
                (counted ??= [.. status.Commitments])[i] = commitment;
        }

        return counted is null ? status : status with { Commitments = counted };
    }

    private static LofteStatus Given(LofteDefinition definition) => new()
    {
        Id = definition.Id,
        Title = definition.Title,
        Area = definition.Area,
        Owners = definition.Owners,
        Term = definition.Term,
        SignedTerm = definition.Term,
        Commitments = [.. definition.Commitments.Select(commitment => CommitmentProjection.Given(commitment, from: null))],
        Evaluation = definition.Evaluation,
        FeedbackPromised = definition.Feedback ?? [],
    };

    private static LofteStatus Amended(LofteStatus status, LofteAmended said, Recorded<DomainEvent> happened)
    {
        var definition = said.Definition;
        var known = status.Commitments.ToDictionary(commitment => commitment.Id, StringComparer.Ordinal);
        var amended = definition.Commitments.Select(commitment => known.TryGetValue(commitment.Id, out var earlier)
            ? CommitmentProjection.Amended(earlier, commitment, said.EffectiveFrom)
            : CommitmentProjection.Given(commitment, said.EffectiveFrom));
        var kept = status.Commitments.ExceptBy(
            definition.Commitments.Select(commitment => commitment.Id), commitment => commitment.Id);
        return Changed(
            status with
            {
                Title = definition.Title,
                Area = definition.Area,
                Owners = definition.Owners,
                Commitments = [.. amended, .. kept],
                Evaluation = definition.Evaluation,
                FeedbackPromised = definition.Feedback ?? [],
            },
            said,
            happened);
    }

    private static LofteStatus Changed(LofteStatus status, LofteEvent said, Recorded<DomainEvent> happened)
    {
        var (what, on, reason) = said switch
        {
            LofteAmended amended => (LofteChangeKind.Amended, amended.EffectiveFrom, amended.Reason),
            LofteProlonged prolonged => (LofteChangeKind.Prolonged, prolonged.To, prolonged.Reason),
            LofteEnded ended => (LofteChangeKind.Ended, ended.On, ended.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(said)),
        };
        var retroactive = on < Stockholm.DayOf(happened.RecordedAt);
        return status with
        {
            Changes = [.. status.Changes, new(what, on, reason, happened.Position, happened.RecordedAt, retroactive)],
        };
    }

    private static IEnumerable<Selector> Selectors(LofteStatus status) =>
        status.Commitments
            .SelectMany(commitment => commitment.Versions)
            .SelectMany(version => version.Rule.Selectors)
            .DistinctBy(selector => JsonSerializer.Serialize(selector, LofteJson.Default.Selector));
}
