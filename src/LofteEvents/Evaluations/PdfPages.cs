using System.Globalization;
using System.Text;

namespace LofteEvents.Evaluations;

/// <summary>
/// Pages of A4 that fill from above. Lengths are whole hundredths of a point, so every machine writes the same numbers; places
/// are measured downwards from the top. What is written belongs to an element of the structure (ISO 32000-1 §14.7), so that the
/// file can be read aloud.
/// </summary>
internal sealed class PdfPages
{
    public const int Width = 59_528;
    public const int Height = 84_189;
    public const int Margin = 5_100;
    public const int TextWidth = Width - (2 * Margin);
    private const int LastLine = Height - 6_000;

    public List<PdfPage> Pages { get; } = [];

    public List<PdfElement> Elements { get; } = [];

    public Dictionary<string, (int Page, int Y)> Places { get; } = new(StringComparer.Ordinal);

    public List<(string Title, int Page, int Y)> Outline { get; } = [];

    public int Y { get; private set; }

    public PdfPage Page => Pages[^1];

    public void NewPage()
    {
        Pages.Add(new PdfPage());
        Y = Margin;
    }

    public bool HasRoom(int height) => Pages.Count > 0 && Y + height <= LastLine;

    public void Room(int height)
    {
        if (!HasRoom(height))
            NewPage();
    }

    public void Down(int height) => Y += height;

    public void Mark(string id) => Places.TryAdd(id, (Pages.Count - 1, Y));

    /// <summary>An element of the structure, such as <c>P</c>, in another one or at the top.</summary>
    public PdfElement Element(string type, PdfElement? parent = null, string? alternative = null)
    {
        var element = new PdfElement(type, parent, alternative);
        Elements.Add(element);
        return element;
    }

    /// <summary>One line of text whose top is at a place.</summary>
    public void Text(PdfElement element, int x, int top, int size, IReadOnlyList<PdfRun> runs, bool atRight = false)
    {
        var baseline = Height - top - (size * 80);
        var at = atRight ? x - runs.Sum(run => run.Font.Width(run.Text.AsSpan(), size)) : x;
        Begin(element);
        foreach (var run in runs)
        {
            var font = ReferenceEquals(run.Font, PdfFont.Bold) ? "F2" : "F1";
            Page.Add($"BT {run.Colour} rg /{font} {size} Tf {Points(at)} {Points(baseline)} Td "
                + $"{PdfFont.Literal(run.Text)} Tj ET");
            var wide = run.Font.Width(run.Text.AsSpan(), size);
            if (run.Href is { } href)
                Page.Links.Add(new(href, at, baseline - (size * 20), at + wide, baseline + (size * 80)));

            at += wide;
        }

        End();
    }

    public void Begin(PdfElement element) =>
        Page.Add($"/{element.Type} <</MCID {element.Next(Pages.Count - 1, Page)}>> BDC");

    public void End() => Page.Add("EMC");

    /// <summary>What is only there to be seen: a rule, a ground.</summary>
    public void Decoration(string content)
    {
        Page.Add("/Artifact BMC");
        Page.Add(content);
        Page.Add("EMC");
    }

    public void Rule(int x1, int x2, int y, string colour) =>
        Decoration($"{colour} RG 0.6 w {Points(x1)} {Points(Height - y)} m {Points(x2)} {Points(Height - y)} l S");

    /// <summary>Hundredths as points.</summary>
    public static string Points(int hundredths)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(hundredths) / 100}.{Math.Abs(hundredths) % 100:00}");
        return hundredths < 0 ? "-" + text : text;
    }
}

internal sealed class PdfPage
{
    private readonly StringBuilder _content = new();

    public List<PdfLink> Links { get; } = [];

    /// <summary>The elements of what is marked on the page, by number of the mark.</summary>
    public List<PdfElement> Marks { get; } = [];

    public string Content => _content.ToString();

    public void Add(string line) => _content.Append(line).Append('\n');
}

/// <summary>Corners in hundredths of a point, upwards from the foot of the page.</summary>
internal readonly record struct PdfLink(string Href, int Left, int Bottom, int Right, int Top);

internal sealed class PdfElement(string type, PdfElement? parent, string? alternative)
{
    public string Type => type;

    public PdfElement? Parent => parent;

    /// <summary>What it shows, in words.</summary>
    public string? Alternative => alternative;

    public List<(int Page, int Mark)> Content { get; } = [];

    /// <summary>The next mark on a page.</summary>
    public int Next(int number, PdfPage page)
    {
        page.Marks.Add(this);
        Content.Add((number, page.Marks.Count - 1));
        return page.Marks.Count - 1;
    }
}
