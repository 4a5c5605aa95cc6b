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
        typeof(ExactNumber), typeof(KebabCase<FactType>), typeof(KebabCase<ClockMatch>), typeof(KebabCase<CalendarPart>), typeof(KebabCase<FeedbackAudience>),
        typeof(KebabCase<Assessment>),
    ])]
[JsonSerializable(typeof(LofteDefinition))]
[JsonSerializable(typeof(CountedFact))]
public sealed partial class LofteJson : JsonSerializerContext;

