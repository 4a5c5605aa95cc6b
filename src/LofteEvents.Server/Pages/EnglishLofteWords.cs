using LofteEvents.Loften;

namespace LofteEvents.Server.Pages;

internal sealed partial class EnglishLofteWords : LofteWords
{
    public override string Term => "Term";

    public override string Area => "Area";

    public override string GivenBy => "Promised by";

    public override string EvaluatedWhen => "To be evaluated";

    public override string SignedText => "The promise’s words are given verbatim, in Swedish";

    public override string Source => "Source";

    public override string HowItStands => "How it is going";

    public override string JudgedOn(string day, bool preliminary) =>
        preliminary
            ? $"The verdicts are those of {day}. The term is not over, so they are preliminary."
            : $"The verdicts are those of {day}.";

    public override string AsKnown(string time) => $"The page shows what was known at {time}.";

    public override string Commitments => "This is what is promised";

    public override string ActivityOnly =>
        "Here is counted what was done. It says nothing about how safe it has become; that is followed on its own, further down.";

    public override string Problems => "The problems behind the promise";

    public override string ProblemsAbout => "The problems that were agreed on, in no order of rank.";

    public override string Aims => "What it is to lead to";

    public override string AimsAbout => "The aims, as the promise states them.";

    public override string Effect => "Measured effect";

    public override string Evaluation => "Follow-up and evaluation";

    public override string Feedback => "Promised feedback";

    public override string Changes => "Changes of the promise";

    public override string WholeText => "Read the whole promise as it was published";

    public override string OtherDay => "See how it stood on another day";

    public override string Day => "Day";

    public override string Show => "Show";

    public override string Evidence => "What counts";

    public override string NoEvidence => "Nothing that counts has been reported yet.";

    public override string AllEvents(long shown, long total) =>
        total > shown ? $"Show all {total} that count, and what does not" : "Show everything, also what does not count and why";

    public override string Event(long position) => $"event no. {position}";

    public override string Corrected => "corrected";

    public override string Planned(long number) => number == 1 ? "One more is planned." : $"{number} more are planned.";

    public override string Parts => "Part by part";

    public override string PartsBeyond(int listed, int total) => $"{listed} of {total} are shown, the missed ones first.";

    public override string Assessment => "Assessment";

    public override string AssessmentMissing => "Nobody has made the assessment yet: no data.";

    public override string Assessed(string by, string day) => $"{by}, {day}";

    public override string Hindered(string by, string day, string reason) => $"Hindered by decision of {by}, {day}: {reason}";

    public override string Minors => "Minors encountered";

    public override string Place => "Place";

    public override string LedTo => "Led to";

    public override string FewerThanFive => "fewer than five";

    public override string Verdict(Verdict verdict) => verdict switch
    {
        LofteEvents.Loften.Verdict.Upcoming => "Has not begun",
        LofteEvents.Loften.Verdict.OnTrack => "On track",
        LofteEvents.Loften.Verdict.AtRisk => "At risk",
        LofteEvents.Loften.Verdict.Fulfilled => "Fulfilled",
        LofteEvents.Loften.Verdict.CanNoLongerBeMet => "Can no longer be met",
        LofteEvents.Loften.Verdict.NotTriggered => "Not called for",
        LofteEvents.Loften.Verdict.Partly => "Partly fulfilled",
        LofteEvents.Loften.Verdict.NotFulfilled => "Not fulfilled",
        LofteEvents.Loften.Verdict.CannotBeAssessed => "Cannot be assessed",
        _ => "Hindered",
    };

    public override string Meaning(Verdict verdict, Phase phase) => verdict switch
    {
        LofteEvents.Loften.Verdict.Upcoming => "The term has not begun.",
        LofteEvents.Loften.Verdict.OnTrack => "At least as much is done as an even pace demands.",
        LofteEvents.Loften.Verdict.AtRisk => "It can still be kept, but less is done than an even pace demands.",
        LofteEvents.Loften.Verdict.Fulfilled => "What was promised is done.",
        LofteEvents.Loften.Verdict.CanNoLongerBeMet => "Something that is over was not done, so it cannot be kept in full.",
        LofteEvents.Loften.Verdict.NotTriggered => "Nothing has happened that calls for it.",
        LofteEvents.Loften.Verdict.Partly => "Some of it was done, but not all.",
        LofteEvents.Loften.Verdict.NotFulfilled => "None of it was done.",
        LofteEvents.Loften.Verdict.CannotBeAssessed => "What is needed to judge it is missing.",
        _ => "It was not done, for a reason that somebody decided on and answers for.",
    };

    public override string Preliminary => "preliminary";

    public override string DoneOf(long done, long target, bool exactly) =>
        $"{done} of {(exactly ? "exactly" : "at least")} {target}";

