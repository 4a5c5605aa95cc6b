using System.Security.Claims;

namespace LofteEvents.Server.Access;

/// <summary>Who asks, as the token says it.</summary>
internal static class Caller
{
    public const string RolesClaim = "roles";
    public const string SourcesClaim = "sources";
    public const string AreasClaim = "areas";
    public const string RecipientClaim = "recipient";

    /// <summary>The claim <c>sub</c>: an opaque id, never a name.</summary>
    public static string Subject(this ClaimsPrincipal caller) => caller.FindFirst("sub")?.Value ?? "";

    public static bool Has(this ClaimsPrincipal caller, string role) => caller.HasClaim(RolesClaim, role);

    /// <summary>
    /// Whether the claim <c>sources</c> covers a CloudEvents source: word for word, or <c>prefix/*</c> for all below the prefix.
    /// </summary>
    public static bool MayPublishAs(this ClaimsPrincipal caller, string source)
    {
        foreach (var claim in caller.FindAll(SourcesClaim))
        {
            if (Covers(claim.Value, source))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Covers(string allowed, string source) =>
        allowed.EndsWith("/*", StringComparison.Ordinal)
            ? source.Length >= allowed.Length && source.AsSpan().StartsWith(allowed.AsSpan(0, allowed.Length - 1))
            : string.Equals(allowed, source, StringComparison.Ordinal);
}
