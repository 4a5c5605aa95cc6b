using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>JSON of definitions, facts and status documents: camelCase, enums in kebab-case, absent members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(KebabCase<FactType>),
        typeof(KebabCase<ClockMatch>),
        typeof(KebabCase<CalendarPart>),
        typeof(KebabCase<FeedbackAudience>),
        typeof(KebabCase<Assessment>),
        typeof(KebabCase<LofteChangeKind>),
        typeof(KebabCase<Verdict>),
        typeof(KebabCase<PartState>),
        typeof(KebabCase<CommitmentChange>),
        typeof(KebabCase<Unit>), typeof(KebabCase<Phase>), typeof(KebabCase<DurationMeasure>), typeof(KebabCase<IndicatorAim>),
        typeof(KebabCase<DayOfWeek>),
    ])]
[JsonSerializable(typeof(LofteDefinition))]
[JsonSerializable(typeof(Rule))]
[JsonSerializable(typeof(Selector))]
[JsonSerializable(typeof(CountedFact))]
[JsonSerializable(typeof(LofteStatus))]
[JsonSerializable(typeof(LofteOverview))]
[JsonSerializable(typeof(JudgedLofte))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(LofteComparison))]
public sealed partial class LofteJson : JsonSerializerContext;

