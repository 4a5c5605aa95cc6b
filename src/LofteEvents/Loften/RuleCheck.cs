namespace LofteEvents.Loften;

/// <summary>What a rule is checked against, and where what is wrong with it is gathered.</summary>
internal sealed record Checking(LofteDefinition Definition, Areas Areas, List<Refusal> Faults)
{
    public void Refuse(string code, string sentence, string pointer) => Faults.Add(new("definition." + code, sentence, pointer));

    /// <summary>Refuses an id that comes twice under <paramref name="pointer"/>.</summary>
    public void Unique(string what, IEnumerable<string> ids, string pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, id) in ids.Index())
        {
            if (!seen.Add(id))
            {
                Refuse(
                    $"{what}-twice",
                    $"The {what} '{id}' is there twice; take one of them out, or give it another id.",
                    $"{pointer}/{i}");
            }
        }
    }

    /// <summary>Refuses a number that doing nothing would meet.</summary>
    public void AtLeastOne(int? number, string pointer)
    {
        if (number is < 1)
            Refuse("threshold-empty", $"At least {number} is met by doing nothing; promise at least 1.", pointer);
    }
}

/// <summary>
/// Refuses a rule that could never be met, or that says nothing; a rule that was signed must be able to come out either way.
/// </summary>
internal static class RuleCheck
{
    public static void Check(Checking checking, Rule rule, string at)
    {
        switch (rule)
        {
            case CountingRule counting:
                CheckCounting(checking, counting, at);
                break;
            case AssessmentRule { Evidence: { } evidence }:
                CheckEvidence(checking, evidence, $"{at}/evidence");
                break;
            default:
                ShapeCheck.Check(checking, rule, at);
                break;
        }
    }

    private static void CheckEvidence(Checking checking, Rule evidence, string at)
    {
        if (evidence is CountingRule counting)
        {
            CheckCounting(checking, counting, at);
            return;
        }

        checking.Refuse(
            "evidence-not-counted",
            "Evidence is counted beside an assessment; give it the shape count or duration.",
            $"{at}/shape");
    }

    private static void CheckCounting(Checking checking, CountingRule rule, string at)
    {
        SelectorCheck.Check(checking, rule.Select, $"{at}/select");
        Threshold(checking, rule, at);
        checking.AtLeastOne(rule.InAtLeast, $"{at}/inAtLeast");
        Preference(checking, rule, at);
        if (!Period(checking, rule, at))
            return;

        if (rule.Divide is { } division)
        {
            DivisionCheck.Check(checking, rule.Select, division, $"{at}/divide");
            Quantifier(checking, rule, division, at);
        }
        else if (rule.InAtLeast is not null)
        {
            checking.Refuse(
                "in-at-least-undivided",
                "inAtLeast says in how many parts, but nothing is divided into parts; add divide, or take inAtLeast out.",
                $"{at}/inAtLeast");
        }
    }

    private static void Threshold(Checking checking, CountingRule rule, string at)
    {
        if (rule is DurationRule duration)
        {
            checking.AtLeastOne(duration.AtLeastHours, $"{at}/atLeastHours");
            if (rule.Select.Type is not FactType.Insats)
            {
                checking.Refuse(
                    "condition-never-met",
                    $"Events of type '{KebabName.Of(rule.Select.Type)}' have no duration, so the sum would stay 0; count them "
                    + "instead.",
                    $"{at}/select/type");
            }
        }

        if (rule is not CountRule count)
            return;

        if (count.AtLeast is null == count.Exactly is null)
            checking.Refuse(
                "threshold-unclear", "A rule says how many: either atLeast or exactly, one of the two and not both.", at);

        checking.AtLeastOne(count.AtLeast, $"{at}/atLeast");
        if (count.Exactly is < 1)
        {
            checking.Refuse(
                "threshold-empty",
                $"Exactly {count.Exactly} cannot be shown by counting what is reported; promise exactly 1 or more.",
                $"{at}/exactly");
        }
    }

    private static void Preference(Checking checking, CountingRule rule, string at)
    {
        if (rule.Prefer is not { } prefer)
            return;

        SelectorCheck.Check(checking, prefer, $"{at}/prefer");
        if (prefer.Type != rule.Select.Type)
        {
            checking.Refuse(
                "preference-other-type",
                $"What is preferred is of type '{KebabName.Of(prefer.Type)}', but '{KebabName.Of(rule.Select.Type)}' is "
                + "counted; name the same type.",
                $"{at}/prefer/type");
        }
        else if (!DoubleCounting.CanShare(new Reach(rule.Select, rule.Divide), new Reach(prefer), checking.Areas))
        {
            checking.Refuse(
                "condition-never-met",
                "Nothing that is counted could ever be what is preferred, so the share would always be 0; correct one of the "
                + "two.",
                $"{at}/prefer");
        }
    }

    /// <returns>False where nothing more can be said of the parts.</returns>
    private static bool Period(Checking checking, CountingRule rule, string at)
    {
        if (rule.Within is not { } within)
            return true;

        var term = checking.Definition.Term;
        if (within.To >= within.From && term.Contains(within.From) && term.Contains(within.To))
            return true;

        checking.Refuse(
            "period-outside-term",
            $"The period from {within.From:O} to {within.To:O} does not lie inside the term from {term.From:O} to "
            + $"{term.To:O}; correct the days.",
            $"{at}/within");
        return false;
    }

    private static void Quantifier(Checking checking, CountingRule rule, Division division, string at)
    {
        if (division is SetDivision { Of.Count: 0 } or SeasonDivision { Of.Count: 0 } or OccurrenceDivision { Weekdays.Count: 0 })
            return;

        var period = rule.Within ?? checking.Definition.Term;
        var parts = rule.Parts(checking.Definition.Term);
        if (parts.Count == 0)
        {
            checking.Refuse(
                "no-part",
                $"The days from {period.From:O} to {period.To:O} hold no such part, so there is nothing to promise; divide it "
                + "otherwise.",
                $"{at}/divide");
            return;
        }

        if (rule.InAtLeast > parts.Count)
        {
            checking.Refuse(
                "never-met",
                $"The rule demands {rule.InAtLeast} parts but {period.From:O} to {period.To:O} has only {parts.Count}, so it "
                + "could never be met.",
                $"{at}/inAtLeast");
        }

        OwnThresholds(checking, rule, parts, at);
    }

    private static void OwnThresholds(Checking checking, CountingRule rule, IReadOnlyList<Part> parts, string at)
    {
        foreach (var (key, atLeast) in (rule as CountRule)?.AtLeastIn ?? new Dictionary<string, int>())
        {
            var pointer = JsonPointer.Member($"{at}/atLeastIn", key);
            checking.AtLeastOne(atLeast, pointer);
            if (parts.All(part => part.Key != key))
            {
                checking.Refuse(
                    "part-unknown",
                    $"'{key}' is no part of the term; the first is '{parts[0].Key}' and the last '{parts[^1].Key}'. Correct "
                    + "the key.",
                    pointer);
            }
        }
    }
}
