using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>The golden promise, changed in one way or another.</summary>
internal static class OtherPromise
{
    public static LofteGiven Changed(Func<LofteDefinition, LofteDefinition> change) => new(change(Sample.LofteGiven.Definition));

    public static LofteGiven WithRule(string commitment, Rule rule) => Changed(definition => definition with
    {
        Commitments = [.. definition.Commitments.Select(other => other.Id == commitment ? other with { Rule = rule } : other)],
    });

    /// <summary>The promise with two of its commitments made one line, <c>bada</c>.</summary>
    public static LofteGiven WithCombined(params string[] commitments) => Changed(definition => definition with
    {
        Commitments =
        [
            new("bada", "Båda två.", new CombinedRule
            {
                Of = [.. definition.Commitments.Where(commitment => commitments.Contains(commitment.Id))
                    .Select(commitment => new CombinedPart(commitment.Id, commitment.Rule))],
            }),
            .. definition.Commitments.Where(commitment => !commitments.Contains(commitment.Id)),
        ],
    });
}
