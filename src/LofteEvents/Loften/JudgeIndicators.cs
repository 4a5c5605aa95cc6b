namespace LofteEvents.Loften;

/// <summary>
/// Says how the followed indicators lie to their baselines. Nothing here is a verdict: effect is not what was done.
/// </summary>
internal static class JudgeIndicators
{
    public static IReadOnlyList<JudgedIndicator> Judge(LofteStatus status, CommitmentStatus commitment, DateOnly on) =>
    [
        .. commitment.Follows.Select(followed =>
        {
            var latest = status.Measurements.LastOrDefault(one => one.Indicator == followed.Indicator && one.Day <= on);
            return new JudgedIndicator(
                followed.Indicator, followed.Aim, followed.Baseline, latest, latest?.Value - followed.Baseline?.Value);
        }),
    ];
}
