namespace LofteEvents.Server.Pages;

/// <summary>The words of the timeline.</summary>
internal sealed partial class EnglishLofteWords
{
    public override string Renewed => "This page has changed: something new was learnt.";

    public override string Timeline => "What has happened, and when we learnt it";

    public override string TimelineAbout =>
        "What was learnt last comes first. Corrections and late reports are shown; nothing is taken away afterwards.";

    public override string WholeTimeline(long total) => $"Show the whole timeline ({total} events)";

    public override string Learnt => "We learnt it";

    public override string Happened => "It happened";

    public override string Means => "What it means";

    public override string LearntLater(int days) => $"{days} days later";

    public override string CountsNow => "counts";

    public override string CountsNot => "does not count";

    public override string ReplacedBy(long position) => $"replaced by event no. {position}";

    public override string Replaces(long position) => $"in place of event no. {position}";

    public override string Happening(string type) => type switch
    {
        "lofte.given.v1" => "The promise was given",
        "lofte.amended.v1" => "The promise was amended",
        "lofte.prolonged.v1" => "The promise was prolonged",
        "lofte.ended.v1" => "The promise ended early",
        "commitment.hindered.v1" => "A hindrance was decided",
        "commitment.assessed.v1" => "An assessment was made",
        "deliverable.completed.v1" => "What was promised was delivered",
        "deliverable.postponed.v1" => "What was promised was postponed",
        "deliverable.voided.v1" => "What was promised was not there after all",
        "feedback.given.v1" => "Feedback was given",
        "insats.planned.v1" => "Operation planned",
        "insats.carried-out.v1" => "Operation carried out",
        "insats.cancelled.v1" => "Planned operation cancelled",
        "insats.corrected.v1" => "Report of an operation corrected",
        "insats.voided.v1" => "Report of an operation struck out",
        "forum.established.v1" => "Forum established",
        "forum.meeting-held.v1" => "Meeting held",
        "forum.meeting-corrected.v1" => "Report of a meeting corrected",
        "forum.meeting-voided.v1" => "Report of a meeting struck out",
        "forum.activity-agreed.v1" => "Activity agreed",
        "forum.activity-completed.v1" => "Activity completed",
        "request.received.v1" => "Request received",
        "request.answered.v1" => "Request answered",
        "request.voided.v1" => "Request struck out",
        "indicator.measured.v1" => "Measurement",
        "indicator.voided.v1" => "Measurement struck out",
        _ => type,
    };
}
