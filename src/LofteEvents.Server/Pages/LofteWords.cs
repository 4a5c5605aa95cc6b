using LofteEvents.Loften;

namespace LofteEvents.Server.Pages;

/// <summary>What the pages of a promise say around its own text.</summary>
internal abstract class LofteWords
{
    public abstract string Term { get; }

    public abstract string Area { get; }

    public abstract string GivenBy { get; }

    public abstract string EvaluatedWhen { get; }

    public abstract string SignedText { get; }

    public abstract string Source { get; }

    public abstract string HowItStands { get; }

    /// <summary>What the verdicts on the page are about.</summary>
    public abstract string JudgedOn(string day, bool preliminary);

    public abstract string AsKnown(string time);

    public abstract string Commitments { get; }

    /// <summary>Counting what was done says nothing about safety.</summary>
    public abstract string ActivityOnly { get; }

    public abstract string Problems { get; }

    public abstract string ProblemsAbout { get; }

    public abstract string Aims { get; }

    public abstract string AimsAbout { get; }

    public abstract string Effect { get; }

    public abstract string Evaluation { get; }

    public abstract string Feedback { get; }

    public abstract string Changes { get; }

    public abstract string WholeText { get; }

    public abstract string OtherDay { get; }

    public abstract string Day { get; }

    public abstract string Show { get; }

    public abstract string Evidence { get; }

    public abstract string NoEvidence { get; }

    public abstract string AllEvents(long shown, long total);

    public abstract string Event(long position);

    public abstract string Corrected { get; }

    public abstract string Planned(long number);

    public abstract string Parts { get; }

    /// <summary>Which parts were missed, such as «4 av 365 dagar: …».</summary>
    /// <param name="each">What one part is called in data, such as <c>day</c>.</param>
    /// <param name="names">The first of them, readable.</param>
    public abstract string MissedParts(int missed, int total, string each, IReadOnlyList<string> names);

    public abstract string PartsBeyond(int listed, int total);

    public abstract string Assessment { get; }

    public abstract string AssessmentMissing { get; }

    public abstract string Assessed(string by, string day);

    public abstract string Hindered(string by, string day, string reason);

    public abstract string Minors { get; }

    public abstract string Place { get; }

    public abstract string LedTo { get; }

    public abstract string FewerThanFive { get; }

    public abstract string Verdict(Verdict verdict);

    /// <summary>One sentence that says what the verdict means.</summary>
    public abstract string Meaning(Verdict verdict, Phase phase);

    public abstract string Preliminary { get; }

    public abstract string DoneOf(long done, long target, bool exactly);

    public abstract string PartsOf(long done, long target);

    /// <summary>What is counted, such as <c>insatser</c>.</summary>
    public abstract string Counted(FactType type, long number);

    /// <summary>What the figures count, such as <c>insatser</c>.</summary>
    public abstract string Counts(Unit unit, FactType type, long target);

    public abstract string Delivered(JudgedDeliverable deliverable, Func<DateOnly, string> day);

    public abstract string Answered(JudgedResponses responses);

    public abstract string PreferredShare(int percent);

    public abstract string Follows { get; }

    public abstract string PaceNow(Pace pace);

    public abstract string PaceNeeded(Pace pace, string perMonth);

    public abstract string State(PartState state);

    public abstract string Assessed(Assessment outcome);

    public abstract string Owner(string owner);

    public abstract string Audience(FeedbackAudience audience);

    public abstract string FeedbackBy(string audience, string day);

    public abstract string FeedbackGiven(string day, bool late);

    public abstract string FeedbackNotGiven(bool overdue);

    public abstract string Change(LofteChangeKind kind, string day);

    public abstract string Retroactive { get; }

    public abstract string CommitmentEvents { get; }

    public abstract string CountedEvents { get; }

    public abstract string NotCountedEvents { get; }

    public abstract string NotCountedAbout { get; }

    public abstract string NothingHere { get; }

    public abstract string When { get; }

    public abstract string What { get; }

    public abstract string Where { get; }

    public abstract string WhyNot { get; }

    public abstract string ToTheEvaluation { get; }

    public abstract string ToThePromise { get; }

    public abstract string NextPage { get; }

    public abstract string PreviousPage { get; }

    /// <summary>Leads to what one read leaves out.</summary>
    public abstract string Older(string until);

    /// <summary>What a page says when it has changed under the reader's eyes.</summary>
    public abstract string Renewed { get; }

    public abstract string Timeline { get; }

    public abstract string TimelineAbout { get; }

    public abstract string WholeTimeline(long total);

    public abstract string Learnt { get; }

    public abstract string Happened { get; }

    public abstract string Means { get; }

    /// <summary>How long after the day it happened, at least two days.</summary>
    public abstract string LearntLater(int days);

    public abstract string CountsNow { get; }

    public abstract string CountsNot { get; }

    public abstract string ReplacedBy(long position);

    public abstract string Replaces(long position);

    /// <summary>What a stored name says happened.</summary>
    public abstract string Happening(string type);

    /// <summary>Why an event does not count, as a sentence without a full stop.</summary>
    /// <param name="name">Makes an id of the domain readable.</param>
    public abstract string Unmet(UnmetCondition condition, Func<string, string> name);

    private protected static string All(IReadOnlyList<string> ids, Func<string, string> name, string between) =>
        ids.Count <= 3 ? string.Join(between, ids.Select(name)) : string.Join(between, ids.Take(3).Select(name)) + " …";
}
