using System.Globalization;
using System.Text;

namespace LofteEvents.Evaluations;

/// <summary>Draws a pace as SVG; its colours are attributes, which a page that allows no styles still shows.</summary>
internal static class HtmlPicture
{
    private const string Ink = "#16222c";
    private const string Soft = "#6d7b87";
    private const string Line = "#d5dde3";
    private const string Done = "#0b4f85";
    private const string Target = "#14603a";

    public static void Write(StringBuilder html, Picture picture)
    {
        var pace = picture.Pace;
        html.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"pace\" viewBox=\"0 0 {PacePicture.Width} {PacePicture.Height}\" role=\"img\" font-size=\"12\"\n");
        html.Append(CultureInfo.InvariantCulture, $" aria-label=\"{HtmlDocument.Safe(picture.Words)}\">\n");
        foreach (var (y, number) in pace.Steps)
        {
            Straight(html, PacePicture.Left * 10, y, PacePicture.Right * 10, y, Line, 1, "");
            Words(html, (PacePicture.Left - 8) * 10, y + 40, number, Soft, "end");
        }

        foreach (var (x, month) in pace.Months)
            Words(html, x, (PacePicture.Bottom + 18) * 10, month, Soft, "middle");

        Straight(html, PacePicture.Left * 10, pace.TargetY, PacePicture.Right * 10, pace.TargetY, Target, 2, "8 4");
        Words(html, (PacePicture.Right + 6) * 10, pace.TargetY + 40, $"lovat {pace.Target}", Target, "start");
        Lines(html, pace.Even, Soft, "2 4", 2);
        Lines(html, pace.Done, Done, "", 3);
        foreach (var point in pace.Done)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<circle cx=\"{At(point.X)}\" cy=\"{At(point.Y)}\" r=\"4\" fill=\"{Done}\" />\n");
        }

        var last = pace.Done[^1];
        Words(html, last.X + 80, last.Y - 60, $"gjort {last.Number}", Done, "start");
        html.Append("</svg>\n");
        html.Append("<p class=\"about\">Heldragen linje: gjort. Prickad linje: jämn takt. Streckad linje: lovat.</p>\n");
    }

    private static void Lines(StringBuilder html, IReadOnlyList<PacePoint> points, string colour, string dashes, int width)
    {
        var path = string.Join(' ', points.Prepend(new PacePoint(PacePicture.Left * 10, PacePicture.Bottom * 10, ""))
            .Select(point => $"{At(point.X)},{At(point.Y)}"));
        html.Append(CultureInfo.InvariantCulture,
            $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{Dashes(dashes)} />\n");
    }

    private static void Straight(StringBuilder html, int x1, int y1, int x2, int y2, string colour, int width, string dashes) =>
        html.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{At(x1)}\" y1=\"{At(y1)}\" x2=\"{At(x2)}\" y2=\"{At(y2)}\" stroke=\"{colour}\" "
            + $"stroke-width=\"{width}\"{Dashes(dashes)} />\n");

    private static void Words(StringBuilder html, int x, int y, string words, string colour, string anchor) =>
        html.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{At(x)}\" y=\"{At(y)}\" fill=\"{(colour == Soft ? Ink : colour)}\" text-anchor=\"{anchor}\">"
            + $"{HtmlDocument.Safe(words)}</text>\n");

    private static string Dashes(string dashes) => dashes.Length == 0 ? "" : $" stroke-dasharray=\"{dashes}\"";

    /// <summary>Tenths as a number with a point.</summary>
    private static string At(int tenths) => string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}");
}
