namespace LofteEvents.Loften;

/// <summary>A promise's line in the list of promises. Stored as <c>mt_doc_lofteoverview</c>.</summary>
/// <param name="Term">As it now stands, prolonged or cut short by an end.</param>
/// <param name="Commitments">How many lines it has that can be judged.</param>
/// <param name="GivenAt">When it was given, by its publisher.</param>
/// <param name="Amendments">How often it was amended.</param>
/// <param name="EndedOn">The last day that anything counts, where the promise ended before its term did.</param>
public sealed record LofteOverview(
    string Id,
    string Title,
    string Area,
    Term Term,
    IReadOnlyList<string> Owners,
    int Commitments,
    int Problems,
    int Aims,
    DateTimeOffset GivenAt,
    int Amendments = 0,
    DateOnly? EndedOn = null);

/// <summary>Folds a promise's own events to its <see cref="LofteOverview"/>; no other event changes it.</summary>
public static class LofteOverviewProjection
{
    /// <summary>The document after an event of stream <c>lofte/{id}</c>; the same instance where nothing in it changes.</summary>
    public static LofteOverview? Project(LofteOverview? overview, Recorded<DomainEvent> happened) =>
        (overview, happened.Event) switch
        {
            (_, LofteGiven said) => Of(said.Definition, happened.HappenedAt),
            (null, _) => null,
            (_, LofteAmended said) => Of(said.Definition, overview.GivenAt) with
            {
                Term = overview.Term,
                Commitments = Math.Max(overview.Commitments, said.Definition.Commitments.Count),
                Amendments = overview.Amendments + 1,
                EndedOn = overview.EndedOn,
            },
            (_, LofteProlonged said) => overview with { Term = overview.Term with { To = said.To } },
            (_, LofteEnded said) when said.On < overview.Term.To =>
                overview with { Term = overview.Term with { To = said.On }, EndedOn = said.On },
            _ => overview,
        };

    private static LofteOverview Of(LofteDefinition definition, DateTimeOffset givenAt) => new(
        definition.Id,
        definition.Title,
        definition.Area,
        definition.Term,
        definition.Owners,
        definition.Commitments.Count,
        definition.Problems.Count,
        definition.Aims.Count,
        givenAt.ToUniversalTime());
}
