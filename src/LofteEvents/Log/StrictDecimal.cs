using System.Globalization;

namespace LofteEvents.Log;

/// <summary>
/// Whole numbers in ASCII decimal as the C2SP specifications write them: digits only, no sign, no leading zero (zero itself is
/// "0"), at most 2^64−1. <see cref="ulong.Parse(string)"/> takes leading zeros and white space, and whatever the style it takes
/// trailing NULs.
/// </summary>
internal static class StrictDecimal
{
    public static bool TryParse(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        return !text.ContainsAnyExceptInRange('0', '9')
            && (text.Length == 1 || !text.StartsWith('0'))
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public static string Format(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
