namespace LofteEvents.Server.Access;

/// <summary>The keys of the issuer in <c>Lofte__Authority</c> cannot be had, so no token can be checked.</summary>
internal sealed class IssuerUnavailableException(Exception innerException)
    : Exception("The issuer's keys cannot be had: " + innerException.Message, innerException);
