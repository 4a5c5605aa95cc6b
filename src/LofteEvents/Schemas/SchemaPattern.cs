using System.Text;
using System.Text.RegularExpressions;

namespace LofteEvents.Schemas;

/// <summary>
/// Patterns that mean the same in every reader of the schema: what ECMA-262 and .NET understand alike, in the spirit of I-Regexp
/// (RFC 9485). Matching takes time linear in the text, whatever the pattern.
/// </summary>
internal static class SchemaPattern
{
    /// <summary>Escapes of single characters, and of Unicode categories.</summary>
    private const string SafeEscapes = @"\.[](){}*+?|^$/-pPnrt";

    /// <returns>Null with a reason where the pattern is not portable.</returns>
    public static Regex? Compile(string pattern, out string? reason)
    {
        var dotnet = new StringBuilder(pattern.Length + 2);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 == pattern.Length || !SafeEscapes.Contains(pattern[i + 1], StringComparison.Ordinal):
                    reason = "The pattern uses an escape that readers understand differently; "
                        + "write the characters out, such as [0-9].";
                    return null;
                case '\\':
                    dotnet.Append(pattern[i++]).Append(pattern[i]);
                    continue;
                case '(' when !inClass && i + 1 < pattern.Length && pattern[i + 1] == '?':
                    reason = "The pattern uses a group of a special kind; use plain groups.";
                    return null;
                case '$' when !inClass:
                    // In .NET $ also matches before a last line feed; in ECMA-262 it does not.
                    dotnet.Append(@"\z");
                    continue;
                case '[' or ']':
                    inClass = pattern[i] == '[';
                    break;
            }

            dotnet.Append(pattern[i]);
        }

        try
        {
            reason = null;
            return new Regex(dotnet.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            reason = $"The pattern cannot be used: {e.Message}";
            return null;
        }
    }
}
