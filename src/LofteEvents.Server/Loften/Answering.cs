using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LofteEvents.Server.Loften;

/// <summary>How a read is answered: with a tag made of the position and the judged day, so that the same again is 304.</summary>
internal static class Answering
{
    public const string Json = "application/json; charset=utf-8";

    /// <param name="part">Tells apart answers of one address that differ by more than position and day, such as pages of a
    /// list.</param>
    public static EntityTagHeaderValue Tag(long position, DateOnly on, string part = "") =>
        new(string.Create(CultureInfo.InvariantCulture, $"\"{position}-{on:yyyy-MM-dd}{part}\""));

    /// <summary>Bytes of JSON; 304 where the caller has them already.</summary>
    public static FileContentHttpResult Answer(HttpContext context, byte[] json, EntityTagHeaderValue tag)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(json, Json, entityTag: tag);
    }
}
