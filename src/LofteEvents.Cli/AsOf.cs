using System.Globalization;

namespace LofteEvents.Cli;

/// <summary>A recorded time or a position, as <c>--as-of</c> says it; one of the two.</summary>
internal readonly record struct AsOf(DateTimeOffset? Time, long? Position)
{
    public static bool TryRead(string text, out AsOf asOf)
    {
        asOf = default;
        if (text.StartsWith('@'))
        {
            if (!long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return false;
            }

            asOf = new(null, position);
            return true;
        }

        // Without an offset a time would mean this machine's, wherever it stands.
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-');
        if (!hasOffset
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        asOf = new(time, null);
        return true;
    }
}
