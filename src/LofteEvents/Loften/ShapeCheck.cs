namespace LofteEvents.Loften;

/// <summary>The checks of the shapes that are more than a count.</summary>
internal static class ShapeCheck
{
    /// <summary>Sets of groups are cells of a tally, so their number is bounded: 2⁸.</summary>
    private const int MostGroups = 8;

    public static void Check(Checking checking, Rule rule, string at)
    {
        switch (rule)
        {
            case DisjointRule disjoint:
                CheckDisjoint(checking, disjoint, at);
                break;
            case CompositeRule composite:
                CheckComposite(checking, composite, at);
                break;
            case CombinedRule combined:
                CheckCombined(checking, combined, at);
                break;
            case ResponseRule response:
                CheckResponse(checking, response, at);
                break;
            case DeliverableRule { By: { } by } when !checking.Definition.Term.Contains(by):
                checking.Refuse(
                    "deadline-outside-term",
                    $"The deadline {by:O} lies outside the term from {checking.Definition.Term.From:O} to "
                    + $"{checking.Definition.Term.To:O}; correct it.",
                    $"{at}/by");
                break;
            default:
                break;
        }
    }

    private static void CheckDisjoint(Checking checking, DisjointRule rule, string at)
    {
        if (rule.Groups.Count is < 2 or > MostGroups)
        {
            checking.Refuse(
                "groups-number",
                $"«Utöver detta» needs 2 to {MostGroups} groups, and here are {rule.Groups.Count}; split or join them.",
                $"{at}/groups");
        }

        checking.Unique("group", rule.Groups.Select(group => group.Id), $"{at}/groups");
        foreach (var (i, group) in rule.Groups.Index())
        {
            SelectorCheck.Check(checking, group.Select, $"{at}/groups/{i}/select");
            checking.AtLeastOne(group.AtLeast, $"{at}/groups/{i}/atLeast");
        }
    }

    private static void CheckComposite(Checking checking, CompositeRule rule, string at)
    {
        OnlyInsatser(checking, rule.Select, $"{at}/select");
        checking.AtLeastOne(rule.AtLeast, $"{at}/atLeast");
        checking.AtLeastOne(rule.OfParts, $"{at}/ofParts");
        if (rule.Parts.Count == 0)
        {
            checking.Refuse(
                "empty-set",
                "The occasion has no parts, so it is a plain count; name its parts, or give it the shape count.",
                $"{at}/parts");
        }

        if (rule.OfParts > rule.Parts.Count)
        {
            checking.Refuse(
                "never-met",
                $"The rule demands {rule.OfParts} of {rule.Parts.Count} parts, so it could never be met; correct the number.",
                $"{at}/ofParts");
        }

        checking.Unique("part", rule.Parts.Select(part => part.Id).Prepend(CompositeRule.Occasion), $"{at}/parts");
        foreach (var (i, part) in rule.Parts.Index())
        {
            OnlyInsatser(checking, part.Select, $"{at}/parts/{i}/select");
            for (var j = 0; j < i; j++)
            {
                if (DoubleCounting.CanShare(new Reach(part.Select), new Reach(rule.Parts[j].Select), checking.Areas))
                    Twice(checking, rule.Parts[j].Id, part.Id, $"{at}/parts/{i}/select");
            }
        }
    }

    private static void OnlyInsatser(Checking checking, Selector selector, string at)
    {
        SelectorCheck.Check(checking, selector, at);
        if (selector.Type is not FactType.Insats)
            checking.Refuse("condition-never-met", "Only an insats can be a part of another one; select insatser.", $"{at}/type");
    }

