using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LofteEvents.Evaluations;

/// <summary>
/// Writes pages as a PDF 1.7 file (ISO 32000-1 §7.5). It holds no date, no chance and nothing compressed, since a compressor's
/// output changes from version to version: the same pages are the same bytes.
/// </summary>
internal sealed class PdfFile
{
    private readonly PdfPages _pages;
    private readonly string _title;
    private readonly List<string> _objects = [];

    private PdfFile(PdfPages pages, string title) => (_pages, _title) = (pages, title);

    public static byte[] Of(PdfPages pages, string title)
    {
        var file = new PdfFile(pages, title);
        file.Build();
        return file.Bytes();
    }

    // Numbers of the objects: catalogue, page tree, two fonts, information, structure root, its parent tree, outline; then two
    // for each page, one for each element and one for each line of the outline.
    private const int Catalogue = 1;
    private const int Tree = 2;
    private const int Regular = 3;
    private const int BoldFont = 4;
    private const int Information = 5;
    private const int Structure = 6;
    private const int ParentTree = 7;
    private const int Outline = 8;
    private const int FirstPage = 9;

    private static int PageNumber(int page) => FirstPage + (2 * page);

    private int FirstElement => PageNumber(_pages.Pages.Count);

    private int ElementNumber(PdfElement element) => FirstElement + _numbers[element];

    private int FirstLine => FirstElement + _pages.Elements.Count;

    private readonly Dictionary<PdfElement, int> _numbers = [];

    private void Build()
    {
        foreach (var (i, element) in _pages.Elements.Index())
            _numbers[element] = i;

        Add($"<</Type /Catalog /Pages {Tree} 0 R /Lang (sv-SE) /MarkInfo <</Marked true>> /StructTreeRoot {Structure} 0 R "
            + $"/Outlines {Outline} 0 R /ViewerPreferences <</DisplayDocTitle true>>>>");
        var kids = string.Join(' ', _pages.Pages.Index().Select(page => $"{PageNumber(page.Index)} 0 R"));
        Add($"<</Type /Pages /Count {_pages.Pages.Count} /Kids [{kids}]>>");
        Add($"<</Type /Font /Subtype /Type1 /BaseFont /{PdfFont.Regular.Name} /Encoding /WinAnsiEncoding>>");
        Add($"<</Type /Font /Subtype /Type1 /BaseFont /{PdfFont.Bold.Name} /Encoding /WinAnsiEncoding>>");
        Add($"<</Title {Unicode(_title)} /Producer (LofteEvents)>>");
        var tops = _pages.Elements.Where(element => element.Parent is null).Select(Reference);
        Add($"<</Type /StructTreeRoot /K [{string.Join(' ', tops)}] /ParentTree {ParentTree} 0 R>>");
        Add("<</Nums [" + string.Join(' ', _pages.Pages.Index().Select(page =>
            $"{page.Index} [{string.Join(' ', page.Item.Marks.Select(Reference))}]")) + "]>>");
        var count = _pages.Outline.Count;
        Add(count == 0
            ? "<</Type /Outlines>>"
            : $"<</Type /Outlines /First {FirstLine} 0 R /Last {FirstLine + count - 1} 0 R /Count {count}>>");
        foreach (var (i, page) in _pages.Pages.Index())
            Page(i, page);

        var children = _pages.Elements.Where(element => element.Parent is not null).ToLookup(element => element.Parent!);
        foreach (var element in _pages.Elements)
            Element(element, children[element]);

        foreach (var (i, (title, page, y)) in _pages.Outline.Index())
        {
            var previous = i == 0 ? "" : $" /Prev {FirstLine + i - 1} 0 R";
            var next = i == count - 1 ? "" : $" /Next {FirstLine + i + 1} 0 R";
            Add($"<</Title {Unicode(title)} /Parent {Outline} 0 R{previous}{next} /Dest {Destination(page, y)}>>");
        }
    }

    private void Page(int number, PdfPage page)
    {
        var links = page.Links.Select(Link).OfType<string>().ToList();
        var annotations = links.Count == 0 ? "" : $" /Annots [{string.Join(' ', links)}]";
        Add($"<</Type /Page /Parent {Tree} 0 R "
            + $"/MediaBox [0 0 {PdfPages.Points(PdfPages.Width)} {PdfPages.Points(PdfPages.Height)}] "
            + $"/Resources <</Font <</F1 {Regular} 0 R /F2 {BoldFont} 0 R>>>> /Contents {PageNumber(number) + 1} 0 R "
            + $"/StructParents {number} /Tabs /S{annotations}>>");
        Add($"<</Length {page.Content.Length}>>\nstream\n{page.Content}endstream");
    }

    /// <summary>Null for a link to a place that is not in the file.</summary>
    private string? Link(PdfLink link)
    {
        var corners = string.Join(' ', new[] { link.Left, link.Bottom, link.Right, link.Top }.Select(PdfPages.Points));
        return link.Href is ['#', .. var id] && _pages.Places.TryGetValue(id, out var place)
            ? $"<</Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{corners}] /Dest {Destination(place.Page, place.Y)}>>"
            : null;
    }

    private static string Destination(int page, int y) =>
        $"[{PageNumber(page)} 0 R /XYZ 0 {PdfPages.Points(PdfPages.Height - y + 600)} 0]";

    private void Element(PdfElement element, IEnumerable<PdfElement> children)
    {
        var parent = element.Parent is null ? $"{Structure} 0 R" : Reference(element.Parent);
        var marks = element.Content.Select(content =>
            $"<</Type /MCR /Pg {PageNumber(content.Page)} 0 R /MCID {content.Mark}>>");
        var kids = string.Join(' ', marks.Concat(children.Select(Reference)));
        var words = element.Alternative is null ? "" : $" /Alt {Unicode(element.Alternative)}";
        Add($"<</Type /StructElem /S /{element.Type} /P {parent}{words} /K [{kids}]>>");
    }

    private string Reference(PdfElement element) => $"{ElementNumber(element)} 0 R";

    private void Add(string content) => _objects.Add(content);

    private byte[] Bytes()
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var (i, content) in _objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{content}\nendobj\n");
        }

        var identity = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(file.ToString())))[..32];
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");

        file.Append(CultureInfo.InvariantCulture,
            $"trailer\n<</Size {_objects.Count + 1} /Root {Catalogue} 0 R /Info {Information} 0 R "
            + $"/ID [<{identity}> <{identity}>]>>\n");
        file.Append(CultureInfo.InvariantCulture, $"startxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>Text of any letters, in UTF-16 (ISO 32000-1 §7.9.2.2).</summary>
    private static string Unicode(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
