namespace LofteEvents.Loften;

/// <summary>Refuses a rule that could never be met, or that says nothing; a rule that was signed must be able to come out either way.</summary>
internal static class RuleCheck
{
    public static void Check(LofteDefinition definition, Areas areas, Rule rule, string at, List<Refusal> faults)
    {
        switch (rule)
        {
            case CountRule count:
                CheckCount(definition, areas, count, at, faults);
                break;
            case AssessmentRule { Evidence: { } other and not CountRule }:
                faults.Add(new(
                    "definition.evidence-not-counted",
                    $"Evidence is counted beside an assessment, so it is a rule of shape count and not {other.GetType().Name}; count it.",
                    $"{at}/evidence/shape"));
                break;
            case AssessmentRule { CountedEvidence: { } evidence }:
                CheckCount(definition, areas, evidence, $"{at}/evidence", faults);
                break;
            default:
                break;
        }
    }

    private static void CheckCount(LofteDefinition definition, Areas areas, CountRule rule, string at, List<Refusal> faults)
    {
        SelectorCheck.Check(definition, areas, rule.Select, $"{at}/select", faults);
        Threshold(rule, at, faults);
        if (rule.Divide is not { } division)
        {
            if (rule.InAtLeast is not null)
            {
                faults.Add(new(
                    "definition.in-at-least-undivided",
                    "inAtLeast says in how many parts, but nothing is divided into parts; add divide, or take inAtLeast out.",
                    $"{at}/inAtLeast"));
            }

            return;
        }

        DivisionCheck.Check(areas, rule.Select, division, $"{at}/divide", faults);
        Quantifier(definition.Term, rule, division, at, faults);
    }

    private static void Threshold(CountRule rule, string at, List<Refusal> faults)
    {
        if (rule.AtLeast is null == rule.Exactly is null)
        {
            faults.Add(new(
                "definition.threshold-unclear", "A rule says how many: either atLeast or exactly, one of the two and not both.", at));
        }

        if (rule.AtLeast is < 1)
        {
            faults.Add(new(
                "definition.threshold-empty",
                $"At least {rule.AtLeast} is met by doing nothing; promise at least 1.",
                $"{at}/atLeast"));
        }

        if (rule.Exactly is < 1)
        {
            faults.Add(new(
                "definition.threshold-empty",
                $"Exactly {rule.Exactly} cannot be shown by counting what is reported; promise exactly 1 or more.",
                $"{at}/exactly"));
        }
    }

    private static void Quantifier(Term term, CountRule rule, Division division, string at, List<Refusal> faults)
    {
        if (division is SetDivision { Of.Count: 0 })
            return;

        var parts = division.Parts(term).Count;
        if (parts == 0)
        {
            faults.Add(new(
                "definition.no-part",
                $"The term from {term.From:O} to {term.To:O} holds no such part, so there is nothing to promise; divide it otherwise.",
                $"{at}/divide"));
            return;
        }

        if (rule.InAtLeast > parts)
        {
            faults.Add(new(
                "definition.never-met",
                $"The rule demands {rule.InAtLeast} parts but the term from {term.From:O} to {term.To:O} has only {parts}, so it could never be met.",
                $"{at}/inAtLeast"));
        }

        if (rule.InAtLeast is < 1)
            faults.Add(new("definition.threshold-empty", "In at least 0 parts is met by doing nothing; promise at least 1.", $"{at}/inAtLeast"));
    }
}
