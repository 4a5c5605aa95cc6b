namespace LofteEvents.Notices;

/// <summary>The refusals that several decisions share.</summary>
internal static class NoticeRefusals
{
    public static Decision<NoticeEvent> Unknown { get; } = Decision<NoticeEvent>.Refuse(
        "notice.unknown", "There is no such notice; check its id, or list the notices.");

    public static Decision<NoticeEvent> Automatic { get; } = Decision<NoticeEvent>.Refuse(
        "notice.automatic",
        "This notice is sent without anybody's decision: it holds no personal data, or corrects what was told before.");

    public static Decision<NoticeEvent> AlreadyDecided { get; } = Decision<NoticeEvent>.Refuse(
        "notice.already-decided",
        "This notice is decided and on its way, and what is sent cannot be called back; correct the report if it is wrong.");

    public static Decision<NoticeEvent> NotDecided { get; } = Decision<NoticeEvent>.Refuse(
        "notice.not-decided", "Nobody is told before an officer has decided to send this notice; decide first.");

    public static Decision<NoticeEvent> Closed(NoticeCase state) => Decision<NoticeEvent>.Refuse(
        "notice.closed",
        state.Closed switch
        {
            CloseReason.Waived => "This notice was waived; it opens again only where the report is corrected.",
            CloseReason.Withdrawn => "This notice is not called for any more: what was reported does not hold.",
            CloseReason.CorrectionTold => "This notice was withdrawn, and whoever was told knows that.",
            _ => "This notice was told, and is closed.",
        });

    /// <summary>The refusal of an exception that the law does not give; null where it does.</summary>
    public static Refusal? OfGround(string? ground, IReadOnlyList<string> allowed, NoticeTerms terms, string what)
    {
        if (ground is not null && allowed.Contains(ground))
            return null;

        var law = string.Join(" and ", terms.Grounds.Select(row => row.Law).Distinct());
        if (allowed.Count == 0)
        {
            var must = terms.MustReachAnAdult == true ? "; some adult must always be told of a deprivation of liberty" : "";
            return new Refusal(
                "notice.no-exception", $"{law} gives no ground by which this notice may be {what}{must}.", "/action");
        }

        var grounds = string.Join(", or ", allowed.Select(each => $"{each} ({LegalGrounds.Shipped.Meaning(each)})"));
        return ground is null
            ? new Refusal("notice.ground-missing", $"What is {what} has a ground in law: give {grounds}.", "/ground")
            : new Refusal(
                "notice.ground-not-in-law",
                $"By {law} this notice may not be {what} on the ground '{ground}', only on {grounds}.",
                "/ground");
    }
}
