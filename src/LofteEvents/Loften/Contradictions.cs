using System.Text.Json;

namespace LofteEvents.Loften;

/// <summary>Two commitments about the very same events can contradict each other; then no year could keep both.</summary>
internal static class Contradictions
{
    public static IEnumerable<Refusal> Check(LofteDefinition definition)
    {
        var counts = definition.Commitments
            .Select((commitment, i) => (commitment.Id, Place: i, Rule: commitment.Rule as CountRule))
            .Where(one => one.Rule is { Divide: null })
            .ToList();
        foreach (var exact in counts.Where(one => one.Rule!.Exactly is not null))
        {
            foreach (var other in counts.Where(one => one.Id != exact.Id && AreOfTheSame(one.Rule!, exact.Rule!)))
            {
                var wanted = other.Rule!.AtLeast ?? other.Rule.Exactly;
                if (other.Rule.AtLeast > exact.Rule!.Exactly || (other.Place < exact.Place && other.Rule.Exactly is { } number
                    && number != exact.Rule.Exactly))
                {
                    yield return new(
                        "definition.contradiction",
                        $"'{exact.Id}' promises exactly {exact.Rule.Exactly} of the very events of which '{other.Id}' promises "
                        + $"{(other.Rule.AtLeast is null ? "exactly" : "at least")} {wanted}, so both can never be kept; "
                        + "correct one of the numbers.",
                        $"/commitments/{exact.Place}/rule/exactly");
                }
            }
        }
    }

    private static bool AreOfTheSame(CountRule one, CountRule other) =>
        one.Within == other.Within
        && JsonSerializer.Serialize(one.Select, LofteJson.Default.Selector)
        == JsonSerializer.Serialize(other.Select, LofteJson.Default.Selector);
}
