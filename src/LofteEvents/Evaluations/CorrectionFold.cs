namespace LofteEvents.Evaluations;

/// <summary>
/// Pairs what a correction replaced with what it put in its place. Only versions that count are added, so a half that never
/// comes did not count.
/// </summary>
internal sealed class CorrectionFold
{
    private const int MostShown = 100;

    private readonly SortedDictionary<(long Position, string Item), EvaluatedCorrection> _found = [];

    public long Total => _found.Count;

    public IReadOnlyList<EvaluatedCorrection> Newest => [.. _found.Values.Skip(Math.Max(0, _found.Count - MostShown))];

    public void Add(ReportedFact version)
    {
        var fact = version.Fact;
        if (IsCorrection(version.Said.Type))
        {
            var found = At(version.Said, fact.Stream, fact.Item, fact.Day);
            _found[(version.Said.Position, fact.Item)] = found with { CountsAfter = true, Day = fact.Day };
        }

        if (version.Ended is { } ended && (IsCorrection(ended.Type) || IsVoiding(ended.Type)))
        {
            var found = At(ended, fact.Stream, fact.Item, fact.Day);
            _found[(ended.Position, fact.Item)] = found with { CountedBefore = true, Corrects = fact.Position };
        }
    }

    private EvaluatedCorrection At(FactCause cause, string stream, string item, DateOnly day) =>
        _found.GetValueOrDefault((cause.Position, item))
        ?? new(cause.Position, stream, day, cause.RecordedAt.ToUniversalTime(), cause.Reason, null, false, false);

    private static bool IsCorrection(string type) => type is "insats.corrected.v1" or "forum.meeting-corrected.v1";

    private static bool IsVoiding(string type) =>
        type is "insats.voided.v1" or "forum.meeting-voided.v1" or "request.voided.v1" or "indicator.voided.v1";
}