    public override string PartsOf(long done, long target) => $"{done} of {target}";

    public override string Counted(FactType type, long number) => (type, number) switch
    {
        (FactType.Insats, 1) => "operation",
        (FactType.Insats, _) => "operations",
        (FactType.ForumMeeting, 1) => "meeting",
        (FactType.ForumMeeting, _) => "meetings",
        (FactType.ForumActivity, 1) => "activity",
        (FactType.ForumActivity, _) => "activities",
        (FactType.Request, 1) => "request",
        (FactType.Request, _) => "requests",
        (_, 1) => "event",
        _ => "events",
    };

    public override string Counts(Unit unit, FactType type, long target) => unit switch
    {
        Unit.Minutes => "hours",
        Unit.Parts => "parts are fulfilled",
        Unit.Occasions => "whole occasions",
        Unit.Requests when type is not FactType.Request => "events followed up in time",
        Unit.Requests => "requests answered in time",
        _ => Counted(type, target),
    };

    public override string Delivered(JudgedDeliverable deliverable, Func<DateOnly, string> day) =>
        (deliverable.DeliveredOn, deliverable.PostponedTo) switch
        {
            ({ } on, _) => $"{deliverable.What.TrimEnd('.')}: done on {day(on)}, promised by {day(deliverable.By)}.",
            (null, { } to) =>
                $"{deliverable.What.TrimEnd('.')}: not done. Postponed to {day(to)}, promised by {day(deliverable.By)}.",
            _ => $"{deliverable.What.TrimEnd('.')}: not done, promised by {day(deliverable.By)}.",
        };

    public override string Answered(JudgedResponses responses) =>
        $"Of {responses.Received} occasions {responses.InTime} are answered in time, {responses.Late} late, and "
        + $"{responses.Waived} lawfully set aside. {responses.Open} are waiting, {responses.Overdue} of them for too long.";

    public override string PreferredShare(int percent) =>
        $"{percent} per cent of what counts is what was promised in the first place.";

    public override string Follows => "Followed beside it";

    public override string PaceNow(Pace pace) => pace.DaysLeft switch
    {
        1 => $"An even pace would have given {pace.Expected}; so far there are {pace.Credited}. It is the last day.",
        _ => $"An even pace would have given {pace.Expected} by now; so far: {pace.Credited}. {pace.DaysLeft} days remain.",
    };

    public override string PaceNeeded(Pace pace, string perMonth) => $"To make it, {perMonth} a month are needed.";

    public override string State(PartState state) => state switch
    {
        PartState.Met => "fulfilled",
        PartState.Missed => "missed",
        PartState.Open => "going on",
        PartState.Exceeded => "more than promised",
        _ => "has not begun",
    };

    public override string Assessed(Assessment outcome) => outcome switch
    {
        LofteEvents.Loften.Assessment.Fulfilled => "Fulfilled",
        LofteEvents.Loften.Assessment.Partly => "Partly fulfilled",
        LofteEvents.Loften.Assessment.NotFulfilled => "Not fulfilled",
        _ => "Cannot be assessed",
    };

    public override string Owner(string owner) => owner switch
    {
        "polis" => "The police",
        "kommun" => "The municipality",
        _ => owner,
    };

    public override string Audience(FeedbackAudience audience) => audience switch
    {
        FeedbackAudience.Citizens => "those who live and work in the area",
        _ => "the staff",
    };

    public override string FeedbackBy(string audience, string day) => $"To {audience}, by {day}";

    public override string FeedbackGiven(string day, bool late) => late ? $"given on {day}, too late" : $"given on {day}";

    public override string FeedbackNotGiven(bool overdue) => overdue ? "overdue: not given" : "not given yet";

    public override string Change(LofteChangeKind kind, string day) => kind switch
    {
        LofteChangeKind.Amended => $"Amended as of {day}",
        LofteChangeKind.Prolonged => $"Prolonged to {day}",
        _ => $"Ended early, {day}",
    };

    public override string Retroactive => "afterwards";

    public override string CommitmentEvents => "What counts, and what does not";

    public override string CountedEvents => "Counts";

    public override string NotCountedEvents => "Does not count";

    public override string NotCountedAbout =>
        "Events of the same sort in the area, from a month before the term to a month after it, "
        + "with the reason why they do not count.";

    public override string NothingHere => "Nothing to show.";

    public override string When => "Day";

    public override string What => "What";

    public override string Where => "Where";

    public override string WhyNot => "Why not";

    public override string ToTheEvaluation => "Read the evaluation: what became of the promise (in Swedish)";

    public override string ToThePromise => "Back to the promise";

    public override string NextPage => "Next page";

    public override string PreviousPage => "Previous page";
}
