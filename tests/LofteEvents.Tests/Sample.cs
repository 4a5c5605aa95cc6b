using System.Text;
using LofteEvents.Forums;
using LofteEvents.Indicators;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests;

/// <summary>One event of every kind, read from the golden files, and the fixed day on which specs are decided.</summary>
internal static class Sample
{
    public static DateTimeOffset Now { get; } = new(2018, 12, 1, 12, 0, 0, TimeSpan.FromHours(1));

    public static Areas Areas { get; } =
        LofteEvents.Areas.Parse(File.ReadAllBytes(Path.Combine(House.Root, "deploy", "areas.json")), out _)!;

    public static DecisionContext Context { get; } = new(Now, Areas);

    public static LofteGiven LofteGiven => (LofteGiven)Of("lofte.given.v1");

    public static LofteAmended LofteAmended => (LofteAmended)Of("lofte.amended.v1");

    public static LofteProlonged LofteProlonged => (LofteProlonged)Of("lofte.prolonged.v1");

    public static LofteEnded LofteEnded => (LofteEnded)Of("lofte.ended.v1");

    public static CommitmentHindered CommitmentHindered => (CommitmentHindered)Of("commitment.hindered.v1");

    public static CommitmentAssessed CommitmentAssessed => (CommitmentAssessed)Of("commitment.assessed.v1");

    public static DeliverableCompleted DeliverableCompleted => (DeliverableCompleted)Of("deliverable.completed.v1");

    public static DeliverablePostponed DeliverablePostponed => (DeliverablePostponed)Of("deliverable.postponed.v1");

    public static DeliverableVoided DeliverableVoided => (DeliverableVoided)Of("deliverable.voided.v1");

    public static FeedbackGiven FeedbackGiven => (FeedbackGiven)Of("feedback.given.v1");

    public static InsatsPlanned InsatsPlanned => (InsatsPlanned)Of("insats.planned.v1");

    public static InsatsCarriedOut InsatsCarriedOut => (InsatsCarriedOut)Of("insats.carried-out.v1");

    public static InsatsCancelled InsatsCancelled => (InsatsCancelled)Of("insats.cancelled.v1");

    public static InsatsCorrected InsatsCorrected => (InsatsCorrected)Of("insats.corrected.v1");

    public static InsatsVoided InsatsVoided => (InsatsVoided)Of("insats.voided.v1");

    public static ForumEstablished ForumEstablished => (ForumEstablished)Of("forum.established.v1");

    public static MeetingHeld MeetingHeld => (MeetingHeld)Of("forum.meeting-held.v1");

    public static MeetingCorrected MeetingCorrected => (MeetingCorrected)Of("forum.meeting-corrected.v1");

    public static MeetingVoided MeetingVoided => (MeetingVoided)Of("forum.meeting-voided.v1");

    public static ActivityAgreed ActivityAgreed => (ActivityAgreed)Of("forum.activity-agreed.v1");

    public static ActivityCompleted ActivityCompleted => (ActivityCompleted)Of("forum.activity-completed.v1");

    public static RequestReceived RequestReceived => (RequestReceived)Of("request.received.v1");

    public static RequestAnswered RequestAnswered => (RequestAnswered)Of("request.answered.v1");

    public static RequestVoided RequestVoided => (RequestVoided)Of("request.voided.v1");

    public static IndicatorMeasured IndicatorMeasured => (IndicatorMeasured)Of("indicator.measured.v1");

    public static IndicatorVoided IndicatorVoided => (IndicatorVoided)Of("indicator.voided.v1");

    public static string GoldenFile(string storedName) =>
        Path.Combine(House.Root, "tests", "LofteEvents.Tests", "Golden", storedName + ".json");

    public static DomainEvent Of(string storedName) => Type(storedName).Decode(File.ReadAllBytes(GoldenFile(storedName)));

    public static EventType Type(string storedName) =>
        EventCatalogue.TryFind(storedName, out var type) ? type : throw new InvalidOperationException(storedName);

    /// <summary>An event as it is stored: what tells two of them apart, lists included.</summary>
    public static string Stored(DomainEvent said)
    {
        var type = EventCatalogue.Of(said);
        return $"{type.Name} {Encoding.UTF8.GetString(type.Encode(said))}";
    }
}
