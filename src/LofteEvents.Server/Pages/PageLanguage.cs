using Microsoft.Net.Http.Headers;

namespace LofteEvents.Server.Pages;

/// <summary>The language of a page: what <c>?lang=</c> says, or else what the browser prefers, or else Swedish.</summary>
internal static class PageLanguage
{
    public const string Parameter = "lang";

    public static Words Of(HttpRequest request) =>
        Named(request.Query[Parameter].ToString())
        ?? request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Where(language => language.Quality is not 0)
            .Select(language => Named(language.Value.ToString()))
            .FirstOrDefault(words => words is not null)
        ?? Words.Swedish;

    private static Words? Named(string tag) => tag.Split('-')[0].ToLowerInvariant() switch
    {
        "sv" => Words.Swedish,
        "en" => Words.English,
        _ => null,
    };
}
