using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents;

/// <summary>
/// A number of persons, or of what says something about persons, as everyone may see it: below five it could point somebody
/// out, so it is shown in words.
/// </summary>
[JsonConverter(typeof(ShownNumberJson))]
public readonly record struct ShownNumber(long Value)
{
    public const int Least = 5;

    public const string Few = "färre än fem";

    public bool IsFew => Value < Least;
}

/// <summary>A number, or <c>"färre än fem"</c>. What is hidden cannot be read back.</summary>
internal sealed class ShownNumberJson : JsonConverter<ShownNumber>
{
    public override ShownNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Numbers that are shown to everyone are only written.");

    public override void Write(Utf8JsonWriter writer, ShownNumber value, JsonSerializerOptions options)
    {
        if (value.IsFew)
        {
            writer.WriteStringValue(ShownNumber.Few);
        }
        else
        {
            writer.WriteNumberValue(value.Value);
        }
    }
}
