using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Evaluations;
using LofteEvents.Forums;
using LofteEvents.Indicators;
using LofteEvents.Insatser;
using LofteEvents.Log;
using LofteEvents.Loften;
using LofteEvents.Notices;
using LofteEvents.Requests;
using LofteEvents.Subjects;

namespace LofteEvents;

/// <summary>How events lie in the log: camelCase, enums in kebab-case, missing members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(ExactNumber),
        typeof(KebabCase<Assessment>),
        typeof(KebabCase<Verdict>),
        typeof(KebabCase<EvaluationOccasion>),
        typeof(KebabCase<FeedbackAudience>),
        typeof(KebabCase<RequestOutcome>),
        typeof(KebabCase<Suspicion>),
        typeof(KebabCase<DrugTest>),
        typeof(KebabCase<NoticeAbout>),
        typeof(KebabCase<NoticeTo>),
        typeof(KebabCase<NoticeAction>),
        typeof(KebabCase<AttemptOutcome>),
        typeof(KebabCase<ReopenReason>),
        typeof(KebabCase<CloseReason>),
    ])]
[JsonSerializable(typeof(LofteGiven))]
[JsonSerializable(typeof(LofteAmended))]
[JsonSerializable(typeof(LofteProlonged))]
[JsonSerializable(typeof(LofteEnded))]
[JsonSerializable(typeof(CommitmentHindered))]
[JsonSerializable(typeof(CommitmentAssessed))]
[JsonSerializable(typeof(DeliverableCompleted))]
[JsonSerializable(typeof(DeliverablePostponed))]
[JsonSerializable(typeof(DeliverableVoided))]
[JsonSerializable(typeof(FeedbackGiven))]
[JsonSerializable(typeof(InsatsPlanned))]
[JsonSerializable(typeof(InsatsCarriedOut))]
[JsonSerializable(typeof(InsatsCancelled))]
[JsonSerializable(typeof(InsatsCorrected))]
[JsonSerializable(typeof(InsatsVoided))]
[JsonSerializable(typeof(ForumEstablished))]
[JsonSerializable(typeof(MeetingHeld))]
[JsonSerializable(typeof(MeetingCorrected))]
[JsonSerializable(typeof(MeetingVoided))]
[JsonSerializable(typeof(ActivityAgreed))]
[JsonSerializable(typeof(ActivityCompleted))]
[JsonSerializable(typeof(RequestReceived))]
[JsonSerializable(typeof(RequestAnswered))]
[JsonSerializable(typeof(RequestVoided))]
[JsonSerializable(typeof(IndicatorMeasured))]
[JsonSerializable(typeof(IndicatorVoided))]
[JsonSerializable(typeof(EvaluationOpened))]
[JsonSerializable(typeof(EvaluationFinalized))]
[JsonSerializable(typeof(YouthEncountered))]
[JsonSerializable(typeof(YouthCorrected))]
[JsonSerializable(typeof(NoticeOpened))]
[JsonSerializable(typeof(NoticeDecided))]
[JsonSerializable(typeof(NoticeAttempted))]
[JsonSerializable(typeof(NoticeDelivered))]
[JsonSerializable(typeof(NoticeFailed))]
[JsonSerializable(typeof(NoticeAcknowledged))]
[JsonSerializable(typeof(NoticeReopened))]
[JsonSerializable(typeof(NoticeClosed))]
[JsonSerializable(typeof(SubjectKeyCreated))]
[JsonSerializable(typeof(SubjectKeyDestroyed))]
[JsonSerializable(typeof(AccessRead))]
[JsonSerializable(typeof(LogContinued))]
internal sealed partial class EventsJson : JsonSerializerContext;

internal sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
