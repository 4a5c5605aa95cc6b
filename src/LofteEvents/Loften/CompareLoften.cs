using System.Text.Json;

namespace LofteEvents.Loften;

/// <summary>Two promises side by side, the earlier term first.</summary>
/// <param name="Problems">Without an order of rank, as they were published.</param>
public sealed record LofteComparison(
    ComparedLofte Earlier,
    ComparedLofte Later,
    IReadOnlyList<ComparedCommitment> Commitments,
    ComparedTexts Problems,
    ComparedTexts Aims);

public sealed record ComparedLofte(string Id, string Title, string Area, Term Term, DateOnly On, Phase Phase, long Position);

/// <summary>A line as it stands in both, or in one of them.</summary>
/// <param name="RuleChanged">The later rule counts or judges otherwise, beside the number.</param>
public sealed record ComparedCommitment(
    CommitmentChange Change, ComparedLine? Earlier, ComparedLine? Later, bool RuleChanged);

/// <param name="Target">In <paramref name="Unit"/>; 0 where nothing is counted.</param>
public sealed record ComparedLine(string Id, string Text, Unit Unit, long Target, long Done, Verdict Verdict);

/// <summary>In JSON in kebab-case.</summary>
public enum CommitmentChange
{
    Same,
    Raised,
    Lowered,

    /// <summary>The numbers count different things, so neither is more.</summary>
    Otherwise,
    Added,
    Dropped,
}

public sealed record ComparedTexts(
    IReadOnlyList<string> Kept, IReadOnlyList<string> Dropped, IReadOnlyList<string> Added, bool NotPublished);

/// <summary>One side of a comparison.</summary>
/// <param name="Commitments">Those of the definition in force.</param>
public sealed record LofteSide(
    ComparedLofte Lofte,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Aims,
    JudgedLofte Judged);

/// <summary>
/// Lays two promises side by side. Lines belong together when they have the same id, or else when they select the same: people
/// rename lines from year to year.
/// </summary>
public static class CompareLoften
{
    public static LofteComparison Compare(LofteSide one, LofteSide other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (earlier, later) = one.Lofte.Term.From <= other.Lofte.Term.From ? (one, other) : (other, one);
        return new LofteComparison(
            earlier.Lofte,
            later.Lofte,
            Commitments(earlier, later),
            Texts(earlier.Problems, later.Problems),
            Texts(earlier.Aims, later.Aims));
    }

    private static List<ComparedCommitment> Commitments(LofteSide earlier, LofteSide later)
    {
        var free = later.Commitments.ToList();
        var compared = new List<ComparedCommitment>();
        foreach (var commitment in earlier.Commitments)
        {
            var same = free.Find(one => one.Id == commitment.Id)
                ?? free.Find(one => Selected(one) is { Length: > 2 } selected && selected == Selected(commitment));
            compared.Add(same is null
                ? new(CommitmentChange.Dropped, Line(earlier, commitment), null, false)
                : Compared(Line(earlier, commitment), Line(later, same), commitment, same));
            if (same is not null)
                free.Remove(same);
        }

        compared.AddRange(free.Select(added => new ComparedCommitment(CommitmentChange.Added, null, Line(later, added), false)));
        return compared;
    }

    private static ComparedCommitment Compared(ComparedLine before, ComparedLine after, Commitment one, Commitment other) => new(
        before.Unit != after.Unit ? CommitmentChange.Otherwise
            : after.Target > before.Target ? CommitmentChange.Raised
            : after.Target < before.Target ? CommitmentChange.Lowered
            : CommitmentChange.Same,
        before,
        after,
        Json(WithoutNumber(one.Rule)) != Json(WithoutNumber(other.Rule)));

    private static Rule WithoutNumber(Rule rule) => rule switch
    {
        CountRule count => count with { AtLeast = 0, Exactly = null, AtLeastIn = null },
        DurationRule duration => duration with { AtLeastHours = 0 },
        AssessmentRule { Evidence: { } evidence } assessment => assessment with { Evidence = WithoutNumber(evidence) },
        _ => rule,
    };

    private static string Selected(Commitment commitment) => string.Join(' ', commitment.Rule.Selectors.Select(selector =>
        JsonSerializer.Serialize(selector, LofteJson.Default.Selector)));

    private static string Json(Rule rule) => JsonSerializer.Serialize(rule, LofteJson.Default.Rule);

    private static ComparedLine Line(LofteSide side, Commitment commitment)
    {
        var judged = side.Judged.Commitments.First(one => one.Id == commitment.Id);
        return new(commitment.Id, commitment.Text, judged.Unit, judged.Target, judged.Done, judged.Verdict);
    }

    private static ComparedTexts Texts(IReadOnlyList<string> before, IReadOnlyList<string> after) => new(
        [.. before.Intersect(after, StringComparer.Ordinal)],
        after.Count == 0 ? [] : [.. before.Except(after, StringComparer.Ordinal)],
        before.Count == 0 ? [] : [.. after.Except(before, StringComparer.Ordinal)],
        before.Count == 0 || after.Count == 0);
}
