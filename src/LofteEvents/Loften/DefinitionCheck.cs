namespace LofteEvents.Loften;

/// <summary>
/// What must hold of a definition beyond its schema, so that what is signed can be judged: everything that is wrong is named at
/// once, with its place. What is merely doubtful is a warning, see <see cref="DefinitionWarnings"/>.
/// </summary>
public static class DefinitionCheck
{
    /// <summary>The longest term, in days: ten years.</summary>
    public const int LongestTermDays = 3653;

    public static IReadOnlyList<Refusal> Check(LofteDefinition definition, Areas areas)
    {
        var faults = new List<Refusal>();
        var checking = new Checking(definition, areas, faults);
        if (areas.Unknown(definition.Area, "/area") is { } unknown)
            faults.Add(unknown);

        Twice("kind", "/kinds", [.. definition.Kinds.Select(kind => kind.Id)], faults);
        Twice("commitment", "/commitments", [.. definition.Commitments.Select(commitment => commitment.Id)], faults);
        if (definition.Commitments.Count == 0)
        {
            checking.Refuse(
                "no-commitment", "The promise has no commitment; name at least one line that can be judged.", "/commitments");
        }

        if (Term(definition.Term, "/term") is { } term)
        {
            faults.Add(term);
            return faults;
        }

        faults.AddRange(Days(definition));
        for (var i = 0; i < definition.Commitments.Count; i++)
            RuleCheck.Check(checking, definition.Commitments[i].Rule, $"/commitments/{i}/rule");

        faults.AddRange(DoubleCounting.Check(definition, areas));
        faults.AddRange(Contradictions.Check(definition));
        return faults;
    }

    private static Refusal? Term(Term term, string pointer) =>
        term.To < term.From
            ? new Refusal(
                "definition.term-reversed",
                $"The term starts on {term.From:O} and ends before that, on {term.To:O}; correct one of the days.",
                $"{pointer}/to")
        : term.Days > LongestTermDays
            ? new Refusal(
                "definition.term-too-long",
                $"The term from {term.From:O} to {term.To:O} is longer than ten years; correct the days, or give several "
                + "promises.",
                $"{pointer}/to")
        : null;

    private static IEnumerable<Refusal> Days(LofteDefinition definition)
    {
        var term = definition.Term;
        if (definition.Evaluation is { } evaluation)
        {
            if (evaluation.To < evaluation.From)
            {
                yield return new(
                    "definition.evaluation-reversed",
                    $"The evaluation starts on {evaluation.From:O} and ends before that, on {evaluation.To:O}; correct one of "
                    + "the days.",
                    "/evaluation/to");
            }

            if (!IsNear(term, evaluation.From))
                yield return Far("evaluation", evaluation.From, term, "/evaluation/from");
        }

        for (var i = 0; i < (definition.Feedback?.Count ?? 0); i++)
        {
            if (!IsNear(term, definition.Feedback![i].By))
                yield return Far("feedback", definition.Feedback[i].By, term, $"/feedback/{i}/by");
        }
    }

    /// <summary>Inside the term, or within a year after it.</summary>
    private static bool IsNear(Term term, DateOnly day) => term.From <= day && day <= term.To.AddDays(366);

    private static Refusal Far(string what, DateOnly day, Term term, string pointer) => new(
        $"definition.{what}-far-from-term",
        $"The {what} on {day:O} lies neither in the term ({term.From:O} to {term.To:O}) nor in the year after it; correct the "
        + "day.",
        pointer);

    private static void Twice(string what, string pointer, List<string> ids, List<Refusal> faults)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids.IndexOf(ids[i]) < i)
            {
                faults.Add(new(
                    $"definition.{what}-twice",
                    $"The {what} '{ids[i]}' is there twice; give one of them another id.",
                    $"{pointer}/{i}/id"));
            }
        }
    }
}
