using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>
/// JSON of reports: camelCase, enums in kebab-case, absent members left out, numbers that are no integers as decimal strings, so
/// that it is the same wherever it is written and has a canonical form.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(ExactNumber),
        typeof(UtcTime),
        typeof(KebabCase<FactType>),
        typeof(KebabCase<FeedbackAudience>),
        typeof(KebabCase<Assessment>),
        typeof(KebabCase<LofteChangeKind>),
        typeof(KebabCase<Verdict>),
        typeof(KebabCase<PartState>),
        typeof(KebabCase<Unit>),
        typeof(KebabCase<Phase>),
        typeof(KebabCase<IndicatorAim>),
        typeof(KebabCase<MissingWhat>),
        typeof(KebabCase<EvaluationOccasion>),
        typeof(KebabCase<DifferenceWhat>),
    ])]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(PublishedEvaluation))]
[JsonSerializable(typeof(IReadOnlyList<PublishedEvaluation>))]
internal sealed partial class EvaluationJson : JsonSerializerContext
{
    /// <summary>Letters beyond ASCII stay letters: people read the file too.</summary>
    private static readonly JsonWriterOptions s_readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As a file: indented, in UTF-8, with a line feed at its end.</summary>
    public static byte[] File(PublishedEvaluation evaluation) => File(evaluation, Default.PublishedEvaluation);

    public static byte[] File(IReadOnlyList<PublishedEvaluation> evaluations) =>
        File(evaluations, Default.IReadOnlyListPublishedEvaluation);

    private static byte[] File<T>(T told, JsonTypeInfo<T> json)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, s_readable))
            JsonSerializer.Serialize(writer, told, json);

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }
}

/// <summary>Times are told in UTC, to the microsecond that the log keeps.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
