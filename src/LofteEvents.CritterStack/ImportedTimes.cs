namespace LofteEvents.CritterStack;

/// <summary>
/// Recorded times that come with imported history must not lie in the future, nor before what was recorded last.
/// </summary>
internal static class ImportedTimes
{
    public static AppendResult.RecordedTimeRefused? Refused(
        AppendRequest request, DateTimeOffset now, DateTimeOffset? lastRecorded)
    {
        if (!request.Streams.Any(part => part.Events.Any(said => said.RecordedAt is not null)))
        {
            return null;
        }

        var last = lastRecorded ?? DateTimeOffset.MinValue;
        var recordedNow = last > now ? last : now;
        foreach (var said in request.Streams.SelectMany(part => part.Events))
        {
            if (said.RecordedAt is { } given && (given > now || given < last))
            {
                return new AppendResult.RecordedTimeRefused(given, lastRecorded ?? DateTimeOffset.UnixEpoch, now);
            }

            last = said.RecordedAt ?? recordedNow;
        }

        return null;
    }
}
