using System.Globalization;
using System.Text;

namespace LofteEvents;

/// <summary>JSON pointers, RFC 6901.</summary>
public static class JsonPointer
{
    /// <summary>
    /// The pointer to a member of the object at <paramref name="pointer"/> (§3: <c>~</c> and <c>/</c> are escaped).
    /// </summary>
    public static string Member(string pointer, string name) =>
        pointer + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The pointer to an item of the array at <paramref name="pointer"/>, from 0.</summary>
    public static string Item(string pointer, int index) => pointer + "/" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>As a URI fragment (§6), the form in which problem details give it: <c>#/data/kind</c>.</summary>
    public static string ToFragment(string pointer)
    {
        var fragment = new StringBuilder("#", pointer.Length + 1);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in pointer.EnumerateRunes())
        {
            if (rune.IsAscii && IsFragmentCharacter((char)rune.Value))
            {
                fragment.Append((char)rune.Value);
                continue;
            }

            var length = rune.EncodeToUtf8(utf8);
            foreach (var octet in utf8[..length])
                fragment.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return fragment.ToString();
    }

    /// <summary>RFC 3986 §3.5: pchar, slash and question mark.</summary>
    private static bool IsFragmentCharacter(char at) =>
        char.IsAsciiLetterOrDigit(at) || "-._~!$&'()*+,;=:@/?".Contains(at, StringComparison.Ordinal);
}
