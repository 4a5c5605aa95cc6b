using System.Text.RegularExpressions;

namespace LofteEvents.Loften;

/// <summary>What can be signed but should be thought of once more: a warning stops nothing.</summary>
public static partial class DefinitionWarnings
{
    public static IReadOnlyList<Refusal> Check(LofteDefinition definition) =>
        [.. Unjudgeable(definition), .. NotPublished(definition), .. Everywhere(definition), .. Unused(definition)];

    /// <summary>
    /// Words that leave open what would be enough are for a person to judge, so the rule should be an assessment.
    /// </summary>
    private static IEnumerable<Refusal> Unjudgeable(LofteDefinition definition)
    {
        for (var i = 0; i < definition.Commitments.Count; i++)
        {
            var commitment = definition.Commitments[i];
            if (commitment.Rule.Simple.OfType<AssessmentRule>().Any())
                continue;
            if (Open().Match(commitment.Text) is not { Success: true } open)
                continue;

            yield return new(
                "definition.wording-open",
                $"«{open.Value}» in '{commitment.Id}' leaves open what would be enough, and the rule counts; let a named "
                + "person judge it "
                + "(shape assessment), or be sure that the count is what was meant.",
                $"/commitments/{i}/text");
        }
    }

    /// <summary>What is judged should be what citizens were promised, word for word.</summary>
    private static IEnumerable<Refusal> NotPublished(LofteDefinition definition)
    {
        var published = Words(definition.Text);
        for (var i = 0; i < definition.Commitments.Count; i++)
        {
            if (!published.Contains(Words(definition.Commitments[i].Text), StringComparison.Ordinal))
            {
                yield return new(
                    "definition.text-not-published",
                    $"The line of '{definition.Commitments[i].Id}' does not stand in the published text; write it as it was "
                    + "published.",
                    $"/commitments/{i}/text");
            }
        }
    }

    /// <summary>A deployment holds many areas, and what happens in another one seldom keeps this area's promise.</summary>
    private static IEnumerable<Refusal> Everywhere(LofteDefinition definition)
    {
        for (var i = 0; i < definition.Commitments.Count; i++)
        {
            if (definition.Commitments[i].Rule.Deciding.Any(reach => reach.IsEverywhere))
            {
                yield return new(
                    "definition.counts-everywhere",
                    $"The rule of '{definition.Commitments[i].Id}' counts what happens in any area of the deployment; name the "
                    + "areas that "
                    + $"it is about, such as '{definition.Area}'.",
                    $"/commitments/{i}/rule");
            }
        }
    }

    private static IEnumerable<Refusal> Unused(LofteDefinition definition)
    {
        var used = definition.Commitments
            .SelectMany(commitment => commitment.Rule.Selectors)
            .SelectMany(selector => selector.Kinds ?? [])
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < definition.Kinds.Count; i++)
        {
            if (!used.Contains(definition.Kinds[i].Id))
            {
                yield return new(
                    "definition.kind-unused",
                    $"The kind '{definition.Kinds[i].Id}' is declared but no rule selects it; take it out, or correct the rule.",
                    $"/kinds/{i}/id");
            }
        }
    }

    private static string Words(string text) => WhiteSpace().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(
        @"\b(eftersträva\w*|sträva\w*|pådrivande|verka för|arbeta för|i möjligaste mån|om möjligt|vid behov"
        + @"|så långt som möjligt|synas mer|förstärkt\w*|aktivt|bidra till)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Open();
}
