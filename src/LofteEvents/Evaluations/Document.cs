using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>
/// A report in words, before it is HTML or PDF: both are made of the same blocks, so neither says what the other does not.
/// </summary>
internal sealed record Document(string Title, string Description, IReadOnlyList<Block> Blocks);

internal abstract record Block;

/// <param name="Kind">What it is set apart as.</param>
/// <param name="Id">Where links lead to.</param>
internal sealed record Group(GroupKind Kind, string? Id, IReadOnlyList<Block> Blocks) : Block;

internal enum GroupKind
{
    Lead,
    Section,
    Commitment,
}

internal sealed record Heading(int Level, string Text) : Block;

internal sealed record Paragraph(ParagraphKind Kind, IReadOnlyList<Span> Spans) : Block
{
    public Paragraph(ParagraphKind kind, params string[] sentences)
        : this(kind, [new Span(string.Join(' ', sentences))])
    {
    }
}

internal enum ParagraphKind
{
    Plain,

    /// <summary>Small, above the title.</summary>
    Kicker,

    /// <summary>Below the title.</summary>
    Ingress,

    /// <summary>What the reader should know about what follows.</summary>
    About,
    Note,
    Missing,
}

internal sealed record DetailList(IReadOnlyList<(string Name, IReadOnlyList<Span> Value)> Of) : Block;

internal sealed record Bullets(IReadOnlyList<IReadOnlyList<Span>> Items) : Block;

internal sealed record Table(string Caption, IReadOnlyList<Column> Columns, IReadOnlyList<Row> Rows) : Block;

/// <param name="Share">Of the width, in percent of a page.</param>
internal sealed record Column(string Name, int Share, bool IsNumber = false);

internal sealed record Row(IReadOnlyList<IReadOnlyList<Span>> Cells, string? Id = null);

internal sealed record Mark(Verdict Verdict, bool Preliminary) : Block;

/// <summary>A figure with what it counts, and a link to what makes it so.</summary>
internal sealed record Figure(string Number, string What, string Href) : Block;

/// <param name="Words">What the picture shows, for whoever does not see it.</param>
internal sealed record Picture(PacePicture Pace, string Words) : Block;

internal sealed record Verbatim(string Summary, string Text) : Block;

/// <param name="Href">An address, or <c>#</c> and an id within the document.</param>
internal sealed record Span(string Text, string? Href = null, SpanKind Kind = SpanKind.Plain);

internal enum SpanKind
{
    Plain,
    Strong,
    Soft,
    Missing,
}
