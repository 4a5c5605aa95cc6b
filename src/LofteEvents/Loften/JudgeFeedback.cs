namespace LofteEvents.Loften;

/// <summary>
/// Whether those who were promised to hear how it went have heard. What was given serves the earliest promise to the same
/// audience that nothing earlier serves.
/// </summary>
internal static class JudgeFeedback
{
    public static IReadOnlyList<JudgedFeedback> Judge(LofteStatus status, DateOnly on) =>
    [
        .. status.FeedbackPromised
            .GroupBy(promised => promised.To)
            .SelectMany(promised => Judge([.. promised.OrderBy(one => one.By)], status.FeedbackGiven, on))
            .OrderBy(feedback => feedback.By)
            .ThenBy(feedback => feedback.To),
    ];

    private static IEnumerable<JudgedFeedback> Judge(
        IReadOnlyList<FeedbackPromise> promised, IReadOnlyList<GivenFeedback> given, DateOnly on)
    {
        var days = given
            .Where(one => one.To == promised[0].To && one.On <= on)
            .Select(one => one.On)
            .Order()
            .ToList();
        for (var i = 0; i < promised.Count; i++)
        {
            DateOnly? givenOn = i < days.Count ? days[i] : null;
            yield return new(promised[i].To, promised[i].By, promised[i].Text, givenOn, (givenOn ?? on) > promised[i].By);
        }
    }
}
