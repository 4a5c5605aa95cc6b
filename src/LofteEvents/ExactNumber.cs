using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents;

/// <summary>
/// A number that every JSON reader and <c>jsonb</c> keep exactly: an integer within ±(2^53−1), or a decimal string such as
/// <c>"42.5"</c>.
/// </summary>
internal sealed class ExactNumber : JsonConverter<decimal>
{
    /// <summary>2^53 − 1: the largest integer that a reader using IEEE 754 doubles keeps (RFC 7493 §2.2).</summary>
    public const long LargestInteger = 9_007_199_254_740_991;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? decimal.Parse(
                reader.GetString()!, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        if (decimal.IsInteger(value) && Math.Abs(value) <= LargestInteger)
            writer.WriteNumberValue((long)value);
        else
            writer.WriteStringValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}
