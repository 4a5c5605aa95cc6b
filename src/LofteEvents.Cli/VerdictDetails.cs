using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary>Why a verdict is what it is, beyond the figures: what was missed, what waits, what may still come.</summary>
internal static class VerdictDetails
{
    private const int MostNamed = 10;

    public static IEnumerable<string> Of(CommitmentAnswer commitment)
    {
        if (Missed(commitment.Parts) is { } missed)
        {
            yield return missed;
        }

        foreach (var part in commitment.Several ?? [])
        {
            yield return $"{part.Id}: {part.Verdict}, {part.Done} of {part.Target}";
            if (Missed(part.Parts) is { } missedInPart)
            {
                yield return $"{part.Id}: {missedInPart}";
            }
        }

        if (commitment.Responses is { } responses)
        {
            yield return $"{responses.Received} called for an answer: {responses.InTime} in time, {responses.Late} late, "
                + $"{responses.Waived} lawfully set aside, {responses.Open} open, {responses.Overdue} of them overdue";
        }

        if (commitment.RuleFrom is { } from)
        {
            yield return $"judged by the rule in force from {from:yyyy-MM-dd}";
        }
    }

    /// <summary>Whether it can still be met, as a sentence.</summary>
    public static string Meaning(string verdict) => verdict switch
    {
        "upcoming" => "The term has not begun.",
        "on-track" => "It can still be met, and as much is done as an even pace demands.",
        "at-risk" => "It can still be met, but less is done than an even pace demands.",
        "fulfilled" => "What was promised is done.",
        "can-no-longer-be-met" => "Something that is over was not done, so it cannot be met any more.",
        "not-triggered" => "Nothing has happened that calls for it.",
        "partly" => "Some of it was done, and not all.",
        "not-fulfilled" => "Nothing of it was done.",
        "cannot-be-assessed" => "What the judgement needs is missing.",
        "hindered" => "It was not done, for a reason that somebody decided and answers for.",
        _ => $"The server says '{verdict}', which this program does not know.",
    };

    private static string? Missed(PartsAnswer? parts)
    {
        if (parts is not { Missed: > 0 })
        {
            return null;
        }

        var named = parts.Listed.Where(part => part.State == "missed").Take(MostNamed).Select(part => part.Key).ToList();
        var more = parts.Missed > named.Count ? $" and {parts.Missed - named.Count} more" : "";
        return $"missed {parts.Missed} of {parts.Total} {Plural(parts.Each)}: {string.Join(", ", named)}{more}";
    }

    private static string Plural(string part) => part switch
    {
        "party" => "parties",
        _ => part + "s",
    };
}
