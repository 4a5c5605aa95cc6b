using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Server.Loften;

/// <summary>What happened around a promise and when it was learnt: the answer of <c>/loften/{id}/timeline</c>.</summary>
/// <param name="Items">The newest learnt first.</param>
/// <param name="Truncated">There is more than one read looks through; the oldest are left out.</param>
internal sealed record TimelineAnswer(
    string Lofte,
    DateOnly On,
    DateTimeOffset? AsOf,
    long Position,
    IReadOnlyList<TimelineEntry> Items,
    int Page,
    int Limit,
    long Total,
    bool Truncated);

/// <summary>
/// One event of the promise's own, or one that reported, corrected or removed something that it asks for. Of publishers' words it
/// says the title alone, no case number and no number of persons: everyone may read it.
/// </summary>
/// <param name="Type">Stored name of the event, such as <c>insats.corrected.v1</c>.</param>
/// <param name="HappenedAt">When it happened, by its publisher.</param>
/// <param name="RecordedAt">When it was learnt.</param>
/// <param name="Day">The day that it is about: on which a thing counts, or from which a change holds.</param>
/// <param name="Commitment">The commitment that an event of the promise's own is about.</param>
/// <param name="CountsFor">The commitments that it counts for as things stand; empty for what does not count.</param>
/// <param name="Replaces">Position of the earlier report that it corrected or removed.</param>
/// <param name="ReplacedBy">Position of the later event that corrected or removed it.</param>
/// <param name="Reason">Why the promise itself was changed.</param>
internal sealed record TimelineEntry(
    long Position,
    string Stream,
    string Type,
    DateTimeOffset HappenedAt,
    DateTimeOffset RecordedAt,
    DateOnly Day,
    string? Title,
    string? Kind,
    string? Place,
    string? Area,
    string? Commitment,
    IReadOnlyList<string> CountsFor,
    long? Replaces,
    long? ReplacedBy,
    string? Reason);

/// <summary>Reads timelines.</summary>
internal sealed class TimelineReader(
    StatusReader statuses, LofteReads loften, TimelineReads timelines, EvidenceReads evidence)
{
    /// <returns>Null where there is no such promise, or was none then.</returns>
    public async Task<TimelineAnswer?> ReadAsync(
        string id, PositionAsked position, DateOnly on, Paging paging, CancellationToken cancellationToken)
    {
        if (await statuses.ReadAsync(id, position, on, cancellationToken) is not { } judged)
        {
            return null;
        }

        var (status, at) = (judged.Snapshot.Status, judged.Answer.Position);
        var own = await loften.EventsAsync(id, at, cancellationToken);
        var versions = await timelines.VersionsAsync(LofteStatusProjection.Needs(status), at, cancellationToken);
        var moments = Moment.Of(own, versions);
        var shown = moments.Skip((int)Math.Min(paging.Offset, int.MaxValue)).Take(paging.Limit).ToList();
        var events = await evidence.EventsAsync(
            [.. shown.SelectMany(moment => new[] { moment.Position, moment.Replaces ?? moment.Position }).Distinct()],
            cancellationToken);
        return new TimelineAnswer(
            id,
            on,
            judged.Answer.AsOf,
            at,
            [.. shown.Select(moment => moment.Own is { } said ? Own(said) : Reported(moment, events, status, on))],
            paging.Page,
            paging.Limit,
            moments.Count,
            versions.Count >= TimelineReads.MostVersions);
    }

    private static TimelineEntry Own(Recorded<DomainEvent> said)
    {
        var (title, commitment, reason, day) = said.Event switch
        {
            LofteGiven given => (given.Definition.Title, null, null, (DateOnly?)null),
            LofteAmended amended => (amended.Definition.Title, null, amended.Reason, amended.EffectiveFrom),
            LofteProlonged prolonged => (null, null, prolonged.Reason, prolonged.To),
            LofteEnded ended => (null, null, ended.Reason, ended.On),
            CommitmentHindered hindered => (null, hindered.Commitment, hindered.Reason, hindered.On),
            CommitmentAssessed assessed => (null, assessed.Commitment, null, assessed.On),
            DeliverableCompleted completed => (completed.Outcome, completed.Commitment, null, completed.On),
            DeliverablePostponed postponed => (null, postponed.Commitment, postponed.Reason, postponed.To),
            DeliverableVoided voided => (null, voided.Commitment, voided.Reason, null),
            FeedbackGiven feedback => (feedback.What, null, null, feedback.On),
            _ => default((string?, string?, string?, DateOnly?)),
        };
        return new TimelineEntry(
            said.Position,
            said.Stream,
            EventCatalogue.Of(said.Event).Name,
            said.HappenedAt,
            said.RecordedAt,
            day ?? Stockholm.DayOf(said.HappenedAt),
            title,
            null,
            null,
            null,
            commitment,
            [],
            null,
            null,
            reason);
    }

    private static TimelineEntry Reported(
        Moment moment, IReadOnlyDictionary<long, EvidenceEvent> events, LofteStatus status, DateOnly on)
    {
        // What removed something says little of it: its title is that of what it removed.
        var fact = moment.Version?.Fact ?? moment.Removed!.Fact;
        var behind = events[moment.Position];
        var named = events[fact.Position];
        var holds = moment.Version is { SupersededBy: null };
        return new TimelineEntry(
            moment.Position,
            fact.Stream,
            behind.Type,
            behind.HappenedAt,
            behind.RecordedAt,
            fact.Day,
            EvidenceAnswer.TitleOf(named.Decode(), named),
            fact.Kind,
            fact.Place,
            fact.Areas.Count > 0 ? fact.Areas[0] : null,
            null,
            [.. status.Commitments
                .Where(commitment => holds && ExplainFact.Explain(status, commitment, fact, on).Counted)
                .Select(commitment => commitment.Id)],
            moment.Replaces,
            moment.Version?.SupersededBy,
            null);
    }

    /// <summary>What one event did: said something of the promise, or established or removed a version of a fact.</summary>
    private sealed record Moment(long Position, Recorded<DomainEvent>? Own, FactVersion? Version, FactVersion? Removed)
    {
        public long? Replaces => Removed?.Fact.Position;

        /// <summary>The newest first.</summary>
        public static List<Moment> Of(
            IReadOnlyList<Recorded<DomainEvent>> own, IReadOnlyCollection<FactVersion> versions)
        {
            var moments = own.ToDictionary(said => said.Position, said => new Moment(said.Position, said, null, null));
            foreach (var version in versions)
            {
                var position = version.Fact.Position;
                moments[position] = Of(moments, position) with { Version = version };
            }

            foreach (var version in versions.Where(version => version.SupersededBy is not null))
            {
                var by = version.SupersededBy!.Value;
                moments[by] = Of(moments, by) with { Removed = version };
            }

            return [.. moments.Values.OrderByDescending(moment => moment.Position)];
        }

        private static Moment Of(Dictionary<long, Moment> moments, long position) =>
            moments.GetValueOrDefault(position) ?? new Moment(position, null, null, null);
    }
}
