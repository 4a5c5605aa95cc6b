namespace LofteEvents.Loften;

/// <summary>Adds up what counts, as a whole or in each part of a division.</summary>
public abstract record CountingRule : Rule
{
    private protected CountingRule()
    {
    }

    public required Selector Select { get; init; }

    /// <summary>Nothing: the term is the only part.</summary>
    public Division? Divide { get; init; }

    /// <summary>In how many parts the threshold must be met; nothing: in all of them.</summary>
    public int? InAtLeast { get; init; }

    /// <summary>The stretch of the term that it is about; nothing: the whole term.</summary>
    public Term? Within { get; init; }

    /// <summary>
    /// A soft preference («i första hand»): what else is wished of what counts. It is reported as a share and never decides. It
    /// names the same type as <see cref="Select"/>.
    /// </summary>
    public Selector? Prefer { get; init; }

    internal abstract Unit Unit { get; }

    internal virtual long? AtMost(string part) => null;

    internal abstract long Threshold(string part);

    private protected abstract long AmountOf(CountedFact fact);

    internal override IEnumerable<Selector> Selectors => [Select];

    internal override IEnumerable<Reach> Deciding => [new Reach(Select, Divide)];

    internal IReadOnlyList<Part> Parts(Term term)
    {
        var own = Within is null ? term : Within.Clip(term);
        return Divide?.Parts(own) ?? [new Part("term", Tally.Whole, own.From, own.To)];
    }

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce)
    {
        if (inForce is not CountingRule selecting)
            yield break;

        if (fact.PlanOf is { } delivered)
        {
            if (selecting.Counts(fact with { Type = delivered }))
                yield return new(Tally.Planned, 1);

            yield break;
        }

        var amount = AmountOf(fact);
        if (amount == 0 || !selecting.Counts(fact))
            yield break;

        foreach (var cell in CellsOf(fact))
            yield return new(cell, amount);

        if (Prefer is not null && Prefer.Matches(fact))
            yield return new(Tally.Preferred, amount);
    }

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact)
    {
        foreach (var condition in Select.Unmet(fact))
            yield return condition;

        if (Within is not null && !Within.Contains(fact.Day))
            yield return new("outside-period", [Days.Of(Within.From), Days.Of(Within.To)], [Days.Of(fact.Day)]);
        if (!CellsOf(fact).Any())
            yield return Divide!.Outside(fact);
        if (AmountOf(fact) == 0)
            yield return new("no-duration", [], []);
    }

    private bool Counts(CountedFact fact) =>
        Select.Matches(fact) && (Within is null || Within.Contains(fact.Day)) && CellsOf(fact).Any();

    private IEnumerable<string> CellsOf(CountedFact fact) => Divide?.CellsOf(fact) ?? [Tally.Whole];
}

/// <summary>Counts events.</summary>
public sealed record CountRule : CountingRule
{
    /// <summary>How many are demanded in each part; either this or <see cref="Exactly"/>.</summary>
    public int? AtLeast { get; init; }

    /// <summary>How many there must be in each part, neither fewer nor more.</summary>
    public int? Exactly { get; init; }

    /// <summary>Parts of which another number is demanded, by their key, such as <c>{"2024": 3}</c> of a yearly target.</summary>
    public IReadOnlyDictionary<string, int>? AtLeastIn { get; init; }

    internal override Unit Unit => Unit.Events;

    internal override long? AtMost(string part) => Exactly;

    internal override long Threshold(string part) =>
        AtLeastIn?.GetValueOrDefault(part) is > 0 and var own ? own : AtLeast ?? Exactly ?? 0;

    private protected override long AmountOf(CountedFact fact) => 1;
}

/// <summary>
/// Adds up how long it lasted: «en veckas insats», «en arbetsdag». In whole minutes, what is left over of each event dropped.
/// </summary>
public sealed record DurationRule : CountingRule
{
    public required DurationMeasure Measure { get; init; }

    public required int AtLeastHours { get; init; }

    internal override Unit Unit => Unit.Minutes;

    internal override long Threshold(string part) => AtLeastHours * 60L;

    private protected override long AmountOf(CountedFact fact) => Measure switch
    {
        DurationMeasure.Duration => (long)(fact.To - fact.From).TotalMinutes,
        _ => (long)((fact.Hours ?? 0) * 60),
    };
}

public enum DurationMeasure
{
    /// <summary>From the start of an event to its end.</summary>
    Duration,

    /// <summary>The person-hours that were reported; an event without them adds nothing.</summary>
    PersonHours,
}
