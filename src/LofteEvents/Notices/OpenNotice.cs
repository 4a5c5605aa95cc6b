using static LofteEvents.Decision<LofteEvents.Notices.NoticeEvent>;

namespace LofteEvents.Notices;

/// <summary>A case is opened once; facts that change what it says reopen it, whatever was decided before.</summary>
internal static class OpenNotice
{
    public static Decision<NoticeEvent> Decide(NoticeCase state, OpenCase work, NoticeContext context)
    {
        var need = work.Need;

        // What the case has heard of since is newer than this.
        if (need.Cause <= state.Cause)
            return Nothing;

        var terms = Terms(need, context);
        if (state.Terms is not { } before)
            return Accept(new NoticeOpened(terms));

        var isWithdrawn = state.IsCorrection || state.Closed == CloseReason.Withdrawn;
        return !isWithdrawn && SaysTheSame(before, terms)
            ? Nothing
            : Accept(new NoticeReopened(ReopenReason.Corrected, terms, need.Cause));
    }

    private static NoticeTerms Terms(NoticeNeed need, NoticeContext context)
    {
        var to = context.Recipients.For(need.To, need.HomeMunicipality, need.Area, context.Areas);
        var half = TimeSpan.FromMinutes(need.Minutes / 2.0);
        var triedFrom = need.ClockFrom > need.LearntAt ? need.ClockFrom : need.LearntAt;
        return new NoticeTerms(
            need.About,
            need.Insats,
            need.Person,
            need.To,
            need.Area,
            need.HomeMunicipality,
            to.Recipient,
            to.FellBack || need is { About: NoticeAbout.Person, To: NoticeTo.Socialtjanst, HomeMunicipality: null } ? true : null,
            to.Channels,
            need.Grounds,
            need.Minutes,
            need.ClockFrom.ToUniversalTime(),
            need.ClockFrom.AddMinutes(need.Minutes).ToUniversalTime(),
            (triedFrom + half).ToUniversalTime(),
            need.PostponeGrounds,
            need.WaiveGrounds,
            need.MustReachAnAdult ? true : null,
            need.Stated,
            need.Cause);
    }

    private static bool SaysTheSame(NoticeTerms one, NoticeTerms other) =>
        (one.Stated, one.Area, one.HomeMunicipality) == (other.Stated, other.Area, other.HomeMunicipality)
        && one.Grounds.SequenceEqual(other.Grounds);
}
