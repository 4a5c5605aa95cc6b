namespace LofteEvents.Loften;

/// <summary>
/// Judges each of the several things that one line promises, and the line by them. What nothing called for stands in nobody's
/// way.
/// </summary>
internal static class JudgeCombined
{
    public static Outcome Judge(Judging judging, CombinedRule rule)
    {
        var parts = rule.Of.Select(part => Judge(judging, part)).ToList();
        var demanded = rule.InAtLeast ?? parts.Count;
        var kept = parts.Count(part => part.Verdict is Verdict.Fulfilled);
        return new()
        {
            Verdict = judging.Phase is Phase.After ? After(parts, demanded) : During(parts, demanded),
            Unit = Unit.Parts,
            Target = demanded,
            Done = kept,
            Counted = parts.Sum(part => part.Counted),
            Planned = parts.Sum(part => part.Planned),
            Of = parts,
        };
    }

    private static JudgedCommitment Judge(Judging judging, CombinedPart part)
    {
        var own = judging.OfPart(version => OfPart(version, part.Id))!;
        var outcome = JudgeLofte.Judge(own);
        return outcome.ToJudged(part.Id, part.Text ?? "", JudgeLofte.Worded(judging.Phase, outcome.Verdict, hindrance: null)) with
        {
            Preliminary = judging.Phase is Phase.During,
            Pace = outcome.Verdict is Verdict.OnTrack or Verdict.AtRisk ? outcome.Pace : null,
        };
    }

    private static RuleVersion? OfPart(RuleVersion version, string id) =>
        ((CombinedRule)version.Rule).Of.FirstOrDefault(part => part.Id == id) is { } part
            ? version with { Rule = part.Rule, Tally = version.Tally.Under(CombinedRule.Prefix(id)) }
            : null;

    private static Verdict During(List<JudgedCommitment> parts, int demanded) =>
        parts.TrueForAll(part => part.Verdict is Verdict.NotTriggered) ? Verdict.NotTriggered
        : Count(parts, Verdict.Fulfilled) >= demanded ? Verdict.Fulfilled
        : parts.Count - Count(parts, Verdict.CanNoLongerBeMet) < demanded ? Verdict.CanNoLongerBeMet
        : Count(parts, Verdict.Fulfilled, Verdict.OnTrack, Verdict.NotTriggered) >= demanded ? Verdict.OnTrack
        : Verdict.AtRisk;

    private static Verdict After(List<JudgedCommitment> parts, int demanded) =>
        parts.TrueForAll(part => part.Verdict is Verdict.NotTriggered) ? Verdict.NotTriggered
        : Count(parts, Verdict.Fulfilled, Verdict.NotTriggered) >= demanded ? Verdict.Fulfilled
        : Count(parts, Verdict.Fulfilled, Verdict.NotTriggered, Verdict.CannotBeAssessed) >= demanded ? Verdict.CannotBeAssessed
        : Count(parts, Verdict.Fulfilled, Verdict.Partly) > 0 ? Verdict.Partly
        : Verdict.NotFulfilled;

    private static int Count(List<JudgedCommitment> parts, params ReadOnlySpan<Verdict> verdicts)
    {
        var count = 0;
        foreach (var part in parts)
        {
            if (verdicts.Contains(part.Verdict))
                count++;
        }

        return count;
    }
}
