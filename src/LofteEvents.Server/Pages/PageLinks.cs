namespace LofteEvents.Server.Pages;

/// <summary>Links that keep the language and the two times of the page they stand on.</summary>
internal static class PageLinks
{
    private static readonly string[] s_times = ["on", "asOf"];

    public static string Keep(this Words words, HttpRequest request, string path, params (string Name, string Value)[] more)
    {
        var query = s_times
            .Select(name => (Name: name, Value: request.Query[name].ToString()))
            .Where(pair => pair.Value.Length > 0)
            .Prepend((PageLanguage.Parameter, words.Tag))
            .Concat(more);
        return path + QueryString.Create(query.Select(pair => KeyValuePair.Create(pair.Item1, (string?)pair.Item2)));
    }
}