    private static void CheckCombined(Checking checking, CombinedRule rule, string at)
    {
        if (rule.Of.Count < 2)
            checking.Refuse(
                "parts-number", "A combined rule has at least two parts; name them, or use the one rule itself.", $"{at}/of");

        checking.AtLeastOne(rule.InAtLeast, $"{at}/inAtLeast");
        if (rule.InAtLeast > rule.Of.Count)
        {
            checking.Refuse(
                "never-met",
                $"The rule demands {rule.InAtLeast} of {rule.Of.Count} parts, so it could never be met; correct the number.",
                $"{at}/inAtLeast");
        }

        checking.Unique("part", rule.Of.Select(part => part.Id), $"{at}/of");
        foreach (var (i, part) in rule.Of.Index())
        {
            if (part.Rule is CombinedRule)
                checking.Refuse(
                    "combined-twice", "A combined rule has no combined parts; list all parts in one.", $"{at}/of/{i}/rule/shape");
            else
                RuleCheck.Check(checking, part.Rule, $"{at}/of/{i}/rule");

            for (var j = 0; j < i; j++)
            {
                if (DoubleCounting.CanShare(part.Rule, rule.Of[j].Rule, checking.Areas))
                    Twice(checking, rule.Of[j].Id, part.Id, $"{at}/of/{i}/rule");
                if (part.Rule is AssessmentRule or DeliverableRule && part.Rule.GetType() == rule.Of[j].Rule.GetType())
                {
                    checking.Refuse(
                        "part-unclear",
                        $"'{rule.Of[j].Id}' and '{part.Id}' are both told by one event of the commitment, which could not say "
                        + "which is meant; "
                        + "make them commitments of their own.",
                        $"{at}/of/{i}/rule/shape");
                }
            }
        }
    }

    private static void Twice(Checking checking, string one, string other, string at) => checking.Refuse(
        "double-counting",
        $"One event could count for both '{one}' and '{other}'; make their rules tell them apart, or give them the shape "
        + "disjoint.",
        at);

    private static void CheckAnswer(Checking checking, Selector select, Selector answer, string at)
    {
        SelectorCheck.Check(checking, answer, at);
        if (answer.Type is not (FactType.Request or FactType.Insats))
        {
            checking.Refuse(
                "condition-never-met",
                $"No event of type '{KebabName.Of(answer.Type)}' names what it answers; let it be a request that is about the "
                + "event, or an insats that is a part of it.",
                $"{at}/type");
        }

        if (answer.Type is FactType.Insats && select.Type is not FactType.Insats)
        {
            checking.Refuse(
                "condition-never-met",
                $"An insats is a part of another insats and never of what is of type '{KebabName.Of(select.Type)}'; let a "
                + "request that is about the event answer it.",
                $"{at}/type");
        }

        if (DoubleCounting.CanShare(new Reach(select), new Reach(answer), checking.Areas))
        {
            checking.Refuse(
                "answer-calls-for-answer",
                "What answers could itself call for an answer, so it would never end; tell the two apart, such as by their "
                + "kinds.",
                at);
        }
    }

    private static void CheckResponse(Checking checking, ResponseRule rule, string at)
    {
        SelectorCheck.Check(checking, rule.Select, $"{at}/select");
        checking.AtLeastOne(rule.WithinHours, $"{at}/withinHours");
        if (rule.Answer is { } answer)
        {
            CheckAnswer(checking, rule.Select, answer, $"{at}/answer");
        }
        else if (rule.Select.Type is not FactType.Request)
        {
            checking.Refuse(
                "answer-missing",
                $"An event of type '{KebabName.Of(rule.Select.Type)}' is not answered by itself as a request is; say in answer "
                + "what answers it, or select requests.",
                $"{at}/select/type");
        }

        if (rule.Answer is null && (rule.Select.Parties is not null || rule.Select.AnyParty is not null))
        {
            checking.Refuse(
                "condition-never-met",
                "A request names no party before it is answered, so an open one would not be seen; take the parties out.",
                $"{at}/select");
        }

        if (rule.AtLeastPercent is < 1 or > 100)
        {
            checking.Refuse(
                "threshold-empty",
                $"{rule.AtLeastPercent} percent is no share that can be promised; name 1 to 100.",
                $"{at}/atLeastPercent");
        }
    }
}
