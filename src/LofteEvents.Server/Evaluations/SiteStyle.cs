using System.Reflection;

namespace LofteEvents.Server.Evaluations;

/// <summary>The site's style sheet, for a file that must need nothing beside it.</summary>
internal static class SiteStyle
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("lofte.css")
            ?? throw new InvalidOperationException("The site's style sheet is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
