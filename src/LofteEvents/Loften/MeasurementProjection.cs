namespace LofteEvents.Loften;

/// <summary>
/// The part of <see cref="LofteStatusProjection"/> that keeps the measurements of followed indicators, whenever they were made.
/// </summary>
internal static class MeasurementProjection
{
    public static IEnumerable<FactFilter> Needs(LofteStatus status)
    {
        var followed = Followed(status).Distinct().ToList();
        if (followed.Count > 0)
            yield return new([FactType.Measurement], DateOnly.MinValue, DateOnly.MaxValue, Kinds: null, Areas: null, followed);
    }

    public static LofteStatus Counted(LofteStatus status, CountedFact fact, int sign)
    {
        if (!Followed(status).Contains(fact.Stream) || fact is not { Value: { } value, Unit: { } unit, Source: { } source })
            return status;

        var id = fact.Item[MeasurementFact.Item("").Length..];
        var others = status.Measurements.Where(one => one.Indicator != fact.Stream || one.Measurement != id);
        return status with
        {
            Measurements = sign < 0
                ? [.. others]
                : [.. others
                    .Append(new FollowedMeasurement(fact.Stream, id, fact.Day, value, unit, source))
                    .OrderBy(one => one.Indicator, StringComparer.Ordinal)
                    .ThenBy(one => one.Day)
                    .ThenBy(one => one.Measurement, StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<string> Followed(LofteStatus status) =>
        status.Commitments.SelectMany(commitment => commitment.Follows).Select(followed => followed.Indicator);
}
