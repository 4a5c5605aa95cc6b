using System.Globalization;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Loften;

/// <summary>Which page of a list: <c>page</c> from 1, <c>limit</c> default 20.</summary>
internal readonly record struct Paging(int Page, int Limit)
{
    public const int DefaultLimit = 20;
    public const int MostLimit = 100;

    // Far beyond any list here, and far from where page times limit would overflow.
    private const int MostPage = 1_000_000;

    public long Offset => (long)(Page - 1) * Limit;

    public Listing<T> Listing<T>(IReadOnlyList<T> items, long total) => new(items, Page, Limit, total);

    public static Paging? Read(IQueryCollection query, out Problem? fault)
    {
        var page = Number(query["page"].ToString(), 1, MostPage);
        var limit = Number(query["limit"].ToString(), DefaultLimit, MostLimit);
        fault = (page, limit) switch
        {
            (null, _) => Problems.BadQuery("page", $"Give a whole number from 1 to {MostPage}."),
            (_, null) => Problems.BadQuery("limit", $"Give a whole number from 1 to {MostLimit}."),
            _ => null,
        };
        return fault is null ? new Paging(page!.Value, limit!.Value) : null;
    }

    private static int? Number(string text, int absent, int most) =>
        text.Length == 0
            ? absent
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
                ? number
                : null;
}

/// <summary>A list as every read answers it.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, int Page, int Limit, long Total);
