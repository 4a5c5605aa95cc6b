using System.Globalization;
using System.Text;

namespace LofteEvents.Server.Channels;

/// <summary>
/// A letter of one page, A4, as PDF 1.4 (ISO 32000-1): the standard fonts, which every reader and printer has, in the encoding
/// that has the Swedish letters. So nothing is needed of the machine that makes it, neither fonts nor a library.
/// </summary>
internal static class LetterPdf
{
    private const int LeftMargin = 71; // points, 25 mm
    private const int LineHeight = 15;
    private const int CharactersInALine = 84;

    public static byte[] Of(string to, IReadOnlyList<string> text, DateOnly day)
    {
        var lines = new List<string> { $"Polismyndigheten{new string(' ', 40)}{day:yyyy-MM-dd}", "", "" };
        lines.AddRange(to.Split('\n'));
        lines.AddRange(["", "", ""]);
        lines.AddRange(text.SelectMany(Wrapped));
        var page = new StringBuilder($"BT /F1 11 Tf {LeftMargin} 770 Td {LineHeight} TL\n");
        foreach (var line in lines)
        {
            page.Append('(').Append(Escaped(line)).Append(") Tj T*\n");
        }

        return File(page.Append("ET").ToString());
    }

    private static byte[] File(string page)
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (sv-SE) >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
            $"<< /Length {page.Length} >>\nstream\n{page}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var (number, each) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number + 1} 0 obj\n{each}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        }

        file.Append(
            CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");

        // One octet for each character, as the offsets count; WinAnsi is Latin-1 for every letter that Swedish has.
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Escaped(string line) =>
        line.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("(", "\\(", StringComparison.Ordinal)
            .Replace(")", "\\)", StringComparison.Ordinal);

    private static IEnumerable<string> Wrapped(string paragraph)
    {
        var line = new StringBuilder();
        foreach (var word in paragraph.Split(' '))
        {
            if (line.Length + word.Length >= CharactersInALine)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
            }

            line.Append(word).Append(' ');
        }

        yield return line.ToString().TrimEnd();
    }
}
