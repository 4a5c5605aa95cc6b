namespace LofteEvents.Server.Errors;

/// <summary>The errors that any part of the server may answer. A capability's own errors stand with the capability.</summary>
internal static class Problems
{
    /// <summary>The error for a bare status that the framework answered.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        400 => Malformed(),
        401 => NotSignedIn(),
        403 => Forbidden("Your roles do not allow this. Ask an administrator for the role that this address needs."),
        404 => NotFound("There is nothing at this address. See /openapi/v1.json for what there is."),
        405 => new(405, "request.method-not-allowed", "The method is not allowed here", "Use one of the methods in Allow."),
        408 => new(408, "request.timeout", "The request came too slowly", "Send the request again over a faster connection."),
        413 => new(413, "request.too-large", "The request is too large", "Send less at a time."),
        414 => new(414, "request.address-too-long", "The address is too long", "Shorten the query."),
        415 => new(415, "request.media-type", "The media type is not taken here", "Set Content-Type to one that is taken here."),
        429 => TooManyRequests(TimeSpan.FromSeconds(1)),
        431 => new(431, "request.headers-too-large", "The headers are too large", "Send fewer or shorter headers."),
        503 => Unavailable(TimeSpan.FromSeconds(2)),
        >= 400 and < 500 => new(status, "request.refused", "The request was refused", "The server cannot take it as it is."),
        _ => Fault(),
    };

    public static Problem Malformed() => new(
        400, "request.malformed", "The request is malformed", "The request cannot be read. Check its line, headers and body.");

    /// <summary>Every text that comes in bodies is checked; in queries this is left.</summary>
    public static Problem Unwritable() => new(
        400,
        "request.malformed",
        "The request is malformed",
        "The request holds U+0000, which no text here can hold; take it out.");

    public static Problem NotSignedIn(string? why = null) => new(
        401,
        "access.not-signed-in",
        "Sign in first",
        why ?? "Send a bearer token: Authorization: Bearer <token>. In Development 'lofte token --role R' gives one.");

    public static Problem Forbidden(string detail) => new(403, "access.forbidden", "Not allowed", detail);

    public static Problem NotFound(string detail) => new(404, "request.not-found", "Not found", detail);

    public static Problem BadQuery(string parameter, string detail) =>
        new(400, "query.invalid", "A query parameter is invalid", $"{parameter}: {detail}");

    public static Problem TooManyRequests(TimeSpan retryAfter) => new(
        429,
        "request.too-many",
        "Too many requests at once",
        "Nothing of this request was stored. Send it again after the time in Retry-After.")
    {
        RetryAfter = retryAfter,
    };

    public static Problem Unavailable(TimeSpan retryAfter) => new(
        503,
        "store.unavailable",
        "The event store is unavailable",
        "The database cannot be reached or cannot write. Send the same request again after the time in Retry-After: "
            + "a repeat is recognised.")
    {
        RetryAfter = retryAfter,
    };

    public static Problem IssuerUnavailable() => new(
        503,
        "access.issuer-unavailable",
        "Tokens cannot be checked",
        "The issuer of tokens does not answer. Send the same request again after the time in Retry-After.")
    {
        RetryAfter = TimeSpan.FromSeconds(10),
    };

    public static Problem Fault() => new(
        500, "server.fault", "The server failed", "This is a fault in the server. Report it with the trace id of this answer.");
}
