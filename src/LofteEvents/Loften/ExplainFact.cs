namespace LofteEvents.Loften;

/// <summary>Whether a fact counts for a commitment, and if not, everything that it fails.</summary>
/// <param name="RuleFrom">The first day of the rule that decided, where it came by an amendment.</param>
/// <param name="Unmet">Empty where it counts.</param>
public sealed record Explanation(bool Counted, DateOnly? RuleFrom, IReadOnlyList<UnmetCondition> Unmet);

/// <summary>Says why something counted or did not, by the rule in force when it happened.</summary>
public static class ExplainFact
{
    public static Explanation Explain(LofteStatus status, CommitmentStatus commitment, CountedFact fact, DateOnly on)
    {
        var inForce = commitment.InForce(fact.Day);
        var unmet = Outside(status.Term, fact, on).ToList();
        if (inForce is null)
            unmet.Add(new("before-commitment", [Days.Of(commitment.Versions[0].From!.Value)], [Days.Of(fact.Day)]));

        unmet.AddRange((inForce ?? commitment.Versions[0]).Rule.Unmet(fact));
        return new(unmet.Count == 0, inForce?.From, unmet);
    }

    private static IEnumerable<UnmetCondition> Outside(Term term, CountedFact fact, DateOnly on)
    {
        if (fact.Day < term.From)
            yield return new("before-term", [Days.Of(term.From)], [Days.Of(fact.Day)]);
        if (fact.Day > term.To)
            yield return new("after-term", [Days.Of(term.To)], [Days.Of(fact.Day)]);
        if (fact.Day > on)
            yield return new("after-judged-day", [Days.Of(on)], [Days.Of(fact.Day)]);
    }
}
