using System.Text;

namespace LofteEvents.Evaluations;

/// <summary>
/// Two of the fonts that every PDF reader has (ISO 32000-1 §9.6.2.2), so that a file needs none of the machine that made it. They
/// know the letters of WinAnsiEncoding (annex D.2): those of Western Europe. What is beyond shows as a question mark; HTML and
/// JSON have it whole.
/// </summary>
internal sealed class PdfFont
{
    private const string Beyond = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
    private const string Accented = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïðñòóôõöøùúûüýÿ";
    private const string Bases = "AAAAAACEEEEIIIIDNOOOOOOUUUUYaaaaaaceeeeiiiionoooooouuuuyy";

    private readonly int[] _widths = new int[256];

    private PdfFont(string name, int[] ascii, params (char Letter, int Width)[] others)
    {
        Name = name;
        Array.Fill(_widths, 556);
        ascii.CopyTo(_widths, ' ');
        for (var i = 0; i < Accented.Length; i++)
            _widths[Accented[i]] = _widths[Bases[i]];

        foreach (var (letter, width) in others)
            _widths[Code(letter)] = width;
    }

    /// <summary>From the metrics that Adobe publishes for the font, in thousandths of its size.</summary>
    public static PdfFont Regular { get; } = new(
        "Helvetica",
        [
            278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
            556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
            500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
            556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
            278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
        ],
        ('…', 1000), ('—', 1000), ('•', 350), ('‘', 222), ('’', 222), ('“', 333), ('”', 333), ('\u00a0', 278), ('·', 278),
        ('°', 400), ('×', 584), ('÷', 584), ('Æ', 1000), ('æ', 889), ('ß', 611), ('Ø', 778), ('ø', 611), ('Š', 667), ('š', 500),
        ('Ž', 611), ('ž', 500), ('ì', 278), ('í', 278), ('î', 278), ('ï', 278), ('©', 737), ('®', 737), ('´', 333), ('¨', 333));

    public static PdfFont Bold { get; } = new(
        "Helvetica-Bold",
        [
            278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
            556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
            556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
            556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
            333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
        ],
        ('…', 1000), ('—', 1000), ('•', 350), ('‘', 278), ('’', 278), ('“', 500), ('”', 500), ('\u00a0', 278), ('·', 278),
        ('°', 400), ('×', 584), ('÷', 584), ('Æ', 1000), ('æ', 889), ('ß', 611), ('Ø', 778), ('ø', 611), ('Š', 667), ('š', 556),
        ('Ž', 611), ('ž', 500), ('ì', 278), ('í', 278), ('î', 278), ('ï', 278), ('©', 737), ('®', 737), ('´', 333), ('¨', 333));

    public string Name { get; }

    /// <summary>In hundredths of a point.</summary>
    /// <param name="size">In points.</param>
    public int Width(ReadOnlySpan<char> text, int size)
    {
        var width = 0;
        foreach (var letter in text)
            width += _widths[Code(letter)];

        return width * size / 10;
    }

    /// <summary>A literal string (ISO 32000-1 §7.3.4.2) of nothing but ASCII.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("(", text.Length + 2);
        foreach (var letter in text)
        {
            var code = Code(letter);
            _ = code is '(' or ')' or '\\' ? literal.Append('\\').Append((char)code)
                : code < 127 ? literal.Append((char)code)
                : literal.Append('\\').Append((char)('0' + (code >> 6))).Append((char)('0' + ((code >> 3) & 7)))
                    .Append((char)('0' + (code & 7)));
        }

        return literal.Append(')').ToString();
    }

    private static int Code(char letter) => letter switch
    {
        >= ' ' and <= '~' => letter,
        >= '\u00a0' and <= '\u00ff' => letter,
        '\u2212' => 0x96,
        '\t' or '\n' or '\r' or '\u2028' => ' ',
        _ => Beyond.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? 0x80 + at : '?',
    };
}
